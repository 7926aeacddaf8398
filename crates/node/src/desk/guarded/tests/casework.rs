//! Cases, consents, bases and agreements on the desk that writes them, with trustees that are played.

use counterseal_model::record::{
    Basis, BasisKind, Body, Case, CaseRole, CaseStatus, Concerned, Consent, ConsentDecision, FollowUp,
    GivenBy, Incident, Kind, PartAt, Use, Withheld,
};
use counterseal_model::{CaseId, EntryId, Place, RecordId, Term};
use counterseal_policy::{Action, Verdict};
use counterseal_register::{FactKind, JournalLeaf, Office, PartRef};

use super::*;
use crate::desk::opening::Outside;
use crate::link::LinkError;
use crate::{
    Area, CaseChange, CasePlace, CaseTerms, CaseworkRefusal, ConsentScope, Malformation, NamedPart, Supposed,
    SupposedFact, UseState, WrittenTo,
};

/// The policy of the tests, with the guarded compartment as `cases`.
const POLICY: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,case-follow-up,mission,Working on a case
purpose,court-referral,court,Preparing a file for a court
purpose,statistics,public,Counting
compartment,cases,ID
row,effect,who,action,what,purpose,basis,needs,emergency,words
20,permit,anyone,open,cases,case-follow-up,consent or best-interests,case,-,Officers follow cases up with consent
50,permit,anyone,open,cases,court-referral,consent or legal,case,-,Preparing a file for a court
";

/// Trustees that take letters, and a log that may be away.
struct Letters {
    log: bool,
    leaves: u64,
    /// Whether each letter came with a receipt.
    took: Vec<bool>,
}

/// A disk that is gone after so many commits.
struct Commits(AtomicI64);

impl crate::store::Faults for Commits {
    fn enter(&self, step: crate::store::Step) -> std::io::Result<()> {
        match step {
            crate::store::Step::WalCommit if self.0.fetch_sub(1, Ordering::SeqCst) < 1 => {
                Err(std::io::Error::other("the disk is gone"))
            }
            _ => Ok(()),
        }
    }
    fn leave(&self, _: crate::store::Step) -> std::io::Result<()> {
        Ok(())
    }
}

impl Outside for Letters {
    fn push_leaf(&mut self, _: &Desk, _: &JournalLeaf) -> Result<u64, LinkError> {
        self.leaves += 1;
        if self.log { Ok(self.leaves) } else { Err(LinkError::Silent) }
    }
    fn prove_leaf(&mut self, _: &Desk, _: &JournalLeaf, _: u64) -> Result<Vec<u8>, LinkError> {
        Ok(vec![1])
    }
    fn call(
        &mut self,
        _: &Desk,
        calls: Vec<(KeyId, TrusteeCall)>,
        heard: &mut dyn FnMut(KeyId, Result<TrusteeAnswer, LinkError>) -> bool,
    ) {
        for (trustee, call) in calls {
            let TrusteeCall::Letter { receipt, .. } = call else { continue };
            self.took.push(!receipt.0.is_empty());
            heard(trustee, Ok(TrusteeAnswer::Done {}));
        }
    }
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn what(purpose: &str, recipient: &str) -> Use {
    Use::new(code(purpose), code(recipient))
}

fn into() -> WrittenTo {
    WrittenTo { compartment: None, class: Classification::StrictlyConfidential }
}

fn decision(purpose: &str, recipient: &str, allowed: bool) -> ConsentDecision {
    let until = allowed.then_some(Timestamp(NOW + 20 * Timestamp::DAY));
    ConsentDecision { what: what(purpose, recipient), allowed, until, extra: Default::default() }
}

fn consent() -> Consent {
    Consent {
        subject: RecordId::from_bytes([7; 16]),
        minor: false,
        given_by: GivenBy::Subject,
        guardian: None,
        language: "sg".parse().unwrap(),
        interpreter: Some(RecordId::from_bytes([8; 16])),
        risks_explained: true,
        refusal_without_loss: true,
        decisions: vec![
            decision("case-follow-up", "mission", true),
            decision("court-referral", "court", false),
        ],
        withheld_from: vec![Withheld {
            recipient: code("public"),
            reason: code("fear"),
            extra: Default::default(),
        }],
        events: Vec::new(),
        receipt: None,
        parts: Vec::new(),
        extra: Default::default(),
    }
}

impl World {
    /// A witness's part, which three trustees hold.
    fn witness(&mut self) -> NamedPart {
        self.write(SECRET);
        let header = self.headers().pop().unwrap();
        let entry = self.desk.reader().verify(&header).unwrap().id();
        NamedPart { compartment: self.compartment, part: PartRef { entry, index: 0 } }
    }

    fn set_policy(&mut self) {
        let table = POLICY.replace("ID", &self.compartment.to_string());
        let engine = Code::parse(&crate::engine_code()).unwrap();
        self.desk.set_policy(engine, table.into_bytes(), &[&self.governor.secrets]).unwrap();
    }

    /// What trustees would say to a request for a part, in words.
    fn decided(&self, part: NamedPart, purpose: &str) -> Result<(), String> {
        let policy = self.desk.policy_in_force().unwrap().unwrap();
        let (action, purpose) = (Action::Open, code(purpose));
        let facts: Vec<SupposedFact> = Vec::new();
        let supposed = Supposed { action, purpose, case: true, emergency: false, facts };
        let decision = self.desk.explain(&policy, &[part], &supposed).unwrap();
        match decision.verdict(0).unwrap() {
            Verdict::Permit(_) => Ok(()),
            refused => Err(refused.to_string()),
        }
    }

    fn state(&self, part: NamedPart, purpose: &str) -> UseState {
        let uses = self.desk.part_uses(part).unwrap().uses;
        uses.into_iter().find(|one| one.what.purpose.as_str() == purpose).unwrap().state
    }
}

fn cases_world(seed: u64) -> World {
    let mut world = world(seed, 2, 3, HoldRule::None);
    world.give_keys(1);
    world.set_policy();
    world
}

fn malformed<T: std::fmt::Debug>(result: Result<T, NodeError>) -> (&'static str, Malformation) {
    match result.unwrap_err() {
        NodeError::Casework(CaseworkRefusal::Malformed { field, why, .. }) => (field, why),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_consent_opens_what_it_names_and_its_withdrawal_shuts_it_by_name_of_the_rule() {
    let mut world = cases_world(5_100);
    let part = world.witness();
    assert!(world.decided(part, "case-follow-up").unwrap_err().contains("row 20"));
    assert!(matches!(world.state(part, "case-follow-up"), UseState::Missing { .. }));

    let recorded = world.desk.record_consent(consent(), &[part], Timestamp(NOW), into()).unwrap();
    assert_eq!((recorded.facts.len(), recorded.places.len(), recorded.idle), (3, 1, None));
    assert_eq!(world.decided(part, "case-follow-up"), Ok(()));
    assert!(world.decided(part, "court-referral").unwrap_err().contains("row 50"), "what was refused");
    let uses = world.desk.part_uses(part).unwrap();
    assert_eq!(uses.not_told, 3, "no trustee has heard of it yet");
    assert_eq!(uses.written[0].kind, Kind::Consent);
    assert!(matches!(world.state(part, "statistics"), UseState::No { .. }), "withheld from the public");
    let follow_up = uses.uses.iter().find(|one| one.what.purpose == code("case-follow-up")).unwrap();
    assert!(follow_up.ends_within(world.desk.now(), 30 * Timestamp::DAY));
    assert!(!follow_up.ends_within(world.desk.now(), 10 * Timestamp::DAY));

    world.pass(60);
    let gone = world.desk.withdraw_consent(&[part], &ConsentScope::default(), into()).unwrap();
    assert!(gone.record.is_some() && gone.facts[0].fact.ends);
    let refused = world.decided(part, "case-follow-up").unwrap_err();
    for word in ["row 20", "Officers follow cases up with consent", "withdrawn"] {
        assert!(refused.contains(word), "{word}: {refused}");
    }
    let again = world.desk.reconfirm_consent(&[part], &[], None, None, into());
    assert!(matches!(again, Err(NodeError::Casework(CaseworkRefusal::NoStands { .. }))));

    // The no goes to the trustees although the log is away.
    let mut letters = Letters { log: false, leaves: 0, took: Vec::new() };
    world.desk.send_facts(&mut letters).unwrap();
    assert_eq!(
        letters.took, [false; 9],
        "three that end something, to three trustees, and nothing that permits"
    );
    letters.log = true;
    assert_eq!(world.desk.send_facts(&mut letters).unwrap().due, 0);
    assert_eq!(world.desk.part_uses(part).unwrap().not_told, 0);

    // Given again, later: that is a consent of its own.
    world.pass(60);
    let now = world.desk.now();
    world.desk.record_consent(consent(), &[part], now, into()).unwrap();
    let refused = world.decided(part, "case-follow-up").unwrap_err();
    assert!(refused.contains("withdrawn"), "it is later in the log only once it stands there: {refused}");
    world.desk.send_facts(&mut letters).unwrap();
    assert_eq!(world.decided(part, "case-follow-up"), Ok(()));
}

#[test]
fn a_re_confirmation_allows_what_was_allowed_of_each_part_and_no_more() {
    let mut world = cases_world(5_150);
    let (one, other) = (world.witness(), world.witness());
    let again = |world: &mut World, parts: &[NamedPart], uses: &[Use]| {
        world.desk.reconfirm_consent(parts, uses, Some(Timestamp(NOW + 90 * Timestamp::DAY)), None, into())
    };
    let nothing = again(&mut world, &[one], &[]);
    assert!(matches!(nothing, Err(NodeError::Casework(CaseworkRefusal::NothingGiven { .. }))));
    world.desk.record_consent(consent(), &[one], Timestamp(NOW), into()).unwrap();
    let court = Consent {
        decisions: vec![decision("court-referral", "court", true)],
        withheld_from: Vec::new(),
        ..consent()
    };
    world.desk.record_consent(court, &[other], Timestamp(NOW), into()).unwrap();
    assert_eq!(malformed(again(&mut world, &[one, other], &[])), ("parts", Malformation::DifferentUses));
    world.pass(21 * Timestamp::DAY);
    assert!(matches!(world.state(one, "case-follow-up"), UseState::Lapsed { .. }));
    assert!(world.decided(one, "case-follow-up").unwrap_err().contains("lapsed"));
    let done = again(&mut world, &[one], &[]).unwrap();
    assert_eq!(done.facts.len(), 1);
    assert_eq!(world.decided(one, "case-follow-up"), Ok(()));
    assert!(world.decided(one, "court-referral").is_err(), "what was refused of it stays refused");
    assert!(world.decided(other, "court-referral").is_err(), "and the other part was not asked about");
    again(&mut world, &[other], &[what("court-referral", "court")]).unwrap();
    assert_eq!(world.decided(other, "court-referral"), Ok(()));
}

#[test]
fn a_consent_that_was_taken_badly_is_written_and_allows_nothing() {
    let mut world = cases_world(5_200);
    let part = world.witness();
    let bad = Consent { risks_explained: false, ..consent() };
    let recorded = world.desk.record_consent(bad, &[part], Timestamp(NOW), into()).unwrap();
    assert_eq!(recorded.idle, Some(counterseal_policy::Why::RisksNotExplained));
    assert!(recorded.facts.iter().all(|view| view.fact.ends), "a no counts all the same");
    assert!(world.decided(part, "case-follow-up").is_err());
}

#[test]
fn record_and_facts_are_kept_together_or_not_at_all() {
    let mut world = cases_world(5_300);
    let part = world.witness();
    let (entries, facts) = (world.headers().len(), world.desk.facts_said().unwrap().len());
    world.desk.set_faults(Arc::new(Commits(AtomicI64::new(0))));
    assert!(world.desk.record_consent(consent(), &[part], Timestamp(NOW), into()).is_err());
    let place = world.desk.place().clone();
    drop(world.desk);
    world.desk = Desk::unlock(place, &passphrase(), world.clock.clone(), rng(5_301)).unwrap();
    assert_eq!((world.headers().len(), world.desk.facts_said().unwrap().len()), (entries, facts));
    assert!(world.desk.part_uses(part).unwrap().written.is_empty());
    // One commit is all it takes. A crash right after: what was said is due still.
    world.desk.set_faults(Arc::new(Commits(AtomicI64::new(1))));
    world.desk.record_consent(consent(), &[part], Timestamp(NOW), into()).unwrap();
    let place = world.desk.place().clone();
    drop(world.desk);
    world.desk = Desk::unlock(place, &passphrase(), world.clock.clone(), rng(5_302)).unwrap();
    assert_eq!(world.desk.facts_said().unwrap().len(), facts + 3);
    assert_eq!(world.desk.part_uses(part).unwrap().not_told, 3);
}

#[test]
fn a_no_is_said_where_its_record_cannot_be_written() {
    let mut world = world(5_400, 2, 3, HoldRule::None);
    world.give_keys(1);
    let part = world.witness();
    let used: Vec<_> = (0..3).map(|n| world.trustees[n].id()).collect();
    world
        .desk
        .store
        .commit(|tx| {
            tx.execute("DELETE FROM trustee_key", [])?;
            Ok::<_, NodeError>(())
        })
        .unwrap();
    assert!(world.desk.record_consent(consent(), &[part], Timestamp(NOW), into()).is_err());
    assert!(world.desk.facts_said().unwrap().is_empty(), "what permits is not said without its record");
    let gone = world.desk.withdraw_consent(&[part], &ConsentScope::default(), into()).unwrap();
    assert_eq!((gone.record, gone.facts.len(), gone.facts[0].missing), (None, 1, used.len()));
}

#[test]
fn what_is_malformed_is_refused_with_field_and_reason() {
    let mut world = cases_world(5_500);
    let part = world.witness();
    let open = world.desk.find_compartment("incidents").unwrap();
    let given = Timestamp(NOW);
    let mut try_consent = |change: &dyn Fn(&mut Consent), at| {
        let mut one = consent();
        change(&mut one);
        malformed(world.desk.record_consent(one, &[part], at, into()))
    };
    use Malformation as M;
    assert_eq!(try_consent(&|c| c.minor = true, given), ("guardian", M::NoGuardian));
    assert_eq!(try_consent(&|c| c.given_by = GivenBy::Guardian, given), ("guardian", M::NoGuardian));
    assert_eq!(try_consent(&|c| c.guardian = Some(c.subject), given), ("guardian", M::IdleGuardian));
    assert_eq!(try_consent(&|_| (), Timestamp(NOW + 1)), ("at", M::InFuture));
    let nothing = |c: &mut Consent| (c.decisions, c.withheld_from) = (vec![], vec![]);
    assert_eq!(try_consent(&nothing, given), ("decisions", M::NoUses));
    let twice = |c: &mut Consent| c.decisions.push(decision("case-follow-up", "mission", false));
    assert_eq!(try_consent(&twice, given), ("decisions", M::Contradiction));
    let never = |c: &mut Consent| c.decisions.push(decision("statistics", "public", true));
    assert_eq!(try_consent(&never, given), ("decisions", M::Contradiction));
    let over = |c: &mut Consent| c.decisions[0].until = Some(given);
    assert_eq!(try_consent(&over, given), ("decisions", M::OverBefore));
    let none = world.desk.record_consent(consent(), &[], given, into());
    assert_eq!(malformed(none), ("parts", M::NoParts));
    let into_open = WrittenTo { compartment: Some(open), ..into() };
    let refused = world.desk.record_consent(consent(), &[part], given, into_open).unwrap_err();
    assert!(matches!(refused, NodeError::Casework(CaseworkRefusal::OnlyGuarded { what: "consent" })));
    let basis = |kind, minor, guardian| Basis {
        kind,
        chosen_by: world.desk.person(),
        reason: code("medical-need"),
        since: given,
        until: None,
        uses: vec![what("case-follow-up", "mission")],
        consent: None,
        minor,
        guardian,
        parts: Vec::new(),
        extra: Default::default(),
    };
    let child = basis(BasisKind::BestInterests, true, Some(RecordId::from_bytes([9; 16])));
    let bad = [
        (basis(BasisKind::Consent, false, None), ("consent", M::NoConsent)),
        (basis(BasisKind::BestInterests, false, None), ("minor", M::NotAChild)),
        (basis(BasisKind::BestInterests, true, None), ("guardian", M::NoGuardian)),
        (Basis { uses: vec![], ..child.clone() }, ("uses", M::NoUses)),
        (Basis { until: Some(given), ..child.clone() }, ("until", M::OverBefore)),
    ];
    for (basis, expected) in bad {
        assert_eq!(malformed(world.desk.record_basis(basis, &[part], into())), expected);
    }
    assert!(world.desk.facts_said().unwrap().is_empty(), "nothing of it was said");
    let recorded = world.desk.record_basis(child, &[part], into()).unwrap();
    assert_eq!(recorded.facts[0].fact.value, Some(code("best-interests")));
    assert_eq!(world.decided(part, "case-follow-up"), Ok(()));
}

#[test]
fn an_agreement_is_said_by_the_data_protection_officer_alone() {
    let mut world = cases_world(5_600);
    let part = world.witness();
    let agreement = counterseal_model::record::Agreement {
        owner: RecordId::from_bytes([5; 16]),
        terms: vec![what("case-follow-up", "mission")],
        since: Timestamp(NOW),
        until: None,
        item: None,
        parts: Vec::new(),
        extra: Default::default(),
    };
    let recorded = world.desk.record_agreement(agreement.clone(), &[part], into()).unwrap();
    assert!(
        recorded.record.is_some() && recorded.facts.is_empty(),
        "a member writes it, and nobody believes it"
    );
    let person = world.desk.person();
    world.appoint(person, Office::DataProtection, None);
    let recorded = world.desk.record_agreement(agreement.clone(), &[part], into()).unwrap();
    assert_eq!(recorded.facts[0].fact.kind, FactKind::Agreement);
    let empty = counterseal_model::record::Agreement { terms: vec![], ..agreement };
    let refused = malformed(world.desk.record_agreement(empty, &[part], into()));
    assert_eq!(refused, ("terms", Malformation::NoUses));
}

fn concerned() -> Concerned {
    Concerned { role: CaseRole::Victim, part: None, pseudonym: Some(code(SECRET)), extra: Default::default() }
}

fn follow_up(what: &str, days: i64) -> FollowUp {
    let due = Timestamp(NOW + days * Timestamp::DAY);
    FollowUp { what: code(what), due, done: None, by: None, extra: Default::default() }
}

#[test]
fn a_case_shows_what_is_open_and_nothing_of_its_people_stays_on_the_desk() {
    let mut world = cases_world(5_700);
    let (part, more) = (world.witness(), world.witness());
    let open = world.desk.find_compartment("incidents").unwrap();
    let place = Place { pcode: Some("CF6201".into()), ..Place::default() };
    let incident = Incident { title: Some("Attack".into()), place: Some(place), ..Incident::default() };
    let body = Body::Incident(Box::new(incident));
    let incident = world.desk.record_new(open, body, Classification::Unclassified).unwrap();
    let terms = CaseTerms {
        reference: Some(code("bria-017")),
        violations: vec![Term::from_text("rape").unwrap()],
        concerned: vec![concerned()],
        follow_up: vec![follow_up("medical-visit", 3)],
        parts: vec![part],
        ..CaseTerms::default()
    };
    let class = Classification::StrictlyConfidential;
    let only_open = CasePlace { compartment: open, open_in: None, class };
    let refused = world.desk.case_new(terms.clone(), only_open).unwrap_err();
    assert!(matches!(refused, NodeError::Casework(CaseworkRefusal::OnlyGuarded { what: "case" })));

    let both = CasePlace { compartment: world.compartment, open_in: Some(open), class };
    let case = world.desk.case_new(terms.clone(), both).unwrap();
    let shown = case.open.clone().unwrap().case;
    assert!(shown.violations.is_empty() && shown.concerned.is_empty(), "not what was done, nor to whom");
    assert_eq!((shown.status, case.own.len(), case.parts.len()), (Some(CaseStatus::Open), 1, 1));
    let desk = &mut world.desk;
    for change in [
        CaseChange::Status(CaseStatus::Verified),
        CaseChange::Part(more),
        CaseChange::Incident(incident),
        CaseChange::FollowUp(follow_up("call", 9)),
        CaseChange::Done { what: code("medical-visit"), due: None, at: Timestamp(NOW) },
        CaseChange::Concerned(concerned()),
    ] {
        let case = desk.find_case("bria-017").unwrap();
        desk.change_case(&case, &change, class).unwrap();
    }
    let case = desk.find_case("bria-017").unwrap();
    let shown = case.open.clone().unwrap().case;
    assert_eq!((shown.status, shown.due().len()), (Some(CaseStatus::Verified), 1));
    assert_eq!((shown.due()[0].what.as_str(), case.own.len(), case.parts.len()), ("call", 2, 2));
    assert_eq!(desk.parts_of_case(&case).unwrap().len(), 4);
    assert_eq!(desk.case_named(&case.id.to_string()).unwrap(), case.id);
    assert_eq!(desk.cases_in(&"CF62".parse::<Area>().unwrap()).unwrap().len(), 1);
    assert!(desk.cases_in(&"CF1".parse::<Area>().unwrap()).unwrap().is_empty());
    desk.withdraw_parts(&[more], &code("in-error")).unwrap();
    assert_eq!(desk.parts_of_case(&case).unwrap().len(), 3, "what is withdrawn is not asked for");
    let dir = world.dir.path().to_owned();
    assert!(is_nowhere(&mut world.desk, &dir, SECRET), "a guarded part's pseudonym is on no page");
}

#[test]
fn a_case_without_an_open_part_is_added_to_without_an_opening() {
    let mut world = cases_world(5_800);
    let part = world.witness();
    let class = Classification::StrictlyConfidential;
    let place = CasePlace { compartment: world.compartment, open_in: None, class };
    let terms =
        CaseTerms { reference: Some(code("kaga-3")), concerned: vec![concerned()], ..CaseTerms::default() };
    let case = world.desk.case_new(terms, place).unwrap();
    assert!(case.open.is_none() && case.own.len() == 1);
    world.desk.change_case(&case, &CaseChange::Part(part), class).unwrap();
    let case = world.desk.case(case.record).unwrap();
    assert_eq!((case.own.len(), case.parts.clone()), (2, vec![part]));
    let done = |due| CaseChange::Done { what: code("call"), due, at: Timestamp(NOW) };
    let refused = malformed(world.desk.change_case(&case, &done(None), class));
    assert_eq!(refused, ("follow_up", Malformation::NotThere), "what was due is in nobody's sight");
    world.desk.change_case(&case, &done(Some(Timestamp(NOW))), class).unwrap();
    assert!(world.desk.cases_in(&"CF".parse::<Area>().unwrap()).unwrap().is_empty());
    // Whoever learned of it by an opening goes on with it.
    let (id, record) = (case.id, case.record);
    let taken = world.desk.take_up_case(id, record, world.compartment, None).unwrap();
    assert_eq!((taken.id, taken.reference), (id, Some(code("kaga-3"))));
}

#[test]
fn a_case_that_says_nonsense_is_refused_with_field_and_reason() {
    let mut world = cases_world(5_900);
    let open = world.desk.find_compartment("incidents").unwrap();
    let class = Classification::StrictlyConfidential;
    let place = CasePlace { compartment: world.compartment, open_in: None, class };
    let none = CaseTerms::default;
    let both = Concerned { part: Some(PartAt::new(open, EntryId::from_bytes([1; 32]), 0)), ..concerned() };
    let nobody = Concerned { pseudonym: None, ..concerned() };
    let open_part =
        NamedPart { compartment: open, part: PartRef { entry: EntryId::from_bytes([1; 32]), index: 0 } };
    use Malformation as M;
    let term = |text| Term::from_text(text).unwrap();
    let bad = [
        (CaseTerms { violations: vec![term("jaywalking")], ..none() }, ("violations", M::NoTerm)),
        (CaseTerms { concerned: vec![both], ..none() }, ("concerned", M::Nobody)),
        (CaseTerms { concerned: vec![nobody], ..none() }, ("concerned", M::Nobody)),
        (
            CaseTerms { incidents: vec![RecordId::from_bytes([1; 16])], ..none() },
            ("incidents", M::NoIncident),
        ),
        (CaseTerms { parts: vec![open_part], ..none() }, ("parts", M::OpenPart)),
    ];
    for (terms, expected) in bad {
        assert_eq!(malformed(world.desk.case_new(terms, place)), expected);
    }
    let twice = CasePlace { open_in: Some(world.compartment), ..place };
    assert_eq!(malformed(world.desk.case_new(none(), twice)), ("open-in", M::OpenIn));
    assert!(world.desk.cases().unwrap().is_empty());
    for text in ["", "a", "zz", "0000", "bria-017"] {
        assert!(world.desk.find_case(text).is_err() && world.desk.case_named(text).is_err(), "{text}");
    }
    let unknown = "0".repeat(32);
    assert_eq!(world.desk.case_named(&unknown).unwrap().to_string(), unknown);
}

#[test]
fn what_another_desk_wrote_into_a_case_is_followed_up_and_misleads_nobody() {
    let mut world = cases_world(5_950);
    let (open, class) = (world.desk.find_compartment("incidents").unwrap(), Classification::Confidential);
    let id = CaseId::from_bytes([0xca; 16]);
    // An incident that this desk does not have, and a place that no part has.
    let far = PartAt { index: u64::MAX, ..PartAt::new(world.compartment, EntryId::from_bytes([1; 32]), 0) };
    let case = Case {
        reference: Some(code("far-1")),
        incidents: vec![RecordId::from_bytes([1; 16])],
        parts: vec![far, PartAt::new(world.compartment, EntryId::from_bytes([1; 32]), 0)],
        ..Case::new(id)
    };
    world.desk.record_new(open, Body::Case(Box::new(case.clone())), class).unwrap();
    let seen = world.desk.find_case("far-1").unwrap();
    assert_eq!(seen.parts.len(), 1);
    assert!(world.desk.parts_of_case(&seen).unwrap().is_empty(), "what is not here cannot be asked for");
    world.desk.change_case(&seen, &CaseChange::Status(CaseStatus::Closed), class).unwrap();
    let seen = world.desk.find_case("far-1").unwrap().open.unwrap().case;
    assert_eq!(
        (seen.status, seen.incidents, seen.parts.len()),
        (Some(CaseStatus::Closed), case.incidents.clone(), 2)
    );
    // Another record that says it is the same case: which parts are meant, nobody guesses; requests name it still.
    world.desk.record_new(open, Body::Case(Box::new(case.clone())), class).unwrap();
    for name in ["far-1", "cacaca", &id.to_string()] {
        let refused = world.desk.find_case(name).unwrap_err();
        assert!(matches!(refused, NodeError::Casework(CaseworkRefusal::NoCase { count: 2, .. })), "{name}");
        assert_eq!(world.desk.case_named(name).unwrap(), id);
    }
    let case = Case { case: CaseId::from_bytes([0xcb; 16]), ..case };
    world.desk.record_new(open, Body::Case(Box::new(case)), class).unwrap();
    let refused = world.desk.case_named("far-1").unwrap_err();
    assert!(matches!(refused, NodeError::Casework(CaseworkRefusal::NoCase { count: 2, .. })));
}

#[test]
fn of_two_people_each_has_a_consent_of_their_own() {
    let mut world = cases_world(5_600);
    let part = world.witness();
    let subject = RecordId::from_bytes([77; 16]);
    let other = Consent { subject, withheld_from: Vec::new(), ..consent() };
    world.desk.record_consent(consent(), &[part], Timestamp(NOW), into()).unwrap();
    let recorded = world.desk.record_consent(other.clone(), &[part], Timestamp(NOW), into()).unwrap();
    let facts: Vec<_> = recorded.facts.iter().map(|view| &view.fact).collect();
    let bytes = counterseal_model::cbor::to_bytes(facts[0]);
    assert!(!bytes.windows(16).any(|window| window == subject.as_bytes()), "no record of a person goes out");
    assert_eq!(world.decided(part, "case-follow-up"), Ok(()));
    world.pass(60);
    let theirs = ConsentScope { subject: Some(subject), ..ConsentScope::default() };
    world.desk.withdraw_consent(&[part], &theirs, into()).unwrap();
    assert!(world.decided(part, "case-follow-up").is_err());
    // The first gives theirs again: the other one's no stands.
    world.pass(60);
    let now = world.desk.now();
    world.desk.record_consent(consent(), &[part], now, into()).unwrap();
    assert!(world.decided(part, "case-follow-up").unwrap_err().contains("withdrawn"));
    world.desk.record_consent(other, &[part], now, into()).unwrap();
    assert_eq!(world.decided(part, "case-follow-up"), Ok(()));
    // Re-confirmed are both; or one of them.
    world.pass(60);
    let until = Some(Timestamp(NOW + 90 * Timestamp::DAY));
    let both = world.desk.reconfirm_consent(&[part], &[], until, None, into()).unwrap();
    let people: std::collections::BTreeSet<_> =
        both.facts.iter().map(|view| view.fact.whose.clone()).collect();
    assert_eq!(people.len(), 2);
    let one = world.desk.reconfirm_consent(&[part], &[], until, Some(subject), into()).unwrap();
    assert_eq!(one.facts.len(), 1);
    // Of somebody who never allowed anything nothing is re-confirmed, by whatever use, and nothing is written.
    let (entries, facts) = (world.headers().len(), world.desk.facts_said().unwrap().len());
    let never = Some(RecordId::from_bytes([78; 16]));
    for uses in [vec![], vec![what("case-follow-up", "mission")]] {
        let refused = world.desk.reconfirm_consent(&[part], &uses, until, never, into());
        assert!(matches!(refused, Err(NodeError::Casework(CaseworkRefusal::NeverAllowed { .. }))));
    }
    // Nor of somebody who only ever refused, though others allowed it.
    let refusing = RecordId::from_bytes([79; 16]);
    let no = Consent {
        subject: refusing,
        decisions: vec![decision("court-referral", "court", false)],
        withheld_from: Vec::new(),
        ..consent()
    };
    let now = world.desk.now();
    world.desk.record_consent(no, &[part], now, into()).unwrap();
    let refused = world.desk.reconfirm_consent(&[part], &[], until, Some(refusing), into());
    assert!(matches!(refused, Err(NodeError::Casework(CaseworkRefusal::NeverAllowed { .. }))));
    assert_eq!((world.headers().len(), world.desk.facts_said().unwrap().len()), (entries + 1, facts + 1));
}

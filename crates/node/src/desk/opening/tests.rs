//! Openings on the desk, with trustees that are played by the functions that real ones use, and lie.

use counterseal_model::Timestamp;
use counterseal_register::HoldRule;
use counterseal_register::{
    Ahead, Blob, Bytes, Code, KeyId, Label, LogEnd, OpeningRequest, OpeningResponse, Outcome, PartRef,
    RefusedOpening, SUITE, SealedPads, TrusteeAnswer, Withdraw, opening_leaf, request_hash,
};
use counterseal_seal::{FreshKey, Pad, Release, seal_pads, sign_statement};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::answers::Heard;
use super::ask::OpenedPart;
use super::failure::OpeningFailure;
use super::places::Places;
use super::request::{MAX_DELAY_DAYS, OpeningTerms, SignedAsking};
use crate::desk::guarded::tests::{NOW, Played, SECRET, World, world};
use crate::error::NodeError;

/// A guarded part that three trustees hold, two of whom must release.
pub(super) struct Held {
    pub(super) world: World,
    pub(super) part: PartRef,
}

fn held(seed: u64) -> Held {
    held_by(seed, 2, 3)
}

/// The same, held by `count`, of whom `threshold` must release.
pub(super) fn held_by(seed: u64, threshold: u64, count: u64) -> Held {
    let mut world = world(seed, threshold, count, HoldRule::None);
    world.give_keys(1);
    world.write(SECRET);
    let header = world.headers().pop().unwrap();
    for trustee in 0..world.trustees.len() {
        world.acknowledge(trustee, &header);
    }
    let entry = world.desk.reader().verify(&header).unwrap().id();
    Held { world, part: PartRef { entry, index: 0 } }
}

impl Held {
    /// A signed request for the part, as `prepare_opening` makes it where there is a log.
    pub(super) fn ask(&self, number: u8, ahead: Option<Ahead>) -> SignedAsking {
        let desk = &self.world.desk;
        let fresh = FreshKey::make(&mut ChaCha20Rng::seed_from_u64(number.into())).unwrap();
        let request = OpeningRequest {
            suite: SUITE,
            mission: desk.mission(),
            origin: "example.org/journal/1".to_owned(),
            statements: LogEnd::EMPTY,
            parts: vec![self.part],
            purpose: Code::parse("case-follow-up").unwrap(),
            case: None,
            reader: desk.device(),
            fresh: Bytes(*fresh.public()),
            trustee_set: desk.register().trustees(desk.moment()).unwrap().id,
            id: Bytes([number; 32]),
            made: desk.now(),
            not_after: Timestamp(desk.now().0 + 600),
            build: Bytes::ZERO,
            emergency: false,
            ahead,
            delay_until: None,
            policy: desk.register().trustees(desk.moment()).unwrap().id,
            claims: Vec::new(),
            approvals: Vec::new(),
            extra: Default::default(),
        };
        let signed = sign_statement(&request.payload(), Label::OPENING_REQUEST, &[&desk.secrets]).unwrap();
        let bytes = signed.bytes().to_vec();
        let leaf = opening_leaf(&bytes, &request).unwrap();
        SignedAsking { hash: request_hash(&bytes), request, bytes, leaf, fresh }
    }

    pub(super) fn trustee(&self, n: usize) -> &Played {
        &self.world.trustees[n]
    }

    /// What the n-th trustee releases for a request: its own pads, or others.
    pub(super) fn released(&self, n: usize, asked: &SignedAsking, pads: Option<Vec<Pad>>) -> OpeningResponse {
        let (trustee, desk) = (self.trustee(n), &self.world.desk);
        let set = desk.register().trustees(desk.moment()).unwrap();
        let x = u8::try_from(set.find(trustee.id()).unwrap().1.x).unwrap();
        let release = Release { mission: desk.mission(), trustee: trustee.id(), x, request: asked.hash };
        let own = || {
            let kept = &trustee.pads[self.part.entry.as_bytes()];
            kept.iter().map(|pad| Pad::from_bytes(pad.reveal())).collect()
        };
        let mut rng = ChaCha20Rng::seed_from_u64(n as u64);
        let sealed = seal_pads(&mut rng, &release, asked.fresh.public(), &pads.unwrap_or_else(own)).unwrap();
        let pads = SealedPads {
            enc: Blob(sealed.enc.to_vec()),
            ciphertext: Blob(sealed.ciphertext),
            extra: Default::default(),
        };
        OpeningResponse {
            suite: SUITE,
            mission: desk.mission(),
            trustee: trustee.id(),
            request: Bytes(asked.hash),
            decision: Bytes([9; 32]),
            counter: 1,
            time: Timestamp(NOW),
            outcome: Outcome::Released,
            pads: Some(pads),
            refused: None,
            extra: Default::default(),
        }
    }

    pub(super) fn answer(&self, signer: usize, response: &OpeningResponse) -> TrusteeAnswer {
        let bytes = self.trustee(signer).signed(&response.payload(), Label::TRUSTEE_RESPONSE);
        TrusteeAnswer::Signed { objects: vec![Blob(bytes)] }
    }

    pub(super) fn hear(&self, asked: &SignedAsking, answers: Vec<(usize, TrusteeAnswer)>) -> Heard {
        let desk = &self.world.desk;
        let set = desk.register().trustees(desk.moment()).unwrap();
        let mut heard = Heard::default();
        for (n, answer) in answers {
            heard.take(asked, set, self.trustee(n).id(), Ok(answer));
            self.places(asked).judge(&mut heard, self.trustee(n).id());
        }
        heard
    }

    pub(super) fn good(&self, n: usize, asked: &SignedAsking) -> (usize, TrusteeAnswer) {
        (n, self.answer(n, &self.released(n, asked, None)))
    }

    fn refusal(&self, n: usize, asked: &SignedAsking) -> (usize, TrusteeAnswer) {
        let refused = RefusedOpening {
            code: Code::parse("policy-refuses").unwrap(),
            rule: Some(7),
            missing: vec![Code::parse("training").unwrap()],
            since: Some(Timestamp(NOW)),
            ask: Some(counterseal_register::Office::Training),
            parts: Vec::new(),
            extra: Default::default(),
        };
        let response = OpeningResponse {
            outcome: Outcome::Refused,
            pads: None,
            refused: Some(refused),
            ..self.released(n, asked, None)
        };
        (n, self.answer(n, &response))
    }

    pub(super) fn places(&self, asked: &SignedAsking) -> Places {
        let desk = &self.world.desk;
        desk.places_of_request(asked, desk.register().trustees(desk.moment()).unwrap()).unwrap()
    }

    pub(super) fn require(&self, asked: &SignedAsking, heard: &Heard) -> Result<(), OpeningFailure> {
        self.places(asked).require(heard)
    }

    pub(super) fn open(&mut self, asked: &SignedAsking, heard: &Heard) -> Result<Opened, NodeError> {
        let places = self.places(asked);
        let soon = Timestamp(self.world.desk.now().0 + 60);
        self.world.desk.open_all(asked, heard, &places, soon)
    }

    pub(super) fn text(&mut self) -> String {
        let (plaintext, _) = self.world.desk.opened_part(self.part).expect("it is open");
        String::from_utf8_lossy(plaintext.as_bytes()).into_owned()
    }
}

/// What came open, and to whom its author dealt wrongly.
pub(super) type Opened = (Vec<OpenedPart>, Vec<KeyId>);

const SOON: Timestamp = Timestamp(NOW + 60);

#[test]
fn two_of_three_open_a_part_and_one_does_not() {
    let mut held = held(501);
    let asked = held.ask(1, None);
    let heard = held.hear(&asked, vec![held.good(2, &asked)]);
    assert!(matches!(held.require(&asked, &heard), Err(OpeningFailure::TooFew { have: 1, needed: 2, .. })));
    assert!(held.open(&asked, &heard).is_err(), "nothing opens with one");
    assert!(held.world.desk.opened_part(held.part).is_none());
    let heard = held.hear(&asked, vec![held.good(2, &asked), held.good(0, &asked)]);
    held.require(&asked, &heard).unwrap();
    let (parts, misdealt) = held.open(&asked, &heard).unwrap();
    assert!(misdealt.is_empty() && parts[0].content.is_some());
    assert!(held.text().contains(SECRET));
    // It is in memory until its time, and in no index.
    assert!(held.world.desk.find(&Default::default(), crate::Sort::Newest, 50).unwrap().is_empty());
    held.world.pass(61);
    assert!(held.world.desk.opened_part(held.part).is_none());
}

#[test]
fn what_was_opened_is_wiped_when_its_time_is_over_though_nobody_asks_for_it() {
    let mut held = held(511);
    let asked = held.ask(1, None);
    let heard = held.hear(&asked, vec![held.good(2, &asked), held.good(0, &asked)]);
    held.open(&asked, &heard).unwrap();
    assert_eq!(held.world.desk.tidy_opened(), Some(SOON));
    assert_eq!(format!("{:?}", held.world.desk.vault), "Vault(1 parts)");
    held.world.pass(61);
    assert_eq!((held.world.desk.opened_in_memory(), held.world.desk.tidy_opened()), (1, None));
    assert_eq!(format!("{:?}", held.world.desk.vault), "Vault(0 parts)");
}

#[test]
fn a_trustee_that_lies_is_named_and_does_not_keep_the_part_shut() {
    let mut held = held(502);
    let asked = held.ask(1, None);
    let lie = held.answer(1, &held.released(1, &asked, Some(vec![Pad::from_bytes(&[7; 32])])));
    // Its one answer names it, before anybody else has said anything; and the others are waited for.
    let liar = held.trustee(1).id();
    let alone = held.hear(&asked, vec![(1, lie.clone())]);
    assert!(alone.liars.contains(&liar) && alone.pads.is_empty());
    assert_eq!(alone.signed.len(), 1, "what it signed is kept");
    let twice = held.hear(&asked, vec![(1, lie.clone()), held.good(1, &asked)]);
    assert!(twice.liars.contains(&liar) && twice.pads.is_empty(), "who lied once is not heard any more");
    let heard = held.hear(&asked, vec![(1, lie.clone()), held.good(0, &asked)]);
    assert!(!held.places(&asked).is_decided(&heard), "a false pad is none of two");
    let failure = held.require(&asked, &heard).unwrap_err();
    assert!(matches!(failure, OpeningFailure::TooFew { have: 1, needed: 2, .. }));
    assert!(failure.to_string().contains(&liar.to_string()[..8]), "{failure}");
    let heard = held.hear(&asked, vec![(1, lie), held.good(0, &asked), held.good(2, &asked)]);
    assert!(held.places(&asked).is_decided(&heard));
    held.require(&asked, &heard).unwrap();
    assert!(held.open(&asked, &heard).unwrap().1.is_empty(), "the author dealt rightly");
    assert!(held.text().contains(SECRET));
}

#[test]
fn a_liar_is_named_though_others_refuse() {
    let held = held(509);
    let asked = held.ask(1, None);
    let lie = held.answer(1, &held.released(1, &asked, Some(vec![Pad::from_bytes(&[7; 32])])));
    let heard = held.hear(&asked, vec![(1, lie), held.refusal(0, &asked)]);
    assert!(held.places(&asked).is_decided(&heard), "two of three cannot come any more");
    let failure = held.require(&asked, &heard).unwrap_err();
    assert!(failure.to_string().contains(&held.trustee(1).id().to_string()[..8]), "{failure}");
}

#[test]
fn only_a_trustees_own_signed_answer_to_this_request_counts() {
    let held = held(503);
    let (asked, other) = (held.ask(1, None), held.ask(2, None));
    let good = held.released(0, &asked, None);
    let foreign = OpeningResponse { trustee: held.trustee(1).id(), ..good.clone() };
    let torn = OpeningResponse { pads: None, ..good.clone() };
    let both = OpeningResponse {
        refused: Some(RefusedOpening {
            code: Code::parse("withdrawn").unwrap(),
            rule: None,
            missing: Vec::new(),
            since: None,
            ask: None,
            parts: Vec::new(),
            extra: Default::default(),
        }),
        ..good.clone()
    };
    let bad: Vec<(&str, usize, TrusteeAnswer)> = vec![
        ("signed by another trustee", 0, held.answer(1, &good)),
        ("another trustee's words", 0, held.answer(0, &foreign)),
        ("an answer to another request", 0, held.answer(0, &held.released(0, &other, None))),
        (
            "pads of another request",
            0,
            held.answer(0, &OpeningResponse { pads: held.released(0, &other, None).pads, ..good.clone() }),
        ),
        ("released without pads", 0, held.answer(0, &torn)),
        ("released and refused", 0, held.answer(0, &both)),
        (
            "pads of another place",
            1,
            held.answer(
                1,
                &OpeningResponse { pads: good.pads.clone(), trustee: held.trustee(1).id(), ..good.clone() },
            ),
        ),
        ("nothing", 0, TrusteeAnswer::Done {}),
        ("not now", 0, TrusteeAnswer::NotNow { code: Code::parse("behind").unwrap() }),
        ("two answers", 0, TrusteeAnswer::Signed { objects: vec![Blob(vec![1]), Blob(vec![2])] }),
    ];
    for (what, n, answer) in bad {
        let heard = held.hear(&asked, vec![(n, answer)]);
        assert!(heard.pads.is_empty() && heard.refused.is_empty() && heard.silent.len() == 1, "{what}");
        assert!(heard.signed.is_empty(), "{what}: and it is no receipt");
    }
    // Who is no trustee is not heard; the good one counts once.
    let desk = &held.world.desk;
    let set = desk.register().trustees(desk.moment()).unwrap();
    let mut heard = Heard::default();
    heard.take(&asked, set, KeyId([1; 32]), Ok(held.answer(0, &good)));
    assert!(heard.pads.is_empty());
    let heard = held.hear(&asked, vec![held.good(0, &asked), held.good(0, &asked)]);
    assert_eq!(heard.pads.len(), 1);
}

#[test]
fn what_trustees_refuse_is_said_with_the_reason_and_whom_to_ask() {
    let held = held(504);
    let asked = held.ask(1, None);
    let refusal = |n: usize| held.refusal(n, &asked);
    let heard = held.hear(&asked, vec![refusal(0), held.good(1, &asked)]);
    assert!(matches!(held.require(&asked, &heard), Err(OpeningFailure::TooFew { .. })), "one may still come");
    let heard = held.hear(&asked, vec![refusal(0), refusal(1)]);
    let failure = held.require(&asked, &heard).unwrap_err();
    let text = failure.to_string();
    for word in ["policy-refuses", "rule 7", "training", "training-officer"] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn what_was_opened_ahead_is_read_offline_counted_and_surrendered() {
    let mut held = held(505);
    let until = Timestamp(NOW + 3_600);
    let ahead = Ahead { until, reason: Code::parse("road-trip").unwrap(), extra: Default::default() };
    let asked = held.ask(1, Some(ahead));
    let heard = held.hear(&asked, vec![held.good(0, &asked), held.good(1, &asked)]);
    let not_yet = held.world.desk.read_ahead(held.part, SOON);
    assert!(matches!(not_yet, Err(NodeError::Opening(OpeningFailure::NotAhead { .. }))));
    held.open(&asked, &heard).unwrap();
    held.world.desk.close_opened();
    assert_eq!(held.world.desk.opened_ahead().unwrap().len(), 1);
    held.world.desk.read_ahead(held.part, SOON).unwrap();
    held.world.desk.read_ahead(held.part, SOON).unwrap();
    assert!(held.text().contains(SECRET));
    let view = held.world.desk.opened_ahead().unwrap();
    assert_eq!((view[0].readings, view[0].until), (2, until));
    assert_eq!(held.world.desk.unsaid_readings().unwrap(), 2);
    assert_eq!(held.world.desk.surrender(None).unwrap(), 1);
    assert!(held.world.desk.opened_part(held.part).is_none(), "and what is open is wiped");
    assert!(held.world.desk.read_ahead(held.part, SOON).is_err());
    assert_eq!(held.world.desk.unsaid_readings().unwrap(), 2, "what was read is not forgotten");
}

#[test]
fn an_advance_opening_ends_with_its_time_and_with_a_withdrawal() {
    let mut held = held(506);
    let until = Timestamp(NOW + 3_600);
    let ahead = || Ahead { until, reason: Code::parse("road-trip").unwrap(), extra: Default::default() };
    let asked = held.ask(1, Some(ahead()));
    let heard = held.hear(&asked, vec![held.good(0, &asked), held.good(1, &asked)]);
    held.open(&asked, &heard).unwrap();
    let mut draft = held.world.desk.draft().unwrap();
    let withdraw = Withdraw {
        compartment: held.world.compartment,
        parts: vec![held.part],
        reason: Code::parse("consent-withdrawn").unwrap(),
        extra: Default::default(),
    };
    draft.say(withdraw, &[&held.world.desk.secrets]).unwrap();
    held.world.desk.keep_statements(draft).unwrap();
    let closed = held.world.desk.read_ahead(held.part, SOON);
    assert!(matches!(closed, Err(NodeError::Opening(OpeningFailure::Closed { .. }))));
    assert_eq!(held.world.desk.tidy_ahead().unwrap(), 1);
    let asked = held.ask(2, Some(ahead()));
    let heard = held.hear(&asked, vec![held.good(0, &asked), held.good(1, &asked)]);
    held.open(&asked, &heard).unwrap();
    held.world.pass(3_600);
    assert!(held.world.desk.opened_ahead().unwrap().is_empty());
    assert!(matches!(
        held.world.desk.read_ahead(held.part, SOON),
        Err(NodeError::Opening(OpeningFailure::NotAhead { .. }))
    ));
}

#[test]
fn a_desk_says_what_is_missing_before_anything_is_asked() {
    let mut held = held(507);
    let purpose = || Code::parse("case-follow-up").unwrap();
    let terms = |parts| super::OpeningTerms::new(parts, purpose());
    let refused = held.world.desk.prepare_opening(terms(vec![held.part])).unwrap_err();
    assert!(matches!(refused, NodeError::Opening(OpeningFailure::NotSetUp { what: "policy" })));
    let refused = held.world.desk.prepare_opening(terms(Vec::new())).unwrap_err();
    assert!(matches!(refused, NodeError::Opening(OpeningFailure::BadCount { count: 0 })));
    let unknown = PartRef { index: 9, ..held.part };
    let refused = held.world.desk.prepare_opening(terms(vec![unknown])).unwrap_err();
    assert!(matches!(refused, NodeError::Opening(OpeningFailure::NoSuchPart { .. })));
    for text in ["", "zz", "0a1b", &"0".repeat(64), "../x", "%%%%%%%%"] {
        assert!(held.world.desk.guarded_parts(text).is_err(), "{text}");
    }
    let named = held.world.desk.guarded_parts(&held.part.entry.to_string()).unwrap();
    assert_eq!(named[0].part, held.part);
}

#[test]
fn a_cover_is_named_as_what_it_is_kept_nowhere_and_not_asked_for_again() {
    let mut held = held(508);
    held.world.desk.release_all_guarded().unwrap();
    held.world.write("a second source");
    held.world.pass(crate::desk::SLOT);
    held.world.desk.release_batches().unwrap();
    let compartment = held.world.compartment;
    let own = held.world.desk.parts_of_compartment(compartment).unwrap();
    assert!(held.world.headers().len() > own.len(), "covers went out");
    assert_eq!(own.len(), 2, "this desk's own covers are nobody's parts");
    // A cover of somebody else is met when it is opened: here one of our own, as if another desk had sent it.
    let sql = "UPDATE own_guarded SET cover = 0";
    held.world.desk.store.commit(|tx| Ok::<_, NodeError>(tx.execute(sql, [])?)).unwrap();
    let all = held.world.desk.parts_of_compartment(compartment).unwrap();
    let part = *all.iter().find(|part| !own.contains(part)).unwrap();
    let header = held
        .world
        .headers()
        .into_iter()
        .find(|header| held.world.desk.reader().verify(header).unwrap().id() == part.entry)
        .unwrap();
    (0..3).for_each(|trustee| _ = held.world.acknowledge(trustee, &header));
    held.part = part;
    let until = Timestamp(NOW + 90_000);
    let ahead = Ahead { until, reason: Code::parse("road-trip").unwrap(), extra: Default::default() };
    let asked = held.ask(1, Some(ahead));
    let heard = held.hear(&asked, vec![held.good(0, &asked), held.good(1, &asked)]);
    let (parts, _) = held.open(&asked, &heard).unwrap();
    assert!(parts[0].cover && parts[0].content.is_none());
    assert!(
        held.world.desk.opened_part(part).is_none() && held.world.desk.opened_ahead().unwrap().is_empty()
    );
    assert!(!held.world.desk.parts_of_compartment(compartment).unwrap().contains(&part));
    let terms = super::OpeningTerms::new(vec![part], Code::parse("case-follow-up").unwrap());
    let refused = held.world.desk.prepare_opening(terms).unwrap_err();
    assert!(matches!(refused, NodeError::Opening(OpeningFailure::Cover { .. })), "{refused:?}");
}

/// A delay that no trustee grants is refused here, before the request stands in the log for ever.
#[test]
fn a_notice_is_delayed_for_two_weeks_at_most_and_never_in_an_emergency() {
    let mut held = held(41);
    let now = held.world.desk.now();
    let mut asks = |until: i64, emergency| {
        let terms = OpeningTerms {
            delay_until: Some(Timestamp(now.0 + until)),
            emergency,
            ..OpeningTerms::new(vec![held.part], Code::parse("case-follow-up").unwrap())
        };
        held.world.desk.prepare_opening(terms).map(|_| ())
    };
    let refused = |answer: Result<(), NodeError>| {
        matches!(answer, Err(NodeError::Opening(OpeningFailure::BadDelay { most: MAX_DELAY_DAYS })))
    };
    let most = MAX_DELAY_DAYS * Timestamp::DAY;
    for (until, emergency) in [(0, false), (-1, false), (most + 1, false), (60, true)] {
        assert!(refused(asks(until, emergency)), "{until} {emergency}");
    }
    for until in [1, most] {
        assert!(!refused(asks(until, false)), "{until}: only what comes later is missing here");
    }
}

//! What leaves tells less, is put down, and is listed as what cannot be recalled.

use counterseal_register::{JournalLeaf, KeyId, LeafType, TrusteeAnswer, TrusteeCall};

use super::*;
use crate::LinkError;
use crate::desk::opening::Outside;

#[test]
fn a_derived_part_tells_less_names_its_basis_and_keeps_its_origin() {
    let mut office = office(700);
    let part = office.incident();
    office.consent(part, false);
    let terms = office.terms(part, "protection-referral");
    let plan = office.desk().plan_share(&terms).unwrap();
    assert!(plan.refusal().is_none() && !plan.loses_a_seal && plan.later_ones_too);
    assert_eq!((plan.readers, plan.before, plan.bases), (1, 0, consented()));
    assert!(office.desk().disclosures(None).unwrap().is_empty(), "a plan releases nothing");
    let shared = office.desk().share(&terms).unwrap();

    let found = office.desk().find(&Default::default(), crate::Sort::Newest, 50).unwrap();
    let told = found.iter().find(|view| view.part.derived.is_some()).unwrap();
    let origin = found.iter().find(|view| view.part.derived.is_none()).unwrap();
    assert_ne!(told.id(), origin.id(), "under one id, who reads both would see them as one");
    let derived = told.part.derived.clone().unwrap();
    assert_eq!((derived.entry, derived.index, derived.compartment), (part.part.entry, 0, part.compartment));
    assert_eq!((derived.by, derived.row), (office.desk().device(), 10));
    assert_eq!((derived.recipient, derived.bases), (code("protection-partner"), consented()));
    assert_eq!(derived.generalised, ["place-admin1", "date-month", "pseudonyms"].map(code));
    assert_eq!(derived.left_out, ["title", "narrative"].map(code));
    let Body::Incident(incident) = &told.part.body else { panic!() };
    assert_eq!((incident.title.as_ref(), incident.narrative.as_ref()), (None, None));
    let place = incident.place.as_ref().unwrap();
    assert_eq!(
        (place.admin1.as_deref(), place.admin2.as_deref(), place.name.as_deref()),
        (Some("Ouham"), None, None)
    );
    assert!(incident.actors[0].name.as_ref().unwrap().starts_with("p-"));
    // What is edited later keeps where it came from.
    let (id, partners) = (told.id(), office.partners);
    let body = told.part.body.clone();
    office.desk().edit(id, partners, body, Classification::Confidential).unwrap();
    assert!(office.desk().record(id).unwrap().part.derived.is_some());

    let listed = office.desk().disclosures(Some(part)).unwrap();
    assert_eq!(listed.len(), 1, "its own word and the part that it made are one release");
    assert_eq!((listed[0].kind, listed[0].to), (DisclosureKind::Shared, Some(office.partners)));
    assert_eq!((listed[0].digest, listed[0].leaf), (*shared.entry.as_bytes(), None));
    // Withdrawing recalls nothing, and the list still says so.
    office.desk().withdraw_parts(&[part], &code("consent-withdrawn")).unwrap();
    assert_eq!(office.desk().disclosures(Some(part)).unwrap().len(), 1);
    assert!(matches!(refusal(office.desk().share(&terms)), ShareRefusal::Closed { state: "withdrawn", .. }));
}

#[test]
fn what_others_shared_is_listed_by_who_reads_it_after_a_reindex_too() {
    let mut office = office(705);
    let part = office.incident();
    office.consent(part, false);
    let terms = office.terms(part, "protection-referral");
    let shared = office.desk().share(&terms).unwrap();
    // As on the desk of somebody else, who has the entry and not the sharer's own word.
    let forget = |desk: &mut Desk| {
        desk.store.commit(|tx| Ok::<_, NodeError>(tx.execute("DELETE FROM disclosed", [])?))
    };
    assert_eq!(forget(office.desk()).unwrap(), 1);
    for _ in 0..2 {
        let listed = office.desk().disclosures(Some(part)).unwrap();
        assert_eq!((listed.len(), listed[0].digest), (1, *shared.entry.as_bytes()));
        assert_eq!(listed[0].by, office.desk().device());
        office.desk().reindex(&mut |_, _| {}).unwrap();
    }
}

#[test]
fn from_two_seals_to_one_it_says_so_and_small_counts_stay_behind() {
    let mut office = office(710);
    let part = office.open_guarded(Body::Incident(Box::new(incident())));
    office.consent(part, false);
    let mut terms = office.terms(part, "protection-referral");
    terms.generalise = Generalise::default();
    let plan = office.desk().plan_share(&terms).unwrap();
    assert!(plan.loses_a_seal);
    assert_eq!(plan.generalised, [code("small-counts")]);
    let Body::Incident(told) = &plan.part.body else { panic!() };
    assert_eq!(told.casualties[0].best, None, "three people of one village are known there");
    // Out of an open compartment the count stays, unless it is asked for.
    let part = office.incident();
    let mut terms = ShareTerms { part, ..terms };
    let counted = |plan: &SharePlan| match &plan.part.body {
        Body::Incident(told) => told.casualties[0].best,
        _ => panic!(),
    };
    assert_eq!(counted(&office.desk().plan_share(&terms).unwrap()), Some(3));
    terms.small = Some(4);
    assert_eq!(counted(&office.desk().plan_share(&terms).unwrap()), None);
}

#[test]
fn a_pseudonym_is_one_persons_in_one_compartment_and_another_in_every_other() {
    let mut office = office(715);
    let (one, two) = (office.incident(), office.incident());
    let charter = Charter::new(Rule::Open, HistoryRule::Full);
    let elsewhere = office.desk().create_compartment("elsewhere", charter).unwrap();
    let mut named = Vec::new();
    for (part, to) in [(one, office.partners), (two, office.partners), (one, elsewhere)] {
        let terms = ShareTerms { to, ..office.terms(part, "protection-referral") };
        let Body::Incident(told) = office.desk().plan_share(&terms).unwrap().part.body else { panic!() };
        named.push(told.actors[0].name.clone().unwrap());
    }
    assert_eq!(named[0], named[1], "the same person, in the same compartment");
    assert_ne!(named[0], named[2], "two compartments do not compare notes");
    // A new epoch of the source changes nothing for the readers.
    let incidents = office.incidents;
    office.desk().rekey(incidents).unwrap();
    let terms = office.terms(one, "protection-referral");
    let Body::Incident(told) = office.desk().plan_share(&terms).unwrap().part.body else { panic!() };
    assert_eq!(told.actors[0].name.as_ref(), Some(&named[0]));
}

/// A hub whose log takes leaves, or not.
struct Log {
    reachable: bool,
    leaves: Vec<JournalLeaf>,
}

impl Outside for Log {
    fn push_leaf(&mut self, _: &Desk, leaf: &JournalLeaf) -> Result<u64, LinkError> {
        let place = self.leaves.iter().position(|known| known == leaf);
        Ok(place.unwrap_or_else(|| {
            self.leaves.push(*leaf);
            self.leaves.len() - 1
        }) as u64)
    }
    fn prove_leaf(&mut self, _: &Desk, _: &JournalLeaf, _: u64) -> Result<Vec<u8>, LinkError> {
        if self.reachable { Ok(vec![1]) } else { Err(LinkError::Silent) }
    }
    fn call(
        &mut self,
        _: &Desk,
        _: Vec<(KeyId, TrusteeCall)>,
        _: &mut dyn FnMut(KeyId, Result<TrusteeAnswer, LinkError>) -> bool,
    ) {
        panic!("no trustee is asked")
    }
}

#[test]
fn its_leaf_reaches_the_log_once_though_the_line_breaks() {
    let mut office = office(720);
    let part = office.incident();
    office.consent(part, false);
    let terms = office.terms(part, "protection-referral");
    office.desk().share(&terms).unwrap();
    assert_eq!(office.desk().unlogged_disclosures().unwrap(), 1);
    let mut log = Log { reachable: false, leaves: Vec::new() };
    assert_eq!(office.desk().log_disclosures(&mut log).unwrap(), 0, "taken, and its proof did not come");
    assert_eq!(office.desk().unlogged_disclosures().unwrap(), 1);
    log.reachable = true;
    assert_eq!(office.desk().log_disclosures(&mut log).unwrap(), 1);
    assert_eq!((log.leaves.len(), log.leaves[0].kind()), (1, LeafType::Export));
    assert_eq!(office.desk().disclosures(Some(part)).unwrap()[0].leaf, Some(0));
    assert_eq!(office.desk().log_disclosures(&mut log).unwrap(), 0);
}

#[test]
fn an_export_of_parts_is_permitted_marked_put_down_and_without_what_must_not_leave() {
    let mut office = office(725);
    let part = office.open_guarded(Body::Incident(Box::new(incident())));
    let path = office.world.dir.path().join("out.jsonl");
    let compartment = office.incidents;
    let what = |parts: Vec<NamedPart>| PartsExport {
        parts,
        purpose: code("protection-referral"),
        case: false,
        compartment,
    };
    let head = |mark: &str, _: Classification, _: bool| mark.to_owned();
    let line = |_: &str, part: &counterseal_model::record::Part| match &part.body {
        Body::Incident(incident) => incident.title.clone().unwrap(),
        _ => panic!(),
    };
    let refused = office.desk().export_parts(&what(vec![part]), &path, &head, &line);
    let ShareRefusal::NotPermitted { reasons, ask } = refusal(refused) else { panic!() };
    assert!(
        reasons[0].to_string().contains("row 10") && reasons[0].to_string().contains("consent"),
        "{reasons:?}"
    );
    assert!(!ask.is_empty() && !path.exists());
    office.consent(part, false);
    let made = office.desk().export_parts(&what(vec![part]), &path, &head, &line).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, format!("counterseal-export:{}\nAmbush at the mill\n", made.mark));
    assert_eq!(office.desk().trace(&path).unwrap().len(), 1, "the file leads back to its export");
    let listed = office.desk().disclosures(Some(part)).unwrap();
    assert_eq!((listed.len(), listed[0].kind), (1, DisclosureKind::Exported));
    // A decoy among them, and nothing leaves.
    let decoy = crate::desk::decoy::tests_only_decoy();
    let decoy = office.open_guarded(decoy);
    office.consent(decoy, false);
    let other = office.world.dir.path().join("more.jsonl");
    let refused = office.desk().export_parts(&what(vec![part, decoy]), &other, &head, &line);
    assert!(matches!(refusal(refused), ShareRefusal::Nothing { what: "decoy", .. }) && !other.exists());
}

#[test]
fn a_question_that_meets_parts_of_which_the_policy_speaks_is_exported_for_a_purpose_or_not_at_all() {
    let mut office = office(730);
    let part = office.incident();
    // What is sealed twice is in no answer, whatever the file.
    office
        .open_guarded(Body::Incident(Box::new(Incident { title: Some("zanzibarite".into()), ..incident() })));
    let mut options = crate::ExportOptions {
        filter: Default::default(),
        sort: crate::Sort::Newest,
        limit: None,
        format: counterseal_exchange::Format::Csv,
        query: String::new(),
        compartment: office.incidents,
        purpose: None,
        case: false,
    };
    let refused = office.desk().export_bytes(&options).map(|(_, report)| report);
    assert_eq!(refusal(refused), ShareRefusal::NoPurpose { count: 1 });
    let unsaid = options.clone();
    options.purpose = Some(code("protection-referral"));
    // A copy of a report is an export: what may not leave is not even drawn.
    for (options, needs_purpose) in [(&unsaid, true), (&options, false)] {
        let mut drawn = false;
        let page = office.desk().export_page(options, "daily-report", |_, _, _| {
            drawn = true;
            Ok(String::new())
        });
        let why = refusal(page.map(|(_, report)| report));
        assert_eq!(matches!(why, ShareRefusal::NoPurpose { count: 1 }), needs_purpose, "{why:?}");
        assert!(!drawn && office.desk().exports().unwrap().is_empty());
    }
    let path = office.world.dir.path().join("all.csv");
    let refused = office.desk().export(&options, &path, &mut |_| {});
    assert!(matches!(refusal(refused), ShareRefusal::NotPermitted { .. }) && !path.exists());
    office.consent(part, false);
    let (bytes, report) = office.desk().export_bytes(&options).unwrap();
    assert_eq!(report.count, 1);
    assert!(!String::from_utf8(bytes).unwrap().contains("zanzibarite"));
    assert_eq!(office.desk().disclosures(Some(part)).unwrap()[0].digest, report.digest);
    assert!(office.desk().exports().unwrap().len() == 1);
    let (page, copy) = office
        .desk()
        .export_page(&options, "daily-report", |_, mark, records| {
            Ok(format!("{} {}", mark.mark, records.len()))
        })
        .unwrap();
    assert_eq!(page, format!("counterseal-export:{} 1", copy.mark));
    assert!(office.desk().disclosures(Some(part)).unwrap().iter().any(|one| one.digest == copy.digest));
    let traces = office.desk().exports().unwrap();
    assert!(traces.iter().any(|(trace, digest)| trace.format == "daily-report" && *digest == copy.digest));
}

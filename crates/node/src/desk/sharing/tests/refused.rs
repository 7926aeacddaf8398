//! What does not leave, and what is said of why.

use counterseal_register::Office as Appointed;
use tempfile::TempDir;

use super::*;
use crate::Home;
use crate::desk::guarded::tests::member;

#[test]
fn without_a_basis_it_is_refused_with_the_row_what_is_missing_and_whom_to_ask() {
    let mut office = office(740);
    let part = office.incident();
    let terms = office.terms(part, "protection-referral");
    let ShareRefusal::NotPermitted { reasons, ask } = refusal(office.desk().share(&terms)) else { panic!() };
    assert!(
        reasons[0].to_string().contains("row 10") && reasons[0].to_string().contains("consent"),
        "{reasons:?}"
    );
    assert!(reasons[0].to_string().contains("ask the data-protection officer"), "{reasons:?}");
    assert!(ask.contains(&counterseal_policy::Office::DataProtection));
    // Consent that was given and taken back is none, at once.
    office.consent(part, false);
    assert!(office.desk().plan_share(&terms).unwrap().refusal().is_none());
    office.world.pass(1);
    office.consent(part, true);
    let ShareRefusal::NotPermitted { reasons, .. } = refusal(office.desk().share(&terms)) else { panic!() };
    assert!(reasons[0].to_string().contains("withdrawn"), "{reasons:?}");
    // Neither a purpose nobody knows nor the part's own compartment.
    let unknown = ShareTerms { purpose: code("curiosity"), ..terms.clone() };
    let ShareRefusal::NotPermitted { reasons, .. } = refusal(office.desk().share(&unknown)) else { panic!() };
    assert!(reasons[0].to_string().contains("curiosity"), "{reasons:?}");
    let home = ShareTerms { to: office.incidents, ..terms };
    assert!(matches!(office.desk().share(&home), Err(NodeError::SamePlace)));
    assert!(office.desk().disclosures(None).unwrap().is_empty());
}

#[test]
fn what_is_sealed_twice_is_shared_only_while_it_is_open() {
    let mut office = office(745);
    let compartment = office.world.compartment;
    let part = office.write(compartment, Body::Incident(Box::new(incident())));
    office.consent(part, false);
    let terms = office.terms(part, "protection-referral");
    assert!(matches!(refusal(office.desk().share(&terms)), ShareRefusal::NotOpen { .. }));
    office.open(part);
    office.desk().plan_share(&terms).unwrap();
    office.world.pass(3_601);
    assert!(matches!(refusal(office.desk().share(&terms)), ShareRefusal::NotOpen { .. }), "its time is over");
    // Another compartment's name for it is no name.
    let wrong = NamedPart { compartment: office.incidents, ..part };
    let wrong = ShareTerms { part: wrong, ..terms };
    assert!(is_unknown(&office.desk().plan_share(&wrong)));
}

#[test]
fn covers_decoys_sources_and_the_missions_own_records_do_not_leave() {
    let mut office = office(750);
    let decoy = office.open_guarded(crate::desk::decoy::tests_only_decoy());
    let terms = office.terms(decoy, "protection-referral");
    let refused = refusal(office.desk().plan_share(&terms));
    assert!(matches!(refused, ShareRefusal::Nothing { what: "decoy", .. }), "{refused:?}");
    let source = counterseal_model::record::Source { pseudonym: "Seven".into(), ..Default::default() };
    let source = office.open_guarded(Body::Source(Box::new(source)));
    let terms = ShareTerms { part: source, ..terms };
    assert!(matches!(refusal(office.desk().plan_share(&terms)), ShareRefusal::NotGeneralised(_)));
    // Whole, into an open compartment, it is refused where it would be sealed.
    office.consent(source, false);
    let whole = ShareTerms { generalise: Generalise::default(), ..terms.clone() };
    assert!(matches!(office.desk().share(&whole), Err(NodeError::SourceInOpen)));
    assert!(office.desk().disclosures(None).unwrap().is_empty(), "what was not written was not released");
    let incidents = office.incidents;
    let taxonomy = office.write(incidents, Body::Taxonomy("{}".into()));
    let terms = ShareTerms { part: taxonomy, ..whole };
    assert!(matches!(refusal(office.desk().plan_share(&terms)), ShareRefusal::NotShared { .. }));
    // A cover of this desk.
    office.desk().release_batches().unwrap();
    let compartment = office.world.compartment;
    let cover: [u8; 32] = office
        .desk()
        .store
        .read(|db| {
            let sql = "SELECT id FROM entry e JOIN own_guarded o ON o.entry = e.no WHERE o.cover = 1 LIMIT 1";
            Ok::<_, NodeError>(db.query_row(sql, [], |row| row.get(0))?)
        })
        .unwrap();
    let part = PartRef { entry: EntryId::from_bytes(cover), index: 0 };
    let terms = ShareTerms { part: NamedPart { compartment, part }, ..terms };
    let refused = refusal(office.desk().plan_share(&terms));
    assert!(matches!(refused, ShareRefusal::Nothing { what: "cover", .. }), "{refused:?}");
}

#[test]
fn a_second_person_approves_this_sharing_and_no_other() {
    let mut office = office(755);
    let part = office.incident();
    let home = TempDir::new().unwrap();
    let mut second = member(&mut office.world, &Home::open(home.path()).unwrap(), 756);
    let terms = office.terms(part, "handover");
    let ShareRefusal::NotPermitted { reasons, .. } = refusal(office.desk().share(&terms)) else { panic!() };
    assert!(reasons[0].to_string().contains("row 30"), "{reasons:?}");
    let asked = office.desk().ask_share(&terms).unwrap();
    assert!(office.desk().approve_share(&asked.bytes).is_err(), "nobody approves what they ask themselves");
    let read = second.read_share_asked(&asked.bytes).unwrap();
    assert_eq!((read.by, read.asked.to), (office.desk().person(), Some(office.partners)));
    let mut forged = asked.bytes.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert!(second.approve_share(&forged).is_err());
    let approval = second.approve_share(&asked.bytes).unwrap().bytes;
    let with = |terms: &ShareTerms| ShareTerms { approvals: vec![approval.clone()], ..terms.clone() };
    // Not for more than was approved, nor for another part, purpose or place.
    let whole = ShareTerms { generalise: Generalise::default(), ..terms.clone() };
    let other = ShareTerms { part: office.incident(), ..terms.clone() };
    let purpose = ShareTerms { purpose: code("briefing"), ..terms.clone() };
    for wrong in [whole, other, purpose] {
        let refused = refusal(office.desk().share(&with(&wrong)));
        assert!(matches!(refused, ShareRefusal::NotThisApproval { .. }), "{refused:?}");
    }
    let refused = office.desk().share(&ShareTerms { approvals: vec![asked.bytes], ..terms.clone() });
    assert!(matches!(refusal(refused), ShareRefusal::NotThisApproval { .. }));
    office.desk().share(&with(&terms)).unwrap();
    // The same approval twice is one person.
    let twice = ShareTerms { approvals: vec![approval.clone(), approval], ..terms };
    office.desk().plan_share(&twice).unwrap();
}

#[test]
fn a_training_counts_here_once_the_officer_gave_its_statement_and_nobody_elses_does() {
    let mut office = office(760);
    let part = office.incident();
    let home = TempDir::new().unwrap();
    let mut officer = member(&mut office.world, &Home::open(home.path()).unwrap(), 761);
    let terms = office.terms(part, "briefing");
    let ShareRefusal::NotPermitted { ask, .. } = refusal(office.desk().share(&terms)) else { panic!() };
    assert_eq!(ask, [counterseal_policy::Office::Training]);
    let person = officer.person();
    let governor = &office.world.governor.secrets;
    office.world.desk.appoint_officer(person, Appointed::Training, None, None, &[governor]).unwrap();
    officer.take_statements(&office.world.desk.statements_file().unwrap()).unwrap();
    let training = |ends| FactTerms {
        about: FactAbout::Person(office.world.desk.person()),
        kind: FactKind::Training,
        value: Some(code("data-protection")),
        purposes: vec![],
        recipients: vec![],
        since: None,
        until: None,
        ends,
        whose: Vec::new(),
    };
    let said = officer.state_fact(training(false)).unwrap();
    let file = officer.fact_file(&hex::encode(said.hash)[..8]).unwrap();
    office.world.pass(1);
    let ended = officer.state_fact(training(true)).unwrap();
    let ended = officer.fact_file(&hex::encode(ended.hash)).unwrap();
    let mut forged = file.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert!(office.desk().take_fact(&forged).is_err());
    assert!(office.desk().take_fact(b"no fact").is_err());
    assert!(office.desk().plan_share(&terms).unwrap().refusal().is_some(), "a forged one is not kept");
    office.desk().take_fact(&file).unwrap();
    office.desk().take_fact(&file).unwrap();
    assert!(office.desk().plan_share(&terms).unwrap().refusal().is_none());
    office.desk().take_fact(&ended).unwrap();
    assert!(office.desk().plan_share(&terms).unwrap().refusal().is_some(), "and it ends here too");
    // Without the office, the same bytes mean nothing.
    let governor = &office.world.governor.secrets;
    office.world.desk.dismiss_officer(person, Appointed::Training, None, &[governor]).unwrap();
    assert!(office.desk().take_fact(&file).is_err());
    assert!(officer.fact_file("zz").is_err());
}

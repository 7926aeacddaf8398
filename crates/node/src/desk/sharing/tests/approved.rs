//! Exports that a row of the policy wants a second person for: of exactly this, once.

use counterseal_register::{Approval, DisclosedAs, DisclosureAsked, Label};
use counterseal_seal::sign_statement;
use tempfile::TempDir;

use super::*;
use crate::Home;
use crate::desk::guarded::tests::member;

fn what(office: &Office, parts: &[NamedPart], purpose: &str) -> PartsExport {
    PartsExport { parts: parts.to_vec(), purpose: code(purpose), case: false, compartment: office.incidents }
}

fn leave(
    office: &mut Office,
    what: &PartsExport,
    file: &std::path::Path,
) -> Result<PartsExported, NodeError> {
    let head = |mark: &str, _: Classification, _: bool| mark.to_owned();
    let line = |_: &str, _: &counterseal_model::record::Part| "line".to_owned();
    office.desk().export_parts(what, file, &head, &line)
}

fn refused<T: std::fmt::Debug>(done: Result<T, NodeError>) -> ShareRefusal {
    match done.unwrap_err() {
        NodeError::Share(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_second_person_approves_this_export_once_and_no_other() {
    let mut office = office(770);
    let (one, two) = (office.incident(), office.incident());
    let home = TempDir::new().unwrap();
    let mut second = member(&mut office.world, &Home::open(home.path()).unwrap(), 771);
    let file = |name: &str| home.path().join(name);
    let both = what(&office, &[two, one], "handover");
    let reasons = refused(leave(&mut office, &both, &file("a")));
    assert!(
        matches!(&reasons, ShareRefusal::NotPermitted { reasons, .. } if reasons[0].to_string().contains("row 40"))
    );
    let asked = office.desk().ask_export(&both).unwrap();
    assert!(office.desk().approve_share(&asked.bytes).is_err(), "nobody approves what they ask themselves");
    let read = second.read_share_asked(&asked.bytes).unwrap().asked;
    assert_eq!((read.how, read.to, read.parts.len()), (DisclosedAs::Exported, None, 2));
    assert_eq!(read.recipient, Some(code("mission")));
    let approval = second.approve_share(&asked.bytes).unwrap().bytes;
    let mut forged = approval.clone();
    *forged.last_mut().unwrap() ^= 1;
    for bad in [forged, asked.bytes.clone(), b"nothing".to_vec()] {
        let refusal = refused(office.desk().take_export_approval(&bad));
        assert!(matches!(refusal, ShareRefusal::NotThisApproval { .. }));
    }
    assert!(leave(&mut office, &both, &file("a")).is_err(), "asked is not approved");
    office.desk().take_export_approval(&approval).unwrap();
    // For other parts, fewer of them, another purpose or a case it is none.
    let case = PartsExport { case: true, ..both.clone() };
    let third = office.incident();
    for wrong in [
        what(&office, &[one], "handover"),
        what(&office, &[one, two, third], "handover"),
        what(&office, &[one, two], "audit"),
        case,
    ] {
        let refusal = refused(leave(&mut office, &wrong, &file("a")));
        assert!(matches!(refusal, ShareRefusal::NotPermitted { .. }), "{refusal:?}");
    }
    assert!(!file("a").exists() && office.desk().disclosures(None).unwrap().is_empty());
    // It leaves, in whatever order its parts are named; and once.
    let turned = what(&office, &[one, two], "handover");
    leave(&mut office, &turned, &file("a")).unwrap();
    assert_eq!(office.desk().disclosures(None).unwrap().len(), 2);
    assert!(matches!(refused(leave(&mut office, &both, &file("b"))), ShareRefusal::NotPermitted { .. }));
    let again = refused(office.desk().take_export_approval(&approval));
    assert!(again.to_string().contains("good for one"), "{again}");
    // Asked again, it is another thing, and the old answer none to it.
    let anew = office.desk().ask_export(&both).unwrap();
    assert_ne!(anew.bytes, asked.bytes);
    assert!(leave(&mut office, &both, &file("b")).is_err());
    let approval = second.approve_share(&anew.bytes).unwrap().bytes;
    office.desk().take_export_approval(&approval).unwrap();
    leave(&mut office, &both, &file("b")).unwrap();
}

#[test]
fn an_approval_ends_after_seven_days_and_with_its_giver_and_is_of_this_desk_alone() {
    let mut office = office(772);
    let part = office.incident();
    let home = TempDir::new().unwrap();
    let mut second = member(&mut office.world, &Home::open(home.path()).unwrap(), 773);
    let wanted = what(&office, &[part], "handover");
    let asked = office.desk().ask_export(&wanted).unwrap();
    let approval = second.approve_share(&asked.bytes).unwrap().bytes;
    // What another desk asks is not this one's, though its signature is good.
    let theirs =
        DisclosureAsked { by: second.device(), ..second.read_share_asked(&asked.bytes).unwrap().asked };
    let signed =
        sign_statement(&theirs.payload(), Label::OPENING_DISCLOSURE_ASKED, &[&second.secrets]).unwrap();
    let other = office.desk().approve_share(signed.bytes()).unwrap().bytes;
    assert!(refused(office.desk().take_export_approval(&other)).to_string().contains("asked for no such"));
    office.desk().take_export_approval(&approval).unwrap();
    office.world.pass(7 * Timestamp::DAY + 1);
    let late = refused(office.desk().take_export_approval(&approval));
    assert!(late.to_string().contains("seven days"), "{late}");
    assert!(leave(&mut office, &wanted, &home.path().join("a")).is_err());
    let asked = office.desk().ask_export(&wanted).unwrap();
    let approval = second.approve_share(&asked.bytes).unwrap().bytes;
    office.desk().take_export_approval(&approval).unwrap();
    let (person, device) = (second.person(), second.device());
    let revoke = counterseal_register::RevokeDevice { person, device, extra: Default::default() };
    let desk = &mut office.world.desk;
    let mut draft = desk.draft().unwrap();
    draft.say(revoke, &[&desk.secrets]).unwrap();
    desk.keep_statements(draft).unwrap();
    assert!(leave(&mut office, &wanted, &home.path().join("a")).is_err(), "who was revoked approves nothing");
}

#[test]
fn a_question_is_exported_by_an_approval_of_what_it_shows_now() {
    let mut office = office(774);
    office.incident();
    let home = TempDir::new().unwrap();
    let mut second = member(&mut office.world, &Home::open(home.path()).unwrap(), 775);
    let options = crate::ExportOptions {
        filter: crate::Filter::default(),
        sort: crate::Sort::Newest,
        limit: None,
        format: counterseal_exchange::Format::Csv,
        query: "all".to_owned(),
        compartment: office.incidents,
        purpose: Some(code("handover")),
        case: false,
    };
    let asked = office.desk().ask_export_of(&options).unwrap();
    let approval = second.approve_share(&asked.bytes).unwrap().bytes;
    office.desk().take_export_approval(&approval).unwrap();
    office.incident();
    assert!(office.desk().export_bytes(&options).is_err(), "there is more of it since");
    let asked = office.desk().ask_export_of(&options).unwrap();
    let approval = second.approve_share(&asked.bytes).unwrap().bytes;
    office.desk().take_export_approval(&approval).unwrap();
    assert_eq!(office.desk().export_bytes(&options).unwrap().1.count, 2);
    assert!(office.desk().export_bytes(&options).is_err(), "once");
}

/// An approval by a desk's keys, whatever its program would say of it.
fn approval_by(desk: &Desk, core: [u8; 32], reader: counterseal_model::DeviceId) -> Vec<u8> {
    let approval = Approval {
        mission: desk.mission(),
        core: Bytes(core),
        reader,
        approver: desk.device(),
        made: desk.now(),
        extra: Default::default(),
    };
    sign_statement(&approval.payload(), Label::OPENING_APPROVAL, &[&desk.secrets]).unwrap().bytes().to_vec()
}

#[test]
fn an_approval_of_ones_own_or_for_another_reader_counts_for_no_export_and_no_sharing() {
    let mut office = office(776);
    let part = office.incident();
    let home = TempDir::new().unwrap();
    let second = member(&mut office.world, &Home::open(home.path()).unwrap(), 777);
    let wanted = what(&office, &[part], "handover");
    let asked = office.desk().ask_export(&wanted).unwrap();
    let export = second.read_share_asked(&asked.bytes).unwrap().asked.core_hash();
    let terms = office.terms(part, "handover");
    let asked = office.desk().ask_share(&terms).unwrap();
    let sharing = second.read_share_asked(&asked.bytes).unwrap().asked.core_hash();
    let (mine, theirs) = (office.desk().device(), second.device());
    for core in [export, sharing] {
        let own = approval_by(office.desk(), core, mine);
        let elsewhere = approval_by(&second, core, theirs);
        for (bad, why) in [(own, "your own"), (elsewhere, "approves another one")] {
            let refusal = match core == export {
                true => refused(office.desk().take_export_approval(&bad)),
                false => refused(office.desk().share(&ShareTerms { approvals: vec![bad], ..terms.clone() })),
            };
            assert!(refusal.to_string().contains(why), "{refusal}");
        }
    }
    let good = approval_by(&second, export, mine);
    office.desk().take_export_approval(&good).unwrap();
    let good = approval_by(&second, sharing, mine);
    office.desk().share(&ShareTerms { approvals: vec![good], ..terms }).unwrap();
}

#[test]
fn an_approval_is_for_the_receiver_that_was_named_and_no_later_one() {
    let mut office = office(778);
    let part = office.incident();
    let home = TempDir::new().unwrap();
    let mut second = member(&mut office.world, &Home::open(home.path()).unwrap(), 779);
    let other = table(&office.world, office.incidents, "court");
    let governor = &office.world.governor.secrets;
    office.world.desk.set_policy(engine_code_of(), other, &[governor]).unwrap();
    office.world.pass(Timestamp::DAY);
    let wanted = what(&office, &[part], "handover");
    let asked = office.desk().ask_export(&wanted).unwrap();
    let approval = second.approve_share(&asked.bytes).unwrap().bytes;
    office.desk().take_export_approval(&approval).unwrap();
    // The policy's waiting days are over sooner than the approval's.
    office.world.pass(6 * Timestamp::DAY + 60);
    assert!(leave(&mut office, &wanted, &home.path().join("a")).is_err(), "it would go to a court now");
    let asked = office.desk().ask_export(&wanted).unwrap();
    let approval = second.approve_share(&asked.bytes).unwrap().bytes;
    office.desk().take_export_approval(&approval).unwrap();
    leave(&mut office, &wanted, &home.path().join("a")).unwrap();
}

#[test]
fn an_approval_of_a_sharing_ends_with_its_giver() {
    let mut office = office(780);
    let part = office.incident();
    let home = TempDir::new().unwrap();
    let mut second = member(&mut office.world, &Home::open(home.path()).unwrap(), 781);
    let terms = office.terms(part, "handover");
    let asked = office.desk().ask_share(&terms).unwrap();
    let approvals = vec![second.approve_share(&asked.bytes).unwrap().bytes];
    let (person, device) = (second.person(), second.device());
    let revoke = counterseal_register::RevokeDevice { person, device, extra: Default::default() };
    let desk = office.desk();
    let mut draft = desk.draft().unwrap();
    draft.say(revoke, &[&desk.secrets]).unwrap();
    desk.keep_statements(draft).unwrap();
    let refusal = refused(desk.share(&ShareTerms { approvals, ..terms }));
    assert!(refusal.to_string().contains("not active"), "{refusal}");
}

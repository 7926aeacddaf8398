//! A report that is typed for a guarded compartment: its plain text stands nowhere in the store's files, and it is sealed
//! once, whatever comes after it.

use counterseal_model::record::Incident;

use super::*;
use crate::desk::open::store_keys;
use crate::store::on_disk;
use crate::{KeptDraft, Movable};

fn id(n: u8) -> RecordId {
    RecordId::from_bytes([n; 16])
}

fn told(text: &str) -> Incident {
    Incident { title: Some("At the ford".into()), narrative: Some(text.into()), ..Incident::default() }
}

/// As the form sends it: long enough for pages of its own, or short enough to stand beside others.
fn typed(text: &str, times: usize) -> Vec<(String, String)> {
    vec![("title".into(), "At the ford".into()), ("narrative".into(), format!("{text} ").repeat(times))]
}

/// Whether a word stands in the store's files, for whoever has their key.
fn stands(desk: &Desk, word: &str) -> bool {
    holds(&on_disk(&desk.place.dir, &store_keys(&desk.secrets)), word)
}

fn begun(seed: u64) -> (World, CompartmentId) {
    let mut world = world(seed, 2, 3, HoldRule::None);
    world.give_keys(1);
    let open = world.desk.find_compartment("incidents").unwrap();
    (world, open)
}

#[test]
fn a_draft_for_a_guarded_compartment_is_in_memory_alone_until_it_is_sealed() {
    let (mut world, open) = begun(601);
    let guarded = world.compartment;
    for (to, apart) in [(guarded, vec![]), (open, vec![guarded])] {
        for times in [1, 40, 2_000] {
            let kept = world.desk.keep_draft(id(1), to, &apart, &typed(SECRET, times)).unwrap();
            assert_eq!((kept, stands(&world.desk, SECRET)), (KeptDraft::InMemory, false));
        }
        let drafts = world.desk.drafts().unwrap();
        assert_eq!((drafts.len(), &drafts[0].fields), (1, &typed(SECRET, 2_000)), "it can be resumed");
        assert!(drafts[0].in_memory);
    }
    assert_eq!(world.desk.drafts_for(&[]).unwrap(), 1, "a trip would lose it");
    world.desk.report(id(1), guarded, told(SECRET), &[], None).unwrap();
    assert!(world.desk.drafts().unwrap().is_empty() && !stands(&world.desk, SECRET));
    // And it ends with the desk's being locked.
    world.desk.keep_draft(id(2), guarded, &[], &typed(SECRET, 1)).unwrap();
    world.desk.close().unwrap();
    let place = Home::open(world.dir.path()).unwrap().choose(None).unwrap();
    let desk = Desk::unlock(place, &passphrase(), world.clock.clone(), rng(602)).unwrap();
    assert!(desk.drafts().unwrap().is_empty() && !stands(&desk, SECRET));
}

#[test]
fn what_was_typed_before_the_guarded_compartment_was_chosen_is_destroyed_when_it_is() {
    for (n, change) in (0u8..).zip(["the draft", "the report", "a part of the report", "discarded"]) {
        let (mut world, open) = begun(610 + u64::from(n));
        let (desk, guarded) = (&mut world.desk, world.compartment);
        // Other drafts about it, of all sizes: rows that move from page to page.
        for other in 10..60 {
            desk.keep_draft(id(other), open, &[], &typed("neighbour", usize::from(other))).unwrap();
        }
        for times in [2_000, 1, 40, 300] {
            let kept = desk.keep_draft(id(1), open, &[], &typed(SECRET, times)).unwrap();
            assert_eq!(kept, KeptDraft::InStore);
        }
        for other in (10..60).step_by(3) {
            desk.keep_draft(id(other), open, &[], &typed("neighbour", 90)).unwrap();
        }
        assert!(stands(desk, SECRET));
        match change {
            "the draft" => {
                let kept = desk.keep_draft(id(1), guarded, &[], &typed(SECRET, 3)).unwrap();
                assert_eq!(kept, KeptDraft::InMemory);
            }
            "the report" => desk.report(id(1), guarded, told(SECRET), &[], None).unwrap(),
            "discarded" => desk.discard_draft(id(1)).unwrap(),
            _ => desk.report(id(1), open, told(SECRET), &[(Movable::Narrative, guarded)], None).unwrap(),
        }
        assert!(!stands(desk, SECRET), "{change}");
        assert_eq!(desk.drafts().unwrap().len(), if change == "the draft" { 51 } else { 50 });
        assert!(stands(desk, "neighbour"), "and the others are as they were");
    }
}

#[test]
fn a_draft_that_is_meant_for_an_open_compartment_again_is_in_the_store_again() {
    let (mut world, open) = begun(620);
    let (desk, guarded) = (&mut world.desk, world.compartment);
    desk.keep_draft(id(1), guarded, &[], &typed("x", 1)).unwrap();
    assert_eq!(desk.keep_draft(id(1), open, &[], &typed("y", 1)).unwrap(), KeptDraft::InStore);
    let drafts = desk.drafts().unwrap();
    assert_eq!((drafts.len(), drafts[0].in_memory, &drafts[0].fields), (1, false, &typed("y", 1)));
}

#[test]
fn a_guarded_report_is_sealed_once_and_is_no_draft_afterwards() {
    let (mut world, _) = begun(630);
    let guarded = world.compartment;
    world.desk.keep_draft(id(1), guarded, &[], &typed(SECRET, 1)).unwrap();
    world.desk.report(id(1), guarded, told(SECRET), &[], None).unwrap();
    let check = |desk: &mut Desk| {
        // What a form that is still open sends, later, elsewhere, again.
        let kept = desk.keep_draft(id(1), guarded, &[], &typed(SECRET, 2)).unwrap();
        assert_eq!((kept, desk.drafts().unwrap().len()), (KeptDraft::Nowhere, 0));
        desk.report(id(1), guarded, told(SECRET), &[], None).unwrap();
        assert_eq!(headers(desk).len(), 1, "one guarded entry");
        assert!(!stands(desk, SECRET));
    };
    check(&mut world.desk);
    world.desk.close().unwrap();
    let place = Home::open(world.dir.path()).unwrap().choose(None).unwrap();
    let mut desk = Desk::unlock(place, &passphrase(), world.clock.clone(), rng(631)).unwrap();
    check(&mut desk);
    // A report that was refused is not written: it can be sent again.
    let stranger = CompartmentId::from_bytes([9; 16]);
    desk.report(id(2), guarded, told("x"), &[(Movable::Title, stranger)], None).unwrap_err();
    assert!(!desk.is_written(id(2)).unwrap());
    // And what was never typed here has an id of its own.
    assert!(!desk.is_written(id(0)).unwrap() && desk.is_written(id(1)).unwrap());
}

#[test]
fn nothing_of_a_draft_stays_in_memory_when_its_report_is_written() {
    let (mut world, open) = begun(640);
    let (desk, guarded) = (&mut world.desk, world.compartment);
    for (n, to, apart) in [(1, guarded, vec![]), (2, open, vec![(Movable::Narrative, guarded)])] {
        desk.keep_draft(id(n), guarded, &[], &typed(SECRET, 1)).unwrap();
        assert_eq!(desk.drafts.count(), 1);
        desk.report(id(n), to, told(SECRET), &apart, None).unwrap();
        assert_eq!(desk.drafts.count(), 0, "it would stand there until the desk is locked");
    }
}

/// As when a trip's desk wrote it, and this one still has what was typed before.
#[test]
fn a_draft_whose_record_came_by_another_way_is_shown_no_more() {
    let (mut world, open) = begun(650);
    let desk = &mut world.desk;
    desk.keep_draft(id(1), open, &[], &typed("x", 1)).unwrap();
    let part = desk.part(id(1), Body::Incident(Box::new(told("x"))), desk.default_class(open), Vec::new());
    let sealed = desk.seal(open, vec![part]).unwrap();
    desk.stage(&[sealed]).unwrap();
    desk.commit_staged(|_| Ok(())).unwrap();
    assert!(desk.drafts().unwrap().is_empty());
}

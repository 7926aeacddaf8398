//! A new trustee answers for an old one that hands its pads over, and only by a governors' statement in force.

use counterseal_model::*;
use counterseal_register::*;
use counterseal_trustee::{
    EntryAnswer, Hands, NoFaults, NotRetired, OpenAnswer, PartRef as Stored, Service, Store,
};

use crate::crashes::FailAt;
use crate::guards::*;
use crate::heirs::*;
use crate::world::*;

const LIST: SuccessionAsk = SuccessionAsk::List { after: 0 };

#[test]
fn what_the_old_trustee_hands_over_the_new_one_releases() {
    let (mut heirs, sealed) = Heirs::replaced();
    let ids = heirs.list(0);
    assert_eq!(ids.len(), 2);
    assert_eq!(heirs.services[&NEW].places_to_take(), [id(0)]);
    // Before it has come, the new one says so, and refuses nothing for ever.
    let early = heirs.services.get_mut(&NEW).unwrap().receive(&header_of(&sealed[0])).unwrap();
    assert_eq!(now_not(&early), "entry-not-here");
    assert_eq!(heirs.services[&NEW].lacking(&ids, false).unwrap(), ids);
    let done = heirs.hand_over(&ids);
    assert_eq!((done.taken, done.left), (2, 0));
    for sealed in &sealed {
        assert!(heirs.same_pad(0, NEW, sealed, 0) && heirs.same_pad(0, NEW, sealed, 1));
    }
    assert!(heirs.services[&NEW].lacking(&ids, false).unwrap().is_empty());
    assert_eq!(heirs.log(0), [(Outcome::HandedOver, 4)], "a hand-over is no secret");
    // An answer is the word of who signed it, on the very call.
    let (signed, name) = heirs.services[&NEW].ask_succession(Bytes([1; 32]), (id(0), id(0)), LIST).unwrap();
    let call = SignedBody::<SuccessionCall>::parse(&signed).unwrap();
    let call = call.verify_trustee(heirs.world.register.mission(), trustee(NEW).public()).unwrap();
    let answer = heirs.services.get_mut(&0).unwrap().succession(&call).unwrap();
    let read = |trustee, asked| heirs.services[&NEW].read_succession(id(trustee), asked, &answer);
    assert!(read(0, name).is_some());
    assert!(read(0, [9; 32]).is_none() && read(1, name).is_none());
    // Again changes nothing but the log of who gives.
    assert_eq!(heirs.hand_over(&ids).taken, 2);
    // It is asked like any other, under the set in force.
    let now = Timestamp(heirs.world.time);
    let in_force = heirs.world.register.trustees(Moment::new(heirs.world.register.last().position, now));
    heirs.world.set = in_force.unwrap().id;
    let asking = heirs.world.ask("ana", &[part(&sealed[0], 0)], 7);
    let new = heirs.services.get_mut(&NEW).unwrap();
    let OpenAnswer::Signed(answer) = heirs.world.open(new, &asking) else { panic!("not answered") };
    let answer = SignedBody::<OpeningResponse>::parse(&answer).unwrap();
    let answer = answer.verify_trustee(heirs.world.register.mission(), trustee(NEW).public()).unwrap();
    assert_eq!(answer.body().outcome, Outcome::Released, "{:?}", answer.body().refused);
}

#[test]
fn the_old_trustee_notes_that_the_new_one_has_everything_and_believes_no_less() {
    let (mut heirs, _) = Heirs::replaced();
    let ids = heirs.list(0);
    assert_eq!(heirs.no(NEW, 0, 0, have(&ids[..1])), "not-everything");
    heirs.say_all(&ids);
    let _late = heirs.write(&["late"]);
    assert_eq!(heirs.list(0).len(), 3, "an entry that came late is handed over too");
}

#[test]
fn the_old_trustee_destroys_nothing_before_the_new_one_has_everything() {
    let (mut heirs, sealed) = Heirs::replaced();
    let ids = heirs.list(0);
    let retire = |heirs: &mut Heirs, n: u64| heirs.services.get_mut(&n).unwrap().retire().unwrap();
    let not_taken = Err(NotRetired::NotTaken { successor: id(NEW) });
    assert_eq!(retire(&mut heirs, 0), not_taken);
    assert_eq!(retire(&mut heirs, 1), Err(NotRetired::NoSuccessor));
    assert_eq!(heirs.hand_over(&ids).taken, 2);
    heirs.say_all(&ids);
    let late = heirs.write(&["late"]);
    assert_eq!(retire(&mut heirs, 0), not_taken, "one came since");
    assert!(heirs.services[&0].store().has_pad(&Stored { entry: sealed[0].id(), index: 0 }).unwrap());
    let ids = heirs.list(0);
    assert_eq!(heirs.hand_over(&[late.id()]).taken, 1);
    heirs.say_all(&ids);
    let retired = retire(&mut heirs, 0).unwrap();
    assert_eq!((retired.entries, retired.pads), (3, 5));
    assert!(retired.keys > 0);
    for one in &sealed {
        let part = Stored { entry: one.id(), index: 0 };
        assert!(!heirs.services[&0].store().has_pad(&part).unwrap());
        assert!(heirs.services[&NEW].store().has_pad(&part).unwrap());
    }
}

#[test]
fn only_the_successor_that_is_in_force_is_given_anything() {
    let mut heirs = Heirs::new();
    heirs.write(&["one"]);
    assert_eq!(heirs.no(NEW, 0, 0, LIST), "successor-other", "nobody named it");
    heirs.world.say(succession(), &By::Governor);
    heirs.world.clock_forward(6 * DAY);
    heirs.publish();
    assert_eq!(heirs.no(NEW, 0, 0, LIST), "successor-other", "its days are not over");
    // The trustee's own clock, set ahead, does not bring it in; not by five minutes either.
    heirs.world.clock_forward(7 * DAY - 100);
    heirs.publish();
    heirs.world.clock.0.fetch_add(200, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(heirs.no(NEW, 0, 0, LIST), "successor-other", "by the quorum's time its days are not over");
    heirs.world.clock_forward(6 * DAY);
    heirs.publish();
    heirs.world.clock.0.fetch_add(2 * DAY, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(heirs.no(NEW, 0, 0, LIST), "mirror-old");
    heirs.world.clock_forward(8 * DAY);
    assert_eq!(heirs.no(NEW, 0, 0, LIST), "mirror-old", "what it knows is of two days ago");
    heirs.publish();
    // Not a trustee that stays, not for a place that nobody left, not from who never stood there.
    assert_eq!(heirs.no(1, 0, 0, LIST), "successor-other");
    assert_eq!(heirs.no(NEW, 1, 1, LIST), "successor-other");
    assert_eq!(heirs.no(0, 1, 0, LIST), "successor-other", "nobody succeeds itself");
    let ids = heirs.list(0);
    assert_eq!(heirs.no(NEW, 1, 0, SuccessionAsk::Give { entries: ids.clone() }), "place-other");
    assert_eq!(heirs.no(NEW, 1, 0, SuccessionAsk::Have { count: 0, digest: Bytes([0; 32]) }), "place-other");
    assert_eq!(heirs.hand_over(&ids).taken, 1);
    assert!(heirs.log(1).is_empty(), "what was refused is no release");
}

#[test]
fn what_is_erased_is_never_handed_over_nor_taken() {
    let (mut heirs, sealed) = Heirs::replaced();
    let ids = heirs.list(0);
    heirs.erase(&sealed[0], 1);
    // The successor knows of it, the old trustee does not yet: it gives the pad, and the pad goes nowhere.
    let new = heirs.services.get_mut(&NEW).unwrap();
    heirs.world.publish(new);
    assert_eq!(heirs.hand_over(&ids).taken, 2);
    let gone = Stored { entry: sealed[0].id(), index: 1 };
    assert!(!heirs.services[&NEW].store().has_pad(&gone).unwrap());
    assert!(heirs.same_pad(0, NEW, &sealed[0], 0));
    // The old trustee knows of another, the successor does not yet: the pad stays where it is, and is erased.
    let third = heirs.write(&["three", "more"]);
    heirs.erase(&third, 0);
    let old = heirs.services.get_mut(&0).unwrap();
    heirs.world.publish_at(old, heirs.world.time);
    let done = heirs.hand_over(&[third.id()]);
    assert_eq!((done.taken, done.left), (0, 1), "a part is missing that it does not know to be erased");
    heirs.publish();
    assert_eq!(heirs.hand_over(&[third.id()]).taken, 1);
    assert!(heirs.same_pad(0, NEW, &third, 1));
    assert!(!heirs.services[&NEW].store().has_pad(&Stored { entry: third.id(), index: 0 }).unwrap());
}

#[test]
fn what_was_refused_as_anothers_is_taken_when_it_comes() {
    let mut heirs = Heirs::new();
    let sealed = heirs.write(&["one"]);
    let new = heirs.services.get_mut(&NEW).unwrap();
    let EntryAnswer::Signed(refused) = new.receive(&header_of(&sealed)).unwrap() else { panic!("not now") };
    let refused = SignedBody::<EntryRefused>::parse(&refused).unwrap();
    assert_eq!(refused.claims().code.as_str(), "trustee-not-in-the-set");
    heirs.replace();
    assert_eq!(heirs.hand_over(&[sealed.id()]).taken, 1);
    assert!(heirs.same_pad(0, NEW, &sealed, 0));
    let row = heirs.services[&NEW].store().entry(sealed.id()).unwrap().unwrap();
    assert!(row.refused.is_none() && row.contiguous, "and it stands in its journal");
}

#[test]
fn the_new_trustee_takes_nothing_on_the_old_ones_word() {
    let (mut heirs, sealed) = Heirs::replaced();
    let ids = heirs.list(0);
    let (asked, said) = heirs.ask(NEW, 0, 0, SuccessionAsk::Give { entries: ids });
    let SuccessionSaid::Given { entries, sealed: pads } = said else { panic!("{said:?}") };
    let new = heirs.services.get_mut(&NEW).unwrap();
    let mut take = |of: u64, asked: [u8; 32], entries: &[HandedEntry]| {
        new.take_handed(id(of), (id(0), asked), entries, &pads).unwrap().taken
    };
    assert_eq!(take(0, [9; 32], &entries), 0, "the answer to another call");
    assert_eq!(take(1, asked, &entries), 0, "for another place");
    let changed = |change: &dyn Fn(&mut HandedEntry)| {
        let mut entries = entries.clone();
        entries.iter_mut().for_each(change);
        entries
    };
    let forged = changed(&|one| *one.header.0.last_mut().unwrap() ^= 1);
    assert_eq!(take(0, asked, &forged), 0, "nobody signed these headers");
    let missing = changed(&|one| one.parts.truncate(1));
    assert_eq!(take(0, asked, &missing), 0, "a pad is missing");
    let twice = changed(&|one| one.parts = vec![0, 0]);
    assert_eq!(take(0, asked, &twice), 0, "one part twice");
    assert_eq!(take(0, asked, &entries), 2);
    assert!(heirs.same_pad(0, NEW, &sealed[1], 1));
}

#[test]
fn killed_at_every_step_of_taking_over_it_holds_an_entry_whole_or_asks_again() {
    for after in [false, true] {
        for step in 1..=8 {
            let (mut heirs, sealed) = Heirs::replaced();
            let ids = heirs.list(0);
            let store = |heirs: &Heirs, faults| {
                Store::open(&heirs.world.places(NEW), Hands { faults, ..World::hands(NEW) }).unwrap().0
            };
            drop(heirs.services.remove(&NEW).unwrap().into_store());
            let failing = store(&heirs, Box::new(FailAt { left: step, after }));
            heirs.services.insert(NEW, Service::new(heirs.world.setting(NEW), failing).unwrap());
            let (asked, said) = heirs.ask(NEW, 0, 0, SuccessionAsk::Give { entries: ids.clone() });
            let SuccessionSaid::Given { entries, sealed: pads } = said else { panic!("{said:?}") };
            let new = heirs.services.get_mut(&NEW).unwrap();
            let counted = new.take_handed(id(0), (id(0), asked), &entries, &pads);
            // Power comes back.
            drop(heirs.services.remove(&NEW).unwrap().into_store());
            let whole = store(&heirs, Box::new(NoFaults));
            heirs.services.insert(NEW, Service::new(heirs.world.setting(NEW), whole).unwrap());
            let lacking = heirs.services[&NEW].lacking(&ids, false).unwrap();
            if counted.is_ok() {
                assert!(lacking.is_empty(), "counted, and not here: step {step}, after {after}");
            }
            for one in sealed.iter().filter(|one| !lacking.contains(&one.id())) {
                assert!(heirs.same_pad(0, NEW, one, 0) && heirs.same_pad(0, NEW, one, 1));
            }
            heirs.hand_over(&lacking);
            assert!(
                sealed.iter().all(|one| heirs.same_pad(0, NEW, one, 0) && heirs.same_pad(0, NEW, one, 1))
            );
        }
    }
}

#[test]
fn a_restored_trustee_hands_nothing_over() {
    let (mut heirs, _) = Heirs::replaced();
    drop(heirs.services.remove(&0).unwrap().into_store());
    std::fs::remove_dir_all(heirs.world.places(0).first).unwrap();
    let (store, _) = Store::restore_first(&heirs.world.places(0), World::hands(0)).unwrap();
    heirs.services.insert(0, Service::new(heirs.world.setting(0), store).unwrap());
    assert_eq!(heirs.no(NEW, 0, 0, LIST), "restoring");
}

#[test]
fn what_the_old_trustee_refused_is_known_and_helpers_may_know_better() {
    let mut heirs = Heirs::new();
    let sealed = heirs.seal(&["one"]);
    // Its own key for the entry was destroyed before the entry came: the others hold it.
    for n in [1, 2] {
        let answer = heirs.services.get_mut(&n).unwrap().receive(&header_of(&sealed)).unwrap();
        assert!(matches!(answer, EntryAnswer::Signed(_)));
    }
    let old = heirs.services.get_mut(&0).unwrap();
    let seeds = old.store().seeds().unwrap();
    old.store_mut().0.destroy_seeds(&seeds, Timestamp(heirs.world.time)).unwrap();
    let EntryAnswer::Signed(_) = old.receive(&header_of(&sealed)).unwrap() else { panic!("not now") };
    heirs.replace();
    let ids = heirs.list(0);
    assert_eq!(ids, [sealed.id()]);
    assert_eq!(heirs.hand_over(&ids).taken, 1);
    let code = |heirs: &Heirs| heirs.services[&NEW].store().entry(sealed.id()).unwrap().unwrap().refused;
    assert_eq!(code(&heirs).as_deref(), Some("refused-by-predecessor"));
    assert!(heirs.services[&NEW].lacking(&ids, false).unwrap().is_empty());
    assert_eq!(heirs.services[&NEW].lacking(&ids, true).unwrap(), ids);
    let set = heirs.world.set;
    let helpers = vec![id(1), id(2)];
    let order = heirs.services.get_mut(&NEW).unwrap().begin_repair(id(0), set, helpers).unwrap();
    let helped = heirs.helped(&order, &ids);
    assert_eq!(heirs.services.get_mut(&NEW).unwrap().take_repaired(&order, &helped).unwrap().taken, 1);
    assert_eq!(code(&heirs), None);
    let part = Stored { entry: sealed.id(), index: 0 };
    assert!(heirs.services[&NEW].store().pad(&part).unwrap().is_some());
}

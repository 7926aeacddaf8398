//! Pads that are not those which the author committed to: nothing of them is taken, and who gave them is kept.

use counterseal_model::Timestamp;
use counterseal_register::*;
use counterseal_seal::TrusteeKeySecret;
use counterseal_trustee::{Batch, EntryAnswer, EntryRow, FalsePads, HandedOver, NewPad, PartRef as Stored};
use zeroize::Zeroizing;

use crate::guards::*;
use crate::heirs::*;
use crate::world::*;

/// The fifth, where four hold what is sealed.
const FIFTH: u64 = 4;

impl Heirs {
    /// Puts noise in the place of a pad that a trustee holds.
    fn falsify(&mut self, n: u64, sealed: &counterseal_seal::SealedEntry, index: u32) {
        let part = Stored { entry: sealed.id(), index };
        let store = self.services.get_mut(&n).unwrap().store_mut().0;
        assert_eq!(store.destroy_pads(&[part]).unwrap().erased, 1);
        let pads = vec![NewPad { part, pad: Zeroizing::new([7; 32]) }];
        store.commit(&Batch { pads, ..Batch::default() }).unwrap();
    }

    fn repaired_by(&mut self, helpers: &[u64], entries: &[counterseal_model::EntryId]) -> HandedOver {
        let (set, helpers) = (self.world.set, helpers.iter().map(|n| id(*n)).collect());
        let order = self.services.get_mut(&NEW).unwrap().begin_repair(id(0), set, helpers).unwrap();
        let helped = self.helped(&order, entries);
        self.services.get_mut(&NEW).unwrap().take_repaired(&order, &helped).unwrap()
    }

    fn named(&self) -> Vec<FalsePads> {
        self.services[&NEW].false_pads().unwrap()
    }
}

fn sorted(helpers: &[u64]) -> Vec<KeyId> {
    let mut ids: Vec<KeyId> = helpers.iter().map(|n| id(*n)).collect();
    ids.sort();
    ids
}

#[test]
fn an_entry_whose_author_committed_to_another_pad_is_refused() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = Author::new(&world, "ben", CASES, 1).seal(&world, &mut service, &["a", "b"]);
    let (rank, _) = set_of(&world).find(trustee(0).id()).unwrap();
    let mut header = sealed.header().clone();
    header.parts[1].guard.as_mut().unwrap().pads[rank][0] ^= 1;
    let refused = take(&world, &mut service, &changed(&world, "ben", &header));
    assert_eq!(refused, Err("share-other-pad".into()), "it would look like a liar later");
    assert_eq!(take(&world, &mut service, &header_of(&sealed)), Ok(2));
}

#[test]
fn who_hands_over_a_false_pad_is_named_and_nothing_of_that_entry_is_taken() {
    let (mut heirs, sealed) = Heirs::replaced();
    let ids = heirs.list(0);
    heirs.falsify(0, &sealed[0], 1);
    let done = heirs.hand_over(&ids);
    assert_eq!((done.taken, done.left, done.false_pads), (1, 1, vec![sealed[0].id()]));
    assert!(heirs.same_pad(0, NEW, &sealed[1], 0), "what is true is taken");
    let part = Stored { entry: sealed[0].id(), index: 0 };
    assert!(!heirs.services[&NEW].store().has_pad(&part).unwrap(), "an entry is taken whole");
    let named = heirs.named();
    assert_eq!((named.len(), &named[0].by, named[0].entries), (1, &vec![id(0)], 1));
    assert_eq!(named[0].at, Timestamp(heirs.world.time));
    // The others repair it as if the liar were lost.
    let lacking = heirs.services[&NEW].lacking(&ids, false).unwrap();
    assert_eq!(lacking, [sealed[0].id()]);
    assert_eq!(heirs.repaired_by(&[1, 2], &lacking).taken, 1);
    assert!(heirs.same_pad(0, NEW, &sealed[0], 0) && !heirs.same_pad(0, NEW, &sealed[0], 1));
    assert_eq!(heirs.named().len(), 1, "and nobody else is named");
}

#[test]
fn what_a_helper_adds_falsely_is_not_taken_and_another_list_of_helpers_gives_the_pad() {
    let (mut heirs, sealed) = Heirs::replaced_of(&[0, 1, 2, FIFTH]);
    let ids = heirs.list(1);
    heirs.falsify(1, &sealed[0], 0);
    for wrong in [[1, 2], [1, FIFTH]] {
        let done = heirs.repaired_by(&wrong, &ids[..]);
        assert_eq!(done.false_pads, [sealed[0].id()], "{wrong:?}");
    }
    let named: Vec<_> = heirs.named().into_iter().map(|one| one.by).collect();
    assert_eq!(named.len(), 2);
    assert!(
        named.contains(&sorted(&[1, 2])) && named.contains(&sorted(&[1, FIFTH])),
        "a list, and no one of it"
    );
    let lacking = heirs.services[&NEW].lacking(&ids, true).unwrap();
    assert_eq!(heirs.repaired_by(&[2, FIFTH], &lacking).taken, 1);
    assert!(heirs.same_pad(0, NEW, &sealed[0], 0) && heirs.same_pad(0, NEW, &sealed[0], 1));
    assert_eq!(heirs.named().len(), 2);
}

/// Trustees cannot see whether the points lie on one polynomial: a false sum is no proof against a helper.
#[test]
fn an_author_who_dealt_one_trustee_another_point_gets_no_helper_named_alone() {
    let mut heirs = Heirs::of(&[0, 1, 2, FIFTH]);
    let sealed = heirs.seal(&["a"]);
    let (rank, _) = set_of(&heirs.world).find(id(1)).unwrap();
    let mut header = sealed.header().clone();
    header.parts[0].guard.as_mut().unwrap().points[rank][0] ^= 1;
    let bytes = changed(&heirs.world, "ben", &header);
    for n in [0, 1, 2, FIFTH] {
        let answer = heirs.services.get_mut(&n).unwrap().receive(&bytes).unwrap();
        assert!(matches!(answer, EntryAnswer::Signed(_)));
    }
    heirs.replace();
    let ids = heirs.list(1);
    assert_eq!(heirs.repaired_by(&[1, 2], &ids).false_pads, ids);
    assert!(heirs.named().iter().all(|one| one.by.len() == 2));
    assert_eq!(heirs.repaired_by(&[2, FIFTH], &ids).taken, 1);
}

/// What came is asked for by its number, so that who looks again hears of the new alone.
#[test]
fn a_list_goes_on_after_the_number_at_which_it_ended() {
    let (mut heirs, _) = Heirs::replaced();
    let list = |heirs: &mut Heirs, after| match heirs.ask(NEW, 0, 0, SuccessionAsk::List { after }).1 {
        SuccessionSaid::Listed { entries, next, more } => (entries, next, more),
        said => panic!("{said:?}"),
    };
    let (entries, next, more) = list(&mut heirs, 0);
    assert_eq!((entries.len(), more), (2, false));
    assert_eq!(list(&mut heirs, next), (Vec::new(), next, false), "nothing came since");
    let late = heirs.write(&["late"]);
    let (new, after_it, _) = list(&mut heirs, next);
    assert!(new == [late.id()] && after_it > next);
    assert_eq!(list(&mut heirs, u64::MAX), (Vec::new(), u64::MAX, false));
}

/// The old trustee helps a stranger: header, wraps, commitments and pads are all in order, and nobody let her in.
#[test]
fn an_entry_of_somebody_who_is_in_no_roster_is_not_taken_over() {
    let mut heirs = Heirs::new();
    let (world, secret) = (&heirs.world, TrusteeKeySecret::make(&mut rng(77)));
    let key = TrusteeKey {
        suite: SUITE,
        mission: world.register.mission(),
        trustee: id(0),
        device: world.device("eve").id(),
        compartment: CASES,
        generation: 1,
        public: Bytes(secret.public().unwrap()),
        made: Timestamp(START),
        extra: Default::default(),
    };
    let sealed = Author::new(world, "eve", CASES, 9).seal_to(world, &key, &["a"]);
    let entry = verify_header(&header_of(&sealed), world.device("eve").public()).unwrap();
    let pads = secret.receive(&entry, &set_of(world), id(0), KeyId(key.id())).unwrap();
    let part = Stored { entry: sealed.id(), index: 0 };
    let pads = vec![NewPad { part, pad: Zeroizing::new(*pads[0].reveal()) }];
    let header = sealed.header();
    let row = EntryRow {
        id: sealed.id(),
        device: header.device,
        compartment: header.compartment,
        journal: header.journal,
        seq: header.seq,
        prev: header.prev,
        continues: header.continues,
        generation: 1,
        refused: None,
        contiguous: false,
        header: header_of(&sealed),
        answer: Vec::new(),
        at: Timestamp(START),
    };
    let old = heirs.services.get_mut(&0).unwrap().store_mut().0;
    old.commit(&Batch { entries: vec![row], pads, ..Batch::default() }).unwrap();
    heirs.replace();
    let ids = heirs.list(0);
    assert_eq!(ids, [sealed.id()]);
    let done = heirs.hand_over(&ids);
    assert_eq!((done.taken, done.left, done.false_pads.len()), (0, 1, 0));
    assert!(!heirs.services[&NEW].store().has_pad(&part).unwrap());
}

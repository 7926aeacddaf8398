//! Entries that a trustee takes, and those that it does not; and its keys for devices.

use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::Sealer;
use counterseal_trustee::{SeedRef, Service};

use crate::guards::*;
use crate::world::*;

fn generations(world: &World, service: &Service, name: &str) -> Vec<(u64, bool)> {
    let kept = service.store().device_keys(world.device(name).id(), CASES).unwrap();
    kept.iter().map(|kept| (kept.key.generation, kept.destroyed.is_some())).collect()
}

#[test]
fn an_entry_is_acknowledged_once_and_the_same_again() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = Author::new(&world, "ben", CASES, 1).seal(&world, &mut service, &["a", "b"]);
    let first = service.receive(&header_of(&sealed)).unwrap();
    assert_eq!(service.receive(&header_of(&sealed)).unwrap(), first);
    assert_eq!(take(&world, &mut service, &header_of(&sealed)), Ok(2));
    let acks = TrusteeCall::Acks { entries: vec![sealed.id(), EntryId::from_bytes([1; 32])] };
    let TrusteeAnswer::Signed { objects } = service.call(world.device("ana").id(), &acks).unwrap() else {
        panic!("no acks");
    };
    assert_eq!(objects.len(), 1);
}

/// The copy attack: Dan, who is in both compartments or his friend in one, puts Ben's wraps into an entry of his own.
#[test]
fn wraps_copied_into_another_entry_or_compartment_are_refused() {
    let mut world = World::new();
    let mut service = world.service(0);
    let victim = Author::new(&world, "ben", SOURCES, 1).seal(&world, &mut service, &["who the source is"]);
    let mut stolen = Author::new(&world, "dan", CASES, 9).seal(&world, &mut service, &["x"]).header().clone();
    stolen.trustees = victim.header().trustees.clone();
    stolen.parts = victim.header().parts.clone();
    assert_eq!(take(&world, &mut service, &changed(&world, "dan", &stolen)), Err("key-unknown".into()));
    // The wrap under his own key's id does not open either.
    let mine = Author::new(&world, "dan", CASES, 8).seal(&world, &mut service, &["x"]);
    let mut mixed = mine.header().clone();
    for (ours, theirs) in mixed.trustees.iter_mut().zip(&victim.header().trustees) {
        (ours.enc, ours.wrap, ours.commitment) = (theirs.enc.clone(), theirs.wrap, theirs.commitment);
    }
    let refused = take(&world, &mut service, &changed(&world, "dan", &mixed));
    assert_eq!(refused, Err("share-cannot-unwrap".into()));
    // Ben's own wrap in an entry of Ben's in another compartment: the key was made for one compartment.
    let mut moved = victim.header().clone();
    (moved.compartment, moved.epoch) = (CASES, world.epochs[&CASES]);
    assert_eq!(take(&world, &mut service, &changed(&world, "ben", &moved)), Err("key-unknown".into()));
    assert_eq!(take(&world, &mut service, &header_of(&victim)), Ok(1));
}

#[test]
fn entries_of_strangers_of_other_rules_and_of_other_trustees_are_refused() {
    let mut world = World::new();
    let mut service = world.service(0);
    let good = Author::new(&world, "ben", CASES, 1).seal(&world, &mut service, &["a"]);
    let mut header = good.header().clone();
    header.commitment_off();
    let code = take(&world, &mut service, &changed(&world, "ben", &header));
    assert_eq!(code, Err("share-cannot-unwrap".into()), "the commitment is bound to the wrap");
    let mut header = good.header().clone();
    header.device = world.device("eve").id();
    assert_eq!(take(&world, &mut service, &changed(&world, "eve", &header)), Err("not-a-member".into()));
    let mut header = good.header().clone();
    header.trustee_set = Some(StatementId::from_bytes([1; 32]));
    let code = take(&world, &mut service, &changed(&world, "ben", &header)).unwrap_err();
    assert_eq!(code, Refusal::UnknownTrusteeSet { set: StatementId::from_bytes([1; 32]) }.code());
    let mut header = good.header().clone();
    header.epoch = EpochId::from_bytes([1; 32]);
    assert!(take(&world, &mut service, &changed(&world, "ben", &header)).is_err());
    // Said to be open, in a guarded compartment.
    let mut header = good.header().clone();
    (header.trustee_set, header.trustees) = (None, Vec::new());
    header.parts.iter_mut().for_each(|part| part.guard = None);
    let code = take(&world, &mut service, &changed(&world, "ben", &header));
    assert_eq!(code, Err(Refusal::RuleMismatch.code().into()));
    // What rests on more than is mirrored waits.
    let mut header = good.header().clone();
    header.statements_seen = world.end().size + 1;
    assert_eq!(now_not(&service.receive(&changed(&world, "ben", &header)).unwrap()), "mirror-behind");
    // And bytes that nobody signed leave no trace.
    let mut bent = header_of(&good);
    *bent.last_mut().unwrap() ^= 1;
    assert_eq!(now_not(&service.receive(&bent).unwrap()), "reader-unknown");
}

trait CommitmentOff {
    fn commitment_off(&mut self);
}

impl CommitmentOff for EntryHeader {
    fn commitment_off(&mut self) {
        self.trustees.iter_mut().for_each(|one| one.commitment[0] ^= 1);
    }
}

#[test]
fn keys_are_of_one_device_in_one_compartment_and_new_when_used() {
    let mut world = World::new();
    let mut service = world.service(0);
    let mut author = Author::new(&world, "ben", CASES, 1);
    let first = author.key(&world, &mut service);
    assert_eq!(author.key(&world, &mut service), first, "until it is used");
    let other = Author::new(&world, "ben", SOURCES, 1).key(&world, &mut service);
    assert_ne!((other.id(), other.compartment), (first.id(), first.compartment));
    let sealed = author.seal(&world, &mut service, &["a"]);
    take(&world, &mut service, &header_of(&sealed)).unwrap();
    let second = author.key(&world, &mut service);
    assert_eq!((first.generation, second.generation), (1, 2));
    // Who is not in the compartment gets none.
    let call = TrusteeCall::Keys { compartments: vec![CASES] };
    let answer = service.call(world.device("eve").id(), &call).unwrap();
    assert_eq!(answer, TrusteeAnswer::Signed { objects: Vec::new() });
}

#[test]
fn a_key_is_destroyed_when_the_journal_is_here_up_to_an_entry_that_uses_a_later_one() {
    let mut world = World::new();
    let mut service = world.service(0);
    let mut author = Author::new(&world, "ben", CASES, 1);
    let key = author.key(&world, &mut service);
    let entries: Vec<_> = ["a", "b"].map(|text| author.seal_to(&world, &key, &[text])).into();
    take(&world, &mut service, &header_of(&entries[0])).unwrap();
    let third = author.seal(&world, &mut service, &["c"]);
    assert_eq!(generations(&world, &service, "ben"), [(1, false), (2, false)]);
    // The third comes before the second: the first key is needed still.
    take(&world, &mut service, &header_of(&third)).unwrap();
    assert_eq!(generations(&world, &service, "ben"), [(1, false), (2, false)]);
    assert_eq!(take(&world, &mut service, &header_of(&entries[1])), Ok(1));
    assert_eq!(generations(&world, &service, "ben"), [(1, true), (2, false)]);
    let gone = SeedRef { device: world.device("ben").id(), compartment: CASES, generation: 1 };
    assert!(service.store().seed(&gone).unwrap().is_none());
    // What was wrapped to it, and comes now, is refused.
    let mut late = Author::new(&world, "ben", CASES, 2);
    let old = late.seal_to(&world, &key, &["late"]);
    assert_eq!(take(&world, &mut service, &header_of(&old)), Err("key-destroyed".into()));
}

/// The third entry is here and the second is not: what follows on the third is not contiguous either.
#[test]
fn a_gap_further_back_keeps_the_keys() {
    let mut world = World::new();
    let mut service = world.service(0);
    let mut author = Author::new(&world, "ben", CASES, 1);
    let key = author.key(&world, &mut service);
    let early = ["a", "b", "c"].map(|text| author.seal_to(&world, &key, &[text]));
    take(&world, &mut service, &header_of(&early[0])).unwrap();
    take(&world, &mut service, &header_of(&early[2])).unwrap();
    let fourth = author.seal(&world, &mut service, &["d"]);
    take(&world, &mut service, &header_of(&fourth)).unwrap();
    assert_eq!(generations(&world, &service, "ben"), [(1, false), (2, false)]);
    assert_eq!(take(&world, &mut service, &header_of(&early[1])), Ok(1));
    assert_eq!(generations(&world, &service, "ben"), [(1, true), (2, false)]);
}

#[test]
fn a_journal_that_goes_on_from_another_waits_for_its_head() {
    let mut world = World::new();
    let mut service = world.service(0);
    let mut author = Author::new(&world, "ben", CASES, 1);
    let first = author.seal(&world, &mut service, &["a"]);
    let key = author.key(&world, &mut service);
    let second = author.seal_to(&world, &key, &["b"]);
    take(&world, &mut service, &header_of(&first)).unwrap();
    // A new journal, after a restore, goes on from the second entry.
    let mission = world.register.mission();
    let journal = JournalId::from_bytes([2; 16]);
    let sealer = Sealer::begin(mission, CASES, journal, Some(second.id())).unwrap();
    let mut restored = Author { name: "ben", compartment: CASES, sealer };
    let third = restored.seal(&world, &mut service, &["c"]);
    take(&world, &mut service, &header_of(&third)).unwrap();
    assert_eq!(generations(&world, &service, "ben"), [(1, false), (2, false)]);
    take(&world, &mut service, &header_of(&second)).unwrap();
    assert_eq!(generations(&world, &service, "ben"), [(1, true), (2, false)]);
    // One that goes on from nothing destroys nothing.
    let mut forgetful = Author::new(&world, "ben", CASES, 3);
    let fourth = forgetful.seal(&world, &mut service, &["d"]);
    take(&world, &mut service, &header_of(&fourth)).unwrap();
    assert_eq!(generations(&world, &service, "ben"), [(1, true), (2, false), (3, false)]);
}

#[test]
fn a_lost_devices_keys_are_destroyed_thirty_days_after_its_revocation() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = Author::new(&world, "ben", CASES, 1).seal(&world, &mut service, &["under way"]);
    let (person, device) = (world.person("ben"), world.device("ben").id());
    world.say(RevokeDevice { person, device, extra: Default::default() }, &By::People(&["registrar"]));
    world.clock_forward(29 * DAY);
    world.publish(&mut service);
    assert_eq!(generations(&world, &service, "ben"), [(1, false)]);
    assert_eq!(take(&world, &mut service, &header_of(&sealed)), Ok(1), "what was under way is taken");
    world.clock_forward(30 * DAY);
    world.publish(&mut service);
    assert_eq!(generations(&world, &service, "ben"), [(1, true)]);
}

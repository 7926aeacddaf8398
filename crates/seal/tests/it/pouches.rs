//! Pouches: the file key for its receivers and nobody else, the chunks in their order, and a generator that
//! says the same twice.

use crate::common::{SetBack, device, mission, rng};
use counterseal_model::MissionId;
use counterseal_seal::{ChunkOpener, ChunkSealer, DeviceSecrets, PouchMaker, PouchSealError, PouchSlot};
use rand_core::CryptoRng;

const CONTENT: [u8; 32] = [5; 32];

/// A head with slots for devices 1 and 2 and two of nobody's.
struct Made {
    slots: Vec<PouchSlot>,
    sealer: ChunkSealer,
}

fn head(slots: &[PouchSlot]) -> Vec<u8> {
    [b"head".as_slice(), &slots.iter().flat_map(|slot| slot.to_vec()).collect::<Vec<_>>()].concat()
}

fn make(rng: &mut impl CryptoRng, content: &[u8; 32], receivers: &[&DeviceSecrets]) -> Made {
    let keys: Vec<_> = receivers.iter().map(|device| device.public().into()).collect();
    let (mut maker, mut slots) = PouchMaker::begin(rng, &device(9), mission(), &keys, content).unwrap();
    slots.extend([maker.nobodys_slot().unwrap(), maker.nobodys_slot().unwrap()]);
    let sealer = maker.chunks(&head(&slots)).unwrap();
    Made { slots, sealer }
}

fn find(device: &DeviceSecrets, slots: &[PouchSlot]) -> Option<ChunkOpener> {
    ChunkOpener::find(device, &mission(), &head(slots), slots.iter().map(|slot| &**slot))
}

fn nonce(number: u8, last: u8) -> [u8; 12] {
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number, last]
}

#[test]
fn every_receiver_opens_it_and_nobody_else() {
    let (one, two) = (device(1), device(2));
    let mut made = make(&mut rng(3), &CONTENT, &[&one, &two]);
    let sealed = made.sealer.seal(nonce(0, 1), b"frames").unwrap();
    assert_eq!(sealed.len(), 6 + 16);
    for receiver in [&one, &two] {
        assert_eq!(find(receiver, &made.slots).unwrap().open(nonce(0, 1), &sealed).unwrap(), b"frames");
    }
    // Not another device, nor its own writer, nor a receiver for another mission.
    assert!(find(&device(3), &made.slots).is_none() && find(&device(9), &made.slots).is_none());
    let other = MissionId::from_bytes([9; 32]);
    let slots = || made.slots.iter().map(|slot| &**slot);
    assert!(ChunkOpener::find(&one, &other, &head(&made.slots), slots()).is_none());
    assert_eq!(made.slots.len(), 4);
    assert!(made.slots.iter().all(|slot| slot.len() == 1168), "nobody's look like the others");
}

#[test]
fn chunks_belong_to_one_head_with_its_slots_in_their_order() {
    let (one, two) = (device(1), device(2));
    let mut made = make(&mut rng(3), &CONTENT, &[&one, &two]);
    let sealed = made.sealer.seal(nonce(0, 1), b"frames").unwrap();
    let mut swapped = made.slots.clone();
    swapped.swap(0, 3);
    let opener = find(&one, &swapped).expect("the slot itself is good");
    assert!(opener.open(nonce(0, 1), &sealed).is_none(), "swapped");
    let opener = find(&one, &made.slots[..3]).unwrap();
    assert!(opener.open(nonce(0, 1), &sealed).is_none(), "one left out");
    let mut damaged = made.slots.clone();
    damaged[3][700] ^= 1;
    assert!(find(&one, &damaged).unwrap().open(nonce(0, 1), &sealed).is_none(), "another's slot was changed");
    damaged[0][1130] ^= 1;
    assert!(find(&one, &damaged).is_none(), "one's own slot was changed");
}

#[test]
fn a_chunk_that_is_moved_doubled_cut_or_flipped_does_not_open() {
    let one = device(1);
    let mut made = make(&mut rng(3), &CONTENT, &[&one]);
    let sealed: Vec<_> = [nonce(0, 0), nonce(1, 0), nonce(2, 1)]
        .into_iter()
        .map(|nonce| (nonce, made.sealer.seal(nonce, &[nonce[10]; 40]).unwrap()))
        .collect();
    let opener = find(&one, &made.slots).unwrap();
    for (i, (nonce, _)) in sealed.iter().enumerate() {
        for (j, (_, chunk)) in sealed.iter().enumerate() {
            assert_eq!(opener.open(*nonce, chunk).is_some(), i == j, "chunk {j} at place {i}");
        }
    }
    let (last, chunk) = &sealed[2];
    assert!(opener.open(nonce(2, 0), chunk).is_none(), "the last one as if more came");
    assert!(
        opener.open(*last, &chunk[..chunk.len() - 1]).is_none() && opener.open(*last, b"short").is_none()
    );
    for at in [0, 20, chunk.len() - 1] {
        let mut flipped = chunk.clone();
        flipped[at] ^= 0x40;
        assert!(opener.open(*last, &flipped).is_none(), "byte {at}");
    }
}

#[test]
fn no_nonce_is_used_twice() {
    let mut made = make(&mut rng(3), &CONTENT, &[&device(1)]);
    made.sealer.seal(nonce(1, 0), b"one").unwrap();
    for again in [nonce(1, 0), nonce(0, 1)] {
        assert_eq!(made.sealer.seal(again, b"two").unwrap_err(), PouchSealError::OutOfOrder);
    }
    made.sealer.seal(nonce(1, 1), b"the last").unwrap();
}

/// A virtual machine that is set back writes another pouch with the same randomness: neither the file key
/// nor any wrap may come again.
#[test]
fn randomness_that_comes_twice_gives_two_pouches_nothing_in_common() {
    let (one, two) = (device(1), device(2));
    let mut first = make(&mut SetBack, &CONTENT, &[&one, &two]);
    let sealed = first.sealer.seal(nonce(0, 1), b"frames").unwrap();
    for mut other in
        [make(&mut SetBack, &[6; 32], &[&one, &two]), make(&mut SetBack, &CONTENT, &[&two, &device(4)])]
    {
        assert!(other.slots.iter().all(|slot| first.slots.iter().all(|one| one[..1120] != slot[..1120])));
        let again = other.sealer.seal(nonce(0, 1), b"frames").unwrap();
        assert_ne!(sealed, again);
        // Who can open the other one cannot open this one with its key.
        let opener = find(&two, &other.slots).unwrap();
        assert!(opener.open(nonce(0, 1), &sealed).is_none());
    }
    // The same again is the same pouch: nothing is learnt.
    let mut same = make(&mut SetBack, &CONTENT, &[&one, &two]);
    assert!(same.slots == first.slots && same.sealer.seal(nonce(0, 1), b"frames").unwrap() == sealed);
}

#[test]
fn places_are_drawn_evenly() {
    let (mut maker, _) = PouchMaker::begin(&mut rng(4), &device(9), mission(), &[], &CONTENT).unwrap();
    let mut counts = [0; 5];
    (0..5000).for_each(|_| counts[maker.below(5)] += 1);
    assert!(counts.iter().all(|count| (850..1150).contains(count)), "{counts:?}");
    assert_eq!((maker.below(1), maker.below(0)), (0, 0));
}

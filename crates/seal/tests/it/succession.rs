//! A new trustee gets the pads of an old one: handed over, or repaired by the others when it is lost.

use std::collections::BTreeMap;

use counterseal_model::EntryId;
use counterseal_register::{Entry, KeyId, Rule, VerifiedHeader};
use counterseal_seal::{
    CannotUnseal, Handing, Opener, Pad, Repair, RepairPair, RepairSeed, RepairedPart, Sealed,
    TrusteeRecipient, TrusteeSecrets, pad_is_committed, seal_handed,
};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::common::{device, epoch_secret, mission, rng, sealer};
use crate::guards::Trustees;

const ORDER: [u8; 32] = [0x0d; 32];

fn trustee(seed: u64) -> TrusteeSecrets {
    TrusteeSecrets::make(&mut rng(seed)).unwrap()
}

/// The pads of the place `lost`, repaired by the trustees at these places, each with secrets of its own.
fn repaired(set: &Trustees, header: &VerifiedHeader, lost: u8, helpers: &[u8]) -> Pad {
    let repair = Repair::new(ORDER, set.set.threshold(), lost, helpers.to_vec()).unwrap();
    let secrets: Vec<_> = helpers.iter().map(|x| trustee(u64::from(*x))).collect();
    let part = RepairedPart { entry: header.id(), index: 0 };
    let (pads, guard) = (set.pads(header, 0), header.header().parts[0].guard.clone().unwrap());
    let masked = |x| guard.points[set.set.places().iter().position(|place| place.x == x).unwrap()];
    let added = helpers.iter().zip(&secrets).map(|(x, own)| {
        let seeds: Vec<RepairSeed> = secrets
            .iter()
            .zip(helpers)
            .filter(|(_, other)| *other != x)
            .map(|(other, place)| match place > x {
                // The first of two makes it; the second opens it.
                true => own.derive_repair_seed(&ORDER, other.id()),
                false => {
                    let (order, first, second) = (ORDER, other.id(), own.id());
                    let to = TrusteeRecipient { trustee: second, requests: own.requests() };
                    let sealed = other.seal_repair_seed(&mut rng(5), mission(), ORDER, to).unwrap();
                    own.open_repair_seed(&RepairPair { mission: mission(), order, first, second }, &sealed)
                        .unwrap()
                }
            })
            .collect();
        repair.help(part, *x, &masked(*x), &pads[x], &seeds).unwrap()
    });
    repair.restore(&added.collect::<Vec<_>>(), &masked(lost)).unwrap()
}

#[test]
fn what_was_sealed_for_a_lost_trustee_opens_with_its_repaired_pads() {
    let (author, trustees) = (device(1), Trustees::new(3, 5));
    let sealed =
        trustees.seal(&mut sealer(), &mut rng(2), &author, &[b"the source is a nurse in Bria"]).unwrap();
    let entry = Entry::parse(&sealed.entry().to_bytes()).unwrap();
    let header = entry.verify(author.public()).unwrap();
    let whole = trustees.pads(&header, 0);
    let part = header.verify_part(0, &entry.ciphertexts[0]).unwrap();
    for helpers in [[120, 140, 160], [140, 160, 200]] {
        let pad = repaired(&trustees, &header, 180, &helpers);
        assert_eq!(pad, whole[&180], "{helpers:?}");
        let is_it = |pad: &Pad| pad_is_committed(&header, 0, trustees.set.find(KeyId([1; 32])).unwrap(), pad);
        assert!(is_it(&pad) && !is_it(&whole[&160]) && !is_it(&Pad::from_bytes(&[0; 32])));
        let pads: BTreeMap<u8, Pad> = [
            (180, pad),
            (120, Pad::from_bytes(whole[&120].reveal())),
            (200, Pad::from_bytes(whole[&200].reveal())),
        ]
        .into();
        let opened =
            Opener::new().unwrap().open_guarded(&part, Rule::TwoSeal, &epoch_secret(1), &trustees.set, &pads);
        let opened = opened.unwrap();
        assert_eq!(
            (opened.plaintext.as_bytes(), [opened.liars, opened.misdealt].concat()),
            (b"the source is a nurse in Bria".as_slice(), vec![])
        );
    }
}

#[test]
fn what_is_handed_over_opens_for_the_successor_in_that_answer_alone() {
    let (old, new, other) = (trustee(1), trustee(2), trustee(3));
    let handing = Handing { mission: mission(), from: old.id(), to: new.id(), asked: [4; 32] };
    let pads = [5, 6].map(|n| Zeroizing::new([n; 32]));
    let sealed = seal_handed(&mut rng(7), &handing, new.requests(), &pads).unwrap();
    let sealed = Sealed::from_bytes(&sealed.to_bytes()).unwrap();
    assert_eq!(new.open_handed(&handing, &sealed, 2).unwrap(), pads);
    assert_eq!(new.open_handed(&handing, &sealed, 1), Err(CannotUnseal), "another number");
    for (what, handing) in [
        ("giver", Handing { from: other.id(), ..handing }),
        ("receiver", Handing { to: other.id(), ..handing }),
        ("call", Handing { asked: [9; 32], ..handing }),
    ] {
        assert_eq!(new.open_handed(&handing, &sealed, 2), Err(CannotUnseal), "{what}");
    }
    assert_eq!(other.open_handed(&handing, &sealed, 2), Err(CannotUnseal), "another trustee");
}

#[test]
fn the_seed_of_two_helpers_is_of_one_repair_and_for_one_of_them() {
    let (first, second) = (trustee(1), trustee(2));
    let to = TrusteeRecipient { trustee: second.id(), requests: second.requests() };
    let sealed = first.seal_repair_seed(&mut rng(3), mission(), ORDER, to).unwrap();
    let pair = RepairPair { mission: mission(), order: ORDER, first: first.id(), second: second.id() };
    assert_eq!(
        second.open_repair_seed(&pair, &sealed).unwrap(),
        first.derive_repair_seed(&ORDER, second.id())
    );
    let not =
        |pair: RepairPair| assert_eq!(second.open_repair_seed(&pair, &sealed).err(), Some(CannotUnseal));
    not(RepairPair { order: [1; 32], ..pair });
    not(RepairPair { first: KeyId([9; 32]), ..pair });
    assert_ne!(
        first.derive_repair_seed(&ORDER, second.id()),
        first.derive_repair_seed(&[1; 32], second.id())
    );
    assert_ne!(
        first.derive_repair_seed(&ORDER, second.id()),
        first.derive_repair_seed(&ORDER, KeyId([9; 32]))
    );
    assert!(first.open_repair_seed(&pair, &sealed).is_err(), "who made it does not open it");
}

#[test]
fn the_vector_of_another_hand() {
    let path = format!("{}/tests/vectors/repair.json", env!("CARGO_MANIFEST_DIR"));
    let vector: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let bytes =
        |value: &Value| -> [u8; 32] { hex::decode(value.as_str().unwrap()).unwrap().try_into().unwrap() };
    let number = |name: &str| u8::try_from(vector[name].as_u64().unwrap()).unwrap();
    let helpers: Vec<u8> =
        vector["helpers"].as_array().unwrap().iter().map(|x| x.as_u64().unwrap() as u8).collect();
    let lost = number("lost");
    let repair = Repair::new(bytes(&vector["order"]), number("threshold"), lost, helpers.clone()).unwrap();
    let part =
        RepairedPart { entry: EntryId::from_bytes(bytes(&vector["entry"])), index: number("index").into() };
    let of = |what: &str, x: u8| bytes(&vector[what][x.to_string()]);
    let added = helpers.iter().map(|own| {
        let others = helpers.iter().filter(|other| *other != own);
        let seeds: Vec<_> = others
            .map(|other| bytes(&vector["seeds"][format!("{} {}", own.min(other), own.max(other))]))
            .map(|seed| RepairSeed::from_bytes(&seed))
            .collect();
        let pad = Pad::from_bytes(&of("pads", *own));
        let added = repair.help(part, *own, &of("masked", *own), &pad, &seeds).unwrap();
        assert_eq!(*added, of("added", *own));
        added
    });
    let added: Vec<_> = added.collect();
    assert_eq!(*repair.restore(&added, &of("masked", lost)).unwrap().reveal(), of("pads", lost));
}

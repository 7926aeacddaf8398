//! Leaves of the two logs, and the proof that opens a session.

use crate::common::*;
use crate::entries::{header, signed_header};
use counterseal_model::{EntryId, MissionId, StatementId};
use counterseal_register::*;

#[test]
fn an_entrys_leaf_has_38_bytes_and_says_no_more_than_type_and_count() {
    let dev = Dev::new(person(1), 1);
    let entry = verify_header(&signed_header(&header(&dev), &dev), &dev.keys).unwrap();
    let leaf = JournalLeaf::of(&entry);
    let bytes = leaf.to_bytes();
    assert_eq!(bytes.len(), 38);
    assert_eq!(&bytes[..6], [1, 1, 0, 0, 0, 1]);
    let commitment = sha256(&[b"counterseal/cs1/leaf/entry\0", &[6; 32], entry.id().as_bytes()]);
    assert_eq!(&bytes[6..], commitment);
    assert_eq!(JournalLeaf::parse(&bytes), Ok(leaf));
    assert_eq!(JournalLeaf::entry(&header(&dev).salt.0, entry.id(), 1), Ok(leaf));
}

#[test]
fn leaves_of_another_salt_entry_or_type_are_others() {
    let id = EntryId::from_bytes([1; 32]);
    let leaf = JournalLeaf::entry(&[2; 32], id, 1).unwrap();
    assert_ne!(leaf, JournalLeaf::entry(&[3; 32], id, 1).unwrap());
    assert_ne!(leaf, JournalLeaf::entry(&[2; 32], EntryId::from_bytes([4; 32]), 1).unwrap());
    for kind in LeafType::ALL {
        let other = JournalLeaf::new(*kind, 7, &[2; 32], id.as_bytes()).unwrap();
        assert_eq!(JournalLeaf::parse(&other.to_bytes()), Ok(other));
        assert_eq!((other.kind(), other.count()), (*kind, 7));
        assert_eq!(*kind == LeafType::Entry, other.commitment() == leaf.commitment());
        let label = format!("counterseal/cs1/leaf/{}\0", kind.word());
        assert_eq!(kind.label().bytes(), label.as_bytes());
    }
}

#[test]
fn only_a_leaf_of_this_version_is_read() {
    let good = JournalLeaf::entry(&[2; 32], EntryId::from_bytes([1; 32]), 4096).unwrap().to_bytes();
    let refuse = |bytes: &[u8], code: &str| assert_eq!(JournalLeaf::parse(bytes).unwrap_err().code(), code);
    let changed = |at: usize, to: &[u8]| {
        let mut bytes = good;
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes
    };
    for len in [0, 1, 2, 5, 6, 37] {
        refuse(&good[..len], "leaf-length-bad");
    }
    refuse(&[&good[..], &[0]].concat(), "leaf-length-bad");
    refuse(&changed(0, &[0]), "leaf-version-unknown");
    refuse(&changed(0, &[2]), "leaf-version-unknown");
    refuse(&changed(1, &[0]), "leaf-type-unknown");
    refuse(&changed(1, &[7]), "leaf-type-unknown");
    refuse(&changed(2, &0u32.to_be_bytes()), "leaf-count-bad");
    refuse(&changed(2, &4097u32.to_be_bytes()), "leaf-count-bad");
    assert!(JournalLeaf::entry(&[2; 32], EntryId::from_bytes([1; 32]), 4097).is_err());
    let opening = changed(1, &[2, 0, 0, 0x10, 1]);
    assert_eq!(JournalLeaf::parse(&opening).unwrap().count(), 4097);
}

#[test]
fn a_statement_stands_whole_where_it_fits_and_by_its_id_where_not() {
    let world = World::founded();
    let envelope = world.bytes(enrol_person(person(9), None), &By::Dev(&world.registrar));
    assert_eq!(statement_leaf(&envelope), envelope);
    assert_eq!(statement_named_by(&envelope), None);
    let longest = vec![0x82; 65_535];
    assert_eq!(statement_leaf(&longest), longest);
    let longer = vec![0x82; 65_536];
    let leaf = statement_leaf(&longer);
    let id = sha256(&[&longer]);
    assert_eq!(leaf.as_ref(), [&[0][..], &id].concat());
    assert_eq!(statement_named_by(&leaf), Some(StatementId::from_bytes(id)));
    for other in [&leaf[..32], &[leaf.as_ref(), &[0]].concat(), &[1; 33], &[]] {
        assert_eq!(statement_named_by(other), None);
    }
}

#[test]
fn a_sessions_proof_is_of_one_device_one_mission_and_one_session() {
    let world = World::founded();
    let (mission, dev, exporter) = (world.register.mission(), &world.registrar, [7; 32]);
    let signature = dev.sign_raw(&session_proof_input(mission, dev.id(), &exporter));
    let check = |mission, keys: &DeviceKeys, exporter, signature: &[u8]| {
        verify_session_proof(mission, keys, exporter, signature).map_err(|refusal| refusal.code())
    };
    assert_eq!(check(mission, &dev.keys, &exporter, &signature), Ok(()));
    let bad = Err("signature-invalid");
    assert_eq!(check(mission, &dev.keys, &[8; 32], &signature), bad);
    assert_eq!(check(MissionId::from_bytes([0; 32]), &dev.keys, &exporter, &signature), bad);
    assert_eq!(check(mission, &world.ana.keys, &exporter, &signature), bad);
    assert_eq!(check(mission, &dev.keys, &exporter, &signature[..63]), bad);
    // The same signing key with another HPKE key is another device.
    let mut keys = dev.keys.clone();
    keys.hpke = Bytes(kem(9));
    assert_eq!(check(mission, &keys, &exporter, &signature), bad);
    // What was signed for another purpose opens no session.
    let kid = dev.id().into();
    let payload: &[u8] = b"\x83";
    let other = to_be_signed(Label::DEVICE_PROOF, &protected(Algorithm::Ed25519, &kid), payload);
    assert_eq!(check(mission, &dev.keys, &exporter, &dev.sign_raw(&other)), bad);
}

#[test]
fn what_a_pouch_says_of_itself_is_one_devices_word() {
    let world = World::founded();
    let dev = &world.registrar;
    let signature = dev.sign_raw(&pouch_sign_input(dev.id(), b"contents"));
    assert_eq!(verify_pouch(&dev.keys, b"contents", &signature), Ok(()));
    assert!(verify_pouch(&dev.keys, b"other contents", &signature).is_err());
    assert!(verify_pouch(&world.ana.keys, b"contents", &signature).is_err());
    let other =
        to_be_signed(Label::SYNC_HELLO, &protected(Algorithm::Ed25519, &dev.id().into()), b"contents");
    assert!(verify_pouch(&dev.keys, b"contents", &dev.sign_raw(&other)).is_err(), "one purpose");
}

#[test]
fn a_time_mark_is_read_strictly_and_is_no_statement() {
    let both = TimeMark { statements: b"note of statements".to_vec(), journal: Some(b"note".to_vec()) };
    let one = TimeMark { journal: None, ..both.clone() };
    for mark in [&both, &one] {
        let leaf = mark.to_leaf();
        assert_eq!(TimeMark::parse(&leaf).unwrap().unwrap(), *mark);
        assert!(statement_named_by(&leaf).is_none());
        let longer = [leaf.as_slice(), &[0]].concat();
        for bad in [&leaf[..leaf.len() - 1], &longer, &[1], &[1, 0x80], &[1, 0x82, 0x41, 0]] {
            assert!(TimeMark::parse(bad).unwrap().is_err(), "{bad:?}");
        }
    }
    assert!(TimeMark::parse(&[0x82, 0x40]).is_none(), "an envelope");
    assert!(TimeMark::parse(&[]).is_none());
}

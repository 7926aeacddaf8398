//! Sealing and opening of entries, as a desk does it, and as an attacker would.

use crate::common::{SetBack, device, epoch, epoch_secret, rng, sealer};
use counterseal_model::{CompartmentId, EpochId, JournalId, MissionId};
use counterseal_register::{Entry, EntryHeader, EntryRefusal, MAX_PARTS};
use counterseal_seal::{
    CannotOpen, DeviceSecrets, EntryKeys, EpochSecret, MAX_CONTENT, Opener, SealError, Sealer, SeenSizes,
};
use proptest::prelude::*;

const SEEN: SeenSizes = SeenSizes { statements: 12, journal: 345 };

fn open_all(entry: &Entry, device: &DeviceSecrets, secret: &EpochSecret) -> Vec<Result<Vec<u8>, CannotOpen>> {
    let header = entry.verify(device.public()).unwrap();
    let (keys, mut opener) = (EntryKeys::derive(&header, secret), Opener::new().unwrap());
    let parts = entry.ciphertexts.iter().enumerate();
    parts
        .map(|(i, c)| opener.open(&keys, &header.verify_part(i, c).unwrap()).map(|p| p.as_bytes().to_vec()))
        .collect()
}

#[test]
fn what_is_sealed_opens_again_from_its_bytes() {
    let (device, secret) = (device(1), epoch_secret(1));
    let parts: [&[u8]; 4] = [b"a report from Bria", b"", &[0x80; 700], &[0; 70_000]];
    let sealed = sealer().seal(&mut rng(2), &device, epoch(&secret), SEEN, &parts).unwrap();
    let received = Entry::parse(&sealed.entry().to_bytes()).unwrap();
    assert_eq!(received.id(), sealed.id());
    for (opened, part) in open_all(&received, &device, &secret).into_iter().zip(parts) {
        assert_eq!(opened.unwrap(), part);
    }
    let header = received.verify(device.public()).unwrap();
    let header = header.header();
    assert_eq!((header.statements_seen, header.journal_seen, header.seq), (12, 345, 0));
}

/// Two parts of one entry share the salt and the nonce: what keeps them apart is their keys.
#[test]
fn parts_of_one_entry_share_no_key_stream() {
    let (device, secret) = (device(1), epoch_secret(1));
    let parts = [b"same text", b"same text", b"same tale"];
    let sealed = sealer().seal(&mut rng(2), &device, epoch(&secret), SEEN, &parts).unwrap();
    let c = &sealed.entry().ciphertexts;
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        let same = c[a].iter().zip(&c[b]).filter(|(a, b)| a == b).count();
        assert!(same < 20, "{same} of 272 bytes of parts {a} and {b} are equal");
    }
}

#[test]
fn ciphertexts_tell_no_more_than_a_padded_length() {
    let (device, secret) = (device(1), epoch_secret(1));
    let short = [&b"x"[..], b"twenty times as long"];
    let sealed = sealer().seal(&mut rng(2), &device, epoch(&secret), SEEN, &short).unwrap();
    let lens: Vec<usize> = sealed.entry().ciphertexts.iter().map(Vec::len).collect();
    assert_eq!(lens, [256 + 16, 256 + 16]);
}

/// reference/snapshot.py, against this code: the machine is set back, the generator repeats itself, the
/// journal is at the same place, and something else is written.
#[test]
fn a_machine_that_was_set_back_makes_no_two_time_pad() {
    let (device, secret) = (device(1), epoch_secret(1));
    let seal = |part: &[u8]| {
        let sealed = sealer().seal(&mut SetBack, &device, epoch(&secret), SEEN, &[part]).unwrap();
        let header = sealed.entry().verify(device.public()).unwrap().header().clone();
        (sealed.into_entry(), header)
    };
    let (a, header_a) = seal(b"witness: A. sleeps at the mission school  ");
    let (b, header_b) = seal(b"witness: B. moved to the parish in Kaga   ");
    assert_eq!((header_a.seq, header_a.prev), (header_b.seq, header_b.prev));
    assert_ne!(header_a.salt, header_b.salt, "another plaintext, another salt");
    let same = a.ciphertexts[0].iter().zip(&b.ciphertexts[0]).filter(|(a, b)| a == b).count();
    assert!(same < 20, "{same} of 272 bytes equal: one key stream was used twice");

    let (again, _) = seal(b"witness: A. sleeps at the mission school  ");
    assert_eq!(again, a, "the same plaintext at the same place is the same bytes, which tells nothing");
}

#[test]
fn set_back_in_one_way_only_still_makes_another_salt() {
    let (one, other, secret) = (device(1), device(2), epoch_secret(1));
    let salt = |sealer: &mut Sealer, device: &DeviceSecrets, parts: &[&[u8]]| {
        let sealed = sealer.seal(&mut SetBack, device, epoch(&secret), SEEN, parts).unwrap();
        sealed.entry().verify(device.public()).unwrap().header().salt
    };
    let mut next = sealer();
    let mut salts = vec![
        salt(&mut next, &one, &[b"a", b"b"]),
        salt(&mut next, &one, &[b"a", b"b"]),
        salt(&mut sealer(), &other, &[b"a", b"b"]),
        salt(&mut sealer(), &one, &[b"ab", b""]),
        salt(&mut sealer(), &one, &[b"a"]),
    ];
    salts.sort();
    salts.dedup();
    assert_eq!(salts.len(), 5, "place, device and division into parts each make another salt");
    let fresh = sealer().seal(&mut rng(7), &one, epoch(&secret), SEEN, &[b"a", b"b"]).unwrap();
    assert_ne!(fresh.entry().verify(one.public()).unwrap().header().salt, salts[0], "so does randomness");
}

#[test]
fn a_sealer_moves_on_by_itself_and_only_when_it_sealed() {
    let (device, secret) = (device(1), epoch_secret(1));
    let mut sealer = sealer();
    let mut seal = |parts: &[Vec<u8>]| sealer.seal(&mut rng(2), &device, epoch(&secret), SEEN, parts);
    let first = seal(&[b"one".to_vec()]).unwrap();
    assert!(seal(&[]).is_err());
    let second = seal(&[b"two".to_vec()]).unwrap();
    assert_eq!((first.seq(), second.seq()), (0, 1));
    let header = second.entry().verify(device.public()).unwrap();
    assert_eq!(header.header().prev, first.id());

    let (compartment, journal) = (CompartmentId::from_bytes([3; 16]), JournalId::from_bytes([4; 16]));
    let mut resumed = Sealer::resume(crate::common::mission(), compartment, journal, 1, second.id()).unwrap();
    let third = resumed.seal(&mut rng(3), &device, epoch(&secret), SEEN, &[b"three"]).unwrap();
    let header = third.entry().verify(device.public()).unwrap();
    assert_eq!((header.header().seq, header.header().prev), (2, second.id()));
}

#[test]
fn a_new_journal_names_the_head_it_continues_once() {
    let (device, secret) = (device(1), epoch_secret(1));
    let old = sealer().seal(&mut rng(1), &device, epoch(&secret), SEEN, &[b"old"]).unwrap().id();
    let (compartment, journal) = (CompartmentId::from_bytes([3; 16]), JournalId::from_bytes([5; 16]));
    let mut sealer = Sealer::begin(crate::common::mission(), compartment, journal, Some(old)).unwrap();
    for (seq, continues) in [(0, Some(old)), (1, None)] {
        let sealed = sealer.seal(&mut rng(2), &device, epoch(&secret), SEEN, &[b"new"]).unwrap();
        let header = sealed.entry().verify(device.public()).unwrap();
        assert_eq!((header.header().seq, header.header().continues), (seq, continues));
    }
}

#[test]
fn another_secret_opens_nothing() {
    let (device, secret) = (device(1), epoch_secret(1));
    let sealed = sealer().seal(&mut rng(2), &device, epoch(&secret), SEEN, &[b"a", b"b"]).unwrap();
    assert_eq!(open_all(sealed.entry(), &device, &epoch_secret(2)), [Err(CannotOpen), Err(CannotOpen)]);
}

/// A member signs, in his own entry, the ciphertext of another's part: in his place it opens nothing.
#[test]
fn a_part_copied_to_any_other_place_does_not_open() {
    let (victim, thief, secret) = (device(1), device(2), epoch_secret(1));
    let theirs = sealer().seal(&mut rng(2), &victim, epoch(&secret), SEEN, &[b"first", b"other"]).unwrap();
    let original = theirs.entry().verify(victim.public()).unwrap().header().clone();
    type Change = fn(&mut EntryHeader);
    let places: [(&str, Change); 8] = [
        ("device", |_| {}),
        ("mission", |h| h.mission = MissionId::from_bytes([9; 32])),
        ("compartment", |h| h.compartment = CompartmentId::from_bytes([9; 16])),
        ("epoch", |h| h.epoch = EpochId::from_bytes([9; 32])),
        ("journal", |h| h.journal = JournalId::from_bytes([9; 16])),
        ("place in the journal", |h| (h.seq, h.prev) = (5, counterseal_model::EntryId::from_bytes([9; 32]))),
        ("number of parts", |h| h.parts.truncate(1)),
        ("order of parts", |h| h.parts.reverse()),
    ];
    for (what, change) in places {
        let signer = if what == "device" { &thief } else { &victim };
        let mut header = original.clone();
        header.device = signer.id();
        change(&mut header);
        let entry = signed_by(signer, &header, theirs.entry());
        assert!(open_all(&entry, signer, &secret).iter().all(Result::is_err), "{what}");
    }
    let unchanged = signed_by(&victim, &original, theirs.entry());
    assert!(open_all(&unchanged, &victim, &secret).iter().all(Result::is_ok), "the changes were what failed");
}

/// The header, signed, with those of the entry's ciphertexts that it names.
fn signed_by(signer: &DeviceSecrets, header: &EntryHeader, from: &Entry) -> Entry {
    use counterseal_register::{Label, sha256};
    let payload = counterseal_model::cbor::to_bytes(header);
    let signed = counterseal_seal::sign_statement(&payload, Label::ENTRY_SIGN, &[signer]).unwrap();
    let named = |hash: &[u8; 32]| from.ciphertexts.iter().find(|c| sha256(&[c]) == *hash).unwrap().clone();
    let ciphertexts = header.parts.iter().map(|part| named(&part.ciphertext_hash)).collect();
    Entry { header: signed.bytes().to_vec(), ciphertexts }
}

#[test]
fn a_changed_ciphertext_never_gets_as_far_as_a_key() {
    let (device, secret) = (device(1), epoch_secret(1));
    let sealed = sealer().seal(&mut rng(2), &device, epoch(&secret), SEEN, &[b"a"]).unwrap();
    let mut entry = sealed.into_entry();
    entry.ciphertexts[0][3] ^= 1;
    let header = counterseal_register::verify_header(&entry.header, device.public()).unwrap();
    let refusal = header.verify_part(0, &entry.ciphertexts[0]).unwrap_err();
    assert_eq!(refusal, EntryRefusal::OtherCiphertext { index: 0 });
}

#[test]
fn what_does_not_fit_is_refused_before_anything_is_sealed() {
    let (device, secret) = (device(1), epoch_secret(1));
    let mut sealer = sealer();
    let mut seal = |parts: &[Vec<u8>]| sealer.seal(&mut rng(2), &device, epoch(&secret), SEEN, parts);
    assert_eq!(seal(&[]), Err(SealError::OutOfLimits { parts: 0, bytes: 0 }));
    let many = vec![vec![1]; MAX_PARTS + 1];
    assert!(matches!(seal(&many), Err(SealError::OutOfLimits { parts: 4097, .. })));
    let long = vec![0; MAX_CONTENT + 1];
    assert_eq!(seal(&[vec![], long]), Err(SealError::PartTooLong { index: 1, len: MAX_CONTENT + 1 }));
    let mut noise = vec![0; 3 * 1024 * 1024];
    rand_core::Rng::fill_bytes(&mut rng(3), &mut noise);
    let three = [noise.clone(), noise.clone(), noise];
    assert!(matches!(seal(&three), Err(SealError::OutOfLimits { parts: 3, .. })));
    assert_eq!(seal(&[vec![]]).unwrap().seq(), 0, "the journal has not moved");
}

#[test]
fn debug_output_tells_nothing() {
    let (device, secret) = (device(1), epoch_secret(1));
    let sealed = sealer().seal(&mut rng(2), &device, epoch(&secret), SEEN, &[b"Kaga"]).unwrap();
    let header = sealed.entry().verify(device.public()).unwrap();
    let keys = EntryKeys::derive(&header, &secret);
    let part = header.verify_part(0, &sealed.entry().ciphertexts[0]).unwrap();
    let opened = Opener::new().unwrap().open(&keys, &part).unwrap();
    assert_eq!(
        format!("{opened:?} {keys:?} {secret:?}"),
        "Plaintext(4 bytes) EntryKeys(secret) EpochSecret(secret)"
    );
    assert_eq!(
        format!("{:?}", epoch(&secret)),
        "SealingEpoch { id: EpochId(01010101), secret: EpochSecret(secret) }"
    );
    assert!(format!("{device:?}").ends_with(", secret)"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn any_parts_come_back(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..900), 1..6), seed: u64) {
        let (device, secret) = (device(1), epoch_secret(1));
        let sealed = sealer().seal(&mut rng(seed), &device, epoch(&secret), SEEN, &parts).unwrap();
        let opened: Vec<_> = open_all(sealed.entry(), &device, &secret).into_iter().map(Result::unwrap).collect();
        prop_assert_eq!(opened, parts);
    }
}

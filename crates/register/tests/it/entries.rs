use crate::common::*;
use counterseal_model::cbor::to_bytes;
use counterseal_model::{CompartmentId, EntryId, EpochId, JournalId, MissionId, StatementId};
use counterseal_register::*;

/// A first entry with one part of 256 bytes.
pub(crate) fn header(dev: &Dev) -> EntryHeader {
    EntryHeader {
        suite: 1,
        mission: MissionId::from_bytes([1; 32]),
        compartment: CompartmentId::from_bytes([2; 16]),
        epoch: EpochId::from_bytes([3; 32]),
        device: dev.id(),
        journal: JournalId::from_bytes([5; 16]),
        seq: 0,
        prev: EntryHeader::NO_PREV,
        continues: None,
        salt: Bytes([6; 32]),
        trustee_set: None,
        parts: vec![part(&ciphertext())],
        trustees: vec![],
        statements_seen: 7,
        journal_seen: 8,
        extra: Default::default(),
    }
}

pub(crate) fn ciphertext() -> Vec<u8> {
    vec![0x11; 256 + 16]
}

fn part(ciphertext: &[u8]) -> PartHeader {
    PartHeader::open(sha256(&[ciphertext]), ciphertext.len() as u64 - TAG_LEN)
}

pub(crate) fn signed_header(header: &EntryHeader, dev: &Dev) -> Vec<u8> {
    let payload = to_bytes(header);
    Signed::assemble(&payload, vec![dev.cose(Label::ENTRY_SIGN, &payload)]).bytes().to_vec()
}

pub(crate) fn dev() -> Dev {
    Dev::new(person(1), 1)
}

#[track_caller]
pub(crate) fn header_refused(change: impl FnOnce(&mut EntryHeader), code: &str) {
    let dev = dev();
    let mut header = header(&dev);
    change(&mut header);
    assert_eq!(verify_header(&signed_header(&header, &dev), &dev.keys).unwrap_err().code(), code);
}

#[test]
fn a_signed_header_verifies_and_its_id_is_the_hash_of_its_bytes() {
    let dev = dev();
    let bytes = signed_header(&header(&dev), &dev);
    let verified = verify_header(&bytes, &dev.keys).unwrap();
    assert_eq!(verified.header(), &header(&dev));
    assert_eq!(verified.id().as_bytes(), &sha256(&[&bytes]));
    assert_eq!(verified.bytes(), bytes);
    assert_eq!(claimed_device(&bytes).unwrap(), dev.id());
}

#[test]
fn a_header_of_another_device_or_purpose_is_refused() {
    let (dev, other) = (dev(), Dev::new(person(2), 2));
    let bytes = signed_header(&header(&dev), &dev);
    assert_eq!(verify_header(&bytes, &other.keys).unwrap_err().code(), "entry-other-device");
    // Signed by the other in this one's name.
    let forged = signed_header(&header(&dev), &other);
    assert_eq!(verify_header(&forged, &dev.keys).unwrap_err().code(), "signers-wrong");
    let payload = to_bytes(&header(&dev));
    let statement = Signed::assemble(&payload, vec![dev.cose(Label::STATEMENT_SIGN, &payload)]);
    assert_eq!(verify_header(statement.bytes(), &dev.keys).unwrap_err().code(), "signature-invalid");
    // The same signing key with another HPKE key is another device.
    let mut keys = dev.keys.clone();
    keys.hpke = Bytes(kem(9));
    assert_eq!(verify_header(&bytes, &keys).unwrap_err().code(), "entry-other-device");
}

#[test]
fn every_bit_of_a_signed_header_counts() {
    let dev = dev();
    let bytes = signed_header(&header(&dev), &dev);
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(verify_header(&changed, &dev.keys).is_err(), "byte {at}");
        assert!(verify_header(&bytes[..at], &dev.keys).is_err(), "cut at {at}");
    }
}

#[test]
fn an_unknown_suite_fails_closed() {
    header_refused(|h| h.suite = 2, "entry-suite-unknown");
    header_refused(|h| h.suite = 0, "entry-suite-unknown");
}

#[test]
fn the_predecessor_fits_the_place() {
    let prev = EntryId::from_bytes([9; 32]);
    header_refused(|h| h.prev = prev, "entry-predecessor-bad");
    header_refused(|h| h.seq = 1, "entry-predecessor-bad");
    header_refused(
        |h| {
            h.seq = 1;
            h.prev = prev;
            h.continues = Some(prev);
        },
        "entry-predecessor-bad",
    );
}

#[test]
fn limits_hold_before_a_byte_of_ciphertext_is_fetched() {
    header_refused(|h| h.parts.clear(), "entry-out-of-limits");
    header_refused(|h| h.parts = vec![h.parts[0].clone(); MAX_PARTS + 1], "entry-out-of-limits");
    header_refused(|h| h.parts[0].padded_length = MAX_CIPHERTEXT - TAG_LEN + 1, "entry-out-of-limits");
    header_refused(|h| h.parts[0].padded_length = u64::MAX, "entry-out-of-limits");
    let dev = dev();
    let mut at_limit = header(&dev);
    at_limit.parts[0].padded_length = MAX_CIPHERTEXT - TAG_LEN;
    verify_header(&signed_header(&at_limit, &dev), &dev.keys).unwrap();
}

#[test]
fn a_header_has_one_encoding() {
    let dev = dev();
    let payload = to_bytes(&header(&dev));
    let at = payload.windows(2).rposition(|pair| pair == [0x0e, 0x07]).unwrap();
    let mut written_out = payload[..at].to_vec();
    written_out[0] += 1;
    written_out.extend([0x0d, 0x80]); // `13: []`
    written_out.extend(&payload[at..]);
    let signed = Signed::assemble(&written_out, vec![dev.cose(Label::ENTRY_SIGN, &written_out)]);
    assert_eq!(verify_header(signed.bytes(), &dev.keys).unwrap_err().code(), "entry-malformed");
}

#[test]
fn ctx_binds_every_context_field_and_not_the_rest() {
    let dev = dev();
    let ctx = header(&dev).ctx();
    let changed = |change: fn(&mut EntryHeader)| {
        let mut header = header(&dev);
        change(&mut header);
        header.ctx()
    };
    let binding: [fn(&mut EntryHeader); 10] = [
        |h| h.mission = MissionId::from_bytes([9; 32]),
        |h| h.compartment = CompartmentId::from_bytes([9; 16]),
        |h| h.epoch = EpochId::from_bytes([9; 32]),
        |h| h.device = counterseal_model::DeviceId::from_bytes([9; 32]),
        |h| h.journal = JournalId::from_bytes([9; 16]),
        |h| h.seq = 9,
        |h| h.prev = EntryId::from_bytes([9; 32]),
        |h| h.salt = Bytes([9; 32]),
        |h| h.trustee_set = Some(StatementId::from_bytes([0; 32])),
        |h| h.parts.push(h.parts[0].clone()),
    ];
    for change in binding {
        assert_ne!(changed(change), ctx);
    }
    // Hashes of ciphertexts cannot be bound: the ciphertext depends on ctx. The signature binds them.
    assert_eq!(changed(|h| h.parts[0].ciphertext_hash = [9; 32]), ctx);
    assert_eq!(changed(|h| h.statements_seen = 9), ctx);
}

#[test]
fn a_part_is_the_ciphertext_that_was_signed_at_its_index() {
    let dev = dev();
    let other = vec![0x22; 512 + 16];
    let mut two = header(&dev);
    two.parts.push(part(&other));
    let verified = verify_header(&signed_header(&two, &dev), &dev.keys).unwrap();
    let sealed = ciphertext();
    let part = verified.verify_part(0, &sealed).unwrap();
    assert_eq!((part.index(), part.padded_length(), part.ciphertext()), (0, 256, sealed.as_slice()));
    assert_eq!(part.entry().id(), verified.id());
    for (index, bytes, code) in [
        (0, other.clone(), "entry-other-ciphertext"),
        (1, ciphertext(), "entry-other-ciphertext"),
        (0, ciphertext()[1..].to_vec(), "entry-other-ciphertext"),
        (0, vec![0x33; 256 + 16], "entry-other-ciphertext"),
        (2, ciphertext(), "entry-no-such-part"),
    ] {
        assert_eq!(verified.verify_part(index, &bytes).unwrap_err().code(), code);
    }
    // A length that does not fit the hash is the author's lie.
    let mut lie = header(&dev);
    lie.parts[0].padded_length = 512;
    let verified = verify_header(&signed_header(&lie, &dev), &dev.keys).unwrap();
    assert_eq!(verified.verify_part(0, &ciphertext()).unwrap_err().code(), "entry-other-ciphertext");
}

#[test]
fn an_entry_goes_over_the_wire_and_its_parts_are_counted() {
    let dev = dev();
    let entry = Entry { header: signed_header(&header(&dev), &dev), ciphertexts: vec![ciphertext()] };
    let received = Entry::parse(&entry.to_bytes()).unwrap();
    assert_eq!(received, entry);
    assert_eq!(received.verify(&dev.keys).unwrap().id(), entry.id());
    for ciphertexts in [vec![], vec![ciphertext(), ciphertext()]] {
        let wrong = Entry { ciphertexts, ..entry.clone() };
        assert_eq!(wrong.verify(&dev.keys).unwrap_err().code(), "entry-part-count");
    }
    let mut trailing = entry.to_bytes();
    trailing.push(0);
    assert_eq!(Entry::parse(&trailing).unwrap_err().code(), "entry-malformed");
    let many = Entry { ciphertexts: vec![vec![]; MAX_PARTS + 1], ..entry.clone() };
    assert_eq!(Entry::parse(&many.to_bytes()).unwrap_err().code(), "entry-out-of-limits");
    let large = Entry { ciphertexts: vec![vec![0; MAX_CIPHERTEXT as usize + 1]], ..entry };
    assert_eq!(Entry::parse(&large.to_bytes()).unwrap_err().code(), "entry-out-of-limits");
}

fn nth(dev: &Dev, seq: u64, prev: EntryId, salt: u8) -> VerifiedHeader {
    let header = EntryHeader { seq, prev, salt: Bytes([salt; 32]), ..header(dev) };
    verify_header(&signed_header(&header, dev), &dev.keys).unwrap()
}

#[test]
fn a_journal_is_an_unbroken_chain() {
    let dev = dev();
    let journal = JournalId::from_bytes([5; 16]);
    let mut chain = JournalChain::new(dev.id(), journal);
    let a = nth(&dev, 0, EntryHeader::NO_PREV, 1);
    let b = nth(&dev, 1, a.id(), 1);
    let c = nth(&dev, 2, b.id(), 1);
    assert_eq!(chain.accept(&c), Err(ChainRefusal::Gap { from: 0, to: 1 }));
    assert_eq!(chain.accept(&a), Ok(ChainStep::Appended));
    assert_eq!(chain.accept(&a), Ok(ChainStep::Known));
    assert_eq!(chain.accept(&c), Err(ChainRefusal::Gap { from: 1, to: 1 }));
    let stray = nth(&dev, 1, c.id(), 1);
    let expected = ChainRefusal::OtherPredecessor { seq: 1, named: c.id(), held: a.id() };
    assert_eq!(chain.accept(&stray), Err(expected));
    chain.accept(&b).unwrap();
    chain.accept(&c).unwrap();
    assert_eq!(chain.head(), Some((2, c.id())));
    let mut resumed = JournalChain::resume(dev.id(), journal, vec![a.id(), b.id()]);
    assert_eq!(resumed.accept(&c), Ok(ChainStep::Appended));
    let mut other = JournalChain::new(dev.id(), JournalId::from_bytes([6; 16]));
    assert_eq!(other.accept(&a), Err(ChainRefusal::OtherJournal { entry: a.id() }));
}

#[test]
fn two_entries_in_one_place_are_evidence_and_kept() {
    let dev = dev();
    let mut chain = JournalChain::new(dev.id(), JournalId::from_bytes([5; 16]));
    let a = nth(&dev, 0, EntryHeader::NO_PREV, 1);
    let twin = nth(&dev, 0, EntryHeader::NO_PREV, 2);
    let b = nth(&dev, 1, a.id(), 1);
    chain.accept(&a).unwrap();
    chain.accept(&b).unwrap();
    let Err(ChainRefusal::Equivocation(evidence)) = chain.accept(&twin) else { panic!("not noticed") };
    assert_eq!((evidence.held, evidence.other, evidence.seq), (a.id(), twin.id(), 0));
    assert!(chain.accept(&twin).is_err());
    assert_eq!(chain.equivocations(), [evidence]);
    assert_eq!(chain.head(), Some((1, b.id())), "what was held stays held");
    assert_eq!(Equivocation::of(&a, &twin), Some(evidence));
    assert_eq!(Equivocation::of(&a, &b), None);
    assert_eq!(Equivocation::of(&a, &a), None);
}

//! Packed entries: byte for byte the same, and small.

use counterseal_model::cbor::{Extra, from_bytes_strict, to_bytes};
use counterseal_model::{EntryId, EpochId, StatementId};
use counterseal_register::{Algorithm, CoseSignature, Entry, EntryHeader, KeyId, Signed};
use counterseal_sync::{
    Fit, Frame, FrameType, MAX_CONTEXTS, PackRefusal, PackedEntries, Packer, Unpacked, Unpacker, Urgency,
};
use proptest::prelude::*;

use crate::common::{Author, compartment, header, mission, rng};
use rand_chacha::rand_core::Rng;

const ROOM: usize = 12 * 1024 * 1024;

fn one_frame(packer: &mut Packer, entries: &[(Option<u64>, Entry)]) -> PackedEntries {
    for (leaf, entry) in entries {
        assert_eq!(packer.add(*leaf, entry, ROOM), Fit::In);
    }
    packer.finish(Urgency::Ordinary).unwrap()
}

/// Through the frame's bytes and back.
fn carried(packed: PackedEntries, unpacker: &mut Unpacker) -> Vec<Unpacked> {
    let bytes = Frame::Entries(packed).to_bytes().unwrap();
    let Frame::Entries(packed) = Frame::parse(FrameType::Entries, &bytes[5..]).unwrap() else { panic!() };
    unpacker.unpack(packed).unwrap()
}

#[test]
fn packed_entries_are_the_same_bytes_again_and_still_verify() {
    let mut authors = [Author::new(0, compartment(1), 1), Author::new(1, compartment(2), 2)];
    let mut entries: Vec<(Option<u64>, Entry)> = Vec::new();
    for n in 0..40u64 {
        let author = &mut authors[usize::from(n % 3 == 0)];
        entries.push(((n % 5 != 4).then_some(1_000 + n * 7), author.write(&[100, 600])));
    }
    // Newest first, as flashes go: no entry follows the one before it.
    entries[20..].reverse();
    let (mut packer, mut unpacker) = (Packer::new(mission()), Unpacker::new(mission()));
    let mut got = Vec::new();
    for frame in entries.chunks(7) {
        let packed = one_frame(&mut packer, frame);
        assert!(packed.items.iter().all(|item| item.is_packed()));
        got.extend(carried(packed, &mut unpacker));
    }
    assert_eq!(got.len(), entries.len());
    for (got, (leaf, entry)) in got.iter().zip(&entries) {
        assert_eq!((got.leaf, &got.entry, got.id), (*leaf, entry, entry.id()));
        let said = header(entry);
        let claimed = got.claimed.unwrap();
        assert_eq!((claimed.compartment, claimed.seq), (said.compartment, said.seq));
        let keys = crate::common::device(usize::from(said.compartment == compartment(2))).public();
        got.entry.verify(keys).unwrap();
    }
}

/// The figure that counts on a satellite link: what a frame adds to the ciphertexts.
#[test]
fn an_entry_adds_at_most_120_bytes_to_its_ciphertext() {
    let mut author = Author::new(0, compartment(1), 1);
    let entries: Vec<_> = (0..1000u64).map(|n| (Some(100_000 + n), author.write(&[505]))).collect();
    let ciphertexts: usize = entries.iter().flat_map(|(_, entry)| &entry.ciphertexts).map(Vec::len).sum();
    let plain: usize = entries.iter().map(|(_, entry)| entry.to_bytes().len()).sum();
    let mut packer = Packer::new(mission());
    let frames = entries.chunks(100).map(|some| one_frame(&mut packer, some));
    let packed: usize = frames.map(|frame| Frame::Entries(frame).to_bytes().unwrap().len()).sum();
    // The worst order: no entry after its predecessor.
    let mut reversed = Packer::new(mission());
    let backwards: Vec<_> = entries.iter().rev().cloned().collect();
    let frames = backwards.chunks(100).map(|some| one_frame(&mut reversed, some));
    let newest_first: usize = frames.map(|frame| Frame::Entries(frame).to_bytes().unwrap().len()).sum();
    let of = |bytes: usize| (bytes - ciphertexts) as f64 / entries.len() as f64;
    println!(
        "1000 entries of one part, {} bytes of ciphertext each: {} bytes plain (+{:.1} an entry), {} packed \
         (+{:.1}), {} packed newest first (+{:.1})",
        ciphertexts / entries.len(),
        plain,
        of(plain),
        packed,
        of(packed),
        newest_first,
        of(newest_first),
    );
    assert!(of(packed) <= 120.0, "{} bytes an entry", of(packed));
    assert!(of(newest_first) <= 160.0, "{} bytes an entry", of(newest_first));
}

fn signed(header: &EntryHeader) -> Vec<u8> {
    let kid = KeyId(*header.device.as_bytes());
    let one = CoseSignature { algorithm: Algorithm::Ed25519, kid, signature: vec![3; 64] };
    Signed::assemble(&to_bytes(header), vec![one]).bytes().to_vec()
}

/// Whatever a header says: what comes out is what went in, packed or plain.
#[test]
fn a_header_that_would_not_come_out_the_same_travels_plain() {
    let entry = Author::new(0, compartment(1), 1).write(&[100]);
    let base = header(&entry);
    type Change = fn(&mut EntryHeader);
    let changes: [(&str, bool, Change); 12] = [
        ("as it is", true, |_| {}),
        ("a continued journal", true, |h| h.continues = Some(EntryId::from_bytes([8; 32]))),
        ("a later place", true, |h| (h.seq, h.prev) = (7, EntryId::from_bytes([8; 32]))),
        ("another suite", false, |h| h.suite = 2),
        ("another mission", false, |h| h.mission = counterseal_model::MissionId::from_bytes([1; 32])),
        ("first with a predecessor", false, |h| h.prev = EntryId::from_bytes([8; 32])),
        ("later without a predecessor", false, |h| h.seq = 3),
        ("later and continued", false, |h| {
            (h.seq, h.prev, h.continues) =
                (7, EntryId::from_bytes([8; 32]), Some(EntryId::from_bytes([8; 32])));
        }),
        ("a trustee set", false, |h| h.trustee_set = Some(StatementId::from_bytes([8; 32]))),
        ("another ciphertext's hash", false, |h| h.parts[0].ciphertext_hash = [0; 32]),
        ("another length", false, |h| h.parts[0].padded_length += 1),
        ("a size no log has", false, |h| h.journal_seen = u64::MAX),
    ];
    for (what, packs, change) in changes {
        let mut changed = base.clone();
        change(&mut changed);
        let entry = Entry { header: signed(&changed), ciphertexts: entry.ciphertexts.clone() };
        let (mut packer, mut unpacker) = (Packer::new(mission()), Unpacker::new(mission()));
        let packed = one_frame(&mut packer, &[(None, entry.clone())]);
        assert_eq!(packed.items[0].is_packed(), packs, "{what}");
        assert_eq!(carried(packed, &mut unpacker)[0].entry, entry, "{what}");
    }
    for header in [vec![], b"no header at all".to_vec(), signed(&base)[1..].to_vec()] {
        let entry = Entry { header, ciphertexts: vec![vec![1; 3]] };
        let packed = one_frame(&mut Packer::new(mission()), &[(Some(4), entry.clone())]);
        let got = carried(packed, &mut Unpacker::new(mission()));
        assert_eq!((&got[0].entry, got[0].claimed, got[0].leaf), (&entry, None, Some(4)));
    }
    assert_eq!(base.extra, Extra::default());
}

/// More contexts than the table holds: the oldest make room, on both ends alike.
#[test]
fn a_stream_of_many_authors_stays_in_step() {
    let template = Author::new(0, compartment(1), 1).write(&[40]);
    let base = header(&template);
    let entry = |n: u64| {
        let mut of = base.clone();
        of.epoch = EpochId::from_bytes(counterseal_register::sha256(&[&n.to_be_bytes()]));
        Entry { header: signed(&of), ciphertexts: template.ciphertexts.clone() }
    };
    let (mut packer, mut unpacker, mut rng) = (Packer::new(mission()), Unpacker::new(mission()), rng(5));
    for round in 0..12 {
        let entries: Vec<_> = (0..300)
            .map(|_| entry(rng.next_u64() % (MAX_CONTEXTS as u64 + 300)))
            .zip(0..)
            .map(|(entry, n)| (Some(round * 300 + n), entry))
            .collect();
        let got = carried(one_frame(&mut packer, &entries), &mut unpacker);
        assert!(
            got.iter().zip(&entries).all(|(got, (leaf, entry))| got.entry == *entry && got.leaf == *leaf)
        );
    }
}

#[test]
fn an_entry_that_finds_no_room_changes_nothing() {
    let mut author = Author::new(0, compartment(1), 1);
    let entries: Vec<Entry> = (0..3).map(|_| author.write(&[300])).collect();
    let (mut packer, mut unpacker) = (Packer::new(mission()), Unpacker::new(mission()));
    assert_eq!(packer.add(Some(1), &entries[0], 600), Fit::In);
    assert_eq!(packer.add(Some(2), &entries[1], 600), Fit::Full);
    let first = packer.finish(Urgency::Flash).unwrap();
    assert!(to_bytes(&first).len() <= 600, "the room is kept");
    let mut got = carried(first, &mut unpacker);
    got.extend(carried(one_frame(&mut packer, &[(Some(9), entries[2].clone())]), &mut unpacker));
    got.extend(carried(one_frame(&mut packer, &[(Some(3), entries[1].clone())]), &mut unpacker));
    let seen: Vec<_> = got.iter().map(|one| (one.leaf, &one.entry)).collect();
    assert_eq!(seen, [(Some(1), &entries[0]), (Some(9), &entries[2]), (Some(3), &entries[1])]);
}

/// Items written by hand: [leaf, context, place, statements, journal, salt ‖ signature, ciphertexts].
#[test]
fn packed_entries_that_lead_nowhere_are_refused_by_name() {
    let context =
        format!("8450{}5820{}5820{}50{}", "01".repeat(16), "02".repeat(32), "03".repeat(32), "04".repeat(16));
    let rest = |cts: &str| format!("5860{}{cts}", "07".repeat(96));
    let whole = format!("81{}", format_args!("5110{}", "aa".repeat(16)));
    let cases = [
        ("packed-context-unknown", format!("87f6008100{}{}", "0000", rest(&whole))),
        ("packed-context-unknown", format!("87f61bffffffffffffffff8100{}{}", "0000", rest(&whole))),
        ("packed-nothing-before", format!("87f6{context}f60000{}", rest(&whole))),
        ("packed-out-of-range", format!("8720{context}81000000{}", rest(&whole))),
        ("packed-out-of-range", format!("87f6{context}81002000{}", rest(&whole))),
        ("packed-out-of-range", format!("87f6{context}81000020{}", rest(&whole))),
        (
            "packed-ciphertext-too-short",
            format!("87f6{context}81000000{}", rest("814faabbccddaabbccddaabbccddaabbcc")),
        ),
    ];
    let mut seen = Vec::new();
    for (code, item) in cases {
        let bytes = hex::decode(format!("820181{item}")).unwrap();
        let packed: PackedEntries = from_bytes_strict(&bytes).unwrap_or_else(|e| panic!("{code}: {e}"));
        assert_eq!(to_bytes(&packed), bytes, "canonical");
        let refusal = Unpacker::new(mission()).unpack(packed).unwrap_err();
        assert_eq!(refusal.code(), code);
        seen.push(code);
    }
    seen.dedup();
    assert_eq!(seen, PackRefusal::CODES, "every refusal has a case");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_mix_comes_out_as_it_went_in(
        order in proptest::collection::vec((0usize..6, any::<Option<u32>>()), 1..20), cut in 1usize..5
    ) {
        static POOL: std::sync::OnceLock<Vec<Entry>> = std::sync::OnceLock::new();
        let pool = POOL.get_or_init(|| {
            let (mut a, mut b) = (Author::new(0, compartment(1), 1), Author::new(1, compartment(2), 2));
            (0..3).flat_map(|_| [a.write(&[9]), b.write(&[9, 9])]).collect()
        });
        let entries: Vec<_> =
            order.into_iter().map(|(n, leaf)| (leaf.map(u64::from), pool[n].clone())).collect();
        let (mut packer, mut unpacker) = (Packer::new(mission()), Unpacker::new(mission()));
        for some in entries.chunks(cut) {
            let got = carried(one_frame(&mut packer, some), &mut unpacker);
            prop_assert_eq!(got.len(), some.len());
            for (got, (leaf, entry)) in got.iter().zip(some) {
                prop_assert_eq!((got.leaf, &got.entry), (*leaf, entry));
            }
        }
    }
}

//! Pouches: written, cut off, read twice and in any order.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{DeviceId, MissionId, Timestamp};
use counterseal_register::Entry;
use counterseal_sync::{
    CHUNK, ChunkJoiner, ChunkNonce, ChunkSplitter, Contents, Done, Frame, JournalHead, LogState, PouchEvent,
    PouchHeader, PouchReader, PouchRefusal, PouchWriter, RangeSet, SLOT_LEN, Slot, Unread, Urgency,
    slots_for,
};
use proptest::prelude::*;

use crate::common::{Author, announced, below, compartment, header, leaf_of, log_head, mission, rng, set};

fn pool() -> &'static [Entry] {
    static POOL: std::sync::OnceLock<Vec<Entry>> = std::sync::OnceLock::new();
    POOL.get_or_init(|| {
        let (mut a, mut b) = (Author::new(0, compartment(1), 1), Author::new(1, compartment(2), 2));
        (0..30)
            .map(
                |n| if n % 2 == 0 { a.write(&[200]) } else { b.write(&[if n == 15 { 90_000 } else { 300 }]) },
            )
            .collect()
    })
}

fn head_of(entry: &Entry) -> JournalHead {
    let h = header(entry);
    JournalHead {
        device: h.device,
        journal: h.journal,
        compartment: h.compartment,
        seq: h.seq,
        id: entry.id(),
    }
}

fn heads(entries: &[Entry]) -> Vec<JournalHead> {
    let last: BTreeMap<_, _> = entries.iter().map(head_of).map(|head| (head.key(), head)).collect();
    last.into_values().collect()
}

fn contents(entries: &[Entry], statements: u64) -> Contents {
    let logs = (log_head(4), log_head(90));
    let all =
        Contents::new(mission(), DeviceId::from_bytes([1; 32]), Timestamp(9), logs, heads(pool())).unwrap();
    let mut places: BTreeMap<_, RangeSet> = BTreeMap::new();
    for head in entries.iter().map(head_of) {
        places.entry(head.key()).or_default().insert(head.seq);
    }
    all.carrying(&places, statements)
}

fn pouch(entries: &[Entry]) -> Vec<u8> {
    let logs = LogState::new(announced(4), announced(90));
    let (mut writer, mut bytes) = PouchWriter::begin(contents(entries, 3), logs);
    bytes.extend(writer.statements(Some(1), vec![vec![1; 40_000], vec![2; 40_000]]));
    bytes.extend(writer.statements(None, vec![vec![3; 500]]));
    bytes.extend(writer.leaves(88, &[leaf_of(&entries[0]), leaf_of(&entries[1])]));
    bytes.extend(writer.entries(Urgency::Ordinary, entries.iter().map(|entry| (None, entry))));
    // Offered again: written once.
    assert!(writer.entries(Urgency::Ordinary, entries.iter().map(|entry| (Some(4), entry))).is_empty());
    bytes.extend(writer.end());
    bytes
}

/// What a desk keeps of pouches.
#[derive(Default, PartialEq, Debug)]
struct Kept {
    entries: BTreeMap<[u8; 32], Entry>,
    statements: BTreeSet<Vec<u8>>,
}

fn read(bytes: &[u8], kept: &mut Kept) -> Result<(bool, Unread), PouchRefusal> {
    let mut reader = PouchReader::new(mission());
    let mut rest = bytes;
    while let Some(event) = reader.feed(&mut rest)? {
        match event {
            PouchEvent::Entries(entries) => {
                kept.entries.extend(entries.into_iter().map(|one| (*one.id.as_bytes(), one.entry)));
            }
            PouchEvent::Statements(some) => {
                kept.statements.extend(some.envelopes.into_vec().into_iter().map(|one| one.into_vec()));
            }
            _ => {}
        }
    }
    Ok((reader.is_whole(), reader.unread()))
}

#[test]
fn reading_twice_or_in_any_order_changes_nothing() {
    let pouches = [pouch(&pool()[..12]), pouch(&pool()[6..20]), pouch(&pool()[20..])];
    let orders = [[0, 1, 2], [2, 1, 0], [1, 0, 2]];
    let mut results = orders.iter().map(|order| {
        let mut kept = Kept::default();
        for n in order.iter().chain(order) {
            assert_eq!(read(&pouches[*n], &mut kept).unwrap(), (true, Unread::default()));
        }
        kept
    });
    let first = results.next().unwrap();
    assert_eq!(first.entries.len(), pool().len());
    assert!(pool().iter().all(|entry| first.entries[entry.id().as_bytes()] == *entry));
    assert_eq!(first.statements.len(), 3);
    assert!(results.all(|kept| kept == first));
}

/// Cut anywhere: every whole frame counts, and the rest is named; the whole pouch then completes it.
#[test]
fn a_pouch_that_is_cut_off_says_what_is_missing() {
    let (bytes, mut rng) = (pouch(pool()), rng(3));
    let (mut last, mut least) = (0, usize::MAX);
    let cuts: BTreeSet<_> = (0..200).map(|_| below(&mut rng, bytes.len() as u64) as usize).collect();
    for cut in cuts {
        let mut kept = Kept::default();
        let (whole, unread) = read(&bytes[..cut], &mut kept).unwrap();
        assert!(!whole);
        assert!(kept.entries.len() >= last, "more bytes, not fewer entries");
        last = kept.entries.len();
        least = least.min(last);
        if cut > 2_000 {
            let missing: u64 = unread.entries.iter().map(|(_, places)| places.count()).sum();
            assert_eq!(missing as usize + last, pool().len());
            assert_eq!(unread.statements as usize + kept.statements.len(), 3);
        }
        read(&bytes, &mut kept).unwrap();
        assert_eq!(kept.entries.len(), pool().len());
    }
    assert!(least == 0 && last >= 15, "cuts in all places: {least} to {last}");
}

/// A pouch by another hand may hold an entry twice; it comes out once.
#[test]
fn an_entry_comes_out_once() {
    let entry = Entry { header: b"of a form that is not known".to_vec(), ciphertexts: vec![vec![1; 20]] };
    let logs = || LogState::new(announced(4), announced(90));
    let (mut one, mut bytes) = PouchWriter::begin(contents(&[], 0), logs());
    let (mut two, _) = PouchWriter::begin(contents(&[], 0), logs());
    bytes.extend(one.entries(Urgency::Flash, [(None, &entry)]));
    bytes.extend(two.entries(Urgency::Flash, [(None, &entry)]));
    let (mut reader, mut rest, mut came) = (PouchReader::new(mission()), bytes.as_slice(), 0);
    while let Some(event) = reader.feed(&mut rest).unwrap() {
        if let PouchEvent::Entries(entries) = event {
            came += entries.len();
        }
    }
    assert_eq!(came, 1);
}

#[test]
fn a_pouch_of_many_fragments_can_be_read() {
    let head = head_of(&pool()[0]);
    let places = BTreeMap::from([(head.key(), set((0..3000).map(|n| n * 2)))]);
    let contents = contents(&[], 0).carrying(&places, 0);
    let bytes = Frame::Contents(contents.clone()).to_bytes().unwrap();
    assert!(matches!(
        PouchReader::new(mission()).feed(&mut bytes.as_slice()),
        Ok(Some(PouchEvent::Contents(_)))
    ));
    assert_eq!(contents.carried[0].places.len(), 1024);
}

#[test]
fn a_summary_tells_what_to_carry_back() {
    let theirs = contents(&pool()[..0], 0);
    let mine = head_of(&pool()[28]);
    assert_eq!(theirs.lacks_from(&mine), None, "they are as far");
    let ahead = JournalHead { seq: mine.seq + 3, ..mine };
    assert_eq!(theirs.lacks_from(&ahead), Some(mine.seq + 1));
    let unknown = JournalHead { device: DeviceId::from_bytes([9; 32]), ..mine };
    assert_eq!(theirs.lacks_from(&unknown), Some(0));
}

#[test]
fn pouches_that_are_not_right_are_refused_by_name() {
    let good = contents(pool(), 0);
    let begin = |change: fn(&mut Contents)| {
        let mut contents = good.clone();
        change(&mut contents);
        Frame::Contents(contents).to_bytes().unwrap()
    };
    let end = Frame::End(Done::all()).to_bytes().unwrap();
    let fine = begin(|_| {});
    let cases = [
        ("pouch-contents-misplaced", end.clone()),
        ("pouch-contents-misplaced", [fine.clone(), fine.clone()].concat()),
        ("pouch-frames-unknown", begin(|c| c.version = 2)),
        ("pouch-mission-other", begin(|c| c.mission = MissionId::from_bytes([9; 32]))),
        (
            "pouch-contents-disorderly",
            begin(|c| {
                let mut heads = c.heads.to_vec();
                heads.reverse();
                c.heads = counterseal_sync::List::new(heads).unwrap();
            }),
        ),
        (
            "pouch-contents-disorderly",
            begin(|c| {
                let carried = vec![counterseal_sync::Carried { head: 2, places: set([1]) }];
                c.carried = counterseal_sync::List::new(carried).unwrap();
            }),
        ),
        ("pouch-after-end", [fine.clone(), end.clone(), end.clone()].concat()),
        ("frame-not-here", Frame::Ping(counterseal_sync::Beat::new([0; 8])).to_bytes().unwrap()),
    ];
    let mut seen = BTreeSet::new();
    for (code, bytes) in cases {
        assert_eq!(read(&bytes, &mut Kept::default()).unwrap_err().code(), code);
        seen.insert(code);
    }
    let header = PouchHeader::new(vec![slot(1)], || slot(0), |n| n - 1).unwrap().to_bytes();
    let changed = |at: usize, to: u8| {
        let mut bytes = header.clone();
        bytes[at] = to;
        PouchHeader::read(&mut bytes.as_slice()).unwrap_err().code()
    };
    seen.extend([changed(0, 0), changed(8, 2), changed(9, 2), changed(10, 7)]);
    let sealed = seal_all(&vec![5; 3 * CHUNK], 1);
    let mut damaged = sealed.clone();
    damaged[CHUNK + 20] ^= 1;
    seen.insert(ChunkJoiner::new().read(&damaged, open).unwrap_err().code());
    let missing: Vec<_> = PouchRefusal::CODES.iter().filter(|code| !seen.contains(*code)).collect();
    // Whether a slot opens is seen where the secret keys are.
    assert_eq!(missing, [&"pouch-not-for-this-device"]);
}

fn slot(n: u8) -> Slot {
    Slot(Box::new([n; SLOT_LEN]))
}

#[test]
fn the_number_of_receivers_shows_in_steps_only() {
    let steps: Vec<_> =
        [1, 2, 4, 5, 16, 17, 64, 65, 256, 257, 1024, 1025, 4096].map(|n| slots_for(n).unwrap()).into();
    assert_eq!(steps, [1, 4, 4, 16, 16, 64, 64, 256, 256, 1024, 1024, 4096, 4096]);
    assert_eq!((slots_for(0), slots_for(4097)), (None, None));
    let mut rng = rng(1);
    let mut first = BTreeSet::new();
    for _ in 0..40 {
        let receivers = (1..=5).map(slot).collect();
        let header = PouchHeader::new(receivers, || slot(0), |n| below(&mut rng, n as u64) as usize).unwrap();
        assert_eq!(header.slots().len(), 16);
        let mut all: Vec<_> = header.slots().iter().map(|slot| slot.0[0]).collect();
        first.insert(all[0]);
        all.sort_unstable();
        assert_eq!(all, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5]);
        let mut bytes = header.to_bytes();
        assert_eq!(bytes.len(), 11 + 16 * SLOT_LEN);
        for cut in [0, 7, 10, 11, 5000, bytes.len() - 1] {
            assert_eq!(PouchHeader::read(&mut &bytes[..cut]).unwrap(), None);
        }
        bytes.extend(b"after");
        let mut rest = bytes.as_slice();
        assert_eq!(PouchHeader::read(&mut rest).unwrap(), Some(header));
        assert_eq!(rest, b"after");
    }
    assert!(first.len() > 2, "a receiver's place tells nothing");
}

/// Stands in for AES-256-GCM: the nonce and a sum, so that a moved or changed chunk does not open.
fn seal(nonce: ChunkNonce, chunk: &[u8]) -> Result<Vec<u8>, ()> {
    let sum: u32 = chunk.iter().fold(7, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    Ok([chunk, &nonce.to_bytes(), &sum.to_be_bytes()].concat())
}

fn open(nonce: ChunkNonce, sealed: &[u8]) -> Option<Vec<u8>> {
    let chunk = &sealed[..sealed.len().checked_sub(16)?];
    (seal(nonce, chunk).unwrap() == sealed).then(|| chunk.to_vec())
}

fn seal_all(bytes: &[u8], step: usize) -> Vec<u8> {
    let mut splitter = ChunkSplitter::new();
    let mut out = Vec::new();
    for piece in bytes.chunks(step.max(1) * 1009) {
        out.extend(splitter.write(piece, seal).unwrap());
    }
    out.extend(splitter.finish(seal).unwrap());
    out
}

fn open_all(sealed: &[u8], step: usize) -> Result<(Vec<u8>, bool), PouchRefusal> {
    let mut joiner = ChunkJoiner::new();
    let mut out = Vec::new();
    for piece in sealed.chunks(step.max(1) * 733) {
        out.extend(joiner.read(piece, open)?);
    }
    let (last, whole) = joiner.finish(open);
    out.extend(last);
    Ok((out, whole))
}

#[test]
fn chunks_are_whole_in_order_and_ended() {
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5] {
        let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
        let sealed = seal_all(&bytes, 3);
        assert_eq!(sealed.len(), length + 16 * length.div_ceil(CHUNK).max(1));
        assert_eq!(open_all(&sealed, 5).unwrap(), (bytes.clone(), true));
        // Cut off between chunks, within one, and with something appended.
        if length > CHUNK {
            assert_eq!(open_all(&sealed[..CHUNK + 16], 5).unwrap(), (bytes[..CHUNK].to_vec(), false));
            assert_eq!(open_all(&sealed[..CHUNK + 17], 5).unwrap(), (bytes[..CHUNK].to_vec(), false));
            let swapped = [&sealed[CHUNK + 16..], &sealed[..CHUNK + 16]].concat();
            assert!(open_all(&swapped, 9).map_or(true, |(got, whole)| !whole && got.is_empty()));
        }
        let more = [sealed.as_slice(), &[0; 40]].concat();
        assert!(open_all(&more, 5).map_or(true, |(_, whole)| !whole));
    }
    let nonce = ChunkNonce { number: 0x0102, last: true };
    assert_eq!(nonce.to_bytes(), [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1]);
    // An empty last chunk beside others would be a second form of one file.
    let empty_end = [
        seal(ChunkNonce { number: 0, last: false }, &[5; CHUNK]).unwrap(),
        seal(ChunkNonce { number: 1, last: true }, &[]).unwrap(),
    ];
    assert_eq!(open_all(&empty_end.concat(), 5).unwrap(), (vec![5; CHUNK], false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_bytes_are_no_pouch_and_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(PouchHeader::read(&mut bytes.as_slice()).map_or(true, |header| header.is_none()));
        let _ = read(&bytes, &mut Kept::default());
        let _ = open_all(&bytes, 1);
        let mut reader = PouchReader::new(mission());
        let mut rest = bytes.as_slice();
        while let Ok(Some(_)) = reader.feed(&mut rest) {}
    }
}

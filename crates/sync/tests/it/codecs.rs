//! Frames and sets: what is written is read again, in one encoding; what is not is refused, never fatal.

use std::collections::BTreeSet;

use counterseal_model::cbor::{from_bytes_strict, to_bytes};
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, MissionId, Timestamp};
use counterseal_register::{Bytes, DeviceKeys, HPKE_PUBLIC_LEN, session_proof_input};
use counterseal_sync::{
    Accepted, AcceptedRun, Beat, Code, Contents, Data, Done, Ended, EntryPart, Frame, FrameReader,
    FrameRefusal, FrameType, Grown, Held, JournalHead, LEAF_LEN, Leaves, List, LogState, MAX_RANGES, Packer,
    PartialPull, PartialPush, PushPart, Pushed, RangeSet, Refused, Statements, Urgency,
};
use proptest::prelude::*;

use crate::common::{Author, announced, compartment, hello, log_head, mission, set, welcome};

fn ranges() -> impl Strategy<Value = RangeSet> {
    let range = (0u64..500, 1u64..40).prop_map(|(start, length)| start..start + length);
    proptest::collection::vec(range, 0..12).prop_map(|all| {
        let mut set = RangeSet::new();
        all.into_iter().for_each(|range| set.insert_range(range));
        set
    })
}

fn model(set: &RangeSet) -> BTreeSet<u64> {
    set.ranges().flatten().collect()
}

proptest! {
    #[test]
    fn a_set_of_ranges_is_a_set(a in ranges(), b in ranges(), one in 0u64..600, most in 1usize..6) {
        prop_assert_eq!(a.contains(one), model(&a).contains(&one));
        prop_assert_eq!(a.count(), model(&a).len() as u64);
        let (mut sum, mut difference) = (a.clone(), a.clone());
        sum.add(&b);
        difference.subtract(&b);
        prop_assert_eq!(model(&sum), &model(&a) | &model(&b));
        prop_assert_eq!(model(&difference), &model(&a) - &model(&b));
        prop_assert_eq!(&set(model(&a)), &a, "one form per set");
        for some in [&a, &sum, &difference] {
            let ends: Vec<_> = some.ranges().collect();
            prop_assert!(ends.windows(2).all(|pair| pair[0].end < pair[1].start));
            let bytes = to_bytes(some);
            prop_assert_eq!(&from_bytes_strict::<RangeSet>(&bytes).unwrap(), some);
        }
        let (mut coarse, mut thin) = (a.clone(), a.clone());
        coarse.coarsen(most);
        thin.thin(most);
        prop_assert!(coarse.len() <= most && thin.len() <= most);
        prop_assert!(model(&coarse).is_superset(&model(&a)) && model(&thin).is_subset(&model(&a)));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for kind in FrameType::ALL {
            if let Ok(frame) = Frame::parse(*kind, &bytes) {
                prop_assert_eq!(&frame.to_bytes().unwrap()[5..], bytes.as_slice(), "canonical");
            }
        }
        let mut reader = FrameReader::new(FrameType::ALL);
        let mut rest = bytes.as_slice();
        while let Ok(Some(_)) = reader.read(&mut rest) {}
    }

    /// One byte of a real frame changed: another frame, or none; never two encodings of one.
    #[test]
    fn a_changed_frame_is_another_or_none(which in 0usize..100, at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let frames = samples();
        let frame = &frames[which % frames.len()];
        let mut bytes = frame.to_bytes().unwrap();
        let at = at.index(bytes.len() - 5) + 5;
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        if let Ok(read) = Frame::parse(frame.kind(), &bytes[5..]) {
            prop_assert_eq!(read.to_bytes().unwrap(), bytes);
            prop_assert_ne!(&read, frame);
        }
    }

    #[test]
    fn frames_come_out_of_any_pieces(cuts in proptest::collection::vec(1usize..300, 1..80)) {
        let frames = samples();
        let bytes: Vec<u8> = frames.iter().flat_map(|frame| frame.to_bytes().unwrap()).collect();
        let (mut reader, mut got, mut rest) = (FrameReader::new(FrameType::ALL), Vec::new(), bytes.as_slice());
        for cut in cuts.into_iter().cycle() {
            let (mut piece, after) = rest.split_at(cut.min(rest.len()));
            while let Some((frame, _)) = reader.read(&mut piece).unwrap() {
                got.push(frame);
            }
            prop_assert!(piece.is_empty());
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert!(!reader.is_within_frame());
        prop_assert_eq!(got, frames);
    }
}

/// At least one of every type, with every field filled in one of them.
fn samples() -> Vec<Frame> {
    static SAMPLES: std::sync::OnceLock<Vec<Frame>> = std::sync::OnceLock::new();
    SAMPLES.get_or_init(make_samples).clone()
}

fn make_samples() -> Vec<Frame> {
    let entry = EntryId::from_bytes([2; 32]);
    let mut held = Held { up_to: 90, ..Held::nothing() };
    held.join(compartment(3));
    held.missing = set([4, 5, 70]);
    held.have = set([95, 99]);
    let mut full = hello(12, 90, held);
    full.compartments = List::new(vec![compartment(1), compartment(3)]).unwrap();
    (full.not_before, full.largest, full.budget) = (Some(Timestamp(5)), Some(10_000), Some(200_000));
    full.partials = List::new(vec![PartialPull { leaf: 70, bytes: 65_536 }]).unwrap();
    full.continuous = true;
    let mut greeting = welcome(12, 100);
    greeting.partials = List::new(vec![PartialPush { entry, bytes: 9 }]).unwrap();
    greeting.lacks = set([3, 4, 60]);
    let mut leaf = [7; LEAF_LEN];
    let mut leaves = vec![leaf; 5];
    leaf[5] = 1;
    leaves.extend([leaf; 2]);
    let envelopes = List::new(vec![Data::new(vec![1; 40]).unwrap(), Data::new(vec![]).unwrap()]).unwrap();
    let (mut author, mut packer) = (Author::new(0, compartment(1), 1), Packer::new(mission()));
    let mut packed = |leaf| {
        packer.add(leaf, &author.write(&[10, 300]), 1 << 20);
        packer.add(leaf.map(|leaf| leaf - 1), &author.write(&[20]), 1 << 20);
        packer.finish(Urgency::Flash).unwrap()
    };
    let (pull, push) = (Frame::Entries(packed(Some(60))), Frame::PushEntries(packed(None)));
    let piece = Data::new(vec![3; 100]).unwrap();
    let left = Done { left: set([1, 2, 50]), entries: Some(3), bytes: Some(9_000), ..Done::all() };
    let accepted = vec![
        AcceptedRun { first: 0, count: 1, index: 3 },
        AcceptedRun { first: 7, count: 1_000, index: 1 << 40 },
    ];
    let code = Code::new("predecessor-stale").unwrap();
    let detail = Data::new(vec![1; 32]);
    let head = JournalHead {
        device: DeviceId::from_bytes([1; 32]),
        journal: JournalId::from_bytes([2; 16]),
        compartment: CompartmentId::from_bytes([3; 16]),
        seq: 8,
        id: entry,
    };
    let logs = (log_head(4), log_head(90));
    let contents = Contents::new(mission(), head.device, Timestamp(9), logs, vec![head]).unwrap();
    let contents = contents.carrying(&[(head.key(), set([3, 4, 8]))].into(), 2);
    vec![
        Frame::Hello(hello(0, 0, Held::nothing())),
        Frame::Hello(full),
        Frame::Welcome(greeting),
        Frame::Statements(Statements::new(Some(4), envelopes.clone())),
        Frame::Leaves(Leaves::new(90, leaves).unwrap()),
        pull,
        Frame::EntryPart(EntryPart::new(70, 0, 100_000, piece.clone())),
        Frame::Grown(Grown::new(announced(12), announced(101))),
        Frame::PushStatements(Statements::new(None, envelopes)),
        push,
        Frame::PushPart(PushPart::new(entry, 65_536, 100_000, piece)),
        Frame::Accepted(Accepted::new(List::new(accepted).unwrap())),
        Frame::Refused(Refused::new(Pushed::Entry(entry), code.clone(), detail)),
        Frame::Done(left),
        Frame::Done(Done::all()),
        Frame::Ping(Beat::new([1; 8])),
        Frame::Pong(Beat::new([1; 8])),
        Frame::Ended(Ended::new(code)),
        Frame::Contents(contents),
        Frame::LogState(LogState::new(announced(4), announced(90))),
        Frame::End(Done::all()),
    ]
}

#[test]
fn every_frame_is_read_as_it_was_written() {
    let frames = samples();
    let kinds: BTreeSet<_> = frames.iter().map(Frame::kind).collect();
    assert_eq!(kinds, FrameType::ALL.iter().copied().collect(), "a sample of every type");
    for frame in frames {
        let bytes = frame.to_bytes().unwrap();
        assert_eq!(bytes[0], frame.kind().code());
        assert_eq!(u32::from_be_bytes(bytes[1..5].try_into().unwrap()) as usize, bytes.len() - 5);
        assert_eq!(Frame::parse(frame.kind(), &bytes[5..]).unwrap(), frame);
    }
}

/// A length is a peer's word: it is refused before a byte of the body is kept.
#[test]
fn a_frame_that_may_not_stand_here_is_refused_at_its_head() {
    let cases: [(&[u8], &str); 5] = [
        (&[99], "frame-type-unknown"),
        (&[FrameType::Hello.code()], "frame-not-here"),
        (&[14, 0xff, 0xff, 0xff, 0xff], "frame-too-long"),
        (&[14, 0, 0, 0, 65], "frame-too-long"),
        (&[14, 0, 0, 0, 1, 0xa0, 0, 0], "frame-malformed"),
    ];
    let mut codes = BTreeSet::new();
    for (bytes, code) in cases {
        let mut reader = FrameReader::new(&[FrameType::Ping]);
        let mut rest = bytes;
        let refusal = reader.read(&mut rest).unwrap_err();
        assert_eq!(refusal.code(), code);
        let good = Frame::Ping(Beat::new([0; 8])).to_bytes().unwrap();
        assert_eq!(reader.read(&mut good.as_slice()).unwrap_err(), refusal, "for ever");
        codes.insert(code);
    }
    assert_eq!(codes, FrameRefusal::CODES.iter().copied().collect(), "every refusal has a case");
}

#[test]
fn a_frame_of_another_time_is_refused() {
    let malformed = |kind, hex: &str| Frame::parse(kind, &hex::decode(hex).unwrap()).unwrap_err().to_string();
    let unknown = malformed(FrameType::Ping, "a20148000000000000000018630a");
    assert!(unknown.contains("newer version"), "{unknown}");
    // Runs that could be one, an empty run, too few commitments, gaps of nothing, a half range.
    for (kind, body) in [
        (FrameType::Leaves, format!("830084014601010000000101460101000000015840{}", "00".repeat(64))),
        (FrameType::Leaves, "83008200460101000000014 0".replace(' ', "")),
        (FrameType::Leaves, format!("8300820246010100000001581f{}", "00".repeat(31))),
        (FrameType::Leaves, "83008040".to_owned()),
        (FrameType::Done, "a10184000100 01".replace(' ', "")),
        (FrameType::Done, "a101820100".to_owned()),
        (FrameType::Done, "a1018101".to_owned()),
        (FrameType::Done, "a10180".to_owned()),
        (FrameType::Done, "a101821bffffffffffffffff01".to_owned()),
        (FrameType::Entries, "820180".to_owned()),
        (FrameType::Ended, "a1016141".to_owned()),
        (FrameType::Ended, "a10160".to_owned()),
    ] {
        let text = malformed(kind, &body);
        assert!(text.contains("out of range") || text.contains("not "), "{body}: {text}");
    }
}

/// Each count is held against its bound before anything is read.
#[test]
fn counts_beyond_their_bound_are_refused() {
    let mut many = RangeSet::new();
    (0..=MAX_RANGES as u64).for_each(|n| many.insert_range(n * 2..n * 2 + 1));
    assert!(from_bytes_strict::<RangeSet>(&to_bytes(&many)).is_err());
    many.coarsen(MAX_RANGES);
    assert!(from_bytes_strict::<RangeSet>(&to_bytes(&many)).is_ok());

    let nine = vec![0; 9 << 20];
    let mut w = counterseal_model::cbor::Writer::new();
    w.array(2).uint(0).array(1).array(3).null().bytes(&[1]).array(1).bytes(&nine);
    assert!(Frame::parse(FrameType::Entries, &w.into_bytes()).is_err(), "9 MiB of ciphertext in one entry");

    struct Repeat(usize, &'static [u8]);
    impl Repeat {
        fn body(&self, before: &str) -> Vec<u8> {
            let mut w = counterseal_model::cbor::Writer::new();
            w.array(self.0);
            for _ in 0..self.0 {
                w.raw(self.1);
            }
            [hex::decode(before).unwrap(), w.into_bytes()].concat()
        }
    }
    let few = [
        (FrameType::Statements, Repeat(4097, &[0x40]).body("a20100 02".replace(' ', "").as_str())),
        (FrameType::Accepted, Repeat(16_385, &[0x00]).body("a101")),
        (FrameType::Entries, Repeat(4097, &[0x00]).body("8200")),
        (FrameType::Entries, Repeat(4097, &[0x40]).body("82008183f640")),
        (FrameType::Leaves, Repeat(131_073, &[0x00]).body("8300")),
    ];
    for (kind, mut body) in few {
        if kind == FrameType::Leaves {
            body.push(0x40);
        }
        let text = Frame::parse(kind, &body).unwrap_err().to_string();
        assert!(text.contains("out of range"), "{kind}: {text}");
    }
}

/// A Hello is worth something from one device, in one mission, in one TLS session.
#[test]
fn a_hello_cannot_be_used_elsewhere() {
    use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
    let key = Ed25519KeyPair::from_seed_unchecked(&[3; 32]).unwrap();
    let keys = DeviceKeys::new(key.public_key().as_ref().try_into().unwrap(), [1; HPKE_PUBLIC_LEN]);
    let input = session_proof_input(mission(), keys.id(), &[1; 32]);
    let mut said = hello(0, 0, Held::nothing());
    said.device = keys.id();
    said.signature = Bytes(key.sign(&input).as_ref().try_into().unwrap());
    assert!(said.is_signed_by(&keys, &[1; 32]));
    assert!(!said.is_signed_by(&keys, &[0; 32]), "another TLS session");
    let others = DeviceKeys::new(keys.signing.0, [2; HPKE_PUBLIC_LEN]);
    assert!(!said.is_signed_by(&others, &[1; 32]), "another device with the same signing key");
    let mut elsewhere = said.clone();
    elsewhere.mission = MissionId::from_bytes([9; 32]);
    assert!(!elsewhere.is_signed_by(&keys, &[1; 32]), "another mission");
    said.signature.0[7] ^= 1;
    assert!(!said.is_signed_by(&keys, &[1; 32]));
}

/// What a desk asks for, and what a hub may send it.
#[test]
fn what_is_held_is_not_asked_for() {
    let mut held = Held { up_to: 10, ..Held::nothing() };
    held.missing = set([3]);
    held.have = set([12]);
    held.join(compartment(2));
    let wants = |held: &Held, c: u8| {
        (0..14).filter(|leaf| held.wants(Some(&compartment(c)), *leaf)).collect::<Vec<_>>()
    };
    assert_eq!(wants(&held, 1), [3, 10, 11, 13]);
    assert_eq!(wants(&held, 2), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]);
    assert_eq!(held.lowest_wanted(), 0);
    held.add(&set([3, 10]));
    held.answered(13, &set([5, 11]), &[]);
    assert_eq!((wants(&held, 1), wants(&held, 2)), (vec![5, 11, 13], vec![5, 11, 13]));
    // A hub's word makes nothing missing that is held.
    let mut ahead = Held { up_to: 10, have: set([12]), ..Held::nothing() };
    ahead.answered(13, &set([11, 12]), &[]);
    assert_eq!((ahead.missing, ahead.have), (set([11]), set([])));
    held.answered(13, &set([0, 5, 12]), &[]);
    assert_eq!(held.missing, set([5]));
}

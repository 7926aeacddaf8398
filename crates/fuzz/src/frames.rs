//! Frames and packed entries (docs/spec/sync.md, sections 1 to 4; entries.md).

use counterseal_model::MissionId;
use counterseal_register::Entry;
use counterseal_sync::{Fit, Frame, FrameReader, FrameType, Packer, Unpacker};

use crate::same;

/// Any frame has one encoding, and comes out of a stream however that is cut. The first byte says where.
pub fn frames(bytes: &[u8]) {
    let Some((cut, stream)) = bytes.split_first() else { return };
    let whole = read(&[stream]);
    let mut written = Vec::new();
    for frame in &whole {
        let again = frame.to_bytes();
        assert!(again.is_some(), "a frame that was read cannot be written: {:?}", frame.kind());
        written.extend(again.unwrap_or_default());
    }
    same(&written, stream.get(..written.len()).unwrap_or_default(), "frames");
    let (front, back) = stream.split_at(usize::from(*cut).min(stream.len()));
    assert_eq!(read(&[front, back]), whole, "the same frames out of two pieces");
}

fn read(pieces: &[&[u8]]) -> Vec<Frame> {
    let (mut reader, mut frames) = (FrameReader::new(FrameType::ALL), Vec::new());
    for piece in pieces {
        let mut rest = *piece;
        loop {
            match reader.read(&mut rest) {
                Ok(Some((frame, _))) => frames.push(frame),
                Ok(None) => break,
                Err(_) => return frames,
            }
        }
    }
    frames
}

/// An entry in its plain form, and a frame of packed ones: what is unpacked can be packed again and is
/// then the same.
pub fn entries(bytes: &[u8]) {
    if let Ok(entry) = Entry::parse(bytes) {
        same(&entry.to_bytes(), bytes, "entry");
        through_a_packer(&[(None, entry)]);
    }
    let mission = MissionId::from_bytes([2; 32]);
    let Ok(Frame::Entries(packed)) = Frame::parse(FrameType::Entries, bytes) else { return };
    let Ok(unpacked) = Unpacker::new(mission).unpack(packed) else { return };
    let all: Vec<_> = unpacked.into_iter().map(|one| (one.leaf, one.entry)).collect();
    through_a_packer(&all);
}

fn through_a_packer(entries: &[(Option<u64>, Entry)]) {
    const ROOM: usize = 12 << 20;
    let mission = MissionId::from_bytes([2; 32]);
    let (mut packer, mut unpacker) = (Packer::new(mission), Unpacker::new(mission));
    for (leaf, entry) in entries {
        if packer.add(*leaf, entry, ROOM) != Fit::In {
            return;
        }
    }
    let Some(packed) = packer.finish(counterseal_sync::Urgency::Ordinary) else { return };
    match unpacker.unpack(packed) {
        Ok(again) => {
            let again: Vec<_> = again.into_iter().map(|one| (one.leaf, one.entry)).collect();
            assert_eq!(again, entries, "the same entries out of a packed frame");
        }
        Err(refusal) => panic!("a packed frame of ours is refused: {refusal}"),
    }
}

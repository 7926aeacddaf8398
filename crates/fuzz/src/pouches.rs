//! Pouches: the head of the file, its chunks, the frames in it (docs/spec/sync.md, section 6).

use std::convert::Infallible;

use counterseal_model::MissionId;
use counterseal_sync::{ChunkJoiner, ChunkSplitter, PouchEvent, PouchHeader, PouchReader};

use crate::same;

/// The file as a finder writes it, and its content as a receiver's own colleague may write it.
pub fn pouches(bytes: &[u8]) {
    let mut rest = bytes;
    if let Ok(Some(head)) = PouchHeader::read(&mut rest) {
        let written = head.to_bytes();
        same(&written, bytes.get(..written.len()).unwrap_or_default(), "head of a pouch");
        assert_eq!(written.len() + rest.len(), bytes.len(), "a head takes its own bytes and no others");
    }
    content(bytes);
    chunks(bytes);
}

fn content(mut bytes: &[u8]) {
    let mut reader = PouchReader::new(MissionId::from_bytes([2; 32]));
    let mut first = true;
    while let Ok(Some(event)) = reader.feed(&mut bytes) {
        let is_contents = matches!(event, PouchEvent::Contents(_));
        assert_eq!(is_contents, first, "the contents come first and once");
        first = false;
    }
}

/// Cut into chunks and put together again, with a seal that only adds 16 bytes.
fn chunks(bytes: &[u8]) {
    let seal = |_, chunk: &[u8]| Ok::<_, Infallible>([chunk, &[0; 16]].concat());
    let open =
        |_, sealed: &[u8]| sealed.len().checked_sub(16).and_then(|end| Some(sealed.get(..end)?.to_vec()));
    let mut splitter = ChunkSplitter::new();
    let Ok(mut file) = splitter.write(bytes, seal);
    let Ok(last) = splitter.finish(seal);
    file.extend(last);
    let mut joiner = ChunkJoiner::new();
    let read = joiner.read(&file, open);
    let Ok(mut back) = read else { panic!("a chunk of ours is refused") };
    let (last, whole) = joiner.finish(open);
    back.extend(last);
    assert!(whole, "a whole file is taken for a part of one");
    same(&back, bytes, "content of a pouch");
}

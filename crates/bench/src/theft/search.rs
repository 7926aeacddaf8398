//! Searching one file: as it is, and inside every stream that might be compressed text.

use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::{GzDecoder, ZlibDecoder};
use zstd::bulk;
use zstd::zstd_safe::{DParameter, FrameFormat};

use super::describe;
use super::needles::Needles;
use crate::outcome::Outcome;

/// Bytes looked at of each stream: a needle stands early in any text.
const LOOKED_AT: usize = 64 * 1024;

/// What is found in a file.
pub(super) fn file(needles: &Needles, path: &Path) -> Outcome<Vec<String>> {
    let bytes = fs::read(path)?;
    let mut hits = Vec::new();
    if let Some((at, needle)) = needles.find(&bytes) {
        hits.push(describe(path, at, "", needle));
    }
    let mut zstd = Zstd::new()?;
    for at in 0..bytes.len() {
        let Some(rest) = bytes.get(at..) else { break };
        for (how, text) in streams(&mut zstd, rest) {
            if let Some((_, needle)) = needles.find(&text) {
                hits.push(describe(path, at, how, needle));
            }
        }
    }
    Ok(hits)
}

/// What comes out if a stream of some kind begins here.
fn streams(zstd: &mut Zstd, rest: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut found = Vec::new();
    match rest {
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            found.push((" in a zstd frame", read_some(zstd::Decoder::new(rest).ok())));
        }
        [0x1f, 0x8b, 8, ..] => found.push((" in a gzip stream", read_some(Some(GzDecoder::new(rest))))),
        [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => {
            found.push((" in a zlib stream", read_some(Some(ZlibDecoder::new(rest)))));
        }
        // The form byte of a compressed part; the frame behind it has no magic number.
        [1, frame @ ..] => found.push((" in a part's frame", zstd.inflate(frame))),
        _ => {}
    }
    found.retain(|(_, text)| !text.is_empty());
    found
}

/// What can be read before the stream turns out to be none.
fn read_some(stream: Option<impl Read>) -> Vec<u8> {
    let mut text = vec![0; LOOKED_AT];
    let mut filled = 0;
    if let Some(mut stream) = stream {
        while let Some(room) = text.get_mut(filled..).filter(|room| !room.is_empty()) {
            match stream.read(room) {
                Ok(0) | Err(_) => break,
                Ok(count) => filled += count,
            }
        }
    }
    text.truncate(filled);
    text
}

/// zstd with the shipped dictionary, for frames without magic number.
pub(super) struct Zstd {
    context: bulk::Decompressor<'static>,
    room: Vec<u8>,
}

impl Zstd {
    pub(super) fn new() -> Outcome<Self> {
        let mut context = bulk::Decompressor::with_dictionary(crate::seal::DICTIONARY)?;
        context.set_parameter(DParameter::Format(FrameFormat::Magicless))?;
        Ok(Self { context, room: Vec::with_capacity(LOOKED_AT) })
    }

    /// Where a frame ends is not known: its blocks say how long they are (RFC 8878, 3.1.1.2).
    fn inflate(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.room.clear();
        let Some(frame) = frame_at(bytes) else { return Vec::new() };
        match self.context.decompress_to_buffer(frame, &mut self.room) {
            Ok(_) => self.room.clone(),
            Err(_) => Vec::new(),
        }
    }
}

/// The frame that begins here: header without content size, then blocks until the last one.
fn frame_at(bytes: &[u8]) -> Option<&[u8]> {
    let descriptor = *bytes.first()?;
    // Ours have no checksum and no dictionary id; content size and window descriptor vary.
    let (single, size) = (descriptor & 0x20 != 0, descriptor >> 6);
    if descriptor & 0x1f != 0 {
        return None;
    }
    let size_bytes = match (size, single) {
        (0, false) => 0,
        (0, true) => 1,
        (1, _) => 2,
        (2, _) => 4,
        _ => 8,
    };
    let mut at = 1 + usize::from(!single) + size_bytes;
    loop {
        let [a, b, c] = *bytes.get(at..at + 3)?.first_chunk::<3>()?;
        let header = u32::from_le_bytes([a, b, c, 0]);
        let length = (header >> 3) as usize;
        at += 3 + match header >> 1 & 3 {
            1 => 1,
            3 => return None,
            _ => length,
        };
        if length > 128 * 1024 || at > bytes.len() {
            return None;
        }
        if header & 1 == 1 {
            return bytes.get(..at);
        }
    }
}

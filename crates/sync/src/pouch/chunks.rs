//! The chunks of a pouch's file: numbered, the last one marked (the STREAM construction).
//!
//! ```text
//! nonce  = 0^3 ‖ number: u64 big-endian ‖ last: u8 (0 or 1)
//! sealed = AES-256-GCM(key, nonce, chunk)        64 KiB + 16 bytes; the last one shorter or as long
//! ```
//!
//! A chunk that is moved, left out or doubled meets another nonce. The last one is empty only if it is the
//! only one.

use super::layout::CHUNK;
use super::refusal::PouchRefusal;

/// Bytes by which a sealed chunk is longer.
const TAG: usize = 16;

/// Which chunk it is, and whether it is the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkNonce {
    /// Its number, from 0.
    pub number: u64,
    /// Whether nothing comes after it.
    pub last: bool,
}

impl ChunkNonce {
    /// The nonce under the file's key.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 12] {
        let mut nonce = [0; 12];
        let bytes = self.number.to_be_bytes().into_iter().chain([u8::from(self.last)]);
        nonce.iter_mut().skip(3).zip(bytes).for_each(|(to, from)| *to = from);
        nonce
    }
}

/// Cuts what is written into chunks and has each sealed.
#[derive(Debug, Default)]
pub struct ChunkSplitter {
    number: u64,
    chunk: Vec<u8>,
}

impl ChunkSplitter {
    /// At the beginning of a file.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes bytes in; gives the sealed chunks that are full and not the last.
    ///
    /// # Errors
    /// When sealing fails.
    pub fn write<E>(
        &mut self,
        mut bytes: &[u8],
        mut seal: impl FnMut(ChunkNonce, &[u8]) -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        let mut out = Vec::new();
        while !bytes.is_empty() {
            if self.chunk.len() == CHUNK {
                out.extend(seal(ChunkNonce { number: self.number, last: false }, &self.chunk)?);
                self.number += 1;
                self.chunk.clear();
            }
            let (now, rest) = bytes.split_at(bytes.len().min(CHUNK - self.chunk.len()));
            self.chunk.extend_from_slice(now);
            bytes = rest;
        }
        Ok(out)
    }

    /// The last chunk, sealed.
    ///
    /// # Errors
    /// When sealing fails.
    pub fn finish<E>(
        self,
        mut seal: impl FnMut(ChunkNonce, &[u8]) -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        seal(ChunkNonce { number: self.number, last: true }, &self.chunk)
    }
}

/// Puts together what sealed chunks hold.
#[derive(Debug, Default)]
pub struct ChunkJoiner {
    number: u64,
    sealed: Vec<u8>,
}

impl ChunkJoiner {
    /// After the head of a file.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes bytes of the file in; gives what the chunks hold that are full and not the last.
    ///
    /// # Errors
    /// `Damaged` when one does not open.
    pub fn read(
        &mut self,
        mut bytes: &[u8],
        mut open: impl FnMut(ChunkNonce, &[u8]) -> Option<Vec<u8>>,
    ) -> Result<Vec<u8>, PouchRefusal> {
        let mut out = Vec::new();
        while !bytes.is_empty() {
            if self.sealed.len() == CHUNK + TAG {
                let nonce = ChunkNonce { number: self.number, last: false };
                let chunk = open(nonce, &self.sealed).ok_or(PouchRefusal::Damaged { number: self.number })?;
                out.extend(chunk);
                self.number += 1;
                self.sealed.clear();
            }
            let (now, rest) = bytes.split_at(bytes.len().min(CHUNK + TAG - self.sealed.len()));
            self.sealed.extend_from_slice(now);
            bytes = rest;
        }
        Ok(out)
    }

    /// The file ends here: what its last chunk holds, and whether the file is whole. A file cut off within
    /// a chunk loses that chunk; one cut off between two loses nothing of those before.
    pub fn finish(self, mut open: impl FnMut(ChunkNonce, &[u8]) -> Option<Vec<u8>>) -> (Vec<u8>, bool) {
        let number = self.number;
        let mut as_one = |last| {
            let empty_beside_others = last && number > 0 && self.sealed.len() == TAG;
            open(ChunkNonce { number, last }, &self.sealed).filter(|_| !empty_beside_others)
        };
        if let Some(chunk) = as_one(true) {
            return (chunk, true);
        }
        let full = self.sealed.len() == CHUNK + TAG;
        (full.then(|| as_one(false)).flatten().unwrap_or_default(), false)
    }
}

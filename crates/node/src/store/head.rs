//! `store.head`: one tag per page of the database file, authenticated.
//!
//! ```text
//! "CSHEAD1\0" | in use u64 | generation u64 | commit u64 | made i64 | pages u64 | pages x tag (16 bytes) | HMAC-SHA256
//! ```
//! Numbers are little-endian. A tag is the first half of the HMAC that SQLCipher keeps at the end of
//! the page; reading the tags back needs no decryption, only the tail of each page.

use std::io;
use std::path::Path;

use aws_lc_rs::hmac;
use counterseal_model::Timestamp;

use super::error::StoreError;
use super::faults::{Faults, Step};
use super::files::{self, HEAD};

const MAGIC: &[u8; 8] = b"CSHEAD1\0";
const LABEL: &[u8] = b"counterseal/cs1/store/head\0";

/// The part of a page's HMAC that stands for the page.
pub(super) type Tag = [u8; 16];

/// What the database file must look like.
pub(super) struct Head {
    /// Set before the first commit after opening, cleared when the store is closed: without it, a
    /// store whose logs were cut off would look as if it had been closed.
    pub(super) in_use: bool,
    /// Rises by one each time the write-ahead file is folded in.
    pub(super) generation: u64,
    /// The last commit that is in the database file.
    pub(super) commit: u64,
    /// When that commit was made.
    pub(super) made: Timestamp,
    /// Tag of page n+1 at index n.
    pub(super) tags: Vec<Tag>,
}

impl Head {
    pub(super) fn empty() -> Self {
        Self { in_use: false, generation: 0, commit: 0, made: Timestamp(0), tags: Vec::new() }
    }

    /// Notes the tag of page `number` (from 1).
    pub(super) fn set(&mut self, number: u32, tag: Tag) {
        let Some(index) = (number as usize).checked_sub(1) else { return };
        if index >= self.tags.len() {
            self.tags.resize(index + 1, Tag::default());
        }
        if let Some(slot) = self.tags.get_mut(index) {
            *slot = tag;
        }
    }

    pub(super) fn save(&self, dir: &Path, key: &[u8; 32], faults: &dyn Faults) -> Result<(), StoreError> {
        let failed = |e: io::Error| StoreError::io("write store.head", e);
        let bytes = self.to_bytes(key);
        faults.enter(Step::HeadWrite).map_err(failed)?;
        files::write_beside(dir, HEAD, &bytes).map_err(failed)?;
        faults.leave(Step::HeadWrite).map_err(failed)?;
        faults.enter(Step::HeadRename).map_err(failed)?;
        files::move_into_place(dir, HEAD).map_err(failed)?;
        faults.leave(Step::HeadRename).map_err(failed)
    }

    pub(super) fn load(dir: &Path, key: &[u8; 32]) -> Result<Self, StoreError> {
        let bytes = match std::fs::read(dir.join(HEAD)) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::damaged(HEAD, "the file is missing"));
            }
            Err(e) => return Err(StoreError::io("read store.head", e)),
        };
        Self::from_bytes(&bytes, key)
            .ok_or_else(|| StoreError::damaged(HEAD, "its authentication code does not fit its content"))
    }

    fn to_bytes(&self, key: &[u8; 32]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.tags.len() * 16 + 80);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&u64::from(self.in_use).to_le_bytes());
        bytes.extend_from_slice(&self.generation.to_le_bytes());
        bytes.extend_from_slice(&self.commit.to_le_bytes());
        bytes.extend_from_slice(&self.made.0.to_le_bytes());
        bytes.extend_from_slice(&(self.tags.len() as u64).to_le_bytes());
        bytes.extend_from_slice(self.tags.as_flattened());
        let mac = sign(key, &bytes);
        bytes.extend_from_slice(mac.as_ref());
        bytes
    }

    fn from_bytes(bytes: &[u8], key: &[u8; 32]) -> Option<Self> {
        let (mut content, mac) = bytes.split_at_checked(bytes.len().checked_sub(32)?)?;
        aws_lc_rs::constant_time::verify_slices_are_equal(sign(key, content).as_ref(), mac).ok()?;
        if &files::take::<8>(&mut content)? != MAGIC {
            return None;
        }
        let in_use = files::take_u64(&mut content)? != 0;
        let generation = files::take_u64(&mut content)?;
        let commit = files::take_u64(&mut content)?;
        let made = Timestamp(files::take_u64(&mut content)?.cast_signed());
        let pages = files::take_u64(&mut content)?;
        let (tags, rest) = content.as_chunks::<16>();
        let whole = rest.is_empty() && tags.len() as u64 == pages;
        whole.then(|| Self { in_use, generation, commit, made, tags: tags.to_vec() })
    }
}

fn sign(key: &[u8; 32], content: &[u8]) -> hmac::Tag {
    files::mac(key, &[LABEL, content])
}

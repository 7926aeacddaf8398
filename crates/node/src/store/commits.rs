//! `store.commits`: one record per commit since the head was written. Appending one *is* the commit.
//!
//! ```text
//! generation u64 | number u64 | salt (8) | frames u64 | digest (32) | made i64 | HMAC-SHA256 (32)
//! ```
//! Numbers are little-endian. Each code also covers the code before it, so that records can't be
//! dropped from the middle or reordered.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use counterseal_model::Timestamp;

use super::error::StoreError;
use super::faults::{Faults, Step};
use super::files::{self, COMMITS, HEAD};

const LABEL: &[u8] = b"counterseal/cs1/store/commit\0";
const CONTENT: usize = 72;
const RECORD: usize = CONTENT + 32;

/// What one commit left in the write-ahead file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CommitRecord {
    /// The head's generation this follows.
    pub(super) generation: u64,
    /// Number of the commit, from the store's creation.
    pub(super) number: u64,
    /// The write-ahead file's salt.
    pub(super) salt: [u8; 8],
    /// Frames in the write-ahead file, this commit's included.
    pub(super) frames: u64,
    /// Running digest over the page numbers and tags of all these frames.
    pub(super) digest: [u8; 32],
    /// When the commit was made.
    pub(super) made: Timestamp,
}

impl CommitRecord {
    fn content(&self) -> [u8; CONTENT] {
        let mut content = [0; CONTENT];
        let fields: [&[u8]; 6] = [
            &self.generation.to_le_bytes(),
            &self.number.to_le_bytes(),
            &self.salt,
            &self.frames.to_le_bytes(),
            &self.digest,
            &self.made.0.to_le_bytes(),
        ];
        for (slot, byte) in content.iter_mut().zip(fields.into_iter().flatten()) {
            *slot = *byte;
        }
        content
    }

    fn from_content(mut content: &[u8]) -> Option<Self> {
        Some(Self {
            generation: files::take_u64(&mut content)?,
            number: files::take_u64(&mut content)?,
            salt: files::take(&mut content)?,
            frames: files::take_u64(&mut content)?,
            digest: files::take(&mut content)?,
            made: Timestamp(files::take_u64(&mut content)?.cast_signed()),
        })
    }
}

/// Bytes that a disk writes as a whole, at least.
const SECTOR: usize = 512;

/// Whether a record that begins at `start` never reached the disk, or only the sectors of its beginning or its end
/// did: the others are zeros.
fn is_unwritten(record: &[u8], start: usize) -> bool {
    let is_zero = |part: &[u8]| part.iter().all(|byte| *byte == 0);
    let (before, after) = record.split_at((SECTOR - start % SECTOR).min(record.len()));
    is_zero(before) || (!after.is_empty() && is_zero(after))
}

/// The open file, and its last record.
pub(super) struct CommitLog {
    file: File,
    last: Option<(CommitRecord, [u8; 32])>,
    superseded: bool,
}

impl CommitLog {
    /// The file of a new store.
    pub(super) fn create(dir: &Path) -> Result<Self, StoreError> {
        let made = files::private().create_new(true).write(true).open(dir.join(COMMITS));
        let file = made.map_err(|e| StoreError::io("make store.commits", e))?;
        Ok(Self { file, last: None, superseded: false })
    }

    /// Whether the records found were folded into the head already.
    pub(super) fn superseded(&self) -> bool {
        self.superseded
    }

    /// Reads the records that follow the head of `generation`. Older ones were folded into it
    /// before the file could be emptied, and are passed over. Half a record at the end was being
    /// written when the machine stopped: it was never acknowledged.
    pub(super) fn open(dir: &Path, generation: u64, key: &[u8; 32]) -> Result<Self, StoreError> {
        let failed = |e: io::Error| match e.kind() {
            io::ErrorKind::NotFound => StoreError::damaged(COMMITS, "the file is missing"),
            _ => StoreError::io("read store.commits", e),
        };
        let path = dir.join(COMMITS);
        let mut file = files::private().read(true).write(true).open(&path).map_err(failed)?;
        let bytes = std::fs::read(&path).map_err(failed)?;
        let mut last: Option<(CommitRecord, [u8; 32])> = None;
        let (mut whole, _unfinished) = bytes.as_chunks::<RECORD>();
        // Some file systems keep a length whose content never reached the disk: zeros.
        if let Some((last, before)) = whole.split_last()
            && is_unwritten(last, before.len() * RECORD)
        {
            whole = before;
        }
        for (nth, bytes) in whole.iter().enumerate() {
            let (content, mac) = bytes.split_at(CONTENT);
            let before = last.map_or([0; 32], |(_, mac)| mac);
            let expected = files::mac(key, &[LABEL, &before, content]);
            let fits = aws_lc_rs::constant_time::verify_slices_are_equal(expected.as_ref(), mac).is_ok();
            let (Some(record), Some(mac), true) =
                (CommitRecord::from_content(content), mac.first_chunk::<32>(), fits)
            else {
                return Err(StoreError::damaged(
                    COMMITS,
                    format!("commit record {nth} does not fit its code"),
                ));
            };
            last = Some((record, *mac));
        }
        // Records are only written after the head that they follow is in place for good.
        if last.is_some_and(|(record, _)| record.generation > generation) {
            return Err(StoreError::damaged(HEAD, "it is older than the commits that follow it"));
        }
        let superseded = last.is_some_and(|(record, _)| record.generation != generation);
        let last = last.filter(|_| !superseded);
        let keep = if last.is_some() { (whole.len() * RECORD) as u64 } else { 0 };
        file.seek(SeekFrom::Start(keep)).map_err(failed)?;
        Ok(Self { file, last, superseded })
    }

    /// Cuts off what is not to be kept: records that were folded in, and an unfinished one. After the
    /// write-ahead file was cut, for they say whether that may be.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        let kept = self.file.stream_position().and_then(|keep| self.file.set_len(keep));
        kept.map_err(|e| StoreError::io("cut store.commits", e))
    }

    pub(super) fn last(&self) -> Option<CommitRecord> {
        self.last.map(|(record, _)| record)
    }

    /// Appends a record and flushes it: the commit point.
    pub(super) fn append(
        &mut self,
        record: CommitRecord,
        key: &[u8; 32],
        faults: &dyn Faults,
    ) -> Result<(), StoreError> {
        let failed = StoreError::Unsure;
        let content = record.content();
        let before = self.last.map_or([0; 32], |(_, mac)| mac);
        let tag = files::mac(key, &[LABEL, &before, &content]);
        let mut mac = [0; 32];
        mac.iter_mut().zip(tag.as_ref()).for_each(|(slot, byte)| *slot = *byte);
        faults.enter(Step::CommitRecord).map_err(failed)?;
        self.file.write_all(&[content.as_slice(), &mac].concat()).map_err(failed)?;
        self.file.sync_data().map_err(failed)?;
        faults.leave(Step::CommitRecord).map_err(failed)?;
        self.last = Some((record, mac));
        Ok(())
    }

    /// Empties the file, once its commits are in the database.
    pub(super) fn clear(&mut self) -> Result<(), StoreError> {
        let failed = |e: io::Error| StoreError::io("empty store.commits", e);
        self.file.set_len(0).map_err(failed)?;
        self.file.rewind().map_err(failed)?;
        self.file.sync_data().map_err(failed)?;
        self.last = None;
        Ok(())
    }
}

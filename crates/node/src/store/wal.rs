//! SQLite's write-ahead file, read from outside: which pages each commit wrote.
//!
//! The format is <https://www.sqlite.org/fileformat2.html#the_write_ahead_log>: a 32-byte header,
//! then frames of a 24-byte head (page number, database size after a commit or 0, two salts, two
//! checksums; big-endian) and one page. Only the heads and the tails of the pages are read.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest;

use super::commits::CommitRecord;
use super::error::StoreError;
use super::files::{self, WAL};
use super::head::{Head, Tag};
use super::{PAGE_SIZE, RESERVE};

const HEADER: u64 = 32;
const FRAME_HEAD: u64 = 24;
const FRAME: u64 = FRAME_HEAD + PAGE_SIZE as u64;
/// Bytes of the IV, which stands before the HMAC in a page's tail.
const IV: usize = 16;

/// What a frame says, as far as we need it.
struct Frame {
    page: u32,
    /// Pages in the database after the commit that this frame ends; 0 inside a transaction.
    size: u32,
    salt: [u8; 8],
    tag: Tag,
}

/// How far the write-ahead file was read, and the running digest up to there.
pub(super) struct WalReader {
    path: PathBuf,
    file: Option<File>,
    pub(super) salt: [u8; 8],
    pub(super) frames: u64,
    pub(super) digest: [u8; 32],
}

impl WalReader {
    pub(super) fn new(dir: &Path) -> Self {
        Self { path: dir.join(WAL), file: None, salt: [0; 8], frames: 0, digest: [0; 32] }
    }

    /// Bytes of the write-ahead file that are in use.
    pub(super) fn bytes(&self) -> u64 {
        if self.frames == 0 { 0 } else { HEADER + self.frames * FRAME }
    }

    /// Makes durable what became of the file.
    pub(super) fn flush(&self) -> io::Result<()> {
        match files::private().write(true).open(&self.path) {
            Ok(file) => file.sync_all(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(e) => Err(e),
        }
    }

    /// Begins again, after SQLite emptied the file.
    pub(super) fn restart(&mut self) {
        self.file = None;
        (self.salt, self.frames, self.digest) = ([0; 8], 0, [0; 32]);
    }

    /// Reads what the transaction just committed wrote, and notes its pages' tags in `head`.
    /// `false` when it wrote nothing.
    ///
    /// A transaction that spilled and rolled back may leave frames behind, but none of them ends a
    /// commit; a commit that failed poisons the store. So the first frame that ends a commit is ours.
    pub(super) fn read_commit(&mut self, head: &mut Head) -> Result<bool, StoreError> {
        let mut tags = Vec::new();
        let (mut frames, mut digest) = (self.frames, self.digest);
        loop {
            let Some(frame) = self.frame(frames)? else { return Ok(false) };
            frames += 1;
            digest = frame.chain(&digest);
            tags.push((frame.page, frame.tag));
            if frame.size != 0 {
                for (page, tag) in tags {
                    head.set(page, tag);
                }
                head.tags.truncate(frame.size as usize);
                (self.salt, self.frames, self.digest) = (frame.salt, frames, digest);
                return Ok(true);
            }
        }
    }

    /// Checks the file against the last commit record, cuts off what was never acknowledged, and
    /// gives the pages whose newest version is in it.
    pub(super) fn replay(
        &mut self,
        record: Option<CommitRecord>,
        superseded: bool,
        head: &mut Head,
    ) -> Result<BTreeSet<u32>, StoreError> {
        let mut pages = BTreeSet::new();
        let target = record.map_or(0, |record| record.frames);
        while self.frames < target {
            let Some(frame) = self.frame(self.frames)? else {
                return Err(StoreError::damaged(
                    WAL,
                    format!("frame {} of {target} is missing", self.frames),
                ));
            };
            self.frames += 1;
            self.digest = frame.chain(&self.digest);
            self.salt = frame.salt;
            head.set(frame.page, frame.tag);
            pages.insert(frame.page);
            if self.frames == target {
                head.tags.truncate(frame.size as usize);
            }
        }
        if let Some(record) = record
            && (record.digest != self.digest || record.salt != self.salt)
        {
            return Err(StoreError::damaged(WAL, "its pages are not the ones that were acknowledged"));
        }
        if !superseded && self.commits_beyond()? > 1 {
            let what = "it holds commits that were acknowledged and are missing from store.commits";
            return Err(StoreError::damaged(WAL, what));
        }
        self.cut().map_err(|e| StoreError::io("cut the write-ahead file", e))?;
        Ok(pages)
    }

    /// The pages that the first `frames` frames hold.
    pub(super) fn pages(&mut self, frames: u64) -> Result<BTreeSet<u32>, StoreError> {
        let mut pages = BTreeSet::new();
        for index in 0..frames {
            pages.extend(self.frame(index)?.map(|frame| frame.page));
        }
        Ok(pages)
    }

    /// Commits after the last acknowledged one. The program stops at the first it cannot acknowledge,
    /// so a crash leaves one at most.
    fn commits_beyond(&mut self) -> Result<u32, StoreError> {
        let (mut at, mut commits, salt) = (self.frames, 0, self.salt);
        while let Some(frame) = self.frame(at)? {
            if at > 0 && frame.salt != salt && self.frames > 0 {
                break; // left from before the file was begun again
            }
            commits += u32::from(frame.size != 0);
            at += 1;
        }
        Ok(commits)
    }

    fn cut(&mut self) -> io::Result<()> {
        self.file = None;
        match files::private().write(true).open(&self.path) {
            Ok(file) if file.metadata()?.len() > self.bytes() => {
                file.set_len(self.bytes())?;
                file.sync_all()
            }
            Ok(_) => Ok(()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(e) => Err(e),
        }
    }

    fn frame(&mut self, index: u64) -> Result<Option<Frame>, StoreError> {
        let failed = |e: io::Error| StoreError::io("read the write-ahead file", e);
        let file = match &mut self.file {
            Some(file) => file,
            none => match File::open(&self.path) {
                Ok(file) => none.insert(file),
                Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(e) => return Err(failed(e)),
            },
        };
        let at = HEADER + index * FRAME;
        let mut bytes = [0; FRAME_HEAD as usize];
        let mut tail = [0; RESERVE];
        let whole = files::read_at(file, at, &mut bytes).map_err(failed)?
            && files::read_at(file, at + FRAME - RESERVE as u64, &mut tail).map_err(failed)?;
        Ok(whole.then(|| Frame::parse(&bytes, &tail)).flatten())
    }
}

impl Frame {
    fn parse(mut bytes: &[u8], tail: &[u8]) -> Option<Self> {
        let page = u32::from_be_bytes(files::take(&mut bytes)?);
        let size = u32::from_be_bytes(files::take(&mut bytes)?);
        let salt = files::take(&mut bytes)?;
        Some(Self { page, size, salt, tag: tag_of(tail)? })
    }

    fn chain(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(before);
        context.update(&self.page.to_be_bytes());
        context.update(&self.size.to_be_bytes());
        context.update(&self.tag);
        let mut digest = [0; 32];
        digest.iter_mut().zip(context.finish().as_ref()).for_each(|(slot, byte)| *slot = *byte);
        digest
    }
}

/// The tag in a page's last `RESERVE` bytes.
pub(super) fn tag_of(tail: &[u8]) -> Option<Tag> {
    tail.get(IV..IV + 16)?.try_into().ok()
}

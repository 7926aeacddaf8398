//! Plain file work the store needs beside SQLite's own.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
#[cfg(not(unix))]
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use aws_lc_rs::hmac;

/// The database.
pub(super) const DATABASE: &str = "store.db";
/// SQLite's write-ahead file.
pub(super) const WAL: &str = "store.db-wal";
/// Tags of the database's pages.
pub(super) const HEAD: &str = "store.head";
/// Commit records since the head.
pub(super) const COMMITS: &str = "store.commits";
/// Locked while a program has the store.
pub(super) const LOCK: &str = "store.lock";

/// Writes `bytes` to `dir/name` so that a reader finds the old file or the new one, never a mixture.
pub(crate) fn replace(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    write_beside(dir, name, bytes)?;
    move_into_place(dir, name)
}

pub(super) fn write_beside(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = private().create(true).truncate(true).write(true).open(dir.join(format!("{name}.new")))?;
    file.write_all(bytes)?;
    file.sync_all()
}

pub(super) fn move_into_place(dir: &Path, name: &str) -> io::Result<()> {
    std::fs::rename(dir.join(format!("{name}.new")), dir.join(name))?;
    flush_directory(dir)
}

/// Options that open files for their owner alone, where the system knows owners.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a rename durable. Windows has no such call and does not need it.
pub(crate) fn flush_directory(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

/// Fills `buffer` from `offset`; whether there were enough bytes. Opening a large store does this
/// once a page, so it is one system call where the system has one.
pub(super) fn read_at(file: &mut File, offset: u64, buffer: &mut [u8]) -> io::Result<bool> {
    #[cfg(unix)]
    let read = std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset);
    #[cfg(not(unix))]
    let read = file.seek(SeekFrom::Start(offset)).and_then(|_| file.read_exact(buffer));
    match read {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}

/// HMAC-SHA256 over the pieces, one after the other; every caller's pieces have fixed lengths or
/// come last.
pub(super) fn mac(key: &[u8; 32], pieces: &[&[u8]]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    for piece in pieces {
        context.update(piece);
    }
    context.sign()
}

/// The next eight bytes as a little-endian number.
pub(super) fn take_u64(bytes: &mut &[u8]) -> Option<u64> {
    let (first, rest) = bytes.split_first_chunk::<8>()?;
    *bytes = rest;
    Some(u64::from_le_bytes(*first))
}

/// The next `N` bytes.
pub(super) fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*first)
}

//! For tests: what whoever has the store's key reads from its files, in use or not.

use std::path::Path;

use aws_lc_rs::cipher::{AES_256, DecryptingKey, DecryptionContext, UnboundCipherKey};
use aws_lc_rs::iv::FixedLength;

use super::files::{DATABASE, WAL};
use super::{PAGE_SIZE, RESERVE, StoreKeys};

/// Every page of the database file and of the write-ahead file, decrypted: free pages and frames that a later one
/// replaced too.
pub(crate) fn on_disk(dir: &Path, keys: &StoreKeys) -> Vec<u8> {
    let page = PAGE_SIZE as usize;
    let database = std::fs::read(dir.join(DATABASE)).unwrap();
    let wal = std::fs::read(dir.join(WAL)).unwrap_or_default();
    let mut all = Vec::new();
    for (n, bytes) in database.chunks_exact(page).enumerate() {
        all.extend(decrypted(bytes, n == 0, keys));
    }
    // A header of 32 bytes, then frames of a head of 24, which begins with the page's number, and a page.
    for frame in wal.get(32..).unwrap_or_default().chunks_exact(24 + page) {
        all.extend(decrypted(&frame[24..], frame[..4] == [0, 0, 0, 1], keys));
    }
    all
}

/// The first page begins with SQLCipher's salt, in the clear.
fn decrypted(page: &[u8], first: bool, keys: &StoreKeys) -> Vec<u8> {
    let (from, end) = (if first { 16 } else { 0 }, page.len() - RESERVE);
    let iv: [u8; 16] = page[end..end + 16].try_into().unwrap();
    let key = UnboundCipherKey::new(&AES_256, keys.database.as_slice()).unwrap();
    let mut bytes = page[from..end].to_vec();
    let context = DecryptionContext::Iv128(FixedLength::from(iv));
    DecryptingKey::cbc(key).unwrap().decrypt(&mut bytes, context).unwrap();
    bytes
}

//! The keys under which a trustee's pads and unwrapping keys are sealed a second time, some hundred of them under one
//! key, so that a few can be erased: the others are sealed anew and the key is destroyed. Bytes in, bytes out.
//! Normative text: docs/spec/trustee.md, section 3.
//!
//! ```text
//! sealed row = salt (32) ‖ AES-256-GCM(Expand(segment key, L("trustee/row") ‖ salt), nonce 0^96, aad = place, secret)
//! key file   = "CSSEGM1\0" ‖ salt (32) ‖ AES-256-GCM(Expand(store root, L("trustee/segments") ‖ salt), nonce 0^96,
//!              aad = "CSSEGM1\0", serial u64 ‖ commit u64 ‖ next u64 ‖ count u32 ‖ count × (number u64 ‖ key (32)))
//! ```

use std::collections::BTreeMap;

use counterseal_register::sha256;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::device::KeyUnusable;
use crate::once::TAG_LEN;
use crate::opener::CannotOpen;
use crate::schedule::{derive_row_key, derive_row_salt, derive_segments_key, derive_segments_salt};
use crate::secrets::{SegmentKey, StoreRoot};

const MAGIC: &[u8; 8] = b"CSSEGM1\0";

impl SegmentKey {
    /// Seals a secret for one place in the store. Another place, or another sealing, is another key.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn seal_row(
        &self,
        rng: &mut impl CryptoRng,
        place: &[u8],
        secret: &[u8],
    ) -> Result<Vec<u8>, KeyUnusable> {
        let mut random = Zeroizing::new([0; 32]);
        rng.fill_bytes(random.as_mut_slice());
        let salt = derive_row_salt(self, &random, &sha256(&[place]), &sha256(&[secret]));
        let mut sealed = Zeroizing::new(secret.to_vec());
        let tag = derive_row_key(self, &salt).seal(place, &mut sealed).map_err(|_| KeyUnusable)?;
        Ok([&salt[..], &sealed, &tag].concat())
    }

    /// Opens what `seal_row` sealed for this place.
    ///
    /// # Errors
    /// `CannotOpen`, whatever is wrong.
    pub fn open_row(&self, place: &[u8], row: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        let (salt, sealed) = row.split_first_chunk::<32>().ok_or(CannotOpen)?;
        let len = sealed.len().checked_sub(TAG_LEN).ok_or(CannotOpen)?;
        let mut secret = Zeroizing::new(vec![0; len]);
        derive_row_key(self, salt).open(place, sealed, &mut secret).map_err(|_| CannotOpen)?;
        Ok(secret)
    }
}

/// The keys of all segments there are. They live in a file of their own, which is replaced whole.
#[derive(Debug, Default)]
pub struct SegmentKeys {
    /// Rises by one whenever the file is replaced.
    pub serial: u64,
    /// The store's last commit when it was: a database that is older was put back.
    pub commit: u64,
    next: u64,
    keys: BTreeMap<u64, SegmentKey>,
}

impl SegmentKeys {
    /// The key of a segment; `None` once it is destroyed.
    #[must_use]
    pub fn get(&self, segment: u64) -> Option<&SegmentKey> {
        self.keys.get(&segment)
    }

    /// Makes the key of a new segment and gives its number, which no other segment has or had.
    pub fn begin(&mut self, rng: &mut impl CryptoRng) -> u64 {
        let number = self.next;
        self.next = number.saturating_add(1);
        self.keys.insert(number, SegmentKey::make(rng));
        number
    }

    /// Destroys a segment's key in memory; whether it was there.
    pub fn destroy(&mut self, segment: u64) -> bool {
        self.keys.remove(&segment).is_some()
    }

    /// Destroys the keys of all segments that `is_used` denies; how many.
    pub fn keep_only(&mut self, is_used: impl Fn(u64) -> bool) -> u64 {
        let before = self.keys.len();
        self.keys.retain(|number, _| is_used(*number));
        (before - self.keys.len()) as u64
    }

    /// The segments that have a key, in order.
    pub fn segments(&self) -> impl Iterator<Item = u64> {
        self.keys.keys().copied()
    }

    /// The file.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn seal(&self, rng: &mut impl CryptoRng, root: &StoreRoot) -> Result<Vec<u8>, KeyUnusable> {
        let mut content = Zeroizing::new(Vec::with_capacity(28 + self.keys.len() * 40));
        for number in [self.serial, self.commit, self.next] {
            content.extend_from_slice(&number.to_be_bytes());
        }
        content.extend_from_slice(&u32::try_from(self.keys.len()).map_err(|_| KeyUnusable)?.to_be_bytes());
        for (number, key) in &self.keys {
            content.extend_from_slice(&number.to_be_bytes());
            content.extend_from_slice(key.reveal());
        }
        let mut random = Zeroizing::new([0; 32]);
        rng.fill_bytes(random.as_mut_slice());
        let salt = derive_segments_salt(root, &random, &sha256(&[&content]));
        let tag = derive_segments_key(root, &salt).seal(MAGIC, &mut content).map_err(|_| KeyUnusable)?;
        Ok([&MAGIC[..], &salt, &content, &tag].concat())
    }

    /// Reads the file.
    ///
    /// # Errors
    /// `CannotOpen`, whatever is wrong.
    pub fn open(root: &StoreRoot, file: &[u8]) -> Result<Self, CannotOpen> {
        let rest = file.strip_prefix(MAGIC).ok_or(CannotOpen)?;
        let (salt, sealed) = rest.split_first_chunk::<32>().ok_or(CannotOpen)?;
        let len = sealed.len().checked_sub(TAG_LEN).ok_or(CannotOpen)?;
        let mut content = Zeroizing::new(vec![0; len]);
        derive_segments_key(root, salt).open(MAGIC, sealed, &mut content).map_err(|_| CannotOpen)?;
        Self::read(&content).ok_or(CannotOpen)
    }

    fn read(content: &[u8]) -> Option<Self> {
        let (serial, rest) = content.split_first_chunk::<8>()?;
        let (commit, rest) = rest.split_first_chunk::<8>()?;
        let (next, rest) = rest.split_first_chunk::<8>()?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let (rows, after) = rest.as_chunks::<40>();
        let next = u64::from_be_bytes(*next);
        let mut keys = BTreeMap::new();
        for row in rows {
            let number = u64::from_be_bytes(*row.first_chunk()?);
            keys.insert(number, SegmentKey::from_bytes(row.last_chunk()?));
        }
        let whole = after.is_empty() && rows.len() == u32::from_be_bytes(*count) as usize;
        let ordered = keys.len() == rows.len() && keys.keys().all(|number| *number < next);
        let (serial, commit) = (u64::from_be_bytes(*serial), u64::from_be_bytes(*commit));
        (whole && ordered).then_some(Self { serial, commit, next, keys })
    }
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    #[test]
    fn a_row_opens_at_its_place_under_its_key_alone() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let (key, other) = (SegmentKey::make(&mut rng), SegmentKey::make(&mut rng));
        let row = key.seal_row(&mut rng, b"here", &[7; 32]).unwrap();
        assert_eq!(key.open_row(b"here", &row).unwrap().as_slice(), &[7; 32]);
        assert!(key.open_row(b"there", &row).is_err(), "another place");
        assert!(other.open_row(b"here", &row).is_err(), "another segment");
        for at in 0..row.len() {
            let mut bent = row.clone();
            bent[at] ^= 1;
            assert!(key.open_row(b"here", &bent).is_err(), "byte {at}");
        }
        assert!(key.open_row(b"here", &row[..40]).is_err(), "cut off");
    }

    #[test]
    fn repeated_randomness_never_seals_two_secrets_under_one_key() {
        let key = SegmentKey::from_bytes(&[3; 32]);
        let seal = |place: &[u8], secret: &[u8]| {
            key.seal_row(&mut ChaCha20Rng::seed_from_u64(2), place, secret).unwrap()
        };
        assert_eq!(seal(b"a", &[1; 32]), seal(b"a", &[1; 32]));
        assert_ne!(seal(b"a", &[1; 32])[..32], seal(b"a", &[2; 32])[..32], "another secret, another salt");
        assert_ne!(seal(b"a", &[1; 32])[..32], seal(b"b", &[1; 32])[..32], "another place, another salt");
    }

    #[test]
    fn the_key_file_comes_back_whole_and_numbers_are_never_used_again() {
        let mut rng = ChaCha20Rng::seed_from_u64(3);
        let root = StoreRoot::make(&mut rng);
        let mut keys = SegmentKeys { serial: 4, commit: 9, ..SegmentKeys::default() };
        let (first, second) = (keys.begin(&mut rng), keys.begin(&mut rng));
        assert!(keys.destroy(second) && !keys.destroy(second));
        let file = keys.seal(&mut rng, &root).unwrap();
        let mut read = SegmentKeys::open(&root, &file).unwrap();
        assert_eq!((read.serial, read.commit, read.get(first)), (4, 9, keys.get(first)));
        assert!(read.get(second).is_none());
        assert!(read.begin(&mut rng) > second, "a number that was destroyed does not come back");
        assert!(SegmentKeys::open(&StoreRoot::make(&mut rng), &file).is_err(), "another root");
        for at in 0..file.len() {
            let mut bent = file.clone();
            bent[at] ^= 1;
            assert!(SegmentKeys::open(&root, &bent).is_err(), "byte {at}");
        }
        assert!(!format!("{read:?}").contains("SegmentKey(["), "{read:?}");
    }
}

//! Files: key files, pouches, the store, what waits; and single messages to one receiver.

use counterseal_register::{Label, sha256};
use zeroize::Zeroizing;

use super::{
    HPKE_DRAW, HPKE_SEED, KEY_FILE_KEY, KEY_FILE_SALT, POUCH_SEED, Prk, STORE_COMMIT, STORE_DB, STORE_PAGES,
    WAITING_KEY, WAITING_SALT,
};
use crate::hedged::Hedged;
use crate::secrets::{
    ChunkKey, DatabaseKey, HedgeKey, InvitationSecret, OnceKey, PageTagKey, PouchKey, StoreHeadKey, StoreRoot,
};

/// The salt of a key file. Keyed by randomness over what is sealed, so that repeated randomness meets
/// the same salt only for the same secrets.
pub(crate) fn derive_keyfile_salt(random: &[u8; 32], secrets: &[u8]) -> [u8; 32] {
    *Prk::of(random).mac(&[KEY_FILE_SALT, secrets])
}

/// The key of a key file, from what Argon2id made of the passphrase. The header is in it, so that two
/// headers never share a key and a nonce.
pub(crate) fn derive_keyfile_key(stretched: &[u8; 32], header_hash: &[u8; 32]) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(stretched).expand(&[KEY_FILE_KEY, header_hash]))
}

/// The seed of everything random about a pouch: hedged like an entry's salt, so that repeated randomness
/// meets the same file key only for the same content and the same receivers.
pub(crate) fn derive_pouch_seed(
    hedge: &HedgeKey,
    random: &[u8; 32],
    receivers: &[u8; 32],
    content: &[u8; 32],
) -> Zeroizing<[u8; 32]> {
    Prk::of(hedge.reveal()).mac(&[POUCH_SEED, random, receivers, content])
}

/// The `n`th 32 bytes drawn from a hedged seed; of a pouch's: its file key, then what wraps it and the
/// slots' order.
pub(crate) fn derive_drawn_block(seed: &Prk, purpose: &'static [u8], n: u64) -> Zeroizing<[u8; 32]> {
    seed.expand(&[purpose, &n.to_be_bytes()])
}

/// The key of a pouch's chunks, one key for all of them: their nonces are numbers, and the last is marked.
/// The head is in it, so that nobody puts another head before the same chunks.
pub(crate) fn derive_pouch_chunk_key(file: &PouchKey, head: &[u8; 32]) -> ChunkKey {
    ChunkKey::from_bytes(&Prk::of(file.reveal()).expand(&[Label::POUCH_FILE.bytes(), head]))
}

/// What seals one message to one public key. No key of its own hedges it: randomness that repeats, repeats
/// this only for the same message to the same receiver.
pub(crate) fn derive_hpke_seed(random: &[u8; 32], public: &[u8], info: &[u8], plaintext: &[u8]) -> Hedged {
    let message = [public, info, plaintext].map(|piece| sha256(&[piece]));
    let seed = Prk::of(random).mac(&[HPKE_SEED, message.as_flattened()]);
    Hedged::new(Prk::of(&seed), HPKE_DRAW)
}

/// The key of everything that rests on an invitation's secret: 128 bits that are uniform, but half a key,
/// so they are extracted. The commitment is the salt: another invitation is another key, whatever its secret.
pub(crate) fn derive_invitation_prk(commitment: &[u8; 32], secret: &InvitationSecret) -> Prk {
    Prk::extract(commitment, &[secret.reveal()])
}

/// The salt of what a device keeps while it waits to join: hedged like an entry's, because it is written
/// more than once.
pub(crate) fn derive_waiting_salt(hedge: &HedgeKey, random: &[u8; 32], content: &[u8; 32]) -> [u8; 32] {
    *Prk::of(hedge.reveal()).mac(&[WAITING_SALT, random, content])
}

/// The key of what a device keeps while it waits to join.
pub(crate) fn derive_waiting_key(store: &StoreRoot, salt: &[u8; 32]) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(store.reveal()).expand(&[WAITING_KEY, salt]))
}

impl StoreRoot {
    /// The key of the database file.
    #[must_use]
    pub fn derive_database_key(&self) -> DatabaseKey {
        DatabaseKey::from_bytes(&Prk::of(self.reveal()).expand(&[STORE_DB]))
    }

    /// The key that binds the database's pages to their place.
    #[must_use]
    pub fn derive_page_tag_key(&self) -> PageTagKey {
        PageTagKey::from_bytes(&Prk::of(self.reveal()).expand(&[STORE_PAGES]))
    }

    /// The key that authenticates the record of the store's head.
    #[must_use]
    pub fn derive_head_key(&self) -> StoreHeadKey {
        StoreHeadKey::from_bytes(&Prk::of(self.reveal()).expand(&[STORE_COMMIT]))
    }
}

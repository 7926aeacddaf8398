//! The key schedule of suite CS1: every label, every derivation, and the reason for every check. What opens a part is on
//! one screen: `entry`. Normative text: docs/spec/sealing.md, section 1.

mod entry;
mod epoch;
mod files;
#[cfg(test)]
mod known;
mod prk;
mod trustee;

pub(crate) use entry::{
    EntrySeed, derive_coefficient, derive_entry_prk, derive_entry_seed, derive_guarded_prk, derive_pad,
    derive_pad_commitment, derive_part_commitment, derive_part_key, derive_share_commitment, part_aad,
};
pub use epoch::{derive_epoch_commitment, derive_pseudonym};
pub(crate) use epoch::{derive_name_key, derive_name_salt, derive_previous_key};
pub(crate) use files::{
    derive_drawn_block, derive_hpke_seed, derive_invitation_prk, derive_keyfile_key, derive_keyfile_salt,
    derive_pouch_chunk_key, derive_pouch_seed, derive_waiting_key, derive_waiting_salt,
};
pub(crate) use prk::Prk;
pub(crate) use trustee::{
    derive_repair_mask, derive_repair_seed, derive_row_key, derive_row_salt, derive_segments_key,
    derive_segments_salt,
};

// One key, one purpose: every derivation begins with exactly one label, and none begins another. Those
// that only this crate knows stand here; the others are `register::Label`'s.
const NAME_SALT: &[u8] = b"counterseal/cs1/name/salt\0";
const KEY_FILE_SALT: &[u8] = b"counterseal/cs1/key-file/salt\0";
const KEY_FILE_KEY: &[u8] = b"counterseal/cs1/key-file/key\0";
const POUCH_SEED: &[u8] = b"counterseal/cs1/pouch/seed\0";
pub(crate) const POUCH_DRAW: &[u8] = b"counterseal/cs1/pouch/draw\0";
const SHARE_DRAW_SEED: &[u8] = b"counterseal/cs1/share/draw-seed\0";
const SHARE_DRAW: &[u8] = b"counterseal/cs1/share/draw\0";
const HPKE_SEED: &[u8] = b"counterseal/cs1/hpke/seed\0";
const HPKE_DRAW: &[u8] = b"counterseal/cs1/hpke/draw\0";
const WAITING_SALT: &[u8] = b"counterseal/cs1/waiting/salt\0";
const WAITING_KEY: &[u8] = b"counterseal/cs1/waiting/key\0";
const ROW_SALT: &[u8] = b"counterseal/cs1/trustee/row-salt\0";
const ROW_KEY: &[u8] = b"counterseal/cs1/trustee/row\0";
const SEGMENTS_SALT: &[u8] = b"counterseal/cs1/trustee/segments-salt\0";
const SEGMENTS_KEY: &[u8] = b"counterseal/cs1/trustee/segments\0";
const PSEUDONYM: &[u8] = b"counterseal/cs1/pseudonym\0";
const STORE_DB: &[u8] = b"counterseal/cs1/store/db\0";
const STORE_PAGES: &[u8] = b"counterseal/cs1/store/pages\0";
const STORE_COMMIT: &[u8] = b"counterseal/cs1/store/commit\0";

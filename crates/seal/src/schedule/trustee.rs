//! What trustees keep, and how they repair the pads of one that was lost.

use counterseal_model::EntryId;
use counterseal_register::{KeyId, Label};
use zeroize::Zeroizing;

use super::{Prk, ROW_KEY, ROW_SALT, SEGMENTS_KEY, SEGMENTS_SALT};
use crate::secrets::{OnceKey, RepairSeed, SegmentKey, StoreRoot};

/// The seed of the masks that a helper of a repair shares with another. Another repair, or another pair, is another
/// seed; the same repair after a crash has the same, and adds the same bytes again.
pub(crate) fn derive_repair_seed(root: &StoreRoot, order: &[u8; 32], with: &KeyId) -> RepairSeed {
    RepairSeed::from_bytes(&Prk::of(root.reveal()).expand(&[Label::REPAIR_SEED.bytes(), order, &with.0]))
}

/// The mask of one part in a repair: the entry's id stands for its context and for the points in its header, so that
/// no two values are ever added under one mask.
pub(crate) fn derive_repair_mask(
    seed: &RepairSeed,
    order: &[u8; 32],
    entry: &EntryId,
    x: u8,
    index: u32,
) -> Zeroizing<[u8; 32]> {
    let place = [Label::REPAIR_MASK.bytes(), order, entry.as_bytes(), &[x], &index.to_be_bytes()];
    Prk::of(seed.reveal()).expand(&place)
}

/// The salt of a row that a trustee keeps: hedged, because a row is sealed anew whenever a neighbour is erased, and
/// the seed of a key that was drawn twice after a crash must not meet the same key.
pub(crate) fn derive_row_salt(
    segment: &SegmentKey,
    random: &[u8; 32],
    place: &[u8; 32],
    secret: &[u8; 32],
) -> [u8; 32] {
    *Prk::of(segment.reveal()).mac(&[ROW_SALT, random, place, secret])
}

/// The key of one row that a trustee keeps.
pub(crate) fn derive_row_key(segment: &SegmentKey, salt: &[u8; 32]) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(segment.reveal()).expand(&[ROW_KEY, salt]))
}

/// The salt of the file of segments' keys: hedged, because it is replaced again and again.
pub(crate) fn derive_segments_salt(root: &StoreRoot, random: &[u8; 32], content: &[u8; 32]) -> [u8; 32] {
    *Prk::of(root.reveal()).mac(&[SEGMENTS_SALT, random, content])
}

/// The key of the file of segments' keys.
pub(crate) fn derive_segments_key(root: &StoreRoot, salt: &[u8; 32]) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(root.reveal()).expand(&[SEGMENTS_KEY, salt]))
}

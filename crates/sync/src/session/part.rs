//! The pieces of a large entry, as they come.

use super::refusal::SessionRefusal;
use crate::limits::MAX_ENTRY;

/// A large entry that is arriving: which, and how much of it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arriving<K> {
    pub(super) key: K,
    pub(super) next: u64,
    pub(super) total: u64,
}

impl<K: Copy + PartialEq> Arriving<K> {
    /// Takes a piece in. `held` is what was held of this entry before the session. Gives what is expected
    /// next, or nothing when the entry is whole.
    pub(super) fn take(
        before: Option<Self>,
        held: u64,
        key: K,
        (offset, total, bytes): (u64, u64, u64),
    ) -> Result<Option<Self>, SessionRefusal> {
        let same = before.filter(|before| before.key == key);
        // The first piece goes on where the receiver said it stands, or begins anew.
        let expected = same.map_or(if offset == 0 { 0 } else { held }, |before| before.next);
        if offset != expected {
            return Err(SessionRefusal::PartOutOfOrder { expected, offset });
        }
        let next = offset.checked_add(bytes).filter(|next| *next <= total);
        let Some(next) = next
            .filter(|_| bytes > 0 && total <= MAX_ENTRY && same.is_none_or(|before| before.total == total))
        else {
            return Err(SessionRefusal::PartBadSize { total });
        };
        Ok((next < total).then_some(Self { key, next, total }))
    }
}

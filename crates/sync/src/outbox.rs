//! What goes first: the order that desk, hub and pouch share, and the budget in bytes.

use counterseal_model::enumeration;

use crate::limits::LARGE;

/// How urgent an entry is. Its author says so in the clear, so that a hub can order what it cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// A flash report: before everything but statements, the newest first.
    Flash,
    /// Everything else, in the order of the log or of arrival.
    Ordinary,
    /// More than 64 KiB of ciphertext, however urgent: last, in pieces, resumable.
    Large,
}

enumeration!(Urgency, "an urgency of 0 to 2", {
    0 => Flash, "flash"; 1 => Ordinary, "ordinary"; 2 => Large, "large";
});

impl Urgency {
    /// The class of an entry whose author marked it as a flash or did not.
    #[must_use]
    pub const fn of(ciphertext: u64, flash: bool) -> Self {
        match (ciphertext > LARGE, flash) {
            (true, _) => Self::Large,
            (false, true) => Self::Flash,
            (false, false) => Self::Ordinary,
        }
    }
}

/// The classes of what is to be sent, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A statement that takes something away (revoke, remove, suspend, freeze): has effect on sight.
    Restrictive,
    /// Any other statement.
    Statement,
    /// An entry.
    Entry(Urgency),
}

/// Something to be sent, described: what the sender calls it, how urgent it is, how large, and its place
/// in the log or in the order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due<K> {
    /// The sender's name for it.
    pub key: K,
    /// Its class.
    pub class: Class,
    /// Its place.
    pub place: u64,
    /// Its bytes.
    pub bytes: u64,
}

/// Puts what is to be sent in order: by class; within flash the newest first; otherwise by place.
/// Statements that are sent to a log stay in their order within each class, because a statement follows
/// its predecessor: a restrictive one must not depend on a permissive one that is sent after it. Where it
/// does, its sender gives both the class `Restrictive`.
pub fn order<K>(due: &mut [Due<K>]) {
    due.sort_by_key(|one| {
        let place = if one.class == Class::Entry(Urgency::Flash) { u64::MAX - one.place } else { one.place };
        (one.class, place)
    });
}

/// What of an ordered list goes out within a budget, and how many bytes and items stay behind. Nothing is
/// skipped to let something less urgent through.
pub fn within<K>(due: &[Due<K>], budget: &Budget) -> (usize, Left) {
    let mut spent = *budget;
    let sent = due.iter().take_while(|one| spent.take(one.bytes)).count();
    let rest = due.iter().skip(sent);
    (sent, rest.fold(Left::default(), |left, one| left.and(one.bytes)))
}

/// What stays behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Left {
    /// How many.
    pub items: u64,
    /// Of how many bytes.
    pub bytes: u64,
}

impl Left {
    /// With one more.
    #[must_use]
    pub const fn and(self, bytes: u64) -> Self {
        Self { items: self.items + 1, bytes: self.bytes.saturating_add(bytes) }
    }
}

/// Bytes that may be sent. Frames count with their heads; what TLS and TCP add does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Budget {
    limit: Option<u64>,
    spent: u64,
}

impl Budget {
    /// No limit.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self { limit: None, spent: 0 }
    }

    /// At most so many bytes, or no limit.
    #[must_use]
    pub const fn of(limit: Option<u64>) -> Self {
        Self { limit, spent: 0 }
    }

    /// Takes bytes out of it, if that many are left.
    pub fn take(&mut self, bytes: u64) -> bool {
        let fits = bytes <= self.left();
        if fits {
            self.spend(bytes);
        }
        fits
    }

    /// Counts bytes that go out whatever is left.
    pub fn spend(&mut self, bytes: u64) {
        self.spent = self.spent.saturating_add(bytes);
    }

    /// Bytes spent.
    #[must_use]
    pub const fn spent(&self) -> u64 {
        self.spent
    }

    /// Bytes left; `u64::MAX` without a limit.
    #[must_use]
    pub const fn left(&self) -> u64 {
        match self.limit {
            Some(limit) => limit.saturating_sub(self.spent),
            None => u64::MAX,
        }
    }
}

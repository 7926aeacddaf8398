//! Bugs that are planted, to see that the simulator finds them. None of them is in what we ship: each is made
//! where the simulator stands between the real parts.

/// A planted bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plant {
    /// The hub acknowledges what is not durable: after a crash its last commits are gone.
    HubAcknowledgesEarly,
    /// The hub appends an entry twice.
    HubAppendsTwice,
    /// A witness stores without comparing: a slow request overwrites a newer checkpoint.
    WitnessDoesNotCompare,
    /// A desk forgets after a crash what waits for the log.
    DeskLosesOutbox,
    /// A compartment that was to be `from-join` hands earlier secrets to those who join.
    JoinerGetsEarlierSecret,
}

impl Plant {
    /// All of them, with their words.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::HubAcknowledgesEarly, "hub-acknowledges-early"),
        (Self::HubAppendsTwice, "hub-appends-twice"),
        (Self::WitnessDoesNotCompare, "witness-does-not-compare"),
        (Self::DeskLosesOutbox, "desk-loses-outbox"),
        (Self::JoinerGetsEarlierSecret, "joiner-gets-earlier-secret"),
    ];
}

//! Facts and how they stand: proved by an office, or only claimed (PROTOCOL section 7).

use counterseal_model::Timestamp;

/// Who may say a fact, and who is asked when one is missing. 0 to 4 are the register's offices, with its codes and
/// words; the others are persons whom the register knows by what they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// Answers for personal data: basis, consent, agreements, the policy itself.
    DataProtection,
    /// Looks after alarms.
    Watch,
    /// Says whose training is valid until when.
    Training,
    /// Is told of a section's openings.
    Review,
    /// Says which devices are attested.
    Attestation,
    /// Says who belongs to which section, role and contingent.
    Registrar,
    /// The governors: they appoint officers.
    Governors,
    /// A member of the part's compartment: says on what basis a part is held.
    Member,
    /// A second person, who approves.
    Approver,
}

counterseal_model::enumeration!(Office, "an office of 0 to 4 or 16 to 19", {
    0 => DataProtection, "data-protection-officer"; 1 => Watch, "watch-officer"; 2 => Training, "training-officer";
    3 => Review, "reviewer"; 4 => Attestation, "attestation-officer"; 16 => Registrar, "registrar"; 17 => Governors, "governors";
    18 => Member, "member-of-the-compartment"; 19 => Approver, "second-person";
});

impl Office {
    /// How a sentence calls it, as in `ask the training officer`.
    #[must_use]
    pub const fn named(self) -> &'static str {
        match self {
            Self::DataProtection => "the data-protection officer",
            Self::Watch => "the watch officer",
            Self::Training => "the training officer",
            Self::Review => "the section's reviewer",
            Self::Attestation => "the attestation officer",
            Self::Registrar => "a registrar",
            Self::Governors => "the governors",
            Self::Member => "a member of the compartment",
            Self::Approver => "a second person",
        }
    }
}

/// How a fact is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// An office has said it, and what it said stands in the log.
    Proved {
        /// The office that said it.
        by: Office,
        /// The first second at which it holds.
        since: Timestamp,
        /// The first second at which it no longer holds; open when `None`.
        until: Option<Timestamp>,
    },
    /// Whoever asks says so. It is recorded and never suffices.
    Claimed,
}

/// Something that is said of a person, a device or a part, and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held<T> {
    /// What is said.
    pub value: T,
    /// How it is known.
    pub standing: Standing,
}

impl<T> Held<T> {
    /// Proved by an office, from a moment on.
    pub const fn proved(value: T, by: Office, since: Timestamp, until: Option<Timestamp>) -> Self {
        Self { value, standing: Standing::Proved { by, since, until } }
    }

    /// Whether it is proved, and in force at a moment. By whom it may be said is another question.
    #[must_use]
    pub fn holds_at(&self, at: Timestamp) -> bool {
        matches!(self.standing, Standing::Proved { since, until, .. } if since <= at && until.is_none_or(|until| at < until))
    }

    /// Only claimed.
    pub const fn claimed(value: T) -> Self {
        Self { value, standing: Standing::Claimed }
    }

    /// How it stands at a moment, where only these offices may say it.
    pub(crate) fn state(&self, may_say: &[Office], at: Timestamp) -> State {
        self.standing.state(may_say, at)
    }
}

impl Standing {
    fn state(self, may_say: &[Office], at: Timestamp) -> State {
        match self {
            Self::Claimed => State::Claimed,
            Self::Proved { by, .. } if !may_say.contains(&by) => State::NotTheirs { by },
            Self::Proved { since, .. } if at < since => State::NotYet { from: since },
            Self::Proved { until: Some(until), .. } if until <= at => State::Lapsed { on: until },
            Self::Proved { .. } => State::Met,
        }
    }
}

/// How a condition stands. Ordered from what is furthest from met to what is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nobody says so.
    Missing,
    /// Only who asks says so.
    Claimed,
    /// An office says so that may not say it.
    NotTheirs {
        /// That office.
        by: Office,
    },
    /// It will hold, and does not yet.
    NotYet {
        /// From when.
        from: Timestamp,
    },
    /// It held, and no longer does.
    Lapsed {
        /// Since when not.
        on: Timestamp,
    },
    /// The person it is about said no.
    Refused {
        /// Since when.
        on: Timestamp,
    },
    /// The person it is about took it back.
    Withdrawn {
        /// Since when.
        on: Timestamp,
    },
    /// Some of what is needed is there.
    Short {
        /// How many there are.
        have: u8,
    },
    /// The moment lies outside the times that are allowed.
    Outside,
    /// It holds.
    Met,
}

impl State {
    /// The best of several, `Missing` when there are none.
    pub(crate) fn best(states: impl Iterator<Item = Self>) -> Self {
        states.max().unwrap_or(Self::Missing)
    }
}

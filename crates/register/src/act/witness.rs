//! The governors' act about witnesses and their quorum (PROTOCOL section 2).

use std::fmt;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{body, enumeration};

use super::witness_url::WitnessUrl;
use crate::key::HybridKey;

/// The name under which a witness signs: a pseudonym, which names no place and no person.
///
/// 1 to 64 lower-case letters, digits, dots, hyphens and slashes, with no slash or dot at either
/// end. Policies of tlog-policy hold `none`, `quorum` and names that end in `/04` or `/06` for
/// themselves, so no witness has one of those.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WitnessName(String);

impl WitnessName {
    /// Most bytes of a name.
    pub const MAX: usize = 64;
    /// What a name must be, for messages.
    pub const EXPECTED: &'static str = "a witness's name: 1 to 64 of a-z, 0-9, '.', '-' and '/', neither reserved nor with '.' or '/' at an end";

    /// Reads a name; none if it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'/');
        let fits = (1..=Self::MAX).contains(&text.len()) && text.bytes().all(allowed);
        let ends = text.starts_with(['.', '/']) || text.ends_with(['.', '/']);
        let reserved = matches!(text, "none" | "quorum") || text.ends_with("/04") || text.ends_with("/06");
        (fits && !ends && !reserved).then(|| Self(text.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WitnessName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for WitnessName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl Value for WitnessName {
    fn write(&self, w: &mut Writer) {
        w.text(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        Self::parse(r.text()?).ok_or_else(|| r.out_of_range(offset, Self::EXPECTED))
    }
}

/// What else a witness is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WitnessGroup {
    /// A trustee, who holds key shares too.
    Trustee,
    /// Nothing else.
    Independent,
}

enumeration!(WitnessGroup, "a witness's group of 0 or 1", { 0 => Trustee, "trustee"; 1 => Independent, "independent"; });

body! {
    /// One witness.
    pub struct Witness {
        /// The name under which it signs.
        1 name: WitnessName,
        /// Its keys. A cosignature counts only when both have signed.
        2 key: HybridKey,
        /// The group it counts in.
        3 group: WitnessGroup,
        /// Where desks poll it; none where it cannot be reached by them. It gives no authority: what counts
        /// is signed.
        4 url: Option<WitnessUrl>,
    }
}

impl Witness {
    /// Whether it is the same witness, wherever it is reached.
    #[must_use]
    pub fn is_the_same(&self, other: &Self) -> bool {
        self.name == other.name && self.key == other.key && self.group == other.group
    }
}

body! {
    /// Names the witnesses, and how many of them make a quorum: in each group so many.
    pub struct SetWitnesses {
        /// The witnesses, in ascending order of their names.
        1 witnesses: Vec<Witness>,
        /// How many trustees must cosign; 0 only if there are none.
        2 trustees: u64,
        /// How many independent witnesses must cosign, at least 1.
        3 independents: u64,
        /// How many corrupt witnesses the mission planned for.
        4 faults: u64,
        /// Whether it plans for none: for demonstrations and first days, and shown wherever the
        /// mission is shown.
        5 weak: bool,
    }
}

//! Identifiers. Each is its own type, so that none can stand where another belongs.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::cbor::{BodyError, Reader, Value, Writer};

/// Text that is not the identifier it should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("'{text}' is not a {what}: {expected} hexadecimal digits are needed")]
pub struct BadId {
    /// What was given.
    pub text: String,
    /// What it should name.
    pub what: &'static str,
    /// How many digits are needed.
    pub expected: usize,
}

macro_rules! id {
    ($(#[$meta:meta])* $Name:ident, $len:literal, $what:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $Name([u8; $len]);

        impl $Name {
            /// Length in bytes.
            pub const LEN: usize = $len;

            /// The identifier with these bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// The identifier with these bytes, if there are as many as needed.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// Its bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// The first eight digits, for people to read; not unique by promise.
            #[must_use]
            pub fn short(&self) -> String {
                hex::encode(self.0).chars().take(8).collect()
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($Name), self.short())
            }
        }

        impl FromStr for $Name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let mut bytes = [0; $len];
                match hex::decode_to_slice(text.trim(), &mut bytes) {
                    Ok(()) => Ok(Self(bytes)),
                    Err(_) => Err(BadId { text: text.to_owned(), what: $what, expected: $len * 2 }),
                }
            }
        }

        impl Value for $Name {
            fn write(&self, w: &mut Writer) {
                w.bytes(&self.0);
            }
            fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
                r.fixed(concat!("a ", $what)).map(Self)
            }
        }
    };
}

id!(
    /// A mission: the hash of its founding statement.
    MissionId, 32, "mission id"
);
id!(
    /// A signed statement of the register: the SHA-256 of its received bytes.
    StatementId, 32, "statement id"
);
id!(
    /// A person, in the clear a pseudonym: sixteen random bytes.
    PersonId, 16, "person id"
);
id!(
    /// A site, in the clear a pseudonym: sixteen random bytes. Where it is stands nowhere.
    SiteId, 16, "site id"
);
id!(
    /// A section of the mission (human rights, protection, security ...), in the clear a pseudonym: sixteen random
    /// bytes.
    SectionId, 16, "section id"
);
id!(
    /// A device: the hash of its public keys.
    DeviceId, 32, "device id"
);
id!(
    /// A compartment: sixteen random bytes; its name is sealed.
    CompartmentId, 16, "compartment id"
);
id!(
    /// An epoch of a compartment: the hash of the statement that begins it.
    EpochId, 32, "epoch id"
);
id!(
    /// A journal of a device: sixteen random bytes.
    JournalId, 16, "journal id"
);
id!(
    /// An entry of a journal: the hash of its signed header.
    EntryId, 32, "entry id"
);
id!(
    /// A record: random, or derived from its external reference so that two desks that import one
    /// file mean one record.
    RecordId, 16, "record id"
);
id!(
    /// A case, as requests to open name it: sixteen random bytes that stand for nobody.
    CaseId, 16, "case id"
);
id!(
    /// One version of one part of a record: the hash of the part's bytes before sealing.
    VersionId, 32, "version id"
);

/// An id in groups of four digits, as people read it to each other.
#[must_use]
pub fn fingerprint(id: &str) -> String {
    let signs: Vec<char> = id.chars().collect();
    signs.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_goes_there_and_back() {
        let id = RecordId::from_bytes([0xab; 16]);
        assert_eq!(id.to_string().parse::<RecordId>().unwrap(), id);
        assert_eq!(id.short(), "abababab");
    }

    #[test]
    fn a_wrong_length_is_refused_and_says_what_is_needed() {
        let error = "abcd".parse::<RecordId>().unwrap_err();
        assert_eq!(error.to_string(), "'abcd' is not a record id: 32 hexadecimal digits are needed");
    }
}

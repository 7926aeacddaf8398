//! What a successor asks of the trustee that it succeeds, and of the others when that one is lost (docs/spec/succession.md).
//! Everything asked names the exporter of its connection; everything answered is signed, and names what was asked.

use counterseal_model::cbor::{BodyError, Reader, Value, Writer, from_bytes_strict, to_bytes};
use counterseal_model::{Code, EntryId, MissionId, StatementId, body};

use super::call::{SealedTo, kinds};
use super::signed::purposes;
use crate::bytes::{Blob, Bytes};
use crate::hash::sha256;
use crate::key::KeyId;
use crate::label::Label;

body! {
    /// A successor asks a trustee.
    pub struct SuccessionCall {
        /// The mission.
        1 mission: MissionId,
        /// Who is asked.
        2 trustee: KeyId,
        /// Who asks, and signs.
        3 successor: KeyId,
        /// For whose place it answers now.
        4 of: KeyId,
        /// The connection's exporter.
        5 exporter: Bytes<32>,
        /// What it asks.
        6 ask: SuccessionAsk,
    }
}

body! {
    /// A trustee's answer to a successor.
    pub struct SuccessionAnswer {
        /// The mission.
        1 mission: MissionId,
        /// Who answers, and signs.
        2 trustee: KeyId,
        /// SHA-256 of the signed call.
        3 asked: Bytes<32>,
        /// The answer.
        4 said: SuccessionSaid,
    }
}

body! {
    /// A repair of one trustee's pads, for the entries of one set: who helps, and on what ground. What it is named by,
    /// every mask is bound to.
    pub struct RepairOrder {
        /// The mission.
        1 mission: MissionId,
        /// The set under which the entries were sealed.
        2 set: StatementId,
        /// The trustee of that set that is lost.
        3 of: KeyId,
        /// Who answers for its place now.
        4 successor: KeyId,
        /// The set that is in force.
        5 in_force: StatementId,
        /// Who helps, ascending: as many as had to release under that set.
        6 helpers: Vec<KeyId>,
        /// Random, so that no two repairs share a mask.
        7 id: Bytes<32>,
    }
}

impl RepairOrder {
    /// What names it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        sha256(&[Label::REPAIR_ORDER.bytes(), &to_bytes(self)])
    }
}

body! {
    /// The seeds of the masks that a helper shares with those after it in the list.
    pub struct RepairSeeds {
        /// The mission.
        1 mission: MissionId,
        /// The helper, who signs.
        2 trustee: KeyId,
        /// What names the repair (`RepairOrder::hash`).
        3 order: Bytes<32>,
        /// One for each of those after it.
        4 seeds: Vec<SeedFor>,
    }
}

body! {
    /// A seed for one helper.
    pub struct SeedFor {
        /// The helper.
        1 to: KeyId,
        /// 32 bytes, sealed to its key for requests.
        2 sealed: SealedTo,
    }
}

body! {
    /// An entry that is handed over, or repaired.
    pub struct HandedEntry {
        /// Its header, as its author signed it.
        1 header: Blob,
        /// Why the old trustee refused it, if it did: then there are no pads.
        2 refused: Option<Code>,
        /// The parts that there is something of, ascending. What was erased is not among them.
        3 parts: Vec<u64>,
    }
}

body! {
    /// A letter that a trustee keeps: a signed fact, or signed readings.
    pub struct KeptLetter {
        /// The signed letter.
        1 letter: Blob,
        /// The index of its leaf in the journal log, once known.
        2 leaf: Option<u64>,
        /// As whose fact it was taken, by the office's word.
        3 office: Option<Code>,
    }
}

body! {
    /// Letters, sealed to a successor.
    pub struct KeptLetters {
        /// The letters.
        1 letters: Vec<KeptLetter>,
    }
}

impl KeptLetters {
    /// Its bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// Reads it, strictly.
    ///
    /// # Errors
    /// When it is not one.
    pub fn parse(bytes: &[u8]) -> Result<Self, BodyError> {
        from_bytes_strict(bytes)
    }
}

purposes! {
    SuccessionCall => SUCCESSION_CALL;
    SuccessionAnswer => SUCCESSION_ANSWER;
    RepairSeeds => REPAIR_SEEDS;
}

kinds! {
    /// What a successor asks, as the array [kind, fields ...].
    SuccessionAsk, "a question this version knows":
    /// Which entries there are that were sealed for the place.
    1 List {
        /// After this number, of those that the trustee asked gives to entries as they come to it; 0 for all.
        after: u64
    },
    /// To hand over these: their headers, and the pads, sealed.
    2 Give {
        /// The entries.
        entries: Vec<EntryId>
    },
    /// That it has everything: so many entries, with this hash over their ids in order.
    3 Have {
        /// How many.
        count: u64,
        /// SHA-256 of the ids.
        digest: Bytes<32>
    },
    /// Its seeds for a repair.
    4 Seeds {
        /// The repair.
        order: RepairOrder
    },
    /// What it can add to a repair of these entries, masked and sealed.
    5 Help {
        /// The repair.
        order: RepairOrder,
        /// The signed seeds of the helpers before it.
        seeds: Vec<Blob>,
        /// The entries.
        entries: Vec<EntryId>
    },
    /// Letters that trustees were told.
    6 Letters {
        /// After this one, in the order of their hashes.
        after: Bytes<32>
    },
}

kinds! {
    /// What a trustee answers a successor, as the array [kind, fields ...].
    SuccessionSaid, "an answer this version knows":
    /// Entries.
    1 Listed {
        /// Their ids, in the order in which they came.
        entries: Vec<EntryId>,
        /// The number after which to ask next: how far was looked.
        next: u64,
        /// Whether there may be more.
        more: bool
    },
    /// Entries, and 32 bytes for each of their parts that are named: pads, or what a helper adds.
    2 Given {
        /// The entries.
        entries: Vec<HandedEntry>,
        /// The bytes, in the order of the entries and their parts, sealed to the successor's key for requests.
        sealed: SealedTo
    },
    /// The signed seeds.
    3 Seeded {
        /// A `RepairSeeds`.
        seeds: Blob
    },
    /// It is noted.
    4 Noted {},
    /// Not done, and nothing was given.
    5 NotNow {
        /// Why.
        code: Code
    },
    /// Letters.
    6 Letters {
        /// `KeptLetters`, sealed to the successor's key for requests.
        sealed: SealedTo,
        /// After which one to ask next.
        next: Bytes<32>,
        /// Whether there are more.
        more: bool
    },
}

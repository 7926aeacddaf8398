//! The head of a pouch's file: who may open it, without saying who or how many.
//!
//! ```text
//! head = "cs-pouch" ‖ version: u8 = 1 ‖ suite: u8 = 1 ‖ steps: u8 ≤ 6 ‖ slot * 4^steps
//! slot = HPKE enc (1120 bytes) ‖ sealed file key (32 + 16 bytes)
//! ```
//!
//! The slots are in random order, and those without a receiver are wraps to a key that was made for it and
//! forgotten. Random bytes would not do: an ML-KEM ciphertext and a Curve25519 point can be told from them.

use counterseal_register::{SUITE, WRAP_ENC_LEN, WRAP_LEN};

use super::refusal::PouchRefusal;

const MAGIC: &[u8; 8] = b"cs-pouch";
const LAYOUT: u8 = 1;
const PREFIX: usize = MAGIC.len() + 3;
const MAX_STEPS: u8 = 6;

/// Bytes of plaintext in every chunk but the last.
pub const CHUNK: usize = 64 * 1024;
/// Bytes of a slot.
pub const SLOT_LEN: usize = WRAP_ENC_LEN + WRAP_LEN;

/// One slot: the file key, wrapped to one device or to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Slot(pub Box<[u8; SLOT_LEN]>);

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Slot(..)")
    }
}

/// How many slots a pouch for so many receivers has: 1, 4, 16, 64, 256, 1024 or 4096. `None` for no
/// receivers and for more.
#[must_use]
pub fn slots_for(receivers: usize) -> Option<usize> {
    let steps = steps_for(receivers)?;
    Some(count(steps))
}

fn steps_for(receivers: usize) -> Option<u8> {
    (0..=MAX_STEPS).find(|steps| receivers > 0 && receivers <= count(*steps))
}

const fn count(steps: u8) -> usize {
    1 << (2 * steps)
}

/// The head of a pouch's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PouchHeader {
    slots: Vec<Slot>,
}

impl PouchHeader {
    /// Fills the slots that have no receiver with `nobodys` wraps and shuffles all of them; `below(n)`
    /// draws evenly from 0 to n - 1. `None` for no receivers and for more than 4096.
    pub fn new(
        mut receivers: Vec<Slot>,
        mut nobodys: impl FnMut() -> Slot,
        mut below: impl FnMut(usize) -> usize,
    ) -> Option<Self> {
        let slots = slots_for(receivers.len())?;
        while receivers.len() < slots {
            receivers.push(nobodys());
        }
        for last in (1..receivers.len()).rev() {
            receivers.swap(last, below(last + 1).min(last));
        }
        Some(Self { slots: receivers })
    }

    /// Its bytes. The chunks' keys are bound to all of them.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(PREFIX + self.slots.len() * SLOT_LEN);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&[LAYOUT, SUITE as u8, steps_for(self.slots.len()).unwrap_or(0)]);
        self.slots.iter().for_each(|slot| bytes.extend_from_slice(slot.0.as_slice()));
        bytes
    }

    /// Reads it from the front of a file. `None` when the bytes are only its beginning.
    ///
    /// # Errors
    /// `NotAPouch`, `Unknown` or `TooManyReceivers`.
    pub fn read(input: &mut &[u8]) -> Result<Option<Self>, PouchRefusal> {
        let known = MAGIC.len().min(input.len());
        if input.get(..known) != MAGIC.get(..known) {
            return Err(PouchRefusal::NotAPouch);
        }
        let Some([version, suite, steps]) = input.get(MAGIC.len()..PREFIX).and_then(|b| b.first_chunk::<3>())
        else {
            return Ok(None);
        };
        let (version, suite, steps) = (*version, *suite, *steps);
        if version != LAYOUT || u64::from(suite) != SUITE {
            return Err(PouchRefusal::Unknown { version, suite });
        }
        if steps > MAX_STEPS {
            return Err(PouchRefusal::TooManyReceivers);
        }
        let length = count(steps) * SLOT_LEN;
        let Some((slots, rest)) = input.get(PREFIX..).and_then(|after| after.split_at_checked(length)) else {
            return Ok(None);
        };
        *input = rest;
        let slots = slots.as_chunks::<SLOT_LEN>().0.iter().map(|slot| Slot(Box::new(*slot))).collect();
        Ok(Some(Self { slots }))
    }

    /// The slots, to be tried one after the other.
    #[must_use]
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }
}

//! Acts about guarded parts: withdrawal, hold, erasure (PROTOCOL section 8).

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{Code, CompartmentId, EntryId, StatementId, body};

/// A part of an entry: the array [entry, index].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartRef {
    /// The entry.
    pub entry: EntryId,
    /// The part's index in it, from 0.
    pub index: u32,
}

impl Value for PartRef {
    fn write(&self, w: &mut Writer) {
        self.entry.write(w.array(2));
        w.uint(self.index.into());
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a part: its entry and its index")?;
        let entry = EntryId::read(r)?;
        let offset = r.offset();
        let index = u32::try_from(r.uint()?).map_err(|_| r.out_of_range(offset, "a part's index"))?;
        Ok(Self { entry, index })
    }
}

body! {
    /// Withdraws parts: trustees refuse to release them from when they hear of it. Signed by a device in a current
    /// roster of the compartment, or by a data-protection officer's.
    pub struct Withdraw {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The parts, in ascending order.
        2 parts: Vec<PartRef>,
        /// Why: consent withdrawn, given in error ...
        3 reason: Code,
    }
}

body! {
    /// Lifts a withdrawal. Signed by two persons: a manager and a data-protection officer.
    pub struct LiftWithdrawal {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The withdrawal.
        2 withdrawal: StatementId,
    }
}

body! {
    /// Holds parts: they are not erased while it stands. Signed by a manager's or a data-protection officer's device.
    pub struct HoldParts {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The parts, in ascending order.
        2 parts: Vec<PartRef>,
        /// Why: an investigation, a request of a court ...
        3 reason: Code,
    }
}

body! {
    /// Lifts a hold. Signed by two persons: a manager and a data-protection officer.
    pub struct LiftHold {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The hold.
        2 hold: StatementId,
    }
}

body! {
    /// Erases parts that were withdrawn, after the cooling-off: a tombstone, which is kept for ever. Signed by two
    /// persons: a manager and a data-protection officer.
    pub struct Erase {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The parts, in ascending order.
        2 parts: Vec<PartRef>,
    }
}

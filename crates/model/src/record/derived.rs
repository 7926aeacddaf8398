//! Where a part comes from that was made of another compartment's part.

use crate::body;
use crate::code::Code;
use crate::ids::{CompartmentId, DeviceId, EntryId};
use crate::record::BasisKind;

body! {
    /// What a shared part was made of, by whom, what for, and how much less it tells. The entry that carries it is signed by
    /// the desk that it names.
    pub struct Derived {
        /// The entry of the part that it was made of.
        1 entry: EntryId,
        /// That part's place in the entry, from 0.
        2 index: u64,
        /// That part's compartment.
        3 compartment: CompartmentId,
        /// The desk that shared it.
        4 by: DeviceId,
        /// What for, a code of the policy.
        5 purpose: Code,
        /// For whom, a code of the policy.
        6 recipient: Code,
        /// The bases for this use that were known to that desk.
        7 bases: Vec<BasisKind>,
        /// The row of the policy that permitted it.
        8 row: u64,
        /// What it tells less of, as in `place-admin2`, `date-month`, `pseudonyms`, `small-counts`.
        9 generalised: Vec<Code>,
        /// Fields that stood there and were left out.
        10 left_out: Vec<Code>,
    }
}

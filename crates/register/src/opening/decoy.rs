//! Decoy records: what a watch officer asks a desk to plant, and what it planted. Both travel as mail, sealed to one
//! device, and stand in no log.

use counterseal_model::{CompartmentId, DeviceId, EntryId, MissionId, Timestamp, body};

use super::signed::purposes;
use crate::bytes::Bytes;

body! {
    /// A watch officer asks a desk to plant decoy records. Signed by a device of the officer's.
    pub struct DecoyInstruction {
        /// The mission.
        1 mission: MissionId,
        /// The watch officer's device.
        2 watch: DeviceId,
        /// The device that is asked.
        3 planter: DeviceId,
        /// Random: no two instructions are one.
        4 id: Bytes<16>,
        /// The compartment in which they are planted.
        5 compartment: CompartmentId,
        /// The padded length of each.
        6 lengths: Vec<u64>,
        /// When it was made.
        7 made: Timestamp,
        /// Until when it may be carried out.
        8 until: Timestamp,
    }
}

body! {
    /// A desk has planted decoy records. Signed by it, for the watch officer alone.
    pub struct DecoysPlanted {
        /// The mission.
        1 mission: MissionId,
        /// The device that planted them.
        2 planter: DeviceId,
        /// The instruction.
        3 instruction: Bytes<16>,
        /// The entries, one part each.
        4 entries: Vec<EntryId>,
        /// When.
        5 made: Timestamp,
    }
}

purposes! {
    DecoyInstruction => DECOY_INSTRUCTION;
    DecoysPlanted => DECOYS_PLANTED;
}

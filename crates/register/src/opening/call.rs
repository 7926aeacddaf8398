//! What a device or a trustee says over one connection: worth nothing over another, for it names the exporter of the
//! TLS session (RFC 5705, label `EXPORTER-counterseal-sync`, no context).

use counterseal_model::{DeviceId, MissionId, body};

use super::signed::purposes;
use crate::bytes::{Blob, Bytes};
use crate::key::KeyId;

body! {
    /// A device calls a trustee. What it asks is the encoded `Call` of docs/spec/trustee.md.
    pub struct DeviceCall {
        /// The mission.
        1 mission: MissionId,
        /// The trustee.
        2 trustee: KeyId,
        /// The device.
        3 device: DeviceId,
        /// The connection's exporter.
        4 exporter: Bytes<32>,
        /// What it asks.
        5 call: Blob,
    }
}

body! {
    /// A device gives the hub a leaf of the journal log, and nothing of what it commits to.
    pub struct LeafPushed {
        /// The mission.
        1 mission: MissionId,
        /// The device.
        2 device: DeviceId,
        /// The connection's exporter.
        3 exporter: Bytes<32>,
        /// The leaf.
        4 leaf: Bytes<38>,
    }
}

body! {
    /// A trustee asks the hub for the headers of guarded entries.
    pub struct GuardedAsked {
        /// The mission.
        1 mission: MissionId,
        /// The trustee.
        2 trustee: KeyId,
        /// The connection's exporter.
        3 exporter: Bytes<32>,
        /// From this index of the journal log on.
        4 from: u64,
    }
}

purposes! {
    DeviceCall => TRUSTEE_CALL;
    LeafPushed => HUB_LEAF;
    GuardedAsked => HUB_GUARDED;
}

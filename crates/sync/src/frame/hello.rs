//! The first words: Hello of the desk, Welcome of the hub.

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{CompartmentId, DeviceId, EntryId, MissionId, Timestamp, body};
use counterseal_register::{Bytes, DeviceKeys, verify_session_proof};

use crate::bounded::{Data, List};
use crate::frontier::Known;
use crate::limits::{MAX_CURSORS, MAX_NOTE, MAX_PARTIALS, VERSION};
use crate::ranges::RangeSet;

/// A large entry of which a desk holds the first bytes. The array [leaf index, bytes].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialPull {
    /// Its leaf index.
    pub leaf: u64,
    /// Bytes held.
    pub bytes: u64,
}

impl Value for PartialPull {
    fn write(&self, w: &mut Writer) {
        w.array(2).uint(self.leaf).uint(self.bytes);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a leaf index and a number of bytes")?;
        Ok(Self { leaf: r.uint()?, bytes: r.uint()? })
    }
}

/// A large entry of which the hub holds the first bytes. The array [entry id, bytes].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialPush {
    /// Its id.
    pub entry: EntryId,
    /// Bytes held.
    pub bytes: u64,
}

impl Value for PartialPush {
    fn write(&self, w: &mut Writer) {
        self.entry.write(w.array(2));
        w.uint(self.bytes);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "an entry id and a number of bytes")?;
        Ok(Self { entry: EntryId::read(r)?, bytes: r.uint()? })
    }
}

body! {
    /// The desk's first frame: who it is, what it knows, what it wants.
    pub struct Hello {
        /// The version of frames and sessions.
        1 version: u64,
        /// The mission.
        2 mission: MissionId,
        /// The device.
        3 device: DeviceId,
        /// Its Ed25519 signature over `register::session_proof_input`.
        4 signature: Bytes<64>,
        /// What it knows.
        5 known: Known,
        /// Entries of these compartments only; all of the device's when none is named.
        6 compartments: List<CompartmentId, MAX_CURSORS>,
        /// Only entries whose leaf was appended since then, as far as the hub knows.
        7 not_before: Option<Timestamp>,
        /// Only entries of at most so many bytes, in their plain form.
        8 largest: Option<u64>,
        /// Most bytes of the answer.
        9 budget: Option<u64>,
        /// What its clock says.
        10 clock: Timestamp,
        /// Large entries it holds the beginning of.
        11 partials: List<PartialPull, MAX_PARTIALS>,
        /// Whether the hub goes on sending what comes later.
        12 continuous: bool,
    }
}

impl Hello {
    /// A Hello that asks for everything, once, without a limit.
    #[must_use]
    pub fn new(
        mission: MissionId,
        device: DeviceId,
        signature: [u8; 64],
        known: Known,
        clock: Timestamp,
    ) -> Self {
        Self {
            version: VERSION,
            mission,
            device,
            signature: Bytes(signature),
            known,
            compartments: List::default(),
            not_before: None,
            largest: None,
            budget: None,
            clock,
            partials: List::default(),
            continuous: false,
            extra: Default::default(),
        }
    }

    /// Whether the device with these keys said this in this TLS session. That it is active, the register
    /// says.
    #[must_use]
    pub fn is_signed_by(&self, keys: &DeviceKeys, exporter: &[u8; 32]) -> bool {
        self.device == keys.id()
            && verify_session_proof(self.mission, keys, exporter, &self.signature.0).is_ok()
    }

    /// Whether the entry at a leaf index was asked for. Without its compartment: whether it could be.
    #[must_use]
    pub fn wants(&self, compartment: Option<&CompartmentId>, leaf: u64) -> bool {
        let named = compartment.is_none_or(|c| self.compartments.is_empty() || self.compartments.contains(c));
        named && self.known.entries.wants(compartment, leaf)
    }
}

/// A log as the hub announces it: the array [size, checkpoint]. The checkpoint is a signed note with its
/// cosignatures, empty when there is none yet; it may cover less than `size`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// Leaves that the hub has made durable and will send.
    pub size: u64,
    /// The newest cosigned checkpoint.
    pub checkpoint: Data<MAX_NOTE>,
}

impl Value for Announced {
    fn write(&self, w: &mut Writer) {
        self.checkpoint.write(w.array(2).uint(self.size));
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a log's size and checkpoint")?;
        Ok(Self { size: r.uint()?, checkpoint: Data::read(r)? })
    }
}

body! {
    /// The hub's first frame: how far the logs go and how much is to come.
    pub struct Welcome {
        /// The statement log.
        1 statements: Announced,
        /// The journal log.
        2 journal: Announced,
        /// What the hub's clock says.
        3 clock: Timestamp,
        /// Entries to come, if the budget allows; for progress only.
        4 entries: u64,
        /// Their bytes in plain form; for progress only.
        5 bytes: u64,
        /// Large entries of this device that the hub holds the beginning of.
        6 partials: List<PartialPush, MAX_PARTIALS>,
        /// Leaves of the journal log whose entries the hub does not have: after a restore or a succession.
        /// Whoever holds one pushes it; nobody has been sent it.
        7 lacks: RangeSet,
    }
}

impl Welcome {
    /// A Welcome that announces both logs.
    #[must_use]
    pub fn new(statements: Announced, journal: Announced, clock: Timestamp) -> Self {
        let (partials, lacks) = (List::default(), RangeSet::new());
        Self { statements, journal, clock, entries: 0, bytes: 0, partials, lacks, extra: Default::default() }
    }
}

body! {
    /// In a continuous session: a log has grown, or its checkpoint was cosigned anew.
    pub struct Grown {
        /// The statement log.
        1 statements: Announced,
        /// The journal log.
        2 journal: Announced,
    }
}

impl Grown {
    /// Both logs as they are now.
    #[must_use]
    pub fn new(statements: Announced, journal: Announced) -> Self {
        Self { statements, journal, extra: Default::default() }
    }
}

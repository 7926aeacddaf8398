//! Acts that begin epochs and hand out their secrets (PROTOCOL section 4).

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{CompartmentId, DeviceId, EpochId, body, enumeration};

use crate::bytes::Bytes;

/// Bytes of an X-Wing encapsulation.
pub const WRAP_ENC_LEN: usize = 1120;
/// Bytes of a wrapped epoch secret: 32 and the tag.
pub const WRAP_LEN: usize = 48;

/// Why an epoch begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EpochReason {
    /// The compartment's first.
    Create,
    /// Devices are admitted.
    Admit,
    /// Devices are removed; nobody is admitted.
    Remove,
    /// A new secret, without the devices that are no longer active.
    Rekey,
    /// Concurrent epochs are joined.
    Join,
}

enumeration!(EpochReason, "an epoch's reason of 0 to 4", {
    0 => Create, "create"; 1 => Admit, "admit"; 2 => Remove, "remove"; 3 => Rekey, "rekey"; 4 => Join, "join";
});

/// A joined epoch's secret, sealed under the new one: the array [epoch, sealed].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousSecret {
    /// The joined epoch.
    pub epoch: EpochId,
    /// Its secret, sealed: 32 bytes and the tag.
    pub sealed: [u8; WRAP_LEN],
}

impl Value for PreviousSecret {
    fn write(&self, w: &mut Writer) {
        w.array(2);
        self.epoch.write(w);
        w.bytes(&self.sealed);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "an epoch and its sealed secret")?;
        Ok(Self { epoch: EpochId::read(r)?, sealed: r.fixed("a sealed secret of 48 bytes")? })
    }
}

/// An epoch secret for one device: the array [device, enc, ct].
#[derive(Clone, PartialEq, Eq)]
pub struct Wrap {
    /// The device.
    pub device: DeviceId,
    /// The HPKE encapsulation.
    pub enc: Box<[u8; WRAP_ENC_LEN]>,
    /// The epoch secret, sealed.
    pub ct: [u8; WRAP_LEN],
}

impl std::fmt::Debug for Wrap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wrap({:?})", self.device)
    }
}

impl Value for Wrap {
    fn write(&self, w: &mut Writer) {
        w.array(3);
        self.device.write(w);
        w.bytes(self.enc.as_slice()).bytes(&self.ct);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(3, "a wrap: a device, an encapsulation and a sealed secret")?;
        let device = DeviceId::read(r)?;
        let enc = Box::new(r.fixed("an encapsulation of 1120 bytes")?);
        Ok(Self { device, enc, ct: r.fixed("a sealed secret of 48 bytes")? })
    }
}

body! {
    /// Begins an epoch, whose id is this statement's. Signed by a manager's device; a rekey by any
    /// member's.
    pub struct BeginEpoch {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The epochs it follows, in ascending order; none for the first.
        2 joins: Vec<EpochId>,
        /// The devices that receive the secret, in ascending order.
        3 roster: Vec<DeviceId>,
        /// The commitment to the secret.
        4 commitment: Bytes<32>,
        /// Under `full`: the secrets of the joined epochs begun under `full`, in ascending order.
        5 previous: Vec<PreviousSecret>,
        /// Why.
        6 reason: EpochReason,
    }
}

body! {
    /// Carries the epoch's secret to its roster. Signed by the device that began the epoch. It is a
    /// statement of its own because a wrap is bound to the epoch's id, the hash of its statement
    /// (docs/decisions/0002).
    pub struct EpochWraps {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The epoch.
        2 epoch: EpochId,
        /// One wrap for each device in the roster, in its order.
        3 wraps: Vec<Wrap>,
    }
}

body! {
    /// Carries the epoch's secret again to devices whose wrap is wrong or missing. Signed by any
    /// member's device.
    pub struct RepairWraps {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The epoch.
        2 epoch: EpochId,
        /// Wraps for some devices of the roster, in ascending order.
        3 wraps: Vec<Wrap>,
    }
}

//! What a device or a trustee says over one connection: worth nothing over another, for it names the exporter of the
//! TLS session (RFC 5705, label `EXPORTER-counterseal-sync`, no context).

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{Code, CompartmentId, DeviceId, EntryId, MissionId, body};

use super::signed::purposes;
use crate::bytes::{Blob, Bytes};
use crate::key::KeyId;

body! {
    /// A device calls a trustee. The answer is a `TrusteeAnswer`.
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
        5 call: TrusteeCall,
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

body! {
    /// Something HPKE-sealed to one receiver.
    pub struct SealedTo {
        /// The encapsulated key.
        1 enc: Blob,
        /// The ciphertext and its tag.
        2 ciphertext: Blob,
    }
}

body! {
    /// Something that waits at a trustee for one device.
    pub struct Waiting {
        /// Its place, ascending: what is asked for next is after it.
        1 place: u64,
        /// Whether it is the trustee's notice; else it is mail from another device.
        2 notice: bool,
        /// What is sealed.
        3 sealed: SealedTo,
    }
}

macro_rules! kinds {
    ($(#[$doc:meta])* $Name:ident, $expected:literal: $($(#[$vdoc:meta])* $kind:literal $Variant:ident { $($(#[$fdoc:meta])* $field:ident: $Type:ty),* }),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $Name { $($(#[$vdoc])* $Variant { $($(#[$fdoc])* $field: $Type),* }),+ }

        impl Value for $Name {
            fn write(&self, w: &mut Writer) {
                match self {
                    $(Self::$Variant { $($field),* } => {
                        let fields: &[&str] = &[$(stringify!($field)),*];
                        w.array(1 + fields.len()).uint($kind);
                        $($field.write(w);)*
                    })+
                }
            }
            fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
                let offset = r.offset();
                let (length, kind) = (r.array()?, r.uint()?);
                match kind {
                    $($kind if length == 1 + { let fields: &[&str] = &[$(stringify!($field)),*]; fields.len() as u64 } => {
                        Ok(Self::$Variant { $($field: Value::read(r)?),* })
                    })+
                    _ => Err(r.out_of_range(offset, $expected)),
                }
            }
        }
    };
}

pub(super) use kinds;

kinds! {
    /// What a device asks a trustee, as the array [kind, fields ...].
    TrusteeCall, "a call this version knows":
    /// Keys for its entries in these compartments: the present ones if unused, else new ones.
    1 Keys {
        /// The compartments.
        compartments: Vec<CompartmentId>
    },
    /// To take these entries: their signed headers.
    2 Deliver {
        /// The headers.
        headers: Vec<Blob>
    },
    /// What it has said of these entries.
    3 Acks {
        /// The entries.
        entries: Vec<EntryId>
    },
    /// To open parts.
    4 Open {
        /// The signed request, sealed to the trustee.
        request: SealedTo,
        /// The tlog-proof of its leaf.
        receipt: Blob
    },
    /// What waits for it.
    5 Post {
        /// After this place.
        after: u64
    },
    /// To keep something for another device.
    6 Mail {
        /// The device.
        to: DeviceId,
        /// What is sealed to it.
        sealed: SealedTo
    },
    /// To take a fact, or readings, sealed to the trustee.
    7 Letter {
        /// The signed object.
        sealed: SealedTo,
        /// The tlog-proof of its leaf; empty when it is to be obeyed on sight.
        receipt: Blob
    },
}

kinds! {
    /// What a trustee answers, as the array [kind, fields ...].
    TrusteeAnswer, "an answer this version knows":
    /// Signed objects: keys, acknowledgements and refusals, or one answer to a request.
    1 Signed {
        /// The envelopes.
        objects: Vec<Blob>
    },
    /// What waits for the device.
    2 Post {
        /// The signed head of the trustee's release log.
        head: Blob,
        /// What waits, in ascending order of its place.
        items: Vec<Waiting>,
        /// Whether there is more.
        more: bool
    },
    /// It is done.
    3 Done {},
    /// Not now: nothing was decided, and it may be asked again.
    4 NotNow {
        /// Why.
        code: Code
    },
}

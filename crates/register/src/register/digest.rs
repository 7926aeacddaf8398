//! A digest over the whole state, so that two registers can be compared. Not a wire format: it is
//! the same for the same program only.

use std::hash::{Hash, Hasher};

use aws_lc_rs::digest::{Context, SHA256};
use counterseal_model::cbor::to_bytes;

use super::state::State;
use crate::act::{BeginEpoch, Charter, EpochWraps, RepairWraps, SealedText, Trustee, Witness};
use crate::key::DeviceKeys;

struct Sha256Hasher(Context);

impl Hasher for Sha256Hasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    fn finish(&self) -> u64 {
        0 // never asked: the digest is taken whole
    }
}

pub(super) fn digest(state: &State) -> [u8; 32] {
    let mut hasher = Sha256Hasher(Context::new(&SHA256));
    state.hash(&mut hasher);
    let mut out = [0; 32];
    out.iter_mut().zip(hasher.0.finish().as_ref()).for_each(|(to, from)| *to = *from);
    out
}

macro_rules! hash_by_encoding {
    ($($Body:ty),+) => {$(
        impl Hash for $Body {
            fn hash<H: Hasher>(&self, hasher: &mut H) {
                to_bytes(self).hash(hasher);
            }
        }
    )+};
}

hash_by_encoding!(BeginEpoch, Charter, DeviceKeys, EpochWraps, RepairWraps, SealedText, Trustee, Witness);

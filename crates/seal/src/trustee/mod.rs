//! What a trustee's server does with secret keys, and what is sealed to it and by it. No I/O.
//! Normative text: docs/spec/sealing.md, sections 9 and 10.

mod letters;
mod receive;
mod release;
mod succession;

use std::fmt;

use counterseal_register::{HPKE_PUBLIC_LEN, HybridKey, KeyId};
use rand_core::CryptoRng;

pub use letters::{
    BadPublicKey, CannotUnseal, TrusteeRecipient, seal_fact, seal_mail, seal_notice, seal_request,
};
pub use receive::ShareRefusal;
pub use release::{FreshKey, Release, seal_pads};
pub use succession::{Handing, RepairPair, seal_handed, seal_handed_letters};

use crate::device::KeyUnusable;
use crate::hpke;
use crate::hybrid::HybridSecrets;
use crate::secrets::{StoreRoot, UnwrappingKey};

/// Everything secret that makes a trustee this trustee: its identity signs, its request key opens what is
/// sealed to it, its store root protects what it keeps. The keys that it makes for devices are others
/// (`TrusteeKeySecret`), and live in its store until they are destroyed.
pub struct TrusteeSecrets {
    pub(crate) identity: HybridSecrets,
    pub(crate) requests: UnwrappingKey,
    pub(crate) store: StoreRoot,
    public: Box<[u8; HPKE_PUBLIC_LEN]>,
}

impl TrusteeSecrets {
    /// The secrets of a new trustee.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn make(rng: &mut impl CryptoRng) -> Result<Self, KeyUnusable> {
        let identity = HybridSecrets::make(rng)?;
        Self::from_secrets(identity, UnwrappingKey::make(rng), StoreRoot::make(rng))
    }

    pub(crate) fn from_secrets(
        identity: HybridSecrets,
        requests: UnwrappingKey,
        store: StoreRoot,
    ) -> Result<Self, KeyUnusable> {
        let public = Box::new(hpke::public_key(&requests).ok_or(KeyUnusable)?);
        Ok(Self { identity, requests, store, public })
    }

    /// The public identity key.
    #[must_use]
    pub fn public(&self) -> &HybridKey {
        &self.identity.public
    }

    /// The trustee's id, under which it signs.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.identity.id
    }

    /// The X-Wing public key to which requests and facts are sealed.
    #[must_use]
    pub fn requests(&self) -> &[u8; HPKE_PUBLIC_LEN] {
        &self.public
    }

    /// What protects the trustee's store.
    #[must_use]
    pub fn store_root(&self) -> &StoreRoot {
        &self.store
    }
}

impl fmt::Debug for TrusteeSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TrusteeSecrets({:?}, secret)", self.id())
    }
}

//! A trustee set with its keys, as an author, a trustee and a reader have them.

use std::collections::BTreeMap;

use counterseal_model::StatementId;
use counterseal_register::{HPKE_PUBLIC_LEN, KeyId, Rule, VerifiedHeader};
use counterseal_seal::{
    DeviceSecrets, Pad, SealError, SealedEntry, Sealer, SealingGuard, SeenSizes, TrusteeKeySecret,
    TrusteePlace, TrusteePublic, TrusteeSet,
};
use rand_core::CryptoRng;

use crate::common::{epoch, epoch_secret, rng};

/// Trustees, each with the key it made for the tests' author.
pub(crate) struct Trustees {
    pub(crate) set: TrusteeSet,
    keys: Vec<(KeyId, TrusteeKeySecret, Box<[u8; HPKE_PUBLIC_LEN]>)>,
}

impl Trustees {
    /// `t` of `n`, at places that are not their ranks.
    pub(crate) fn new(t: u8, n: u8) -> Self {
        let places = (0..n).map(|j| TrusteePlace { trustee: KeyId([j; 32]), x: 200 - 20 * j }).collect();
        let set = TrusteeSet::new(StatementId::from_bytes([6; 32]), t, places).unwrap();
        let key = |j: u8| {
            let secret = TrusteeKeySecret::make(&mut rng(u64::from(j) + 1000));
            let public = Box::new(secret.public().unwrap());
            (KeyId([j + 100; 32]), secret, public)
        };
        Self { set, keys: (0..n).map(key).collect() }
    }

    /// The keys, as the author has them.
    pub(crate) fn public(&self) -> Vec<TrusteePublic<'_>> {
        self.keys.iter().map(|(key, _, public)| TrusteePublic { key: *key, public }).collect()
    }

    pub(crate) fn key(&self, rank: usize) -> (&TrusteeKeySecret, KeyId) {
        let (key, secret, _) = self.keys.get(rank).unwrap();
        (secret, *key)
    }

    /// Seals with the tests' epoch secret.
    pub(crate) fn seal(
        &self,
        sealer: &mut Sealer,
        rng: &mut impl CryptoRng,
        device: &DeviceSecrets,
        parts: &[impl AsRef<[u8]>],
    ) -> Result<SealedEntry, SealError> {
        let guard = SealingGuard { rule: Rule::TwoSeal, set: &self.set, keys: &self.public() };
        sealer.seal_guarded(rng, device, epoch(&epoch_secret(1)), guard, SeenSizes::default(), parts)
    }

    /// The pads of all trustees for one part, by place.
    pub(crate) fn pads(&self, header: &VerifiedHeader, index: usize) -> BTreeMap<u8, Pad> {
        let pads = self.set.places().iter().zip(&self.keys).map(|(place, (key, secret, _))| {
            let pads = secret.receive(header, &self.set, place.trustee, *key).unwrap();
            (place.x, pads.into_iter().nth(index).unwrap())
        });
        pads.collect()
    }
}

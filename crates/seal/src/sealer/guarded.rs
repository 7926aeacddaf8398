//! Sealing of guarded entries: the same journal, the same seed, and a share dealt to every trustee.
//! Normative text: docs/spec/sealing.md, section 9.

use counterseal_register::{
    Bytes, EntryHeader, HPKE_PUBLIC_LEN, KeyId, PartGuard, Rule, TrusteeHeader, WRAP_ENC_LEN, WRAP_LEN,
    sha256,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{SealError, SealedEntry, Sealer, SealingEpoch, SeenSizes, pad_all, seal_one};
use crate::compress::store;
use crate::device::{DeviceSecrets, KeyUnusable};
use crate::hedged::Hedged;
use crate::hpke;
use crate::once::TAG_LEN;
use crate::padding::{guarded_len, pad_to};
use crate::schedule::{
    EntrySeed, derive_guarded_prk, derive_part_commitment, derive_part_key, derive_share_commitment, part_aad,
};
use crate::secrets::{EpochSecret, ShareSecret};
use crate::share::{Dealt, TrusteePlace, TrusteeSet, deal, wrap_info};

/// The key that a trustee has made for this device, whose signature the caller has checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrusteePublic<'a> {
    /// The key's id.
    pub key: KeyId,
    /// The X-Wing public key.
    pub public: &'a [u8; HPKE_PUBLIC_LEN],
}

/// What guards an entry: the opening rule of its epoch, and the trustees.
#[derive(Debug, Clone, Copy)]
pub struct SealingGuard<'a> {
    /// Two-seal or two-person.
    pub rule: Rule,
    /// The trustee set.
    pub set: &'a TrusteeSet,
    /// The trustees' keys, in the set's order.
    pub keys: &'a [TrusteePublic<'a>],
}

impl Sealer {
    /// Seals the parts (encoded `model::record::Part`s) as the journal's next entry, guarded: they open with
    /// the epoch's secret and what t of the trustees release.
    ///
    /// # Errors
    /// See `SealError`; the journal has not moved then.
    pub fn seal_guarded(
        &mut self,
        rng: &mut impl CryptoRng,
        device: &DeviceSecrets,
        epoch: SealingEpoch<'_>,
        guard: SealingGuard<'_>,
        seen: SeenSizes,
        parts: &[impl AsRef<[u8]>],
    ) -> Result<SealedEntry, SealError> {
        guard.check()?;
        let padded = pad_all(parts, |part| {
            let mut one = store(part, |len| guarded_len(len + 1) + TAG_LEN);
            pad_to(&mut one, 0, guarded_len);
            one
        })?;
        let seed = self.make_seed(rng, device, &padded);
        let mut header = self.header(device, epoch.id, seen, &padded);
        header.salt = Bytes(seed.derive_salt());
        // The context names the keys, and what is sealed to them names the context: ids first.
        header.trustee_set = Some(guard.set.id());
        header.trustees = guard.keys.iter().map(|key| unfilled(key.key)).collect();
        let secrets: Vec<ShareSecret> =
            guard.set.places().iter().map(|place| seed.derive_share_secret(place.x)).collect();
        let ciphertexts = seal_parts(&mut header, epoch.secret, guard, &seed, &secrets, padded)?;
        wrap_secrets(&mut header, guard, &seed, &secrets)?;
        self.finish(device, header, ciphertexts)
    }
}

impl SealingGuard<'_> {
    fn check(&self) -> Result<(), SealError> {
        if !self.rule.is_guarded() {
            return Err(SealError::NotGuarded);
        }
        let (keys, trustees) = (self.keys.len(), self.set.places().len());
        if keys != trustees {
            return Err(SealError::TrusteeKeys { keys, trustees });
        }
        let twice = |one: &&TrusteePublic<'_>| self.keys.iter().filter(|key| key.key == one.key).count() > 1;
        let twice = self.keys.iter().find(twice);
        twice.map_or(Ok(()), |one| Err(SealError::BadTrusteeKey { key: one.key }))
    }
}

fn unfilled(key: KeyId) -> TrusteeHeader {
    let enc = Box::new([0; WRAP_ENC_LEN]);
    TrusteeHeader { key, enc, wrap: [0; WRAP_LEN], commitment: [0; 32] }
}

/// Deals a share per part, seals the part under it, and enters hash, commitments and points.
fn seal_parts(
    header: &mut EntryHeader,
    epoch: &EpochSecret,
    guard: SealingGuard<'_>,
    seed: &EntrySeed,
    secrets: &[ShareSecret],
    padded: Vec<Zeroizing<Vec<u8>>>,
) -> Result<Vec<Vec<u8>>, KeyUnusable> {
    let (ctx, dealing, rule) = (header.ctx(), seed.derive_dealing(), guard.rule);
    let mut ciphertexts = Vec::with_capacity(padded.len());
    for (index, (one, part)) in (0u32..).zip(padded.into_iter().zip(&mut header.parts)) {
        let Dealt { share, points, pads } = deal(&dealing, &ctx, index, guard.set, secrets);
        let prk = derive_guarded_prk(&header.salt.0, epoch, &share);
        let aad = part_aad(&ctx, index, rule, one.len() as u32);
        let ciphertext = seal_one(derive_part_key(&prk, &ctx, index, rule), &aad, one)?;
        let commitment = derive_part_commitment(&prk, &ctx, index, rule);
        part.ciphertext_hash = sha256(&[&ciphertext]);
        part.guard = Some(PartGuard { commitment, points, pads });
        ciphertexts.push(ciphertext);
    }
    Ok(ciphertexts)
}

/// Wraps every trustee's share secret to its key.
fn wrap_secrets(
    header: &mut EntryHeader,
    guard: SealingGuard<'_>,
    seed: &EntrySeed,
    secrets: &[ShareSecret],
) -> Result<(), SealError> {
    let ctx = header.ctx();
    let mut drawn = seed.derive_draws(&ctx);
    let trustees = guard.set.places().iter().zip(guard.keys).zip(secrets);
    for (filled, ((place, key), secret)) in header.trustees.iter_mut().zip(trustees) {
        let wrapped = wrap(&mut drawn, &ctx, place, key, secret);
        *filled = wrapped.ok_or(SealError::BadTrusteeKey { key: key.key })?;
    }
    Ok(())
}

/// None if the public key is none.
fn wrap(
    drawn: &mut Hedged,
    ctx: &[u8; 32],
    place: &TrusteePlace,
    key: &TrusteePublic<'_>,
    secret: &ShareSecret,
) -> Option<TrusteeHeader> {
    let commitment = derive_share_commitment(secret, ctx, place.x);
    let info = wrap_info(ctx, &place.trustee, place.x, &key.key);
    let sealed = hpke::seal(drawn, key.public, &info, &commitment, secret.reveal())?;
    let wrap = sealed.ciphertext.try_into().ok()?;
    Some(TrusteeHeader { key: key.key, enc: sealed.enc, wrap, commitment })
}

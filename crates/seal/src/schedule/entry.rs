//! Entries and their parts: one seed for everything random, one key for each part.

use counterseal_register::{Label, Rule, sha256};
use zeroize::Zeroizing;

use super::{Prk, SHARE_DRAW, SHARE_DRAW_SEED};
use crate::hedged::Hedged;
use crate::secrets::{EpochSecret, HedgeKey, OnceKey, Pad, PartShare, ShareSecret};

/// The hedged seed of everything random about an entry. Randomness alone would come twice after a virtual
/// machine is set back, and with a fixed nonce that is a two-time pad; here another plaintext, another
/// place or another device is another seed even then.
pub(crate) fn derive_entry_seed(
    hedge: &HedgeKey,
    random: &[u8; 32],
    plaintexts: &[u8; 32],
    prev: &[u8],
    seq: u64,
) -> EntrySeed {
    let place = [Label::ENTRY_SEED.bytes(), random, plaintexts, prev, &seq.to_be_bytes()];
    EntrySeed(Prk::of(&Prk::of(hedge.reveal()).mac(&place)))
}

/// An entry's hedged seed. Nothing about the entry is drawn from anywhere else.
pub(crate) struct EntrySeed(Prk);

impl EntrySeed {
    /// The entry's salt.
    pub(crate) fn derive_salt(&self) -> [u8; 32] {
        *self.0.expand(&[Label::ENTRY_SALT.bytes()])
    }

    /// d, which the coefficients of the entry's polynomials follow from.
    pub(crate) fn derive_dealing(&self) -> Prk {
        Prk::of(&self.0.expand(&[Label::SHARE_DEAL.bytes()]))
    }

    /// s_j, the share secret of the trustee at `x`.
    pub(crate) fn derive_share_secret(&self, x: u8) -> ShareSecret {
        ShareSecret::from_bytes(&self.0.expand(&[Label::SHARE_SECRET.bytes(), &[x]]))
    }

    /// What wraps the share secrets. An encapsulation that came twice with another wrap's info would be
    /// harmless; with the context in it, it does not come twice.
    pub(crate) fn derive_draws(&self, ctx: &[u8; 32]) -> Hedged {
        Hedged::new(Prk::of(&self.0.expand(&[SHARE_DRAW_SEED, ctx])), SHARE_DRAW)
    }
}

/// c_k of part `index`: every value is as likely, zero among them. A generator that avoids zero tells
/// whoever has t - 1 points that some secrets are impossible.
pub(crate) fn derive_coefficient(dealing: &Prk, ctx: &[u8; 32], index: u32, k: u8) -> Zeroizing<[u8; 32]> {
    dealing.expand(&[Label::SHARE_COEF.bytes(), ctx, &index.to_be_bytes(), &[k]])
}

/// The pad of one trustee and part. Bound to the entry: a wrap that is copied into another entry gives
/// pads that are worth nothing for this one.
pub(crate) fn derive_pad(secret: &ShareSecret, ctx: &[u8; 32], x: u8, index: u32) -> Pad {
    let place = [Label::SHARE_PAD.bytes(), ctx, &[x], &index.to_be_bytes()];
    Pad::from_bytes(&Prk::of(secret.reveal()).expand(&place))
}

/// Which pad the author means, of one trustee and part: it tells nothing of the pad, which is 32 bytes that follow from a
/// secret. Bound to the entry, so that it is good for this one alone.
pub(crate) fn derive_pad_commitment(ctx: &[u8; 32], x: u8, index: u32, pad: &Pad) -> [u8; 32] {
    sha256(&[Label::SHARE_PAD_COMMIT.bytes(), ctx, &[x], &index.to_be_bytes(), pad.reveal()])
}

/// kc_j: which share secret the author means; it tells nothing of it, and a trustee checks it.
pub(crate) fn derive_share_commitment(secret: &ShareSecret, ctx: &[u8; 32], x: u8) -> [u8; 32] {
    *Prk::of(secret.reveal()).expand(&[Label::SHARE_COMMIT.bytes(), ctx, &[x]])
}

/// PRK = Extract(salt, E), once per entry, for its open parts.
pub(crate) fn derive_entry_prk(salt: &[u8; 32], epoch: &EpochSecret) -> Prk {
    Prk::extract(salt, &[epoch.reveal()])
}

/// PRK_i = Extract(salt, E ‖ sigma_i), once per guarded part: neither seal alone says anything of it.
pub(crate) fn derive_guarded_prk(salt: &[u8; 32], epoch: &EpochSecret, share: &PartShare) -> Prk {
    Prk::extract(salt, &[epoch.reveal(), share.reveal()])
}

/// C_i, for guarded parts: whoever combines knows the right share by it. Else two sets of trustees could
/// open two contents that one author dealt. An open part's secret is committed to in the register.
pub(crate) fn derive_part_commitment(prk: &Prk, ctx: &[u8; 32], index: u32, rule: Rule) -> [u8; 32] {
    *prk.expand(&[Label::PART_COMMIT.bytes(), ctx, &index.to_be_bytes(), &[rule.code()]])
}

/// K_i. The context names mission, compartment, epoch, device, journal, place and salt: a part that is
/// moved to another entry, place or opening rule meets another key there.
pub(crate) fn derive_part_key(prk: &Prk, ctx: &[u8; 32], index: u32, rule: Rule) -> OnceKey {
    OnceKey::from_bytes(&prk.expand(&[Label::PART_KEY.bytes(), ctx, &index.to_be_bytes(), &[rule.code()]]))
}

/// What a part's tag covers besides its ciphertext: the key is bound to all of it but the length already,
/// and the header names the length; it stands here so that the tag alone says what the part is.
pub(crate) fn part_aad(ctx: &[u8; 32], index: u32, rule: Rule, padded_len: u32) -> [u8; 41] {
    let mut aad = [0; 41];
    let pieces = [&ctx[..], &index.to_be_bytes(), &[rule.code()], &padded_len.to_be_bytes()];
    aad.iter_mut().zip(pieces.into_iter().flatten()).for_each(|(to, from)| *to = *from);
    aad
}

//! Opening of guarded parts: with the pads of t trustees, or later with the share that they gave.
//! Normative text: docs/spec/sealing.md, section 9.

use std::collections::BTreeMap;

use counterseal_register::{Rule, VerifiedPart};
use thiserror::Error;
use zeroize::Zeroizing;

use super::{CannotOpen, Opener, Plaintext};
use crate::compress::stored;
use crate::once::TAG_LEN;
use crate::padding::{guarded_len, unpad_from};
use crate::schedule::{derive_guarded_prk, derive_part_key, part_aad};
use crate::secrets::{EpochSecret, Pad, PartShare};
use crate::share::{Combined, GuardedPlace, NoShare, TrusteeSet};

/// A guarded part, opened.
#[derive(Debug, PartialEq, Eq)]
pub struct OpenedGuarded {
    /// What it says.
    pub plaintext: Plaintext,
    /// Its share, for who keeps it as an advance opening.
    pub share: PartShare,
    /// The places x_j of those who gave a false pad, ascending (`Combined::liars`).
    pub liars: Vec<u8>,
    /// The places x_j where the author dealt another point, ascending (`Combined::misdealt`).
    pub misdealt: Vec<u8>,
}

/// Why a guarded part does not open. Nothing of it was released.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CannotOpenGuarded {
    /// The part is of an open entry.
    #[error("the part is not guarded: it opens without the trustees")]
    NotGuarded,
    /// The pads give no share.
    #[error(transparent)]
    NoShare(#[from] NoShare),
    /// The share is the one committed to, and the part still does not open.
    #[error(transparent)]
    Part(#[from] CannotOpen),
}

impl Opener {
    /// Opens a guarded part with the pads of its trustees, by their places x_j: each from a validly signed
    /// response to one request. `rule` is the register's word on the entry's epoch, `set` on the header's
    /// trustee set.
    ///
    /// # Errors
    /// See `CannotOpenGuarded`.
    pub fn open_guarded(
        &self,
        part: &VerifiedPart<'_>,
        rule: Rule,
        epoch: &EpochSecret,
        set: &TrusteeSet,
        pads: &BTreeMap<u8, Pad>,
    ) -> Result<OpenedGuarded, CannotOpenGuarded> {
        let guard = part.guard().ok_or(CannotOpenGuarded::NotGuarded)?;
        if part.entry().header().trustee_set != Some(set.id()) {
            return Err(NoShare::OtherSet.into());
        }
        let place = GuardedPlace::of(part, rule);
        let Combined { share, liars, misdealt } = Combined::find(&place, epoch, guard, set, pads)?;
        let plaintext = self.open_with_share(&place, epoch, &share, part.ciphertext())?;
        Ok(OpenedGuarded { plaintext, share, liars, misdealt })
    }

    /// Opens a guarded part, whose header was verified when it was taken in, with its combined share. The
    /// ciphertext of another part, entry or rule does not open: the key is bound to its place.
    ///
    /// # Errors
    /// `CannotOpen`, whatever is wrong.
    pub fn open_with_share(
        &self,
        place: &GuardedPlace,
        epoch: &EpochSecret,
        share: &PartShare,
        ciphertext: &[u8],
    ) -> Result<Plaintext, CannotOpen> {
        let GuardedPlace { ctx, salt, index, rule } = place;
        let padded_len = ciphertext.len().checked_sub(TAG_LEN).ok_or(CannotOpen)?;
        let aad = part_aad(ctx, *index, *rule, u32::try_from(padded_len).map_err(|_| CannotOpen)?);
        // A buffer of its own, which is wiped at once: nothing guarded waits here for the next part.
        let mut padded = Zeroizing::new(vec![0; padded_len]);
        derive_part_key(&derive_guarded_prk(salt, epoch, share), ctx, *index, *rule)
            .open(&aad, ciphertext, &mut padded)
            .map_err(|_| CannotOpen)?;
        let packed = unpad_from(&padded, guarded_len).ok_or(CannotOpen)?;
        let content = stored(packed).ok_or(CannotOpen)?;
        Ok(Plaintext(Zeroizing::new(content.to_vec())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compress::{Compressor, MAX_CONTENT, store};
    use crate::padding::{pad, pad_to};

    /// What a member who knows the share seals: whatever he likes, under whatever length.
    fn opened(padded: &[u8], sealed_len: u32) -> Result<Plaintext, CannotOpen> {
        let place = GuardedPlace { ctx: [1; 32], salt: [2; 32], index: 3, rule: Rule::TwoSeal };
        let (epoch, share) = (EpochSecret::from_bytes(&[4; 32]), PartShare::from_bytes(&[5; 32]));
        let prk = derive_guarded_prk(&place.salt, &epoch, &share);
        let aad = part_aad(&place.ctx, place.index, place.rule, sealed_len);
        let mut sealed = padded.to_vec();
        let tag = derive_part_key(&prk, &place.ctx, place.index, place.rule).seal(&aad, &mut sealed).unwrap();
        Opener::new().unwrap().open_with_share(&place, &epoch, &share, &[&sealed[..], &tag].concat())
    }

    fn guarded(packed: &[u8]) -> Vec<u8> {
        let mut padded = packed.to_vec();
        pad_to(&mut padded, 0, guarded_len);
        padded
    }

    #[test]
    fn every_malformation_of_a_guarded_part_is_the_same_refusal() {
        let good = guarded(&store(b"content", |len| len));
        assert_eq!(opened(&good, 1024).unwrap().as_bytes(), b"content");
        let mut as_open = store(b"content", |len| len);
        pad(&mut as_open, 0);
        let malformed: [(&str, Vec<u8>); 7] = [
            ("no padding", vec![0; 1024]),
            ("padded as an open part", as_open),
            ("another mark", [&good[..8], &[0x81], &good[9..]].concat()),
            ("nothing before the mark", guarded(b"")),
            ("an unknown form", guarded(b"\x07content")),
            ("compressed", guarded(&Compressor::new().unwrap().pack(&[7; 500], |len| len))),
            ("too long", guarded(&store(&vec![7; MAX_CONTENT + 1], |len| len))),
        ];
        for (what, padded) in malformed {
            assert_eq!(opened(&padded, padded.len() as u32), Err(CannotOpen), "{what}");
        }
        assert_eq!(opened(&good, 1023), Err(CannotOpen), "another length in the tag");
    }
}

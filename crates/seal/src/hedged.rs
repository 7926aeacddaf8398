//! Randomness that follows from a hedged seed: it repeats only when everything that went into the seed
//! does.

use std::convert::Infallible;

use counterseal_register::HPKE_PUBLIC_LEN;
use rand_core::{CryptoRng, TryCryptoRng, TryRng};
use zeroize::Zeroizing;

use crate::hpke::{self, Sealed};
use crate::schedule::{Prk, derive_drawn_block, derive_hpke_seed};

/// A generator over a seed, for one purpose.
pub(crate) struct Hedged {
    seed: Prk,
    purpose: &'static [u8],
    next: u64,
}

impl Hedged {
    /// The generator; `purpose` is one of the schedule's labels.
    pub(crate) fn new(seed: Prk, purpose: &'static [u8]) -> Self {
        Self { seed, purpose, next: 0 }
    }
}

impl TryRng for Hedged {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_be_bytes(bytes))
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for piece in out.chunks_mut(32) {
            let block = derive_drawn_block(&self.seed, self.purpose, self.next);
            self.next += 1;
            piece.iter_mut().zip(block.iter()).for_each(|(to, from)| *to = *from);
        }
        Ok(())
    }
}

impl TryCryptoRng for Hedged {}

/// HPKE to a public key, with randomness that changes with receiver, info and plaintext: a server whose
/// machine was set back draws the same again, and two messages to one key would share a key stream.
/// `None` if the public key is none.
pub(crate) fn seal_hedged(
    rng: &mut impl CryptoRng,
    public: &[u8; HPKE_PUBLIC_LEN],
    info: &[u8],
    plaintext: &[u8],
) -> Option<Sealed> {
    let mut random = Zeroizing::new([0; 32]);
    rng.fill_bytes(random.as_mut_slice());
    let mut drawn = derive_hpke_seed(&random, public, info, plaintext);
    hpke::seal(&mut drawn, public, info, b"", plaintext)
}

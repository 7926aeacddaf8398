//! HKDF-SHA256 (RFC 5869).

use aws_lc_rs::hmac;
use zeroize::Zeroizing;

/// A pseudorandom key (RFC 5869): HMAC-SHA256, keyed once and used for every part of an entry.
pub(crate) struct Prk(hmac::Key);

impl Prk {
    /// A secret that is uniform already needs no extraction (RFC 5869 §3.3).
    pub(crate) fn of(uniform: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, uniform))
    }

    /// HKDF-Extract: HMAC(salt, secret), the secret's pieces one after another.
    pub(crate) fn extract(salt: &[u8], secret: &[&[u8]]) -> Self {
        Self::of(&Self(hmac::Key::new(hmac::HMAC_SHA256, salt)).mac(secret))
    }

    /// HKDF-Expand to 32 bytes, which is its first block: HMAC(PRK, info ‖ 0x01).
    pub(crate) fn expand(&self, info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        let mut context = hmac::Context::with_key(&self.0);
        info.iter().for_each(|piece| context.update(piece));
        context.update(&[1]);
        first_32(&context.sign())
    }

    /// HMAC-SHA256 over the pieces, one after another.
    pub(crate) fn mac(&self, pieces: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        let mut context = hmac::Context::with_key(&self.0);
        pieces.iter().for_each(|piece| context.update(piece));
        first_32(&context.sign())
    }
}

fn first_32(tag: &hmac::Tag) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    out.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
    out
}

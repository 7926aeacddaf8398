//! Which bytes are an X-Wing public key. Nothing is sealed here; but what is no key must not come into the register,
//! for then nobody could begin an epoch with that device in its roster (docs/spec/entries.md, section 3).

use crate::key::HPKE_PUBLIC_LEN;

/// Bytes of ML-KEM-768's coefficients, 12 bits each. After them stand its seed and the X25519 key, which may be anything.
const COEFFICIENTS: usize = 1152;
/// ML-KEM's modulus.
const Q: u16 = 3329;

/// Whether these bytes are an X-Wing public key: every coefficient of its ML-KEM-768 key is below q (FIPS 203, section 7.2).
#[must_use]
pub fn is_acceptable_kem_key(key: &[u8; HPKE_PUBLIC_LEN]) -> bool {
    let (coefficients, _) = key.split_at(COEFFICIENTS);
    coefficients.as_chunks::<3>().0.iter().all(|[a, b, c]| {
        let (a, b, c) = (u16::from(*a), u16::from(*b), u16::from(*c));
        (a | (b & 0x0f) << 8) < Q && (b >> 4 | c << 4) < Q
    })
}

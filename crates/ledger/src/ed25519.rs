//! The one Ed25519 predicate (PROTOCOL section 1). Two clients that disagree about one signature
//! see two registers, so what RFC 8032 leaves open is closed here: canonical encodings only,
//! points of small order refused, S below L, no cofactor, no batches.

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};

/// p = 2^255 - 19, little-endian.
const P: [u8; 32] = {
    let mut p = [0xff; 32];
    p[0] = 0xed;
    p[31] = 0x7f;
    p
};

/// The group's order, little-endian.
const L: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// The y coordinates of the eight points of order 1, 2, 4 and 8, little-endian. With y = 0 and with
/// the last two either sign of x is a point; with the first two (x = 0) only sign 0 is canonical.
const SMALL_ORDER: [[u8; 32]; 5] = {
    let mut one = [0; 32];
    one[0] = 1;
    let mut minus_one = P;
    minus_one[0] = 0xec;
    [
        one,
        minus_one,
        [0; 32],
        [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
            0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
        ],
        [
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
            0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
        ],
    ]
};

/// Whether `signature` (64 bytes, R then S) is `public`'s over `message`. Whatever this project
/// verifies with Ed25519, it verifies here.
#[must_use]
pub fn verify_ed25519(public: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let Some((r, s)) = signature.split_first_chunk::<32>() else { return false };
    let Ok(s) = <[u8; 32]>::try_from(s) else { return false };
    is_acceptable_point(public)
        && is_acceptable_point(r)
        && is_below(&s, &L)
        && UnparsedPublicKey::new(&ED25519, public).verify(message, signature).is_ok()
}

/// Whether an encoding is canonical and not of small order. Whether it is on the curve at all is
/// left to the library.
#[must_use]
pub fn is_acceptable_point(encoded: &[u8; 32]) -> bool {
    let mut y = *encoded;
    if let Some(top) = y.last_mut() {
        *top &= 0x7f; // the sign of x
    }
    // x = 0 with sign 1 is an encoding of y = 1 or y = -1, which small order refuses with either sign.
    is_below(&y, &P) && !SMALL_ORDER.contains(&y)
}

/// Whether `a` is less than `b`, both little-endian. Public values: the time may vary.
fn is_below(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

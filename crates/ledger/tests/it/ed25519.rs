//! The one Ed25519 predicate, against Wycheproof's vectors and against points made here.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use counterseal_ledger::*;
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;

fn accepts(key: [u8; 32], signature: [u8; 64], message: &[u8]) -> bool {
    verify_ed25519(&key, message, &signature)
}

fn challenge(r: &[u8; 32], a: &[u8; 32], message: &[u8]) -> Scalar {
    use aws_lc_rs::digest::{Context, SHA512};
    let mut context = Context::new(&SHA512);
    [&r[..], a, message].iter().for_each(|piece| context.update(piece));
    Scalar::from_bytes_mod_order_wide(context.finish().as_ref().try_into().unwrap())
}

/// A signature that satisfies [S]B = R + [k]A for the points given, under any encodings of them.
fn signature_for(secret: Scalar, nonce: Scalar, r: [u8; 32], a: [u8; 32], message: &[u8]) -> [u8; 64] {
    let s = nonce + challenge(&r, &a, message) * secret;
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(&r);
    signature[32..].copy_from_slice(s.as_bytes());
    signature
}

fn signed_by_the_library(message: &[u8]) -> ([u8; 32], [u8; 64]) {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[1; 32]).unwrap();
    let key = pair.public_key().as_ref().try_into().unwrap();
    (key, pair.sign(message).as_ref().try_into().unwrap())
}

fn encode(point: EdwardsPoint) -> [u8; 32] {
    point.compress().to_bytes()
}

#[test]
fn a_signature_made_by_hand_is_accepted() {
    let (secret, nonce) = (Scalar::from(11_u64), Scalar::from(13_u64));
    let (a, r) = (encode(ED25519_BASEPOINT_POINT * secret), encode(ED25519_BASEPOINT_POINT * nonce));
    assert!(accepts(a, signature_for(secret, nonce, r, a, b"m"), b"m"));
    let (key, signature) = signed_by_the_library(b"m");
    assert!(accepts(key, signature, b"m"));
}

#[test]
fn public_keys_of_small_order_are_refused() {
    // With A of small order and k a multiple of its order, S = nonce satisfies the equation.
    let nonce = Scalar::from(13_u64);
    let r = encode(ED25519_BASEPOINT_POINT * nonce);
    for point in EIGHT_TORSION {
        let a = encode(point);
        let fits = (0..200_u32)
            .map(|n| n.to_be_bytes())
            .find(|payload| point * challenge(&r, &a, payload) == EIGHT_TORSION[0]);
        let payload = fits.unwrap();
        assert!(!accepts(a, signature_for(Scalar::ZERO, nonce, r, a, &payload), &payload), "{a:02x?}");
    }
}

#[test]
fn nonces_of_small_order_are_refused() {
    let secret = Scalar::from(11_u64);
    let a = encode(ED25519_BASEPOINT_POINT * secret);
    // R is the neutral point: the equation holds with S = k * secret.
    let r = encode(EIGHT_TORSION[0]);
    assert!(!accepts(a, signature_for(secret, Scalar::ZERO, r, a, b"m"), b"m"));
    for point in EIGHT_TORSION {
        let r = encode(point);
        assert!(!accepts(a, signature_for(secret, Scalar::ZERO, r, a, b"m"), b"m"), "{r:02x?}");
    }
}

#[test]
fn the_equation_has_no_cofactor() {
    // A with a component of order 8: [8]([S]B) = [8](R + [k]A) holds, without the cofactor it does not.
    let (secret, nonce) = (Scalar::from(11_u64), Scalar::from(13_u64));
    let mixed = encode(ED25519_BASEPOINT_POINT * secret + EIGHT_TORSION[1]);
    let r = encode(ED25519_BASEPOINT_POINT * nonce);
    let mut outcomes = (0..16_u8).map(|n| {
        let cofactored = signature_for(secret, nonce, r, mixed, &[n]);
        let eight = challenge(&r, &mixed, &[n]).as_bytes()[0].is_multiple_of(8);
        (accepts(mixed, cofactored, &[n]), eight)
    });
    assert!(outcomes.all(|(accepted, k_is_multiple_of_eight)| accepted == k_is_multiple_of_eight));
}

/// Every encoding with y in p..2^255 (y + p for y = 0..18), and x = 0 with sign 1.
fn non_canonical() -> Vec<[u8; 32]> {
    let mut all = Vec::new();
    for low in 0xed..=0xff_u8 {
        for sign in [0x7f, 0xff] {
            let mut encoding = [0xff; 32];
            encoding[0] = low;
            encoding[31] = sign;
            all.push(encoding);
        }
    }
    let mut one = [0; 32];
    one[0] = 1;
    one[31] = 0x80;
    let mut minus_one = [0xff; 32];
    minus_one[0] = 0xec;
    all.extend([one, minus_one]);
    all
}

#[test]
fn non_canonical_encodings_are_refused_as_key_and_as_nonce() {
    let (secret, nonce) = (Scalar::from(11_u64), Scalar::from(13_u64));
    let (a, r) = (encode(ED25519_BASEPOINT_POINT * secret), encode(ED25519_BASEPOINT_POINT * nonce));
    let mut on_the_curve = 0;
    for encoding in non_canonical() {
        on_the_curve += usize::from(CompressedEdwardsY(encoding).decompress().is_some());
        assert!(!is_acceptable_point(&encoding), "whatever the library does");
        assert!(!accepts(encoding, signature_for(secret, nonce, r, encoding, b"m"), b"m"));
        assert!(!accepts(a, signature_for(secret, nonce, encoding, a, b"m"), b"m"));
    }
    assert!(on_the_curve > 10, "lenient libraries do decode some of them");
}

#[test]
fn s_must_be_below_the_order() {
    let (key, good) = signed_by_the_library(b"m");
    // S + L verifies in libraries that do not check.
    let order = {
        let mut bytes = (-Scalar::ONE).to_bytes();
        bytes[0] += 1;
        bytes
    };
    let mut malleated = good;
    let mut carry = 0;
    for (byte, add) in malleated[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = (sum & 0xff) as u8;
        carry = sum >> 8;
    }
    assert!(accepts(key, good, b"m"));
    assert!(!accepts(key, malleated, b"m"));
}

#[test]
fn wycheproof_agrees() {
    let Some(path) = crate::common::shared("data/vectors/wycheproof/ed25519_test.json") else { return };
    let text = std::fs::read_to_string(&path).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let bytes = |value: &serde_json::Value| hex::decode(value.as_str().unwrap()).unwrap();
    let mut counted = (0, 0);
    for group in file["testGroups"].as_array().unwrap() {
        let key: [u8; 32] = bytes(&group["publicKey"]["pk"]).try_into().unwrap();
        for case in group["tests"].as_array().unwrap() {
            let valid = case["result"] == "valid";
            let outcome = verify_ed25519(&key, &bytes(&case["msg"]), &bytes(&case["sig"]));
            assert_eq!(outcome, valid, "tcId {} {}", case["tcId"], case["comment"]);
            if valid { counted.0 += 1 } else { counted.1 += 1 }
        }
    }
    println!("{}: {} valid, {} refused", path.display(), counted.0, counted.1);
    assert!(counted.0 > 50 && counted.1 > 50);
}

//! Wycheproof for AES-256-GCM and HKDF-SHA256 as we use them; RFC 8032 and RFC 9106 for the rest.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use serde_json::Value;

use super::{bytes, file, ran};
use crate::schedule::Prk;

fn tests<'a>(all: &'a Value, group: impl Fn(&Value) -> bool + 'a) -> impl Iterator<Item = &'a Value> {
    let groups = all["testGroups"].as_array().unwrap().iter().filter(move |g| group(g));
    groups.flat_map(|g| g["tests"].as_array().unwrap())
}

#[test]
fn aes_256_gcm() {
    let path = "wycheproof/aes_gcm_test.json";
    let Some(all) = file(path) else { return };
    let ours =
        |g: &Value| (&g["keySize"], &g["ivSize"], &g["tagSize"]) == (&256.into(), &96.into(), &128.into());
    let mut run = 0;
    for test in tests(&all, ours) {
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes(test, "key")).unwrap());
        let nonce = || Nonce::try_assume_unique_for_key(&bytes(test, "iv")).unwrap();
        let aad = || Aad::from(bytes(test, "aad"));
        let (message, ciphertext, tag) = (bytes(test, "msg"), bytes(test, "ct"), bytes(test, "tag"));
        let mut opened = vec![0; ciphertext.len()];
        let result = key.open_separate_gather(nonce(), aad(), &ciphertext, &tag, &mut opened);
        if test["result"] == "valid" {
            assert_eq!((result, opened), (Ok(()), message.clone()), "{}", test["tcId"]);
            let mut sealed = message;
            let made = key.seal_in_place_separate_tag(nonce(), aad(), &mut sealed).unwrap();
            assert_eq!((sealed, made.as_ref().to_vec()), (ciphertext, tag), "{}", test["tcId"]);
        } else {
            assert!(result.is_err(), "{}", test["tcId"]);
        }
        run += 1;
    }
    ran(path, run);
}

/// Our expansion gives the first block; the vectors' longer outputs begin with it.
#[test]
fn hkdf_sha256() {
    let path = "wycheproof/hkdf_sha256_test.json";
    let Some(all) = file(path) else { return };
    let mut run = 0;
    for test in tests(&all, |_| true).filter(|test| test["result"] == "valid") {
        let okm = bytes(test, "okm");
        let ours = Prk::extract(&bytes(test, "salt"), &[&bytes(test, "ikm")]).expand(&[&bytes(test, "info")]);
        let len = okm.len().min(32);
        assert_eq!(ours[..len], okm[..len], "{}", test["tcId"]);
        run += 1;
    }
    ran(path, run);
}

/// RFC 8032, section 7.1, tests 1 and 3.
#[test]
fn ed25519_signing() {
    let cases = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ];
    for (seed, public, message, signature) in cases {
        let pair = Ed25519KeyPair::from_seed_unchecked(&hex::decode(seed).unwrap()).unwrap();
        assert_eq!(hex::encode(pair.public_key().as_ref()), public);
        assert_eq!(hex::encode(pair.sign(&hex::decode(message).unwrap()).as_ref()), signature);
    }
}

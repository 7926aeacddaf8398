//! HPKE with X-Wing, HKDF-SHA256 and ChaCha20-Poly1305: published vectors, and `hpke-rs` as a second hand.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, X25519HkdfSha256, XWing};
use hpke::{Deserializable, OpModeR, Serializable};
use hpke_rs::hpke_types::{AeadAlgorithm, KdfAlgorithm, KemAlgorithm};
use hpke_rs::libcrux::HpkeLibcrux;
use hpke_rs::{Hpke, HpkePrivateKey, HpkePublicKey, Mode};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use serde_json::Value;

use super::{Replay, bytes, file, fixed, ran};
use crate::hpke::{Sealed, open, public_key, seal};
use crate::secrets::UnwrappingKey;

/// The vectors of a file that are of our KDF and AEAD, base mode, and of this KEM.
fn of_our_suite(all: &Value, kem: u64) -> Vec<&Value> {
    let ours = |v: &&Value| {
        (&v["mode"], &v["kem_id"], &v["kdf_id"], &v["aead_id"])
            == (&0.into(), &kem.into(), &1.into(), &3.into())
    };
    all.as_array().unwrap().iter().filter(ours).collect()
}

/// Every message of a vector, whose nonces count up, and every exported secret.
fn run_context<K: Kem>(vector: &Value) -> usize {
    let private = K::PrivateKey::from_bytes(&bytes(vector, "skRm")).unwrap();
    assert_eq!(K::sk_to_pk(&private).to_bytes().as_slice(), bytes(vector, "pkRm"));
    // By its public key: X25519 secrets have bits that do not count, and libraries write them differently.
    let (_, derived) = K::derive_keypair(&bytes(vector, "ikmR"));
    assert_eq!(derived.to_bytes().as_slice(), bytes(vector, "pkRm"));
    let encapsulated = K::EncappedKey::from_bytes(&bytes(vector, "enc")).unwrap();
    let info = bytes(vector, "info");
    let mut context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, K>(
        &OpModeR::Base,
        &private,
        &encapsulated,
        &info,
    )
    .unwrap();
    let messages = vector["encryptions"].as_array().unwrap();
    for message in messages {
        let opened = context.open(&bytes(message, "ct"), &bytes(message, "aad")).unwrap();
        assert_eq!(opened, bytes(message, "pt"));
    }
    for export in vector["exports"].as_array().unwrap() {
        let mut out = vec![0; export["L"].as_u64().unwrap() as usize];
        context.export(&bytes(export, "exporter_context"), &mut out).unwrap();
        assert_eq!(out, bytes(export, "exported_value"));
    }
    messages.len()
}

#[test]
fn published_vectors_of_our_suite() {
    for path in ["hpke/hpke-pq-test-vectors.json", "hpke/xwing-mlkem-test-vectors-go-8aa8a04.json"] {
        let Some(all) = file(path) else { continue };
        let mut messages = 0;
        for vector in of_our_suite(&all, 0x647a) {
            messages += run_context::<XWing>(vector);
            let (info, first) = (bytes(vector, "info"), &vector["encryptions"][0]);
            let (aad, plaintext) = (bytes(first, "aad"), bytes(first, "pt"));
            let sealed = Sealed { enc: Box::new(fixed(vector, "enc")), ciphertext: bytes(first, "ct") };
            let secret = UnwrappingKey::from_bytes(&fixed(vector, "skRm"));
            let opened = open(&secret, &info, &aad, &sealed.enc, &sealed.ciphertext);
            assert_eq!(*opened.unwrap(), plaintext, "our opening");
            let public = public_key(&secret).unwrap();
            let ours = seal(&mut Replay(bytes(vector, "ikmE")), &public, &info, &aad, &plaintext);
            assert_eq!(ours.unwrap(), sealed, "our sealing, with the vector's randomness");
        }
        ran(path, messages);
    }
}

#[test]
fn rfc_9180_vectors_of_the_same_kdf_and_aead() {
    let path = "hpke/test-vectors.json";
    let Some(all) = file(path) else { return };
    // Messages are not numbered one after another in this file; only the first ones are.
    let mut run = 0;
    for vector in of_our_suite(&all, 0x20) {
        let mut vector = vector.clone();
        vector["encryptions"].as_array_mut().unwrap().truncate(3);
        run += run_context::<X25519HkdfSha256>(&vector);
    }
    ran(path, run);
}

#[test]
fn x_wing_vectors() {
    let path = "xwing/test-vectors.json";
    let Some(all) = file(path) else { return };
    let all = all.as_array().unwrap();
    for vector in all {
        let secret = UnwrappingKey::from_bytes(&fixed(vector, "sk"));
        assert_eq!(public_key(&secret).unwrap().as_slice(), bytes(vector, "pk"));
        let private = <XWing as Kem>::PrivateKey::from_bytes(secret.reveal()).unwrap();
        let encapsulated = <XWing as Kem>::EncappedKey::from_bytes(&bytes(vector, "ct")).unwrap();
        let shared = XWing::decap(&private, None, &encapsulated).unwrap();
        assert_eq!(shared.0.as_slice(), bytes(vector, "ss"));
        let public = <XWing as Kem>::PublicKey::from_bytes(&bytes(vector, "pk")).unwrap();
        let (shared, encapsulated) =
            XWing::encap_with_rng(&public, None, &mut Replay(bytes(vector, "eseed"))).unwrap();
        assert_eq!(shared.0.as_slice(), bytes(vector, "ss"));
        assert_eq!(encapsulated.to_bytes().as_slice(), bytes(vector, "ct"));
    }
    ran(path, all.len());
}

#[test]
fn another_library_opens_what_we_seal_and_we_what_it_seals() {
    let rng = &mut ChaCha20Rng::seed_from_u64(0x647a);
    let mut theirs = Hpke::<HpkeLibcrux>::new(
        Mode::Base,
        KemAlgorithm::XWingDraft06,
        KdfAlgorithm::HkdfSha256,
        AeadAlgorithm::ChaCha20Poly1305,
    );
    for i in 0..4u8 {
        let secret = UnwrappingKey::make(rng);
        let public = public_key(&secret).unwrap();
        let (their_secret, their_public) =
            (HpkePrivateKey::new(secret.reveal().to_vec()), HpkePublicKey::new(public.to_vec()));
        let (info, aad, plaintext) = ([b'i', i], [b'a', i], [i; 32]);

        let Sealed { enc, ciphertext } = seal(rng, &public, &info, &aad, &plaintext).unwrap();
        let opened = theirs.open(enc.as_slice(), &their_secret, &info, &aad, &ciphertext, None, None, None);
        assert_eq!(opened.unwrap(), plaintext);

        let (enc, ciphertext) =
            theirs.seal(&their_public, &info, &aad, &plaintext, None, None, None).unwrap();
        let mut enc: [u8; 1120] = enc.try_into().unwrap();
        assert_eq!(open(&secret, &info, &aad, &enc, &ciphertext).unwrap().as_slice(), plaintext);
        assert!(open(&secret, b"other", &aad, &enc, &ciphertext).is_none());
        assert!(open(&secret, &info, b"other", &enc, &ciphertext).is_none());
        assert!(open(&secret, &info, &aad, &enc, &ciphertext[..47]).is_none());
        enc[5] ^= 1;
        assert!(open(&secret, &info, &aad, &enc, &ciphertext).is_none());
    }
}

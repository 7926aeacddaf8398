//! Known answers: every derivation, and that no label begins another.

use counterseal_model::{CompartmentId, EpochId, MissionId};
use counterseal_register::{Label, Rule, sha256};
use rand_core::Rng;

use super::*;
use crate::secrets::{EpochSecret, HedgeKey, InvitationSecret, PouchKey, StoreRoot};

#[test]
fn every_label_is_ended_and_none_begins_another() {
    let mut all: Vec<&[u8]> = Label::ALL.iter().map(|label| label.bytes()).collect();
    all.extend([NAME_SALT, KEY_FILE_SALT, KEY_FILE_KEY, STORE_DB, STORE_PAGES, STORE_COMMIT]);
    all.extend([POUCH_SEED, POUCH_DRAW, WAITING_SALT, WAITING_KEY]);
    all.extend([SHARE_DRAW_SEED, SHARE_DRAW, HPKE_SEED, HPKE_DRAW]);
    all.extend([ROW_SALT, ROW_KEY, SEGMENTS_SALT, SEGMENTS_KEY, PSEUDONYM]);
    for (i, a) in all.iter().enumerate() {
        assert!(a.starts_with(b"counterseal/cs1/") && a.ends_with(b"\0"));
        for (j, b) in all.iter().enumerate() {
            assert!(i == j || !b.starts_with(a), "{}", String::from_utf8_lossy(a));
        }
    }
}

#[test]
fn expanding_is_the_hkdf_of_the_library() {
    use aws_lc_rs::hkdf;
    let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"salt").extract(b"secret");
    let mut theirs = [0; 32];
    prk.expand(&[b"in", b"fo"], hkdf::HKDF_SHA256).unwrap().fill(&mut theirs).unwrap();
    assert_eq!(*Prk::extract(b"salt", &[b"sec", b"ret"]).expand(&[b"info"]), theirs);
}

fn kat(name: &str) -> [u8; 32] {
    sha256(&[b"kat ", name.as_bytes()])
}

/// Every derivation, against values computed in Python with the functions of reference/shares.py.
#[test]
fn every_derivation_gives_the_reference_value() {
    let (epoch, hedge) =
        (EpochSecret::from_bytes(&kat("epoch secret")), HedgeKey::from_bytes(&kat("hedge key")));
    let store = StoreRoot::from_bytes(&kat("store root"));
    let (mission, previous) =
        (MissionId::from_bytes(kat("mission")), EpochId::from_bytes(kat("previous epoch")));
    let compartment = CompartmentId::from_slice(&kat("compartment")[..16]).unwrap();
    let subject = [&[0x82, 0x01, 0x50][..], compartment.as_bytes()].concat();
    assert_eq!(
        hex::encode(
            derive_part_key(&derive_entry_prk(&kat("salt"), &epoch), &kat("ctx"), 3, Rule::Open).reveal()
        ),
        "1ebf1c5b6087931101a1adec0434de6e8220ccf3cf9d9fd6a8be12149b7a24b5"
    );
    let seed = derive_entry_seed(&hedge, &kat("random"), &kat("plaintexts"), &kat("prev"), 7);
    assert_eq!(
        hex::encode(seed.derive_salt()),
        "b7670fbb69d3750df7c0ea379aa4b41691aa0fe7e3b0115ce50fac69a0c8e26f"
    );
    assert_eq!(
        hex::encode(*derive_coefficient(&seed.derive_dealing(), &kat("ctx"), 3, 1)),
        "d1bbd09343f9deaef3fbcb7eb3c587c26ede3585d6b471c83af01b0ff5dc464c"
    );
    assert_eq!(
        hex::encode(seed.derive_share_secret(200).reveal()),
        "6798b4dc580125867bfcf19b4f62610125509d9389aef0233503c1f38897be59"
    );
    assert_eq!(
        hex::encode(derive_epoch_commitment(&epoch, &mission, &compartment)),
        "75897b97035432803ccece22deec5c94056c48ed15d1b7accca3e1c7fdd51298"
    );
    assert_eq!(
        hex::encode(derive_previous_key(&epoch, &mission, &compartment, &previous).reveal()),
        "fda2906d520129a16b13fc42bbb114873a768cc7c9938987a7a5d6f1de3aa11a"
    );
    assert_eq!(
        hex::encode(derive_name_salt(&hedge, &kat("random"), &kat("padded"))),
        "168853db9a07f27615124fdef7ec0f7f336bcd2ebb07c901256db333328506a9"
    );
    assert_eq!(
        hex::encode(derive_name_key(&epoch, &mission, &subject, &kat("salt")).reveal()),
        "dd5947ef70fe61ea7ce38cd0e0cb880d28a89ae48c094f1ce0ab7d2a606b7c27"
    );
    assert_eq!(
        hex::encode(derive_keyfile_salt(&kat("random"), &kat("secrets"))),
        "2386d5ae517be8db3f1c948f53c4309a2c4dd23c5229593b8f3682fa30f250ef"
    );
    assert_eq!(
        hex::encode(derive_keyfile_key(&kat("KEK"), &kat("header")).reveal()),
        "3f2c55c8eef009c3f146f2e66c9e176c3e3ebbd4fdf017d15d3c2e5d8886ddb1"
    );
    let mut block = [0; 32];
    let mut draws = seed.derive_draws(&kat("ctx"));
    draws.fill_bytes(&mut block);
    assert_eq!(hex::encode(block), "e11f60c0138f539819e785e4fa8e685f26880826362918bcf6b55c8376e64893");
    let mut sealing = derive_hpke_seed(&kat("random"), b"public", b"info", b"text");
    sealing.fill_bytes(&mut block);
    sealing.fill_bytes(&mut block);
    assert_eq!(hex::encode(block), "74ec28f9254c743f740ca714e9e8a2ff640bbc36ea8e0e4221f359a4d2146592");
    let secret = InvitationSecret::from_bytes(kat("invitation secret")[..16].try_into().unwrap());
    let bound = derive_invitation_prk(&kat("commitment"), &secret)
        .mac(&[Label::INVITATION_BIND.bytes(), &kat("request")]);
    assert_eq!(hex::encode(*bound), "763d2fe12d318785491b64a90a362df647e629eeb0cff7a14874290bc63111c3");
    assert_eq!(
        hex::encode(derive_waiting_salt(&hedge, &kat("random"), &kat("content"))),
        "420754ef058aac90657ad81c356b4df714c04f166c9e1129f140fb2fdb115e1e"
    );
    assert_eq!(
        hex::encode(derive_waiting_key(&store, &kat("salt")).reveal()),
        "a8990fd438a06ebf5664d5bce94f10f3d5d4aaea6e6c844c56c9a1bb97546ff4"
    );
    let seed = derive_pouch_seed(&hedge, &kat("random"), &kat("receivers"), &kat("content"));
    assert_eq!(hex::encode(*seed), "1fa0f9d4e8455bcb0975f930960674dbe99071ed0178d7f0174a6add0e6d4e74");
    assert_eq!(
        hex::encode(derive_drawn_block(&Prk::of(&seed), POUCH_DRAW, 5)),
        "b77e27ffa548792f27152ede5d23ba99128fe7632f485c90534449c1e91a32ba"
    );
    let file = PouchKey::from_bytes(&kat("file key"));
    assert_eq!(
        hex::encode(derive_pouch_chunk_key(&file, &kat("head")).reveal()),
        "ea4cf20837c84dc9d99db4b40c15b2fdce4a5bd976daa84a4fbdc92990c8e520"
    );
    assert_eq!(
        hex::encode(store.derive_database_key().reveal()),
        "ee961fa85781b6dcec379ae5d72274fc5dc845196e6f2325a188f740ec0a83a1"
    );
    assert_eq!(
        hex::encode(store.derive_page_tag_key().reveal()),
        "0ca2aafbbb2cb03d083ac4f8127b7d4254437a93aca1bda9336814f87832578a"
    );
    assert_eq!(
        hex::encode(store.derive_head_key().reveal()),
        "f792e6cc47a070c17d839adc8f899a6501478e041fbe7761f7555e9468889c05"
    );
}

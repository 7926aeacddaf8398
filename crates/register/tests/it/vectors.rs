//! Golden vectors: files in tests/vectors, written once and never again by anything but
//! `COUNTERSEAL_BLESS=1`. A change here is a change of the protocol.

use std::collections::BTreeMap;

use crate::common::*;
use crate::entries::{header, signed_header};
use counterseal_model::Timestamp;
use counterseal_model::cbor::to_bytes;
use counterseal_register::*;

type Vector = BTreeMap<String, String>;

fn load(name: &str, make: impl FnOnce() -> Vector) -> Vector {
    let path = format!("{}/tests/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("COUNTERSEAL_BLESS").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&make()).unwrap() + "\n").unwrap();
    }
    serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap()
}

fn bytes(vector: &Vector, field: &str) -> Vec<u8> {
    hex::decode(&vector[field]).unwrap()
}

fn vector(pairs: &[(&str, String)]) -> Vector {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

#[test]
fn an_entry_header() {
    let dev = Dev::new(person(1), 1);
    let vector = load("entry-header", || {
        let signed = signed_header(&header(&dev), &dev);
        vector(&[
            ("about", "The signed header of a first entry with one part; device key from the Ed25519 seed 01 x 32, HPKE key 01 x 1216.".into()),
            ("device_id", dev.id().to_string()),
            ("payload", hex::encode(to_bytes(&header(&dev)))),
            ("to_be_signed", hex::encode(to_be_signed(Label::ENTRY_SIGN, &protected(Algorithm::Ed25519, &dev.id().into()), &to_bytes(&header(&dev))))),
            ("signed", hex::encode(&signed)),
            ("entry_id", hex::encode(sha256(&[&signed]))),
            ("ctx", hex::encode(header(&dev).ctx())),
        ])
    });
    assert_eq!(vector["device_id"], dev.id().to_string());
    assert_eq!(bytes(&vector, "payload"), to_bytes(&header(&dev)));
    assert_eq!(bytes(&vector, "signed"), signed_header(&header(&dev), &dev), "Ed25519 is deterministic");
    let kid = dev.id().into();
    let message =
        to_be_signed(Label::ENTRY_SIGN, &protected(Algorithm::Ed25519, &kid), &bytes(&vector, "payload"));
    assert_eq!(bytes(&vector, "to_be_signed"), message);
    let verified = verify_header(&bytes(&vector, "signed"), &dev.keys).unwrap();
    assert_eq!(bytes(&vector, "entry_id"), verified.id().as_bytes());
    assert_eq!(bytes(&vector, "ctx"), verified.ctx());
}

#[test]
fn a_guarded_entry_header() {
    let dev = Dev::new(person(1), 1);
    let guarded = crate::guarded_entries::guard(header(&dev));
    let vector = load("guarded-header", || {
        vector(&[
            ("about", "As entry-header, guarded by three trustees: set 07 x 32, key ids, encapsulations, wraps and commitments of 01, 02 and 03, C_0 08 x 32, three points 09 x 32, three commitments to pads 0a x 32.".into()),
            ("payload", hex::encode(to_bytes(&guarded))),
            ("ctx", hex::encode(guarded.ctx())),
        ])
    });
    assert_eq!(bytes(&vector, "payload"), to_bytes(&guarded));
    assert_eq!(bytes(&vector, "ctx"), guarded.ctx());
}

#[test]
fn a_founding() {
    let govs = govs(&[201, 202, 203]);
    let registrar = Dev::new(person(1), 1);
    let act = founding(&govs, &registrar);
    let payload = Statement::new(None, None, Timestamp(1_000), act.clone().into()).payload();
    let vector = load("founding", || {
        let signed = found_bytes(act, &govs, &registrar);
        vector(&[
            ("about", "A founding by three governors (both keys of each from the seed c9, ca, cb x 32), two of whom must sign, and one registrar (person 01 x 16, device keys as in entry-header).".into()),
            ("payload", hex::encode(&payload)),
            ("signed", hex::encode(&signed)),
            ("mission_id", hex::encode(sha256(&[&signed]))),
            ("governor_ids", govs.iter().map(|gov| gov.key.id().to_string()).collect::<Vec<_>>().join(" ")),
        ])
    });
    assert_eq!(bytes(&vector, "payload"), payload);
    let register = Register::found(LogPosition::new(0), &bytes(&vector, "signed")).unwrap();
    assert_eq!(bytes(&vector, "mission_id"), register.mission().as_bytes());
    let governors = register.governors(register.last()).unwrap();
    let ids: Vec<_> = governors.keys.iter().map(|key| key.id().to_string()).collect();
    assert_eq!(vector["governor_ids"], ids.join(" "));
}

#[test]
fn labels() {
    // A label that changes makes every key and signature of its purpose another.
    let vector = load("labels", || {
        vector(&[
            ("about", "Every label.".into()),
            ("labels", Label::ALL.iter().map(|l| format!("{l:?}")).collect::<Vec<_>>().join(" ")),
        ])
    });
    let all: Vec<_> = Label::ALL.iter().map(|label| format!("{label:?}")).collect();
    for old in vector["labels"].split(' ') {
        assert!(all.iter().any(|label| label == old), "{old} is gone");
    }
}

use crate::common::*;
use counterseal_model::cbor::Writer;
use counterseal_register::*;

const PAYLOAD: &[u8] = &[0x01];

fn signed() -> (Dev, Signed) {
    let dev = Dev::new(person(1), 1);
    let signed = Signed::assemble(PAYLOAD, vec![dev.cose(Label::STATEMENT_SIGN, PAYLOAD)]);
    (dev, signed)
}

fn check(dev: &Dev, signed: &Signed) -> Result<(), SignatureRefusal> {
    signed.verify(Label::STATEMENT_SIGN, dev.id().into(), &dev.keys.verifying_key())
}

/// An envelope around one COSE_Sign1, written by hand.
fn by_hand(protected: &[u8], unprotected: &[u8], content: &[u8], signature: &[u8]) -> Vec<u8> {
    let mut w = Writer::new();
    w.array(2).bytes(PAYLOAD).array(1);
    w.array(4).bytes(protected).raw(unprotected).raw(content).bytes(signature);
    w.into_bytes()
}

#[test]
fn coset_reads_our_objects_and_agrees_on_what_is_signed() {
    use coset::{CborSerializable, CoseSign1, iana};
    let (dev, signed) = signed();
    let head = [&[0x82, 0x41, 0x01, 0x81][..]].concat();
    let object = signed.bytes().strip_prefix(head.as_slice()).unwrap();
    let cose = CoseSign1::from_slice(object).unwrap();
    assert_eq!(cose.protected.header.alg, Some(coset::Algorithm::Assigned(iana::Algorithm::EdDSA)));
    assert_eq!(cose.protected.header.key_id, dev.id().as_bytes());
    assert_eq!(cose.payload, None, "the content is detached");
    assert!(cose.unprotected.is_empty());
    let message = cose.tbs_detached_data(PAYLOAD, Label::STATEMENT_SIGN.bytes());
    let ours = to_be_signed(Label::STATEMENT_SIGN, &protected(Algorithm::Ed25519, &dev.id().into()), PAYLOAD);
    assert_eq!(message, ours);
    // And the other way: coset signs, we verify.
    let header = coset::HeaderBuilder::new()
        .algorithm(iana::Algorithm::EdDSA)
        .key_id(dev.id().as_bytes().to_vec())
        .build();
    let theirs = coset::CoseSign1Builder::new()
        .protected(header)
        .create_detached_signature(PAYLOAD, Label::STATEMENT_SIGN.bytes(), |message| {
            dev.sign_raw(message).to_vec()
        })
        .build();
    let bytes = [head, theirs.to_vec().unwrap()].concat();
    let received = Signed::parse(&bytes).unwrap();
    check(&dev, &received).unwrap();
    assert_eq!(received, signed);
}

#[test]
fn ml_dsa_44_has_its_number_in_the_iana_registry() {
    assert_eq!((Algorithm::Ed25519.code(), Algorithm::MlDsa44.code()), (-8, -48));
    let gov = Gov::new(201);
    let signed = Signed::assemble(PAYLOAD, gov.cose(Label::STATEMENT_SIGN, PAYLOAD).to_vec());
    let again = Signed::parse(signed.bytes()).unwrap();
    let key = VerifyingKey::Hybrid(gov.key.clone());
    again.verify(Label::STATEMENT_SIGN, gov.key.id(), &key).unwrap();
    assert_eq!(again.signers(), [gov.key.id()]);
}

#[test]
fn half_a_hybrid_is_no_signature() {
    let gov = Gov::new(201);
    let key = VerifyingKey::Hybrid(gov.key.clone());
    for half in gov.cose(Label::STATEMENT_SIGN, PAYLOAD) {
        let signed = Signed::assemble(PAYLOAD, vec![half]);
        let outcome = signed.verify(Label::STATEMENT_SIGN, gov.key.id(), &key);
        assert_eq!(outcome, Err(SignatureRefusal::WrongSigners));
    }
}

#[test]
fn a_signature_holds_for_one_purpose_one_key_and_one_payload() {
    let (dev, signed) = signed();
    check(&dev, &signed).unwrap();
    let (kid, key) = (dev.id().into(), dev.keys.verifying_key());
    assert!(signed.verify(Label::ENTRY_SIGN, kid, &key).is_err());
    let other = Dev::new(person(2), 2);
    assert_eq!(check(&other, &signed), Err(SignatureRefusal::WrongSigners));
    assert_eq!(
        signed.verify(Label::STATEMENT_SIGN, kid, &other.keys.verifying_key()),
        Err(SignatureRefusal::Invalid { kid })
    );
    let moved = Signed::assemble(&[0x02], vec![dev.cose(Label::STATEMENT_SIGN, PAYLOAD)]);
    assert_eq!(check(&dev, &moved), Err(SignatureRefusal::Invalid { kid }));
}

#[test]
fn more_signers_than_asked_for_are_refused() {
    let (dev, _) = signed();
    let other = Dev::new(person(2), 2);
    let list = [&dev, &other].map(|dev| dev.cose(Label::STATEMENT_SIGN, PAYLOAD)).to_vec();
    let both = Signed::assemble(PAYLOAD, list);
    assert_eq!(check(&dev, &both), Err(SignatureRefusal::WrongSigners));
    let keys = [&dev, &other].map(|dev| (KeyId::from(dev.id()), dev.keys.verifying_key()));
    let keys: Vec<_> = keys.iter().map(|(kid, key)| (*kid, key)).collect();
    both.verify_all(Label::STATEMENT_SIGN, &keys).unwrap();
}

#[test]
fn the_list_of_signatures_has_one_order_and_no_doubles() {
    let devs: Vec<_> = [1, 2].map(|n| Dev::new(person(n), n)).into();
    let mut list: Vec<_> = devs.iter().map(|dev| dev.cose(Label::STATEMENT_SIGN, PAYLOAD)).collect();
    list.sort_by_key(|s| s.kid);
    let raw = |list: &[CoseSignature]| {
        let mut w = Writer::new();
        w.array(2).bytes(PAYLOAD).array(list.len());
        for s in list {
            w.array(4).bytes(&protected(s.algorithm, &s.kid)).map(0).null().bytes(&s.signature);
        }
        Signed::parse(&w.into_bytes())
    };
    raw(&list).unwrap();
    list.reverse();
    assert_eq!(raw(&list), Err(SignatureRefusal::BadList));
    assert_eq!(raw(&[list[0].clone(), list[0].clone()]), Err(SignatureRefusal::BadList));
    assert_eq!(raw(&[]), Err(SignatureRefusal::BadList));
    assert_eq!(raw(&vec![list[0].clone(); MAX_SIGNATURES + 1]), Err(SignatureRefusal::BadList));
}

#[test]
fn nothing_in_a_cose_sign1_is_left_open() {
    let (dev, signed) = signed();
    let kid = KeyId::from(dev.id());
    let header = protected(Algorithm::Ed25519, &kid);
    let signature = dev.cose(Label::STATEMENT_SIGN, PAYLOAD).signature;
    assert_eq!(by_hand(&header, &[0xa0], &[0xf6], &signature), signed.bytes());
    let code = |bytes: Vec<u8>| Signed::parse(&bytes).unwrap_err().code();
    // An unprotected header, attached content, a cut signature: all of them unsigned bytes.
    assert_eq!(code(by_hand(&header, &[0xa1, 0x04, 0x41, 0x01], &[0xf6], &signature)), "signed-malformed");
    assert_eq!(code(by_hand(&header, &[0xa0], &[0x41, 0x01], &signature)), "signed-malformed");
    assert_eq!(code(by_hand(&header, &[0xa0], &[0xf6], &signature[1..])), "signed-malformed");
    // No algorithm but the suite's, no further header field, no other order.
    let mut rsa = header.clone();
    rsa[2] = 0x26; // -7, ES256
    assert_eq!(code(by_hand(&rsa, &[0xa0], &[0xf6], &signature)), "signature-algorithm-unknown");
    let mut crit = header.clone();
    crit[0] = 0xa3;
    crit.extend([0x05, 0x41, 0x00]);
    assert_eq!(code(by_hand(&crit, &[0xa0], &[0xf6], &signature)), "signature-algorithm-unknown");
    assert_eq!(code(by_hand(&[], &[0xa0], &[0xf6], &signature)), "signature-algorithm-unknown");
    assert_eq!(code(by_hand(&header[..3], &[0xa0], &[0xf6], &signature)), "signature-algorithm-unknown");
}

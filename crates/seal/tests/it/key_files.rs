//! Key files with the real passphrase step, signing, and the dictionary's pin.

use crate::common::{SetBack, device, mission, rng};
use counterseal_model::cbor::{Writer, to_bytes};
use counterseal_model::{CompartmentId, EpochId};
use counterseal_register::{Label, SignatureRefusal, Signed, VerifyingKey};
use counterseal_seal::{
    EpochPlace, EpochSecret, EpochSecretError, GovernorSecrets, KdfParameters, KdfRefusal, KeyFileError,
    KeyFileHeader, KeyHolder, Passphrase, Recipient, Unlocked, derive_epoch_commitment, lock, sign_statement,
    unlock,
};

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

fn device_file(seed: u64) -> Unlocked {
    Unlocked { holder: KeyHolder::Device(Box::new(device(seed))), mission: Some(mission()) }
}

fn the_device(unlocked: &Unlocked) -> &counterseal_seal::DeviceSecrets {
    match &unlocked.holder {
        KeyHolder::Device(device) => device,
        _ => panic!("not a device's file"),
    }
}

#[test]
fn a_device_comes_back_whole_and_another_passphrase_does_not_open_it() {
    let before = device_file(1);
    let file = lock(&mut rng(2), &before, &passphrase("red lorry, café"), KdfParameters::FLOOR).unwrap();
    let after = unlock(&file, &passphrase("red lorry, cafe\u{301}")).unwrap();
    assert_eq!(after.mission, Some(mission()));
    assert_eq!(the_device(&after).id(), the_device(&before).id());
    assert_eq!(the_device(&after).store_root(), the_device(&before).store_root());
    let refused = unlock(&file, &passphrase("red lorry, cafe")).unwrap_err();
    assert_eq!(refused, KeyFileError::CannotUnlock);
    assert!(refused.to_string().starts_with("the passphrase is wrong or the key file is damaged"));
    let about = KeyFileHeader::peek(&file).unwrap();
    assert_eq!((about.mission, about.id.0), (Some(mission()), *the_device(&before).id().as_bytes()));
}

#[test]
fn a_changed_passphrase_replaces_the_old_one_under_a_fresh_salt() {
    let (old, new) = (passphrase("old passphrase"), passphrase("new passphrase"));
    let first = lock(&mut rng(2), &device_file(1), &old, KdfParameters::FLOOR).unwrap();
    let second = lock(&mut rng(3), &unlock(&first, &old).unwrap(), &new, KdfParameters::FLOOR).unwrap();
    assert!(unlock(&second, &new).is_ok());
    assert_eq!(unlock(&second, &old).unwrap_err(), KeyFileError::CannotUnlock);
    assert_eq!(unlock(&first, &new).unwrap_err(), KeyFileError::CannotUnlock);
    let salt = |file: &[u8]| KeyFileHeader::peek(file).unwrap().salt;
    assert_ne!(salt(&first), salt(&second));
}

#[test]
fn a_machine_that_was_set_back_salts_another_devices_file_otherwise() {
    let salt = |seed| {
        let file = lock(&mut SetBack, &device_file(seed), &passphrase("a passphrase"), KdfParameters::FLOOR);
        KeyFileHeader::peek(&file.unwrap()).unwrap().salt
    };
    assert_ne!(salt(1), salt(2));
}

/// Parameters that a thief wrote into the file, so that the next unlocking is cheap to watch or never ends.
#[test]
fn a_file_that_asks_for_too_little_or_too_much_is_refused_at_once() {
    let file = lock(&mut rng(2), &device_file(1), &passphrase("a passphrase"), KdfParameters::FLOOR).unwrap();
    let asking = |memory_kib, passes, lanes| {
        let mut header = KeyFileHeader::peek(&file).unwrap();
        (header.memory_kib, header.passes, header.lanes) = (memory_kib, passes, lanes);
        let mut w = Writer::new();
        w.array(2).bytes(&to_bytes(&header)).bytes(&[0; 144]);
        unlock(&w.into_bytes(), &passphrase("a passphrase")).unwrap_err()
    };
    for (memory_kib, passes, lanes) in [(65_535, 3, 1), (65_536, 2, 1), (65_536, 3, 0)] {
        let refusal = KdfRefusal::TooCheap { memory_kib, passes, lanes };
        assert_eq!(asking(memory_kib, passes, lanes), KeyFileError::Parameters(refusal));
    }
    for (memory_kib, passes, lanes) in [(1 << 40, 3, 1), (65_536, 65, 1), (65_536, 3, 1 << 30)] {
        let refusal = KdfRefusal::TooCostly { memory_kib, passes, lanes };
        assert_eq!(asking(memory_kib, passes, lanes), KeyFileError::Parameters(refusal));
    }
    assert_eq!(asking(65_537, 3, 1), KeyFileError::CannotUnlock, "parameters are authenticated");
}

#[test]
fn governors_sign_with_both_keys_and_one_alone_does_not_count() {
    let governors = [1, 2].map(|seed| GovernorSecrets::make(&mut rng(seed)).unwrap());
    let unlocked = Unlocked {
        holder: KeyHolder::Governor(Box::new(GovernorSecrets::make(&mut rng(1)).unwrap())),
        mission: None,
    };
    let file = lock(&mut rng(2), &unlocked, &passphrase("a passphrase"), KdfParameters::FLOOR).unwrap();
    let KeyHolder::Governor(back) = unlock(&file, &passphrase("a passphrase")).unwrap().holder else {
        panic!("a device's file")
    };
    assert_eq!(back.id(), governors[0].id());

    let signed = sign_statement(b"payload", Label::STATEMENT_SIGN, &[&*back, &governors[1]]).unwrap();
    let keys = governors.each_ref().map(|g| (g.id(), VerifyingKey::Hybrid(g.public().clone())));
    let keys = keys.each_ref().map(|(id, key)| (*id, key));
    let parsed = Signed::parse(signed.bytes()).unwrap();
    assert_eq!(parsed.verify_all(Label::STATEMENT_SIGN, &keys), Ok(()));
    assert!(parsed.verify_all(Label::ENTRY_SIGN, &keys).is_err(), "another purpose");
    let alone = sign_statement(b"payload", Label::STATEMENT_SIGN, &[&governors[1]]).unwrap();
    assert_eq!(alone.verify_all(Label::STATEMENT_SIGN, &keys), Err(SignatureRefusal::WrongSigners));
}

#[test]
fn a_device_signs_for_one_purpose() {
    let device = device(1);
    let signed = sign_statement(b"payload", Label::STATEMENT_SIGN, &[&device]).unwrap();
    let key = device.public().verifying_key();
    assert_eq!(signed.verify(Label::STATEMENT_SIGN, device.id().into(), &key), Ok(()));
    assert!(signed.verify(Label::ENTRY_SIGN, device.id().into(), &key).is_err());
}

#[test]
fn a_device_proves_possession_to_one_mission_for_one_person() {
    use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
    use counterseal_model::{MissionId, PersonId};
    let (device, person) = (device(1), PersonId::from_bytes([6; 16]));
    let proof = device.prove_possession(mission(), person).unwrap();
    let key = UnparsedPublicKey::new(&ED25519, device.public().signing.0);
    let proves = |mission, person| {
        key.verify(&counterseal_register::device_proof_input(mission, person, device.public()), &proof)
            .is_ok()
    };
    assert!(proves(mission(), person));
    assert!(!proves(MissionId::from_bytes([9; 32]), person));
    assert!(!proves(mission(), PersonId::from_bytes([9; 16])));
}

/// A dictionary that changed by a byte would make every sealed part unreadable.
#[test]
fn the_dictionary_is_the_one_that_the_spec_pins() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/dictionary-v1.zstd");
    let digest = hex::encode(counterseal_register::sha256(&[&std::fs::read(path).unwrap()]));
    let spec = include_str!("../../../../docs/spec/sealing.md");
    assert!(spec.contains(&digest), "docs/spec/sealing.md does not name {digest}");
}

#[test]
fn a_renewed_device_keeps_its_id_and_opens_nothing_that_was_wrapped_to_its_first_key() {
    let first = device(1);
    let renewed = first.renewed(&mut rng(5)).unwrap();
    assert_eq!(renewed.id(), first.id());
    assert_eq!(renewed.public().signing, first.public().signing);
    assert_ne!(renewed.public().hpke, first.public().hpke);
    assert_ne!(renewed.store_root(), first.store_root(), "its store has other page keys");
    let unlocked = Unlocked { holder: KeyHolder::Device(Box::new(renewed)), mission: Some(mission()) };
    let file = lock(&mut rng(2), &unlocked, &passphrase("a passphrase"), KdfParameters::FLOOR).unwrap();
    assert_eq!(KeyFileHeader::peek(&file).unwrap().kind, 3);
    let back = unlock(&file, &passphrase("a passphrase")).unwrap();
    let back = the_device(&back);
    assert_eq!((back.id(), back.public()), (first.id(), the_device(&unlocked).public()));
    let secret = crate::common::epoch_secret(7);
    let place = EpochPlace {
        mission: mission(),
        compartment: CompartmentId::from_bytes([1; 16]),
        epoch: EpochId::from_bytes([2; 32]),
    };
    let commitment = derive_epoch_commitment(&secret, &place.mission, &place.compartment);
    let old = secret.wrap(&mut rng(3), &place, first.public().into()).unwrap();
    let new = Recipient { device: first.id(), hpke: &back.public().hpke.0 };
    let new = secret.wrap(&mut rng(3), &place, new).unwrap();
    let opened = |device, wrap| EpochSecret::unwrap_with(device, &place, &commitment, wrap);
    assert!(opened(&first, &old).is_ok() && opened(back, &new).is_ok());
    assert_eq!(opened(back, &old).unwrap_err(), EpochSecretError::CannotOpen);
}

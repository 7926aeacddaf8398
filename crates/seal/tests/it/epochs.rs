//! Epoch secrets: wraps, commitments, the previous secret; sealed names.

use crate::common::{SetBack, device, epoch, epoch_secret, mission, rng};
use counterseal_model::cbor::{from_bytes_strict, to_bytes};
use counterseal_model::{CompartmentId, EpochId, MissionId, PersonId};
use counterseal_register::{DeviceKeys, SealedName, Subject, Wrap};
use counterseal_seal::{
    CannotOpen, DeviceSecrets, EpochPlace, EpochSecret, EpochSecretError, NameError, derive_epoch_commitment,
    open_name, seal_name,
};

fn place() -> EpochPlace {
    EpochPlace {
        mission: mission(),
        compartment: CompartmentId::from_bytes([3; 16]),
        epoch: EpochId::from_bytes([1; 32]),
    }
}

fn commitment(secret: &EpochSecret) -> [u8; 32] {
    derive_epoch_commitment(secret, &place().mission, &place().compartment)
}

#[test]
fn a_member_unwraps_what_was_wrapped_to_it() {
    let (member, secret) = (device(1), epoch_secret(7));
    let wrap = secret.wrap(&mut rng(2), &place(), member.public().into()).unwrap();
    let received: Wrap = from_bytes_strict(&to_bytes(&wrap)).unwrap();
    assert_eq!(received.device, member.id());
    assert_eq!(EpochSecret::unwrap_with(&member, &place(), &commitment(&secret), &received).unwrap(), secret);
}

#[test]
fn a_wrap_opens_for_its_device_and_its_place_only() {
    let (member, secret) = (device(1), epoch_secret(7));
    let wrap = secret.wrap(&mut rng(2), &place(), member.public().into()).unwrap();
    let c = commitment(&secret);
    let unwrap = |device: &DeviceSecrets, place: EpochPlace| {
        EpochSecret::unwrap_with(device, &place, &c, &wrap).unwrap_err()
    };
    assert_eq!(unwrap(&device(2), place()), EpochSecretError::CannotOpen);
    let elsewhere = [
        EpochPlace { mission: MissionId::from_bytes([9; 32]), ..place() },
        EpochPlace { compartment: CompartmentId::from_bytes([9; 16]), ..place() },
        EpochPlace { epoch: EpochId::from_bytes([9; 32]), ..place() },
    ];
    for place in elsewhere {
        assert_eq!(unwrap(&member, place), EpochSecretError::CannotOpen);
    }
    let change: [fn(&mut Wrap); 4] =
        [|w| w.enc[0] ^= 1, |w| w.enc[1119] ^= 1, |w| w.ct[0] ^= 1, |w| w.ct[47] ^= 1];
    for (i, change) in change.iter().enumerate() {
        let mut bad = wrap.clone();
        change(&mut bad);
        let refused = EpochSecret::unwrap_with(&member, &place(), &c, &bad);
        assert_eq!(refused.unwrap_err(), EpochSecretError::CannotOpen, "change {i}");
    }
}

#[test]
fn a_manager_who_wraps_another_secret_than_committed_is_found_out() {
    let (member, secret, other) = (device(1), epoch_secret(7), epoch_secret(8));
    let wrap = other.wrap(&mut rng(2), &place(), member.public().into()).unwrap();
    let refused = EpochSecret::unwrap_with(&member, &place(), &commitment(&secret), &wrap);
    assert_eq!(refused.unwrap_err(), EpochSecretError::NotTheCommittedOne);
}

#[test]
fn a_commitment_belongs_to_one_compartment_of_one_mission() {
    let secret = epoch_secret(7);
    let (m, c) = (place().mission, place().compartment);
    let all = [
        derive_epoch_commitment(&secret, &m, &c),
        derive_epoch_commitment(&epoch_secret(8), &m, &c),
        derive_epoch_commitment(&secret, &MissionId::from_bytes([9; 32]), &c),
        derive_epoch_commitment(&secret, &m, &CompartmentId::from_bytes([9; 16])),
    ];
    for (i, a) in all.iter().enumerate() {
        assert!(all[i + 1..].iter().all(|b| a != b));
    }
}

#[test]
fn a_device_key_that_is_no_key_is_refused() {
    let bad = DeviceKeys::new([1; 32], [0xff; 1216]);
    assert_eq!(
        epoch_secret(7).wrap(&mut rng(1), &place(), (&bad).into()),
        Err(EpochSecretError::BadDeviceKey)
    );
}

#[test]
fn the_previous_secret_is_sealed_under_the_new_one() {
    let (old, new) = (epoch_secret(7), epoch_secret(8));
    let sealed = new.seal_previous(&place(), &commitment(&old), &old).unwrap();
    assert_eq!(new.open_previous(&place(), &commitment(&old), &sealed).unwrap(), old);

    let wrong_key = epoch_secret(9).open_previous(&place(), &commitment(&old), &sealed);
    assert_eq!(wrong_key.unwrap_err(), EpochSecretError::CannotOpen);
    let elsewhere = EpochPlace { epoch: EpochId::from_bytes([9; 32]), ..place() };
    let moved = new.open_previous(&elsewhere, &commitment(&old), &sealed);
    assert_eq!(moved.unwrap_err(), EpochSecretError::CannotOpen);
    let other_commitment = new.open_previous(&place(), &commitment(&new), &sealed);
    assert_eq!(other_commitment.unwrap_err(), EpochSecretError::NotTheCommittedOne);
    let mut changed = sealed;
    changed.sealed[0] ^= 1;
    let refused = new.open_previous(&place(), &commitment(&old), &changed);
    assert_eq!(refused.unwrap_err(), EpochSecretError::CannotOpen);
}

#[test]
fn only_the_committed_secret_is_ever_sealed_as_the_previous_one() {
    let (old, new) = (epoch_secret(7), epoch_secret(8));
    let refused = new.seal_previous(&place(), &commitment(&old), &epoch_secret(9));
    assert_eq!(refused.unwrap_err(), EpochSecretError::NotTheCommittedOne);
}

#[test]
fn a_name_opens_for_its_subject_only_and_all_are_of_one_length() {
    let (device, secret) = (device(1), epoch_secret(7));
    let subject = Subject::Person(PersonId::from_bytes([1; 16]));
    let seal =
        |name: &str| seal_name(&mut SetBack, &device, &mission(), epoch(&secret), subject, name).unwrap();
    let sealed = seal("Amina Diallo");
    assert_eq!(*open_name(&mission(), &secret, &sealed).unwrap(), "Amina Diallo");
    assert_eq!(sealed.name.ciphertext.0.len(), seal(&"é".repeat(127)).name.ciphertext.0.len());
    assert_eq!(open_name(&mission(), &epoch_secret(8), &sealed), Err(CannotOpen));
    assert_eq!(open_name(&MissionId::from_bytes([9; 32]), &secret, &sealed), Err(CannotOpen));
    for subject in [
        Subject::Person(PersonId::from_bytes([2; 16])),
        Subject::Compartment(CompartmentId::from_bytes([1; 16])),
    ] {
        assert_eq!(
            open_name(&mission(), &secret, &SealedName { subject, ..sealed.clone() }),
            Err(CannotOpen)
        );
    }
    for at in 0..sealed.name.ciphertext.0.len() {
        let mut bad = sealed.clone();
        bad.name.ciphertext.0[at] ^= 1;
        assert_eq!(open_name(&mission(), &secret, &bad), Err(CannotOpen), "byte {at}");
    }
    let other = seal("Amina Diallo-Sy");
    assert_ne!(sealed.name.salt, other.name.salt, "set back, a changed name has another salt");
}

#[test]
fn a_name_that_is_too_long_is_refused() {
    let (device, secret) = (device(1), epoch_secret(7));
    let subject = Subject::Compartment(CompartmentId::from_bytes([1; 16]));
    let seal = |name: &str| seal_name(&mut rng(1), &device, &mission(), epoch(&secret), subject, name);
    assert!(seal(&"a".repeat(255)).is_ok());
    assert_eq!(seal(&"a".repeat(256)), Err(NameError::TooLong { len: 256 }));
}

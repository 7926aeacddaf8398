//! What the register takes for an X-Wing key is what can be sealed to, and nothing else: the two are other code.

use counterseal_model::{CompartmentId, EpochId};
use counterseal_register::{HPKE_PUBLIC_LEN, is_acceptable_kem_key};
use counterseal_seal::{EpochPlace, EpochSecretError, Recipient};

use crate::common::{device, epoch_secret, mission, rng};

/// Sets one of the 768 coefficients.
fn set(key: &mut [u8; HPKE_PUBLIC_LEN], number: usize, value: u16) {
    let at = number / 2 * 3;
    let [low, high] = value.to_le_bytes();
    if number.is_multiple_of(2) {
        key[at] = low;
        key[at + 1] = key[at + 1] & 0xf0 | high;
    } else {
        key[at + 1] = key[at + 1] & 0x0f | low << 4;
        key[at + 2] = low >> 4 | high << 4;
    }
}

fn can_be_sealed_to(key: &[u8; HPKE_PUBLIC_LEN]) -> bool {
    let to = Recipient { device: device(1).id(), hpke: key };
    let (compartment, epoch) = (CompartmentId::from_bytes([3; 16]), EpochId::from_bytes([1; 32]));
    let place = EpochPlace { mission: mission(), compartment, epoch };
    match epoch_secret(7).wrap(&mut rng(1), &place, to) {
        Ok(_) => true,
        Err(EpochSecretError::BadDeviceKey) => false,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn the_register_takes_exactly_the_keys_that_can_be_sealed_to() {
    let real = device(1).public().hpke.0;
    let agree = |key: &[u8; HPKE_PUBLIC_LEN], expected: bool| {
        assert_eq!((is_acceptable_kem_key(key), can_be_sealed_to(key)), (expected, expected));
    };
    agree(&real, true);
    for number in [0, 1, 2, 383, 766, 767] {
        for (value, expected) in [(0, true), (3328, true), (3329, false), (4095, false)] {
            let mut key = real;
            set(&mut key, number, value);
            agree(&key, expected);
        }
    }
    // ML-KEM's seed and the X25519 key may be anything.
    let mut key = real;
    key[1152..].fill(0xff);
    agree(&key, true);
    agree(&[0xff; HPKE_PUBLIC_LEN], false);
}

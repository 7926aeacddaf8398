use crate::common::*;
use counterseal_model::Timestamp;
use counterseal_register::*;

fn found(change: impl FnOnce(&mut Found), signers: &[u8]) -> Result<Register, Refusal> {
    let governors = govs(&[201, 202, 203]);
    let registrar = Dev::new(person(1), 1);
    let mut act = founding(&governors, &registrar);
    change(&mut act);
    let bytes = found_bytes(act, &govs(signers), &registrar);
    Register::found(LogPosition::new(0), &bytes)
}

#[track_caller]
fn found_refused(change: impl FnOnce(&mut Found), signers: &[u8], code: &str) {
    assert_eq!(found(change, signers).unwrap_err().code(), code);
}

#[test]
fn the_founding_makes_the_mission_its_registrar_and_the_compartment_of_everyone() {
    let world = World::founded();
    let at = world.now();
    assert!(world.register.is_registrar(person(1), at));
    assert!(world.register.is_manager(MISSION_WIDE, person(1), at));
    assert_eq!(world.register.device(world.registrar.id(), at).unwrap().status, DeviceStatus::Active);
    assert_eq!(world.register.compartments(at), [MISSION_WIDE]);
    assert_eq!(world.register.charter(MISSION_WIDE, at).unwrap().rule, Rule::Open);
    assert!(world.register.is_synthetic());
    assert!(!world.register.marked_single_governor(at));
}

#[test]
fn one_governor_who_suffices_is_marked() {
    let register = found(|act| act.threshold = 1, &[201, 202, 203]).unwrap();
    assert!(register.marked_single_governor(register.last()));
}

#[test]
fn every_governor_and_first_registrar_must_sign_the_founding() {
    found_refused(|_| (), &[201, 202], "signers-wrong");
    found_refused(|_| (), &[201, 202, 203, 204], "signers-wrong");
    let governors = govs(&[201, 202, 203]);
    let registrar = Dev::new(person(1), 1);
    let statement = Statement::new(None, None, Timestamp(0), founding(&governors, &registrar).into());
    let bytes = sign(&statement.payload(), &By::Govs(&governors.iter().collect::<Vec<_>>()));
    assert_eq!(Register::found(LogPosition::new(0), &bytes).unwrap_err().code(), "signers-wrong");
}

#[test]
fn a_governor_whose_ml_dsa_half_is_forged_has_not_signed() {
    let governors = govs(&[201, 202, 203]);
    let registrar = Dev::new(person(1), 1);
    let bytes = found_bytes(founding(&governors, &registrar), &governors, &registrar);
    let signed = Signed::parse(&bytes).unwrap();
    for half in [Algorithm::Ed25519, Algorithm::MlDsa44] {
        let mut list: Vec<CoseSignature> =
            governors.iter().flat_map(|g| g.cose(Label::STATEMENT_SIGN, signed.payload())).collect();
        list.push(registrar.cose(Label::STATEMENT_SIGN, signed.payload()));
        list.iter_mut().find(|s| s.algorithm == half).unwrap().signature[40] ^= 1;
        let forged = Signed::assemble(signed.payload(), list);
        assert_eq!(
            Register::found(LogPosition::new(0), forged.bytes()).unwrap_err().code(),
            "signature-invalid"
        );
    }
}

#[test]
fn governors_must_be_distinct_ordered_and_the_threshold_must_fit() {
    found_refused(|act| act.threshold = 0, &[201, 202, 203], "governors-bad");
    found_refused(|act| act.threshold = 4, &[201, 202, 203], "governors-bad");
    found_refused(|act| act.governors.reverse(), &[201, 202, 203], "governors-bad");
    found_refused(|act| act.governors.clear(), &[], "governors-bad");
    // One Ed25519 key behind two ids: one holder, half of two governors.
    let twin = |act: &mut Found| {
        let ed25519 = act.governors[0].ed25519;
        act.governors[1].ed25519 = ed25519;
        act.governors.sort_by_key(HybridKey::id);
    };
    found_refused(twin, &[201, 202, 203], "governors-bad");
    let twin = |act: &mut Found| {
        let half = act.governors[0].ml_dsa_44.clone();
        act.governors[1].ml_dsa_44 = half;
        act.governors.sort_by_key(HybridKey::id);
    };
    found_refused(twin, &[201, 202, 203], "governors-bad");
}

#[test]
fn a_key_of_small_order_founds_nothing() {
    let weak = |act: &mut Found| {
        act.governors[0].ed25519 = [0; 32];
        act.governors.sort_by_key(HybridKey::id);
    };
    found_refused(weak, &[201, 202, 203], "key-bad");
    found_refused(|act| act.registrars[0].keys.signing = Bytes([0; 32]), &[201, 202, 203], "key-bad");
    let unsealable = |act: &mut Found| act.registrars[0].keys.hpke = Bytes([0xff; HPKE_PUBLIC_LEN]);
    found_refused(unsealable, &[201, 202, 203], "key-bad");
}

#[test]
fn a_founding_needs_a_registrar_and_each_only_once() {
    found_refused(|act| act.registrars.clear(), &[201, 202, 203], "registrars-bad");
    let twice = |act: &mut Found| act.registrars.push(act.registrars[0].clone());
    found_refused(twice, &[201, 202, 203], "registrars-bad");
}

#[test]
fn a_governors_key_cannot_be_a_registrars_device() {
    let shared = |act: &mut Found| act.registrars[0].keys.signing = Bytes(act.governors[0].ed25519);
    found_refused(shared, &[201, 202, 203], "key-in-use");
}

#[test]
fn a_minimum_suite_this_version_does_not_know_fails_closed() {
    found_refused(|act| act.minimum_suite = 2, &[201, 202, 203], "suite-below-minimum");
    found_refused(|act| act.minimum_suite = 0, &[201, 202, 203], "suite-not-raised");
}

#[test]
fn only_a_founding_founds_and_only_once() {
    let mut world = World::founded();
    let bytes = world.bytes(enrol_person(person(9), None), &By::Dev(&world.registrar));
    assert_eq!(Register::found(LogPosition::new(0), &bytes).unwrap_err().code(), "founding-expected");
    let again = found_bytes(founding(&world.govs, &world.registrar), &world.govs, &world.registrar);
    refused(world.apply(&again), "mission-already-founded");
    let mut statement = world.draft(founding(&world.govs, &world.registrar));
    statement.prev = None;
    let all: Vec<_> = world.govs.iter().collect();
    let bytes = sign(&statement.payload(), &By::Both(&all, &[&world.registrar]));
    assert_eq!(Register::found(LogPosition::new(0), &bytes).unwrap_err().code(), "founding-expected");
}

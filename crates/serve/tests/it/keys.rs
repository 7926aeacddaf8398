//! Keys are for their owner only, and never replaced; what is wrong with a configuration is said.

use counterseal_serve::*;

#[test]
fn keys_are_their_owners_and_are_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    make_key_folder(&keys, &TlsIdentity::FILES).unwrap();
    let made = TlsIdentity::make("somebody.invalid").unwrap();
    made.write(&keys).unwrap();
    assert_eq!(TlsIdentity::load(&keys).unwrap().pin().unwrap(), made.pin().unwrap());
    let refusal = make_key_folder(&keys, &TlsIdentity::FILES).unwrap_err();
    assert!(matches!(refusal, KeyFileRefusal::Present { .. }), "{refusal}");
    let before = read_secret(&keys.join("tls.key")).unwrap();
    assert!(TlsIdentity::make("other.invalid").unwrap().write(&keys).is_err());
    assert_eq!(read_secret(&keys.join("tls.key")).unwrap(), before);
    #[cfg(unix)]
    for (path, mode) in [(keys.clone(), 0o700), (keys.join("tls.key"), 0o600)] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
    }
    assert!(!format!("{made:?}").contains(&hex_of_secret(&[7; 32])[..4]));
    assert_eq!(format!("{made:?}"), "TlsIdentity(secret)");
}

#[test]
fn a_secret_is_read_back_and_nothing_else_is_one() {
    assert_eq!(*secret_of_hex(hex_of_secret(&[7; 32]).as_bytes()).unwrap(), [7; 32]);
    for bad in ["", "07", &"07".repeat(31), &"07".repeat(33), &"0g".repeat(32)] {
        assert!(secret_of_hex(bad.as_bytes()).is_none(), "{bad}");
    }
}

#[test]
fn the_limit_that_is_0_is_named() {
    ConfigRefusal::of_zero([("one", 1), ("two", 2)]).unwrap();
    let refusal = ConfigRefusal::of_zero([("one", 1), ("two", 0)]).unwrap_err().to_string();
    assert!(refusal.contains("two"), "{refusal}");
}

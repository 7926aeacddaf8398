//! What trustees and devices seal to each other, and a trustee's key file.

use counterseal_model::MissionId;
use counterseal_register::{HPKE_PUBLIC_LEN, KeyId, Label, VerifyingKey};
use counterseal_seal::{
    BadPublicKey, CannotUnseal, FreshKey, KdfParameters, KeyFileHeader, KeyHolder, Pad, Passphrase,
    Recipient, Release, Sealed, TrusteeRecipient, TrusteeSecrets, Unlocked, lock, seal_fact, seal_mail,
    seal_notice, seal_pads, seal_request, sign_statement, unlock,
};

use crate::common::{SetBack, device, mission, rng};

fn trustee(seed: u64) -> TrusteeSecrets {
    TrusteeSecrets::make(&mut rng(seed)).unwrap()
}

fn to(trustee: &TrusteeSecrets) -> TrusteeRecipient<'_> {
    TrusteeRecipient { trustee: trustee.id(), requests: trustee.requests() }
}

fn other_mission() -> MissionId {
    MissionId::from_bytes([99; 32])
}

#[test]
fn released_pads_reach_the_fresh_key_of_their_request_alone() {
    let fresh = FreshKey::make(&mut rng(1)).unwrap();
    let release = Release { mission: mission(), trustee: KeyId([1; 32]), x: 7, request: [2; 32] };
    let pads = [1, 2, 3].map(|n| Pad::from_bytes(&[n; 32]));
    let sealed = seal_pads(&mut rng(2), &release, fresh.public(), &pads).unwrap();
    let received = Sealed::from_bytes(&sealed.to_bytes()).unwrap();
    assert_eq!(fresh.open_pads(&release, &received, 3).unwrap(), pads);
    for (what, release) in [
        ("mission", Release { mission: other_mission(), ..release }),
        ("trustee", Release { trustee: KeyId([2; 32]), ..release }),
        ("place", Release { x: 8, ..release }),
        ("request", Release { request: [3; 32], ..release }),
    ] {
        assert_eq!(fresh.open_pads(&release, &sealed, 3), Err(CannotUnseal), "{what}");
    }
    let another = FreshKey::make(&mut rng(3)).unwrap();
    assert_eq!(another.open_pads(&release, &sealed, 3), Err(CannotUnseal), "another key");
    for parts in [0, 2, 4] {
        assert_eq!(fresh.open_pads(&release, &sealed, parts), Err(CannotUnseal), "for {parts} parts");
    }
    let cut = Sealed { ciphertext: sealed.ciphertext[..40].to_vec(), ..sealed };
    assert_eq!(fresh.open_pads(&release, &cut, 3), Err(CannotUnseal));
    assert_eq!(Sealed::from_bytes(&[0; 1119]), None);
    assert_eq!(format!("{fresh:?}"), "FreshKey(secret)");
    let no_key = [0xff; HPKE_PUBLIC_LEN];
    assert_eq!(seal_pads(&mut rng(2), &release, &no_key, &pads), Err(BadPublicKey));
}

/// A request, a fact, a notice and a mail: each opens for its receiver, its mission and its purpose.
#[test]
fn each_letter_opens_for_its_receiver_mission_and_purpose_alone() {
    let (one, other, device, stranger) = (trustee(1), trustee(2), device(1), device(2));
    let (rng, to_device) = (&mut rng(3), Recipient::from(device.public()));
    let request = seal_request(rng, mission(), to(&one), b"request").unwrap();
    let fact = seal_fact(rng, mission(), to(&one), b"fact").unwrap();
    let notice = seal_notice(rng, mission(), one.id(), to_device, b"notice").unwrap();
    let mail = seal_mail(rng, mission(), to_device, b"mail").unwrap();
    assert_eq!(**one.open_request(mission(), &request).unwrap(), b"request"[..]);
    assert_eq!(**one.open_fact(mission(), &fact).unwrap(), b"fact"[..]);
    assert_eq!(**device.open_notice(mission(), one.id(), &notice).unwrap(), b"notice"[..]);
    assert_eq!(**device.open_mail(mission(), &mail).unwrap(), b"mail"[..]);
    let refused = [
        other.open_request(mission(), &request),
        one.open_request(other_mission(), &request),
        one.open_request(mission(), &fact),
        other.open_fact(mission(), &fact),
        one.open_fact(other_mission(), &fact),
        one.open_fact(mission(), &request),
        stranger.open_notice(mission(), one.id(), &notice),
        device.open_notice(mission(), other.id(), &notice),
        device.open_notice(other_mission(), one.id(), &notice),
        device.open_notice(mission(), one.id(), &mail),
        stranger.open_mail(mission(), &mail),
        device.open_mail(other_mission(), &mail),
        device.open_mail(mission(), &notice),
    ];
    for (n, refused) in refused.into_iter().enumerate() {
        assert_eq!(refused, Err(CannotUnseal), "{n}");
    }
    // The same key under another's name: the info says whom it was for.
    let renamed = TrusteeRecipient { trustee: other.id(), requests: one.requests() };
    let renamed = seal_request(rng, mission(), renamed, b"request").unwrap();
    assert_eq!(one.open_request(mission(), &renamed), Err(CannotUnseal));
    let no_key = [0xff; HPKE_PUBLIC_LEN];
    let nobody = TrusteeRecipient { requests: &no_key, ..to(&one) };
    assert_eq!(seal_request(rng, mission(), nobody, b"request"), Err(BadPublicKey));
}

/// Two notices to one device have one info: with one encapsulation they would share a key stream.
#[test]
fn a_server_that_was_set_back_seals_no_two_messages_alike() {
    let (one, device) = (trustee(1), device(1));
    let to = Recipient::from(device.public());
    let seal = |text: &[u8]| seal_notice(&mut SetBack, mission(), one.id(), to, text).unwrap();
    let (a, b) = (seal(b"you opened part 1 of 3"), seal(b"you opened part 2 of 3"));
    assert_ne!(a.enc, b.enc);
    let same = a.ciphertext.iter().zip(&b.ciphertext).filter(|(a, b)| a == b).count();
    assert!(same < 8, "{same} of 38 bytes are equal");
    assert_eq!(seal(b"you opened part 1 of 3"), a);
}

#[test]
fn a_trustee_signs_as_a_hybrid() {
    let one = trustee(1);
    let signed = sign_statement(b"payload", Label::STATEMENT_SIGN, &[&one]).unwrap();
    let key = VerifyingKey::Hybrid(one.public().clone());
    signed.verify(Label::STATEMENT_SIGN, one.id(), &key).unwrap();
    assert!(signed.verify(Label::ENTRY_SIGN, one.id(), &key).is_err());
    let other = VerifyingKey::Hybrid(trustee(2).public().clone());
    assert!(signed.verify(Label::STATEMENT_SIGN, one.id(), &other).is_err());
    assert!(
        format!("{one:?}").starts_with("TrusteeSecrets(KeyId(") && format!("{one:?}").ends_with(", secret)")
    );
}

#[test]
fn a_trustee_comes_back_whole_from_its_key_file() {
    let before = trustee(1);
    let (id, requests) = (before.id(), *before.requests());
    let store = before.store_root().derive_database_key();
    let passphrase = Passphrase::new("a passphrase").unwrap();
    let unlocked = Unlocked { holder: KeyHolder::Trustee(Box::new(before)), mission: Some(mission()) };
    let file = lock(&mut rng(2), &unlocked, &passphrase, KdfParameters::FLOOR).unwrap();
    let about = KeyFileHeader::peek(&file).unwrap();
    assert_eq!((about.kind, about.id.0), (4, id.0));
    let KeyHolder::Trustee(after) = unlock(&file, &passphrase).unwrap().holder else {
        panic!("not a trustee's");
    };
    assert_eq!((after.id(), *after.requests()), (id, requests));
    assert_eq!(after.store_root().derive_database_key(), store);
}

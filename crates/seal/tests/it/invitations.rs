//! Invitations: a golden vector, and who gets which string.

use std::collections::BTreeMap;

use counterseal_model::{MissionId, PersonId, Timestamp};
use counterseal_register::{JoinChallenge, JoinRequest, Label, sha256};
use counterseal_seal::{ChallengeSecret, DeviceSecrets, Invitation, InvitationSecret};

use crate::common::{device, rng};

/// The bytes of one exchange.
struct Exchange {
    invitation: Invitation,
    device: DeviceSecrets,
    challenge: ChallengeSecret,
    request: Vec<u8>,
    answer: Vec<u8>,
}

fn exchange() -> Exchange {
    let (inviter, device) = (device(1), device(2));
    let mission = MissionId::from_bytes([7; 32]);
    let challenge = ChallengeSecret::from_bytes(&[8; 32]);
    let invitation = Invitation {
        mission,
        inviter: inviter.id(),
        commitment: challenge.commitment(mission, inviter.id()),
        secret: InvitationSecret::from_bytes(&[9; 16]),
        expires: Timestamp(1_790_000_000),
        person: Some(PersonId::from_bytes([3; 16])),
        hub: Some("hub.example:7443".into()),
    };
    let request = invitation.ask(&device, PersonId::from_bytes([3; 16])).unwrap().to_bytes();
    let answer =
        challenge.seal_to(&mut rng(3), &inviter, mission, &request, device.public()).unwrap().to_bytes();
    Exchange { invitation, device, challenge, request, answer }
}

/// Written once and never again by anything but `COUNTERSEAL_BLESS=1`. A change is a change of the protocol.
#[test]
fn a_golden_exchange() {
    let path = format!("{}/tests/vectors/invitation.json", env!("CARGO_MANIFEST_DIR"));
    let ours = exchange();
    let string = ours.invitation.compared_string(&ours.request, &ours.challenge).to_string();
    if std::env::var_os("COUNTERSEAL_BLESS").is_some() {
        let about = "An invitation to mission 07 x 32 with secret 09 x 16 and challenge 08 x 32, its request for person 03 x 16, the challenge, the string. Inviter and device are DeviceSecrets::make of ChaCha20Rng::seed_from_u64(1) and (2); the challenge is sealed with (3).";
        let vector = BTreeMap::from([
            ("about", about.to_owned()),
            ("invitation", ours.invitation.to_text().to_string()),
            ("commitment", hex::encode(ours.invitation.commitment)),
            ("request", hex::encode(&ours.request)),
            ("challenge", hex::encode(&ours.answer)),
            ("answer", hex::encode(ours.challenge.answer())),
            ("string", string.clone()),
        ]);
        std::fs::write(&path, serde_json::to_string_pretty(&vector).unwrap() + "\n").unwrap();
    }
    let vector: BTreeMap<String, String> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let bytes = |field: &str| hex::decode(&vector[field]).unwrap();
    let invitation = Invitation::from_text(&vector["invitation"]).unwrap();
    assert_eq!(invitation, ours.invitation);
    assert_eq!(*invitation.to_text(), vector["invitation"]);
    assert_eq!(bytes("request"), ours.request, "nothing in a request is random but the keys");
    let request = JoinRequest::parse(&bytes("request")).unwrap();
    assert!(invitation.binds(&request) && request.is_signed());
    let challenge = JoinChallenge::parse(&bytes("challenge")).unwrap();
    let opened = invitation.open_challenge(&ours.device, &bytes("request"), &challenge).unwrap();
    assert_eq!(bytes("answer"), opened.answer());
    assert_eq!(bytes("commitment"), opened.commitment(invitation.mission, invitation.inviter));
    assert_eq!(vector["string"], invitation.compared_string(&bytes("request"), &opened).to_string());
    assert_eq!(vector["string"], string);
}

/// The string as docs/spec/invitations.md says it, put together by hand.
#[test]
fn the_string_is_what_the_page_says() {
    use aws_lc_rs::hmac;
    let mac = |key: &[u8], pieces: &[&[u8]]| {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &pieces.concat()).as_ref().to_vec()
    };
    let ours = exchange();
    let key = mac(&ours.invitation.commitment, &[&[9; 16]]);
    let label = Label::INVITATION_STRING.bytes();
    let whole = mac(&key, &[label, &sha256(&[&ours.request]), &[8; 32]]);
    let number = u128::from_be_bytes(whole[..16].try_into().unwrap()) % 1_000_000_000_000_000_000;
    let string = ours.invitation.compared_string(&ours.request, &ours.challenge).to_string();
    assert_eq!(string.replace(' ', ""), format!("{number:018}"));
}

#[test]
fn another_key_secret_inviter_or_mission_is_another_string() {
    let ours = exchange();
    let string = ours.invitation.compared_string(&ours.request, &ours.challenge);
    let person = PersonId::from_bytes([3; 16]);
    let with = |change: &dyn Fn(&mut Invitation), device: &DeviceSecrets| {
        let mut invitation = Invitation::from_text(&ours.invitation.to_text()).unwrap();
        change(&mut invitation);
        let request = invitation.ask(device, person).unwrap().to_bytes();
        invitation.compared_string(&request, &ours.challenge)
    };
    assert_eq!(with(&|_| {}, &ours.device), string);
    assert_ne!(with(&|_| {}, &device(4)), string);
    assert_ne!(with(&|i| i.secret = InvitationSecret::from_bytes(&[10; 16]), &ours.device), string);
    assert_ne!(with(&|i| i.inviter = ours.device.id(), &ours.device), string);
    assert_ne!(with(&|i| i.mission = MissionId::from_bytes([6; 32]), &ours.device), string);
}

#[test]
fn every_changed_byte_of_a_request_is_noticed() {
    let ours = exchange();
    let request = JoinRequest::parse(&ours.request).unwrap();
    assert!(ours.invitation.binds(&request));
    let mut parsed = 0;
    for at in (0..ours.request.len()).step_by(7) {
        let mut bytes = ours.request.clone();
        bytes[at] ^= 1;
        if let Ok(changed) = JoinRequest::parse(&bytes) {
            assert!(!ours.invitation.binds(&changed), "byte {at}");
            parsed += 1;
        }
    }
    assert!(parsed > 150, "{parsed}");
}

//! Invitations: how a device comes in, and everything that must not bring one in.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::sync::Arc;

use common::{NOW, clock, found, passphrase, rng};
use counterseal_model::{Clock, FixedClock, PersonId, Timestamp};
use counterseal_node::{
    Accepted, Desk, Home, InvitationRefusal, InvitationState, InvitationTerms, Invited, NodeError, Outcome,
};
use counterseal_register::{Bytes, DeviceStatus, JoinChallenge, JoinRequest};
use counterseal_seal::{ChallengeRefusal, ChallengeSecret, ComparedString, DeviceSecrets, Invitation};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

type Refused = InvitationRefusal;

fn new_person(name: &str) -> InvitationTerms {
    let invited = Invited::NewPerson { name: name.into(), until: None };
    InvitationTerms { invited, days: 7, hub: Some("hub.example:7443".into()) }
}

/// A registrar's desk and a home on another computer.
struct Field {
    dir: TempDir,
    desk: Desk,
}

impl Field {
    fn new(seed: u64) -> Self {
        let dir = TempDir::new().unwrap();
        let desk = found(&dir.path().join("first"), seed);
        Self { dir, desk }
    }

    fn home(&self, name: &str) -> Home {
        Home::open(&self.dir.path().join(name)).unwrap()
    }

    fn accept(&self, invitation: &Invitation, seed: u64) -> Accepted {
        accept(&self.home("second"), invitation, seed).unwrap()
    }

    fn invite(&mut self) -> Invitation {
        self.desk.invite(&new_person("Madame Lantern")).unwrap()
    }

    fn state(&self) -> InvitationState {
        self.desk.invitations().unwrap().first().unwrap().state
    }

    fn later(self, seconds: i64, seed: u64) -> Self {
        let place = self.desk.place().clone();
        self.desk.close().unwrap();
        let clock = Arc::new(FixedClock(Timestamp(NOW.0 + seconds)));
        let desk = Desk::unlock(place, &passphrase(), clock, rng(seed)).unwrap();
        Self { dir: self.dir, desk }
    }
}

fn accept(home: &Home, invitation: &Invitation, seed: u64) -> Result<Accepted, NodeError> {
    let clock: Arc<dyn Clock + Send + Sync> = clock();
    Desk::accept_invitation(home, invitation, &passphrase(), &clock, &mut rng(seed))
}

fn prove(accepted: &Accepted, challenge: &[u8]) -> Result<ComparedString, NodeError> {
    Desk::prove_invited(&accepted.place, challenge, &passphrase(), &mut rng(7)).map(|proved| proved.string)
}

fn id(invitation: &Invitation) -> String {
    hex::encode(invitation.commitment)
}

fn refusal<T>(outcome: Result<T, NodeError>) -> Refused {
    match outcome {
        Err(NodeError::Invitation(refusal)) => refusal,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("not refused"),
    }
}

fn device(seed: u64) -> DeviceSecrets {
    DeviceSecrets::make(&mut ChaCha20Rng::seed_from_u64(seed)).unwrap()
}

/// A string that is not `string`.
fn other_than(string: &ComparedString) -> ComparedString {
    let text = string.to_string();
    let first = if text.starts_with('0') { "1" } else { "0" };
    ComparedString::read(&format!("{first}{}", &text[1..])).unwrap()
}

#[test]
fn a_person_comes_in_by_an_invitation_and_joins() {
    let mut field = Field::new(901);
    let invitation = field.invite();
    let text = invitation.to_text();
    let accepted = field.accept(&Invitation::from_text(&text).unwrap(), 902);
    let again = field.accept(&invitation, 903);
    assert_eq!(again, accepted, "the same invitation gives the same request again");
    let answered = field.desk.answer_request(&accepted.request).unwrap();
    let again = field.desk.answer_request(&accepted.request).unwrap();
    assert_eq!(again, answered, "and the same request the same challenge");
    let string = prove(&accepted, &answered.challenge).unwrap();
    assert_eq!(prove(&accepted, &answered.challenge).unwrap(), string, "and that the same string");
    let before = field.desk.statements_file().unwrap();
    let enrolled = field.desk.enrol_invited(&id(&invitation), &string).unwrap();
    assert_eq!((enrolled.device, enrolled.outcome), (accepted.device, Outcome::Person));
    assert_eq!(field.state(), InvitationState::Used);

    let home = field.home("second");
    let join =
        |statements: &[u8]| Desk::join(&home, &accepted.place, statements, &passphrase(), clock(), rng(904));
    assert!(matches!(join(&before), Err(NodeError::BadStatements { .. })), "not enrolled in them yet");
    let other = join(&field.desk.statements_file().unwrap()).unwrap();
    assert_eq!(other.person(), accepted.person);
    assert_eq!(other.hub_address().unwrap().as_deref(), Some("hub.example:7443"));
    assert!(other.people().iter().any(|person| person.name.as_deref() == Some("Madame Lantern")));
    assert!(home.waiting().unwrap().is_empty());
}

#[test]
fn an_invitation_serves_once_and_not_after_its_end() {
    let mut field = Field::new(911);
    let invitation = field.invite();
    let accepted = field.accept(&invitation, 912);
    let rival = accept(&field.home("rival"), &invitation, 913).unwrap();
    let unasked = field.desk.enrol_invited(&id(&invitation), &ComparedString::read(&"0".repeat(18)).unwrap());
    assert_eq!(refusal(unasked), Refused::NotAsked);
    let answered = field.desk.answer_request(&accepted.request).unwrap();
    assert_eq!(refusal(field.desk.answer_request(&rival.request)), Refused::Taken);
    let string = prove(&accepted, &answered.challenge).unwrap();
    field.desk.enrol_invited(&id(&invitation), &string).unwrap();
    assert_eq!(refusal(field.desk.answer_request(&accepted.request)), Refused::Used, "replayed");
    assert_eq!(refusal(field.desk.answer_request(&rival.request)), Refused::Used);
    assert_eq!(refusal(field.desk.enrol_invited(&id(&invitation), &string)), Refused::Used);
    assert_eq!(refusal(field.desk.cancel_invitation(&id(&invitation))), Refused::Used);

    let cancelled = field.invite();
    let asked = accept(&field.home("third"), &cancelled, 914).unwrap();
    field.desk.cancel_invitation(&id(&cancelled)).unwrap();
    assert_eq!(refusal(field.desk.answer_request(&asked.request)), Refused::Cancelled);

    let slow = field.desk.invite(&new_person("Brother Kettle")).unwrap();
    let late = accept(&field.home("fourth"), &slow, 915).unwrap();
    let answered = field.desk.answer_request(&late.request).unwrap();
    let string = prove(&late, &answered.challenge).unwrap();
    let over = |days: i64| days * Timestamp::DAY;
    let clock: Arc<dyn Clock + Send + Sync> = Arc::new(FixedClock(Timestamp(NOW.0 + over(7))));
    let home = field.home("fifth");
    let too_late = Desk::accept_invitation(&home, &slow, &passphrase(), &clock, &mut rng(916));
    let ended = Refused::Expired { since: Timestamp(NOW.0 + over(7)) };
    assert_eq!(refusal(too_late), ended);
    let mut field = field.later(over(7), 917);
    assert_eq!(refusal(field.desk.answer_request(&late.request)), ended);
    assert_eq!(refusal(field.desk.enrol_invited(&id(&slow), &string)), ended);
    let mut field = field.later(over(7) - 1, 918);
    field.desk.enrol_invited(&id(&slow), &string).unwrap();
}

#[test]
fn a_request_of_another_mission_or_to_another_desk_is_refused() {
    let (mut field, mut shadow) = (Field::new(921), Field::new(922));
    let invitation = field.invite();
    // Founded anew with the same names, it has another fingerprint: what is compared when it is accepted.
    let theirs = shadow.invite();
    assert_ne!(invitation.mission, theirs.mission);
    let asked = field.accept(&invitation, 923);
    assert_eq!(refusal(shadow.desk.answer_request(&asked.request)), Refused::OtherMission);
    let lured = accept(&field.home("lured"), &theirs, 924).unwrap();
    assert_eq!(lured.mission, shadow.desk.mission(), "and it is what is shown");
    assert_eq!(refusal(field.desk.answer_request(&lured.request)), Refused::OtherMission);
    // A second desk of the right mission did not make the invitation.
    let home = field.home("colleague");
    let invited = Invited::NewPerson { name: "Brother Kettle".into(), until: None };
    let joined = field.desk.invite_at_hand(&home, invited, &passphrase(), &mut rng(925)).unwrap();
    let statements = field.desk.statements_file().unwrap();
    let mut colleague =
        Desk::join(&home, &joined.place, &statements, &passphrase(), clock(), rng(926)).unwrap();
    assert_eq!(refusal(colleague.answer_request(&asked.request)), Refused::OtherInviter);
    let refused = colleague.invite(&new_person("Nobody"));
    assert!(matches!(refused, Err(NodeError::Register(_))), "and is no registrar's");
    // The shadow's statements are not the invitation's mission, whatever they enrol.
    let statements = shadow.desk.statements_file().unwrap();
    let home = field.home("second");
    let refused = Desk::join(&home, &asked.place, &statements, &passphrase(), clock(), rng(927));
    assert!(matches!(refused, Err(NodeError::BadStatements { .. })));
}

#[test]
fn a_request_that_was_tampered_with_is_refused() {
    let mut field = Field::new(931);
    let invitation = field.invite();
    let accepted = field.accept(&invitation, 932);
    let asked = JoinRequest::parse(&accepted.request).unwrap();
    let stranger = device(933);
    let mut answer = |change: &dyn Fn(&mut JoinRequest)| {
        let mut changed = asked.clone();
        change(&mut changed);
        refusal(field.desk.answer_request(&changed.to_bytes()))
    };
    // Who stands between has no secret: other keys are not bound.
    assert_eq!(answer(&|r| r.keys.signing = stranger.public().signing), Refused::NotBound);
    assert_eq!(answer(&|r| r.keys.hpke = stranger.public().hpke), Refused::NotBound);
    assert_eq!(answer(&|r| r.person = PersonId::from_bytes([9; 16])), Refused::NotBound);
    assert_eq!(answer(&|r| r.signature.0[5] ^= 1), Refused::NotBound);
    assert_eq!(answer(&|r| r.binding.0[31] ^= 1), Refused::NotBound);
    assert_eq!(answer(&|r| r.invitation.0[0] ^= 1), Refused::Unknown);
    let file = refusal(field.desk.answer_request(&accepted.request[1..]));
    assert!(matches!(file, Refused::NotThis { what: "request", .. }));
    field.desk.answer_request(&accepted.request).unwrap();
}

/// Who has the invitation's secret and binds what they like.
fn rebind(invitation: &Invitation, request: &mut JoinRequest) {
    use aws_lc_rs::hmac;
    let mac = |key: &[u8], pieces: &[&[u8]]| {
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &pieces.concat()).as_ref().to_vec()
    };
    let key = mac(&invitation.commitment, &[invitation.secret.reveal()]);
    let binding = mac(&key, &[b"counterseal/cs1/invitation/bind\0", &request.binding_input()]);
    request.binding = Bytes(binding.try_into().unwrap());
}

#[test]
fn who_read_the_invitation_still_needs_both_private_keys() {
    let mut field = Field::new(941);
    let invitation = field.invite();
    let stranger = device(942);
    let honest = invitation.ask(&stranger, PersonId::from_bytes([1; 16])).unwrap();
    let other = device(943);
    let mut answer = |change: &dyn Fn(&mut JoinRequest)| {
        let mut changed = honest.clone();
        change(&mut changed);
        rebind(&invitation, &mut changed);
        field.desk.answer_request(&changed.to_bytes())
    };
    // Keys that others have published, without their private halves.
    assert_eq!(refusal(answer(&|r| r.keys.signing = other.public().signing)), Refused::NotSigned);
    assert_eq!(refusal(answer(&|r| r.keys.hpke = other.public().hpke)), Refused::NotSigned);
    assert_eq!(refusal(answer(&|r| r.proof.0[3] ^= 1)), Refused::NotSigned);
    assert_eq!(refusal(answer(&|r| r.signature.0[3] ^= 1)), Refused::NotSigned);
    let taken = field.desk.person();
    let mut of_registrar = invitation.ask(&stranger, taken).unwrap();
    rebind(&invitation, &mut of_registrar);
    let refused = field.desk.answer_request(&of_registrar.to_bytes());
    assert_eq!(refusal(refused), Refused::OtherPerson, "nobody comes in as somebody who is there");
    // A request that is signed by one key and claims the HPKE key of another device: the string needs both.
    let mut ghost = stranger.public().clone();
    ghost.hpke = other.public().hpke;
    let answered = field.desk.answer_request(&honest.to_bytes()).unwrap();
    let challenge = JoinChallenge::parse(&answered.challenge).unwrap();
    let opened = invitation.open_challenge(&other, &honest.to_bytes(), &challenge);
    assert_eq!(opened.unwrap_err(), ChallengeRefusal::CannotOpen, "relayed to another device");
    assert!(invitation.open_challenge(&stranger, &honest.to_bytes(), &challenge).is_ok());
}

#[test]
fn a_challenge_counts_from_the_inviter_for_this_request_and_once() {
    let mut field = Field::new(951);
    let invitation = field.invite();
    let accepted = field.accept(&invitation, 952);
    let home = field.home("second");
    let (place, request) = (&accepted.place, &accepted.request);
    let early =
        Desk::join(&home, place, &field.desk.statements_file().unwrap(), &passphrase(), clock(), rng(953));
    assert!(matches!(early, Err(NodeError::BadStatements { .. })));
    let answered = field.desk.answer_request(request).unwrap();
    let keys = JoinRequest::parse(request).unwrap().keys;
    let mut random = ChaCha20Rng::seed_from_u64(954);
    // Somebody else's challenge, for this very request.
    let (stranger, secret) = (device(955), ChallengeSecret::make(&mut random));
    let forged = secret.seal_to(&mut random, &stranger, invitation.mission, request, &keys).unwrap();
    let refused = prove(&accepted, &forged.to_bytes());
    assert_eq!(refusal(refused), Refused::Challenge(ChallengeRefusal::OtherInviter));
    let good = JoinChallenge::parse(&answered.challenge).unwrap();
    let changed = |change: &dyn Fn(&mut JoinChallenge)| {
        let mut challenge = good.clone();
        change(&mut challenge);
        refusal(prove(&accepted, &challenge.to_bytes()))
    };
    let of = Refused::Challenge;
    assert_eq!(changed(&|c| c.inviter = stranger.public().clone()), of(ChallengeRefusal::OtherInviter));
    assert_eq!(changed(&|c| c.sealed.0[0] ^= 1), of(ChallengeRefusal::OtherInviter));
    assert_eq!(changed(&|c| c.request.0[0] ^= 1), of(ChallengeRefusal::OtherRequest));
    assert!(matches!(refusal(prove(&accepted, request)), Refused::NotThis { what: "challenge", .. }));
    prove(&accepted, &answered.challenge).unwrap();
    let second = prove(&accepted, &forged.to_bytes());
    assert_eq!(refusal(second), Refused::SecondChallenge, "nobody tries until the strings are alike");
}

/// A false registrar, whose keys the invitation names because it is theirs.
#[test]
fn an_inviter_cannot_choose_the_challenge_once_the_request_is_known() {
    let (inviter, newcomer) = (device(961), device(962));
    let mut random = ChaCha20Rng::seed_from_u64(963);
    let mission = counterseal_model::MissionId::from_bytes([7; 32]);
    let (first, second) = (ChallengeSecret::make(&mut random), ChallengeSecret::make(&mut random));
    let invitation = Invitation {
        mission,
        inviter: inviter.id(),
        commitment: first.commitment(mission, inviter.id()),
        secret: counterseal_seal::InvitationSecret::make(&mut random),
        expires: NOW,
        person: None,
        hub: None,
    };
    let request = invitation.ask(&newcomer, PersonId::from_bytes([1; 16])).unwrap().to_bytes();
    let mut open = |secret: &ChallengeSecret| {
        let challenge = secret.seal_to(&mut random, &inviter, mission, &request, newcomer.public()).unwrap();
        invitation.open_challenge(&newcomer, &request, &challenge)
    };
    assert_eq!(open(&second).unwrap_err(), ChallengeRefusal::NotTheCommittedOne);
    let opened = open(&first).unwrap();
    assert_eq!(opened, first);
    let string = invitation.compared_string(&request, &opened);
    assert_eq!(string, invitation.compared_string(&request, &first), "both sides have the same");
    assert_ne!(string, invitation.compared_string(&request, &second));
    assert_ne!(string, invitation.compared_string(&request[1..], &first));
}

#[test]
fn a_wrong_string_enrols_nobody_and_three_end_the_invitation() {
    let mut field = Field::new(971);
    let invitation = field.invite();
    let accepted = field.accept(&invitation, 972);
    let answered = field.desk.answer_request(&accepted.request).unwrap();
    let string = prove(&accepted, &answered.challenge).unwrap();
    let wrong = other_than(&string);
    for left in [2, 1] {
        let refused = field.desk.enrol_invited(&id(&invitation), &wrong);
        assert_eq!(refusal(refused), Refused::WrongString { left });
    }
    // Forgetting between tries would give more of them.
    let mut field = field.later(60, 973);
    let refused = field.desk.enrol_invited(&id(&invitation), &wrong);
    assert_eq!(refusal(refused), Refused::WrongString { left: 0 });
    assert_eq!(refusal(field.desk.enrol_invited(&id(&invitation), &string)), Refused::Cancelled);
    assert_eq!(field.desk.people().len(), 1);
}

#[test]
fn a_device_that_somebody_else_enrolled_does_not_join() {
    use counterseal_register::{EnrolDevice, EnrolPerson, Label, LogPosition, Statement};
    let mut field = Field::new(981);
    let invitation = field.invite();
    let accepted = field.accept(&invitation, 982);
    let home = field.home("second");
    let join = |desk: &Desk| {
        let statements = desk.statements_file().unwrap();
        Desk::join(&home, &accepted.place, &statements, &passphrase(), clock(), rng(983))
    };
    // Before the challenge was opened nothing joins, whoever enrolled it.
    let answered = field.desk.answer_request(&accepted.request).unwrap();
    let asked = JoinRequest::parse(&accepted.request).unwrap();
    // The same registrar's desk, without the comparison: a statement that has another answer.
    let place = field.desk.place().clone();
    let unlocked =
        counterseal_seal::unlock(&std::fs::read(place.dir.join("desk.key")).unwrap(), &passphrase());
    let counterseal_seal::KeyHolder::Device(secrets) = unlocked.unwrap().holder else { panic!() };
    let (mission, made) = (Some(field.desk.mission()), NOW);
    let person = asked.person;
    let enrol = EnrolPerson { person, name: None, until: None, extra: Default::default() };
    let device = EnrolDevice {
        person,
        keys: asked.keys.clone(),
        proof: asked.proof,
        challenge: Bytes([0; 32]),
        extra: Default::default(),
    };
    let mut prev = None;
    let mut said = Vec::new();
    for act in [counterseal_register::Act::from(enrol), device.into()] {
        let statement = Statement::new(mission, prev, made, act);
        let signed =
            counterseal_seal::sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &[&*secrets])
                .unwrap();
        prev = Some(counterseal_model::StatementId::from_bytes(signed.id()));
        said.push(signed.bytes().to_vec());
    }
    let mut w = counterseal_model::cbor::Writer::new();
    let ours = field.desk.statements().unwrap();
    w.array(ours.len() + said.len());
    for (n, bytes) in ours.iter().chain(&said).enumerate() {
        let position = LogPosition::new(n as u64);
        w.array(3).uint(position.index).int(NOW.0).bytes(bytes);
    }
    field.desk.take_statements(&w.into_bytes()).unwrap();
    assert_eq!(refusal(join(&field.desk)), Refused::NotProved);
    prove(&accepted, &answered.challenge).unwrap();
    assert_eq!(refusal(join(&field.desk)), Refused::NotByInviter);
}

#[test]
fn what_waits_to_join_shows_no_secret_on_the_disk() {
    let mut field = Field::new(991);
    let invitation = field.invite();
    let accepted = field.accept(&invitation, 992);
    let answered = field.desk.answer_request(&accepted.request).unwrap();
    let string = prove(&accepted, &answered.challenge).unwrap().to_string();
    let secret = invitation.secret.reveal();
    let mut looked = 0;
    let mut folders = vec![field.dir.path().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            looked += usize::from(path.ends_with("invitation"));
            for word in [&secret[..], string.as_bytes(), b"Madame Lantern", b"hub.example"] {
                assert!(!bytes.windows(word.len()).any(|window| window == word), "{}", path.display());
            }
        }
    }
    assert_eq!(looked, 1);
    // Nor does it take what somebody else wrote there.
    let file = accepted.place.dir.join("invitation");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[40] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    assert!(matches!(prove(&accepted, &answered.challenge), Err(NodeError::CannotOpen(_))));
}

#[test]
fn a_further_device_waits_for_a_manager_and_alarms_the_desks_that_did_not_make_it() {
    let mut field = Field::new(1_001);
    let home = field.home("second");
    let invited = Invited::NewPerson { name: "Madame Lantern".into(), until: None };
    let joined = field.desk.invite_at_hand(&home, invited, &passphrase(), &mut rng(1_002)).unwrap();
    let file = field.desk.statements_file().unwrap();
    let mut lantern = Desk::join(&home, &joined.place, &file, &passphrase(), clock(), rng(1_003)).unwrap();
    assert!(lantern.strange_devices().unwrap().is_empty());
    let laptop = field.home("laptop");
    let own = lantern.invite_at_hand(&laptop, Invited::OwnDevice, &passphrase(), &mut rng(1_004)).unwrap();
    assert_eq!(own.person, lantern.person());
    assert!(lantern.strange_devices().unwrap().is_empty(), "this desk signed for it");
    field.desk.take_statements(&lantern.statements_file().unwrap()).unwrap();
    let status = |desk: &Desk, id| desk.register().device(id, desk.moment()).unwrap().status;
    assert_eq!(status(&field.desk, own.device), DeviceStatus::Pending);
    let everyone = field.desk.register().mission_compartment();
    let members = |desk: &Desk| {
        let views = desk.compartments();
        views.into_iter().find(|view| view.id == everyone).unwrap().members
    };
    assert!(!members(&field.desk).contains(&own.device), "no secret before a manager's statement");
    field.desk.confirm_device(lantern.person(), own.device).unwrap();
    assert!(members(&field.desk).contains(&own.device));
    let file = field.desk.statements_file().unwrap();
    let mut second = Desk::join(&laptop, &own.place, &file, &passphrase(), clock(), rng(1_005)).unwrap();
    assert!(second.strange_devices().unwrap().is_empty(), "what was there before it shows on joining");

    // The laptop makes a third: the first desk did not, and says so as soon as it hears of it.
    let third = field.home("third");
    let ghost = second.invite_at_hand(&third, Invited::OwnDevice, &passphrase(), &mut rng(1_006)).unwrap();
    lantern.take_statements(&second.statements_file().unwrap()).unwrap();
    let strange = |desk: &Desk| desk.strange_devices().unwrap().iter().map(|d| d.id).collect::<Vec<_>>();
    assert_eq!(strange(&lantern), [ghost.device]);
    let place = lantern.place().clone();
    lantern.close().unwrap();
    let mut lantern = Desk::unlock(place, &passphrase(), clock(), rng(1_007)).unwrap();
    assert_eq!(strange(&lantern), [ghost.device], "until its person says what it is");
    lantern.know_device(ghost.device).unwrap();
    assert!(strange(&lantern).is_empty());
    lantern.revoke_device(lantern.person(), ghost.device).unwrap();
    second.take_statements(&lantern.statements_file().unwrap()).unwrap();
    assert!(strange(&second).is_empty(), "it made it, and it is revoked");
}

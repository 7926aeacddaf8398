//! Recovery officers give somebody a device back; and what ends soon is shown ahead.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::path::Path;
use std::sync::Arc;

use common::{NOW, clock, founding, passphrase, rng};
use counterseal_model::{Clock, FixedClock, PersonId, Timestamp};
use counterseal_node::{
    Accepted, Desk, GovernorFile, Home, InvitationRefusal, InvitationTerms, Invited, NodeError, Outcome,
};
use counterseal_register::{DeviceStatus, Refusal, Role};
use tempfile::TempDir;

struct Field {
    dir: TempDir,
    first: Desk,
    governor: GovernorFile,
}

impl Field {
    fn new(seed: u64) -> Self {
        let dir = TempDir::new().unwrap();
        let governor = GovernorFile::make(&mut rng(seed + 1_000), &passphrase()).unwrap();
        let bytes = governor.bytes.clone();
        let home = Home::open(&dir.path().join("first")).unwrap();
        let first = Desk::found(&home, &founding(), &[governor], &passphrase(), clock(), rng(seed)).unwrap();
        Self { dir, first, governor: GovernorFile::open(bytes, &passphrase()).unwrap() }
    }

    fn home(&self, name: &str) -> Home {
        Home::open(&self.dir.path().join(name)).unwrap()
    }

    fn join(&mut self, name: &str, until: Option<Timestamp>, seed: u64) -> Desk {
        let home = self.home(name);
        let invited = Invited::NewPerson { name: name.into(), until };
        let asked = self.first.invite_at_hand(&home, invited, &passphrase(), &mut rng(seed)).unwrap();
        let file = self.first.statements_file().unwrap();
        Desk::join(&home, &asked.place, &file, &passphrase(), clock(), rng(seed + 1)).unwrap()
    }
}

fn take(from: &Desk, to: &mut Desk) {
    to.take_statements(&from.statements_file().unwrap()).unwrap();
}

fn at(desk: Desk, now: i64, seed: u64) -> Desk {
    let place = desk.place().clone();
    desk.close().unwrap();
    Desk::unlock(place, &passphrase(), Arc::new(FixedClock(Timestamp(now))), rng(seed)).unwrap()
}

/// An officer invites a person's new computer; up to the string, which is accepted.
fn recover(
    officer: &mut Desk,
    person: PersonId,
    folder: &Path,
    seed: u64,
) -> (Accepted, Result<Outcome, NodeError>) {
    let terms = InvitationTerms { invited: Invited::Recovery(person), days: 1, hub: None };
    let invitation = officer.invite(&terms).unwrap();
    let clock: Arc<dyn Clock + Send + Sync> = Arc::new(FixedClock(officer.now()));
    let home = Home::open(folder).unwrap();
    let accepted =
        Desk::accept_invitation(&home, &invitation, &passphrase(), &clock, &mut rng(seed)).unwrap();
    let answered = officer.answer_request(&accepted.request).unwrap();
    let proved =
        Desk::prove_invited(&accepted.place, &answered.challenge, &passphrase(), &mut rng(seed)).unwrap();
    let enrolled = officer.enrol_invited(&hex::encode(invitation.commitment), &proved.string);
    (accepted, enrolled.map(|enrolled| enrolled.outcome))
}

#[test]
fn three_recovery_officers_give_a_person_a_device_back_and_the_old_one_is_revoked() {
    let mut field = Field::new(2_001);
    let (mut kettle, lantern) = (field.join("Kettle", None, 2_010), field.join("Lantern", None, 2_020));
    let mut lamp = field.join("Lamp", None, 2_025);
    let (officer, second, person) = (field.first.person(), kettle.person(), lantern.person());
    let refused =
        field.first.invite(&InvitationTerms { invited: Invited::Recovery(person), days: 1, hub: None });
    assert!(matches!(refused, Err(NodeError::Register(Refusal::NotACrossSigner))), "no officer yet");
    field
        .first
        .set_recovery_officers(vec![second, officer, lamp.person()], 3, &[&field.governor.secrets])
        .unwrap();
    // Who is to get devices back is a loosening, and waits.
    let after = NOW.0 + 8 * Timestamp::DAY;
    let Field { dir, first, .. } = field;
    let mut first = at(first, after, 2_030);
    take(&first, &mut kettle);
    take(&first, &mut lamp);
    let mut lamp = at(lamp, after, 2_033);
    let mut kettle = at(kettle, after, 2_031);
    let itself = InvitationTerms { invited: Invited::Recovery(officer), days: 1, hub: None };
    assert!(first.invite(&itself).is_err(), "nobody recovers themselves");

    let (asked, outcome) = recover(&mut first, person, &dir.path().join("new"), 2_040);
    let Ok(Outcome::Paper { paper, missing: 2 }) = outcome else { panic!("{outcome:?}") };
    let devices = |desk: &Desk| desk.register().devices_of(person, desk.moment()).len();
    assert_eq!(devices(&first), 1, "one officer alone does nothing");
    let other = kettle.cosign_recovery(&paper, lantern.device());
    assert!(matches!(other, Err(NodeError::Invitation(InvitationRefusal::OtherDevice))));
    let mut forged = paper.clone();
    *forged.last_mut().unwrap() ^= 1;
    assert!(matches!(kettle.cosign_recovery(&forged, asked.device), Err(NodeError::Register(_))));
    let alone = first.cosign_recovery(&paper, asked.device).unwrap();
    assert_eq!(alone.missing, 2, "an officer's two signatures are one");
    assert_eq!(devices(&first), 1);
    let two = kettle.cosign_recovery(&paper, asked.device).unwrap();
    assert_eq!((two.missing, devices(&kettle)), (1, 1), "nor do two");
    let signed = lamp.cosign_recovery(&two.paper, asked.device).unwrap();
    assert_eq!((signed.missing, signed.person), (0, person));
    take(&lamp, &mut first);
    let status = |desk: &Desk| desk.register().device(asked.device, desk.moment()).unwrap().status;
    assert_eq!(status(&first), DeviceStatus::Pending);
    // The old desk, should it still be there, hears of it.
    let mut lantern = at(lantern, after, 2_032);
    take(&first, &mut lantern);
    assert_eq!(lantern.strange_devices().unwrap()[0].id, asked.device);

    // Admitted by a manager, and the old one revoked: that is the recovery.
    first.confirm_device(person, asked.device).unwrap();
    let compartment = first.default_compartment().unwrap();
    first.admit(compartment, person).unwrap();
    first.revoke_device(person, lantern.device()).unwrap();
    let file = first.statements_file().unwrap();
    let home = Home::open(&dir.path().join("new")).unwrap();
    let clock = Arc::new(FixedClock(Timestamp(after)));
    let desk = Desk::join(&home, &asked.place, &file, &passphrase(), clock, rng(2_050)).unwrap();
    assert_eq!(desk.person(), person);
    assert_eq!(desk.default_compartment().unwrap(), compartment, "it reads and writes there");
    let heads = desk.register().epoch_heads(compartment);
    assert!(
        desk.holds(heads[0])
            && !desk.register().epoch(heads[0]).unwrap().roster().contains(&lantern.device())
    );
}

#[test]
fn one_recovery_officer_is_enough_where_the_mission_says_so() {
    let mut field = Field::new(2_101);
    let lantern = field.join("Lantern", None, 2_110);
    let officer = field.first.person();
    field.first.set_recovery_officers(vec![officer], 1, &[&field.governor.secrets]).unwrap();
    let Field { dir, first, .. } = field;
    let mut first = at(first, NOW.0 + 8 * Timestamp::DAY, 2_120);
    assert!(first.my_roles().iter().any(|(role, _)| *role == Role::RecoveryOfficer));
    let (asked, outcome) = recover(&mut first, lantern.person(), &dir.path().join("new"), 2_130);
    assert_eq!(outcome.unwrap(), Outcome::Pending);
    let device = first.register().device(asked.device, first.moment()).unwrap();
    assert_eq!((device.person, device.status), (lantern.person(), DeviceStatus::Pending));
}

#[test]
fn a_role_given_without_an_end_ends_with_the_assignment_and_is_shown_ahead() {
    let mut field = Field::new(2_201);
    let day = Timestamp::DAY;
    let (end, sooner) = (Timestamp(NOW.0 + 20 * day), Timestamp(NOW.0 + 10 * day));
    let lantern = field.join("Lantern", Some(end), 2_210);
    let kettle = field.join("Kettle", None, 2_220);
    let compartment = field.first.default_compartment().unwrap();
    field.first.appoint_manager(compartment, lantern.person(), None).unwrap();
    field.first.appoint_manager(compartment, kettle.person(), Some(sooner)).unwrap();
    let roles = |desk: &Desk, person| desk.register().roles_of(person, desk.moment());
    assert_eq!(roles(&field.first, lantern.person()), [(Role::Manager(compartment), Some(end))]);
    let ending = |desk: &Desk| {
        let endings = desk.endings(14).into_iter();
        endings.map(|ending| (ending.person, ending.role, ending.at)).collect::<Vec<_>>()
    };
    let role = (kettle.person(), Some(Role::Manager(compartment)), sooner);
    assert_eq!(ending(&field.first), [role], "twenty days are not soon");
    let first = at(field.first, NOW.0 + 6 * day, 2_230);
    assert_eq!(ending(&first), [role, (lantern.person(), None, end)], "the role once, with the assignment");
    let first = at(first, end.0, 2_231);
    assert_eq!(ending(&first), []);
    assert!(roles(&first, lantern.person()).is_empty() && roles(&first, kettle.person()).is_empty());
    let managers = first.register().managers(compartment, first.moment());
    assert_eq!(managers, [first.person()], "both ended by themselves");
}

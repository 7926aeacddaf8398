//! Devices of one person, through a hub: which desk hears of which, and when.

use counterseal_node::{Desk, Home, Invited, Randomness};
use counterseal_register::DeviceStatus;
use counterseal_seal::Passphrase;
use counterseal_sim::{SimMission, clock_at};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

#[test]
fn a_further_device_is_active_once_a_managers_word_is_logged_and_alarms_the_desk_that_did_not_make_it() {
    let folder = tempfile::TempDir::new().unwrap();
    let home = |name: &str| Home::open(&folder.path().join(name)).unwrap();
    let passphrase = Passphrase::new("seven wells and a goat").unwrap();
    let rng = |seed: u64| -> Randomness { Box::new(ChaCha20Rng::seed_from_u64(seed)) };
    let mut mission = SimMission::found(131).unwrap();
    let (mut phone, person) = mission.join("Madame Lantern").unwrap();
    let laptop_home = home("laptop");
    let asked = phone.invite_at_hand(&laptop_home, Invited::OwnDevice, &passphrase, &mut rng(1)).unwrap();
    mission.sync(&mut phone).unwrap();
    mission.tick().unwrap();
    mission.sync(&mut phone).unwrap();
    mission.sync_founder().unwrap();
    let status = |desk: &Desk| desk.register().device(asked.device, desk.moment()).unwrap().status;
    assert_eq!(status(&mission.founder), DeviceStatus::Pending);
    assert!(phone.strange_devices().unwrap().is_empty(), "it made it");
    mission.founder.confirm_device(person, asked.device).unwrap();
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    assert_eq!(status(&mission.founder), DeviceStatus::Active);
    let file = mission.founder.statements_file().unwrap();
    let clock = clock_at(&mission.hand);
    let mut laptop = Desk::join(&laptop_home, &asked.place, &file, &passphrase, clock, rng(2)).unwrap();
    mission.sync(&mut laptop).unwrap();

    let ghost = laptop.invite_at_hand(&home("third"), Invited::OwnDevice, &passphrase, &mut rng(3)).unwrap();
    mission.sync(&mut laptop).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync(&mut phone).unwrap();
    let strange: Vec<_> = phone.strange_devices().unwrap().iter().map(|device| device.id).collect();
    assert_eq!(strange, [ghost.device], "after one sync");
    assert!(mission.founder.strange_devices().unwrap().is_empty(), "it is another person's");
}

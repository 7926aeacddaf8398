//! From one hub to the next, and statements that are obeyed on sight.

use counterseal_mirror::MirrorError;
use counterseal_node::OutgoingLogs;
use counterseal_register::{DeviceStatus, LogKind};
use counterseal_sim::{SimHub, SimMission};
use counterseal_trustee::*;

use crate::mirror::{agrees, followed, more, served, write};

/// The founder's governor names the next hub, which takes the place of the one that is gone.
pub(crate) fn succeed(mission: &mut SimMission) -> Vec<u8> {
    let standby = SimHub::named(mission.founder.mission(), mission.hub.generation + 1).unwrap();
    let governor = &mission.governor.secrets;
    mission.founder.succeed_hub(standby, &[governor]).unwrap().unwrap();
    let outgoing = OutgoingLogs::read(&mission.founder.logs_file().unwrap()).unwrap();
    let now = mission.hub.now;
    mission.hub = SimHub::succeed(&outgoing, now).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    outgoing.succession.unwrap()
}

/// The old hub goes on for others, which the founder does not follow any more.
fn gone_further(mission: &mut SimMission) {
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    for n in 0..2 {
        write(&mut other, mission.compartment, &format!("beyond the end {n}"));
        mission.sync(&mut other).unwrap();
        mission.pass(60);
        mission.tick().unwrap();
    }
}

pub(crate) fn settled(mission: &mut SimMission) {
    for n in 0..2 {
        more(mission, &format!("under the new hub {n}"));
    }
}

#[test]
fn a_trustee_crosses_to_the_next_hub_by_its_files_alone() {
    let (mut mission, site, mut store, mut mirror) = followed(721);
    let mut old = served(&mission.hub);
    succeed(&mut mission);
    settled(&mut mission);
    let advanced = mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    assert_eq!(advanced.crossed, Some(2));
    agrees(&mission, &mirror);
    let back = mirror.advance(&mut store, &mut old);
    assert!(
        matches!(back, Ok(Advanced { ref behind, .. }) if behind.len() == 2) || back.is_err(),
        "{back:?}"
    );
    agrees(&mission, &mirror);
    drop(store);
    let store = site.open();
    agrees(&mission, &Mirror::open(&store, mission.founder.mission()).unwrap());
}

#[test]
fn what_it_followed_beyond_the_end_is_taken_back() {
    let (mut mission, _site, mut store, mut mirror) = followed(722);
    gone_further(&mut mission);
    let ends = mission.founder.log(LogKind::Statements).unwrap().unwrap().size;
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    assert!(mirror.log(LogKind::Statements).unwrap().size > ends, "it has more than the governors' desk");
    let old = served(&mission.hub);
    let succession = succeed(&mut mission);
    assert_eq!(mirror.take_succession(&mut store, &succession).unwrap(), Some(2));
    assert_eq!(mirror.take_succession(&mut store, &succession).unwrap(), None, "once");
    assert!(mirror.log(LogKind::Statements).unwrap().size <= ends);
    let mut old = old;
    assert!(mirror.advance(&mut store, &mut old).is_err(), "the old hub is refused beyond the end");
    settled(&mut mission);
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    agrees(&mission, &mirror);
}

#[test]
fn a_succession_that_names_another_end_is_refused_and_changes_nothing() {
    let (mut mission, _site, mut store, mut mirror) = followed(723);
    let before = (mirror.log(LogKind::Statements), mirror.log(LogKind::Journal), store.last_commit());
    let (mut other, ..) = followed(724);
    let strange = succeed(&mut other);
    assert!(mirror.take_succession(&mut store, &strange).is_err(), "another mission's");
    let succession = succeed(&mut mission);
    let mut bent = succession.clone();
    let last = bent.len() - 1;
    bent[last] ^= 1;
    let refused = mirror.take_succession(&mut store, &bent);
    assert!(matches!(refused, Err(FollowError::Mirror(MirrorError::Register(_) | MirrorError::Log(_)))));
    assert_eq!(before, (mirror.log(LogKind::Statements), mirror.log(LogKind::Journal), store.last_commit()));
    assert_eq!(mirror.take_succession(&mut store, &succession).unwrap(), Some(2));
}

#[test]
fn what_takes_away_is_obeyed_on_sight_and_kept_until_the_log_has_it() {
    let (mut mission, site, mut store, mut mirror) = followed(725);
    let (lost, person) = mission.join("Madame Lantern").unwrap();
    more(&mut mission, "after she came");
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    mission.founder.revoke_device(person, lost.device()).unwrap();
    let said = mission.founder.waiting_statements().unwrap();
    assert!(!said.is_empty());
    let obeyed = said.iter().filter(|envelope| mirror.sight(&mut store, envelope).unwrap()).count();
    assert!(obeyed >= 1, "a revocation takes away");
    let is_revoked = |mirror: &Mirror| {
        let register = mirror.register().unwrap();
        let at = mirror.moment(mission.hub.now);
        matches!(register.device(lost.device(), at).unwrap().status, DeviceStatus::Revoked { .. })
    };
    assert!(is_revoked(&mirror));
    drop(store);
    let mut store = site.open();
    let mut mirror = Mirror::open(&store, mission.founder.mission()).unwrap();
    assert!(is_revoked(&mirror), "after a start too");
    more(&mut mission, "and the log has it");
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    more(&mut mission, "and its time");
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    agrees(&mission, &mirror);
}

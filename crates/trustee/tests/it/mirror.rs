//! The mirror against honest and hostile hubs. Each test that is an attack names the defence first.

use counterseal_ledger::{LogPath, Split};
use counterseal_mirror::{LogFiles, MirrorError};
use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, MissionId, StatementId, Timestamp};
use counterseal_node::Desk;
use counterseal_register::LogKind;
use counterseal_sim::{SimFiles, SimHub, SimMission};
use counterseal_trustee::*;

use crate::common::*;

/// What a hub serves, as a trustee reads it.
pub(crate) struct Served(pub(crate) SimFiles);

impl LogFiles for Served {
    type Error = FollowError;

    fn read(&mut self, log: LogKind, paths: &[LogPath]) -> Result<Vec<Option<Vec<u8>>>, FollowError> {
        self.0.read(log, paths).map_err(|error| FollowError::Files(error.to_string()))
    }

    fn statement(&mut self, id: StatementId) -> Result<Option<Vec<u8>>, FollowError> {
        self.0.statement(id).map_err(|error| FollowError::Files(error.to_string()))
    }
}

pub(crate) fn served(hub: &SimHub) -> Served {
    Served(SimFiles::of(hub).unwrap())
}

pub(crate) fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified).unwrap();
}

pub(crate) fn more(mission: &mut SimMission, text: &str) {
    let compartment = mission.compartment;
    write(&mut mission.founder, compartment, text);
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
}

/// A mission with some history, and a trustee that has followed it.
pub(crate) fn followed(seed: u64) -> (SimMission, Site, Store, Mirror) {
    let mut mission = SimMission::found(seed).unwrap();
    for n in 0..3 {
        more(&mut mission, &format!("note {n}"));
    }
    let site = Site::new();
    let mut store = site.open();
    let mut mirror = Mirror::open(&store, mission.founder.mission()).unwrap();
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    (mission, site, store, mirror)
}

pub(crate) fn agrees(mission: &SimMission, mirror: &Mirror) {
    let desk = &mission.founder;
    for log in LogKind::ALL {
        let (theirs, ours) = (desk.log(*log).unwrap().unwrap(), mirror.log(*log).unwrap());
        assert_eq!(
            (theirs.size, theirs.root, theirs.cosigned),
            (ours.size, ours.root, ours.cosigned),
            "{log:?}"
        );
    }
    let register = mirror.register().unwrap();
    assert_eq!(register.digest(), desk.register().digest(), "a trustee and a desk have one register");
}

fn size(mirror: &Mirror, log: LogKind) -> u64 {
    mirror.log(log).unwrap().size
}

#[test]
fn a_trustee_follows_both_logs_to_the_register_that_desks_have() {
    let (mut mission, site, mut store, mut mirror) = followed(701);
    agrees(&mission, &mirror);
    let commit = store.last_commit();
    assert_eq!(mirror.advance(&mut store, &mut served(&mission.hub)).unwrap(), Advanced::default());
    assert_eq!(store.last_commit(), commit, "nothing new, nothing written");
    mission.join("Madame Lantern").unwrap();
    for n in 0..5 {
        more(&mut mission, &format!("later {n}"));
    }
    let advanced = mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    assert!(advanced.statements > 1 && advanced.leaves >= 5, "{advanced:?}");
    agrees(&mission, &mirror);
    let index = size(&mirror, LogKind::Journal) - 1;
    let leaf = mirror.leaf(&store, index).unwrap().unwrap();
    assert_eq!(leaf.as_slice(), mission.hub.journal.leaves[index as usize].as_slice());
    assert!(mirror.leaf(&store, index + 1).unwrap().is_none());
    drop(store);
    let store = site.open();
    agrees(&mission, &Mirror::open(&store, mission.founder.mission()).unwrap());
}

#[test]
fn its_age_is_known_and_what_is_stale_or_of_the_future_releases_nothing() {
    let (mission, _site, store, mirror) = followed(702);
    let cosigned = mirror.log(LogKind::Journal).unwrap().cosigned;
    let now = Timestamp(cosigned.0 + 60);
    assert!(mirror.age(LogKind::Journal, now).unwrap() <= 60);
    mirror.may_release(now, 300).unwrap();
    for wrong in [cosigned.0 + 500, cosigned.0 - 500] {
        let refused = mirror.may_release(Timestamp(wrong), 300);
        assert!(matches!(refused, Err(FollowError::Stale { .. })), "{refused:?}");
    }
    drop((store, mission));
    let site = Site::new();
    let empty = Mirror::open(&site.open(), MissionId::from_bytes([1; 32])).unwrap();
    assert!(matches!(empty.may_release(now, 300), Err(FollowError::Mirror(MirrorError::NoHub))));
}

#[test]
fn another_missions_log_is_refused_by_its_fingerprint() {
    let (mission, ..) = followed(703);
    let site = Site::new();
    let mut store = site.open();
    let mut mirror = Mirror::open(&store, MissionId::from_bytes([1; 32])).unwrap();
    let refused = mirror.advance(&mut store, &mut served(&mission.hub));
    assert!(matches!(refused, Err(FollowError::OtherMission)), "{refused:?}");
    assert!(mirror.register().is_none() && store.last_commit() == 0);
}

#[test]
fn without_a_quorum_nothing_is_believed() {
    let (mut mission, _site, mut store, mut mirror) = followed(704);
    more(&mut mission, "new");
    for log in LogKind::ALL {
        let mut files = served(&mission.hub);
        let note = files.0.0.get_mut(&(*log, "checkpoint".to_owned())).unwrap();
        // Two witnesses' lines, and so four of their signatures, are taken away.
        let text = String::from_utf8(note.clone()).unwrap();
        let lines: Vec<_> = text.lines().collect();
        *note = (lines[..lines.len() - 4].join("\n") + "\n").into_bytes();
        let before = store.last_commit();
        let refused = mirror.advance(&mut store, &mut files);
        assert!(matches!(refused, Err(FollowError::Mirror(MirrorError::Log(_)))), "{log:?}: {refused:?}");
        assert_eq!(store.last_commit(), before, "nothing is taken in");
    }
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    agrees(&mission, &mirror);
}

#[test]
fn leaves_that_are_changed_or_missing_do_not_lead_to_the_root() {
    let (mut mission, _site, mut store, mut mirror) = followed(705);
    for n in 0..3 {
        more(&mut mission, &format!("new {n}"));
    }
    let honest = served(&mission.hub);
    let bundles = honest.0.0.keys().filter(|(_, path)| path.contains("entries")).cloned();
    for key in bundles.collect::<Vec<_>>() {
        let mut files = served(&mission.hub);
        let bytes = files.0.0.get_mut(&key).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        assert!(mirror.advance(&mut store, &mut files).is_err(), "{key:?}");
        files.0.0.remove(&key);
        assert!(mirror.advance(&mut store, &mut files).is_err(), "{key:?}");
    }
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    agrees(&mission, &mirror);
}

#[test]
fn a_hub_that_was_put_back_is_behind_and_changes_nothing() {
    let (mut mission, _site, mut store, mut mirror) = followed(706);
    let mut old = served(&mission.hub);
    more(&mut mission, "new");
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    let advanced = mirror.advance(&mut store, &mut old).unwrap();
    assert_eq!(advanced.behind, LogKind::ALL);
    agrees(&mission, &mirror);
}

/// Another history from before the last note on, which all witnesses have cosigned.
fn other_face(mission: &mut SimMission, leaves: u8) -> SimHub {
    let mut face = mission.hub.copy().unwrap();
    more(mission, "one history");
    mission.witnesses.iter_mut().for_each(|witness| witness.corrupt = true);
    face.now = mission.hub.now;
    for n in 0..leaves {
        face.journal.leaves.push(vec![n; 38]);
    }
    face.tick(&mission.witnesses, mission.quorum).unwrap();
    face
}

fn stopped(mission: &SimMission, store: &Store, mirror: &Mirror, log: LogKind) {
    let kept = mirror.splits(store).unwrap();
    assert!(kept.iter().any(|split| split.log == log), "{kept:?}");
    let policy = mission.founder.register().log_policy(mission.founder.moment()).unwrap();
    let keys: Vec<_> = policy.logs().cloned().collect();
    for split in &kept {
        Split::check(&split.proof, &keys).unwrap();
    }
    let now = mirror.log(log).unwrap().cosigned;
    assert!(matches!(mirror.may_release(now, 300), Err(FollowError::TwoTrees { .. })));
}

#[test]
fn two_histories_that_even_a_quorum_cosigned_are_proved_and_stop_everything() {
    // One that is shorter than ours, one as long, one longer: each leaves a proof.
    for (seed, leaves) in [(707, 1), (708, 2), (709, 9)] {
        let (mut mission, site, mut store, mut mirror) = followed(seed);
        let face = other_face(&mut mission, leaves);
        more(&mut mission, "and more of it");
        mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
        let before = (size(&mirror, LogKind::Statements), size(&mirror, LogKind::Journal));
        let refused = mirror.advance(&mut store, &mut served(&face));
        assert!(matches!(refused, Err(FollowError::TwoTrees { .. })), "{leaves}: {refused:?}");
        assert_eq!(before, (size(&mirror, LogKind::Statements), size(&mirror, LogKind::Journal)));
        let log = mirror.splits(&store).unwrap()[0].log;
        stopped(&mission, &store, &mirror, log);
        drop(store);
        let store = site.open();
        let mirror = Mirror::open(&store, mission.founder.mission()).unwrap();
        stopped(&mission, &store, &mirror, log);
    }
}

#[test]
fn a_note_that_somebody_shows_is_held_against_the_mirror() {
    let (mut mission, _site, mut store, mut mirror) = followed(710);
    let old = mission.hub.journal.note.clone();
    let face = other_face(&mut mission, 1);
    let log = LogKind::Journal;
    let ahead = mirror.check_note(&mut store, log, &mission.hub.journal.note).unwrap();
    assert!(matches!(ahead, Agreement::Ahead { size } if size > 0));
    mirror.advance(&mut store, &mut served(&mission.hub)).unwrap();
    for note in [&old, &mission.hub.journal.note] {
        assert_eq!(mirror.check_note(&mut store, log, note).unwrap(), Agreement::Consistent);
    }
    let mut bent = old.clone();
    bent[100] ^= 1;
    assert!(mirror.check_note(&mut store, log, &bent).is_err(), "nobody signed that");
    assert!(mirror.check_note(&mut store, LogKind::Statements, &old).is_err(), "the other log's");
    assert!(mirror.splits(&store).unwrap().is_empty());
    assert_eq!(mirror.check_note(&mut store, log, &face.journal.note).unwrap(), Agreement::TwoTrees);
    stopped(&mission, &store, &mirror, log);
}

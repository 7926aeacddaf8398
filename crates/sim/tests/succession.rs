//! A hub that is lost, and the next one in its place. Each test that is an attack names the defence first.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, RecordId};
use counterseal_node::{Desk, MirrorError, NodeError, OutgoingLogs};
use counterseal_register::{
    Act, Bytes, Label, LogEnd, LogKind, LogPosition, Register, Sight, Statement, SucceedHub,
};
use counterseal_seal::{GovernorSecrets, Signer, sign_statement};
use counterseal_sim::{SimError, SimHub, SimMission, sync};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified).unwrap()
}

/// A mission of two desks with some history that both have followed.
fn two_desks(seed: u64) -> (SimMission, Desk, Vec<RecordId>) {
    let mut mission = SimMission::found(seed).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let mut ids: Vec<_> =
        (0..3).map(|n| write(&mut mission.founder, compartment, &format!("note {n}"))).collect();
    ids.push(write(&mut other, compartment, "a note of the other's"));
    settle(&mut mission, &mut other);
    (mission, other, ids)
}

/// Everything goes through: two rounds, for what permits has effect after one.
fn settle(mission: &mut SimMission, other: &mut Desk) {
    for _ in 0..3 {
        mission.sync_founder().unwrap();
        mission.sync(other).unwrap();
        mission.pass(60);
        mission.tick().unwrap();
    }
    mission.sync_founder().unwrap();
    mission.sync(other).unwrap();
}

/// The founder's governor names the next hub, which takes the place of the one that is gone.
fn succeed(mission: &mut SimMission) -> Vec<u8> {
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

fn whole(desk: &Desk, ids: &[RecordId]) {
    for id in ids {
        assert!(desk.record(*id).is_ok(), "{} is lost", id.short());
    }
    assert!(desk.unlogged().unwrap().is_empty(), "every entry has its place in the log");
    assert!(desk.waiting_statements().unwrap().is_empty(), "and every statement");
    let report = desk.verify(&mut |_, _| {}).unwrap();
    assert_eq!((report.missing, report.unopened, report.late), (0, 0, 0));
}

fn refused(error: SimError) -> NodeError {
    match error {
        SimError::Node(error) => *error,
        other => panic!("the desk should have refused, not {other}"),
    }
}

#[test]
fn desks_go_on_with_the_next_hub_and_a_third_one_gets_everything() {
    let (mut mission, mut other, mut ids) = two_desks(301);
    let compartment = mission.compartment;
    // The other desk has unsent work when the hub dies, and one entry that the dead hub alone acknowledged.
    ids.push(write(&mut other, compartment, "acknowledged, and in nobody's log"));
    assert_eq!(mission.sync(&mut other).unwrap().accepted, 1);
    ids.push(write(&mut other, compartment, "not sent yet"));
    let size = mission.founder.log(LogKind::Journal).unwrap().unwrap().size;
    let succession = succeed(&mut mission);
    let crossing = other.take_succession(&succession).unwrap().unwrap();
    assert_eq!((crossing.generation, crossing.statements, crossing.leaves), (2, 0, 0));
    assert!(other.take_succession(&succession).unwrap().is_none(), "once");
    let report = mission.sync(&mut other).unwrap();
    assert!(report.accepted >= 2, "what only the dead hub had acknowledged is sent again");
    settle(&mut mission, &mut other);
    for desk in [&mission.founder, &other] {
        whole(desk, &ids);
        assert_eq!(desk.register().hub(desk.moment()).unwrap().generation, 2);
        assert_eq!(desk.log(LogKind::Journal).unwrap().unwrap().size, mission.hub.journal.cosigned);
    }
    assert_eq!(mission.founder.register().digest(), other.register().digest());
    assert_eq!(mission.hub.journal.leaves.len() as u64, size + 2, "no entry has a second leaf");
    assert_eq!(mission.hub.entries.len(), mission.hub.journal.leaves.len(), "the hub has all entries again");
    let (third, _) = mission.join("Sergeant Compass").unwrap();
    for id in &ids {
        assert!(third.record(*id).is_ok(), "who joins later gets all");
    }
    assert_eq!(third.log(LogKind::Statements).unwrap().unwrap().size, mission.hub.statements.cosigned);
}

#[test]
fn who_asked_before_the_entries_were_back_asks_again() {
    let (mut mission, mut other, _) = two_desks(302);
    let late = write(&mut mission.founder, mission.compartment, "the other desk did not see it before");
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    let succession = succeed(&mut mission);
    other.take_succession(&succession).unwrap();
    mission.sync(&mut other).unwrap();
    assert!(other.record(late).is_err(), "the new hub has the leaf and not the entry");
    mission.sync_founder().unwrap();
    mission.sync(&mut other).unwrap();
    assert!(other.record(late).is_ok(), "what the hub lacked is asked for again");
}

/// The old hub goes on for one desk alone, which follows it beyond what the founder has.
fn gone_further(seed: u64) -> (SimMission, Desk, Vec<RecordId>) {
    let (mut mission, mut other, mut ids) = two_desks(seed);
    let compartment = mission.compartment;
    ids.push(write(&mut other, compartment, "logged beyond the end"));
    mission.sync(&mut other).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    ids.push(write(&mut other, compartment, "unsent"));
    (mission, other, ids)
}

#[test]
fn a_desk_that_followed_past_the_end_takes_it_back_and_loses_nothing() {
    let (mut mission, mut other, mut ids) = gone_further(303);
    let (further, leaves) = (
        other.log(LogKind::Statements).unwrap().unwrap().size,
        other.log(LogKind::Journal).unwrap().unwrap().size,
    );
    let ours = mission.founder.log(LogKind::Statements).unwrap().unwrap().size;
    assert!(further > ours, "the other desk has more of the old log");
    let succession = succeed(&mut mission);
    let crossing = other.take_succession(&succession).unwrap().unwrap();
    assert_eq!(crossing.leaves, leaves - mission.founder.log(LogKind::Journal).unwrap().unwrap().size);
    assert_eq!(other.log(LogKind::Statements).unwrap().unwrap().size, ours);
    assert!(other.unlogged().unwrap().len() >= 2, "what has no place any more is to be sent");
    other.verify(&mut |_, _| {}).unwrap();
    // What now stands at the places that were taken back is fetched, though something was held there.
    ids.push(write(&mut mission.founder, mission.compartment, "at a place that was taken back"));
    settle(&mut mission, &mut other);
    whole(&other, &ids);
    whole(&mission.founder, &ids);
    assert_eq!(mission.founder.register().digest(), other.register().digest());
}

#[test]
fn statements_beyond_the_end_are_logged_again_and_what_rests_on_them_comes_back() {
    let (mut mission, mut other, mut ids) = two_desks(304);
    let compartment = mission.compartment;
    // The other desk is the one that the governors ask; the founder's has followed further: it admitted
    // somebody, began an epoch by that, and wrote under it.
    let (mut third, person) = mission.join("Sergeant Compass").unwrap();
    ids.push(write(&mut third, compartment, "by somebody enrolled beyond the end"));
    mission.sync(&mut third).unwrap();
    ids.push(write(&mut mission.founder, compartment, "under an epoch beyond the end"));
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    let standby = SimHub::named(other.mission(), 2).unwrap();
    other.succeed_hub(standby, &[&mission.governor.secrets]).unwrap().unwrap();
    let file = other.logs_file().unwrap();
    let outgoing = OutgoingLogs::read(&file).unwrap();
    let now = mission.hub.now;
    mission.hub = SimHub::succeed(&outgoing, now).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    let crossing = mission.founder.take_logs(&file).unwrap().unwrap().crossed.unwrap();
    assert!(crossing.statements >= 2 && crossing.leaves == 2, "{crossing:?}");
    assert!(
        mission.founder.people().iter().all(|known| known.id != person),
        "not enrolled any more, or not yet"
    );
    assert!(mission.founder.record(ids[ids.len() - 1]).is_err(), "its epoch waits");
    let report = mission.founder.verify(&mut |_, _| {}).unwrap();
    assert_eq!(report.unopened, 2, "kept, and set aside");
    third.take_logs(&file).unwrap();
    third.verify(&mut |_, _| {}).unwrap();
    settle(&mut mission, &mut other);
    settle(&mut mission, &mut other);
    mission.sync(&mut third).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    settle(&mut mission, &mut other);
    mission.sync(&mut third).unwrap();
    for desk in [&mission.founder, &other, &third] {
        whole(desk, &ids);
    }
    assert_eq!(mission.founder.register().digest(), other.register().digest());
}

#[test]
fn a_desk_learns_of_the_succession_from_the_new_log_itself() {
    let (mut mission, mut other, ids) = two_desks(305);
    succeed(&mut mission);
    mission.sync_founder().unwrap();
    // The file of a desk that is over there already: no succession beside the log.
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    let file = mission.founder.logs_file().unwrap();
    let crossed = other.take_logs(&file).unwrap().unwrap().crossed.unwrap();
    assert_eq!(crossed.generation, 2);
    settle(&mut mission, &mut other);
    whole(&other, &ids);
}

#[test]
fn two_hubs_are_lost_one_after_the_other() {
    let (mut mission, mut other, mut ids) = two_desks(306);
    for _ in 0..2 {
        let succession = succeed(&mut mission);
        mission.sync_founder().unwrap();
        let _known = other.take_succession(&succession);
        ids.push(write(&mut mission.founder, mission.compartment, "in between"));
        mission.sync_founder().unwrap();
        mission.pass(60);
        mission.tick().unwrap();
        mission.sync_founder().unwrap();
    }
    settle(&mut mission, &mut other);
    settle(&mut mission, &mut other);
    assert_eq!(other.register().hub(other.moment()).unwrap().generation, 3);
    whole(&other, &ids);
    whole(&mission.founder, &ids);
}

/// The new log's first checkpoint covers the succession, and its first mark comes later.
#[test]
fn a_succession_that_was_followed_before_its_mark_is_held_against_the_end_again() {
    let (mut mission, mut other, ids) = two_desks(307);
    let standby = SimHub::named(mission.founder.mission(), 2).unwrap();
    mission.founder.succeed_hub(standby, &[&mission.governor.secrets]).unwrap().unwrap();
    let outgoing = OutgoingLogs::read(&mission.founder.logs_file().unwrap()).unwrap();
    let now = mission.hub.now;
    mission.hub = SimHub::succeed(&outgoing, now).unwrap();
    mission.hub.publish(&mission.witnesses, mission.quorum).unwrap();
    other.take_succession(&outgoing.succession.unwrap()).unwrap();
    mission.sync(&mut other).unwrap();
    let size = other.log(LogKind::Statements).unwrap().unwrap().size;
    assert_eq!(size, outgoing.statements_end.size + 1, "the succession is followed, and no mark");
    settle(&mut mission, &mut other);
    whole(&other, &ids);
}

/// Where the logs of a hub end, nobody can say at a desk that has only heard of it.
#[test]
fn governors_do_not_end_a_hub_at_a_desk_that_has_not_followed_it() {
    let (mut mission, mut other, _) = two_desks(308);
    let succession = succeed(&mut mission);
    other.take_succession(&succession).unwrap();
    let next = SimHub::named(mission.founder.mission(), 3).unwrap();
    let refused = other.succeed_hub(next.clone(), &[&mission.governor.secrets]).unwrap_err();
    assert!(matches!(refused, NodeError::HubNotFollowed { generation: 2 }), "{refused}");
    mission.sync(&mut other).unwrap();
    assert!(other.succeed_hub(next, &[&mission.governor.secrets]).unwrap().is_some());
}

/// A succession as somebody writes it by hand.
fn by_hand(desk: &Desk, signer: &GovernorSecrets, change: impl FnOnce(&mut SucceedHub)) -> Vec<u8> {
    let named = SimHub::named(desk.mission(), 2).unwrap();
    let end =
        |kind| desk.log(kind).unwrap().map_or(LogEnd::EMPTY, |log| LogEnd { size: log.size, root: log.root });
    let mut act = SucceedHub {
        generation: 2,
        statements: end(LogKind::Statements),
        journal: end(LogKind::Journal),
        statements_key: named.statements_key,
        journal_key: named.journal_key,
        pins: named.pins,
        extra: Default::default(),
    };
    change(&mut act);
    let act = Act::from(act);
    let prev = desk.register().chain_head(act.chain());
    let mut statement = Statement::new(Some(desk.mission()), prev, desk.now(), act);
    let log = desk.log(LogKind::Statements).unwrap().unwrap();
    (statement.log_size, statement.log_root) = (log.size, Bytes(log.root));
    let signers: [&dyn Signer; 1] = [signer];
    sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &signers).unwrap().bytes().to_vec()
}

#[test]
fn a_succession_that_ends_a_log_with_another_root_is_refused() {
    // A desk holds the root that governors name against the one that its own leaves have.
    let (mut mission, mut other, ids) = two_desks(307);
    let before = other.register().digest();
    let governor = GovernorSecrets::make(&mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let governor = std::mem::replace(&mut mission.governor.secrets, governor);
    for change in [(|act: &mut SucceedHub| act.statements.root[0] ^= 1) as fn(&mut SucceedHub), |act| {
        act.journal.root[0] ^= 1
    }] {
        let false_end = by_hand(&other, &governor, change);
        let error = other.take_succession(&false_end).unwrap_err();
        assert!(matches!(error, NodeError::Mirror(MirrorError::OtherEnd { generation: 2, .. })), "{error}");
        assert_eq!(other.register().digest(), before);
        assert_eq!(other.register().hub(other.moment()).unwrap().generation, 1);
        assert!(other.waiting_statements().unwrap().is_empty(), "nothing of it is kept");
        // Nor does a file with it found a hub.
        let mut register: Register = other.register().clone();
        assert!(register.apply(LogPosition::new(9_999), &false_end, Sight::OnSight).is_ok());
    }
    whole(&other, &ids);
    // A desk that is not so far finds out when the leaves come.
    let false_end = by_hand(&other, &governor, |act| {
        act.journal.size += 1;
        act.journal.root = [7; 32];
    });
    other.take_succession(&false_end).unwrap().unwrap();
    let journal = mission.hub.journal.leaves.clone();
    let outgoing = OutgoingLogs::read(&mission.founder.logs_file().unwrap()).unwrap();
    let outgoing = OutgoingLogs { succession: Some(false_end), ..outgoing };
    let now = mission.hub.now;
    mission.hub = SimHub::succeed(&outgoing, now).unwrap();
    mission.hub.journal.leaves = journal;
    mission.hub.journal.leaves.push(mission.hub.journal.leaves[0].clone());
    mission.pass(60);
    mission.tick().unwrap();
    let error = refused(mission.sync(&mut other).unwrap_err());
    let refused_by_name = matches!(
        &error,
        NodeError::Mirror(MirrorError::OtherEnd { log: "journal", .. }) | NodeError::Register(_)
    );
    assert!(refused_by_name, "{error}");
}

#[test]
fn a_succession_that_the_governors_did_not_sign_is_refused() {
    // It counts by who signed it, whoever brings it.
    let (mission, mut other, _) = two_desks(308);
    let stranger = GovernorSecrets::make(&mut ChaCha20Rng::seed_from_u64(1)).unwrap();
    let forged = by_hand(&other, &stranger, |_| {});
    let error = other.take_succession(&forged).unwrap_err();
    assert!(matches!(&error, NodeError::Register(_)), "{error}");
    let skipping = by_hand(&other, &mission.governor.secrets, |act| act.generation = 3);
    let error = other.take_succession(&skipping).unwrap_err();
    assert!(matches!(&error, NodeError::Register(refusal) if refusal.code() == "hub-generation-wrong"));
    assert!(other.take_succession(b"\x82 nothing of the kind").is_err());
    assert_eq!(other.register().hub(other.moment()).unwrap().generation, 1);
}

#[test]
fn a_new_hub_with_a_shorter_or_another_history_is_refused() {
    // The new log's tree at the end has the root that the governors named, and is never smaller.
    let (mut mission, mut other, ids) = two_desks(309);
    let succession = succeed(&mut mission);
    other.take_succession(&succession).unwrap();
    let before = other.log(LogKind::Journal).unwrap().unwrap();
    let outgoing = OutgoingLogs::read(&mission.founder.logs_file().unwrap()).unwrap();
    let now = mission.hub.now;
    let mut shorter = SimHub::succeed(&outgoing, now).unwrap();
    shorter.journal.leaves.pop();
    shorter.tick(&mission.witnesses, mission.quorum).unwrap();
    let error = refused(sync(&mut other, &mut shorter).unwrap_err());
    assert!(matches!(error, NodeError::Session(_) | NodeError::Register(_)), "{error}");
    mission.witnesses.iter_mut().for_each(|witness| witness.corrupt = true);
    let mut another = SimHub::succeed(&outgoing, now).unwrap();
    another.journal.leaves[0][10] ^= 1;
    let more = another.journal.leaves[1].clone();
    another.journal.leaves.push(more);
    another.tick(&mission.witnesses, mission.quorum).unwrap();
    another.statements.note.clear();
    let error = refused(sync(&mut other, &mut another).unwrap_err());
    assert!(
        matches!(
            error,
            NodeError::Mirror(MirrorError::OtherTree { .. })
                | NodeError::Mirror(MirrorError::OtherEnd { .. })
        ),
        "{error}"
    );
    assert_eq!(other.log(LogKind::Journal).unwrap().unwrap(), before);
    mission.witnesses.iter_mut().for_each(|witness| witness.corrupt = false);
    settle(&mut mission, &mut other);
    whole(&other, &ids);
}

#[test]
fn the_old_hub_is_refused_by_name_when_it_goes_on() {
    // A checkpoint of an outgoing log counts up to its end.
    let (mut mission, mut other, _) = two_desks(310);
    let mut old = mission.hub.copy().unwrap();
    let succession = succeed(&mut mission);
    other.take_succession(&succession).unwrap();
    old.append(b"\x82 one more".to_vec());
    old.tick(&mission.witnesses, mission.quorum).unwrap();
    let error = refused(sync(&mut other, &mut old).unwrap_err());
    assert!(matches!(&error, NodeError::Register(refusal) if refusal.code() == "hub-superseded"), "{error}");
}

#[test]
fn a_pouch_brings_the_succession_to_a_desk_that_followed_past_the_end() {
    let (mut mission, mut other, ids) = gone_further(311);
    succeed(&mut mission);
    let folder = tempfile::tempdir().unwrap();
    let pouch = folder.path().join("pouch");
    mission.founder.write_pouch(&pouch, &Default::default(), &mut |_, _| {}).unwrap();
    let report = other.read_pouch(&pouch, &mut |_, _| {}).unwrap();
    assert_eq!(report.crossed.unwrap().generation, 2);
    settle(&mut mission, &mut other);
    whole(&other, &ids);
}

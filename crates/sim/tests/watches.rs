//! Watching what the hub and every witness show: what is raised, and what is not.
#![expect(clippy::unwrap_used, reason = "tests")]

use counterseal_ledger::Split;
use counterseal_model::Classification;
use counterseal_model::record::{Body, Note};
use counterseal_node::{Round, Watch};
use counterseal_register::LogKind;
use counterseal_sim::{SimFiles, SimHub, SimMission, poll};

fn mission(seed: u64) -> SimMission {
    println!("seed {seed}");
    let mut mission = SimMission::found(seed).unwrap();
    mission.sync_founder().unwrap();
    more(&mut mission, "first");
    mission
}

fn more(mission: &mut SimMission, text: &str) {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    let compartment = mission.compartment;
    mission.founder.record_new(compartment, note, Classification::Unclassified).unwrap();
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
}

fn over(hub: &SimHub) -> Box<SimFiles> {
    Box::new(SimFiles::of(hub).unwrap())
}

fn look(watch: &mut Watch, mission: &mut SimMission) -> Round {
    let words = poll(&mission.founder, &mission.witnesses);
    watch.look_with(&mut mission.founder, || words).unwrap()
}

/// Somebody who has the logs' keys and nothing else is convinced.
fn convinces(mission: &SimMission, round: &Round) {
    let policy = mission.founder.log_policy().unwrap();
    let keys: Vec<_> = policy.logs().cloned().collect();
    assert!(!round.two_trees.is_empty() && !round.is_consistent());
    round.two_trees.iter().for_each(|two| drop(Split::check(&two.proof, &keys).unwrap()));
    assert_eq!(mission.founder.two_trees().unwrap().len(), round.two_trees.len(), "and kept");
}

#[test]
fn an_honest_hub_and_its_witnesses_show_one_log_and_who_is_behind() {
    let mut mission = mission(501);
    let mut watch = Watch::over(over(&mission.hub));
    let round = look(&mut watch, &mut mission);
    assert!(round.is_consistent() && round.hub_silent.is_none(), "{round:?}");
    assert_eq!(round.sighted.len(), 10);
    assert!(round.sighted.iter().all(|one| one.lag == 0 && one.cosigned.is_some()));
    mission.witnesses[2].reachable = false;
    more(&mut mission, "second");
    mission.witnesses[2].reachable = true;
    watch.now_over(over(&mission.hub));
    let round = look(&mut watch, &mut mission);
    assert!(round.is_consistent(), "{round:?}");
    let behind: Vec<_> = round.sighted.iter().filter(|one| one.lag > 0).collect();
    assert_eq!(behind.len(), 2, "one witness, of both logs: {behind:?}");
    assert!(behind.iter().all(|one| one.witness.as_deref() == Some("witness-3")));
}

#[test]
fn a_hub_that_shows_less_than_before_is_raised() {
    let mut mission = mission(502);
    let yesterday = over(&mission.hub);
    more(&mut mission, "second");
    let mut watch = Watch::over(over(&mission.hub));
    assert!(look(&mut watch, &mut mission).is_consistent());
    watch.now_over(yesterday);
    let round = look(&mut watch, &mut mission);
    assert!(round.rolled_back.contains(&(LogKind::Journal, 2, 1)), "{round:?}");
    assert!(!round.is_consistent() && round.two_trees.is_empty(), "no proof, and still raised");
}

#[test]
fn a_hub_that_shows_another_past_than_before_or_than_a_witness_saw_is_proved() {
    let mut mission = mission(503);
    let mut watch = Watch::over(over(&mission.hub));
    assert!(look(&mut watch, &mut mission).is_consistent());
    // All witnesses turn; the desk itself has not followed any of it.
    let mut face = mission.hub.copy().unwrap();
    mission.witnesses.iter_mut().for_each(|witness| witness.corrupt = true);
    face.journal.leaves[0] = vec![4; 38];
    face.journal.leaves.extend([vec![5; 38], vec![6; 38]]);
    face.now = mission.hub.now;
    face.tick(&mission.witnesses, mission.quorum).unwrap();
    watch.now_over(over(&face));
    let round = look(&mut watch, &mut mission);
    assert!(round.two_trees.iter().any(|two| two.witness == "hub"), "{round:?}");
    convinces(&mission, &round);
}

#[test]
fn tiles_that_are_not_the_checkpoints_are_raised() {
    let mut mission = mission(504);
    let mut watch = Watch::over(over(&mission.hub));
    assert!(look(&mut watch, &mut mission).is_consistent());
    more(&mut mission, "second");
    let mut files = over(&mission.hub);
    files.0.get_mut(&(LogKind::Journal, "tile/0/000.p/2".to_owned())).unwrap()[3] ^= 1;
    watch.now_over(files);
    let round = look(&mut watch, &mut mission);
    assert!(round.hub_refused.iter().any(|(log, _)| *log == LogKind::Journal), "{round:?}");
    // And a checkpoint that the log has not signed.
    let mut files = over(&mission.hub);
    let note = files.0.get_mut(&(LogKind::Journal, "checkpoint".to_owned())).unwrap();
    let at = String::from_utf8(note.clone()).unwrap().match_indices('\n').nth(1).unwrap().0 + 3;
    note[at] = if note[at] == b'A' { b'B' } else { b'A' };
    watch.now_over(files);
    let round = look(&mut watch, &mut mission);
    assert!(round.hub_refused.iter().any(|(_, reason)| reason.contains("not signed")), "{round:?}");
}

//! Desks ask every witness themselves. What a hub, a log's key or a few witnesses try, and what the desk says.
//! Each test names the defence in its first comment.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use counterseal_ledger::{
    AddCheckpoint, ConsistencyProof, Cosigner, KeyName, Policy, Seed, SignedCheckpoint, Split, Swap,
    TreeHead, VerifiedCheckpoint, Witness, WitnessStore,
};
use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId};
use counterseal_node::{Desk, NodeError, WitnessReport, WitnessSaid};
use counterseal_register::LogKind;
use counterseal_sim::{SimError, SimMission, poll, sync};

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified).unwrap();
}

/// The founder writes, and all is logged and cosigned.
fn with_notes(seed: u64) -> SimMission {
    println!("seed {seed}");
    let mut mission = SimMission::found(seed).unwrap();
    mission.sync_founder().unwrap();
    more(&mut mission, "first");
    mission
}

/// One more note, logged, cosigned and marked.
fn more(mission: &mut SimMission, text: &str) {
    let compartment = mission.compartment;
    write(&mut mission.founder, compartment, text);
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
}

/// The founder asks all witnesses.
fn ask(mission: &mut SimMission) -> WitnessReport {
    let words = poll(&mission.founder, &mission.witnesses);
    mission.founder.hear_witnesses(&words, true).unwrap()
}

fn keys(desk: &Desk) -> Policy {
    desk.register().log_policy(desk.moment()).unwrap()
}

/// The proof convinces whoever has the log's key; nothing goes on with this hub.
fn proved(mission: &mut SimMission, log: LogKind) {
    let founder = &mission.founder;
    let kept = founder.two_trees().unwrap();
    assert!(kept.iter().any(|two| two.log == log), "{kept:?}");
    let keys: Vec<_> = keys(founder).logs().cloned().collect();
    for two in &kept {
        Split::check(&two.proof, &keys).unwrap();
        let mut changed = two.proof.clone();
        let last = changed.len() - 1;
        changed[last] ^= 1;
        assert!(Split::check(&changed, &keys).is_err());
    }
    let error = mission.sync_founder().unwrap_err();
    let SimError::Node(error) = error else { panic!("{error}") };
    assert!(matches!(*error, NodeError::TwoTrees(_)), "{error}");
    assert!(error.to_string().contains("two histories"), "{error}");
}

#[test]
fn honest_witnesses_have_nothing_to_say() {
    let mut mission = with_notes(301);
    mission.sync_founder().unwrap();
    let report = ask(&mut mission);
    assert_eq!((report.asked, report.answered), (4, 4));
    let quiet = WitnessReport { asked: 4, answered: 4, ..WitnessReport::default() };
    assert_eq!(report, quiet);
    // One that is older than the desk says nothing against the log either.
    mission.witnesses[3].reachable = false;
    more(&mut mission, "second");
    mission.sync_founder().unwrap();
    mission.witnesses[3].reachable = true;
    assert_eq!(ask(&mut mission), quiet);
}

#[test]
fn half_and_half_without_a_corrupt_witness_is_noticed_by_asking_all() {
    // Two witnesses at one size with two roots: no leaf is needed to see it.
    let mut mission = with_notes(302);
    mission.sync_founder().unwrap();
    let mut face = mission.hub.copy().unwrap();
    let compartment = mission.compartment;
    write(&mut mission.founder, compartment, "for some");
    mission.sync_founder().unwrap();
    face.journal.leaves.push(vec![7; 38]);
    for (number, witness) in mission.witnesses.iter_mut().enumerate() {
        witness.reachable = number < 2;
    }
    mission.tick().unwrap();
    for witness in &mut mission.witnesses {
        witness.reachable = !witness.reachable;
    }
    face.tick(&mission.witnesses, mission.quorum).unwrap();
    mission.witnesses.iter_mut().for_each(|witness| witness.reachable = true);
    // Any quorum alone, asked by the hub, would have told it nothing: no desk was shown anything new.
    let report = ask(&mut mission);
    assert_eq!(report.two_trees.len(), 2, "each of the two who saw the other tree: {report:?}");
    assert!(report.two_trees.iter().all(|two| two.log == LogKind::Journal));
    proved(&mut mission, LogKind::Journal);
}

#[test]
fn a_witness_that_saw_another_past_is_proof_from_this_desks_own_leaves() {
    // The desk works out the root at any size that it has, and a proof that its own checkpoint continues it.
    let mut mission = with_notes(303);
    let mut face = mission.hub.copy().unwrap();
    face.journal.leaves.push(vec![9; 38]);
    for (number, witness) in mission.witnesses.iter_mut().enumerate() {
        witness.reachable = number == 3;
    }
    face.tick(&mission.witnesses, mission.quorum).unwrap();
    for (number, witness) in mission.witnesses.iter_mut().enumerate() {
        witness.reachable = number != 3;
    }
    // The others go on; the desk follows them far beyond.
    for n in 0..5 {
        more(&mut mission, &format!("note {n}"));
    }
    mission.sync_founder().unwrap();
    mission.witnesses[3].reachable = true;
    let report = ask(&mut mission);
    assert_eq!(report.two_trees.len(), 1, "{report:?}");
    assert_eq!(report.two_trees[0].witness, "witness-4");
    let size = mission.founder.log(LogKind::Journal).unwrap().unwrap().size;
    assert!(report.two_trees[0].size < size, "a smaller tree than the desk's");
    proved(&mut mission, LogKind::Journal);
}

#[test]
fn what_the_hub_owes_is_said_and_must_fit_once_it_is_shown() {
    // A witness's larger checkpoint is kept until the hub has shown as much.
    let mut mission = with_notes(304);
    mission.sync_founder().unwrap();
    let mut yesterday = mission.hub.copy().unwrap();
    more(&mut mission, "kept back");
    assert!(ask(&mut mission).held_back.is_empty(), "just now cosigned: it may be on its way");
    mission.pass(600);
    sync(&mut mission.founder, &mut yesterday).unwrap();
    let report = ask(&mut mission);
    assert_eq!(report.held_back.len(), 2, "both logs: {report:?}");
    let held = report.held_back.iter().find(|held| held.log == LogKind::Journal).unwrap();
    assert_eq!((held.seen, held.shown), (2, 1));
    // The witnesses fall silent; the desk has not forgotten.
    mission.witnesses.iter_mut().for_each(|witness| witness.reachable = false);
    let report = ask(&mut mission);
    assert_eq!((report.answered, report.silent.len(), report.held_back.len()), (0, 4, 2));
    // Unfinished sessions accuse nobody.
    let words = poll(&mission.founder, &mission.witnesses);
    assert!(mission.founder.hear_witnesses(&words, false).unwrap().held_back.is_empty());
    // The hub shows what it owed.
    mission.witnesses.iter_mut().for_each(|witness| witness.reachable = true);
    mission.sync_founder().unwrap();
    let report = ask(&mut mission);
    assert!(report.held_back.is_empty() && report.two_trees.is_empty(), "{report:?}");
}

#[test]
fn a_hub_that_shows_something_else_than_it_owed_is_proved_to_have_two_histories() {
    let mut mission = with_notes(305);
    mission.sync_founder().unwrap();
    let mut face = mission.hub.copy().unwrap();
    more(&mut mission, "one history");
    let _owed = ask(&mut mission);
    // Every witness turns: the desk follows the other face, cosigned by a quorum.
    mission.witnesses.iter_mut().for_each(|witness| witness.corrupt = true);
    face.now = mission.hub.now;
    for n in 0..3u8 {
        face.journal.leaves.push(vec![n; 38]);
    }
    face.tick(&mission.witnesses, mission.quorum).unwrap();
    sync(&mut mission.founder, &mut face).unwrap();
    mission.witnesses.iter_mut().for_each(|witness| witness.reachable = false);
    let report = ask(&mut mission);
    assert!(!report.two_trees.is_empty(), "though nobody answers: {report:?}");
    proved(&mut mission, LogKind::Journal);
}

#[test]
fn a_hub_that_shows_this_desk_another_past_leaves_the_proof_of_it() {
    // With all witnesses corrupt, its own checkpoint convicts it.
    let mut mission = with_notes(306);
    let mut face = mission.hub.copy().unwrap();
    for n in 0..3 {
        more(&mut mission, &format!("note {n}"));
    }
    mission.sync_founder().unwrap();
    mission.witnesses.iter_mut().for_each(|witness| witness.corrupt = true);
    let statements = mission.hub.copy().unwrap();
    (face.statements, face.items, face.now) = (statements.statements, statements.items, statements.now);
    face.journal.leaves.push(vec![5; 38]);
    face.tick(&mission.witnesses, mission.quorum).unwrap();
    // It says that it has as many leaves as the desk, and more.
    face.journal.leaves.extend([vec![6; 38], vec![7; 38], vec![8; 38]]);
    let _refused = sync(&mut mission.founder, &mut face).unwrap_err();
    let kept = mission.founder.two_trees().unwrap();
    assert!(kept.iter().any(|two| two.witness == "hub"), "{kept:?}");
    proved(&mut mission, LogKind::Journal);
}

/// A store that lets anything be cosigned.
struct Anything;

impl WitnessStore for Anything {
    type Error = std::convert::Infallible;

    fn compare_and_set(&self, _: Option<TreeHead>, _: &VerifiedCheckpoint) -> Result<Swap, Self::Error> {
        Ok(Swap::Stored)
    }
}

/// A checkpoint of the statement log, cosigned by whoever holds these seeds under this name.
fn cosigned_by(mission: &SimMission, name: &str, seed: u8) -> Vec<u8> {
    let note = SignedCheckpoint::parse(&mission.hub.statements.note).unwrap();
    let seed = |purpose: u8| Seed::from_bytes([seed, purpose].repeat(16).try_into().unwrap());
    let cosigner = Cosigner::new(&KeyName::parse(name).unwrap(), &seed(1), &seed(2)).unwrap();
    let keys: Vec<_> = keys(&mission.founder).logs().cloned().collect();
    let proof = ConsistencyProof::from_hashes(Vec::new()).unwrap();
    let bare = note.clone().verify(&keys).unwrap();
    let text = bare.to_string();
    // The log's own line alone.
    let end = text.match_indices('\n').nth(4).unwrap().0;
    let checkpoint = SignedCheckpoint::parse(&text.as_bytes()[..=end]).unwrap();
    let request = AddCheckpoint { old_size: 0, proof, checkpoint: checkpoint.clone() };
    let pending = Witness::new(keys).decide(request, None).unwrap();
    let lines = pending.commit(&Anything, &cosigner, 1_704_715_300).unwrap();
    let mut note = checkpoint;
    note.add(lines).unwrap();
    note.to_string().into_bytes()
}

#[test]
fn only_the_witness_that_was_asked_can_answer_and_only_about_that_log() {
    // Signed by the log, and cosigned by both keys of that witness; a reason is given for each refusal.
    let mut mission = with_notes(307);
    mission.sync_founder().unwrap();
    let founder = &mission.founder;
    let words = poll(founder, &mission.witnesses);
    let said = |log: LogKind| {
        let word = words.iter().find(|word| word.log == log && word.witness.as_str() == "witness-1").unwrap();
        let WitnessSaid::Note(note) = &word.said else { panic!("no note") };
        note.clone()
    };
    let (statements, journal) = (said(LogKind::Statements), said(LogKind::Journal));
    let flip = |at: usize| {
        let mut changed = statements.clone();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        changed
    };
    let text = String::from_utf8(statements.clone()).unwrap();
    let in_cosignature = text.rfind("witness-1 ").unwrap() + 200;
    let in_root = text.match_indices('\n').nth(1).unwrap().0 + 5;
    let without_ml_dsa = text[..=text.trim_end().rfind('\n').unwrap()].to_owned();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("another log's checkpoint", journal, "another log"),
        ("a forged cosignature", flip(in_cosignature), "witness-1"),
        ("another root", flip(in_root), ""),
        ("one of two keys", without_ml_dsa.into_bytes(), "quorum"),
        ("another witness's cosignature", cosigned_by(&mission, "witness-2", 2), "quorum"),
        ("a witness that was dropped", cosigned_by(&mission, "witness-9", 9), "quorum"),
        ("another's keys under this name", cosigned_by(&mission, "witness-1", 9), "quorum"),
        ("nothing", Vec::new(), ""),
    ];
    let good = cosigned_by(&mission, "witness-1", 1);
    for (what, note, reason) in cases.into_iter().chain([("the right one", good, "")]) {
        let mut word = words[0].clone();
        assert_eq!((word.witness.as_str(), word.log), ("witness-1", LogKind::Statements));
        word.said = WitnessSaid::Note(note);
        let report = mission.founder.hear_witnesses(&[word], true).unwrap();
        if what == "the right one" {
            assert_eq!((report.refused.len(), report.answered), (0, 1), "{report:?}");
            continue;
        }
        assert_eq!((report.refused.len(), report.answered), (1, 0), "{what}: {report:?}");
        assert!(report.refused[0].2.contains(reason), "{what}: {}", report.refused[0].2);
        assert!(report.two_trees.is_empty(), "{what} is no proof of anything");
    }
}

#[test]
fn a_desk_whose_clock_is_behind_hears_it_from_the_witnesses() {
    let mut mission = with_notes(308);
    mission.sync_founder().unwrap();
    assert_eq!(ask(&mut mission).clock_behind, None);
    mission.hand.fetch_sub(86_400 * 400, std::sync::atomic::Ordering::Relaxed);
    let behind = ask(&mut mission).clock_behind.unwrap();
    assert!(behind >= 86_400 * 400 - 120, "{behind}");
}

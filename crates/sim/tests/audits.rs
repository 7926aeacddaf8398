//! Audits of both logs' files, and receipts, by somebody who trusts nobody: what holds, and what is refused and
//! how it is named.
#![expect(clippy::unwrap_used, reason = "tests")]

use counterseal_ledger::{Policy, Receipt};
use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, MissionId, StatementId, Timestamp};
use counterseal_node::{
    Audit, DeskFiles, FindingCode, FolderFiles, Go, KeptFiles, LogFiles, NodeError, audit, check_receipt,
};
use counterseal_register::{JournalLeaf, LeafType, LogKind, sha256};
use counterseal_sim::{SimFiles, SimHub, SimMission};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// The files that a hub serves.
fn files_of(hub: &SimHub) -> SimFiles {
    SimFiles::of(hub).unwrap()
}

/// A mission with a journal log of 700 leaves, most of them nobody's.
fn mission(seed: u64) -> SimMission {
    println!("seed {seed}");
    let mut mission = SimMission::found(seed).unwrap();
    mission.sync_founder().unwrap();
    write(&mut mission, "one");
    for n in 0..698u32 {
        let leaf = JournalLeaf::new(LeafType::Entry, 1, &[7; 32], &n.to_be_bytes()).unwrap();
        mission.hub.journal.leaves.push(leaf.to_bytes().to_vec());
    }
    mission.tick().unwrap();
    write(&mut mission, "two");
    mission.sync_founder().unwrap();
    mission
}

fn write(mission: &mut SimMission, text: &str) {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    let compartment = mission.compartment;
    mission.founder.record_new(compartment, note, Classification::Unclassified).unwrap();
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
}

fn audited(mission: &SimMission, files: &mut dyn LogFiles<Error = NodeError>) -> Audit {
    audit(mission.founder.mission(), files, mission.hub.now, &mut |_, _, _| Go::On).unwrap()
}

fn codes(audit: &Audit) -> Vec<(FindingCode, LogKind)> {
    let mut codes: Vec<_> = audit.findings.iter().map(|finding| (finding.code, finding.log)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

const STATEMENTS: LogKind = LogKind::Statements;
const JOURNAL: LogKind = LogKind::Journal;

#[test]
fn an_honest_hubs_files_hold_from_the_fingerprint_alone() {
    let mission = mission(401);
    let files = files_of(&mission.hub);
    let found = audited(&mission, &mut files.clone());
    assert!(found.holds(), "{:?}", found.findings);
    assert_eq!((found.journal.leaves, found.journal.tiles), (700, 4), "three tiles of leaves, one above");
    assert_eq!(found.journal.cosigned.len(), 4);
    assert!(found.marks >= 2 && found.refused.is_empty());
    // Auditor and desk have one register.
    assert_eq!(found.register.unwrap().digest(), mission.founder.register().digest());
    // The desk's own mirror gives the same without any file.
    let mine = audited(&mission, &mut DeskFiles::new(&mission.founder));
    assert!(mine.holds(), "{:?}", mine.findings);
    assert_eq!((mine.journal.root, mine.journal.tiles), (found.journal.root, 0));
    // Kept in a folder, they hold again without the hub.
    let folder = tempfile::tempdir().unwrap();
    let mut from = files.clone();
    assert!(audited(&mission, &mut KeptFiles::new(&mut from, folder.path())).holds());
    let kept = audited(&mission, &mut FolderFiles::new(folder.path()));
    assert!(kept.holds(), "{:?}", kept.findings);
    assert_eq!(kept.journal.tiles, 4);
}

#[test]
fn one_byte_anywhere_is_found() {
    let mission = mission(402);
    let files = files_of(&mission.hub);
    let mut rng = ChaCha20Rng::seed_from_u64(402);
    let mut changed = 0;
    for (name, bytes) in &files.0 {
        // The first, the last, and three others of each file; of checkpoints the cosignatures too.
        let mut places = vec![0, bytes.len() - 1];
        places.extend((0..3).map(|_| rng.random_range(0..bytes.len())));
        for at in places {
            let mut files = files.clone();
            files.0.get_mut(name).unwrap()[at] ^= 1;
            let found = audited(&mission, &mut files);
            assert!(!found.holds(), "byte {at} of {name:?}");
            assert!(found.findings.iter().all(|finding| finding.log == name.0 || name.0 == STATEMENTS));
            changed += 1;
        }
    }
    assert!(changed >= 50, "{changed} changes");
}

/// What is done to the files.
type Damage = Box<dyn Fn(&mut SimFiles)>;

#[test]
fn every_kind_of_damage_has_its_name() {
    let mission = mission(403);
    let files = files_of(&mission.hub);
    let journal = |path: &str| (JOURNAL, path.to_owned());
    let older = mission.hub.journal.note.clone();
    let cases: Vec<(&str, Damage, FindingCode, LogKind)> = vec![
        (
            "swapped bundles, with their tiles",
            Box::new(move |files| {
                for prefix in ["tile/entries/", "tile/0/"] {
                    let (a, b) = (journal(&format!("{prefix}000")), journal(&format!("{prefix}001")));
                    let (first, second) = (files.0[&a].clone(), files.0[&b].clone());
                    files.0.insert(a, second);
                    files.0.insert(b, first);
                }
            }),
            FindingCode::Root,
            JOURNAL,
        ),
        (
            "a bundle that is swapped alone",
            Box::new(move |files| {
                let other = files.0[&journal("tile/entries/001")].clone();
                files.0.insert(journal("tile/entries/000"), other);
            }),
            FindingCode::Tile,
            JOURNAL,
        ),
        (
            "a log that is cut off",
            Box::new(move |files| files.0.retain(|(_, path), _| !path.contains("entries/002"))),
            FindingCode::Missing,
            JOURNAL,
        ),
        (
            "a bundle that is cut off",
            Box::new(move |files| {
                files.0.get_mut(&journal("tile/entries/000")).unwrap().pop();
            }),
            FindingCode::Malformed,
            JOURNAL,
        ),
        (
            "a tile that is missing",
            Box::new(move |files| drop(files.0.remove(&journal("tile/0/001")))),
            FindingCode::Missing,
            JOURNAL,
        ),
        (
            "the other log's checkpoint",
            Box::new(move |files| {
                let other = files.0[&(STATEMENTS, "checkpoint".to_owned())].clone();
                files.0.insert(journal("checkpoint"), other);
            }),
            FindingCode::Checkpoint,
            JOURNAL,
        ),
        (
            "a checkpoint without cosignatures",
            Box::new(move |files| {
                let text = String::from_utf8(older.clone()).unwrap();
                let end = text.match_indices('\n').nth(4).unwrap().0;
                files.0.insert(journal("checkpoint"), text.as_bytes()[..=end].to_vec());
            }),
            FindingCode::Checkpoint,
            JOURNAL,
        ),
        (
            "no checkpoint",
            Box::new(move |files| drop(files.0.remove(&journal("checkpoint")))),
            FindingCode::Missing,
            JOURNAL,
        ),
    ];
    for (what, damage, code, log) in cases {
        let mut files = files.clone();
        damage(&mut files);
        let found = audited(&mission, &mut files);
        assert!(codes(&found).contains(&(code, log)), "{what}: {:?}", found.findings);
    }
}

#[test]
fn an_older_journal_than_a_time_mark_names_is_found() {
    let mut mission = mission(404);
    let yesterday = files_of(&mission.hub);
    write(&mut mission, "three");
    let mut files = files_of(&mission.hub);
    files.0.retain(|(log, _), _| *log == STATEMENTS);
    files.0.extend(yesterday.0.into_iter().filter(|((log, _), _)| *log == JOURNAL));
    let found = audited(&mission, &mut files);
    assert_eq!(codes(&found), [(FindingCode::Mark, JOURNAL)], "{:?}", found.findings);
}

#[test]
fn another_mission_and_times_to_come_are_found() {
    let mission = mission(405);
    let mut files = files_of(&mission.hub);
    let now = mission.hub.now;
    let other = audit(MissionId::from_bytes([5; 32]), &mut files, now, &mut |_, _, _| Go::On).unwrap();
    assert_eq!(codes(&other), [(FindingCode::OtherMission, STATEMENTS)]);
    assert!(other.register.is_none());
    // Time marks of tomorrow, by the auditor's clock.
    let early = Timestamp(now.0 - 86_400);
    let found = audit(mission.founder.mission(), &mut files, early, &mut |_, _, _| Go::On).unwrap();
    assert_eq!(codes(&found), [(FindingCode::Future, STATEMENTS), (FindingCode::Future, JOURNAL)]);
}

#[test]
fn a_hub_whose_witnesses_are_not_the_registers_is_found() {
    // Forged from the start: three of the four keys are somebody else's.
    let mut mission = mission(406);
    mission
        .hub
        .journal
        .leaves
        .push(JournalLeaf::new(LeafType::Entry, 1, &[1; 32], b"x").unwrap().to_bytes().to_vec());
    let strangers: Vec<_> = counterseal_sim::witnesses(9).unwrap().split_off(5);
    mission.hub.tick(&strangers, 3).unwrap();
    let found = audited(&mission, &mut files_of(&mission.hub));
    let codes = codes(&found);
    assert!(codes.contains(&(FindingCode::Replay, STATEMENTS)), "{:?}", found.findings);
    assert!(found.findings.iter().any(|finding| finding.reason.contains("quorum")), "{:?}", found.findings);
}

#[test]
fn a_leaf_that_is_none_is_found_though_the_tree_is_right() {
    let mut mission = mission(407);
    mission.hub.journal.leaves.push(vec![9; 38]);
    mission.tick().unwrap();
    let found = audited(&mission, &mut files_of(&mission.hub));
    assert_eq!(codes(&found), [(FindingCode::Leaf, JOURNAL)]);
    assert_eq!(found.findings[0].place, "700");
}

#[test]
fn partial_files_that_a_server_has_dropped_are_cut_from_the_full_ones() {
    let mut mission = mission(408);
    let mut old = files_of(&mission.hub);
    for n in 0..200u32 {
        let leaf = JournalLeaf::new(LeafType::Entry, 1, &[8; 32], &n.to_be_bytes()).unwrap();
        mission.hub.journal.leaves.push(leaf.to_bytes().to_vec());
    }
    mission.tick().unwrap();
    // The auditor has the older checkpoint; the server has the newer files, and no partial one of the older.
    let checkpoints: Vec<_> = old.0.keys().filter(|(_, path)| path == "checkpoint").cloned().collect();
    let newer = files_of(&mission.hub);
    old.0.retain(|(log, path), _| *log == STATEMENTS || checkpoints.contains(&(*log, path.clone())));
    for (name, bytes) in
        newer.0.into_iter().filter(|((log, path), _)| *log == JOURNAL && path != "checkpoint")
    {
        old.0.insert(name, bytes);
    }
    let found = audited(&mission, &mut old);
    let missing_above = found.findings.iter().all(|finding| finding.place.starts_with("tile/1/"));
    assert!(found.holds() || missing_above, "{:?}", found.findings);
    assert_eq!(found.journal.leaves, 700);
}

/// The receipt of the last entry, and its policy as text.
fn receipted(mission: &SimMission) -> (Receipt, Policy) {
    let head = mission.founder.journal_heads().unwrap().pop().unwrap();
    let made = mission.founder.receipt(&head.entry.to_string()[..16]).unwrap();
    let text = mission.founder.log_policy().unwrap().to_bytes();
    (Receipt::parse(made.receipt.as_bytes()).unwrap(), Policy::parse(&text).unwrap())
}

#[test]
fn receipts_of_entries_and_statements_convince_whoever_has_the_policy() {
    let mission = mission(409);
    let (receipt, policy) = receipted(&mission);
    let shown = check_receipt(receipt.to_string().as_bytes(), &policy).unwrap();
    assert!(shown.is_entry && shown.cosigned.len() == 4 && shown.size == 700, "{shown:?}");
    for statement in mission.founder.statements().unwrap() {
        let id = StatementId::from_bytes(sha256(&[&statement])).to_string();
        let made = mission.founder.receipt(&id).unwrap();
        let shown = check_receipt(made.receipt.as_bytes(), &policy).unwrap();
        assert_eq!((shown.what, shown.is_entry, shown.index), (id, false, made.index));
    }
    let none = mission.founder.receipt("00000000").unwrap_err();
    assert!(matches!(none, NodeError::Ambiguous { count: 0, .. }), "{none}");
    assert!(mission.founder.receipt("a").is_err(), "too few digits");
}

#[test]
fn a_receipt_that_was_bent_shows_nothing() {
    let mut mission = mission(410);
    let (receipt, policy) = receipted(&mission);
    let refused = |what: &str, receipt: &Receipt, policy: &Policy| match check_receipt(
        receipt.to_string().as_bytes(),
        policy,
    ) {
        Err(NodeError::BadReceipt { reason }) => assert!(!reason.is_empty(), "{what}"),
        other => panic!("{what}: {other:?}"),
    };
    let (mut another_leaf, mut another_entry) = (receipt.clone(), receipt.clone());
    let leaf = JournalLeaf::new(LeafType::Entry, 1, &[7; 32], &3u32.to_be_bytes()).unwrap();
    let mut extra = receipt.extra.clone().unwrap();
    extra[..38].copy_from_slice(&leaf.to_bytes());
    another_leaf.extra = Some(extra.clone());
    refused("a leaf that is another entry's", &another_leaf, &policy);
    another_entry.extra.as_mut().unwrap()[40] ^= 1;
    refused("an entry that the leaf does not commit to", &another_entry, &policy);
    // A leaf of its own making, which the log does not have.
    let (id, salt) = ([3; 32], [4; 32]);
    let own = JournalLeaf::new(LeafType::Entry, 1, &salt, &id).unwrap().to_bytes();
    let made_up = Receipt { extra: Some([own.as_slice(), &id, &salt].concat()), ..receipt.clone() };
    refused("an entry that is not in the log", &made_up, &policy);
    let elsewhere = Receipt { index: receipt.index - 1, ..receipt.clone() };
    refused("another place", &elsewhere, &policy);
    refused("no entry", &Receipt { extra: None, ..receipt.clone() }, &policy);
    let statements = counterseal_ledger::SignedCheckpoint::parse(&mission.hub.statements.note).unwrap();
    refused("the other log's checkpoint", &Receipt { checkpoint: statements, ..receipt.clone() }, &policy);
    let text = receipt.to_string();
    let at = text.find("— witness-1 ").unwrap() + 40;
    let mut changed = text.into_bytes();
    changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
    refused("a forged cosignature", &Receipt::parse(&changed).unwrap(), &policy);
    // Cosigned by witnesses that nobody named.
    let strangers: Vec<_> = counterseal_sim::witnesses(9).unwrap().split_off(5);
    mission.hub.journal.leaves.push(own.to_vec());
    mission.hub.tick(&strangers, 3).unwrap();
    let checkpoint = counterseal_ledger::SignedCheckpoint::parse(&mission.hub.journal.note).unwrap();
    refused("strangers' cosignatures", &Receipt { checkpoint, ..receipt }, &policy);
}

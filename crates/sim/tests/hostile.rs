//! What a hostile hub can try, and what notices it. Each test names the defence in its first comment.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, RecordId, Timestamp};
use counterseal_node::{Desk, Invited, MirrorError, NodeError, SyncOptions};
use counterseal_register::{Act, EnrolPerson, Label, LogKind, Statement, TimeMark};
use counterseal_seal::{DeviceSecrets, sign_statement};
use counterseal_sim::{SimError, SimMission, sync};
use counterseal_sync::Supply;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified).unwrap()
}

/// The founder writes a few notes and syncs; a second desk is there and has not fetched them.
fn with_news(seed: u64) -> (SimMission, Desk, Vec<RecordId>) {
    let mut mission = SimMission::found(seed).unwrap();
    let (other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let ids = (0..3).map(|n| write(&mut mission.founder, compartment, &format!("note {n}"))).collect();
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    (mission, other, ids)
}

fn refused(error: SimError) -> NodeError {
    match error {
        SimError::Node(error) => *error,
        other => panic!("the desk should have refused, not {other}"),
    }
}

/// Nothing of what was refused has stayed.
fn unharmed(desk: &Desk, before: &[u8; 32]) {
    assert_eq!(&desk.register().digest(), before);
    desk.verify(&mut |_, _| {}).unwrap();
}

#[test]
fn dropping_what_was_acknowledged_is_noticed_and_it_is_sent_again() {
    // The desk looks for every entry at the place that the hub named.
    let (mut mission, mut other, _) = with_news(101);
    let compartment = mission.compartment;
    let lost = write(&mut mission.founder, compartment, "acknowledged and forgotten");
    mission.hub.forgets = true;
    assert_eq!(mission.sync_founder().unwrap().accepted, 1);
    mission.hub.forgets = false;
    write(&mut other, compartment, "takes its place");
    mission.sync(&mut other).unwrap();
    mission.tick().unwrap();
    let report = mission.sync_founder().unwrap();
    assert_eq!(report.dropped, 1, "said so");
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    assert!(other.record(lost).is_ok(), "nothing is lost");
}

#[test]
fn withholding_an_entry_leaves_a_gap_that_verify_counts() {
    // Entries of a journal name the one before them.
    let (mut mission, mut other, ids) = with_news(102);
    mission.hub.lie = Some(Box::new(|supply| {
        if let Supply::Entries(entries) = supply
            && entries.len() > 1
        {
            entries.remove(0);
        }
    }));
    mission.sync(&mut other).unwrap();
    assert!(other.record(ids[0]).is_err());
    assert!(other.verify(&mut |_, _| {}).unwrap().missing > 0);
}

#[test]
fn putting_the_hub_back_to_yesterday_is_noticed() {
    // Desks keep how far they followed each log, and demand that it goes on from there.
    let (mut mission, mut other, _) = with_news(103);
    let mut yesterday = mission.hub.copy().unwrap();
    let compartment = mission.compartment;
    write(&mut mission.founder, compartment, "today");
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    let before = other.register().digest();
    let size = other.log(LogKind::Journal).unwrap().unwrap().size;
    match sync(&mut other, &mut yesterday) {
        Ok(report) => assert!(report.behind.contains(&LogKind::Journal), "{:?}", report.behind),
        Err(error) => assert!(matches!(refused(error), NodeError::Session(_))),
    }
    assert_eq!(other.log(LogKind::Journal).unwrap().unwrap().size, size, "what is known stays known");
    unharmed(&other, &before);
}

#[test]
fn two_faces_cannot_both_be_cosigned_even_half_and_half() {
    // 2k − w > f: two quorums have an honest witness in common, who cosigns one tree.
    let (mut mission, _, _) = with_news(104);
    let compartment = mission.compartment;
    let mut face = mission.hub.copy().unwrap();
    write(&mut mission.founder, compartment, "for some");
    mission.sync_founder().unwrap();
    face.append(b"\x82 for others".to_vec());
    // Half of the witnesses are shown one tree, the others the other; none of them is corrupt.
    for (number, witness) in mission.witnesses.iter_mut().enumerate() {
        witness.reachable = number < 2;
    }
    let (ours, theirs) = (mission.hub.journal.cosigned, face.statements.cosigned);
    mission.tick().unwrap();
    for witness in &mut mission.witnesses {
        witness.reachable = !witness.reachable;
    }
    face.tick(&mission.witnesses, mission.quorum).unwrap();
    assert_eq!(mission.hub.journal.cosigned, ours, "two of four are no quorum");
    assert_eq!(face.statements.cosigned, theirs, "nor are the other two");
}

#[test]
fn with_more_corrupt_witnesses_than_planned_a_desk_still_refuses_another_history() {
    // A desk works every root out itself, from the leaves it has seen.
    let (mut mission, mut other, _) = with_news(105);
    let mut face = mission.hub.copy().unwrap();
    let compartment = mission.compartment;
    write(&mut mission.founder, compartment, "one history");
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    let before = other.register().digest();
    let latest = mission.hub.copy().unwrap();
    (face.journal, face.entries) = (latest.journal, latest.entries);
    for n in 0..4u8 {
        face.append([b"\x82 another history".as_slice(), &[n]].concat());
    }
    mission.witnesses.iter_mut().for_each(|witness| witness.corrupt = true);
    face.now = mission.hub.now;
    face.tick(&mission.witnesses, mission.quorum).unwrap();
    let error = refused(sync(&mut other, &mut face).unwrap_err());
    assert!(matches!(error, NodeError::Mirror(MirrorError::OtherTree { log: "statements", .. })), "{error}");
    unharmed(&other, &before);
}

#[test]
fn a_member_or_a_device_that_the_hub_injects_is_refused_by_every_desk() {
    // Statements count by who signed them, not by standing in the log.
    let (mut mission, mut other, _) = with_news(106);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let ghost = DeviceSecrets::make(&mut rng).unwrap();
    let person = counterseal_model::PersonId::from_bytes([66; 16]);
    let act = EnrolPerson { person, name: None, until: None, extra: Default::default() };
    let statement = Statement::new(Some(mission.founder.mission()), None, Timestamp(1), Act::from(act));
    let signed = sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &[&ghost]).unwrap();
    mission.hub.append(signed.bytes().to_vec());
    mission.pass(60);
    mission.tick().unwrap();
    let people = other.people().len();
    let report = mission.sync(&mut other).unwrap();
    assert_eq!(report.refused_statements.len(), 1, "shown");
    assert_eq!(other.people().len(), people);
    mission.sync_founder().unwrap();
    assert_eq!(mission.founder.register().digest(), other.register().digest(), "by all alike");
}

#[test]
fn a_key_that_is_substituted_on_the_way_does_not_fit_the_root() {
    // What is hashed is what was received.
    let (mut mission, mut other, _) = with_news(107);
    write_statement(&mut mission);
    let before = other.register().digest();
    mission.hub.lie = Some(Box::new(|supply| {
        if let Supply::Statements(items) = supply
            && let Some(byte) = items.first_mut().and_then(|item| item.get_mut(60))
        {
            *byte ^= 1;
        }
    }));
    let error = refused(mission.sync(&mut other).unwrap_err());
    assert!(
        matches!(
            error,
            NodeError::Mirror(MirrorError::OtherTree { .. })
                | NodeError::Mirror(MirrorError::Log(_))
                | NodeError::Register(_)
        ),
        "{error}"
    );
    unharmed(&other, &before);
}

/// A statement that `other` has not seen.
fn write_statement(mission: &mut SimMission) {
    let name = "The compartment's other name";
    let subject = counterseal_register::Subject::Compartment(mission.compartment);
    mission.founder.set_name(subject, name).unwrap();
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
}

#[test]
fn parts_that_are_swapped_or_moved_to_another_entry_are_refused() {
    // The author signed the hash of every ciphertext, and the compartment.
    let (mut mission, mut other, ids) = with_news(108);
    mission.hub.lie = Some(Box::new(|supply| {
        if let Supply::Entries(entries) = supply
            && entries.len() > 1
        {
            let (first, rest) = entries.split_at_mut(1);
            std::mem::swap(&mut first[0].entry.ciphertexts, &mut rest[0].entry.ciphertexts);
        }
    }));
    let report = mission.sync(&mut other).unwrap();
    assert_eq!(report.refused_entries.len(), 2, "{:?}", report.refused_entries);
    assert!(other.record(ids[0]).is_err() && other.record(ids[1]).is_err());
    other.verify(&mut |_, _| {}).unwrap();
}

#[test]
fn a_forged_checkpoint_or_one_without_a_quorum_is_refused() {
    // The log's key and the witnesses' are the register's, and a quorum must have signed.
    let (mut mission, mut other, _) = with_news(109);
    let before = other.register().digest();
    let whole = mission.hub.journal.note.clone();
    let text = String::from_utf8(whole.clone()).unwrap();
    let fewer: String = {
        let lines: Vec<&str> = text.lines().collect();
        // The checkpoint, the log's signature and two witnesses with two lines each.
        let mut kept = lines[..lines.len().min(5 + 4)].join("\n");
        kept.push('\n');
        kept
    };
    let signature = text.lines().nth(4).unwrap();
    let forged = text.replace(signature, &signature.replace(&signature[signature.len() - 8..], "AAAAAAA="));
    for bad in [fewer, forged] {
        mission.hub.journal.note = bad.into_bytes();
        let error = refused(mission.sync(&mut other).unwrap_err());
        assert!(matches!(error, NodeError::Mirror(MirrorError::Log(_))), "{error}");
        unharmed(&other, &before);
    }
    mission.hub.journal.note = whole;
    mission.sync(&mut other).unwrap();
}

#[test]
fn a_lie_about_a_leaf_does_not_fit_the_root() {
    // The desk works the root out from all leaves.
    let (mut mission, mut other, _) = with_news(110);
    let before = other.register().digest();
    mission.hub.lie = Some(Box::new(|supply| {
        if let Supply::Leaves(leaves) = supply
            && let Some(leaf) = leaves.last_mut()
        {
            leaf[37] ^= 1;
        }
    }));
    let error = refused(mission.sync(&mut other).unwrap_err());
    assert!(matches!(error, NodeError::Mirror(MirrorError::OtherTree { log: "journal", .. })), "{error}");
    unharmed(&other, &before);
}

#[test]
fn a_time_that_the_hub_makes_up_has_no_effect() {
    // Times are the witnesses' cosignatures', in a note within the log itself.
    let (mut mission, mut other, _) = with_news(111);
    let note = mission.hub.statements.note.clone();
    let mut forged = String::from_utf8(note).unwrap();
    let line = forged.lines().find(|line| line.contains("witness-1")).unwrap().to_owned();
    let (head, signature) = line.rsplit_once(' ').unwrap();
    // The time stands at the front of a cosignature.
    let earlier = format!("{head} {}{}", &signature[..8], "A".repeat(4)) + &signature[12..];
    forged = forged.replace(&line, &earlier);
    let mark = TimeMark { statements: forged.into_bytes(), journal: None };
    mission.hub.append(mark.to_leaf());
    mission.pass(60);
    mission.tick().unwrap();
    let report = mission.sync(&mut other).unwrap();
    assert_eq!(report.bad_marks.len(), 1, "said so");
    mission.sync_founder().unwrap();
    unharmed(&other, &mission.founder.register().digest());
}

#[test]
fn an_old_roster_shows_by_its_age() {
    // The age of the newest cosigned checkpoint is always known; a hub cannot make an old one young.
    let (mut mission, mut other, _) = with_news(112);
    let mut yesterday = mission.hub.copy().unwrap();
    mission.sync(&mut other).unwrap();
    let young = other.log(LogKind::Statements).unwrap().unwrap().cosigned;
    write_statement(&mut mission);
    mission.pass(86_400);
    // The hub goes on showing yesterday's.
    let _behind_or_refused = sync(&mut other, &mut yesterday);
    let shown = other.log(LogKind::Statements).unwrap().unwrap().cosigned;
    assert_eq!(shown, young);
    assert!(other.now().0 - shown.0 >= 86_400, "a day old, and it says so");
}

#[test]
fn a_withheld_revocation_is_obeyed_as_soon_as_anyone_brings_it() {
    // What takes away is obeyed on sight, also without the log.
    let mut mission = SimMission::found(113).unwrap();
    let (mut other, person) = mission.join("Madame Lantern").unwrap();
    let (third, _) = mission.join("Mister Cloud").unwrap();
    let compartment = mission.compartment;
    write(&mut other, compartment, "before");
    mission.founder.freeze(counterseal_register::Frozen::Person(person)).unwrap();
    // The hub never shows it; the founder's desk has it, and so has whoever reads a pouch of its.
    let waiting = mission.founder.waiting_statements().unwrap();
    assert_eq!(waiting.len(), 1);
    let mut register = third.register().clone();
    let at = register.last().position.next();
    register.apply(at, &waiting[0], counterseal_register::Sight::OnSight).unwrap();
    assert!(register.is_frozen(counterseal_register::Frozen::Person(person), third.moment()));
}

#[test]
fn a_hello_is_worth_nothing_in_another_connection() {
    // It is signed over the connection's exporter.
    let (mut mission, _, _) = with_news(114);
    let mut run = mission.founder.begin_sync(&[1; 32], &SyncOptions::default()).unwrap();
    let hello = run.next_output(&mission.founder).unwrap().unwrap();
    let mut session = mission.hub.session();
    let mut input = hello.as_slice();
    let event = session.feed(&mut input).unwrap().unwrap();
    mission.hub.take(&mut session, event, &[2; 32]).unwrap();
    let answer = session.next_output().unwrap();
    assert_eq!(answer[0], 16, "ended");
    assert!(session.next_request().is_none(), "nothing is served");
}

#[test]
fn a_shadow_mission_is_refused_by_its_fingerprint() {
    // A device was invited to one mission, whose id is the hash of its founding.
    let mut mission = SimMission::found(115).unwrap();
    let shadow = SimMission::found(9_115).unwrap();
    let home = tempfile::TempDir::new().unwrap();
    let home = counterseal_node::Home::open(home.path()).unwrap();
    let passphrase = counterseal_seal::Passphrase::new("seven wells and a goat").unwrap();
    let mut rng: counterseal_node::Randomness = Box::new(ChaCha20Rng::seed_from_u64(5));
    let invited = Invited::NewPerson { name: "Madame Lantern".into(), until: None };
    let waiting = mission.founder.invite_at_hand(&home, invited, &passphrase, &mut rng).unwrap().place;
    let file = shadow.founder.statements_file().unwrap();
    let clock = counterseal_sim::clock_at(&mission.hand);
    let refused = Desk::join(&home, &waiting, &file, &passphrase, clock, rng);
    assert!(matches!(refused, Err(NodeError::BadStatements { .. })));
}

#[test]
fn a_hub_that_refuses_drops_or_delays_a_restriction_does_not_undo_it() {
    // A desk forgets a statement of its own only when a cosigned checkpoint covers it.
    let mut mission = SimMission::found(116).unwrap();
    let (mut other, person) = mission.join("Madame Lantern").unwrap();
    let frozen = counterseal_register::Frozen::Person(person);
    mission.founder.freeze(frozen).unwrap();
    let obeyed = |desk: &Desk| desk.register().is_frozen(frozen, desk.moment());
    mission.hub.refuses = true;
    let report = mission.sync_founder().unwrap();
    assert_eq!(report.refused_pushes.len(), 1, "said so");
    assert!(obeyed(&mission.founder), "refused, and obeyed all the same");
    mission.hub.refuses = false;
    mission.hub.forgets = true;
    assert_eq!(mission.sync_founder().unwrap().accepted, 1, "offered again");
    mission.hub.forgets = false;
    assert!(obeyed(&mission.founder));
    // Others' statements take the place that was named, and the log goes on.
    let subject = counterseal_register::Subject::Device(other.person(), other.device());
    other.set_name(subject, "The green laptop").unwrap();
    mission.sync(&mut other).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    assert_eq!(mission.sync_founder().unwrap().dropped, 1, "noticed");
    // Sent again, it stands in the log and in no cosigned checkpoint yet.
    mission.sync_founder().unwrap();
    mission.sync_founder().unwrap();
    assert!(obeyed(&mission.founder));
    assert_eq!(mission.founder.waiting_statements().unwrap().len(), 1, "not forgotten before it is cosigned");
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    assert!(mission.founder.waiting_statements().unwrap().is_empty());
    mission.sync(&mut other).unwrap();
    assert!(obeyed(&mission.founder) && obeyed(&other));
}

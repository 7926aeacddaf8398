//! Policies: their text, and which checkpoints satisfy them.

use counterseal_ledger::*;

use crate::common::*;

const NOW: u64 = 1_700_000_000;

/// The example of tlog-policy, "Example policy", with keys.
fn example() -> (Vec<u8>, Log, Vec<Cosigner>) {
    let log = Log::new(ORIGIN, 1);
    let witnesses: Vec<_> = ["X1", "X2", "X3", "Y1", "Y2", "Y3"]
        .iter()
        .zip(10..)
        .map(|(short, seed)| cosigner(&format!("witness.example/{short}"), seed))
        .collect();
    let vkey = |n: usize| witnesses[n].public().ed25519().to_string();
    let text = format!(
        "# An example\n\nlog {}\n\nwitness X1 {}\nwitness X2 {}\nwitness\tX3  {} https://x3.example/\n\
         group X-witnesses 2 X1 X2 X3\n\n  # indented\n \t\nwitness Y1 {}\nwitness Y2 {}\nwitness Y3 {}\n\
         group Y-witnesses any Y1 Y2 Y3\n\ngroup X-and-Y all X-witnesses Y-witnesses \nquorum X-and-Y\n",
        log.key(),
        vkey(0),
        vkey(1),
        vkey(2),
        vkey(3),
        vkey(4),
        vkey(5),
    );
    (text.into_bytes(), log, witnesses)
}

fn cosigned_by(log: &mut Log, by: &[&Cosigner]) -> SignedCheckpoint {
    let checkpoint = log.append(&entries(1));
    let mut signed = checkpoint.signed().clone();
    for (witness, time) in by.iter().zip(NOW..) {
        signed.add(cosign(&checkpoint, &log.key(), witness, time)).unwrap();
    }
    signed
}

#[test]
fn the_example_of_the_specification_counts_as_it_says() {
    let (text, mut log, w) = example();
    let policy = Policy::parse(&text).unwrap();
    assert_eq!(policy.logs().count(), 1);
    assert_eq!(policy.witnesses().count(), 6);
    for (by, enough) in [
        (vec![0, 1, 3], true),
        (vec![0, 1, 2, 3, 4, 5], true),
        (vec![1, 2, 5], true),
        (vec![0, 1, 2], false),
        (vec![0, 3, 4, 5], false),
        (vec![], false),
    ] {
        let signed = cosigned_by(&mut log, &by.iter().map(|n| &w[*n]).collect::<Vec<_>>());
        let outcome = policy.evaluate(signed);
        assert_eq!(outcome.is_ok(), enough, "{by:?}");
        let cosigned = match &outcome {
            Ok(checkpoint) => checkpoint.cosigned(),
            Err(PolicyRefusal::NoQuorum { cosigned }) => cosigned,
            Err(other) => panic!("{other}"),
        };
        assert_eq!(cosigned.len(), by.len());
    }
}

#[test]
fn a_policy_is_written_as_it_is_read() {
    let (text, ..) = example();
    let policy = Policy::parse(&text).unwrap();
    let written = policy.to_bytes();
    assert_eq!(Policy::parse(&written).unwrap(), policy);
    assert_eq!(Policy::parse(&written).unwrap().to_bytes(), written);
    assert!(String::from_utf8(written).unwrap().contains("https://x3.example/"));
    let none = Policy::parse(b"quorum none\n").unwrap();
    assert_eq!(none.to_bytes(), b"quorum none\n");
}

#[test]
fn names_are_bytes() {
    let vkey = |of: &str, seed| cosigner(of, seed).public().ed25519().to_string();
    let (a, b) = (vkey("w.example", 1), vkey("v.example", 2));
    // K and the Kelvin sign differ; bytes that are no UTF-8 are a name too.
    let mut text = format!("witness K {a}\nwitness \u{212a} {b}\ngroup ").into_bytes();
    text.extend(b"\xff\xfe all K \xe2\x84\xaa\nquorum \xff\xfe\n");
    let policy = Policy::parse(&text).unwrap();
    assert_eq!(Policy::parse(&policy.to_bytes()).unwrap(), policy);
}

#[test]
fn what_is_no_policy_is_refused_by_its_line() {
    let (log, w) = (Log::new(ORIGIN, 1), cosigner("w.example", 9));
    let (log, ed, ml) = (log.key(), w.public().ed25519(), w.public().ml_dsa_44());
    let other = cosigner("w.example", 8).public().ed25519().clone();
    let renamed = cosigner("v.example", 9).public().ed25519().clone();
    let PublicKey::WitnessEd25519(bytes) = ed.key() else { panic!("its key") };
    let as_log = VerifierKey::new(name("w.example"), PublicKey::Log(*bytes)).unwrap();
    let as_other_log = VerifierKey::new(name("other.example"), log.key().clone()).unwrap();
    let q = "quorum none\n";
    for (text, line) in [
        (String::new(), 0),
        (format!("log {log}\n"), 0),
        ("quorum none".to_owned(), 0),
        ("quorum none\r\n".to_owned(), 0),
        ("quorum none\n\0\n".to_owned(), 0),
        ("quorum none\n\x7f\n".to_owned(), 0),
        (format!("{q}{q}"), 2),
        ("quorum\n".to_owned(), 1),
        ("quorum none none\n".to_owned(), 1),
        ("quorum W\n".to_owned(), 1),
        (format!("quorum W\nwitness W {ed}\n"), 1),
        (format!("Quorum none\n{q}"), 1),
        (format!("observer W {ed}\n{q}"), 1),
        (format!("log {log} url more\n{q}"), 1),
        (format!("log\n{q}"), 1),
        (format!("log {ed}\n{q}"), 1),
        (format!("log {ml}\n{q}"), 1),
        (format!("log {log}\nlog {as_other_log}\n{q}"), 2),
        (format!("witness W {log}\n{q}"), 1),
        (format!("witness W {as_log}\n{q}"), 1),
        (format!("witness W\n{q}"), 1),
        (format!("witness W {ed} url more\n{q}"), 1),
        (format!("witness none {ed}\n{q}"), 1),
        (format!("witness W {ed}x\n{q}"), 1),
        (format!("witness W {ed}\nwitness W {ml}\n{q}"), 2),
        (format!("witness W {ed}\nwitness V {ed}\n{q}"), 2),
        (format!("witness W {ed}\nwitness V {renamed}\n{q}"), 2),
        (format!("witness W {ed}\nwitness V {other}\n{q}"), 2),
        (format!("witness W {ed}\ngroup W any W\n{q}"), 2),
        (format!("witness W {ed}\ngroup none any W\n{q}"), 2),
        (format!("witness W {ed}\ngroup G any\n{q}"), 2),
        (format!("witness W {ed}\ngroup G\n{q}"), 2),
        (format!("witness W {ed}\ngroup G 0 W\n{q}"), 2),
        (format!("witness W {ed}\ngroup G 2 W\n{q}"), 2),
        (format!("witness W {ed}\ngroup G 01 W\n{q}"), 2),
        (format!("witness W {ed}\ngroup G +1 W\n{q}"), 2),
        (format!("witness W {ed}\ngroup G most W\n{q}"), 2),
        (format!("witness W {ed}\ngroup G any V\n{q}"), 2),
        (format!("witness W {ed}\ngroup G any none\n{q}"), 2),
        (format!("witness W {ed}\ngroup G any G\n{q}"), 2),
        (format!("witness W {ed}\ngroup G any W W\n{q}"), 2),
        (format!("witness W {ed}\ngroup G any W\ngroup H any W\n{q}"), 3),
        (format!("group G any W\nwitness W {ed}\n{q}"), 1),
    ] {
        let refused = Policy::parse(text.as_bytes()).err();
        assert_eq!(refused.map(|error| error.line), Some(line), "{text}");
    }
}

#[test]
fn limits_are_generous_and_held() {
    let witnesses = |count: u8| {
        let line = |n| {
            let key = cosigner(&format!("w{n}.example"), n);
            format!("witness w{n} {}\n", key.public().ed25519())
        };
        (0..count).map(line).collect::<String>()
    };
    assert!(Policy::parse(format!("{}quorum none\n", witnesses(128)).as_bytes()).is_ok());
    assert!(Policy::parse(format!("{}quorum none\n", witnesses(129)).as_bytes()).is_err());
    let logs = |count: u8| {
        let line = |n| format!("log {}\n", log_signer(&format!("log{n}.example"), n).public());
        (0..count).map(line).collect::<String>()
    };
    assert!(Policy::parse(format!("{}quorum none\n", logs(64)).as_bytes()).is_ok());
    assert!(Policy::parse(format!("{}quorum none\n", logs(65)).as_bytes()).is_err());
    let comment = format!("#{}\nquorum none\n", "x".repeat(MAX_POLICY - 14));
    assert_eq!(comment.len(), MAX_POLICY);
    assert!(Policy::parse(comment.as_bytes()).is_ok());
    assert!(Policy::parse(format!("#{comment}").as_bytes()).is_err());
}

/// A policy whose quorum is one hybrid witness.
fn hybrid(log: &Log, witness: &Cosigner) -> Policy {
    let (ed, ml) = (witness.public().ed25519(), witness.public().ml_dsa_44());
    // Even where either key would do by the text alone.
    let text = format!("log {}\nwitness ed {ed}\nwitness ml {ml}\ngroup W any ed ml\nquorum W\n", log.key());
    Policy::parse(text.as_bytes()).unwrap()
}

#[test]
fn a_hybrid_witness_counts_with_both_keys_at_one_time() {
    let (log, checkpoint) = Log::with(5);
    let witness = cosigner("w.example", 9);
    let policy = hybrid(&log, &witness);
    let [early, late] = [5, 9].map(|time| cosign(&checkpoint, &log.key(), &witness, time));
    let evaluate = |lines: &[&SignatureLine]| {
        let mut signed = checkpoint.signed().clone();
        signed.add(lines.iter().map(|line| (*line).clone())).unwrap();
        policy.evaluate(signed).map(|cosigned| cosigned.median_time())
    };
    assert_eq!(evaluate(&[&early[0], &early[1]]), Ok(Some(5)));
    assert_eq!(evaluate(&[&late[1], &early[0], &early[1], &late[0]]), Ok(Some(9)));
    assert_eq!(evaluate(&[&late[0], &early[0], &early[1]]), Ok(Some(5)), "9 has one vouching");
    let none = Err(PolicyRefusal::NoQuorum { cosigned: Vec::new() });
    assert_eq!(evaluate(&[&early[0]]), none, "Ed25519 alone");
    assert_eq!(evaluate(&[&early[1]]), none, "ML-DSA-44 alone");
    assert_eq!(evaluate(&[&early[0], &late[1]]), none, "two times");
    let mut forged = early[1].clone();
    forged.signature[100] ^= 1;
    let refused = evaluate(&[&early[0], &forged]);
    let false_one = CheckpointRefusal::BadSignature { name: name("w.example") };
    assert_eq!(refused, Err(PolicyRefusal::Checkpoint(false_one)));
}

#[test]
fn the_log_s_signature_is_needed_too() {
    let (text, mut log, w) = example();
    let policy = Policy::parse(&text).unwrap();
    let by: Vec<_> = w.iter().collect();
    let signed = cosigned_by(&mut log, &by);
    assert!(policy.evaluate(signed.clone()).is_ok());
    let lines = signed.to_string();
    let without: String =
        lines.split_inclusive('\n').filter(|line| !line.starts_with(&format!("— {ORIGIN}"))).collect();
    let unsigned = SignedCheckpoint::parse(without.as_bytes()).unwrap();
    let refused = policy.evaluate(unsigned);
    assert!(matches!(refused, Err(PolicyRefusal::Checkpoint(CheckpointRefusal::Unsigned { .. }))));
    let mut stranger = Log::new("stranger.example", 1);
    let refused = policy.evaluate(cosigned_by(&mut stranger, &by));
    assert!(matches!(refused, Err(PolicyRefusal::Checkpoint(CheckpointRefusal::UnknownLog { .. }))));
}

#[test]
fn quorum_none_needs_the_log_alone() {
    let (log, checkpoint) = Log::with(5);
    let policy = Policy::parse(format!("log {}\nquorum none\n", log.key()).as_bytes()).unwrap();
    let counted = policy.evaluate(checkpoint.signed().clone()).unwrap();
    assert_eq!(counted.checkpoint(), &checkpoint);
    assert_eq!(counted.median_time(), None);
    let nobody = Policy::parse(b"quorum none\n").unwrap();
    assert!(nobody.evaluate(checkpoint.signed().clone()).is_err(), "no log is known");
}

#[test]
fn the_quorum_s_time_is_the_median() {
    let (text, mut log, w) = example();
    let policy = Policy::parse(&text).unwrap();
    let signed = cosigned_by(&mut log, &[&w[0], &w[1], &w[3], &w[4]]);
    assert_eq!(policy.evaluate(signed).unwrap().median_time(), Some(NOW + 1), "the earlier of two");
    let signed = cosigned_by(&mut log, &[&w[0], &w[1], &w[3], &w[4], &w[5]]);
    assert_eq!(policy.evaluate(signed).unwrap().median_time(), Some(NOW + 2));
}

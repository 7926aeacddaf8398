//! Signed notes, key names and vkeys: what is read, and what is not.

use counterseal_ledger::*;

use crate::common::*;

/// The example of Go's golang.org/x/mod/sumdb/note.
const GO_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
/// The example of signed-note, "Note", which has an empty line in its text.
const EXAMPLE: &str = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n\
    — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

#[test]
fn the_example_of_the_specification_is_read() {
    let note = Note::parse(EXAMPLE.as_bytes()).unwrap();
    assert!(note.text().ends_with("\n\ned è subito sera.\n"));
    assert_eq!(note.signatures()[0].name.as_str(), "quasimodo.example/salvatore");
    assert_eq!(note.signatures()[0].id, NoteKeyId([0x36, 0x7b, 0xa0, 0x4b]));
    assert_eq!(note.signatures()[0].signature.len(), 64);
    assert_eq!(note.to_string(), EXAMPLE);
}

#[test]
fn what_is_no_note_is_refused() {
    let line = EXAMPLE.rsplit("\n\n").next().unwrap();
    let text = "text\n";
    let good = format!("{text}\n{line}");
    assert!(Note::parse(good.as_bytes()).is_ok());
    for cut in 0..good.len() {
        assert!(Note::parse(&good.as_bytes()[..cut]).is_err(), "{cut}");
    }
    let (start, signature) = line.trim_end().rsplit_once(' ').unwrap();
    for bad in [
        String::new(),
        "\n".to_owned(),
        "text\n\n".to_owned(),
        format!("{text}{line}"),
        format!("{text}\n{line}\n"),
        format!("{text}\n{line}more"),
        format!("{text}\n\n{}", line.replace("— ", "- ")),
        format!("{text}\n{}", line.replace("— ", "—")),
        format!("{text}\n{}", line.replace(" Nnug", "  Nnug")),
        format!("{text}\n {line}"),
        format!("{text}\n{}", line.replace("salvatore", "salva+tore")),
        format!("{text}\n{}", line.replace("salvatore", "salva\u{a0}tore")),
        format!("{text}\n{}", line.replace("quasimodo.example/salvatore", "")),
        format!("{text}\n{start} {}\n", signature.trim_end_matches('=')),
        format!("{text}\n{start} {signature}=\n"),
        format!("{text}\n{start} {}\n", signature.replace("Ic=", "Id=")),
        format!("{text}\n{start} {}\n", signature.replace('/', "_")),
        format!("{text}\n{start} NnugSw==\n"),
        format!("{text}\n{start} Nnug\n"),
        format!("te\rxt\n\n{line}"),
        format!("te\0xt\n\n{line}"),
        format!("te\txt\n\n{line}"),
    ] {
        assert!(Note::parse(bad.as_bytes()).is_err(), "{bad:?}");
    }
    let mut latin = good.clone().into_bytes();
    latin[1] = 0xe8;
    assert!(Note::parse(&latin).is_err(), "not UTF-8");
}

#[test]
fn a_note_has_up_to_64_signatures_and_256_kib() {
    let line = EXAMPLE.rsplit("\n\n").next().unwrap();
    let with = |lines: usize| format!("text\n\n{}", line.repeat(lines));
    assert_eq!(Note::parse(with(MAX_NOTE_SIGNATURES).as_bytes()).unwrap().signatures().len(), 64);
    assert!(Note::parse(with(MAX_NOTE_SIGNATURES + 1).as_bytes()).is_err());
    let long = format!("{}\n\n{line}", "x".repeat(MAX_NOTE - line.len() - 2));
    assert!(Note::parse(long.as_bytes()).is_ok());
    assert!(Note::parse(format!("x{long}").as_bytes()).is_err());
}

#[test]
fn names_have_no_spaces_and_no_plus_signs() {
    for good in ["a", "example.com/log42", "è", "oid/1.3.6.1", &"x".repeat(MAX_NAME)] {
        assert_eq!(name(good).as_str(), good);
    }
    for bad in ["", " ", "a b", "a+b", "a\nb", "a\u{2003}b", "a\0", "a\u{1f}", &"x".repeat(MAX_NAME + 1)] {
        assert!(KeyName::parse(bad).is_err(), "{bad:?}");
    }
    // tlog-mirror: SHA-256 of the origin, in hexadecimal.
    let folder = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    assert_eq!(name("hello").mirror_folder(), folder);
}

#[test]
fn gos_key_is_read_and_every_change_of_it_refused() {
    let key = VerifierKey::parse(GO_KEY).unwrap();
    assert_eq!(key.name().as_str(), "PeterNeumann");
    assert_eq!(key.id(), NoteKeyId([0xc7, 0x4f, 0x20, 0xa3]));
    assert_eq!(key.to_string(), GO_KEY);
    for from in 0..GO_KEY.len() {
        for to in from..GO_KEY.len() {
            assert!(VerifierKey::parse(&GO_KEY[from..to]).is_err());
        }
        let mut changed = GO_KEY.to_owned().into_bytes();
        changed[from] = changed[from].wrapping_add(1);
        assert!(VerifierKey::parse(str::from_utf8(&changed).unwrap()).is_err(), "{from}");
    }
    let upper = GO_KEY.replace("c74f20a3", "C74F20A3");
    assert!(VerifierKey::parse(&upper).is_err(), "upper-case id");
    // From Go's tests: another length, and another type, each with its right id.
    for bad in [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ] {
        assert!(VerifierKey::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn all_three_kinds_of_key_are_written_and_read() {
    let witness = cosigner("witness.example/w1", 7);
    let keys = [log_signer(ORIGIN, 1).public(), witness.public().ed25519(), witness.public().ml_dsa_44()]
        .map(Clone::clone);
    for key in &keys {
        assert_eq!(&VerifierKey::parse(&key.to_string()).unwrap(), key);
    }
    // One key under another type is another key.
    let PublicKey::Log(bytes) = keys[0].key() else { panic!("a log's key") };
    let other = VerifierKey::new(keys[0].name().clone(), PublicKey::WitnessEd25519(*bytes)).unwrap();
    assert_ne!(other.id(), keys[0].id());
    assert!(keys[2].to_string().len() > 1700);
    let small_order = VerifierKey::new(name("a"), PublicKey::Log([0; 32]));
    assert!(small_order.is_err(), "a key of small order");
}

#[test]
fn secrets_are_not_printed() {
    let seed = Seed::from_bytes([0x5a; 32]);
    assert_eq!(format!("{seed:?}"), "Seed(secret)");
    let printed = format!("{:?} {:?}", log_signer(ORIGIN, 0x5a), cosigner("witness.example/w1", 0x5a));
    assert!(!printed.contains("5a5a") && !printed.contains("90, 90"), "{printed}");
    assert_eq!(printed.matches("secret").count(), 2, "{printed}");
}

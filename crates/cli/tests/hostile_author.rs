//! What somebody with a desk of their own can bring to trustees that are programs: copied wraps, a header that says that
//! a guarded compartment is open, a point that was dealt wrongly, two entries at one place, and trustees of a registrar's.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;
#[path = "common/hostile.rs"]
mod hostile;

use std::collections::BTreeMap;

use common::trustees::*;
use common::{Computer, text};
use counterseal_model::Timestamp;
use counterseal_register::*;
use counterseal_seal::{CannotOpenGuarded, NoShare, sign_statement};
use hostile::*;

const SECRET: &str = "The guide hid the list under the floor";

/// Ana's wraps in an entry of Ben's, under the ids of her keys and of his own; and his entry as if the compartment were
/// open.
fn copied_wraps_and_another_rule_are_refused(ben: &mut Hostile, victim: &EntryHeader) {
    let to = ben.trustees().remove(0);
    let entry = ben.seal(victim, 0xa1, "Ben's own words");
    let mine = header_of(ben, &entry);
    let mut copied = mine.clone();
    (copied.trustees, copied.parts) = (victim.trustees.clone(), victim.parts.clone());
    let copied = ben.sign(&copied);
    assert_eq!(ben.deliver(&to, &copied), Err("key-unknown".to_owned()));
    let mut mixed = mine.clone();
    for (own, other) in mixed.trustees.iter_mut().zip(&victim.trustees) {
        (own.enc, own.wrap, own.commitment) = (other.enc.clone(), other.wrap, other.commitment);
    }
    let mixed = ben.sign(&mixed);
    assert_eq!(ben.deliver(&to, &mixed), Err("share-cannot-unwrap".to_owned()));
    // And his own, of one of his entries in another of the same keys: a wrap is its entry's.
    let other = ben.seal(victim, 0xa3, "another of Ben's");
    let mut moved = header_of(ben, &other);
    for (to, from) in moved.trustees.iter_mut().zip(&mine.trustees) {
        assert_eq!(to.key, from.key, "none of them was used yet");
        (to.enc, to.wrap, to.commitment) = (from.enc.clone(), from.wrap, from.commitment);
    }
    let moved = ben.sign(&moved);
    assert_eq!(ben.deliver(&to, &moved), Err("share-cannot-unwrap".to_owned()));
    let mut open = mine.clone();
    (open.trustee_set, open.trustees) = (None, Vec::new());
    open.parts.iter_mut().for_each(|part| part.guard = None);
    let open = ben.sign(&open);
    assert_eq!(ben.deliver(&to, &open), Err("entry-rule-mismatch".to_owned()));
    assert_eq!(ben.deliver(&to, &entry.header), Ok(1), "as it was sealed it is taken");
}

/// An author deals one trustee another point, so that two readers who ask other trustees would read other things: what
/// was committed to opens, whoever answers, or nothing does.
fn a_point_dealt_wrongly_opens_nothing_else(ben: &mut Hostile, victim: &EntryHeader, known: PartRef) {
    let mut entry = ben.seal(victim, 0xa2, "what was committed to");
    let mut header = header_of(ben, &entry);
    let points = &mut header.parts[0].guard.as_mut().unwrap().points;
    points[0][31] ^= 1;
    entry.header = ben.sign(&header);
    let (all, part) = (ben.trustees(), PartRef { entry: entry.id(), index: 0 });
    for to in &all {
        assert_eq!(ben.deliver(to, &entry.header), Ok(1), "no trustee can tell");
    }
    let (mut request, fresh) = ben.draft(known, "case-follow-up");
    request.parts = vec![part];
    let asking = ben.log((request, fresh));
    let mut pads = BTreeMap::new();
    for to in &all {
        let response = ben.ask(&asking, to).unwrap();
        let (x, pad) = ben.pad(&asking, &response);
        pads.insert(x, pad.unwrap());
    }
    let wrong = ben.set().places()[0].x;
    let opened = ben.open(&entry, &pads).unwrap();
    assert_eq!(opened.plaintext.as_bytes(), b"what was committed to");
    let named = (opened.liars, opened.misdealt);
    assert_eq!(named, (vec![], vec![wrong]), "the author did it, and no trustee is blamed");
    let right = *pads.keys().find(|x| **x != wrong).unwrap();
    pads.retain(|x, _| *x == wrong || *x == right);
    let refused = ben.open(&entry, &pads);
    assert!(
        matches!(refused, Err(CannotOpenGuarded::NoShare(NoShare::NoneFits { have: 2, needed: 2 }))),
        "{refused:?}"
    );
}

/// A registrar, who is a manager too, names trustees of their own: at their desk, and in statements for a new trustee.
fn a_registrar_replaces_no_trustees(first: &Computer, hub: &str) {
    let own = "home/own.key";
    let key = common::files(&first.home()).into_iter().find(|file| file.ends_with("desk.key")).unwrap();
    std::fs::copy(key, first.path(own)).unwrap();
    let name = ["mission", "trustees", "trustees.toml", "--governor-key", own];
    let said = first.output(&[&name[..], &["--governor-passphrase-file", "phrase"]].concat());
    assert!(!said.status.success(), "a desk's key is no governor's: {}", text(&said.stdout));
    std::fs::remove_file(first.path(own)).unwrap();

    let registrar = Hostile::at(first, hub);
    let mut statements = counterseal_hub::read_statements(&first.path("seed")).unwrap();
    let mut register = Register::found(LogPosition::new(0), &statements[0]).unwrap();
    let sight = Sight::Logged { cosigned: true, since: Timestamp(registrar.desk.now().0) };
    for bytes in &statements[1..] {
        register.apply(register.last().position.next(), bytes, sight).unwrap();
    }
    let (threshold, trustees) = (2, registrar.trustees());
    let act = Act::from(SetTrustees { threshold, trustees, single: false, extra: Default::default() });
    let prev = register.chain_head(act.chain());
    let statement = Statement::new(Some(register.mission()), prev, registrar.desk.now(), act);
    let forged = sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &[&registrar.device]).unwrap();
    registrar.leave();
    statements.push(forged.bytes().to_vec());
    counterseal_hub::write_statements(&first.path("forged"), &statements).unwrap();
    let listen = format!("127.0.0.1:{}", common::servers::port());
    let at = format!("https://{hub}");
    let init = ["trustee", "init", "--folder", "lagos", "--second", "lagos-second", "--name", "lagos"];
    let places = ["--unattended", "--listen", &listen, "--hub", &at, "--public", "lagos.json"];
    first.run(&[&init[..], &places, &["--witness-public", "lagos-witness.json"]].concat());
    let refused = first.fails(&["trustee", "seed", "forged", "--config", &config("lagos")], 1);
    assert!(refused.contains("governor"), "{refused}");
    first.run(&["trustee", "seed", "seed", "--config", &config("lagos")]);
}

#[test]
fn what_a_hostile_author_brings_to_trustees_that_are_programs() {
    let Site { computer: first, trustees: _trustees, hub: server, alone: _alone } = set_up();
    let hub = server.address.clone();
    name_trustees(&first, &hub, POLICY);
    let second = join(&first, &hub, "Officer Inkwell");
    seal(&first, &hub, SECRET);
    let id = sealed(&first, &hub, 1);
    logged(&second, &hub);
    let victim = entry_of(&first, &id);
    let known = PartRef { entry: victim.id(), index: 0 };
    let mut ben = Hostile::at(&second, &hub);
    let header = header_of(&ben, &victim);
    copied_wraps_and_another_rule_are_refused(&mut ben, &header);
    a_point_dealt_wrongly_opens_nothing_else(&mut ben, &header, known);
    ben.leave();
    a_registrar_replaces_no_trustees(&first, &hub);
    // After all of it the part opens as it did, with the trustees of before.
    let open = ["open", &id, "--purpose", "case-follow-up", "--hub", &hub, "--format", "json"];
    until(&second, &hub, &open, |said| said.to_string().contains(SECRET));
}

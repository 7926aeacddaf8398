//! What trustees were told, a successor hears from one of them, and checks.

use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::sign_statement;
use counterseal_trustee::Service;

use crate::facts::{fact, tell};
use crate::heirs::*;
use crate::world::*;

/// What `from` tells the new trustee.
fn told(heirs: &mut Heirs, from: u64) -> Vec<KeptLetter> {
    let (asked, said) = heirs.ask(NEW, from, 0, SuccessionAsk::Letters { after: Bytes([0; 32]) });
    let SuccessionSaid::Letters { sealed, more, .. } = said else { panic!("{said:?}") };
    assert!(!more);
    let new = &heirs.services[&NEW];
    assert!(new.read_letters(id(from), [9; 32], &sealed).is_none(), "the answer to another call");
    assert!(heirs.services[&1].read_letters(id(from), asked, &sealed).is_none(), "to another trustee");
    heirs.services[&NEW].read_letters(id(from), asked, &sealed).unwrap()
}

fn new(heirs: &mut Heirs) -> &mut Service {
    heirs.services.get_mut(&NEW).unwrap()
}

fn say(heirs: &mut Heirs, by: &str, fact: &Fact, logged: bool) {
    let old = heirs.services.get_mut(&0).unwrap();
    assert_eq!(tell(&mut heirs.world, old, by, fact, logged), None);
    heirs.publish();
}

#[test]
fn facts_are_taken_over_with_their_leaves_and_once() {
    let (mut heirs, _) = Heirs::replaced();
    let about = FactAbout::Person(heirs.world.person("ana"));
    let training = fact(&heirs.world, "trainer", about, FactKind::Training, 1);
    say(&mut heirs, "trainer", &training, true);
    assert!(told(&mut heirs, 1).is_empty(), "nobody told this one");
    let letters = told(&mut heirs, 0);
    assert_eq!((letters.len(), letters[0].leaf.is_some()), (1, true));
    // Without its leaf, with another's, or changed, it permits nothing.
    for change in [
        (|one: &mut KeptLetter| one.leaf = None) as fn(&mut KeptLetter),
        |one| one.leaf = Some(0),
        |one| *one.letter.0.last_mut().unwrap() ^= 1,
    ] {
        let mut changed = letters.clone();
        change(&mut changed[0]);
        assert_eq!(new(&mut heirs).take_letters(&changed).unwrap(), 0);
    }
    assert_eq!(new(&mut heirs).take_letters(&letters).unwrap(), 1);
    assert_eq!(new(&mut heirs).take_letters(&letters).unwrap(), 0, "once");
    let subject = [&[1], heirs.world.person("ana").as_bytes().as_slice()].concat();
    let kept = heirs.services[&NEW].store().facts(&subject).unwrap();
    assert_eq!((kept.len(), kept[0].kind.as_str(), kept[0].leaf), (1, "training-officer", letters[0].leaf));
}

#[test]
fn what_ended_stays_ended_though_who_said_it_is_gone() {
    let (mut heirs, sealed) = Heirs::replaced();
    let about = FactAbout::Parts(CASES, vec![crate::guards::part(&sealed[0], 0)]);
    let mut consent = fact(&heirs.world, "dpo", about, FactKind::Consent, 1);
    consent.whose = crate::facts::whose(&heirs.world, crate::guards::part(&sealed[0], 0), 1);
    let end = Fact { ends: true, id: Bytes([2; 32]), ..consent.clone() };
    say(&mut heirs, "dpo", &consent, true);
    say(&mut heirs, "dpo", &end, false);
    let (person, device) = (heirs.world.person("dpo"), heirs.world.device("dpo").id());
    let act = RevokeDevice { person, device, extra: Default::default() };
    heirs.world.say(act, &By::People(&["registrar"]));
    heirs.publish();
    let letters = told(&mut heirs, 0);
    assert_eq!(letters.len(), 2);
    assert_eq!(
        new(&mut heirs).take_letters(&letters).unwrap(),
        1,
        "the end; the consent nobody may say any more"
    );
    let mut alone = letters;
    alone.iter_mut().for_each(|one| one.office = None);
    let mut other = Heirs::new();
    assert_eq!(new(&mut other).take_letters(&alone).unwrap(), 0);
}

#[test]
fn readings_are_taken_in_the_order_of_their_chain() {
    let (mut heirs, sealed) = Heirs::replaced();
    let mut letters = Vec::new();
    let mut prev = [0; 32];
    for n in 1..=3u8 {
        let readings = Readings {
            mission: heirs.world.register.mission(),
            id: Bytes([n; 32]),
            reader: heirs.world.device("ana").id(),
            prev: Bytes(prev),
            parts: vec![crate::guards::part(&sealed[0], 0)],
            times: vec![Timestamp(heirs.world.time)],
            opening: Bytes([8; 32]),
            purpose: Code::parse("case-follow-up").unwrap(),
            case: None,
            request: None,
            extra: Default::default(),
        };
        let device = heirs.world.device("ana");
        let signed = sign_statement(&readings.payload(), Label::OPENING_READINGS, &[device]).unwrap();
        let signed = signed.bytes().to_vec();
        prev = sha256(&[&signed]);
        let leaf = Some(heirs.world.append(&readings.leaf(&signed).unwrap()).index);
        letters.push(KeptLetter { letter: Blob(signed), leaf, office: None, extra: Default::default() });
    }
    heirs.publish();
    letters.reverse();
    assert_eq!(new(&mut heirs).take_letters(&letters[..2]).unwrap(), 0, "the first is missing");
    assert_eq!(new(&mut heirs).take_letters(&letters).unwrap(), 3);
    assert_eq!(new(&mut heirs).take_letters(&letters).unwrap(), 0);
}

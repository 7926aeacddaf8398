//! What a device says of facts and readings fills no disks and no post, and a no gets through all the same.

use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{TrusteeRecipient, seal_fact, sign_statement};
use counterseal_trustee::{MOST_ABOUT, MOST_READ, MOST_REFUSED, MOST_TOLD, Service};

use crate::facts::{fact, tell, whose};
use crate::guards::*;
use crate::world::*;

const TOO_OFTEN: Option<&str> = Some("refused-too-often");

/// As many parts as a letter holds; nobody wrote them.
fn invented(seed: u8) -> Vec<PartRef> {
    let entry = EntryId::from_bytes([seed; 32]);
    (0..4096).map(|index| PartRef { entry, index }).collect()
}

/// Sends what a device signed, as a letter; the code of what stands against it.
fn send(world: &World, service: &mut Service, bytes: &[u8], receipt: &str) -> Option<String> {
    let secrets = trustee(0);
    let to = TrusteeRecipient { trustee: secrets.id(), requests: secrets.requests() };
    let sealed = seal_fact(&mut rng(8), world.register.mission(), to, bytes).unwrap();
    let (enc, ciphertext) = (Blob(sealed.enc.to_vec()), Blob(sealed.ciphertext));
    let sealed = SealedTo { enc, ciphertext, extra: Default::default() };
    let call = TrusteeCall::Letter { sealed, receipt: Blob(receipt.as_bytes().to_vec()) };
    match service.call(world.device("ana").id(), &call).unwrap() {
        TrusteeAnswer::Done {} => None,
        TrusteeAnswer::NotNow { code } => Some(code.to_string()),
        other => panic!("{other:?}"),
    }
}

fn a_no(world: &World, by: &str, parts: Vec<PartRef>, seed: u8) -> Fact {
    Fact { ends: true, ..fact(world, by, FactAbout::Parts(CASES, parts), FactKind::Consent, seed) }
}

#[test]
fn a_device_says_so_much_in_an_hour_and_its_yeses_leave_room_for_a_no() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    world.clock_forward(3600 - START % 3600);
    let letters = u8::try_from(MOST_TOLD / 4096).unwrap();
    for n in 1..=letters {
        let mut yes = fact(&world, "ben", FactAbout::Parts(CASES, invented(n)), FactKind::Basis, n);
        yes.value = Code::parse("mandate");
        assert_eq!(tell(&mut world, &mut service, "ben", &yes, true), None, "{n}");
    }
    let mut given = fact(&world, "ben", FactAbout::Parts(CASES, vec![part]), FactKind::Consent, 100);
    given.whose = whose(&world, part, 1);
    assert_eq!(tell(&mut world, &mut service, "ben", &given, true).as_deref(), TOO_OFTEN);
    let no = a_no(&world, "ben", vec![part], 101);
    assert_eq!(tell(&mut world, &mut service, "ben", &no, false), None, "a no gets through");
    for n in 1..=letters {
        let no = a_no(&world, "ben", invented(n), 110 + n);
        // The last goes beyond, and is taken whole: one part of the hour's was said above.
        assert_eq!(tell(&mut world, &mut service, "ben", &no, false), None, "{n}");
    }
    let more = a_no(&world, "ben", vec![part], 102);
    assert_eq!(tell(&mut world, &mut service, "ben", &more, false).as_deref(), TOO_OFTEN);
    // What is kept has its leaf filled in, and counts nothing; others say what they have to say.
    assert_eq!(tell(&mut world, &mut service, "ben", &no, true), None);
    let cleos = a_no(&world, "cleo", vec![part], 103);
    assert_eq!(tell(&mut world, &mut service, "cleo", &cleos, false), None);
    // It stays due on the desk, and is taken in the next hour.
    world.clock_forward(2 * 3600 - START % 3600);
    assert_eq!(tell(&mut world, &mut service, "ben", &more, false), None);
    assert_eq!(tell(&mut world, &mut service, "ben", &given, true), None);
}

#[test]
fn a_device_says_so_much_about_one_part_and_no_more() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a", "b"]);
    let (one, other) = (part(&sealed, 0), part(&sealed, 1));
    world.publish(&mut service);
    let mut say = |world: &World, by: &str, part, n: usize| {
        let mut no = a_no(world, by, vec![part], 1);
        no.id = Bytes(sha256(&[by.as_bytes(), &n.to_be_bytes()]));
        (no.made, no.since) = (Timestamp(START), Timestamp(START));
        let signed = sign_statement(&no.payload(), Label::OPENING_FACT, &[world.device(by)]).unwrap();
        send(world, &mut service, signed.bytes(), "")
    };
    for n in 0..MOST_ABOUT {
        assert_eq!(say(&world, "ben", one, n), None, "{n}");
    }
    world.clock_forward(DAY);
    assert_eq!(say(&world, "ben", one, MOST_ABOUT).as_deref(), TOO_OFTEN, "whatever the hour");
    assert_eq!(say(&world, "ben", one, 0), None, "what is kept is kept");
    assert_eq!(say(&world, "ben", other, MOST_ABOUT), None);
    assert_eq!(say(&world, "cleo", one, MOST_ABOUT), None, "another device's are its own");
    // So many noes, and a yes gets through; as the other way round.
    let mut given = fact(&world, "ben", FactAbout::Parts(CASES, vec![one]), FactKind::Consent, 100);
    given.whose = whose(&world, one, 1);
    assert_eq!(tell(&mut world, &mut service, "ben", &given, true), None);
}

fn readings(world: &World, by: &str, prev: [u8; 32], parts: Vec<PartRef>) -> Readings {
    Readings {
        mission: world.register.mission(),
        id: Bytes(sha256(&[&prev])),
        reader: world.device(by).id(),
        prev: Bytes(prev),
        times: vec![Timestamp(world.time); parts.len()],
        parts,
        opening: Bytes([6; 32]),
        purpose: Code::parse("case-follow-up").unwrap(),
        case: None,
        request: None,
        extra: Default::default(),
    }
}

/// Tells readings with their leaf; what names them, and the code of what stands against them.
fn read(world: &mut World, service: &mut Service, by: &str, said: &Readings) -> ([u8; 32], Option<String>) {
    let signed = sign_statement(&said.payload(), Label::OPENING_READINGS, &[world.device(by)]).unwrap();
    let receipt = world.append(&said.leaf(signed.bytes()).unwrap()).to_string();
    world.publish(service);
    (sha256(&[signed.bytes()]), send(world, service, signed.bytes(), &receipt))
}

#[test]
fn readings_of_what_a_device_could_never_open_are_nobodys_news() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    // Eve is an active device of the mission and was in no compartment; the opening that she names, nobody knows.
    let said = readings(&world, "eve", [0; 32], vec![part]);
    assert_eq!(read(&mut world, &mut service, "eve", &said).1.as_deref(), Some("readings-not-theirs"));
    assert!(service.releases(1).unwrap().is_empty(), "nothing is logged");
    assert!(crate::duties::post(&world, &mut service, "ben", 0).1.is_empty(), "nor told");
    // Who was in it and is not any more tells what they had read before.
    let without: Vec<&str> = MEMBERS.into_iter().filter(|name| *name != "ana").collect();
    world.begin(CASES, &without, EpochReason::Remove);
    let said = readings(&world, "ana", [0; 32], vec![part]);
    assert_eq!(read(&mut world, &mut service, "ana", &said).1, None);
    assert_eq!(service.releases(1).unwrap().len(), 1);
}

#[test]
fn readings_are_heard_where_a_device_was_in_the_compartment_of_each_part() {
    let mut world = World::new();
    let mut service = world.service(0);
    let cases = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    let sources = part(&held(&world, &mut service, SOURCES, 2, &["b"]), 0);
    // Eve comes into one of the two.
    let with: Vec<&str> = MEMBERS.into_iter().chain(["eve"]).collect();
    world.begin(CASES, &with, EpochReason::Admit);
    let mut both = vec![cases, sources];
    both.sort();
    let said = readings(&world, "eve", [0; 32], both);
    assert_eq!(read(&mut world, &mut service, "eve", &said).1.as_deref(), Some("readings-not-theirs"));
    let said = readings(&world, "eve", [0; 32], vec![cases]);
    assert_eq!(read(&mut world, &mut service, "eve", &said).1, None);
}

/// Each fork is an entry of the log, and notices.
#[test]
fn a_device_forks_its_chain_so_often_in_an_hour_and_is_not_heard_any_more() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    world.clock_forward(3600 - START % 3600);
    let first = readings(&world, "ana", [0; 32], vec![part]);
    let (hash, against) = read(&mut world, &mut service, "ana", &first);
    assert_eq!(against, None);
    let fork = |n: u64| Readings { id: Bytes(sha256(&[&n.to_be_bytes()])), ..first.clone() };
    for n in 0..MOST_REFUSED {
        let against = read(&mut world, &mut service, "ana", &fork(n)).1;
        assert_eq!(against.as_deref(), Some("readings-forked"), "{n}");
    }
    let logged = service.releases(1).unwrap().len();
    assert_eq!(read(&mut world, &mut service, "ana", &fork(MOST_REFUSED)).1.as_deref(), TOO_OFTEN);
    let next = readings(&world, "ana", hash, vec![part]);
    assert_eq!(read(&mut world, &mut service, "ana", &next).1.as_deref(), TOO_OFTEN, "nor what follows");
    assert_eq!(service.releases(1).unwrap().len(), logged);
    world.clock_forward(2 * 3600 - START % 3600);
    assert_eq!(read(&mut world, &mut service, "ana", &next).1, None);
}

#[test]
fn a_device_is_heard_of_so_many_readings_in_an_hour_and_goes_on_in_the_next() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    world.clock_forward(3600 - START % 3600);
    let many = vec![part; usize::try_from(MOST_READ).unwrap()];
    let said = readings(&world, "ana", [0; 32], many);
    let (hash, against) = read(&mut world, &mut service, "ana", &said);
    assert_eq!(against, None);
    let next = readings(&world, "ana", hash, vec![part]);
    assert_eq!(read(&mut world, &mut service, "ana", &next).1.as_deref(), TOO_OFTEN);
    assert_eq!(service.releases(1).unwrap().len(), 1);
    let cleos = readings(&world, "cleo", [0; 32], vec![part]);
    assert_eq!(read(&mut world, &mut service, "cleo", &cleos).1, None, "others are heard");
    world.clock_forward(2 * 3600 - START % 3600);
    assert_eq!(read(&mut world, &mut service, "ana", &next).1, None);
}

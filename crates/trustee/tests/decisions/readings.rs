//! What was read of what had been opened ahead: told to those whom it concerns, once, and to the end.

use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{TrusteeRecipient, seal_fact, sign_statement};
use counterseal_trustee::{Service, Store};

use crate::crashes::FailAt;
use crate::duties::post;
use crate::guards::*;
use crate::world::*;

/// A request made ahead, decided by the trustee; what names it.
fn opened(world: &mut World, service: &mut Service, parts: &[PartRef], delay: Option<i64>) -> [u8; 32] {
    let mut asking = world.ask("ana", parts, 900);
    let (until, reason) = (Timestamp(world.time + 5 * DAY), Code::parse("road-trip").unwrap());
    asking.request.ahead = Some(Ahead { until, reason, extra: Default::default() });
    asking.request.delay_until = delay.map(|days| Timestamp(world.time + days * DAY));
    if delay.is_some() {
        world.approve(&mut asking, &["cleo", "eve"]);
    }
    let answer = world.open(service, &asking);
    assert_eq!(world.refusal(answer), None);
    sha256(&[&world.signed(&asking)])
}

fn readings(world: &World, seed: u8, prev: [u8; 32], opening: [u8; 32], parts: &[PartRef]) -> Readings {
    Readings {
        mission: world.register.mission(),
        id: Bytes([seed; 32]),
        reader: world.device("ana").id(),
        prev: Bytes(prev),
        parts: parts.to_vec(),
        times: (0..parts.len() as i64).map(|n| Timestamp(world.time + n)).collect(),
        opening: Bytes(opening),
        purpose: Code::parse("case-follow-up").unwrap(),
        case: None,
        request: None,
        extra: Default::default(),
    }
}

fn signed(world: &World, readings: &Readings) -> Vec<u8> {
    let device = world.device("ana");
    let signed = sign_statement(&readings.payload(), Label::OPENING_READINGS, &[device]).unwrap();
    signed.bytes().to_vec()
}

/// Tells the trustee, with the leaf in the log or without; what names the readings, and the code of what stands against.
fn tell(
    world: &mut World,
    service: &mut Service,
    said: &Readings,
    logged: bool,
) -> ([u8; 32], Option<String>) {
    let bytes = signed(world, said);
    let receipt = match logged {
        true => said.leaf(&bytes).map(|leaf| world.append(&leaf).to_string()).unwrap_or_default(),
        false => String::new(),
    };
    world.publish(service);
    (sha256(&[&bytes]), send(world, service, &bytes, &receipt).unwrap())
}

fn send(
    world: &World,
    service: &mut Service,
    bytes: &[u8],
    receipt: &str,
) -> Result<Option<String>, counterseal_trustee::ServiceError> {
    let secrets = trustee(0);
    let to = TrusteeRecipient { trustee: secrets.id(), requests: secrets.requests() };
    let sealed = seal_fact(&mut rng(8), world.register.mission(), to, bytes).unwrap();
    let (enc, ciphertext) = (Blob(sealed.enc.to_vec()), Blob(sealed.ciphertext));
    let sealed = SealedTo { enc, ciphertext, extra: Default::default() };
    let call = TrusteeCall::Letter { sealed, receipt: Blob(receipt.as_bytes().to_vec()) };
    Ok(match service.call(world.device("ana").id(), &call)? {
        TrusteeAnswer::Done {} => None,
        TrusteeAnswer::NotNow { code } => Some(code.to_string()),
        other => panic!("{other:?}"),
    })
}

fn told(world: &World, service: &mut Service, name: &str) -> Vec<Notice> {
    post(world, service, name, 0).1.into_iter().map(|(_, notice)| notice).collect()
}

/// The release log, checked from its beginning.
fn log(world: &World, service: &Service) -> Vec<(Outcome, u64, Option<u64>)> {
    let (mut prev, mut log) = ([0; 32], Vec::new());
    for (counter, bytes) in (1..).zip(service.releases(1).unwrap()) {
        let entry = SignedBody::<ReleaseEntry>::parse(&bytes).unwrap();
        let entry = entry.verify_trustee(world.register.mission(), trustee(0).public()).unwrap().into_body();
        assert_eq!((entry.counter, entry.prev.0), (counter, prev), "without gaps");
        log.push((entry.outcome, entry.count, entry.leaf));
        prev = release_hash(&bytes);
    }
    log
}

#[test]
fn what_was_read_offline_is_logged_and_told_to_those_whom_it_concerns() {
    let mut world = World::new();
    let mut service = world.service(0);
    let bens = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    let mut author = Author::new(&world, "cleo", CASES, 2);
    let cleos = author.seal(&world, &mut service, &["b"]);
    take(&world, &mut service, &header_of(&cleos)).unwrap();
    let cleos = part(&cleos, 0);
    let mut both = vec![bens, cleos];
    both.sort();
    let opening = opened(&mut world, &mut service, &both, None);
    world.clock_forward(DAY);
    let said = readings(&world, 1, [0; 32], opening, &[cleos, bens, cleos]);
    let (hash, against) = tell(&mut world, &mut service, &said, true);
    assert_eq!(against, None);
    let at = log(&world, &service);
    assert_eq!((at.len(), at[1]), (2, (Outcome::Read, 3, Some(2))));
    for (name, parts, times) in [
        ("ben", vec![bens], vec![1]),
        ("cleo", vec![cleos], vec![0, 2]),
        ("reviewer", vec![bens], vec![1]),
        ("manager", both.clone(), vec![0, 1, 2]),
    ] {
        let notices = told(&world, &mut service, name);
        let notice = &notices[1];
        assert_eq!((notices.len(), notice.outcome, notice.counter), (2, Outcome::Read, 2), "{name}");
        assert_eq!((notice.request.0, notice.opening), (hash, Some(Bytes(opening))));
        assert_eq!((notice.reader, notice.asked, notice.leaf), (said.reader, 3, Some(2)));
        assert_eq!((notice.purpose.as_str(), &notice.parts), ("case-follow-up", &parts));
        let seen: Vec<_> = notice.readings.iter().map(|seen| seen.time.0 - world.time).collect();
        assert_eq!(seen, times, "{name}");
        assert!(notice.readings.iter().all(|seen| parts.contains(&seen.part)), "of no other part");
    }
    assert!(told(&world, &mut service, "dan").is_empty(), "whom it does not concern");
    // The same again is taken and tells nothing; what follows is told.
    assert_eq!(send(&world, &mut service, &signed(&world, &said), "").unwrap(), None);
    assert_eq!(log(&world, &service).len(), 2);
    let next = readings(&world, 2, hash, opening, &[bens]);
    assert_eq!(tell(&mut world, &mut service, &next, true).1, None);
    assert_eq!(log(&world, &service).len(), 3);
    assert_eq!(told(&world, &mut service, "ben").len(), 3);
}

#[test]
fn readings_without_leaf_gap_or_the_opening_they_name_are_not_taken() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a", "b"]);
    let (one, other) = (part(&sealed, 0), part(&sealed, 1));
    let opening = opened(&mut world, &mut service, &[one], None);
    let good = readings(&world, 1, [0; 32], opening, &[one]);
    let stranger = PartRef { entry: EntryId::from_bytes([5; 32]), index: 0 };
    for (what, said, logged, code) in [
        ("no leaf", good.clone(), false, "readings-not-logged"),
        ("a gap", Readings { prev: Bytes([7; 32]), ..good.clone() }, true, "readings-missing"),
        ("nothing", Readings { parts: vec![], times: vec![], ..good.clone() }, true, "readings-bad"),
        ("a time too few", Readings { times: vec![], ..good.clone() }, true, "readings-bad"),
        (
            "a part that was not opened",
            Readings { parts: vec![other], ..good.clone() },
            true,
            "readings-other",
        ),
        (
            "another purpose",
            Readings { purpose: Code::parse("audit").unwrap(), ..good.clone() },
            true,
            "readings-other",
        ),
        ("another case", Readings { case: Some(Bytes([4; 16])), ..good.clone() }, true, "readings-other"),
        (
            "an entry that has not come",
            Readings { opening: Bytes([6; 32]), parts: vec![stranger], ..good.clone() },
            true,
            "entry-not-here",
        ),
    ] {
        assert_eq!(tell(&mut world, &mut service, &said, logged).1.as_deref(), Some(code), "{what}");
    }
    assert_eq!(log(&world, &service).len(), 1, "nothing of it is in the log");
    assert_eq!(told(&world, &mut service, "ben").len(), 1, "nor told");
    // What other trustees released is told as the reader says, though this one did not decide it.
    let elsewhere = Readings { opening: Bytes([6; 32]), parts: vec![other], ..good };
    assert_eq!(tell(&mut world, &mut service, &elsewhere, true).1, None);
    assert_eq!(told(&world, &mut service, "ben").len(), 2);
}

#[test]
fn a_chain_that_forks_or_begins_anew_is_refused_and_told() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a", "b"]);
    let parts = [part(&sealed, 0), part(&sealed, 1)];
    let opening = opened(&mut world, &mut service, &parts, None);
    let first = readings(&world, 1, [0; 32], opening, &parts);
    let (hash, against) = tell(&mut world, &mut service, &first, true);
    assert_eq!(against, None);
    let second = readings(&world, 2, hash, opening, &parts[..1]);
    assert_eq!(tell(&mut world, &mut service, &second, true).1, None);
    let before = log(&world, &service).len();
    let forks =
        [readings(&world, 3, hash, opening, &parts[1..]), readings(&world, 4, [0; 32], opening, &parts[1..])];
    for (n, fork) in (1..).zip(&forks) {
        for _ in 0..2 {
            let (_, against) = tell(&mut world, &mut service, fork, true);
            assert_eq!(against.as_deref(), Some("readings-forked"));
        }
        assert_eq!(log(&world, &service).len(), before + n, "told once each");
        let notice = told(&world, &mut service, "reviewer").pop().unwrap();
        assert_eq!((notice.outcome, notice.reader), (Outcome::Refused, fork.reader));
        assert_eq!(notice.refused.as_ref().map(Code::as_str), Some("readings-forked"));
        assert_eq!(notice.readings.len(), 1);
    }
    let kept = service.store().releases(before as u64 + 1, 10).unwrap();
    assert_eq!(kept[0].detail, signed(&world, &forks[0]), "both stories are kept as they were signed");
    // The chain goes on from where it was.
    let third = readings(&world, 5, sha256(&[&signed(&world, &second)]), opening, &parts);
    assert_eq!(tell(&mut world, &mut service, &third, true).1, None);
}

#[test]
fn what_was_read_by_an_opening_with_a_delayed_notice_is_told_when_that_is() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    let opening = opened(&mut world, &mut service, &[part], Some(10));
    let said = readings(&world, 1, [0; 32], opening, &[part]);
    assert_eq!(tell(&mut world, &mut service, &said, true).1, None);
    let (head, notices) = post(&world, &mut service, "ben", 0);
    assert_eq!((head.counter, head.delayed, notices.len()), (2, 2, 0), "counted, and not told yet");
    world.clock_forward(10 * DAY);
    world.publish(&mut service);
    let notices = told(&world, &mut service, "ben");
    assert_eq!(notices.iter().map(|one| one.outcome).collect::<Vec<_>>(), [Outcome::Released, Outcome::Read]);
}

/// A request made ahead with its notice delayed, approved by these, which this trustee does not decide.
fn decided_by_others(world: &World, parts: &[PartRef], days: i64, by: &[&str]) -> Vec<u8> {
    let mut asking = world.ask("ana", parts, 901);
    let (until, reason) = (Timestamp(world.time + 5 * DAY), Code::parse("road-trip").unwrap());
    asking.request.ahead = Some(Ahead { until, reason, extra: Default::default() });
    asking.request.delay_until = Some(Timestamp(world.time + days * DAY));
    world.approve(&mut asking, by);
    world.signed(&asking)
}

#[test]
fn a_trustee_that_did_not_decide_an_opening_tells_its_readings_no_earlier_than_those_who_did() {
    for (days, by, shown, held_back) in [
        (10, &["cleo", "eve"][..], true, true),
        (10, &["cleo", "eve"], false, false),
        (10, &["cleo"], true, false),
        (10, &["cleo", "ben"], true, false),
        (15, &["cleo", "eve"], true, false),
    ] {
        let mut world = World::new();
        let mut service = world.service(0);
        let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
        let request = decided_by_others(&world, &[part], days, by);
        let mut said = readings(&world, 1, [0; 32], sha256(&[&request]), &[part]);
        said.request = shown.then_some(Blob(request));
        assert_eq!(tell(&mut world, &mut service, &said, true).1, None);
        let (head, notices) = post(&world, &mut service, "ben", 0);
        let (delayed, told_now) = if held_back { (1, 0) } else { (0, 1) };
        assert_eq!((head.delayed, notices.len()), (delayed, told_now), "{days} days by {by:?}, {shown}");
        world.clock_forward(days * DAY);
        world.publish(&mut service);
        let outcomes: Vec<_> = told(&world, &mut service, "ben").iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [Outcome::Read], "in the end it is told");
    }
}

#[test]
fn a_request_that_is_shown_is_the_one_by_which_it_was_read() {
    let mut world = World::new();
    let mut service = world.service(0);
    let entry = held(&world, &mut service, CASES, 1, &["a", "b"]);
    let (part, other) = (part(&entry, 0), part(&entry, 1));
    let request = decided_by_others(&world, &[part], 10, &["cleo", "eve"]);
    let mut good = readings(&world, 1, [0; 32], sha256(&[&request]), &[part]);
    good.request = Some(Blob(request.clone()));
    let mut elsewhere = decided_by_others(&world, &[part], 9, &["cleo", "eve"]);
    for (what, said) in [
        ("another request", Readings { request: Some(Blob(elsewhere.clone())), ..good.clone() }),
        ("another part", Readings { parts: vec![other], ..good.clone() }),
        ("another purpose", Readings { purpose: Code::parse("audit").unwrap(), ..good.clone() }),
        ("another case", Readings { case: Some(Bytes([4; 16])), ..good.clone() }),
        ("torn", {
            elsewhere.truncate(90);
            Readings { opening: Bytes(sha256(&[&elsewhere])), request: Some(Blob(elsewhere)), ..good.clone() }
        }),
    ] {
        let against = tell(&mut world, &mut service, &said, true).1;
        assert_eq!(against.as_deref(), Some("readings-other"), "{what}");
    }
    assert_eq!(tell(&mut world, &mut service, &good, true).1, None);
}

#[test]
fn killed_at_every_step_readings_are_taken_with_log_and_notices_or_not_at_all() {
    for after in [false, true] {
        for step in 1..=3 {
            let mut world = World::new();
            let mut service = world.service(0);
            let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
            let opening = opened(&mut world, &mut service, &[part], None);
            let said = readings(&world, 1, [0; 32], opening, &[part]);
            let bytes = signed(&world, &said);
            let receipt = world.append(&said.leaf(&bytes).unwrap()).to_string();
            world.publish(&mut service);
            drop(service.into_store());
            let open = |faults: Box<dyn counterseal_trustee::Faults>| {
                let hands = counterseal_trustee::Hands { faults, ..World::hands(0) };
                Service::new(world.setting(0), Store::open(&world.places(0), hands).unwrap().0).unwrap()
            };
            let mut service = open(Box::new(FailAt { left: step, after }));
            let taken = send(&world, &mut service, &bytes, &receipt).is_ok();
            drop(service.into_store());
            let mut service = open(Box::new(counterseal_trustee::NoFaults));
            let (logged, heard) = (log(&world, &service).len(), told(&world, &mut service, "ben").len());
            assert_eq!(logged, heard, "step {step}, after {after}");
            assert!(logged == 2 || !taken, "said to be taken, and lost: step {step}, after {after}");
            assert_eq!(send(&world, &mut service, &bytes, &receipt).unwrap(), None);
            assert_eq!((log(&world, &service).len(), told(&world, &mut service, "ben").len()), (2, 2));
        }
    }
}

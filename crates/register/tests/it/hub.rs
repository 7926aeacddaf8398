use crate::common::*;
use counterseal_model::Timestamp;
use counterseal_register::*;

/// The Ed25519 public key of a seed.
fn key(n: u8) -> Bytes<32> {
    Bytes(Dev::new(person(0), n).keys.signing.0)
}

fn set_hub(pins: &[u8]) -> SetHub {
    SetHub {
        generation: 1,
        statements_key: key(151),
        journal_key: key(152),
        pins: pins.iter().map(|n| Bytes([*n; 32])).collect(),
        extra: Default::default(),
    }
}

fn end(size: u64) -> LogEnd {
    LogEnd { size, root: [size as u8; 32] }
}

/// A succession whose statement log ends at the next place.
fn succeed(world: &World, generation: u64) -> SucceedHub {
    SucceedHub {
        generation,
        statements: end(world.index + 1),
        journal: end(500),
        statements_key: key(generation as u8 * 2 + 151),
        journal_key: key(generation as u8 * 2 + 152),
        pins: vec![Bytes([generation as u8 + 100; 32])],
        extra: Default::default(),
    }
}

fn with_hub() -> World {
    let mut world = World::enrolled();
    world.by_govs(set_hub(&[1, 2])).unwrap();
    world
}

#[test]
fn the_first_hub_has_effect_at_once() {
    let mut world = World::enrolled();
    assert_eq!(world.register.hub(world.now()), None);
    assert_eq!(world.register.check_pin(&[1; 32], world.now()).unwrap_err().code(), "hub-unknown");
    let before = world.now();
    world.by_govs(set_hub(&[1, 2])).unwrap();
    let hub = world.register.hub(world.now()).unwrap();
    assert_eq!((hub.generation, hub.pins.as_slice()), (1, &[[1; 32], [2; 32]][..]));
    assert_eq!((hub.statements_key, hub.journal_key), (key(151).0, key(152).0));
    assert_eq!(world.register.hub(before), None);
    assert_eq!(world.register.check_pin(&[2; 32], world.now()), Ok(1));
    assert_eq!(world.register.check_pin(&[3; 32], world.now()).unwrap_err().code(), "hub-pin-unknown");
}

#[test]
fn only_governors_name_a_hub() {
    let mut world = World::enrolled();
    refused(world.by_registrar(set_hub(&[1])), "not-the-governors");
    let one = world.bytes(set_hub(&[1]), &By::Govs(&[&world.govs[0]]));
    refused(world.apply(&one), "not-the-governors");
    refused(world.by_govs(succeed(&world, 2)), "hub-unknown");
    world.by_govs(set_hub(&[1])).unwrap();
    refused(world.by_registrar(succeed(&world, 2)), "not-the-governors");
}

#[test]
fn generations_are_counted_from_one_without_gaps() {
    let mut world = World::enrolled();
    for generation in [0, 2] {
        refused(world.by_govs(SetHub { generation, ..set_hub(&[1]) }), "hub-generation-wrong");
    }
    world.by_govs(set_hub(&[1])).unwrap();
    for generation in [0, 2] {
        refused(world.by_govs(SetHub { generation, ..set_hub(&[1, 2]) }), "hub-generation-wrong");
    }
    for generation in [0, 1, 3] {
        let act = SucceedHub { generation, ..succeed(&world, 2) };
        refused(world.by_govs(act), "hub-generation-wrong");
    }
}

#[test]
fn pins_are_few_distinct_and_in_order() {
    let mut world = World::enrolled();
    for pins in [&[][..], &[2, 1], &[1, 1], &[1, 2, 3, 4, 5]] {
        refused(world.by_govs(set_hub(pins)), "hub-pins-bad");
    }
    world.by_govs(set_hub(&[1])).unwrap();
    refused(world.by_govs(set_hub(&[])), "hub-pins-bad");
    refused(world.by_govs(SucceedHub { pins: vec![], ..succeed(&world, 2) }), "hub-pins-bad");
}

#[test]
fn a_further_certificate_waits_and_one_less_holds_at_once() {
    let mut world = with_hub();
    world.by_govs(set_hub(&[2, 3])).unwrap();
    let effective = Timestamp(world.time + WAITING_DAYS as i64 * DAY);
    let waiting = world.register.waiting_changes(world.now());
    assert_eq!(waiting, [WaitingChange { effective, what: Waiting::HubPins }]);
    world.time = effective.0 - 1;
    assert!(world.register.check_pin(&[3; 32], world.now()).is_err());
    world.time = effective.0;
    assert_eq!(world.register.check_pin(&[3; 32], world.now()), Ok(1));
    assert_eq!(world.register.check_pin(&[1; 32], world.now()).unwrap_err().code(), "hub-pin-unknown");
    world.by_govs(set_hub(&[3])).unwrap();
    assert!(world.register.check_pin(&[2; 32], world.now()).is_err());
    refused(world.by_govs(set_hub(&[3])), "nothing-changes");
    // One that waits is withdrawn by saying again what holds.
    world.by_govs(set_hub(&[3, 4])).unwrap();
    world.by_govs(set_hub(&[3])).unwrap();
    world.time += 30 * DAY;
    assert!(world.register.check_pin(&[4; 32], world.now()).is_err());
}

#[test]
fn the_logs_of_a_generation_keep_their_keys() {
    let mut world = with_hub();
    refused(world.by_govs(SetHub { statements_key: key(160), ..set_hub(&[1]) }), "hub-log-keys-fixed");
    refused(world.by_govs(SetHub { journal_key: key(160), ..set_hub(&[1]) }), "hub-log-keys-fixed");
}

#[test]
fn a_logs_key_is_nothing_elses() {
    let mut world = World::enrolled();
    world.by_govs(crate::witnesses::strong()).unwrap();
    let taken = [key(201), key(3), key(181)]; // a governor's, Ana's, a witness's
    for taken in taken {
        refused(world.by_govs(SetHub { statements_key: taken, ..set_hub(&[1]) }), "key-in-use");
        refused(world.by_govs(SetHub { journal_key: taken, ..set_hub(&[1]) }), "key-in-use");
    }
    refused(world.by_govs(SetHub { journal_key: key(151), ..set_hub(&[1]) }), "key-in-use");
    refused(world.by_govs(SetHub { journal_key: Bytes([0; 32]), ..set_hub(&[1]) }), "key-bad");
    world.by_govs(set_hub(&[1])).unwrap();
    refused(world.by_govs(SucceedHub { statements_key: key(152), ..succeed(&world, 2) }), "key-in-use");
    refused(world.by_govs(SucceedHub { journal_key: Bytes([0; 32]), ..succeed(&world, 2) }), "key-bad");
    // And afterwards nobody else can have it.
    world.enrol(person(9));
    refused(world.enrol_device(&Dev::new(person(9), 151)), "key-in-use");
    let new = govs(&[152, 204]);
    let act = ChangeGovernors {
        governors: new.iter().map(|gov| gov.key.clone()).collect(),
        threshold: 2,
        extra: Default::default(),
    };
    let bytes = world.bytes(act, &By::Govs(&[&world.govs[0], &world.govs[1], &new[0], &new[1]]));
    refused(world.apply(&bytes), "key-in-use");
}

/// RFC 8410's SubjectPublicKeyInfo of an Ed25519 key, hashed.
fn pin_of(key: &Bytes<32>) -> Bytes<32> {
    Bytes(sha256(&[&hex::decode("302a300506032b6570032100").unwrap(), &key.0]))
}

#[test]
fn a_certificate_has_a_key_of_its_own() {
    let mut world = World::enrolled();
    let act = SetHub { pins: vec![pin_of(&key(151))], ..set_hub(&[]) };
    refused(world.by_govs(act), "key-in-use");
    world.by_govs(set_hub(&[1])).unwrap();
    let act = SetHub { pins: vec![pin_of(&key(152))], ..set_hub(&[]) };
    refused(world.by_govs(act), "key-in-use");
    // The certificates of a hub that was replaced are in its hands still.
    let mut act = succeed(&world, 2);
    act.pins = vec![Bytes([1; 32])];
    refused(world.by_govs(act.clone()), "key-in-use");
    act.pins = vec![pin_of(&act.journal_key)];
    refused(world.by_govs(act), "key-in-use");
}

#[test]
fn a_succession_has_effect_at_once_and_the_old_hub_is_refused_by_name() {
    let mut world = with_hub();
    let before = world.now();
    let act = succeed(&world, 2);
    let (statements, journal) = (act.statements, act.journal);
    world.by_govs(act).unwrap();
    let now = world.now();
    assert_eq!(world.register.hub(now).unwrap().generation, 2);
    assert_eq!(world.register.hub(before).unwrap().generation, 1);
    assert_eq!(world.register.check_pin(&[102; 32], now), Ok(2));
    assert_eq!(world.register.check_pin(&[1; 32], now), Err(Refusal::HubSuperseded { generation: 1 }));
    assert_eq!(world.register.check_pin(&[1; 32], before), Ok(1));

    let logs = world.register.log_generations(LogKind::Journal, now);
    assert_eq!((logs[0].begins, logs[0].ends), (None, Some(journal)));
    assert_eq!((logs[1].begins, logs[1].ends), (Some(journal), None));
    assert_eq!(logs[1].key, key(156).0);
    let statement_logs = world.register.log_generations(LogKind::Statements, now);
    assert_eq!((statement_logs[0].ends, statement_logs[0].key), (Some(statements), key(151).0));
    assert_eq!(world.register.log_generations(LogKind::Journal, before)[0].ends, None);

    let code = |log: &LogGeneration, checkpoint| log.admits(checkpoint).unwrap_err().code();
    let (old, new) = (&logs[0], &logs[1]);
    let forked = LogEnd { root: [7; 32], ..journal };
    assert!(old.admits(end(499)).is_ok() && old.admits(journal).is_ok());
    assert_eq!(code(old, end(501)), "hub-superseded");
    assert_eq!(code(old, forked), "hub-superseded");
    assert!(new.admits(journal).is_ok() && new.admits(end(501)).is_ok());
    assert_eq!(code(new, end(499)), "log-before-generation");
    assert_eq!(code(new, forked), "log-before-generation");
}

#[test]
fn a_log_is_found_by_its_origin_and_no_other_name() {
    let mut world = World::enrolled();
    let mission = world.register.mission();
    let origin = log_origin(mission, LogKind::Statements, 1);
    assert_eq!(origin, format!("counterseal/{}/statements/1", hex::encode(mission.as_bytes())));
    let find = |world: &World, origin: &str| world.register.log_of_origin(origin, world.now());
    assert_eq!(find(&world, &origin).unwrap_err().code(), "hub-unknown");
    world.by_govs(set_hub(&[1])).unwrap();
    assert_eq!(find(&world, &origin).unwrap().key, key(151).0);
    let journal = find(&world, &log_origin(mission, LogKind::Journal, 1)).unwrap();
    assert_eq!((journal.log, journal.key), (LogKind::Journal, key(152).0));
    let next = log_origin(mission, LogKind::Statements, 2);
    let other = log_origin(counterseal_model::MissionId::from_bytes([1; 32]), LogKind::Statements, 1);
    for origin in [next, other, format!("{origin} "), origin.replace('1', "01")] {
        assert_eq!(find(&world, &origin).unwrap_err().code(), "hub-generation-wrong");
    }
}

#[test]
fn a_succession_names_ends_that_the_logs_can_have_had() {
    let mut world = with_hub();
    let empty = LogEnd::EMPTY;
    assert_eq!(empty.root, sha256(&[]));
    let bad = [LogEnd { size: 0, root: [1; 32] }, LogEnd { size: 5, root: empty.root }];
    for journal in bad {
        refused(world.by_govs(SucceedHub { journal, ..succeed(&world, 2) }), "log-end-bad");
    }
    refused(world.by_govs(SucceedHub { statements: empty, ..succeed(&world, 2) }), "succession-misplaced");
    world.by_govs(SucceedHub { journal: empty, ..succeed(&world, 2) }).unwrap();
    world.by_govs(SucceedHub { journal: end(9), ..succeed(&world, 3) }).unwrap();
    // Less than what the outgoing generation began with, or another beginning.
    for journal in [end(8), empty, LogEnd { root: [0; 32], ..end(9) }] {
        refused(world.by_govs(SucceedHub { journal, ..succeed(&world, 4) }), "log-end-bad");
    }
    let short = LogEnd { size: 3, root: [1; 32] };
    refused(world.by_govs(SucceedHub { statements: short, ..succeed(&world, 4) }), "log-end-bad");
    world.by_govs(SucceedHub { journal: end(9), ..succeed(&world, 4) }).unwrap();
    assert_eq!(world.register.hub(world.now()).unwrap().generation, 4);
}

#[test]
fn a_succession_is_the_first_statement_of_the_new_log() {
    let mut world = with_hub();
    for size in [world.index, world.index + 2] {
        let act = SucceedHub { statements: end(size), ..succeed(&world, 2) };
        refused(world.by_govs(act), "succession-misplaced");
    }
}

fn on_sight(world: &mut World, bytes: &[u8]) -> Result<Applied, Refusal> {
    world.register.apply(LogPosition::new(world.index + 1), bytes, Sight::OnSight)
}

#[test]
fn a_succession_is_obeyed_on_sight_so_that_the_new_log_can_be_checked() {
    let mut world = with_hub();
    let mut statement = world.draft(succeed(&world, 2));
    statement.prev = Some(counterseal_model::StatementId::from_bytes([8; 32])); // not here yet
    let both = By::Govs(&[&world.govs[0], &world.govs[1]]);
    let early = sign(&statement.payload(), &both);
    let bytes = world.bytes(succeed(&world, 2), &both);
    let mut behind = world.register.clone();
    behind.apply(LogPosition::new(99), &early, Sight::OnSight).unwrap();
    on_sight(&mut world, &bytes).unwrap();
    let now = world.now();
    assert_eq!(world.register.hub(now).unwrap().generation, 2);
    assert_eq!(world.register.check_pin(&[1; 32], now).unwrap_err().code(), "hub-superseded");
    assert_eq!(world.register.overrun(), None);
    world.apply(&bytes).unwrap();
    assert_eq!(world.register.sighted().count(), 0);
    assert_eq!(world.register.overrun(), None);
}

#[test]
fn a_log_that_was_followed_too_far_is_noticed() {
    let mut world = with_hub();
    let bytes = world.bytes(succeed(&world, 2), &By::Govs(&[&world.govs[0], &world.govs[1]]));
    let size = world.index + 1;
    world.enrol(person(9)); // the old hub went on
    on_sight(&mut world, &bytes).unwrap();
    assert_eq!(world.register.overrun(), Some(size));
    // In that log the succession does not stand.
    refused(world.apply(&bytes), "succession-misplaced");
}

#[test]
fn a_succession_cannot_be_lost_to_a_race_nor_be_repeated() {
    let mut world = with_hub();
    let act = succeed(&world, 2);
    let act = SucceedHub { statements: end(world.index + 2), ..act };
    let bytes = world.bytes(act.clone(), &By::Govs(&[&world.govs[0], &world.govs[1]]));
    world.by_govs(SetWaitingDays { days: 9, extra: Default::default() }).unwrap();
    assert_eq!(world.apply(&bytes).unwrap().effect, Effect::Stands);
    refused(world.by_govs(act), "hub-generation-wrong");
}

#[test]
fn what_gives_a_hub_nothing_is_obeyed_on_sight_and_the_rest_is_not() {
    let mut world = World::enrolled();
    let by = |world: &World, act: SetHub| world.bytes(act, &By::Govs(&[&world.govs[0], &world.govs[1]]));
    let first = by(&world, set_hub(&[1, 2]));
    on_sight(&mut world, &first).unwrap();
    assert_eq!(world.register.check_pin(&[1; 32], world.now()), Ok(1));
    world.apply(&first).unwrap();
    let more = by(&world, set_hub(&[1, 2, 3]));
    refused(on_sight(&mut world, &more), "not-cosigned");
    let fewer = by(&world, set_hub(&[2]));
    on_sight(&mut world, &fewer).unwrap();
    assert!(world.register.check_pin(&[1; 32], world.now()).is_err());
}

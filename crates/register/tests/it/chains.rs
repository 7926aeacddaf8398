use crate::common::*;
use counterseal_model::{MissionId, StatementId, Timestamp};
use counterseal_register::*;

fn extend(n: u8, until: i64) -> ExtendAppointment {
    ExtendAppointment { person: person(n), until: Some(Timestamp(until)), extra: Default::default() }
}

#[test]
fn of_two_statements_after_one_the_lower_index_stands_and_the_other_is_void_and_shown() {
    let mut world = World::enrolled();
    let a = world.bytes(extend(3, 1_000_000), &By::Dev(&world.registrar));
    let b = world.bytes(extend(3, 2_000_000), &By::Dev(&world.registrar));
    let winner = world.apply(&a).unwrap().id;
    let lost = world.apply(&b).unwrap();
    assert_eq!(lost.effect, Effect::Void { winner });
    let void = *world.register.voids().next().unwrap();
    assert_eq!((void.statement, void.winner, void.position.index), (lost.id, winner, world.index));
    world.time = 1_500_000;
    assert_eq!(
        world.register.person(person(3), world.now()),
        Some(PersonStatus::Expired { since: Timestamp(1_000_000) })
    );
    // What follows the void one is refused, and neither can come again.
    let mut after = world.draft(extend(3, 3_000_000));
    after.prev = Some(lost.id);
    let after = sign(&after.payload(), &By::Dev(&world.registrar));
    refused(world.apply(&after), "predecessor-void");
    refused(world.apply(&a), "statement-known");
    refused(world.apply(&b), "statement-known");
}

#[test]
fn the_start_of_a_chain_is_a_place_too() {
    let mut world = World::founded();
    let a = world.bytes(enrol_person(person(9), None), &By::Dev(&world.registrar));
    let b = world.bytes(enrol_person(person(9), Some(5)), &By::Dev(&world.registrar));
    let winner = world.apply(&a).unwrap().id;
    assert_eq!(world.apply(&b).unwrap().effect, Effect::Void { winner });
}

#[test]
fn a_revocation_cannot_be_lost_to_a_race() {
    let mut world = World::enrolled();
    let revocation = world.bytes(revoke(&world.ana), &By::Dev(&world.registrar));
    let laptop = Dev::new(person(3), 33);
    let act = world.cross(&laptop);
    world.by_ana(act).unwrap(); // the thief is first
    assert_eq!(world.apply(&revocation).unwrap().effect, Effect::Stands);
    assert!(!matches!(
        world.register.device(world.ana.id(), world.now()).unwrap().status,
        DeviceStatus::Active
    ));
    // And what the thief made on top before it was logged finds no active signer.
    let again = world.cross(&Dev::new(person(3), 34));
    refused(world.by_ana(again), "signer-not-active");
}

#[test]
fn a_predecessor_must_stand_on_the_same_chain() {
    let mut world = World::enrolled();
    let send = |world: &mut World, prev| {
        let mut statement = world.draft(extend(3, 1_000_000));
        statement.prev = prev;
        let bytes = sign(&statement.payload(), &By::Dev(&world.registrar));
        world.apply(&bytes)
    };
    refused(send(&mut world, Some(StatementId::from_bytes([1; 32]))), "predecessor-unknown");
    let of_another = world.register.chain_head(Chain::Person(person(4)));
    refused(send(&mut world, of_another), "predecessor-unknown");
    // A statement beside the chain is no predecessor: nothing would ever contest that place.
    let laptop = Dev::new(person(3), 33);
    let act = world.cross(&laptop);
    world.by_ana(act).unwrap();
    let beside = world.by_registrar(revoke(&laptop)).unwrap().id;
    refused(send(&mut world, Some(beside)), "predecessor-unknown");
    // Beside the chain, too, a statement names one that stands.
    let mut statement = world.draft(revoke(&world.ana));
    for prev in [None, Some(StatementId::from_bytes([1; 32])), of_another] {
        statement.prev = prev;
        let bytes = sign(&statement.payload(), &By::Dev(&world.registrar));
        refused(world.apply(&bytes), "predecessor-unknown");
    }
}

#[test]
fn a_statement_stands_on_the_chain_of_its_act() {
    let mut world = World::enrolled();
    let mut statement = world.draft(extend(3, 1_000_000));
    statement.chain = Chain::Person(person(4));
    statement.prev = world.register.chain_head(statement.chain);
    let bytes = sign(&statement.payload(), &By::Dev(&world.registrar));
    refused(world.apply(&bytes), "chain-wrong");
}

#[test]
fn a_statement_of_another_mission_is_refused() {
    let mut world = World::enrolled();
    let mut statement = world.draft(extend(3, 1_000_000));
    for mission in [None, Some(MissionId::from_bytes([0; 32]))] {
        statement.mission = mission;
        let bytes = sign(&statement.payload(), &By::Dev(&world.registrar));
        refused(world.apply(&bytes), "mission-other");
    }
}

#[test]
fn what_was_seen_of_the_log_lies_between_the_predecessor_and_the_statement() {
    let mut world = World::enrolled();
    let prev = world.index; // Ben's device is the last statement of his chain
    for (seen, fits) in [(prev, false), (prev + 2, false), (prev + 1, true)] {
        let mut statement = world.draft(extend(4, 1_000_000));
        statement.log_size = seen;
        let bytes = sign(&statement.payload(), &By::Dev(&world.registrar));
        match fits {
            true => drop(world.apply(&bytes).unwrap()),
            false => refused(world.apply(&bytes), "log-size-impossible"),
        }
    }
}

#[test]
fn the_log_is_applied_in_order() {
    let mut world = World::enrolled();
    let bytes = world.bytes(extend(3, 1_000_000), &By::Dev(&world.registrar));
    let logged = |since| Sight::Logged { cosigned: true, since: Timestamp(since) };
    let again = world.register.apply(LogPosition::new(world.index), &bytes, logged(world.time));
    refused(again, "position-runs-back");
    let before = world.register.apply(LogPosition::new(world.index + 1), &bytes, logged(world.time - 1));
    refused(before, "time-runs-back");
    // Places may be left out: statements that are refused keep theirs in the log.
    world.register.apply(LogPosition::new(world.index + 5), &bytes, logged(world.time)).unwrap();
}

#[test]
fn the_same_statements_in_the_same_order_make_the_same_register() {
    let (world, _) = World::full();
    let governors = govs(&[201, 202, 203]);
    let founded = {
        // ML-DSA signatures are randomised: the founding must be the very same bytes.
        let mut replay = World::founded();
        assert_ne!(replay.register.mission(), world.register.mission());
        replay.enrol(person(2));
        replay
    };
    assert_ne!(founded.register.digest(), world.register.digest());
    let bytes = found_bytes(founding(&governors, &founded.registrar), &governors, &founded.registrar);
    let replay = || {
        let mut register = Register::found(LogPosition::new(0), &bytes).unwrap();
        let mission = register.mission();
        let mut index = 0;
        for n in [5, 6, 7] {
            index += 1;
            let act = Act::from(enrol_person(person(n), Some(index)));
            let statement = Statement::new(Some(mission), None, Timestamp(0), act);
            let bytes = sign(&statement.payload(), &By::Dev(&founded.registrar));
            let sight = Sight::Logged { cosigned: true, since: Timestamp(5_000) };
            register.apply(LogPosition::new(index as u64), &bytes, sight).unwrap();
        }
        register
    };
    assert_eq!(replay().digest(), replay().digest());
}

#[test]
fn every_part_of_a_statement_is_signed() {
    let mut world = World::enrolled();
    let bytes = world.bytes(extend(3, 1_000_000), &By::Dev(&world.registrar));
    let mut accepted = 0;
    for at in 0..bytes.len() {
        for bit in [1, 0x20, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= bit;
            accepted += usize::from(world.apply(&changed).is_ok());
        }
    }
    assert_eq!(accepted, 0);
    world.apply(&bytes).unwrap();
}

#[test]
fn a_statement_has_one_encoding_and_nothing_more_in_it() {
    let mut world = World::enrolled();
    let statement = world.draft(enrol_person(person(9), None));
    let sealed = |payload: &[u8]| sign(payload, &By::Dev(&world.registrar));
    let mut unknown_field = statement.payload();
    unknown_field[0] += 1; // one pair more: 9: 0
    unknown_field.extend([0x09, 0x00]);
    let unknown_field = sealed(&unknown_field);
    let mut unknown_suite = statement.clone();
    unknown_suite.suite = 2;
    let unknown_suite = sealed(&unknown_suite.payload());
    let mut trailing = sealed(&statement.payload());
    trailing.push(0);
    let mut long = Blob(vec![0; 9 * 1024 * 1024]).0;
    long[0] = 0x82;
    refused(world.apply(&unknown_field), "statement-malformed");
    refused(world.apply(&unknown_suite), "suite-unknown");
    refused(world.apply(&trailing), "signed-malformed");
    refused(world.apply(&long), "statement-too-large");
}

#[test]
fn a_mark_that_is_written_out_as_false_is_a_second_encoding() {
    let governors = govs(&[201, 202, 203]);
    let registrar = Dev::new(person(1), 1);
    let mut act = founding(&governors, &registrar);
    act.synthetic = true;
    let statement = Statement::new(None, None, Timestamp(1_000), act.into());
    let mut payload = statement.payload();
    // `6: true` becomes `6: false`, which the one encoding leaves out.
    let at = payload.windows(2).rposition(|pair| pair == [0x06, 0xf5]).unwrap();
    payload[at + 1] = 0xf4;
    let bytes = sign(&payload, &By::Both(&governors.iter().collect::<Vec<_>>(), &[&registrar]));
    assert_eq!(Register::found(LogPosition::new(0), &bytes).unwrap_err().code(), "statement-malformed");
}

//! Epochs whose secret their author keeps to himself, or that lead nowhere: one member must not be able to stop
//! everyone else (docs/decisions/0026).
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{NOW, clock, found, passphrase, rng};
use counterseal_model::cbor::{Value, Writer};
use counterseal_model::record::{Body, Incident};
use counterseal_model::{
    Classification, CompartmentId, DeviceId, EpochId, JournalId, PersonId, RecordId, StatementId,
};
use counterseal_node::{Arrived, Desk, Home, Invited, NodeError};
use counterseal_register::{
    Act, BeginEpoch, Bytes, EpochReason, EpochWraps, HistoryRule, Label, PreviousSecret, Statement, Subject,
    WRAP_LEN,
};
use counterseal_seal::{
    DeviceSecrets, EpochPlace, EpochSecret, Recipient, Sealer, SealingEpoch, SeenSizes,
    derive_epoch_commitment, sign_statement,
};
use tempfile::TempDir;

struct World {
    dir: TempDir,
    /// Founder, registrar and manager.
    first: Desk,
    compartment: CompartmentId,
    /// A member who has lost his way.
    mallory: (DeviceSecrets, PersonId),
}

fn member(first: &mut Desk, compartment: CompartmentId, number: u8) -> (DeviceSecrets, PersonId) {
    let secrets = DeviceSecrets::make(&mut rng(u64::from(number))).unwrap();
    let person = PersonId::from_bytes([number; 16]);
    first.enrol_bare("Mister Thistle", person, &secrets).unwrap();
    first.admit(compartment, person).unwrap();
    (secrets, person)
}

fn world(seed: u64) -> World {
    let dir = TempDir::new().unwrap();
    let mut first = found(dir.path(), seed);
    let compartment = first.default_compartment().unwrap();
    let mallory = member(&mut first, compartment, 200);
    World { dir, first, compartment, mallory }
}

/// Says something by a device that has no desk.
fn say(desk: &mut Desk, by: &DeviceSecrets, act: impl Into<Act>) -> StatementId {
    let act = act.into();
    let prev = desk.register().chain_head(act.chain());
    let statement = Statement::new(Some(desk.mission()), prev, NOW, act);
    let signed = sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &[by]).unwrap();
    let mut all = desk.statements().unwrap();
    all.push(signed.bytes().to_vec());
    desk.take_statements(&ordered(&all)).unwrap();
    StatementId::from_bytes(signed.id())
}

fn ordered(statements: &[Vec<u8>]) -> Vec<u8> {
    let mut w = Writer::new();
    w.array(statements.len());
    for (position, bytes) in (0..).zip(statements) {
        w.array(3).uint(position);
        NOW.write(&mut w);
        w.bytes(bytes);
    }
    w.into_bytes()
}

/// A rekey that follows `joins`: its roster is the register's, what it seals of earlier secrets is noise. With
/// `wraps` everyone gets its secret, without nobody does.
fn rekey(
    desk: &mut Desk,
    by: &DeviceSecrets,
    compartment: CompartmentId,
    joins: &[EpochId],
    wraps: bool,
) -> EpochId {
    let (register, at) = (desk.register(), desk.moment());
    let mut roster: Vec<DeviceId> =
        joins.iter().flat_map(|id| register.epoch_devices(*id, at).unwrap().members).collect();
    roster.sort_unstable();
    roster.dedup();
    let full = |id: &&EpochId| register.epoch(**id).unwrap().history() == HistoryRule::Full;
    let noise = |id: &EpochId| PreviousSecret { epoch: *id, sealed: [5; WRAP_LEN] };
    let previous = joins.iter().filter(full).map(noise).collect();
    let secret = EpochSecret::make(&mut rng(joins.len() as u64 + 70));
    let commitment = Bytes(derive_epoch_commitment(&secret, &desk.mission(), &compartment));
    let keys: Vec<_> = roster.iter().map(|id| register.device_keys(*id).unwrap().clone()).collect();
    let act = BeginEpoch {
        compartment,
        joins: joins.to_vec(),
        roster,
        commitment,
        previous,
        reason: EpochReason::Rekey,
        extra: Default::default(),
    };
    let epoch = EpochId::from_bytes(*say(desk, by, act).as_bytes());
    if wraps {
        let place = EpochPlace { mission: desk.mission(), compartment, epoch };
        let wraps = keys.iter().map(|keys| secret.wrap(&mut rng(71), &place, Recipient::from(keys)).unwrap());
        let wraps = wraps.collect();
        say(desk, by, EpochWraps { compartment, epoch, wraps, extra: Default::default() });
    }
    epoch
}

fn write(desk: &mut Desk, compartment: CompartmentId, title: &str) -> Result<RecordId, NodeError> {
    let body = Body::Incident(Box::new(Incident { title: Some(title.into()), ..Incident::default() }));
    desk.record_new(compartment, body, Classification::Unclassified)
}

/// A newcomer's desk, admitted and joined.
fn newcomer(world: &mut World, name: &str, seed: u64) -> Desk {
    let home = Home::open(world.dir.path()).unwrap();
    let invited = Invited::NewPerson { name: name.into(), until: None };
    let person = world.first.invite_at_hand(&home, invited, &passphrase(), &mut rng(seed)).unwrap().person;
    world.first.admit(world.compartment, person).unwrap();
    let waiting = home.waiting().unwrap().pop().unwrap();
    let statements = world.first.statements_file().unwrap();
    Desk::join(&home, &waiting, &statements, &passphrase(), clock(), rng(seed + 1)).unwrap()
}

fn reads(desk: &mut Desk, from: &Desk, record: RecordId) -> bool {
    let given = from.unlogged().unwrap().into_iter().map(|no| from.entry(no).unwrap());
    let given: Vec<_> = given.map(|given| Arrived { entry: given.entry, urgency: given.urgency }).collect();
    desk.take_entries(&given).unwrap();
    desk.record(record).is_ok()
}

#[test]
fn a_rekey_whose_secret_nobody_was_given_stops_nobody() {
    let mut world = world(900);
    let before = write(&mut world.first, world.compartment, "before").unwrap();
    let names = world.first.register().mission_compartment();
    for compartment in [world.compartment, names] {
        let heads = world.first.register().epoch_heads(compartment);
        rekey(&mut world.first, &world.mallory.0, compartment, &heads, false);
    }
    let compartment = world.compartment;
    let muted = write(&mut world.first, compartment, "now what");
    assert!(matches!(muted, Err(NodeError::NoSecret(_))), "{muted:?}");
    // The manager removes him, and the registrar revokes him; people go on coming.
    world.first.remove(compartment, world.mallory.1).unwrap();
    let after = write(&mut world.first, compartment, "after").unwrap();
    world.first.revoke_person(world.mallory.1).unwrap();
    let mut new = newcomer(&mut world, "Madame Lantern", 910);
    assert_eq!(
        new.name_of(Subject::Person(world.first.person())).as_deref().map(String::as_str),
        Some("Officer Quillfeather")
    );
    for record in [before, after] {
        assert!(reads(&mut new, &world.first, record), "history is full");
    }
    let at = world.first.moment();
    let epoch = world.first.register().write_epoch(compartment, at).unwrap();
    assert!(!world.first.register().epoch(epoch).unwrap().roster().contains(&world.mallory.0.id()));
}

#[test]
fn any_member_goes_on_from_an_epoch_whose_secret_nobody_was_given() {
    let mut world = world(920);
    let mut other = newcomer(&mut world, "Madame Lantern", 930);
    let heads = world.first.register().epoch_heads(world.compartment);
    rekey(&mut world.first, &world.mallory.0, world.compartment, &heads, false);
    other.take_statements(&world.first.statements_file().unwrap()).unwrap();
    assert!(write(&mut other, world.compartment, "now what").is_err());
    other.rekey(world.compartment).unwrap();
    let record = write(&mut other, world.compartment, "we go on").unwrap();
    world.first.take_statements(&other.statements_file().unwrap()).unwrap();
    assert!(reads(&mut world.first, &other, record));
}

#[test]
fn noise_in_the_place_of_an_earlier_secret_hides_nothing_from_those_who_come_later() {
    let mut world = world(940);
    let before = write(&mut world.first, world.compartment, "before").unwrap();
    let heads = world.first.register().epoch_heads(world.compartment);
    rekey(&mut world.first, &world.mallory.0, world.compartment, &heads, true);
    let after = write(&mut world.first, world.compartment, "after").unwrap();
    let mut new = newcomer(&mut world, "Madame Lantern", 950);
    for record in [before, after] {
        assert!(reads(&mut new, &world.first, record), "history is full");
    }
}

#[test]
fn two_managers_who_meet_do_not_keep_a_registrar_from_revoking() {
    let mut world = world(960);
    let (one, other) =
        (member(&mut world.first, world.compartment, 201), member(&mut world.first, world.compartment, 202));
    for (_, person) in [&one, &other] {
        world.first.appoint_manager(world.compartment, *person, None).unwrap();
    }
    let me = world.first.person();
    world.first.dismiss_manager(world.compartment, me).unwrap();
    let before = world.first.register().epoch_heads(world.compartment);
    // Neither knew of the other.
    for (secrets, _) in [&one, &other] {
        rekey(&mut world.first, secrets, world.compartment, &before, true);
    }
    assert_eq!(world.first.register().epoch_heads(world.compartment).len(), 2);
    world.first.revoke_person(world.mallory.1).unwrap();
    let record = write(&mut world.first, world.compartment, "without him").unwrap();
    assert!(world.first.record(record).is_ok());
    let epoch = world.first.register().write_epoch(world.compartment, world.first.moment()).unwrap();
    assert!(!world.first.register().epoch(epoch).unwrap().roster().contains(&world.mallory.0.id()));
}

/// An entry of an epoch that nobody ever began.
fn of_no_epoch(desk: &Desk, by: &DeviceSecrets, compartment: CompartmentId, number: u8) -> Arrived {
    let journal = JournalId::from_bytes([number; 16]);
    let mut sealer = Sealer::begin(desk.mission(), compartment, journal, None).unwrap();
    let secret = EpochSecret::make(&mut rng(72));
    let epoch = SealingEpoch { id: EpochId::from_bytes([number; 32]), secret: &secret };
    let seen = SeenSizes { statements: 0, journal: 0 };
    let part = zeroize::Zeroizing::new(vec![0]);
    let sealed = sealer.seal(&mut rng(u64::from(number)), by, epoch, seen, &[part]).unwrap();
    Arrived { entry: sealed.entry().clone(), urgency: 1 }
}

#[test]
fn who_is_revoked_takes_no_room_from_entries_that_came_early() {
    let mut world = world(980);
    let (compartment, mallory) = (world.compartment, world.mallory.1);
    let entry = |desk: &Desk, by, number| of_no_epoch(desk, by, compartment, number);
    let before = [entry(&world.first, &world.mallory.0, 1)];
    assert_eq!(world.first.take_entries(&before).unwrap().early, 1, "its epoch may be on its way");
    world.first.revoke_person(mallory).unwrap();
    assert_eq!(
        world.first.take_entries(&before).unwrap().known,
        0,
        "what he had sent is not kept any longer"
    );
    let after = [entry(&world.first, &world.mallory.0, 2)];
    let taken = world.first.take_entries(&after).unwrap();
    assert_eq!((taken.early, taken.refused.len()), (0, 1), "{taken:?}");
}

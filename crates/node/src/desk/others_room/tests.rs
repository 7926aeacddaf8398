//! A member who talks without end, and the word that stops him.

use std::sync::Arc;

use counterseal_model::{CompartmentId, EntryId, FixedClock, PersonId, Timestamp};
use counterseal_register::{
    Act, Bytes, Code, HistoryRule, HybridKey, Label, PartRef, PersonStatus, RevokePerson, SetHub,
    SetWitnesses, Statement, Withdraw, Witness, WitnessGroup, WitnessName,
};
use counterseal_seal::{DeviceSecrets, GovernorSecrets, Passphrase, sign_statement};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

use super::MOST;
use crate::desk::{Desk, PouchReadReport};
use crate::{Founding, GovernorFile, Home, Randomness};

const NOW: Timestamp = Timestamp(1_790_000_000);

fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

/// A desk of a mission with a hub, and two members of its compartment.
struct World {
    _dir: TempDir,
    desk: Desk,
    compartment: CompartmentId,
    members: [(DeviceSecrets, PersonId); 2],
}

fn world(seed: u64) -> World {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let passphrase = Passphrase::new("seven wells and a goat").unwrap();
    let governor = GovernorFile::make(&mut rng(seed), &passphrase).unwrap();
    let founding = Founding {
        mission_name: "Blue Heron".into(),
        person_name: "Officer Quillfeather".into(),
        compartment_name: "protection".into(),
        history: HistoryRule::Full,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    };
    let clock = Arc::new(FixedClock(NOW));
    let mut desk =
        Desk::found(&home, &founding, std::slice::from_ref(&governor), &passphrase, clock, rng(seed + 1))
            .unwrap();
    let compartment = desk.default_compartment().unwrap();
    let members = [7, 8].map(|number: u8| {
        let secrets = DeviceSecrets::make(&mut rng(seed + u64::from(number))).unwrap();
        let person = PersonId::from_bytes([number; 16]);
        desk.enrol_bare("Mister Thistle", person, &secrets).unwrap();
        desk.admit(compartment, person).unwrap();
        (secrets, person)
    });
    name_hub(&mut desk, &governor.secrets);
    World { _dir: dir, desk, compartment, members }
}

fn name_hub(desk: &mut Desk, governor: &GovernorSecrets) {
    let key = |n| -> HybridKey { GovernorSecrets::make(&mut rng(n)).unwrap().public().clone() };
    let extra = counterseal_model::cbor::Extra::default;
    let hub = SetHub {
        generation: 1,
        statements_key: Bytes(key(901).ed25519),
        journal_key: Bytes(key(902).ed25519),
        pins: vec![Bytes([1; 32])],
        extra: extra(),
    };
    let witness = Witness {
        name: WitnessName::parse("one.example").unwrap(),
        key: key(903),
        group: WitnessGroup::Independent,
        url: None,
        extra: extra(),
    };
    let (independents, trustees, faults, weak) = (1, 0, 0, true);
    let witnesses =
        SetWitnesses { witnesses: vec![witness], trustees, independents, faults, weak, extra: extra() };
    desk.name_hub(hub, witnesses, &[governor]).unwrap();
}

fn said(desk: &Desk, by: &DeviceSecrets, act: impl Into<Act>, made: i64) -> Vec<u8> {
    let act = act.into();
    let prev = desk.register().chain_head(act.chain());
    let statement = Statement::new(Some(desk.mission()), prev, Timestamp(NOW.0 + made), act);
    sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &[by]).unwrap().bytes().to_vec()
}

impl World {
    /// One withdrawal after the other, of parts that there may never have been.
    fn talk(&self, member: usize, count: usize) -> Vec<Vec<u8>> {
        let parts = vec![PartRef { entry: EntryId::from_bytes([9; 32]), index: 0 }];
        let reason = Code::parse("talk").unwrap();
        let act = Withdraw { compartment: self.compartment, parts, reason, extra: Default::default() };
        (0..count).map(|n| said(&self.desk, &self.members[member].0, act.clone(), n as i64)).collect()
    }

    fn revocation(&self, member: usize) -> Vec<u8> {
        let act = RevokePerson { person: self.members[member].1, extra: Default::default() };
        said(&self.desk, &self.desk.secrets, act, 0)
    }

    fn is_revoked(&self, member: usize) -> bool {
        let status = self.desk.register().person(self.members[member].1, self.desk.moment());
        matches!(status, Some(PersonStatus::Revoked { .. }))
    }

    fn kept(&self) -> usize {
        self.desk.register().sighted().count()
    }
}

#[test]
fn whoever_fills_the_room_by_pouches_does_not_keep_a_revocation_out() {
    let mut world = world(1000);
    let take = |world: &mut World, items| {
        let mut report = PouchReadReport::default();
        world.desk.take_waiting(items, &mut report).unwrap();
    };
    let talk = world.talk(0, MOST);
    let before = world.kept();
    take(&mut world, talk);
    assert_eq!(world.kept() - before, MOST / 2, "one signer has half of the room");
    let talk = world.talk(1, MOST);
    take(&mut world, talk);
    assert!(world.kept() - before <= MOST, "and all have no more than there is");
    for member in [0, 1] {
        let revocation = world.revocation(member);
        take(&mut world, vec![revocation]);
        assert!(world.is_revoked(member), "what stops them is heard");
    }
}

#[test]
fn whoever_fills_the_room_with_a_hubs_help_does_not_keep_a_revocation_out() {
    let mut world = world(1020);
    let before = world.kept();
    for member in [0, 1] {
        let talk = world.talk(member, MOST);
        world.desk.obey_on_sight(100, &talk).unwrap();
    }
    assert!(world.kept() - before <= MOST);
    for member in [0, 1] {
        let revocation = world.revocation(member);
        world.desk.obey_on_sight(900, &[revocation]).unwrap();
        assert!(world.is_revoked(member), "what stops them is heard");
    }
}

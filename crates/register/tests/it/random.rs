//! Random sequences of statements, legal and not: nothing panics, and what must always hold holds.

use std::collections::BTreeSet;

use crate::common::*;
use counterseal_model::{EpochId, SiteId, Timestamp};
use counterseal_register::*;
use proptest::prelude::*;

/// People and devices that the sequences draw from: 33 and 44 are further devices, 9 is a newcomer.
fn cast() -> Vec<Dev> {
    [(1, 1), (2, 2), (3, 3), (4, 4), (3, 33), (4, 44), (9, 9), (2, 22)]
        .map(|(p, n)| Dev::new(person(p), n))
        .into()
}

const SITE: SiteId = SiteId::from_bytes([0x70; 16]);

fn act(world: &World, cast: &[Dev], what: u8, a: usize, b: usize) -> Act {
    let (x, y) = (&cast[a % cast.len()], &cast[b % cast.len()]);
    let epochs = world.register.epochs(SOURCES);
    let some_epoch = epochs.get(b % epochs.len().max(1)).copied().unwrap_or(EpochId::from_bytes([1; 32]));
    let until = b.is_multiple_of(2).then_some(Timestamp(world.time + b as i64 * 1_000));
    let extra = Default::default();
    let roster: Vec<_> = cast
        .iter()
        .enumerate()
        .filter(|(i, _)| (a * 31 + b) >> (i % 8) & 1 == 1)
        .map(|(_, d)| d.id())
        .collect();
    let mut joins = world.register.epoch_heads(SOURCES);
    if a.is_multiple_of(3) {
        joins = vec![some_epoch];
    }
    let frozen = if b.is_multiple_of(5) { Frozen::Site(SITE) } else { Frozen::Person(x.person) };
    match what % 21 {
        0 => enrol_person(x.person, until.map(|t| t.0)).into(),
        1 => world.new_device(x).into(),
        2 => world.cross(x).into(),
        3 => confirm(x).into(),
        4 => revoke(x).into(),
        5 if a.is_multiple_of(4) => revoke_person(x.person).into(),
        6 => ExtendAppointment { person: x.person, until, extra }.into(),
        7 => AppointManager { compartment: SOURCES, person: x.person, until, extra }.into(),
        8 => DismissManager { compartment: SOURCES, person: x.person, extra }.into(),
        9 => AppointRegistrar { person: x.person, until, extra }.into(),
        10 => DismissRegistrar { person: x.person, extra }.into(),
        11 => {
            let rule = [Rule::Open, Rule::TwoSeal, Rule::TwoPerson][b % 3];
            SetOpeningRule { compartment: SOURCES, rule, extra }.into()
        }
        12 => {
            let members = world.register.epoch_devices(some_epoch, world.now()).unwrap_or_default().members;
            world.epoch(&[some_epoch], &members, EpochReason::Rekey).into()
        }
        13 => wraps(some_epoch, world.register.epoch(some_epoch).map_or(&[][..], |e| e.roster())).into(),
        14 => {
            let history = [HistoryRule::Full, HistoryRule::FromJoin][b % 2];
            AmendCharter { compartment: SOURCES, charter: Charter::new(Rule::Open, history), extra }.into()
        }
        15 => {
            RepairWraps { compartment: SOURCES, epoch: some_epoch, wraps: vec![wrap(y.id())], extra }.into()
        }
        16 => Freeze { subject: frozen, extra }.into(),
        17 => {
            let freezes = world.register.freezes(frozen, world.now());
            Unfreeze { subject: frozen, freezes, extra }.into()
        }
        18 => AssignSite { person: x.person, site: b.is_multiple_of(3).then_some(SITE), extra }.into(),
        19 => SetWaitingDays { days: b as u64 % 9, extra }.into(),
        _ => world.epoch(&joins, &roster, EpochReason::ALL[a % 5]).into(),
    }
}

fn check(world: &World) {
    let now = world.now();
    let epochs = world.register.epochs(SOURCES);
    assert_eq!(epochs.is_empty(), world.register.epoch_heads(SOURCES).is_empty());
    for id in epochs {
        let epoch = world.register.epoch(*id).unwrap();
        for device in epoch.roster() {
            // No roster held a pending, revoked or expired device at the time of its statement.
            let then = world.register.device(*device, epoch.begun()).unwrap().status;
            assert_eq!(then, DeviceStatus::Active);
        }
        for previous in &epoch.statement().previous {
            assert_eq!(world.register.epoch(previous.epoch).unwrap().history(), HistoryRule::Full);
        }
        let signer = world.register.device(epoch.signer(), epoch.begun()).unwrap();
        assert_eq!(signer.status, DeviceStatus::Active);
    }
    // Who is frozen does nothing, and is so until a freeze that was made is lifted.
    for person in world.register.people() {
        let is_frozen = world.register.is_frozen(Frozen::Person(person), now);
        assert_eq!(is_frozen, !world.register.freezes(Frozen::Person(person), now).is_empty());
        let active = world.register.devices_of(person, now).iter().any(|d| d.status == DeviceStatus::Active);
        assert!(!(is_frozen && (active || world.register.is_registrar(person, now))));
    }
    if let Some(epoch) = world.register.write_epoch(SOURCES, now) {
        for device in world.register.epoch(epoch).unwrap().roster() {
            assert!(world.register.may_write(*device, epoch, now).is_ok());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_statements_keeps_the_register_sound(
        steps in prop::collection::vec((any::<u8>(), 0..40_usize, 0..40_usize, 0..10_u8, 0..4_u8), 1..40)
    ) {
        let cast = cast();
        let (mut world, _) = World::full();
        let start = world.register.clone();
        let kept = world.log.len();
        let mut revoked = BTreeSet::new();
        for (what, a, b, by, days) in steps {
            world.time += i64::from(days) * DAY / 2;
            let act = act(&world, &cast, what, a, b);
            let [g, h] = [&world.govs[0], &world.govs[1]];
            let bytes = match by {
                0 | 1 => world.bytes(act, &By::Govs(&[g, h])),
                2..=4 => world.bytes(act, &By::Dev(&world.registrar)),
                5..=7 => world.bytes(act, &By::Dev(&world.manager)),
                8 => world.bytes(act, &By::Dev(&cast[a % cast.len()])),
                _ => world.bytes(act, &By::Devs(&[&world.manager, &world.ben])),
            };
            if days == 3 {
                let at = LogPosition::new(world.index + 1);
                let _outcome = world.register.apply(at, &bytes, Sight::OnSight);
            }
            let _outcome = world.apply(&bytes);
            check(&world);
            // A revocation is for good.
            for dev in &cast {
                let status = world.register.device(dev.id(), world.now()).map(|info| info.status);
                let is_revoked = matches!(status, Some(DeviceStatus::Revoked { .. }));
                prop_assert!(is_revoked || !revoked.contains(&dev.id()));
                if is_revoked && world.register.sighted().count() == 0 {
                    revoked.insert(dev.id());
                }
            }
        }
        // The same statements in the same order, without what was only sighted: the same register.
        let mut again = start;
        for (at, bytes, sight) in &world.log[kept..] {
            again.apply(*at, bytes, *sight).unwrap();
        }
        prop_assert_eq!(again.digest(), world.register.digest());
    }

    #[test]
    fn arbitrary_bytes_are_refused_and_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Statement::parse(&bytes).is_err());
        prop_assert!(Entry::parse(&bytes).is_err() || Entry::parse(&bytes).unwrap().to_bytes() == bytes);
        prop_assert!(verify_header(&bytes, &Dev::new(person(1), 1).keys).is_err());
        prop_assert!(JournalLeaf::parse(&bytes).is_ok_and(|leaf| leaf.to_bytes()[..] == bytes) || JournalLeaf::parse(&bytes).is_err());
        prop_assert!(Register::found(LogPosition::new(0), &bytes).is_err());
    }
}

//! What can happen in one step.

mod people;
mod succession;
mod trouble;
mod work;

use crate::rng::Choices;
use crate::world::{Trouble, World};

pub(crate) use succession::{generation, replace_if_stuck};
pub(crate) use work::{Face, sync_with};

/// The hub is on, and takes everything in.
pub(crate) fn start_hub(world: &mut World) -> Result<(), Trouble> {
    trouble::hub_starts(world).map(drop)
}

/// A kind of step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Somebody records something.
    Write,
    /// Somebody edits what is there.
    Edit,
    /// A desk and the hub, over a sound connection.
    Sync,
    /// A desk and the hub, over a connection that is cut.
    Cut,
    /// The hub signs, witnesses cosign, the time is marked.
    Tick,
    /// Time passes.
    Pass,
    /// A desk is locked and opened again.
    Lock,
    /// A pouch is written.
    PouchWrite,
    /// A pouch is read: an old one, a cut one, one twice.
    PouchRead,
    /// Somebody is admitted to a compartment.
    Admit,
    /// Somebody is removed from one.
    Remove,
    /// An epoch begins anew.
    Rekey,
    /// A person is frozen.
    Freeze,
    /// A person is not frozen any more.
    Unfreeze,
    /// A person is revoked.
    Revoke,
    /// Somebody new is enrolled.
    Enrol,
    /// Who was enrolled joins.
    Join,
    /// Somebody says what they may not say.
    Forbidden,
    /// A desk's machine stops or its disk fails, in the middle of something.
    DeskFails,
    /// A desk's machine stops between two things.
    DeskStops,
    /// The hub's machine stops or its disk fails, in the middle of something.
    HubFails,
    /// The hub's machine starts again.
    HubStarts,
    /// The hub is backed up.
    Backup,
    /// The hub is put back to a backup.
    Restore,
    /// The hub is lost for good: governors sign its end, and a standby goes on.
    Succession,
    /// A witness is gone, or back.
    Witness,
    /// A witness is slow: it decides now, and stores later.
    Slow,
    /// A slow witness stores.
    Late,
    /// A desk cannot reach the hub, or can again.
    Road,
    /// A clock goes wrong, or right.
    Clock,
    /// A desk's home is copied.
    Copy,
    /// An old copy of a home is put back.
    PutBack,
    /// A thief uses an old copy of a home.
    Thief,
    /// The hub shows a desk another face: an old one, one that forgets, one that leaves things out.
    Hostile,
}

/// All kinds, with their words, how often each happens, and whether it happens in this run's beginning.
pub const KINDS: [(Kind, &str, u64); 34] = [
    (Kind::Write, "write", 20),
    (Kind::Edit, "edit", 6),
    (Kind::Sync, "sync", 24),
    (Kind::Cut, "cut", 8),
    (Kind::Tick, "tick", 12),
    (Kind::Pass, "pass", 8),
    (Kind::Lock, "lock", 4),
    (Kind::PouchWrite, "pouch-write", 5),
    (Kind::PouchRead, "pouch-read", 6),
    (Kind::Admit, "admit", 3),
    (Kind::Remove, "remove", 2),
    (Kind::Rekey, "rekey", 2),
    (Kind::Freeze, "freeze", 1),
    (Kind::Unfreeze, "unfreeze", 1),
    (Kind::Revoke, "revoke", 1),
    (Kind::Enrol, "enrol", 1),
    (Kind::Join, "join", 3),
    (Kind::Forbidden, "forbidden", 2),
    (Kind::DeskFails, "desk-fails", 6),
    (Kind::DeskStops, "desk-stops", 2),
    (Kind::HubFails, "hub-fails", 5),
    (Kind::HubStarts, "hub-starts", 6),
    (Kind::Backup, "backup", 1),
    (Kind::Restore, "restore", 1),
    (Kind::Witness, "witness", 3),
    (Kind::Slow, "slow", 3),
    (Kind::Late, "late", 3),
    (Kind::Road, "road", 3),
    (Kind::Clock, "clock", 2),
    (Kind::Copy, "copy", 2),
    (Kind::PutBack, "put-back", 1),
    (Kind::Thief, "thief", 2),
    (Kind::Hostile, "hostile", 2),
    (Kind::Succession, "succession", 1),
];

impl Kind {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, word, _)| word)
    }

    /// The kind of a step, by chance.
    pub(crate) fn choose(rng: &mut Choices) -> Self {
        let total: u64 = KINDS.iter().map(|(_, _, weight)| weight).sum();
        let mut at = rng.below(total);
        for (kind, _, weight) in KINDS {
            if at < weight {
                return kind;
            }
            at -= weight;
        }
        Self::Write
    }
}

/// Does one step. What it gives is what happened, in words that do not depend on anything but the run.
pub(crate) fn perform(world: &mut World, kind: Kind, rng: &mut Choices) -> Result<String, Trouble> {
    match kind {
        Kind::Write => work::write(world, rng),
        Kind::Edit => work::edit(world, rng),
        Kind::Sync => work::sync(world, rng, false),
        Kind::Cut => work::sync(world, rng, true),
        Kind::Tick => {
            world.pass(1);
            world.tick(rng)?;
            let size = |of: &counterseal_hub::LogView| of.cosigned.as_ref().map_or(0, |(size, _)| *size);
            let view = world.host.hub.as_ref().map(counterseal_hub::SteppedHub::view);
            Ok(view.map_or("the hub is off".to_owned(), |view| {
                format!("{} {}", size(&view.statements), size(&view.journal))
            }))
        }
        Kind::Pass => {
            let seconds = [5, 60, 3600, 86_400].get(rng.index(4)).copied().unwrap_or(1);
            world.pass(seconds);
            Ok(format!("{seconds} s"))
        }
        Kind::Lock => work::lock(world, rng),
        Kind::PouchWrite => work::write_pouch(world, rng),
        Kind::PouchRead => work::read_pouch(world, rng),
        Kind::Admit | Kind::Remove | Kind::Rekey | Kind::Freeze | Kind::Unfreeze | Kind::Revoke => {
            people::say(world, kind, rng)
        }
        Kind::Enrol => people::enrol(world, rng),
        Kind::Join => people::join(world, rng),
        Kind::Forbidden => people::forbidden(world, rng),
        Kind::DeskFails => trouble::desk_fails(world, rng),
        Kind::DeskStops => trouble::desk_stops(world, rng),
        Kind::HubFails => trouble::hub_fails(world, rng),
        Kind::HubStarts => trouble::hub_starts(world),
        Kind::Backup => trouble::back_up(world),
        Kind::Restore => trouble::restore(world, rng),
        Kind::Succession => succession::succession(world, rng),
        Kind::Witness => trouble::witness(world, rng),
        Kind::Slow => trouble::slow(world, rng),
        Kind::Late => trouble::late(world, rng),
        Kind::Road => trouble::road(world, rng),
        Kind::Clock => trouble::clock(world, rng),
        Kind::Copy => trouble::copy(world, rng),
        Kind::PutBack => trouble::put_back(world, rng),
        Kind::Thief => trouble::thief(world, rng),
        Kind::Hostile => trouble::hostile(world, rng),
    }
}

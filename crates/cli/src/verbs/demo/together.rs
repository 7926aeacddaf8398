//! Two further persons, each with a home of their own, who join the demo's mission and share it through the
//! hub.

use std::path::Path;
use std::sync::Arc;

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, DeviceId, PersonId, RecordId};
use counterseal_node::{
    Desk, Filter, Go, GovernorFile, Home, Invited, Sort, SyncOptions, SyncReport, write_new_private,
};

use super::super::serving::asked;
use super::make;
use super::served::{PATIENCE, PAUSE, Served};
use super::trustees::Trustees;
use crate::context::Context;
use crate::failure::Failure;

/// Who joins: the name in the mission, and the folder of the home.
pub(super) const JOINING: [(&str, &str); 2] =
    [("Officer Inkwell", "home-inkwell"), ("Madame Lantern", "home-lantern")];

/// A joined person's desk.
pub(super) struct Joined {
    pub(super) person: PersonId,
    pub(super) desk: Desk,
}

/// The servers and who joined.
pub(super) struct Together {
    pub(super) served: Served,
    pub(super) trustees: Option<Trustees>,
    pub(super) joined: Vec<Joined>,
}

impl Together {
    /// Starts hub and witnesses in `base` and gives them what the founder's desk has.
    pub(super) fn start(
        ctx: &Context,
        base: &Path,
        founder: &mut Desk,
        governor: &Path,
    ) -> Result<Self, Failure> {
        let bytes = std::fs::read(governor).map_err(|e| Failure::file("read", governor, e))?;
        let governor = GovernorFile::open(bytes, &make::passphrase(ctx)?)?;
        let served = Served::start(ctx, base, founder, &governor)?;
        let together = Self { served, trustees: None, joined: Vec::new() };
        together.sync_until(ctx, founder, is_logged)?;
        founder.set_hub_address(&together.served.address())?;
        Ok(together)
    }

    /// Has further persons invited, enrolled and admitted, and join.
    pub(super) fn join(
        &mut self,
        ctx: &Context,
        base: &Path,
        founder: &mut Desk,
        joining: &[(&str, &str)],
    ) -> Result<(), Failure> {
        let passphrase = make::passphrase(ctx)?;
        let compartment = founder.default_compartment()?;
        let mut asking = Vec::new();
        for (name, folder) in joining {
            let home = Home::open(&base.join(folder))?;
            let file = home.path().join(make::PASSPHRASE_FILE);
            write_new_private(&file, format!("{}\n", super::PASSPHRASE).as_bytes())?;
            let invited = Invited::NewPerson { name: (*name).to_owned(), until: None };
            let asked = founder.invite_at_hand(&home, invited, &passphrase, &mut ctx.randomness())?;
            let (waiting, person, device) = (asked.place, asked.person, asked.device);
            // What permits has effect once a time mark over it is cosigned: first the enrolment, then the
            // admission.
            let everyone = founder.register().mission_compartment();
            self.sync_until(ctx, founder, |desk| Ok(is_logged(desk)? && is_in(desk, everyone, device)))?;
            founder.admit(compartment, person)?;
            self.sync_until(ctx, founder, |desk| Ok(is_logged(desk)? && is_in(desk, compartment, device)))?;
            asking.push((home, waiting, person));
        }
        let statements = founder.statements_file()?;
        for (home, waiting, person) in asking {
            let clock = Arc::clone(&ctx.outside.clock);
            let desk = Desk::join(&home, &waiting, &statements, &passphrase, clock, ctx.randomness())?;
            self.joined.push(Joined { person, desk });
        }
        let wanted = founder.journal_heads()?;
        for place in 0..self.joined.len() {
            self.joined_until(ctx, place, |desk| {
                Ok(wanted.iter().all(|head| desk.journal_heads().is_ok_and(|heads| heads.contains(head))))
            })?;
        }
        let address = self.served.address();
        self.joined.iter_mut().try_for_each(|one| Ok(one.desk.set_hub_address(&address)?))
    }

    /// Syncs a desk until a condition holds. Nothing may be refused or lost on the way.
    pub(super) fn sync_until(
        &self,
        ctx: &Context,
        desk: &mut Desk,
        done: impl Fn(&Desk) -> Result<bool, Failure>,
    ) -> Result<(), Failure> {
        sync_until(ctx, &self.served.address(), desk, done)
    }

    /// As `sync_until`, of one who joined.
    pub(super) fn joined_until(
        &mut self,
        ctx: &Context,
        place: usize,
        done: impl Fn(&Desk) -> Result<bool, Failure>,
    ) -> Result<(), Failure> {
        let address = self.served.address();
        let one = self.joined.get_mut(place).ok_or_else(|| ctx.refuse("check-nobody", &[]))?;
        sync_until(ctx, &address, &mut one.desk, done)
    }

    /// One session of one who joined, whatever comes of it.
    pub(super) fn sync_once(&mut self, ctx: &Context, place: usize) -> Result<SyncReport, Failure> {
        let address = self.served.address();
        let one = self.joined(ctx, place)?;
        one.desk.sync(&address, &SyncOptions::default(), &mut |_| Go::On).map_err(asked)
    }

    /// One who joined.
    pub(super) fn joined(&mut self, ctx: &Context, place: usize) -> Result<&mut Joined, Failure> {
        self.joined.get_mut(place).ok_or_else(|| ctx.refuse("check-nobody", &[]))
    }

    /// Writes a note on the desk of one who joined, and syncs until it is logged.
    pub(super) fn write(&mut self, ctx: &Context, place: usize, text: &str) -> Result<RecordId, Failure> {
        let id = note(&mut self.joined(ctx, place)?.desk, text)?;
        self.joined_until(ctx, place, is_logged)?;
        Ok(id)
    }

    /// Locks the desks of those who joined, and stops the servers.
    pub(super) fn stop(self) -> Result<(), Failure> {
        let closed = self.joined.into_iter().try_for_each(|one| one.desk.close());
        self.trustees.into_iter().for_each(Trustees::stop);
        self.served.stop();
        Ok(closed?)
    }
}

/// Writes a note.
pub(super) fn note(desk: &mut Desk, text: &str) -> Result<RecordId, Failure> {
    let compartment = desk.default_compartment()?;
    let note = Note { text: text.to_owned(), ..Note::default() };
    Ok(desk.record_new(compartment, Body::Note(Box::new(note)), Classification::Confidential)?)
}

/// Whether all that a desk has said and written is in the logs.
pub(super) fn is_logged(desk: &Desk) -> Result<bool, Failure> {
    Ok(desk.waiting_statements()?.is_empty() && desk.unlogged()?.is_empty())
}

/// Whether a device has the secrets of a compartment, as this desk's register has it.
fn is_in(desk: &Desk, compartment: CompartmentId, device: DeviceId) -> bool {
    let mut views = desk.compartments().into_iter();
    views.any(|view| view.id == compartment && view.members.contains(&device))
}

/// Whether the words of a note lead to it.
pub(super) fn finds(desk: &Desk, text: &str, id: RecordId) -> Result<bool, Failure> {
    let filter = Filter { words: Some(format!("\"{text}\"")), ..Filter::default() };
    Ok(desk.find(&filter, Sort::Newest, 10)?.iter().any(|view| view.id() == id))
}

fn sync_until(
    ctx: &Context,
    address: &str,
    desk: &mut Desk,
    done: impl Fn(&Desk) -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let elapsed = (ctx.outside.stopwatch)();
    loop {
        let report = desk.sync(address, &SyncOptions::default(), &mut |_| Go::On).map_err(asked)?;
        if let Some(what) = refused(&report) {
            return Err(ctx.refuse("check-sync-refused", &[("what", what.into())]));
        }
        if done(desk)? {
            return Ok(());
        }
        if elapsed() > PATIENCE {
            let seconds = PATIENCE.as_secs().to_string();
            return Err(ctx.refuse("check-sync-never", &[("seconds", seconds.into())]));
        }
        std::thread::sleep(PAUSE);
    }
}

/// What a session refused or lost, if anything.
fn refused(report: &SyncReport) -> Option<String> {
    let pushes = report.refused_pushes.iter().map(|push| push.code.clone());
    let entries = report.refused_entries.iter().cloned();
    let statements = report.refused_statements.iter().map(|(_, refusal)| refusal.to_string());
    let mut what: Vec<_> = pushes.chain(entries).chain(statements).chain(report.ended.clone()).collect();
    for (name, count) in [("dropped", report.dropped), ("late", report.late)] {
        what.extend((count > 0).then(|| format!("{count} {name}")));
    }
    what.extend((!report.evidence.is_empty()).then(|| "evidence".to_owned()));
    (!what.is_empty()).then(|| what.join(", "))
}

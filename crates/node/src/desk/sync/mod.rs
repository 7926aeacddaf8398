//! A session with a hub, from the desk's side: bytes in, bytes out, and everything that comes is checked and
//! kept before it counts. The caller has the connection.

mod held;
mod outbox;
mod report;
mod sight;
mod state;

use std::collections::BTreeMap;

use counterseal_ledger::Hash;
use counterseal_mirror::MirrorError;
use counterseal_model::{CompartmentId, EntryId, Timestamp};
use counterseal_register::{Bytes, Entry, KeyId, LogKind};
use counterseal_sync::{
    Acceptance, Budget, DeskEvent, DeskSession, EntryPart, Hello, Known, List, LogHead, Pushed, RangeSet,
    Refused, Unpacked, Urgency, Welcome,
};

use super::follow::LogNews;
use super::lost::LostState;
use super::room::Room;
use super::take::Arrived;
use super::{Desk, LogView};
use crate::error::NodeError;
pub use held::Gap;
pub(in crate::desk) use held::cut_held;
use outbox::Outbox;
pub use report::{RefusedPush, SyncReport};

/// What a session is to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncOptions {
    /// Most bytes to send, and most bytes of the hub's answer.
    pub budget: Option<u64>,
    /// Entries of these compartments only; of all when none is named.
    pub compartments: Vec<CompartmentId>,
    /// Only entries that were logged since then.
    pub not_before: Option<Timestamp>,
    /// Only entries of at most so many bytes.
    pub largest: Option<u64>,
    /// Whether the session goes on, with what is written later on either side.
    pub continuous: bool,
    /// Whether nothing that hubs said before counts: everything is asked for that is not in the store.
    pub anew: bool,
    /// Trustees that are reached elsewhere than the register says, as `host:port`.
    pub trustees: BTreeMap<KeyId, String>,
}

/// A session under way.
pub struct SyncRun {
    session: DeskSession,
    news: LogNews,
    outbox: Outbox,
    report: SyncReport,
    continuous: bool,
    /// The hub has sent all that it announced last.
    done: bool,
    /// The compartments that the Hello was made for.
    joined: Vec<CompartmentId>,
    /// Leaves whose entry came and was refused: it is asked for again.
    refused: RangeSet,
    /// Leaves at which, by the hub's word, entries of this desk stand.
    claims: RangeSet,
    /// Sizes of both logs as the hub announced them.
    announced: (u64, u64),
    /// How much may wait in memory.
    room: Room,
    /// Where trustees are reached, if elsewhere than the register says.
    trustees: BTreeMap<KeyId, String>,
}

/// Leaves that others may add to a log during a session, at most.
const OTHERS: u64 = 1 << 20;

impl Desk {
    /// Begins a session in a TLS connection whose exporter (RFC 5705, "EXPORTER-counterseal-sync") is given.
    ///
    /// # Errors
    /// `TwoTrees` while a log of the hub is known to have signed two; when the store cannot be read.
    pub fn begin_sync(&mut self, exporter: &[u8; 32], options: &SyncOptions) -> Result<SyncRun, NodeError> {
        self.check_one_tree()?;
        self.release_batches()?;
        let report = SyncReport { unfinished_dropped: self.make_room()?, ..SyncReport::default() };
        let signature = self.secrets.prove_session(self.mission(), exporter)?;
        let (statements, journal) = (self.log(LogKind::Statements)?, self.log(LogKind::Journal)?);
        let known = Known::new(head_of(statements), head_of(journal), self.held(options.anew)?);
        let mut hello = Hello::new(self.mission(), self.device(), signature, known, self.now());
        hello.compartments = List::first(options.compartments.clone());
        hello.not_before = options.not_before;
        hello.largest = options.largest;
        hello.budget = options.budget;
        hello.continuous = options.continuous;
        hello.partials = List::first(self.partials()?);
        let mut news = LogNews::default();
        news.statements.from = statements.map_or(0, |log| log.size);
        news.journal.from = journal.map_or(0, |log| log.size);
        Ok(SyncRun {
            session: DeskSession::new(hello, Budget::of(options.budget)),
            news,
            outbox: self.outbox()?,
            report,
            continuous: options.continuous,
            done: false,
            joined: self.member_of(),
            refused: RangeSet::new(),
            claims: RangeSet::new(),
            announced: (0, 0),
            room: Room::MOST,
            trustees: options.trustees.clone(),
        })
    }
}

fn head_of(log: Option<LogView>) -> LogHead {
    match log {
        Some(log) => LogHead { size: log.size, root: Bytes(log.root) },
        None => LogHead { size: 0, root: Bytes(*Hash::EMPTY_ROOT.as_bytes()) },
    }
}

impl SyncRun {
    /// Takes in what the hub sent. What is reported as taken is durable.
    ///
    /// # Errors
    /// When the hub does what it may not, tells of another history, or the store fails. The session is over
    /// then; `next_output` has the last word for the hub.
    pub fn feed(&mut self, desk: &mut Desk, input: &[u8]) -> Result<(), NodeError> {
        let fed = self.feed_all(desk, input);
        if let Err(NodeError::Mirror(MirrorError::OtherTree { .. })) = &fed {
            let statements = (LogKind::Statements, self.news.statements.note.as_slice());
            desk.prove_against_hub([statements, (LogKind::Journal, &self.news.journal.note)])?;
        }
        fed
    }

    fn feed_all(&mut self, desk: &mut Desk, mut input: &[u8]) -> Result<(), NodeError> {
        let mut entries = Vec::new();
        while let Some(event) = self.session.feed(&mut input)? {
            if let DeskEvent::Entries(unpacked) = event {
                entries.extend(unpacked);
                continue;
            }
            self.take_entries(desk, &mut entries)?;
            self.take(desk, event)?;
        }
        self.take_entries(desk, &mut entries)
    }

    /// The next bytes for the hub; `None` when there are none now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_output(&mut self, desk: &Desk) -> Result<Option<Vec<u8>>, NodeError> {
        if self.outbox.push(desk, &mut self.session)? && !self.continuous {
            self.session.close();
        }
        Ok(self.session.next_output())
    }

    /// Begins a slot in a session that goes on: the next batch of every guarded compartment leaves, with what was
    /// written meanwhile. Only while the session `is_settled`.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn begin_slot(&mut self, desk: &mut Desk) -> Result<(), NodeError> {
        desk.release_batches()?;
        self.outbox.renew(desk)
    }

    /// Where trustees are reached, if elsewhere than the register says.
    pub(crate) fn trustees(&self) -> &BTreeMap<KeyId, String> {
        &self.trustees
    }

    /// Ends a session that goes on, once what is under way is answered.
    pub fn close(&mut self) {
        self.continuous = false;
    }

    /// Whether both sides have said all.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.session.is_finished()
    }

    /// With room for so many bytes of statements and so many leaves that no checkpoint covers yet. For tests.
    #[doc(hidden)]
    #[must_use]
    pub fn with_room(mut self, statements: usize, leaves: usize) -> Self {
        self.room = Room { statements, leaves, ..Room::MOST };
        self
    }

    /// Bytes of frames in both directions.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let progress = self.session.progress();
        progress.bytes_in.saturating_add(progress.bytes_out)
    }

    /// Whether nothing is under way in a session that goes on: the hub has sent all, and answered all.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.continuous && self.done && self.session.unanswered().next().is_none()
    }

    /// How far it is, and what came of it.
    #[must_use]
    pub fn report(&self) -> SyncReport {
        let mut report = self.report.clone();
        report.progress = self.session.progress();
        report.stays = self.outbox.left();
        report
    }

    fn check_room(&self) -> Result<(), NodeError> {
        let statements = self.news.statements.items.iter().map(Vec::len).sum();
        self.room.check(Room { statements, leaves: self.news.journal.items.len(), entries: 0 })
    }

    fn take(&mut self, desk: &mut Desk, event: DeskEvent) -> Result<(), NodeError> {
        match event {
            DeskEvent::Welcome(welcome) => self.welcome(desk, welcome),
            DeskEvent::Statements(statements) => {
                let new = statements.envelopes.into_vec().into_iter().map(|one| one.into_vec());
                self.news.statements.items.extend(new);
                self.check_room()?;
                self.follow_statements(desk)
            }
            DeskEvent::Leaves(leaves) => {
                self.news.journal.items.extend_from_slice(leaves.leaves());
                self.check_room()?;
                self.follow_journal(desk)
            }
            DeskEvent::Entries(_) => Ok(()), // gathered before
            DeskEvent::Part(part) => self.part(desk, &part),
            DeskEvent::Grown(grown) => {
                self.done = false;
                self.announced = (grown.statements.size, grown.journal.size);
                self.news.statements.note = grown.statements.checkpoint.into_vec();
                self.news.journal.note = grown.journal.checkpoint.into_vec();
                self.follow_statements(desk)?;
                self.follow_journal(desk)
            }
            DeskEvent::Accepted(accepted) => {
                self.check_places(&accepted)?;
                desk.note_accepted(&accepted)?;
                let entries = accepted.iter().filter(|one| matches!(one.what, Pushed::Entry(_)));
                self.claims.add(&entries.map(|one| one.index).collect());
                self.report.accepted += accepted.len() as u64;
                self.save_held(desk)
            }
            DeskEvent::Refused(refused) => self.refused(desk, refused),
            DeskEvent::Done(done) => {
                self.done = true;
                self.follow_statements(desk)?;
                self.follow_journal(desk)?;
                (self.report.left_entries, self.report.left_bytes) =
                    (done.entries.unwrap_or(0), done.bytes.unwrap_or(0));
                self.report.misplaced = desk.misplaced(&self.claims)?;
                self.report.gaps = desk.gaps()?;
                self.report.written_again += desk.write_again()?;
                self.report.own_late = desk.own_late()?;
                let lost =
                    desk.lost_statements()?.into_iter().filter(|lost| lost.state != LostState::Refused);
                self.report.lost = lost.count() as u64;
                self.save_held(desk)
            }
            DeskEvent::Ended(code) => {
                self.report.ended = Some(code.as_str().to_owned());
                Ok(())
            }
        }
    }

    /// A place that the hub names must be one that there can be.
    fn check_places(&self, accepted: &[Acceptance]) -> Result<(), NodeError> {
        let pushed = self.session.progress().pushed.saturating_add(OTHERS);
        let can_be = |one: &Acceptance| match one.what {
            Pushed::Statement(_) => one.index < self.announced.0.saturating_add(pushed),
            Pushed::Entry(_) => one.index < self.announced.1.saturating_add(pushed),
        };
        match accepted.iter().all(can_be) {
            true => Ok(()),
            false => Err(MirrorError::Log("it names a place in a log that cannot be".to_owned()).into()),
        }
    }

    /// What is held, but for entries that were refused: another hub may have the true ones.
    fn save_held(&self, desk: &mut Desk) -> Result<(), NodeError> {
        let mut held = self.session.held();
        held.have.subtract(&self.refused);
        held.missing.add(&self.refused);
        desk.save_held(&held, &self.claims, &self.joined)
    }

    fn welcome(&mut self, desk: &mut Desk, welcome: Welcome) -> Result<(), NodeError> {
        self.report.hub_clock_ahead = Some(welcome.clock.0.saturating_sub(desk.now().0));
        self.announced = (welcome.statements.size, welcome.journal.size);
        self.report.dropped += desk.drop_unreal_acceptances(self.announced)?;
        self.news.statements.note = welcome.statements.checkpoint.into_vec();
        self.news.journal.note = welcome.journal.checkpoint.into_vec();
        self.outbox.offer(desk, &welcome.lacks)?;
        self.follow_statements(desk)?;
        self.follow_journal(desk)
    }

    /// Follows the statement log once all that its checkpoint covers is here.
    fn follow_statements(&mut self, desk: &mut Desk) -> Result<(), NodeError> {
        if self.news.statements.is_covered()? {
            let news = LogNews { statements: self.news.statements.clone(), ..LogNews::default() };
            let size = self.follow(desk, &news, LogKind::Statements)?;
            self.news.statements.stored(size);
        } else if !self.news.statements.note.is_empty() {
            return Ok(());
        }
        self.obey_beyond(desk)
    }

    /// Follows the journal log once all that its checkpoint covers is here, and the statements that name hub and
    /// witnesses.
    fn follow_journal(&mut self, desk: &mut Desk) -> Result<(), NodeError> {
        if self.news.journal.is_covered()? && desk.has_hub() {
            let news = LogNews { journal: self.news.journal.clone(), ..LogNews::default() };
            let size = self.follow(desk, &news, LogKind::Journal)?;
            self.news.journal.stored(size);
        }
        Ok(())
    }

    /// How many leaves of the log are here afterwards.
    fn follow(&mut self, desk: &mut Desk, news: &LogNews, log: LogKind) -> Result<u64, NodeError> {
        let followed = desk.follow(news)?;
        self.report.add(followed);
        self.report.dropped += desk.drop_false_acceptances()?;
        Ok(desk.log(log)?.map_or(0, |log| log.size))
    }

    /// What stands above the cosigned checkpoint is not logged yet; what of it takes away is obeyed.
    fn obey_beyond(&mut self, desk: &mut Desk) -> Result<(), NodeError> {
        if desk.has_hub() && !self.news.statements.items.is_empty() {
            self.report.on_sight +=
                desk.obey_on_sight(self.news.statements.from, &self.news.statements.items)?;
        }
        Ok(())
    }

    fn take_entries(&mut self, desk: &mut Desk, entries: &mut Vec<Unpacked>) -> Result<(), NodeError> {
        if entries.is_empty() {
            return Ok(());
        }
        let leaves: BTreeMap<EntryId, u64> =
            entries.iter().filter_map(|one| Some((one.id, one.leaf?))).collect();
        let arrived: Vec<Arrived> = entries.drain(..).map(arrived).collect();
        let taken = desk.take_entries(&arrived)?;
        for refused in &taken.refused {
            if let Some(leaf) = leaves.get(&refused.entry) {
                self.refused.insert(*leaf);
            }
        }
        self.claims.add(&leaves.into_values().collect());
        self.report.take(taken);
        self.save_held(desk)
    }

    /// A piece of a large entry: kept, and taken in once it is whole.
    fn part(&mut self, desk: &mut Desk, part: &EntryPart) -> Result<(), NodeError> {
        let kept = desk.keep_part(part)?;
        self.report.unfinished_dropped += kept.dropped;
        let Some(bytes) = kept.whole else { return Ok(()) };
        if bytes.len() as u64 != part.total {
            // Its beginning gave way to others: it is asked for again, from there.
            self.refused.insert(part.leaf);
            desk.forget_part(part.leaf)?;
            return self.save_held(desk);
        }
        let taken = match Entry::parse(&bytes) {
            Ok(entry) => {
                let urgency = Urgency::Large.code();
                let taken = desk.take_entries(&[Arrived { entry, urgency }]);
                let forgotten = desk.forget_part(part.leaf);
                self.claims.insert(part.leaf);
                // Of two failures the first says why.
                let taken = taken?;
                forgotten?;
                if !taken.refused.is_empty() {
                    self.refused.insert(part.leaf);
                }
                taken
            }
            Err(refusal) => {
                desk.forget_part(part.leaf)?;
                return Err(refusal.into());
            }
        };
        self.report.take(taken);
        self.save_held(desk)
    }

    fn refused(&mut self, desk: &mut Desk, refused: Refused) -> Result<(), NodeError> {
        if let Pushed::Statement(id) = refused.what {
            desk.note_refused(id, refused.code.as_str())?;
        }
        let code = refused.code.as_str().to_owned();
        self.report.refused_pushes.push(RefusedPush { what: refused.what, code });
        Ok(())
    }
}

fn arrived(unpacked: Unpacked) -> Arrived {
    Arrived { entry: unpacked.entry, urgency: unpacked.urgency.code() }
}

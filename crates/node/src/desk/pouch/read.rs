//! Reading a pouch: statements first, then entries, each batch in a commit of its own. What is in it already
//! here changes nothing, so a pouch may be read twice, in any order, or in part.

use std::path::Path;

use counterseal_register::{JournalLeaf, LogKind};
use counterseal_sync::{Contents, PouchEvent, Statements, Unpacked};

use super::order::OrderNews;
use super::report::{PouchReadReport, PouchView};
use super::source::{PouchAt, Source};
use crate::desk::room::Room;
use crate::desk::{Arrived, Desk, LogNews, NewLeaves, Taken};
use crate::error::NodeError;

/// Bytes of ciphertext that are kept in one commit.
const BATCH: u64 = 1 << 20;

impl Desk {
    /// Takes in a pouch. `progress` is told how many bytes of how many are read.
    ///
    /// # Errors
    /// When it is no pouch, not for this device or of another mission, when what it tells of the logs is not
    /// what its checkpoints are of, or when the store fails. What was read before is kept; read it again to
    /// go on.
    pub fn read_pouch(
        &mut self,
        path: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<PouchReadReport, NodeError> {
        self.read_pouch_at(PouchAt::File(path), progress)
    }

    /// As `read_pouch`, from a file or from memory.
    ///
    /// # Errors
    /// As `read_pouch`.
    pub fn read_pouch_at(
        &mut self,
        at: PouchAt<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<PouchReadReport, NodeError> {
        self.read_pouch_within(at, Room::MOST, progress)
    }

    /// As `read_pouch_at`, with less room. For tests.
    ///
    /// # Errors
    /// As `read_pouch`.
    #[doc(hidden)]
    pub fn read_pouch_within(
        &mut self,
        at: PouchAt<'_>,
        room: Room,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<PouchReadReport, NodeError> {
        // The keys are the desk's, and the desk takes in what is read.
        let mut source = Source::open(at, &self.secrets, self.mission(), room)?;
        let mut reading = Reading::default();
        loop {
            match source.next() {
                Ok(Some(event)) => reading.take(self, event)?,
                Ok(None) => break,
                Err(NodeError::Pouch(refusal)) if reading.contents.is_some() => {
                    reading.report.damage = Some(refusal);
                    break;
                }
                Err(error) => return Err(error),
            }
            let (read, size) = source.progress();
            progress(read, size);
        }
        if reading.contents.is_none() {
            return Err(counterseal_sync::PouchRefusal::Damaged { number: 0 }.into());
        }
        reading.report.whole = source.is_whole();
        let unread = source.unread();
        reading.report.missing_entries = unread.entries.iter().map(|(_, places)| places.count()).sum();
        reading.report.missing_statements = unread.statements;
        reading.finish(self)
    }

    /// What a pouch holds, without taking anything in.
    ///
    /// # Errors
    /// When it is no pouch, or cannot be read.
    pub fn show_pouch(&self, path: &Path) -> Result<PouchView, NodeError> {
        self.show_pouch_at(PouchAt::File(path))
    }

    /// As `show_pouch`, from a file or from memory.
    ///
    /// # Errors
    /// As `show_pouch`.
    pub fn show_pouch_at(&self, at: PouchAt<'_>) -> Result<PouchView, NodeError> {
        let mut view = PouchView { bytes: at.size()?, ..PouchView::default() };
        let mut source = match Source::open(at, &self.secrets, self.mission(), Room::MOST) {
            Ok(source) => source,
            Err(NodeError::Pouch(counterseal_sync::PouchRefusal::NotForThisDevice)) => return Ok(view),
            Err(error) => return Err(error),
        };
        view.readable = true;
        loop {
            match source.next() {
                Ok(Some(event)) => self.note_event(&mut view, event),
                Ok(None) => break,
                Err(NodeError::Pouch(refusal)) => {
                    view.damage = Some(refusal);
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        view.whole = source.is_whole();
        Ok(view)
    }

    fn note_event(&self, view: &mut PouchView, event: PouchEvent) {
        match event {
            PouchEvent::Contents(contents) => {
                view.signed = self.is_signed(&contents);
                (view.from, view.written) = (Some(contents.device), Some(contents.written));
            }
            PouchEvent::Statements(statements) => view.statements += statements.envelopes.len() as u64,
            PouchEvent::Leaves(leaves) => view.leaves += leaves.leaves().len() as u64,
            PouchEvent::Entries(entries) => {
                for claimed in entries.iter().filter_map(|entry| entry.claimed) {
                    match view.entries.iter_mut().find(|(known, _)| *known == claimed.compartment) {
                        Some((_, count)) => *count += 1,
                        None => view.entries.push((claimed.compartment, 1)),
                    }
                }
            }
            PouchEvent::LogState(_) | PouchEvent::End => {}
        }
    }

    fn is_signed(&self, contents: &Contents) -> bool {
        self.register.device_keys(contents.device).is_some_and(|keys| contents.is_signed_by(keys))
    }
}

/// A pouch that is being read.
#[derive(Default)]
struct Reading {
    contents: Option<Contents>,
    order: Option<OrderNews>,
    waiting: Vec<Vec<u8>>,
    leaves: Option<NewLeaves<[u8; JournalLeaf::LEN]>>,
    entries: Vec<Arrived>,
    bytes: u64,
    report: PouchReadReport,
}

impl Reading {
    fn take(&mut self, desk: &mut Desk, event: PouchEvent) -> Result<(), NodeError> {
        match event {
            PouchEvent::Contents(contents) => {
                self.report.from = Some(contents.device);
                self.report.written = Some(contents.written);
                self.contents = Some(contents);
            }
            PouchEvent::LogState(logs) => {
                let (statements, journal) = (logs.statements, logs.journal);
                let note = statements.checkpoint.into_vec();
                self.order = Some(OrderNews { note, size: statements.size, ..OrderNews::default() });
                let note = journal.checkpoint.into_vec();
                self.leaves = Some(NewLeaves { from: journal.size, items: Vec::new(), note });
            }
            PouchEvent::Statements(statements) => self.take_statements(statements),
            PouchEvent::Leaves(leaves) => {
                self.take_order(desk)?;
                let news = self.leaves.get_or_insert_default();
                if news.items.is_empty() {
                    news.from = leaves.from();
                }
                if news.end() == leaves.from() {
                    news.items.extend_from_slice(leaves.leaves());
                }
            }
            PouchEvent::Entries(entries) => {
                self.take_order(desk)?;
                self.take_leaves(desk)?;
                self.take_entries(desk, entries)?;
            }
            PouchEvent::End => {}
        }
        Ok(())
    }

    fn take_statements(&mut self, statements: Statements) {
        let items: Vec<_> = statements.envelopes.into_vec().into_iter().map(|item| item.into_vec()).collect();
        match (statements.from, &mut self.order) {
            (Some(from), Some(order)) => order.push(from, items),
            _ => self.waiting.extend(items),
        }
    }

    /// Statements come first: who wrote what is judged by them.
    fn take_order(&mut self, desk: &mut Desk) -> Result<(), NodeError> {
        if let Some(order) = self.order.take() {
            desk.take_order(order, &mut self.report)?;
        }
        if !self.waiting.is_empty() && desk.has_hub() {
            desk.take_waiting(std::mem::take(&mut self.waiting), &mut self.report)?;
        }
        if let Some(contents) = self.contents.as_ref().filter(|_| !self.report.signed)
            && desk.is_signed(contents)
        {
            self.report.signed = true;
            desk.note_known(contents)?;
        }
        Ok(())
    }

    /// Leaves of the journal log, once all of them came: flash reports may stand before them.
    fn take_leaves(&mut self, desk: &mut Desk) -> Result<(), NodeError> {
        let Some(news) = self.leaves.take_if(|news| !news.items.is_empty()) else { return Ok(()) };
        follow_leaves(desk, news, &mut self.report)
    }

    fn take_entries(&mut self, desk: &mut Desk, entries: Vec<Unpacked>) -> Result<(), NodeError> {
        for one in entries {
            self.bytes += one.ciphertext();
            self.entries.push(Arrived { entry: one.entry, urgency: one.urgency.code() });
        }
        if self.bytes >= BATCH { self.keep_entries(desk) } else { Ok(()) }
    }

    fn keep_entries(&mut self, desk: &mut Desk) -> Result<(), NodeError> {
        self.bytes = 0;
        let arrived = std::mem::take(&mut self.entries);
        if arrived.is_empty() {
            return Ok(());
        }
        let taken = desk.take_entries(&arrived)?;
        let sum: &mut Taken = &mut self.report.entries;
        sum.new += taken.new;
        sum.known += taken.known;
        sum.waiting += taken.waiting;
        sum.late += taken.late;
        sum.evidence.extend(taken.evidence);
        sum.refused.extend(taken.refused);
        Ok(())
    }

    fn finish(mut self, desk: &mut Desk) -> Result<PouchReadReport, NodeError> {
        self.take_order(desk)?;
        if let Some(news) = self.leaves.take() {
            follow_leaves(desk, news, &mut self.report)?;
        }
        self.keep_entries(desk)?;
        self.report.settled += desk.settle()?;
        Ok(self.report)
    }
}

/// Follows the journal log with what came of it, if that reaches from what is here to the checkpoint.
fn follow_leaves(
    desk: &mut Desk,
    journal: NewLeaves<[u8; JournalLeaf::LEN]>,
    report: &mut PouchReadReport,
) -> Result<(), NodeError> {
    if journal.note.is_empty() || !desk.has_hub() {
        return Ok(());
    }
    let ours = desk.log(LogKind::Journal)?.map_or(0, |log| log.size);
    let claimed = counterseal_mirror::claimed_size(&journal.note)?;
    if claimed > ours && journal.from > ours {
        report.leaf_gap = Some(ours..journal.from);
        return Ok(());
    }
    if journal.end() < claimed {
        return Ok(()); // cut off; what is missing is asked for again
    }
    let followed = desk.follow(&LogNews { journal, ..LogNews::default() })?;
    report.leaves += followed.leaves;
    report.settled += followed.settled;
    Ok(())
}

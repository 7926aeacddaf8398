//! Following both logs from their files, by the rules that desks follow them.

use counterseal_ledger::Frontier;
use counterseal_mirror::{
    JournalMark, JournalStep, LeafNodes, LogFiles, LogRow, MirrorError, StatementRow, believe_journal,
    claimed_size, extend, join_journal, look_back, read_journal, read_statements, replay_log,
};
use counterseal_model::{StatementId, Timestamp};
use counterseal_register::{LogKind, Register, sha256};

use super::rows::{self, StoredLeaves};
use super::{Advanced, FollowError, Mirror};
use crate::store::{Batch, MirrorStep, Store};

/// What the statement log's part came to.
struct StatementNews {
    register: Register,
    marks: Vec<JournalMark>,
    running: Timestamp,
    rows: Vec<StatementRow>,
    unchanged: u64,
    row: LogRow,
}

impl Mirror {
    pub(super) fn follow(
        &mut self,
        store: &mut Store,
        files: &mut dyn LogFiles<Error = FollowError>,
        notes: &[(LogKind, Vec<u8>)],
    ) -> Result<Advanced, FollowError> {
        let note = |log| notes.iter().find(|(of, _)| *of == log).map_or(&[][..], |(_, note)| note.as_slice());
        let (statements_note, journal_note) = (note(LogKind::Statements), note(LogKind::Journal));
        let mut advanced =
            Advanced { crossed: self.cross_over(store, files, statements_note)?, ..Advanced::default() };
        let news = self.statement_news(store, files, statements_note, &mut advanced)?;
        let mut step = MirrorStep::default();
        self.journal_news(store, files, journal_note, news.as_ref(), &mut step, &mut advanced)?;
        if let Some(news) = news {
            let covered = usize::try_from(news.row.frontier.size()).unwrap_or(usize::MAX);
            let rows = news.rows.into_iter().take(covered);
            let changed = rows.filter(|row| row.index >= news.unchanged);
            step.statements = changed.collect();
            let id = |row: &StatementRow| StatementId::from_bytes(sha256(&[&row.item]));
            step.logged = step.statements.iter().map(id).collect();
            step.logs.push((LogKind::Statements, news.row));
        }
        if !step.logs.is_empty() || !step.marks.is_empty() {
            store.commit(&Batch { mirror: step, ..Batch::default() })?;
            self.reload(store)?;
        }
        Ok(advanced)
    }

    fn statement_news(
        &self,
        store: &Store,
        files: &mut dyn LogFiles<Error = FollowError>,
        note: &[u8],
        advanced: &mut Advanced,
    ) -> Result<Option<StatementNews>, FollowError> {
        let (log, known) = (LogKind::Statements, store.read(|db| rows::load_log(db, LogKind::Statements))?);
        if note.is_empty() || known.as_ref().is_some_and(|known| known.note == note) {
            return Ok(None);
        }
        let (claimed, size) = (claimed_size(note)?, known.as_ref().map_or(0, |known| known.frontier.size()));
        if claimed <= size {
            self.look_back(store, log, note, size, advanced)?;
            return Ok(None);
        }
        let mut rows = store.read(rows::statement_rows)?;
        let items = read_statements(files, size..claimed)?;
        extend(&mut rows, size, &items)?;
        if rows.first().is_none_or(|row| sha256(&[&row.item]) != *self.mission.as_bytes()) {
            return Err(FollowError::OtherMission);
        }
        let register = self.register.as_ref().filter(|_| known.is_some());
        let replayed = replay_log(register.map(|known| known.for_checkpoints()), size, &mut rows, note)?;
        advanced.statements = claimed - size;
        advanced.refused = replayed.refused.iter().map(|(index, _)| *index).collect();
        let row = LogRow { frontier: replayed.frontier, note: note.to_vec(), time: replayed.time };
        let counterseal_mirror::Replayed { register, marks, running, unchanged, .. } = replayed;
        Ok(Some(StatementNews { register, marks, running, rows, unchanged, row }))
    }

    fn journal_news(
        &self,
        store: &Store,
        files: &mut dyn LogFiles<Error = FollowError>,
        note: &[u8],
        statements: Option<&StatementNews>,
        step: &mut MirrorStep,
        advanced: &mut Advanced,
    ) -> Result<(), FollowError> {
        let log = LogKind::Journal;
        let register = statements.map(|news| &news.register).or(self.register.as_deref());
        let Some(register) = register else { return Ok(()) };
        let running = statements.map_or(self.running, |news| news.running);
        let marks = statements.map(|news| news.marks.clone()).unwrap_or_default();
        let known = store.read(|db| rows::load_log(db, log))?;
        let size = known.as_ref().map_or(0, |known| known.frontier.size());
        let is_here = known.as_ref().is_some_and(|known| known.note == note);
        let claimed = if note.is_empty() || is_here { None } else { Some(claimed_size(note)?) };
        if claimed.is_some_and(|claimed| claimed <= size) {
            self.look_back(store, log, note, size, advanced)?;
        }
        let newer = match claimed.filter(|claimed| *claimed > size) {
            Some(_) => Some(believe_journal(register, running, note, |marked| {
                let kept = store.read(|db| rows::marks_between(db, marked.0.saturating_sub(1), marked.0))?;
                let new = marks.iter().map(|mark| (mark.size, mark.root));
                Ok::<_, FollowError>(new.chain(kept).any(|mark| mark == marked))
            })?),
            None => None,
        };
        let leaves = match &newer {
            Some(newer) => read_journal(files, size..newer.size)?,
            None => Vec::new(),
        };
        let reached = size + leaves.len() as u64;
        let mut heads = store.read(|db| rows::marks_between(db, size, reached))?;
        heads.extend(marks.iter().filter(|mark| mark.size <= reached).map(|mark| (mark.size, mark.root)));
        heads.extend(newer.as_ref().map(|newer| (newer.size, newer.root)));
        let frontier = known.map_or_else(Frontier::new, |known| known.frontier);
        let join = JournalStep { frontier, leaves: &leaves, heads, register };
        let frontier = join_journal(join, |sizes| store.read(|db| rows::journal_roots(db, sizes)))?;
        if let Some(newer) = newer {
            step.logs.push((log, LogRow { frontier, note: note.to_vec(), time: newer.time }));
        }
        advanced.leaves = leaves.len() as u64;
        (step.leaves_from, step.leaves, step.marks) = (size, leaves, marks);
        Ok(())
    }

    /// A checkpoint that is no newer than what is here.
    fn look_back(
        &self,
        store: &Store,
        log: LogKind,
        note: &[u8],
        here: u64,
        advanced: &mut Advanced,
    ) -> Result<(), FollowError> {
        let register = self.register.as_ref().ok_or(MirrorError::NoHub)?;
        let claimed = claimed_size(note)?;
        let ours = store.read(|db| LeafNodes { leaves: StoredLeaves(db), log }.root_at(claimed))?;
        if look_back(register, self.running, log, note, ours)? < here {
            advanced.behind.push(log);
        }
        Ok(())
    }
}

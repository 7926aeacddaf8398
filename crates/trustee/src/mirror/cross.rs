//! From one generation of the hub to the next (hub.md, section 8): the mirror goes on from the ends that governors
//! name, and what it had beyond them counts no more.

use counterseal_ledger::SignedCheckpoint;
use counterseal_mirror::{
    LogFiles, LogRow, MirrorError, StatementRow, check_end, claimed_size, covered, cut_row, read_statements,
    statements_edge, succession_of,
};
use counterseal_register::{LogKind, Refusal, Register, Sight, SucceedHub, TimeMark};

use super::rows;
use super::{FollowError, Mirror};
use crate::store::{Batch, Cut, MirrorStep, Store};

impl Mirror {
    /// Takes in the successions in a log that is not the known hub's. The generation that begins, if any.
    pub(super) fn cross_over(
        &mut self,
        store: &mut Store,
        files: &mut dyn LogFiles<Error = FollowError>,
        note: &[u8],
    ) -> Result<Option<u64>, FollowError> {
        let Some(known) = self.present_origin(LogKind::Statements).filter(|_| !note.is_empty()) else {
            return Ok(None);
        };
        let signed = SignedCheckpoint::parse(note).map_err(|error| MirrorError::Log(error.to_string()))?;
        if signed.claims().origin().as_str() == known {
            return Ok(None);
        }
        // Rarely, so everything is read again: where the known log ends is for the succession to say.
        let items = read_statements(files, 0..claimed_size(note)?)?;
        let mut crossed = None;
        for (index, item) in (0..).zip(&items) {
            if succession_of(item).is_some_and(|act| act.statements.size == index) {
                match self.take_succession(store, item) {
                    Ok(generation) => crossed = generation.or(crossed),
                    // Of a hub long gone; or its governors are named further on in the log.
                    Err(FollowError::Mirror(MirrorError::Register(_))) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(crossed)
    }

    /// Obeys the governors' statement that puts another hub in the place of the present one. The generation that
    /// begins; `None` when it is known.
    ///
    /// # Errors
    /// When it is none, too few governors signed it, or (`OtherEnd`) it names ends that the logs here do not have.
    pub fn take_succession(
        &mut self,
        store: &mut Store,
        envelope: &[u8],
    ) -> Result<Option<u64>, FollowError> {
        let reason = || MirrorError::Log("the statement is not about the succession of the hub".to_owned());
        let act = succession_of(envelope).ok_or_else(reason)?;
        let register = self.register.clone().ok_or(MirrorError::NoHub)?;
        let mut seen = Register::clone(&register);
        match seen.apply(seen.last().position.next(), envelope, Sight::OnSight) {
            Err(Refusal::AlreadyApplied { .. }) => return Ok(None),
            applied => drop(applied.map_err(MirrorError::from)?),
        }
        let mut mirror = plan_cut(store, &register, &act)?;
        mirror.sighted.push(envelope.to_vec());
        store.commit(&Batch { mirror, ..Batch::default() })?;
        self.reload(store)?;
        Ok(Some(act.generation))
    }
}

/// What counts no more once the logs end where `act` says.
fn plan_cut(store: &Store, register: &Register, act: &SucceedHub) -> Result<MirrorStep, FollowError> {
    store.read(|db| {
        let rows = rows::statement_rows(db)?;
        let size = |row: Option<LogRow>| row.map_or(0, |row| row.frontier.size());
        let have = size(rows::load_log(db, LogKind::Statements)?);
        let have_leaves = size(rows::load_log(db, LogKind::Journal)?);
        let (ends, journal_end) = (act.statements.size, act.journal.size);
        let (kept, beyond) = rows.split_at(usize::try_from(ends).unwrap_or(usize::MAX).min(rows.len()));
        let mut step = MirrorStep::default();
        let mut cut = Cut { statements: ends, untimed: u64::MAX, journal: journal_end };
        if have >= ends {
            let edge = statements_edge(kept, ends);
            check_end(LogKind::Statements, act, Some(edge.root()))?;
            if have > ends {
                cut.untimed = covered(kept)?;
                step.sighted = beyond.iter().filter(is_statement).map(|row| row.item.clone()).collect();
                step.logs.push((LogKind::Statements, cut_row(LogKind::Statements, edge, kept, register)?));
            }
        }
        if have_leaves >= journal_end {
            let edge = rows::journal_edge(db, journal_end)?;
            check_end(LogKind::Journal, act, Some(edge.root()))?;
            if have_leaves > journal_end {
                step.logs.push((LogKind::Journal, cut_row(LogKind::Journal, edge, kept, register)?));
            }
        }
        step.cut = Some(cut);
        Ok(step)
    })
}

fn is_statement(row: &&StatementRow) -> bool {
    TimeMark::parse(&row.item).is_none()
}

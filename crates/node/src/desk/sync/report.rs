//! What came of a session.

use counterseal_model::StatementId;
use counterseal_register::{Equivocation, LogKind, Refusal};
use counterseal_sync::{Left, Progress, Pushed};

use crate::desk::follow::Followed;
use crate::desk::take::{RefusedEntry, Taken};
use crate::desk::witnesses::WitnessReport;
use crate::desk::{Crossing, TrusteeHeard};

/// A push that the hub did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedPush {
    /// What.
    pub what: Pushed,
    /// Why; a name in the message catalogues.
    pub code: String,
}

/// What came of a session, so far.
#[derive(Debug, Clone, Default)]
pub struct SyncReport {
    /// Bytes and counts on the way.
    pub progress: Progress,
    /// Statements that came and are new here.
    pub statements: u64,
    /// Statements in the log that the register refuses, by index.
    pub refused_statements: Vec<(u64, Refusal)>,
    /// This desk's statements that the log has now.
    pub logged: Vec<StatementId>,
    /// Leaves of the journal log that are new here.
    pub leaves: u64,
    /// Entries that came and are new here.
    pub entries: u64,
    /// Of them, those that wait for a secret.
    pub waiting: u64,
    /// Of them, those that are late and kept apart.
    pub late: u64,
    /// Places in journals that two entries claim.
    pub evidence: Vec<Equivocation>,
    /// Of the entries that came, those that do not follow the one that counts before them.
    pub broken: u64,
    /// Entries that came before the statement that begins their epoch; they wait for it.
    pub early: u64,
    /// Entries that the hub said stand at leaves which are others'; those leaves are asked for again.
    pub misplaced: u64,
    /// Journals in which entries are missing that must be somewhere: the hub holds them back, or nobody has
    /// brought them to it. They are asked for again in every session.
    pub gaps: Vec<super::Gap>,
    /// Entries that came and are not what they claim to be, with the reason.
    pub refused_entries: Vec<String>,
    /// What this desk sent and the hub has made durable.
    pub accepted: u64,
    /// What this desk sent and the hub did not take.
    pub refused_pushes: Vec<RefusedPush>,
    /// Large entries whose first pieces gave way to others, because too many were begun and not ended: they are
    /// asked for again.
    pub unfinished_dropped: u64,
    /// Entries that the hub had acknowledged and that are not in the log: they are sent again.
    pub dropped: u64,
    /// Logs of which the hub showed an older checkpoint than this desk has.
    pub behind: Vec<LogKind>,
    /// Time marks in the log that do not count, by index: they have no effect, for anyone.
    pub bad_marks: Vec<u64>,
    /// Statements above the cosigned checkpoint that take something away, and were obeyed on sight.
    pub on_sight: u64,
    /// Entries of this desk that are late, and that nobody has accepted.
    pub own_late: u64,
    /// Entries of this desk that stood under an epoch which lost to another, and were written again.
    pub written_again: u64,
    /// Statements of this desk that can no longer stand (`Desk::lost_statements`).
    pub lost: u64,
    /// Entries that were asked for and did not come, by limits or budget.
    pub left_entries: u64,
    /// Their bytes.
    pub left_bytes: u64,
    /// What stays to be sent.
    pub stays: Left,
    /// Seconds by which the hub's clock is ahead of this desk's.
    pub hub_clock_ahead: Option<i64>,
    /// A new hub in the place of the one that this desk knew.
    pub crossed: Option<Crossing>,
    /// What the witnesses said, each asked by this desk itself; none where they were not asked.
    pub witnesses: Option<WitnessReport>,
    /// What came of asking the trustees, before the session.
    pub trustees: Vec<TrusteeHeard>,
    /// Why the hub ended the session, if it did; a name in the message catalogues.
    pub ended: Option<String>,
}

impl SyncReport {
    /// Whether nothing came and nothing was written: what was worked out of the records before is still true.
    #[must_use]
    pub const fn is_quiet(&self) -> bool {
        let came = self.statements + self.leaves + self.entries + self.on_sight;
        let written = self.written_again + self.unfinished_dropped + self.dropped;
        came + written == 0 && self.logged.is_empty() && self.crossed.is_none()
    }

    pub(super) fn add(&mut self, followed: Followed) {
        self.statements += followed.statements;
        self.refused_statements.extend(followed.refused);
        self.logged.extend(followed.logged);
        self.leaves += followed.leaves;
        self.behind.extend(followed.behind);
        self.bad_marks.extend(followed.bad_marks);
        self.crossed = self.crossed.or(followed.crossed);
    }

    pub(super) fn take(&mut self, taken: Taken) {
        self.entries += taken.new;
        self.waiting += taken.waiting;
        self.late += taken.late;
        self.broken += taken.broken;
        self.early += taken.early;
        self.evidence.extend(taken.evidence);
        let refused = taken.refused.into_iter();
        self.refused_entries
            .extend(refused.map(|RefusedEntry { entry, reason }| format!("{}: {reason}", entry.short())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_session_that_brought_nothing_is_quiet() {
        assert!(SyncReport { accepted: 3, left_entries: 2, ..SyncReport::default() }.is_quiet());
        let brought: [fn(&mut SyncReport) -> &mut u64; 7] = [
            |report| &mut report.statements,
            |report| &mut report.leaves,
            |report| &mut report.entries,
            |report| &mut report.on_sight,
            |report| &mut report.written_again,
            |report| &mut report.unfinished_dropped,
            |report| &mut report.dropped,
        ];
        for one in brought {
            let mut report = SyncReport::default();
            *one(&mut report) = 1;
            assert!(!report.is_quiet(), "{report:?}");
        }
        let mut report = SyncReport::default();
        report.logged.push(StatementId::from_bytes([1; 32]));
        assert!(!report.is_quiet());
    }
}

//! The register: the state machine over statements in the order of the statement log.
//!
//! Two states are kept apart. The *log's* state follows from the logged statements alone, so that
//! everyone who holds the same log holds the same register. The *view* adds restrictions that were
//! seen outside the log; queries answer from it, but whether a logged statement is accepted never
//! depends on it, or two desks that heard of a revocation at different times would disagree for ever.

mod apply;
mod chains;
mod compartments;
mod digest;
mod epochs;
mod freezes;
mod governing;
mod guarded;
mod hub;
mod keys;
mod moment;
mod officers;
mod people;
mod policy;
mod queries;
mod roles;
mod signers;
mod standing;
mod state;
mod succession;
mod timeline;
mod travels;
mod trustees;
mod waiting;
mod witnesses;

use counterseal_model::{MissionId, StatementId};

pub use apply::{Applied, Effect};
pub use guarded::PartState;
pub use hub::{HubInfo, LogGeneration};
pub use moment::{LogPosition, Moment, Sight};
pub use people::{DeviceStatus, PersonStatus};
pub use queries::{DeviceInfo, EpochDevices};
pub use roles::Role;
pub use standing::{EntryStanding, LateReason};
pub use state::{Epoch, Governors, Void};
pub use trustees::{Policy, TrusteeSet};
pub use waiting::{Waiting, WaitingChange};
pub use witnesses::Quorum;

use crate::act::Act;
use crate::refusal::Refusal;
use crate::statement::Statement;
use state::State;

/// The register of one mission.
#[derive(Debug, Clone)]
pub struct Register {
    log: State,
    /// Restrictions seen outside the log, in the order seen, with their bytes.
    sighted: Vec<(StatementId, Vec<u8>)>,
    /// The log's state with them on top; none when there are none.
    view: Option<Box<State>>,
}

impl Register {
    /// Founds a register on its first statement. The mission's id follows from it: compare it with
    /// the fingerprint that came by another channel.
    ///
    /// # Errors
    /// When the statement is not a founding, or not signed by all whom it names.
    pub fn found(position: LogPosition, bytes: &[u8]) -> Result<Self, Refusal> {
        let (statement, signed) = Statement::parse(bytes)?;
        let Act::Found(act) = &statement.act else { return Err(Refusal::NotAFounding) };
        let log = State::found(position, &statement, &signed, act)?;
        Ok(Self { log, sighted: Vec::new(), view: None })
    }

    /// Applies the next statement. A refused one leaves no trace.
    ///
    /// A logged and cosigned statement takes its place: `at` must be after the last. Any other is
    /// obeyed only if it restricts; `at` does not count for it, and it is applied again, as logged,
    /// when the log has it.
    ///
    /// # Errors
    /// The reason, if it is refused.
    pub fn apply(&mut self, at: LogPosition, bytes: &[u8], sight: Sight) -> Result<Applied, Refusal> {
        let Sight::Logged { cosigned: true, since } = sight else { return self.apply_on_sight(bytes) };
        let (statement, signed) = Statement::parse(bytes)?;
        if at <= self.log.last.position {
            return Err(Refusal::PositionRunsBack);
        }
        if since < self.log.last.time {
            return Err(Refusal::TimeRunsBack);
        }
        let applied = self.log.admit(&statement, &signed, Moment::new(at, since), false)?;
        self.renew_view();
        Ok(applied)
    }

    fn apply_on_sight(&mut self, bytes: &[u8]) -> Result<Applied, Refusal> {
        let (statement, signed) = Statement::parse(bytes)?;
        let moment = self.log.last;
        // Before the state is copied: whoever fills a log with what nobody signed must not cost a copy for each.
        let said = self.state().check(&statement, &signed, moment, true)?;
        let mut view = self.state().clone();
        let restrictive = view.is_restrictive(&statement.act, moment);
        let applied = view.enact(&said)?;
        if !restrictive || applied.effect != Effect::ObeyedOnSight {
            return Err(Refusal::NotCosigned);
        }
        view.last = moment;
        self.view = Some(Box::new(view));
        self.sighted.push((applied.id, bytes.to_vec()));
        Ok(applied)
    }

    /// Puts what was sighted on top of the log's new state. What the log has by now, or refutes, is
    /// dropped.
    fn renew_view(&mut self) {
        if self.sighted.is_empty() {
            return;
        }
        let mut view = self.log.clone();
        self.sighted.retain(|(_, bytes)| match Statement::parse(bytes) {
            Ok((statement, signed)) => view.admit(&statement, &signed, self.log.last, true).is_ok(),
            Err(_) => false,
        });
        self.view = (!self.sighted.is_empty()).then(|| Box::new(view));
    }

    fn state(&self) -> &State {
        self.view.as_deref().unwrap_or(&self.log)
    }

    /// The mission.
    #[must_use]
    pub fn mission(&self) -> MissionId {
        self.log.mission
    }

    /// Whether a statement is obeyed on sight, and not in the log as it is known here.
    #[must_use]
    pub fn is_sighted(&self, id: StatementId) -> bool {
        self.sighted.iter().any(|(known, _)| *known == id)
    }

    /// The register of the log alone, without what is obeyed on sight. What a checkpoint needs follows from
    /// this one: desks that sighted something earlier than others must believe the same checkpoints.
    #[must_use]
    pub fn of_the_log(&self) -> Self {
        Self { log: self.log.clone(), sighted: Vec::new(), view: None }
    }

    /// The register by which checkpoints are judged: the log's alone, and on it the successions of hubs that
    /// were obeyed on sight. Without these a new log could not be checked before it is known, nor an outgoing
    /// one be refused beyond its end.
    #[must_use]
    pub fn for_checkpoints(&self) -> Self {
        let mut register = self.of_the_log();
        for (_, bytes) in &self.sighted {
            if matches!(Statement::parse(bytes), Ok((statement, _)) if matches!(statement.act, Act::SucceedHub(_)))
            {
                // What rests on something else that was sighted waits for the log.
                let _waits = register.apply_on_sight(bytes);
            }
        }
        register
    }

    /// The last statement applied from the log.
    #[must_use]
    pub fn last(&self) -> Moment {
        self.log.last
    }

    /// Restrictions obeyed on sight and not yet in the log, in the order seen.
    pub fn sighted(&self) -> impl Iterator<Item = StatementId> {
        self.sighted.iter().map(|(id, _)| *id)
    }

    /// Digest of the log's state, for comparing registers within one version of this program.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        digest::digest(&self.log)
    }
}

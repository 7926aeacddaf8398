//! Who must cosign which checkpoint. The policy for a checkpoint is the register's at the running time of the log:
//! the largest time of the marks that stand before it, or 0 (register.md, section 3). The hub's clock has no
//! say: desks know only the log, and would refuse what another quorum has cosigned.

use std::collections::VecDeque;
use std::sync::Arc;

use counterseal_ledger::{Policy, SignedCheckpoint};
use counterseal_model::Timestamp;
use counterseal_register::{
    Act, LogKind, LogPosition, Moment, Refusal, Register, Sight, Statement, TimeMark,
};

/// The policies of a log's times: each holds for checkpoints of more leaves than the number beside it.
pub(crate) type Policies = Arc<[(u64, Option<Arc<Policy>>)]>;

/// The policy for a checkpoint of the statement log of so many leaves.
pub(crate) fn policy_for(policies: &Policies, size: u64) -> Option<Arc<Policy>> {
    policies.iter().rev().find(|(after, _)| *after < size).and_then(|(_, policy)| policy.clone())
}

/// The statement log as desks take it: statements have the times that the marks give them.
pub(super) struct MarkedLog {
    register: Option<Register>,
    /// The running time.
    time: Timestamp,
    /// Statements that no mark covers yet.
    pending: VecDeque<(u64, Vec<u8>)>,
    policies: Vec<(u64, Option<Arc<Policy>>)>,
}

impl MarkedLog {
    pub(super) const fn new() -> Self {
        Self { register: None, time: Timestamp(0), pending: VecDeque::new(), policies: Vec::new() }
    }

    /// Takes the next leaf.
    ///
    /// # Errors
    /// When the first is no founding.
    pub(super) fn take(&mut self, index: u64, item: &[u8]) -> Result<(), Refusal> {
        match (&self.register, TimeMark::parse(item)) {
            (None, _) => self.register = Some(Register::found(LogPosition::new(index), item)?),
            (Some(_), None) => {
                self.pending.push_back((index, item.to_vec()));
                if is_succession(item) {
                    self.note_policy(index);
                }
            }
            (Some(_), Some(mark)) => {
                let judged = mark.ok().and_then(|mark| self.judge(index, &mark));
                match judged {
                    Some((size, time)) => self.obey(index, size, time),
                    None => tracing::warn!(index, "a time mark does not count, for anyone"),
                }
                return Ok(());
            }
        }
        // Before the first mark hub and witnesses are those that the statements name.
        if self.policies.iter().all(|(_, policy)| policy.is_none()) {
            self.note_policy(0);
        }
        Ok(())
    }

    /// The policy for what comes next.
    pub(super) fn policy(&self) -> Option<Arc<Policy>> {
        self.policies.last().and_then(|(_, policy)| policy.clone())
    }

    pub(super) fn policies(&self) -> Policies {
        self.policies.clone().into()
    }

    /// The size that a note covers, and its time, if it counts now.
    pub(super) fn believe(&self, log: LogKind, note: &[u8]) -> Option<(u64, Timestamp)> {
        let signed = SignedCheckpoint::parse(note).ok()?;
        let cosigned = self.policy()?.evaluate(signed).ok()?;
        let (register, head) = (self.trusted()?, cosigned.checkpoint().head());
        let named =
            register.log_of_origin(cosigned.checkpoint().origin().as_str(), self.at(&register)).ok()?;
        let time = i64::try_from(cosigned.median_time()?).ok()?;
        (named.log == log).then_some((head.size, Timestamp(time)))
    }

    fn judge(&self, index: u64, mark: &TimeMark) -> Option<(u64, Timestamp)> {
        let statements = self.believe(LogKind::Statements, &mark.statements)?;
        if let Some(journal) = &mark.journal {
            self.believe(LogKind::Journal, journal)?;
        }
        (statements.0 <= index).then_some(statements)
    }

    fn obey(&mut self, index: u64, size: u64, time: Timestamp) {
        self.time = self.time.max(time);
        let Some(register) = &mut self.register else { return };
        while let Some((at, item)) = self.pending.pop_front_if(|(at, _)| *at < size) {
            let since = self.time.max(register.last().time);
            let sight = Sight::Logged { cosigned: true, since };
            // What is refused has no effect, on every desk alike.
            let _refused = register.apply(LogPosition::new(at), &item, sight);
        }
        self.note_policy(index);
    }

    /// The policy that holds for checkpoints of more than `after` leaves, if it is another than before.
    fn note_policy(&mut self, after: u64) {
        let Some(register) = self.trusted() else { return };
        let policy = register.log_policy(self.at(&register)).map(Arc::new);
        match self.policies.last_mut() {
            Some((_, before)) if *before == policy => {}
            Some((last, before)) if *last == after => *before = policy,
            _ => self.policies.push((after, policy)),
        }
    }

    fn at(&self, register: &Register) -> Moment {
        Moment::new(register.last().position, self.time.max(register.last().time))
    }

    /// The register after all there is: what marks cover has its time from them, as on every desk, and the rest is
    /// taken as of `now`.
    pub(super) fn present(&self, now: Timestamp) -> Option<Register> {
        let mut register = self.register.clone()?;
        for (at, item) in &self.pending {
            let since = now.max(register.last().time);
            let sight = Sight::Logged { cosigned: true, since };
            let _refused = register.apply(LogPosition::new(*at), item, sight);
        }
        Some(register)
    }

    /// The register after what marks cover. Where that names no hub or no witnesses yet, after all there is. A
    /// succession counts as soon as it is seen: the marks after it are the next hub's.
    fn trusted(&self) -> Option<Register> {
        let mut register = self.register.clone()?;
        if register.log_policy(self.at(&register)).is_none() {
            for (at, item) in &self.pending {
                let since = register.last().time;
                let sight = Sight::Logged { cosigned: true, since };
                let _refused = register.apply(LogPosition::new(*at), item, sight);
            }
        }
        for (at, item) in self.pending.iter().filter(|(_, item)| is_succession(item)) {
            let _refused = register.apply(LogPosition::new(*at), item, Sight::OnSight);
        }
        Some(register)
    }
}

fn is_succession(item: &[u8]) -> bool {
    Statement::parse(item).is_ok_and(|(statement, _)| matches!(statement.act, Act::SucceedHub(_)))
}

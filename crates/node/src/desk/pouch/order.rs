//! Statements out of a pouch: the log's, by way of `follow`; without a hub, the order of the desk that wrote it;
//! and those that wait for the log.

use counterseal_mirror::succession_of;
use counterseal_model::{StatementId, Timestamp};
use counterseal_register::{LogKind, LogPosition, Sight, Statement, sha256};

use super::report::PouchReadReport;
use crate::desk::open::{Statements, load_register, load_statements};
use crate::desk::others_room::OthersRoom;
use crate::desk::{Desk, LogNews, NewLeaves, follow, open};
use crate::error::NodeError;
use crate::logs::{load_log, statement_rows};

/// What a pouch brings of the statement log.
#[derive(Default)]
pub(super) struct OrderNews {
    /// Index of the first.
    pub(super) from: Option<u64>,
    /// Envelopes and time marks.
    pub(super) items: Vec<Vec<u8>>,
    /// The newest cosigned checkpoint; empty without a hub.
    pub(super) note: Vec<u8>,
    /// How many there are in all, by the writer's word.
    pub(super) size: u64,
}

impl OrderNews {
    /// Appends what comes at an index. What does not follow what came before is dropped: no writer of ours
    /// sends it, and the checkpoint would not be of it.
    pub(super) fn push(&mut self, from: u64, items: Vec<Vec<u8>>) {
        if self.from.get_or_insert(from).checked_add(self.items.len() as u64) == Some(from) {
            self.items.extend(items);
        }
    }

    fn end(&self) -> u64 {
        self.from.unwrap_or(0).saturating_add(self.items.len() as u64)
    }
}

impl Desk {
    /// Takes in the log's statements, or without a hub the writer's order.
    pub(super) fn take_order(
        &mut self,
        news: OrderNews,
        report: &mut PouchReadReport,
    ) -> Result<(), NodeError> {
        let (ours, followed) = self.store.read(|db| {
            Ok::<_, NodeError>((statement_rows(db)?, load_log(db, LogKind::Statements)?.is_some()))
        })?;
        let from = news.from.unwrap_or(ours.len() as u64);
        if from > ours.len() as u64 {
            report.statement_gap = Some(ours.len() as u64..from);
            return Ok(());
        }
        if news.note.is_empty() {
            let rows = ours.iter().map(|row| row.item.as_slice());
            let count = usize::try_from(from).unwrap_or(usize::MAX);
            let differs = rows.skip(count).zip(&news.items).position(|(ours, theirs)| ours != theirs);
            let closed = followed || self.has_hub();
            return match differs {
                Some(at) => self.take_branch(from + at as u64, &news.items, report),
                None if closed => self.take_waiting(news.items, report),
                None => self.extend_order(from, &news.items, report),
            };
        }
        if news.end() < news.size {
            // Cut off: without all of them the checkpoint cannot be checked. What takes away is obeyed.
            return self.take_waiting(news.items, report);
        }
        let statements = NewLeaves { from, items: news.items, note: news.note };
        let news = LogNews { statements, ..LogNews::default() };
        let followed = self.follow(&news)?;
        report.crossed = report.crossed.or(followed.crossed);
        report.statements += followed.statements;
        report.settled += followed.settled;
        Ok(())
    }

    /// The order of a mission without a hub goes on.
    fn extend_order(
        &mut self,
        from: u64,
        items: &[Vec<u8>],
        report: &mut PouchReadReport,
    ) -> Result<(), NodeError> {
        let mut order = self.store.read(load_statements)?;
        let known = order.len().saturating_sub(usize::try_from(from).unwrap_or(usize::MAX));
        continue_order(&mut order, items.get(known..).unwrap_or_default())?;
        let before = order.len() - items.len().saturating_sub(known);
        if order.len() > before {
            report.statements += self.take_order_of(order)? as u64;
        }
        Ok(())
    }

    /// Two desks of a mission without a hub have said things that the other did not know of. Nobody's order is
    /// the right one; what takes away is obeyed, and stands at the end of this desk's own.
    fn take_branch(
        &mut self,
        at: u64,
        items: &[Vec<u8>],
        report: &mut PouchReadReport,
    ) -> Result<(), NodeError> {
        report.two_histories = Some(at);
        if self.has_hub() {
            return self.take_waiting(items.to_vec(), report);
        }
        for item in items {
            let mut register = self.register.clone();
            let next = register.last().position.next();
            if register.apply(next, item, Sight::OnSight).is_err() {
                continue;
            }
            let mut order = self.store.read(load_statements)?;
            continue_order(&mut order, std::slice::from_ref(item))?;
            self.take_order_of(order)?;
            report.on_sight.push(StatementId::from_bytes(sha256(&[item])));
        }
        Ok(())
    }

    /// Successions of the hub come before all else: what is new is judged by the hub of today. Gives the rest.
    fn take_successions(
        &mut self,
        items: Vec<Vec<u8>>,
        report: &mut PouchReadReport,
    ) -> Result<Vec<Vec<u8>>, NodeError> {
        let (successions, rest): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|item| succession_of(item).is_some());
        for item in successions {
            match self.take_succession(&item) {
                Ok(crossed) => report.crossed = crossed.or(report.crossed),
                // What could not stand in the log is nobody's to carry there.
                Err(NodeError::Register(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(rest)
    }

    /// Statements that the log does not have yet. They are kept, for the hub; those that take away are obeyed.
    pub(in crate::desk) fn take_waiting(
        &mut self,
        items: Vec<Vec<u8>>,
        report: &mut PouchReadReport,
    ) -> Result<(), NodeError> {
        let items = self.take_successions(items, report)?;
        let (rows, kept) =
            self.store.read(|db| Ok::<_, NodeError>((statement_rows(db)?, follow::kept(db)?)))?;
        let known = |item: &Vec<u8>| kept.contains(item) || rows.iter().any(|row| row.item == *item);
        let mut room = OthersRoom::with(&kept);
        let (mut register, mut draft) = (self.register.clone(), self.draft()?);
        let mut keep = Vec::new();
        for item in items.into_iter().filter(|item| !known(item)) {
            if !room.has(&item) {
                continue;
            }
            let next = register.last().position.next();
            let obeyed = register.apply(next, &item, Sight::OnSight).is_ok();
            // What could not stand in the log is nobody's to carry there.
            if draft.apply(&item).is_ok() || obeyed {
                room.take(&item);
                let id = StatementId::from_bytes(sha256(&[&item]));
                report.on_sight.extend(obeyed.then_some(id));
                keep.push(item);
            }
        }
        if keep.is_empty() {
            return Ok(());
        }
        self.store.commit(|tx| keep.iter().try_for_each(|item| follow::wait_for_log(tx, item)))?;
        report.kept_for_hub += keep.len() as u64;
        self.register = self.store.read(load_register)?.ok_or(NodeError::NoMission)?;
        self.keyring.renew(&self.register, &self.secrets);
        report.settled += self.settle()?;
        Ok(())
    }
}

/// Appends statements to an order. They were said when they say so, but never before the one in front.
fn continue_order(order: &mut Statements, items: &[Vec<u8>]) -> Result<(), NodeError> {
    for item in items {
        let (statement, _) = Statement::parse(item)?;
        let last = order.last().map_or(Timestamp(i64::MIN), |(_, since, _)| *since);
        let position = LogPosition::new(order.len() as u64);
        order.push((position, statement.made.max(last), item.clone()));
    }
    Ok(())
}

/// An order from its beginning, as a new desk takes it.
pub(super) fn whole_order(items: &[Vec<u8>]) -> Result<Statements, NodeError> {
    let mut order = open::Statements::new();
    continue_order(&mut order, items)?;
    Ok(order)
}

//! Joining a mission by a pouch alone.

use std::path::Path;
use std::sync::Arc;

use counterseal_mirror::{StatementRow, replay_log};
use counterseal_model::Clock;
use counterseal_register::{LogPosition, Register};
use counterseal_seal::{DeviceSecrets, KeyHolder, Passphrase, unlock};
use counterseal_sync::PouchEvent;

use super::order::{OrderNews, whole_order};
use super::report::PouchReadReport;
use super::source::{PouchAt, Source};
use crate::desk::invite::Asked;
use crate::desk::join::{check_places, person_of};
use crate::desk::open::{Beginning, Statements, replay};
use crate::desk::room::Room;
use crate::desk::{Desk, Randomness};
use crate::error::NodeError;
use crate::home::{DeskPlace, Home};

impl Desk {
    /// Joins a mission with a waiting desk and a pouch that was written for it: the statements, and the entries
    /// that it may have.
    ///
    /// # Errors
    /// When the pouch is not for this device, or its statements do not begin with the mission that was asked
    /// for or do not name this device. Once the desk is made, an error leaves it there: read the pouch again.
    pub fn join_by_pouch(
        home: &Home,
        waiting: &DeskPlace,
        pouch: &Path,
        passphrase: &Passphrase,
        clock: Arc<dyn Clock + Send + Sync>,
        rng: Randomness,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(Self, PouchReadReport), NodeError> {
        Self::join_by_pouch_at(home, waiting, PouchAt::File(pouch), passphrase, clock, rng, progress)
    }

    /// As `join_by_pouch`, from a file or from memory.
    ///
    /// # Errors
    /// As `join_by_pouch`.
    pub fn join_by_pouch_at(
        home: &Home,
        waiting: &DeskPlace,
        pouch: PouchAt<'_>,
        passphrase: &Passphrase,
        clock: Arc<dyn Clock + Send + Sync>,
        rng: Randomness,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(Self, PouchReadReport), NodeError> {
        let unlocked = unlock(&waiting.read_key()?, passphrase)?;
        let (KeyHolder::Device(secrets), Some(mission)) = (unlocked.holder, unlocked.mission) else {
            return Err(NodeError::OtherKey { needed: "desk" });
        };
        let news = order_in(Source::open(pouch, &secrets, mission, Room::MOST)?)?;
        let (register, statements) = register_in(&news, clock.as_ref())?;
        if register.mission() != mission {
            let reason = "they are another mission's than the one this device asked to join".to_owned();
            return Err(NodeError::BadStatements { reason });
        }
        let asked = Asked::load(waiting, &secrets)?;
        let person = person_of(&register, &secrets)?;
        asked.check_enrolment(news.items.iter().map(Vec::as_slice))?;
        let secrets: DeviceSecrets = *secrets;
        let mut desk =
            Self::make(home, secrets, person, &Beginning::Ordered(statements), passphrase, clock, rng)?;
        desk.settle_in(home, waiting, &asked)?;
        let report = desk.read_pouch_at(pouch, progress)?;
        Ok((desk, report))
    }
}

/// The statements at a pouch's beginning.
fn order_in(mut source: Source<'_>) -> Result<OrderNews, NodeError> {
    let mut news = OrderNews::default();
    let reason = "the pouch does not hold the mission's statements from the first on; ask for one written with '--since beginning'";
    while let Some(event) = source.next()? {
        match event {
            PouchEvent::Contents(_) => {}
            PouchEvent::LogState(logs) => news.note = logs.statements.checkpoint.into_vec(),
            PouchEvent::Statements(statements) => {
                let Some(from) = statements.from else { break };
                let items = statements.envelopes.into_vec().into_iter().map(|item| item.into_vec()).collect();
                news.push(from, items);
            }
            PouchEvent::Leaves(_) | PouchEvent::Entries(_) | PouchEvent::End => break,
        }
    }
    match news.from == Some(0) && !news.items.is_empty() {
        true => Ok(news),
        false => Err(NodeError::BadStatements { reason: reason.to_owned() }),
    }
}

/// The register that the statements give, and those that the desk is made with: all of them without a hub;
/// with one the first, because the rest count by their checkpoint.
fn register_in(
    news: &OrderNews,
    clock: &(dyn Clock + Send + Sync),
) -> Result<(Register, Statements), NodeError> {
    if news.note.is_empty() {
        let statements = whole_order(&news.items)?;
        check_places(&statements, clock.now())?;
        let register = replay(&statements)?.ok_or(NodeError::NoMission)?;
        return Ok((register, statements));
    }
    let rows = news.items.iter().zip(0..).map(|(item, index)| StatementRow {
        index,
        since: None,
        item: item.clone(),
    });
    let mut rows: Vec<_> = rows.collect();
    let replayed = replay_log(None, 0, &mut rows, &news.note)?;
    let mut first = whole_order(news.items.get(..1).unwrap_or_default())?;
    first.iter_mut().for_each(|(position, _, _)| *position = LogPosition::new(0));
    Ok((replayed.register, first))
}

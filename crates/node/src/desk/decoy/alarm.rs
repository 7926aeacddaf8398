//! The alarm: a notice tells of a request for a decoy.

use std::collections::BTreeSet;

use counterseal_model::{Code, EntryId, PersonId, Timestamp};
use counterseal_register::Outcome;

use super::kept::{SEEN, named};
use super::list::DecoyState;
use crate::desk::{Desk, local};
use crate::error::NodeError;

/// Somebody asked to open a decoy. Trustees that refuse tell of it too: the asking is the alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecoyAlarm {
    /// What names the request.
    pub request: [u8; 32],
    /// Who asked.
    pub reader: Option<PersonId>,
    /// The purpose that was named.
    pub purpose: Code,
    /// When, by the trustee's reckoning.
    pub time: Timestamp,
    /// The decoys among the parts.
    pub decoys: Vec<EntryId>,
    /// How many parts were asked for in all: one decoy among hundreds is bulk, one among two is a search.
    pub asked: u64,
    /// Whether it was made ahead.
    pub ahead: bool,
    /// Whether an emergency was claimed.
    pub emergency: bool,
    /// How many trustees released, and how many told.
    pub released: (usize, usize),
    /// Whether the log on this desk has its leaf. The alarm does not wait for that: a hub may keep it back.
    pub logged: bool,
    /// Whether the watch officer has seen to it.
    pub seen: bool,
}

impl Desk {
    /// The alarms of decoys that were asked for, the newest first; none on the desk of whoever is no watch officer.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn decoy_alarms(&self) -> Result<Vec<DecoyAlarm>, NodeError> {
        let decoys = self.decoys()?.into_iter().filter(|decoy| decoy.state != DecoyState::Wrong);
        let decoys: BTreeSet<EntryId> = decoys.map(|decoy| decoy.entry).collect();
        if decoys.is_empty() {
            return Ok(Vec::new());
        }
        let mut alarms = Vec::new();
        for view in self.notices()? {
            let mut hit: Vec<EntryId> = view.notice.parts.iter().map(|part| part.entry).collect();
            hit.retain(|entry| decoys.contains(entry));
            hit.dedup();
            if hit.is_empty() {
                continue;
            }
            let left = |outcome| matches!(outcome, Outcome::Released | Outcome::Read);
            let released = view.trustees.values().filter(|(outcome, _)| left(*outcome)).count();
            let name = named(SEEN, &view.request);
            alarms.push(DecoyAlarm {
                request: view.request,
                reader: view.reader,
                purpose: view.notice.purpose.clone(),
                time: view.notice.time,
                decoys: hit,
                asked: view.notice.asked,
                ahead: view.notice.ahead.is_some() || view.is_reading(),
                emergency: view.notice.emergency,
                released: (released, view.trustees.len()),
                logged: view.logged,
                seen: self.store.read(|db| Ok::<_, NodeError>(local::get(db, &name)?.is_some()))?,
            });
        }
        Ok(alarms)
    }

    /// The watch officer has seen to an alarm: it is not raised any more, and stays on the list.
    ///
    /// # Errors
    /// `Ambiguous` when no alarm, or more than one, begins so; when the store cannot be written.
    pub fn see_to_alarm(&mut self, prefix: &str) -> Result<(), NodeError> {
        let prefix = prefix.to_ascii_lowercase();
        let mut found = self.decoy_alarms()?;
        found.retain(|alarm| hex::encode(alarm.request).starts_with(&prefix));
        let ([only], true) = (found.as_slice(), prefix.len() >= 4) else {
            return Err(crate::desk::read::ambiguous("alarm", &prefix, found.len()));
        };
        let (name, now) = (named(SEEN, &only.request), self.now().0.to_be_bytes());
        self.store.commit(|tx| local::set(tx, &name, &now))
    }
}

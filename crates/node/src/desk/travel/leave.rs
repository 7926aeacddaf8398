//! Leaving: the desk is made again without what is left, under other keys, and put in the old one's place.
//!
//! Nothing is taken out of the old store: its free pages, its write-ahead file and its old blocks would
//! have to be trusted to forget. The new one never held what was left, its pages have other keys, and its
//! device cannot open a wrap that was made for it before.

use std::collections::BTreeSet;
use std::sync::Arc;

use counterseal_model::CompartmentId;
use counterseal_register::Travel;
use counterseal_seal::{DeviceSecrets, KdfParameters, KeyHolder, Passphrase, Unlocked, lock};
use rusqlite::Connection;

use super::copy::copy_journals;
use super::{TravelRefusal, keep};
use crate::desk::follow::wait_for_log;
use crate::desk::open::{insert_statement, store_keys};
use crate::desk::statements::Draft;
use crate::desk::{Desk, Randomness};
use crate::error::NodeError;
use crate::home::{DeskPlace, Home};
use crate::schema::{INDEX, JOURNALS};
use crate::store::{NoFaults, Store};

/// A desk for a trip, made and not yet in the place of the present one: `settle` is the commit point.
#[derive(Debug)]
#[must_use = "until it is settled, the desk has forgotten nothing"]
pub struct Prepared {
    id: String,
}

impl Prepared {
    /// Puts the new desk in the place of the old one, and destroys that. The old one must be closed.
    ///
    /// # Errors
    /// When the disk refuses. Opening the home again finishes what was begun.
    pub fn settle(self, home: &Home) -> Result<DeskPlace, NodeError> {
        Ok(home.swap(&self.id)?)
    }
}

impl Desk {
    /// Makes this desk again without these compartments, under a passphrase. Nothing has changed until
    /// the result is settled. `progress` is told of rows copied and parts indexed.
    ///
    /// # Errors
    /// When no compartment is named or one is left already, when nobody could bring the desk back, when
    /// there is work that no hub has confirmed and `anyway` is not said, and when the disk refuses.
    pub fn prepare_travel(
        &mut self,
        home: &Home,
        leave: &[CompartmentId],
        anyway: bool,
        passphrase: &Passphrase,
        rng: Randomness,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Prepared, NodeError> {
        let leave: BTreeSet<_> = leave.iter().copied().collect();
        self.check_travel(&leave, anyway)?;
        let new = self.secrets.renewed(&mut self.rng)?;
        let mut draft = self.draft()?;
        let act = Travel {
            person: self.person,
            device: self.device(),
            hpke: new.public().hpke,
            compartments: leave.iter().copied().collect(),
            extra: Default::default(),
        };
        draft.say(act, &[&self.secrets])?;
        let unfinished = home.make_unfinished(self.device())?;
        self.make_store(&unfinished, &new, &draft, &leave, progress)?;
        let unlocked = Unlocked { holder: KeyHolder::Device(Box::new(new)), mission: Some(self.mission()) };
        unfinished.write_key(&lock(&mut self.rng, &unlocked, passphrase, KdfParameters::DEFAULT)?)?;
        let KeyHolder::Device(new) = unlocked.holder else {
            return Err(NodeError::OtherKey { needed: "desk" });
        };
        let id = unfinished.id.clone();
        let mut made = Self::open(unfinished, *new, Arc::clone(&self.clock), rng)?;
        made.reindex(progress)?;
        made.close()?;
        Ok(Prepared { id })
    }

    fn check_travel(&self, leave: &BTreeSet<CompartmentId>, anyway: bool) -> Result<(), NodeError> {
        let at = self.moment();
        let known = self.register.compartments(at);
        if leave.is_empty() || !leave.iter().all(|id| known.contains(id)) {
            return Err(TravelRefusal::NothingToLeave.into());
        }
        for id in leave {
            if self.register.left_by(*id, self.device(), at).is_some() {
                return Err(TravelRefusal::AlreadyAway(*id).into());
            }
            if !self.has_who_brings_back(*id) {
                return Err(TravelRefusal::NobodyBringsBack(*id).into());
            }
        }
        let (entries, statements) = self.count_unsent()?;
        // Drafts for what is left stay behind, and nobody else has them.
        let left: Vec<CompartmentId> = leave.iter().copied().collect();
        let entries = entries.saturating_add(self.drafts_for(&left)?);
        match entries + statements {
            0 => Ok(()),
            _ if anyway => Ok(()),
            _ => Err(TravelRefusal::Unsent { entries, statements }.into()),
        }
    }

    /// A store for the new keys, with the journals, the secrets that stay, and the statement.
    fn make_store(
        &mut self,
        place: &DeskPlace,
        new: &DeviceSecrets,
        draft: &Draft,
        leave: &BTreeSet<CompartmentId>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), NodeError> {
        let wraps = self.rewrap(new, leave)?;
        let schema = format!("{JOURNALS}{INDEX}");
        let clock = Arc::clone(&self.clock);
        let mut store = Store::create(&place.dir, &store_keys(new), &schema, clock, Arc::new(NoFaults))?;
        self.store.read(|db| copy_journals(db, &mut store, leave, progress))?;
        let has_hub = self.has_hub();
        store.commit(|tx| {
            keep::save(tx, &wraps)?;
            hide(tx, leave)?;
            draft.said().iter().try_for_each(|(position, since, bytes)| match has_hub {
                true => wait_for_log(tx, bytes),
                false => insert_statement(tx, *position, Some(*since), bytes),
            })
        })?;
        Ok(store.close()?)
    }
}

/// Entries of what is left wait for their secrets again, as when they came before them.
fn hide(tx: &Connection, leave: &BTreeSet<CompartmentId>) -> Result<(), NodeError> {
    let mut hide = tx.prepare_cached("UPDATE entry SET shown = 0 WHERE compartment = ?1")?;
    for compartment in leave {
        hide.execute([compartment.as_bytes()])?;
    }
    Ok(())
}

//! What is done with the desk as a whole: its passphrase, its label, a trip, its destruction.

use counterseal_model::CompartmentId;
use counterseal_node::{Desk, DeskPlace, NodeError};
use counterseal_seal::Passphrase;

use super::{Room, Work};

/// A desk of this computer, as it is shown where one is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Its id.
    pub(crate) id: String,
    /// What it is called, if anybody said so.
    pub(crate) label: Option<String>,
    /// Whether it is unlocked now.
    pub(crate) unlocked: bool,
}

impl Room {
    /// The desks that can be chosen.
    pub(crate) fn choices(&self) -> Result<Vec<Choice>, NodeError> {
        let now = self.unlocked.as_ref().map(|unlocked| unlocked.desk.place().id.clone());
        let choice = |place: DeskPlace| Choice {
            label: self.home.label(&place),
            unlocked: now.as_ref() == Some(&place.id),
            id: place.id,
        };
        Ok(self.home.desks()?.into_iter().map(choice).collect())
    }

    fn place(&self) -> Option<DeskPlace> {
        self.unlocked.as_ref().map(|unlocked| unlocked.desk.place().clone())
    }

    /// Calls the unlocked desk so.
    pub(crate) fn set_label(&self, label: &str) -> Result<(), NodeError> {
        let Some(place) = self.place() else { return Ok(()) };
        Ok(self.home.set_label(&place, label)?)
    }

    /// Changes the unlocked desk's passphrase.
    pub(crate) fn change_passphrase(&self, old: &Passphrase, new: &Passphrase) -> Result<(), NodeError> {
        let Some(place) = self.place() else { return Ok(()) };
        Desk::change_passphrase(&place, old, new, &mut (self.outside.randomness)())
    }

    /// Destroys the unlocked desk: its keys are written over, its store is removed.
    pub(crate) fn destroy(&mut self) -> Result<(), NodeError> {
        let Some(place) = self.place() else { return Ok(()) };
        self.panic();
        Ok(self.home.destroy(&place)?)
    }

    /// Makes the desk anew without these compartments, puts it in the place of the old one, and locks.
    pub(crate) fn travel(
        &mut self,
        leave: &[CompartmentId],
        anyway: bool,
        passphrase: &Passphrase,
    ) -> Result<(), NodeError> {
        let Some(unlocked) = self.unlocked.as_mut() else { return Ok(()) };
        let (rng, signals, begun) = ((self.outside.randomness)(), &self.signals, self.outside.clock.now());
        let mut progress = |done, of| {
            let seconds = u64::try_from(self.outside.clock.now().0 - begun.0).unwrap_or(0);
            signals.tell(Some(Work { what: "work-travel", done, of, seconds, gives_way: false }));
        };
        let prepared =
            unlocked.desk.prepare_travel(&self.home, leave, anyway, passphrase, rng, &mut progress);
        signals.tell(None);
        let prepared = prepared?;
        // The old one must be closed before another takes its place.
        self.lock()?;
        prepared.settle(&self.home)?;
        Ok(())
    }
}

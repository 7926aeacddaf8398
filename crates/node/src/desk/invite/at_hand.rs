//! Both computers in one place: the whole of an invitation in one go.

use counterseal_seal::Passphrase;

use super::waiting::{accept, prove};
use super::{Accepted, InvitationTerms, Invited};
use crate::desk::{Desk, Randomness};
use crate::error::NodeError;
use crate::home::Home;

impl Desk {
    /// Invites a device whose computer is at hand, and enrols it, by the same steps and the same checks as
    /// between two offices: for demonstrations, simulations and tests. It joins with `join` afterwards.
    ///
    /// # Errors
    /// When either side refuses.
    pub fn invite_at_hand(
        &mut self,
        home: &Home,
        invited: Invited,
        passphrase: &Passphrase,
        rng: &mut Randomness,
    ) -> Result<Accepted, NodeError> {
        let invitation = self.invite(&InvitationTerms { invited, days: 1, hub: None })?;
        let (accepted, secrets) = accept(home, &invitation, passphrase, rng)?;
        let answered = self.answer_request(&accepted.request)?;
        let proved = prove(&accepted.place, &secrets, &answered.challenge, rng)?;
        self.enrol_invited(&hex::encode(invitation.commitment), &proved.string)?;
        Ok(accepted)
    }
}

//! What of the mirror is shown to every connection, so that nobody waits for the one thread to learn who is who.

use std::sync::Arc;

use counterseal_model::{MissionId, Timestamp};
use counterseal_register::{KeyId, Moment, Register};

use crate::decide::moment;
use crate::operate::Status;

/// What connections need to know.
#[derive(Clone)]
pub(super) struct View {
    /// The trustee.
    pub(super) trustee: KeyId,
    /// The mission.
    pub(super) mission: MissionId,
    /// The register as mirrored; before that, as it was given.
    pub(super) register: Arc<Register>,
    /// How the trustee is.
    pub(super) status: Status,
    /// Looks at the hub that were carried to their end.
    pub(super) rounds: u64,
}

impl View {
    /// The present, as the register is asked about it.
    pub(super) fn now(&self, clock: Timestamp) -> Moment {
        moment(&self.register, clock)
    }

    /// Whether it releases and cosigns: not before a restored store is known to lack nothing.
    pub(super) const fn is_restoring(&self) -> bool {
        self.status.restored.is_some()
    }
}

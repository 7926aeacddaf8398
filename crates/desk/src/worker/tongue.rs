//! The language that was chosen last on this computer. It is no secret: two letters in the home, whoever's desk it is.

use std::fs;

use counterseal_node::Home;

use super::Room;
use crate::words::Tongue;

const FILE: &str = "language";

/// What the next launch begins with, until another is chosen.
pub(crate) fn last_tongue(home: &Home) -> Option<Tongue> {
    Tongue::of_code(fs::read_to_string(home.path().join(FILE)).ok()?.trim())
}

impl Room {
    /// Keeps it for the next launch, if the disk lets it.
    pub(crate) fn keep_tongue(&self, tongue: Tongue) {
        let _not_kept = fs::write(self.home.path().join(FILE), tongue.code());
    }
}

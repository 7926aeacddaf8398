//! One key, one purpose, one holder: who has or ever had a key.

use super::state::State;
use crate::hash::sha256;
use crate::key::HybridKey;

/// The SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) but for the key itself.
const ED25519_SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The pin of a certificate with this Ed25519 key.
pub(super) fn ed25519_pin(key: &[u8; 32]) -> [u8; 32] {
    sha256(&[&ED25519_SPKI, key])
}

impl State {
    pub(super) fn is_a_devices(&self, ed25519: &[u8; 32]) -> bool {
        self.devices.values().any(|device| device.keys.signing.0 == *ed25519)
    }

    pub(super) fn is_a_governors(&self, ed25519: &[u8; 32]) -> bool {
        self.governor_keys.values().any(|key| key.ed25519 == *ed25519)
    }

    pub(super) fn is_a_governors_ml_dsa(&self, key: &HybridKey) -> bool {
        self.governor_keys.values().any(|known| known.ml_dsa_44 == key.ml_dsa_44)
    }

    pub(super) fn is_a_logs(&self, ed25519: &[u8; 32]) -> bool {
        self.hubs.iter().any(|hub| hub.statements_key == *ed25519 || hub.journal_key == *ed25519)
    }

    pub(super) fn is_a_witnesses(&self, ed25519: &[u8; 32]) -> bool {
        self.witnesses.iter().any(|(_, key)| key.ed25519 == *ed25519)
    }

    /// Whether either half of a hybrid key is a trustee's.
    pub(super) fn is_a_trustees(&self, key: &HybridKey) -> bool {
        let shares = |known: &HybridKey| known.ed25519 == key.ed25519 || known.ml_dsa_44 == key.ml_dsa_44;
        self.trustee_keys.values().any(|(_, known)| shares(known))
    }

    pub(super) fn is_a_trustees_ed25519(&self, ed25519: &[u8; 32]) -> bool {
        self.trustee_keys.values().any(|(_, known)| known.ed25519 == *ed25519)
    }

    pub(super) fn is_a_witnesses_ml_dsa(&self, key: &HybridKey) -> bool {
        self.witnesses.iter().any(|(_, known)| known.ml_dsa_44 == key.ml_dsa_44)
    }
}

//! The governors' acts about trustees and the mission's policy (PROTOCOL sections 3, 6 and 7).

use counterseal_model::{Code, body};

use super::witness_url::WitnessUrl;
use crate::bytes::{Blob, Bytes};
use crate::key::{HPKE_PUBLIC_LEN, HybridKey, KeyId};

body! {
    /// One trustee. Its id is that of its identity key, so that another key is another trustee.
    pub struct Trustee {
        /// Its identity: signs acknowledgements, answers, notices and its release log.
        1 key: HybridKey,
        /// The x at which its shares are points: 1 to 255, never used again for another trustee.
        2 x: u64,
        /// The X-Wing key to which requests and facts are sealed.
        3 requests: Bytes<HPKE_PUBLIC_LEN>,
        /// SHA-256 of the SubjectPublicKeyInfo of each certificate that it may show, in ascending order.
        4 pins: Vec<Bytes<32>>,
        /// Where it is reached; none where desks are told by other means. It gives no authority.
        5 url: Option<WitnessUrl>,
        /// The trustee of an earlier set whose place it takes for everything that was sealed by then.
        6 succeeds: Option<KeyId>,
    }
}

impl Trustee {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.key.id()
    }
}

body! {
    /// Names the trustees, and how many of them must release. Entries name this statement as their trustee set.
    pub struct SetTrustees {
        /// How many must release: t.
        1 threshold: u64,
        /// The trustees, in ascending order of their ids: n.
        2 trustees: Vec<Trustee>,
        /// Whether one trustee alone can open: for demonstrations and first days, and shown wherever the mission is
        /// shown.
        3 single: bool,
    }
}

body! {
    /// The policy by which trustees decide (docs/spec/policy.md).
    pub struct SetPolicy {
        /// The engine that reads the table, with its version: another one is another policy.
        1 engine: Code,
        /// The table, as people read it.
        2 table: Blob,
    }
}

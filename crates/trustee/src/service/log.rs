//! The next entry of the release log, for what is no decision on a request: those are in `answer`.

use counterseal_model::Timestamp;
use counterseal_register::{Bytes, Outcome, ReleaseEntry};
use rand_core::Rng;

use super::{Service, ServiceError};
use crate::store::Release;

/// What an entry of the release log says.
pub(super) struct Logged<'a> {
    pub(super) outcome: Outcome,
    /// The outcome, or why it was refused.
    pub(super) word: &'a str,
    /// What names what was asked or said.
    pub(super) hash: [u8; 32],
    pub(super) leaf: Option<u64>,
    pub(super) count: u64,
    /// What it rested on, as it was signed.
    pub(super) detail: &'a [u8],
    pub(super) at: Timestamp,
}

impl Service {
    /// Signs the entry that follows the last. It is the log's once it is committed, before anything else is.
    pub(super) fn next_release(&mut self, logged: &Logged<'_>) -> Result<Release, ServiceError> {
        let head = self.store.release_head()?;
        let mut decision = [0; 32];
        self.setting.rng.fill_bytes(&mut decision);
        let counter = head.counter.saturating_add(1);
        let entry = ReleaseEntry {
            mission: self.setting.mission,
            trustee: self.id(),
            counter,
            prev: Bytes(head.hash),
            decision: Bytes(decision),
            request: Bytes(logged.hash),
            leaf: logged.leaf,
            count: logged.count,
            outcome: logged.outcome,
            time: logged.at,
            extra: Default::default(),
        };
        Ok(Release {
            counter,
            decision,
            request: logged.hash,
            outcome: logged.word.to_owned(),
            prev: head.hash,
            signed: self.sign(&entry)?,
            detail: logged.detail.to_vec(),
            at: logged.at,
        })
    }
}

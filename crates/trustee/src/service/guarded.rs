//! Headers of guarded entries, from the hub: asked for as this trustee, and taken in the order of the journal log.

use counterseal_register::{Bytes, GuardedAsked, GuardedHeaders, LogKind};

use super::{EntryAnswer, Service, ServiceError};
use crate::decide::NotNow;
use crate::store::Batch;

/// The state that says from which index of the journal log the hub is asked next.
const NEXT: &str = "guarded/next";

/// What came of headers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Headers that have an answer now.
    pub answered: u64,
    /// The index of the first one that has none, because the mirror is behind what it rests on.
    pub waits: Option<u64>,
}

impl Service {
    /// What this trustee asks the hub over a connection with this exporter.
    ///
    /// # Errors
    /// When the library refuses to sign.
    pub fn ask_guarded(&self, exporter: Bytes<32>, from: u64) -> Result<Vec<u8>, ServiceError> {
        let (mission, trustee, extra) = (self.setting.mission, self.id(), Default::default());
        Ok(self.sign(&GuardedAsked { mission, trustee, exporter, from, extra })?)
    }

    /// From which index of the journal log the hub is asked next.
    ///
    /// # Errors
    /// What the disk says.
    pub fn guarded_next(&self) -> Result<u64, ServiceError> {
        let kept = self.store.state(NEXT)?;
        let next = kept.and_then(|bytes| Some(u64::from_be_bytes(bytes.try_into().ok()?)));
        Ok(next.unwrap_or(0))
    }

    /// Keeps it. Should it be lost, headers are taken twice, which changes nothing.
    ///
    /// # Errors
    /// What the disks say.
    pub fn keep_guarded_next(&mut self, next: u64) -> Result<(), ServiceError> {
        if self.guarded_next()? != next {
            let state = vec![(NEXT.to_owned(), Some(next.to_be_bytes().to_vec()))];
            self.store.commit(&Batch { state, ..Batch::default() })?;
        }
        Ok(())
    }

    /// The newest checkpoints of both logs that counted here, for the witness.
    pub(crate) fn newest_notes(&self) -> Result<Vec<Vec<u8>>, ServiceError> {
        let note = |log| Ok(self.mirror.newest_note(&self.store, log)?);
        let notes: Result<Vec<_>, ServiceError> = LogKind::ALL.iter().map(|log| note(*log)).collect();
        Ok(notes?.into_iter().flatten().collect())
    }

    /// Takes headers, each in a commit of its own, up to the first one that rests on more than is mirrored.
    ///
    /// # Errors
    /// What the disks say; headers before have their answers.
    pub fn take_guarded(&mut self, headers: &GuardedHeaders) -> Result<Taken, ServiceError> {
        let mut taken = Taken::default();
        for header in &headers.headers {
            match self.receive(&header.header.0)? {
                EntryAnswer::Signed(_) => taken.answered += 1,
                // The device may be one that the mirrored register does not have yet.
                EntryAnswer::NotNow(NotNow::MirrorBehind | NotNow::ReaderUnknown) => {
                    taken.waits = Some(header.index);
                    break;
                }
                EntryAnswer::NotNow(_) => {}
            }
        }
        Ok(taken)
    }
}

//! A trustee's mirror of both logs: it follows them as desks do (`counterseal-mirror`), from the log's files, and keeps
//! every leaf. What it believes is durable in both places before it is believed. Normative text: docs/spec/trustee.md,
//! section 6.

mod cross;
mod follow;
mod rows;
mod splits;

use std::sync::Arc;

use counterseal_mirror::{LogFiles, MirrorError, register_of};
use counterseal_model::{MissionId, StatementId, Timestamp};
use counterseal_register::{JournalLeaf, LogKind, LogPosition, Moment, Register, sha256};
use thiserror::Error;

use crate::store::{Batch, MirrorStep, Store, StoreError};
pub use splits::Agreement;

/// Why the logs could not be followed. What was believed before stays.
#[derive(Debug, Error)]
pub enum FollowError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the logs show does not count.
    #[error(transparent)]
    Mirror(#[from] MirrorError),
    /// The logs' files do not come.
    #[error("the logs' files cannot be read: {0}")]
    Files(String),
    /// They are another mission's.
    #[error("the statement log is another mission's; check the hub's address and the mission's fingerprint")]
    OtherMission,
    /// A log has signed two trees.
    #[error(
        "the {log} log has signed two histories; this trustee releases nothing more, and keeps the proof for the information-security officer"
    )]
    TwoTrees {
        /// Which log.
        log: &'static str,
    },
    /// Too long ago.
    #[error(
        "the newest cosigned checkpoint of the {log} log is {seconds} seconds old; nothing is released until the hub shows a newer one"
    )]
    Stale {
        /// Which log.
        log: &'static str,
        /// How old.
        seconds: i64,
    },
}

impl From<rusqlite::Error> for FollowError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// A log, as far as it is mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MirroredLog {
    /// Leaves that are here and a cosigned checkpoint covers.
    pub size: u64,
    /// Their root.
    pub root: [u8; 32],
    /// The quorum's time of that checkpoint.
    pub cosigned: Timestamp,
}

/// What following the logs came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advanced {
    /// Leaves of the statement log that are new here.
    pub statements: u64,
    /// Leaves of the journal log that are new here.
    pub leaves: u64,
    /// Logs whose files show less than is here: the hub is behind, or was put back.
    pub behind: Vec<LogKind>,
    /// Statements in the log that the register refuses, by index.
    pub refused: Vec<u64>,
    /// The generation of a hub that took another one's place.
    pub crossed: Option<u64>,
}

/// What a trustee believes of both logs.
#[derive(Debug)]
pub struct Mirror {
    mission: MissionId,
    register: Option<Arc<Register>>,
    statements: Option<MirroredLog>,
    journal: Option<MirroredLog>,
    running: Timestamp,
    /// A log of the present hub that has signed two trees.
    split: Option<LogKind>,
}

impl Mirror {
    /// What the store holds of a mission's logs; `mission` is its fingerprint.
    ///
    /// # Errors
    /// `OtherMission`, or what the disk says.
    pub fn open(store: &Store, mission: MissionId) -> Result<Self, FollowError> {
        let mut mirror = Self {
            mission,
            register: None,
            statements: None,
            journal: None,
            running: Timestamp(0),
            split: None,
        };
        mirror.reload(store)?;
        Ok(mirror)
    }

    /// Fetches what is new, checks it, and keeps it, in one commit; where another hub took the place of the known one,
    /// what counts no more is taken back in a commit before.
    ///
    /// # Errors
    /// Why nothing was taken in. `TwoTrees` when the proof of it is kept: then nothing is released any more.
    pub fn advance(
        &mut self,
        store: &mut Store,
        files: &mut dyn LogFiles<Error = FollowError>,
    ) -> Result<Advanced, FollowError> {
        let mut notes = Vec::new();
        // The statement log's checkpoint first: what its time marks say of the journal log, that has by now.
        for log in LogKind::ALL {
            let note = counterseal_mirror::read_file(files, *log, counterseal_ledger::LogPath::Checkpoint)?;
            notes.push((*log, note.unwrap_or_default()));
        }
        let advanced = self.follow(store, files, &notes);
        if let Err(FollowError::Mirror(MirrorError::OtherTree { .. })) = &advanced
            && let Some(log) = self.prove_split(store, files, &notes)?
        {
            return Err(FollowError::TwoTrees { log: log.word() });
        }
        advanced
    }

    /// Obeys a statement on sight, if it takes away; it is kept until the log has it. Whether it counted.
    ///
    /// # Errors
    /// What the disks say.
    pub fn sight(&mut self, store: &mut Store, envelope: &[u8]) -> Result<bool, FollowError> {
        if counterseal_mirror::succession_of(envelope).is_some() {
            return Ok(self.take_succession(store, envelope)?.is_some());
        }
        let Some(register) = &self.register else { return Ok(false) };
        let mut seen = Register::clone(register);
        let position = seen.last().position.next();
        if seen.apply(position, envelope, counterseal_register::Sight::OnSight).is_err() {
            return Ok(false);
        }
        let sighted = vec![envelope.to_vec()];
        let mirror = MirrorStep { sighted, ..MirrorStep::default() };
        store.commit(&Batch { mirror, ..Batch::default() })?;
        self.reload(store)?;
        Ok(true)
    }

    /// The register that follows; `None` before anything is mirrored.
    #[must_use]
    pub fn register(&self) -> Option<Arc<Register>> {
        self.register.clone()
    }

    /// What the register is asked about at a time: after the last statement that counts.
    #[must_use]
    pub fn moment(&self, now: Timestamp) -> Moment {
        let last = self.register.as_ref().map_or(Moment::new(LogPosition::new(0), now), |known| known.last());
        Moment::new(last.position, now.max(last.time))
    }

    /// How far a log is mirrored.
    #[must_use]
    pub const fn log(&self, log: LogKind) -> Option<MirroredLog> {
        match log {
            LogKind::Statements => self.statements,
            LogKind::Journal => self.journal,
        }
    }

    /// Seconds since a log's newest checkpoint was cosigned; `None` before the first.
    #[must_use]
    pub fn age(&self, log: LogKind, now: Timestamp) -> Option<i64> {
        Some(now.0.saturating_sub(self.log(log)?.cosigned.0))
    }

    /// Whether anything may be released by this mirror: both logs are mirrored to checkpoints no older than `limit`
    /// seconds, nor as much ahead of the clock, and neither has signed two trees.
    ///
    /// # Errors
    /// `TwoTrees`, `Stale`, or `NoHub` before anything is mirrored.
    pub fn may_release(&self, now: Timestamp, limit: i64) -> Result<(), FollowError> {
        if let Some(log) = self.split {
            return Err(FollowError::TwoTrees { log: log.word() });
        }
        for log in LogKind::ALL {
            let seconds = self.age(*log, now).ok_or(MirrorError::NoHub)?;
            if seconds.saturating_abs() > limit {
                return Err(FollowError::Stale { log: log.word(), seconds });
            }
        }
        Ok(())
    }

    /// A leaf of the journal log.
    ///
    /// # Errors
    /// What the disk says.
    pub fn leaf(&self, store: &Store, index: u64) -> Result<Option<[u8; JournalLeaf::LEN]>, FollowError> {
        store.read(|db| rows::leaf(db, index))
    }

    /// The root that a log has here at a size; `None` when it is not mirrored as far.
    pub(crate) fn root_at(
        &self,
        store: &Store,
        log: LogKind,
        size: u64,
    ) -> Result<Option<[u8; 32]>, FollowError> {
        let root = store
            .read(|db| counterseal_mirror::LeafNodes { leaves: rows::StoredLeaves(db), log }.root_at(size))?;
        Ok(root.map(|root| *root.as_bytes()))
    }

    /// The statement at an index of the statement log, by its id.
    pub(crate) fn statement_at(&self, store: &Store, index: u64) -> Result<Option<StatementId>, FollowError> {
        let rows = store.read(rows::statement_rows)?;
        let row = usize::try_from(index).ok().and_then(|index| rows.get(index));
        Ok(row.map(|row| StatementId::from_bytes(sha256(&[&row.item]))))
    }

    /// The newest checkpoint of a log that counted here, as it was cosigned.
    pub(crate) fn newest_note(&self, store: &Store, log: LogKind) -> Result<Option<Vec<u8>>, FollowError> {
        Ok(store.read(|db| rows::load_log(db, log))?.map(|row| row.note))
    }

    /// Whether a log of the present hub has signed two trees.
    pub(crate) const fn is_split(&self) -> bool {
        self.split.is_some()
    }

    /// Makes what is believed again from what is kept.
    fn reload(&mut self, store: &Store) -> Result<(), FollowError> {
        let (rows, sighted, splits) = store.read(|db| {
            Ok::<_, FollowError>((rows::statement_rows(db)?, rows::sighted(db)?, rows::splits(db)?))
        })?;
        if rows.first().is_some_and(|row| sha256(&[&row.item]) != *self.mission.as_bytes()) {
            return Err(FollowError::OtherMission);
        }
        self.register = register_of(&rows, &sighted)?.map(Arc::new);
        self.running = rows.iter().filter_map(|row| row.since).max().unwrap_or(Timestamp(0));
        (self.statements, self.journal) = store.read(|db| {
            Ok::<_, FollowError>((mirrored(db, LogKind::Statements)?, mirrored(db, LogKind::Journal)?))
        })?;
        self.split =
            splits.iter().find(|split| self.is_present(split.log, &split.origin)).map(|split| split.log);
        Ok(())
    }

    /// Whether an origin is the one of the present hub's log.
    fn is_present(&self, log: LogKind, origin: &str) -> bool {
        self.present_origin(log).is_none_or(|present| present == origin)
    }

    fn present_origin(&self, log: LogKind) -> Option<String> {
        let register = self.register.as_ref()?;
        Some(register.log_generations(log, register.last()).pop()?.origin)
    }
}

fn mirrored(db: &rusqlite::Connection, log: LogKind) -> Result<Option<MirroredLog>, FollowError> {
    Ok(rows::load_log(db, log)?.map(|row| {
        let head = row.frontier.head();
        MirroredLog { size: head.size, root: *head.root.as_bytes(), cosigned: row.time }
    }))
}

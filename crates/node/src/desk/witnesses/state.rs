//! What is kept of the witnesses' words: what the hub still owes, and proofs of two trees.

use counterseal_ledger::{Split, VerifiedCheckpoint};
use counterseal_mirror::log_signed;
use counterseal_model::Timestamp;
use counterseal_register::{LogKind, WitnessName, sha256};
use rusqlite::Connection;

use crate::desk::Desk;
use crate::error::NodeError;
use crate::logs::number;

/// Words that are kept of one witness and one log.
const KEPT: i64 = 8;

/// A checkpoint that a witness has shown.
#[derive(Debug, Clone)]
pub(super) struct Owed {
    pub(super) witness: WitnessName,
    pub(super) log: LogKind,
    pub(super) checkpoint: VerifiedCheckpoint,
    /// When the witness cosigned it.
    pub(super) time: Timestamp,
    /// When this desk heard of it.
    pub(super) heard: Timestamp,
}

/// A log has signed two trees. The proof convinces anyone who has the log's key (docs/spec/ledger.md).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoTrees {
    /// Which log.
    pub log: LogKind,
    /// Its name, with the hub's generation.
    pub origin: String,
    /// Where the trees differ at the latest.
    pub size: u64,
    /// Who showed the other tree.
    pub witness: String,
    /// The proof.
    pub proof: Vec<u8>,
}

impl TwoTrees {
    pub(super) fn new(log: LogKind, witness: &WitnessName, split: &Split) -> Self {
        Self::shown_by(log, witness.as_str(), split)
    }

    /// From a proof; `who` showed the other tree than the one that this desk was shown.
    pub(crate) fn shown_by(log: LogKind, who: &str, split: &Split) -> Self {
        Self {
            log,
            origin: split.smaller().origin().to_string(),
            size: split.smaller().head().size,
            witness: who.to_owned(),
            proof: split.to_bytes(),
        }
    }
}

impl Desk {
    /// Proofs that a log of this mission has signed two trees, of any generation.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn two_trees(&self) -> Result<Vec<TwoTrees>, NodeError> {
        self.store.read(|db| {
            let mut list = db
                .prepare_cached("SELECT kind, origin, size, witness, proof FROM split ORDER BY kind, size")?;
            let rows = list.query_map([], |row| {
                let kind: u8 = row.get(0)?;
                let is = |log: &&LogKind| number(**log) == kind;
                Ok(TwoTrees {
                    log: LogKind::ALL.iter().find(is).copied().unwrap_or(LogKind::Journal),
                    origin: row.get(1)?,
                    size: row.get::<_, i64>(2)?.cast_unsigned(),
                    witness: row.get(3)?,
                    proof: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Refuses what must not go on with a log that has shown two trees: sessions with its hub, openings. It
    /// ends when governors name another generation.
    ///
    /// # Errors
    /// `TwoTrees`, or when the store cannot be read.
    pub fn check_one_tree(&self) -> Result<(), NodeError> {
        let at = self.moment();
        let present = |log: &LogKind| self.register().log_generations(*log, at).pop().map(|log| log.origin);
        let present: Vec<String> = LogKind::ALL.iter().filter_map(present).collect();
        match self.two_trees()?.into_iter().find(|two| present.contains(&two.origin)) {
            Some(two) => Err(two.into()),
            None => Ok(()),
        }
    }

    /// Keeps proofs that were found elsewhere than among this desk's leaves.
    pub(crate) fn keep_two_trees(&mut self, found: &[TwoTrees]) -> Result<(), NodeError> {
        for log in LogKind::ALL {
            let of_log: Vec<_> = found.iter().filter(|two| two.log == *log).cloned().collect();
            if !of_log.is_empty() {
                let owed = self.owed(*log)?;
                self.save_witnesses(*log, &owed, &of_log)?;
            }
        }
        Ok(())
    }

    /// Checkpoints of witnesses that cover more than the hub has shown, oldest first.
    pub(super) fn owed(&self, log: LogKind) -> Result<Vec<Owed>, NodeError> {
        let (register, at) = (self.register(), self.moment());
        let rows = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT witness, note, time, heard FROM owed WHERE kind = ?1 ORDER BY heard, size, witness",
            )?;
            type Columns = (String, Vec<u8>, i64, i64);
            let rows = list.query_map([number(log)], |row| Columns::try_from(row))?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let owed = rows.into_iter().filter_map(|(witness, note, time, heard)| {
            Some(Owed {
                witness: WitnessName::parse(&witness)?,
                log,
                // Checked when it was heard; of a generation that is over, it is owed no more.
                checkpoint: log_signed(register, at, &note)?,
                time: Timestamp(time),
                heard: Timestamp(heard),
            })
        });
        let present = register.log_generations(log, at).pop().map(|log| log.origin);
        Ok(owed.filter(|owed| Some(owed.checkpoint.origin().as_str()) == present.as_deref()).collect())
    }

    /// Keeps what is owed of a log, and new proofs, in one commit.
    pub(super) fn save_witnesses(
        &mut self,
        log: LogKind,
        owed: &[Owed],
        found: &[TwoTrees],
    ) -> Result<(), NodeError> {
        let none = "SELECT NOT EXISTS (SELECT 1 FROM owed WHERE kind = ?1)";
        let had_none: bool =
            self.store.read(|db| Ok::<_, NodeError>(db.query_row(none, [number(log)], |row| row.get(0))?))?;
        if had_none && owed.is_empty() && found.is_empty() {
            return Ok(()); // nothing to write, at every session with an honest hub
        }
        self.store.commit(|tx| {
            tx.prepare_cached("DELETE FROM owed WHERE kind = ?1")?.execute([number(log)])?;
            for word in owed {
                save_owed(tx, word)?;
            }
            let mut keep = tx.prepare_cached(
                "INSERT OR IGNORE INTO split (id, kind, origin, size, witness, proof)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for two in found {
                let (id, size) = (sha256(&[&two.proof]), two.size.cast_signed());
                keep.execute((id, number(two.log), &two.origin, size, &two.witness, &two.proof))?;
            }
            Ok(())
        })
    }
}

/// Keeps a word; of many, the newest, and the oldest: it says since when the hub has owed anything.
fn save_owed(tx: &Connection, owed: &Owed) -> Result<(), NodeError> {
    let (kind, witness) = (number(owed.log), owed.witness.as_str());
    let mut keep = tx.prepare_cached(
        "INSERT OR REPLACE INTO owed (kind, witness, size, note, time, heard) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let (head, note) = (owed.checkpoint.head(), owed.checkpoint.to_string().into_bytes());
    keep.execute((kind, witness, head.size.cast_signed(), note, owed.time.0, owed.heard.0))?;
    let mut drop = tx.prepare_cached(
        "DELETE FROM owed WHERE kind = ?1 AND witness = ?2 AND size NOT IN
         (SELECT size FROM owed WHERE kind = ?1 AND witness = ?2 ORDER BY size DESC LIMIT ?3)
         AND size <> (SELECT min(size) FROM owed WHERE kind = ?1 AND witness = ?2)",
    )?;
    drop.execute((kind, witness, KEPT))?;
    Ok(())
}

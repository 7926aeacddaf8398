//! What the witnesses say, each asked by this desk itself: it is held against the leaves that the hub has given
//! this desk, and against each other (PROTOCOL section 2). Only a quorum need ever be corrupt to show this desk
//! another history; all of them would have to be, to keep it from noticing.

mod state;

use std::cmp::Ordering;

use counterseal_ledger::{ConsistencyProof, Split, VerifiedCheckpoint};
use counterseal_mirror::{LeafNodes, MirrorError, Witnessed, believe_witness, log_signed};
use counterseal_model::Timestamp;
use counterseal_register::{LogKind, WitnessName, WitnessUrl};

use super::Desk;
use crate::error::NodeError;
use crate::logs::{StoredLeaves, kept_notes};
use state::Owed;
pub use state::TwoTrees;

/// Seconds for which a hub may lack what a witness has cosigned. A checkpoint is published within about a
/// second of its quorum.
const HOLDING_BACK: i64 = 300;
/// Seconds by which clocks may differ before it is said.
const CLOCKS_DIFFER: i64 = 300;

/// A witness to be polled, and under which path each log's newest checkpoint is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessTarget {
    /// The witness.
    pub witness: WitnessName,
    /// Where the register says that it is polled.
    pub url: Option<WitnessUrl>,
    /// `<SHA-256 of the origin>/checkpoint` of both logs.
    pub files: Vec<(LogKind, String)>,
}

/// What a witness said of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessWord {
    /// Who.
    pub witness: WitnessName,
    /// Of which log.
    pub log: LogKind,
    /// What.
    pub said: WitnessSaid,
}

/// An answer, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WitnessSaid {
    /// Its newest cosigned checkpoint, as it gave it.
    Note(Vec<u8>),
    /// It has cosigned nothing of this log.
    Nothing,
    /// No answer.
    Silent(Silence),
}

/// Why a witness said nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Silence {
    /// The register names no address for it.
    NoAddress,
    /// It did not answer in time.
    Late,
    /// No connection, or no answer that can be read.
    NotReached(String),
}

/// What came of asking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WitnessReport {
    /// Witnesses that the register names.
    pub asked: u64,
    /// Of them, those that answered, and whose answer counts.
    pub answered: u64,
    /// Those that did not answer, and why.
    pub silent: Vec<(WitnessName, Silence)>,
    /// Answers that do not count, with the reason.
    pub refused: Vec<(WitnessName, LogKind, String)>,
    /// What witnesses have seen for some time and the hub has not shown.
    pub held_back: Vec<HeldBack>,
    /// Logs that were found to have two histories now.
    pub two_trees: Vec<TwoTrees>,
    /// Seconds by which most witnesses' newest times are ahead of this desk's clock, when that is more than it
    /// should be.
    pub clock_behind: Option<i64>,
}

/// Leaves that a witness has seen and the hub does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldBack {
    /// Who has seen them.
    pub witness: WitnessName,
    /// Which log.
    pub log: LogKind,
    /// How many leaves it has seen.
    pub seen: u64,
    /// How many the hub has shown.
    pub shown: u64,
    /// When the witness cosigned them.
    pub cosigned: Timestamp,
}

impl Desk {
    /// The witnesses of the register: all of them, not only a quorum.
    #[must_use]
    pub fn witnesses_to_poll(&self) -> Vec<WitnessTarget> {
        let (register, at) = (self.register(), self.moment());
        let file = |log: &LogKind| {
            let origin = register.log_generations(*log, at).pop()?.origin;
            let folder = counterseal_ledger::KeyName::parse(&origin).ok()?.mirror_folder();
            Some((*log, format!("{folder}/checkpoint")))
        };
        let files: Vec<_> = LogKind::ALL.iter().filter_map(file).collect();
        let target = |witness: &counterseal_register::Witness| WitnessTarget {
            witness: witness.name.clone(),
            url: witness.url.clone(),
            files: files.clone(),
        };
        register.witnesses(at).iter().map(target).collect()
    }

    /// Takes in what witnesses said. `shown`: whether the hub has just shown all that it says it has; else
    /// nobody is said to hold anything back. A proof of two trees is durable when this returns.
    ///
    /// # Errors
    /// When the store fails.
    pub fn hear_witnesses(&mut self, words: &[WitnessWord], shown: bool) -> Result<WitnessReport, NodeError> {
        let mut report = WitnessReport {
            asked: self.register().witnesses(self.moment()).len() as u64,
            ..Default::default()
        };
        let mut heard: Vec<Owed> = Vec::new();
        for word in words {
            match &word.said {
                WitnessSaid::Note(note) => match self.believe(word, note)? {
                    Ok(owed) => heard.push(owed),
                    Err(reason) => report.refused.push((word.witness.clone(), word.log, reason)),
                },
                WitnessSaid::Silent(silence) => {
                    let known = |(name, _): &(WitnessName, Silence)| *name == word.witness;
                    if !report.silent.iter().any(known) {
                        report.silent.push((word.witness.clone(), silence.clone()));
                    }
                }
                WitnessSaid::Nothing => {}
            }
        }
        let named = |name: &WitnessName| {
            report.silent.iter().any(|(silent, _)| silent == name)
                || report.refused.iter().any(|(refused, _, _)| refused == name)
        };
        let mut said: Vec<&WitnessName> = words.iter().map(|word| &word.witness).collect();
        said.sort_unstable();
        said.dedup();
        report.answered = said.into_iter().filter(|name| !named(name)).count() as u64;
        report.clock_behind = clock_behind(&heard, self.now());
        for log in LogKind::ALL {
            self.hold_against(*log, &heard, shown, &mut report)?;
        }
        Ok(report)
    }

    /// What a witness showed, if it counts; the reason if not.
    fn believe(&self, word: &WitnessWord, note: &[u8]) -> Result<Result<Owed, String>, NodeError> {
        let (register, at) = (self.register(), self.moment());
        match believe_witness(register, at, word.log, &word.witness, note) {
            Ok(Witnessed { checkpoint, time }) => Ok(Ok(Owed {
                witness: word.witness.clone(),
                log: word.log,
                checkpoint,
                time,
                heard: self.now(),
            })),
            Err(MirrorError::Log(reason)) => Ok(Err(reason)),
            Err(error) => Ok(Err(error.to_string())),
        }
    }

    /// One log's words against each other, against what is owed from before, and against this desk's leaves.
    fn hold_against(
        &mut self,
        log: LogKind,
        heard: &[Owed],
        shown: bool,
        report: &mut WitnessReport,
    ) -> Result<(), NodeError> {
        let ours = self.log(log)?.map_or(0, |log| log.size);
        let mut words = self.owed(log)?;
        for word in heard.iter().filter(|word| word.log == log) {
            let known = |owed: &Owed| {
                owed.witness == word.witness && owed.checkpoint.head() == word.checkpoint.head()
            };
            if !words.iter().any(known) {
                words.push(word.clone());
            }
        }
        let mut found = Vec::new();
        for (number, word) in words.iter().enumerate() {
            let earlier = words.get(..number).unwrap_or_default().iter();
            let between = earlier.map(|other| Split::at_one_size(&other.checkpoint, &word.checkpoint));
            let split = match between.flatten().next() {
                Some(split) => Some(split),
                None if word.checkpoint.head().size <= ours => self.against_leaves(log, &word.checkpoint)?,
                None => None,
            };
            found.extend(split.map(|split| TwoTrees::new(log, &word.witness, &split)));
        }
        // What the hub has shown by now is not owed any more; what contradicts it is kept as proof.
        let owed: Vec<Owed> = words.into_iter().filter(|word| word.checkpoint.head().size > ours).collect();
        self.save_witnesses(log, &owed, &found)?;
        report.two_trees.extend(found);
        let now = self.now().0;
        let late = |owed: &Owed| now.saturating_sub(owed.time.0.min(owed.heard.0)) >= HOLDING_BACK;
        let newest = owed.iter().max_by_key(|owed| owed.checkpoint.head().size);
        if let Some(owed) = newest.filter(|_| shown && owed.iter().any(late)) {
            report.held_back.push(HeldBack {
                witness: owed.witness.clone(),
                log,
                seen: owed.checkpoint.head().size,
                shown: ours,
                cosigned: owed.time,
            });
        }
        Ok(())
    }

    /// A checkpoint that covers no more than this desk has: the tree must begin with it.
    fn against_leaves(&self, log: LogKind, theirs: &VerifiedCheckpoint) -> Result<Option<Split>, NodeError> {
        let head = theirs.head();
        let (register, at) = (self.register(), self.moment());
        self.store.read(|db| {
            let mut nodes = LeafNodes { leaves: StoredLeaves(db), log };
            let begins = match nodes.root_at(head.size)? {
                Some(root) if root != head.root => root,
                _ => return Ok(None),
            };
            // A checkpoint of ours that the same log has signed: then anyone can check that it has signed both.
            for note in kept_notes(db, log)? {
                let Some(ours) = log_signed(register, at, &note) else { continue };
                let split = match ours.head().size.cmp(&head.size) {
                    Ordering::Less => None,
                    Ordering::Equal => Split::at_one_size(&ours, theirs),
                    Ordering::Greater => {
                        let proof = ConsistencyProof::make(head.size, ours.head().size, &mut nodes)?;
                        Split::at_two_sizes(theirs.clone(), ours, begins, proof)
                    }
                };
                if split.is_some() {
                    return Ok(split);
                }
            }
            Err(MirrorError::OtherTree { log: log.word(), size: head.size }.into())
        })
    }
}

impl Desk {
    /// The hub itself has shown a checkpoint that does not fit what this desk has: if the log's key signed both,
    /// the proof is kept.
    pub(super) fn prove_against_hub(&mut self, notes: [(LogKind, &[u8]); 2]) -> Result<(), NodeError> {
        for (log, note) in notes {
            let (register, at) = (self.register(), self.moment());
            let ours = self.log(log)?.map_or(0, |log| log.size);
            let theirs = log_signed(register, at, note).filter(|theirs| theirs.head().size <= ours);
            let Some(theirs) = theirs else { continue };
            if let Ok(Some(split)) = self.against_leaves(log, &theirs) {
                let found = TwoTrees::shown_by(log, "hub", &split);
                let owed = self.owed(log)?;
                self.save_witnesses(log, &owed, &[found])?;
            }
        }
        Ok(())
    }
}

/// A cosignature is never of the future. When most of those heard are, it is this desk's clock that is behind.
fn clock_behind(heard: &[Owed], now: Timestamp) -> Option<i64> {
    let mut ahead: Vec<i64> = heard.iter().map(|word| word.time.0.saturating_sub(now.0)).collect();
    ahead.sort_unstable();
    ahead.get(ahead.len().checked_sub(1)? / 2).copied().filter(|ahead| *ahead > CLOCKS_DIFFER)
}

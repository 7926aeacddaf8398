//! Watching a mission's logs from outside: what the hub shows everyone, held against what it showed before,
//! against what every witness has seen, and against what this desk has.

use counterseal_ledger::{LogPath, TreeHead, VerifiedCheckpoint};
use counterseal_mirror::{
    LogFiles, MirrorError, Witnessed, believe, believe_witness, find_split, log_signed, read_file,
};
use counterseal_model::Timestamp;
use counterseal_register::LogKind;

use super::LinkError;
use super::poll::{ALONE, WitnessPoll};
use crate::audit::HubFiles;
use crate::desk::{Desk, TwoTrees, WitnessReport, WitnessSaid, WitnessWord};
use crate::error::NodeError;

/// A checkpoint that somebody shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighted {
    /// The witness; none: the hub.
    pub witness: Option<String>,
    /// Of which log.
    pub log: LogKind,
    /// Leaves that it covers.
    pub size: u64,
    /// Their root.
    pub root: [u8; 32],
    /// When it was cosigned; of the hub's, the quorum's time, and none while no quorum has.
    pub cosigned: Option<Timestamp>,
    /// Leaves by which it is behind the largest that was sighted in this round.
    pub lag: u64,
}

/// One look at everyone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// What was sighted.
    pub sighted: Vec<Sighted>,
    /// Why the hub did not answer, if it did not.
    pub hub_silent: Option<String>,
    /// What is wrong with what the hub shows, by log.
    pub hub_refused: Vec<(LogKind, String)>,
    /// The hub shows less than it did in an earlier round: log, leaves before, leaves now.
    pub rolled_back: Vec<(LogKind, u64, u64)>,
    /// Proofs of two trees, found in this round; they are durable on this desk.
    pub two_trees: Vec<TwoTrees>,
    /// What the witnesses said.
    pub witnesses: WitnessReport,
}

impl Round {
    /// Whether everything that was sighted is of one history.
    #[must_use]
    pub fn is_consistent(&self) -> bool {
        self.two_trees.is_empty() && self.rolled_back.is_empty() && self.hub_refused.is_empty()
    }

    fn hub_fails(&mut self, log: LogKind, error: NodeError) {
        match error {
            NodeError::Unreachable { reason } => self.hub_silent = Some(reason),
            NodeError::Mirror(MirrorError::Log(reason)) => self.hub_refused.push((log, reason)),
            other => self.hub_refused.push((log, other.to_string())),
        }
    }
}

/// Round after round.
pub struct Watch {
    hub: Box<dyn LogFiles<Error = NodeError>>,
    newest: [Option<VerifiedCheckpoint>; 2],
}

impl Watch {
    /// Of the hub at `host:port`, which must show a pin that the desk's register names.
    ///
    /// # Errors
    /// When the mission has no hub, or that is no address.
    pub fn new(desk: &Desk, address: &str) -> Result<Self, LinkError> {
        let pins = desk.register().hub(desk.moment()).ok_or(LinkError::NoHub)?.pins;
        Ok(Self::over(Box::new(HubFiles::new(address, pins)?)))
    }

    /// Of files that come from elsewhere; for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn over(hub: Box<dyn LogFiles<Error = NodeError>>) -> Self {
        Self { hub, newest: [None, None] }
    }

    /// The same hub, with other files; for tests.
    #[doc(hidden)]
    pub fn now_over(&mut self, hub: Box<dyn LogFiles<Error = NodeError>>) {
        self.hub = hub;
    }

    /// Asks the hub and every witness, and holds all that they say against each other.
    ///
    /// # Errors
    /// When the store fails. That the hub does not answer, or answers wrongly, is in the round.
    pub fn look(&mut self, desk: &mut Desk) -> Result<Round, NodeError> {
        let witnesses = WitnessPoll::start(desk.witnesses_to_poll());
        self.look_with(desk, || witnesses.finish(ALONE))
    }

    /// As `look`, with what the witnesses say when the hub has been asked.
    ///
    /// # Errors
    /// As `look`.
    #[doc(hidden)]
    pub fn look_with(
        &mut self,
        desk: &mut Desk,
        words: impl FnOnce() -> Vec<WitnessWord>,
    ) -> Result<Round, NodeError> {
        let mut round = Round::default();
        let mut shown = [None, None];
        for (slot, log) in shown.iter_mut().zip(LogKind::ALL) {
            match self.hub_shows(desk, *log) {
                Ok((checkpoint, time)) => {
                    round.sighted.push(sighted(None, *log, &checkpoint, time));
                    *slot = Some(checkpoint);
                }
                Err(error) => round.hub_fails(*log, error),
            }
        }
        let words = words();
        let complete = shown.iter().all(Option::is_some);
        for ((log, hub), newest) in LogKind::ALL.iter().zip(shown).zip(self.newest.iter_mut()) {
            let others = heard(desk, *log, &words);
            for (witness, word) in &others {
                round.sighted.push(sighted(Some(witness), *log, &word.checkpoint, Some(word.time)));
            }
            let Some(hub) = hub else { continue };
            let before = newest.iter().map(|before| ("hub", before));
            let others = others.iter().map(|(witness, word)| (witness.as_str(), &word.checkpoint));
            for (who, theirs) in before.chain(others) {
                match find_split(self.hub.as_mut(), *log, theirs, &hub) {
                    Ok(Some(split)) => round.two_trees.push(TwoTrees::shown_by(*log, who, &split)),
                    Ok(None) => {}
                    Err(error) => round.hub_fails(*log, error),
                }
            }
            let before = newest.as_ref().map_or(0, |before| before.head().size);
            if hub.head().size < before {
                round.rolled_back.push((*log, before, hub.head().size));
            } else {
                *newest = Some(hub);
            }
        }
        desk.keep_two_trees(&round.two_trees)?;
        round.witnesses = desk.hear_witnesses(&words, complete)?;
        let known = |two: &TwoTrees| round.two_trees.iter().any(|known| known.proof == two.proof);
        let new: Vec<_> = round.witnesses.two_trees.iter().filter(|two| !known(two)).cloned().collect();
        round.two_trees.extend(new);
        lag(&mut round.sighted);
        say_held_back(&mut round);
        Ok(round)
    }

    /// What the hub shows: signed by the log, which is enough to hold it against others, and perhaps cosigned.
    fn hub_shows(
        &mut self,
        desk: &Desk,
        log: LogKind,
    ) -> Result<(VerifiedCheckpoint, Option<Timestamp>), NodeError> {
        let note = read_file(self.hub.as_mut(), log, LogPath::Checkpoint)?;
        let note = note.ok_or_else(|| MirrorError::Log("it shows no checkpoint".to_owned()))?;
        let (register, at) = (desk.register(), desk.moment());
        let checkpoint = log_signed(register, at, &note)
            .ok_or_else(|| MirrorError::Log("its checkpoint is not signed by the log".to_owned()))?;
        Ok((checkpoint, believe(register, at, log, &note).ok().map(|believed| believed.time)))
    }
}

fn sighted(
    witness: Option<&str>,
    log: LogKind,
    of: &VerifiedCheckpoint,
    cosigned: Option<Timestamp>,
) -> Sighted {
    let TreeHead { size, root } = of.head();
    Sighted { witness: witness.map(str::to_owned), log, size, root: *root.as_bytes(), cosigned, lag: 0 }
}

/// The witnesses whose word on a log counts.
fn heard(desk: &Desk, log: LogKind, words: &[WitnessWord]) -> Vec<(String, Witnessed)> {
    let believed = |word: &WitnessWord| match &word.said {
        WitnessSaid::Note(note) if word.log == log => {
            let found = believe_witness(desk.register(), desk.moment(), log, &word.witness, note).ok()?;
            Some((word.witness.to_string(), found))
        }
        _ => None,
    };
    words.iter().filter_map(believed).collect()
}

fn lag(sighted: &mut [Sighted]) {
    for log in LogKind::ALL {
        let of_log = |one: &&mut Sighted| one.log == *log;
        let largest = sighted.iter().filter(|one| one.log == *log).map(|one| one.size).max().unwrap_or(0);
        sighted.iter_mut().filter(of_log).for_each(|one| one.lag = largest - one.size);
    }
}

/// What a witness has cosigned for longer than it takes to publish, and the hub shows nobody.
fn say_held_back(round: &mut Round) {
    let newest = |log: LogKind| round.sighted.iter().find(|one| one.log == log && one.witness.is_none());
    let mut held = round.witnesses.held_back.clone();
    held.retain_mut(|held| {
        held.shown = newest(held.log).map_or(0, |shown| shown.size);
        held.shown < held.seen
    });
    round.witnesses.held_back = held;
}

//! The hub and its logs, generation after generation (PROTOCOL section 9).

use super::Register;
use super::keys::ed25519_pin;
use super::moment::Moment;
use super::signers::Said;
use super::state::State;
use super::timeline::Timeline;
use crate::act::{LogEnd, SetHub, SucceedHub};
use crate::bytes::Bytes;
use crate::origin::{LogKind, log_origin};
use crate::refusal::Refusal;
use counterseal_ledger::is_acceptable_point;

/// Most certificates that a hub has at a time.
const MAX_PINS: usize = 4;

/// One generation of the hub.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Hub {
    pub(super) generation: u64,
    pub(super) since: Moment,
    pub(super) statements_key: [u8; 32],
    pub(super) journal_key: [u8; 32],
    pub(super) pins: Timeline<Vec<Bytes<32>>>,
    /// Where its logs begin: the ends of the generation before. None for the first.
    pub(super) begins: Option<Ends>,
}

/// How far both logs of a generation count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Ends {
    pub(super) statements: LogEnd,
    pub(super) journal: LogEnd,
}

impl Ends {
    const fn of(&self, log: LogKind) -> LogEnd {
        match log {
            LogKind::Statements => self.statements,
            LogKind::Journal => self.journal,
        }
    }
}

/// The hub, as the register has it at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubInfo {
    /// Its generation, from 1.
    pub generation: u64,
    /// Since when.
    pub since: Moment,
    /// The Ed25519 key of its statement log.
    pub statements_key: [u8; 32],
    /// The Ed25519 key of its journal log.
    pub journal_key: [u8; 32],
    /// SHA-256 of the SubjectPublicKeyInfo of each certificate that it may show.
    pub pins: Vec<[u8; 32]>,
}

/// A log of one generation, and which of its checkpoints count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogGeneration {
    /// Which log.
    pub log: LogKind,
    /// The generation, from 1.
    pub generation: u64,
    /// The origin of its checkpoints, which is also the name of its key.
    pub origin: String,
    /// Its Ed25519 key.
    pub key: [u8; 32],
    /// What it continues; none for the first generation.
    pub begins: Option<LogEnd>,
    /// How far it counts; none while it is the present one.
    pub ends: Option<LogEnd>,
}

impl LogGeneration {
    /// Whether a checkpoint of it can count. Its signature, and that it is consistent with
    /// `begins` and `ends` where it lies between them, are for the ledger to check.
    ///
    /// # Errors
    /// `HubSuperseded` beyond its end or with another root there, `BeforeGeneration` before its
    /// beginning or with another root there.
    pub fn admits(&self, checkpoint: LogEnd) -> Result<(), Refusal> {
        let generation = self.generation;
        let other = |named: LogEnd| named.size == checkpoint.size && named.root != checkpoint.root;
        if self.begins.is_some_and(|begins| checkpoint.size < begins.size || other(begins)) {
            return Err(Refusal::BeforeGeneration { generation });
        }
        if self.ends.is_some_and(|ends| checkpoint.size > ends.size || other(ends)) {
            return Err(Refusal::HubSuperseded { generation });
        }
        Ok(())
    }
}

impl State {
    pub(super) fn hub_at(&self, moment: Moment) -> Option<&Hub> {
        self.hubs.iter().rev().find(|hub| hub.since.position <= moment.position)
    }

    pub(super) fn set_hub(&mut self, said: &Said<'_>, act: &SetHub) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let Some(present) = self.hub_at(said.moment) else {
            return self.set_first_hub(said, act);
        };
        if act.generation != present.generation {
            return Err(Refusal::WrongGeneration { expected: present.generation });
        }
        // A log is its origin and its key together: other people's witnesses and verifiers know no other.
        if (act.statements_key.0, act.journal_key.0) != (present.statements_key, present.journal_key) {
            return Err(Refusal::LogKeysFixed);
        }
        self.check_pins(&act.pins, act.generation, &[])?;
        let waits = present.pins.waiting(said.moment).is_some();
        if present.pins.at(said.moment) == Some(&act.pins) && !waits {
            return Err(Refusal::NothingChanges);
        }
        // A further certificate is a further server that desks talk to; one less is not.
        let tightens = self.hub_only_tightens(act, said.moment);
        let effective = if tightens { said.moment.time } else { self.after_waiting(said.moment) };
        if let Some(hub) = self.hubs.last_mut() {
            hub.pins.set(said.moment.position, said.moment.time, effective, act.pins.clone());
        }
        Ok(())
    }

    /// Nothing stands that could be loosened, so the first hub has effect at once.
    fn set_first_hub(&mut self, said: &Said<'_>, act: &SetHub) -> Result<(), Refusal> {
        if act.generation != 1 {
            return Err(Refusal::WrongGeneration { expected: 1 });
        }
        let keys = [act.statements_key.0, act.journal_key.0];
        self.check_log_keys(&keys)?;
        self.check_pins(&act.pins, act.generation, &keys)?;
        self.add_hub(said.moment, act.generation, keys, act.pins.clone(), None);
        Ok(())
    }

    /// A hub that is lost or hostile is replaced at once: what would wait is the mission.
    pub(super) fn succeed_hub(&mut self, said: &Said<'_>, act: &SucceedHub) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let present = self.hub_at(said.moment).ok_or(Refusal::NoHub)?;
        let expected = present.generation.saturating_add(1);
        if act.generation != expected {
            return Err(Refusal::WrongGeneration { expected });
        }
        let began = |log| present.begins.map(|begins| begins.of(log));
        check_end(act.statements, began(LogKind::Statements))?;
        check_end(act.journal, began(LogKind::Journal))?;
        let keys = [act.statements_key.0, act.journal_key.0];
        self.check_log_keys(&keys)?;
        self.check_pins(&act.pins, act.generation, &keys)?;
        // Every index of the statement log is one generation's and no other's.
        if !said.sighted && said.moment.position.index != act.statements.size {
            return Err(Refusal::MisplacedSuccession { index: act.statements.size });
        }
        let begins = Ends { statements: act.statements, journal: act.journal };
        self.add_hub(said.moment, act.generation, keys, act.pins.clone(), Some(begins));
        Ok(())
    }

    fn add_hub(
        &mut self,
        since: Moment,
        generation: u64,
        [statements_key, journal_key]: [[u8; 32]; 2],
        pins: Vec<Bytes<32>>,
        begins: Option<Ends>,
    ) {
        let pins = Timeline::starting(since.position, pins);
        self.hubs.push(Hub { generation, since, statements_key, journal_key, pins, begins });
    }

    fn check_log_keys(&self, keys: &[[u8; 32]; 2]) -> Result<(), Refusal> {
        if !keys.iter().all(is_acceptable_point) {
            return Err(Refusal::BadKey);
        }
        let is_anothers = |key: &[u8; 32]| {
            let signs = self.is_a_devices(key) || self.is_a_governors(key);
            signs || self.is_a_logs(key) || self.is_a_witnesses(key) || self.is_a_trustees_ed25519(key)
        };
        let [statements, journal] = keys;
        if statements == journal || keys.iter().any(is_anothers) {
            return Err(Refusal::KeyInUse);
        }
        Ok(())
    }

    /// A certificate has a key of its own: no log's, and none that an earlier generation showed.
    fn check_pins(&self, pins: &[Bytes<32>], generation: u64, log_keys: &[[u8; 32]]) -> Result<(), Refusal> {
        if pins.is_empty() || pins.len() > MAX_PINS || !pins.is_sorted_by(|a, b| a < b) {
            return Err(Refusal::BadPins);
        }
        let of_logs = self.hubs.iter().flat_map(|hub| [&hub.statements_key, &hub.journal_key]);
        let mut of_logs = of_logs.chain(log_keys).map(ed25519_pin);
        let earlier = self.hubs.iter().filter(|hub| hub.generation < generation);
        let mut shown = earlier.flat_map(|hub| hub.pins.values().flatten());
        if of_logs.any(|pin| pins.contains(&Bytes(pin))) || shown.any(|pin| pins.contains(pin)) {
            return Err(Refusal::KeyInUse);
        }
        Ok(())
    }

    /// Whether a statement about the hub gives nothing to any server that it has not.
    pub(super) fn hub_only_tightens(&self, act: &SetHub, moment: Moment) -> bool {
        let Some(present) = self.hub_at(moment) else { return true };
        let pins = present.pins.at(moment).map_or(&[][..], Vec::as_slice);
        act.pins.iter().all(|pin| pins.contains(pin))
    }
}

/// What a generation leaves behind is not less than what it began with, and an empty log has one root.
fn check_end(end: LogEnd, began: Option<LogEnd>) -> Result<(), Refusal> {
    let began = began.unwrap_or(LogEnd::EMPTY);
    let same = end == began;
    let is_empty = end.size == 0 || end.root == LogEnd::EMPTY.root;
    if same || (end.size > began.size && !is_empty) { Ok(()) } else { Err(Refusal::BadLogEnd) }
}

/// The hub and its logs.
impl Register {
    /// The hub at a moment.
    #[must_use]
    pub fn hub(&self, at: Moment) -> Option<HubInfo> {
        let hub = self.state().hub_at(at)?;
        let Hub { generation, since, statements_key, journal_key, .. } = *hub;
        let pins = hub.pins.at(at).into_iter().flatten().map(|pin| pin.0).collect();
        Some(HubInfo { generation, since, statements_key, journal_key, pins })
    }

    /// One log, generation after generation from the first, as known at a moment.
    #[must_use]
    pub fn log_generations(&self, log: LogKind, at: Moment) -> Vec<LogGeneration> {
        let hubs: Vec<_> = self.state().hubs.iter().filter(|hub| hub.since.position <= at.position).collect();
        let next = hubs.iter().skip(1).map(|hub| hub.begins).chain([None]);
        let with_end = hubs.iter().zip(next);
        with_end
            .map(|(hub, end)| LogGeneration {
                log,
                generation: hub.generation,
                origin: log_origin(self.mission(), log, hub.generation),
                key: match log {
                    LogKind::Statements => hub.statements_key,
                    LogKind::Journal => hub.journal_key,
                },
                begins: hub.begins.map(|begins| begins.of(log)),
                ends: end.map(|end| end.of(log)),
            })
            .collect()
    }

    /// The log that a checkpoint's origin names.
    ///
    /// # Errors
    /// `NoHub`, or `WrongGeneration` when no generation of this mission has a log of that name.
    pub fn log_of_origin(&self, origin: &str, at: Moment) -> Result<LogGeneration, Refusal> {
        let expected = self.state().hub_at(at).ok_or(Refusal::NoHub)?.generation;
        let mut logs = LogKind::ALL.iter().flat_map(|log| self.log_generations(*log, at));
        logs.find(|log| log.origin == origin).ok_or(Refusal::WrongGeneration { expected })
    }

    /// Whether a server that shows a certificate with this pin is the hub; gives its generation.
    ///
    /// # Errors
    /// `NoHub`, `UnknownPin`, or `HubSuperseded` with the generation that it was the hub of.
    pub fn check_pin(&self, pin: &[u8; 32], at: Moment) -> Result<u64, Refusal> {
        let present = self.state().hub_at(at).ok_or(Refusal::NoHub)?;
        if present.pins.at(at).is_some_and(|pins| pins.contains(&Bytes(*pin))) {
            return Ok(present.generation);
        }
        let earlier = self.state().hubs.iter().filter(|hub| hub.generation < present.generation);
        let shown = |hub: &&Hub| hub.pins.values().flatten().any(|known| known.0 == *pin);
        match earlier.rev().find(shown) {
            Some(hub) => Err(Refusal::HubSuperseded { generation: hub.generation }),
            None => Err(Refusal::UnknownPin),
        }
    }

    /// The size at which a succession that was sighted ends the outgoing statement log, if more of
    /// that log was applied here than counts. The register is then made again from that many
    /// leaves and from what the new log adds.
    #[must_use]
    pub fn overrun(&self) -> Option<u64> {
        let sighted = self.state().hubs.get(self.log.hubs.len()..).unwrap_or_default();
        let ends = sighted.iter().filter_map(|hub| hub.begins).map(|begins| begins.statements.size);
        ends.min().filter(|size| *size <= self.log.last.position.index)
    }
}

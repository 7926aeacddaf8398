//! What the register knows: the outcome of the statements applied, in log order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use counterseal_model::{
    CompartmentId, DeviceId, EntryId, EpochId, MissionId, PersonId, SectionId, SiteId, StatementId, Timestamp,
};

use super::guarded::PartHistory;
use super::hub::Hub;
use super::moment::{LogPosition, Moment};
use super::timeline::Timeline;
use super::trustees::{Policy, TrusteeSet};
use super::witnesses::Quorum;
use crate::act::{
    BeginEpoch, Charter, EpochWraps, HistoryRule, Office, PartRef, RepairWraps, SealedText, Subject,
    WitnessName,
};
use crate::bytes::Bytes;
use crate::entry::{Equivocation, Rule};
use crate::key::{DeviceKeys, HPKE_PUBLIC_LEN, HybridKey, KeyId};
use crate::statement::Chain;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct State {
    pub(super) mission: MissionId,
    pub(super) synthetic: bool,
    pub(super) waiting_days: Timeline<u64>,
    pub(super) mission_compartment: CompartmentId,
    /// The last statement applied.
    pub(super) last: Moment,
    pub(super) minimum_suite: Timeline<u64>,
    pub(super) governors: Timeline<Governors>,
    /// Every governor's key there ever was, so that a late loser of a race is still recognised.
    pub(super) governor_keys: BTreeMap<KeyId, HybridKey>,
    pub(super) recovery: Timeline<Recovery>,
    /// The generations of the hub, from the first.
    pub(super) hubs: Vec<Hub>,
    pub(super) quorum: Timeline<Quorum>,
    /// Every witness there ever was.
    pub(super) witnesses: Vec<(WitnessName, HybridKey)>,
    pub(super) trustees: Timeline<TrusteeSet>,
    /// Every trustee there ever was, with its x.
    pub(super) trustee_keys: BTreeMap<KeyId, (u64, HybridKey)>,
    pub(super) opening_policy: Timeline<Policy>,
    pub(super) officers: BTreeMap<(Office, Option<SectionId>), BTreeMap<PersonId, Timeline<Grant>>>,
    /// Every site that someone was ever assigned to, with its freezes.
    pub(super) sites: BTreeMap<SiteId, Vec<FreezeSpan>>,
    pub(super) registrars: BTreeMap<PersonId, Timeline<Grant>>,
    pub(super) people: BTreeMap<PersonId, Person>,
    pub(super) devices: BTreeMap<DeviceId, Device>,
    pub(super) compartments: BTreeMap<CompartmentId, Compartment>,
    pub(super) epochs: BTreeMap<EpochId, Epoch>,
    pub(super) names: BTreeMap<Subject, SealedText>,
    pub(super) chain_heads: BTreeMap<Chain, StatementId>,
    pub(super) standing: BTreeMap<(Chain, StatementId), Standing>,
    pub(super) voids: BTreeMap<StatementId, Void>,
}

/// The governors of a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Governors {
    /// Their keys, in order of their ids.
    pub keys: Vec<HybridKey>,
    /// How many must sign.
    pub threshold: u64,
}

/// Recovery officers of a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Recovery {
    pub(super) officers: BTreeSet<PersonId>,
    pub(super) threshold: u64,
}

/// A role of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Grant {
    /// Held, until a time or until the assignment ends.
    Held(Option<Timestamp>),
    /// Taken away.
    Ended,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Person {
    pub(super) enrolled: Moment,
    pub(super) until: Timeline<Option<Timestamp>>,
    pub(super) revoked: Option<Moment>,
    pub(super) devices: Vec<DeviceId>,
    pub(super) site: Timeline<Option<SiteId>>,
    pub(super) section: Timeline<Option<SectionId>>,
    /// Freezes of the person, and of the sites the person was assigned to while they stood.
    pub(super) freezes: Vec<FreezeSpan>,
}

/// A freeze and how long it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct FreezeSpan {
    pub(super) by: StatementId,
    pub(super) since: Moment,
    pub(super) lifted: Option<LogPosition>,
}

impl FreezeSpan {
    pub(super) fn holds(&self, moment: Moment) -> bool {
        let lifted = self.lifted.is_some_and(|lifted| lifted <= moment.position);
        self.since.position <= moment.position && !lifted
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Device {
    pub(super) person: PersonId,
    pub(super) keys: DeviceKeys,
    pub(super) enrolled: Moment,
    pub(super) confirmed: Option<Moment>,
    pub(super) revoked: Option<Moment>,
    pub(super) suspended: Option<(Moment, Equivocation)>,
    /// Encryption keys that took the place of its first.
    pub(super) renewed: Timeline<Bytes<HPKE_PUBLIC_LEN>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Compartment {
    /// Empty until it is created.
    pub(super) charter: Timeline<Charter>,
    pub(super) rule: Timeline<Rule>,
    pub(super) managers: BTreeMap<PersonId, Timeline<Grant>>,
    /// Epochs in log order.
    pub(super) epochs: Vec<EpochId>,
    pub(super) heads: BTreeSet<EpochId>,
    /// Devices that a manager's epoch left out, with that epoch, until a manager who knew of it
    /// admits them again.
    pub(super) removed: BTreeMap<DeviceId, Timeline<Option<EpochId>>>,
    /// Devices that left for a trip, with the statement, until a manager brings them back.
    pub(super) away: BTreeMap<DeviceId, Timeline<Option<StatementId>>>,
    pub(super) accepted: BTreeSet<EntryId>,
    /// Parts that were withdrawn, held or erased.
    pub(super) parts: BTreeMap<PartRef, PartHistory>,
}

impl Compartment {
    /// The epoch that removed a device, while it is removed.
    pub(super) fn remover(&self, device: DeviceId, moment: Moment) -> Option<EpochId> {
        self.removed.get(&device).and_then(|removed| *removed.at(moment)?)
    }
}

/// An epoch as its statement began it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Epoch {
    pub(super) begun: Moment,
    pub(super) signer: DeviceId,
    pub(super) rule: Rule,
    pub(super) history: HistoryRule,
    pub(super) statement: Arc<BeginEpoch>,
    /// The first epoch that joined it.
    pub(super) succeeded: Option<(EpochId, Moment)>,
    /// The first epoch after it, directly or not, that renews it or leaves out a device of its roster.
    pub(super) ended: Option<Moment>,
    pub(super) wraps: Option<Arc<EpochWraps>>,
    pub(super) repairs: Vec<Arc<RepairWraps>>,
}

impl Epoch {
    /// Where and when it began.
    #[must_use]
    pub const fn begun(&self) -> Moment {
        self.begun
    }

    /// The device that began it.
    #[must_use]
    pub const fn signer(&self) -> DeviceId {
        self.signer
    }

    /// The opening rule that held when it began, and holds for its entries.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// The history rule that held when it began.
    #[must_use]
    pub const fn history(&self) -> HistoryRule {
        self.history
    }

    /// Its statement: roster, commitment, joined epochs, previous secrets.
    #[must_use]
    pub fn statement(&self) -> &BeginEpoch {
        &self.statement
    }

    /// The devices that receive its secret, in ascending order.
    #[must_use]
    pub fn roster(&self) -> &[DeviceId] {
        &self.statement.roster
    }

    /// The first epoch that follows it, and since when.
    #[must_use]
    pub const fn succeeded(&self) -> Option<(EpochId, Moment)> {
        self.succeeded
    }

    /// Since when an epoch that follows it, directly or not, renews the secret or leaves out somebody who has it.
    /// What comes under it afterwards is late; an admission alone makes nobody late.
    #[must_use]
    pub const fn ended(&self) -> Option<Moment> {
        self.ended
    }

    /// Whether whoever began it has handed out its wraps.
    #[must_use]
    pub const fn is_wrapped(&self) -> bool {
        self.wraps.is_some()
    }

    /// The wraps handed out for a device, the original before repairs. Try them in turn: any may be wrong.
    pub fn wraps_for(&self, device: DeviceId) -> impl Iterator<Item = &crate::act::Wrap> {
        let original = self.wraps.iter().flat_map(|statement| &statement.wraps);
        let repairs = self.repairs.iter().flat_map(|statement| &statement.wraps);
        original.chain(repairs).filter(move |wrap| wrap.device == device)
    }
}

/// A statement that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Standing {
    pub(super) position: LogPosition,
    /// The statement that follows it on the chain. None for one that stands beside the chain too.
    pub(super) successor: Option<StatementId>,
    /// Whether it stands beside its chain, so that nothing follows it.
    pub(super) beside: bool,
}

/// A statement that lost the place after its predecessor to one with a lower index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Void {
    /// The void statement.
    pub statement: StatementId,
    /// Its place in the log.
    pub position: LogPosition,
    /// The statement that has the place.
    pub winner: StatementId,
}

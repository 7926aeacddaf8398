//! Saying something in the register: a draft of statements that stand or fall together.

use counterseal_model::{CompartmentId, DeviceId, EntryId, EpochId, StatementId, Timestamp};
use counterseal_register::{AcceptLate, BeginEpoch};
use counterseal_register::{
    Act, Bytes, EpochReason, EpochWraps, HistoryRule, Label, LogKind, LogPosition, Moment, Register,
    SealedName, Sight, Signed, Statement, Subject,
};
use counterseal_seal::{
    EpochPlace, EpochSecret, Recipient, SealingEpoch, Signer, derive_epoch_commitment, open_name, seal_name,
    sign_statement,
};
use zeroize::Zeroizing;

use super::follow::wait_for_log;
use super::joins::members;
use super::open::{insert_statement, load_register};
use super::{Desk, Randomness};
use crate::error::NodeError;

/// Most late entries that one statement accepts.
const MOST_ACCEPTED: i64 = 16_384;

/// Statements said one after the other on a copy of the register, and kept together or not at all.
pub(crate) struct Draft {
    pub(crate) register: Register,
    said: Vec<(LogPosition, Timestamp, Vec<u8>)>,
    secrets: Vec<(EpochId, EpochSecret)>,
    now: Timestamp,
    /// Size and root of the statement log as this desk has checked it, while no statement is drafted on
    /// one that the log does not have.
    seen: Option<(u64, [u8; 32])>,
}

impl Draft {
    /// A draft on top of what stands and of this desk's statements that wait for the log.
    pub(super) fn new(
        register: Register,
        waiting: &[Vec<u8>],
        seen: Option<(u64, [u8; 32])>,
        now: Timestamp,
    ) -> Self {
        let now = now.max(register.last().time);
        let mut draft = Self { register, said: Vec::new(), secrets: Vec::new(), now, seen };
        for statement in waiting {
            // One that the log has made impossible meanwhile is left out; the hub will refuse it.
            if draft.apply(statement).is_ok() {
                draft.seen = None;
            }
        }
        draft
    }

    /// Applies a statement as if the log took it next: after the last statement, and after as many leaves, time
    /// marks among them, as its author had seen.
    pub(super) fn apply(&mut self, statement: &[u8]) -> Result<LogPosition, NodeError> {
        let seen = Statement::parse(statement)?.0.log_size;
        let position = LogPosition::new(self.register.last().position.next().index.max(seen));
        let sight = Sight::Logged { cosigned: true, since: self.now };
        self.register.apply(position, statement, sight)?;
        Ok(position)
    }

    /// The statements said, in order.
    pub(super) fn into_said(self) -> Vec<Vec<u8>> {
        self.said.into_iter().map(|(_, _, bytes)| bytes).collect()
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment::new(self.register.last().position, self.now)
    }

    /// The secret of an epoch that this draft begins.
    pub(super) fn secret(&self, epoch: EpochId) -> Option<&EpochSecret> {
        self.secrets.iter().find(|(known, _)| *known == epoch).map(|(_, secret)| secret)
    }

    /// What was said, with its place and time on top of what stands.
    pub(super) fn said(&self) -> &[(LogPosition, Timestamp, Vec<u8>)] {
        &self.said
    }

    /// Says `act`, signed by `signers`.
    pub(crate) fn say(
        &mut self,
        act: impl Into<Act>,
        signers: &[&dyn Signer],
    ) -> Result<StatementId, NodeError> {
        let signed = sign_statement(&self.prepare(act.into()), Label::STATEMENT_SIGN, signers)?;
        self.say_signed(&signed)
    }

    /// The payload of a statement that says `act` next: for several who sign it at their own desks.
    pub(crate) fn prepare(&mut self, act: Act) -> Vec<u8> {
        let prev = self.register.chain_head(act.chain());
        let mut statement = Statement::new(Some(self.register.mission()), prev, self.now, act);
        if let Some((size, root)) = self.seen.take() {
            (statement.log_size, statement.log_root) = (size, Bytes(root));
        }
        statement.payload()
    }

    /// Says what is signed already.
    pub(crate) fn say_signed(&mut self, signed: &Signed) -> Result<StatementId, NodeError> {
        let position = self.apply(signed.bytes())?;
        self.said.push((position, self.now, signed.bytes().to_vec()));
        Ok(StatementId::from_bytes(signed.id()))
    }
}

impl Desk {
    pub(crate) fn draft(&self) -> Result<Draft, NodeError> {
        let seen = self.log(LogKind::Statements)?.map(|log| (log.size, log.root));
        Ok(Draft::new(self.register.clone(), &self.waiting_statements()?, seen, self.now()))
    }

    /// A draft as if one of this desk's waiting statements had not been made.
    pub(crate) fn draft_without(&self, id: StatementId) -> Result<Draft, NodeError> {
        let seen = self.log(LogKind::Statements)?.map(|log| (log.size, log.root));
        let mut waiting = self.waiting_statements()?;
        waiting.retain(|bytes| counterseal_register::sha256(&[bytes]) != *id.as_bytes());
        Ok(Draft::new(self.register.of_the_log(), &waiting, seen, self.now()))
    }

    /// Makes what a draft said durable. Without a hub it stands at once: this desk's own order is the log.
    /// With one it waits for the log; only what takes away is obeyed before.
    pub(crate) fn keep_statements(&mut self, draft: Draft) -> Result<(), NodeError> {
        self.keep_statements_and(draft, |_| Ok(()))
    }

    /// The same, with something of this desk's own in the same commit.
    pub(crate) fn keep_statements_and(
        &mut self,
        draft: Draft,
        own: impl Fn(&rusqlite::Connection) -> Result<(), NodeError>,
    ) -> Result<(), NodeError> {
        let said = draft.said;
        if self.has_hub() {
            self.store.commit(|tx| {
                own(tx)?;
                said.iter().try_for_each(|(_, _, bytes)| wait_for_log(tx, bytes))
            })?;
            self.register = self.store.read(load_register)?.ok_or(NodeError::NoMission)?;
        } else {
            self.store.commit(|tx| {
                own(tx)?;
                said.iter().try_for_each(|(position, since, bytes)| {
                    insert_statement(tx, *position, Some(*since), bytes)
                })
            })?;
            self.register = draft.register;
        }
        draft.secrets.into_iter().for_each(|(id, secret)| self.keyring.insert(id, secret));
        self.keyring.renew(&self.register, &self.secrets);
        self.settle().map(|_| ())
    }

    /// Begins an epoch of a compartment with this roster, and wraps its secret to everyone in it. The roster of one
    /// that this desk's person does not manage is not theirs to choose: it is that of the head it follows.
    pub(crate) fn begin_epoch(
        &mut self,
        draft: &mut Draft,
        compartment: CompartmentId,
        mut roster: Vec<DeviceId>,
        reason: EpochReason,
    ) -> Result<EpochId, NodeError> {
        roster.sort_unstable();
        roster.dedup();
        let mission = draft.register.mission();
        let secret = EpochSecret::make(&mut self.rng);
        let joins = self.epochs_to_join(draft, compartment);
        if !draft.register.is_manager(compartment, self.person, draft.moment())
            && let [head] = joins.as_slice()
        {
            roster = members(draft, *head);
        }
        let joined = joins.clone();
        let history = draft.register.charter(compartment, draft.moment()).map(|charter| charter.history);
        let mut previous = Vec::new();
        if history == Some(HistoryRule::Full) {
            for id in &joins {
                previous.extend(self.seal_previous(draft, &secret, *id)?);
            }
        }
        let commitment = Bytes(derive_epoch_commitment(&secret, &mission, &compartment));
        let extra = Default::default();
        let act =
            BeginEpoch { compartment, joins, roster: roster.clone(), commitment, previous, reason, extra };
        let epoch = EpochId::from_bytes(*draft.say(act, &[&self.secrets])?.as_bytes());
        let place = EpochPlace { mission, compartment, epoch };
        let mut wraps = Vec::new();
        for device in roster {
            let to = recipient(&draft.register, device, draft.moment())?;
            wraps.push(secret.wrap(&mut self.rng, &place, to)?);
        }
        draft.say(EpochWraps { compartment, epoch, wraps, extra: Default::default() }, &[&self.secrets])?;
        draft.secrets.push((epoch, secret));
        let ended =
            |epoch: &EpochId| draft.register.epoch(*epoch).is_some_and(|epoch| epoch.ended().is_some());
        let ended: Vec<EpochId> = joined.into_iter().filter(ended).collect();
        self.accept_own(draft, compartment, &ended)?;
        Ok(epoch)
    }

    /// What this desk wrote under epochs that it ends by a rekey or a removal, and that no hub has yet, comes too
    /// late: the restriction goes first. A manager's desk accepts it at once, by id; for others the report
    /// of the session says so (`SyncReport::own_late`).
    fn accept_own(
        &self,
        draft: &mut Draft,
        compartment: CompartmentId,
        ended: &[EpochId],
    ) -> Result<(), NodeError> {
        if !self.has_hub() || !draft.register.is_manager(compartment, self.person, draft.moment()) {
            return Ok(());
        }
        let own = self.device();
        let mut entries = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT id, epoch FROM entry
                 WHERE leaf IS NULL AND device = ?1 AND compartment = ?2 AND standing < 4 LIMIT ?3",
            )?;
            let place = (own.as_bytes(), compartment.as_bytes(), MOST_ACCEPTED);
            let rows = list.query_map(place, |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<([u8; 32], [u8; 32])>, _>>()?)
        })?;
        entries.retain(|(_, epoch)| ended.contains(&EpochId::from_bytes(*epoch)));
        let mut entries: Vec<_> = entries.into_iter().map(|(id, _)| EntryId::from_bytes(id)).collect();
        entries.sort_unstable();
        match entries.is_empty() {
            true => Ok(()),
            false => {
                let act = AcceptLate { compartment, entries, extra: Default::default() };
                draft.say(act, &[&self.secrets]).map(|_| ())
            }
        }
    }

    fn seal_previous(
        &self,
        draft: &Draft,
        secret: &EpochSecret,
        id: EpochId,
    ) -> Result<Option<counterseal_register::PreviousSecret>, NodeError> {
        // Who began it may have kept its secret to himself.
        let Some(earlier) = draft.secret(id).or_else(|| self.keyring.get(id)) else { return Ok(None) };
        let Some(epoch) = draft.register.epoch(id) else { return Ok(None) };
        if epoch.history() != HistoryRule::Full {
            return Ok(None);
        }
        let compartment = epoch.statement().compartment;
        let place = EpochPlace { mission: draft.register.mission(), compartment, epoch: id };
        Ok(Some(secret.seal_previous(&place, &epoch.statement().commitment.0, earlier)?))
    }

    /// Begins an epoch without the devices that are gone, if this one is in those there are.
    pub(crate) fn rekey_if_member(
        &mut self,
        draft: &mut Draft,
        compartment: CompartmentId,
    ) -> Result<EpochId, NodeError> {
        let roster = roster_of(draft, compartment);
        if !roster.contains(&self.device()) {
            return Err(NodeError::NotAMember(compartment));
        }
        self.begin_epoch(draft, compartment, roster, EpochReason::Rekey)
    }

    /// Gives something a name, sealed to the mission-wide compartment.
    pub(crate) fn name_in(
        &mut self,
        draft: &mut Draft,
        subject: Subject,
        name: &str,
    ) -> Result<(), NodeError> {
        let mission = draft.register.mission();
        let compartment = draft.register.mission_compartment();
        let id = match draft.register.write_epoch(compartment, draft.moment()) {
            Some(epoch) => epoch,
            None => self.rekey_if_member(draft, compartment)?,
        };
        let drafted = draft.secrets.iter().find(|(epoch, _)| *epoch == id).map(|(_, secret)| secret);
        let secret = drafted.or_else(|| self.keyring.get(id)).ok_or(NodeError::NoSecret(id))?;
        let epoch = SealingEpoch { id, secret };
        let sealed = seal_name(&mut self.rng, &self.secrets, &mission, epoch, subject, name)?;
        draft.say(sealed, &[&self.secrets]).map(|_| ())
    }

    /// The name of a person, device or compartment, if this desk may know it.
    #[must_use]
    pub fn name_of(&self, subject: Subject) -> Option<Zeroizing<String>> {
        let sealed = self.register.name_of(subject)?;
        let secret = self.keyring.get(sealed.epoch)?;
        let sealed = SealedName { subject, name: sealed.clone(), extra: Default::default() };
        open_name(&self.mission(), secret, &sealed).ok()
    }
}

/// The devices in a compartment's newest epochs that still should be.
pub(crate) fn roster_of(draft: &Draft, compartment: CompartmentId) -> Vec<DeviceId> {
    let heads = draft.register.epoch_heads(compartment);
    let rosters = heads.iter().filter_map(|epoch| draft.register.epoch_devices(*epoch, draft.moment()));
    let mut roster: Vec<_> = rosters.flat_map(|devices| devices.members).collect();
    roster.sort_unstable();
    roster.dedup();
    roster
}

/// A device with the key that it has now.
pub(crate) fn recipient(
    register: &Register,
    device: DeviceId,
    at: Moment,
) -> Result<Recipient<'_>, NodeError> {
    let unknown = || NodeError::Ambiguous { what: "device", prefix: device.short(), count: 0 };
    Ok(Recipient { device, hpke: register.recipient_key(device, at).ok_or_else(unknown)? })
}

/// Random bytes for an id.
pub(crate) fn random<const N: usize>(rng: &mut Randomness) -> [u8; N] {
    use rand_core::Rng;
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}

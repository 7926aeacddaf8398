//! What desks read, while they were away, of what they had opened ahead: kept as a chain for each device, entered in
//! the release log, and told to those whom the parts concern as an opening is (docs/spec/deciding.md, section 7).

use counterseal_model::{DeviceId, EpochId, Timestamp};
use counterseal_register::{
    Bytes, Code, Moment, Notice, Outcome, PartRef, ReadingSeen, Readings, Register, TrusteeAnswer,
    VerifiedBody,
};

use super::log::Logged;
use super::open::device_subject;
use super::{Service, ServiceError, not_now};
use crate::decide::{Held, Kept, NotNow, PartKnown, moment};
use crate::store::{Batch, Fact as FactRow};

/// The kinds of the rows that hold readings: those of the chain, and those that tell another story than it.
const READINGS: &str = "readings";
const FORKED: &str = "readings-forked";

impl Service {
    /// A desk's readings name the ones before, so that it leaves none out; they count with their leaf. The same again
    /// changes nothing. Others in the place of some that are here are kept and told as what they are.
    pub(super) fn readings(
        &mut self,
        register: &Register,
        readings: &VerifiedBody<Readings>,
        receipt: &[u8],
    ) -> Result<TrusteeAnswer, ServiceError> {
        let (body, hash) = (readings.body(), readings.hash());
        if self.store.restored().is_some() {
            return Ok(not_now(NotNow::Restoring.word()));
        }
        match self.kind_of_readings(body.reader, &hash)?.as_deref() {
            Some(READINGS) => return Ok(TrusteeAnswer::Done {}),
            Some(_) => return Ok(not_now(FORKED)),
            None => {}
        }
        if body.parts.is_empty() || body.parts.len() != body.times.len() {
            return Ok(not_now("readings-bad"));
        }
        if self.is_refused_too_often(body.reader)? || self.is_read_too_often(body)? {
            return Ok(not_now(NotNow::RefusedTooOften.word()));
        }
        let last = self.last_readings(body.reader)?;
        let follows = last == body.prev.0;
        let earlier = body.prev.0 == [0; 32]
            || self.kind_of_readings(body.reader, &body.prev.0)?.as_deref() == Some(READINGS);
        if !follows && !earlier {
            return Ok(not_now("readings-missing"));
        }
        let leaf = match body.leaf(readings.bytes()) {
            Ok(leaf) => self.proven(register, &leaf, receipt)?,
            Err(_) => None,
        };
        let Some(leaf) = leaf else { return Ok(not_now("readings-not-logged")) };
        let opening = match self.opening_of(register, body)? {
            Ok(opening) => opening,
            Err(code) => return Ok(not_now(code)),
        };
        let Some(parts) = self.parts_read(body)? else { return Ok(not_now(NotNow::EntryNotHere.word())) };
        if !was_in_all(register, body.reader, &parts, self.at(register)) {
            return Ok(not_now("readings-not-theirs"));
        }
        let delayed = self.delay_of(register, &opening, &parts);
        self.keep_and_tell(register, readings, leaf, &parts, (follows, delayed))?;
        Ok(if follows { TrusteeAnswer::Done {} } else { not_now(FORKED) })
    }

    /// The commit of readings: they, their entry of the release log, and the notices.
    fn keep_and_tell(
        &mut self,
        register: &Register,
        readings: &VerifiedBody<Readings>,
        leaf: u64,
        parts: &[PartKnown],
        (follows, delayed): (bool, Option<Timestamp>),
    ) -> Result<(), ServiceError> {
        let (body, now) = (readings.body(), self.now());
        let (outcome, word) = match follows {
            true => (Outcome::Read, Outcome::Read.word()),
            false => (Outcome::Refused, FORKED),
        };
        let release = self.next_release(&Logged {
            outcome,
            word,
            hash: readings.hash(),
            leaf: Some(leaf),
            count: body.parts.len() as u64,
            detail: readings.bytes(),
            at: now,
        })?;
        let named = (release.decision, release.counter);
        let told = self.told_of(readings, named, leaf, (follows, delayed));
        let all = seen_of(body);
        let notices =
            self.seal_notices(register, parts, moment(register, now), release.decision, |parts| {
                let readings =
                    all.iter().filter(|one| parts.binary_search(&one.part).is_ok()).cloned().collect();
                Notice { parts, readings, ..told.clone() }
            })?;
        let mut batch = self.kept_readings(readings, leaf, follows);
        batch.releases = vec![release];
        batch.quotas = vec![if follows { self.one_read(body) } else { self.one_refused(body.reader) }];
        match delayed {
            Some(until) => batch.state.push(self.hold_back(notices, until)?),
            None => batch.notices = notices,
        }
        self.store.commit(&batch)?;
        Ok(())
    }

    /// What everybody concerned is told; the parts are each one's own.
    fn told_of(
        &self,
        readings: &VerifiedBody<Readings>,
        (decision, counter): ([u8; 32], u64),
        leaf: u64,
        (follows, delayed_until): (bool, Option<Timestamp>),
    ) -> Notice {
        let (body, now) = (readings.body(), self.now());
        Notice {
            mission: self.setting.mission,
            trustee: self.id(),
            decision: Bytes(decision),
            counter,
            request: Bytes(readings.hash()),
            id: body.id,
            leaf: Some(leaf),
            made: body.times.last().copied().unwrap_or(now),
            reader: body.reader,
            purpose: body.purpose.clone(),
            case: body.case,
            parts: Vec::new(),
            asked: body.parts.len() as u64,
            outcome: if follows { Outcome::Read } else { Outcome::Refused },
            refused: if follows { None } else { Code::parse(FORKED) },
            emergency: false,
            ahead: None,
            delayed_until,
            approvals: Vec::new(),
            time: now,
            readings: Vec::new(),
            opening: Some(body.opening),
            extra: Default::default(),
        }
    }

    /// Who wrote the parts; none while an entry has not come, for then nobody knows whom it concerns.
    fn parts_read(&self, body: &Readings) -> Result<Option<Vec<PartKnown>>, ServiceError> {
        let mut named: Vec<PartRef> = body.parts.clone();
        named.sort_unstable();
        named.dedup();
        let mut parts = Vec::with_capacity(named.len());
        for part in named {
            let Some(row) = self.store.entry(part.entry)? else { return Ok(None) };
            let (compartment, author, epoch) = (row.compartment, row.device, EpochId::from_bytes([0; 32]));
            let held = Held { part, kept: Kept::Nothing, compartment, epoch, author, letters: Vec::new() };
            parts.push(PartKnown::Here(Box::new(held)));
        }
        Ok(Some(parts))
    }

    fn kind_of_readings(&self, reader: DeviceId, hash: &[u8; 32]) -> Result<Option<String>, ServiceError> {
        let kept = self.store.facts(&device_subject(reader))?;
        let found = kept.into_iter().find(|row| row.id == *hash).map(|row| row.kind);
        Ok(found.filter(|kind| [READINGS, FORKED].contains(&kind.as_str())))
    }

    /// What names the readings that a device said last; zeros for none.
    pub(super) fn last_readings(&self, reader: DeviceId) -> Result<[u8; 32], ServiceError> {
        let last = self.store.state(&format!("readings/{reader}"))?;
        Ok(last.and_then(|last| last.try_into().ok()).unwrap_or([0; 32]))
    }

    /// The rows of readings: in the chain, or beside it.
    pub(super) fn kept_readings(&self, readings: &VerifiedBody<Readings>, leaf: u64, follows: bool) -> Batch {
        let (body, hash) = (readings.body(), readings.hash());
        let kind = if follows { READINGS } else { FORKED }.to_owned();
        let (subject, bytes) = (device_subject(body.reader), readings.bytes().to_vec());
        let row = FactRow { id: hash, kind, subject, bytes, leaf: Some(leaf), at: self.now() };
        let last = follows.then(|| (format!("readings/{}", body.reader), Some(hash.to_vec())));
        Batch { facts: vec![row], state: last.into_iter().collect(), ..Batch::default() }
    }
}

fn seen_of(body: &Readings) -> Vec<ReadingSeen> {
    let read = body.parts.iter().zip(&body.times);
    read.map(|(part, time)| ReadingSeen { part: *part, time: *time, extra: Default::default() }).collect()
}

/// Whether a device is, or was, in a roster of each part's compartment: nobody else ever could open it. Who was removed
/// since tells what it had read before.
fn was_in_all(register: &Register, reader: DeviceId, parts: &[PartKnown], at: Moment) -> bool {
    let was_in = |compartment| {
        let rosters =
            register.epochs(compartment).iter().filter_map(|epoch| register.epoch_devices(*epoch, at));
        rosters.into_iter().any(|roster| roster.members.contains(&reader) || roster.gone.contains(&reader))
    };
    parts.iter().all(|part| match part {
        PartKnown::Here(held) => was_in(held.compartment),
        PartKnown::NotHere => false,
    })
}

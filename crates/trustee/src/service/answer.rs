//! From a decision to what is durable: the entry of the release log, the notices, and the answer, in one commit.

use std::collections::BTreeMap;

use counterseal_model::DeviceId;
use counterseal_register::{
    ApprovalSeen, Blob, Bytes, Code, HPKE_PUBLIC_LEN, Moment, Notice, OpeningRequest, OpeningResponse,
    Outcome, PartRef, RefusedOpening, Register, ReleaseEntry, SUITE, SealedPads, SignedBody, VerifiedBody,
};
use counterseal_seal::{Pad, Recipient, Release, seal_notice, seal_pads};
use rand_core::Rng;

use super::open::{day_of, id_name, quota_of};
use super::post::notice_bytes;
use super::{Service, ServiceError};
use crate::decide::{Against, Decision, PartKnown, Refused, concerned, moment};
use crate::store::{Batch, CachedResponse, NewNotice, PartRef as StoredPart, QuotaUse, Release as Released};

/// A decision with all that is said of it.
struct Said<'a> {
    request: &'a VerifiedBody<OpeningRequest>,
    decision: Decision,
    id: [u8; 32],
    counter: u64,
}

impl Said<'_> {
    const fn outcome(&self) -> Outcome {
        match self.decision.outcome {
            Ok(_) => Outcome::Released,
            Err(_) => Outcome::Refused,
        }
    }
}

impl Service {
    /// Makes a decision durable, and gives the answer. The commit is the point from which it was released; nothing of
    /// it leaves this trustee before.
    pub(super) fn answer(
        &mut self,
        register: &Register,
        request: &VerifiedBody<OpeningRequest>,
        parts: &[PartKnown],
        mut decision: Decision,
    ) -> Result<Vec<u8>, ServiceError> {
        let at = moment(register, decision.now);
        let pads = self.seal_released(register, request, at, &mut decision)?;
        let head = self.store.release_head()?;
        let mut id = [0; 32];
        self.setting.rng.fill_bytes(&mut id);
        let said = Said { request, decision, id, counter: head.counter.saturating_add(1) };
        let response = self.sign(&self.response(&said, pads))?;
        let entry = self.sign(&self.release_entry(&said, head.hash))?;
        let notice = self.notice(&said);
        let notices =
            self.seal_notices(register, parts, at, id, |parts| Notice { parts, ..notice.clone() })?;
        let mut batch = self.batch(&said, (head.hash, entry), response.clone());
        self.count(register, &said, at, &mut batch);
        if said.decision.outcome.is_err() {
            batch.quotas.push(self.one_refused(request.body().reader));
        }
        match said.decision.outcome.as_ref().ok().and_then(|granted| granted.delayed_until) {
            Some(until) => batch.state.push(self.hold_back(notices, until)?),
            None => batch.notices = notices,
        }
        self.store.commit(&batch)?;
        Ok(response)
    }

    /// The pads, sealed to the fresh key. A key that is none turns the decision into a refusal.
    fn seal_released(
        &mut self,
        register: &Register,
        request: &VerifiedBody<OpeningRequest>,
        at: Moment,
        decision: &mut Decision,
    ) -> Result<Option<SealedPads>, ServiceError> {
        if decision.outcome.is_err() {
            return Ok(None);
        }
        let mut pads = Vec::with_capacity(request.body().parts.len());
        for part in &request.body().parts {
            let pad = self.store.pad(&StoredPart { entry: part.entry, index: part.index })?;
            let pad = pad.ok_or(ServiceError::PadMissing)?;
            pads.push(Pad::from_bytes(&pad));
        }
        let place = register.trustees(at).and_then(|set| set.find(self.id()));
        let x = place.and_then(|(_, trustee)| u8::try_from(trustee.x).ok());
        let Some(x) = x else {
            decision.outcome = Err(Refused::of(Against::OtherTrustees));
            return Ok(None);
        };
        let release =
            Release { mission: self.setting.mission, trustee: self.id(), x, request: request.hash() };
        let fresh: &[u8; HPKE_PUBLIC_LEN] = &request.body().fresh.0;
        match seal_pads(&mut self.setting.rng, &release, fresh, &pads) {
            Ok(sealed) => {
                let (enc, ciphertext) = (Blob(sealed.enc.to_vec()), Blob(sealed.ciphertext));
                Ok(Some(SealedPads { enc, ciphertext, extra: Default::default() }))
            }
            Err(_) => {
                decision.outcome = Err(Refused::of(Against::FreshKeyBad));
                Ok(None)
            }
        }
    }

    fn response(&self, said: &Said<'_>, pads: Option<SealedPads>) -> OpeningResponse {
        OpeningResponse {
            suite: SUITE,
            mission: self.setting.mission,
            trustee: self.id(),
            request: Bytes(said.request.hash()),
            decision: Bytes(said.id),
            counter: said.counter,
            time: said.decision.now,
            outcome: said.outcome(),
            pads,
            refused: said.decision.outcome.as_ref().err().and_then(refused_opening),
            extra: Default::default(),
        }
    }

    fn release_entry(&self, said: &Said<'_>, prev: [u8; 32]) -> ReleaseEntry {
        ReleaseEntry {
            mission: self.setting.mission,
            trustee: self.id(),
            counter: said.counter,
            prev: Bytes(prev),
            decision: Bytes(said.id),
            request: Bytes(said.request.hash()),
            leaf: said.decision.leaf,
            count: said.request.body().parts.len() as u64,
            outcome: said.outcome(),
            time: said.decision.now,
            extra: Default::default(),
        }
    }

    fn batch(&self, said: &Said<'_>, (prev, signed): ([u8; 32], Vec<u8>), response: Vec<u8>) -> Batch {
        let (request, body) = (said.request, said.request.body());
        let released = Released {
            counter: said.counter,
            decision: said.id,
            request: request.hash(),
            outcome: match &said.decision.outcome {
                Ok(_) => Outcome::Released.word().to_owned(),
                Err(refused) => refused.against.word().to_owned(),
            },
            prev,
            signed,
            detail: request.bytes().to_vec(),
            at: said.decision.now,
        };
        let in_answer = if said.decision.outcome.is_ok() { body.parts.as_slice() } else { &[] };
        let stored = |part: &PartRef| StoredPart { entry: part.entry, index: part.index };
        let cached = CachedResponse {
            request: request.hash(),
            not_after: body.not_after,
            bytes: response,
            parts: in_answer.iter().map(stored).collect(),
        };
        Batch {
            releases: vec![released],
            responses: vec![cached],
            expire: Some(said.decision.now),
            state: vec![(id_name(body), Some(request.hash().to_vec()))],
            ..Batch::default()
        }
    }

    /// Only what is released counts towards the day.
    fn count(&self, register: &Register, said: &Said<'_>, at: Moment, batch: &mut Batch) {
        let person = register.device(said.request.body().reader, at).map(|device| device.person);
        if let (Ok(granted), Some(person)) = (&said.decision.outcome, person) {
            let day = day_of(self.now());
            let used = granted.counted.iter().map(|(compartment, parts)| QuotaUse {
                who: quota_of(person, *compartment),
                day,
                parts: *parts,
            });
            batch.quotas = used.collect();
        }
    }

    /// A notice for every device concerned. Persons whom the same parts concern share a signature.
    pub(super) fn seal_notices(
        &mut self,
        register: &Register,
        parts: &[PartKnown],
        at: Moment,
        decision: [u8; 32],
        notice: impl Fn(Vec<PartRef>) -> Notice,
    ) -> Result<Vec<NewNotice>, ServiceError> {
        let mut receivers: BTreeMap<Vec<PartRef>, Vec<DeviceId>> = BTreeMap::new();
        for one in concerned(register, parts, at) {
            receivers.entry(one.parts).or_default().push(one.device);
        }
        let mut notices = Vec::new();
        for (parts, devices) in receivers {
            let signed = self.sign(&notice(parts))?;
            for device in devices {
                let Some(hpke) = register.recipient_key(device, at) else { continue };
                let (mission, to) = (self.setting.mission, Recipient { device, hpke });
                let trustee = self.id();
                // A device whose key is none cannot be told anything.
                let Ok(sealed) = seal_notice(&mut self.setting.rng, mission, trustee, to, &signed) else {
                    continue;
                };
                let due = counterseal_model::Timestamp(0);
                notices.push(NewNotice { device, decision, bytes: notice_bytes(&sealed), due });
            }
        }
        Ok(notices)
    }

    fn notice(&self, said: &Said<'_>) -> Notice {
        let body = said.request.body();
        let mut approvals: Vec<_> = body.approvals.iter().filter_map(|bytes| seen(&bytes.0)).collect();
        approvals.sort_by_key(|approval| approval.approver);
        let refused = said.decision.outcome.as_ref().err();
        Notice {
            mission: self.setting.mission,
            trustee: self.id(),
            decision: Bytes(said.id),
            counter: said.counter,
            request: Bytes(said.request.hash()),
            id: body.id,
            leaf: said.decision.leaf,
            made: body.made,
            reader: body.reader,
            purpose: body.purpose.clone(),
            case: body.case,
            parts: Vec::new(),
            asked: body.parts.len() as u64,
            outcome: said.outcome(),
            refused: refused.and_then(|refused| Code::parse(refused.against.word())),
            emergency: body.emergency,
            ahead: body.ahead.clone(),
            delayed_until: said.decision.outcome.as_ref().ok().and_then(|granted| granted.delayed_until),
            approvals,
            time: said.decision.now,
            readings: Vec::new(),
            opening: None,
            extra: Default::default(),
        }
    }
}

fn seen(approval: &[u8]) -> Option<ApprovalSeen> {
    let parsed = SignedBody::<counterseal_register::Approval>::parse(approval).ok()?;
    let (approver, made) = (parsed.claims().approver, parsed.claims().made);
    Some(ApprovalSeen { approver, made, extra: Default::default() })
}

fn refused_opening(refused: &Refused) -> Option<RefusedOpening> {
    Some(RefusedOpening {
        code: Code::parse(refused.against.word())?,
        rule: refused.rule,
        missing: refused.missing.clone(),
        since: refused.since,
        ask: refused.ask,
        parts: refused.parts.clone(),
        extra: Default::default(),
    })
}

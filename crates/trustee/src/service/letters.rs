//! Facts and readings: letters of those who may say so, sealed to this trustee and committed in the journal log.

use std::sync::Arc;

use counterseal_ledger::Receipt;
use counterseal_model::DeviceId;
use counterseal_register::{
    Fact, FactAbout, JournalLeaf, LogKind, Readings, Register, SealedTo, SignedBody, TrusteeAnswer,
    VerifiedBody, sha256,
};

use super::open::{device_subject, part_subject, person_subject};
use super::{Service, ServiceError, not_now, sealed_of};
use crate::decide::{MAX_SKEW, NotNow, said_by};
use crate::mirror::{Agreement, FollowError};
use crate::store::{Batch, Fact as FactRow, QuotaUse};

/// The kind of the row that holds a letter; the rows of those whom it is about name its hash.
const LETTER: &str = "letter";

impl Service {
    pub(super) fn letter(
        &mut self,
        sealed: &SealedTo,
        receipt: &[u8],
    ) -> Result<TrusteeAnswer, ServiceError> {
        let opened = sealed_of(sealed)
            .and_then(|sealed| self.setting.secrets.open_fact(self.setting.mission, &sealed).ok());
        let Some(bytes) = opened else { return Ok(not_now("not-sealed-here")) };
        let Some(register) = self.mirror.register() else { return Ok(not_now("mirror-behind")) };
        let verify = |device: DeviceId| register.device_keys(device).cloned();
        if let Ok(fact) = SignedBody::<Fact>::parse(&bytes) {
            let (mission, by) = (self.setting.mission, fact.claims().by);
            let verified = verify(by).and_then(|keys| fact.verify_device(mission, by.into(), &keys).ok());
            let Some(fact) = verified else { return Ok(not_now("fact-not-signed")) };
            return self.fact(&register, &fact, receipt);
        }
        if let Ok(readings) = SignedBody::<Readings>::parse(&bytes) {
            let (mission, by) = (self.setting.mission, readings.claims().reader);
            let verified = verify(by).and_then(|keys| readings.verify_device(mission, by.into(), &keys).ok());
            let Some(readings) = verified else { return Ok(not_now("readings-not-signed")) };
            return self.readings(&register, &readings, receipt);
        }
        Ok(not_now("letter-unknown"))
    }

    /// What permits needs its leaf; what ends is obeyed on sight.
    fn fact(
        &mut self,
        register: &Register,
        fact: &VerifiedBody<Fact>,
        receipt: &[u8],
    ) -> Result<TrusteeAnswer, ServiceError> {
        let body = fact.body();
        let Some(sayer) = said_by(register, body, self.at(register)) else {
            return Ok(not_now("fact-not-theirs"));
        };
        if !body.says_whose() {
            return Ok(not_now("fact-not-whose"));
        }
        if body.made.0 > self.now().0.saturating_add(MAX_SKEW) {
            return Ok(not_now("fact-not-yet-made"));
        }
        // One that is kept already counts nothing, and has its leaf filled in.
        let is_new = self.fact_of(&fact.hash())?.is_none();
        if is_new && self.is_told_too_often(body)? {
            return Ok(not_now(NotNow::RefusedTooOften.word()));
        }
        let leaf = match body.leaf(fact.bytes()) {
            Ok(leaf) => self.proven(register, &leaf, receipt)?,
            Err(_) => None,
        };
        if leaf.is_none() && !body.ends {
            return Ok(not_now("fact-not-logged"));
        }
        let counted = is_new.then(|| self.one_told(body));
        self.keep_fact(fact, sayer, leaf, counted)?;
        Ok(TrusteeAnswer::Done {})
    }

    /// Whom or what a fact is about, as rows name it.
    pub(super) fn subjects_of(fact: &Fact) -> Vec<Vec<u8>> {
        match &fact.about {
            FactAbout::Person(person) => vec![person_subject(*person)],
            FactAbout::Device(device) => vec![device_subject(*device)],
            FactAbout::Parts(_, parts) => parts.iter().map(|part| part_subject(*part)).collect(),
        }
    }

    /// The commit of a fact: the letter, a row for each that it is about, and what it counts.
    pub(super) fn keep_fact(
        &mut self,
        fact: &VerifiedBody<Fact>,
        sayer: counterseal_policy::Office,
        leaf: Option<u64>,
        counted: Option<QuotaUse>,
    ) -> Result<(), ServiceError> {
        let (hash, at) = (fact.hash(), self.now());
        let row =
            |id, kind: &str, subject, bytes| FactRow { id, kind: kind.to_owned(), subject, bytes, leaf, at };
        let mut facts = vec![row(hash, LETTER, hash.to_vec(), fact.bytes().to_vec())];
        for subject in Self::subjects_of(fact.body()) {
            facts.push(row(sha256(&[&hash, &subject]), sayer.word(), subject, hash.to_vec()));
        }
        self.store.commit(&Batch { facts, quotas: counted.into_iter().collect(), ..Batch::default() })?;
        Ok(())
    }

    /// The index of a leaf that a receipt shows in the log, as this trustee has it.
    pub(super) fn proven(
        &mut self,
        register: &Register,
        leaf: &JournalLeaf,
        receipt: &[u8],
    ) -> Result<Option<u64>, ServiceError> {
        let policy = register.log_policy(self.at(register));
        let Some((receipt, policy)) = Receipt::parse(receipt).ok().zip(policy) else { return Ok(None) };
        let note = receipt.checkpoint.to_string();
        let Ok(shown) = receipt.verify(&leaf.to_bytes(), &policy) else { return Ok(None) };
        match self.mirror.check_note(&mut self.store, LogKind::Journal, note.as_bytes()) {
            Ok(Agreement::Consistent) => {
                let here = self.mirror.leaf(&self.store, shown.index())?;
                Ok((here == Some(leaf.to_bytes())).then_some(shown.index()))
            }
            Err(FollowError::Store(error)) => Err(error.into()),
            _ => Ok(None),
        }
    }

    /// A kept fact by the hash of its letter.
    pub(super) fn fact_of(&self, hash: &[u8]) -> Result<Option<Arc<Fact>>, ServiceError> {
        let kept = self.store.facts(hash)?.into_iter().find(|row| row.kind == LETTER);
        let parsed = kept.and_then(|row| SignedBody::<Fact>::parse(&row.bytes).ok());
        Ok(parsed.map(|fact| Arc::new(fact.claims().clone())))
    }
}

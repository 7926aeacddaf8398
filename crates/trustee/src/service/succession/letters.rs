//! Letters for a successor: facts and readings that trustees were told. Any trustee gives them, for all were told the
//! same, and the successor checks each by itself (docs/spec/succession.md, section 6).

use std::collections::BTreeSet;

use counterseal_register::{
    Bytes, Code, Fact, KeptLetter, KeptLetters, KeyId, Readings, Register, SealedTo, SignedBody,
    SuccessionCall, SuccessionSaid, VerifiedBody,
};
use counterseal_seal::{Handing, seal_handed_letters};

use super::{Heir, not_now};
use crate::decide::said_by;
use crate::service::{Service, ServiceError, sealed_of, sealed_to};
use crate::store::KeptFact;

/// Most letters of one answer, and most bytes of them.
const MOST: u32 = 256;
const MOST_BYTES: usize = 1 << 20;

impl Service {
    /// Gives letters after one, in the order of their hashes.
    pub(super) fn give_letters(
        &mut self,
        heir: &Heir,
        after: [u8; 32],
        call: &VerifiedBody<SuccessionCall>,
    ) -> Result<SuccessionSaid, ServiceError> {
        let kept = self.store.letters_after(&after, MOST + 1)?;
        let (mut letters, mut next, mut bytes) = (Vec::new(), after, 0usize);
        let mut more = kept.len() > MOST as usize;
        for one in kept.into_iter().take(MOST as usize) {
            bytes = bytes.saturating_add(one.bytes.len());
            if bytes > MOST_BYTES && !letters.is_empty() {
                more = true;
                break;
            }
            next = one.id;
            let office = self.office_of(&one)?;
            let letter = counterseal_register::Blob(one.bytes);
            letters.push(KeptLetter { letter, leaf: one.leaf, office, extra: Default::default() });
        }
        let (mission, from, to) = (self.setting.mission, self.id(), heir.successor);
        let handing = Handing { mission, from, to, asked: call.hash() };
        let plain = KeptLetters { letters, extra: Default::default() }.to_bytes();
        match seal_handed_letters(&mut self.setting.rng, &handing, &heir.requests, &plain) {
            Ok(sealed) => Ok(SuccessionSaid::Letters { sealed: sealed_to(sealed), next: Bytes(next), more }),
            Err(_) => Ok(not_now("successor-key-bad")),
        }
    }

    /// As whose a fact was taken here: the office of who said it may be another's by now.
    fn office_of(&self, kept: &KeptFact) -> Result<Option<Code>, ServiceError> {
        let Ok(fact) = SignedBody::<Fact>::parse(&kept.bytes) else { return Ok(None) };
        // All rows of a letter name one office.
        let Some(subject) = Self::subjects_of(fact.claims()).into_iter().next() else { return Ok(None) };
        let row = self.store.facts(&subject)?.into_iter().find(|row| row.bytes == kept.id);
        Ok(row.and_then(|row| Code::parse(&row.kind)))
    }

    /// The letters of an answer, if they are sealed to this trustee in answer to this call.
    #[must_use]
    pub fn read_letters(&self, from: KeyId, asked: [u8; 32], sealed: &SealedTo) -> Option<Vec<KeptLetter>> {
        let handing = Handing { mission: self.setting.mission, from, to: self.id(), asked };
        let opened = self.setting.secrets.open_handed_letters(&handing, &sealed_of(sealed)?).ok()?;
        Some(KeptLetters::parse(&opened).ok()?.letters)
    }

    /// Takes letters that are not here; how many there were. What permits needs the right to say it now, and its leaf,
    /// which is looked up here; what ends may rest on the giver's word that it was said by right. Readings are taken in
    /// the order of their chain.
    ///
    /// # Errors
    /// What the disks say; letters before are taken.
    pub fn take_letters(&mut self, letters: &[KeptLetter]) -> Result<u64, ServiceError> {
        let Some(register) = self.mirror.register() else { return Ok(0) };
        let (mut taken, mut readings) = (0, Vec::new());
        for one in letters {
            if let Some(fact) = self.fact_letter(&register, one) {
                taken += u64::from(self.take_fact(&register, &fact, one)?);
            } else if let Some(read) = self.readings_letter(&register, one) {
                readings.push((read, one.leaf));
            }
        }
        // Each pass takes those that follow what is here.
        let mut done = BTreeSet::new();
        loop {
            let before = done.len();
            for (n, (read, leaf)) in readings.iter().enumerate() {
                if !done.contains(&n) && self.take_readings(read, *leaf)? {
                    done.insert(n);
                }
            }
            if done.len() == before {
                return Ok(taken + done.len() as u64);
            }
        }
    }

    fn fact_letter(&self, register: &Register, one: &KeptLetter) -> Option<VerifiedBody<Fact>> {
        let fact = SignedBody::<Fact>::parse(&one.letter.0).ok()?;
        let by = fact.claims().by;
        fact.verify_device(self.setting.mission, by.into(), register.device_keys(by)?).ok()
    }

    fn readings_letter(&self, register: &Register, one: &KeptLetter) -> Option<VerifiedBody<Readings>> {
        let readings = SignedBody::<Readings>::parse(&one.letter.0).ok()?;
        let by = readings.claims().reader;
        readings.verify_device(self.setting.mission, by.into(), register.device_keys(by)?).ok()
    }

    fn take_fact(
        &mut self,
        register: &Register,
        fact: &VerifiedBody<Fact>,
        one: &KeptLetter,
    ) -> Result<bool, ServiceError> {
        if self.fact_of(&fact.hash())?.is_some() {
            return Ok(false);
        }
        let body = fact.body();
        let vouched = one.office.as_ref().filter(|_| body.ends);
        let vouched = vouched.and_then(|office| counterseal_policy::Office::from_word(office.as_str()));
        let Some(sayer) = said_by(register, body, self.at(register)).or(vouched) else { return Ok(false) };
        let leaf = match (body.leaf(fact.bytes()), one.leaf) {
            (Ok(leaf), Some(index)) => {
                let here = self.mirror.leaf(&self.store, index)?;
                (here == Some(leaf.to_bytes())).then_some(index)
            }
            _ => None,
        };
        if leaf.is_none() && !body.ends {
            return Ok(false);
        }
        self.keep_fact(fact, sayer, leaf, None)?;
        Ok(true)
    }

    fn take_readings(
        &mut self,
        readings: &VerifiedBody<Readings>,
        index: Option<u64>,
    ) -> Result<bool, ServiceError> {
        let (body, hash) = (readings.body(), readings.hash());
        if self.last_readings(body.reader)? != body.prev.0 || body.parts.len() != body.times.len() {
            return Ok(false);
        }
        let Some((index, leaf)) = index.zip(body.leaf(readings.bytes()).ok()) else { return Ok(false) };
        if self.mirror.leaf(&self.store, index)? != Some(leaf.to_bytes()) || hash == body.prev.0 {
            return Ok(false);
        }
        // Whoever heard it from the desk has told it.
        self.store.commit(&self.kept_readings(readings, index, true))?;
        Ok(true)
    }
}

//! Taking an entry: unwrap, check, keep the pads in two places, and only then acknowledge (PROTOCOL section 6).

use counterseal_model::EntryId;
use counterseal_register::{
    Acknowledgement, Blob, Bytes, Code, EntryHeader, EntryRefused, KeyId, Moment, PartRef, Register,
    TrusteeAnswer, VerifiedHeader, claimed_device, trustee_key_id, verify_header,
};
use counterseal_seal::{Pad, TrusteeKeySecret, TrusteePlace, TrusteeSet};
use zeroize::Zeroizing;

use super::succession::NOT_IN_THE_SET;
use super::{MOST_OF_A_CALL, Service, ServiceError, not_now};
use crate::decide::NotNow;
use crate::store::{Batch, EntryRow, NewPad, PartRef as StoredPart, SeedRef};

/// What a trustee says of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryAnswer {
    /// A signed acknowledgement or refusal, durable.
    Signed(Vec<u8>),
    /// Nothing yet.
    NotNow(NotNow),
}

/// An entry that is taken: its pads, and the generation of the key.
struct Taken {
    generation: u64,
    pads: Vec<NewPad>,
}

impl Service {
    /// Takes an entry by its signed header. The same header again gets the same answer.
    ///
    /// # Errors
    /// What the disks say: then nothing is acknowledged.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<EntryAnswer, ServiceError> {
        let register = match self.register() {
            Ok(register) => register,
            Err(not) => return Ok(EntryAnswer::NotNow(not)),
        };
        let keys = claimed_device(bytes).ok().and_then(|device| register.device_keys(device).cloned());
        // Without a key to check it with it is nobody's word, and nothing is kept of it.
        let entry = keys.and_then(|keys| verify_header(bytes, &keys).ok());
        let Some(entry) = entry else { return Ok(EntryAnswer::NotNow(NotNow::ReaderUnknown)) };
        if let Some(row) = self.store.entry(entry.id())? {
            return Ok(EntryAnswer::Signed(row.answer));
        }
        let header = entry.header();
        let mirrored = self.mirror.log(counterseal_register::LogKind::Statements).map_or(0, |log| log.size);
        if header.statements_seen > mirrored {
            return Ok(EntryAnswer::NotNow(NotNow::MirrorBehind));
        }
        // What was sealed for a trustee that this one succeeds comes from that one, or by a repair: an answer now would
        // stand for ever.
        if self.waits_for_hand_over(&register, &entry) {
            return Ok(EntryAnswer::NotNow(NotNow::EntryNotHere));
        }
        let taken = self.take(&register, &entry)?;
        self.keep(&entry, taken).map(EntryAnswer::Signed)
    }

    /// The pads of an entry, or the code of what stands against it.
    fn take(
        &self,
        register: &Register,
        entry: &VerifiedHeader,
    ) -> Result<Result<Taken, String>, ServiceError> {
        let at = self.at(register);
        let set = match self.place_for(register, entry, at) {
            Ok(set) => set,
            Err(code) => return Ok(Err(code)),
        };
        let header = entry.header();
        // Tombstones before anything is unwrapped: what was erased must not come back by an old header.
        let mut live = Vec::new();
        for index in (0u32..).take(header.parts.len()) {
            let part = PartRef { entry: entry.id(), index };
            let erased = register.part_state(header.compartment, part, at).erased.is_some();
            let stored = StoredPart { entry: part.entry, index };
            if !erased && !self.store.is_erased(&stored)? {
                live.push(stored);
            }
        }
        if live.is_empty() {
            return Ok(Err("entry-erased".to_owned()));
        }
        let (generation, key, secret) = match self.unwrapping_key(header, &set)? {
            Ok(found) => found,
            Err(code) => return Ok(Err(code)),
        };
        let pads = match secret.receive(entry, &set, self.id(), key) {
            Ok(pads) => pads,
            Err(refusal) => return Ok(Err(refusal.code().to_owned())),
        };
        let pad_of = |part: StoredPart| -> Option<NewPad> {
            let pad: &Pad = pads.get(usize::try_from(part.index).ok()?)?;
            Some(NewPad { part, pad: Zeroizing::new(*pad.reveal()) })
        };
        let pads = live.into_iter().filter_map(pad_of).collect();
        Ok(Ok(Taken { generation, pads }))
    }

    /// Membership of its epoch, the charter's rule, and this trustee's place in the set that it names.
    fn place_for(
        &self,
        register: &Register,
        entry: &VerifiedHeader,
        at: Moment,
    ) -> Result<TrusteeSet, String> {
        let header = entry.header();
        // Late or not: a manager may accept it, and then its parts must open.
        let _standing = register.standing_of(entry, at).map_err(|refusal| refusal.code().to_owned())?;
        let named = header.trustee_set.and_then(|id| register.trustee_set(id, at));
        let named = named.ok_or_else(|| "entry-not-guarded".to_owned())?;
        let place = |one: &counterseal_register::Trustee| {
            u8::try_from(one.x).ok().map(|x| TrusteePlace { trustee: one.id(), x })
        };
        let places: Option<Vec<_>> = named.trustees.iter().map(place).collect();
        let threshold = u8::try_from(named.threshold).ok();
        let set = places.zip(threshold).and_then(|(places, t)| TrusteeSet::new(named.id, t, places).ok());
        let set = set.ok_or_else(|| "trustees-unusable".to_owned())?;
        match set.find(self.id()) {
            Some(_) => Ok(set),
            None => Err(NOT_IN_THE_SET.to_owned()),
        }
    }

    /// The key that the entry names, if this trustee made it for this device in this compartment: by another's key an
    /// entry would live on when this one's are destroyed.
    fn unwrapping_key(
        &self,
        header: &EntryHeader,
        set: &TrusteeSet,
    ) -> Result<Result<(u64, KeyId, TrusteeKeySecret), String>, ServiceError> {
        let ours = set.find(self.id()).and_then(|(rank, _)| header.trustees.get(rank));
        let Some(named) = ours.map(|ours| ours.key) else { return Ok(Err("share-no-place".to_owned())) };
        let kept = self.store.device_keys(header.device, header.compartment)?;
        let is_named = |signed: &[u8]| {
            let signed = counterseal_register::Signed::parse(signed).ok();
            signed.is_some_and(|signed| trustee_key_id(signed.payload()) == named.0)
        };
        let Some(found) = kept.iter().rev().find(|kept| is_named(&kept.signed)) else {
            return Ok(Err("key-unknown".to_owned()));
        };
        let seed: SeedRef = found.key;
        let Some(secret) = self.store.seed(&seed)? else { return Ok(Err("key-destroyed".to_owned())) };
        Ok(Ok((seed.generation, named, TrusteeKeySecret::from_bytes(&secret))))
    }

    /// One commit: the entry, its pads, and what is answered. Then keys that are not needed any more go.
    fn keep(
        &mut self,
        entry: &VerifiedHeader,
        taken: Result<Taken, String>,
    ) -> Result<Vec<u8>, ServiceError> {
        let (answer, refused, generation, pads) = match taken {
            Ok(Taken { generation, pads }) => {
                (self.acknowledge(entry, pads.len() as u64)?, None, generation, pads)
            }
            Err(code) => (self.refuse(entry.id(), &code)?, Some(code), 0, Vec::new()),
        };
        let row = self.row_of(entry, generation, refused, answer.clone());
        self.put(row, pads)?;
        Ok(answer)
    }

    /// An entry as it is kept.
    pub(super) fn row_of(
        &self,
        entry: &VerifiedHeader,
        generation: u64,
        refused: Option<String>,
        answer: Vec<u8>,
    ) -> EntryRow {
        let header = entry.header();
        EntryRow {
            id: entry.id(),
            device: header.device,
            compartment: header.compartment,
            journal: header.journal,
            seq: header.seq,
            prev: header.prev,
            continues: header.continues,
            generation,
            refused,
            contiguous: false,
            header: entry.bytes().to_vec(),
            answer,
            at: self.now(),
        }
    }

    /// The commit of an entry with its pads, in its place of the journal; and then the keys that it makes needless go.
    pub(super) fn put(&mut self, mut row: EntryRow, pads: Vec<NewPad>) -> Result<(), ServiceError> {
        let (device, compartment) = (row.device, row.compartment);
        let chain = self.join_chain(&mut row)?;
        let (entries, contiguous, state) = (vec![row], chain.joined, chain.state);
        self.store.commit(&Batch { entries, pads, contiguous, state, ..Batch::default() })?;
        self.destroy_before(device, compartment, chain.newest)
    }

    pub(super) fn acknowledge(&self, entry: &VerifiedHeader, count: u64) -> Result<Vec<u8>, ServiceError> {
        let header = entry.header();
        let register = self.mirror.register();
        let set = register.as_ref().and_then(|r| r.trustee_set(header.trustee_set?, self.at(r)));
        let rank = set.and_then(|set| set.find(self.id())).map(|(rank, _)| rank);
        let key = rank.and_then(|rank| header.trustees.get(rank)).map_or([0; 32], |ours| ours.key.0);
        let acknowledgement = Acknowledgement {
            mission: header.mission,
            trustee: self.id(),
            entry: entry.id(),
            count,
            key: Bytes(key),
            extra: Default::default(),
        };
        Ok(self.sign(&acknowledgement)?)
    }

    pub(super) fn refuse(&self, entry: EntryId, code: &str) -> Result<Vec<u8>, ServiceError> {
        let (mission, trustee, extra) = (self.setting.mission, self.id(), Default::default());
        // Every code is one; should one not be, the refusal stands all the same.
        let Some(code) = Code::parse(code).or_else(|| Code::parse("refused")) else {
            return Err(counterseal_seal::KeyUnusable.into());
        };
        Ok(self.sign(&EntryRefused { mission, trustee, entry, code, extra })?)
    }

    pub(super) fn deliver(&mut self, headers: &[Blob]) -> Result<TrusteeAnswer, ServiceError> {
        let mut objects = Vec::new();
        let mut waits = None;
        for header in headers.iter().take(MOST_OF_A_CALL) {
            match self.receive(&header.0)? {
                EntryAnswer::Signed(answer) => objects.push(Blob(answer)),
                EntryAnswer::NotNow(not) => waits = Some(not),
            }
        }
        match waits {
            Some(not) if objects.is_empty() => Ok(not_now(not.word())),
            _ => Ok(TrusteeAnswer::Signed { objects }),
        }
    }

    pub(super) fn acks(&self, entries: &[EntryId]) -> Result<TrusteeAnswer, ServiceError> {
        let mut objects = Vec::new();
        for entry in entries.iter().take(MOST_OF_A_CALL) {
            objects.extend(self.store.entry(*entry)?.map(|row| Blob(row.answer)));
        }
        Ok(TrusteeAnswer::Signed { objects })
    }
}

//! The old trustee's side: it hands over what it holds, and keeps it until its operator retires it.

use counterseal_model::EntryId;
use counterseal_register::{
    Blob, Code, HandedEntry, Outcome, Register, SuccessionCall, SuccessionSaid, VerifiedBody, VerifiedHeader,
};
use counterseal_seal::{Handing, seal_handed};
use zeroize::Zeroizing;

use super::retire::taken_value;
use super::{Heir, MOST_HANDED, MOST_PARTS, digest_of, not_now};
use crate::service::{Service, ServiceError, sealed_to};
use crate::store::{Batch, EntryRow, PartRef};

/// The state that says that a successor has everything, by its count and digest.
pub(super) const TAKEN: &str = "succession/taken";

type Secret = Zeroizing<[u8; 32]>;

impl Service {
    /// Whether this trustee stood at the place, or held it for a time: only then are its pads those of the place.
    fn stood_there(&self, register: &Register, heir: &Heir) -> bool {
        let chain = register.trustee_chain(heir.of, heir.at);
        chain.contains(&self.id()) && self.id() != heir.successor
    }

    /// Hands entries over. Those that do not fit into one answer are left out, and asked for again.
    pub(super) fn give(
        &mut self,
        register: &Register,
        heir: &Heir,
        entries: &[EntryId],
        call: &VerifiedBody<SuccessionCall>,
    ) -> Result<SuccessionSaid, ServiceError> {
        if !self.stood_there(register, heir) {
            return Ok(not_now("place-other"));
        }
        let (mut given, mut pads) = (Vec::new(), Vec::new());
        for id in entries.iter().take(MOST_HANDED) {
            let Some(row) = self.store.entry(*id)? else { continue };
            let header = self.header_of(register, &row.header);
            let Some(header) = header.filter(|header| self.is_for(register, heir, header)) else { continue };
            let (entry, some) = self.handed(register, heir, &row, &header)?;
            if !pads.is_empty() && pads.len() + some.len() > MOST_PARTS {
                break;
            }
            pads.extend(some);
            given.push(entry);
        }
        self.seal_given(heir, (given, pads), (Outcome::HandedOver, call))
    }

    /// Logs, seals and gives; in this order.
    pub(super) fn seal_given(
        &mut self,
        heir: &Heir,
        (entries, secrets): (Vec<HandedEntry>, Vec<Secret>),
        (outcome, call): (Outcome, &VerifiedBody<SuccessionCall>),
    ) -> Result<SuccessionSaid, ServiceError> {
        if !secrets.is_empty() {
            self.log_handed(call, outcome, secrets.len() as u64)?;
        }
        let (mission, from, to) = (self.setting.mission, self.id(), heir.successor);
        let handing = Handing { mission, from, to, asked: call.hash() };
        match seal_handed(&mut self.setting.rng, &handing, &heir.requests, &secrets) {
            Ok(sealed) => Ok(SuccessionSaid::Given { entries, sealed: sealed_to(sealed) }),
            Err(_) => Ok(not_now("successor-key-bad")),
        }
    }

    /// Whether an entry was sealed for the place.
    pub(super) fn is_for(&self, register: &Register, heir: &Heir, header: &VerifiedHeader) -> bool {
        let set = header.header().trustee_set.and_then(|id| register.trustee_set(id, heir.at));
        set.is_some_and(|set| set.find(heir.of).is_some())
    }

    /// An entry with its live pads: nothing of what is erased, by the store or by the register before the store obeyed.
    fn handed(
        &self,
        register: &Register,
        heir: &Heir,
        row: &EntryRow,
        header: &VerifiedHeader,
    ) -> Result<(HandedEntry, Vec<Secret>), ServiceError> {
        let (mut parts, mut pads) = (Vec::new(), Vec::new());
        if row.refused.is_none() {
            for part in self.live_parts(register, heir.at, header)? {
                if let Some(pad) = self.store.pad(&part)? {
                    parts.push(u64::from(part.index));
                    pads.push(pad);
                }
            }
        }
        let refused = row.refused.as_deref().and_then(Code::parse);
        let header = Blob(row.header.clone());
        Ok((HandedEntry { header, refused, parts, extra: Default::default() }, pads))
    }

    /// The successor says that it has everything. It is believed if it names exactly what is here.
    pub(super) fn note_taken(
        &mut self,
        register: &Register,
        heir: &Heir,
        said: (u64, [u8; 32]),
    ) -> Result<SuccessionSaid, ServiceError> {
        if !self.stood_there(register, heir) {
            return Ok(not_now("place-other"));
        }
        let ids = self.all_sealed_for(register, heir)?;
        if said != (ids.len() as u64, digest_of(&ids)) {
            return Ok(not_now("not-everything"));
        }
        let name = format!("{TAKEN}/{}", heir.of);
        let value = taken_value(heir.successor, &ids);
        if self.store.state(&name)?.as_ref() != Some(&value) {
            let state = vec![(name, Some(value))];
            self.store.commit(&Batch { state, ..Batch::default() })?;
        }
        Ok(SuccessionSaid::Noted {})
    }

    /// The parts of an entry for which no tombstone stands.
    pub(super) fn live_parts(
        &self,
        register: &Register,
        at: counterseal_register::Moment,
        header: &VerifiedHeader,
    ) -> Result<Vec<PartRef>, ServiceError> {
        let mut live = Vec::new();
        for index in (0u32..).take(header.header().parts.len()) {
            let named = counterseal_register::PartRef { entry: header.id(), index };
            let erased = register.part_state(header.header().compartment, named, at).erased.is_some();
            let part = PartRef { entry: header.id(), index };
            if !erased && !self.store.is_erased(&part)? {
                live.push(part);
            }
        }
        Ok(live)
    }
}

//! Whose pads count for a part: those of whoever answers now for a place of the set under which it was sealed
//! (docs/spec/succession.md, section 2).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use counterseal_model::{EntryId, StatementId};
use counterseal_register::{KeyId, PartRef, TrusteeSet as RegisteredSet, VerifiedHeader};
use counterseal_seal::{Pad, TrusteePlace, TrusteeSet, pad_is_committed};

use super::answers::Heard;
use super::failure::OpeningFailure;
use super::request::SignedAsking;
use crate::desk::Desk;
use crate::error::NodeError;

/// What is said of a trustee whose pads are false.
const LIE: &str = "its pads are not those that the author committed to";

/// The places of one set, and which of the trustees that are asked answers for each.
#[derive(Debug)]
pub(super) struct Answering {
    pub(super) set: TrusteeSet,
    /// By trustee: the place x of the set.
    places: BTreeMap<KeyId, u8>,
}

impl Answering {
    fn threshold(&self) -> usize {
        usize::from(self.set.threshold())
    }

    fn have(&self, heard: &Heard) -> usize {
        self.places.keys().filter(|id| heard.pads.contains_key(id)).count()
    }

    /// Whether t may still come.
    fn is_possible(&self, heard: &Heard) -> bool {
        let refused = |id: &&KeyId| heard.refused.iter().any(|(refusing, _)| refusing == *id);
        let may = |id: &&KeyId| !refused(id) && !heard.liars.contains(*id);
        self.places.keys().filter(may).count() >= self.threshold()
    }

    /// Whether a pad of a trustee is the one that the author committed to; so is one that counts for nothing anyway.
    fn is_committed(&self, entry: &VerifiedHeader, index: u32, trustee: KeyId, pad: &Pad) -> bool {
        let Some(x) = self.places.get(&trustee) else { return true };
        let rank = self.set.places().iter().position(|place| place.x == *x);
        rank.is_some_and(|rank| pad_is_committed(entry, index, (rank, *x), pad))
    }

    /// The pads for the part at a place of the request, by the places of the set.
    pub(super) fn pads(&self, heard: &Heard, at: usize) -> BTreeMap<u8, Pad> {
        let pad = |(id, x): (&KeyId, &u8)| Some((*x, Pad::from_bytes(heard.pads.get(id)?.get(at)?.reveal())));
        self.places.iter().filter_map(pad).collect()
    }

    /// Who answers for a place.
    pub(super) fn who(&self, x: u8) -> Option<KeyId> {
        self.places.iter().find(|(_, place)| **place == x).map(|(id, _)| *id)
    }
}

/// The sets under which the parts of a request were sealed. The number t of each counts, not that of the set in force.
#[derive(Debug)]
pub(super) struct Places {
    sets: BTreeMap<StatementId, Answering>,
    entries: BTreeMap<EntryId, VerifiedHeader>,
    parts: Vec<PartRef>,
}

impl Places {
    /// Whether enough have answered to know how it ends: t of each set have released, or of some set t cannot.
    pub(super) fn is_decided(&self, heard: &Heard) -> bool {
        let all = self.sets.values().all(|one| one.have(heard) >= one.threshold());
        all || self.sets.values().any(|one| !one.is_possible(heard))
    }

    /// Holds what a trustee released against what the authors committed to. One false pad is enough: it is named, and
    /// nothing that it gives counts, so that others are waited for.
    pub(super) fn judge(&self, heard: &mut Heard, trustee: KeyId) {
        let Some(pads) = heard.pads.get(&trustee) else { return };
        let is_true = |(part, pad): (&PartRef, &Pad)| {
            let entry = self.entries.get(&part.entry);
            let set = entry.and_then(|entry| self.sets.get(&entry.header().trustee_set?));
            set.zip(entry).is_some_and(|(set, entry)| set.is_committed(entry, part.index, trustee, pad))
        };
        if heard.liars.contains(&trustee) || !self.parts.iter().zip(pads).all(is_true) {
            heard.pads.remove(&trustee);
            heard.liars.insert(trustee);
            heard.silent.insert(trustee, LIE.to_owned());
        }
    }

    /// Fails unless t of each set have released.
    pub(super) fn require(&self, heard: &Heard) -> Result<(), OpeningFailure> {
        for one in self.sets.values() {
            let (have, needed) = (one.have(heard), one.threshold());
            if have >= needed {
                continue;
            }
            if one.places.len() < needed {
                return Err(OpeningFailure::PlacesEmpty { have: one.places.len(), needed });
            }
            // Who lied is named before who refused.
            if !one.is_possible(heard) && heard.liars.is_empty() {
                return Err(OpeningFailure::Refused { refused: heard.refused.clone() });
            }
            let silent = heard.silent.iter().map(|(id, why)| (*id, why.clone())).collect();
            return Err(OpeningFailure::TooFew { have, needed, silent });
        }
        Ok(())
    }

    /// The places of a set.
    pub(super) fn of(&self, set: StatementId) -> Option<&Answering> {
        self.sets.get(&set)
    }
}

impl Desk {
    /// Who answers for the parts of a request, of the trustees that it is sealed to.
    pub(super) fn places_of_request(
        &self,
        asked: &SignedAsking,
        present: &RegisteredSet,
    ) -> Result<Places, NodeError> {
        let (mut sets, mut entries) = (BTreeMap::new(), BTreeMap::new());
        for part in &asked.request.parts {
            let (entry, _) = self.known_part(*part)?;
            let sealed_for = entry.header.header().trustee_set.ok_or(NodeError::NoParts)?;
            if let Entry::Vacant(place) = sets.entry(sealed_for) {
                place.insert(self.answering(sealed_for, present)?);
            }
            entries.insert(part.entry, entry.header);
        }
        Ok(Places { sets, entries, parts: asked.request.parts.clone() })
    }

    /// Of a set that the register does not know nobody answers; nor does anybody for two places of one set, whose pads
    /// would be two of t.
    fn answering(&self, sealed_for: StatementId, present: &RegisteredSet) -> Result<Answering, NodeError> {
        let unknown = || NodeError::from(OpeningFailure::UnknownTrustees { set: sealed_for });
        let at = self.moment();
        let known = self.register.trustee_set(sealed_for, at).ok_or_else(unknown)?;
        let set = in_arithmetic(known).ok_or_else(unknown)?;
        let mut places = BTreeMap::new();
        for place in set.places() {
            let holder = self.register.trustee_holder(place.trustee, at);
            if present.find(holder).is_some() && places.insert(holder, place.x).is_some() {
                return Err(unknown());
            }
        }
        Ok(Answering { set, places })
    }
}

/// A set of the register in the terms of the arithmetic.
fn in_arithmetic(set: &RegisteredSet) -> Option<TrusteeSet> {
    let place = |one: &counterseal_register::Trustee| {
        Some(TrusteePlace { trustee: one.id(), x: u8::try_from(one.x).ok()? })
    };
    let places = set.trustees.iter().map(place).collect::<Option<Vec<_>>>()?;
    TrusteeSet::new(set.id, u8::try_from(set.threshold).ok()?, places).ok()
}

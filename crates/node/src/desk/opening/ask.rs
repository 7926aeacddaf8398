//! Asking: the leaf into the log, the request to the trustees, the receipt into the store, and only then the parts.

use std::collections::BTreeMap;

use counterseal_model::EntryId;
use counterseal_model::Timestamp;
use counterseal_model::cbor::from_bytes;
use counterseal_model::record::Part;
use counterseal_register::{Blob, KeyId, PartRef, RefusedOpening, TrusteeAnswer, TrusteeCall, TrusteeSet};
use counterseal_seal::{OpenedGuarded, Opener, TrusteeRecipient, seal_request};

use super::answers::Heard;
use super::failure::{OpeningFailure, part_text};
use super::outside::Outside;
use super::places::Places;
use super::request::{Asking, SignedAsking};
use crate::desk::Desk;
use crate::desk::guarded::is_cover;
use crate::error::NodeError;
use crate::link::LinkError;

/// What a trustee made of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrusteeWord {
    /// It released.
    Released,
    /// It gave a pad that is not the one that the author committed to: it lies. Nothing that it gave counted.
    Lied,
    /// It released what the author committed to, and that fits nobody else's: the author dealt it something else.
    Misdealt,
    /// It refused.
    Refused(RefusedOpening),
    /// No answer that counts, and what was heard.
    Silent(String),
}

/// A part that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedPart {
    /// Which.
    pub part: PartRef,
    /// What it says; none when its author sealed something that is no part.
    pub content: Option<Part>,
    /// Whether it is a cover: nothing was written there.
    pub cover: bool,
}

/// What came of a request.
#[derive(Debug)]
pub struct Asked {
    /// What names it: SHA-256 of the signed request.
    pub request: [u8; 32],
    /// The index of its leaf in the journal log.
    pub leaf: u64,
    /// What each trustee made of it.
    pub trustees: BTreeMap<KeyId, TrusteeWord>,
    /// The parts, in the order of the request. They are in the desk's vault too, until the time that was set.
    pub parts: Vec<OpenedPart>,
}

impl Desk {
    /// Asks the trustees to open what was prepared, and opens it. What is opened stays in memory until `until`.
    ///
    /// The commit points: the request with its receipt is durable before a trustee hears of it, and the trustees'
    /// answers before anything is shown.
    ///
    /// # Errors
    /// When approvals are missing, the log or too many trustees cannot be reached, or trustees refuse. Whether it
    /// failed or not, a request whose leaf was taken stands in the log for ever.
    pub fn open_parts(
        &mut self,
        asking: Asking,
        outside: &mut dyn Outside,
        until: Timestamp,
    ) -> Result<Asked, LinkError> {
        let (needed, have) = (asking.approvals_needed(), asking.request().approvals.len());
        if have < needed {
            return Err(NodeError::from(OpeningFailure::ApprovalsMissing { needed, have }).into());
        }
        let asked = self.sign_asking(asking)?;
        let leaf = outside.push_leaf(self, &asked.leaf)?;
        let proof = outside.prove_leaf(self, &asked.leaf, leaf)?;
        self.keep_request(&asked, leaf, &proof)?;
        let set = self.set_of_request(&asked)?;
        let places = self.places_of_request(&asked, &set)?;
        let heard = self.gather(&asked, (&set, &places), &proof, outside)?;
        self.keep_answers(&asked, &heard)?;
        places.require(&heard).map_err(NodeError::from)?;
        let (parts, misdealt) = self.open_all(&asked, &heard, &places, until)?;
        Ok(Asked { request: asked.hash, leaf, trustees: words(&set, &heard, &misdealt), parts })
    }

    fn set_of_request(&self, asked: &SignedAsking) -> Result<TrusteeSet, NodeError> {
        let (id, at) = (asked.request.trustee_set, self.moment());
        let set = self.register.trustee_set(id, at).cloned();
        set.ok_or_else(|| OpeningFailure::UnknownTrustees { set: id }.into())
    }

    /// Asks all trustees at once until it is decided. One that does not have an entry yet, because the hub keeps it
    /// back or it is new, is given it and asked once more.
    fn gather(
        &mut self,
        asked: &SignedAsking,
        (set, places): (&TrusteeSet, &Places),
        proof: &[u8],
        outside: &mut dyn Outside,
    ) -> Result<Heard, NodeError> {
        let mut heard = Heard::default();
        let mut missing = Vec::new();
        let calls = self.calls(asked, set, proof)?;
        outside.call(self, calls, &mut |trustee, answer| {
            if matches!(&answer, Ok(TrusteeAnswer::NotNow { code }) if code.as_str() == ENTRY_UNKNOWN) {
                missing.push(trustee);
            }
            heard.take(asked, set, trustee, answer.map_err(|error| error.to_string()));
            places.judge(&mut heard, trustee);
            !places.is_decided(&heard)
        });
        if missing.is_empty() || places.is_decided(&heard) {
            return Ok(heard);
        }
        let headers = self.headers_of(&asked.request.entries())?;
        let deliver = |trustee: &KeyId| (*trustee, TrusteeCall::Deliver { headers: headers.clone() });
        outside.call(self, missing.iter().map(deliver).collect(), &mut |_, _| true);
        let mut calls = self.calls(asked, set, proof)?;
        calls.retain(|(trustee, _)| missing.contains(trustee));
        outside.call(self, calls, &mut |trustee, answer| {
            heard.take(asked, set, trustee, answer.map_err(|error| error.to_string()));
            places.judge(&mut heard, trustee);
            !places.is_decided(&heard)
        });
        Ok(heard)
    }

    fn calls(
        &mut self,
        asked: &SignedAsking,
        set: &TrusteeSet,
        proof: &[u8],
    ) -> Result<Vec<(KeyId, TrusteeCall)>, NodeError> {
        let mission = self.mission();
        let mut calls = Vec::with_capacity(set.trustees.len());
        for trustee in &set.trustees {
            let to = TrusteeRecipient { trustee: trustee.id(), requests: &trustee.requests.0 };
            let sealed = seal_request(&mut self.rng, mission, to, &asked.bytes)
                .map_err(|error| NodeError::Verification(error.to_string()))?;
            let request = super::outside::sealed_to(sealed);
            calls.push((trustee.id(), TrusteeCall::Open { request, receipt: Blob(proof.to_vec()) }));
        }
        Ok(calls)
    }

    /// The signed headers of entries, for a trustee that does not have them.
    fn headers_of(&self, entries: &[EntryId]) -> Result<Vec<Blob>, NodeError> {
        entries.iter().map(|id| Ok(Blob(self.guarded_entry(*id)?.header.bytes().to_vec()))).collect()
    }

    /// Opens every part of a request with the pads that were released, or none. Says also to whom an author dealt
    /// wrongly.
    pub(super) fn open_all(
        &mut self,
        asked: &SignedAsking,
        heard: &Heard,
        places: &Places,
        until: Timestamp,
    ) -> Result<(Vec<OpenedPart>, Vec<KeyId>), NodeError> {
        let opener = Opener::new()?;
        let mut all = Vec::with_capacity(asked.request.parts.len());
        let mut misdealt = Vec::new();
        for (at, part) in asked.request.parts.iter().enumerate() {
            let (opened, wrong) = self.open_one(&opener, *part, (heard, at), places)?;
            misdealt.extend(wrong);
            all.push((*part, opened));
        }
        misdealt.sort_unstable();
        misdealt.dedup();
        let covers = all.iter().filter(|(_, opened)| is_cover(opened.plaintext.as_bytes()));
        let covers: Vec<PartRef> = covers.map(|(part, _)| *part).collect();
        self.note_covers(&covers)?;
        let records = all.iter().filter_map(|(part, opened)| {
            let read: Part = from_bytes(opened.plaintext.as_bytes()).ok()?;
            Some((*part, read.record))
        });
        let records: Vec<_> = records.collect();
        self.note_siblings(&records)?;
        if let Some(ahead) = &asked.request.ahead {
            self.keep_ahead(&asked.hash, ahead.until, &all, &covers)?;
        }
        let shown = all.into_iter().map(|(part, opened)| {
            if covers.contains(&part) {
                return OpenedPart { part, content: None, cover: true };
            }
            let content = from_bytes(opened.plaintext.as_bytes()).ok();
            self.vault.keep(part, opened.plaintext, until);
            OpenedPart { part, content, cover: false }
        });
        Ok((shown.collect(), misdealt))
    }

    /// Opens a part; and to whom its author dealt wrongly. False pads were left out before.
    fn open_one(
        &self,
        opener: &Opener,
        part: PartRef,
        (heard, at): (&Heard, usize),
        places: &Places,
    ) -> Result<(OpenedGuarded, Vec<KeyId>), NodeError> {
        let (entry, _) = self.known_part(part)?;
        let header = entry.header.header();
        let sealed_for = header.trustee_set.ok_or(NodeError::NoParts)?;
        let unknown = || NodeError::from(OpeningFailure::UnknownTrustees { set: sealed_for });
        // Pads stay at the places for which they were dealt, whoever answers for them now.
        let places = places.of(sealed_for).ok_or_else(unknown)?;
        let secret = self.keyring.get(header.epoch).ok_or(NodeError::NoSecret(header.epoch))?;
        let ciphertext = self.guarded_ciphertext(&entry, part.index)?;
        let index = usize::try_from(part.index).unwrap_or(usize::MAX);
        let verified = entry.header.verify_part(index, &ciphertext)?;
        let pads = places.pads(heard, at);
        let opened = opener.open_guarded(&verified, entry.sealed_by, secret, &places.set, &pads);
        let opened = opened.map_err(|error| OpeningFailure::DoesNotOpen {
            part: part_text(part),
            reason: error.to_string(),
        })?;
        let wrong = opened.misdealt.iter().filter_map(|x| places.who(*x)).collect();
        Ok((opened, wrong))
    }
}

/// What a trustee says that does not have an entry.
pub(super) const ENTRY_UNKNOWN: &str = "entry-not-here";

fn words(set: &TrusteeSet, heard: &Heard, misdealt: &[KeyId]) -> BTreeMap<KeyId, TrusteeWord> {
    let one = |trustee: &counterseal_register::Trustee| {
        let id = trustee.id();
        let refused = heard.refused.iter().find(|(refusing, _)| *refusing == id);
        let word = match (heard.pads.contains_key(&id), refused) {
            _ if heard.liars.contains(&id) => TrusteeWord::Lied,
            (true, _) if misdealt.contains(&id) => TrusteeWord::Misdealt,
            (true, _) => TrusteeWord::Released,
            (false, Some((_, refused))) => TrusteeWord::Refused(refused.clone()),
            (false, None) => {
                let unheard = || "it was not waited for".to_owned();
                TrusteeWord::Silent(heard.silent.get(&id).cloned().unwrap_or_else(unheard))
            }
        };
        (id, word)
    };
    set.trustees.iter().map(one).collect()
}

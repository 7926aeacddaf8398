//! Facts for trustees: said by whoever may say them, kept in this desk's store until every trustee has taken them, and
//! sent with each session (docs/spec/casework.md, section 4).
//!
//! What permits counts once its leaf stands in the log. What ends goes at once, without a leaf, and again with it.

use std::collections::BTreeMap;

use counterseal_model::cbor::from_bytes_strict;
use counterseal_model::{Code, Timestamp};
use counterseal_register::{
    Blob, Bytes, Fact, FactAbout, FactKind, KeyId, Label, Signed, TrusteeAnswer, TrusteeCall, sha256,
};
use counterseal_seal::{TrusteeRecipient, seal_fact, sign_statement};
use rusqlite::Connection;

use super::CaseworkRefusal;
use crate::desk::Desk;
use crate::desk::opening::{Outside, sealed_to};
use crate::desk::statements::random;
use crate::error::NodeError;

/// What a trustee said of a letter that it took, and of one that it took without a leaf.
const TAKEN: &str = "taken";
const ON_SIGHT: &str = "on-sight";

/// Why a consent is not said.
pub(super) const WHOSE: &str = "a consent has to say whose it is, by the record of the person";

/// What is to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactTerms {
    /// Of whom or what.
    pub about: FactAbout,
    /// What.
    pub kind: FactKind,
    /// Which training, contingent, basis or agreement.
    pub value: Option<Code>,
    /// For which purposes.
    pub purposes: Vec<Code>,
    /// For which recipients.
    pub recipients: Vec<Code>,
    /// Since when; now when left out.
    pub since: Option<Timestamp>,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Whether it ends what was said before.
    pub ends: bool,
    /// Of a consent: whose, for each part in their order (`consent_of`); everybody's when empty, which only an end may be.
    pub whose: Vec<Bytes<32>>,
}

/// A fact that this desk said, and who has taken it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactView {
    /// What names it: SHA-256 of the signed fact.
    pub hash: [u8; 32],
    /// What it says.
    pub fact: Fact,
    /// The index of its leaf, once it stands in the log.
    pub leaf: Option<u64>,
    /// Whether who said it is a data-protection officer now.
    pub officer: bool,
    /// What each trustee made of it; those of the present set that are not here have not heard of it.
    pub trustees: BTreeMap<KeyId, String>,
    /// How many trustees of the present set have not taken it.
    pub missing: usize,
}

/// What became of the facts that were due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FactsSent {
    /// Letters that trustees took.
    pub taken: u64,
    /// Letters that are due still.
    pub due: u64,
}

/// A fact with its signed bytes.
pub(super) type SignedFact = (Fact, Vec<u8>);

/// Puts signed facts into the outbox, in the commit of `tx`.
pub(super) fn keep_signed(tx: &Connection, signed: &[SignedFact]) -> Result<(), NodeError> {
    let mut insert = tx.prepare_cached("INSERT INTO fact_said (hash, signed, made) VALUES (?1, ?2, ?3)")?;
    for (fact, bytes) in signed {
        insert.execute((sha256(&[bytes]), bytes, fact.made.0))?;
    }
    Ok(())
}

/// A fact in the outbox.
struct Kept {
    hash: [u8; 32],
    signed: Vec<u8>,
    fact: Fact,
    leaf: Option<(u64, Vec<u8>)>,
    said: BTreeMap<KeyId, String>,
}

impl Desk {
    /// Says a fact: signed and durable here, and due to every trustee. Whether this person may say it is checked here,
    /// and by each trustee.
    ///
    /// # Errors
    /// `NotYoursToSay`, and whom to ask; `BadFact` when it could mean nothing.
    pub fn state_fact(&mut self, terms: FactTerms) -> Result<FactView, NodeError> {
        self.state_facts(vec![terms]).and_then(|mut said| said.pop().ok_or(NodeError::NoParts))
    }

    /// Says several facts in one commit.
    ///
    /// # Errors
    /// As `state_fact`; nothing is said then.
    pub fn state_facts(&mut self, all: Vec<FactTerms>) -> Result<Vec<FactView>, NodeError> {
        self.state_facts_after(all.into_iter().map(|terms| (terms, 0)).collect())
    }

    /// The same, each so many seconds after now: what is given again after an end is later than the end.
    pub(in crate::desk) fn state_facts_after(
        &mut self,
        all: Vec<(FactTerms, i64)>,
    ) -> Result<Vec<FactView>, NodeError> {
        let signed = self.sign_facts_after(all)?;
        self.store.commit(|tx| keep_signed(tx, &signed))?;
        self.facts_signed(&signed)
    }

    /// The facts of `signed`, as they stand now.
    pub(super) fn facts_signed(&self, signed: &[SignedFact]) -> Result<Vec<FactView>, NodeError> {
        let hashes: Vec<_> = signed.iter().map(|(_, bytes)| sha256(&[bytes])).collect();
        let mut views = self.facts_said()?;
        views.retain(|view| hashes.contains(&view.hash));
        Ok(views)
    }

    /// Signs facts. They are said once `keep_signed` is durable.
    ///
    /// # Errors
    /// As `state_fact`.
    pub(super) fn sign_facts(&mut self, all: Vec<FactTerms>) -> Result<Vec<SignedFact>, NodeError> {
        self.sign_facts_after(all.into_iter().map(|terms| (terms, 0)).collect())
    }

    fn sign_facts_after(&mut self, all: Vec<(FactTerms, i64)>) -> Result<Vec<SignedFact>, NodeError> {
        let mut signed = Vec::with_capacity(all.len());
        for (terms, after) in all {
            check(&terms)?;
            self.check_sayer(terms.kind, &terms.about)?;
            let made = Timestamp(self.now().0.saturating_add(after));
            let (mut purposes, mut recipients) = (terms.purposes, terms.recipients);
            for codes in [&mut purposes, &mut recipients] {
                codes.sort();
                codes.dedup();
            }
            let fact = Fact {
                mission: self.mission(),
                id: Bytes(random(&mut self.rng)),
                by: self.device(),
                about: terms.about,
                kind: terms.kind,
                value: terms.value,
                purposes,
                recipients,
                since: terms.since.unwrap_or(made),
                until: terms.until,
                ends: terms.ends,
                made,
                whose: terms.whose,
                extra: Default::default(),
            };
            if !fact.says_whose() {
                return Err(CaseworkRefusal::BadFact { why: WHOSE }.into());
            }
            let bytes =
                sign_statement(&fact.payload(), Label::OPENING_FACT, &[&self.secrets])?.bytes().to_vec();
            signed.push((fact, bytes));
        }
        Ok(signed)
    }

    /// The facts that this desk said, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn facts_said(&self) -> Result<Vec<FactView>, NodeError> {
        let set = self.trustee_ids();
        let view = |kept: Kept| {
            let missing = set.iter().filter(|id| kept.said.get(id).is_none_or(|word| word != TAKEN)).count();
            FactView {
                hash: kept.hash,
                officer: self.says_as_officer(&kept.fact),
                fact: kept.fact,
                leaf: kept.leaf.map(|(index, _)| index),
                trustees: kept.said,
                missing,
            }
        };
        Ok(self.store.read(kept_facts)?.into_iter().rev().map(view).collect())
    }

    /// Sends what is due: first what ends, without waiting for the log; then leaves and what permits. What a trustee
    /// took is durable before the next is sent. What fails stays due, and is no failure.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn send_facts(&mut self, outside: &mut dyn Outside) -> Result<FactsSent, NodeError> {
        let mut sent = FactsSent::default();
        let due = |desk: &Self| -> Result<Vec<Kept>, NodeError> {
            let set = desk.trustee_ids();
            let mut all = desk.store.read(kept_facts)?;
            let lacks = |kept: &Kept| set.iter().any(|id| kept.said.get(id).is_none_or(|word| word != TAKEN));
            all.retain(lacks);
            Ok(all)
        };
        for kept in due(self)?.iter().filter(|kept| kept.fact.ends) {
            let heard = |id: &KeyId| kept.said.get(id).is_some_and(|word| word == TAKEN || word == ON_SIGHT);
            let to = self.trustee_ids().into_iter().filter(|id| !heard(id)).collect();
            self.send_letter(outside, kept, to, &[], ON_SIGHT)?;
        }
        for mut kept in due(self)? {
            if kept.leaf.is_none() {
                kept.leaf = self.log_fact(outside, &kept)?;
            }
            // Without the log there is nothing more to do now.
            let Some((_, proof)) = &kept.leaf else { break };
            let proof = proof.clone();
            let to = self.trustee_ids().into_iter();
            let to = to.filter(|id| kept.said.get(id).is_none_or(|word| word != TAKEN)).collect();
            sent.taken += self.send_letter(outside, &kept, to, &proof, TAKEN)?;
        }
        sent.due = self.facts_said()?.iter().map(|view| view.missing as u64).sum();
        Ok(sent)
    }

    /// Puts a fact's leaf into the log. Where it stands is durable here, with its proof, before a trustee hears of it.
    fn log_fact(
        &mut self,
        outside: &mut dyn Outside,
        kept: &Kept,
    ) -> Result<Option<(u64, Vec<u8>)>, NodeError> {
        let leaf =
            kept.fact.leaf(&kept.signed).map_err(|error| NodeError::Verification(error.to_string()))?;
        let Ok(index) = outside.push_leaf(self, &leaf) else { return Ok(None) };
        let Ok(proof) = outside.prove_leaf(self, &leaf, index) else { return Ok(None) };
        self.store.commit(|tx| {
            tx.execute(
                "UPDATE fact_said SET leaf = ?2, proof = ?3 WHERE hash = ?1",
                (kept.hash, index.cast_signed(), &proof),
            )?;
            Ok::<_, NodeError>(())
        })?;
        Ok(Some((index, proof)))
    }

    fn send_letter(
        &mut self,
        outside: &mut dyn Outside,
        kept: &Kept,
        to: Vec<KeyId>,
        receipt: &[u8],
        word: &str,
    ) -> Result<u64, NodeError> {
        let Some(set) = self.register.trustees(self.moment()).cloned() else { return Ok(0) };
        let mut calls = Vec::new();
        for trustee in set.trustees.iter().filter(|trustee| to.contains(&trustee.id())) {
            let recipient = TrusteeRecipient { trustee: trustee.id(), requests: &trustee.requests.0 };
            let sealed = seal_fact(&mut self.rng, kept.fact.mission, recipient, &kept.signed)
                .map_err(|error| NodeError::Verification(error.to_string()))?;
            let call = TrusteeCall::Letter { sealed: sealed_to(sealed), receipt: Blob(receipt.to_vec()) };
            calls.push((trustee.id(), call));
        }
        let mut said = Vec::new();
        outside.call(self, calls, &mut |trustee, answer| {
            match answer {
                Ok(TrusteeAnswer::Done {}) => said.push((trustee, word.to_owned())),
                Ok(TrusteeAnswer::NotNow { code }) => said.push((trustee, code.to_string())),
                _ => {}
            }
            true
        });
        self.store.commit(|tx| {
            let mut note = tx.prepare_cached(
                "INSERT OR REPLACE INTO fact_heard (fact, trustee, word) VALUES (?1, ?2, ?3)",
            )?;
            for (trustee, word) in &said {
                note.execute((kept.hash, trustee.0, word))?;
            }
            Ok::<_, NodeError>(())
        })?;
        Ok(said.iter().filter(|(_, said)| said == word).count() as u64)
    }

    fn trustee_ids(&self) -> Vec<KeyId> {
        let set = self.register.trustees(self.moment());
        set.map(|set| set.trustees.iter().map(counterseal_register::Trustee::id).collect())
            .unwrap_or_default()
    }

    /// Whether this desk's person may say such a fact: as each trustee checks it.
    pub(super) fn check_sayer(&self, kind: FactKind, about: &FactAbout) -> Result<(), NodeError> {
        match self.may_say(self.person, self.device(), kind, about) {
            (true, _) => Ok(()),
            (false, "") => Err(CaseworkRefusal::BadFact { why: "it is about another kind of thing" }.into()),
            (false, ask) => Err(CaseworkRefusal::NotYoursToSay { kind: kind.word(), ask }.into()),
        }
    }
}

/// What could mean nothing, or more than its maker meant.
fn check(terms: &FactTerms) -> Result<(), CaseworkRefusal> {
    let bad = |why| Err(CaseworkRefusal::BadFact { why });
    let of_parts = matches!(terms.about, FactAbout::Parts(..));
    let valued = matches!(terms.kind, FactKind::Contingent | FactKind::Role | FactKind::Basis);
    if valued && terms.value.is_none() && !terms.ends {
        return bad("it has to say which one: name it");
    }
    if of_parts && terms.purposes.is_empty() && !terms.ends {
        return bad("it has to say for which purposes");
    }
    if terms.until.is_some_and(|until| terms.since.is_some_and(|since| until <= since)) {
        return bad("it would be over before it begins");
    }
    if let FactAbout::Parts(_, parts) = &terms.about {
        let fits = (1..=4096).contains(&parts.len()) && parts.is_sorted_by(|a, b| a < b);
        if !fits {
            return bad("it needs 1 to 4096 parts, each once");
        }
    }
    Ok(())
}

/// Everything in the outbox, the oldest first.
fn kept_facts(db: &Connection) -> Result<Vec<Kept>, NodeError> {
    type Columns = ([u8; 32], Vec<u8>, Option<i64>, Option<Vec<u8>>);
    let mut list =
        db.prepare_cached("SELECT hash, signed, leaf, proof FROM fact_said ORDER BY made, rowid")?;
    let rows = list.query_map([], |row| row.try_into() as rusqlite::Result<Columns>)?;
    let mut heard = db.prepare_cached("SELECT trustee, word FROM fact_heard WHERE fact = ?1")?;
    let mut all = Vec::new();
    for row in rows {
        let (hash, signed, leaf, proof) = row?;
        let envelope = Signed::parse(&signed).map_err(|error| NodeError::Verification(error.to_string()))?;
        let fact = from_bytes_strict(envelope.payload())?;
        let said = heard.query_map([hash], |row| Ok((KeyId(row.get(0)?), row.get(1)?)))?;
        let said = said.collect::<Result<BTreeMap<_, _>, _>>()?;
        let leaf = leaf.map(i64::cast_unsigned).zip(proof);
        all.push(Kept { hash, signed, fact, leaf, said });
    }
    Ok(all)
}

//! What a desk asks each trustee, and what it makes of the answers: bytes in, bytes out. The connection is
//! `link`'s.

use std::collections::BTreeMap;

use counterseal_model::EntryId;
use counterseal_register::{
    Blob, Bytes, Code, DeviceCall, KeyId, Label, SignedBody, Trustee, TrusteeAnswer, TrusteeCall, TrusteeKey,
    WitnessUrl,
};
use counterseal_seal::sign_statement;
use rusqlite::Connection;

use super::keys::keep_key;
use super::post::{keep_head, keep_post};
use super::words::{TrusteeLie, keep_word};
use crate::desk::Desk;
use crate::error::NodeError;

/// Entries that one call asks for or delivers.
const A_CALL: usize = 256;
/// Entries that a trustee is asked for at a time.
const A_ROUND: i64 = 4096;
/// Seconds after which an entry that left is brought to a trustee that has said nothing of it: a hub may be
/// keeping it back.
const PATIENCE: i64 = 30 * 60;

/// A trustee, and what it is to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrusteeTarget {
    /// The trustee.
    pub trustee: KeyId,
    /// Where it is reached, as the register says.
    pub url: Option<WitnessUrl>,
    /// The certificates that it may show.
    pub pins: Vec<[u8; 32]>,
    /// The calls, in order.
    pub calls: Vec<TrusteeCall>,
}

/// What came of asking a trustee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrusteeHeard {
    /// The trustee.
    pub trustee: KeyId,
    /// New keys for this desk's entries.
    pub keys: u64,
    /// Entries that it newly acknowledges.
    pub acknowledged: u64,
    /// Entries that it newly refuses.
    pub refused: u64,
    /// New post.
    pub post: u64,
    /// What it could not do now, by its own word.
    pub not_now: Vec<Code>,
    /// What does not count of what it said.
    pub lies: Vec<TrusteeLie>,
    /// Why it was not heard, if it was not.
    pub silent: Option<String>,
}

impl TrusteeHeard {
    /// Nothing, of one.
    #[must_use]
    pub fn nothing(trustee: KeyId) -> Self {
        let (not_now, lies) = (Vec::new(), Vec::new());
        Self { trustee, keys: 0, acknowledged: 0, refused: 0, post: 0, not_now, lies, silent: None }
    }
}

impl Desk {
    /// The trustees that are to be asked: those in force, those that wait to take over, and earlier ones that have
    /// not said what became of an entry.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn trustees_to_ask(&self) -> Result<Vec<TrusteeTarget>, NodeError> {
        let at = self.moment();
        let mut all: BTreeMap<KeyId, (&Trustee, bool)> = BTreeMap::new();
        // Later sets last: of one trustee, the newest address and certificates.
        for set in self.register.trustee_sets(at) {
            all.extend(set.trustees.iter().map(|one| (one.id(), (one, false))));
        }
        let waiting = self.register.trustees_waiting(at).map(|(_, set)| set);
        for set in waiting.into_iter().chain(self.register.trustees(at)) {
            all.extend(set.trustees.iter().map(|one| (one.id(), (one, true))));
        }
        let compartments = self.guarded_compartments();
        let mut targets = Vec::new();
        for (trustee, (named, serves)) in all {
            let mut calls = Vec::new();
            if serves && !compartments.is_empty() {
                calls.push(TrusteeCall::Keys { compartments: compartments.clone() });
            }
            calls.extend(self.store.read(|db| self.calls_about_entries(db, trustee))?);
            if serves {
                calls.push(TrusteeCall::Post { after: self.post_from(trustee)? });
            }
            if !calls.is_empty() {
                let pins = named.pins.iter().map(|pin| pin.0).collect();
                targets.push(TrusteeTarget { trustee, url: named.url.clone(), pins, calls });
            }
        }
        Ok(targets)
    }

    /// Acknowledgements of entries that a trustee has said nothing of; and those that left a while ago, themselves.
    fn calls_about_entries(&self, db: &Connection, trustee: KeyId) -> Result<Vec<TrusteeCall>, NodeError> {
        let mut list = db.prepare_cached(
            "SELECT e.id, e.header, o.sealed FROM own_guarded o JOIN entry e ON e.no = o.entry
             WHERE o.batch IS NOT NULL AND e.standing < 5
               AND NOT EXISTS (SELECT 1 FROM trustee_word w WHERE w.entry = o.entry AND w.trustee = ?1)
             ORDER BY o.entry LIMIT ?2",
        )?;
        let rows = list.query_map((trustee.0, A_ROUND), |row| row.try_into())?;
        let (mut asked, mut lacked) = (Vec::new(), Vec::new());
        for row in rows.collect::<Result<Vec<([u8; 32], Vec<u8>, i64)>, _>>()? {
            let (id, header, sealed) = row;
            if self.is_for(&header, trustee)? {
                asked.push(EntryId::from_bytes(id));
                if self.now().0 - sealed >= PATIENCE {
                    lacked.push(Blob(header));
                }
            }
        }
        let acks = asked.chunks(A_CALL).map(|entries| TrusteeCall::Acks { entries: entries.to_vec() });
        let deliver = lacked.chunks(A_CALL).map(|headers| TrusteeCall::Deliver { headers: headers.to_vec() });
        // What it says of an entry when it is asked spares bringing it, so the entries come last, and their answer
        // is an answer to both.
        Ok(acks.chain(deliver).collect())
    }

    fn is_for(&self, header: &[u8], trustee: KeyId) -> Result<bool, NodeError> {
        let set = super::words::header_of(header)?.trustee_set;
        let set = set.and_then(|id| self.register.trustee_set(id, self.moment()));
        Ok(set.is_some_and(|set| set.find(trustee).is_some()))
    }

    /// A call, signed for one connection.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn sign_call(
        &self,
        trustee: KeyId,
        exporter: &[u8; 32],
        call: &TrusteeCall,
    ) -> Result<Vec<u8>, NodeError> {
        let call = DeviceCall {
            mission: self.mission(),
            trustee,
            device: self.device(),
            exporter: Bytes(*exporter),
            call: call.clone(),
            extra: Default::default(),
        };
        Ok(sign_statement(&call.payload(), Label::TRUSTEE_CALL, &[&self.secrets])?.bytes().to_vec())
    }

    /// Takes in what a trustee answered, in one commit, each answer to its call. What does not verify does not
    /// count, and is named.
    ///
    /// # Errors
    /// When the store cannot be read or written; nothing is taken in then.
    pub fn take_trustee_answers(
        &mut self,
        trustee: KeyId,
        answers: &[(TrusteeCall, TrusteeAnswer)],
    ) -> Result<TrusteeHeard, NodeError> {
        let mut heard = TrusteeHeard::nothing(trustee);
        let checked = self.store.read(|db| {
            let all = answers.iter().map(|(call, answer)| self.check_answer(db, trustee, call, answer));
            all.collect::<Result<Vec<_>, _>>()
        })?;
        let now = self.now();
        self.store.commit(|tx| {
            for found in checked.iter().flatten() {
                heard.keep(tx, found, now)?;
            }
            Ok::<_, NodeError>(())
        })?;
        heard.lies.sort_unstable();
        heard.lies.dedup();
        self.destroy_held()?;
        Ok(heard)
    }

    fn check_answer(
        &self,
        db: &Connection,
        trustee: KeyId,
        call: &TrusteeCall,
        answer: &TrusteeAnswer,
    ) -> Result<Vec<Found>, NodeError> {
        match (call, answer) {
            (_, TrusteeAnswer::NotNow { code }) => Ok(vec![Found::NotNow(code.clone())]),
            (TrusteeCall::Keys { compartments }, TrusteeAnswer::Signed { objects }) => {
                let most = objects.iter().take(compartments.len().saturating_mul(2));
                Ok(most
                    .map(|object| match self.check_key(trustee, &object.0) {
                        Ok(key) if compartments.contains(&key.compartment) => {
                            Found::Key(Box::new(key), object.0.clone())
                        }
                        Ok(_) => Found::Lie(TrusteeLie::OtherKey),
                        Err(lie) => Found::Lie(lie),
                    })
                    .collect())
            }
            (TrusteeCall::Acks { .. } | TrusteeCall::Deliver { .. }, TrusteeAnswer::Signed { objects }) => {
                let most = objects.iter().take(2 * A_CALL);
                most.map(|object| {
                    Ok(match self.check_word(db, trustee, &object.0)? {
                        Ok(word) => Found::Word(word, object.0.clone()),
                        Err(lie) => Found::Lie(lie),
                    })
                })
                .collect()
            }
            (TrusteeCall::Deliver { .. } | TrusteeCall::Acks { .. }, TrusteeAnswer::Done {}) => {
                Ok(Vec::new())
            }
            (TrusteeCall::Post { after }, TrusteeAnswer::Post { head, items, .. }) => {
                let mut found = vec![match self.check_head(db, trustee, &head.0)? {
                    Ok(true) => Found::Head(head.0.clone()),
                    Ok(false) => Found::Nothing,
                    Err(lie) => Found::Lie(lie),
                }];
                let in_order = items.is_sorted_by(|a, b| a.place < b.place);
                match in_order && items.iter().all(|item| item.place > *after) {
                    true => found.extend(items.iter().cloned().map(Box::new).map(Found::Post)),
                    false => found.push(Found::Lie(TrusteeLie::OtherAnswer)),
                }
                Ok(found)
            }
            _ => Ok(vec![Found::Lie(TrusteeLie::OtherAnswer)]),
        }
    }
}

/// What was found in an answer.
enum Found {
    Key(Box<TrusteeKey>, Vec<u8>),
    Word(super::words::Word, Vec<u8>),
    Head(Vec<u8>),
    Post(Box<counterseal_register::WaitingPost>),
    NotNow(Code),
    Lie(TrusteeLie),
    Nothing,
}

impl TrusteeHeard {
    fn keep(
        &mut self,
        tx: &Connection,
        found: &Found,
        now: counterseal_model::Timestamp,
    ) -> Result<(), NodeError> {
        let trustee = self.trustee;
        match found {
            Found::Key(key, bytes) => {
                let known = has_key(tx, bytes)?;
                match keep_key(tx, key, bytes)? {
                    true => self.keys += u64::from(!known),
                    false => self.lies.push(TrusteeLie::OtherKey),
                }
            }
            Found::Word(word, bytes) => {
                let new = u64::from(keep_word(tx, trustee, word, bytes)?);
                *(if word.taken { &mut self.acknowledged } else { &mut self.refused }) += new;
            }
            Found::Head(bytes) => keep_head(tx, trustee, bytes, now)?,
            Found::Post(item) => self.post += u64::from(keep_post(tx, trustee, item)?),
            Found::NotNow(code) => self.not_now.push(code.clone()),
            Found::Lie(lie) => self.lies.push(*lie),
            Found::Nothing => {}
        }
        Ok(())
    }
}

fn has_key(tx: &Connection, bytes: &[u8]) -> Result<bool, NodeError> {
    let Ok(signed) = SignedBody::<TrusteeKey>::parse(bytes) else { return Ok(false) };
    Ok(tx.prepare_cached("SELECT 1 FROM trustee_key WHERE id = ?1")?.exists([signed.claims().id()])?)
}

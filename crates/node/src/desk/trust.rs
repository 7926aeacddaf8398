//! The end of a tour: what people trusted to one person, and to nobody else. None of it passes by itself: for each part
//! somebody asks again, hands over with the person's knowledge, or seals off. Normative text: docs/spec/casework.md, section 9.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::cbor::from_bytes;
use counterseal_model::record::{Body, Part};
use counterseal_model::{Code, CompartmentId, DeviceId, EntryId, PersonId, Timestamp};
use counterseal_register::{Bytes, Fact, FactAbout, FactKind, PartRef};
use thiserror::Error;

use super::casework::NamedPart;
use super::opening::part_text;
use super::write::version_of;
use super::{Desk, FactTerms};
use crate::error::NodeError;

/// What rests on trust in one person, as far as this desk can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrustIn {
    /// A source that the person handles.
    Source,
    /// A consent that the person wrote down.
    Consent,
    /// A sealed part that the person wrote; what it says is not known here.
    Sealed,
}

counterseal_model::enumeration!(TrustIn, "what rests on trust, 1 to 3", {
    1 => Source, "source"; 2 => Consent, "consent"; 3 => Sealed, "sealed";
});

/// What was decided of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrustSettled {
    /// Withdrawn until somebody can ask.
    SealedOff,
    /// Handed to a person.
    HandedOver(PersonId),
    /// The consent counts until this moment, and then somebody must have asked again.
    AskAgain(Timestamp),
}

/// A part that rests on trust in this desk's person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trust {
    /// The part.
    pub part: NamedPart,
    /// What it is.
    pub what: TrustIn,
    /// What was decided; nothing yet when `None`.
    pub settled: Option<TrustSettled>,
}

/// Why trust is not settled so. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TrustRefusal {
    /// Sealed, and not open.
    #[error("part {part} is not open, so nobody can be named in it; open it first, or seal it off")]
    NotOpen {
        /// The part.
        part: String,
    },
    /// Not a source.
    #[error(
        "part {part} is no source, and names nobody who handles it; ask again for the consent, or seal it off"
    )]
    NoSource {
        /// The part.
        part: String,
    },
    /// No consent that this desk stated.
    #[error("no consent of part {part} was stated by this desk; hand it over, or seal it off")]
    NoConsent {
        /// The part.
        part: String,
    },
    /// They could not read it.
    #[error("the successor is not in the compartment of part {part}; a manager admits them first")]
    NotIn {
        /// The part.
        part: String,
    },
    /// A date that is over.
    #[error("the date by which somebody asks again is over; name a later one")]
    Past,
}

impl TrustRefusal {
    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOpen { .. } => "trust-not-open",
            Self::NoSource { .. } => "trust-no-source",
            Self::NoConsent { .. } => "trust-no-consent",
            Self::NotIn { .. } => "trust-not-in",
            Self::Past => "trust-past",
        }
    }

    /// The names of all of them.
    pub const CODES: &'static [&'static str] =
        &["trust-not-open", "trust-no-source", "trust-no-consent", "trust-not-in", "trust-past"];
}

impl Desk {
    /// What rests on trust in this desk's person: the live guarded parts that their devices wrote, sources that name them
    /// and are open now, and consents that this desk stated. Covers of this desk are left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn trusts(&mut self) -> Result<Vec<Trust>, NodeError> {
        let settled = self.settled_trust()?;
        let mut found = BTreeMap::new();
        for part in self.sealed_by_me()? {
            if let Some(what) = self.trust_in(part) {
                found.insert(part, what);
            }
        }
        for (part, _) in self.open_now() {
            let Ok(known) = self.named_parts(&format!("{}/{}", part.entry, part.index), None) else {
                continue;
            };
            for named in known {
                if self.trust_in(named) == Some(TrustIn::Source) {
                    found.insert(named, TrustIn::Source);
                }
            }
        }
        for part in self.consents_stated()?.into_keys() {
            found.entry(part).or_insert(TrustIn::Consent);
        }
        let at = self.moment();
        let mut all = Vec::new();
        for (part, what) in found {
            let state = self.register.part_state(part.compartment, part.part, at);
            if state.erased.is_some() {
                continue;
            }
            let sealed_off = state.withdrawn.map(|_| TrustSettled::SealedOff);
            all.push(Trust { part, what, settled: sealed_off.or(settled.get(&part.part).copied()) });
        }
        Ok(all)
    }

    /// Seals parts off: withdraws them, until somebody can ask again and two persons lift it.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn seal_off(&mut self, parts: &[NamedPart]) -> Result<(), NodeError> {
        let reason = Code::parse("tour-ended").ok_or(NodeError::NoParts)?;
        self.withdraw_parts(parts, &reason)
    }

    /// Names the successor as who handles a source: a new version, in the commit that notes that it is settled. The part has
    /// to be open now.
    ///
    /// # Errors
    /// `NotOpen`, `NoSource`, `NotIn`; when this desk may not write there.
    pub fn hand_over_source(&mut self, named: NamedPart, to: PersonId) -> Result<(), NodeError> {
        let text = || part_text(named.part);
        let devices = self.register.devices_of(to, self.moment());
        let epoch = self.register.write_epoch(named.compartment, self.moment());
        let epoch =
            epoch.and_then(|id| self.register.epoch(id)).ok_or(NodeError::NotAMember(named.compartment))?;
        if !devices.iter().any(|device| epoch.roster().contains(&device.id)) {
            return Err(TrustRefusal::NotIn { part: text() }.into());
        }
        let Some((plaintext, _)) = self.opened_part(named.part) else {
            return Err(TrustRefusal::NotOpen { part: text() }.into());
        };
        let parents = vec![version_of(plaintext.as_bytes())];
        let part: Part = from_bytes(plaintext.as_bytes())
            .map_err(|_| NodeError::from(TrustRefusal::NoSource { part: text() }))?;
        let Body::Source(mut source) = part.body else {
            return Err(TrustRefusal::NoSource { part: text() }.into());
        };
        source.handler = Some(to);
        let made = self.now();
        let next = Part { body: Body::Source(source), parents, made, ..part };
        let sealed = self.seal(named.compartment, vec![next])?;
        let entries = [named.part, PartRef { entry: sealed.id(), index: 0 }];
        let kept = self.stage(&[sealed]).and_then(|()| {
            self.commit_staged(|tx| {
                let mut note = tx.prepare_cached(
                    "INSERT OR REPLACE INTO trust (entry, idx, successor, until) VALUES (?1, ?2, ?3, NULL)",
                )?;
                entries.iter().try_for_each(|part| {
                    note.execute((part.entry.as_bytes(), part.index, to.as_bytes())).map(drop)
                })?;
                Ok(())
            })
        });
        if kept.is_err() {
            self.drop_unkept()?;
        }
        kept?;
        self.vault.forget(named.part);
        Ok(())
    }

    /// Marks the consents of a part as needing somebody to ask again before a moment: what was stated ends, and is stated
    /// again until then. Between the two nothing is released by it.
    ///
    /// # Errors
    /// `NoConsent`, `Past`.
    pub fn ask_consent_again(&mut self, named: NamedPart, before: Timestamp) -> Result<(), NodeError> {
        if before <= self.now() {
            return Err(TrustRefusal::Past.into());
        }
        let mut stated = self.consents_stated()?;
        let facts =
            stated.remove(&named).ok_or_else(|| TrustRefusal::NoConsent { part: part_text(named.part) })?;
        let own = Code::parse("mission").ok_or(NodeError::NoParts)?;
        let mut terms = Vec::new();
        for fact in facts {
            let whose: Vec<Bytes<32>> = fact.whose(named.part).map(Bytes).into_iter().collect();
            let recipients = if fact.recipients.is_empty() { vec![own.clone()] } else { fact.recipients };
            let until = fact.until.map_or(before, |until| until.min(before));
            let of = |ends, since, until| FactTerms {
                about: FactAbout::Parts(named.compartment, vec![named.part]),
                kind: FactKind::Consent,
                value: fact.value.clone(),
                purposes: fact.purposes.clone(),
                recipients: recipients.clone(),
                since,
                until,
                ends,
                whose: whose.clone(),
            };
            terms.push((of(true, None, None), 0));
            terms.push((of(false, Some(fact.since), Some(until)), 1));
        }
        self.state_facts_after(terms)?;
        self.store.commit(|tx| {
            tx.execute(
                "INSERT OR REPLACE INTO trust (entry, idx, successor, until) VALUES (?1, ?2, NULL, ?3)",
                (named.part.entry.as_bytes(), named.part.index, before.0),
            )?;
            Ok::<_, NodeError>(())
        })
    }

    /// What a part is to this desk's person; none when it is known to be somebody else's, or about nobody.
    fn trust_in(&mut self, named: NamedPart) -> Option<TrustIn> {
        let person = self.person;
        let Some((plaintext, _)) = self.opened_part(named.part) else { return Some(TrustIn::Sealed) };
        match from_bytes::<Part>(plaintext.as_bytes()).map(|part| part.body) {
            Ok(Body::Source(source)) if source.handler.is_none_or(|handler| handler == person) => {
                Some(TrustIn::Source)
            }
            _ => None,
        }
    }

    /// The guarded parts that this person's devices wrote, without the covers that this desk knows.
    fn sealed_by_me(&self) -> Result<Vec<NamedPart>, NodeError> {
        let at = self.moment();
        let devices: BTreeSet<DeviceId> =
            self.register.devices_of(self.person, at).into_iter().map(|device| device.id).collect();
        type Columns = ([u8; 32], [u8; 16], [u8; 32], u32);
        let rows: Vec<Columns> = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT e.id, e.compartment, e.device, (SELECT count(*) FROM part p WHERE p.no >> 12 = e.no) FROM entry e
                 WHERE e.guarded = 1 AND e.standing < 4 ORDER BY e.no",
            )?;
            let rows = list.query_map([], |row| row.try_into())?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        let mut all = Vec::new();
        for (entry, compartment, device, count) in rows {
            if !devices.contains(&DeviceId::from_bytes(device)) {
                continue;
            }
            for index in 0..count {
                let part = PartRef { entry: EntryId::from_bytes(entry), index };
                if !self.is_known_cover(part)? {
                    all.push(NamedPart { compartment: CompartmentId::from_bytes(compartment), part });
                }
            }
        }
        Ok(all)
    }

    /// The consents that this desk stated and that hold, by part.
    fn consents_stated(&self) -> Result<BTreeMap<NamedPart, Vec<Fact>>, NodeError> {
        let said: Vec<Fact> = self.facts_said()?.into_iter().map(|view| view.fact).collect();
        let consents = || said.iter().filter(|fact| fact.kind == FactKind::Consent);
        let mut all = BTreeMap::<NamedPart, Vec<Fact>>::new();
        for fact in consents().filter(|fact| !fact.ends) {
            let FactAbout::Parts(compartment, parts) = &fact.about else { continue };
            for part in parts {
                let ended =
                    consents().any(|end| end.ends && end.made >= fact.made && ends_for(end, fact, *part));
                if !ended {
                    let named = NamedPart { compartment: *compartment, part: *part };
                    all.entry(named).or_default().push(fact.clone());
                }
            }
        }
        Ok(all)
    }

    fn settled_trust(&self) -> Result<BTreeMap<PartRef, TrustSettled>, NodeError> {
        type Columns = ([u8; 32], u32, Option<[u8; 16]>, Option<i64>);
        let rows: Vec<Columns> = self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT entry, idx, successor, until FROM trust")?;
            let rows = list.query_map([], |row| row.try_into())?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        let one = |(entry, index, successor, until): Columns| {
            let part = PartRef { entry: EntryId::from_bytes(entry), index };
            let to = successor.map(|to| TrustSettled::HandedOver(PersonId::from_bytes(to)));
            Some((part, to.or(until.map(|until| TrustSettled::AskAgain(Timestamp(until))))?))
        };
        Ok(rows.into_iter().filter_map(one).collect())
    }
}

/// Whether an end covers what a consent about a part gives.
fn ends_for(end: &Fact, given: &Fact, part: PartRef) -> bool {
    let about = matches!(&end.about, FactAbout::Parts(_, parts) if parts.contains(&part));
    let all = |end: &[Code], given: &[Code]| end.is_empty() || given.iter().all(|code| end.contains(code));
    let theirs = end.whose(part).is_none_or(|whose| given.whose(part) == Some(whose));
    about && theirs && all(&end.purposes, &given.purposes) && all(&end.recipients, &given.recipients)
}

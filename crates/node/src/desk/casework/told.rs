//! What consents, bases and agreements tell the trustees, as facts; and what this desk noted of those that it wrote.

use std::collections::BTreeMap;

use counterseal_model::record::{Basis, BasisKind, Kind};
use counterseal_model::{Code, CompartmentId, EntryId, MissionId, PersonId, RecordId, Timestamp};
use counterseal_policy::{PartFacts, Standing};
use counterseal_register::{Bytes, FactAbout, FactKind, PartRef, consent_of};
use rusqlite::Connection;

use super::NamedPart;
use super::facts::FactTerms;
use crate::error::NodeError;

/// A record that this desk wrote about a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenAbout {
    /// What it is.
    pub kind: Kind,
    /// The record.
    pub record: RecordId,
    /// Where it stands.
    pub place: PartRef,
    /// When it was written.
    pub made: Timestamp,
}

/// What this desk wrote about a part, the oldest first.
pub(super) fn written_about(db: &Connection, part: PartRef) -> Result<Vec<WrittenAbout>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT kind, record, place, made FROM written_about WHERE entry = ?1 AND idx = ?2 ORDER BY made, place",
    )?;
    type Columns = (u8, [u8; 16], [u8; 32], i64);
    let rows = list
        .query_map((part.entry.as_bytes(), part.index), |row| row.try_into() as rusqlite::Result<Columns>)?;
    let mut all = Vec::new();
    for row in rows {
        let (kind, record, place, made) = row?;
        let Some(kind) = Kind::from_code(kind.into()) else { continue };
        let place = PartRef { entry: EntryId::from_bytes(place), index: 0 };
        all.push(WrittenAbout { kind, record: RecordId::from_bytes(record), place, made: Timestamp(made) });
    }
    Ok(all)
}

/// Whose consent of parts it is, as trustees are told.
pub(super) fn whose(mission: MissionId, subject: RecordId, parts: &[NamedPart]) -> Vec<Bytes<32>> {
    parts.iter().map(|named| consent_of(mission, subject, named.part)).collect()
}

pub(super) fn about(compartment: CompartmentId, parts: &[NamedPart]) -> FactAbout {
    FactAbout::Parts(compartment, parts.iter().map(|named| named.part).collect())
}

/// The basis that a consent is by itself: what it allows, its own decisions say, and nobody asks for a reason.
pub(super) fn of_consent(since: Timestamp, chosen_by: PersonId, reason: Code) -> Basis {
    Basis {
        kind: BasisKind::Consent,
        chosen_by,
        reason,
        since,
        until: None,
        uses: Vec::new(),
        consent: None,
        minor: false,
        guardian: None,
        parts: Vec::new(),
        extra: Default::default(),
    }
}

/// The end of a consent, for every use.
pub(super) fn ended(about: &FactAbout, since: Timestamp) -> FactTerms {
    FactTerms {
        about: about.clone(),
        kind: FactKind::Consent,
        value: None,
        purposes: Vec::new(),
        recipients: Vec::new(),
        since: Some(since),
        until: None,
        ends: true,
        whose: Vec::new(),
    }
}

/// What is said of parts: one fact for all purposes of one recipient and one time; a no for each use.
pub(super) fn terms_of(about: &FactAbout, facts: PartFacts, kind: FactKind) -> Vec<FactTerms> {
    let held = facts.bases.into_iter().filter_map(|held| match held.standing {
        Standing::Proved { since, until, .. } => {
            Some((held.value.what.recipient, since, until, held.value.what.purpose))
        }
        Standing::Claimed => None,
    });
    let mut terms = grouped(about, held, kind);
    terms.extend(facts.objections.into_iter().map(|no| FactTerms {
        purposes: no.purpose.into_iter().collect(),
        recipients: no.recipient.into_iter().collect(),
        ..ended(about, no.since)
    }));
    terms
}

pub(super) fn grouped(
    about: &FactAbout,
    held: impl Iterator<Item = (Code, Timestamp, Option<Timestamp>, Code)>,
    kind: FactKind,
) -> Vec<FactTerms> {
    let mut all = BTreeMap::<_, Vec<Code>>::new();
    for (recipient, since, until, purpose) in held {
        all.entry((recipient, since, until)).or_default().push(purpose);
    }
    all.into_iter()
        .map(|((recipient, since, until), purposes)| FactTerms {
            about: about.clone(),
            kind,
            value: None,
            purposes,
            recipients: vec![recipient],
            since: Some(since),
            until,
            ends: false,
            whose: Vec::new(),
        })
        .collect()
}

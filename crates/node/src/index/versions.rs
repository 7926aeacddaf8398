//! Versions of records that have more than one.

use std::collections::BTreeMap;

use counterseal_model::{CompartmentId, Heads, VersionId};
use rusqlite::Connection;

use super::ingest::Opened;
use crate::error::NodeError;

/// One version of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) part: i64,
    pub(crate) compartment: CompartmentId,
    pub(crate) id: VersionId,
    pub(crate) parents: Vec<VersionId>,
    pub(crate) made: i64,
    /// `record::Kind`.
    pub(crate) kind: u8,
}

/// Which parts a record is shown from: one per compartment, in order of compartment.
pub(crate) struct Shown {
    pub(crate) parts: Vec<i64>,
    pub(crate) conflict: bool,
}

pub(super) fn insert(tx: &Connection, record: i64, part: i64, opened: &Opened) -> Result<Version, NodeError> {
    let version = Version {
        part,
        compartment: opened.compartment,
        id: opened.version,
        parents: opened.part.parents.clone(),
        made: opened.part.made.0,
        kind: opened.part.body.kind().code(),
    };
    let parents: Vec<u8> = version.parents.iter().flat_map(|id| *id.as_bytes()).collect();
    let mut insert = tx.prepare_cached(
        "INSERT INTO version (record, part, compartment, id, parents, made, kind)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let (compartment, id) = (version.compartment.as_bytes(), version.id.as_bytes());
    insert.execute((record, part, compartment, id, parents, version.made, version.kind))?;
    Ok(version)
}

/// The versions noted for a record, in order of arrival; none when it only ever had one. A version that several
/// entries carry stands here once.
pub(crate) fn versions_of(db: &Connection, record: i64) -> Result<Vec<Version>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT part, compartment, id, parents, made, kind FROM version WHERE record = ?1 ORDER BY part",
    )?;
    let rows = list.query_map([record], |row| {
        let parents: Vec<u8> = row.get(3)?;
        let (parents, _) = parents.as_chunks::<32>();
        Ok(Version {
            part: row.get(0)?,
            compartment: CompartmentId::from_bytes(row.get(1)?),
            id: VersionId::from_bytes(row.get(2)?),
            parents: parents.iter().map(|id| VersionId::from_bytes(*id)).collect(),
            made: row.get(4)?,
            kind: row.get(5)?,
        })
    })?;
    let mut versions: Vec<Version> = Vec::new();
    for version in rows {
        let version = version?;
        if !versions.iter().any(|known| known.id == version.id && known.compartment == version.compartment) {
            versions.push(version);
        }
    }
    Ok(versions)
}

/// Chooses what is shown: in each compartment the head; of several, the one made last (ties: the
/// larger id), which depends on nothing but the versions themselves. A record stays what the first
/// version of it to arrive was: one that claims another kind replaces nothing, and is a conflict.
pub(crate) fn shown(versions: &[Version]) -> Shown {
    let kind = versions.first().map(|version| version.kind);
    let fits = |version: &&Version| Some(version.kind) == kind;
    let others = versions.iter().any(|version| !fits(&version));
    let mut shown = Shown { parts: Vec::new(), conflict: others };
    let mut by_compartment: BTreeMap<CompartmentId, Vec<&Version>> = BTreeMap::new();
    for version in versions.iter().filter(fits) {
        by_compartment.entry(version.compartment).or_default().push(version);
    }
    for versions in by_compartment.values() {
        let heads = Heads::of(versions.iter().map(|v| (v.id, v.parents.as_slice())));
        shown.conflict |= matches!(heads, Heads::Conflict(_));
        let newest = versions.iter().filter(|v| heads.all().contains(&v.id)).max_by_key(|v| (v.made, v.id));
        shown.parts.extend(newest.map(|v| v.part));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_another_kind_replaces_nothing_and_is_a_conflict() {
        let id = |byte| VersionId::from_bytes([byte; 32]);
        let version = |part, byte, parents, made, kind| {
            let compartment = CompartmentId::from_bytes([7; 16]);
            Version { part, compartment, id: id(byte), parents, made, kind }
        };
        let first = version(1, 1, vec![], 100, 2);
        let hostile = version(2, 9, vec![id(1)], 999, 1);
        let shown_first = shown(&[first.clone(), hostile.clone()]);
        assert_eq!((shown_first.parts, shown_first.conflict), (vec![1], true));
        let next = version(3, 2, vec![id(1)], 200, 2);
        let shown_next = shown(&[first, hostile, next]);
        assert_eq!((shown_next.parts, shown_next.conflict), (vec![3], true));
    }
}

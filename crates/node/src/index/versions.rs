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
    };
    let parents: Vec<u8> = version.parents.iter().flat_map(|id| *id.as_bytes()).collect();
    let mut insert = tx.prepare_cached(
        "INSERT INTO version (record, part, compartment, id, parents, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let (compartment, id) = (version.compartment.as_bytes(), version.id.as_bytes());
    insert.execute((record, part, compartment, id, parents, version.made))?;
    Ok(version)
}

/// The versions noted for a record, in order of arrival; none when it only ever had one.
pub(crate) fn versions_of(db: &Connection, record: i64) -> Result<Vec<Version>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT part, compartment, id, parents, made FROM version WHERE record = ?1 ORDER BY part",
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
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Chooses what is shown: in each compartment the head; of several, the one made last (ties: the
/// larger id), which depends on nothing but the versions themselves.
pub(crate) fn shown(versions: &[Version]) -> Shown {
    let mut by_compartment: BTreeMap<CompartmentId, Vec<&Version>> = BTreeMap::new();
    for version in versions {
        by_compartment.entry(version.compartment).or_default().push(version);
    }
    let mut shown = Shown { parts: Vec::new(), conflict: false };
    for versions in by_compartment.values() {
        let heads = Heads::of(versions.iter().map(|v| (v.id, v.parents.as_slice())));
        shown.conflict |= matches!(heads, Heads::Conflict(_));
        let newest = versions.iter().filter(|v| heads.all().contains(&v.id)).max_by_key(|v| (v.made, v.id));
        shown.parts.extend(newest.map(|v| v.part));
    }
    shown
}

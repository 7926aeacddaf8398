//! Identities: records that are said to be one. What says so is a link of kind `same-as`; its next version of kind
//! `not-same-as` takes it back. Whoever is tied by such links, over however many steps, is one identity.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use crate::error::NodeError;

/// The kind of a link that says that two records are one.
pub(crate) const SAME: &str = "same-as";
/// The kind of its next version that takes it back.
pub(crate) const NOT_SAME: &str = "not-same-as";

/// Notes that two records are one: the identity with the larger number joins the other.
pub(super) fn join(tx: &Connection, one: i64, other: i64) -> Result<(), NodeError> {
    if one == other {
        return Ok(());
    }
    let (one_of, other_of) = (identity_of(tx, one)?, identity_of(tx, other)?);
    let (stays, goes) = (one_of.min(other_of), one_of.max(other_of));
    let mut note = tx.prepare_cached("INSERT OR IGNORE INTO same (record, identity) VALUES (?1, ?2)")?;
    note.execute((one, one_of))?;
    note.execute((other, other_of))?;
    if stays != goes {
        tx.prepare_cached("UPDATE same SET identity = ?1 WHERE identity = ?2")?.execute((stays, goes))?;
    }
    Ok(())
}

/// The number of a record's identity: its own while nothing is said to be the same.
fn identity_of(tx: &Connection, record: i64) -> Result<i64, NodeError> {
    let mut find = tx.prepare_cached("SELECT identity FROM same WHERE record = ?1")?;
    Ok(find.query_row([record], |row| row.get(0)).optional()?.unwrap_or(record))
}

/// The identity that a link holds together, if this record is such a link.
pub(super) fn tied_by(tx: &Connection, link: i64) -> Result<Option<i64>, NodeError> {
    let mut find = tx.prepare_cached(
        "SELECT s.identity FROM link l JOIN term t ON t.no = l.kind JOIN same s ON s.record = l.source
         WHERE l.record = ?1 AND t.text = ?2",
    )?;
    Ok(find.query_row((link, SAME), |row| row.get(0)).optional()?)
}

/// Works an identity out anew from the links that are left.
pub(super) fn part_again(tx: &Connection, identity: i64) -> Result<(), NodeError> {
    let mut members = tx.prepare_cached("SELECT record FROM same WHERE identity = ?1 ORDER BY record")?;
    let members = members.query_map([identity], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    tx.prepare_cached("DELETE FROM same WHERE identity = ?1")?.execute([identity])?;
    let mut left = tx.prepare_cached(
        "SELECT l.target FROM link l JOIN term t ON t.no = l.kind WHERE l.source = ?1 AND t.text = ?2",
    )?;
    for member in members {
        let targets = left.query_map((member, SAME), |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        for target in targets {
            join(tx, member, target)?;
        }
    }
    Ok(())
}

/// Every identity of more than one record, for one question. A record for which there is none stands for itself.
#[derive(Debug, Default)]
pub(crate) struct Identities {
    place: HashMap<i64, usize>,
    /// Members, the one that stands for all first.
    members: Vec<Vec<i64>>,
}

impl Identities {
    /// Only entities are said to be the same; of other kinds a link says nothing here. Of records that are named and
    /// not there, none stands for an identity that has another.
    pub(crate) fn load(db: &Connection) -> Result<Self, NodeError> {
        let mut list = db.prepare_cached(
            "SELECT s.record, s.identity FROM same s JOIN record r ON r.no = s.record
             WHERE r.kind IN (0, 2) ORDER BY s.identity, r.kind = 0, s.record",
        )?;
        let mut rows = list.query([])?;
        let (mut all, mut last) = (Self::default(), None);
        while let Some(row) = rows.next()? {
            let (record, identity): (i64, i64) = (row.get(0)?, row.get(1)?);
            if last != Some(identity) {
                all.members.push(Vec::new());
                last = Some(identity);
            }
            all.place.insert(record, all.members.len().saturating_sub(1));
            all.members.last_mut().into_iter().for_each(|members| members.push(record));
        }
        Ok(all)
    }

    /// Lets `record` stand for its identity: it is what was asked about.
    pub(crate) fn led_by(mut self, record: i64) -> Self {
        let members = self.place.get(&record).and_then(|place| self.members.get_mut(*place));
        if let Some(members) = members
            && let Some(at) = members.iter().position(|member| *member == record)
        {
            members.swap(0, at);
        }
        self
    }

    /// The record that stands for a record's identity.
    pub(crate) fn of(&self, record: i64) -> i64 {
        self.members_of(record).first().copied().unwrap_or(record)
    }

    /// All records of its identity; none where it is alone.
    pub(crate) fn members_of(&self, record: i64) -> &[i64] {
        let members = self.place.get(&record).and_then(|place| self.members.get(*place));
        members.map_or(&[], Vec::as_slice)
    }

    /// All records of its identity, itself where it is alone.
    pub(crate) fn all_of(&self, record: i64) -> Vec<i64> {
        let members = self.members_of(record);
        if members.is_empty() { vec![record] } else { members.to_vec() }
    }

    /// Whether nothing is said to be the same as anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.place.is_empty()
    }
}

//! An entity's links to other records, with who said so and how good that is.

use counterseal_model::record::Body;
use counterseal_model::{Classification, CompartmentId, DeviceId, Grading, Occurred, RecordId, Timestamp};
use rusqlite::Connection;

use super::ties::word_of;
use crate::desk::Desk;
use crate::desk::read::view;
use crate::error::NodeError;
use crate::index::{Identities, NOT_SAME, SAME};

/// A link, as it is seen from one of its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// The link's own record.
    pub id: RecordId,
    /// What kind, as in `member-of`.
    pub by: String,
    /// Whether it leads from here.
    pub outgoing: bool,
    /// The other end.
    pub other: RecordId,
    /// What that is; none where this desk does not have it.
    pub what: Option<&'static str>,
    /// What that is called, where it is an entity.
    pub name: Option<String>,
    /// When it held.
    pub when: Option<Occurred>,
    /// How good the information is.
    pub grading: Option<Grading>,
    /// More, in words.
    pub note: Option<String>,
    /// Who can read it.
    pub compartment: CompartmentId,
    /// Which device said it.
    pub device: DeviceId,
    /// When, by its own word.
    pub made: Timestamp,
    /// How sensitive it is.
    pub classification: Classification,
    /// Whether newest versions of it disagree.
    pub conflict: bool,
}

impl Desk {
    /// The links of a record and of all that are said to be one with it, at most `most`, those that arrived last first; and
    /// how many there are.
    ///
    /// # Errors
    /// `NoRecord`, or when the store cannot be read.
    pub fn links_of(&self, id: RecordId, most: usize) -> Result<(Vec<LinkView>, usize), NodeError> {
        let number = self.record_number(id)?;
        let reader = self.reader();
        self.store.read(|db| {
            let same = Identities::load(db)?;
            let members = same.all_of(number);
            let mut found = Vec::new();
            for member in &members {
                found.extend(numbers(db, *member)?);
            }
            found.sort_unstable_by_key(|(link, _)| std::cmp::Reverse(*link));
            found.dedup();
            let all = found.len();
            let mut links = Vec::new();
            for (link, outgoing) in found.into_iter().take(most) {
                let view = view(db, &reader, link)?;
                let (Body::Link(body), Some(shown)) = (&view.part.body, view.shown.first()) else { continue };
                let other = if outgoing { body.to } else { body.from };
                let (what, name) = other_end(db, other)?;
                links.push(LinkView {
                    id: view.id(),
                    by: body.kind.to_string(),
                    outgoing,
                    other,
                    what,
                    name,
                    when: body.when.clone(),
                    grading: body.grading.clone(),
                    note: body.note.clone(),
                    compartment: shown.compartment,
                    device: shown.device,
                    made: view.made(),
                    classification: view.part.classification,
                    conflict: view.conflict,
                });
            }
            Ok((links, all))
        })
    }
}

/// The links of one record, and whether they lead from it.
fn numbers(db: &Connection, record: i64) -> Result<Vec<(i64, bool)>, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT l.record, 1 FROM link l JOIN term t ON t.no = l.kind WHERE l.source = ?1 AND t.text <> ?2 AND t.text <> ?3
         UNION ALL SELECT l.record, 0 FROM link l JOIN term t ON t.no = l.kind
         WHERE l.target = ?1 AND l.source <> ?1 AND t.text <> ?2 AND t.text <> ?3",
    )?;
    let rows = find.query_map((record, SAME, NOT_SAME), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the other end is, and what it is called.
fn other_end(db: &Connection, id: RecordId) -> Result<(Option<&'static str>, Option<String>), NodeError> {
    let mut find = db.prepare_cached(
        "SELECT r.no, e.name FROM record r LEFT JOIN entity e ON e.record = r.no WHERE r.id = ?1",
    )?;
    let (number, name): (i64, Option<String>) =
        find.query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((word_of(db, number)?, name))
}

//! Which records are said to be one, who said so, and who took it back.

use counterseal_model::record::Body;
use counterseal_model::{CompartmentId, DeviceId, Grading, RecordId, Timestamp};
use rusqlite::{Connection, OptionalExtension};

use crate::desk::read::{RecordView, history, view};
use crate::desk::{Desk, PartReader};
use crate::error::NodeError;
use crate::explore::View;
use crate::index::{Identities, NOT_SAME, SAME};

/// A record, with all that are said to be one with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The records, the one that was asked for first.
    pub records: Vec<RecordView>,
    /// How many more there are that this desk does not have: a link names them, and their compartments are others'.
    pub absent: usize,
    /// What was said, newest first.
    pub said: Vec<SaidSame>,
}

/// One saying: that two records are one, or that they are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidSame {
    /// The link's record, which keeps its history.
    pub link: RecordId,
    /// The two records.
    pub of: [RecordId; 2],
    /// Whether it says that they are one.
    pub same: bool,
    /// Whether it is what counts now, or was replaced.
    pub in_force: bool,
    /// Whether newest versions of the link disagree.
    pub conflict: bool,
    /// Who can read it.
    pub compartment: CompartmentId,
    /// Which device said it.
    pub device: DeviceId,
    /// When, by its own word.
    pub made: Timestamp,
    /// How good the information is.
    pub grading: Option<Grading>,
    /// Why.
    pub note: Option<String>,
}

impl Desk {
    /// A record with all that are said to be one with it, and what was said.
    ///
    /// # Errors
    /// `NoRecord`, or when the store cannot be read.
    pub fn identity(&self, id: RecordId) -> Result<Identity, NodeError> {
        let number = self.record_number(id)?;
        let reader = self.reader();
        self.store.read(|db| {
            let same = Identities::load(db)?.led_by(number);
            let (mut records, mut absent, mut links) = (Vec::new(), 0, Vec::new());
            for member in same.all_of(number) {
                match is_there(db, member)? {
                    true => records.push(view(db, &reader, member)?),
                    false => absent += 1,
                }
                links.extend(sayings_of(db, member)?);
            }
            links.sort_unstable();
            links.dedup();
            let mut said = Vec::new();
            for link in links {
                said.extend(said_by(db, &reader, link)?);
            }
            said.sort_by_key(|said| (std::cmp::Reverse(said.made), !said.in_force));
            Ok(Identity { records, absent, said })
        })
    }

    /// What the columns show of a record and all that are said to be one with it.
    ///
    /// # Errors
    /// `NoRecord`, or when the store cannot be read.
    pub fn view_of_entity(&self, id: RecordId) -> Result<View, NodeError> {
        let number = self.record_number(id)?;
        let stands = self.store.read(|db| Ok::<_, NodeError>(Identities::load(db)?.of(number)))?;
        Ok(View { entities: vec![u32::try_from(stands).unwrap_or(0)], ..View::default() })
    }

    /// The records with these numbers in the columns, in their order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn records_at(&self, numbers: &[u32]) -> Result<Vec<RecordView>, NodeError> {
        let reader = self.reader();
        self.store.read(|db| numbers.iter().map(|number| view(db, &reader, i64::from(*number))).collect())
    }
}

/// Whether a record is there, and not only named.
pub(super) fn is_there(db: &Connection, record: i64) -> Result<bool, NodeError> {
    let mut find = db.prepare_cached("SELECT 1 FROM record WHERE no = ?1 AND kind > 0")?;
    Ok(find.query_row([record], |_| Ok(())).optional()?.is_some())
}

/// The links that say of this record that it is, or is not, one with another.
pub(super) fn sayings_of(db: &Connection, record: i64) -> Result<Vec<i64>, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT l.record FROM link l JOIN term t ON t.no = l.kind WHERE l.source = ?1 AND t.text IN (?2, ?3)
         UNION SELECT l.record FROM link l JOIN term t ON t.no = l.kind WHERE l.target = ?1 AND t.text IN (?2, ?3)",
    )?;
    let rows = find.query_map((record, SAME, NOT_SAME), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn said_by(db: &Connection, reader: &PartReader<'_>, link: i64) -> Result<Vec<SaidSame>, NodeError> {
    let shown = view(db, reader, link)?;
    let counts = |version| shown.shown.iter().any(|shown| shown.version == version);
    let versions = history(db, reader, link)?.into_iter().filter_map(|version| {
        let Body::Link(body) = &version.part.body else { return None };
        let same = body.kind.as_str() == SAME;
        let known = same || body.kind.as_str() == NOT_SAME;
        known.then(|| SaidSame {
            link: version.part.record,
            of: [body.from, body.to],
            same,
            in_force: counts(version.version),
            conflict: shown.conflict,
            compartment: version.compartment,
            device: version.device,
            made: version.part.made,
            grading: body.grading.clone(),
            note: body.note.clone(),
        })
    });
    Ok(versions.collect())
}

//! Entities in a list, by name, those of most incidents first.

use std::collections::HashMap;

use counterseal_model::record::EntityKind;
use counterseal_model::{Classification, RecordId};
use rusqlite::Connection;

use crate::desk::Desk;
use crate::error::NodeError;
use crate::explore::Columns;
use crate::index::{Identities, fold};

/// Which entities are meant. What is left out does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityAsk {
    /// Part of one of their names, in any spelling that folds alike.
    pub name: Option<String>,
    /// What they are.
    pub kind: Option<EntityKind>,
}

/// An entity in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityLine {
    /// The record that stands for it.
    pub id: RecordId,
    /// What it is.
    pub kind: EntityKind,
    /// Its main name.
    pub name: String,
    /// Main names of records that are said to be one with it.
    pub also: Vec<String>,
    /// Incidents that name it or one of these.
    pub incidents: u64,
    /// The highest of their classifications.
    pub classification: Classification,
}

struct Row {
    number: i64,
    stands: i64,
    line: EntityLine,
}

impl Desk {
    /// The entities that fit, those of most incidents first, at most `most`; and how many fit in all. `columns` are this
    /// desk's.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entities(
        &self,
        ask: &EntityAsk,
        columns: &Columns,
        most: usize,
    ) -> Result<(Vec<EntityLine>, usize), NodeError> {
        let folded = ask.name.as_deref().map(fold);
        let rows = self.store.read(|db| rows(db, ask, folded.as_deref()))?;
        let counts = columns.counts_by_entity();
        let mut lines: Vec<(i64, EntityLine)> = Vec::new();
        let mut place: HashMap<i64, usize> = HashMap::new();
        for row in rows {
            let known = place.get(&row.stands).and_then(|at| lines.get_mut(*at));
            match known {
                Some((_, line)) => {
                    line.also.push(row.line.name);
                    line.classification = line.classification.max(row.line.classification);
                }
                None => {
                    place.insert(row.stands, lines.len());
                    let number = u32::try_from(row.stands).unwrap_or(0);
                    let incidents = counts.get(&number).copied().unwrap_or(0);
                    lines.push((row.number, EntityLine { incidents, ..row.line }));
                }
            }
        }
        lines.sort_by(|(a, one), (b, other)| {
            (other.incidents, &one.name, a).cmp(&(one.incidents, &other.name, b))
        });
        let all = lines.len();
        lines.truncate(most);
        Ok((lines.into_iter().map(|(_, line)| line).collect(), all))
    }
}

fn rows(db: &Connection, ask: &EntityAsk, folded: Option<&str>) -> Result<Vec<Row>, NodeError> {
    let same = Identities::load(db)?;
    let named = folded.map(|folded| format!("%{}%", folded.replace(['%', '_', '\\'], "")));
    let mut list = db.prepare_cached(
        "SELECT e.record, r.id, e.kind, e.name, e.classification FROM entity e JOIN record r ON r.no = e.record
         WHERE (?1 IS NULL OR e.kind = ?1)
         AND (?2 IS NULL OR e.record IN (SELECT record FROM entity_name WHERE folded LIKE ?2))
         ORDER BY e.record",
    )?;
    // A name without letters or digits is nobody's.
    if folded.is_some_and(|folded| folded.trim().is_empty()) {
        return Ok(Vec::new());
    }
    let mut found = list.query((ask.kind.map(EntityKind::code), named))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let (number, kind, class): (i64, u8, u8) = (row.get(0)?, row.get(2)?, row.get(4)?);
        let Some(kind) = EntityKind::from_code(kind.into()) else { continue };
        let line = EntityLine {
            id: RecordId::from_bytes(row.get(1)?),
            kind,
            name: row.get(3)?,
            also: Vec::new(),
            incidents: 0,
            classification: Classification::from_code(class.into())
                .unwrap_or(Classification::StrictlyConfidential),
        };
        rows.push(Row { number, stands: same.of(number), line });
    }
    Ok(rows)
}

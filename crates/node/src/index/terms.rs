//! Small integers for strings that recur: types, countries, areas, places, roles.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::fold::fold;
use crate::store::StoreError;

/// What a term is a term of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Space {
    Kind = 1,
    Subtype = 2,
    Country = 3,
    Admin1 = 4,
    Place = 5,
    Role = 6,
    LinkKind = 7,
    System = 8,
}

impl Space {
    const LAST: Self = Self::System;
}

/// The terms met so far, by space and text. Holds only what is committed or being committed: after
/// a failed commit it is dropped with everything else of that attempt.
#[derive(Debug, Default)]
pub(crate) struct Terms([HashMap<String, i64>; Space::LAST as usize + 1]);

impl Terms {
    /// The number of a term, made if it is new.
    pub(crate) fn number(&mut self, tx: &Connection, space: Space, text: &str) -> Result<i64, StoreError> {
        let known = self.0.get_mut(space as usize);
        if let Some(no) = known.as_ref().and_then(|known| known.get(text)) {
            return Ok(*no);
        }
        let no = match find(tx, space, text)? {
            Some(no) => no,
            None => {
                let mut insert =
                    tx.prepare_cached("INSERT INTO term (space, text, folded) VALUES (?1, ?2, ?3)")?;
                insert.insert((space as i64, text, fold(text)))?
            }
        };
        if let Some(known) = known {
            known.insert(text.to_owned(), no);
        }
        Ok(no)
    }
}

/// The number of a term that may not exist.
pub(crate) fn find(db: &Connection, space: Space, text: &str) -> Result<Option<i64>, StoreError> {
    let mut find = db.prepare_cached("SELECT no FROM term WHERE space = ?1 AND text = ?2")?;
    Ok(find.query_row((space as i64, text), |row| row.get(0)).optional()?)
}

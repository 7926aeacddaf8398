//! The journals of one store into another, row by row as they are.

use std::collections::BTreeSet;

use counterseal_model::CompartmentId;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::keep::KEPT;
use crate::desk::report::is_for_none;
use crate::desk::write::INDEX_BITS;
use crate::error::NodeError;
use crate::schema::JOURNALS;
use crate::store::Store;

/// Bytes after which what was copied is committed.
const BATCH: usize = 8 << 20;

/// Copies the tables that are the truth; the index is made again from them. Kept wraps stay behind: they
/// are for the key that the device has no more. So does what is held of guarded entries of the compartments that
/// are left, the shares of their parts that were opened ahead, and what their cases are called.
pub(super) fn copy_journals(
    from: &Connection,
    to: &mut Store,
    leave: &BTreeSet<CompartmentId>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), NodeError> {
    let count = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        from.query_row(&sql, [], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
    };
    let mut total = 0;
    for table in tables() {
        total += count(table)?;
    }
    let mut done = 0;
    for table in tables() {
        let keep = match table {
            "local" => format!("WHERE name NOT GLOB '{KEPT}*'{}", is_for_none(leave.iter().copied())),
            "held" => format!("WHERE {}", is_of_none(leave)),
            "sibling" | "ahead" => format!("WHERE {}", is_entry_of_none(leave)),
            _ => String::new(),
        };
        let columns = match table {
            // The pseudonym stays, so that the desk can go on with a case when it is back.
            "case_noted" => format!("record, id, compartment, {}", reference_outside(leave)),
            _ => "*".to_owned(),
        };
        let mut list = from.prepare(&format!("SELECT {columns} FROM {table} {keep}"))?;
        let columns = list.column_count();
        let insert = format!("INSERT INTO {table} VALUES ({})", vec!["?"; columns].join(", "));
        let mut rows = list.query([])?;
        loop {
            let batch = next_batch(&mut rows, columns)?;
            if batch.is_empty() {
                break;
            }
            to.commit(|tx| {
                let mut insert = tx.prepare_cached(&insert)?;
                batch.iter().try_for_each(|row| {
                    insert.execute(rusqlite::params_from_iter(row))?;
                    Ok::<_, NodeError>(())
                })
            })?;
            done += batch.len() as u64;
            progress(done, total);
        }
    }
    Ok(())
}

/// That a held part is of none of these compartments.
fn is_of_none(leave: &BTreeSet<CompartmentId>) -> String {
    let entries = format!("SELECT no FROM entry WHERE compartment IN ({})", listed(leave));
    format!("part >> {INDEX_BITS} NOT IN ({entries})")
}

/// The rows about entries of none of these compartments.
fn is_entry_of_none(leave: &BTreeSet<CompartmentId>) -> String {
    format!("entry NOT IN (SELECT id FROM entry WHERE compartment IN ({}))", listed(leave))
}

/// What a case is called, if it is in none of these compartments.
fn reference_outside(leave: &BTreeSet<CompartmentId>) -> String {
    format!("CASE WHEN compartment IN ({}) THEN NULL ELSE reference END", listed(leave))
}

fn listed(leave: &BTreeSet<CompartmentId>) -> String {
    let ids: Vec<_> = leave.iter().map(|id| format!("x'{}'", hex::encode(id.as_bytes()))).collect();
    ids.join(", ")
}

fn next_batch(rows: &mut rusqlite::Rows<'_>, columns: usize) -> Result<Vec<Vec<Value>>, NodeError> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while bytes < BATCH
        && let Some(row) = rows.next()?
    {
        let values: Vec<Value> = (0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?;
        bytes += values.iter().map(size_of_value).sum::<usize>();
        batch.push(values);
    }
    Ok(batch)
}

fn size_of_value(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
        _ => 8,
    }
}

/// The tables' names, out of their own layout: one that is added is copied too.
pub(super) fn tables() -> impl Iterator<Item = &'static str> {
    JOURNALS.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split([' ', '(']).next())
}

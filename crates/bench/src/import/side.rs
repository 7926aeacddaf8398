//! One side of the import, in a process of its own.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use clap::ValueEnum;
use counterseal_exchange::{Draft, Import, Row};
use counterseal_model::record::{Body, Entity, EntityKind, Part};
use counterseal_model::{Classification, RecordId, Timestamp};
use counterseal_node::{Go, ImportOptions};
use counterseal_register::sha256;
use rusqlite::Connection;

use crate::home;
use crate::measure::{Spent, Watch, peak_memory};
use crate::outcome::Outcome;
use crate::peer::{self, Settings, Writer};
use crate::stage::number;

/// Rows in one of the peer's transactions: as many as our import commits at once.
const TRANSACTION: usize = ImportOptions::COMMIT_ROWS;

/// What runs.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Side {
    /// A desk.
    Ours,
    /// SQLCipher.
    Peer,
    /// The reader alone.
    Parsing,
}

impl Side {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Peer => "peer",
            Self::Parsing => "parsing",
        }
    }
}

/// What a side reports.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub(crate) struct Done {
    pub(super) spent: Spent,
    pub(super) incidents: u64,
    pub(super) entities: u64,
    /// Most memory held, bytes.
    pub(super) peak: u64,
    /// Bytes of its files afterwards.
    pub(super) disk: u64,
}

/// The options that the bench imports with.
pub(crate) fn options(desk: &counterseal_node::Desk) -> Outcome<ImportOptions> {
    Ok(ImportOptions {
        compartment: desk.find_compartment("incidents")?,
        classification: Classification::Confidential,
        dry_run: false,
        commit_rows: ImportOptions::COMMIT_ROWS,
        source: Some([9; 32]),
    })
}

/// Runs one side and prints its report as JSON.
pub(crate) fn run_side(side: Side, csv: &Path, folder: &Path, seed: u64) -> Outcome<()> {
    let ((incidents, entities), spent) = match side {
        Side::Ours => ours(csv, folder, seed)?,
        Side::Peer => theirs(csv, folder)?,
        Side::Parsing => parsing(csv)?,
    };
    let peak = peak_memory().unwrap_or(0);
    let sizes =
        home::files(folder)?.iter().map(|file| Ok(file.metadata()?.len())).collect::<Outcome<Vec<_>>>()?;
    let done = Done { spent, incidents, entities, peak, disk: sizes.iter().sum() };
    println!("{}", serde_json::to_string(&done)?);
    Ok(())
}

type Counted = ((u64, u64), Spent);

fn ours(csv: &Path, folder: &Path, seed: u64) -> Outcome<Counted> {
    let mut desk = home::open(folder, seed)?;
    let options = options(&desk)?;
    let watch = Watch::start();
    let import = Import::open(BufReader::new(File::open(csv)?), None)?;
    let report = desk.import(import, &options, &mut |_| Ok(()), &mut |_| Go::On)?;
    desk.close()?;
    let spent = watch.spent();
    if report.rejected > 0 {
        return Err(format!("{} rows were rejected", report.rejected).into());
    }
    Ok(((report.new, report.entities), spent))
}

fn parsing(csv: &Path) -> Outcome<Counted> {
    let watch = Watch::start();
    let mut rows = 0;
    for row in Import::open(BufReader::new(File::open(csv)?), None)? {
        rows += u64::from(std::hint::black_box(row?).outcome.is_ok());
    }
    Ok(((rows, 0), watch.spent()))
}

fn theirs(csv: &Path, folder: &Path) -> Outcome<Counted> {
    let db = Settings::SQLCIPHER.create(&folder.join("peer.db"))?;
    let watch = Watch::start();
    let import = Import::open(BufReader::new(File::open(csv)?), None)?;
    insert(&db, import)?;
    let counts = (
        number(&db, "SELECT count(*) FROM incident")?.cast_unsigned(),
        number(&db, "SELECT count(*) FROM entity")?.cast_unsigned(),
    );
    peer::close(db)?;
    Ok((counts, watch.spent()))
}

fn insert<R: Read>(db: &Connection, mut import: Import<R>) -> Outcome<()> {
    let mut writer = Writer::default();
    let mut entities = HashSet::new();
    loop {
        let transaction = db.unchecked_transaction()?;
        let mut taken = 0;
        for row in import.by_ref().take(TRANSACTION) {
            insert_row(db, &mut writer, &mut entities, row?)?;
            taken += 1;
        }
        transaction.commit()?;
        if taken == 0 {
            return Ok(());
        }
    }
}

fn insert_row(
    db: &Connection,
    writer: &mut Writer,
    entities: &mut HashSet<RecordId>,
    row: Row,
) -> Outcome<()> {
    let Draft { external, mut incident, actors, classification, .. } =
        row.outcome.map_err(|rejected| rejected.to_string())?;
    let classification = classification.unwrap_or(Classification::Confidential);
    let first =
        |record, body| Part { imported: true, ..Part::first(record, body, Timestamp(0), classification) };
    for actor in actors {
        let id = match &actor.external {
            Some(external) => identity(external.system.as_str(), &external.id),
            None => identity(EntityKind::word(actor.kind), &actor.name),
        };
        if let Some(involved) = incident.actors.get_mut(actor.position) {
            involved.entity = Some(id);
        }
        if entities.insert(id) {
            let mut entity = Entity::named(actor.kind, actor.name);
            entity.external.extend(actor.external);
            writer.add(db, &first(id, Body::Entity(Box::new(entity))))?;
        }
    }
    let id = identity(external.system.as_str(), &external.id);
    writer.add(db, &first(id, Body::Incident(Box::new(incident))))
}

/// An id that follows from an external reference, as ours does.
fn identity(system: &str, id: &str) -> RecordId {
    let mut bytes = [0; RecordId::LEN];
    let digest = sha256(&[system.as_bytes(), &[0], id.as_bytes()]);
    bytes.iter_mut().zip(digest).for_each(|(slot, byte)| *slot = byte);
    RecordId::from_bytes(bytes)
}

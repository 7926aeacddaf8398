//! Import: rows of a file become records, chunk by chunk, each commit whole.
//!
//! A record's id follows from its external reference, so importing again finds the same records. A
//! row that says what an earlier import of it said changes nothing; one that says something else
//! becomes a new version of what was imported, and a conflict where a person has edited meanwhile.

use std::collections::HashSet;
use std::io::Read;
use std::sync::mpsc::{SyncSender, sync_channel};

use counterseal_exchange::{Draft, Import, ImportError, Rejected, Row, similarity};
use counterseal_model::record::{Body, Entity, Incident, Part};
use counterseal_model::{Classification, CompartmentId, Heads, RecordId, VersionId};

use super::{Desk, VersionView, local, record_named, record_of};
use crate::error::NodeError;
use crate::guard::{Concern, Guard};

/// Rows sealed into one entry.
const CHUNK: usize = 512;
/// Rows handed over at a time, and how many such batches wait at most.
const BATCH: usize = 256;
const READ_AHEAD: usize = 8;
/// How alike two accounts of an event must be to be offered as duplicates.
const ALIKE: f64 = 0.75;
/// Most concerns and duplicates listed; all are counted.
const LISTED: usize = 1000;

/// How a file is to be imported.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The open compartment the records are sealed to.
    pub compartment: CompartmentId,
    /// The classification of rows that carry none.
    pub classification: Classification,
    /// Read and check everything, write nothing.
    pub dry_run: bool,
    /// Rows kept in one commit: what a power cut can undo at most. Each commit rewrites most pages of
    /// the index that random ids fall into, so few and large ones are faster.
    pub commit_rows: usize,
    /// SHA-256 of the file and its mapping: lets an import that was killed go on where it was.
    pub source: Option<[u8; 32]>,
}

/// Whether a long task goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// Go on.
    On,
    /// Finish what is begun and stop.
    Stop,
}

/// The same event as a record the mission has from another system, perhaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicate {
    /// The row.
    pub row: u64,
    /// Its record.
    pub record: RecordId,
    /// The record it may repeat.
    pub other: RecordId,
    /// How alike they are, 0 to 1.
    pub score: f64,
}

/// Something the guard points out in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowConcern {
    /// The row.
    pub row: u64,
    /// Its record.
    pub record: RecordId,
    /// What is pointed out.
    pub concern: Concern,
}

/// How far an import is, and what it found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportReport {
    /// Rows read.
    pub rows: u64,
    /// The row an earlier, interrupted import of the file had got to.
    pub resumed_at: u64,
    /// Records made.
    pub new: u64,
    /// Records that got a new version.
    pub changed: u64,
    /// Rows that say what is known.
    pub unchanged: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Entities made for actors.
    pub entities: u64,
    /// Possible duplicates of records from other systems, the first thousand.
    pub duplicates: Vec<Duplicate>,
    /// All of them.
    pub duplicate_count: u64,
    /// What the guard points out, the first thousand.
    pub concerns: Vec<RowConcern>,
    /// All of it.
    pub concern_count: u64,
    /// Rows that are durable.
    pub committed_rows: u64,
    /// Whether the file was read to its end.
    pub finished: bool,
}

/// An import under way.
struct Run<'a> {
    options: &'a ImportOptions,
    report: ImportReport,
    /// Entities known to be there, or being made.
    entities: HashSet<RecordId>,
    /// Records of this file that are not in the index yet.
    pending: HashSet<RecordId>,
    parts: Vec<Part>,
    /// Parts staged since the last commit.
    staged: usize,
    other_systems: bool,
}

impl ImportOptions {
    /// Rows in one commit unless asked otherwise: a second or two of work.
    pub const COMMIT_ROWS: usize = 32_768;
}

impl Desk {
    /// Imports a file. `rejects` receives each row that cannot be read; `progress` is called every
    /// few hundred rows and may stop the import: what is staged is committed then, and the import can be
    /// taken up again.
    ///
    /// # Errors
    /// When the file as a whole cannot be read or the disk refuses. What was reported as committed
    /// stays; the rest can be imported again.
    pub fn import<R: Read + Send>(
        &mut self,
        import: Import<R>,
        options: &ImportOptions,
        rejects: &mut dyn FnMut(&Rejected) -> std::io::Result<()>,
        progress: &mut dyn FnMut(&ImportReport) -> Go,
    ) -> Result<ImportReport, NodeError> {
        let imported = self.run_import(import, options, rejects, progress);
        if imported.is_err() {
            self.drop_unkept()?;
        }
        imported
    }

    fn run_import<R: Read + Send>(
        &mut self,
        import: Import<R>,
        options: &ImportOptions,
        rejects: &mut dyn FnMut(&Rejected) -> std::io::Result<()>,
        progress: &mut dyn FnMut(&ImportReport) -> Go,
    ) -> Result<ImportReport, NodeError> {
        let mut run = self.begin_import(options)?;
        let guard = self.guard()?;
        // One thread reads and looks at the texts, this one compares, seals and stores.
        std::thread::scope(|scope| {
            let (send, rows) = sync_channel(READ_AHEAD);
            let begun = run.report.resumed_at;
            scope.spawn(move || read_rows(import, &guard, begun, &send));
            for batch in rows {
                for read in batch.map_err(|e| NodeError::Import(Box::new(e)))? {
                    let number = read.row.number;
                    self.take_row(&mut run, read, rejects)?;
                    run.report.rows = number;
                    let mut go = Go::On;
                    if run.parts.len() >= CHUNK {
                        self.seal_chunk(&mut run)?;
                        go = progress(&run.report);
                    }
                    if go == Go::Stop || run.staged >= options.commit_rows {
                        // Every row up to this one, for the progress that is kept says so.
                        self.seal_chunk(&mut run)?;
                        self.commit_chunks(&mut run, false)?;
                        go = if go == Go::On { progress(&run.report) } else { go };
                    }
                    if go == Go::Stop {
                        return Ok(run.report);
                    }
                }
            }
            self.seal_chunk(&mut run)?;
            run.report.finished = true;
            self.commit_chunks(&mut run, true)?;
            progress(&run.report);
            Ok(run.report)
        })
    }

    fn begin_import<'a>(&self, options: &'a ImportOptions) -> Result<Run<'a>, NodeError> {
        let name = progress_name(options);
        let resumed = self.store.read(|db| match &name {
            Some(name) => local::get(db, name),
            None => Ok(None),
        })?;
        let resumed = resumed.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes);
        let report = ImportReport { resumed_at: resumed, committed_rows: resumed, ..ImportReport::default() };
        let other_systems = self.store.read(|db| {
            let mut some = db.prepare("SELECT 1 FROM incident LIMIT 1")?;
            Ok::<_, NodeError>(some.exists([])?)
        })?;
        Ok(Run {
            options,
            report,
            entities: HashSet::new(),
            pending: HashSet::new(),
            parts: Vec::with_capacity(CHUNK),
            staged: 0,
            other_systems,
        })
    }

    fn take_row(
        &mut self,
        run: &mut Run<'_>,
        read: ReadRow,
        rejects: &mut dyn FnMut(&Rejected) -> std::io::Result<()>,
    ) -> Result<(), NodeError> {
        let ReadRow { row, concerns } = read;
        let draft = match row.outcome {
            Ok(draft) => draft,
            // Those before the place where an import is taken up again too: the file is made anew.
            Err(rejected) => return reject(run, &rejected, rejects),
        };
        if row.number <= run.report.resumed_at {
            run.report.committed_rows = row.number;
            return Ok(());
        }
        let Draft { external, incident, actors, classification, synthetic, .. } = draft;
        let mut incident = Box::new(incident);
        let id = record_of(self.mission(), &external);
        let system = external.system.clone();
        for actor in actors {
            let entity = self.entity_for(run, &actor)?;
            if let Some(involved) = incident.actors.get_mut(actor.position) {
                involved.entity = Some(entity);
            }
        }
        let classification = classification.unwrap_or(run.options.classification);
        let body = Body::Incident(incident);
        point_out(run, row.number, id, concerns);
        if run.pending.contains(&id) {
            // A file that repeats an id: what came before must be in the index to compare with.
            self.seal_chunk(run)?;
        }
        let parents = match self.compare(run, id, &body)? {
            Compared::New => {
                run.report.new += 1;
                Vec::new()
            }
            Compared::Changed(parents) => {
                run.report.changed += 1;
                parents
            }
            Compared::Same => {
                run.report.unchanged += 1;
                return Ok(());
            }
            Compared::OtherKind(kind) => {
                let rejected = Rejected {
                    row: row.number,
                    line: row.line,
                    field: "external".to_owned(),
                    value: external.id,
                    reason: format!("names a record of this mission that is another kind: {kind}"),
                    original: Vec::new(),
                };
                return reject(run, &rejected, rejects);
            }
        };
        self.offer_duplicates(run, row.number, id, &body, &system)?;
        let mut part = self.part(id, body, classification, parents);
        part.imported = true;
        part.synthetic |= synthetic;
        run.pending.insert(id);
        run.parts.push(part);
        Ok(())
    }

    /// The record of an actor, made if the mission has none.
    fn entity_for(
        &self,
        run: &mut Run<'_>,
        actor: &counterseal_exchange::ActorDraft,
    ) -> Result<RecordId, NodeError> {
        let id = match &actor.external {
            Some(external) => record_of(self.mission(), external),
            None => record_named(self.mission(), actor.kind.word(), &actor.name),
        };
        if !run.entities.insert(id) || self.is_there(id)? {
            return Ok(id);
        }
        let mut entity = Entity::named(actor.kind, actor.name.clone());
        entity.external.extend(actor.external.clone());
        let body = Body::Entity(Box::new(entity));
        let mut part = self.part(id, body, run.options.classification, Vec::new());
        part.imported = true;
        run.parts.push(part);
        run.report.entities += 1;
        Ok(id)
    }

    fn is_there(&self, id: RecordId) -> Result<bool, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT 1 FROM record WHERE id = ?1 AND kind > 0")?;
            Ok(find.exists([id.as_bytes()])?)
        })
    }

    /// What a row is to the record it names.
    fn compare(&self, run: &Run<'_>, id: RecordId, body: &Body) -> Result<Compared, NodeError> {
        if !self.is_there(id)? {
            return Ok(Compared::New);
        }
        let history = self.history(id)?;
        if let Some(other) = history.iter().find(|version| version.part.body.kind() != body.kind()) {
            return Ok(Compared::OtherKind(other.part.body.kind().word()));
        }
        // What a person wrote is not replaced by a file: both stand until a person resolves them.
        let here = history.iter().filter(|version| version.compartment == run.options.compartment);
        let imported: Vec<_> = here.filter(|version| version.part.imported).collect();
        let heads = Heads::of(imported.iter().map(|v| (v.version, v.part.parents.as_slice())));
        let is_head = |version: &&&VersionView| heads.all().contains(&version.version);
        match imported.iter().filter(is_head).any(|version| version.part.body == *body) {
            true => Ok(Compared::Same),
            false => Ok(Compared::Changed(heads.as_parents())),
        }
    }

    /// Looks for the same event from another system: within a day and half a degree.
    fn offer_duplicates(
        &self,
        run: &mut Run<'_>,
        row: u64,
        record: RecordId,
        body: &Body,
        system: &counterseal_model::Term,
    ) -> Result<(), NodeError> {
        let Body::Incident(incident) = body else { return Ok(()) };
        if !run.other_systems {
            return Ok(());
        }
        let reader = self.reader();
        let near = self.store.read(|db| {
            let mut alike = Vec::new();
            for part in nearby(db, incident, system.as_str())? {
                alike.push(crate::index::Parts::open_part(&reader, db, part)?.part);
            }
            Ok::<_, NodeError>(alike)
        })?;
        for other in near {
            let Body::Incident(told) = &other.body else { continue };
            let score = similarity(incident, told).score;
            if score >= ALIKE && other.record != record {
                run.report.duplicate_count += 1;
                if run.report.duplicates.len() < LISTED {
                    run.report.duplicates.push(Duplicate { row, record, other: other.record, score });
                }
            }
        }
        Ok(())
    }

    fn seal_chunk(&mut self, run: &mut Run<'_>) -> Result<(), NodeError> {
        let parts = std::mem::replace(&mut run.parts, Vec::with_capacity(CHUNK));
        if parts.is_empty() || run.options.dry_run {
            return Ok(());
        }
        // Entities may have filled the chunk beyond what one entry holds.
        let mut parts = parts.into_iter().peekable();
        while parts.peek().is_some() {
            let chunk: Vec<_> = parts.by_ref().take(2 * CHUNK).collect();
            run.staged += chunk.len();
            let sealed = self.seal(run.options.compartment, chunk)?;
            self.stage(&[sealed])?;
        }
        run.pending.clear();
        Ok(())
    }

    fn commit_chunks(&mut self, run: &mut Run<'_>, last: bool) -> Result<(), NodeError> {
        run.staged = 0;
        if !run.options.dry_run {
            let done = progress_name(run.options).map(|name| (name, (!last).then_some(run.report.rows)));
            self.commit_staged(|tx| match &done {
                Some((name, Some(rows))) => local::set(tx, name, &rows.to_be_bytes()),
                Some((name, None)) => local::remove(tx, name),
                None => Ok(()),
            })?;
        }
        run.report.committed_rows = run.report.rows;
        Ok(())
    }
}

/// What a row is to the record it names.
enum Compared {
    /// There is none yet.
    New,
    /// The last import of it says the same.
    Same,
    /// It says something else than these imported versions.
    Changed(Vec<VersionId>),
    /// The record is of this other kind.
    OtherKind(&'static str),
}

fn reject(
    run: &mut Run<'_>,
    rejected: &Rejected,
    rejects: &mut dyn FnMut(&Rejected) -> std::io::Result<()>,
) -> Result<(), NodeError> {
    run.report.rejected += 1;
    let path = "the file of rejected rows".to_owned();
    rejects(rejected).map_err(|source| NodeError::File { doing: "write", path, source })
}

/// A row with what the guard points out in it.
struct ReadRow {
    row: Row,
    concerns: Vec<Concern>,
}

/// Reads rows and looks at their texts, batch by batch, until the file ends or nobody listens. Rows
/// up to `begun` were imported before.
fn read_rows<R: Read>(
    mut import: Import<R>,
    guard: &Guard,
    begun: u64,
    send: &SyncSender<Result<Vec<ReadRow>, ImportError>>,
) {
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        for row in import.by_ref().take(BATCH) {
            let row = match row {
                Ok(row) => row,
                Err(error) => {
                    let _nobody_listens = send.send(Ok(batch)).and_then(|()| send.send(Err(error)));
                    return;
                }
            };
            let concerns = match &row.outcome {
                Ok(draft) if row.number > begun => guard.check_incident(&draft.incident),
                _ => Vec::new(),
            };
            batch.push(ReadRow { row, concerns });
        }
        if batch.is_empty() || send.send(Ok(batch)).is_err() {
            return;
        }
    }
}

fn point_out(run: &mut Run<'_>, row: u64, record: RecordId, concerns: Vec<Concern>) {
    run.report.concern_count += concerns.len() as u64;
    let room = LISTED.saturating_sub(run.report.concerns.len());
    let listed = concerns.into_iter().take(room).map(|concern| RowConcern { row, record, concern });
    run.report.concerns.extend(listed);
}

/// Under which name an import's progress is kept.
fn progress_name(options: &ImportOptions) -> Option<String> {
    let source = options.source.filter(|_| !options.dry_run)?;
    Some(format!("import/{}/{}", options.compartment, hex::encode(source)))
}

/// Shown parts of incidents from other systems that begin within a day and lie within half a degree.
fn nearby(db: &rusqlite::Connection, incident: &Incident, system: &str) -> Result<Vec<i64>, NodeError> {
    let point = incident.place.as_ref().and_then(|place| place.point);
    let (Some(occurred), Some(point)) = (&incident.occurred, point) else { return Ok(Vec::new()) };
    const DAY: i64 = counterseal_model::Timestamp::DAY;
    const REACH: i64 = 5_000_000;
    let mut find = db.prepare_cached(
        "SELECT r.part FROM incident i JOIN record r ON r.no = i.record
         WHERE i.starts BETWEEN ?1 AND ?2 AND i.lat BETWEEN ?3 AND ?4 AND i.lon BETWEEN ?5 AND ?6
           AND i.system IS NOT (SELECT no FROM term WHERE space = 8 AND text = ?7) LIMIT 20",
    )?;
    let (lat, lon, starts) = (i64::from(point.lat_e7()), i64::from(point.lon_e7()), occurred.from.0);
    let bounds = (starts - DAY, starts + DAY, lat - REACH, lat + REACH, lon - REACH, lon + REACH, system);
    let rows = find.query_map(bounds, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

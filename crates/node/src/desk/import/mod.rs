//! Import: rows of a file become records, chunk by chunk, each commit whole.
//!
//! A record's id follows from its external reference, so importing again finds the same records. A
//! row that says what an earlier import of it said changes nothing; one that says something else
//! becomes a new version of what was imported, and a conflict where a person has edited meanwhile.

//!
//! Three threads share the work: one reads, one compares and stores, and while it stores a chunk
//! another seals the next.

mod reading;
mod report;

use std::collections::HashSet;
use std::io::Read;
use std::sync::mpsc::sync_channel;

use counterseal_exchange::{ActorDraft, Import, Rejected, similarity};
use counterseal_model::record::{Body, Entity, Incident, Part};
use counterseal_model::{Heads, RecordId, Term, VersionId};

use super::write::Sealed;
use super::{Desk, VersionView, local};
use crate::error::NodeError;
use crate::guard::Concern;
use reading::{READ_AHEAD, ReadRow, Reading, Told};
pub use report::{Duplicate, Go, ImportOptions, ImportReport, RowConcern};

/// Rows sealed into one entry.
const CHUNK: usize = 512;
/// How alike two accounts of an event must be to be offered as duplicates.
const ALIKE: f64 = 0.75;
/// Most concerns and duplicates listed; all are counted.
const LISTED: usize = 1000;

/// An import under way.
struct Run<'a> {
    options: &'a ImportOptions,
    report: ImportReport,
    /// Entities known to be there, or being made.
    entities: HashSet<RecordId>,
    /// Records of this file that are not in the index yet.
    pending: HashSet<RecordId>,
    parts: Vec<Part>,
    /// The chunk that is sealed and not staged yet.
    sealed: Option<Sealed>,
    /// Parts sealed since the last commit.
    uncommitted: usize,
    other_systems: bool,
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
        let reading = Reading { mission: self.mission(), guard: &guard, begun: run.report.resumed_at };
        std::thread::scope(|scope| {
            let (send, rows) = sync_channel(READ_AHEAD);
            scope.spawn(move || reading.run(import, &send));
            for batch in rows {
                for row in batch.map_err(|e| NodeError::Import(Box::new(e)))? {
                    let number = row.number;
                    self.take_row(&mut run, row, rejects)?;
                    run.report.rows = number;
                    let mut go = Go::On;
                    if run.parts.len() >= CHUNK {
                        self.seal_chunk(&mut run)?;
                        go = progress(&run.report);
                    }
                    if go == Go::Stop || run.uncommitted >= options.commit_rows {
                        // Every row up to this one, for the progress that is kept says so.
                        self.commit_chunks(&mut run, false)?;
                        go = if go == Go::On { progress(&run.report) } else { go };
                    }
                    if go == Go::Stop {
                        return Ok(run.report);
                    }
                }
            }
            run.report.finished = true;
            self.commit_chunks(&mut run, true)?;
            progress(&run.report);
            Ok(run.report)
        })
    }

    fn begin_import<'a>(&self, options: &'a ImportOptions) -> Result<Run<'a>, NodeError> {
        if self.is_guarded(options.compartment) {
            return Err(NodeError::GuardedOneByOne);
        }
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
            sealed: None,
            uncommitted: 0,
            other_systems,
        })
    }

    fn take_row(
        &mut self,
        run: &mut Run<'_>,
        row: ReadRow,
        rejects: &mut dyn FnMut(&Rejected) -> std::io::Result<()>,
    ) -> Result<(), NodeError> {
        let told = match row.outcome {
            Ok(told) => told,
            // Those before the place where an import is taken up again too: the file is made anew.
            Err(rejected) => return reject(run, &rejected, rejects),
        };
        if row.number <= run.report.resumed_at {
            run.report.committed_rows = row.number;
            return Ok(());
        }
        let Told { id, external, body, actors, classification, synthetic, concerns } = told;
        for (entity, actor) in actors {
            self.make_entity(run, entity, actor)?;
        }
        point_out(run, row.number, id, concerns);
        if run.pending.contains(&id) {
            // A file that repeats an id: what came before must be in the index to compare with.
            self.stage_chunks(run)?;
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
        self.offer_duplicates(run, row.number, id, &body, &external.system)?;
        let mut part = self.part(id, body, classification.unwrap_or(run.options.classification), parents);
        part.imported = true;
        part.synthetic |= synthetic;
        run.pending.insert(id);
        run.parts.push(part);
        Ok(())
    }

    /// Makes the record of an actor if the mission has none.
    fn make_entity(&self, run: &mut Run<'_>, id: RecordId, actor: ActorDraft) -> Result<(), NodeError> {
        if !run.entities.insert(id) || self.is_there(id)? {
            return Ok(());
        }
        let mut entity = Entity::named(actor.kind, actor.name);
        entity.external.extend(actor.external);
        let body = Body::Entity(Box::new(entity));
        let mut part = self.part(id, body, run.options.classification, Vec::new());
        part.imported = true;
        run.parts.push(part);
        run.report.entities += 1;
        Ok(())
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
        system: &Term,
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

    /// Seals what has gathered, and stages the chunk before it meanwhile.
    fn seal_chunk(&mut self, run: &mut Run<'_>) -> Result<(), NodeError> {
        let parts = std::mem::replace(&mut run.parts, Vec::with_capacity(CHUNK));
        if run.options.dry_run {
            return Ok(());
        }
        // Entities may have filled the chunk beyond what one entry holds.
        let mut parts = parts.into_iter().peekable();
        while parts.peek().is_some() {
            let chunk: Vec<_> = parts.by_ref().take(2 * CHUNK).collect();
            run.uncommitted += chunk.len();
            let before = run.sealed.take();
            run.sealed = Some(self.seal_while_staging(run.options.compartment, chunk, before.as_slice())?);
        }
        Ok(())
    }

    /// Seals and stages all that has gathered.
    fn stage_chunks(&mut self, run: &mut Run<'_>) -> Result<(), NodeError> {
        self.seal_chunk(run)?;
        if let Some(sealed) = run.sealed.take() {
            self.stage(&[sealed])?;
        }
        run.pending.clear();
        Ok(())
    }

    fn commit_chunks(&mut self, run: &mut Run<'_>, last: bool) -> Result<(), NodeError> {
        self.stage_chunks(run)?;
        run.uncommitted = 0;
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
           AND i.system IS NOT coalesce((SELECT no FROM term WHERE space = 8 AND text = ?7), 0) LIMIT 20",
    )?;
    let (lat, lon, starts) = (i64::from(point.lat_e7()), i64::from(point.lon_e7()), occurred.from.0);
    let bounds = (starts - DAY, starts + DAY, lat - REACH, lat + REACH, lon - REACH, lon + REACH, system);
    let rows = find.query_map(bounds, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

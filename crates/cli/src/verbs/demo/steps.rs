//! The steps of `demo --check`. Each gives what it saw in a few words, or what was wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use counterseal_exchange::{Format, Import};
use counterseal_model::record::Body;
use counterseal_model::{Classification, RecordId};
use counterseal_node::{By, Desk, ExportOptions, Filter, Go, Home, ImportOptions, ImportReport, Sort};
use counterseal_seal::Passphrase;
use counterseal_synth::{Planted, to_ucdp_csv};

use super::answers::answers;
use super::check::{Walk, Wrong};
use super::clear::{Planted as PlantedWords, files_under};
use super::make;

/// Rows imported as another system's file.
const ROWS: usize = 1000;

/// Founds the mission and writes what happened in it.
pub(super) fn make_it(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let made = make::make(walk.ctx, &walk.home, walk.world);
    let desk = made.map_err(|failure| failure.sentence(walk.ctx.words))?;
    let count = desk.count(&Filter::default());
    walk.desk = Some(desk);
    let (count, wanted) = (count.map_err(|e| walk.wrong(e))?, walk.world.plan().incidents as u64);
    if count == wanted { Ok(count.to_string()) } else { Err(walk.differs(wanted, count)) }
}

/// Locks, is refused with a wrong passphrase, unlocks.
pub(super) fn unlock(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    if let Some(desk) = walk.desk.take() {
        desk.close().map_err(|e| walk.wrong(e))?;
    }
    let place = walk.home.choose(None).map_err(|e| walk.wrong(e.into()))?;
    let wrong = Passphrase::new("seven wells and a paper camel").map_err(|e| e.to_string())?;
    let clock = Arc::clone(&walk.ctx.outside.clock);
    if Desk::unlock(place, &wrong, clock, walk.ctx.randomness()).is_ok() {
        return Err(walk.ctx.words.text("check-wrong-passphrase"));
    }
    let desk = walk.unlock(&walk.home).map_err(|e| walk.wrong(e))?;
    let clean = desk.opened().clean;
    walk.desk = Some(desk);
    if clean { Ok(String::new()) } else { Err(walk.ctx.words.text("check-not-clean")) }
}

/// Finds incidents by the words of their titles.
pub(super) fn find(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let mut found = 0;
    for n in (0..walk.world.plan().incidents).step_by(walk.world.plan().incidents / 20) {
        let (id, incident) = walk.world.incident(n);
        let title = incident.title.unwrap_or_default();
        let occurred = incident.occurred.map(|occurred| occurred.from);
        // Titles come again; the day tells them apart.
        let day = |days: i64| occurred.map(|at| counterseal_model::Timestamp(at.0 + days * 86_400));
        let words = Some(format!("\"{}\"", title.replace('"', " ")));
        let filter = Filter { words, from: day(-1), to: day(1), ..Filter::default() };
        let desk = walk.desk()?;
        let views = desk.find(&filter, Sort::Relevance, 1000).map_err(|e| walk.wrong(e))?;
        if !views.iter().any(|view| view.id() == id) {
            return Err(walk.differs(title, views.len()));
        }
        found += 1;
    }
    Ok(found.to_string())
}

/// Counts by month and by country, and compares with the plan.
pub(super) fn stats(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let wanted = walk.world.plan().incidents as u64;
    let killed: u64 =
        walk.world.incidents().filter_map(|(_, incident)| incident.killed().and_then(|k| k.best)).sum();
    let mut rows_seen = 0;
    for by in [By::Month, By::Country, By::Type] {
        let rows = walk.desk()?.stats(&Filter::default(), &[by]).map_err(|e| walk.wrong(e))?;
        let (count, best) = rows.iter().fold((0, 0), |sum, row| (sum.0 + row.count, sum.1 + row.best));
        if (count, best) != (wanted, killed) {
            return Err(walk.differs(format!("{wanted}, {killed}"), format!("{count}, {best}")));
        }
        rows_seen += rows.len();
    }
    Ok(rows_seen.to_string())
}

/// Walks a link chart.
pub(super) fn near(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let Some((_, link)) = walk.world.links().into_iter().next() else { return Ok(String::new()) };
    let near = walk.desk()?.near(link.from, 2, 500).map_err(|e| walk.wrong(e))?;
    if !near.records.iter().any(|(view, distance)| view.id() == link.to && *distance == 1) {
        return Err(walk.differs(link.to.short(), near.records.len()));
    }
    let path = walk.desk()?.path(link.from, link.to, 10_000).map_err(|e| walk.wrong(e))?;
    match path.map(|path| path.len()) {
        Some(1) => Ok(near.records.len().to_string()),
        other => Err(walk.differs(1, other.unwrap_or(0))),
    }
}

/// Measures the guard on what was planted for it: at least 95 of 100 pointed out, at most 5 of 100
/// look-alikes.
pub(super) fn guard(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let guard = walk.desk()?.guard();
    let guard = guard.map_err(|e| walk.wrong(e))?;
    let world = walk.world;
    let pointed_out = |planted: &Planted| {
        let body = Body::Incident(Box::new(world.incident(planted.n).1));
        guard.check(&body).iter().any(|concern| {
            concern.field == planted.field
                && (concern.text.contains(&planted.text) || planted.text.contains(&concern.text))
        })
    };
    let tally = |cases: &[Planted]| (cases.iter().filter(|case| pointed_out(case)).count(), cases.len());
    let (hits, planted) = tally(&world.planted());
    let (alarms, decoys) = tally(&world.decoys());
    let n = |number: usize| number.to_string().into();
    let said = walk.ctx.words.with(
        "check-guard-tally",
        &[("hits", n(hits)), ("planted", n(planted)), ("alarms", n(alarms)), ("decoys", n(decoys))],
    );
    if hits * 100 >= planted * 95 && alarms * 100 <= decoys * 5 { Ok(said) } else { Err(said) }
}

/// Imports another system's file twice: the second time it says nothing new.
pub(super) fn import(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let path = walk.out.join("synthetic-ged.csv");
    let file = fs::File::create(&path).map_err(|e| e.to_string())?;
    to_ucdp_csv(walk.world, file, ROWS).map_err(|e| e.to_string())?;
    let first = import_once(walk, &path)?;
    let second = import_once(walk, &path)?;
    let rows = ROWS as u64;
    if (first.new, first.rejected, second.unchanged) != (rows, 0, rows) {
        let found = format!("{}, {}, {}", first.new, first.rejected, second.unchanged);
        return Err(walk.differs(format!("{rows}, 0, {rows}"), found));
    }
    let duplicates = first.duplicate_count.to_string();
    Ok(walk
        .ctx
        .words
        .with("check-imported", &[("rows", rows.to_string().into()), ("duplicates", duplicates.into())]))
}

fn import_once(walk: &mut Walk<'_>, path: &Path) -> Result<ImportReport, Wrong> {
    let file = fs::File::open(path).map_err(|e| e.to_string())?;
    let import = Import::open(file, None).map_err(|e| e.to_string())?;
    let desk = walk.desk()?;
    let compartment = desk.default_compartment().map_err(|e| e.to_string())?;
    let classification = Classification::Unclassified;
    let options = ImportOptions {
        compartment,
        classification,
        dry_run: false,
        commit_rows: ImportOptions::COMMIT_ROWS,
        source: None,
    };
    let report = desk.import(import, &options, &mut |_| Ok(()), &mut |_| Go::On);
    report.map_err(|e| walk.wrong(e))
}

/// Exports in every format and traces each file back; an altered copy is known as one.
pub(super) fn export(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let mut sizes = Vec::new();
    for (format, word) in Format::ALL {
        let path = walk.out.join(format!("export.{word}"));
        let filter = Filter { country: Some("Mali".to_owned()), ..Filter::default() };
        let desk = walk.desk()?;
        let compartment = desk.default_compartment().map_err(|e| e.to_string())?;
        let query = "--country Mali".to_owned();
        let options = ExportOptions {
            filter,
            sort: Sort::Newest,
            limit: Some(2000),
            format,
            query,
            compartment,
            purpose: None,
            case: false,
        };
        let report = desk.export(&options, &path, &mut |_| {}).map_err(|e| walk.wrong(e))?;
        let traces = walk.desk()?.trace(&path).map_err(|e| walk.wrong(e))?;
        if report.count == 0 || !traces.iter().any(|trace| trace.record == report.record && trace.unaltered) {
            return Err(walk.differs(report.mark, traces.len()));
        }
        sizes.push(format!("{word} {}", report.count));
    }
    let copy = walk.out.join("altered.csv");
    let mut bytes = fs::read(walk.out.join("export.csv")).map_err(|e| e.to_string())?;
    bytes.extend_from_slice(b"one more line\r\n");
    fs::write(&copy, bytes).map_err(|e| e.to_string())?;
    let traces = walk.desk()?.trace(&copy).map_err(|e| walk.wrong(e))?;
    match traces.first() {
        Some(trace) if !trace.unaltered => Ok(sizes.join(", ")),
        other => Err(walk.differs("altered", other.is_some())),
    }
}

/// Verifies every signature, chain and commitment.
pub(super) fn verify(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let report = walk.desk()?.verify(&mut |_, _| {}).map_err(|e| walk.wrong(e))?;
    let wanted = walk.world.plan().incidents as u64;
    if report.parts >= wanted && report.unopened == 0 && report.broken_epochs == 0 {
        Ok(report.parts.to_string())
    } else {
        Err(walk.differs(wanted, report.parts))
    }
}

/// Makes the index again: every answer is the same.
pub(super) fn reindex(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let from = walk.world.links().first().map_or(RecordId::from_bytes([0; 16]), |(_, link)| link.from);
    let before = answers(walk.desk()?, from).map_err(|e| walk.wrong(e))?;
    walk.desk()?.reindex(&mut |_, _| {}).map_err(|e| walk.wrong(e))?;
    let after = answers(walk.desk()?, from).map_err(|e| walk.wrong(e))?;
    let other = before.iter().zip(&after).find(|(before, after)| before != after);
    match other {
        Some((before, after)) => Err(walk.differs(before, after)),
        None if before.len() != after.len() => Err(walk.differs(before.len(), after.len())),
        None => Ok(before.len().to_string()),
    }
}

/// Looks through every file of the home for words that were written: none stands there in the clear.
pub(super) fn sealed(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    if let Some(desk) = walk.desk.take() {
        desk.close().map_err(|e| walk.wrong(e))?;
    }
    let planted = PlantedWords::of(walk.world, &[]);
    let exported = fs::read(walk.out.join("export.csv")).map_err(|e| e.to_string())?;
    // The same search must find what does stand in the clear.
    if planted.in_bytes(&exported).is_none() {
        return Err(walk.ctx.words.text("check-search-blind"));
    }
    let searched = planted.in_files(walk.home.path()).map_err(|e| e.to_string())?;
    walk.desk = Some(walk.unlock(&walk.home).map_err(|e| walk.wrong(e))?);
    walk.searched(&planted, &[searched])
}

/// Flips one bit in a copy of the store: it is refused and named.
pub(super) fn tamper(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    if let Some(desk) = walk.desk.take() {
        desk.close().map_err(|e| walk.wrong(e))?;
    }
    let copy = walk.out.join("stolen-home");
    let mut largest: (u64, PathBuf) = (0, PathBuf::new());
    for path in files_under(walk.home.path()).map_err(|e| e.to_string())? {
        let Ok(within) = path.strip_prefix(walk.home.path()) else { continue };
        let to = copy.join(within);
        let folder = to.parent().unwrap_or(&copy);
        let size =
            fs::create_dir_all(folder).and_then(|()| fs::copy(&path, &to)).map_err(|e| e.to_string())?;
        largest = largest.max((size, to));
    }
    let mut bytes = fs::read(&largest.1).map_err(|e| e.to_string())?;
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 1;
    }
    fs::write(&largest.1, bytes).map_err(|e| e.to_string())?;
    let outcome = Home::open(&copy).map_err(|e| walk.wrong(e.into())).and_then(|home| {
        let opened = walk.unlock(&home).and_then(|desk| desk.verify(&mut |_, _| {}).map(drop));
        match opened {
            Ok(()) => Err(walk.ctx.words.text("check-tamper-unseen")),
            Err(_) => {
                Ok(largest.1.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
            }
        }
    });
    walk.desk = Some(walk.unlock(&walk.home).map_err(|e| walk.wrong(e))?);
    outcome
}

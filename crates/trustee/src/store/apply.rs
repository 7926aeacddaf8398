//! From a batch to rows. The same is done in both places.

use counterseal_ledger::KEPT_CHECKPOINTS;
use counterseal_model::Timestamp;
use counterseal_register::{LogKind, sha256};
use rusqlite::{Connection, OptionalExtension};

use super::NOT_IN_THE_SET;
use super::REFUSED_BEFORE;
use super::error::StoreError;
use super::rows::{Batch, Cut, EntryRow, MirrorStep, Release, SeedRef, Tombstone};

/// A row of the table `secret`.
pub(super) struct SecretRow {
    pub(super) place: Vec<u8>,
    pub(super) segment: u64,
    pub(super) sealed: Vec<u8>,
}

/// What of a batch was sealed before: pads, seeds, and neighbours of what is erased.
#[derive(Default)]
pub(super) struct Sealed {
    pub(super) new: Vec<SecretRow>,
    pub(super) resealed: Vec<SecretRow>,
    pub(super) erased: Vec<Vec<u8>>,
    pub(super) tombstones: Vec<Tombstone>,
    pub(super) destroyed: Vec<(SeedRef, Timestamp)>,
}

pub(crate) const fn number(log: LogKind) -> u8 {
    match log {
        LogKind::Statements => 1,
        LogKind::Journal => 2,
    }
}

pub(super) fn apply(tx: &Connection, batch: &Batch, sealed: &Sealed) -> Result<(), StoreError> {
    erase(tx, sealed)?;
    secrets(tx, sealed)?;
    entries(tx, batch)?;
    keys(tx, batch)?;
    batch.releases.iter().try_for_each(|release| add_release(tx, release))?;
    answers(tx, batch)?;
    letters(tx, batch)?;
    mirror(tx, &batch.mirror)?;
    for (name, value) in &batch.state {
        match value {
            Some(value) => tx.execute("REPLACE INTO state VALUES (?1, ?2)", (name, value))?,
            None => tx.execute("DELETE FROM state WHERE name = ?1", [name])?,
        };
    }
    Ok(())
}

fn erase(tx: &Connection, sealed: &Sealed) -> Result<(), StoreError> {
    for place in &sealed.erased {
        tx.prepare_cached("DELETE FROM secret WHERE place = ?1")?.execute([place])?;
    }
    for row in &sealed.resealed {
        let mut update = tx.prepare_cached("UPDATE secret SET segment = ?2, sealed = ?3 WHERE place = ?1")?;
        update.execute((&row.place, row.segment.cast_signed(), &row.sealed))?;
    }
    for stone in &sealed.tombstones {
        let key = stone.part.key();
        tx.execute(
            "INSERT OR IGNORE INTO tombstone VALUES (?1, ?2, ?3)",
            (&key, stone.statement.as_bytes(), stone.at.0),
        )?;
        let answers = "SELECT request FROM response_part WHERE part = ?1";
        tx.execute(&format!("DELETE FROM response WHERE request IN ({answers})"), [&key])?;
        tx.execute(&format!("DELETE FROM response_part WHERE request IN ({answers})"), [&key])?;
    }
    for (key, at) in &sealed.destroyed {
        let (device, compartment, generation) = columns(key);
        tx.execute(
            "UPDATE device_key SET destroyed = ?4 WHERE device = ?1 AND compartment = ?2 AND generation = ?3",
            (device, compartment, generation, at.0),
        )?;
    }
    Ok(())
}

fn columns(key: &SeedRef) -> (&[u8], &[u8], i64) {
    (key.device.as_bytes(), key.compartment.as_bytes(), key.generation.cast_signed())
}

fn secrets(tx: &Connection, sealed: &Sealed) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached("INSERT OR IGNORE INTO secret VALUES (?1, ?2, ?3)")?;
    for row in &sealed.new {
        insert.execute((&row.place, row.segment.cast_signed(), &row.sealed))?;
    }
    Ok(())
}

fn entries(tx: &Connection, batch: &Batch) -> Result<(), StoreError> {
    for entry in &batch.entries {
        let EntryRow { id, device, compartment, journal, seq, prev, .. } = entry;
        // That it was none of this trustee's, or its predecessor's refusal, does not stand once it has come.
        let before = "DELETE FROM entry WHERE id = ?1 AND refused IN (?2, ?3)";
        tx.prepare_cached(before)?.execute((id.as_bytes(), NOT_IN_THE_SET, REFUSED_BEFORE))?;
        tx.prepare_cached(
            "INSERT OR IGNORE INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(rusqlite::params![
            id.as_bytes(),
            device.as_bytes(),
            compartment.as_bytes(),
            journal.as_bytes(),
            seq.cast_signed(),
            prev.as_bytes(),
            entry.continues.as_ref().map(|id| *id.as_bytes()),
            entry.generation.cast_signed(),
            entry.refused,
            entry.contiguous,
            entry.header,
            entry.answer,
            entry.at.0,
        ])?;
        let used =
            "UPDATE device_key SET used = 1 WHERE device = ?1 AND compartment = ?2 AND generation = ?3";
        let key = SeedRef { device: *device, compartment: *compartment, generation: entry.generation };
        tx.prepare_cached(used)?.execute(columns(&key))?;
    }
    for id in &batch.contiguous {
        tx.prepare_cached("UPDATE entry SET contiguous = 1 WHERE id = ?1")?.execute([id.as_bytes()])?;
    }
    Ok(())
}

fn keys(tx: &Connection, batch: &Batch) -> Result<(), StoreError> {
    for new in &batch.seeds {
        let (device, compartment, generation) = columns(&new.key);
        let added = tx
            .prepare_cached(
                "INSERT OR IGNORE INTO device_key (device, compartment, generation, signed)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((device, compartment, generation, &new.signed))?;
        // Another seed under a generation that was given away would never open what is wrapped to it.
        if added == 0 {
            return Err(StoreError::OutOfOrder { what: "generation of a key" });
        }
    }
    Ok(())
}

fn add_release(tx: &Connection, release: &Release) -> Result<(), StoreError> {
    let last: Option<(i64, [u8; 32])> = tx
        .query_row("SELECT counter, hash FROM release ORDER BY counter DESC LIMIT 1", [], |row| {
            row.try_into()
        })
        .optional()?;
    let (counter, prev) = last.unwrap_or((0, [0; 32]));
    if release.counter.cast_signed() != counter + 1 || release.prev != prev {
        return Err(StoreError::OutOfOrder { what: "entry of the release log" });
    }
    let same = "SELECT count(*) FROM release WHERE decision = ?1 OR request = ?2";
    if tx.query_row(same, (release.decision, release.request), |row| row.get::<_, i64>(0))? != 0 {
        return Err(StoreError::OutOfOrder { what: "decision" });
    }
    tx.execute(
        "INSERT INTO release VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        rusqlite::params![
            release.counter.cast_signed(),
            release.decision,
            release.request,
            release.outcome,
            release.prev,
            sha256(&[&release.signed]),
            release.signed,
            release.detail,
            release.at.0,
        ],
    )?;
    Ok(())
}

fn answers(tx: &Connection, batch: &Batch) -> Result<(), StoreError> {
    for response in &batch.responses {
        let row = (response.request, response.not_after.0, &response.bytes);
        tx.execute("REPLACE INTO response VALUES (?1, ?2, ?3)", row)?;
        for part in &response.parts {
            tx.prepare_cached("INSERT OR IGNORE INTO response_part VALUES (?1, ?2)")?
                .execute((response.request, part.key()))?;
        }
    }
    if let Some(now) = batch.expire {
        let over = "SELECT request FROM response WHERE not_after < ?1";
        tx.execute(&format!("DELETE FROM response_part WHERE request IN ({over})"), [now.0])?;
        tx.execute("DELETE FROM response WHERE not_after < ?1", [now.0])?;
    }
    Ok(())
}

fn letters(tx: &Connection, batch: &Batch) -> Result<(), StoreError> {
    for notice in &batch.notices {
        tx.prepare_cached("INSERT INTO notice (device, decision, bytes, due) VALUES (?1, ?2, ?3, ?4)")?
            .execute((notice.device.as_bytes(), notice.decision, &notice.bytes, notice.due.0))?;
    }
    for mail in &batch.mail {
        tx.prepare_cached("INSERT INTO mail (device, sender, bytes, at) VALUES (?1, ?2, ?3, ?4)")?
            .execute((mail.device.as_bytes(), mail.sender.as_bytes(), &mail.bytes, mail.at.0))?;
    }
    for fact in &batch.facts {
        tx.prepare_cached(
            "INSERT INTO fact VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET leaf = coalesce(leaf, ?5)",
        )?
        .execute((
            fact.id,
            &fact.kind,
            &fact.subject,
            &fact.bytes,
            fact.leaf.map(u64::cast_signed),
            fact.at.0,
        ))?;
    }
    for used in &batch.quotas {
        tx.prepare_cached(
            "INSERT INTO quota VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET parts = parts + ?3",
        )?
        .execute((&used.who, used.day, used.parts.cast_signed()))?;
    }
    Ok(())
}

fn mirror(tx: &Connection, step: &MirrorStep) -> Result<(), StoreError> {
    if let Some(cut) = &step.cut {
        cut_logs(tx, cut)?;
    }
    for row in &step.statements {
        tx.prepare_cached("REPLACE INTO statement VALUES (?1, ?2, ?3)")?.execute((
            row.index.cast_signed(),
            row.since.map(|since| since.0),
            &row.item,
        ))?;
    }
    let mut leaf = tx.prepare_cached("INSERT INTO leaf VALUES (?1, ?2)")?;
    for (no, bytes) in (step.leaves_from..).zip(&step.leaves) {
        leaf.execute((no.cast_signed(), bytes))?;
    }
    for mark in &step.marks {
        tx.prepare_cached(
            "INSERT INTO mark SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM mark WHERE size >= ?1)",
        )?
        .execute((
            mark.size.cast_signed(),
            mark.root,
            mark.moment.position.next().index.cast_signed(),
            mark.moment.time.0,
        ))?;
    }
    for (log, row) in &step.logs {
        let (kind, edge) = (number(*log), row.frontier.to_bytes());
        tx.execute("REPLACE INTO log VALUES (?1, ?2, ?3, ?4)", (kind, &edge, &row.note, row.time.0))?;
        let size = row.frontier.size().cast_signed();
        tx.execute("REPLACE INTO seen VALUES (?1, ?2, ?3, ?4)", (kind, size, &edge, &row.note))?;
        tx.execute(
            "DELETE FROM seen WHERE kind = ?1 AND size NOT IN
             (SELECT size FROM seen WHERE kind = ?1 ORDER BY size DESC LIMIT ?2)",
            (kind, KEPT_CHECKPOINTS.cast_signed()),
        )?;
    }
    for bytes in &step.sighted {
        tx.execute("INSERT OR IGNORE INTO sighted VALUES (?1, ?2)", (sha256(&[bytes]), bytes))?;
    }
    for id in &step.logged {
        tx.execute("DELETE FROM sighted WHERE id = ?1", [id.as_bytes()])?;
    }
    for split in &step.splits {
        tx.execute(
            "INSERT OR IGNORE INTO split VALUES (?1, ?2, ?3, ?4, ?5)",
            (
                sha256(&[&split.proof]),
                number(split.log),
                &split.origin,
                split.size.cast_signed(),
                &split.proof,
            ),
        )?;
    }
    Ok(())
}

/// What a hub's logs had beyond the ends that governors name counts no more (hub.md, section 8).
fn cut_logs(tx: &Connection, cut: &Cut) -> Result<(), StoreError> {
    let (statements, journal) = (cut.statements.cast_signed(), cut.journal.cast_signed());
    tx.execute("DELETE FROM statement WHERE position >= ?1", [statements])?;
    // A time mark keeps its time.
    tx.execute(
        "UPDATE statement SET since = NULL WHERE position >= ?1 AND substr(bytes, 1, 1) <> x'01'",
        [i64::try_from(cut.untimed).unwrap_or(i64::MAX)],
    )?;
    tx.execute("DELETE FROM mark WHERE size > ?1 OR statements >= ?2", (journal, statements))?;
    tx.execute("DELETE FROM leaf WHERE no >= ?1", [journal])?;
    tx.execute("UPDATE fact SET leaf = NULL WHERE leaf >= ?1", [journal])?;
    for (log, end) in [(LogKind::Statements, statements), (LogKind::Journal, journal)] {
        tx.execute("DELETE FROM seen WHERE kind = ?1 AND size > ?2", (number(log), end))?;
    }
    Ok(())
}

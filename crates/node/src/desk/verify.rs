//! Verify: every page, statement, signature, chain and commitment, from the bytes as they are kept.
//! Reindex: the index made again from the journals alone.

use counterseal_model::{DeviceId, EntryId, JournalId};
use counterseal_register::{EntryHeader, VerifiedHeader};
use rusqlite::Connection;

use super::follow::waiting;
use super::open::load_register;
use super::take::Standing;
use super::void::epochs_of;
use super::write::INDEX_BITS;
use super::{Desk, PartReader};
use crate::error::NodeError;
use crate::index::{Indexer, words_of};
use crate::schema::{INDEX, INDEX_TABLES};

/// What was verified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Statements whose signatures and effect were checked again.
    pub statements: u64,
    /// Journals whose chain is whole.
    pub journals: u64,
    /// Entries whose signature was checked.
    pub entries: u64,
    /// Parts whose hash fits and that open.
    pub parts: u64,
    /// Parts of epochs this desk has no secret of: their hash was checked.
    pub unopened: u64,
    /// Parts that were erased: nothing is here of them but their hash.
    pub erased: u64,
    /// Parts that a member sealed and that can't be read: their hash was checked.
    pub unreadable: u64,
    /// Guarded parts, which open with the trustees' shares alone: their hash was checked.
    pub guarded: u64,
    /// Places in journals whose entry is not here.
    pub missing: u64,
    /// Entries that are late and kept apart.
    pub late: u64,
    /// Entries that claim a place in a journal at which another counts.
    pub evidence: u64,
    /// Entries that do not follow the one that counts before them: there is a second history of their journal.
    pub broken: u64,
    /// Entries of epochs that never came to stand; kept apart.
    pub void: u64,
    /// Epochs whose secret on this desk is the one committed to.
    pub epochs: u64,
    /// Epochs this desk should have the secret of and has not: a repair is needed.
    pub broken_epochs: u64,
}

impl VerifyReport {
    const fn all_parts(&self) -> u64 {
        self.parts + self.unopened + self.unreadable + self.guarded + self.erased
    }
}

impl Desk {
    /// Verifies everything this desk keeps. `progress` hears of parts done and parts there are.
    ///
    /// # Errors
    /// The first thing that is not as it should be, named.
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<VerifyReport, NodeError> {
        self.store.check_every_page()?;
        let reader = self.reader();
        self.store.read(|db| {
            let mut report = VerifyReport::default();
            self.verify_statements(db, &mut report)?;
            verify_entries(db, &reader, &mut report, progress)?;
            Ok(report)
        })
    }

    fn verify_statements(&self, db: &Connection, report: &mut VerifyReport) -> Result<(), NodeError> {
        let register = load_register(db)?.ok_or(NodeError::NoMission)?;
        if register.digest() != self.register.digest() {
            return Err(NodeError::Verification(
                "the statements in the store give another register".to_owned(),
            ));
        }
        report.statements = count(db, "SELECT count(*) FROM statement")?;
        for compartment in register.compartments(register.last()) {
            for epoch in register.epochs(compartment) {
                report.epochs += u64::from(self.keyring.get(*epoch).is_some());
            }
        }
        report.broken_epochs = self.keyring.broken.len() as u64;
        Ok(())
    }

    /// Makes the index again from the journals, in one commit; gives the number of parts read.
    ///
    /// # Errors
    /// When a part does not verify or the disk refuses; the old index stays then.
    pub fn reindex(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<u64, NodeError> {
        let reader = PartReader::new(&self.register, &self.keyring, &self.cache);
        let mut indexer = Indexer::new(self.register.mission());
        let done = self.store.commit(|tx| {
            for table in INDEX_TABLES {
                tx.execute_batch(&format!("DROP TABLE {table}"))?;
            }
            tx.execute_batch(INDEX)?;
            let parts = "SELECT count(*) FROM part p JOIN entry e ON e.no = p.no >> 12 WHERE e.guarded = 0";
            let total = count(tx, parts)?;
            let mut done = 0;
            let mut last = -1;
            loop {
                let chunk = parts_after(tx, last)?;
                let Some((newest, _)) = chunk.last() else { return Ok(done) };
                last = *newest;
                for (no, ciphertext) in &chunk {
                    match reader.open_ciphertext(tx, *no, ciphertext) {
                        Ok(opened) => {
                            indexer.add(tx, *no, &opened, &words_of(&opened.part), &reader)?;
                        }
                        Err(NodeError::CannotOpen(_) | NodeError::Body(_)) => {}
                        Err(error) => return Err(error),
                    }
                    done += 1;
                }
                progress(done, total);
            }
        })?;
        self.indexer = indexer;
        Ok(done)
    }
}

/// Numbers and ciphertexts of the next parts.
fn parts_after(db: &Connection, last: i64) -> Result<Vec<(i64, Vec<u8>)>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT p.no, p.ciphertext FROM part p JOIN entry e ON e.no = p.no >> 12
             WHERE p.no > ?1 AND e.shown = 1 AND e.guarded = 0 ORDER BY p.no LIMIT 4096",
    )?;
    let rows = list.query_map([last], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn count(db: &Connection, sql: &str) -> Result<u64, NodeError> {
    Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))?.cast_unsigned())
}

/// Follows every journal, in the order of its entries.
#[derive(Default)]
struct Chains {
    last: Option<(DeviceId, JournalId, u64, EntryId)>,
    journals: u64,
    missing: u64,
    broken: u64,
}

impl Chains {
    fn accept(&mut self, entry: &VerifiedHeader, noted: bool) -> Result<(), NodeError> {
        let header: &EntryHeader = entry.header();
        let before = self.last.filter(|last| (last.0, last.1) == (header.device, header.journal));
        let next = before.map_or(0, |(_, _, seq, _)| seq + 1);
        self.journals += u64::from(before.is_none());
        self.missing += header.seq.saturating_sub(next);
        let broken = before.is_some_and(|(_, _, _, held)| header.seq == next && header.prev != held);
        if header.seq < next || broken != noted {
            return Err(NodeError::Verification(format!(
                "what is noted of entry {}'s place in journal {} is not what the journal says",
                header.seq,
                header.journal.short()
            )));
        }
        self.broken += u64::from(broken);
        self.last = Some((header.device, header.journal, header.seq, entry.id()));
        Ok(())
    }
}

fn verify_entries(
    db: &Connection,
    reader: &PartReader<'_>,
    report: &mut VerifyReport,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), NodeError> {
    let total = count(db, "SELECT count(*) FROM part")?;
    let pending = epochs_of(&waiting(db)?);
    let mut chains = Chains::default();
    let mut list = db.prepare(
        "SELECT no, id, header, CAST(compartment || device || journal || epoch || ctx || salt AS BLOB), seq,
                standing, broken, shown, (SELECT count(*) FROM part p WHERE p.no >> 12 = e.no), guarded
         FROM entry e ORDER BY device, journal, seq",
    )?;
    let mut rows = list.query([])?;
    while let Some(row) = rows.next()? {
        let (no, id, bytes): (i64, [u8; 32], Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let standing = Standing::of(row.get(5)?);
        if standing == Standing::Unlogged && !row.get::<_, bool>(7)? && !reader.knows(&bytes)? {
            // Set aside: who wrote it, or under which epoch, waits for the log.
            report.unopened += row.get::<_, i64>(8)?.cast_unsigned();
            continue;
        }
        let header = reader.verify(&bytes)?;
        if *header.id().as_bytes() != id {
            return Err(NodeError::Verification(format!("entry {no} is kept under another id")));
        }
        let (columns, seq): (Vec<u8>, i64) = (row.get(3)?, row.get(4)?);
        let guarded = row.get::<_, bool>(9)? == header.header().is_guarded();
        if columns != columns_of(&header) || seq.cast_unsigned() != header.header().seq || !guarded {
            return Err(NodeError::Verification(format!("what is noted of entry {no} is not what it says")));
        }
        if !matches!(standing, Standing::Doubled | Standing::Void | Standing::WrittenAgain) {
            chains.accept(&header, row.get(6)?)?;
        }
        // Of an epoch that waits for the log with its entry.
        let waits = standing == Standing::Unlogged
            && pending.get(&header.header().epoch).is_some_and(|act| {
                act.compartment == header.header().compartment && act.roster.contains(&header.header().device)
            });
        if !waits && !matches!(standing, Standing::Void | Standing::WrittenAgain) {
            reader.check_author(&header)?;
        }
        report.entries += 1;
        verify_parts(db, reader, no, &header, report)?;
        progress(report.all_parts(), total);
    }
    (report.journals, report.missing, report.broken) = (chains.journals, chains.missing, chains.broken);
    report.late = count(db, "SELECT count(*) FROM entry WHERE standing = 2")?;
    report.evidence = count(db, "SELECT count(*) FROM entry WHERE standing = 4")?;
    report.void = count(db, "SELECT count(*) FROM entry WHERE standing IN (5, 6)")?;
    let kept = report.all_parts();
    if kept != total {
        return Err(NodeError::Verification(format!("{} parts belong to no entry", total - kept)));
    }
    Ok(())
}

/// What the store notes of an entry beside its header.
fn columns_of(entry: &VerifiedHeader) -> Vec<u8> {
    let header = entry.header();
    let ids: [&[u8]; 6] = [
        header.compartment.as_bytes(),
        header.device.as_bytes(),
        header.journal.as_bytes(),
        header.epoch.as_bytes(),
        entry.ctx(),
        &header.salt.0,
    ];
    ids.concat()
}

fn verify_parts(
    db: &Connection,
    reader: &PartReader<'_>,
    entry: i64,
    header: &VerifiedHeader,
    report: &mut VerifyReport,
) -> Result<(), NodeError> {
    let first = entry << INDEX_BITS;
    let mut list =
        db.prepare_cached("SELECT no, ciphertext FROM part WHERE no BETWEEN ?1 AND ?2 ORDER BY no")?;
    let mut rows = list.query((first, first + (1 << INDEX_BITS) - 1))?;
    let mut expected = first;
    while let Some(row) = rows.next()? {
        let (no, ciphertext): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if no != expected {
            break;
        }
        expected += 1;
        let index = usize::try_from(no - first).unwrap_or(usize::MAX);
        let erased = reader.register().is_erased(header.header().compartment, header.part_ref(index));
        if !header.check_part(index, &ciphertext, erased)? {
            report.erased += 1;
            continue;
        }
        if header.header().is_guarded() {
            report.guarded += 1;
            continue;
        }
        match reader.open_ciphertext(db, no, &ciphertext) {
            Ok(_) => report.parts += 1,
            Err(NodeError::NoSecret(_)) => report.unopened += 1,
            // What a hostile member sealed must not keep anyone from verifying the rest.
            Err(NodeError::CannotOpen(_) | NodeError::Body(_)) => report.unreadable += 1,
            Err(error) => return Err(error),
        }
    }
    match (expected - first).cast_unsigned() == header.header().parts.len() as u64 {
        true => Ok(()),
        false => Err(NodeError::Verification(format!("a part of entry {entry} is missing"))),
    }
}

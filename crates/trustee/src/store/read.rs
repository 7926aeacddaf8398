//! What is read from the store.

use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, StatementId, Timestamp};
use rusqlite::{OptionalExtension, Row};
use zeroize::Zeroizing;

use super::apply::SecretRow;
use super::place::damaged;
use super::rows::{CachedResponse, EntryRow, KeptKey, PartRef, SeedRef};
use super::{Store, StoreError};

/// The end of the release log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReleaseHead {
    /// The last counter; 0 for none.
    pub counter: u64,
    /// Hash of the last signed entry; zeros for none.
    pub hash: [u8; 32],
}

/// An entry of the release log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRelease {
    /// From 1.
    pub counter: u64,
    /// The decision.
    pub decision: [u8; 32],
    /// Hash of the signed request.
    pub request: [u8; 32],
    /// By code.
    pub outcome: String,
    /// The signed entry.
    pub signed: Vec<u8>,
    /// What the decision rested on.
    pub detail: Vec<u8>,
}

/// A notice, or a letter, that waits for its device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptNotice {
    /// Its number; those of one device rise.
    pub no: u64,
    /// Sealed to the device.
    pub bytes: Vec<u8>,
}

/// A letter of a named role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFact {
    /// Hash of the letter.
    pub id: [u8; 32],
    /// What it says, by code.
    pub kind: String,
    /// The letter.
    pub bytes: Vec<u8>,
    /// Its index in the journal log.
    pub leaf: Option<u64>,
}

const ENTRY: &str =
    "SELECT id, device, compartment, journal, seq, prev, continues, generation, refused, contiguous,
                     header, answer, at, rowid FROM entry";

fn entry_row(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    Ok(EntryRow {
        id: EntryId::from_bytes(row.get(0)?),
        device: DeviceId::from_bytes(row.get(1)?),
        compartment: CompartmentId::from_bytes(row.get(2)?),
        journal: JournalId::from_bytes(row.get(3)?),
        seq: row.get::<_, i64>(4)?.cast_unsigned(),
        prev: EntryId::from_bytes(row.get(5)?),
        continues: row.get::<_, Option<[u8; 32]>>(6)?.map(EntryId::from_bytes),
        generation: row.get::<_, i64>(7)?.cast_unsigned(),
        refused: row.get(8)?,
        contiguous: row.get(9)?,
        header: row.get(10)?,
        answer: row.get(11)?,
        at: Timestamp(row.get(12)?),
    })
}

impl Store {
    /// The pad of a part; `None` when there is none, or it was erased.
    ///
    /// # Errors
    /// `Restored`, as long as it is not known what a restored store lacks; or what the disk says.
    pub fn pad(&self, part: &PartRef) -> Result<Option<Zeroizing<[u8; 32]>>, StoreError> {
        self.may_release()?;
        match self.is_erased(part)? {
            true => Ok(None),
            false => self.secret(&part.place()),
        }
    }

    /// Whether there is a pad for the part, whether it may be released or not.
    ///
    /// # Errors
    /// What the disk says.
    pub fn has_pad(&self, part: &PartRef) -> Result<bool, StoreError> {
        self.has_secret(&part.place())
    }

    /// The seed of a device's key; `None` when there is none, or it was destroyed.
    ///
    /// # Errors
    /// What the disk says.
    pub fn seed(&self, key: &SeedRef) -> Result<Option<Zeroizing<[u8; 32]>>, StoreError> {
        self.secret(&key.place())
    }

    fn secret(&self, place: &[u8]) -> Result<Option<Zeroizing<[u8; 32]>>, StoreError> {
        let Some(row) = self.secret_row(place)? else { return Ok(None) };
        let Some(opened) = self.open_secret(&row)? else { return Ok(None) };
        let mut secret = Zeroizing::new([0; 32]);
        if opened.len() != secret.len() {
            return Err(damaged(self.first.name, "a sealed row has another length"));
        }
        secret.copy_from_slice(&opened);
        Ok(Some(secret))
    }

    pub(super) fn has_secret(&self, place: &[u8]) -> Result<bool, StoreError> {
        Ok(self.secret_row(place)?.is_some())
    }

    pub(super) fn secret_row(&self, place: &[u8]) -> Result<Option<SecretRow>, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached("SELECT segment, sealed FROM secret WHERE place = ?1")?;
            let found = find.query_row([place], |row| {
                let segment = row.get::<_, i64>(0)?.cast_unsigned();
                Ok(SecretRow { place: place.to_vec(), segment, sealed: row.get(1)? })
            });
            Ok(found.optional()?)
        })
    }

    pub(super) fn rows_of_segment(&self, segment: u64) -> Result<Vec<SecretRow>, StoreError> {
        self.read(|db| {
            let mut list = db.prepare_cached("SELECT place, sealed FROM secret WHERE segment = ?1")?;
            let rows = list.query_map([segment.cast_signed()], |row| {
                Ok(SecretRow { place: row.get(0)?, segment, sealed: row.get(1)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Opens a row; `None` when its segment's key is gone, which only a restored store may miss.
    pub(super) fn open_secret(&self, row: &SecretRow) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let Some(key) = self.keys.get(row.segment) else { return Ok(None) };
        let opened = key.open_row(&row.place, &row.sealed);
        opened.map(Some).map_err(|_| damaged(self.first.name, "a sealed row does not open"))
    }

    /// Whether a tombstone stands for the part. Asked before anything of an entry is unwrapped.
    ///
    /// # Errors
    /// What the disk says.
    pub fn is_erased(&self, part: &PartRef) -> Result<bool, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached("SELECT 1 FROM tombstone WHERE part = ?1")?;
            Ok(find.exists([part.key()])?)
        })
    }

    /// The statement whose tombstone stands for the part.
    ///
    /// # Errors
    /// What the disk says.
    pub fn tombstone(&self, part: &PartRef) -> Result<Option<StatementId>, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached("SELECT statement FROM tombstone WHERE part = ?1")?;
            let found: Option<[u8; 32]> = find.query_row([part.key()], |row| row.get(0)).optional()?;
            Ok(found.map(StatementId::from_bytes))
        })
    }

    /// Whether the key that an entry's secret was wrapped to is still here: until it is destroyed, the erasure of its
    /// parts is pending, for whoever has the entry's bytes and this trustee could unwrap again.
    ///
    /// # Errors
    /// What the disk says.
    pub fn is_erasure_pending(&self, entry: EntryId) -> Result<bool, StoreError> {
        let Some(EntryRow { device, compartment, generation, .. }) = self.entry(entry)? else {
            return Ok(false);
        };
        self.has_secret(&SeedRef { device, compartment, generation }.place())
    }

    /// An entry.
    ///
    /// # Errors
    /// What the disk says.
    pub fn entry(&self, id: EntryId) -> Result<Option<EntryRow>, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached(&format!("{ENTRY} WHERE id = ?1"))?;
            Ok(find.query_row([id.as_bytes()], entry_row).optional()?)
        })
    }

    /// Entries after a number, each with its own, in the order in which they came. Numbers are this store's, and another's
    /// after it was put back.
    ///
    /// # Errors
    /// What the disk says.
    pub fn entries_after(&self, after: u64, most: usize) -> Result<Vec<(u64, EntryRow)>, StoreError> {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        self.read(|db| {
            let mut list = db.prepare_cached(&format!("{ENTRY} WHERE rowid > ?1 ORDER BY rowid LIMIT ?2"))?;
            let numbered = |row: &Row<'_>| Ok((row.get::<_, i64>(13)?.cast_unsigned(), entry_row(row)?));
            let rows = list.query_map((after, most as i64), numbered)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The entries at a place of a journal; more than one is evidence.
    ///
    /// # Errors
    /// What the disk says.
    pub fn entries_at(
        &self,
        device: DeviceId,
        compartment: CompartmentId,
        journal: JournalId,
        seq: u64,
    ) -> Result<Vec<EntryRow>, StoreError> {
        self.read(|db| {
            let place = "WHERE device = ?1 AND compartment = ?2 AND journal = ?3 AND seq = ?4";
            let mut list = db.prepare_cached(&format!("{ENTRY} {place} ORDER BY rowid"))?;
            let place = (device.as_bytes(), compartment.as_bytes(), journal.as_bytes(), seq.cast_signed());
            let rows = list.query_map(place, entry_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The first entries of journals that go on from this head.
    ///
    /// # Errors
    /// What the disk says.
    pub fn entries_continuing(&self, head: EntryId) -> Result<Vec<EntryRow>, StoreError> {
        self.read(|db| {
            let mut list = db.prepare_cached(&format!("{ENTRY} WHERE continues = ?1 ORDER BY rowid"))?;
            let rows = list.query_map([head.as_bytes()], entry_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The keys of a device in a compartment, by generation.
    ///
    /// # Errors
    /// What the disk says.
    pub fn device_keys(
        &self,
        device: DeviceId,
        compartment: CompartmentId,
    ) -> Result<Vec<KeptKey>, StoreError> {
        self.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT generation, signed, used, destroyed FROM device_key
                 WHERE device = ?1 AND compartment = ?2 ORDER BY generation",
            )?;
            let rows = list.query_map((device.as_bytes(), compartment.as_bytes()), |row| {
                let generation = row.get::<_, i64>(0)?.cast_unsigned();
                Ok(KeptKey {
                    key: SeedRef { device, compartment, generation },
                    signed: row.get(1)?,
                    used: row.get(2)?,
                    destroyed: row.get::<_, Option<i64>>(3)?.map(Timestamp),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// All keys for devices whose seeds are here.
    ///
    /// # Errors
    /// What the disk says.
    pub fn seeds(&self) -> Result<Vec<SeedRef>, StoreError> {
        self.read(|db| {
            let sql = "SELECT device, compartment, generation FROM device_key WHERE destroyed IS NULL";
            let mut list = db.prepare_cached(sql)?;
            let rows = list.query_map([], |row| {
                Ok(SeedRef {
                    device: DeviceId::from_bytes(row.get(0)?),
                    compartment: CompartmentId::from_bytes(row.get(1)?),
                    generation: row.get::<_, i64>(2)?.cast_unsigned(),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The end of the release log.
    ///
    /// # Errors
    /// What the disk says.
    pub fn release_head(&self) -> Result<ReleaseHead, StoreError> {
        self.read(|db| {
            let last = "SELECT counter, hash FROM release ORDER BY counter DESC LIMIT 1";
            let found: Option<(i64, [u8; 32])> = db.query_row(last, [], |row| row.try_into()).optional()?;
            Ok(found.map_or_else(ReleaseHead::default, |(counter, hash)| ReleaseHead {
                counter: counter.cast_unsigned(),
                hash,
            }))
        })
    }

    /// Entries of the release log from a counter on.
    ///
    /// # Errors
    /// What the disk says.
    pub fn releases(&self, from: u64, most: u32) -> Result<Vec<KeptRelease>, StoreError> {
        self.releases_where("counter >= ?1 ORDER BY counter LIMIT ?2", (from.cast_signed(), most))
    }

    /// The decision on a request.
    ///
    /// # Errors
    /// What the disk says.
    pub fn decision_on(&self, request: &[u8; 32]) -> Result<Option<KeptRelease>, StoreError> {
        Ok(self.releases_where("request = ?1", [request])?.pop())
    }

    fn releases_where(
        &self,
        which: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<KeptRelease>, StoreError> {
        self.read(|db| {
            let columns = "counter, decision, request, outcome, signed, detail";
            let mut list = db.prepare_cached(&format!("SELECT {columns} FROM release WHERE {which}"))?;
            let rows = list.query_map(values, |row| {
                Ok(KeptRelease {
                    counter: row.get::<_, i64>(0)?.cast_unsigned(),
                    decision: row.get(1)?,
                    request: row.get(2)?,
                    outcome: row.get(3)?,
                    signed: row.get(4)?,
                    detail: row.get(5)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The answer to a request, if it is still given.
    ///
    /// # Errors
    /// What the disk says.
    pub fn response(&self, request: &[u8; 32], now: Timestamp) -> Result<Option<CachedResponse>, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT not_after, bytes FROM response WHERE request = ?1 AND not_after >= ?2",
            )?;
            let found = find.query_row((request, now.0), |row| {
                let (not_after, bytes) = (Timestamp(row.get(0)?), row.get(1)?);
                Ok(CachedResponse { request: *request, not_after, bytes, parts: Vec::new() })
            });
            Ok(found.optional()?)
        })
    }

    /// Notices for a device after a number, those that are due.
    ///
    /// # Errors
    /// What the disk says.
    pub fn notices(
        &self,
        device: DeviceId,
        after: u64,
        now: Timestamp,
        most: u32,
    ) -> Result<Vec<KeptNotice>, StoreError> {
        let due =
            "SELECT no, bytes FROM notice WHERE device = ?1 AND no > ?2 AND due <= ?3 ORDER BY no LIMIT ?4";
        self.waiting(due, (device.as_bytes(), after.cast_signed(), now.0, most))
    }

    /// Letters for a device after a number.
    ///
    /// # Errors
    /// What the disk says.
    pub fn mail(&self, device: DeviceId, after: u64, most: u32) -> Result<Vec<KeptNotice>, StoreError> {
        let sql = "SELECT no, bytes FROM mail WHERE device = ?1 AND no > ?2 ORDER BY no LIMIT ?3";
        self.waiting(sql, (device.as_bytes(), after.cast_signed(), most))
    }

    fn waiting(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<KeptNotice>, StoreError> {
        self.read(|db| {
            let mut list = db.prepare_cached(sql)?;
            let rows = list.query_map(values, |row| {
                Ok(KeptNotice { no: row.get::<_, i64>(0)?.cast_unsigned(), bytes: row.get(1)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Letters about a person or a part, oldest first.
    ///
    /// # Errors
    /// What the disk says.
    pub fn facts(&self, subject: &[u8]) -> Result<Vec<KeptFact>, StoreError> {
        self.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT id, kind, bytes, leaf FROM fact WHERE subject = ?1 ORDER BY at, rowid",
            )?;
            let rows = list.query_map([subject], |row| {
                let leaf = row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned);
                Ok(KeptFact { id: row.get(0)?, kind: row.get(1)?, bytes: row.get(2)?, leaf })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Letters after one, in the order of their hashes: facts, and readings.
    ///
    /// # Errors
    /// What the disk says.
    pub fn letters_after(&self, after: &[u8; 32], most: u32) -> Result<Vec<KeptFact>, StoreError> {
        self.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT id, kind, bytes, leaf FROM fact
                 WHERE kind IN ('letter', 'readings') AND id > ?1 ORDER BY id LIMIT ?2",
            )?;
            let rows = list.query_map((after, most), |row| {
                let leaf = row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned);
                Ok(KeptFact { id: row.get(0)?, kind: row.get(1)?, bytes: row.get(2)?, leaf })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// How many parts somebody opened on a day.
    ///
    /// # Errors
    /// What the disk says.
    pub fn quota(&self, who: &[u8], day: i64) -> Result<u64, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached("SELECT parts FROM quota WHERE who = ?1 AND day = ?2")?;
            let found: Option<i64> = find.query_row((who, day), |row| row.get(0)).optional()?;
            Ok(found.unwrap_or(0).cast_unsigned())
        })
    }

    /// All state whose names begin with this.
    ///
    /// # Errors
    /// What the disk says.
    pub fn states(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.read(|db| {
            let sql = "SELECT name, value FROM state WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name";
            let mut list = db.prepare_cached(sql)?;
            let rows = list.query_map([prefix], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// State by name.
    ///
    /// # Errors
    /// What the disk says.
    pub fn state(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|db| {
            let mut find = db.prepare_cached("SELECT value FROM state WHERE name = ?1")?;
            Ok(find.query_row([name], |row| row.get(0)).optional()?)
        })
    }
}

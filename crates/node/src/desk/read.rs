//! Reading: parts out of the store, verified and opened; records as their reader sees them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use counterseal_model::cbor::from_bytes;
use counterseal_model::record::{Kind, Part};
use counterseal_model::{CompartmentId, DeviceId, EpochId, RecordId, Timestamp, VersionId};
use counterseal_register::{Register, VerifiedHeader, claimed_device, verify_header};
use counterseal_seal::{CannotOpen, EntryKeys, Opener};
use rusqlite::{Connection, OptionalExtension};

use super::write::{INDEX_BITS, version_of};
use super::{Desk, Keyring};
use crate::error::NodeError;
use crate::index::{Opened, Parts, merge, versions_of};

/// An entry of the store: whose it is, and the keys of its parts. Its signature was verified when it
/// was taken in, and `verify` does so again; in between, the store's pages are authenticated.
pub(crate) struct KeptEntry {
    pub(crate) compartment: CompartmentId,
    pub(crate) device: DeviceId,
    guarded: bool,
    keys: EntryKeys,
}

/// The entries met last. They never change, so what is kept stays true.
pub(crate) struct PartCache {
    opener: RefCell<Opener>,
    entries: RefCell<HashMap<i64, Arc<KeptEntry>>>,
}

impl PartCache {
    /// Most entries whose keys are kept.
    const ENTRIES: usize = 4096;

    pub(crate) fn new() -> Result<Self, NodeError> {
        Ok(Self { opener: RefCell::new(Opener::new()?), entries: RefCell::default() })
    }

    /// Forgets everything: after a commit that failed, numbers may be given anew.
    pub(crate) fn clear(&self) {
        self.entries.borrow_mut().clear();
    }
}

/// Opens parts of the store.
#[derive(Clone, Copy)]
pub(crate) struct PartReader<'a> {
    register: &'a Register,
    keyring: &'a Keyring,
    cache: &'a PartCache,
}

impl<'a> PartReader<'a> {
    pub(crate) fn new(register: &'a Register, keyring: &'a Keyring, cache: &'a PartCache) -> Self {
        Self { register, keyring, cache }
    }

    pub(crate) fn register(&self) -> &'a Register {
        self.register
    }

    /// The keys of an entry that is not kept yet, if its epoch's secret is here.
    pub(crate) fn entry_keys(&self, header: &VerifiedHeader) -> Option<EntryKeys> {
        let secret = self.keyring.get(header.header().epoch)?;
        Some(EntryKeys::derive_kept(*header.ctx(), &header.header().salt.0, secret))
    }

    pub(crate) fn entry(&self, db: &Connection, no: i64) -> Result<Arc<KeptEntry>, NodeError> {
        if let Some(entry) = self.cache.entries.borrow().get(&no) {
            return Ok(Arc::clone(entry));
        }
        let mut find = db.prepare_cached(
            "SELECT compartment, device, epoch, ctx, salt, guarded FROM entry WHERE no = ?1",
        )?;
        type Columns = ([u8; 16], [u8; 32], [u8; 32], [u8; 32], [u8; 32], bool);
        let (compartment, device, epoch, ctx, salt, guarded): Columns =
            find.query_row([no], |row| row.try_into())?;
        let epoch = EpochId::from_bytes(epoch);
        let secret = self.keyring.get(epoch).ok_or(NodeError::NoSecret(epoch))?;
        let entry = Arc::new(KeptEntry {
            compartment: CompartmentId::from_bytes(compartment),
            device: DeviceId::from_bytes(device),
            guarded,
            keys: EntryKeys::derive_kept(ctx, &salt, secret),
        });
        let mut entries = self.cache.entries.borrow_mut();
        if entries.len() >= PartCache::ENTRIES {
            entries.clear();
        }
        entries.insert(no, Arc::clone(&entry));
        Ok(entry)
    }

    /// Checks a signed header against the register.
    pub(crate) fn verify(&self, bytes: &[u8]) -> Result<VerifiedHeader, NodeError> {
        let device = claimed_device(bytes)?;
        let keys = self.register.device_keys(device).ok_or_else(|| {
            NodeError::Verification(format!(
                "an entry is signed by device {}, which was never enrolled",
                device.short()
            ))
        })?;
        Ok(verify_header(bytes, keys)?)
    }

    /// Whether the register knows whose an entry is, and its epoch. One that was set aside waits for that.
    pub(crate) fn knows(&self, bytes: &[u8]) -> Result<bool, NodeError> {
        let Some(keys) = self.register.device_keys(claimed_device(bytes)?) else { return Ok(false) };
        let header = verify_header(bytes, keys)?;
        Ok(self.register.epoch(header.header().epoch).is_some())
    }

    /// Checks that the author was a member of the epoch when, by its own word, it wrote.
    pub(crate) fn check_author(&self, entry: &VerifiedHeader) -> Result<(), NodeError> {
        let header = entry.header();
        let epoch = self.register.epoch(header.epoch);
        let fits = epoch.is_some_and(|epoch| {
            epoch.statement().compartment == header.compartment && epoch.roster().contains(&header.device)
        });
        match fits && header.mission == self.register.mission() {
            true => Ok(()),
            false => Err(NodeError::Verification(format!(
                "entry {} is by a device that is not in the epoch it names",
                entry.id().short()
            ))),
        }
    }

    /// Opens a ciphertext as the part with number `no`. A guarded one does not open so: it needs its share.
    pub(crate) fn open_ciphertext(
        &self,
        db: &Connection,
        no: i64,
        ciphertext: &[u8],
    ) -> Result<Opened, NodeError> {
        let entry = self.entry(db, no >> INDEX_BITS)?;
        if entry.guarded {
            return Err(CannotOpen.into());
        }
        let index = u32::try_from(no & ((1 << INDEX_BITS) - 1)).unwrap_or(u32::MAX);
        self.open_with(&entry.keys, entry.compartment, index, ciphertext)
    }

    pub(crate) fn open_with(
        &self,
        keys: &EntryKeys,
        compartment: CompartmentId,
        index: u32,
        ciphertext: &[u8],
    ) -> Result<Opened, NodeError> {
        let plaintext = self.cache.opener.borrow_mut().open_kept(keys, index, ciphertext)?;
        let version = version_of(plaintext.as_bytes());
        Ok(Opened { compartment, version, part: from_bytes(plaintext.as_bytes())? })
    }
}

impl Parts for PartReader<'_> {
    fn open_part(&self, db: &Connection, no: i64) -> Result<Opened, NodeError> {
        let mut find = db.prepare_cached("SELECT ciphertext FROM part WHERE no = ?1")?;
        let ciphertext: Vec<u8> =
            find.query_row([no], |row| row.get(0)).optional()?.ok_or(NodeError::NoParts)?;
        self.open_ciphertext(db, no, &ciphertext)
    }
}

/// A record, as this desk's person sees it: its parts laid over each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordView {
    /// The record's number in the index.
    pub(crate) number: i64,
    /// The record laid together.
    pub part: Part,
    /// The versions shown, one per compartment.
    pub shown: Vec<VersionView>,
    /// Whether newest versions disagree and wait for a person.
    pub conflict: bool,
}

/// One version of one part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionView {
    /// The version.
    pub version: VersionId,
    /// The compartment it is sealed to.
    pub compartment: CompartmentId,
    /// The device that wrote it.
    pub device: DeviceId,
    /// What it says.
    pub part: Part,
    /// Whether no other version replaces it.
    pub head: bool,
}

impl RecordView {
    /// The record's id.
    #[must_use]
    pub fn id(&self) -> RecordId {
        self.part.record
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.part.body.kind()
    }

    /// When the version shown first was made.
    #[must_use]
    pub fn made(&self) -> Timestamp {
        self.part.made
    }
}

impl Desk {
    pub(crate) fn reader(&self) -> PartReader<'_> {
        PartReader::new(&self.register, &self.keyring, &self.cache)
    }

    /// A record.
    ///
    /// # Errors
    /// `NoRecord` when there is none, or what is wrong with it.
    pub fn record(&self, id: RecordId) -> Result<RecordView, NodeError> {
        let number = self.record_number(id)?;
        let reader = self.reader();
        self.store.read(|db| view(db, &reader, number))
    }

    /// Every version of every part of a record, in order of arrival.
    ///
    /// # Errors
    /// As `record`.
    pub fn history(&self, id: RecordId) -> Result<Vec<VersionView>, NodeError> {
        let number = self.record_number(id)?;
        let reader = self.reader();
        self.store.read(|db| history(db, &reader, number))
    }

    pub(crate) fn record_number(&self, id: RecordId) -> Result<i64, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT no FROM record WHERE id = ?1 AND kind > 0")?;
            find.query_row([id.as_bytes()], |row| row.get(0)).optional()?.ok_or(NodeError::NoRecord(id))
        })
    }

    /// The record whose id begins with `prefix`, or that has the external reference `system:id`.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn find_record(&self, text: &str) -> Result<RecordId, NodeError> {
        if let Some((system, id)) = text.split_once(':')
            && let Some(system) = counterseal_model::Term::from_text(system)
        {
            let external = counterseal_model::record::ExternalRef { system, id: id.to_owned() };
            let id = self.external_record(&external)?;
            return id.ok_or_else(|| ambiguous("record", text, 0));
        }
        let prefix = text.to_ascii_lowercase();
        let hexadecimal = prefix.bytes().all(|b| b.is_ascii_hexdigit()) && prefix.len() >= 4;
        if !hexadecimal || prefix.len() > RecordId::LEN * 2 {
            return Err(ambiguous("record", text, 0));
        }
        let range = |digit: &str| format!("{prefix:}{}", digit.repeat(RecordId::LEN * 2 - prefix.len()));
        let (low, high) = (hex::decode(range("0")), hex::decode(range("f")));
        let (low, high) = (low.unwrap_or_default(), high.unwrap_or_default());
        let found: Vec<[u8; 16]> = self.store.read(|db| {
            let mut find =
                db.prepare_cached("SELECT id FROM record WHERE id BETWEEN ?1 AND ?2 AND kind > 0 LIMIT 20")?;
            let rows = find.query_map((low, high), |row| row.get(0))?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        match found[..] {
            [only] => Ok(RecordId::from_bytes(only)),
            _ => Err(ambiguous("record", text, found.len())),
        }
    }
}

pub(crate) fn ambiguous(what: &'static str, prefix: &str, count: usize) -> NodeError {
    NodeError::Ambiguous { what, prefix: prefix.to_owned(), count }
}

/// The record with this number.
pub(crate) fn view(db: &Connection, reader: &PartReader<'_>, number: i64) -> Result<RecordView, NodeError> {
    let mut find = db.prepare_cached("SELECT part, conflict FROM record WHERE no = ?1")?;
    let (part, conflict): (i64, bool) = find.query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let versions = versions_of(db, number)?;
    if versions.is_empty() {
        let only = version_view(db, reader, part, true)?;
        return Ok(RecordView { number, part: only.part.clone(), shown: vec![only], conflict });
    }
    let mut shown = Vec::new();
    for part in crate::index::shown(&versions).parts {
        shown.push(version_view(db, reader, part, true)?);
    }
    let part = merge(shown.iter().map(|version| version.part.clone()).collect())?;
    Ok(RecordView { number, part, shown, conflict })
}

pub(super) fn history(
    db: &Connection,
    reader: &PartReader<'_>,
    number: i64,
) -> Result<Vec<VersionView>, NodeError> {
    let versions = versions_of(db, number)?;
    if versions.is_empty() {
        return Ok(view(db, reader, number)?.shown);
    }
    let replaced = |v: &crate::index::Version| {
        versions.iter().any(|w| w.compartment == v.compartment && w.parents.contains(&v.id))
    };
    versions.iter().map(|v| version_view(db, reader, v.part, !replaced(v))).collect()
}

fn version_view(
    db: &Connection,
    reader: &PartReader<'_>,
    part: i64,
    head: bool,
) -> Result<VersionView, NodeError> {
    let opened = reader.open_part(db, part)?;
    let device = reader.entry(db, part >> INDEX_BITS)?.device;
    let (version, compartment) = (opened.version, opened.compartment);
    Ok(VersionView { version, compartment, device, part: opened.part, head })
}

//! What a pouch will hold, before a byte of it is written: the contents' digest is in its key.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_ledger::Hash;
use counterseal_model::cbor::to_bytes;
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId};
use counterseal_register::{Bytes, LogKind, sha256};
use counterseal_sync::{
    Announced, Contents, Data, JournalHead, LeafBytes, LogHead, LogState, MAX_HEADS, RangeSet, Urgency,
};
use rusqlite::Connection;

use super::known::KnownOf;
use super::options::{PouchOptions, PouchSince, Scope};
use super::report::LeftOut;
use crate::desk::places::JournalPlace;
use crate::desk::take::mark_of;
use crate::desk::write::INDEX_BITS;
use crate::desk::{Desk, PartReader};
use crate::error::NodeError;
use crate::index::Parts;
use crate::logs::{load_log, statement_roots, statement_rows};

/// An entry that is to be carried.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed {
    pub(super) no: i64,
    pub(super) leaf: Option<u64>,
    pub(super) urgency: Urgency,
    id: EntryId,
    place: (DeviceId, JournalId, u64),
}

/// Everything a pouch will hold.
pub(super) struct Plan {
    pub(super) contents: Contents,
    pub(super) logs: LogState,
    pub(super) statements: (u64, Vec<Vec<u8>>),
    pub(super) waiting: Vec<Vec<u8>>,
    pub(super) leaves: (u64, Vec<LeafBytes>),
    pub(super) entries: Vec<Listed>,
    pub(super) left_out: Vec<LeftOut>,
}

impl Plan {
    pub(super) fn of(desk: &Desk, options: &PouchOptions, scope: &Scope) -> Result<Self, NodeError> {
        let known = match options.since {
            PouchSince::Beginning => vec![KnownOf::default()],
            _ => scope.receivers.iter().map(|device| desk.known_of(*device)).collect::<Result<_, _>>()?,
        };
        let reader = desk.reader();
        let mut plan = desk.store.read(|db| {
            let rows = statement_rows(db)?;
            let size = rows.len() as u64;
            let from = known.iter().map(|known| known.statements(&rows)).min().unwrap_or(0);
            let head = LogHead { size, root: root(statement_roots(&rows, size).at(size)) };
            let count = usize::try_from(from).unwrap_or(usize::MAX);
            let items = rows.into_iter().skip(count).map(|row| row.item).collect();
            let journal = load_log(db, LogKind::Journal)?;
            let leaves = leaves_beyond(db, &known, journal.as_ref().map_or(0, |log| log.frontier.size()))?;
            let journal_head = match &journal {
                Some(log) => {
                    LogHead { size: log.frontier.size(), root: Bytes(*log.frontier.root().as_bytes()) }
                }
                None => LogHead { size: 0, root: root(None) },
            };
            let note = load_log(db, LogKind::Statements)?.map(|log| log.note).unwrap_or_default();
            let journal_note = journal.map(|log| log.note).unwrap_or_default();
            let logs = LogState::new(announced(size, note), announced(journal_head.size, journal_note));
            let waiting = crate::desk::follow::waiting(db)?;
            let mut listing = Listing { db, reader, scope, since: options.since, left: BTreeMap::new() };
            let entries = listing.entries(&known)?;
            let left_out = listing.left_out();
            let contents =
                Contents::new(desk.mission(), desk.device(), desk.now(), (head, journal_head), Vec::new());
            let contents = contents.ok_or(NodeError::NoMission)?;
            let statements = (from, items);
            Ok::<_, NodeError>(Self { contents, logs, statements, waiting, leaves, entries, left_out })
        })?;
        plan.name_what_is_carried(desk, heads_in(desk, scope)?)?;
        Ok(plan)
    }

    /// Enters heads and places into the contents, and signs them.
    fn name_what_is_carried(&mut self, desk: &Desk, mut heads: Vec<JournalHead>) -> Result<(), NodeError> {
        let mut places: BTreeMap<(DeviceId, JournalId), RangeSet> = BTreeMap::new();
        for (device, journal, seq) in self.entries.iter().map(|entry| entry.place) {
            places.entry((device, journal)).or_default().insert(seq);
        }
        // Where there are too many journals, those of which something is carried come first.
        heads.sort_by_key(|head| !places.contains_key(&head.key()));
        heads.truncate(MAX_HEADS);
        let Contents { mission, device, written, statements, journal, .. } = self.contents.clone();
        let named = Contents::new(mission, device, written, (statements, journal), heads);
        let count = (self.statements.1.len() + self.waiting.len()) as u64;
        let mut contents = named.ok_or(NodeError::NoMission)?.carrying(&places, count);
        contents.signature = Some(Bytes(desk.secrets.sign_pouch(&contents.to_be_signed())?));
        self.contents = contents;
        Ok(())
    }

    /// A digest of all that it will hold.
    pub(super) fn digest(&self) -> [u8; 32] {
        let items = self.statements.1.iter().chain(&self.waiting).map(|item| sha256(&[item]));
        let items: Vec<u8> = items.flatten().collect();
        let leaves: Vec<u8> = self.leaves.1.iter().flatten().copied().collect();
        let entries: Vec<u8> = self.entries.iter().flat_map(Listed::bytes).collect();
        let parts = [
            sha256(&[&to_bytes(&self.contents)]),
            sha256(&[&to_bytes(&self.logs)]),
            sha256(&[&self.statements.0.to_be_bytes(), &items]),
            sha256(&[&self.leaves.0.to_be_bytes(), &leaves]),
            sha256(&[&entries]),
        ];
        sha256(&[parts.concat().as_slice()])
    }
}

impl Listed {
    fn bytes(&self) -> Vec<u8> {
        let leaf = self.leaf.unwrap_or(u64::MAX).to_be_bytes();
        [self.id.as_bytes().as_slice(), &leaf, &[self.urgency.code()]].concat()
    }
}

/// Goes through the store's entries.
struct Listing<'a> {
    db: &'a Connection,
    reader: PartReader<'a>,
    scope: &'a Scope,
    since: PouchSince,
    left: BTreeMap<CompartmentId, u64>,
}

impl Listing<'_> {
    /// Entries that some receiver lacks and all may have: flash reports, the newest first, then the others in
    /// order of arrival, large ones last.
    fn entries(&mut self, known: &[KnownOf]) -> Result<Vec<Listed>, NodeError> {
        let known = known.iter().map(|known| known.places(self.db)).collect::<Result<Vec<_>, _>>()?;
        let mut list = self.db.prepare(
            "SELECT no, id, compartment, device, journal, seq, leaf, urgency,
                    (SELECT sum(length(ciphertext)) FROM part p WHERE p.no >> 12 = e.no) FROM entry e
             WHERE standing < 5
               AND NOT EXISTS (SELECT 1 FROM own_guarded o WHERE o.entry = e.no AND o.batch IS NULL)
             ORDER BY no",
        )?;
        let mut rows = list.query([])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let compartment = CompartmentId::from_bytes(row.get(2)?);
            let (device, journal) = (DeviceId::from_bytes(row.get(3)?), JournalId::from_bytes(row.get(4)?));
            let (no, seq) = (row.get(0)?, row.get::<_, i64>(5)?.cast_unsigned());
            let leaf = row.get::<_, Option<i64>>(6)?.map(i64::cast_unsigned);
            let place = JournalPlace { device, journal, seq };
            if known.iter().all(|known| known.has(&place)) || !self.is_recent(no, leaf)? {
                continue;
            }
            if !self.scope.compartments.contains(&compartment) {
                *self.left.entry(compartment).or_default() += 1;
                continue;
            }
            let bytes = row.get::<_, Option<i64>>(8)?.unwrap_or(0).cast_unsigned();
            let urgency = Urgency::of(bytes, row.get::<_, u8>(7)? == Urgency::Flash.code());
            let id = EntryId::from_bytes(row.get(1)?);
            entries.push(Listed { no, leaf, urgency, id, place: (device, journal, seq) });
        }
        let newest_flash_first = |entry: &Listed| {
            (entry.urgency, if entry.urgency == Urgency::Flash { -entry.no } else { entry.no })
        };
        entries.sort_by_key(newest_flash_first);
        Ok(entries)
    }

    /// Whether an entry is not known to be older than what was asked for.
    fn is_recent(&self, no: i64, leaf: Option<u64>) -> Result<bool, NodeError> {
        let PouchSince::Time(since) = self.since else { return Ok(true) };
        if let Some(mark) = leaf.map(|leaf| mark_of(self.db, leaf)).transpose()?.flatten() {
            return Ok(mark.time >= since);
        }
        // What does not open here, or has no part, may be new.
        Ok(self.reader.open_part(self.db, no << INDEX_BITS).map_or(true, |opened| opened.part.made >= since))
    }

    /// What stayed behind though some of the receivers may have it.
    fn left_out(&self) -> Vec<LeftOut> {
        let divided = self.scope.divided.iter().filter_map(|(compartment, lacking)| {
            let entries = *self.left.get(compartment)?;
            Some(LeftOut { compartment: *compartment, entries, lacking: lacking.clone() })
        });
        divided.collect()
    }
}

/// How far this desk holds the journals of the compartments that are carried: of others the receivers hear
/// nothing.
fn heads_in(desk: &Desk, scope: &Scope) -> Result<Vec<JournalHead>, NodeError> {
    let mut heads = desk.journal_heads()?;
    heads.retain(|head| scope.compartments.contains(&head.compartment));
    let named = heads.into_iter().map(|head| JournalHead {
        device: head.device,
        journal: head.journal,
        compartment: head.compartment,
        seq: head.seq,
        id: head.entry,
    });
    Ok(named.collect())
}

fn leaves_beyond(db: &Connection, known: &[KnownOf], size: u64) -> Result<(u64, Vec<LeafBytes>), NodeError> {
    let from = known.iter().map(|known| known.leaves(db)).collect::<Result<BTreeSet<_>, _>>()?;
    let from = from.first().copied().unwrap_or(0);
    let mut list = db.prepare("SELECT bytes FROM leaf WHERE no >= ?1 AND no < ?2 ORDER BY no")?;
    let leaves = list.query_map((from.cast_signed(), size.cast_signed()), |row| row.get(0))?;
    Ok((from, leaves.collect::<Result<_, _>>()?))
}

fn root(hash: Option<Hash>) -> Bytes<32> {
    Bytes(*hash.unwrap_or(Hash::EMPTY_ROOT).as_bytes())
}

fn announced(size: u64, note: Vec<u8>) -> Announced {
    Announced { size, checkpoint: Data::new(note).unwrap_or_default() }
}

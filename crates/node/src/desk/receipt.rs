//! Receipts (C2SP tlog-proof): that an entry or a statement stands in a log, made from the leaves that this desk
//! keeps, for whoever trusts neither the desk nor the hub.
//!
//! ```text
//! extra of a statement's receipt: its leaf: the envelope, or 00 || statement id where that is too long
//! extra of an entry's receipt:    its leaf (38) || entry id (32) || salt (32)
//! ```

use counterseal_ledger::{InclusionProof, Policy, Receipt, SignedCheckpoint};
use counterseal_mirror::{LeafNodes, MirrorError};
use counterseal_model::{EntryId, RecordId, StatementId, Timestamp};
use counterseal_register::{JournalLeaf, LogKind, sha256, statement_leaf, statement_named_by};
use rusqlite::{Connection, OptionalExtension};

use super::Desk;
use crate::error::NodeError;
use crate::logs::{StoredLeaves, load_log};

/// Digits of an id that at least must be given.
const DIGITS: usize = 8;

/// A receipt that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipted {
    /// In which log.
    pub log: LogKind,
    /// At which index.
    pub index: u64,
    /// The id, of the entry or the statement.
    pub id: String,
    /// The receipt as it travels.
    pub receipt: String,
}

/// What a receipt shows to whoever checks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownByReceipt {
    /// The log's name.
    pub origin: String,
    /// Where it stands.
    pub index: u64,
    /// Leaves that the checkpoint covers.
    pub size: u64,
    /// The entry, or the statement.
    pub what: String,
    /// Whether it is an entry.
    pub is_entry: bool,
    /// Who cosigned the checkpoint, and when.
    pub cosigned: Vec<(String, Timestamp)>,
}

/// What a receipt is asked for.
struct Found {
    log: LogKind,
    index: Option<u64>,
    id: String,
    extra: Vec<u8>,
}

impl Desk {
    /// A receipt for the entry or statement whose id begins with these hexadecimal digits, at least 8.
    ///
    /// # Errors
    /// `Ambiguous` when there is none or there are several; `NotLogged` while no checkpoint that a quorum has
    /// cosigned covers it.
    pub fn receipt(&self, prefix: &str) -> Result<Receipted, NodeError> {
        let prefix = prefix.to_ascii_lowercase();
        self.store.read(|db| {
            let mut found = match prefix.len() >= DIGITS {
                true => entries(db, &prefix)?,
                false => Vec::new(),
            };
            if prefix.len() >= DIGITS {
                found.extend(statements(db, &prefix)?);
            }
            let count = found.len();
            let ambiguous =
                || NodeError::Ambiguous { what: "entry or statement", prefix: prefix.clone(), count };
            let (Some(found), 1) = (found.pop(), count) else { return Err(ambiguous()) };
            make(db, found)
        })
    }

    /// A receipt for the entry that holds the newest version of a record.
    ///
    /// # Errors
    /// As `receipt`, or when there is no such record.
    pub fn receipt_of_record(&self, record: RecordId) -> Result<Receipted, NodeError> {
        let sql = "SELECT lower(hex(e.id)) FROM record r JOIN entry e ON e.no = r.part >> 12 WHERE r.id = ?1";
        let entry: Option<String> = self.store.read(|db| {
            Ok::<_, NodeError>(db.query_row(sql, [record.as_bytes()], |row| row.get(0)).optional()?)
        })?;
        self.receipt(&entry.ok_or(NodeError::NoRecord(record))?)
    }

    /// The policy by which this mission's receipts and checkpoints are checked: the logs' keys, the witnesses'
    /// and their quorum, as tlog-policy has it. None before there are any.
    #[must_use]
    pub fn log_policy(&self) -> Option<Policy> {
        self.register().log_policy(self.moment())
    }
}

fn make(db: &Connection, found: Found) -> Result<Receipted, NodeError> {
    let Found { log, index, id, extra } = found;
    let covered = load_log(db, log)?.filter(|row| index.is_some_and(|index| index < row.frontier.size()));
    let (Some(row), Some(index)) = (covered, index) else { return Err(NodeError::NotLogged { what: id }) };
    let checkpoint = SignedCheckpoint::parse(&row.note).map_err(|e| MirrorError::Log(e.to_string()))?;
    let proof =
        InclusionProof::make(index, row.frontier.size(), &mut LeafNodes { leaves: StoredLeaves(db), log })?;
    let receipt = Receipt { extra: Some(extra), index, proof, checkpoint }.to_string();
    Ok(Receipted { log, index, id, receipt })
}

fn entries(db: &Connection, prefix: &str) -> Result<Vec<Found>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT id, salt, leaf, (SELECT bytes FROM leaf WHERE no = e.leaf) FROM entry e
         WHERE lower(hex(id)) LIKE ?1 || '%' LIMIT 2",
    )?;
    if !prefix.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(Vec::new());
    }
    let rows = list.query_map([prefix], |row| {
        let (id, salt): ([u8; 32], [u8; 32]) = (row.get(0)?, row.get(1)?);
        let leaf: Option<Vec<u8>> = row.get(3)?;
        let extra = [leaf.unwrap_or_default().as_slice(), &id, &salt].concat();
        let index = row.get::<_, Option<i64>>(2)?.map(i64::cast_unsigned);
        let id = EntryId::from_bytes(id).to_string();
        Ok(Found { log: LogKind::Journal, index, id, extra })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn statements(db: &Connection, prefix: &str) -> Result<Vec<Found>, NodeError> {
    let mut list = db.prepare_cached("SELECT position, bytes FROM statement ORDER BY position")?;
    let mut rows = list.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(1)?;
        let id = StatementId::from_bytes(sha256(&[&bytes])).to_string();
        if id.starts_with(prefix) {
            let index = Some(row.get::<_, i64>(0)?.cast_unsigned());
            let extra = statement_leaf(&bytes).into_owned();
            found.push(Found { log: LogKind::Statements, index, id, extra });
        }
    }
    Ok(found)
}

/// Checks a receipt by a policy, as anyone can, without a desk and a network.
///
/// # Errors
/// `BadReceipt`, with the reason.
pub fn check_receipt(bytes: &[u8], policy: &Policy) -> Result<ShownByReceipt, NodeError> {
    let bad = |reason: String| NodeError::BadReceipt { reason };
    let receipt = Receipt::parse(bytes).map_err(|error| bad(error.to_string()))?;
    let extra = receipt.extra.clone().ok_or_else(|| bad("it does not say what it is for".to_owned()))?;
    let origin = receipt.checkpoint.claims().origin().to_string();
    let journal = origin.rsplit('/').nth(1) == Some(LogKind::Journal.word());
    let (leaf, what) = match journal {
        true => {
            entry_of(&extra).ok_or_else(|| bad("its entry is not what its leaf stands for".to_owned()))?
        }
        false => {
            let id = statement_named_by(&extra);
            let id = id.unwrap_or_else(|| StatementId::from_bytes(sha256(&[&extra])));
            (extra.as_slice(), id.to_string())
        }
    };
    let shown = receipt.verify(leaf, policy).map_err(|error| bad(error.to_string()))?;
    let cosigned = shown.checkpoint().cosigned().iter().map(|cosigned| {
        (cosigned.witness.to_string(), Timestamp(i64::try_from(cosigned.time).unwrap_or(i64::MAX)))
    });
    Ok(ShownByReceipt {
        origin,
        index: shown.index(),
        size: shown.checkpoint().checkpoint().head().size,
        what,
        is_entry: journal,
        cosigned: cosigned.collect(),
    })
}

/// The leaf and the entry that it commits to.
fn entry_of(extra: &[u8]) -> Option<(&[u8], String)> {
    let (leaf, rest) = extra.split_at_checked(JournalLeaf::LEN)?;
    let (id, salt) = rest.split_first_chunk::<32>()?;
    let salt: &[u8; 32] = salt.try_into().ok()?;
    let parsed = JournalLeaf::parse(leaf).ok()?;
    let again = JournalLeaf::new(parsed.kind(), parsed.count(), salt, id).ok()?;
    (again == parsed).then(|| (leaf, EntryId::from_bytes(*id).to_string()))
}

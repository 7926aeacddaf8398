//! Unlocking a desk, making one, and changing its passphrase.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use counterseal_mirror::{JournalMark, LogRow, StatementRow, obey, register_of};
use counterseal_model::{Clock, MissionId, PersonId, Timestamp};
use counterseal_register::{LogKind, LogPosition, Register, Sight, TimeMark};
use counterseal_seal::{DeviceSecrets, KdfParameters, KeyHolder, Passphrase, Unlocked, lock, unlock};
use zeroize::Zeroizing;

use super::follow::{save_marks, waiting};
use super::opening::Vault;
use super::report::DraftsInMemory;
use super::{Desk, Keyring, PartCache, Randomness, local};
use crate::error::NodeError;
use crate::home::{DeskPlace, Home};
use crate::index::Indexer;
use crate::logs::{load_log, save_log, statement_rows};
use crate::schema::{INDEX, JOURNALS};
use crate::store::{NoFaults, Store, StoreKeys};

/// Statements of the register with their place and time in the log.
pub(super) type Statements = Vec<(LogPosition, Timestamp, Vec<u8>)>;

/// What a new desk begins with.
pub(super) enum Beginning {
    /// The statements of a mission that has no hub, in the order of the desk that founded it.
    Ordered(Statements),
    /// A hub's statement log, followed from its beginning.
    Log(Box<LogBeginning>),
}

/// A hub's statement log, followed from its beginning.
pub(super) struct LogBeginning {
    pub(super) rows: Vec<StatementRow>,
    pub(super) row: LogRow,
    pub(super) marks: Vec<JournalMark>,
    pub(super) register: Register,
}

impl Beginning {
    pub(super) fn register(&self) -> Result<Register, NodeError> {
        match self {
            Self::Ordered(statements) => replay(statements)?.ok_or(NodeError::NoMission),
            Self::Log(log) => Ok(log.register.clone()),
        }
    }

    /// The statements, in order; of a log with its time marks between them.
    pub(super) fn statements(&self) -> Vec<&[u8]> {
        match self {
            Self::Ordered(statements) => statements.iter().map(|(_, _, bytes)| bytes.as_slice()).collect(),
            Self::Log(log) => log.rows.iter().map(|row| row.item.as_slice()).collect(),
        }
    }

    fn save(&self, tx: &rusqlite::Connection) -> Result<(), NodeError> {
        match self {
            Self::Ordered(statements) => statements.iter().try_for_each(|(position, since, bytes)| {
                insert_statement(tx, *position, Some(*since), bytes)
            }),
            Self::Log(log) => {
                for row in &log.rows {
                    insert_statement(tx, LogPosition::new(row.index), row.since, &row.item)?;
                }
                save_marks(tx, &log.marks)?;
                save_log(tx, LogKind::Statements, &log.row)
            }
        }
    }
}

impl Desk {
    /// Unlocks a desk.
    ///
    /// # Errors
    /// When the passphrase does not fit, or anything in the desk is not as it was left.
    pub fn unlock(
        place: DeskPlace,
        passphrase: &Passphrase,
        clock: Arc<dyn Clock + Send + Sync>,
        rng: Randomness,
    ) -> Result<Self, NodeError> {
        let KeyHolder::Device(secrets) = unlock(&place.read_key()?, passphrase)?.holder else {
            return Err(NodeError::OtherKey { needed: "desk" });
        };
        Self::open(place, *secrets, clock, rng)
    }

    /// Opens a desk whose secrets are at hand; for benches, which leave Argon2id aside.
    ///
    /// # Errors
    /// As `unlock`.
    #[doc(hidden)]
    pub fn open(
        place: DeskPlace,
        secrets: DeviceSecrets,
        clock: Arc<dyn Clock + Send + Sync>,
        rng: Randomness,
    ) -> Result<Self, NodeError> {
        let keys = store_keys(&secrets);
        let (store, opened) = Store::open(&place.dir, &keys, Arc::clone(&clock), Arc::new(NoFaults))?;
        let (register, person, kept) = store.read(|db| {
            let person = local::get(db, local::PERSON)?.and_then(|bytes| PersonId::from_slice(&bytes));
            Ok::<_, NodeError>((load_register(db)?, person, super::travel::kept_wraps(db)?))
        })?;
        let (Some(register), Some(person)) = (register, person) else { return Err(NodeError::NoMission) };
        let mut keyring = Keyring::with_kept(kept);
        keyring.renew(&register, &secrets);
        let cache = PartCache::new()?;
        let (indexer, sealers) = (Indexer::new(register.mission()), BTreeMap::new());
        let mut desk = Self {
            store,
            secrets,
            person,
            register,
            keyring,
            cache,
            indexer,
            sealers,
            clock,
            rng,
            place,
            opened,
            vault: Vault::default(),
            drafts: DraftsInMemory::default(),
            build: [0; 32],
        };
        desk.open_unknown_epochs()?;
        // What a crash came between: entries that new statements make late, or visible.
        desk.settle()?;
        desk.tidy_ahead()?;
        desk.destroy_held()?;
        Ok(desk)
    }

    /// Makes a desk of `person` from secrets and the mission's statements so far, under a passphrase.
    pub(super) fn make(
        home: &Home,
        secrets: DeviceSecrets,
        person: PersonId,
        beginning: &Beginning,
        passphrase: &Passphrase,
        clock: Arc<dyn Clock + Send + Sync>,
        mut rng: Randomness,
    ) -> Result<Self, NodeError> {
        let unfinished = home.make_unfinished(secrets.id())?;
        Self::lay_out(&unfinished.dir, &secrets, person, beginning, Arc::clone(&clock))?;
        let mission = beginning.register()?.mission();
        let unlocked = Unlocked { holder: KeyHolder::Device(Box::new(secrets)), mission: Some(mission) };
        let file = lock(&mut rng, &unlocked, passphrase, KdfParameters::DEFAULT)?;
        unfinished.write_key(&file)?;
        let place = home.settle(&unfinished)?;
        let KeyHolder::Device(secrets) = unlocked.holder else {
            return Err(NodeError::OtherKey { needed: "desk" });
        };
        Self::open(place, *secrets, clock, rng)
    }

    /// Makes the store of a new desk in a folder.
    pub(super) fn lay_out(
        dir: &Path,
        secrets: &DeviceSecrets,
        person: PersonId,
        beginning: &Beginning,
        clock: Arc<dyn Clock + Send + Sync>,
    ) -> Result<(), NodeError> {
        let schema = format!("{JOURNALS}{INDEX}");
        let mut store = Store::create(dir, &store_keys(secrets), &schema, clock, Arc::new(NoFaults))?;
        store.commit(|tx| {
            beginning.save(tx)?;
            local::set(tx, local::PERSON, person.as_bytes())
        })?;
        Ok(store.close()?)
    }

    /// Changes a desk's passphrase. The old key file with the old passphrase still opens the desk,
    /// wherever a copy of it was kept.
    ///
    /// # Errors
    /// When the old passphrase does not fit or the file cannot be written; the old one stays then.
    pub fn change_passphrase(
        place: &DeskPlace,
        old: &Passphrase,
        new: &Passphrase,
        rng: &mut Randomness,
    ) -> Result<(), NodeError> {
        let unlocked = unlock(&place.read_key()?, old)?;
        let file = lock(rng, &unlocked, new, KdfParameters::DEFAULT)?;
        Ok(place.write_key(&file)?)
    }

    /// The mission a desk belongs to, as its key file claims before it is unlocked.
    ///
    /// # Errors
    /// When the key file cannot be read.
    pub fn claimed_mission(place: &DeskPlace) -> Result<Option<MissionId>, NodeError> {
        Ok(place.header()?.mission)
    }
}

pub(super) fn store_keys(secrets: &DeviceSecrets) -> StoreKeys {
    let root = secrets.store_root();
    StoreKeys {
        database: Zeroizing::new(*root.derive_database_key().reveal()),
        freshness: Zeroizing::new(*root.derive_head_key().reveal()),
    }
}

pub(super) fn insert_statement(
    tx: &rusqlite::Connection,
    position: LogPosition,
    since: Option<Timestamp>,
    bytes: &[u8],
) -> Result<(), NodeError> {
    let mut insert =
        tx.prepare_cached("INSERT INTO statement (position, since, bytes) VALUES (?1, ?2, ?3)")?;
    insert.execute((position.index.cast_signed(), since.map(|since| since.0), bytes))?;
    Ok(())
}

/// The statements in the store that stand, in log order.
pub(super) fn load_statements(db: &rusqlite::Connection) -> Result<Statements, NodeError> {
    let rows = statement_rows(db)?.into_iter();
    let standing = rows.filter(|row| TimeMark::parse(&row.item).is_none());
    Ok(standing
        .filter_map(|row| row.since.map(|since| (LogPosition::new(row.index), since, row.item)))
        .collect())
}

/// The register that the store's statements give. Without a hub this desk's own order is the log, and every
/// statement in it stands; with one, what the register refuses stands in the log for all to see, and has no
/// effect. What is not logged and takes away is obeyed.
pub(crate) fn load_register(db: &rusqlite::Connection) -> Result<Option<Register>, NodeError> {
    if load_log(db, LogKind::Statements)?.is_some() {
        return Ok(register_of(&statement_rows(db)?, &waiting(db)?)?);
    }
    let mut register = replay(&load_statements(db)?)?;
    if let Some(register) = &mut register {
        obey(register, &waiting(db)?);
    }
    Ok(register)
}

pub(super) fn replay(statements: &Statements) -> Result<Option<Register>, NodeError> {
    let mut register: Option<Register> = None;
    for (position, since, bytes) in statements {
        match &mut register {
            None => register = Some(Register::found(*position, bytes)?),
            // From there on the hub's log says what stands, and nobody's file.
            Some(register) if register.log_policy(register.last()).is_some() => {
                return Err(NodeError::HubOrders);
            }
            Some(register) => {
                register.apply(*position, bytes, Sight::Logged { cosigned: true, since: *since })?;
            }
        }
    }
    Ok(register)
}

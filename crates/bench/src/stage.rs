//! What explore, find and unlock are measured on: one synthetic mission in a desk's home, in
//! SQLCipher and in plain SQLite.

use std::path::{Path, PathBuf};

use counterseal_node::Desk;
use counterseal_synth::{Plan, World};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::home;
use crate::measure::Watch;
use crate::outcome::Outcome;
use crate::peer::{self, Settings, Writer};

/// Records in one of the peer's transactions.
const TRANSACTION: usize = 8192;

/// Where the stage is, and what stands on it.
pub(crate) struct Stage {
    dir: PathBuf,
    seed: u64,
    pub(crate) world: World,
    /// Removed with everything in it when the stage is struck.
    _temporary: Option<TempDir>,
}

impl Stage {
    /// Builds the stage, or takes the one that stands in `dir` already.
    pub(crate) fn build(rows: usize, seed: u64, dir: Option<&Path>) -> Outcome<Self> {
        let world = World::new(Plan::new(seed, rows));
        let (dir, temporary) = match dir {
            Some(dir) => (dir.join(format!("stage-{rows}-{seed}")), None),
            None => {
                let temporary = TempDir::new()?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        let stage = Self { dir, seed, world, _temporary: temporary };
        let finished = stage.dir.join("finished");
        if !finished.exists() {
            stage.write_all()?;
            std::fs::write(finished, "")?;
        }
        Ok(stage)
    }

    fn write_all(&self) -> Outcome<()> {
        let watch = Watch::start();
        if self.dir.exists() {
            std::fs::remove_dir_all(&self.dir)?;
        }
        std::fs::create_dir_all(self.home())?;
        let mut desk = home::found(&self.home(), self.seed)?;
        home::write_world(&mut desk, &self.world)?;
        desk.close()?;
        eprintln!("  the desk was written in {:.1} s", watch.seconds());
        for (settings, path) in [(Settings::PLAIN, self.plain()), (Settings::SQLCIPHER, self.sqlcipher())] {
            let watch = Watch::start();
            write_peer(settings, &path, &self.world)?;
            eprintln!("  {} was written in {:.1} s", path.display(), watch.seconds());
        }
        Ok(())
    }

    /// The desk's home.
    pub(crate) fn home(&self) -> PathBuf {
        self.dir.join("home")
    }

    /// The same records in plain SQLite.
    pub(crate) fn plain(&self) -> PathBuf {
        self.dir.join("plain.db")
    }

    /// The same records in SQLCipher.
    pub(crate) fn sqlcipher(&self) -> PathBuf {
        self.dir.join("sqlcipher.db")
    }

    /// The desk, opened with its keys at hand.
    pub(crate) fn open(&self) -> Outcome<Desk> {
        home::open(&self.home(), self.seed)
    }

    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }

    pub(crate) fn rows(&self) -> usize {
        self.world.plan().incidents
    }
}

fn write_peer(settings: Settings, path: &Path, world: &World) -> Outcome<()> {
    let db = settings.create(path)?;
    let mut writer = Writer::default();
    let mut parts = home::parts(world).peekable();
    while parts.peek().is_some() {
        let transaction = db.unchecked_transaction()?;
        for part in parts.by_ref().take(TRANSACTION) {
            writer.add(&db, &part)?;
        }
        transaction.commit()?;
    }
    peer::close(db)
}

/// One number out of a database.
pub(crate) fn number(db: &Connection, sql: &str) -> Outcome<i64> {
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

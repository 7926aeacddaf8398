//! The peer: PostgreSQL with the columns and indices of the hub's tables, as durable, in a cluster of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use counterseal_model::CompartmentId;
use tokio::task::JoinSet;
use tokio_postgres::{Client, NoTls, Statement};

use super::desk::Result;
use super::entries::Made;
use super::mission::Work;
use super::{HubArgs, Shown};
use crate::measure::Watch;
use crate::outcome::{Outcome, differ};

const TABLES: &str = "
CREATE TABLE entry (
  idx bigserial PRIMARY KEY, id bytea NOT NULL UNIQUE, compartment bytea NOT NULL, device bytea NOT NULL,
  journal bytea NOT NULL, seq bigint NOT NULL, urgency smallint NOT NULL, size bigint NOT NULL,
  at bigint NOT NULL, bytes bytea NOT NULL);
ALTER TABLE entry ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX entry_order ON entry (urgency, idx, compartment, size);
CREATE INDEX entry_place ON entry (device, journal, seq);";

/// One round trip and one transaction for a group.
const INSERT: &str = "
INSERT INTO entry (id, compartment, device, journal, seq, urgency, size, at, bytes)
SELECT id, $1, $2, journal, seq, 1, length(bytes), $3, bytes
FROM unnest($4::bytea[], $5::bytea[], $6::bigint[], $7::bytea[]) AS new (id, journal, seq, bytes)
ON CONFLICT (id) DO NOTHING";

/// All that differs from PostgreSQL's own settings; fsync, synchronous_commit and full_page_writes are on.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
max_connections = 260
shared_buffers = 256MB
max_wal_size = 4GB
unix_socket_directories = ''
";

/// PostgreSQL's programs.
pub(super) struct Programs(PathBuf);

impl Programs {
    pub(super) fn find(folder: &Path) -> Outcome<Self> {
        match folder.join("initdb").exists() {
            true => Ok(Self(folder.to_owned())),
            false => Err(format!(
                "PostgreSQL is not in {}: apt-get install postgresql, or name its folder by --postgres",
                folder.display()
            )
            .into()),
        }
    }

    /// PostgreSQL does not run as root: then it runs as the user that its package makes.
    fn command(&self, program: &str) -> Outcome<Command> {
        use std::os::unix::fs::MetadataExt;
        let program = self.0.join(program);
        if std::fs::metadata("/proc/self")?.uid() != 0 {
            return Ok(Command::new(program));
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program).current_dir("/");
        Ok(command)
    }
}

/// A cluster that runs.
struct Cluster<'a> {
    programs: &'a Programs,
    data: PathBuf,
    port: u16,
}

fn succeed(command: &mut Command) -> Outcome<()> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("{:?}: {}", command, String::from_utf8_lossy(&said)).into())
}

impl<'a> Cluster<'a> {
    fn start(programs: &'a Programs, data: &Path) -> Outcome<Self> {
        std::fs::create_dir_all(data)?;
        give_away(data)?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut initdb = programs.command("initdb")?;
        succeed(initdb.args(["--auth=trust", "--username=bench", "--pgdata"]).arg(data))?;
        let config = data.join("postgresql.conf");
        let text = std::fs::read_to_string(&config)?;
        std::fs::write(&config, format!("{text}{SETTINGS}port = {port}\n"))?;
        let cluster = Self { programs, data: data.to_owned(), port };
        let mut start = programs.command("pg_ctl")?;
        start.arg("start").arg("--wait").arg("--pgdata").arg(data).arg("--log").arg(data.join("log"));
        // What pg_ctl starts would keep a pipe open.
        let quiet = start.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        match quiet.status()?.success() {
            true => Ok(cluster),
            false => Err(std::fs::read_to_string(data.join("log")).unwrap_or_default().into()),
        }
    }

    async fn connect(&self) -> Result<Client> {
        let text = format!("host=127.0.0.1 port={} user=bench dbname=postgres", self.port);
        let (client, connection) = tokio_postgres::connect(&text, NoTls).await?;
        tokio::spawn(connection);
        Ok(client)
    }
}

impl Drop for Cluster<'_> {
    fn drop(&mut self) {
        if let Ok(mut stop) = self.programs.command("pg_ctl") {
            let stop = stop.arg("stop").arg("--mode=immediate").arg("--pgdata").arg(&self.data);
            let _stopped = stop.output();
        }
        let _gone = std::fs::remove_dir_all(&self.data);
    }
}

/// The folder, and those that it is in, to the user that PostgreSQL runs as.
fn give_away(folder: &Path) -> Outcome<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    if std::fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(());
    }
    for above in folder.ancestors().skip(1) {
        let mode = std::fs::metadata(above)?.permissions().mode();
        std::fs::set_permissions(above, std::fs::Permissions::from_mode(mode | 0o011))?;
    }
    succeed(Command::new("chown").arg("postgres").arg(folder))?;
    Ok(std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?)
}

/// A group, as the columns of a transaction.
struct Group {
    device: Vec<u8>,
    ids: Vec<Vec<u8>>,
    journals: Vec<Vec<u8>>,
    seqs: Vec<i64>,
    bytes: Vec<Vec<u8>>,
}

impl Group {
    fn of(made: &[Made]) -> Self {
        let device = made.first().map(|made| made.device.as_bytes().to_vec()).unwrap_or_default();
        Self {
            device,
            ids: made.iter().map(|made| made.id.as_bytes().to_vec()).collect(),
            journals: made.iter().map(|made| made.journal.as_bytes().to_vec()).collect(),
            seqs: made.iter().map(|made| made.seq.cast_signed()).collect(),
            bytes: made.iter().map(|made| made.bytes.clone()).collect(),
        }
    }

    async fn insert(&self, client: &Client, statement: &Statement, compartment: &[u8]) -> Result<()> {
        let now = crate::home::clock().now().0;
        let (device, ids, journals) = (&self.device, &self.ids, &self.journals);
        let (seqs, bytes) = (&self.seqs, &self.bytes);
        client.execute(statement, &[&compartment, device, &now, ids, journals, seqs, bytes]).await?;
        Ok(())
    }
}

pub(super) fn run(programs: &Programs, work: &Work, args: &HubArgs, folder: &Path) -> Outcome<Shown> {
    let cluster = Cluster::start(programs, folder)?;
    let clients = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let measured = clients.block_on(async {
        let client = cluster.connect().await?;
        client.batch_execute(TABLES).await?;
        let mut shown = many(&cluster, work, args).await?;
        let count: i64 = client.query_one("SELECT count(*) FROM entry", &[]).await?.get(0);
        beside(&cluster, work, &mut shown).await?;
        Result::Ok((shown, count))
    });
    let (shown, count) = measured.map_err(|error| -> Box<dyn std::error::Error> { error })?;
    if count != i64::try_from(work.pushed())? {
        return Err(differ("what PostgreSQL was given and what it has"));
    }
    Ok(shown)
}

/// As many connections as desks, each inserting the next group when the last one is committed.
async fn many(cluster: &Cluster<'_>, work: &Work, args: &HubArgs) -> Result<Shown> {
    let mut connections = Vec::new();
    for made in &work.of_desks {
        let client = cluster.connect().await?;
        let insert = client.prepare(INSERT).await?;
        connections.push((client, insert, made.chunks(args.group).map(Group::of).collect::<Vec<_>>()));
    }
    let (compartment, watch, mut tasks) = (work.compartment, Watch::start(), JoinSet::new());
    for (client, insert, groups) in connections {
        tasks.spawn(async move {
            let mut pushes = Vec::new();
            for group in groups {
                let watch = Watch::start();
                group.insert(&client, &insert, compartment.as_bytes()).await?;
                pushes.push(watch.seconds() * 1000.0);
            }
            Result::Ok((pushes, client))
        });
    }
    let (mut shown, mut connected) = (Shown::default(), Vec::new());
    while let Some(done) = tasks.join_next().await {
        let (mut pushes, client) = done??;
        shown.pushes.append(&mut pushes);
        connected.push(client);
    }
    shown.seconds = watch.seconds();
    Ok(shown)
}

/// A backlog in as large groups as a desk has under way, and small ones beside it: a connection, one row, the
/// end.
async fn beside(cluster: &Cluster<'_>, work: &Work, shown: &mut Shown) -> Result<()> {
    let compartment = work.compartment;
    let (enough, inserted) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let (client, watch) = (cluster.connect().await?, Watch::start());
    let bulk = bulk(client, work, Arc::clone(&enough), Arc::clone(&inserted));
    let bulk = tokio::spawn(bulk);
    for made in &work.small {
        let watch = Watch::start();
        let client = cluster.connect().await?;
        let insert = client.prepare(INSERT).await?;
        Group::of(std::slice::from_ref(made)).insert(&client, &insert, compartment.as_bytes()).await?;
        drop(client);
        shown.small.push(watch.seconds() * 1000.0);
        tokio::time::sleep(super::PAUSE).await;
    }
    let (count, seconds) = (inserted.load(Ordering::Relaxed), watch.seconds());
    enough.store(true, Ordering::Relaxed);
    bulk.await??;
    shown.beside = count as f64 / seconds;
    Ok(())
}

/// Inserts the backlog until it is stopped.
fn bulk(
    client: Client,
    work: &Work,
    enough: Arc<AtomicBool>,
    inserted: Arc<AtomicUsize>,
) -> impl Future<Output = Result<()>> + use<> {
    let compartment: CompartmentId = work.compartment;
    let groups: Vec<_> = work.backlog.chunks(super::AHEAD).map(Group::of).collect();
    async move {
        for table in 0.. {
            // It is through sooner than the hub, and goes on in a table that is new and as empty.
            let name = format!("entry_{table}");
            client.batch_execute(&format!("CREATE TABLE {name} (LIKE entry INCLUDING ALL)")).await?;
            let insert = client.prepare(&INSERT.replace("INTO entry ", &format!("INTO {name} "))).await?;
            for group in &groups {
                group.insert(&client, &insert, compartment.as_bytes()).await?;
                inserted.fetch_add(group.ids.len(), Ordering::Relaxed);
                if enough.load(Ordering::Relaxed) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

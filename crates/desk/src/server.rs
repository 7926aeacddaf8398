//! Listening on loopback, and the ways of the pages.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use counterseal_node::{Desk, Home, NodeError};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use crate::demo::{self, Demo, DemoPerson, DemoPlaces, person_of};
use crate::door::{FORM_BYTES, Session, check, enter};
use crate::pages::casework::ahead::Progress;
use crate::words::Tongue;
use crate::worker::{Outside, Worker, last_tongue};
use crate::{assets, pages};

/// Connections at a time: a browser opens six.
const CONNECTIONS: usize = 64;
/// For how long a request's head may take.
const HEAD: Duration = Duration::from_secs(10);

/// The demo's desks stay open: there is nothing in them to protect.
const NEVER: Duration = Duration::from_secs(365 * 86_400);

/// How the pages are served.
pub struct PagesConfig {
    /// The home whose desks can be unlocked.
    pub home: Home,
    /// A desk that is unlocked already.
    pub desk: Option<Desk>,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// After so long without a request the desk is locked.
    pub idle: Duration,
    /// Time and randomness.
    pub outside: Outside,
}

/// Why no pages are served.
#[derive(Debug, Error)]
pub enum PagesFailure {
    /// The port is taken, or the system has none to give.
    #[error("nothing can be served at 127.0.0.1 port {port}: {error}; try without '--port'")]
    Port {
        /// The port.
        port: u16,
        /// What the system says.
        error: io::Error,
    },
    /// The thread of the desk could not begin, or ended early.
    #[error("the desk's thread cannot run: {0}")]
    Thread(io::Error),
    /// The desk could not be closed.
    #[error(transparent)]
    Desk(#[from] NodeError),
}

/// What every page has at hand.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) worker: Worker,
    pub(crate) session: Arc<Session>,
    /// After so long without a request the desk is locked.
    pub(crate) idle: Duration,
    /// Where this is one of the demo's desks.
    pub(crate) demo: Option<Demo>,
    /// How far a request is that takes a while.
    pub(crate) progress: Progress,
}

/// How the demo's pages are served.
pub struct DemoConfig {
    /// Whose desks.
    pub persons: Vec<DemoPerson>,
    /// Where the tour leads.
    pub places: DemoPlaces,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Time and randomness.
    pub outside: Outside,
}

/// Pages that are being served.
pub struct RunningPages {
    address: SocketAddr,
    launch: Option<String>,
    stop: watch::Sender<bool>,
    apps: Arc<[App]>,
    serving: tokio::task::JoinHandle<()>,
    keeping: Option<tokio::task::JoinHandle<()>>,
    threads: Vec<DeskThread>,
}

type DeskThread = JoinHandle<Result<(), NodeError>>;

/// Serves the pages, on loopback alone.
///
/// # Errors
/// When the port is taken.
pub async fn run_pages(config: PagesConfig) -> Result<RunningPages, PagesFailure> {
    let tongue = last_tongue(&config.home);
    let (listener, session) = listen(config.port, tongue, &config.outside).await?;
    let begun = Worker::begin(config.home, config.outside, config.desk, config.idle);
    let (worker, thread) = begun.map_err(PagesFailure::Thread)?;
    let app = App { worker, session, idle: config.idle, demo: None, progress: Progress::default() };
    Ok(serve(listener, vec![app], vec![thread]))
}

/// Serves the demo's pages, on loopback alone, and keeps its desks in step.
///
/// # Errors
/// When the port is taken.
pub async fn run_demo(config: DemoConfig) -> Result<RunningPages, PagesFailure> {
    let (listener, session) = listen(config.port, None, &config.outside).await?;
    let persons = config.persons.iter().map(|person| (person.name.clone(), person.role)).collect();
    let persons: Arc<[_]> = Vec::into(persons);
    let (mut apps, mut threads) = (Vec::new(), Vec::new());
    for (nth, person) in config.persons.into_iter().enumerate() {
        let begun = Worker::begin(person.home, config.outside.clone(), Some(person.desk), NEVER);
        let (worker, thread) = begun.map_err(PagesFailure::Thread)?;
        let demo = Some(Demo::new(Arc::clone(&persons), nth, &config.places));
        apps.push(App {
            worker,
            session: Arc::clone(&session),
            idle: NEVER,
            demo,
            progress: Progress::default(),
        });
        threads.push(thread);
    }
    let mut pages = serve(listener, apps, threads);
    pages.keeping = Some(tokio::spawn(demo::keep_in_step(Arc::clone(&pages.apps))));
    Ok(pages)
}

async fn listen(
    port: u16,
    tongue: Option<Tongue>,
    outside: &Outside,
) -> Result<(TcpListener, Arc<Session>), PagesFailure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = listener.map_err(|error| PagesFailure::Port { port, error })?;
    let address = listener.local_addr().map_err(|error| PagesFailure::Port { port, error })?;
    Ok((listener, Arc::new(Session::make(address.port(), tongue, &mut (outside.randomness)()))))
}

fn serve(listener: TcpListener, apps: Vec<App>, threads: Vec<DeskThread>) -> RunningPages {
    let launch = apps.first().and_then(|app| app.session.address());
    let port = apps.first().map_or(0, |app| app.session.port());
    let (stop, stopped) = watch::channel(false);
    let routers = apps.iter().map(|app| router(app.clone())).collect();
    let serving = tokio::spawn(accept(listener, routers, stopped));
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    RunningPages { address, launch, stop, apps: apps.into(), serving, keeping: None, threads }
}

impl RunningPages {
    /// Where they are.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where they come from, as a browser names it (RFC 6454, section 6.2): a name of this launch alone.
    #[must_use]
    pub fn origin(&self) -> String {
        self.apps.first().map(|app| app.session.origin()).unwrap_or_default()
    }

    /// The address that lets one browser in, once.
    #[must_use]
    pub fn launch(&self) -> Option<&str> {
        self.launch.as_deref()
    }

    /// Locks the desks; the pages go on and ask for the passphrase.
    pub async fn lock(&self) {
        for app in self.apps.iter() {
            // A thread that has ended has locked it.
            let _ended = app.worker.ask(|room| room.lock()).await;
        }
    }

    /// Stops serving and locks the desk.
    ///
    /// # Errors
    /// When the desk cannot be closed; it then opens at its last commit.
    pub async fn stop(self) -> Result<(), PagesFailure> {
        self.stop.send_replace(true);
        drop(self.serving.await);
        if let Some(keeping) = self.keeping {
            keeping.abort();
            drop(keeping.await);
        }
        drop(self.apps);
        for thread in self.threads {
            match tokio::task::spawn_blocking(move || thread.join()).await {
                Ok(Ok(closed)) => closed?,
                _ => return Err(PagesFailure::Thread(io::Error::other("it ended early"))),
            }
        }
        Ok(())
    }
}

fn router(app: App) -> Router {
    Router::new()
        .route("/", get(pages::first::show))
        .route("/enter", get(enter))
        .route("/unlock", get(pages::unlock::show).post(pages::unlock::unlock))
        .route("/lock", post(pages::unlock::lock))
        .route("/stay", get(pages::unlock::stay))
        .merge(pages::welcome::routes())
        .merge(pages::mine::routes())
        .route("/pause", post(pages::work::pause))
        .route("/language", post(pages::language::choose))
        .merge(pages::situation::routes())
        .route("/find", get(pages::find::show))
        .merge(pages::record::routes())
        .merge(pages::entities::routes())
        .merge(pages::chart::routes())
        .merge(pages::report::routes())
        .merge(pages::casework::routes())
        .merge(pages::openings::routes())
        .merge(pages::trust::routes())
        .merge(pages::link::routes())
        .merge(pages::people::routes())
        .route("/demo/person", post(demo::switch))
        .route("/demo/step", post(demo::go))
        .route("/assets/{version}/{*name}", get(assets::serve))
        .fallback(pages::missing)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(app.clone(), pages::work::answer))
        .layer(from_fn_with_state(app.clone(), check))
        .with_state(app)
}

/// A way to each desk; the demo alone has more than one.
type Routers = Arc<[Router]>;

async fn accept(listener: TcpListener, routers: Routers, mut stopped: watch::Receiver<bool>) {
    let inside = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stop| *stop) => return,
        };
        let (Ok((stream, _)), Ok(place)) = (accepted, Arc::clone(&inside).try_acquire_owned()) else {
            continue; // one too many, or gone already
        };
        let (routers, mut stopped) = (Arc::clone(&routers), stopped.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = speak(stream, routers) => {}
                _ = stopped.wait_for(|stop| *stop) => {}
            }
            drop(place);
        });
    }
}

async fn speak(stream: TcpStream, routers: Routers) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024);
    // A browser that goes away is none of our concern.
    drop(http.serve_connection(TokioIo::new(stream), service_fn(|request| answer(&routers, request))).await);
}

async fn answer(
    routers: &[Router],
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Body>, Infallible> {
    let asked = routers.get(person_of(request.headers()));
    match asked.or_else(|| routers.first()) {
        Some(router) => TowerToHyperService::new(router.clone()).call(request).await,
        None => Ok(hyper::Response::new(Body::empty())),
    }
}

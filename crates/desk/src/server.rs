//! Listening on loopback, and the ways of the pages.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use counterseal_node::{BASEMAP_BYTES, Desk, Home, NodeError};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use crate::door::{FORM_BYTES, Session, check, enter};
use crate::worker::{Outside, Worker};
use crate::{assets, pages};

/// Connections at a time: a browser opens six.
const CONNECTIONS: usize = 64;
/// For how long a request's head may take.
const HEAD: Duration = Duration::from_secs(10);

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
    pub(crate) port: u16,
}

/// Pages that are being served.
pub struct RunningPages {
    address: SocketAddr,
    launch: Option<String>,
    stop: watch::Sender<bool>,
    app: App,
    serving: tokio::task::JoinHandle<()>,
    thread: JoinHandle<Result<(), NodeError>>,
}

/// Serves the pages, on loopback alone.
///
/// # Errors
/// When the port is taken.
pub async fn run_pages(config: PagesConfig) -> Result<RunningPages, PagesFailure> {
    let asked = config.port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, asked)).await;
    let listener = listener.map_err(|error| PagesFailure::Port { port: asked, error })?;
    let address = listener.local_addr().map_err(|error| PagesFailure::Port { port: asked, error })?;
    let session = Arc::new(Session::make(address.port(), &mut (config.outside.randomness)()));
    let begun = Worker::begin(config.home, config.outside, config.desk, config.idle);
    let (worker, thread) = begun.map_err(PagesFailure::Thread)?;
    let app = App { worker, session, port: address.port() };
    let launch = app.session.address();
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(accept(listener, router(app.clone()), stopped));
    Ok(RunningPages { address, launch, stop, app, serving, thread })
}

impl RunningPages {
    /// Where they are.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address that lets one browser in, once.
    #[must_use]
    pub fn launch(&self) -> Option<&str> {
        self.launch.as_deref()
    }

    /// Locks the desk; the pages go on and ask for the passphrase.
    pub async fn lock(&self) {
        // A thread that has ended has locked it.
        let _ended = self.app.worker.ask(|room| room.lock()).await;
    }

    /// Stops serving and locks the desk.
    ///
    /// # Errors
    /// When the desk cannot be closed; it then opens at its last commit.
    pub async fn stop(self) -> Result<(), PagesFailure> {
        self.stop.send_replace(true);
        drop(self.serving.await);
        drop(self.app);
        let ended = tokio::task::spawn_blocking(move || self.thread.join()).await;
        match ended {
            Ok(Ok(closed)) => Ok(closed?),
            _ => Err(PagesFailure::Thread(io::Error::other("it ended early"))),
        }
    }
}

fn router(app: App) -> Router {
    Router::new()
        .route("/", get(pages::first::show))
        .route("/enter", get(enter))
        .route("/unlock", get(pages::unlock::show).post(pages::unlock::unlock))
        .route("/lock", post(pages::unlock::lock))
        .route("/language", post(pages::language::choose))
        .route("/situation", get(pages::situation::show))
        .route("/situation/points", get(pages::situation::points::show))
        .route("/situation/layer/{compartment}", get(pages::situation::layers::show))
        .route("/situation/basemap", get(pages::situation::basemap::show))
        .route(
            "/situation/basemap",
            post(pages::situation::basemap::take).layer(DefaultBodyLimit::max(BASEMAP_BYTES)),
        )
        .route("/situation/basemap/forget", post(pages::situation::basemap::forget))
        .route("/situation/keep", post(pages::situation::kept::keep))
        .route("/situation/forget", post(pages::situation::kept::forget))
        .route("/situation/export", get(pages::situation::leave::show).post(pages::situation::leave::export))
        .route("/situation/daily", get(pages::situation::sheet::show_daily))
        .route("/situation/flash", get(pages::situation::sheet::show_flash))
        .route("/situation/copy", post(pages::situation::sheet::copy))
        .route("/find", get(pages::find::show))
        .route("/record/{id}", get(pages::record::show))
        .route("/report", get(pages::report::show).post(pages::report::write))
        .route("/cases", get(pages::cases::list))
        .route("/case/{id}", get(pages::cases::show))
        .route("/open", post(pages::open::ask))
        .route("/opened/{entry}/{index}", get(pages::open::show))
        .route("/openings", get(pages::openings::show))
        .route("/openings/fetch", post(pages::openings::fetch))
        .route("/trust", get(pages::trust::show))
        .route("/assets/{version}/{*name}", get(assets::serve))
        .fallback(pages::missing)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(app.clone(), check))
        .with_state(app)
}

async fn accept(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let inside = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopped.wait_for(|stop| *stop) => return,
        };
        let (Ok((stream, _)), Ok(place)) = (accepted, Arc::clone(&inside).try_acquire_owned()) else {
            continue; // one too many, or gone already
        };
        let (router, mut stopped) = (router.clone(), stopped.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = speak(stream, router) => {}
                _ = stopped.wait_for(|stop| *stop) => {}
            }
            drop(place);
        });
    }
}

async fn speak(stream: TcpStream, router: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024);
    // A browser that goes away is none of our concern.
    drop(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await);
}

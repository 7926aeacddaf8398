//! A server of HTTP/1.1: connections are counted, stalled ones are cut, a stop is graceful.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use super::Answer;
use crate::accept::accept;
use crate::doors::{Doors, Place};
use crate::stop::Stop;
use crate::timed::Timed;
use crate::tls::{TlsDoor, TlsStream, exporter};

/// From a connection, or from one request to the next, to the end of the request's head.
const HEAD: Duration = Duration::from_secs(10);
/// Without a byte in the direction that is waited for, and for a whole answer.
const STALL: Duration = Duration::from_secs(20);
/// The longest that a connection for HTTP lives.
const LIFETIME: Duration = Duration::from_secs(300);

/// The connection that a request came by.
#[derive(Debug, Clone)]
pub struct Connection {
    exporter: Option<[u8; 32]>,
    place: Arc<Mutex<Place>>,
}

impl Connection {
    /// 32 bytes that only the two ends of this connection have (RFC 5705). None in the clear.
    #[must_use]
    pub const fn exporter(&self) -> Option<&[u8; 32]> {
        self.exporter.as_ref()
    }

    /// Whoever is at the other end has shown who they are: the place is theirs until they go. False when it was
    /// given to another already.
    #[must_use]
    pub fn keep(&self) -> bool {
        self.place.lock().unwrap_or_else(PoisonError::into_inner).keep()
    }
}

/// Serves HTTP in the clear until it is told to stop; requests that run then are answered.
pub async fn serve_http<R>(
    listener: TcpListener,
    doors: Doors,
    stop: Stop,
    handler: impl Fn(Request<Incoming>, Connection) -> R + Clone + Send + 'static,
) where
    R: Future<Output = Answer> + Send + 'static,
{
    let serve = |stream, place| {
        let connection = Connection { exporter: None, place: Arc::new(Mutex::new(place)) };
        speak(stream, STALL, stop.clone(), connection, handler.clone())
    };
    accept(listener, &doors, &stop, |_| {}, serve).await;
    // When all places are free again, everyone was answered.
    doors.wait_until_empty(STALL).await;
}

/// Serves HTTP over TLS until it is told to stop; requests that run then are answered.
pub async fn serve_https<R>(
    listener: TcpListener,
    tls: TlsDoor,
    doors: Doors,
    stop: Stop,
    handler: impl Fn(Request<Incoming>, Connection) -> R + Clone + Send + 'static,
) where
    R: Future<Output = Answer> + Send + 'static,
{
    let serve = |stream, place| {
        let (tls, stop, handler) = (tls.clone(), stop.clone(), handler.clone());
        async move {
            if let Some(stream) = tls.shake_hands(stream).await {
                speak_http(stream, tls.patience.stalled, stop, place, handler).await;
            }
        }
    };
    accept(listener, &doors, &stop, |_| {}, serve).await;
    doors.wait_until_empty(STALL).await;
}

/// Answers the requests of one connection, which keeps its place until it ends.
pub async fn speak_http<R>(
    stream: TlsStream,
    stall: Duration,
    stop: Stop,
    place: Place,
    handler: impl Fn(Request<Incoming>, Connection) -> R + Send + 'static,
) where
    R: Future<Output = Answer> + Send + 'static,
{
    let connection = Connection { exporter: exporter(&stream), place: Arc::new(Mutex::new(place)) };
    speak(stream, stall, stop, connection, handler).await;
}

async fn speak<S, R>(
    stream: S,
    stall: Duration,
    stop: Stop,
    connection: Connection,
    handler: impl Fn(Request<Incoming>, Connection) -> R + Send + 'static,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    R: Future<Output = Answer> + Send + 'static,
{
    let stream = TokioIo::new(Timed::new(stream, stall, stall));
    let service = service_fn(move |request| {
        let answered = timeout(STALL, handler(request, connection.clone()));
        // A request whose body never ends is cut off with its connection.
        async move { answered.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut)) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024).keep_alive(true);
    let serving = builder.serve_connection(stream, service);
    tokio::pin!(serving);
    let ended = tokio::select! {
        ended = serving.as_mut() => Some(ended),
        () = stop.wait() => None,
        () = sleep(LIFETIME) => None,
    };
    if ended.is_none() {
        serving.as_mut().graceful_shutdown();
        drop(timeout(STALL, serving).await);
    }
}

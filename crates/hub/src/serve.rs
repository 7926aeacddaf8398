//! What every server here has in common: connections are counted, stalled ones are cut, a stop is graceful.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep, timeout};

use crate::doors::Doors;
use crate::http::Answer;

/// From a connection, or from one request to the next, to the end of the request's head.
const HEAD: Duration = Duration::from_secs(10);
/// Without a byte in the direction that is waited for.
const STALL: Duration = Duration::from_secs(20);
/// The longest that a connection for HTTP lives.
const LIFETIME: Duration = Duration::from_secs(300);
/// How late a timer may be noticed.
const LATE: Duration = Duration::from_secs(1);
/// After a failed accept: the system may be out of files, and a loop would not help.
const PAUSE: Duration = Duration::from_millis(100);

/// Tells the parts of a server to stop.
#[derive(Debug, Clone)]
pub(crate) struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Says it.
    pub(crate) fn now(&self) {
        self.0.send_replace(true);
    }

    /// Waits until it is said.
    pub(crate) async fn wait(&self) {
        // The sender lives as long as this.
        drop(self.0.subscribe().wait_for(|stop| *stop).await);
    }
}

/// A stream that fails when the other side stalls: without a byte in the direction that is waited for.
pub(crate) struct Timed<S> {
    inner: S,
    read: Deadline,
    write: Deadline,
}

struct Deadline {
    after: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Deadline {
    fn check<T>(&mut self, context: &mut Context<'_>, poll: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if poll.is_ready() {
            self.sleep = None;
            return poll;
        }
        let after = self.after;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep(after)));
        // Who waits is woken when the time is up. If it was up long ago, nobody waited, and this is a new wait.
        if Instant::now() > sleep.deadline() + LATE {
            sleep.as_mut().reset(Instant::now() + after);
        }
        match sleep.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S> Timed<S> {
    /// Fails after so long without a byte that is waited for.
    pub(crate) const fn new(inner: S, read: Duration, write: Duration) -> Self {
        Self {
            inner,
            read: Deadline { after: read, sleep: None },
            write: Deadline { after: write, sleep: None },
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let poll = Pin::new(&mut this.inner).poll_read(cx, buf);
        this.read.check(cx, poll)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let poll = Pin::new(&mut this.inner).poll_write(cx, bytes);
        this.write.check(cx, poll)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let poll = Pin::new(&mut this.inner).poll_flush(cx);
        this.write.check(cx, poll)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let poll = Pin::new(&mut this.inner).poll_shutdown(cx);
        this.write.check(cx, poll)
    }
}

/// Serves HTTP in the clear until it is told to stop; requests that run then are answered.
pub(crate) async fn serve_http<F, R>(listener: TcpListener, doors: Doors, stop: Stop, service: F)
where
    F: Fn(Request<Incoming>) -> R + Clone + Send + 'static,
    R: Future<Output = Result<Answer, Infallible>> + Send + 'static,
{
    loop {
        let accepted = tokio::select! {
            () = stop.wait() => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, peer)) = accepted else {
            sleep(PAUSE).await;
            continue;
        };
        let Some(place) = doors.enter(peer.ip()) else { continue };
        let (service, stop) = (service.clone(), stop.clone());
        tokio::spawn(async move {
            tokio::select! {
                () = speak_http(stream, STALL, stop, service) => {}
                () = place.given_away() => {}
            }
            drop(place);
        });
    }
    drop(listener);
    // When all places are free again, everyone was answered.
    doors.wait_until_empty(STALL).await;
}

/// Answers the requests of one connection.
pub(crate) async fn speak_http<S, F, R>(stream: S, stall: Duration, stop: Stop, service: F)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    F: Fn(Request<Incoming>) -> R + Send + 'static,
    R: Future<Output = Result<Answer, Infallible>> + Send + 'static,
{
    let stream = TokioIo::new(Timed::new(stream, stall, stall));
    let service = service_fn(move |request| {
        let answered = timeout(STALL, service(request));
        // A request whose body never ends is cut off with its connection.
        async move { answered.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut)).map(unwrap_answer) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(64 * 1024).keep_alive(true);
    let connection = builder.serve_connection(stream, service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = stop.wait() => None,
        () = sleep(LIFETIME) => None,
    };
    if ended.is_none() {
        connection.as_mut().graceful_shutdown();
        drop(timeout(STALL, connection).await);
    }
}

fn unwrap_answer(answered: Result<Answer, Infallible>) -> Answer {
    match answered {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

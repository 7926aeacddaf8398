//! Taking connections in: one loop for every server.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use crate::doors::{Doors, Place};
use crate::stop::Stop;

/// After a failed accept: the system may be out of files, and a loop would not help.
const PAUSE: Duration = Duration::from_millis(100);

/// What became of a connection that was not served to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// There was no place for it, and nobody to give way.
    Away,
    /// It was a stranger's, and gave way to a newer one.
    GaveWay,
}

/// Listens at an address; gives the port that was found too.
///
/// # Errors
/// When the address cannot be had.
pub async fn bind(address: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Takes connections in until it is told to stop, and has each served as long as its place is its own. `note`
/// hears of those that were not. Connections that are being served then go on: [`Doors::wait_until_empty`].
pub async fn accept<R: Future<Output = ()> + Send + 'static>(
    listener: TcpListener,
    doors: &Doors,
    stop: &Stop,
    note: impl Fn(Turn) + Clone + Send + 'static,
    serve: impl Fn(TcpStream, Place) -> R,
) {
    while let Some(accepted) = stop.or(listener.accept()).await {
        let Ok((stream, peer)) = accepted else {
            sleep(PAUSE).await;
            continue;
        };
        // Beyond the limits a stranger gives way. Where all are known the new one is closed at once.
        let Some(place) = doors.enter(peer.ip()) else {
            note(Turn::Away);
            continue;
        };
        let (given_away, note) = (place.given_away(), note.clone());
        let served = serve(stream, place);
        tokio::spawn(async move {
            tokio::select! {
                () = served => {}
                () = given_away => note(Turn::GaveWay),
            }
        });
    }
}

//! The connection to a hub: TCP, TLS 1.3 with the hub's certificate pinned by the register, and a session
//! in it.

mod connection;
mod error;
mod pin;
mod succession;

use std::net::{SocketAddr, ToSocketAddrs};

use counterseal_register::{Moment, Refusal};

use crate::desk::{Crossing, Desk, Go, SyncOptions, SyncReport, local};
use crate::error::NodeError;
use connection::Connection;
pub use error::LinkError;

/// Under which the hub's address is kept.
const ADDRESS: &str = "hub-address";

impl Desk {
    /// Syncs with the mission's hub at `address` (`host:port`): sends what is unsent, the urgent first, and
    /// fetches what is new. `progress` hears how far it is and may stop it; what was taken is kept then, and
    /// the next session goes on from there.
    ///
    /// # Errors
    /// When the hub cannot be reached or is not the mission's, when it does what it may not, or when the store
    /// fails. What was reported as taken or accepted before stays so.
    pub fn sync(
        &mut self,
        address: &str,
        options: &SyncOptions,
        progress: &mut dyn FnMut(&SyncReport) -> Go,
    ) -> Result<SyncReport, LinkError> {
        let now = self.moment();
        if self.register().hub(now).is_none() {
            return Err(LinkError::NoHub);
        }
        let place = || LinkError::Address { address: address.to_owned() };
        let mut resolved = address.to_socket_addrs().map_err(|_| place())?;
        let socket = resolved.next().ok_or_else(place)?;
        let (mut connection, crossed) = match self.connect(socket, now) {
            Err(LinkError::NotTheHub(refusal)) if *refusal == Refusal::UnknownPin => {
                // It may be the next hub, of which this desk has not heard.
                match self.hear_of_succession(socket) {
                    Ok(Some(crossed)) => (self.connect(socket, self.moment())?, Some(crossed)),
                    Err(error @ LinkError::Node(_)) => return Err(error),
                    _ => return Err(LinkError::NotTheHub(refusal)),
                }
            }
            connection => (connection?, None),
        };
        let mut run = self.begin_sync(&connection.exporter()?, options)?;
        let mut report = connection.run(self, &mut run, progress)?;
        report.crossed = crossed.or(report.crossed);
        Ok(report)
    }

    /// Asks whoever answers who put it there. Governors' signatures say whether that counts.
    fn hear_of_succession(&mut self, socket: SocketAddr) -> Result<Option<Crossing>, LinkError> {
        let mut crossed: Option<Crossing> = None;
        for statement in succession::ask(socket)? {
            match self.take_succession(&statement) {
                Ok(new) => crossed = new.or(crossed),
                Err(NodeError::Register(_) | NodeError::BadStatements { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(crossed)
    }

    /// Where the hub was last reached, on this desk's word alone: the register names no places.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn hub_address(&self) -> Result<Option<String>, NodeError> {
        let kept = self.store.read(|db| local::get(db, ADDRESS))?;
        Ok(kept.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// Remembers where the hub is reached.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_hub_address(&mut self, address: &str) -> Result<(), NodeError> {
        self.store.commit(|tx| local::set(tx, ADDRESS, address.as_bytes()))
    }

    fn connect(&self, socket: SocketAddr, now: Moment) -> Result<Connection, LinkError> {
        let pins = self.register().hub(now).map(|hub| hub.pins).unwrap_or_default();
        let (mut connection, shown) = Connection::open(socket, pins)?;
        connection.shake_hands().map_err(|error| match shown.get() {
            // The register says by name what is wrong with the one that was shown.
            Some(pin) => match self.register().check_pin(&pin, now) {
                Err(refusal) => LinkError::NotTheHub(Box::new(refusal)),
                Ok(_) => error,
            },
            None => error,
        })?;
        Ok(connection)
    }
}

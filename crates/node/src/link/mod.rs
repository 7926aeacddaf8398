//! The connection to a hub: TCP, TLS 1.3 with the hub's certificate pinned by the register, and a session
//! in it.

mod connection;
mod error;
pub(crate) mod http;
mod outside;
mod patience;
pub(crate) mod pin;
mod poll;
mod succession;
mod trustee;
mod unsent;
mod watch;

use std::net::{SocketAddr, ToSocketAddrs};

use counterseal_register::Refusal;

use crate::desk::{Crossing, Desk, Go, SyncOptions, SyncReport, local};
use crate::error::NodeError;
use connection::Connection;
pub use error::LinkError;
pub use outside::OutsideLine;
pub use patience::Patience;
use poll::Beside;
pub use watch::{Round, Sighted, Watch};

/// Under which the hub's address is kept.
const ADDRESS: &str = "hub-address";
/// Addresses of one name that are tried.
const ADDRESSES: usize = 8;

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
        let place = || LinkError::Address { address: address.to_owned() };
        let resolved: Vec<_> = address.to_socket_addrs().map_err(|_| place())?.take(ADDRESSES).collect();
        if resolved.is_empty() {
            return Err(place());
        }
        self.sync_at(&resolved, options, Patience::default(), progress)
    }

    /// As `sync`, with the first of these addresses at which the mission's hub answers. For tests, which have
    /// less patience.
    ///
    /// # Errors
    /// As `sync`.
    #[doc(hidden)]
    pub fn sync_at(
        &mut self,
        addresses: &[SocketAddr],
        options: &SyncOptions,
        patience: Patience,
        progress: &mut dyn FnMut(&SyncReport) -> Go,
    ) -> Result<SyncReport, LinkError> {
        if self.register().hub(self.moment()).is_none() {
            return Err(LinkError::NoHub);
        }
        self.check_one_tree()?;
        // Before the session: with the keys that come, covers can be sealed, and the hub hears of it all together.
        let before = self.ask_trustees(&options.trustees)?;
        self.open_post()?;
        // The hub's address is not needed for that.
        self.tend_decoys(&mut OutsideLine::new("", options.trustees.clone()))?;
        let mut beside = Beside::begin(self);
        let outcome = self.hold_session(addresses, options, patience, &mut beside, progress);
        let mut report = beside.end(self, outcome)?;
        report.trustees = before;
        Ok(report)
    }

    /// A session; what came of it, and whether it was carried to its end.
    fn hold_session(
        &mut self,
        addresses: &[SocketAddr],
        options: &SyncOptions,
        patience: Patience,
        beside: &mut Beside,
        progress: &mut dyn FnMut(&SyncReport) -> Go,
    ) -> Result<(SyncReport, bool), LinkError> {
        let (mut connection, pin, crossed) = match self.connect_to_any(addresses, patience) {
            Err(LinkError::NotTheHub(refusal)) if *refusal == Refusal::UnknownPin => {
                // It may be the next hub, of which this desk has not heard.
                let Some(crossed) = self.hear_of_succession(addresses, patience)? else {
                    return Err(LinkError::NotTheHub(refusal));
                };
                // What the witnesses say of the logs that have ended is nobody's news.
                beside.ask(self);
                let (connection, pin) = self.connect_to_any(addresses, patience)?;
                (connection, pin, Some(crossed))
            }
            connected => {
                let (connection, pin) = connected?;
                (connection, pin, None)
            }
        };
        let mut run = self.begin_sync(&connection.exporter()?, options)?;
        // In a session that goes on, the hub may be succeeded, or its certificate withdrawn.
        let still = move |desk: &Desk| match pin {
            Some(pin) => desk.check_pin(&pin),
            None => Ok(()),
        };
        let mut report = connection.run(self, &mut run, &still, beside, progress)?;
        if report.crossed.is_some() {
            beside.ask(self);
        }
        report.crossed = crossed.or(report.crossed);
        Ok((report, run.is_finished()))
    }

    /// Asks whoever answers who put it there. Governors' signatures say whether that counts.
    fn hear_of_succession(
        &mut self,
        addresses: &[SocketAddr],
        patience: Patience,
    ) -> Result<Option<Crossing>, LinkError> {
        let mut crossed: Option<Crossing> = None;
        // One that cannot be asked, or does not answer, has nothing to say.
        let said = addresses.iter().filter_map(|address| succession::ask(*address, patience).ok());
        for statement in said.flatten() {
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

    /// Tries one address after the other. Of several failures the one that names somebody else's server says
    /// most.
    fn connect_to_any(
        &self,
        addresses: &[SocketAddr],
        patience: Patience,
    ) -> Result<(Connection, Option<[u8; 32]>), LinkError> {
        let mut why = LinkError::Silent;
        for address in addresses {
            match self.connect(*address, patience) {
                Ok(connected) => return Ok(connected),
                Err(error) if matches!(why, LinkError::NotTheHub(_)) => drop(error),
                Err(error) => why = error,
            }
        }
        Err(why)
    }

    fn connect(
        &self,
        address: SocketAddr,
        patience: Patience,
    ) -> Result<(Connection, Option<[u8; 32]>), LinkError> {
        let pins = self.register().hub(self.moment()).map(|hub| hub.pins).unwrap_or_default();
        let (mut connection, shown) = Connection::open(address, pins, patience)?;
        connection.shake_hands().map_err(|error| match shown.get() {
            // The register says by name what is wrong with the one that was shown.
            Some(pin) => self.check_pin(&pin).err().unwrap_or(error),
            None => error,
        })?;
        Ok((connection, shown.get()))
    }

    /// Whether the server with this pin is the mission's hub now.
    fn check_pin(&self, pin: &[u8; 32]) -> Result<(), LinkError> {
        let known = self.register().check_pin(pin, self.moment());
        known.map(drop).map_err(|refusal| LinkError::NotTheHub(Box::new(refusal)))
    }
}

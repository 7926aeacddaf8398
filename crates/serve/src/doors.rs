//! Who may be connected: so many in all, and so many from one network. Whoever has not shown who they are gives
//! way to whoever comes, the oldest of those who are most: thousands of half-open connections keep nobody out.

use std::collections::{BTreeMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::timeout;

/// The places of a server.
#[derive(Debug, Clone)]
pub struct Doors {
    state: Arc<Mutex<State>>,
    inside: Arc<watch::Sender<usize>>,
    most: usize,
    per_network: usize,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    inside: usize,
    networks: BTreeMap<IpAddr, Network>,
}

/// Who is connected from one network.
#[derive(Debug, Default)]
struct Network {
    inside: usize,
    /// Those that have not shown who they are, the oldest first.
    strangers: VecDeque<(u64, Arc<Notify>)>,
}

/// A connection's place; dropping it frees it.
#[derive(Debug)]
pub struct Place {
    doors: Doors,
    network: IpAddr,
    number: u64,
    leave: Arc<Notify>,
    stranger: bool,
}

impl Doors {
    /// So many places in all, and so many for one network: an IPv4 address, or a /64 of IPv6.
    #[must_use]
    pub fn new(most: usize, per_network: usize) -> Self {
        Self { state: Arc::default(), inside: Arc::new(watch::Sender::new(0)), most, per_network }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a connection from an address, if there is one or somebody gives way.
    #[must_use]
    pub fn enter(&self, address: IpAddr) -> Option<Place> {
        let network = network_of(address);
        let mut state = self.lock();
        let here = state.networks.get(&network).map_or(0, |known| known.inside);
        let gives_way = if here >= self.per_network {
            Some(network)
        } else if state.inside >= self.most {
            // Whoever comes counts too: one more of those who are most takes a place from their own.
            let with_strangers = state.networks.iter().filter(|(_, known)| !known.strangers.is_empty());
            let count = |(of, known): (&IpAddr, &Network)| {
                (known.strangers.len() + usize::from(*of == network), *of == network, *of)
            };
            Some(with_strangers.map(count).max()?.2)
        } else {
            None
        };
        if let Some(from) = gives_way {
            let (_, leave) = state.networks.get_mut(&from)?.strangers.pop_front()?;
            state.free(from);
            leave.notify_one();
        }
        let number = state.next;
        state.next += 1;
        state.inside += 1;
        let known = state.networks.entry(network).or_default();
        known.inside += 1;
        let leave = Arc::new(Notify::new());
        known.strangers.push_back((number, Arc::clone(&leave)));
        self.inside.send_replace(state.inside);
        drop(state);
        Some(Place { doors: self.clone(), network, number, leave, stranger: true })
    }

    /// Connections now.
    #[must_use]
    pub fn inside(&self) -> usize {
        *self.inside.borrow()
    }

    /// Waits until nobody is connected, but no longer than that.
    pub async fn wait_until_empty(&self, most: Duration) {
        let mut inside = self.inside.subscribe();
        drop(timeout(most, inside.wait_for(|inside| *inside == 0)).await);
    }
}

/// Files beside connections: the store's, the witnesses', the system's own.
const OTHER_FILES: usize = 256;

/// How many connections the system lets this program have, of so many that are wanted: each is a file, and a
/// program that has none left can read nothing more from its store.
#[must_use]
pub fn allowed(wanted: usize) -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let soft = files.and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok());
    let most = soft.map_or(wanted, |soft| soft.saturating_sub(OTHER_FILES).max(soft / 2));
    if most < wanted {
        tracing::warn!(wanted, most, "fewer connections than configured: the system's limit of open files");
    }
    wanted.min(most).max(1)
}

impl State {
    fn free(&mut self, network: IpAddr) {
        self.inside = self.inside.saturating_sub(1);
        if let Some(known) = self.networks.get_mut(&network) {
            known.inside = known.inside.saturating_sub(1);
            if known.inside == 0 {
                self.networks.remove(&network);
            }
        }
    }
}

impl Place {
    /// Whoever has it has shown who they are: it is theirs until they go. False when it was given to another
    /// already.
    pub fn keep(&mut self) -> bool {
        let still = !self.stranger || take_out(&mut self.doors.lock(), self.network, self.number);
        self.stranger = !still;
        still
    }

    /// Waits until the place is given to another.
    pub fn given_away(&self) -> impl Future<Output = ()> + use<> {
        let leave = Arc::clone(&self.leave);
        async move { leave.notified().await }
    }
}

/// Takes one out of the strangers; false when it is not among them.
fn take_out(state: &mut State, network: IpAddr, number: u64) -> bool {
    let Some(known) = state.networks.get_mut(&network) else { return false };
    let found = known.strangers.binary_search_by_key(&number, |(number, _)| *number);
    found.is_ok_and(|at| known.strangers.remove(at).is_some())
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.doors.lock();
        // A stranger that is not among them any more has given its place away.
        if !self.stranger || take_out(&mut state, self.network, self.number) {
            state.free(self.network);
            self.doors.inside.send_replace(state.inside);
        }
    }
}

/// Addresses of IPv6 that one subscriber has count as one: a /64.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let prefix = u128::from(address) >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from(prefix))
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    async fn is_out(place: &Place) -> bool {
        timeout(Duration::from_millis(20), place.given_away()).await.is_ok()
    }

    #[tokio::test]
    async fn the_oldest_stranger_of_those_who_are_most_gives_way() {
        let doors = Doors::new(4, 4);
        let crowd: Vec<_> = (0..3).map(|_| doors.enter(ip("192.0.2.1")).unwrap()).collect();
        let mut known = doors.enter(ip("192.0.2.2")).unwrap();
        assert!(known.keep());
        let newcomer = doors.enter(ip("192.0.2.3")).unwrap();
        assert!(is_out(&crowd[0]).await && !is_out(&crowd[1]).await && !is_out(&known).await);
        // More of the crowd push out their own, not the newcomer.
        let more: Vec<_> = (0..20).map(|_| doors.enter(ip("192.0.2.1")).unwrap()).collect();
        assert!(!is_out(&newcomer).await && !is_out(&known).await);
        assert_eq!(doors.inside(), 4);
        drop((crowd, more, newcomer, known));
        assert_eq!(doors.inside(), 0, "who was pushed out frees nothing twice");
        assert!(doors.lock().networks.is_empty(), "nothing is kept of who has gone");
    }

    #[test]
    fn no_more_connections_are_let_in_than_there_are_files_for() {
        assert_eq!(allowed(1), 1);
        let files = std::fs::read_to_string("/proc/self/limits").ok();
        let files = files.and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("Max open files"))?.to_owned();
            line.split_whitespace().nth(3)?.parse::<usize>().ok()
        });
        assert!(files.is_none_or(|files| allowed(usize::MAX) < files));
    }

    #[tokio::test]
    async fn who_has_shown_who_they_are_gives_way_to_nobody() {
        let doors = Doors::new(2, 2);
        let (mut one, mut two) =
            (doors.enter(ip("192.0.2.1")).unwrap(), doors.enter(ip("192.0.2.1")).unwrap());
        assert!(one.keep() && two.keep());
        assert!(doors.enter(ip("192.0.2.9")).is_none() && doors.enter(ip("192.0.2.1")).is_none());
        drop(one);
        let late = doors.enter(ip("192.0.2.9")).unwrap();
        assert!(doors.enter(ip("192.0.2.8")).is_some() && is_out(&late).await);
        let mut late = late;
        assert!(!late.keep(), "too late to say who one is");
    }

    #[tokio::test]
    async fn one_network_has_so_many_places_and_a_subscriber_of_ipv6_is_one() {
        let doors = Doors::new(100, 2);
        let places: Vec<_> = (1..6).map(|n| doors.enter(ip(&format!("2001:db8::{n}"))).unwrap()).collect();
        assert_eq!(doors.inside(), 2);
        assert!(is_out(&places[2]).await && !is_out(&places[4]).await);
        assert!(doors.enter(ip("2001:db8:0:1::1")).is_some());
        let mapped = doors.enter(ip("::ffff:192.0.2.1")).unwrap();
        assert_eq!(mapped.network, ip("192.0.2.1"));
    }
}

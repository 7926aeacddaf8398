//! The demo's pages: several persons' desks behind one address, each with a thread of its own, and a tour through the real
//! pages. Which person's desk answers follows from a cookie that anybody may know: whoever was let in here was let in to
//! all of them, for all of it is made up.

mod places;
mod tour;

use std::sync::Arc;
use std::time::Duration;

use counterseal_node::{Desk, Home};
use counterseal_register::PartRef;

pub(crate) use places::{Demo, person_of};
pub(crate) use tour::{aside, go, switch};

use crate::server::App;

/// Between two syncs of a desk.
const PAUSE: Duration = Duration::from_secs(2);

/// A person of the demo, with their desk.
pub struct DemoPerson {
    /// Their name in the mission.
    pub name: String,
    /// What they do there.
    pub role: DemoRole,
    /// The home of their desk.
    pub home: Home,
    /// Their desk, unlocked.
    pub desk: Desk,
}

/// What somebody does in the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoRole {
    /// Interviews witnesses and reports.
    Officer,
    /// Explores what happened.
    Analyst,
    /// Looks after alarms.
    Watch,
    /// Answers for personal data.
    DataProtection,
}

/// The pages that the tour leads to, beside those that every mission has.
#[derive(Debug, Clone)]
pub struct DemoPlaces {
    /// The part of a case that is sealed twice.
    pub part: PartRef,
}

/// Keeps the demo's desks in step through the hub, as their owners would: one after the other, for as long as the pages
/// are served.
pub(crate) async fn keep_in_step(apps: Arc<[App]>) {
    loop {
        for app in apps.iter() {
            tokio::time::sleep(PAUSE).await;
            // A desk that is locked, or whose hub does not answer, is asked again; its page says how it stands.
            let _asked = app.worker.ask(|room| room.sync_beside(None)).await;
        }
    }
}

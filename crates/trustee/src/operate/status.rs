//! How a trustee is, from its store. It must not run meanwhile: one program has the store at a time.

use counterseal_model::{Clock, MissionId, Timestamp};
use counterseal_register::LogKind;
use serde::{Deserialize, Serialize};

use super::backup::head_seen;
use super::{OperationFailure, TrusteeKeys, load};
use crate::config::TrusteeConfig;
use crate::mirror::Mirror;
use crate::service::{ServiceError, false_pads, takes_over};
use crate::store::{Randomness, RestoreCheck, Store};

/// How far a log is mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogReached {
    /// Leaves.
    pub leaves: u64,
    /// Seconds since its newest checkpoint here was cosigned; none before the first.
    pub age: Option<i64>,
}

/// How a trustee is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The trustee's id, in hexadecimal digits.
    pub trustee: String,
    /// Its mission's fingerprint.
    pub mission: String,
    /// The statement log.
    pub statements: LogReached,
    /// The journal log.
    pub journal: LogReached,
    /// Decisions in its release log.
    pub decisions: u64,
    /// Commits of its store.
    pub commits: u64,
    /// A log that has signed two trees.
    pub two_trees: bool,
    /// How far the places are taken over that this trustee answers for.
    #[serde(default)]
    pub takes_over: Vec<TakingOver>,
    /// Who gave false pads in the place of true ones.
    #[serde(default)]
    pub false_pads: Vec<FalseGiven>,
    /// What is missing before a restored store releases anything; none when it is not restored.
    pub restored: Option<Missing>,
}

/// How far the place of a trustee is taken over that this one succeeds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TakingOver {
    /// The id of that trustee, in hexadecimal digits.
    pub of: String,
    /// Entries that were sealed for it, as far as others know.
    pub entries: u64,
    /// Those of them that are not here yet.
    pub waiting: u64,
    /// When that was last looked at, in seconds since 1970.
    pub at: i64,
}

/// Pads that are not those which the authors of their entries committed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FalseGiven {
    /// The ids, in hexadecimal digits, of who handed them over. If they are several, they helped with a repair: one of
    /// them lied, or the author dealt one of them another point.
    pub by: Vec<String>,
    /// Of how many entries in their last answer.
    pub entries: u64,
    /// When that was, in seconds since 1970.
    pub at: i64,
}

/// What a restored store lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    /// What has to be shown still.
    pub still: Vec<String>,
    /// Pads that open no more.
    pub pads_lost: u64,
    /// Keys of devices that open no more.
    pub seeds_lost: u64,
}

/// Reads it.
///
/// # Errors
/// When the store is in use, missing or damaged, or there is no mission.
pub fn status(
    config: &TrusteeConfig,
    keys: &TrusteeKeys,
    clock: &dyn Clock,
    rng: Randomness,
) -> Result<Status, OperationFailure> {
    let (store, _) = Store::open(&config.places(), keys.hands(rng))?;
    let mission = load(config, clock.now())?.mission();
    let mirror = Mirror::open(&store, mission).map_err(ServiceError::from)?;
    let check = RestoreCheck { others_head: head_seen(config), ..RestoreCheck::default() };
    let trustee = hex::encode(keys.secrets.id().0);
    status_of((trustee, mission), &store, &mirror, &check, clock.now())
}

/// The status of a store and its mirror; `check` is what of a restore was shown already.
pub(crate) fn status_of(
    (trustee, mission): (String, MissionId),
    store: &Store,
    mirror: &Mirror,
    check: &RestoreCheck,
    now: Timestamp,
) -> Result<Status, OperationFailure> {
    let reached =
        |log| LogReached { leaves: mirror.log(log).map_or(0, |log| log.size), age: mirror.age(log, now) };
    let restored = store.restored().map(|restored| Missing {
        still: restored.missing(check).into_iter().map(str::to_owned).collect(),
        pads_lost: restored.pads_lost,
        seeds_lost: restored.seeds_lost,
    });
    let takes_over = takes_over(store)?.into_iter().map(|one| TakingOver {
        of: hex::encode(one.of.0),
        entries: one.entries,
        waiting: one.waiting,
        at: one.at.0,
    });
    let false_pads = false_pads(store)?.into_iter().map(|one| FalseGiven {
        by: one.by.iter().map(ToString::to_string).collect(),
        entries: one.entries,
        at: one.at.0,
    });
    Ok(Status {
        takes_over: takes_over.collect(),
        false_pads: false_pads.collect(),
        trustee,
        mission: mission.to_string(),
        statements: reached(LogKind::Statements),
        journal: reached(LogKind::Journal),
        decisions: store.release_head()?.counter,
        commits: store.last_commit(),
        two_trees: mirror.is_split(),
        restored,
    })
}

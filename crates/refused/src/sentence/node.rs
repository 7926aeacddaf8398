//! What a desk cannot do: its home, its store, its files.

use counterseal_node::{HomeError, MirrorError, NodeError, StoreError, TravelRefusal};

use super::{Said, said, system};
use crate::catalogue::Sentences;

pub(super) fn of_home(error: &HomeError, words: Sentences) -> Option<Said> {
    Some(match error {
        HomeError::Synced { path, service } => {
            said("home-synced", [("path", path.clone()), ("service", (*service).to_owned())])
        }
        HomeError::NoDesk { path } => said("home-no-desk", [("path", path.clone())]),
        HomeError::Several { count, ids } => {
            said("home-several", [("count", count.to_string()), ("ids", ids.clone())])
        }
        HomeError::NotThisOne { prefix, ids } => {
            said("home-not-this-one", [("prefix", prefix.clone()), ("ids", ids.clone())])
        }
        HomeError::Io { doing, path, source } => return file(doing, path, source, words),
    })
}

pub(super) fn of_store(error: &StoreError, words: Sentences) -> Said {
    match error {
        StoreError::InUse => said("store-in-use", []),
        StoreError::Missing { dir } => said("store-missing", [("dir", dir.clone())]),
        StoreError::Damaged { file, what } => {
            said("store-damaged", [("file", (*file).to_owned()), ("what", what.clone())])
        }
        StoreError::Full => said("store-full", []),
        StoreError::Poisoned => said("store-poisoned", []),
        StoreError::Unsure(error) => said("store-unsure", [("reason", system::reason(error, words))]),
        other => system::of_store(other, words),
    }
}

/// What the desk itself lacks or holds.
pub(super) fn of_node(error: &NodeError, words: Sentences) -> Option<Said> {
    Some(match error {
        NodeError::OtherKey { needed } => said("node-other-key", [("needed", words.word(needed))]),
        NodeError::NoMission => said("node-no-mission", []),
        NodeError::NoRecord(record) => said("node-no-record", [("record", record.to_string())]),
        NodeError::Ambiguous { what, prefix, count } => {
            let key = if *count == 0 { "node-none-so" } else { "node-several-so" };
            let what = words.thing(what);
            said(key, [("what", what), ("prefix", prefix.clone()), ("count", count.to_string())])
        }
        NodeError::OtherKind { record, is, given } => said(
            "node-other-kind",
            [("record", record.short()), ("is", words.word(is)), ("given", words.word(given))],
        ),
        NodeError::BadStatements { reason } => said("node-bad-statements", [("reason", reason.clone())]),
        NodeError::Verification(reason) => said("node-verification", [("reason", reason.clone())]),
        NodeError::File { doing, path, source } => return file(doing, path, source, words),
        NodeError::Travel(refusal) => of_travel(*refusal),
        NodeError::Locked => said("node-locked", []),
        NodeError::InConflict(record) => said("node-in-conflict", [("record", record.to_string())]),
        NodeError::FieldTaken(record) => said("node-field-taken", [("record", record.to_string())]),
        NodeError::SamePlace => said("node-same-place", []),
        NodeError::NoParts => said("node-no-parts", []),
        NodeError::Body(reason) => said("node-body", [("reason", reason.to_string())]),
        _ => return of_people(error).or_else(|| of_logs(error, words)),
    })
}

/// Compartments and who is in them, trustees, pouches.
fn of_people(error: &NodeError) -> Option<Said> {
    Some(match error {
        NodeError::NotAMember(compartment) => {
            said("node-not-a-member", [("compartment", compartment.short())])
        }
        NodeError::NoSecret(epoch) => said("node-no-secret", [("epoch", epoch.short())]),
        NodeError::SourceInOpen => said("node-source-in-open", []),
        NodeError::NotRefused { entry } => said("node-not-refused", [("entry", entry.short())]),
        NodeError::NotHeld { entry } => said("node-not-held", [("entry", entry.short())]),
        NodeError::NoTrustees => said("node-no-trustees", []),
        NodeError::NoTrusteeKeys { compartment, have, needed } => said(
            "node-no-trustee-keys",
            [
                ("compartment", compartment.short()),
                ("have", have.to_string()),
                ("needed", needed.to_string()),
            ],
        ),
        NodeError::GuardedOneByOne => said("node-guarded-one-by-one", []),
        NodeError::NoReceivers => said("node-no-receivers", []),
        NodeError::NotAReceiver { device } => said("node-not-a-receiver", [("device", device.short())]),
        NodeError::NoEvidence { device } => said("node-no-evidence", [("device", device.short())]),
        NodeError::Stopped => said("node-stopped", []),
        NodeError::NoSuccessor { person } => said("node-no-successor", [("person", person.short())]),
        NodeError::BadRotation { count } => said("node-bad-rotation", [("count", count.to_string())]),
        _ => return None,
    })
}

/// The logs and the hub.
fn of_logs(error: &NodeError, words: Sentences) -> Option<Said> {
    Some(match error {
        NodeError::EpochNotLogged(epoch) => said("node-epoch-not-logged", [("epoch", epoch.short())]),
        NodeError::Mirror(MirrorError::OtherEnd { log, size, generation }) => said(
            "node-other-end",
            [("log", words.word(log)), ("size", size.to_string()), ("generation", generation.to_string())],
        ),
        NodeError::TwoTrees(two) => said(
            "node-two-histories",
            [
                ("log", words.word(two.log.word())),
                ("who", two.witness.clone()),
                ("size", two.size.to_string()),
            ],
        ),
        NodeError::Mirror(MirrorError::OtherTree { log, size }) => {
            said("node-other-history", [("log", words.word(log)), ("size", size.to_string())])
        }
        NodeError::NotLogged { what } => said("node-not-logged", [("what", what.clone())]),
        NodeError::Unreachable { reason } => said("node-files-unreachable", [("reason", reason.clone())]),
        NodeError::HubNotFollowed { generation } => {
            said("node-hub-not-followed", [("generation", generation.to_string())])
        }
        NodeError::HubOrders => said("node-hub-orders", []),
        NodeError::BadReceipt { reason } => said("node-bad-receipt", [("reason", reason.clone())]),
        NodeError::Session(reason) => said("node-session", [("reason", reason.to_string())]),
        _ => return None,
    })
}

fn of_travel(refusal: TravelRefusal) -> Said {
    match refusal {
        TravelRefusal::NothingToLeave => said("node-nothing-to-leave", []),
        TravelRefusal::AlreadyAway(id) => said("node-already-away", [("compartment", id.short())]),
        TravelRefusal::NobodyBringsBack(id) => said("node-nobody-brings-back", [("compartment", id.short())]),
        TravelRefusal::Unsent { entries, statements } => {
            said("node-unsent", [("entries", entries.to_string()), ("statements", statements.to_string())])
        }
        TravelRefusal::NotAway { device, compartment } => {
            said("node-not-away", [("device", device.short()), ("compartment", compartment.short())])
        }
    }
}

fn file(doing: &str, path: &str, source: &std::io::Error, words: Sentences) -> Option<Said> {
    let key = format!("file-{doing}");
    let values = [("path", path.to_owned()), ("reason", system::reason(source, words))];
    words.find(&key, &[("path", path.into()), ("reason", "".into())]).map(|_| said(&key, values))
}

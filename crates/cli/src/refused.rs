//! The sentence for a refusal, by its code; where the catalogue has none, the error's own English.

mod report;
mod same;
mod share;

use std::borrow::Cow;

use counterseal_node::{
    CaseworkRefusal, DecoyFailure, HomeError, InvitationRefusal, LinkError, MirrorError, MonitoringFailure,
    NodeError, OpeningFailure, StoreError, TravelRefusal, TrustRefusal,
};
use counterseal_register::Refusal;
use counterseal_seal::{BadInvitation, KeyFileError};
use counterseal_sync::PouchRefusal;

use crate::catalogue::Words;

type Named = (&'static str, Cow<'static, str>);

/// What the catalogue needs to say it: the sentence's name and its values.
struct Said {
    key: String,
    values: Vec<Named>,
}

/// The sentence for what a desk refused.
pub(crate) fn sentence_of(error: &NodeError, words: Words) -> String {
    let said = match error {
        NodeError::Register(refusal) => Some(of_refusal(refusal)),
        NodeError::Entry(refusal) => Some(said(&format!("refusal-{}", refusal.code()), [])),
        NodeError::Home(error) => of_home(error, words),
        NodeError::Store(error) => of_store(error),
        NodeError::Pouch(refusal) => Some(of_pouch(refusal)),
        NodeError::Invitation(refusal) => Some(of_invitation(refusal, words)),
        NodeError::Opening(failure) => Some(of_opening(failure)),
        NodeError::Decoy(failure) => Some(of_decoy(failure)),
        NodeError::Monitoring(failure) => Some(of_monitoring(failure)),
        NodeError::Casework(refusal) => Some(of_casework(refusal, words)),
        NodeError::Trust(refusal) => Some(of_trust(refusal)),
        NodeError::Same(refusal) => Some(same::of_same(refusal)),
        NodeError::Share(refusal) => Some(share::of_share(refusal, words)),
        NodeError::Report(refusal) => Some(report::of_report(refusal)),
        NodeError::KeyFile(KeyFileError::CannotUnlock) => Some(said("keyfile-cannot-unlock", [])),
        other => of_node(other, words),
    };
    said.and_then(|said| words.find(&said.key, &said.values)).unwrap_or_else(|| error.to_string())
}

/// The sentence for why there was no session with a hub.
pub(crate) fn sentence_of_link(error: &LinkError, words: Words) -> String {
    match error {
        LinkError::Node(error) => sentence_of(error, words),
        LinkError::NotTheHub(refusal) => {
            let said = of_refusal(refusal);
            let reason = words.find(&said.key, &said.values).unwrap_or_else(|| refusal.to_string());
            let found = words.find("link-not-the-hub", &[("reason", reason.into())]);
            found.unwrap_or_else(|| error.to_string())
        }
        other => other.to_string(),
    }
}

/// The sentence for why a pouch, or the rest of it, cannot be read.
pub(crate) fn sentence_of_pouch(refusal: &PouchRefusal, words: Words) -> String {
    let said = of_pouch(refusal);
    words.find(&said.key, &said.values).unwrap_or_else(|| refusal.to_string())
}

fn of_pouch(refusal: &PouchRefusal) -> Said {
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        PouchRefusal::Unknown { version, suite } => {
            said(&key, [("version", version.to_string()), ("suite", suite.to_string())])
        }
        PouchRefusal::Damaged { number } => said(&key, [("number", number.to_string())]),
        PouchRefusal::UnknownFrames { version } => said(&key, [("version", version.to_string())]),
        _ => said(&key, []),
    }
}

/// Why parts were not opened: the rule, the missing facts and whom to ask are in the reason.
fn of_opening(failure: &OpeningFailure) -> Said {
    use OpeningFailure as F;
    let key = format!("refusal-{}", failure.code());
    let short = |id: &dyn ToString| id.to_string().get(..8).unwrap_or_default().to_owned();
    match failure {
        F::NotSetUp { what } => said(&key, [("what", (*what).to_owned())]),
        F::NoSuchPart { part } | F::NotAhead { part } | F::Cover { part } => {
            said(&key, [("part", part.clone())])
        }
        F::BadCount { count } => said(&key, [("count", count.to_string())]),
        F::ApprovalsMissing { needed, have } => {
            said(&key, [("needed", needed.to_string()), ("have", have.to_string())])
        }
        F::Refused { .. } => said(&key, [("reason", failure.reason())]),
        F::TooFew { have, needed, .. } => said(
            &key,
            [("have", have.to_string()), ("needed", needed.to_string()), ("reason", failure.reason())],
        ),
        F::PlacesEmpty { have, needed } => {
            said(&key, [("have", have.to_string()), ("needed", needed.to_string())])
        }
        F::DoesNotOpen { part, reason } => said(&key, [("part", part.clone()), ("reason", reason.clone())]),
        F::Closed { part, state } => said(&key, [("part", part.clone()), ("state", (*state).to_owned())]),
        F::NoSuchRequest { id } => said(&key, [("id", id.clone())]),
        F::UnknownTrustees { set } => said(&key, [("set", short(set))]),
        F::NotFollowed | F::TooOld => said(&key, []),
    }
}

fn of_decoy(failure: &DecoyFailure) -> Said {
    use DecoyFailure as F;
    match failure {
        F::NotWatch => said("refusal-decoy-not-watch", []),
        F::NotGuarded { compartment } => said("refusal-decoy-open", [("compartment", compartment.clone())]),
        F::NoDesks { compartment } => said("refusal-decoy-no-desks", [("compartment", compartment.clone())]),
        F::BadCount { count, most } => {
            said("refusal-decoy-count", [("count", count.to_string()), ("most", most.to_string())])
        }
        F::ListSeen { compartment, strangers } => said(
            "refusal-decoy-list",
            [("compartment", compartment.clone()), ("count", strangers.to_string())],
        ),
    }
}

fn of_monitoring(failure: &MonitoringFailure) -> Said {
    use MonitoringFailure as F;
    match failure {
        F::NotReviewer => said("refusal-review-office", []),
        F::Yourself => said("refusal-review-yourself", []),
        F::NoSuchDay { person, day } => {
            said("refusal-review-no-day", [("person", person.clone()), ("day", day.clone())])
        }
        F::CannotRead { person, compartment } => said(
            "refusal-review-cannot-read",
            [("person", person.clone()), ("compartment", compartment.clone())],
        ),
        F::BadDuties { reason } => said("refusal-review-duties", [("reason", reason.clone())]),
        F::NoSuchEmergency { prefix, count } => {
            said("refusal-review-no-emergency", [("prefix", prefix.clone()), ("count", count.to_string())])
        }
        F::NoSuchTalk { prefix, count } => {
            said("refusal-review-no-question", [("prefix", prefix.clone()), ("count", count.to_string())])
        }
    }
}

fn of_invitation(refusal: &InvitationRefusal, words: Words) -> Said {
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        InvitationRefusal::Text(BadInvitation::Line { line }) => said(&key, [("line", line.to_string())]),
        InvitationRefusal::NotThis { what, reason } => {
            let what = words.text(&format!("thing-{what}"));
            said(&key, [("what", what), ("reason", reason.clone())])
        }
        InvitationRefusal::Expired { since } => said(&key, [("since", since.rfc3339())]),
        InvitationRefusal::WrongString { left } => said(&key, [("left", left.to_string())]),
        _ => said(&key, []),
    }
}

fn of_casework(refusal: &CaseworkRefusal, words: Words) -> Said {
    use CaseworkRefusal as R;
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        R::UnknownPart { part } | R::NotWithdrawn { part } | R::Held { part } | R::Erased { part } => {
            said(&key, [("part", part.clone())])
        }
        R::CoolingOff { part, withdrawn, from } => said(
            &key,
            [("part", part.clone()), ("withdrawn", withdrawn.date_text()), ("from", from.rfc3339())],
        ),
        R::NothingStands { part, what } => {
            said(&key, [("part", part.clone()), ("what", words.text(&format!("thing-{what}")))])
        }
        R::NotYoursToSay { kind, ask } => {
            let ask = words.text(&format!("thing-{ask}"));
            said(&key, [("kind", words.text(&format!("thing-{kind}"))), ("ask", ask)])
        }
        R::Malformed { record, field, why } => said(
            &key,
            [
                ("kind", words.text(&format!("thing-{record}"))),
                ("field", (*field).to_owned()),
                ("reason", words.text(&format!("thing-wrong-{}", why.code()))),
            ],
        ),
        R::OnlyGuarded { what } => said(&key, [("kind", words.text(&format!("thing-{what}")))]),
        R::NoCase { text, count } => said(&key, [("text", text.clone()), ("count", count.to_string())]),
        R::NoStands { since } => said(&key, [("since", since.date_text())]),
        R::NothingGiven { part } => said(&key, [("part", part.clone())]),
        R::BadFact { why } => said(&key, [("reason", (*why).to_owned())]),
        R::NotThisPaper { reason } | R::Policy { reason } => said(&key, [("reason", reason.clone())]),
        _ => said(&key, []),
    }
}

fn of_trust(refusal: &TrustRefusal) -> Said {
    use TrustRefusal as R;
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        R::NotOpen { part } | R::NoSource { part } | R::NoConsent { part } | R::NotIn { part } => {
            said(&key, [("part", part.clone())])
        }
        R::Past => said(&key, []),
    }
}

fn said<const N: usize>(key: &str, values: [(&'static str, String); N]) -> Said {
    let values = values.into_iter().map(|(name, value)| (name, Cow::Owned(value))).collect();
    Said { key: key.to_owned(), values }
}

/// A refusal of the register, with whatever it names.
fn of_refusal(refusal: &Refusal) -> Said {
    use Refusal as R;
    if let R::QuorumTooSmall { k, w, f } = refusal {
        let values = [("k", k.to_string()), ("w", w.to_string()), ("f", f.to_string())];
        return said(&format!("refusal-{}", refusal.code()), values);
    }
    if let R::BadShares { t, n } = refusal {
        return said("refusal-trustees-threshold-bad", [("t", t.to_string()), ("n", n.to_string())]);
    }
    let value: Option<(&'static str, String)> = match refusal {
        R::UnknownSuite { suite } => Some(("suite", suite.to_string())),
        R::SuiteBelowMinimum { minimum } | R::SuiteNotRaised { minimum } => {
            Some(("minimum", minimum.to_string()))
        }
        R::TooLarge { bytes } => Some(("bytes", bytes.to_string())),
        R::AlreadyApplied { statement }
        | R::VoidPredecessor { statement }
        | R::NothingToLift { statement } => Some(("statement", statement.short())),
        R::UnknownTrusteeSet { set } | R::NotTheTrustees { set } => Some(("set", set.short())),
        R::CoolingOff { days } => Some(("days", days.to_string())),
        R::NotTheGovernors { threshold } => Some(("threshold", threshold.to_string())),
        R::SignerNotActive { device }
        | R::UnknownDevice { device }
        | R::DeviceExists { device }
        | R::NotPending { device }
        | R::RosterNotActive { device }
        | R::AlreadySuspended { device }
        | R::DeviceAway { device }
        | R::RemovedFromCompartment { device } => Some(("device", device.short())),
        R::NotTwoPersons { compartment }
        | R::NotAManager { compartment }
        | R::UnknownCompartment { compartment }
        | R::CompartmentExists { compartment }
        | R::ManagersRemain { compartment } => Some(("compartment", compartment.short())),
        R::UnknownPerson { person } | R::PersonExists { person } | R::PersonNotActive { person } => {
            Some(("person", person.short()))
        }
        R::WrongGeneration { expected } => Some(("expected", expected.to_string())),
        R::MisplacedSuccession { index } => Some(("index", index.to_string())),
        R::HubSuperseded { generation } | R::BeforeGeneration { generation } => {
            Some(("generation", generation.to_string()))
        }
        R::UnknownFreeze { freeze } => Some(("freeze", freeze.short())),
        R::UnknownTravel { travel } => Some(("travel", travel.short())),
        R::UnknownSite { site } => Some(("site", site.short())),
        R::UnknownEpoch { epoch } => Some(("epoch", epoch.short())),
        R::Malformed(reason) => Some(("reason", reason.to_string())),
        _ => None,
    };
    let values = value.into_iter().map(|(name, value)| (name, Cow::Owned(value))).collect();
    Said { key: format!("refusal-{}", refusal.code()), values }
}

fn of_home(error: &HomeError, words: Words) -> Option<Said> {
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

fn of_store(error: &StoreError) -> Option<Said> {
    Some(match error {
        StoreError::InUse => said("store-in-use", []),
        StoreError::Missing { dir } => said("store-missing", [("dir", dir.clone())]),
        StoreError::Damaged { file, what } => {
            said("store-damaged", [("file", (*file).to_owned()), ("what", what.clone())])
        }
        StoreError::Full => said("store-full", []),
        StoreError::Poisoned => said("store-poisoned", []),
        StoreError::Unsure(reason) => said("store-unsure", [("reason", reason.to_string())]),
        _ => return None,
    })
}

fn of_node(error: &NodeError, words: Words) -> Option<Said> {
    Some(match error {
        NodeError::OtherKey { needed } => said("node-other-key", [("needed", (*needed).to_owned())]),
        NodeError::NoMission => said("node-no-mission", []),
        NodeError::NotAMember(compartment) => {
            said("node-not-a-member", [("compartment", compartment.short())])
        }
        NodeError::NoSecret(epoch) => said("node-no-secret", [("epoch", epoch.short())]),
        NodeError::NoRecord(record) => said("node-no-record", [("record", record.to_string())]),
        NodeError::Ambiguous { what, prefix, count } => {
            let key = if *count == 0 { "node-none-so" } else { "node-several-so" };
            let what = words.text(&format!("thing-{what}"));
            said(key, [("what", what), ("prefix", prefix.clone()), ("count", count.to_string())])
        }
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
        NodeError::EpochNotLogged(epoch) => said("node-epoch-not-logged", [("epoch", epoch.short())]),
        NodeError::GuardedOneByOne => said("node-guarded-one-by-one", []),
        NodeError::OtherKind { record, is, given } => said(
            "node-other-kind",
            [("record", record.short()), ("is", (*is).to_owned()), ("given", (*given).to_owned())],
        ),
        NodeError::BadStatements { reason } => said("node-bad-statements", [("reason", reason.clone())]),
        NodeError::Mirror(MirrorError::OtherEnd { log, size, generation }) => said(
            "node-other-end",
            [("log", (*log).to_owned()), ("size", size.to_string()), ("generation", generation.to_string())],
        ),
        NodeError::TwoTrees(two) => said(
            "node-two-histories",
            [
                ("log", two.log.word().to_owned()),
                ("who", two.witness.clone()),
                ("size", two.size.to_string()),
            ],
        ),
        NodeError::Mirror(MirrorError::OtherTree { log, size }) => {
            said("node-other-history", [("log", (*log).to_owned()), ("size", size.to_string())])
        }
        NodeError::NotLogged { what } => said("node-not-logged", [("what", what.clone())]),
        NodeError::Unreachable { reason } => said("node-files-unreachable", [("reason", reason.clone())]),
        NodeError::NoReceivers => said("node-no-receivers", []),
        NodeError::NotAReceiver { device } => said("node-not-a-receiver", [("device", device.short())]),
        NodeError::Verification(reason) => said("node-verification", [("reason", reason.clone())]),
        NodeError::File { doing, path, source } => return file(doing, path, source, words),
        NodeError::NoEvidence { device } => said("node-no-evidence", [("device", device.short())]),
        NodeError::HubNotFollowed { generation } => {
            said("node-hub-not-followed", [("generation", generation.to_string())])
        }
        NodeError::Stopped => said("node-stopped", []),
        NodeError::NoSuccessor { person } => said("node-no-successor", [("person", person.short())]),
        NodeError::BadRotation { count } => said("node-bad-rotation", [("count", count.to_string())]),
        NodeError::Travel(refusal) => of_travel(*refusal),
        NodeError::Locked => said("node-locked", []),
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

fn file(doing: &str, path: &str, source: &std::io::Error, words: Words) -> Option<Said> {
    let key = format!("file-{doing}");
    let values = [("path", path.to_owned()), ("reason", source.to_string())];
    words.find(&key, &[("path", path.into()), ("reason", "".into())]).map(|_| said(&key, values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Language, knows};
    use counterseal_node::Malformation;
    use counterseal_register::{ChainRefusal, EntryRefusal, LeafRefusal, SignatureRefusal};

    #[test]
    fn every_refusal_has_its_sentence_in_both_languages() {
        let lists = [
            Refusal::CODES,
            EntryRefusal::CODES,
            SignatureRefusal::CODES,
            ChainRefusal::CODES,
            LeafRefusal::CODES,
            PouchRefusal::CODES,
            InvitationRefusal::CODES,
            CaseworkRefusal::CODES,
            counterseal_node::ShareRefusal::CODES,
            counterseal_node::ReportRefusal::CODES,
            TrustRefusal::CODES,
        ];
        for why in Malformation::ALL {
            for language in Language::ALL {
                assert!(knows(*language, &format!("thing-wrong-{}", why.code())), "{why:?} in {language}");
            }
        }
        for code in lists.into_iter().flatten() {
            for language in Language::ALL {
                assert!(knows(*language, &format!("refusal-{code}")), "{code} in {language}");
            }
        }
    }

    #[test]
    fn a_refusal_names_what_it_is_about_in_the_readers_language() {
        let error = NodeError::Register(Refusal::NotTheGovernors { threshold: 2 });
        let french = sentence_of(&error, Words::of(Language::French));
        assert!(french.contains('2') && french.contains("gouverneurs"), "{french}");
        let error = NodeError::Register(Refusal::QuorumTooSmall { k: 3, w: 5, f: 1 });
        let french = sentence_of(&error, Words::of(Language::French));
        assert!(["3", "5", "1"].iter().all(|number| french.contains(number)), "{french}");
        let error = NodeError::Ambiguous { what: "compartment", prefix: "x".into(), count: 0 };
        assert!(sentence_of(&error, Words::of(Language::French)).contains("compartiment"));
    }
}

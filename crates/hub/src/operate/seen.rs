//! What the witnesses of an outgoing hub have seen of its logs.

use std::collections::BTreeMap;
use std::time::Duration;

use counterseal_ledger::{Frontier, Hash, SignedCheckpoint, TreeHead, VerifierKey};
use counterseal_register::{LogKind, Quorum, statement_leaf};
use counterseal_serve::{HttpClient, Method, Url};

use super::succeed::Outgoing;
use crate::config::{HubConfig, WitnessPlace};

/// How long a witness may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What witnesses said of the outgoing logs, held against the leaves that are here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WitnessesSaw {
    /// How many have answered for both logs.
    pub answered: u64,
    /// How many must, so that every quorum has one of them.
    pub needed: u64,
    /// The largest size of the statement log that one has cosigned.
    pub statements: u64,
    /// The largest size of the journal log that one has cosigned.
    pub journal: u64,
    /// Names of those that have cosigned another tree than the one that is here.
    pub differ: Vec<String>,
}

impl WitnessesSaw {
    /// Whether enough have answered.
    #[must_use]
    pub const fn is_enough(&self) -> bool {
        self.answered >= self.needed
    }
}

/// Asks the witnesses that the configuration names what they have cosigned last of the outgoing logs. Only
/// checkpoints that the logs' own keys have signed count.
pub async fn ask_witnesses(
    config: &HubConfig,
    quorum: &Quorum,
    keys: &[VerifierKey; 2],
    outgoing: &Outgoing,
) -> WitnessesSaw {
    let needed = (quorum.witnesses.len() as u64).saturating_sub(quorum.k()).saturating_add(1);
    let mut saw = WitnessesSaw { needed, ..WitnessesSaw::default() };
    let mut heads: [Vec<(String, TreeHead)>; 2] = Default::default();
    let named = |place: &&WitnessPlace| quorum.witnesses.iter().any(|one| one.name.as_str() == place.name);
    for place in config.witnesses.iter().filter(named) {
        let mut answers = 0;
        let is_empty = [outgoing.statements.is_empty(), outgoing.leaves.is_empty()];
        for ((key, heads), is_empty) in keys.iter().zip(&mut heads).zip(is_empty) {
            if let Some(head) = newest(place, key, is_empty).await {
                answers += 1;
                heads.push((place.name.clone(), head));
            }
        }
        saw.answered += u64::from(answers == keys.len());
    }
    let largest = |heads: &[(String, TreeHead)]| heads.iter().map(|(_, head)| head.size).max().unwrap_or(0);
    let [statements, journal] = &heads;
    (saw.statements, saw.journal) = (largest(statements), largest(journal));
    for (log, heads) in LogKind::ALL.iter().zip(&heads) {
        let roots = roots(*log, outgoing, heads);
        let differs = |head: &TreeHead| roots.get(&head.size).is_some_and(|root| *root != head.root);
        let differ = heads.iter().filter(|(_, head)| differs(head)).map(|(name, _)| name.clone());
        saw.differ.extend(differ);
    }
    saw.differ.sort();
    saw.differ.dedup();
    saw
}

/// The newest checkpoint of a log that a witness cosigned. That it has cosigned none is an answer only where
/// nobody has: it may have been told to forget the log, or be somebody else.
async fn newest(place: &WitnessPlace, key: &VerifierKey, is_empty: bool) -> Option<TreeHead> {
    let mut client = HttpClient::new(Url::parse(&place.url)?, place.trust(), PATIENCE).ok()?;
    let path = format!("{}/checkpoint", key.name().mirror_folder());
    match client.request(Method::GET, &path, Vec::new()).await.ok()? {
        (404, _) if is_empty => Some(TreeHead::EMPTY),
        (200, note) => {
            let signed = SignedCheckpoint::parse(&note).ok()?;
            Some(signed.verify(std::slice::from_ref(key)).ok()?.head())
        }
        _ => None,
    }
}

/// The roots that the leaves here have at the sizes that were named, as far as they reach.
fn roots(log: LogKind, outgoing: &Outgoing, heads: &[(String, TreeHead)]) -> BTreeMap<u64, Hash> {
    let wanted: std::collections::BTreeSet<u64> = heads.iter().map(|(_, head)| head.size).collect();
    let mut edge = Frontier::new();
    let mut roots = BTreeMap::from([(0, edge.root())]);
    let mut push = |leaf: &[u8]| {
        edge.push(Hash::leaf(leaf));
        if wanted.contains(&edge.size()) {
            roots.insert(edge.size(), edge.root());
        }
    };
    match log {
        LogKind::Statements => outgoing.statements.iter().for_each(|(item, _)| push(&statement_leaf(item))),
        LogKind::Journal => outgoing.leaves.iter().for_each(|(leaf, _)| push(leaf)),
    }
    roots
}

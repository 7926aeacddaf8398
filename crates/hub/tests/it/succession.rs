//! A standby takes over from a hub that is gone, and the one that is replaced takes nothing in any more.

use counterseal_hub::*;
use counterseal_ledger::{Frontier, Hash};
use counterseal_model::Timestamp;
use counterseal_register::{Bytes, Entry, LogEnd, LogKind, SucceedHub, statement_leaf};
use counterseal_sync::{Pushed, RangeSet};

use crate::client::*;
use crate::common::*;

/// A hub with a few entries, gone; a standby with keys of its own; and what a desk had of the logs.
struct Lost {
    site: Site,
    standby: HubConfig,
    public: HubPublic,
    entries: Vec<Entry>,
    outgoing: Outgoing,
}

fn end<'a>(leaves: impl Iterator<Item = &'a [u8]>) -> LogEnd {
    let mut edge = Frontier::new();
    leaves.for_each(|leaf| edge.push(Hash::leaf(leaf)));
    LogEnd { size: edge.size(), root: *edge.root().as_bytes() }
}

impl Lost {
    async fn new() -> Self {
        let site = Site::new(3).await;
        let hub = site.run().await;
        let entries = site.world.journal(&site.world.ana, 1).entries(4);
        let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        desk.push(&entries).await;
        assert_eq!(desk.finish().await.accepted.len(), 4);
        cosigned(&hub).await;
        hub.stop().await;
        let reader = StoreReader::open(&site.config.store()).unwrap();
        let rows = reader.statements(0..u64::MAX >> 1, usize::MAX).unwrap();
        let leaves = reader.leaves(0, 100).unwrap();
        let outgoing = Outgoing {
            statements: rows.into_iter().map(|row| (row.bytes, row.at)).collect(),
            leaves: leaves.into_iter().map(|leaf| (leaf, Timestamp(1_790_000_000))).collect(),
            succession: Vec::new(),
        };
        let mut standby = site.config.clone();
        standby.folder = site.folder.path().join("standby");
        let public = init(&standby, &mut rng(8)).unwrap();
        Self { site, standby, public, entries, outgoing }
    }

    fn act(&self) -> SucceedHub {
        let statements: Vec<_> =
            self.outgoing.statements.iter().map(|(item, _)| statement_leaf(item).into_owned()).collect();
        SucceedHub {
            generation: 2,
            statements: end(statements.iter().map(Vec::as_slice)),
            journal: end(self.outgoing.leaves.iter().map(|(leaf, _)| leaf.as_slice())),
            statements_key: Bytes(self.public.statements_key),
            journal_key: Bytes(self.public.journal_key),
            pins: vec![Bytes(self.public.pin)],
            extra: Default::default(),
        }
    }

    fn signed(&mut self, act: SucceedHub) -> Outgoing {
        let succession = self.site.world.signed_succession(act, 2);
        Outgoing { succession, ..self.outgoing.clone() }
    }

    fn succeed(&self, config: &HubConfig, outgoing: &Outgoing) -> Result<Succeeded, OperationFailure> {
        succeed(config, outgoing, self.site.clock.as_ref())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_goes_on_where_the_old_logs_end_and_entries_come_back_to_their_places() {
    let mut lost = Lost::new().await;
    let act = lost.act();
    let outgoing = lost.signed(act);
    let Succeeded::Begins(seeded) = lost.succeed(&lost.standby, &outgoing).unwrap() else { panic!("begins") };
    assert_eq!(seeded.statements, outgoing.statements.len() as u64 + 1);
    assert!(seeded.keys.iter().all(|key| key.name().as_str().ends_with("/2")));
    assert!(lost.succeed(&lost.standby, &outgoing).is_ok(), "twice is once");
    lost.standby.witnesses.clear();
    let hub = run_hub(&lost.standby, lost.site.clock.clone()).await.unwrap();
    let reader = StoreReader::open(&lost.standby.store()).unwrap();
    assert_eq!(reader.count_bare().unwrap(), 4);
    let mut site = lost.site;
    site.public = lost.public;
    let mut desk = Desk::open(&site, hub.address(), &site.world.ben, |_| {}).await;
    desk.push(&lost.entries[1..3]).await;
    let got = desk.finish().await;
    assert_eq!(got.welcome.unwrap().lacks, RangeSet::from(0..4), "it says what it lacks");
    assert_eq!(got.accepted.iter().map(|one| one.index).collect::<Vec<_>>(), [1, 2]);
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&lost.entries[..2]).await;
    desk.push(&[site.world.journal(&site.world.ana, 2).entry(256, 9)]).await;
    let got = desk.finish().await;
    assert_eq!(got.welcome.unwrap().lacks.ranges().collect::<Vec<_>>(), [0..1, 3..4]);
    let indices: Vec<_> = got.accepted.iter().map(|one| one.index).collect();
    assert_eq!(indices, [0, 1, 4], "known leaves keep their index, new ones go on");
    assert_eq!(got.entries.iter().map(|(leaf, _)| *leaf).filter(|leaf| *leaf == 2).count(), 1);
    assert_eq!(reader.size(LogKind::Journal).unwrap(), 5);
    assert_eq!(status(&lost.standby).unwrap().generation, Some(2));
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_begins_with_nothing_that_the_governors_did_not_name() {
    let mut lost = Lost::new().await;
    let act = lost.act();
    let refused = |lost: &Lost, outgoing: &Outgoing, what: &str| {
        let error = lost.succeed(&lost.standby, outgoing).unwrap_err().to_string();
        assert!(what.split(" | ").any(|one| error.contains(one)), "{error}");
        assert!(!lost.standby.store().exists(), "nothing is begun");
    };
    let outgoing = lost.signed(act.clone());
    let mut other = outgoing.clone();
    other.leaves[2].0[20] ^= 1;
    refused(&lost, &other, "the journal log that was given does not end at size 4");
    other.leaves.pop();
    refused(&lost, &other, "does not end");
    let mut other = outgoing.clone();
    other.statements.pop();
    // The last leaf is a time mark, or a statement that the succession follows.
    refused(&lost, &other, "must stand at index | does not stand on its chain");
    let too_few =
        Outgoing { succession: lost.site.world.signed_succession(act.clone(), 1), ..outgoing.clone() };
    refused(&lost, &too_few, "governors");
    let mut theirs = act.clone();
    theirs.statements_key = Bytes(*b"\xd7\x5a\x98\x01\x82\xb1\x0a\xb7\xd5\x4b\xfe\xd3\xc9\x64\x07\x3a\x0e\xe1\x72\xf3\xda\xa6\x23\x25\xaf\x02\x1a\x68\xf7\x07\x51\x1a");
    let outgoing = lost.signed(theirs);
    refused(&lost, &outgoing, "do not name these keys");
    let mut other_pin = act;
    other_pin.pins = vec![Bytes([7; 32])];
    let outgoing = lost.signed(other_pin);
    refused(&lost, &outgoing, "do not name these keys");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_that_is_shown_the_succession_takes_nothing_in_any_more() {
    let mut lost = Lost::new().await;
    let act = lost.act();
    let outgoing = lost.signed(act);
    // It goes on, and has more than the governors name; so the statement cannot stand in its log.
    let hub = lost.site.run().await;
    let site = &lost.site;
    let mut desk = Desk::open(site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push_statements(std::slice::from_ref(&outgoing.succession)).await;
    let got = desk.finish().await;
    assert_eq!(got.refused[0].1, "hub-superseded");
    assert_eq!(hub.sequencer().view().closed, Some("hub-superseded"));
    hub.stop().await;
    let hub = site.run().await;
    assert_eq!(hub.sequencer().view().closed, Some("hub-superseded"), "also after a start");
    let mut desk = Desk::open(site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&[site.world.journal(&site.world.ana, 2).entry(256, 9)]).await;
    let got = desk.finish().await;
    assert!(matches!(got.refused[0].0, Pushed::Entry(_)) && got.refused[0].1 == "hub-superseded");
    hub.stop().await;
    let status = status(&site.config).unwrap();
    assert_eq!((status.generation, status.superseded_by), (Some(1), Some(2)));
    // With its own configuration it is told so without a session.
    assert!(matches!(lost.succeed(&site.config, &outgoing), Ok(Succeeded::Ends { generation: 1 })));
}

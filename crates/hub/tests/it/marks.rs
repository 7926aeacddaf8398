//! What time marks decide: whether an entry came in time, and who must cosign.

use std::time::Duration;

use counterseal_hub::*;
use counterseal_ledger::*;
use counterseal_model::{Clock, SiteId, Timestamp};
use counterseal_register::{
    AssignSite, Bytes, ExtendAppointment, Freeze, Frozen, HPKE_PUBLIC_LEN, JournalLeaf, LeafType, LogKind,
    Moment, RevokePerson, SetWitnesses, TimeMark, Travel,
};

use crate::client::*;
use crate::common::*;

fn multi() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn claims(note: &[u8]) -> u64 {
    SignedCheckpoint::parse(note).unwrap().claims().head().size
}

#[test]
fn entries_taken_before_what_ends_their_epoch_are_marked_before_it_and_later_ones_after() {
    multi().block_on(async {
        let mut site = Site::new(3).await;
        site.config.mark_seconds = 3600;
        let hub = site.run().await;
        let made = site.world.statements.len() as u64;
        eventually("the first mark", || hub.sequencer().view().statements.size > made).await;
        cosigned(&hub).await;
        // Journal entries alone would wait an hour for their mark.
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        let mut journal = site.world.journal(&site.world.ana, 1);
        ana.push(&journal.entries(20)).await;
        assert_eq!(ana.finish().await.accepted.len(), 20);
        let later = journal.entries(5);
        let ben = site.world.ben.id;
        let revoke = site.world.registrars(RevokePerson { person: ben, extra: Default::default() });
        let mut registrar = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        registrar.push_statements(std::slice::from_ref(&revoke)).await;
        registrar.send().await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        ana.push(&later).await;
        assert_eq!(registrar.finish().await.accepted.len(), 1);
        assert_eq!(ana.finish().await.accepted.len(), 5);
        cosigned(&hub).await;
        let mut reader = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        let items = reader.finish().await.statements;
        assert_eq!(
            marked_before(&items, &revoke),
            Some(20),
            "all that came before it, and nothing that came after"
        );
        hub.stop().await;
    });
}

/// How much of the journal log the marks before a statement cover.
fn marked_before(items: &[Vec<u8>], statement: &[u8]) -> Option<u64> {
    let at = items.iter().position(|item| item == statement).unwrap();
    let marks = items[..at].iter().filter_map(|item| TimeMark::parse(item));
    marks.filter_map(|mark| mark.unwrap().journal).map(|note| claims(&note)).max()
}

/// One statement that was taken while the clock was five years ahead: everybody's assignment would have ended by the hub's
/// register for ever, and no mark of the journal log would be set for five years.
#[test]
fn a_clock_that_was_years_ahead_and_is_set_right_leaves_nothing_behind() {
    multi().block_on(async {
        let mut site = Site::new(3).await;
        site.config.mark_seconds = 3600;
        let (person, until) = (site.world.ana.id, Some(Timestamp(site.clock.now().0 + 300 * 86_400)));
        site.world.by_governors(ExtendAppointment { person, until, extra: Default::default() });
        let ends = site.world.statements.pop().unwrap();
        let ours = TestClock::new();
        let hub = run_hub(&site.config, std::sync::Arc::clone(&ours) as _).await.unwrap();
        let size = || hub.sequencer().view().statements.size;
        let made = site.world.statements.len() as u64;
        eventually("the first mark", || size() > made).await;
        cosigned(&hub).await;
        let ben = site.world.ben.id;
        let revoke = site.world.registrars(RevokePerson { person: ben, extra: Default::default() });
        for (statement, days) in [(ends, 0), (revoke, 5 * 365)] {
            ours.pass_days(days);
            let before = size();
            let mut registrar = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
            registrar.push_statements(&[statement]).await;
            assert_eq!(registrar.finish().await.accepted.len(), 1);
            eventually("it and a mark of it", || size() > before + 1).await;
            cosigned(&hub).await;
        }
        ours.pass_days(-5 * 365);
        let before = size();
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        ana.push(&site.world.journal(&site.world.ana, 1).entries(3)).await;
        assert_eq!(ana.finish().await.accepted.len(), 3, "her assignment has not ended");
        cosigned(&hub).await;
        ours.pass_days(1);
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        ana.push(&site.world.journal(&site.world.ana, 2).entries(3)).await;
        assert_eq!(ana.finish().await.accepted.len(), 3);
        eventually("a mark of the journal log", || size() > before).await;
        // A start reads the same.
        hub.stop().await;
        let hub = run_hub(&site.config, std::sync::Arc::clone(&ours) as _).await.unwrap();
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        ana.push(&site.world.journal(&site.world.ana, 3).entries(3)).await;
        assert_eq!(ana.finish().await.accepted.len(), 3);
        hub.stop().await;
    });
}

/// All these statements but the last, twenty entries of Ana's, and the last, before which a mark of the entries must stand.
async fn is_marked_before(statements: impl FnOnce(&mut World) -> Vec<Vec<u8>>) {
    let mut site = Site::new(3).await;
    site.config.mark_seconds = 3600;
    let hub = site.run().await;
    let made = site.world.statements.len() as u64;
    eventually("the first mark", || hub.sequencer().view().statements.size > made).await;
    cosigned(&hub).await;
    let statements = statements(&mut site.world);
    let (last, before) = statements.split_last().unwrap();
    let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    if !before.is_empty() {
        ana.push_statements(before).await;
    }
    ana.push(&site.world.journal(&site.world.ana, 1).entries(20)).await;
    assert_eq!(ana.finish().await.accepted.len(), 20 + before.len());
    let mut registrar = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
    registrar.push_statements(std::slice::from_ref(last)).await;
    assert_eq!(registrar.finish().await.accepted.len(), 1);
    cosigned(&hub).await;
    let mut reader = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
    let items = reader.finish().await.statements;
    assert_eq!(marked_before(&items, last), Some(20), "what the hub had accepted before is not late");
    hub.stop().await;
}

#[test]
fn what_was_accepted_before_a_trip_is_not_late_by_it() {
    multi().block_on(is_marked_before(|world| {
        let extra = Default::default();
        let hpke = Bytes([0; HPKE_PUBLIC_LEN]);
        let (person, device) = (world.ana.id, world.ana.device.id());
        vec![world.anas(Travel { person, device, hpke, compartments: vec![MISSION_WIDE], extra })]
    }));
}

#[test]
fn what_was_accepted_before_its_author_came_to_a_frozen_site_is_not_late_by_it() {
    multi().block_on(is_marked_before(|world| {
        let site = Some(SiteId::from_bytes([8; 16]));
        let come = |person| AssignSite { person, site, extra: Default::default() };
        let (ana, ben) = (world.ana.id, world.ben.id);
        let first = world.registrars(come(ben));
        let subject = Frozen::Site(SiteId::from_bytes([8; 16]));
        let freeze = world.registrars(Freeze { subject, extra: Default::default() });
        vec![first, freeze, world.registrars(come(ana))]
    }));
}

/// A trustee releases nothing by a statement log that nobody has cosigned for five minutes.
#[test]
fn a_request_to_open_has_a_mark_set_where_entries_would_wait() {
    multi().block_on(async {
        let mut site = Site::new(3).await;
        site.config.mark_seconds = 30 * 86_400;
        let hub = site.run().await;
        let made = site.world.statements.len() as u64;
        let size = || hub.sequencer().view().statements.size;
        eventually("the first mark", || size() > made).await;
        cosigned(&hub).await;
        site.clock.pass_days(1);
        let before = size();
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        ana.push(&site.world.journal(&site.world.ana, 1).entries(3)).await;
        assert_eq!(ana.finish().await.accepted.len(), 3);
        cosigned(&hub).await;
        assert_eq!(size(), before, "entries alone wait for their month");
        let device = site.world.ana.device.id();
        let leaf = JournalLeaf::committing(LeafType::Opening, 1, [7; 32]).unwrap();
        hub.sequencer().push(vec![Push::Leaf { device, leaf }]).await;
        eventually("a mark at once", || size() == before + 1).await;
        cosigned(&hub).await;
        // Another within two minutes needs none.
        let leaf = JournalLeaf::committing(LeafType::Opening, 1, [8; 32]).unwrap();
        hub.sequencer().push(vec![Push::Leaf { device, leaf }]).await;
        cosigned(&hub).await;
        assert_eq!(size(), before + 1);
        hub.stop().await;
    });
}

#[test]
fn what_restricts_waits_two_seconds_for_witnesses_that_do_not_answer_and_the_next_one_not_at_all() {
    multi().block_on(async {
        let mut site = Site::new(3).await;
        for witness in &mut site.config.witnesses {
            witness.url = "http://127.0.0.1:9/".to_owned();
        }
        let hub = site.run().await;
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        ana.push(&site.world.journal(&site.world.ana, 1).entries(3)).await;
        assert_eq!(ana.finish().await.accepted.len(), 3);
        let mut waited = Vec::new();
        for person in [site.world.ben.id, site.world.ana.id] {
            let revoke = site.world.registrars(RevokePerson { person, extra: Default::default() });
            let mut registrar = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
            let begun = tokio::time::Instant::now();
            registrar.push_statements(&[revoke]).await;
            assert_eq!(registrar.finish().await.accepted.len(), 1);
            waited.push(begun.elapsed());
        }
        assert!(waited[0] >= Duration::from_millis(1900) && waited[0] < Duration::from_secs(6), "{waited:?}");
        assert!(waited[1] < Duration::from_millis(1500), "{waited:?}");
        hub.stop().await;
    });
}

#[test]
fn the_hub_changes_witnesses_when_the_log_says_so_and_not_when_its_clock_does() {
    multi().block_on(async {
        let mut site = Site::new(3).await;
        let mut incoming: Vec<_> = (10..13).map(TestWitness::new).collect();
        let outgoing = site.world.register.log_policy(site.world.register.last()).unwrap();
        for witness in &mut incoming {
            witness.run(&site.keys, &site.clock).await;
            site.config.witnesses.push(witness.place());
        }
        let (trustees, independents, faults, weak) = (0, 2, 0, true);
        let witnesses = incoming.iter().map(TestWitness::registered).collect();
        let extra = Default::default();
        site.world.by_governors(SetWitnesses { witnesses, trustees, independents, faults, weak, extra });
        let change = site.world.statements.pop().unwrap();
        let last = site.world.register.last().position;
        let policy = site.world.register.log_policy(Moment::new(last, Timestamp(i64::MAX))).unwrap();
        // The hub's clock is five years ahead of its witnesses'.
        let ahead = TestClock::new();
        ahead.pass_days(5 * 365);
        let hub = run_hub(&site.config, std::sync::Arc::clone(&ahead) as _).await.unwrap();
        let mut registrar = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
        registrar.push_statements(&[change]).await;
        assert_eq!(registrar.finish().await.accepted.len(), 1);
        cosigned(&hub).await;
        ahead.pass_days(30);
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        ana.push(&site.world.journal(&site.world.ana, 1).entries(3)).await;
        assert_eq!(ana.finish().await.accepted.len(), 3);
        cosigned(&hub).await;
        let newest = |log| {
            let view = hub.sequencer().view();
            let note = view.log(log).cosigned.clone().unwrap().1;
            SignedCheckpoint::parse(note.as_bytes()).unwrap()
        };
        for log in [LogKind::Statements, LogKind::Journal] {
            assert!(outgoing.evaluate(newest(log)).is_ok(), "by its clock it would have changed");
            assert!(policy.evaluate(newest(log)).is_err());
        }
        // Eight days pass for the witnesses. The outgoing ones cosign the mark that says so; then the others count.
        site.clock.pass_days(8);
        let ben = site.world.ben.id;
        let revoke = site.world.registrars(RevokePerson { person: ben, extra: Default::default() });
        let mut registrar = Desk::open(&site, hub.address(), &site.world.registrar, |_| {}).await;
        registrar.push_statements(&[revoke]).await;
        assert_eq!(registrar.finish().await.accepted.len(), 1);
        eventually("the incoming witnesses have cosigned", || {
            policy.evaluate(newest(LogKind::Statements)).is_ok()
        })
        .await;
        let mut ana = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
        ana.push(&site.world.journal(&site.world.ana, 2).entries(3)).await;
        assert_eq!(ana.finish().await.accepted.len(), 3);
        cosigned(&hub).await;
        assert!(policy.evaluate(newest(LogKind::Journal)).is_ok());
        // A start reads the same from the store.
        hub.stop().await;
        let hub = run_hub(&site.config, std::sync::Arc::clone(&ahead) as _).await.unwrap();
        let view = hub.sequencer().view();
        for log in [LogKind::Statements, LogKind::Journal] {
            let now = view.policy(log, u64::MAX).unwrap();
            assert_eq!(*now, policy);
        }
        assert_eq!(*view.policy(LogKind::Statements, 1).unwrap(), outgoing);
        hub.stop().await;
    });
}

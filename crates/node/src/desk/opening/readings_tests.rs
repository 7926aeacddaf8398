//! What was read offline reaches every trustee in the end, in order, and none of it is said twice.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::Timestamp;
use counterseal_register::{
    Ahead, Bytes, Code, JournalLeaf, KeyId, Notice, Outcome, ReadingSeen, Readings, SignedBody,
    TrusteeAnswer, TrusteeCall, sha256,
};

use super::outside::{Outside, sealed_from};
use super::tests::{Held, held_by};
use crate::desk::Desk;
use crate::desk::guarded::tests::decoys::{notice, tell};
use crate::desk::guarded::tests::{NOW, Played};
use crate::link::LinkError;

const SOON: Timestamp = Timestamp(NOW + 60);

/// Trustees that keep chains as real ones do.
struct Line<'a> {
    trustees: &'a [Played],
    log: bool,
    away: BTreeSet<KeyId>,
    leaves: Vec<[u8; 38]>,
    chains: BTreeMap<KeyId, Vec<Vec<u8>>>,
    /// How many letters came.
    came: usize,
}

impl<'a> Line<'a> {
    fn new(trustees: &'a [Played]) -> Self {
        let (away, chains) = (BTreeSet::new(), BTreeMap::new());
        Self { trustees, log: true, away, leaves: Vec::new(), chains, came: 0 }
    }

    fn take(&mut self, trustee: KeyId, bytes: &[u8]) -> Option<&'static str> {
        let prev = SignedBody::<Readings>::parse(bytes).unwrap().claims().prev.0;
        let chain = self.chains.entry(trustee).or_default();
        if chain.iter().any(|known| known == bytes) {
            return None;
        }
        if chain.last().map_or([0; 32], |last| sha256(&[last])) != prev {
            let forks = prev == [0; 32] || chain.iter().any(|known| sha256(&[known]) == prev);
            return Some(if forks { "readings-forked" } else { "readings-missing" });
        }
        chain.push(bytes.to_vec());
        None
    }
}

impl Outside for Line<'_> {
    fn push_leaf(&mut self, _: &Desk, leaf: &JournalLeaf) -> Result<u64, LinkError> {
        if !self.log {
            return Err(LinkError::Silent);
        }
        let bytes = leaf.to_bytes();
        let place = self.leaves.iter().position(|known| *known == bytes);
        Ok(place.unwrap_or_else(|| {
            self.leaves.push(bytes);
            self.leaves.len() - 1
        }) as u64)
    }

    fn prove_leaf(&mut self, _: &Desk, _: &JournalLeaf, index: u64) -> Result<Vec<u8>, LinkError> {
        Ok(format!("proof of {index}").into_bytes())
    }

    fn call(
        &mut self,
        desk: &Desk,
        calls: Vec<(KeyId, TrusteeCall)>,
        heard: &mut dyn FnMut(KeyId, Result<TrusteeAnswer, LinkError>) -> bool,
    ) {
        for (trustee, call) in calls {
            if self.away.contains(&trustee) {
                heard(trustee, Err(LinkError::Silent));
                continue;
            }
            let TrusteeCall::Letter { sealed, receipt } = call else { panic!("another call") };
            assert!(!receipt.0.is_empty(), "its leaf first");
            let secrets = &self.trustees.iter().find(|one| one.id() == trustee).unwrap().secrets;
            let bytes = secrets.open_fact(desk.mission(), &sealed_from(&sealed).unwrap()).unwrap();
            self.came += 1;
            let answer = match self.take(trustee, &bytes) {
                None => TrusteeAnswer::Done {},
                Some(code) => TrusteeAnswer::NotNow { code: Code::parse(code).unwrap() },
            };
            heard(trustee, Ok(answer));
        }
    }
}

/// A desk with one part opened ahead twice, for two purposes.
fn opened_ahead(seed: u64) -> (Held, Vec<Played>) {
    let mut held = held_by(seed, 2, 3);
    let until = Timestamp(NOW + 900_000);
    let ahead = Ahead { until, reason: Code::parse("road-trip").unwrap(), extra: Default::default() };
    open_ahead(&mut held, 1, &ahead);
    let trustees = std::mem::take(&mut held.world.trustees);
    (held, trustees)
}

fn open_ahead(held: &mut Held, number: u8, ahead: &Ahead) {
    let asked = held.ask(number, Some(ahead.clone()));
    let heard = held.hear(&asked, vec![held.good(0, &asked), held.good(1, &asked)]);
    held.world.desk.keep_request(&asked, u64::from(number), b"proof").unwrap();
    held.open(&asked, &heard).unwrap();
}

fn read(held: &mut Held, times: usize) {
    for _ in 0..times {
        held.world.pass(1);
        let part = held.part;
        held.world.desk.read_ahead(part, SOON).unwrap();
    }
}

#[test]
fn every_reading_reaches_every_trustee_once_and_in_order() {
    let (mut held, trustees) = opened_ahead(1_301);
    let mut line = Line::new(&trustees);
    read(&mut held, 2);
    line.log = false;
    let sent = held.world.desk.say_readings(&mut line).unwrap();
    assert_eq!((sent.told, sent.due, line.came), (0, 2, 0), "without the log nobody hears anything");
    let (first, second) = (trustees[0].id(), trustees[1].id());
    (line.log, line.away) = (true, [first].into());
    read(&mut held, 1);
    let sent = held.world.desk.say_readings(&mut line).unwrap();
    assert_eq!((sent.told, sent.due, line.came), (3, 0, 4), "two trustees are enough to count");
    assert!(held.world.desk.has_readings_due().unwrap(), "the third is owed it");
    line.away = [second].into();
    read(&mut held, 1);
    held.world.desk.say_readings(&mut line).unwrap();
    line.away.clear();
    let sent = held.world.desk.say_readings(&mut line).unwrap();
    assert_eq!((sent.due, sent.refused.len()), (0, 0));
    assert!(!held.world.desk.has_readings_due().unwrap());
    let came = line.came;
    held.world.desk.say_readings(&mut line).unwrap();
    assert_eq!((line.came, line.leaves.len()), (came, 3), "nothing is sent twice");
    let chain = line.chains[&first].clone();
    assert!(line.chains.values().all(|other| *other == chain), "one chain for all");
    let said: Vec<Readings> =
        chain.iter().map(|bytes| SignedBody::<Readings>::parse(bytes).unwrap().claims().clone()).collect();
    assert_eq!(said.iter().map(|one| one.parts.len()).collect::<Vec<_>>(), [2, 1, 1]);
    assert!(said.iter().all(|one| one.purpose.as_str() == "case-follow-up"));
    let times: Vec<i64> = said.iter().flat_map(|one| &one.times).map(|time| time.0 - NOW).collect();
    assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
}

#[test]
fn what_two_requests_opened_is_said_apart() {
    let (mut held, trustees) = opened_ahead(1_302);
    read(&mut held, 2);
    held.world.trustees = trustees;
    let until = Timestamp(NOW + 900_000);
    let ahead = Ahead { until, reason: Code::parse("road-trip").unwrap(), extra: Default::default() };
    open_ahead(&mut held, 2, &ahead);
    let trustees = std::mem::take(&mut held.world.trustees);
    read(&mut held, 1);
    let mut line = Line::new(&trustees);
    assert_eq!(held.world.desk.say_readings(&mut line).unwrap().told, 3);
    let chain = &line.chains[&trustees[0].id()];
    let opening = |bytes: &Vec<u8>| SignedBody::<Readings>::parse(bytes).unwrap().claims().opening;
    assert_eq!((chain.len(), opening(&chain[0]) == opening(&chain[1])), (2, false));
}

#[test]
fn a_trustee_that_lacks_what_it_once_took_is_told_all_of_it_again() {
    let (mut held, trustees) = opened_ahead(1_303);
    let mut line = Line::new(&trustees);
    for _ in 0..2 {
        read(&mut held, 1);
        held.world.desk.say_readings(&mut line).unwrap();
    }
    let whole = line.chains.remove(&trustees[2].id()).unwrap();
    read(&mut held, 1);
    let sent = held.world.desk.say_readings(&mut line).unwrap();
    assert!(sent.refused.is_empty(), "{:?}", sent.refused);
    let chain = &line.chains[&trustees[2].id()];
    assert_eq!((chain.len(), &chain[..2]), (3, whole.as_slice()));
}

#[test]
fn what_a_trustee_refuses_is_shown_by_its_id_and_stays_due() {
    let (mut held, trustees) = opened_ahead(1_304);
    let mut line = Line::new(&trustees);
    read(&mut held, 1);
    held.world.desk.say_readings(&mut line).unwrap();
    // Another copy of this desk has said something else since.
    let other = line.chains[&trustees[1].id()].clone();
    let prev = Bytes(sha256(&[&other[0]]));
    let said = SignedBody::<Readings>::parse(&other[0]).unwrap().claims().clone();
    let fork = Readings { prev, id: Bytes([9; 32]), ..said };
    let device = &held.world.desk.secrets;
    let label = counterseal_register::Label::OPENING_READINGS;
    let signed = counterseal_seal::sign_statement(&fork.payload(), label, &[device]).unwrap();
    line.chains.get_mut(&trustees[1].id()).unwrap().push(signed.bytes().to_vec());
    read(&mut held, 1);
    let sent = held.world.desk.say_readings(&mut line).unwrap();
    let refused: Vec<_> = sent.refused.into_iter().collect();
    assert_eq!(refused, [(trustees[1].id(), "readings-forked".to_owned())]);
    assert!(held.world.desk.has_readings_due().unwrap());
}

#[test]
fn what_others_read_is_shown_with_its_times_and_needs_its_leaf() {
    let (mut held, trustees) = opened_ahead(1_305);
    let desk = &held.world.desk;
    let seen = ReadingSeen { part: held.part, time: Timestamp(NOW + 5), extra: Default::default() };
    let told = Notice {
        outcome: Outcome::Read,
        readings: vec![seen],
        opening: Some(Bytes([7; 32])),
        leaf: Some(4),
        ..notice(&trustees[0], desk, 1, desk.device(), &[held.part])
    };
    let forked = Notice {
        outcome: Outcome::Refused,
        request: Bytes([8; 32]),
        counter: 2,
        refused: Code::parse("readings-forked"),
        ..told.clone()
    };
    for one in [told, forked] {
        tell(&trustees[0], &mut held.world.desk, one);
    }
    let views = held.world.desk.notices().unwrap();
    assert!(views.iter().all(super::NoticeView::is_reading));
    let (read, forked) = match views[0].notice.outcome {
        Outcome::Read => (&views[0], &views[1]),
        _ => (&views[1], &views[0]),
    };
    assert_eq!(read.notice.readings[0].time, Timestamp(NOW + 5));
    assert!(!read.is_forked() && forked.is_forked());
    assert!(read.lacks_leaf(), "no leaf of the log shows it");
    let sql = "INSERT INTO leaf (no, bytes) VALUES (4, ?1)";
    let leaf = |kind| JournalLeaf::new(kind, 1, &[0; 32], b"x").unwrap().to_bytes();
    for (kind, lacks) in
        [(counterseal_register::LeafType::Opening, true), (counterseal_register::LeafType::Readings, false)]
    {
        let store = &mut held.world.desk.store;
        store
            .commit(|tx| {
                tx.execute("DELETE FROM leaf", [])?;
                Ok::<_, crate::NodeError>(tx.execute(sql, [leaf(kind)])?)
            })
            .unwrap();
        let views = held.world.desk.notices().unwrap();
        assert_eq!(
            views.iter().find(|view| view.notice.outcome == Outcome::Read).unwrap().lacks_leaf(),
            lacks
        );
    }
}

#[test]
fn a_request_whose_notices_are_held_back_goes_along_with_its_readings_and_no_other_does() {
    let (mut held, trustees) = opened_ahead(1_306);
    read(&mut held, 1);
    held.world.trustees = trustees;
    let until = Timestamp(NOW + 900_000);
    let ahead = Ahead { until, reason: Code::parse("road-trip").unwrap(), extra: Default::default() };
    let mut asked = held.ask(2, Some(ahead));
    asked.request.delay_until = Some(Timestamp(NOW + 50_000));
    let device = &held.world.desk.secrets;
    let label = counterseal_register::Label::OPENING_REQUEST;
    let signed = counterseal_seal::sign_statement(&asked.request.payload(), label, &[device]).unwrap();
    (asked.bytes, asked.hash) = (signed.bytes().to_vec(), sha256(&[signed.bytes()]));
    let heard = held.hear(&asked, vec![held.good(0, &asked), held.good(1, &asked)]);
    held.world.desk.keep_request(&asked, 2, b"proof").unwrap();
    held.open(&asked, &heard).unwrap();
    let trustees = std::mem::take(&mut held.world.trustees);
    let mut line = Line::new(&trustees);
    for seconds in [1, 60_000] {
        held.world.pass(seconds);
        read(&mut held, 1);
        held.world.desk.say_readings(&mut line).unwrap();
    }
    let shown = |bytes: &Vec<u8>| SignedBody::<Readings>::parse(bytes).unwrap().claims().request.clone();
    let shown: Vec<_> = line.chains[&trustees[0].id()].iter().map(shown).collect();
    assert_eq!(shown, [None, Some(counterseal_register::Blob(asked.bytes)), None]);
}

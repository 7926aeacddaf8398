//! Decoy records, over two desks and trustees that are played.

use counterseal_model::{DeviceId, PersonId, SectionId};
use counterseal_register::{DecoysPlanted, JournalLeaf, Notice, Office, Outcome, PartRef, SealedTo};
use counterseal_seal::seal_notice;

use super::*;
use crate::desk::opening::Outside;
use crate::desk::statements::recipient;
use crate::link::LinkError;
use crate::{By, DecoyFailure, DecoyState, Filter, Sort, is_decoy};

/// Trustees that keep mail.
#[derive(Default)]
pub(super) struct Mail(pub(super) Vec<(DeviceId, SealedTo)>);

impl Outside for Mail {
    fn push_leaf(&mut self, _: &Desk, _: &JournalLeaf) -> Result<u64, LinkError> {
        Err(LinkError::Silent)
    }
    fn prove_leaf(&mut self, _: &Desk, _: &JournalLeaf, _: u64) -> Result<Vec<u8>, LinkError> {
        Err(LinkError::Silent)
    }
    fn call(
        &mut self,
        _: &Desk,
        calls: Vec<(KeyId, TrusteeCall)>,
        heard: &mut dyn FnMut(KeyId, Result<TrusteeAnswer, LinkError>) -> bool,
    ) {
        for (trustee, call) in calls {
            let TrusteeCall::Mail { to, sealed } = call else { continue };
            self.0.push((to, sealed));
            heard(trustee, Ok(TrusteeAnswer::Done {}));
        }
    }
}

/// A piece of post reaches a desk, as if it had been fetched.
fn arrive(desk: &mut Desk, trustee: KeyId, notice: bool, sealed: &SealedTo) {
    desk.store
        .commit(|tx| {
            tx.execute(
                "INSERT INTO trustee_post (trustee, place, notice, enc, ciphertext)
                 SELECT ?1, 1 + coalesce(max(place), 0), ?2, ?3, ?4 FROM trustee_post WHERE trustee = ?1",
                (trustee.0, notice, &sealed.enc.0, &sealed.ciphertext.0),
            )?;
            Ok::<_, NodeError>(())
        })
        .unwrap();
    desk.open_post().unwrap();
}

/// What a trustee tells a desk of a request; the hub has not shown the leaf.
pub(in crate::desk) fn tell(world: &Played, to: &mut Desk, notice: Notice) {
    let signed = world.signed(&notice.payload(), Label::TRUSTEE_NOTICE);
    let device = to.device();
    let recipient = recipient(&to.register, device, to.moment()).unwrap();
    let sealed = seal_notice(&mut rng(notice.counter), to.mission(), world.id(), recipient, &signed).unwrap();
    let sealed = SealedTo {
        enc: Blob(sealed.enc.to_vec()),
        ciphertext: Blob(sealed.ciphertext),
        extra: Default::default(),
    };
    arrive(to, world.id(), true, &sealed);
}

pub(in crate::desk) fn notice(
    world: &Played,
    desk: &Desk,
    counter: u64,
    reader: DeviceId,
    parts: &[PartRef],
) -> Notice {
    Notice {
        mission: desk.mission(),
        trustee: world.id(),
        decision: Bytes([counter as u8; 32]),
        counter,
        request: Bytes([counter as u8; 32]),
        id: Bytes([counter as u8; 32]),
        leaf: Some(counter),
        reader,
        purpose: Code::parse("case-work").unwrap(),
        case: None,
        asked: parts.len() as u64,
        parts: parts.to_vec(),
        outcome: Outcome::Released,
        refused: None,
        emergency: false,
        ahead: None,
        delayed_until: None,
        approvals: Vec::new(),
        time: desk.now(),
        made: desk.now(),
        readings: Vec::new(),
        opening: None,
        extra: Default::default(),
    }
}

impl World {
    pub(super) fn appoint(&mut self, person: PersonId, office: Office, section: Option<SectionId>) {
        self.desk.appoint_officer(person, office, section, None, &[&self.governor.secrets]).unwrap();
    }

    fn statements_to(&self, desk: &mut Desk) {
        desk.take_statements(&self.desk.statements_file().unwrap()).unwrap();
    }

    fn keys_to(&mut self, desk: &mut Desk) {
        let compartment = self.compartment;
        for trustee in &mut self.trustees {
            let object = trustee.key(desk, compartment, 1);
            assert_eq!(answer(desk, trustee.id(), keys_of(compartment), vec![object]).keys, 1);
        }
    }

    /// Mail for the watch officer's device reaches it.
    fn deliver_home(&mut self, mail: &Mail) {
        let (trustee, own) = (self.trustees[0].id(), self.desk.device());
        for (_, sealed) in mail.0.iter().filter(|(device, _)| *device == own) {
            arrive(&mut self.desk, trustee, false, sealed);
        }
    }

    /// Mail for a desk's device reaches it.
    fn deliver(&self, mail: &Mail, to: &mut Desk) {
        let own = to.device();
        for (_, sealed) in mail.0.iter().filter(|(device, _)| *device == own) {
            arrive(to, self.trustees[0].id(), false, sealed);
        }
    }
}

/// What a desk shows of what it has: numbers, records, files.
fn shown(desk: &mut Desk) -> (usize, usize, usize) {
    let stats = desk.stats(&Filter::default(), &[By::Year]).unwrap().len();
    let found = desk.find(&Filter::default(), Sort::default(), 1000).unwrap().len();
    let notes = desk.tagged_notes("decoy-record").unwrap().len();
    (stats, found, notes)
}

/// A watch officer's world with a member who can plant.
fn planted(seed: u64, count: usize) -> (World, Desk, tempfile::TempDir) {
    let mut world = world(seed, 2, 3, HoldRule::None);
    let dir = TempDir::new().unwrap();
    let mut planter = member(&mut world, &Home::open(dir.path()).unwrap(), seed + 50);
    let (watch, section) = (world.desk.person(), world.desk.make_section_id());
    world.appoint(watch, Office::Watch, None);
    world.desk.assign_section(&[planter.person()], Some(section)).unwrap();
    world.appoint(watch, Office::Review, Some(section));
    world.statements_to(&mut planter);
    world.keys_to(&mut planter);
    let compartment = world.compartment;
    for n in 0..3 {
        let class = Classification::StrictlyConfidential;
        planter.record_new(compartment, source(&format!("{SECRET} {n}")), class).unwrap();
    }
    let plan = world.desk.plan_decoys(compartment, count).unwrap();
    world.desk.instruct_decoys(compartment, &plan, None).unwrap();
    (world, planter, dir)
}

/// Entries of a desk as another one takes them.
fn sent(desk: &Desk) -> Vec<Arrived> {
    let given = desk.unlogged().unwrap().into_iter().map(|no| desk.entry(no).unwrap());
    given.map(|given| Arrived { entry: given.entry, urgency: given.urgency }).collect()
}

#[test]
fn a_decoy_is_planted_unseen_and_its_opening_raises_an_alarm_though_the_hub_shows_nothing() {
    let (mut world, mut planter, dir) = planted(300, 2);
    let before = shown(&mut planter);
    let mut mail = Mail::default();
    world.desk.tend_decoys(&mut mail).unwrap();
    assert_eq!(mail.0.len(), 3, "each trustee keeps it");
    world.deliver(&mail, &mut planter);
    let mut report = Mail::default();
    planter.tend_decoys(&mut report).unwrap();
    let all = headers(&planter);
    assert_eq!(all.len(), 5);
    world.deliver_home(&report);
    let decoys = world.desk.decoys().unwrap();
    assert_eq!(decoys.iter().map(|one| one.state).collect::<Vec<_>>(), [DecoyState::Unseen; 2]);
    assert_eq!(world.desk.decoys_awaited().unwrap(), (0, 0));

    // Nothing but the sealed content tells them from the others, and nothing of them shows anywhere.
    let lengths: std::collections::BTreeSet<_> = sent(&planter)
        .iter()
        .filter(|one| one.entry.ciphertexts[0].len() > 1000)
        .map(|one| (one.entry.header.len(), one.entry.ciphertexts.iter().map(Vec::len).collect::<Vec<_>>()))
        .collect();
    assert_eq!(lengths.len(), 1, "{lengths:?}");
    assert_eq!(shown(&mut planter), before);
    assert!(planter.decoys().unwrap().is_empty());
    assert!(is_nowhere(&mut planter, dir.path(), "decoy record of the watch"), "not on the planting desk");
    let kept = planter.store.read(|db| crate::desk::local::beginning(db, "decoy-todo/")).unwrap();
    assert!(kept.is_empty(), "after the report it does not know either");
    world.desk.take_entries(&sent(&planter)).unwrap();
    let before = shown(&mut world.desk);
    assert_eq!(before.2, 0);
    let decoys = world.desk.decoys().unwrap();
    assert_eq!(decoys.iter().map(|one| one.state).collect::<Vec<_>>(), [DecoyState::There; 2]);

    // A trustee tells of a record, then of a decoy that was refused; the hub withholds both leaves.
    let record = all.iter().map(|header| planter.reader().verify(header).unwrap().id());
    let record = record.into_iter().find(|id| decoys.iter().all(|one| one.entry != *id)).unwrap();
    let part = |entry| PartRef { entry, index: 0 };
    let trustee = &world.trustees[1];
    let told = notice(trustee, &world.desk, 1, planter.device(), &[part(record)]);
    tell(trustee, &mut world.desk, told);
    assert!(world.desk.decoy_alarms().unwrap().is_empty(), "a record is no decoy");
    let told = notice(trustee, &world.desk, 2, planter.device(), &[part(decoys[0].entry)]);
    tell(trustee, &mut world.desk, Notice { outcome: Outcome::Refused, ..told });
    let alarms = world.desk.decoy_alarms().unwrap();
    let [alarm] = alarms.as_slice() else { panic!("{alarms:?}") };
    assert_eq!((alarm.reader, alarm.asked, alarm.released), (Some(planter.person()), 1, (0, 1)));
    assert!(!alarm.logged && !alarm.seen);
    world.desk.see_to_alarm(&hex::encode(alarm.request)).unwrap();
    assert!(world.desk.decoy_alarms().unwrap()[0].seen);
}

#[test]
fn what_it_says_when_it_is_open_is_that_it_is_a_decoy() {
    let (mut world, mut planter, _dir) = planted(330, 1);
    let mut mail = Mail::default();
    world.desk.tend_decoys(&mut mail).unwrap();
    world.deliver(&mail, &mut planter);
    planter.tend_decoys(&mut Mail::default()).unwrap();
    let header = headers(&planter).pop().unwrap();
    let author = planter.register().device_keys(planter.device()).unwrap().clone();
    for trustee in &mut world.trustees {
        trustee.take(&planter.register, &author, &header);
    }
    world.desk.take_entries(&sent(&planter)).unwrap();
    let plaintext = open(&world, &header, 0, &[0, 2]).unwrap();
    assert!(is_decoy(&counterseal_model::cbor::from_bytes_strict(&plaintext).unwrap()));
    let class = Classification::StrictlyConfidential;
    let other = Part::first(RecordId::from_bytes([1; 16]), source("a"), Timestamp(0), class);
    assert!(!is_decoy(&other));
}

#[test]
fn an_instruction_counts_once_and_only_of_a_watch_officer() {
    let (mut world, mut planter, _dir) = planted(360, 1);
    let mut mail = Mail::default();
    world.desk.tend_decoys(&mut mail).unwrap();
    world.deliver(&mail, &mut planter);
    planter.tend_decoys(&mut Mail::default()).unwrap();
    assert_eq!(headers(&planter).len(), 4);
    world.deliver(&mail, &mut planter);
    planter.tend_decoys(&mut Mail::default()).unwrap();
    assert_eq!(headers(&planter).len(), 4, "a trustee that sends it again gets nothing for it");

    let plan = world.desk.plan_decoys(world.compartment, 1).unwrap();
    world.desk.instruct_decoys(world.compartment, &plan, None).unwrap();
    let watch = world.desk.person();
    world.desk.dismiss_officer(watch, Office::Watch, None, &[&world.governor.secrets]).unwrap();
    world.statements_to(&mut planter);
    let mut mail = Mail::default();
    world.desk.tend_decoys(&mut mail).unwrap();
    world.deliver(&mail, &mut planter);
    planter.tend_decoys(&mut Mail::default()).unwrap();
    assert_eq!(headers(&planter).len(), 4, "whoever is no watch officer any more plants nothing");
    assert!(world.desk.decoys().unwrap().is_empty(), "and sees no list");
}

#[test]
fn a_desk_that_calls_anothers_record_a_decoy_raises_nothing() {
    let (mut world, planter, _dir) = planted(390, 1);
    world.give_keys(1);
    world.write("a record of the watch officer's own");
    let entry = world.desk.reader().verify(&world.headers().pop().unwrap()).unwrap().id();
    let kept = world.desk.store.read(|db| crate::desk::local::beginning(db, "decoy-sent/")).unwrap();
    let mut id = [0; 16];
    hex::decode_to_slice(kept[0].0.strip_prefix("decoy-sent/").unwrap(), &mut id).unwrap();
    let report = DecoysPlanted {
        mission: planter.mission(),
        planter: planter.device(),
        instruction: Bytes(id),
        entries: vec![entry],
        made: planter.now(),
        extra: Default::default(),
    };
    let signed = sign_statement(&report.payload(), Label::DECOYS_PLANTED, &[&planter.secrets]).unwrap();
    world.desk.take_planted(signed.bytes()).unwrap();
    assert_eq!(world.desk.decoys().unwrap()[0].state, DecoyState::Wrong);
    let trustee = &world.trustees[1];
    let told = notice(trustee, &world.desk, 1, planter.device(), &[PartRef { entry, index: 0 }]);
    tell(trustee, &mut world.desk, told);
    assert!(world.desk.decoy_alarms().unwrap().is_empty());
}

#[test]
fn decoys_are_refused_where_nobody_would_be_told() {
    let mut world = world(420, 2, 3, HoldRule::None);
    let dir = TempDir::new().unwrap();
    let planter = member(&mut world, &Home::open(dir.path()).unwrap(), 470);
    let refused = |desk: &mut Desk, compartment, count| match desk.plan_decoys(compartment, count) {
        Err(NodeError::Decoy(failure)) => failure,
        other => panic!("{other:?}"),
    };
    let compartment = world.compartment;
    assert_eq!(refused(&mut world.desk, compartment, 1), DecoyFailure::NotWatch);
    let (watch, section) = (world.desk.person(), world.desk.make_section_id());
    world.appoint(watch, Office::Watch, None);
    let open = world.desk.find_compartment("incidents").unwrap();
    assert!(matches!(refused(&mut world.desk, open, 1), DecoyFailure::NotGuarded { .. }));
    assert!(matches!(refused(&mut world.desk, compartment, 1), DecoyFailure::NoDesks { .. }));
    world.desk.assign_section(&[planter.person()], Some(section)).unwrap();
    assert!(matches!(refused(&mut world.desk, compartment, 1), DecoyFailure::NoDesks { .. }), "not told");
    world.appoint(watch, Office::Review, Some(section));
    assert!(matches!(refused(&mut world.desk, compartment, 65), DecoyFailure::BadCount { most: 64, .. }));
    let plan = world.desk.plan_decoys(compartment, 3).unwrap();
    let seen = world.desk.instruct_decoys(compartment, &plan, Some(compartment));
    assert!(matches!(seen, Err(NodeError::Decoy(DecoyFailure::ListSeen { strangers: 1, .. }))));
    world.desk.instruct_decoys(compartment, &plan, Some(open)).unwrap();
}

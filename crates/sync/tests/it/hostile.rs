//! What hostile hubs and desks try, and the name under which each is refused.

use std::collections::BTreeSet;

use counterseal_model::{EntryId, MissionId, StatementId};
use counterseal_register::Entry;
use counterseal_sync::{
    Acceptance, Accepted, AcceptedRun, Beat, Budget, Code, Data, DeskEvent, DeskSession, Done, Ended,
    EntryPart, Frame, FrameType, Grown, Held, Hello, HubEvent, HubRequest, HubSession, Leaves, Left, List,
    PackedEntries, Packer, PartialPull, PushPart, Pushed, Refused, SessionRefusal, Statements, Supply,
    SupplyRefusal, Urgency, Welcome,
};

use crate::common::{Author, announced, compartment, hello, leaf_of, mission, set, welcome};

/// A desk that knows 2 statements and 10 leaves, holds the entries below 10 but for 4, and has 12.
fn desk_with(change: impl FnOnce(&mut Hello)) -> DeskSession {
    let mut held = Held { up_to: 10, ..Held::nothing() };
    (held.missing, held.have) = (set([4]), set([12]));
    let mut hello = hello(2, 10, held);
    change(&mut hello);
    let mut desk = DeskSession::new(hello, Budget::unlimited());
    desk.next_output().unwrap();
    desk
}

fn feed_desk(desk: &mut DeskSession, frames: &[Frame]) -> Option<SessionRefusal> {
    let bytes: Vec<u8> = frames.iter().flat_map(|frame| frame.to_bytes().unwrap()).collect();
    let mut rest = bytes.as_slice();
    loop {
        match desk.feed(&mut rest) {
            Ok(Some(_)) => {}
            Ok(None) => return None,
            Err(refusal) => return Some(refusal),
        }
    }
}

fn pool() -> &'static [Entry] {
    static POOL: std::sync::OnceLock<Vec<Entry>> = std::sync::OnceLock::new();
    POOL.get_or_init(|| {
        let mut author = Author::new(0, compartment(1), 1);
        [100, 100, 100, 70_000].map(|length| author.write(&[length])).into()
    })
}

fn packed(entries: &[(Option<u64>, usize)]) -> PackedEntries {
    let mut packer = Packer::new(mission());
    for (leaf, n) in entries {
        packer.add(*leaf, &pool()[*n], 1 << 20);
    }
    packer.finish(Urgency::Ordinary).unwrap()
}

fn statements(from: Option<u64>, count: usize) -> Frame {
    let envelopes = (0..count).map(|n| Data::new(vec![n as u8; 30]).unwrap()).collect();
    Frame::Statements(Statements::new(from, List::new(envelopes).unwrap()))
}

fn leaves(from: u64, count: usize) -> Frame {
    Frame::Leaves(Leaves::new(from, vec![leaf_of(&pool()[0]); count]).unwrap())
}

fn part(leaf: u64, offset: u64, total: u64, bytes: usize) -> Frame {
    Frame::EntryPart(EntryPart::new(leaf, offset, total, Data::new(vec![1; bytes]).unwrap()))
}

fn hub_says(tail: &[Frame]) -> Vec<Frame> {
    [&[Frame::Welcome(welcome(5, 20))], tail].concat()
}

fn entries(of: &[(Option<u64>, usize)]) -> Frame {
    Frame::Entries(packed(of))
}

/// So many pushes from this number on are accepted.
fn accept(first: u64, count: u64) -> Frame {
    Frame::Accepted(Accepted::new(List::new(vec![AcceptedRun { first, count, index: 15 }]).unwrap()))
}

fn plain(_: &mut Hello) {}

type Case = (&'static str, fn(&mut Hello), Vec<Frame>);

fn hostile_hubs() -> Vec<Case> {
    let ping = Frame::Ping(Beat::new([1; 8]));
    let pong = Frame::Pong(Beat::new([1; 8]));
    let end = Done { left: set([20]), ..Done::all() };
    let all: [Frame; 2] = [statements(Some(2), 3), leaves(10, 10)];
    let done = |tail: &[Frame]| hub_says(&[&all[..], &[Frame::Done(Done::all())], tail].concat());
    let stranger = Pushed::Statement(StatementId::from_bytes([1; 32]));
    let refused = Frame::Refused(Refused::new(stranger, Code::new("late").unwrap(), None));
    let grown = |statements, journal| Frame::Grown(Grown::new(announced(statements), announced(journal)));
    vec![
        ("session-welcome-expected", plain, vec![statements(Some(2), 1)]),
        ("session-welcome-repeated", plain, hub_says(&[Frame::Welcome(welcome(5, 20))])),
        ("log-shrank", plain, vec![Frame::Welcome(welcome(1, 20))]),
        ("log-shrank", plain, vec![Frame::Welcome(welcome(5, 9))]),
        ("left-past-end", plain, vec![Frame::Welcome(Welcome { lacks: set([20]), ..welcome(5, 20) })]),
        ("log-shrank", |h| h.continuous = true, hub_says(&[grown(5, 19)])),
        ("session-not-continuous", plain, hub_says(&[grown(6, 21)])),
        ("log-not-contiguous", plain, hub_says(&[statements(Some(3), 1)])),
        ("log-not-contiguous", plain, hub_says(&[statements(Some(2), 2), statements(Some(2), 2)])),
        ("log-not-contiguous", plain, hub_says(&[leaves(11, 1)])),
        ("log-past-end", plain, hub_says(&[statements(Some(2), 4)])),
        ("log-past-end", plain, hub_says(&[leaves(10, 11)])),
        ("unplaced", plain, hub_says(&[statements(None, 1)])),
        ("unplaced", plain, hub_says(&[entries(&[(None, 0)])])),
        ("entry-past-end", plain, hub_says(&[entries(&[(Some(20), 0)])])),
        ("entry-past-end", plain, hub_says(&[part(20, 0, 100, 10)])),
        ("entry-unasked", plain, hub_says(&[entries(&[(Some(3), 0)])])),
        ("entry-unasked", plain, hub_says(&[entries(&[(Some(12), 0)])])),
        (
            "entry-unasked",
            |h| h.compartments = List::new(vec![compartment(9)]).unwrap(),
            hub_says(&[entries(&[(Some(11), 0)])]),
        ),
        ("entry-unasked", plain, hub_says(&[part(3, 0, 100, 10)])),
        ("entry-repeated", plain, hub_says(&[entries(&[(Some(4), 0), (Some(4), 1)])])),
        ("entry-repeated", plain, hub_says(&[part(11, 0, 10, 10), entries(&[(Some(11), 0)])])),
        ("entry-repeated", plain, hub_says(&[entries(&[(Some(11), 0)]), part(11, 0, 100, 10)])),
        ("entry-repeated", plain, hub_says(&[accept(0, 1), entries(&[(Some(15), 1)])])),
        ("entry-too-large", |h| h.largest = Some(600), hub_says(&[entries(&[(Some(11), 0)])])),
        ("entry-too-large", |h| h.largest = Some(600), hub_says(&[part(11, 0, 601, 10)])),
        ("part-out-of-order", plain, hub_says(&[part(11, 5, 100, 10)])),
        ("part-out-of-order", plain, hub_says(&[part(11, 0, 100, 10), part(11, 11, 100, 10)])),
        ("part-out-of-order", plain, hub_says(&[part(11, 0, 100, 10), part(11, 0, 100, 10)])),
        ("part-bad-size", plain, hub_says(&[part(11, 0, 9, 10)])),
        ("part-bad-size", plain, hub_says(&[part(11, 0, 100, 0)])),
        ("part-bad-size", plain, hub_says(&[part(11, 0, 100, 10), part(11, 10, 101, 10)])),
        ("part-bad-size", plain, hub_says(&[part(11, 0, u64::MAX, 10)])),
        (
            "over-budget",
            |h| h.budget = Some(500),
            hub_says(&[
                leaves(10, 2),
                leaves(12, 2),
                leaves(14, 2),
                leaves(16, 2),
                entries(&[(Some(11), 0)]),
            ]),
        ),
        ("left-past-end", plain, hub_says(&[all[0].clone(), all[1].clone(), Frame::Done(end)])),
        ("done-too-soon", plain, hub_says(&[all[0].clone(), Frame::Done(Done::all())])),
        ("done-too-soon", plain, hub_says(&[all[1].clone(), Frame::Done(Done::all())])),
        ("session-after-done", plain, done(&[entries(&[(Some(11), 0)])])),
        ("session-after-done", plain, done(&[Frame::Done(Done::all())])),
        ("answer-unsolicited", plain, hub_says(&[accept(1, 1)])),
        ("answer-unsolicited", plain, hub_says(&[accept(0, 2)])),
        ("answer-unsolicited", plain, hub_says(&[accept(0, u64::MAX - 20)])),
        ("answer-unsolicited", plain, hub_says(&[refused])),
        ("answer-unsolicited", plain, hub_says(&[accept(0, 1), accept(0, 1)])),
        ("pong-unsolicited", plain, hub_says(&[pong])),
        ("too-many-pings", plain, vec![ping; 70]),
        ("frame-not-here", plain, vec![Frame::Hello(hello(0, 0, Held::nothing()))]),
        ("packed-context-unknown", plain, {
            let mut packer = Packer::new(mission());
            packer.add(Some(11), &pool()[0], 1 << 20);
            packer.finish(Urgency::Ordinary);
            packer.add(Some(13), &pool()[1], 1 << 20);
            hub_says(&[Frame::Entries(packer.finish(Urgency::Ordinary).unwrap())])
        }),
    ]
}

fn desk_says(tail: &[Frame]) -> Vec<Frame> {
    [&[Frame::Hello(hello(0, 0, Held::nothing()))], tail].concat()
}

fn push(of: &[(Option<u64>, usize)]) -> Frame {
    Frame::PushEntries(packed(of))
}

fn push_part(offset: u64, total: u64, bytes: usize) -> Frame {
    Frame::PushPart(PushPart::new(
        EntryId::from_bytes([1; 32]),
        offset,
        total,
        Data::new(vec![1; bytes]).unwrap(),
    ))
}

fn hostile_desks() -> Vec<(&'static str, Vec<Frame>)> {
    let say = |from| {
        let Frame::Statements(statements) = statements(from, 2) else { panic!() };
        Frame::PushStatements(statements)
    };
    let mut other = hello(0, 0, Held::nothing());
    other.mission = MissionId::from_bytes([9; 32]);
    let mut newer = hello(0, 0, Held::nothing());
    newer.version = 2;
    vec![
        ("session-version-unknown", vec![Frame::Hello(newer)]),
        ("session-mission-other", vec![Frame::Hello(other)]),
        ("session-hello-expected", vec![push(&[(None, 0)])]),
        ("session-hello-repeated", desk_says(&desk_says(&[]))),
        ("push-placed", desk_says(&[push(&[(Some(3), 0)])])),
        ("push-placed", desk_says(&[say(Some(1))])),
        ("push-large", desk_says(&[push(&[(None, 3)])])),
        ("push-repeated", desk_says(&[push(&[(None, 0), (None, 0)])])),
        ("push-repeated", desk_says(&[say(None), say(None)])),
        ("part-out-of-order", desk_says(&[push_part(5, 100, 10)])),
        ("part-bad-size", desk_says(&[push_part(0, 5, 10)])),
        ("session-after-done", desk_says(&[Frame::Done(Done::all()), push(&[(None, 0)])])),
        ("pong-unsolicited", desk_says(&[Frame::Pong(Beat::new([1; 8]))])),
        ("frame-not-here", vec![Frame::Welcome(welcome(0, 0))]),
    ]
}

#[test]
fn hostile_hubs_are_refused_by_name() {
    for (code, change, frames) in hostile_hubs() {
        let mut desk = desk_with(change);
        assert_eq!(desk.push_entries(Urgency::Flash, &pool()[..1]).items, 1);
        desk.next_output().unwrap();
        let refusal = feed_desk(&mut desk, &frames).unwrap_or_else(|| panic!("{code}: nothing was refused"));
        assert_eq!(refusal.code(), code, "{refusal}");
        // The hub is told, nothing else goes out, and nothing that follows is read.
        let last = desk.next_output().unwrap();
        let said = Frame::parse(FrameType::Ended, &last[5..]).unwrap();
        assert_eq!(said, Frame::Ended(Ended::new(Code::new(code).unwrap())));
        assert!(desk.next_output().is_none() && desk.is_finished() && !desk.may_push());
        assert_eq!(feed_desk(&mut desk, &[Frame::Welcome(welcome(5, 20))]), Some(refusal));
    }
}

/// The same desks and hubs, doing what they may: so the cases above are refused for what they name.
#[test]
fn what_is_allowed_is_taken() {
    let mut desk = desk_with(plain);
    assert_eq!(desk.push_entries(Urgency::Flash, &pool()[..1]).items, 1);
    desk.next_output().unwrap();
    desk.ping([1; 8]);
    let frames = hub_says(&[
        statements(Some(2), 1),
        statements(Some(3), 2),
        entries(&[(Some(11), 1), (Some(4), 2)]),
        leaves(10, 10),
        part(13, 0, 100, 60),
        accept(0, 1),
        part(13, 60, 100, 40),
        Frame::Pong(Beat::new([1; 8])),
        Frame::Ping(Beat::new([2; 8])),
        Frame::Done(Done { left: set([17, 19]), ..Done::all() }),
    ]);
    assert_eq!(feed_desk(&mut desk, &frames), None);
    let progress = desk.progress();
    assert_eq!((progress.statements_in, progress.leaves_in, progress.entries_in), (3, 10, 3));
    assert_eq!((progress.pushed, progress.answered), (1, 1));
    let held = desk.held();
    assert_eq!((held.up_to, held.missing, held.have), (20, set([17, 19]), set([])));
    desk.close();
    while desk.next_output().is_some() {}
    assert!(desk.is_finished());
}

/// A large entry goes on where it was cut off, or begins anew.
#[test]
fn a_large_entry_may_go_on_or_begin_again() {
    for offset in [0, 50] {
        let mut desk =
            desk_with(|h| h.partials = List::new(vec![PartialPull { leaf: 13, bytes: 50 }]).unwrap());
        let frames = hub_says(&[part(13, offset, 100, 50), part(13, offset + 50, 150, 50)]);
        let refusal = feed_desk(&mut desk, &frames[..2]);
        assert_eq!(refusal, None, "from {offset}");
    }
    let mut desk = desk_with(|h| h.partials = List::new(vec![PartialPull { leaf: 13, bytes: 50 }]).unwrap());
    assert_eq!(
        feed_desk(&mut desk, &hub_says(&[part(13, 49, 100, 50)])).unwrap().code(),
        "part-out-of-order"
    );
}

/// More holes than can be told: something comes twice, and nothing is forgotten.
#[test]
fn a_desk_with_many_holes_can_still_speak() {
    let mut held = Held { up_to: 10_000, ..Held::nothing() };
    held.missing = set((0..2000).map(|n| n * 3));
    held.have = set((0..2000).map(|n| 10_001 + n * 3));
    let mut desk = DeskSession::new(hello(0, 0, held.clone()), Budget::unlimited());
    let bytes = desk.next_output().unwrap();
    let Frame::Hello(said) = Frame::parse(FrameType::Hello, &bytes[5..]).unwrap() else { panic!() };
    let said = said.known.entries;
    assert!((0..17_000).all(|leaf| !held.wants(None, leaf) || said.wants(None, leaf)));
    assert_eq!(desk.held(), held);
}

/// In a continuous session what is left after the budget is told anew when the logs have grown; the list
/// is short enough to be read.
#[test]
fn what_is_left_is_told_again() {
    let mut hub = HubSession::new(mission());
    let mut said = hello(0, 0, Held::nothing());
    (said.continuous, said.budget) = (true, Some(1));
    hub.feed(&mut Frame::Hello(said).to_bytes().unwrap().as_slice()).unwrap();
    hub.welcome(welcome(1, 5000)).unwrap();
    let mut size = 5000;
    for _ in 0..2 {
        let mut done = None;
        for _ in 0..10 {
            while let Some(bytes) = hub.next_output() {
                let kind = FrameType::from_code(bytes[0]).unwrap();
                if let Frame::Done(last) = Frame::parse(kind, &bytes[5..]).unwrap() {
                    done = Some(last);
                }
            }
            match hub.next_request() {
                Some(HubRequest::Statements { .. }) => hub.supply(Supply::Statements(vec![vec![1]])).unwrap(),
                Some(HubRequest::Left(at)) => {
                    assert_eq!((at.ordinary, at.large), (0..size, 0..size));
                    let left = set((0..size / 3).map(|n| n * 3));
                    hub.supply(Supply::Left(left, Left { items: size / 3, bytes: 7 })).unwrap();
                }
                Some(other) => panic!("{other:?}"),
                None => {}
            }
        }
        let done = done.expect("Done, readable");
        assert_eq!((done.entries, done.left.lowest()), (Some(size / 3), Some(0)));
        size += 600;
        hub.grow(Grown::new(announced(1), announced(size))).unwrap();
    }
}

/// Answers that the desk does not read: the hub stops reading too.
#[test]
fn a_desk_that_does_not_read_its_answers_is_not_read() {
    let mut hub = HubSession::new(mission());
    assert_eq!(feed_hub(&mut hub, &desk_says(&[])), None);
    let mut taken = 0;
    while hub.wants_input() && taken < 200 {
        let envelopes = List::new(vec![Data::new(vec![taken as u8, (taken >> 8) as u8]).unwrap()]).unwrap();
        let frame = Frame::PushStatements(Statements::new(None, envelopes)).to_bytes().unwrap();
        let Some(HubEvent::Statements(some)) = hub.feed(&mut frame.as_slice()).unwrap() else { panic!() };
        hub.accept(vec![Acceptance { what: Pushed::Statement(some[0].0), index: taken }]).unwrap();
        taken += 1;
    }
    assert!((10..100).contains(&taken), "{taken}");
    hub.next_output().unwrap();
    assert!(hub.wants_input(), "until it reads");
}

fn feed_hub(hub: &mut HubSession, frames: &[Frame]) -> Option<SessionRefusal> {
    let bytes: Vec<u8> = frames.iter().flat_map(|frame| frame.to_bytes().unwrap()).collect();
    let mut rest = bytes.as_slice();
    loop {
        match hub.feed(&mut rest) {
            Ok(Some(HubEvent::Hello(_))) => hub.welcome(welcome(0, 0)).unwrap(),
            Ok(Some(_)) => {}
            Ok(None) => return None,
            Err(refusal) => return Some(refusal),
        }
    }
}

#[test]
fn hostile_desks_are_refused_by_name() {
    for (code, frames) in hostile_desks() {
        let mut hub = HubSession::new(mission());
        let refusal = feed_hub(&mut hub, &frames).unwrap_or_else(|| panic!("{code}: nothing was refused"));
        assert_eq!(refusal.code(), code, "{refusal}");
        let last = hub.next_output().unwrap();
        let said = Frame::parse(FrameType::Ended, &last[5..]).unwrap();
        assert_eq!(said, Frame::Ended(Ended::new(Code::new(code).unwrap())));
        assert!(hub.next_output().is_none() && hub.is_finished() && hub.next_request().is_none());
    }
}

/// Pings that nobody reads the answers to: the hub stops reading, and keeps no more than its bound.
#[test]
fn a_desk_that_only_pings_is_left_waiting() {
    let mut hub = HubSession::new(mission());
    assert_eq!(feed_hub(&mut hub, &desk_says(&vec![Frame::Ping(Beat::new([1; 8])); 10])), None);
    let pings = vec![Frame::Ping(Beat::new([1; 8])); 1000];
    assert_eq!(feed_hub(&mut hub, &pings).unwrap().code(), "too-many-pings");
}

#[test]
fn every_refusal_of_a_session_has_a_case() {
    let hubs: BTreeSet<_> = hostile_hubs().into_iter().map(|case| case.0).collect();
    let desks: BTreeSet<_> = hostile_desks().into_iter().map(|case| case.0).collect();
    let missing: Vec<_> =
        SessionRefusal::CODES.iter().filter(|code| !hubs.contains(*code) && !desks.contains(*code)).collect();
    assert_eq!(missing, [&""; 0]);
}

/// A hub's own defects do not go out on the wire.
#[test]
fn a_store_that_answers_wrongly_is_refused() {
    let session = |hello: Hello, journal| {
        let mut hub = HubSession::new(mission());
        hub.feed(&mut Frame::Hello(hello).to_bytes().unwrap().as_slice()).unwrap();
        hub.welcome(welcome(2, journal)).unwrap();
        assert_eq!(hub.welcome(welcome(2, journal)), Err(SupplyRefusal::NotAsked));
        hub.next_output().unwrap();
        hub
    };
    let fresh = || hello(0, 0, Held::nothing());
    let mut hub = session(fresh(), 5);
    assert_eq!(hub.supply(Supply::Statements(vec![vec![1]])), Err(SupplyRefusal::NotAsked));
    hub.next_request().unwrap();
    assert_eq!(hub.supply(Supply::Large(None)), Err(SupplyRefusal::NotAsked));
    assert_eq!(hub.supply(Supply::Statements(vec![])), Err(SupplyRefusal::Missing));
    assert_eq!(hub.supply(Supply::Statements(vec![vec![1]; 3])), Err(SupplyRefusal::OutOfPlace));
    hub.supply(Supply::Statements(vec![vec![1]; 2])).unwrap();
    while hub.next_output().is_some() {}
    let stored = |leaf: u64| counterseal_sync::StoredEntry {
        leaf,
        compartment: compartment(1),
        entry: pool()[leaf as usize % 3].clone(),
    };
    hub.next_request().unwrap();
    for wrong in [vec![stored(1), stored(2)], vec![stored(1), stored(1)], vec![stored(5)]] {
        assert_eq!(hub.supply(Supply::Entries(wrong)), Err(SupplyRefusal::OutOfPlace));
    }
    // Entries that were not asked for are passed over, whatever the store gives.
    let mut held = Held { up_to: 3, ..Held::nothing() };
    held.missing = set([0]);
    let mut hub = session(hello(2, 5, held), 5);
    hub.next_request().unwrap();
    hub.supply(Supply::Entries(vec![stored(4), stored(2), stored(1), stored(0)])).unwrap();
    let bytes = hub.next_output().unwrap();
    let Frame::Entries(sent) = Frame::parse(FrameType::Entries, &bytes[5..]).unwrap() else { panic!() };
    let sent = counterseal_sync::Unpacker::new(mission()).unpack(sent).unwrap();
    assert_eq!(sent.iter().map(|one| one.leaf.unwrap()).collect::<Vec<_>>(), [4, 0]);
    let stranger = Pushed::Entry(EntryId::from_bytes([9; 32]));
    assert_eq!(hub.accept(vec![Acceptance { what: stranger, index: 1 }]), Err(SupplyRefusal::NotAsked));
    assert_eq!(hub.refuse(stranger, Code::new("no").unwrap(), None), Err(SupplyRefusal::NotAsked));
    assert_eq!(hub.grow(Grown::new(announced(2), announced(6))), Err(SupplyRefusal::NotAsked));
}

/// A hub may end a session for reasons of its own; the desk is told which.
#[test]
fn a_desk_that_is_turned_away_is_told_why() {
    let mut hub = HubSession::new(mission());
    let mut desk = desk_with(plain);
    hub.feed(&mut Frame::Hello(hello(0, 0, Held::nothing())).to_bytes().unwrap().as_slice()).unwrap();
    hub.end(Code::new("device-not-active").unwrap());
    let bytes = hub.next_output().unwrap();
    let event = desk.feed(&mut bytes.as_slice()).unwrap();
    assert_eq!(event, Some(DeskEvent::Ended(Code::new("device-not-active").unwrap())));
    assert!(desk.is_finished() && hub.is_finished());
}

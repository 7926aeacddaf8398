//! Whole sessions against a peer that sends anything (docs/spec/sync.md, section 5).

use counterseal_model::{DeviceId, MissionId, Timestamp};
use counterseal_register::Bytes;
use counterseal_sync::{
    Announced, Budget, Data, DeskEvent, DeskSession, Held, Hello, HubEvent, HubSession, Known, LogHead,
    Welcome,
};

const MISSION: MissionId = MissionId::from_bytes([2; 32]);

/// A hub that sends these bytes to a desk. Whatever is handed on was wanted, and nothing follows a refusal.
pub fn desk_session(bytes: &[u8]) {
    let head = |size| LogHead { size, root: Bytes([9; 32]) };
    let known = Known::new(head(12), head(90), Held { up_to: 90, ..Held::nothing() });
    let mut hello =
        Hello::new(MISSION, DeviceId::from_bytes([4; 32]), [5; 64], known, Timestamp(1_700_000_000));
    hello.continuous = bytes.first().is_some_and(|first| first % 2 == 1);
    let mut session = DeskSession::new(hello, Budget::unlimited());
    while session.next_output().is_some() {}
    let mut rest = bytes.get(1..).unwrap_or_default();
    let mut welcomed = false;
    loop {
        match session.feed(&mut rest) {
            Ok(Some(DeskEvent::Welcome(_))) => {
                assert!(!welcomed, "two welcomes");
                welcomed = true;
            }
            Ok(Some(DeskEvent::Ended(_))) => {}
            Ok(Some(event)) => assert!(welcomed, "before the welcome: {event:?}"),
            Ok(None) => break,
            Err(_) => {
                let again = session.feed(&mut rest);
                assert!(!matches!(again, Ok(Some(_))), "an event after a refusal");
                break;
            }
        }
    }
    while session.next_output().is_some() {}
    let held = session.held();
    assert!(held.have.ranges().all(|range| range.end > held.up_to.min(range.start)), "an empty range");
}

/// A desk that sends these bytes to a hub.
pub fn hub_session(bytes: &[u8]) {
    let mut session = HubSession::new(MISSION);
    let mut rest = bytes;
    let mut greeted = false;
    loop {
        match session.feed(&mut rest) {
            Ok(Some(HubEvent::Hello(_))) => {
                assert!(!greeted, "two hellos");
                greeted = true;
                let log = |size| Announced { size, checkpoint: Data::new(Vec::new()).unwrap_or_default() };
                let welcome = Welcome::new(log(12), log(90), Timestamp(1_700_000_001));
                if session.welcome(welcome).is_err() {
                    break;
                }
            }
            Ok(Some(HubEvent::Ended(_))) => {}
            Ok(Some(event)) => assert!(greeted, "before the hello: {event:?}"),
            Ok(None) => break,
            Err(_) => {
                let again = session.feed(&mut rest);
                assert!(!matches!(again, Ok(Some(_))), "an event after a refusal");
                break;
            }
        }
    }
    while session.next_output().is_some() {}
}

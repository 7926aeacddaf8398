//! An emergency opening stands in the list until a reviewer has answered it, however long that takes.

use counterseal_register::{Office, PartRef};

use super::decoys::{notice, tell};
use super::*;
use crate::{MONITORING_DAYS, MonitoringFailure};

#[test]
fn it_waits_for_a_reviewers_answer_and_for_nobody_elses() {
    let mut world = world(820, 2, 3, HoldRule::None);
    let dir = TempDir::new().unwrap();
    let mut other = member(&mut world, &Home::open(dir.path()).unwrap(), 870);
    assert!(matches!(other.emergencies(), Err(NodeError::Monitoring(MonitoringFailure::NotReviewer))));
    let officer = world.desk.person();
    world.appoint(officer, Office::DataProtection, None);
    world.give_keys(1);
    world.write("a source");
    let entry = world.desk.reader().verify(&world.headers().pop().unwrap()).unwrap().id();
    let part = PartRef { entry, index: 0 };
    let (own, theirs) = (world.desk.device(), other.device());
    for (counter, reader, emergency) in [(1, theirs, false), (2, theirs, true), (3, own, true)] {
        let mut told = notice(&world.trustees[0], &world.desk, counter, reader, &[part]);
        told.emergency = emergency;
        tell(&world.trustees[0], &mut world.desk, told);
    }
    let listed = world.desk.emergencies().unwrap();
    assert_eq!(listed.len(), 1, "an ordinary one is none, and nobody answers their own");
    assert_eq!((listed[0].request, listed[0].person), ([2; 32], other.person()));
    assert!(listed[0].due.0 > NOW + Timestamp::DAY && listed[0].due.0 <= NOW + 2 * Timestamp::DAY);

    // It does not go by being waited out, though all other notices do.
    world.pass(Timestamp::DAY * (i64::from(MONITORING_DAYS) + 20));
    assert_eq!(world.desk.forget_monitoring().unwrap().notices, 2);
    assert_eq!(world.desk.emergencies().unwrap().len(), 1);
    let place = world.desk.find_compartment("incidents").unwrap();
    // The reader's own word, in a note of the same form, answers nothing.
    let tags = counterseal_model::Term::from_text("review-emergency").into_iter().collect();
    let text = format!("{}\nI was told to", "02".repeat(32));
    let forged = Body::Note(Box::new(Note { text, tags, ..Note::default() }));
    let person = other.person();
    world.desk.admit(place, person).unwrap();
    other.take_statements(&world.desk.statements_file().unwrap()).unwrap();
    other.record_new(place, forged, Classification::Confidential).unwrap();
    let sent = other.unlogged().unwrap().into_iter().map(|no| other.entry(no).unwrap());
    let sent: Vec<_> = sent.map(|given| Arrived { entry: given.entry, urgency: given.urgency }).collect();
    world.desk.take_entries(&sent).unwrap();
    assert_eq!(world.desk.tagged_notes("review-emergency").unwrap().len(), 1);
    assert!(world.desk.emergencies().unwrap()[0].answer.is_none());
    let wrong = world.desk.answer_emergency("ffff", place, "It was one.");
    assert!(matches!(wrong, Err(NodeError::Monitoring(MonitoringFailure::NoSuchEmergency { count: 0, .. }))));
    assert!(world.desk.answer_emergency("02", place, "too few digits").is_err());

    world.desk.answer_emergency("0202", place, "It was one.").unwrap();
    let answered = world.desk.emergencies().unwrap().pop().unwrap().answer.unwrap();
    assert_eq!((answered.0, answered.2.as_str()), (officer, "It was one."));
    assert_eq!(world.desk.forget_monitoring().unwrap().notices, 1, "and now its time is over");
    assert!(world.desk.emergencies().unwrap().is_empty());
}

//! A refused part is sealed anew where its text is still here; and a record says that more of it is sealed twice.

use counterseal_model::record::Incident;

use super::*;

#[test]
fn a_refused_part_that_is_held_is_sealed_anew_and_then_opens() {
    let mut world = world(800, 2, 3, HoldRule::UntilAcknowledged);
    world.give_keys(1);
    world.write(SECRET);
    let old = world.desk.guarded_entries(9).unwrap().pop().unwrap();
    let text = old.entry.to_string();
    assert!(matches!(world.desk.reseal(&text), Err(NodeError::NotRefused { .. })));
    let header = world.headers().pop().unwrap();
    let verified = world.desk.reader().verify(&header).unwrap();
    for trustee in 0..2 {
        let object = world.trustees[trustee].refuse(&verified, "key-destroyed");
        answer(&mut world.desk, world.trustees[trustee].id(), acks(), vec![object]);
    }
    assert!(world.desk.guarded_entries(9).unwrap()[0].is_lost());
    world.give_keys(2);
    let new = world.desk.reseal(&text).unwrap();
    assert_ne!(new, old.entry);
    let listed = world.desk.guarded_entries(9).unwrap();
    assert_eq!(listed.iter().map(|one| (one.entry, one.held)).collect::<Vec<_>>(), [(new, true)]);
    assert!(matches!(world.desk.reseal(&text), Err(NodeError::Ambiguous { .. })), "once is enough");
    let header = world.headers().pop().unwrap();
    (0..3).for_each(|trustee| _ = world.acknowledge(trustee, &header));
    assert!(holds(&open(&world, &header, 0, &[0, 2]).unwrap(), SECRET));
    // All have it: nothing of it stays, in the old entry's place or the new one's.
    world.desk.destroy_held().unwrap();
    let World { mut desk, dir, .. } = world;
    assert!(is_nowhere(&mut desk, dir.path(), SECRET));
}

#[test]
fn what_is_not_held_any_more_has_to_be_written_again() {
    let mut world = world(805, 2, 3, HoldRule::None);
    world.give_keys(1);
    world.write(SECRET);
    let verified = world.desk.reader().verify(&world.headers().pop().unwrap()).unwrap();
    let object = world.trustees[0].refuse(&verified, "key-destroyed");
    answer(&mut world.desk, world.trustees[0].id(), acks(), vec![object]);
    let refused = world.desk.reseal(&verified.id().to_string());
    assert!(matches!(refused, Err(NodeError::NotHeld { .. })), "{refused:?}");
    assert_eq!(world.desk.guarded_entries(9).unwrap().len(), 1);
}

#[test]
fn a_record_with_an_open_part_says_that_more_is_sealed_twice_and_a_source_alone_says_nothing() {
    let mut world = world(810, 2, 3, HoldRule::None);
    world.give_keys(1);
    let open = world.desk.find_compartment("incidents").unwrap();
    let body = || Body::Incident(Box::new(Incident { title: Some("Ambush".into()), ..Incident::default() }));
    let class = Classification::Confidential;
    let record = world.desk.record_new(open, body(), class).unwrap();
    assert!(world.desk.sealed_twice(record).unwrap().is_empty());
    let guarded = world.compartment;
    world.desk.edit(record, guarded, body(), class).unwrap();
    let found = world.desk.sealed_twice(record).unwrap();
    let entry = world.desk.reader().verify(&world.headers().pop().unwrap()).unwrap().id();
    assert_eq!(
        found.iter().map(|named| (named.compartment, named.part.entry)).collect::<Vec<_>>(),
        [(guarded, entry)]
    );
    let alone = world.write(SECRET);
    assert!(world.desk.sealed_twice(alone).unwrap().is_empty());
    let rows = "SELECT count(*) FROM sibling";
    let count = |desk: &Desk| {
        desk.store.read(|db| Ok::<_, NodeError>(db.query_row(rows, [], |row| row.get::<_, i64>(0))?)).unwrap()
    };
    assert_eq!(count(&world.desk), 1, "nothing is noted of a record that has no open part");
    // Who opens it learns it too.
    world.desk.store.commit(|tx| Ok::<_, NodeError>(tx.execute("DELETE FROM sibling", [])?)).unwrap();
    world.desk.note_siblings(&[(found[0].part, record), (found[0].part, alone)]).unwrap();
    world.desk.note_siblings(&[(found[0].part, record)]).unwrap();
    assert_eq!((world.desk.sealed_twice(record).unwrap(), count(&world.desk)), (found.clone(), 1));
    world.desk.withdraw_parts(&found, &Code::parse("in-error").unwrap()).unwrap();
    assert!(world.desk.sealed_twice(record).unwrap().is_empty(), "nobody opens it, so nobody is told to ask");
}

//! What trustees say, and what of it counts.

use super::*;

#[test]
fn a_lying_acknowledgement_does_not_count() {
    let mut world = world(20, 2, 3, HoldRule::UntilAcknowledged);
    world.give_keys(1);
    world.write(SECRET);
    world.write("another");
    let headers = world.headers();
    let verified: Vec<_> = headers.iter().map(|header| world.desk.reader().verify(header).unwrap()).collect();
    let keys: Vec<_> = verified[0].header().trustees.iter().map(|place| place.key.0).collect();
    let ids: Vec<_> = world.trustees.iter().map(Played::id).collect();
    let (first, second) = (0, 1);
    let good =
        |world: &mut World, n: usize| world.trustees[n].acknowledge(&verified[0], 1, keys[n], Vec::new());

    let anothers = good(&mut world, second);
    let wrong_count = world.trustees[first].acknowledge(&verified[0], 2, keys[first], Vec::new());
    let wrong_key = world.trustees[first].acknowledge(&verified[0], 1, keys[second], Vec::new());
    let mut stranger = Played::new(999);
    let strangers = stranger.acknowledge(&verified[0], 1, keys[first], Vec::new());
    let mut of_nothing = Acknowledgement {
        mission: world.desk.mission(),
        trustee: ids[first],
        entry: counterseal_model::EntryId::from_bytes([9; 32]),
        count: 1,
        key: Bytes(keys[first]),
        extra: Default::default(),
    };
    let unknown = world.trustees[first].signed(&of_nothing.payload(), Label::TRUSTEE_ACK);
    of_nothing.entry = verified[0].id();
    let other_label = world.trustees[first].signed(&of_nothing.payload(), Label::TRUSTEE_REFUSED);
    of_nothing.mission = counterseal_model::MissionId::from_bytes([8; 32]);
    let other_mission = world.trustees[first].signed(&of_nothing.payload(), Label::TRUSTEE_ACK);
    of_nothing.mission = world.desk.mission();
    of_nothing.trustee = ids[second];
    let in_its_name = world.trustees[first].signed(&of_nothing.payload(), Label::TRUSTEE_ACK);
    for (what, object, lie) in [
        ("another trustee's", anothers, TrusteeLie::Signature),
        ("another count", wrong_count, TrusteeLie::OtherCount),
        ("another key", wrong_key, TrusteeLie::OtherKey),
        ("a stranger's", strangers, TrusteeLie::Signature),
        ("of no entry", unknown, TrusteeLie::OtherEntry),
        ("under another label", other_label, TrusteeLie::Signature),
        ("of another mission", other_mission, TrusteeLie::Signature),
        ("in another's name", in_its_name, TrusteeLie::OtherEntry),
        ("noise", b"noise".to_vec(), TrusteeLie::Unreadable),
    ] {
        let heard = answer(&mut world.desk, ids[first], acks(), vec![object]);
        assert_eq!((heard.acknowledged, heard.lies.as_slice()), (0, &[lie][..]), "{what}");
    }
    assert!(world.desk.guarded_entries(9).unwrap().iter().all(|one| one.have() == 0 && one.held));

    // The true one, once; a contradiction takes it back.
    let true_one = good(&mut world, first);
    for new in [1, 0] {
        assert_eq!(answer(&mut world.desk, ids[first], acks(), vec![true_one.clone()]).acknowledged, new);
    }
    let refused = world.trustees[first].refuse(&verified[0], "share-other-key");
    assert_eq!(answer(&mut world.desk, ids[first], acks(), vec![refused]).refused, 1);
    let view = world.desk.find_guarded(&verified[0].id().to_string()).unwrap();
    let both = TrusteeSays::Both(Code::parse("share-other-key").unwrap());
    assert_eq!((view.have(), &view.trustees[first].says), (0, &both));
}

#[test]
fn a_refusal_is_shown_and_what_too_many_refused_is_lost() {
    let mut world = world(30, 2, 3, HoldRule::None);
    world.give_keys(1);
    world.write(SECRET);
    let header = world.desk.reader().verify(&world.headers()[0]).unwrap();
    for (n, lost) in [(0, false), (2, true)] {
        let object = world.trustees[n].refuse(&header, "share-cannot-unwrap");
        let heard = answer(&mut world.desk, world.trustees[n].id(), acks(), vec![object]);
        assert_eq!(heard.refused, 1);
        let view = world.desk.find_guarded(&header.id().to_string()).unwrap();
        let says = TrusteeSays::Refused(Code::parse("share-cannot-unwrap").unwrap());
        assert_eq!((&view.trustees[n].says, view.is_lost()), (&says, lost));
    }
}

#[test]
fn a_key_counts_only_from_its_trustee_for_this_desk_and_only_the_first_of_its_generation() {
    let mut world = world(40, 2, 2, HoldRule::None);
    let (compartment, incidents) = (world.compartment, world.desk.find_compartment("incidents").unwrap());
    let ids: Vec<_> = world.trustees.iter().map(Played::id).collect();
    let give =
        |world: &mut World, object| answer(&mut world.desk, ids[0], keys_of(compartment), vec![object]);
    let anothers = world.trustees[1].key(&world.desk, compartment, 1);
    assert_eq!(give(&mut world, anothers).lies, [TrusteeLie::Signature]);
    let elsewhere = world.trustees[0].key(&world.desk, incidents, 1);
    assert_eq!(give(&mut world, elsewhere).lies, [TrusteeLie::OtherKey]);
    let none = world.trustees[0].key(&world.desk, compartment, 0);
    assert_eq!(give(&mut world, none).lies, [TrusteeLie::OtherKey]);
    let first = world.trustees[0].key(&world.desk, compartment, 1);
    assert_eq!(give(&mut world, first.clone()).keys, 1);
    assert_eq!(give(&mut world, first).keys, 0, "the same again");
    let again = world.trustees[0].key(&world.desk, compartment, 1);
    assert_eq!(give(&mut world, again).lies, [TrusteeLie::OtherKey], "another under the same number");
    let other_label = sign_statement(
        &world.trustees[0].keys[0].0.payload(),
        Label::TRUSTEE_ACK,
        &[&world.trustees[0].secrets],
    );
    assert_eq!(give(&mut world, other_label.unwrap().bytes().to_vec()).lies, [TrusteeLie::Signature]);
    let missing = world.desk.record_new(compartment, source("x"), Classification::Confidential);
    assert!(matches!(missing, Err(NodeError::NoTrusteeKeys { have: 1, needed: 2, .. })));
    // The newest generation is what is sealed to, whatever came last.
    for generation in [3, 2] {
        let keys: Vec<_> =
            (0..2).map(|n| world.trustees[n].key(&world.desk, compartment, generation)).collect();
        for (id, key) in ids.iter().zip(keys) {
            answer(&mut world.desk, *id, keys_of(compartment), vec![key]);
        }
    }
    world.write("x");
    let header = world.desk.reader().verify(&world.headers()[0]).unwrap();
    for (trustee, place) in world.trustees.iter().zip(&header.header().trustees) {
        let (key, _) = trustee.keys.iter().find(|(key, _)| key.id() == place.key.0).unwrap();
        assert_eq!(key.generation, 3);
    }
}

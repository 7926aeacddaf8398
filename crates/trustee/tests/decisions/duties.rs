//! Second persons, quotas, emergencies, and who is told.

use std::collections::BTreeMap;

use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::Sealed;
use counterseal_trustee::{MOST_REFUSED, OpenAnswer, Service, Store};

use crate::guards::*;
use crate::world::*;

pub(crate) fn post(
    world: &World,
    service: &mut Service,
    name: &str,
    after: u64,
) -> (ReleaseHead, Vec<(u64, Notice)>) {
    let call = TrusteeCall::Post { after };
    let answer = service.call(world.device(name).id(), &call).unwrap();
    let TrusteeAnswer::Post { head, items, more } = answer else { panic!("{answer:?}") };
    assert!(!more);
    let (mission, key) = (world.register.mission(), trustee(0));
    let head = SignedBody::<ReleaseHead>::parse(&head.0).unwrap();
    let head = head.verify_trustee(mission, key.public()).unwrap().into_body();
    let notices = items.iter().filter(|item| item.notice).map(|item| {
        let enc = Box::new(item.sealed.enc.0.as_slice().try_into().unwrap());
        let sealed = Sealed { enc, ciphertext: item.sealed.ciphertext.0.clone() };
        let opened = world.device(name).open_notice(mission, key.id(), &sealed).unwrap();
        let notice = SignedBody::<Notice>::parse(&opened).unwrap();
        (item.place, notice.verify_trustee(mission, key.public()).unwrap().into_body())
    });
    (head, notices.collect())
}

fn ask(world: &mut World, service: &mut Service, asking: &Asking) -> Option<String> {
    let answer = world.open(service, asking);
    world.refusal(answer)
}

#[test]
fn two_person_parts_need_another_person_who_may_approve() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, SOURCES, 1, &["a"]), 0);
    let mut seed = 0;
    let mut try_with = |world: &mut World, service: &mut Service, by: &[&str]| {
        seed += 1;
        let mut asking = world.ask("ana", &[part], seed);
        world.approve(&mut asking, by);
        ask(world, service, &asking)
    };
    assert_eq!(try_with(&mut world, &mut service, &[]).as_deref(), Some("second-person-missing"));
    assert_eq!(try_with(&mut world, &mut service, &["dan"]).as_deref(), Some("other-section-missing"));
    assert_eq!(
        try_with(&mut world, &mut service, &["eve"]).as_deref(),
        Some("second-person-missing"),
        "no member"
    );
    assert_eq!(try_with(&mut world, &mut service, &["ana"]).as_deref(), Some("approval-bad"), "her own");
    assert_eq!(try_with(&mut world, &mut service, &["cleo"]), None);
    assert_eq!(try_with(&mut world, &mut service, &["dpo"]), None, "who answers for data protection");
    assert_eq!(try_with(&mut world, &mut service, &["cleo", "dan"]), None);
}

/// The row lets an emergency go without approvals; this is none.
#[test]
fn what_only_an_emergency_waives_stays_needed() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, SOURCES, 1, &["a"]), 0);
    let mut asking = world.ask("ana", &[part], 1);
    asking.request.purpose = Code::parse("audit").unwrap();
    world.approve(&mut asking, &["dan"]);
    assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("other-section-missing"));
}

#[test]
fn an_approval_is_good_for_one_request() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, SOURCES, 1, &["a"]), 0);
    let mut first = world.ask("ana", &[part], 1);
    world.approve(&mut first, &["cleo"]);
    assert_eq!(ask(&mut world, &mut service, &first), None);
    let mut second = world.ask("ana", &[part], 2);
    second.request.approvals = first.request.approvals.clone();
    assert_eq!(ask(&mut world, &mut service, &second).as_deref(), Some("approval-bad"));
    // In a request with the same core and other approvals beside: the id was decided.
    let mut again = world.ask("ana", &[part], 1);
    world.approve(&mut again, &["cleo", "dan"]);
    let answer = world.open(&mut service, &again);
    assert_eq!(not_now(&answer), "request-seen");
}

#[test]
fn another_device_of_the_readers_person_is_no_second_person() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, SOURCES, 1, &["a"]);
    // Ana's second device, in the roster.
    let second = counterseal_seal::DeviceSecrets::make(&mut rng(777)).unwrap();
    let person = world.person("ana");
    let proof = Bytes(second.prove_possession(world.register.mission(), person).unwrap());
    let (keys, challenge, extra) = (second.public().clone(), Bytes([9; 32]), Default::default());
    let device = second.id();
    world.people.insert("ana-2", (person, second));
    world.say(CrossSign { person, keys, proof, challenge, extra }, &By::People(&["ana"]));
    world.say(ConfirmDevice { person, device, extra: Default::default() }, &By::People(&["manager"]));
    world.begin(SOURCES, &["manager", "ana", "ana-2", "ben", "cleo", "dan"], EpochReason::Admit);
    let mut asking = world.ask("ana", &[part(&sealed, 0)], 1);
    world.approve(&mut asking, &["ana-2"]);
    assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("approval-own"));
}

#[test]
fn a_revoked_persons_approval_counts_for_nothing() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, SOURCES, 1, &["a"]), 0);
    let mut asking = world.ask("ana", &[part], 1);
    let (person, device) = (world.person("cleo"), world.device("cleo").id());
    world.say(RevokeDevice { person, device, extra: Default::default() }, &By::People(&["registrar"]));
    asking.request.statements = world.end();
    world.approve(&mut asking, &["cleo"]);
    assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("approver-not-active"));
}

/// The stricter of the rule under which a part was sealed and the charter's now.
#[test]
fn a_rule_that_was_loosened_or_tightened_later_never_loosens_what_was_sealed() {
    let mut world = World::new();
    let mut service = world.service(0);
    let strict = part(&held(&world, &mut service, SOURCES, 1, &["a"]), 0);
    let loose = part(&held(&world, &mut service, CASES, 2, &["b"]), 0);
    for (compartment, rule) in [(SOURCES, Rule::TwoSeal), (CASES, Rule::TwoPerson)] {
        world.say(SetOpeningRule { compartment, rule, extra: Default::default() }, &By::Governor);
    }
    world.clock_forward(8 * DAY);
    let now = Moment::new(world.register.last().position, Timestamp(world.time));
    assert_eq!(world.register.charter(SOURCES, now).map(|charter| charter.rule), Some(Rule::TwoSeal));
    for (seed, part) in [(1, strict), (2, loose)] {
        let asking = world.ask("ana", &[part], seed);
        assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("second-person-missing"));
        let mut asking = world.ask("ana", &[part], seed + 10);
        world.approve(&mut asking, &["cleo"]);
        assert_eq!(ask(&mut world, &mut service, &asking), None);
    }
}

#[test]
fn a_person_opens_as_many_parts_a_day_as_the_charter_says_however_they_are_spread() {
    let charter = |quota| Charter { quota, ..Charter::new(Rule::TwoSeal, HistoryRule::Full) };
    let mut world = World::with(charter(Some(3)), charter(None));
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a", "b", "c"]);
    let other = held(&world, &mut service, SOURCES, 2, &["d"]);
    let mut seed = 0;
    let mut open = |world: &mut World, service: &mut Service, parts: &[PartRef], reader| {
        seed += 1;
        let asking = world.ask(reader, parts, seed);
        ask(world, service, &asking)
    };
    // Two of three release, so each of the three allows two thirds of it: two parts.
    let [a, b, c] = [0, 1, 2].map(|index| part(&sealed, index));
    assert_eq!(open(&mut world, &mut service, &[a, b, c], "ana").as_deref(), Some("quota-over"));
    assert_eq!(open(&mut world, &mut service, &[a], "ana"), None);
    assert_eq!(open(&mut world, &mut service, &[b], "ana"), None);
    assert_eq!(open(&mut world, &mut service, &[c], "ana").as_deref(), Some("quota-over"));
    assert_eq!(open(&mut world, &mut service, &[c], "dan"), None, "another person has another day");
    assert_eq!(
        open(&mut world, &mut service, &[part(&other, 0)], "ana"),
        None,
        "and so has another compartment"
    );
    world.clock_forward(DAY);
    assert_eq!(open(&mut world, &mut service, &[c], "ana"), None, "the next day");
    assert_eq!(open(&mut world, &mut service, &[a], "ana"), None);
    assert_eq!(open(&mut world, &mut service, &[b], "ana").as_deref(), Some("quota-over"));
}

#[test]
fn an_emergency_waives_what_charter_and_table_let_and_never_the_log_or_the_notice() {
    let charter = Charter { emergency: Some(true), ..Charter::new(Rule::TwoPerson, HistoryRule::Full) };
    let mut world = World::with(charter, Charter::new(Rule::TwoPerson, HistoryRule::Full));
    let mut service = world.service(0);
    let here = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    let there = part(&held(&world, &mut service, SOURCES, 2, &["b"]), 0);
    let urgent = |world: &World, part, purpose: &str, seed| {
        let mut asking = world.ask("ana", &[part], seed);
        asking.request.emergency = true;
        asking.request.purpose = Code::parse(purpose).unwrap();
        asking
    };
    let asking = urgent(&world, here, "audit", 1);
    assert_eq!(ask(&mut world, &mut service, &asking), None, "the row lets approvals be waived");
    let (_, notices) = post(&world, &mut service, "ben", 0);
    assert!(notices[0].1.emergency && notices[0].1.approvals.is_empty());
    let asking = urgent(&world, here, "case-follow-up", 2);
    assert_eq!(
        ask(&mut world, &mut service, &asking).as_deref(),
        Some("second-person-missing"),
        "this row does not"
    );
    let asking = urgent(&world, there, "audit", 3);
    assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("emergency-not-allowed"));
    let asking = urgent(&world, here, "consented", 4);
    assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("policy-refuses"));
    let asking = urgent(&world, here, "audit", 5);
    let answer = world.send(&mut service, &asking, "");
    assert_eq!(world.refusal(answer).as_deref(), Some("receipt-missing"));
    let mut asking = urgent(&world, here, "audit", 6);
    asking.request.delay_until = Some(Timestamp(world.time + DAY));
    assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("delay-too-long"));
}

#[test]
fn authors_reviewers_and_managers_are_told_and_each_only_of_what_concerns_them() {
    let mut world = World::new();
    let mut service = world.service(0);
    let bens = held(&world, &mut service, CASES, 1, &["a"]);
    let mut author = Author::new(&world, "cleo", CASES, 2);
    let cleos = author.seal(&world, &mut service, &["b"]);
    take(&world, &mut service, &header_of(&cleos)).unwrap();
    let mut parts = vec![part(&bens, 0), part(&cleos, 0)];
    parts.sort();
    let mut asking = world.ask("ana", &parts, 1);
    asking.request.case = Some(Bytes([4; 16]));
    assert_eq!(ask(&mut world, &mut service, &asking), None);
    let mut told: BTreeMap<&str, Vec<PartRef>> = BTreeMap::new();
    for (name, _) in PEOPLE {
        let (head, notices) = post(&world, &mut service, name, 0);
        assert_eq!(head.counter, 1);
        for (_, notice) in notices {
            assert_eq!((notice.counter, notice.outcome, notice.asked), (1, Outcome::Released, 2));
            assert_eq!((notice.reader, notice.case), (asking.request.reader, asking.request.case));
            assert_eq!(notice.leaf, Some(1));
            told.insert(name, notice.parts);
        }
    }
    let expected = BTreeMap::from([
        ("ben", vec![part(&bens, 0)]),
        ("cleo", vec![part(&cleos, 0)]),
        ("reviewer", vec![part(&bens, 0)]),
        ("manager", parts.clone()),
    ]);
    assert_eq!(told, expected);
    // An attempt that is refused is told too.
    let asking = world.ask("eve", &[part(&bens, 0)], 2);
    assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("reader-not-a-member"));
    let (_, notices) = post(&world, &mut service, "ben", 0);
    let last = &notices.last().unwrap().1;
    assert_eq!(last.refused.as_ref().map(Code::as_str), Some("reader-not-a-member"));
}

#[test]
fn a_delayed_notice_needs_two_persons_from_elsewhere_is_counted_and_comes_by_itself() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    let mut seed = 0;
    let mut delayed = |world: &mut World, service: &mut Service, by: &[&str]| {
        seed += 1;
        let mut asking = world.ask("ana", &[part], seed);
        asking.request.delay_until = Some(Timestamp(world.time + 10 * DAY));
        world.approve(&mut asking, by);
        ask(world, service, &asking)
    };
    for too_few in [&["cleo"][..], &["cleo", "dan"], &["dan", "manager"], &["cleo", "trainer"]] {
        let refused = delayed(&mut world, &mut service, too_few);
        assert_eq!(refused.as_deref(), Some("delay-not-approved"), "{too_few:?}");
    }
    let (_, before) = post(&world, &mut service, "ben", 0);
    assert_eq!(delayed(&mut world, &mut service, &["cleo", "eve"]), None);
    // Another opening, in the meantime, with its notice at once: the cursor moves on.
    let asking = world.ask("ana", &[part], 100);
    assert_eq!(ask(&mut world, &mut service, &asking), None);
    let last = |notices: &[(u64, Notice)]| notices.last().map_or(0, |(place, _)| *place);
    let (head, meanwhile) = post(&world, &mut service, "ben", last(&before));
    assert_eq!((head.delayed, head.counter, meanwhile.len()), (1, 6, 1), "counted, though not told");
    world.clock_forward(10 * DAY);
    world.publish(&mut service);
    let (head, disclosed) = post(&world, &mut service, "ben", last(&meanwhile));
    assert_eq!(head.delayed, 0);
    let (_, notice) = &disclosed[0];
    assert_eq!((notice.counter, notice.approvals.len()), (5, 2));
    assert_eq!(notice.delayed_until, Some(Timestamp(START + 10 * DAY)));
}

#[test]
fn mail_waits_with_notices_in_one_row() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed =
        SealedTo { enc: Blob(vec![1; 1120]), ciphertext: Blob(vec![2; 40]), extra: Default::default() };
    let (ana, ben) = (world.device("ana").id(), world.device("ben").id());
    let mail = TrusteeCall::Mail { to: ben, sealed: sealed.clone() };
    assert_eq!(service.call(ana, &mail).unwrap(), TrusteeAnswer::Done {});
    let TrusteeAnswer::Post { items, .. } = service.call(ben, &TrusteeCall::Post { after: 0 }).unwrap()
    else {
        panic!("no post");
    };
    assert_eq!((items.len(), items[0].notice, &items[0].sealed), (1, false, &sealed));
    let long = SealedTo { ciphertext: Blob(vec![2; 70_000]), ..sealed.clone() };
    let refused = service.call(ana, &TrusteeCall::Mail { to: ben, sealed: long }).unwrap();
    assert_eq!(refused, TrusteeAnswer::NotNow { code: Code::parse("mail-too-long").unwrap() });
    let nobody = DeviceId::from_bytes([1; 32]);
    let refused = service.call(ana, &TrusteeCall::Mail { to: nobody, sealed }).unwrap();
    assert_eq!(refused, TrusteeAnswer::NotNow { code: Code::parse("mail-nobody").unwrap() });
    let stranger = service.call(nobody, &TrusteeCall::Post { after: 0 }).unwrap();
    assert_eq!(stranger, TrusteeAnswer::NotNow { code: Code::parse("device-not-active").unwrap() });
}

#[test]
fn a_device_is_refused_so_often_in_an_hour_and_then_nothing_is_decided_for_it() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    // Eve is in no compartment: each of her requests is refused, logged and told.
    world.clock_forward(3600 - START % 3600);
    for n in 0..MOST_REFUSED {
        let asking = world.ask("eve", &[part], n);
        assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("reader-not-a-member"), "{n}");
    }
    let last = world.ask("eve", &[part], 1_000);
    for _ in 0..2 {
        let answer = world.open(&mut service, &last);
        assert_eq!(not_now(&answer), "refused-too-often");
    }
    let (head, told) = post(&world, &mut service, "ben", 0);
    assert_eq!(head.counter, MOST_REFUSED, "neither logged nor told: {}", told.len());
    // What was answered is answered again, and others are served.
    let first = world.ask("eve", &[part], 0);
    let receipt = world.log(&first).to_string();
    world.publish(&mut service);
    assert!(matches!(world.send(&mut service, &first, &receipt), OpenAnswer::Signed(_)));
    let asking = world.ask("ana", &[part], 2_000);
    assert_eq!(ask(&mut world, &mut service, &asking), None);
    // A restart forgets nothing, and a clock that is set back neither.
    drop(service.into_store());
    let store = Store::open(&world.places(0), World::hands(0)).unwrap().0;
    let mut service = Service::new(world.setting(0), store).unwrap();
    assert_eq!(not_now(&world.open(&mut service, &last)), "refused-too-often");
    world.clock.0.fetch_sub(3600, std::sync::atomic::Ordering::SeqCst);
    let receipt = world.log(&last).to_string();
    assert_eq!(not_now(&world.send(&mut service, &last, &receipt)), "refused-too-often");
    // In the next hour it is refused again, and logged.
    world.clock_forward(2 * 3600 - START % 3600);
    let asking = world.ask("eve", &[part], 3_000);
    assert_eq!(ask(&mut world, &mut service, &asking).as_deref(), Some("reader-not-a-member"));
}

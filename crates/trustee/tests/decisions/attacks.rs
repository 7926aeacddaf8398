//! Requests that must not be answered with pads.

use counterseal_model::*;
use counterseal_register::*;
use counterseal_trustee::{OpenAnswer, RestoreCheck, Service, Store};

use crate::guards::*;
use crate::log::{Log, cosigner};
use crate::world::*;

#[test]
fn a_logged_request_opens_what_it_names() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["the witness sleeps in Bria", "second"]);
    let asking = world.ask("ana", &[part(&sealed, 0), part(&sealed, 1)], 1);
    let answer = world.open(&mut service, &asking);
    let response = world.read(answer);
    assert_eq!((response.counter, response.outcome), (1, Outcome::Released));
    let pads = pads(&world, &asking, &response);
    assert_eq!(opened(&world, &sealed, 0, &pads[0]).unwrap(), "the witness sleeps in Bria");
    assert_eq!(opened(&world, &sealed, 1, &pads[1]).unwrap(), "second");
    assert_eq!(opened(&world, &sealed, 1, &pads[0]), None, "a pad is of one part");
}

/// One change to a good request, and what it is refused for.
#[test]
fn each_check_refuses_by_its_name() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    type Change = fn(&mut OpeningRequest, i64);
    let cases: [(&str, Change); 11] = [
        ("origin-other", |r, _| r.origin = r.origin.replace("/1", "/2")),
        ("origin-other", |r, _| r.origin = r.origin.replace("journal", "statements")),
        ("request-not-yet-made", |r, now| {
            (r.made, r.not_after) = (Timestamp(now + 301), Timestamp(now + 600));
        }),
        ("request-expired", |r, now| {
            (r.made, r.not_after) = (Timestamp(now - 300), Timestamp(now - 1));
        }),
        ("trustees-other", |r, _| r.trustee_set = StatementId::from_bytes([1; 32])),
        ("policy-other", |r, _| r.policy = StatementId::from_bytes([1; 32])),
        ("policy-refuses", |r, _| r.purpose = Code::parse("curiosity").unwrap()),
        ("ahead-too-long", |r, now| {
            let (until, reason) = (Timestamp(now + 30 * DAY + 1), Code::parse("trip").unwrap());
            r.ahead = Some(Ahead { until, reason, extra: Default::default() });
        }),
        ("delay-too-long", |r, now| r.delay_until = Some(Timestamp(now + 14 * DAY + 1))),
        ("delay-not-approved", |r, now| r.delay_until = Some(Timestamp(now + DAY))),
        ("emergency-not-allowed", |r, _| r.emergency = true),
    ];
    let now = world.time;
    for (seed, (code, change)) in (10..).zip(cases) {
        let mut asking = world.ask("ana", &[part(&sealed, 0)], seed);
        change(&mut asking.request, now);
        let answer = world.open(&mut service, &asking);
        assert_eq!(world.refusal(answer).as_deref(), Some(code));
    }
    let mut asking = world.ask("ana", &[part(&sealed, 0)], 99);
    asking.request.fresh = Bytes([0xff; HPKE_PUBLIC_LEN]);
    let answer = world.open(&mut service, &asking);
    assert_eq!(world.refusal(answer).as_deref(), Some("fresh-key-bad"));
    let asking = world.ask("ana", &[part(&sealed, 1)], 100);
    let answer = world.open(&mut service, &asking);
    assert_eq!(world.refusal(answer).as_deref(), Some("part-not-held"));
    assert_eq!(service.store().release_head().unwrap().counter, 13, "each of them was logged");
}

#[test]
fn pads_asked_for_without_a_logged_request_are_refused() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let refused = |world: &World, service: &mut _, asking: &Asking, receipt: &str| {
        let answer = world.send(service, asking, receipt);
        world.refusal(answer).unwrap()
    };
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    assert_eq!(refused(&world, &mut service, &asking, ""), "receipt-missing");
    // A receipt of another request, of the same reader for the same part.
    let other = world.ask("ana", &[part(&sealed, 0)], 2);
    let receipt = world.log(&other).to_string();
    world.publish(&mut service);
    let asking = world.ask("ana", &[part(&sealed, 0)], 3);
    assert_eq!(refused(&world, &mut service, &asking, &receipt), "leaf-other");
    // A leaf of this request that counts fewer parts.
    let asking = world.ask("ana", &[part(&sealed, 0), part(&sealed, 1)], 4);
    let leaf = opening_leaf(&world.signed(&asking), &asking.request).unwrap();
    let fewer = JournalLeaf::committing(LeafType::Opening, 1, *leaf.commitment()).unwrap();
    let receipt = world.append(&fewer).to_string();
    world.publish(&mut service);
    assert_eq!(refused(&world, &mut service, &asking, &receipt), "leaf-other");
    // A receipt whose checkpoint only one of two witnesses has cosigned.
    let asking = world.ask("ana", &[part(&sealed, 0)], 5);
    let receipt = world.log(&asking);
    let few = world.journal.cosigned(world.checkpoint(), &[cosigner("w.one", 61)], world.time);
    let forged = world.journal.receipt(receipt.index, few).to_string();
    world.publish(&mut service);
    assert_eq!(refused(&world, &mut service, &asking, &forged), "receipt-no-quorum");
}

#[test]
fn a_log_with_two_trees_opens_nothing() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    // The hub shows the reader and the witnesses a tree with the leaf, and the trustee one without.
    let ours = std::mem::replace(&mut world.journal, Log::new(&asking.request.origin, 52));
    world.append(&JournalLeaf::new(LeafType::Export, 1, &[1; 32], b"another first").unwrap());
    let receipt = world.log(&asking).to_string();
    world.journal = ours;
    world.append(&JournalLeaf::new(LeafType::Export, 1, &[0; 32], b"second").unwrap());
    world.publish(&mut service);
    assert_eq!(not_now(&world.send(&mut service, &asking, &receipt)), "split-view");
    // From now on nothing is released at all, and nothing was decided.
    let good = world.ask("ana", &[part(&sealed, 0)], 2);
    let answer = world.open(&mut service, &good);
    assert_eq!(not_now(&answer), "split-view");
    assert_eq!(service.store().release_head().unwrap().counter, 0);
}

#[test]
fn a_desk_with_another_statement_log_is_told_so() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let mut asking = world.ask("ana", &[part(&sealed, 0)], 1);
    asking.request.statements.root = [3; 32];
    let answer = world.open(&mut service, &asking);
    assert_eq!(not_now(&answer), "split-view");
    let mut asking = world.ask("ana", &[part(&sealed, 0)], 2);
    asking.request.statements.size += 1;
    let answer = world.open(&mut service, &asking);
    assert_eq!(not_now(&answer), "mirror-behind");
    // So is the journal log, where the trustee has not followed.
    let asking = world.ask("ana", &[part(&sealed, 0)], 3);
    let receipt = world.log(&asking).to_string();
    assert_eq!(not_now(&world.send(&mut service, &asking, &receipt)), "mirror-behind");
    world.publish(&mut service);
    let answer = world.send(&mut service, &asking, &receipt);
    assert_eq!(world.refusal(answer), None, "the same request, once the mirror has it");
}

#[test]
fn a_request_is_answered_once_and_never_decided_twice() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    let receipt = world.log(&asking).to_string();
    world.publish(&mut service);
    let first = world.send(&mut service, &asking, &receipt);
    assert_eq!(world.send(&mut service, &asking, &receipt), first, "the very same bytes");
    assert_eq!(service.store().release_head().unwrap().counter, 1);
    // The same id in another request: with another fresh key, and a leaf of its own.
    let mut again = world.ask("ana", &[part(&sealed, 0)], 2);
    again.request.id = asking.request.id;
    let answer = world.open(&mut service, &again);
    assert_eq!(not_now(&answer), "request-seen");
    // When its time is over the answer is gone, and there is no other.
    world.clock_forward(601);
    world.publish(&mut service);
    assert_eq!(not_now(&world.send(&mut service, &asking, &receipt)), "request-seen");
    assert_eq!(service.store().release_head().unwrap().counter, 1);
}

#[test]
fn a_thief_of_a_request_cannot_have_it_answered_to_himself() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    let receipt = world.log(&asking).to_string();
    world.publish(&mut service);
    // The signed request with another fresh key in it.
    let mut theirs = world.ask("ana", &[part(&sealed, 0)], 1);
    theirs.request.fresh = world.ask("eve", &[part(&sealed, 0)], 666).request.fresh;
    let payload = theirs.request.payload();
    let eve = world.device("eve");
    let forged =
        counterseal_seal::sign_statement(&payload, Label::OPENING_REQUEST, &[eve]).unwrap().bytes().to_vec();
    let sealed_to = world.sealed(service.id(), &forged);
    let answer = service.open(eve.id(), &sealed_to, receipt.as_bytes()).unwrap();
    assert_eq!(not_now(&answer), "opening-signature");
    // Signed by Ana herself, it is not what stands in the log.
    let answer = world.send(&mut service, &theirs, &receipt);
    assert_eq!(world.refusal(answer).as_deref(), Some("leaf-other"));
    // And sealed to another trustee it says nothing here.
    let elsewhere = world.sealed(trustee(1).id(), &world.signed(&asking));
    let answer = service.open(asking.request.reader, &elsewhere, receipt.as_bytes()).unwrap();
    assert_eq!(not_now(&answer), "not-sealed-here");
}

/// A refusal stands for ever. A second person, or a trustee that is corrupt, has the signed request before it is decided.
#[test]
fn who_overheard_a_request_cannot_have_it_refused() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    let receipt = world.log(&asking).to_string();
    world.publish(&mut service);
    let to_it = world.sealed(service.id(), &world.signed(&asking));
    // Another member brings it, without its receipt and with it.
    let ben = world.device("ben").id();
    for receipt in ["", receipt.as_str()] {
        let request = counterseal_register::SealedTo::clone(&to_it);
        let call = TrusteeCall::Open { request, receipt: Blob(receipt.as_bytes().to_vec()) };
        let answer = service.call(ben, &call).unwrap();
        assert!(
            matches!(&answer, TrusteeAnswer::NotNow { code } if code.as_str() == "reader-other"),
            "{answer:?}"
        );
    }
    assert_eq!(service.store().release_head().unwrap().counter, 0, "nothing is decided");
    let answer = world.send(&mut service, &asking, &receipt);
    assert_eq!(world.refusal(answer.clone()), None);
    // What was answered is sealed to the reader's fresh key, and is no secret.
    assert_eq!(service.open(ben, &to_it, b"").unwrap(), answer);
}

#[test]
fn another_devices_request_with_the_same_id_uses_up_nothing_of_its_readers() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    let mut theirs = world.ask("cleo", &[part(&sealed, 0)], 2);
    theirs.request.id = asking.request.id;
    let answer = world.open(&mut service, &theirs);
    assert_eq!(world.refusal(answer), None);
    let answer = world.open(&mut service, &asking);
    assert_eq!(world.refusal(answer), None, "hers is decided for itself");
}

#[test]
fn clocks_six_minutes_apart_and_old_mirrors_decide_nothing() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    let receipt = world.log(&asking).to_string();
    world.publish(&mut service);
    for (apart, expected) in [(-360, Some("clocks-differ")), (360, Some("clocks-differ")), (280, None)] {
        world.clock.0.store(START + apart, std::sync::atomic::Ordering::SeqCst);
        let answer = world.send(&mut service, &asking, &receipt);
        match expected {
            Some(code) => assert_eq!(not_now(&answer), code, "{apart} s"),
            None => assert_eq!(world.refusal(answer), None),
        }
    }
    // The clocks agree, for the receipt is fresh; what the trustee knows of the register is six minutes old.
    world.clock_forward(1_000);
    let asking = world.ask("ana", &[part(&sealed, 0)], 2);
    let receipt = world.log(&asking).to_string();
    world.publish_at(&mut service, world.time - 360);
    assert_eq!(not_now(&world.send(&mut service, &asking, &receipt)), "mirror-old");
    world.publish(&mut service);
    let answer = world.send(&mut service, &asking, &receipt);
    assert_eq!(world.refusal(answer), None);
}

#[test]
fn an_entry_that_has_not_come_is_no_reason_to_decide() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = Author::new(&world, "ben", CASES, 1).seal(&world, &mut service, &["a"]);
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    let receipt = world.log(&asking).to_string();
    world.publish(&mut service);
    assert_eq!(not_now(&world.send(&mut service, &asking, &receipt)), "entry-not-here");
    take(&world, &mut service, &header_of(&sealed)).unwrap();
    let answer = world.send(&mut service, &asking, &receipt);
    assert_eq!(world.refusal(answer), None);
}

#[test]
fn who_is_not_in_the_compartment_now_reads_nothing() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let refused = |world: &mut World, service: &mut _, reader, seed| {
        let asking = world.ask(reader, &[part(&sealed, 0)], seed);
        let answer = world.open(service, &asking);
        world.refusal(answer)
    };
    assert_eq!(refused(&mut world, &mut service, "eve", 1).as_deref(), Some("reader-not-a-member"));
    assert_eq!(refused(&mut world, &mut service, "dpo", 2).as_deref(), Some("reader-not-a-member"));
    assert_eq!(refused(&mut world, &mut service, "ana", 3), None);
    // Removed, with the epoch's secret still at hand.
    world.begin(CASES, &["manager", "ben", "cleo", "dan"], EpochReason::Remove);
    world.publish(&mut service);
    assert_eq!(refused(&mut world, &mut service, "ana", 4).as_deref(), Some("reader-not-a-member"));
    // Revoked on sight, before the log has it.
    let (person, device) = (world.person("dan"), world.device("dan").id());
    let revoke = RevokeDevice { person, device, extra: Default::default() };
    let bytes = world.bytes(revoke, &By::People(&["registrar"]));
    assert_eq!(refused(&mut world, &mut service, "dan", 5), None);
    let asking = world.ask("dan", &[part(&sealed, 0)], 6);
    let receipt = world.log(&asking).to_string();
    world.publish(&mut service);
    let (store, mirror) = service.store_mut();
    assert!(mirror.sight(store, &bytes).unwrap());
    let answer = world.send(&mut service, &asking, &receipt);
    assert_eq!(world.refusal(answer).as_deref(), Some("reader-not-active"));
}

#[test]
fn what_is_withdrawn_is_refused_on_sight_and_what_is_erased_is_gone() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a", "b"]);
    let parts = vec![part(&sealed, 0)];
    let cached = world.ask("ana", &parts, 1);
    let receipt = world.log(&cached).to_string();
    world.publish(&mut service);
    assert!(matches!(world.send(&mut service, &cached, &receipt), OpenAnswer::Signed(_)));
    let reason = Code::parse("consent-withdrawn").unwrap();
    let act = Withdraw { compartment: CASES, parts: parts.clone(), reason, extra: Default::default() };
    let bytes = world.bytes(act.clone(), &By::People(&["ben"]));
    let (store, mirror) = service.store_mut();
    assert!(mirror.sight(store, &bytes).unwrap());
    let asking = world.ask("ana", &parts, 2);
    let sighted = world.log(&asking).to_string();
    world.publish(&mut service);
    let answer = world.send(&mut service, &asking, &sighted);
    assert_eq!(world.refusal(answer).as_deref(), Some("part-withdrawn"));
    // The cooling-off is over, and two persons erase it.
    world.say(act, &By::People(&["ben"]));
    world.clock_forward(0);
    world.time += 2 * DAY;
    let erase = Erase { compartment: CASES, parts: parts.clone(), extra: Default::default() };
    world.say(erase, &By::People(&["manager", "dpo"]));
    world.clock_forward(2 * DAY);
    let other = world.ask("ana", &[part(&sealed, 1)], 4);
    let answer = world.open(&mut service, &other);
    assert_eq!(world.refusal(answer), None, "its neighbour in the entry stays");
    let asking = world.ask("ana", &parts, 3);
    let answer = world.open(&mut service, &asking);
    assert_eq!(world.refusal(answer).as_deref(), Some("part-erased"));
    let stored = counterseal_trustee::PartRef { entry: sealed.id(), index: 0 };
    assert!(!service.store().has_pad(&stored).unwrap());
    assert_ne!(service.store().tombstone(&stored).unwrap(), None);
    // Neither the old header nor the old answer brings it back.
    let again = take(&world, &mut service, &header_of(&sealed));
    assert_eq!(again, Ok(2), "the acknowledgement of then");
    assert!(!service.store().has_pad(&stored).unwrap());
    assert_eq!(not_now(&world.send(&mut service, &cached, &receipt)), "request-seen");
}

/// Within the ten minutes in which an answer is given again.
#[test]
fn an_answer_goes_when_one_of_its_parts_is_erased() {
    let charter = Charter { cooling_off_days: Some(0), ..Charter::new(Rule::TwoSeal, HistoryRule::Full) };
    let mut world = World::with(charter.clone(), charter);
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a", "b"]);
    let asking = world.ask("ana", &[part(&sealed, 0), part(&sealed, 1)], 1);
    let receipt = world.log(&asking).to_string();
    world.publish(&mut service);
    assert!(matches!(world.send(&mut service, &asking, &receipt), OpenAnswer::Signed(_)));
    let (parts, reason) = (vec![part(&sealed, 1)], Code::parse("consent-withdrawn").unwrap());
    let extra = cbor::Extra::default;
    let act = Withdraw { compartment: CASES, parts: parts.clone(), reason, extra: extra() };
    world.say(act, &By::People(&["ben"]));
    world.say(Erase { compartment: CASES, parts, extra: extra() }, &By::People(&["manager", "dpo"]));
    world.publish(&mut service);
    assert_eq!(not_now(&world.send(&mut service, &asking, &receipt)), "request-seen");
}

#[test]
fn a_restored_trustee_releases_nothing_before_it_is_confirmed() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    drop(service.into_store());
    std::fs::remove_dir_all(world.places(0).first).unwrap();
    let (store, _) = Store::restore_first(&world.places(0), World::hands(0)).unwrap();
    let mut service = Service::new(world.setting(0), store).unwrap();
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    let receipt = world.log(&asking).to_string();
    world.publish(&mut service);
    assert_eq!(not_now(&world.send(&mut service, &asking, &receipt)), "restoring");
    let (logs_fresh, tombstones_applied, witnesses_consistent) = (true, true, true);
    let others_head = Some(0);
    let check = RestoreCheck { logs_fresh, tombstones_applied, witnesses_consistent, others_head };
    service.store_mut().0.confirm_restored(&check).unwrap();
    let answer = world.send(&mut service, &asking, &receipt);
    assert_eq!(world.refusal(answer), None);
}

/// A trustee that is set up anew meets the old header: the tombstone stands before anything is unwrapped.
#[test]
fn an_erased_part_does_not_come_back_by_its_old_header() {
    let mut world = World::new();
    let mut service = world.service(0);
    let mut author = Author::new(&world, "ben", CASES, 1);
    let sealed = author.seal(&world, &mut service, &["a", "b"]);
    let alone = author.seal(&world, &mut service, &["c"]);
    let parts = vec![part(&sealed, 1), part(&alone, 0)];
    let parts = {
        let mut sorted = parts;
        sorted.sort();
        sorted
    };
    let reason = Code::parse("consent-withdrawn").unwrap();
    let act = Withdraw { compartment: CASES, parts: parts.clone(), reason, extra: Default::default() };
    world.say(act, &By::People(&["ben"]));
    world.time += 2 * DAY;
    world.say(
        Erase { compartment: CASES, parts, extra: Default::default() },
        &By::People(&["manager", "dpo"]),
    );
    world.clock_forward(2 * DAY);
    // The register says so; the store has not obeyed it yet.
    let now = world.time;
    world.append(&JournalLeaf::new(LeafType::Erasure, 1, &[0; 32], b"erasure").unwrap());
    world.publish_at(&mut service, now);
    assert_eq!(take(&world, &mut service, &header_of(&sealed)), Ok(1), "the pads of what lives");
    let stored = counterseal_trustee::PartRef { entry: sealed.id(), index: 1 };
    assert!(!service.store().has_pad(&stored).unwrap());
    assert_eq!(take(&world, &mut service, &header_of(&alone)), Err("entry-erased".to_owned()));
}

#[test]
fn a_policy_that_was_replaced_decides_nothing_any_more() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let old = world.policy;
    let stricter = TABLE.replace(
        "1,permit,anyone,open,*,case-follow-up,-,-,",
        "1,permit,anyone,open,*,case-follow-up,-,case,",
    );
    let new = world.set_policy(&stricter);
    world.clock_forward(8 * DAY);
    let asking = world.ask("ana", &[part(&sealed, 0)], 1);
    assert_eq!(asking.request.policy, old);
    let answer = world.open(&mut service, &asking);
    assert_eq!(world.refusal(answer).as_deref(), Some("policy-other"));
    world.policy = new;
    let asking = world.ask("ana", &[part(&sealed, 0)], 2);
    let answer = world.open(&mut service, &asking);
    let refused = world.read(answer).refused.unwrap();
    let missing: Vec<_> = refused.missing.iter().map(Code::as_str).collect();
    assert_eq!((refused.code.as_str(), refused.rule, missing), ("policy-refuses", Some(1), vec!["case"]));
}

#[test]
fn a_trustee_that_governors_replaced_releases_nothing() {
    let mut world = World::new();
    let mut service = world.service(0);
    let sealed = held(&world, &mut service, CASES, 1, &["a"]);
    let outgoing = world.set;
    let incoming = world.say(trustees_of(&[1, 2, 3], 2), &By::Governor);
    world.clock_forward(8 * DAY);
    for (seed, set) in [(1, outgoing), (2, incoming)] {
        world.set = set;
        let asking = world.ask("ana", &[part(&sealed, 0)], seed);
        let answer = world.open(&mut service, &asking);
        assert_eq!(world.refusal(answer).as_deref(), Some("trustees-other"));
    }
}

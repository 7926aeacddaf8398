//! Requests, approvals and what trustees sign: each is good for one thing.

use crate::common::*;
use counterseal_model::{EntryId, StatementId, Timestamp};
use counterseal_register::*;

fn request(world: &World, reader: &Dev, parts: u32) -> OpeningRequest {
    let part = |index| PartRef { entry: EntryId::from_bytes([3; 32]), index };
    OpeningRequest {
        suite: SUITE,
        mission: world.register.mission(),
        origin: "example.org/journal/1".to_owned(),
        statements: LogEnd::EMPTY,
        parts: (0..parts).map(part).collect(),
        purpose: Code::parse("case-follow-up").unwrap(),
        case: None,
        reader: reader.id(),
        fresh: Bytes(kem(1)),
        trustee_set: StatementId::from_bytes([2; 32]),
        id: Bytes([4; 32]),
        made: Timestamp(1_000),
        not_after: Timestamp(1_600),
        build: Bytes::ZERO,
        emergency: false,
        ahead: None,
        delay_until: None,
        policy: StatementId::from_bytes([5; 32]),
        claims: Vec::new(),
        approvals: Vec::new(),
        extra: Default::default(),
    }
}

fn signed(request: &OpeningRequest, by: &Dev) -> Vec<u8> {
    let payload = request.payload();
    Signed::assemble(&payload, vec![by.cose(Label::OPENING_REQUEST, &payload)]).bytes().to_vec()
}

fn check(world: &World, bytes: &[u8], keys: &DeviceKeys) -> Result<(), OpeningRefusal> {
    SignedBody::<OpeningRequest>::parse(bytes)?.verify_request(world.register.mission(), keys).map(drop)
}

#[test]
fn a_request_is_its_readers_and_within_its_limits() {
    let world = World::enrolled();
    let good = request(&world, &world.ana, 3);
    check(&world, &signed(&good, &world.ana), &world.ana.keys).unwrap();
    let code = |request: &OpeningRequest, by: &Dev| {
        check(&world, &signed(request, by), &world.ana.keys).unwrap_err().code()
    };
    assert_eq!(code(&good, &world.ben), "opening-signature");
    assert_eq!(code(&OpeningRequest { suite: 2, ..good.clone() }, &world.ana), "opening-suite-unknown");
    let other = OpeningRequest { mission: counterseal_model::MissionId::from_bytes([9; 32]), ..good.clone() };
    assert_eq!(code(&other, &world.ana), "opening-mission-other");
    for parts in [Vec::new(), vec![good.parts[1], good.parts[0]], vec![good.parts[0], good.parts[0]]] {
        assert_eq!(code(&OpeningRequest { parts, ..good.clone() }, &world.ana), "opening-parts-bad");
    }
    assert_eq!(code(&request(&world, &world.ana, 4097), &world.ana), "opening-parts-bad");
    for not_after in [Timestamp(999), Timestamp(1_601), Timestamp(i64::MAX)] {
        assert_eq!(code(&OpeningRequest { not_after, ..good.clone() }, &world.ana), "opening-times-bad");
    }
    let approvals = vec![Blob(vec![2]), Blob(vec![1])];
    assert_eq!(code(&OpeningRequest { approvals, ..good }, &world.ana), "opening-approval-bad");
}

#[test]
fn a_signature_for_one_purpose_is_none_for_another() {
    let world = World::enrolled();
    let payload = request(&world, &world.ana, 1).payload();
    for label in Label::ALL.iter().filter(|label| **label != Label::OPENING_REQUEST) {
        let bytes = Signed::assemble(&payload, vec![world.ana.cose(*label, &payload)]).bytes().to_vec();
        assert_eq!(
            check(&world, &bytes, &world.ana.keys).unwrap_err().code(),
            "opening-signature",
            "{label:?}"
        );
    }
}

fn approve(request: &OpeningRequest, by: &Dev, change: impl Fn(&mut Approval)) -> SignedBody<Approval> {
    let mut approval = Approval {
        mission: request.mission,
        core: Bytes(request.core_hash()),
        reader: request.reader,
        approver: by.id(),
        made: Timestamp(1_100),
        extra: Default::default(),
    };
    change(&mut approval);
    let payload = approval.payload();
    let signed = Signed::assemble(&payload, vec![by.cose(Label::OPENING_APPROVAL, &payload)]);
    SignedBody::parse(signed.bytes()).unwrap()
}

#[test]
fn an_approval_is_for_one_request_and_never_ones_own() {
    let world = World::enrolled();
    let request = request(&world, &world.ana, 2);
    let (ana, ben) = (&world.ana, &world.ben);
    let given = approve(&request, ben, |_| ());
    let with = OpeningRequest { approvals: vec![Blob(vec![1])], ..request.clone() };
    given.clone().verify_for(&with, &ben.keys).unwrap();
    // Another purpose, another part, another time, another fresh key: another request.
    let others: [fn(&mut OpeningRequest); 5] = [
        |r| r.purpose = Code::parse("audit").unwrap(),
        |r| r.parts.truncate(1),
        |r| r.not_after = Timestamp(1_599),
        |r| r.fresh = Bytes(kem(7)),
        |r| r.id = Bytes([8; 32]),
    ];
    for change in others {
        let mut other = request.clone();
        change(&mut other);
        assert_eq!(given.clone().verify_for(&other, &ben.keys).unwrap_err().code(), "opening-approval-bad");
    }
    let refuse = |approval: SignedBody<Approval>, keys: &DeviceKeys| {
        approval.verify_for(&request, keys).unwrap_err().code()
    };
    assert_eq!(refuse(approve(&request, ana, |_| ()), &ana.keys), "opening-approval-bad");
    assert_eq!(refuse(approve(&request, ben, |a| a.reader = ben.id()), &ben.keys), "opening-approval-bad");
    assert_eq!(refuse(approve(&request, ben, |a| a.approver = ana.id()), &ana.keys), "opening-signature");
}

#[test]
fn a_leaf_is_of_one_signed_request_and_counts_its_parts() {
    let world = World::enrolled();
    let request = request(&world, &world.ana, 5);
    let bytes = signed(&request, &world.ana);
    let leaf = opening_leaf(&bytes, &request).unwrap();
    assert_eq!((leaf.kind(), leaf.count()), (LeafType::Opening, 5));
    assert_eq!(opening_leaf(&bytes, &request).unwrap(), leaf);
    let fewer = OpeningRequest { parts: request.parts[..4].to_vec(), ..request.clone() };
    assert_ne!(opening_leaf(&bytes, &fewer).unwrap(), leaf);
    // The same words signed again with approvals are another request.
    let approved = OpeningRequest { approvals: vec![Blob(vec![1])], ..request.clone() };
    assert_ne!(opening_leaf(&signed(&approved, &world.ana), &approved).unwrap(), leaf);
    assert!(opening_leaf(&bytes, &OpeningRequest { parts: Vec::new(), ..request }).is_err());
}

#[test]
fn what_a_trustee_signs_needs_both_halves_of_its_key() {
    let world = World::enrolled();
    let trustee = Gov::new(51);
    let head = ReleaseHead {
        mission: world.register.mission(),
        trustee: trustee.key.id(),
        counter: 1,
        head: Bytes([1; 32]),
        time: Timestamp(5),
        delayed: 0,
        extra: Default::default(),
    };
    let payload = head.payload();
    let all = trustee.cose(Label::TRUSTEE_HEAD, &payload);
    let verify = |signatures: Vec<CoseSignature>| {
        let bytes = Signed::assemble(&payload, signatures).bytes().to_vec();
        SignedBody::<ReleaseHead>::parse(&bytes)?.verify_trustee(world.register.mission(), &trustee.key)
    };
    assert_eq!(verify(all.to_vec()).unwrap().body(), &head);
    for one in all {
        assert_eq!(verify(vec![one]).unwrap_err().code(), "opening-signature");
    }
    let other = Gov::new(52).cose(Label::TRUSTEE_HEAD, &payload);
    assert_eq!(verify(other.to_vec()).unwrap_err().code(), "opening-signature");
}

#[test]
fn calls_and_answers_are_read_as_they_were_written_and_in_no_other_way() {
    use counterseal_model::cbor::{from_bytes_strict, to_bytes};
    let sealed = SealedTo { enc: Blob(vec![1]), ciphertext: Blob(vec![2]), extra: Default::default() };
    let call = DeviceCall {
        mission: counterseal_model::MissionId::from_bytes([1; 32]),
        trustee: KeyId([2; 32]),
        device: counterseal_model::DeviceId::from_bytes([3; 32]),
        exporter: Bytes([4; 32]),
        call: TrusteeCall::Open { request: sealed.clone(), receipt: Blob(vec![3]) },
        extra: Default::default(),
    };
    assert_eq!(from_bytes_strict::<DeviceCall>(&to_bytes(&call)).unwrap(), call);
    let item = WaitingPost { place: 1, notice: true, sealed, extra: Default::default() };
    for answer in [
        TrusteeAnswer::Done {},
        TrusteeAnswer::Signed { objects: vec![Blob(vec![1])] },
        TrusteeAnswer::Post { head: Blob(vec![1]), items: vec![item], more: false },
        TrusteeAnswer::NotNow { code: Code::parse("behind").unwrap() },
    ] {
        let bytes = to_bytes(&answer);
        assert_eq!(from_bytes_strict::<TrusteeAnswer>(&bytes).unwrap(), answer);
        let mut other = bytes.clone();
        other[1] = 9;
        assert!(from_bytes_strict::<TrusteeAnswer>(&other).is_err(), "another kind");
        let longer = [&[bytes[0] + 1], &bytes[1..], &[0xf6]].concat();
        assert!(from_bytes_strict::<TrusteeAnswer>(&longer).is_err(), "a field more");
    }
}

#[test]
fn a_fact_names_what_it_is_about_in_order() {
    use counterseal_model::cbor::{from_bytes_strict, to_bytes};
    let part = |index| PartRef { entry: EntryId::from_bytes([3; 32]), index };
    let about = |parts| FactAbout::Parts(SOURCES, parts);
    let read = |about: &FactAbout| from_bytes_strict::<FactAbout>(&to_bytes(about));
    for good in [FactAbout::Person(person(1)), about(vec![part(0), part(1)])] {
        assert_eq!(read(&good).unwrap(), good);
    }
    for bad in [vec![], vec![part(1), part(0)], vec![part(1), part(1)]] {
        assert!(read(&about(bad)).is_err());
    }
}

//! The decision alone, for what the service already keeps away from it: each check stands by itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use counterseal_model::*;
use counterseal_policy::Office;
use counterseal_register::*;
use counterseal_trustee::{
    Against, Agreement, Asked, Decision, Held, Kept, Known, Letter, MirroredLog, NotNow, PartKnown, decide,
    policy_of, read_request,
};

use crate::world::*;

/// A good request and all that is known, changed before it is decided.
fn decided(change: impl Fn(&mut Asked<'_>, &mut Known<'_>)) -> Result<Decision, NotNow> {
    decided_for("case-follow-up", change)
}

fn decided_for(purpose: &str, change: impl Fn(&mut Asked<'_>, &mut Known<'_>)) -> Result<Decision, NotNow> {
    let mut world = World::new();
    world.clock_forward(0);
    let part = PartRef { entry: EntryId::from_bytes([3; 32]), index: 0 };
    let mut asking = world.ask("ana", &[part], 1);
    asking.request.purpose = Code::parse(purpose).unwrap();
    let receipt = world.log(&asking);
    let request = read_request(&world.register, &world.signed(&asking)).unwrap();
    let leaf = opening_leaf(request.bytes(), request.body()).unwrap().to_bytes();
    let policy = policy_of(world.register.opening_policy(world.register.last()).unwrap()).unwrap();
    let held = Held {
        part,
        kept: Kept::Pad,
        compartment: CASES,
        epoch: world.epochs[&CASES],
        author: world.device("ben").id(),
        letters: Vec::new(),
    };
    let end = world.end();
    let mirrored = MirroredLog { size: end.size, root: end.root, cosigned: Timestamp(START) };
    let mut asked = Asked {
        request: &request,
        receipt: Some(&receipt),
        checkpoint: Some(Agreement::Consistent),
        leaf: Some(leaf),
        statements_root: Some(end.root),
        seen: false,
        parts: vec![PartKnown::Here(Box::new(held))],
    };
    let mut known = Known {
        register: &world.register,
        trustee: trustee(0).id(),
        restoring: false,
        split: false,
        clock: Timestamp(START),
        statements: Some(mirrored),
        journal: Some(mirrored),
        policy: Some((world.policy, &policy)),
        letters: Vec::new(),
        used: BTreeMap::new(),
    };
    change(&mut asked, &mut known);
    decide(&asked, &known)
}

fn refused(change: impl Fn(&mut Asked<'_>, &mut Known<'_>)) -> Against {
    decided(change).unwrap().outcome.unwrap_err().against
}

#[test]
fn a_good_request_is_granted() {
    let decision = decided(|_, _| ()).unwrap();
    assert_eq!(decision.outcome.unwrap().counted, [(CASES, 1)]);
    assert_eq!((decision.leaf, decision.now), (Some(0), Timestamp(START)));
}

#[test]
fn a_mirror_that_lacks_the_leaf_releases_nothing() {
    assert_eq!(refused(|asked, _| asked.leaf = None), Against::LeafElsewhere);
    assert_eq!(refused(|asked, _| asked.leaf = Some([1; 38])), Against::LeafElsewhere);
}

#[test]
fn a_checkpoint_of_another_tree_decides_nothing() {
    for checkpoint in [None, Some(Agreement::TwoTrees)] {
        assert_eq!(decided(|asked, _| asked.checkpoint = checkpoint), Err(NotNow::SplitView));
    }
    let ahead = Some(Agreement::Ahead { size: 9 });
    assert_eq!(decided(|asked, _| asked.checkpoint = ahead), Err(NotNow::MirrorBehind));
}

#[test]
fn a_trustee_that_is_not_in_the_set_releases_nothing() {
    assert_eq!(refused(|_, known| known.trustee = trustee(3).id()), Against::OtherTrustees);
}

#[test]
fn a_policy_that_this_program_cannot_read_permits_nothing() {
    assert_eq!(refused(|_, known| known.policy = None), Against::PolicyUnreadable);
}

#[test]
fn a_restored_store_and_a_log_with_two_trees_decide_nothing() {
    assert_eq!(decided(|_, known| known.restoring = true), Err(NotNow::Restoring));
    assert_eq!(decided(|_, known| known.split = true), Err(NotNow::SplitView));
    assert_eq!(decided(|_, known| known.statements = None), Err(NotNow::MirrorOld));
    assert_eq!(decided(|asked, _| asked.seen = true), Err(NotNow::Seen));
}

/// As after a change of hubs that took its leaf back.
#[test]
fn a_fact_without_a_leaf_permits_nothing() {
    let with = |leaf| {
        decided_for("trained", move |asked, known| {
            let reader = asked.request.body().reader;
            let person = known.register.device(reader, known.register.last()).unwrap().person;
            let fact = Fact {
                mission: known.register.mission(),
                id: Bytes([1; 32]),
                by: reader,
                about: FactAbout::Person(person),
                kind: FactKind::Training,
                value: None,
                purposes: Vec::new(),
                recipients: Vec::new(),
                since: Timestamp(0),
                until: None,
                ends: false,
                made: Timestamp(0),
                whose: Vec::new(),
                extra: Default::default(),
            };
            known.letters = vec![Letter { fact: Arc::new(fact), said_by: Office::Training, leaf }];
        })
    };
    assert!(with(Some(3)).unwrap().outcome.is_ok());
    assert_eq!(with(None).unwrap().outcome.unwrap_err().against, Against::PolicyRefuses);
}

#[test]
fn a_part_of_an_epoch_that_nobody_knows_needs_two_persons() {
    let unknown = |asked: &mut Asked<'_>, _: &mut Known<'_>| {
        if let PartKnown::Here(held) = &mut asked.parts[0] {
            held.epoch = EpochId::from_bytes([1; 32]);
        }
    };
    assert_eq!(refused(unknown), Against::SecondPersonMissing);
}

#[test]
fn no_two_refusals_share_a_word() {
    let mut words: Vec<_> = Against::ALL.iter().map(|against| against.word()).collect();
    assert!(words.iter().all(|word| Code::parse(word).is_some()));
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Against::ALL.len());
}

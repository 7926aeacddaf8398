//! The rule that a mission's witnesses must obey: k of w with 2k - w > f, k > 2f, f >= 1, and not trustees
//! alone.

use counterseal_ledger::*;

use crate::common::*;

fn group(label: &str, trustees: bool, threshold: usize, seeds: std::ops::Range<u8>) -> WitnessGroup {
    let witness = |seed| cosigner(&format!("{label}.example/{seed}"), seed).public().clone();
    WitnessGroup {
        name: PolicyName::parse(label.as_bytes()).unwrap(),
        trustees,
        threshold,
        witnesses: seeds.map(witness).collect(),
    }
}

#[test]
fn exactly_the_rules_that_withstand_f_corrupt_witnesses_are_taken() {
    for (trustees, others) in [(3_u8, 1_u8), (3, 3), (2, 2)] {
        for (kt, ko) in (1..=trustees).flat_map(|kt| (1..=others).map(move |ko| (kt, ko))) {
            for f in 0..4_u8 {
                let groups = vec![
                    group("trustees", true, usize::from(kt), 0..trustees),
                    group("others", false, usize::from(ko), 50..50 + others),
                ];
                let taken = QuorumRule::new(groups, usize::from(f)).is_ok();
                let (k, w, f) = (i32::from(kt + ko), i32::from(trustees + others), i32::from(f));
                assert_eq!(taken, f >= 1 && 2 * k - w > f && k > 2 * f, "{k} of {w}, f = {f}");
            }
        }
    }
}

#[test]
fn bad_rules_say_why() {
    let trustees = |threshold| group("trustees", true, threshold, 0..3);
    let others = |threshold| group("others", false, threshold, 50..52);
    let refused = |groups, f| QuorumRule::new(groups, f).unwrap_err();
    assert_eq!(refused(vec![trustees(3), others(2)], 0), QuorumRefusal::NoFaults);
    assert_eq!(refused(vec![trustees(3)], 1), QuorumRefusal::OnlyTrustees);
    assert_eq!(refused(vec![], 1), QuorumRefusal::OnlyTrustees);
    let weak = QuorumRefusal::TooWeak { k: 3, w: 5, f: 1 };
    assert_eq!(refused(vec![trustees(2), others(1)], 1), weak);
    for threshold in [0, 3] {
        let wrong = refused(vec![trustees(3), others(threshold)], 1);
        assert!(matches!(wrong, QuorumRefusal::Threshold { witnesses: 2, .. }), "{wrong}");
    }
    let mut same_name = others(2);
    same_name.name = trustees(3).name;
    assert!(matches!(refused(vec![trustees(3), same_name], 1), QuorumRefusal::Twice { .. }));
    // One witness's keys under another name, or its name with other keys, would count twice.
    let mut same_keys = others(2);
    same_keys.witnesses[0] = cosigner("elsewhere.example", 0).public().clone();
    assert!(matches!(refused(vec![trustees(3), same_keys], 1), QuorumRefusal::Twice { .. }));
    let mut same_witness = others(2);
    same_witness.witnesses[0] = cosigner("trustees.example/0", 99).public().clone();
    assert!(matches!(refused(vec![trustees(3), same_witness], 1), QuorumRefusal::Twice { .. }));
    assert!(QuorumRule::new(vec![trustees(3), others(2)], 2).is_ok());
    // Half of those who cosigned could be corrupt, and the median time theirs.
    let timeless = QuorumRefusal::TooWeak { k: 4, w: 5, f: 2 };
    assert_eq!(refused(vec![trustees(2), others(2)], 2), timeless);
}

#[test]
fn the_rule_s_policy_needs_each_group_s_threshold_and_both_keys() {
    let rule = QuorumRule::new(vec![group("trustees", true, 2, 0..3), group("others", false, 2, 50..52)], 1)
        .unwrap();
    let (log, checkpoint) = Log::with(5);
    let policy = rule.policy(vec![log.key()]).unwrap();
    assert_eq!(Policy::parse(&policy.to_bytes()).unwrap(), policy, "it is a policy like any other");
    let counts = |seeds: &[u8], keys: usize| {
        let mut signed = checkpoint.signed().clone();
        for seed in seeds {
            let label = if *seed < 50 { "trustees" } else { "others" };
            let witness = cosigner(&format!("{label}.example/{seed}"), *seed);
            let lines = cosign(&checkpoint, &log.key(), &witness, 1_700_000_000);
            signed.add(lines.into_iter().take(keys)).unwrap();
        }
        policy.evaluate(signed).is_ok()
    };
    assert!(counts(&[0, 2, 50, 51], 2));
    assert!(!counts(&[0, 1, 2, 50], 2), "enough witnesses, too few that are no trustees");
    assert!(!counts(&[0, 50, 51], 2));
    assert!(!counts(&[0, 1, 2, 50, 51], 1), "Ed25519 alone");
    assert_eq!((rule.faults(), rule.groups().len()), (1, 2));
}

#[test]
fn a_group_called_like_a_witness_is_refused() {
    let mut groups = vec![group("trustees", true, 3, 0..3), group("others", false, 2, 50..52)];
    groups[0].name = PolicyName::parse(b"others.example/50").unwrap();
    assert!(QuorumRule::new(groups, 1).unwrap().policy(Vec::new()).is_err());
}

//! What must hold of every decision, whatever the table.

use proptest::prelude::*;

use super::dice::{self, Dice, NOW};
use crate::engine::Engine;
use crate::reading::Asking;
use crate::*;

/// Should the two readings ever differ, nothing is given, and it is said.
#[test]
fn what_cedar_does_not_permit_is_refused_whatever_the_rows_say() {
    let of = |rows: &str| {
        let text = format!(
            "engine,{ENGINE}\npurpose,p0,r0,a\nrow,effect,who,action,what,purpose,basis,needs,emergency,words\n{rows}"
        );
        Table::read("t", text.as_bytes()).unwrap()
    };
    let table = of("1,permit,anyone,open,*,p0,-,-,-,w\n");
    let request =
        Request { purpose: dice::code("p0"), action: Action::Open, ..dice::request(&mut Dice::new(&[])) };
    let facts = dice::facts(&mut Dice::new(&[]), &request);
    let asking = Asking::new(&table, &request, &facts, NOW);
    let part = asking.part(vec![], None);
    let judged =
        |engine: &Table| asking.judge(&Engine::new(&crate::compile::policies(engine)).unwrap(), &part);
    assert!(matches!(judged(&table), Verdict::Permit(_)));
    for other in ["", "2,permit,anyone,open,*,p0,-,-,-,w\n", "1,permit,anyone,open,*,p0,-,case,-,w\n"] {
        let Verdict::Refuse(refusals) = judged(&of(other)) else { panic!("{other}") };
        assert_eq!(refusals[0].unmet[0].need, NeedKind::Engine);
    }
}

/// Of itself, without the reading beside it: a no binds where the row rests on consent, in an emergency too.
#[test]
fn cedar_heeds_an_objection_where_the_row_rests_on_consent() {
    let permits = |basis: &str, waived: &str| {
        let text = format!(
            "engine,{ENGINE}\npurpose,p0,r0,a\nrow,effect,who,action,what,purpose,basis,needs,emergency,words\n1,permit,anyone,open,*,p0,{basis},-,{waived},w\n"
        );
        let table = Table::read("t", text.as_bytes()).unwrap();
        let engine = Engine::new(&crate::compile::policies(&table)).unwrap();
        [false, true].map(|objection| {
            let question = crate::engine::Question {
                action: "open",
                purpose: "p0".to_owned(),
                bases: ["consent", "mandate"].into(),
                emergency: true,
                objection,
                ..Default::default()
            };
            !engine.permits(&question).unwrap().is_empty()
        })
    };
    assert_eq!(permits("consent", "-"), [true, false]);
    assert_eq!(permits("consent or mandate", "basis"), [true, false]);
    assert_eq!(permits("mandate", "-"), [true, true]);
}

#[test]
fn a_request_without_parts_is_refused() {
    let policy = Policy::new(dice::table(&mut Dice::new(&[]))).unwrap();
    for in_parts in [false, true] {
        let request = Request { parts: vec![], in_parts, ..dice::request(&mut Dice::new(&[])) };
        let decision = decide(&policy, &request, &dice::facts(&mut Dice::new(&[]), &request), NOW);
        assert!(!decision.is_permitted() && !decision.gives(0));
        assert_eq!(decision.refusal().unwrap().to_string(), "refused: no part is named; name one");
    }
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..400)
}

/// Every way to take one proved fact away, or make it a claim.
fn less(facts: &Facts) -> Vec<Facts> {
    let mut all = Vec::new();
    macro_rules! without {
        ($($field:ident).+) => {
            for nth in 0..facts.$($field).+.len() {
                let mut fewer = facts.clone();
                fewer.$($field).+.remove(nth);
                all.push(fewer);
                let mut claimed = facts.clone();
                claimed.$($field).+[nth].standing = Standing::Claimed;
                all.push(claimed);
            }
        };
    }
    without!(reader.roles);
    without!(reader.offices);
    without!(reader.training);
    without!(reader.device);
    all.push(Facts { reader: Reader { section: None, ..facts.reader.clone() }, ..facts.clone() });
    all.push(Facts { reader: Reader { contingent: None, ..facts.reader.clone() }, ..facts.clone() });
    for nth in 0..facts.approvals.len() {
        let mut fewer = facts.clone();
        fewer.approvals.remove(nth);
        all.push(fewer);
        let mut elsewhere = facts.clone();
        elsewhere.approvals[nth].section = None;
        all.push(elsewhere);
    }
    for (part, of) in &facts.parts {
        for nth in 0..of.bases.len() {
            let mut fewer = facts.clone();
            fewer.parts.get_mut(part).unwrap().bases.remove(nth);
            all.push(fewer);
            let mut claimed = facts.clone();
            claimed.parts.get_mut(part).unwrap().bases[nth].standing = Standing::Claimed;
            all.push(claimed);
        }
        for nth in 0..of.agreements.len() {
            let mut fewer = facts.clone();
            fewer.parts.get_mut(part).unwrap().agreements.remove(nth);
            all.push(fewer);
        }
        let mut unknown = facts.clone();
        unknown.parts.remove(part).unwrap();
        // What was objected to stays: it is no fact that helps.
        unknown.parts.insert(*part, PartFacts { objections: of.objections.clone(), ..PartFacts::default() });
        all.push(unknown);
    }
    all
}

#[test]
fn cases_of_both_kinds_occur() {
    let (mut permitted, mut waived, mut refused) = (0, 0, 0);
    let mut seed = 1u32;
    for _ in 0..400 {
        let bytes: Vec<u8> = (0..400)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 24) as u8
            })
            .collect();
        let mut d = Dice::new(&bytes);
        let policy = Policy::new(dice::table(&mut d)).unwrap();
        let request = dice::request(&mut d);
        let facts = dice::facts(&mut d, &request);
        for (verdict, _) in decide(&policy, &request, &facts, NOW).verdicts() {
            match verdict {
                Verdict::Permit(permit) if permit.waived.is_empty() => permitted += 1,
                Verdict::Permit(_) => waived += 1,
                Verdict::Refuse(_) => refused += 1,
            }
        }
    }
    assert!(permitted > 40 && waived > 10 && refused > 100, "{permitted} {waived} {refused}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn cedar_and_the_reading_of_rows_agree(bytes in bytes()) {
        let mut d = Dice::new(&bytes);
        let table = dice::table(&mut d);
        let engine = Engine::new(&crate::compile::policies(&table)).unwrap();
        let request = dice::request(&mut d);
        let facts = dice::facts(&mut d, &request);
        let asking = Asking::new(&table, &request, &facts, NOW);
        for asked in &request.parts {
            let part = asking.part(table.labels(asked.compartment), facts.parts.get(&asked.part));
            let rows = engine.permits(&asking.question(&part)).unwrap();
            match asking.read(&part) {
                Verdict::Permit(permit) => prop_assert!(rows.contains(&permit.row), "{permit} and {rows:?}"),
                Verdict::Refuse(refusals) => {
                    prop_assert!(rows.is_empty(), "{refusals:?} and {rows:?}");
                    prop_assert!(!refusals.is_empty() && refusals.iter().all(|refusal| !refusal.unmet.is_empty()));
                }
            }
        }
    }

    #[test]
    fn a_decision_is_the_same_twice_and_whatever_order_facts_come_in(bytes in bytes()) {
        let mut d = Dice::new(&bytes);
        let policy = Policy::new(dice::table(&mut d)).unwrap();
        let request = dice::request(&mut d);
        let mut facts = dice::facts(&mut d, &request);
        let once = decide(&policy, &request, &facts, NOW);
        prop_assert_eq!(&once, &decide(&policy, &request, &facts, NOW));
        facts.reader.roles.reverse();
        facts.reader.training.reverse();
        facts.approvals.reverse();
        facts.parts.values_mut().for_each(|part| part.bases.reverse());
        prop_assert_eq!(&once, &decide(&policy, &request, &facts, NOW));
    }

    #[test]
    fn taking_a_fact_away_never_permits(bytes in bytes()) {
        let mut d = Dice::new(&bytes);
        let policy = Policy::new(dice::table(&mut d)).unwrap();
        let request = dice::request(&mut d);
        let facts = dice::facts(&mut d, &request);
        let before = decide(&policy, &request, &facts, NOW);
        let mut objecting = facts.clone();
        objecting.parts.values_mut().for_each(|part| part.objections.push(dice::objection(&mut d)));
        for fewer in less(&facts).into_iter().chain([objecting]) {
            let after = decide(&policy, &request, &fewer, NOW);
            for place in 0..request.parts.len() {
                prop_assert!(before.gives(place) || !after.gives(place), "{fewer:?}");
            }
        }
    }

    #[test]
    fn what_is_only_claimed_never_helps(bytes in bytes()) {
        let mut d = Dice::new(&bytes);
        let policy = Policy::new(dice::table(&mut d)).unwrap();
        let request = dice::request(&mut d);
        let facts = dice::facts(&mut d, &request);
        let before = decide(&policy, &request, &facts, NOW);
        let mut more = facts.clone();
        more.reader.training.push(Held::claimed(()));
        more.reader.device.push(Held::claimed(()));
        more.reader.roles.extend(["a", "b"].map(|role| Held::claimed(dice::code(role))));
        more.reader.offices.push(Held::claimed(Office::Watch));
        let after = decide(&policy, &request, &more, NOW);
        for place in 0..request.parts.len() {
            prop_assert_eq!(before.gives(place), after.gives(place));
        }
    }

    #[test]
    fn one_refusal_refuses_all_unless_asked_in_parts(bytes in bytes()) {
        let mut d = Dice::new(&bytes);
        let policy = Policy::new(dice::table(&mut d)).unwrap();
        let mut request = dice::request(&mut d);
        let facts = dice::facts(&mut d, &request);
        request.in_parts = false;
        let whole = decide(&policy, &request, &facts, NOW);
        request.in_parts = true;
        let parts = decide(&policy, &request, &facts, NOW);
        let given = (0..request.parts.len()).filter(|place| parts.gives(*place)).count();
        prop_assert_eq!(whole.is_permitted(), given == request.parts.len());
        prop_assert_eq!((0..request.parts.len()).filter(|place| whole.gives(*place)).count(), if whole.is_permitted() { given } else { 0 });
        prop_assert_eq!(parts.is_permitted(), given > 0);
        prop_assert_eq!(whole.refusal().is_none(), whole.is_permitted());
        for (nth, asked) in request.parts.iter().enumerate() {
            let alone = Request { parts: vec![*asked], ..request.clone() };
            let alone = decide(&policy, &alone, &facts, NOW);
            prop_assert_eq!(alone.verdict(0), parts.verdict(nth));
        }
    }
}

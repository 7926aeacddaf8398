//! What was said of a part, one thing after the other, and what is left of it for one use.

use counterseal_model::record::Use;
use counterseal_model::{Code, Timestamp};

use crate::standing::Office;
use crate::{Said, SaidOf, lay_together};

const ANA: Option<[u8; 32]> = Some([1; 32]);
const BEN: Option<[u8; 32]> = Some([2; 32]);

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

/// A member's word, at a time, with its leaf at that index.
fn said(kind: SaidOf, whose: Option<[u8; 32]>, made: i64) -> Said {
    Said {
        kind,
        value: None,
        whose,
        purposes: vec![code("follow-up")],
        recipients: Vec::new(),
        since: Timestamp(made),
        until: None,
        ends: false,
        made: Timestamp(made),
        leaf: u64::try_from(made).ok(),
        by: Office::Member,
    }
}

fn yes(whose: Option<[u8; 32]>, made: i64) -> Said {
    said(SaidOf::Consent, whose, made)
}

/// A no says nothing of purposes: it is to everything.
fn no(whose: Option<[u8; 32]>, made: i64) -> Said {
    Said { ends: true, purposes: Vec::new(), ..yes(whose, made) }
}

fn basis(value: &str, made: i64) -> Said {
    Said { value: Some(code(value)), ..said(SaidOf::Basis, None, made) }
}

fn ends(said: Said) -> Said {
    Said { ends: true, ..said }
}

/// How many bases, objections and agreements there are for a use.
fn for_use(all: &[Said], purpose: &str, recipient: &str) -> (usize, usize, usize) {
    let facts = lay_together(all, &Use::new(code(purpose), code(recipient)));
    (facts.bases.len(), facts.objections.len(), facts.agreements.len())
}

fn own(all: &[Said]) -> (usize, usize, usize) {
    for_use(all, "follow-up", "mission")
}

#[test]
fn what_permits_covers_what_it_names_and_what_ends_covers_all_that_it_does_not_narrow() {
    assert_eq!(own(&[yes(ANA, 1)]), (1, 0, 0));
    assert_eq!(for_use(&[yes(ANA, 1)], "referral", "mission"), (0, 0, 0));
    assert_eq!(for_use(&[yes(ANA, 1)], "follow-up", "court"), (0, 0, 0), "who is not named is not meant");
    let named = Said { recipients: vec![code("court")], ..yes(ANA, 1) };
    assert_eq!(for_use(std::slice::from_ref(&named), "follow-up", "court"), (1, 0, 0));
    assert_eq!(own(&[named]), (0, 0, 0));
    assert_eq!(for_use(&[no(ANA, 1)], "referral", "court"), (0, 1, 0));
    let narrow = Said { recipients: vec![code("court")], ..no(ANA, 1) };
    assert_eq!(own(&[narrow]), (0, 0, 0));
}

#[test]
fn a_basis_is_one_that_there_is_and_consent_is_brought_and_not_said() {
    assert_eq!(own(&[basis("best-interests", 1)]), (1, 0, 0));
    assert_eq!(own(&[basis("consent", 1)]), (0, 0, 0));
    assert_eq!(own(&[basis("whatever", 1)]), (0, 0, 0));
    assert_eq!(own(&[said(SaidOf::Agreement, None, 1)]), (0, 0, 1));
}

#[test]
fn an_end_ends_its_own_kind_value_and_person_from_its_time_back() {
    let held = basis("best-interests", 5);
    for (end, left) in [
        (ends(basis("best-interests", 6)), 0),
        (ends(basis("best-interests", 5)), 0),
        (ends(basis("best-interests", 4)), 1),
        (ends(basis("mandate", 6)), 1),
        (ends(said(SaidOf::Basis, None, 6)), 0),
        (ends(said(SaidOf::Agreement, None, 6)), 1),
    ] {
        assert_eq!(own(&[held.clone(), end.clone()]).0, left, "{end:?}");
        assert_eq!(own(&[end, held.clone()]).0, left, "in whatever order it came");
    }
    assert_eq!(own(&[yes(ANA, 1), yes(BEN, 2), no(ANA, 3)]), (1, 1, 0), "Ben's yes stands beside Ana's no");
    assert_eq!(own(&[yes(ANA, 1), yes(BEN, 2), no(None, 3)]), (0, 1, 0), "a no of nobody is everybody's");
}

#[test]
fn a_no_is_lifted_by_a_later_yes_of_the_same_person_to_that_use_and_by_nothing_else() {
    let objections = |after: Said| own(&[yes(ANA, 1), no(ANA, 5), after]).1;
    assert_eq!(objections(yes(ANA, 6)), 0);
    assert_eq!(objections(yes(ANA, 5)), 1, "no later");
    assert_eq!(objections(yes(BEN, 6)), 1, "another person's");
    assert_eq!(objections(Said { leaf: Some(4), ..yes(ANA, 6) }), 1, "later by its own clock alone");
    assert_eq!(objections(Said { leaf: None, ..yes(ANA, 6) }), 1, "in no log");
    assert_eq!(objections(Said { made: Timestamp(4), leaf: Some(6), ..yes(ANA, 6) }), 1, "sent again");
    assert_eq!(objections(Said { purposes: vec![code("referral")], ..yes(ANA, 6) }), 1, "to something else");
    assert_eq!(objections(Said { kind: SaidOf::Agreement, ..yes(ANA, 6) }), 1, "no consent");
    let on_sight = Said { leaf: None, ..no(ANA, 5) };
    assert_eq!(own(&[on_sight, yes(ANA, 6)]).1, 0, "a no that is in no log yet is lifted by the clock");
}

#[test]
fn a_no_of_nobody_waits_for_everybody_who_had_said_anything_or_for_an_officer() {
    let before = [yes(ANA, 1), yes(BEN, 2), no(None, 5)];
    let with = |more: &[Said]| own(&[&before[..], more].concat()).1;
    assert_eq!(with(&[yes(ANA, 6)]), 1, "Ben has not");
    assert_eq!(with(&[yes(ANA, 6), yes(BEN, 7)]), 0);
    assert_eq!(with(&[yes(ANA, 6), yes(BEN, 7), no(Some([3; 32]), 8)]), 1, "who came later was not meant");
    assert_eq!(own(&[no(None, 5), yes(ANA, 6)]).1, 1, "a member names anybody");
    let officer = Said { by: Office::DataProtection, ..yes(ANA, 6) };
    assert_eq!(own(&[no(None, 5), officer]).1, 0);
}

#[test]
fn who_had_said_anything_before_a_no_of_nobody_the_log_tells_and_no_clock() {
    let at = |leaf, said| Said { leaf: Some(leaf), ..said };
    let end = at(5, no(None, 100));
    // A member invents somebody after the no, dates their first yes back, and lets them say yes again.
    let invented = [end.clone(), at(6, yes(ANA, 90)), at(7, yes(ANA, 110))];
    assert_eq!(own(&invented).1, 1, "dated back");
    let their_no = at(6, no(ANA, 90));
    let on_sight = Said { leaf: None, ..their_no.clone() };
    assert_eq!(own(&[end.clone(), their_no, at(7, yes(ANA, 110))]).1, 1, "a no that is dated back");
    assert_eq!(own(&[end.clone(), on_sight, at(7, yes(ANA, 110))]).1, 1, "a no in no log");
    // Where the no itself is in no log, nothing is before it there.
    let bare = Said { leaf: None, ..end.clone() };
    assert_eq!(own(&[bare.clone(), at(1, yes(ANA, 90)), at(7, yes(ANA, 110))]).1, 1, "no place in the log");
    assert_eq!(own(&[end.clone(), at(1, yes(ANA, 90)), at(7, yes(ANA, 110))]).1, 0, "it was so");
    // An officer's yes lifts each of these, for those who had said something.
    let officer = |whose| Said { by: Office::DataProtection, ..at(8, yes(whose, 120)) };
    assert_eq!(own(&[&invented[..], &[officer(ANA)]].concat()).1, 0);
    assert_eq!(own(&[bare, at(1, yes(ANA, 90)), officer(BEN)]).1, 1, "Ana has not");
    // One of two who had is enough for the log to tell; each has to say yes.
    let two = [at(1, yes(ANA, 80)), at(6, yes(BEN, 90)), end, at(7, yes(ANA, 110))];
    assert_eq!(own(&two).1, 1, "Ben has not");
    assert_eq!(own(&[&two[..], &[at(8, yes(BEN, 111))]].concat()).1, 0);
}

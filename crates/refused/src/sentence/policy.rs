//! What the policy says: by which row, what is missing, and whom to ask.

use counterseal_model::{Code, Timestamp};
use counterseal_policy::{Need, NeedKind, Needed, Permit, Refusal, State, Trait, Unmet, Verdict, Who};

use super::Named;
use crate::catalogue::Sentences;

/// A verdict, in a sentence for each of its reasons.
#[must_use]
pub fn sentences_of_verdict(verdict: &Verdict, words: Sentences) -> Vec<String> {
    match verdict {
        Verdict::Permit(permit) => vec![of_permit(permit, words)],
        Verdict::Refuse(refusals) => refusals.iter().map(|one| of_refusal(one, words)).collect(),
    }
}

/// What the emergency waived, one after the other; none where it waived nothing.
#[must_use]
pub fn words_of_waived(permit: &Permit, words: Sentences) -> Option<String> {
    let called = |kind: &NeedKind| match kind {
        NeedKind::Device => words.thing("attested"),
        other => words.thing(other.word()),
    };
    let all: Vec<String> = permit.waived.iter().map(called).collect();
    (!all.is_empty()).then(|| all.join(words.comma()))
}

/// What is missing; whom to ask is not said.
#[must_use]
pub fn sentence_of_unmet(unmet: &Unmet, words: Sentences) -> String {
    match (&unmet.needed, unmet.need) {
        (Needed::Row { purpose, known: true }, _) => {
            words.say("policy-no-row", &[code("purpose", purpose, words)])
        }
        (Needed::Row { purpose, known: false }, _) => {
            words.say("policy-no-purpose", &[code("purpose", purpose, words)])
        }
        (Needed::Part, _) => words.say("policy-no-part", &[]),
        (_, NeedKind::Never) => words.say("policy-never", &[]),
        (_, NeedKind::Engine) => words.say("policy-engine", &[]),
        (_, NeedKind::Case) if unmet.state == State::Missing => words.say("policy-no-case", &[]),
        (Needed::Who(who), _) if unmet.state == State::Missing => {
            words.say("policy-is-for", &[("who", of_who(who, words).into())])
        }
        (Needed::Condition(need), _) if unmet.state == State::Outside => of_time(*need, words),
        (needed, _) => of_state(unmet.state, &of_needed(needed, words), words),
    }
}

pub(super) fn of_refusal(refusal: &Refusal, words: Sentences) -> String {
    let one = |unmet: &Unmet| {
        let asked =
            unmet.ask.map(|office| words.say("against-ask", &[("ask", words.thing(office.word()).into())]));
        [Some(sentence_of_unmet(unmet, words)), asked].into_iter().flatten().collect::<Vec<_>>().join("; ")
    };
    let reason = refusal.unmet.iter().map(one).collect::<Vec<_>>().join("; ");
    let Some(row) = refusal.row else { return words.say("policy-refused", &[("reason", reason.into())]) };
    let row = ("row", row.to_string().into());
    words
        .say("policy-refused-by", &[row, ("words", refusal.words.as_str().into()), ("reason", reason.into())])
}

fn of_permit(permit: &Permit, words: Sentences) -> String {
    let row = ("row", permit.row.to_string().into());
    let by = words.say("policy-permitted", &[row, ("words", permit.words.as_str().into())]);
    match words_of_waived(permit, words) {
        Some(waived) => format!("{by}; {}", words.say("policy-waived", &[("waived", waived.into())])),
        None => by,
    }
}

fn of_needed(needed: &Needed, words: Sentences) -> String {
    let count = |key, count: u8| words.say(key, &[("needed", count.to_string().into())]);
    match needed {
        Needed::Who(who) => of_who(who, words),
        Needed::Basis { kinds, purpose, recipient } => {
            let kinds = kinds.iter().map(|kind| words.word(kind.word()));
            let basis = ("basis", joined("policy-or", kinds, words).into());
            let purpose = code("purpose", purpose, words);
            match recipient {
                Some(recipient) => {
                    words.say("policy-basis", &[basis, purpose, code("recipient", recipient, words)])
                }
                None => words.say("policy-basis-alone", &[basis, purpose]),
            }
        }
        Needed::Elsewhere(n) => count("policy-elsewhere", *n),
        Needed::Condition(Need::Approvals(n)) => count("policy-approvals", *n),
        Needed::Condition(Need::Device) => words.thing("attested"),
        Needed::Condition(need) => words.thing(need.kind().word()),
        Needed::Row { .. } | Needed::Part | Needed::Nothing => String::new(),
    }
}

fn of_state(state: State, what: &str, words: Sentences) -> String {
    let what: Named = ("what", what.to_owned().into());
    let day = |key, at: Timestamp| words.say(key, &[what.clone(), ("day", words.day(at).into())]);
    match state {
        State::Missing => words.say("policy-missing", &[what]),
        State::Claimed => words.say("policy-claimed", &[what]),
        State::NotTheirs { by } => {
            words.say("policy-not-theirs", &[what, ("office", words.thing(by.word()).into())])
        }
        State::NotYet { from } => day("policy-not-yet", from),
        State::Lapsed { on } => day("policy-lapsed", on),
        State::Refused { on } => day("policy-said-no", on),
        State::Withdrawn { on } => day("policy-taken-back", on),
        State::Short { have } => words.say("policy-short", &[what, ("have", have.to_string().into())]),
        State::Outside => words.say("policy-outside", &[what]),
        State::Met => words.say("policy-met", &[what]),
    }
}

/// When it is allowed.
fn of_time(need: Need, words: Sentences) -> String {
    let hour = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let weekday = |day: u8| words.thing(&format!("weekday-{day}"));
    let date = |day: i32| words.day(Timestamp(i64::from(day).saturating_mul(Timestamp::DAY)));
    let span =
        |key, from: String, until: String| words.say(key, &[("from", from.into()), ("until", until.into())]);
    match need {
        Need::Hours(from, until) => span("policy-hours", hour(from), hour(until)),
        Need::Days(from, until) if from == until => {
            words.say("policy-weekday", &[("day", weekday(from).into())])
        }
        Need::Days(from, until) => span("policy-weekdays", weekday(from), weekday(until)),
        Need::From(day) => words.say("policy-from", &[("day", date(day).into())]),
        Need::Until(day) => words.say("policy-until", &[("day", date(day).into())]),
        other => words.say("policy-outside", &[("what", words.thing(other.kind().word()).into())]),
    }
}

/// One of several, each of which is all of its traits.
fn of_who(who: &Who, words: Sentences) -> String {
    let all =
        |traits: &Vec<Trait>| joined("policy-and", traits.iter().map(|one| of_trait(one, words)), words);
    joined("policy-or", who.0.iter().map(all), words)
}

fn of_trait(one: &Trait, words: Sentences) -> String {
    match one {
        Trait::Section(name) => words.say("policy-section", &[code("name", name, words)]),
        Trait::Role(name) => words.say("policy-role", &[code("name", name, words)]),
        Trait::Contingent(name) => words.say("policy-contingent", &[code("name", name, words)]),
        Trait::Office(office) => words.thing(office.word()),
    }
}

fn joined(key: &'static str, mut all: impl Iterator<Item = String>, words: Sentences) -> String {
    let first = all.next().unwrap_or_default();
    all.fold(first, |one, other| words.say(key, &[("one", one.into()), ("other", other.into())]))
}

/// What the mission itself calls something: its table has no other word for it. On pages what ships has a word, with the
/// code beside it.
fn code(name: &'static str, code: &Code, words: Sentences) -> Named {
    let called = words.code(code.as_str()).filter(|_| words.is_for_pages());
    (name, called.map_or_else(|| code.to_string(), |called| format!("{called} ({code})")).into())
}

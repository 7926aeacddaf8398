//! What needs a person: in plain sentences, each with what to do.

use axum::extract::State;
use axum::response::Response;
use counterseal_node::{NodeError, SyncReport, TwoTrees};
use counterseal_register::Subject;
use maud::{Markup, html};

use super::super::state::span;
use super::super::{Reader, Sent, refused, with_form};
use super::name;
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::{Said, Words};
use crate::worker::Unlocked;

/// A warning: what was seen, and what to do.
struct Warning {
    seen: String,
    todo: &'static str,
}

/// Everything that does not fit, the worst first; nothing of it is said where nothing is wrong.
pub(super) fn all(words: Words, token: &str, unlocked: &Unlocked) -> Result<Markup, NodeError> {
    let mut found = standing(words, unlocked)?;
    if let Some(Ok(report)) = unlocked.last_sync.as_ref().map(|last| &last.outcome) {
        found.extend(of_report(words, report));
    }
    let evidence = evidence(words, token, unlocked)?;
    let quiet = found.is_empty() && evidence.is_none();
    Ok(html! {
        h2 { (words.text("warn-title")) }
        @if quiet { p role="status" { (words.text("warn-none")) } }
        @for warning in &found {
            div.alarm role="alert" {
                p.warning { (warning.seen) }
                p { (words.text(warning.todo)) }
            }
        }
        @if let Some(evidence) = evidence { (evidence) }
    })
}

/// What is known from the store, whether or not a session was held.
fn standing(words: Words, unlocked: &Unlocked) -> Result<Vec<Warning>, NodeError> {
    let desk = &unlocked.desk;
    let mut found = Vec::new();
    let mut add = |seen, todo| found.push(Warning { seen, todo });
    for TwoTrees { witness, size, .. } in desk.two_trees()? {
        let size = words.number(size);
        let values = [("witness", Said::Text(&witness)), ("size", Said::Text(&size))];
        add(words.with("warn-two-trees", &values), "warn-two-trees-do");
    }
    let counted = |key, count: u64| words.with(key, &[("count", count.into())]);
    let strange = desk.strange_devices()?.len() as u64;
    let lost = desk.lost_statements()?.len() as u64;
    let gaps = desk.gaps()?.len() as u64;
    let broken = desk.broken_chains()?.len() as u64;
    let kinds = [
        ("warn-strange", strange, "warn-strange-do"),
        ("warn-lost", lost, "warn-lost-do"),
        ("warn-gaps", gaps, "warn-gaps-do"),
        ("warn-broken", broken, "warn-broken-do"),
    ];
    kinds.into_iter().filter(|(_, count, _)| *count > 0).for_each(|(key, count, todo)| {
        add(counted(key, count), todo);
    });
    Ok(found)
}

/// What the last session showed.
fn of_report(words: Words, report: &SyncReport) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut add = |seen, todo| found.push(Warning { seen, todo });
    let witnesses = report.witnesses.as_ref();
    for held in witnesses.into_iter().flat_map(|heard| &heard.held_back) {
        let (seen, shown) = (words.number(held.seen), words.number(held.shown));
        let values = [
            ("witness", Said::Text(held.witness.as_str())),
            ("seen", Said::Text(&seen)),
            ("shown", Said::Text(&shown)),
        ];
        add(words.with("warn-held", &values), "warn-held-do");
    }
    let refused_words = witnesses.map_or(0, |heard| heard.refused.len()) as u64;
    let lies = report.trustees.iter().map(|heard| heard.lies.len()).sum::<usize>() as u64;
    let kinds = [
        ("warn-behind", report.behind.len() as u64, "warn-behind-do"),
        ("warn-dropped", report.dropped, "warn-dropped-do"),
        ("warn-refused", report.refused_pushes.len() as u64, "warn-refused-do"),
        ("warn-refused-entries", report.refused_entries.len() as u64, "warn-refused-entries-do"),
        ("warn-refused-statements", report.refused_statements.len() as u64, "warn-refused-statements-do"),
        ("warn-own-late", report.own_late, "warn-own-late-do"),
        ("warn-misplaced", report.misplaced, "warn-behind-do"),
        ("warn-marks", report.bad_marks.len() as u64, "warn-behind-do"),
        ("warn-witness", refused_words, "warn-witness-do"),
        ("warn-lies", lies, "warn-lies-do"),
    ];
    for (key, count, todo) in kinds.into_iter().filter(|(_, count, _)| *count > 0) {
        add(words.with(key, &[("count", count.into())]), todo);
    }
    if let Some(behind) = witnesses.and_then(|heard| heard.clock_behind) {
        add(words.with("warn-clock", &[("age", Said::Text(&span(words, behind)))]), "warn-clock-do");
    }
    found
}

/// Devices that signed two entries for one place, each to be suspended.
fn evidence(words: Words, token: &str, unlocked: &Unlocked) -> Result<Option<Markup>, NodeError> {
    let desk = &unlocked.desk;
    let found: Vec<_> = desk.evidence()?.into_iter().filter(|evidence| !evidence.stopped).collect();
    if found.is_empty() {
        return Ok(None);
    }
    Ok(Some(html! {
        @for evidence in &found {
            @let who = evidence.person.map_or_else(|| "?".to_owned(), |person| name(desk, Subject::Person(person), person.short()));
            div.alarm role="alert" {
                p.warning { (words.with("warn-evidence", &[("name", (&who).into()), ("device", (&evidence.device.short()).into())])) }
                p { (words.text("warn-evidence-do")) }
                form autocomplete="off" method="post" action="/trust/suspend" {
                    input type="hidden" name="token" value=(token);
                    input type="hidden" name="device" value=(evidence.device);
                    button.danger type="submit" { (words.text("warn-suspend")) }
                }
            }
        }
    }))
}

/// `POST /trust/suspend`: with the evidence, which becomes part of the log.
pub(crate) async fn suspend(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let done = desk.find_device(form.typed("device")).and_then(|(_, device)| desk.suspend_device(device));
        match done {
            Ok(()) => Sent::At("/trust".to_owned()),
            Err(error) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use counterseal_model::Timestamp;
    use counterseal_node::{HeldBack, WitnessReport};
    use counterseal_register::{LogKind, WitnessName};

    use super::*;
    use crate::words::Tongue;

    #[test]
    fn whatever_a_session_showed_to_be_wrong_is_said_with_what_to_do_and_a_good_one_says_nothing() {
        for tongue in Tongue::ALL {
            let words = Words(tongue);
            assert!(of_report(words, &SyncReport::default()).is_empty());
            let held = HeldBack {
                witness: WitnessName::parse("one.example/heron").unwrap(),
                log: LogKind::Journal,
                seen: 1200,
                shown: 7,
                cosigned: Timestamp(0),
            };
            let witnesses =
                WitnessReport { held_back: vec![held], clock_behind: Some(4000), ..WitnessReport::default() };
            let report = SyncReport {
                behind: vec![LogKind::Journal],
                dropped: 2,
                own_late: 1,
                misplaced: 1,
                bad_marks: vec![3],
                refused_entries: vec!["x".into()],
                witnesses: Some(witnesses),
                ..SyncReport::default()
            };
            let found = of_report(words, &report);
            assert_eq!(found.len(), 8, "{tongue:?}");
            for warning in &found {
                assert!(!warning.seen.starts_with('['), "{}", warning.seen);
                assert!(!words.text(warning.todo).starts_with('['), "{}", warning.todo);
            }
            let held = found.iter().find(|warning| warning.todo == "warn-held-do").unwrap();
            assert!(held.seen.contains("one.example/heron") && held.seen.contains('7'), "{}", held.seen);
        }
    }
}

//! Accounts of one event: those that are said to be, with their sources and gradings, and those that may be.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::record::{Body, Incident};
use counterseal_node::{Desk, NodeError, RecordView};
use maud::{Markup, html};
use serde::Deserialize;

use super::done;
use crate::door::Checked;
use crate::labels::Labels;
use crate::pages::lines::called;
use crate::pages::report::alike_to;
use crate::pages::{Reader, Sent, refused, with_form};
use crate::server::App;
use crate::words::Words;

/// Most records that are pointed out as alike.
const POINTED_OUT: usize = 5;

/// Other accounts of the same event, and what may be one.
pub(super) fn all(words: Words, token: &str, desk: &Desk, record: &RecordView) -> Result<Markup, NodeError> {
    let Body::Incident(incident) = &record.part.body else { return Ok(html! {}) };
    let others = desk.other_accounts(record.id())?;
    let alike = desk.alike(incident, Some(record.id()), POINTED_OUT)?;
    let here = format!("/record/{}", record.id());
    let labels = Labels::of(words, desk);
    Ok(html! {
        @if !others.is_empty() {
            section.alike aria-labelledby="accounts" {
                h2 #accounts { (words.text("accounts")) }
                p { (words.text(if incident.duplicate_of.is_some() { "accounts-repeats" } else { "accounts-stands" })) }
                ul { @for other in &others { li { (account(&labels, token, desk, record, other)) } } }
            }
        }
        (alike_to(&labels, &alike, |other| html! {
            form.inline autocomplete="off" method="post" action=(format!("{here}/same")) {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="other" value=(other.id());
                " " button.quiet type="submit" aria-label=(words.with("same-this", &[("title", (&called(&labels, &other.part.body)).into())])) { (words.text("same")) }
            }
        }))
    })
}

/// What another account rests on, and the way back.
fn account(labels: &Labels<'_>, token: &str, desk: &Desk, record: &RecordView, other: &RecordView) -> Markup {
    let words = labels.words();
    let Body::Incident(said) = &other.part.body else { return html! {} };
    let repeats = |view: &RecordView, of: &RecordView| matches!(&view.part.body, Body::Incident(incident) if incident.duplicate_of == Some(of.id()));
    // Whichever of the two says so can take it back.
    let says = [(record, other), (other, record)]
        .into_iter()
        .find(|(one, of)| repeats(one, of))
        .map(|(one, _)| one.id());
    html! {
        a href=(format!("/record/{}", other.id())) { bdi { (called(labels, &other.part.body)) } }
        (rests_on(words, desk, said))
        @if let Some(says) = says {
            form.inline autocomplete="off" method="post" action=(format!("/record/{says}/apart")) {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="back" value=(record.id());
                " " button.quiet type="submit" { (words.text("apart-again")) }
            }
        }
    }
}

/// Grading, verification and open sources in one line.
fn rests_on(words: Words, desk: &Desk, incident: &Incident) -> Markup {
    let grading =
        incident.grading.as_ref().map(|grading| crate::pages::says::grading_line(words, desk, grading));
    let verified =
        incident.verification.as_ref().map(|one| crate::pages::says::verification_line(words, desk, one));
    html! {
        @if let Some(grading) = grading { " · " (words.text("field-grading")) (words.colon()) bdi { (grading) } }
        @if let Some(verified) = verified { " · " (words.text("field-verified")) (words.colon()) bdi { (verified) } }
        @for source in &incident.sources { " · " (words.text("field-source")) (words.colon()) bdi { (source) } }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Other {
    other: String,
}

/// This record repeats the other one.
pub(crate) async fn same(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Checked(named): Checked<Other>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let found = (unlocked.desk.find_record(&id), unlocked.desk.find_record(&named.other));
        match found {
            (Ok(id), Ok(other)) => {
                let said = unlocked.desk.say_same(id, other).map(drop);
                done(words, unlocked, id, said)
            }
            (Err(error), _) | (_, Err(error)) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Back {
    back: String,
}

/// This record tells of an event of its own; `back` is the page that asked.
pub(crate) async fn apart(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Checked(named): Checked<Back>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let found = (unlocked.desk.find_record(&id), unlocked.desk.find_record(&named.back));
        match found {
            (Ok(id), Ok(back)) => {
                let said = unlocked.desk.say_apart(id);
                done(words, unlocked, back, said)
            }
            (Err(error), _) | (_, Err(error)) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}

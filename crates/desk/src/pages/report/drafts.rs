//! Drafts: kept while they are typed, resumed, discarded.

use axum::extract::State;
use axum::response::Response;
use counterseal_model::CompartmentId;
use counterseal_node::{Desk, KeptDraft, Movable, NodeError};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Typed, record_of};
use crate::door::Checked;
use crate::pages::{Reader, Sent, refused, with_form};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// Keeps what is typed, if it says anything; where it is kept now.
pub(super) fn keep_typed(unlocked: &mut Unlocked, typed: &Typed) -> Result<KeptDraft, NodeError> {
    let nothing = Ok(KeptDraft::Nowhere);
    let Some(record) = record_of(typed) else { return nothing };
    // What was written meanwhile is no draft any more, though its form is still open somewhere.
    if typed.says_nothing() || unlocked.desk.is_written(record)? {
        return nothing;
    }
    let compartment = unlocked.desk.find_compartment(typed.get("compartment"));
    let compartment = compartment.unwrap_or(CompartmentId::from_bytes([0; 16]));
    let apart = Movable::ALL.iter().map(|(_, word)| typed.get(&format!("apart-{word}")));
    let apart = apart.filter(|named| !named.is_empty());
    let apart: Vec<_> = apart.filter_map(|named| unlocked.desk.find_compartment(named).ok()).collect();
    let fields = typed.pairs();
    let known = unlocked.desk.drafts()?.into_iter().find(|draft| draft.record == record);
    match known.filter(|known| known.fields == fields && known.compartment == compartment) {
        Some(known) => Ok(known.kept_in()),
        None => unlocked.desk.keep_draft(record, compartment, &apart, &fields),
    }
}

/// Keeps it where there are no scripts, and shows the form with what the guard says.
pub(crate) async fn keep(State(app): State<App>, reader: Reader, Checked(typed): Checked<Typed>) -> Response {
    with_form(&app, reader, move |words, unlocked| match keep_typed(unlocked, &typed) {
        Ok(_) => Sent::At(format!("/report?draft={}", typed.get("record"))),
        Err(error) => Sent::Not(refused(words, &error)),
    })
    .await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    record: String,
}

pub(crate) async fn discard(
    State(app): State<App>,
    reader: Reader,
    Checked(named): Checked<Named>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let record = named.record.parse();
        match record.map(|record| unlocked.desk.discard_draft(record)) {
            Ok(Err(error)) => Sent::Not(refused(words, &error)),
            _ => Sent::At("/report".to_owned()),
        }
    })
    .await
}

/// The drafts, to take up again or to discard.
pub(crate) fn list(words: Words, token: &str, desk: &Desk, open: Option<&str>) -> Result<Markup, NodeError> {
    let drafts = desk.drafts()?;
    let mut drafts: Vec<_> = drafts.iter().map(|draft| (draft, draft.record.to_string())).collect();
    drafts.retain(|(_, id)| Some(id.as_str()) != open);
    Ok(html! {
        @if !drafts.is_empty() {
            section.drafts aria-labelledby="drafts" {
                h2 #drafts { (words.text("drafts")) }
                p { (words.text("drafts-why")) }
                ul {
                    @for (draft, id) in drafts {
                        @let said = |name: &str| draft.fields.iter().find(|(field, _)| field == name).map(|(_, text)| text.chars().take(80).collect::<String>());
                        @let title = said("title").or_else(|| said("narrative")).unwrap_or_else(|| words.text("draft-untitled"));
                        li {
                            a href=(format!("/report?draft={id}")) { bdi { (title) } }
                            " " (words.time(draft.kept)) " "
                            @if draft.in_memory { span { (words.text("draft-in-memory-short")) } " " }
                            form.inline autocomplete="off" method="post" action="/report/discard" {
                                input type="hidden" name="token" value=(token);
                                input type="hidden" name="record" value=(id);
                                button.quiet type="submit" aria-label=(words.with("draft-discard-this", &[("title", (&title).into())])) { (words.text("draft-discard")) }
                            }
                        }
                    }
                }
            }
        }
    })
}

//! What leaves this desk: whoever takes it says that they know what that means, and the trace of it is durable before they
//! have it.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use counterseal_exchange::Format;
use counterseal_model::Code;
use counterseal_node::{Desk, ExportOptions, NodeError, Sort};
use maud::{Markup, html};
use serde::Deserialize;

use super::kept::question_of;
use super::question::Question;
use crate::door::Checked;
use crate::labels::Labels;
use crate::pages::record::compartment_name;
use crate::pages::{Page, Reader, busy, sorry, with_desk};
use crate::server::App;
use crate::words::Words;

/// What is to leave, and how.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Leaving {
    /// The question as it stands in an address.
    pub(super) query: String,
    /// The file's format, or the sheet's form.
    pub(super) format: String,
    compartment: String,
    purpose: String,
    case: String,
    sure: String,
    /// The day of a daily report.
    pub(super) on: String,
}

impl Leaving {
    /// Whether whoever asks knows what it means.
    pub(super) fn is_sure(&self) -> bool {
        self.sure == "yes"
    }

    /// What is exported. `filter` and what follows it are the caller's.
    pub(super) fn options(&self, desk: &Desk, words: Words) -> Result<(Question, ExportOptions), NodeError> {
        let question = question_of(&self.query);
        let (filter, bad) = question.filter(&Labels::of(words, desk));
        // A field that cannot be read would let more out than was meant.
        if let Some((field, why)) = bad.first() {
            return Err(NodeError::Verification(format!("{field}: {why}")));
        }
        let purpose = Some(self.purpose.trim()).filter(|typed| !typed.is_empty()).map(|typed| {
            Code::parse(typed)
                .ok_or_else(|| NodeError::Verification(format!("a purpose: {}", Code::EXPECTED)))
        });
        let options = ExportOptions {
            filter,
            sort: Sort::Newest,
            limit: None,
            format: Format::Csv,
            query: described(&question),
            compartment: desk.find_compartment(&self.compartment)?,
            purpose: purpose.transpose()?,
            case: self.case == "yes",
        };
        Ok((question, options))
    }
}

/// The question in one line, for the trace.
fn described(question: &Question) -> String {
    let fields = question.fields().into_iter().filter(|(_, _, typed)| !typed.is_empty());
    fields.map(|(name, _, typed)| format!("--{name} {typed}")).collect::<Vec<_>>().join(" ")
}

/// `GET /situation/export`
pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(question): Query<Question>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| page(words, &token, &unlocked.desk, &question)).await
}

fn page(words: Words, token: &str, desk: &Desk, question: &Question) -> Result<Page, NodeError> {
    let (filter, bad) = question.filter(&Labels::of(words, desk));
    let count = desk.count(&filter)?;
    let main = html! {
        h1 { (words.text("leave-title")) }
        @for (_, why) in &bad { p.warning role="alert" { (why) } }
        p { (words.with("situation-count", &[("count", (&words.number(count)).into())])) " "
            a href=(question.link(super::HERE)) { (words.text("leave-back")) } }
        form.write autocomplete="off" method="post" action="/situation/export" {
            (hidden(token, question))
            fieldset {
                legend { (words.text("leave-format")) }
                @for (nth, (_, word)) in Format::ALL.iter().enumerate() {
                    label.choice { input type="radio" name="format" value=(word) checked[nth == 0]; " " (words.text(FORMATS.get(nth).copied().unwrap_or("leave-format"))) }
                }
            }
            (terms(words, desk))
            button type="submit" { (words.text("leave-go")) }
        }
    };
    Ok(Page::new(words.text("leave-title"), main).with(&["situation.css"]))
}

/// What each format is called, in their order.
const FORMATS: [&str; 5] = ["leave-csv", "leave-hxl", "leave-jsonl", "leave-geojson", "leave-graphml"];

/// The token and the question.
pub(super) fn hidden(token: &str, question: &Question) -> Markup {
    html! {
        input type="hidden" name="token" value=(token);
        input type="hidden" name="query" value=(question.query());
    }
}

/// Where the trace is kept, what for, and that whoever takes it knows what it means.
pub(super) fn terms(words: Words, desk: &Desk) -> Markup {
    let rooms = desk.compartments().into_iter().filter(|view| view.mine && !view.everyone);
    html! {
        label { span { (words.text("leave-compartment")) }
            select name="compartment" required {
                @for view in rooms { option value=(view.id) { (compartment_name(desk, view.id)) } }
            }
        }
        label { span { (words.text("leave-purpose")) } input type="text" name="purpose" pattern="[a-z0-9-]{1,32}"; }
        label.choice { input type="checkbox" name="case" value="yes"; " " (words.text("leave-case")) }
        p { (words.text("leave-why")) }
        label.choice { input type="checkbox" name="sure" value="yes" required; " " (words.text("leave-sure")) }
    }
}

/// `POST /situation/export`: the file itself.
pub(crate) async fn export(
    State(app): State<App>,
    reader: Reader,
    Checked(leaving): Checked<Leaving>,
) -> Response {
    let words = reader.words;
    let Some(format) = Format::from_word(&leaving.format).filter(|_| leaving.is_sure()) else {
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("leave-not-sure"));
    };
    let exported = app.worker.ask(move |room| {
        let desk = &mut room.unlocked()?.desk;
        let export = |desk: &mut Desk| {
            let (_, options) = leaving.options(desk, words)?;
            desk.export_bytes(&ExportOptions { format, ..options })
        };
        Some(export(desk))
    });
    match exported.await {
        Ok(Some(Ok((bytes, report)))) => {
            let mark = report.mark.get(..8).unwrap_or_default();
            let name = format!("attachment; filename=\"counterseal-{mark}.{}\"", ending(format));
            ([(CONTENT_TYPE, "application/octet-stream".to_owned()), (CONTENT_DISPOSITION, name)], bytes)
                .into_response()
        }
        Ok(Some(Err(error))) => sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.refusal(&error)),
        Ok(None) => sorry(words, StatusCode::UNAUTHORIZED, &words.text("unlock-title")),
        Err(_busy) => busy(words),
    }
}

const fn ending(format: Format) -> &'static str {
    match format {
        Format::Csv | Format::Hxl => "csv",
        Format::JsonLines => "jsonl",
        Format::Geojson => "geojson",
        Format::Graphml => "graphml",
    }
}

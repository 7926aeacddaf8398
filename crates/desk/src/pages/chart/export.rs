//! A chart as a GraphML file: marked, weighed by the policy, and traced before the browser has it.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use counterseal_model::Code;
use counterseal_node::{Desk, ExportOptions, ExportReport, Filter, NodeError, Sort};
use serde::Deserialize;

use super::question::Question;
use crate::door::Checked;
use crate::pages::{Reader, layout, refused, state};
use crate::server::App;
use crate::words::Words;

/// What the form sends beside the question.
#[derive(Deserialize)]
pub(crate) struct Leaving {
    compartment: String,
    #[serde(default)]
    purpose: String,
    #[serde(flatten)]
    asked: Question,
}

/// `POST /chart/ID/export`.
pub(crate) async fn export(
    State(app): State<App>,
    reader: Reader,
    Path(named): Path<String>,
    Checked(leaving): Checked<Leaving>,
) -> Response {
    let words = reader.words;
    let asked = app.worker.ask(move |room| {
        let unlocked = room.unlocked()?;
        let made = make(words, &mut unlocked.desk, &named, &leaving);
        Some((made, state::of(&unlocked.desk).ok()))
    });
    match asked.await {
        Ok(Some((Ok((bytes, report)), _))) => file(bytes, &report),
        Ok(Some((Err(error), state))) => {
            let page =
                layout::page(&reader, app.session.form_token(), state.as_ref(), &refused(words, &error));
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        Ok(None) => (StatusCode::SEE_OTHER, [("location", "/unlock")]).into_response(),
        Err(_busy) => crate::pages::busy(words),
    }
}

fn make(
    words: Words,
    desk: &mut Desk,
    named: &str,
    leaving: &Leaving,
) -> Result<(Vec<u8>, ExportReport), NodeError> {
    let id = desk.find_record(named)?;
    let purpose = Some(leaving.purpose.trim()).filter(|purpose| !purpose.is_empty());
    let bad =
        || NodeError::Verification(format!("{}: {}", words.text("chart-export-purpose"), Code::EXPECTED));
    let purpose = purpose.map(|purpose| Code::parse(purpose).ok_or_else(bad)).transpose()?;
    let options = ExportOptions {
        filter: Filter::default(),
        sort: Sort::Newest,
        limit: None,
        format: counterseal_exchange::Format::Graphml,
        // An id and no name: the trace is read by whoever reads the compartment it stands in.
        query: leaving.asked.path(id),
        compartment: desk.find_compartment(&leaving.compartment)?,
        purpose,
        case: false,
    };
    let (ask, _bad) = leaving.asked.ask(words);
    desk.export_chart(id, &ask, &options)
}

fn file(bytes: Vec<u8>, report: &ExportReport) -> Response {
    let name = format!("attachment; filename=\"chart-{}.graphml\"", report.mark.get(..8).unwrap_or_default());
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("application/xml");
    ([(CONTENT_DISPOSITION, name), (CONTENT_TYPE, kind)], bytes).into_response()
}

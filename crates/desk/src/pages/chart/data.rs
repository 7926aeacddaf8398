//! What scripts ask for: what is around a record, and a way, as JSON.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use counterseal_model::Timestamp;
use counterseal_model::record::Body;
use counterseal_node::{ChartEdge, ChartNode, ChartView, NodeError};
use serde_json::{Value, json};

use super::page::{called, grade, strength};
use super::question::Question;
use super::way::chart as along;
use crate::labels::Labels;
use crate::pages::Reader;
use crate::pages::entities::{path_of, what_key};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// `GET /chart/ID/near`: the records around one, with the ties among them and to those that the question names.
pub(crate) async fn near(
    State(app): State<App>,
    reader: Reader,
    Path(named): Path<String>,
    Query(asked): Query<Question>,
) -> Response {
    answer(&app, reader, move |words, unlocked| {
        let (ask, _bad) = asked.ask(words);
        let id = unlocked.desk.find_record(&named)?;
        Ok(chart(&Labels::of(words, &unlocked.desk), &unlocked.desk.chart(id, &ask)?))
    })
    .await
}

/// `GET /chart/ID/way?way=ID`: the shortest way, as a chart.
pub(crate) async fn way(
    State(app): State<App>,
    reader: Reader,
    Path(named): Path<String>,
    Query(asked): Query<Question>,
) -> Response {
    answer(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let (from, goal) = (desk.find_record(&named)?, desk.find_record(&asked.way)?);
        let found = along(desk, from, goal)?;
        let labels = Labels::of(words, desk);
        Ok(found.map_or_else(|| json!({ "nodes": [], "edges": [] }), |(found, _)| chart(&labels, &found)))
    })
    .await
}

async fn answer(
    app: &App,
    reader: Reader,
    ask: impl FnOnce(Words, &mut Unlocked) -> Result<Value, NodeError> + Send + 'static,
) -> Response {
    let words = reader.words;
    let asked = app.worker.ask(move |room| room.unlocked().map(|unlocked| ask(words, unlocked)));
    match asked.await {
        Ok(Some(Ok(value))) => ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response(),
        Ok(Some(Err(NodeError::NoRecord(_) | NodeError::Ambiguous { .. }))) => {
            StatusCode::NOT_FOUND.into_response()
        }
        Ok(Some(Err(_))) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        // Locked: the script loads the page again, which asks for the passphrase.
        Ok(None) => StatusCode::CONFLICT.into_response(),
        Err(_busy) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn chart(labels: &Labels<'_>, chart: &ChartView) -> Value {
    json!({
        "nodes": chart.nodes.iter().map(|one| node(labels, one)).collect::<Vec<_>>(),
        "edges": chart.edges.iter().map(|one| edge(labels, one)).collect::<Vec<_>>(),
    })
}

fn node(labels: &Labels<'_>, node: &ChartNode) -> Value {
    let when = node.record.as_ref().and_then(|record| match &record.part.body {
        Body::Incident(incident) => incident.occurred.as_ref(),
        _ => None,
    });
    json!({
        "id": node.id.to_string(),
        "what": node.what,
        "type": labels.words().text(what_key(node.what)),
        "name": called(labels, node),
        "same": node.others,
        "more": node.more,
        "from": when.map(|when| when.from.date_text()),
        "to": when.map(|when| when.until().date_text()),
        "path": path_of(node.what, node.id),
    })
}

fn edge(labels: &Labels<'_>, edge: &ChartEdge) -> Value {
    let day = |at: Option<Timestamp>| at.map(Timestamp::date_text);
    json!({
        "id": edge.link.map_or_else(|| taking_part(edge), |link| link.to_string()),
        "source": edge.from.to_string(),
        "target": edge.to.to_string(),
        "by": labels.tie(&edge.by),
        "link": edge.link.is_some(),
        "grade": grade(&edge.grading),
        "strength": strength(edge),
        "from": day(edge.when.map(|when| when.0)),
        "to": day(edge.when.map(|when| when.1)),
    })
}

/// Taking part has no record of its own.
fn taking_part(edge: &ChartEdge) -> String {
    format!("{}-{}-{}", edge.from, edge.to, edge.by)
}

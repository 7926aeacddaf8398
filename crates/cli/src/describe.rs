//! Records in words and in JSON.

use counterseal_exchange::{entity_to_json, incident_to_json, link_to_json};
use counterseal_model::record::{Body, Derived, ExportMark, Note, Part, Source};
use counterseal_model::{Code, RecordId};
use counterseal_node::{Desk, RecordView};
use serde_json::{Value, json};

use crate::casework_json;
use crate::clean::clean;
use crate::failure::Failure;

/// A body as JSON.
pub(crate) fn body_json(body: &Body) -> Value {
    match body {
        Body::Incident(incident) => incident_to_json(incident),
        Body::Entity(entity) => entity_to_json(entity),
        Body::Link(link) => link_to_json(link),
        Body::Note(note) => note_json(note),
        Body::Source(source) => source_json(source),
        Body::Export(export) => export_json(export),
        Body::Taxonomy(text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        Body::Case(case) => casework_json::case(case),
        Body::Basis(basis) => casework_json::basis(basis),
        Body::Consent(consent) => casework_json::consent(consent),
        Body::Agreement(agreement) => casework_json::agreement(agreement),
        Body::ConsentEvent(note) => casework_json::consent_note(note),
    }
}

fn note_json(note: &Note) -> Value {
    let tags: Vec<_> = note.tags.iter().map(|tag| tag.as_str()).collect();
    json!({ "about": note.about.map(|id| id.to_string()), "text": note.text, "tags": tags })
}

fn source_json(source: &Source) -> Value {
    json!({ "pseudonym": source.pseudonym, "handlerOffice": source.handler_office, "access": source.access })
}

fn export_json(export: &ExportMark) -> Value {
    json!({ "query": export.query, "format": export.format, "count": export.count, "mark": export.mark,
        "sha256": hex::encode(export.digest.0) })
}

/// A record with its labels, as JSON.
pub(crate) fn record_json(view: &RecordView) -> Value {
    let Part { classification, synthetic, imported, .. } = &view.part;
    let versions: Vec<_> = view
        .shown
        .iter()
        .map(|version| json!({ "version": version.version.to_string(), "compartment": version.compartment.to_string() }))
        .collect();
    json!({
        "id": view.id().to_string(), "kind": view.kind().word(), "made": view.made().rfc3339(),
        "classification": classification.word(), "synthetic": synthetic, "imported": imported,
        "conflict": view.conflict, "derived": view.part.derived.as_ref().map(derived_json), "parts": versions, "body": body_json(&view.part.body),
    })
}

fn derived_json(derived: &Derived) -> Value {
    let codes = |codes: &[Code]| codes.iter().map(Code::to_string).collect::<Vec<_>>();
    json!({
        "part": format!("{}/{}", derived.entry, derived.index), "compartment": derived.compartment.to_string(),
        "by": derived.by.to_string(), "purpose": derived.purpose.as_str(), "recipient": derived.recipient.as_str(),
        "bases": derived.bases.iter().map(|kind| kind.word()).collect::<Vec<_>>(), "row": derived.row,
        "generalised": codes(&derived.generalised), "leftOut": codes(&derived.left_out),
    })
}

/// What a record is called in one line.
pub(crate) fn title_of(body: &Body) -> String {
    body.title().unwrap_or_default()
}

/// What a record is: of entities, which kind.
pub(crate) fn kind_of(body: &Body) -> &'static str {
    match body {
        Body::Entity(entity) => entity.kind.word(),
        other => other.kind().word(),
    }
}

/// One line of a list of records.
pub(crate) const COLUMNS: [&str; 10] =
    ["id", "kind", "date", "type", "place", "title", "killed", "grade", "verified", "class"];

/// The cells of `COLUMNS`. JSON gets whole ids and titles, tables short ones.
pub(crate) fn cells_of(view: &RecordView, whole: bool) -> Vec<Value> {
    let id = if whole { view.id().to_string() } else { view.id().short() };
    let (body, class) = (&view.part.body, view.part.classification.word());
    let (mut date, mut kind, mut place, mut killed, mut grade, mut verified) =
        (Value::Null, Value::Null, Value::Null, Value::Null, Value::Null, Value::Null);
    if let Body::Incident(incident) = body {
        date = json!(incident.occurred.as_ref().map(|occurred| occurred.from.date_text()));
        kind = json!(incident.kind.as_ref().map(|kind| kind.as_str()));
        place = json!(
            incident.place.as_ref().and_then(|place| place.name.as_deref().or(place.admin1.as_deref()))
        );
        killed = json!(incident.killed().and_then(|killed| killed.best));
        grade = json!(incident.grading.as_ref().map(ToString::to_string));
        verified = json!(incident.verification.as_ref().map(|verification| verification.status.word()));
    }
    let kind_word = kind_of(body);
    let title = if view.conflict && !whole { format!("! {}", title_of(body)) } else { title_of(body) };
    vec![json!(id), json!(kind_word), date, kind, place, json!(title), killed, grade, verified, json!(class)]
}

/// Everything a body says, one field a line, named as in JSON; entities with their names.
pub(crate) fn lines_of(desk: &Desk, body: &Body) -> Result<Vec<(String, String)>, Failure> {
    let mut lines = Vec::new();
    flatten("", &body_json(body), &mut lines);
    for (name, value) in &mut lines {
        let names_record = ["entity", "from", "to", "about", "record", "duplicateOf", "duplicate_of"];
        if names_record.iter().any(|end| name.rsplit('.').next() == Some(end))
            && let Ok(id) = value.parse::<RecordId>()
            && let Some(known) = desk.entity_name(id)?
        {
            *value = format!("{value} {}", clean(&known, true));
        }
    }
    Ok(lines)
}

fn flatten(name: &str, value: &Value, lines: &mut Vec<(String, String)>) {
    let under = |field: &str| if name.is_empty() { field.to_owned() } else { format!("{name}.{field}") };
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            fields.iter().for_each(|(field, value)| flatten(&under(field), value, lines))
        }
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            let text = crate::listing::text_of(value, "; ");
            lines.extend((!text.is_empty()).then(|| (name.to_owned(), clean(&text, false))));
        }
        Value::Array(items) => {
            (1..).zip(items).for_each(|(nth, item)| flatten(&format!("{name}.{nth}"), item, lines));
        }
        other => lines.push((name.to_owned(), clean(&crate::listing::text_of(other, "; "), false))),
    }
}

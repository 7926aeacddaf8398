//! Conflicts: the versions that disagree side by side, and the form by which a person settles it.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::{RecordId, VersionId};
use counterseal_node::{Conflict, Desk, NodeError, RecordView, VersionView};
use maud::{Markup, html};

use super::history::author;
use super::{compartment_name, done};
use crate::door::Checked;
use crate::pages::says::{Line, every_line};
use crate::pages::{Reader, Sent, refused, with_form};
use crate::server::App;
use crate::words::Words;

/// The conflicts of a record, each with its form.
pub(super) fn all(words: Words, token: &str, desk: &Desk, record: &RecordView) -> Result<Markup, NodeError> {
    if !record.conflict {
        return Ok(html! {});
    }
    let conflicts = desk.conflicts(record.id())?;
    Ok(html! {
        section.conflict aria-labelledby="conflict" {
            h2 #conflict { (words.text("conflict-title")) }
            p.warning role="alert" { (words.text("conflict-why")) }
            @for conflict in &conflicts { (one(words, token, desk, record.id(), conflict)?) }
        }
    })
}

fn one(
    words: Words,
    token: &str,
    desk: &Desk,
    id: RecordId,
    conflict: &Conflict,
) -> Result<Markup, NodeError> {
    let seen: Vec<String> = conflict.versions.iter().map(|version| version.version.to_string()).collect();
    let newest =
        conflict.versions.iter().max_by_key(|version| version.part.made).map(|version| version.version);
    let mine = desk.compartments().iter().any(|view| view.mine && view.id == conflict.compartment);
    let by_field = !conflict.disputed.is_empty();
    let rows = if by_field {
        disputed(words, desk, conflict, newest)?
    } else {
        whole(words, desk, conflict, newest)?
    };
    Ok(html! {
        form.settle autocomplete="off" method="post" action=(format!("/record/{id}/resolve")) {
            input type="hidden" name="token" value=(token);
            input type="hidden" name="compartment" value=(conflict.compartment);
            input type="hidden" name="seen" value=(seen.join(","));
            @if let Some(newest) = newest.filter(|_| by_field) { input type="hidden" name="take" value=(newest); }
            div.wide { table {
                caption { bdi { (compartment_name(desk, conflict.compartment)) } }
                thead { tr {
                    th scope="col" { (words.text("conflict-field")) }
                    @for version in &conflict.versions { th scope="col" { (heading(words, desk, version)) } }
                } }
                tbody { (rows) }
            } }
            p.quiet { (words.text("conflict-keeps")) }
            @if mine { button type="submit" { (words.text("conflict-settle")) } }
        }
    })
}

fn heading(words: Words, desk: &Desk, version: &VersionView) -> Markup {
    html! {
        bdi { (author(desk, version)) } " "
        (words.time(version.part.made))
        " " span.mark { (words.classification(version.part.classification)) }
    }
}

/// A row for each field in which they differ, with a choice in it.
fn disputed(
    words: Words,
    desk: &Desk,
    conflict: &Conflict,
    newest: Option<VersionId>,
) -> Result<Markup, NodeError> {
    let mut rows = Vec::new();
    for field in &conflict.disputed {
        let said: Vec<Vec<Line>> =
            field.said.iter().map(|body| every_line(words, desk, body)).collect::<Result<_, _>>()?;
        let key = said.iter().flatten().next().map_or("field-other", |line| line.key);
        rows.push((field.field, words.text(key), said));
    }
    Ok(html! {
        @for (number, name, said) in &rows {
            tr {
                th scope="row" { (name) }
                @for (version, lines) in conflict.versions.iter().zip(said) {
                    td { label.choose {
                        input type="radio" name=(format!("field-{number}")) value=(version.version) checked[Some(version.version) == newest] required;
                        span.said dir="auto" { (texts(words, lines)) }
                    } }
                }
            }
        }
    })
}

/// One row: whole versions to choose from.
fn whole(
    words: Words,
    desk: &Desk,
    conflict: &Conflict,
    newest: Option<VersionId>,
) -> Result<Markup, NodeError> {
    let said: Vec<Vec<Line>> = conflict
        .versions
        .iter()
        .map(|version| every_line(words, desk, &version.part.body))
        .collect::<Result<_, _>>()?;
    Ok(html! {
        tr {
            th scope="row" { (words.text("conflict-whole")) }
            @for (version, lines) in conflict.versions.iter().zip(&said) {
                td { label.choose {
                    input type="radio" name="take" value=(version.version) checked[Some(version.version) == newest] required;
                    span.said dir="auto" { (texts(words, lines)) }
                } }
            }
        }
    })
}

fn texts(words: Words, lines: &[Line]) -> Markup {
    html! {
        @if lines.is_empty() { em { (words.text("conflict-nothing")) } }
        @for (nth, line) in lines.iter().enumerate() { @if nth > 0 { br; } (line.text) }
    }
}

/// What a person chose: `take`, and of each disputed field the version, as `field-12`.
type Chosen = BTreeMap<String, String>;

pub(crate) async fn resolve(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Checked(chosen): Checked<Chosen>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let id = match desk.find_record(&id) {
            Ok(id) => id,
            Err(error) => return Sent::Not(refused(words, &error)),
        };
        let settled = settle(desk, id, &chosen);
        done(words, unlocked, id, settled)
    })
    .await
}

fn settle(desk: &mut Desk, id: RecordId, chosen: &Chosen) -> Result<(), NodeError> {
    let said = |name: &str| chosen.get(name).map_or("", String::as_str);
    let version = |text: &str| {
        let unknown =
            || NodeError::Ambiguous { what: "version", prefix: text.chars().take(64).collect(), count: 0 };
        text.parse::<VersionId>().map_err(|_| unknown())
    };
    let compartment = desk.find_compartment(said("compartment"))?;
    let seen: Vec<VersionId> = said("seen").split(',').map(version).collect::<Result<_, _>>()?;
    let mut fields = Vec::new();
    for (name, value) in chosen {
        if let Some(number) = name.strip_prefix("field-").and_then(|number| number.parse().ok()) {
            fields.push((number, version(value)?));
        }
    }
    desk.resolve(id, compartment, &seen, version(said("take"))?, &fields)
}

//! One entity: what is said of it, its incidents over time, its links, and the records that are said to be one with it.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::record::Body;
use counterseal_model::{Grading, RecordId};
use counterseal_node::{Breakdown, Desk, LinkView, NodeError, Picture, PictureOf, RecordView};
use counterseal_register::Subject;
use maud::{Markup, html};

use super::same::together;
use super::timeline::timeline;
use super::{path_of, what_key};
use crate::labels::Labels;
use crate::pages::lines::{date, table, title_of};
use crate::pages::record::compartment_name;
use crate::pages::says::{Line, lines};
use crate::pages::{Page, Reader, escaped, with_desk};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// Incidents and links on the page; of both, the newest.
const ROWS: usize = 50;

/// `GET /entity/ID`.
pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(named): Path<String>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| page(words, unlocked, &token, &named, None)).await
}

/// The page, with what could not be done said at its top.
pub(super) fn page(
    words: Words,
    unlocked: &mut Unlocked,
    token: &str,
    named: &str,
    refused: Option<Markup>,
) -> Result<Page, NodeError> {
    let columns = unlocked.columns()?;
    let desk = &unlocked.desk;
    let identity = desk.identity(desk.find_record(named)?)?;
    let Some(entity) = identity.records.first() else { return Err(NodeError::NoParts) };
    let (id, title) = (entity.id(), title_of(&entity.part.body));
    let view = desk.view_of_entity(id)?;
    let of = PictureOf { map: [0, 1, 0, 1], size: (1, 1), bars: vec![Breakdown::Kind], top: 8 };
    let picture = columns.draw(&view, of);
    let incidents = desk.records_at(&columns.newest(&view, ROWS))?;
    let main = html! {
        h1 { bdi { (title) } }
        @if let Some(refused) = refused { (refused) }
        (labels(words, entity))
        @for record in &identity.records { (says(words, desk, record, identity.records.len() > 1)?) }
        (happened(words, desk, &title, &picture, &incidents)?)
        (links(words, desk, id)?)
        (together(words, desk, token, &identity))
    };
    Ok(Page::new(words.text("title-entity"), main).with(&["entity.css"]))
}

fn labels(words: Words, entity: &RecordView) -> Markup {
    let id = entity.id();
    html! {
        p.labels {
            @if let Body::Entity(body) = &entity.part.body { span.mark { (words.text(what_key(body.kind.word()))) } " " }
            span.mark { (words.classification(entity.part.classification)) }
            @if entity.part.synthetic { " " span.mark { (words.text("synthetic-record")) } }
            " " a href=(format!("/chart/{id}")) { (words.text("chart")) }
            " · " a href=(format!("/record/{id}")) { (words.text("entity-record")) }
        }
        @if entity.conflict { p.warning role="alert" { (words.text("conflict-why")) } }
    }
}

/// What one record says; of several that are one, each under its own name.
fn says(words: Words, desk: &Desk, record: &RecordView, several: bool) -> Result<Markup, NodeError> {
    let lines = lines(words, desk, &record.part.body)?;
    Ok(html! {
        @if several { h2 { bdi { (title_of(&record.part.body)) } } }
        dl.says {
            @for Line { key, text, .. } in lines { div { dt { (words.text(key)) } dd dir="auto" { (text) } } }
        }
    })
}

fn happened(
    words: Words,
    desk: &Desk,
    name: &str,
    picture: &Picture,
    incidents: &[RecordView],
) -> Result<Markup, NodeError> {
    let labels = Labels::of(words, desk);
    let mut kinds = Vec::new();
    for bar in picture.bars.iter().flatten() {
        let kind = if bar.of == 0 { None } else { desk.term(bar.of)? };
        let kind = kind.map(|kind| labels.term("incident-type", &kind));
        kinds.extend(kind.map(|kind| format!("{kind} {}", words.number(bar.count))));
    }
    let count = words.number(picture.count);
    Ok(html! {
        h2 id="incidents" { (words.text("entity-incidents")) }
        @if picture.count == 0 { p { (words.text("entity-no-incidents")) } }
        @else {
            p {
                (words.with("entity-counted", &[("count", (&count).into())]))
                " " a href=(format!("/find?actor={}", escaped(name))) { (words.text("entity-all")) }
                " · " a href=(format!("/situation?actor={}", escaped(name))) { (words.text("find-on-map")) }
            }
            @if !kinds.is_empty() { p.quiet { (kinds.join(" · ")) } }
            (timeline(words, name, &picture.timeline))
            (table(words, desk, incidents))
        }
    })
}

fn links(words: Words, desk: &Desk, id: RecordId) -> Result<Markup, NodeError> {
    let (links, all) = desk.links_of(id, ROWS)?;
    let labels = Labels::of(words, desk);
    Ok(html! {
        h2 id="links" { (words.text("entity-links")) }
        @if links.is_empty() { p { (words.text("entity-no-links")) } }
        @else {
            div.wide { table {
                thead { tr {
                    @for column in ["entity-link", "entity-other", "field-date", "field-grading", "entity-said-by", "entity-seen-by"] {
                        th scope="col" { (words.text(column)) }
                    }
                } }
                tbody { @for link in &links { (row(words, desk, &labels, link)) } }
            } }
            @if all > links.len() {
                p { (words.with("entity-links-first", &[("count", (links.len() as u64).into()), ("all", (all as u64).into())])) }
            }
        }
    })
}

fn row(words: Words, desk: &Desk, labels: &Labels<'_>, link: &LinkView) -> Markup {
    let by = desk.register().device(link.device, desk.moment()).map(|device| device.person);
    let by = by.and_then(|person| desk.name_of(Subject::Person(person)));
    let by = by.map_or_else(|| link.device.short(), |name| name.to_string());
    let direction = if link.outgoing { "entity-from-here" } else { "entity-to-here" };
    html! {
        tr {
            td {
                a href=(format!("/record/{}", link.id)) { (labels.term("link-kind", &link.by)) } " " span.quiet { (words.text(direction)) }
                @if link.conflict { " " span.mark { (words.text("conflict")) } }
                @if let Some(note) = &link.note { div.quiet { bdi { (note) } } }
            }
            td {
                @match link.what {
                    Some(what) => {
                        a href=(path_of(what, link.other)) { bdi { (link.name.clone().unwrap_or_else(|| link.other.short())) } }
                        " " span.quiet { (words.text(what_key(what))) }
                    },
                    None => { span.quiet { (words.text("entity-absent-one")) } },
                }
            }
            td.number { (link.when.as_ref().map(|when| date(words, when)).unwrap_or_default()) }
            td { (graded(words, link.grading.as_ref())) }
            td { bdi { (by) } " " time datetime=(link.made.rfc3339()) { (words.date(link.made)) } }
            td { bdi { (compartment_name(desk, link.compartment)) } " " span.quiet { (words.classification(link.classification)) } }
        }
    }
}

/// A grading, or that there is none.
pub(super) fn graded(words: Words, grading: Option<&Grading>) -> String {
    grading.map_or_else(|| words.text("entity-ungraded"), ToString::to_string)
}

//! The page of a chart.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use counterseal_model::{Grading, RecordId, Timestamp};
use counterseal_node::{ChartEdge, ChartNode, ChartView, Desk};
use maud::{Markup, html};

use super::draw::draw;
use super::question::Question;
use super::way::{self, Way};
use crate::pages::entities::{path_of, what_key};
use crate::pages::lines::title_of;
use crate::pages::record::compartment_name;
use crate::pages::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::Words;

/// Rows of the list.
const ROWS: usize = 400;

/// `GET /chart/ID`.
pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path(named): Path<String>,
    Query(asked): Query<Question>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let (ask, bad) = asked.ask(words);
        let columns = if asked.way.trim().is_empty() { None } else { Some(unlocked.columns()?) };
        let desk = &unlocked.desk;
        let id = desk.find_record(&named)?;
        let chart = desk.chart(id, &ask)?;
        let way = match columns {
            Some(columns) => Some(way::to(desk, &columns, id, &asked.way)?),
            None => None,
        };
        let name = chart.nodes.first().map(called).unwrap_or_default();
        let title = words.with("chart-of", &[("name", (&name).into())]);
        let main = html! {
            h1 { (title) }
            p { a href=(path_of(chart.nodes.first().map_or("", |node| node.what), id)) { (words.text("chart-back")) } }
            (asked.form(words, id, &bad))
            @if let Some(way) = &way { (along(words, &asked, way)) }
            (stage(words, &asked, id, &chart))
            (list(words, &asked, id, &chart))
            (export(words, desk, &asked, &token, id))
        };
        Ok(Page::new(words.text("title-chart"), main).with(&["chart.css", "vendor/cytoscape.min.js", "chart-layout.js", "chart.js"]))
    })
    .await
}

/// What a record on a chart is called.
pub(super) fn called(node: &ChartNode) -> String {
    let title = || node.record.as_ref().map(|record| title_of(&record.part.body)).unwrap_or_default();
    node.name.clone().unwrap_or_else(title)
}

/// How strong the information of a tie is: 3 good, 2 fair, 1 poor, 0 not graded.
pub(super) fn strength(edge: &ChartEdge) -> u8 {
    if edge.link.is_none() {
        return 2;
    }
    // A and B, 1 and 2 are good; C and 3 fair; D and E, 4 and 5 poor; F and 6 say that nobody can judge.
    let of = |code: u8| match code {
        1 | 2 => 3,
        3 => 2,
        4 | 5 => 1,
        _ => 0,
    };
    let letter = edge.grading.reliability.map_or(0, |letter| of(letter.code()));
    let number = edge.grading.credibility.map_or(0, |number| of(number.code()));
    u8::min(letter, number)
}

/// A grading as it stands beside a tie; empty where there is none.
pub(super) fn grade(grading: &Grading) -> String {
    if grading.reliability.is_none() && grading.credibility.is_none() {
        String::new()
    } else {
        grading.to_string()
    }
}

/// The picture. Scripts put their own chart in its place; what they need to say stands in its attributes.
fn stage(words: Words, asked: &Question, id: RecordId, chart: &ChartView) -> Markup {
    let more = chart.nodes.first().map_or(0, |node| node.more);
    html! {
        figure.chart id="chart" data-id=(id) data-path=(asked.path(id))
            data-more=(words.text("chart-more-js")) data-expand=(words.text("chart-expand")) data-open=(words.text("chart-open"))
            data-way=(words.text("chart-way-here")) data-noway=(words.text("chart-no-way")) data-hide=(words.text("chart-hide"))
            data-fit=(words.text("chart-fit")) data-arrange=(words.text("chart-arrange")) data-counted=(words.text("chart-counted-js"))
            data-failed=(words.text("chart-failed")) data-types=(words.text("chart-types")) data-ungraded=(words.text("entity-ungraded"))
            data-from=(words.text("ask-from")) data-to=(words.text("ask-to")) data-help=(words.text("chart-help")) {
            (draw(words, asked, chart))
            figcaption {
                @if more > 0 { strong { (words.with("chart-more", &[("count", more.into())])) } ". " }
                (words.text("chart-legend"))
            }
        }
    }
}

/// The same as a list: for whoever reads it with the ears, and for what the picture cuts.
fn list(words: Words, asked: &Question, id: RecordId, chart: &ChartView) -> Markup {
    let name =
        |id: RecordId| chart.nodes.iter().find(|node| node.id == id).map(|node| (node.what, called(node)));
    let others = chart.nodes.iter().filter(|node| node.id != id);
    html! {
        details.ties open[chart.edges.len() <= 60] {
            summary { (words.with("chart-ties", &[("count", (chart.edges.len() as u64).into())])) }
            div.wide { table {
                thead { tr { @for column in ["field-from", "entity-link", "field-to", "field-grading", "field-date"] { th scope="col" { (words.text(column)) } } } }
                tbody { @for edge in chart.edges.iter().take(ROWS) {
                    tr {
                        @for (nth, end) in [edge.from, edge.to].into_iter().enumerate() {
                            @if nth == 1 { td { @match edge.link { Some(link) => { a href=(format!("/record/{link}")) { (edge.by) } }, None => { (edge.by) } } } }
                            td { @if let Some((what, called)) = name(end) {
                                a href=(path_of(what, end)) { bdi { (called) } } " " span.quiet { (words.text(what_key(what))) }
                            } }
                        }
                        td { (if edge.link.is_none() { String::new() } else { Some(grade(&edge.grading)).filter(|grade| !grade.is_empty()).unwrap_or_else(|| words.text("entity-ungraded")) }) }
                        td.number { (edge.when.map(span).unwrap_or_default()) }
                    }
                } }
            } }
            @if chart.edges.len() > ROWS { p { (words.with("chart-list-first", &[("count", (ROWS as u64).into())])) } }
            ul.more { @for node in others.filter(|node| node.more > 0).take(ROWS) {
                li { a href=(asked.path(node.id)) { bdi { (called(node)) } } ": " (words.with("chart-more", &[("count", node.more.into())])) }
            } }
        }
    }
}

fn span((from, to): (Timestamp, Timestamp)) -> String {
    let (from, to) = (from.date_text(), to.date_text());
    if from == to { from } else { format!("{from} – {to}") }
}

fn along(words: Words, asked: &Question, way: &Way) -> Markup {
    html! {
        section.way aria-label=(words.text("chart-way")) {
            h2 { (words.text("chart-way")) }
            @match way {
                Way::Nobody => { p.warning role="alert" { (words.text("same-nobody")) } },
                Way::None => { p { (words.text("chart-no-way")) } },
                Way::Which(several) => {
                    p { (words.text("same-which")) }
                    ul { @for (id, name) in several { li { a href=(way::link(asked, *id)) { bdi { (name) } } " " code { (id.short()) } } } }
                },
                Way::Found(steps) => {
                    ol { @for step in steps {
                        li { a href=(path_of(step.from.0, step.from.1)) { bdi { (step.from.2) } } " — " (step.by) " → "
                            a href=(path_of(step.to.0, step.to.1)) { bdi { (step.to.2) } } }
                    } }
                },
            }
        }
    }
}

fn export(words: Words, desk: &Desk, asked: &Question, token: &str, id: RecordId) -> Markup {
    let rooms = desk
        .compartments()
        .into_iter()
        .filter(|view| view.mine && !view.everyone && !view.charter.rule.is_guarded());
    html! {
        form.write.export method="post" action=(format!("/chart/{id}/export")) {
            h2 { (words.text("chart-export")) }
            p { (words.text("chart-export-why")) }
            input type="hidden" name="token" value=(token);
            @for (name, typed) in asked.fields() { input type="hidden" name=(name) value=(typed); }
            div.pair {
                label { span { (words.text("chart-export-where")) }
                    select name="compartment" { @for view in rooms { option value=(view.id) { (compartment_name(desk, view.id)) } } } }
                label { span { (words.text("chart-export-purpose")) } input name="purpose"; }
            }
            button type="submit" { (words.text("chart-export")) }
        }
    }
}

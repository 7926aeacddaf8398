//! The chart as a picture without scripts: the start in the middle, the first step around it, the second around that.
//! Each record is a link to its own chart.

use std::collections::HashMap;
use std::f64::consts::TAU;

use counterseal_model::RecordId;
use counterseal_node::{ChartEdge, ChartNode, ChartView};
use maud::{Markup, html};

use super::page::{called, grade, strength};
use super::question::Question;
use crate::labels::Labels;
use crate::pages::entities::what_key;

/// Most records in the picture.
const DRAWN: usize = 120;
/// Up to so many ties their kind stands beside them.
const NAMED_TIES: usize = 16;
/// Longest name in the picture, in characters.
const NAME: usize = 26;

/// Where a record stands: its angle, in turns, and its distance.
#[derive(Clone, Copy)]
struct At {
    turn: f64,
    far: f64,
}

impl At {
    fn x(self) -> f64 {
        self.far * 1.35 * (self.turn * TAU).cos()
    }

    fn y(self) -> f64 {
        self.far * (self.turn * TAU).sin()
    }
}

pub(super) fn draw(labels: &Labels<'_>, asked: &Question, chart: &ChartView) -> Markup {
    let words = labels.words();
    let shown: Vec<&ChartNode> = chart.nodes.iter().take(DRAWN).collect();
    let places = places(&shown);
    let edges: Vec<_> = chart
        .edges
        .iter()
        .filter_map(|edge| Some((edge, *places.get(&edge.from)?, *places.get(&edge.to)?)))
        .collect();
    html! {
        svg viewBox="-560 -400 1120 800" direction="ltr" role="group" aria-label=(words.text("chart-label")) {
            g.ties {
                @for (edge, from, to) in &edges { (tie(labels, edge, *from, *to)) }
                @if edges.len() <= NAMED_TIES { @for (edge, from, to) in &edges { (tie_name(labels, edge, *from, *to)) } }
            }
            @for node in &shown { @if let Some(at) = places.get(&node.id) { (record(labels, asked, node, *at)) } }
        }
        @if chart.nodes.len() > shown.len() {
            p { (words.with("chart-drawn", &[("count", (shown.len() as u64).into()), ("all", (chart.nodes.len() as u64).into())])) }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a drawing's angle")]
fn places(shown: &[&ChartNode]) -> HashMap<RecordId, At> {
    let mut places = HashMap::new();
    for (steps, far) in [(0, 0.0), (1, 190.0), (2, 270.0)] {
        let ring: Vec<_> = shown.iter().filter(|node| node.steps.min(2) == steps).collect();
        for (nth, node) in ring.iter().enumerate() {
            // A quarter of a step aside, so that no name lies flat on the axis with its neighbour.
            let turn = (nth as f64 + 0.25) / ring.len().max(1) as f64;
            places.insert(node.id, At { turn, far });
        }
    }
    places
}

/// Its style says how good the information is; so does its title, in letters.
fn tie(labels: &Labels<'_>, edge: &ChartEdge, from: At, to: At) -> Markup {
    let class = ["tie ungraded", "tie poor", "tie fair", "tie good"];
    let class = class.get(usize::from(strength(edge))).copied().unwrap_or("tie");
    let [x1, y1, x2, y2] = [from.x(), from.y(), to.x(), to.y()].map(|at| format!("{at:.1}"));
    html! { line class=(class) x1=(x1) y1=(y1) x2=(x2) y2=(y2) { title { (labels.tie(&edge.by)) " " (grade(&edge.grading)) } } }
}

fn tie_name(labels: &Labels<'_>, edge: &ChartEdge, from: At, to: At) -> Markup {
    // Nearer to the outer end: in the middle all of them would lie on each other.
    let (near, far) = if from.far < to.far { (from, to) } else { (to, from) };
    let x = near.x() + (far.x() - near.x()) * 0.62;
    let y = near.y() + (far.y() - near.y()) * 0.62;
    html! { text.tie x=(format!("{x:.1}")) y=(format!("{:.1}", y - 3.0)) text-anchor="middle" { (labels.tie(&edge.by)) " " (grade(&edge.grading)) } }
}

fn record(labels: &Labels<'_>, asked: &Question, node: &ChartNode, at: At) -> Markup {
    let (words, name) = (labels.words(), called(labels, node));
    let (x, y) = (format!("{:.1}", at.x()), format!("{:.1}", at.y()));
    let label = format!("{}: {name}", words.text(what_key(node.what)));
    html! {
        a href=(asked.path(node.id)) aria-label=(label) {
            g.node transform=(format!("translate({x} {y})")) {
                (shape(node.what))
                (name_of(&name, at))
                title { (label) }
            }
        }
    }
}

/// A shape by type: colour alone would tell some readers nothing.
fn shape(what: &str) -> Markup {
    html! {
        @match what {
            "person" => { circle r="9" {} },
            "group" => { rect x="-9" y="-9" width="18" height="18" {} },
            "organisation" => { rect x="-9" y="-9" width="18" height="18" rx="6" {} },
            "place" => { path d="M0 -11 L10 7 L-10 7 Z" {} },
            "incident" => { path d="M0 -11 L11 0 L0 11 L-11 0 Z" {} },
            "vehicle" | "equipment" => { path d="M-6 -10 L6 -10 L11 0 L6 10 L-6 10 L-11 0 Z" {} },
            _ => { rect x="-10" y="-6" width="20" height="12" {} },
        }
    }
}

/// Written outwards, so that names of neighbours do not lie on each other.
fn name_of(name: &str, at: At) -> Markup {
    let short = shortened(name);
    if at.far == 0.0 {
        return html! { text.start y="28" text-anchor="middle" { (short) } };
    }
    let degrees = at.y().atan2(at.x()).to_degrees();
    let left = at.x() < 0.0;
    let (turned, anchor, x) = if left { (degrees + 180.0, "end", "-15") } else { (degrees, "start", "15") };
    html! { text x=(x) y="4" text-anchor=(anchor) transform=(format!("rotate({turned:.1})")) { (short) } }
}

fn shortened(name: &str) -> String {
    let mut signs = name.chars();
    let mut short: String = signs.by_ref().take(NAME).collect();
    if signs.next().is_some() {
        short.push('…');
    }
    short
}

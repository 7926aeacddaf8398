//! Drawings without scripts: pictures whose parts are links.

use counterseal_node::Grid;
use maud::{Markup, html};

use super::compare::change;
use super::question::Question;
use super::seen::Line;
use crate::underlay::{Detail, underlay};
use crate::words::Words;

/// Degrees of 1e-7 degrees.
fn degrees(e7: i32) -> f64 {
    f64::from(e7) / 1e7
}

/// The density grid over what lies below it, and what lies over it. A cell is a link to the box that it is. `own`: the
/// mission's own basemap.
pub(super) fn map(
    words: Words,
    question: &Question,
    ([south, north, west, east], (columns, rows)): ([i32; 4], (u32, u32)),
    own: Option<&Detail>,
    Grid(cells): &Grid,
    over: &Markup,
) -> Markup {
    let (west, north) = (degrees(west), degrees(north));
    let (wide, high) = (degrees(east) - west, north - degrees(south));
    let (step_x, step_y) = (wide / f64::from(columns), high / f64::from(rows));
    let most = cells.iter().copied().max().unwrap_or(0).max(1);
    let filled = (0u32..).zip(cells).filter(|(_, count)| **count > 0);
    html! {
        figure.map {
            svg viewBox=(format!("{west:.4} {:.4} {wide:.4} {high:.4}", -north)) role="group" aria-label=(words.text("map-label")) {
                (underlay(words.0, [west, north - high, west + wide, north], own))
                @for (cell, count) in filled {
                    @let left = west + f64::from(cell % columns) * step_x;
                    @let bottom = north - high + f64::from(cell / columns) * step_y;
                    (dot(words, question, [left, bottom, step_x, step_y], (*count, most)))
                }
                (over)
            }
            figcaption {
                @if !question.within.is_empty() { " " a href=(question.link_with("/situation", "box", "")) { (words.text("map-whole")) } }
            }
        }
    }
}

/// One cell: its western and southern edges and its size, and its count of the most there are.
fn dot(
    words: Words,
    question: &Question,
    [west, south, wide, high]: [f64; 4],
    (count, most): (u32, u32),
) -> Markup {
    let within = format!("{west:.4},{south:.4},{:.4},{:.4}", west + wide, south + high);
    // By area above a smallest size: twice the incidents are about twice the ink, and one can still be seen and met.
    let radius = wide.min(high) * (0.3 + 1.2 * (f64::from(count) / f64::from(most)).sqrt());
    let label = words.with("map-cell", &[("count", u64::from(count).into())]);
    html! {
        a href=(question.link_with("/situation", "box", &within)) {
            circle.dot cx=(format!("{:.4}", west + wide / 2.0)) cy=(format!("{:.4}", -(south + high / 2.0))) r=(format!("{radius:.4}")) {
                title { (label) }
            }
        }
    }
}

/// The most frequent of something, as a table with a bar in each row.
pub(super) fn bars(words: Words, question: &Question, field: &str, title: &str, lines: &[Line]) -> Markup {
    let most = lines.iter().map(|line| line.now.count).max().unwrap_or(1).max(1);
    let compared = lines.iter().any(|line| line.then.is_some());
    html! {
        section {
            h2 { (title) }
            table.bars {
                thead { tr {
                    th scope="col" { (title) }
                    th scope="col" { (words.text("field-count")) }
                    @if compared { th scope="col" { (words.text("compare-then")) } th scope="col" { (words.text("compare-change")) } }
                    @else { th scope="col" { (words.text("field-killed")) } }
                } }
                tbody { @for line in lines { (bar(words, question, field, line, most)) } }
            }
        }
    }
}

fn bar(words: Words, question: &Question, field: &str, line: &Line, most: u64) -> Markup {
    html! {
        tr {
            th scope="row" {
                @match &line.name {
                    Some(name) => { a href=(question.link_with(super::HERE, field, name)) { bdi { (line.called.as_ref().unwrap_or(name)) } } },
                    None if line.nameless => { (words.text("seen-nameless")) },
                    None => { (words.text("none")) },
                }
                meter min="0" max=(most) value=(line.now.count) {}
            }
            td.number { (words.number(line.now.count)) }
            @if let Some(then) = line.then {
                td.number { (words.number(then.count)) }
                td.number { (change(words, line.now.count, then.count)) }
            } @else { td.number { (words.number(line.now.best)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Tongue;

    #[test]
    fn a_cell_lies_where_its_incidents_are_and_links_to_its_box() {
        // Two by two cells from 0 to 20 degrees east and 0 to 10 north; the second cell is in the south-east.
        let area = [0, 100_000_000, 0, 200_000_000];
        let drawn = map(
            Words(Tongue::English),
            &Question::default(),
            (area, (2, 2)),
            None,
            &Grid(vec![0, 3, 0, 0]),
            &html! {},
        );
        let drawn = drawn.into_string();
        assert!(drawn.contains("box=10.0000,0.0000,20.0000,5.0000"), "{drawn}");
        assert!(drawn.contains("cx=\"15.0000\" cy=\"-2.5000\""), "{drawn}");
    }
}

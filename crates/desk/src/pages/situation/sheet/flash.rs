//! The flash report: the newest incident of the view, with everything that is known of it.

use counterseal_node::NodeError;
use maud::{Markup, html};

use super::{Ground, map_of};
use crate::labels::Labels;
use crate::pages::lines::called;
use crate::pages::says::lines;

/// Incidents on one.
pub(super) const MOST: usize = 1;

pub(super) fn draw(ground: &Ground<'_>) -> Result<Markup, NodeError> {
    let words = ground.words;
    let labels = Labels::of(words, ground.desk);
    let mut incidents = Vec::new();
    for record in ground.records {
        let says = lines(words, ground.desk, &record.part.body)?;
        incidents.push(html! {
            section.incident {
                h2 { bdi { (called(&labels, &record.part.body)) } }
                dl.says { @for line in says { div { dt { (words.text(line.key)) } dd dir="auto" { (line.text) } } } }
                p.caption { (words.with("record-id", &[("id", (&record.id().to_string()).into())])) }
            }
        });
    }
    Ok(html! {
        @if incidents.is_empty() { p { (words.text("sheet-none")) } }
        @for incident in incidents { (incident) }
        h2 { (words.text("sheet-map")) }
        (map_of(ground))
    })
}

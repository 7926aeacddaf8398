//! The flash report: the newest incident of the view, with everything that is known of it, and its week against the one before.

use counterseal_model::Timestamp;
use counterseal_model::record::Body;
use counterseal_node::{NodeError, RecordView};
use maud::{Markup, html};

use super::totals::Totals;
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
    let day = ground.records.first().and_then(day_of);
    let totals = day.map(|day| Totals::to(ground, day)).transpose()?;
    Ok(html! {
        @if incidents.is_empty() { p { (words.text("sheet-none")) } }
        @for incident in incidents { (incident) }
        @if let Some(totals) = totals { (totals.table(words)) }
        h2 { (words.text("sheet-map")) }
        (map_of(ground)?)
    })
}

/// The day on which it began; nothing where that is not known.
fn day_of(record: &RecordView) -> Option<Timestamp> {
    let Body::Incident(incident) = &record.part.body else { return None };
    let from = incident.occurred.as_ref()?.from;
    Some(Timestamp(from.0.div_euclid(Timestamp::DAY) * Timestamp::DAY))
}

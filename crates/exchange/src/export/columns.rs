//! The columns of our own tables, their HXL hashtags (HXL 1.1), and what stands in them.

use counterseal_model::record::{Casualties, Incident};
use counterseal_model::{Place, Term, TimePrecision, Timestamp};

use super::{ExportHead, ExportRow};

/// What stands in a cell.
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(String),
}

/// Names and hashtags, in order. The mark comes before anything an incident says.
pub(super) const COLUMNS: [(&str, &str); 38] = [
    ("id", "#event+id"),
    ("classification", "#meta+classification"),
    ("synthetic", "#meta+synthetic"),
    ("export_mark", "#meta+export"),
    ("reference", "#event+code"),
    ("external", "#event+id+external+list"),
    ("title", "#event+name"),
    ("form", "#event+form"),
    ("kind", "#event+type"),
    ("subtype", "#event+subtype"),
    ("tags", "#event+tags+list"),
    ("occurred_from", "#date+start"),
    ("occurred_to", "#date+end"),
    ("time_precision", "#date+precision"),
    ("reported", "#date+reported"),
    ("entered", "#date+entered"),
    ("place", "#loc+name"),
    ("latitude", "#geo+lat"),
    ("longitude", "#geo+lon"),
    ("place_precision", "#geo+precision"),
    ("country", "#country+name"),
    ("iso3", "#country+code+v_iso3"),
    ("admin1", "#adm1+name"),
    ("admin2", "#adm2+name"),
    ("pcode", "#loc+code+v_pcode"),
    ("place_description", "#loc+description"),
    ("narrative", "#description"),
    ("actors", "#group+name+list"),
    ("killed_best", "#affected+killed"),
    ("killed_low", "#affected+killed+min"),
    ("killed_high", "#affected+killed+max"),
    ("casualties", "#affected+list"),
    ("weapons", "#event+weapons+list"),
    ("un_affected", "#event+un_affected"),
    ("sources", "#meta+source+list"),
    ("verification", "#status+verification"),
    ("grading", "#meta+grading"),
    ("attributes", "#meta+attributes"),
];

/// The names of the columns.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    COLUMNS.iter().map(|(name, _)| *name)
}

/// The cells of one row, in the order of `COLUMNS`.
pub(super) fn cells(head: &ExportHead, row: &ExportRow<'_>) -> Vec<Cell> {
    let incident = row.incident;
    let mut cells = vec![
        text(row.id),
        text(row.classification.word()),
        text(if row.synthetic { "SYNTHETIC" } else { "" }),
        text(head.mark.in_file()),
        option(incident.reference.as_deref()),
        lines(incident.external.iter().map(|external| format!("{} {}", external.system, external.id))),
        option(incident.title.as_deref()),
        option(incident.form.map(|form| form.word())),
        option(incident.kind.as_ref().map(Term::as_str)),
        option(incident.subtype.as_ref().map(Term::as_str)),
        terms(&incident.tags),
    ];
    cells.extend(moments(incident));
    cells.extend(place(incident.place.as_ref()));
    cells.push(option(incident.narrative.as_deref()));
    cells.push(actors(row));
    cells.extend(people(incident));
    cells.push(terms(&incident.weapons));
    cells.push(text(if incident.un_affected { "yes" } else { "" }));
    cells.push(lines(incident.sources.iter().map(|source| one_line(source))));
    cells.push(option(incident.verification.as_ref().map(|verification| verification.status.word())));
    cells.push(option(incident.grading.as_ref().map(ToString::to_string)));
    let attributes = serde_json::to_string(&incident.attributes).unwrap_or_default();
    cells.push(if incident.attributes.is_empty() { Cell::Empty } else { text(attributes) });
    cells
}

fn moments(incident: &Incident) -> [Cell; 5] {
    let occurred = incident.occurred.as_ref();
    let precise = |at: Timestamp| match occurred.map(|occurred| occurred.precision) {
        Some(TimePrecision::Minute) | None => at.rfc3339(),
        // Something other than whole days may stand behind a coarse precision.
        Some(_) if at.0.rem_euclid(Timestamp::DAY) != 0 => at.rfc3339(),
        Some(_) => at.date_text(),
    };
    [
        option(occurred.map(|occurred| precise(occurred.from))),
        option(occurred.and_then(|occurred| occurred.to).map(precise)),
        option(occurred.map(|occurred| occurred.precision.word())),
        option(incident.reported.map(Timestamp::rfc3339)),
        option(incident.entered.map(Timestamp::rfc3339)),
    ]
}

fn place(place: Option<&Place>) -> [Cell; 10] {
    let field = |read: fn(&Place) -> Option<&String>| option(place.and_then(read).cloned());
    let point = place.and_then(|place| place.point);
    let degrees = |degrees: Option<f64>| degrees.map_or(Cell::Empty, |value| Cell::Number(value.to_string()));
    [
        field(|place| place.name.as_ref()),
        degrees(point.map(|point| point.lat())),
        degrees(point.map(|point| point.lon())),
        option(place.and_then(|place| place.precision).map(|precision| precision.word())),
        field(|place| place.country.as_ref()),
        field(|place| place.iso3.as_ref()),
        field(|place| place.admin1.as_ref()),
        field(|place| place.admin2.as_ref()),
        field(|place| place.pcode.as_ref()),
        field(|place| place.description.as_ref()),
    ]
}

/// `role: name` on a line each; `-` where there is no role.
fn actors(row: &ExportRow<'_>) -> Cell {
    let named = row.incident.actors.iter().enumerate().filter_map(|(at, actor)| {
        let resolved = row.actors.get(at).filter(|name| !name.is_empty());
        let name = resolved.or(actor.name.as_ref())?;
        let role = actor.role.as_ref().map_or("-", Term::as_str);
        Some(format!("{role}: {}", one_line(name)))
    });
    lines(named)
}

fn people(incident: &Incident) -> [Cell; 4] {
    let killed = incident.killed();
    let number = |people: Option<u64>| people.map_or(Cell::Empty, |people| Cell::Number(people.to_string()));
    let others =
        incident.casualties.iter().filter(|entry| !killed.is_some_and(|total| std::ptr::eq(*entry, total)));
    [
        number(killed.and_then(|killed| killed.best)),
        number(killed.and_then(|killed| killed.low)),
        number(killed.and_then(|killed| killed.high)),
        lines(others.map(casualties)),
    ]
}

/// `civilians/injured: 3 (2-5)`: group, harm, best, low, high; `-` for what is not told.
fn casualties(entry: &Casualties) -> String {
    let number = |people: Option<u64>| people.map_or_else(|| "-".to_owned(), |people| people.to_string());
    let group = entry.group.as_ref().map_or("-", Term::as_str);
    let harm = entry.harm.as_ref().map_or("killed", Term::as_str);
    let best = number(entry.best);
    match (entry.low, entry.high) {
        (None, None) => format!("{group}/{harm}: {best}"),
        (low, high) => format!("{group}/{harm}: {best} ({}..{})", number(low), number(high)),
    }
}

fn text(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

fn option(value: Option<impl Into<String>>) -> Cell {
    value.map_or(Cell::Empty, text)
}

fn lines(items: impl Iterator<Item = String>) -> Cell {
    text(items.collect::<Vec<_>>().join("\n"))
}

fn terms(terms: &[Term]) -> Cell {
    text(terms.iter().map(Term::as_str).collect::<Vec<_>>().join("; "))
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// The items of a cell that holds one a line.
pub(crate) fn split_lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The terms of a cell, divided by semicolons.
pub(crate) fn split_terms(cell: &str) -> impl Iterator<Item = Term> {
    cell.split(';').filter_map(Term::from_text)
}

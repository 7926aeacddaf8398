//! Our own tables: CSV, HXL and GeoJSON exports, read again.

use std::collections::BTreeMap;

use counterseal_model::dtg::read_moment;
use counterseal_model::record::{Casualties, ExternalRef, Incident, IncidentForm, Involved};
use counterseal_model::{
    Classification, Credibility, Grading, Occurred, Place, PlacePrecision, Reliability, Term, TimePrecision,
    Timestamp, Verification, VerificationStatus,
};

use super::Rest;
use super::own_line::{NOT_A_CLASSIFICATION, external_of};
use crate::cell::{GeometryColumns, whole, yes_no};
use crate::draft::Draft;
use crate::export::{column_names, split_lines, split_terms, undo_defusing};
use crate::import::ImportError;
use crate::layout::FileForm;
use crate::rejects::CellError;
use crate::table::{Columns, Header, Record};

/// Columns without which a file is not ours.
pub(crate) const NEEDED: &[&[&str]] = &[&["id"], &["export_mark"], &["classification"]];

/// The columns of one file.
pub(crate) struct OwnPlan {
    columns: BTreeMap<&'static str, usize>,
    point: GeometryColumns,
    /// Whether cells were defused: in tables for spreadsheets.
    defused: bool,
    rest: Rest,
}

impl OwnPlan {
    pub(crate) fn resolve(header: &Header, form: FileForm) -> Result<Self, ImportError> {
        let taken = &mut Columns::of(header);
        let point = GeometryColumns::take(taken)?;
        let mut columns = BTreeMap::new();
        for name in column_names() {
            if let Some(at) = taken.take(name)? {
                columns.insert(name, at);
            }
        }
        Ok(Self { columns, point, defused: form == FileForm::Csv, rest: Rest::of(taken, &[]) })
    }

    pub(crate) fn draft(&self, record: &Record) -> Result<Draft, CellError> {
        let row = Row { plan: self, record };
        let externals = split_lines(row.text("external").unwrap_or_default()).map(|line| row.external(line));
        let externals = externals.collect::<Result<Vec<_>, _>>()?;
        let classification = row.read("classification", Classification::from_word, NOT_A_CLASSIFICATION)?;
        let id = row.text("id").unwrap_or_default();
        let external = external_of(&externals, id)
            .ok_or_else(|| CellError::new("id", "", "is empty; it must be given"))?;
        let mut attributes = self.rest.read(record);
        if let Some(text) = row.text("attributes") {
            let own: BTreeMap<String, String> = serde_json::from_str(text)
                .map_err(|error| CellError::new("attributes", text, format!("cannot be read: {error}")))?;
            attributes.extend(own);
        }
        let incident = Incident {
            reference: row.owned("reference"),
            external: externals,
            title: row.owned("title"),
            form: row.read("form", IncidentForm::from_word, "is not incident, event or activity")?,
            kind: row.text("kind").and_then(Term::from_text),
            subtype: row.text("subtype").and_then(Term::from_text),
            tags: split_terms(row.text("tags").unwrap_or_default()).collect(),
            occurred: row.occurred()?,
            reported: row.moment("reported")?.map(|(at, _)| at),
            entered: row.moment("entered")?.map(|(at, _)| at),
            place: row.place()?,
            narrative: row.owned("narrative"),
            actors: split_lines(row.text("actors").unwrap_or_default()).map(actor).collect(),
            casualties: row.casualties()?,
            weapons: split_terms(row.text("weapons").unwrap_or_default()).collect(),
            un_affected: row.read("un_affected", yes_no, "is not yes or no")?.unwrap_or(false),
            sources: split_lines(row.text("sources").unwrap_or_default()).map(str::to_owned).collect(),
            verification: row
                .read("verification", VerificationStatus::from_word, "is not a verification status")?
                .map(|status| Verification { status, ..Verification::default() }),
            grading: row.read("grading", grading, "is not a grading, as in B2")?,
            attributes,
            ..Incident::default()
        };
        let mut draft = Draft::new(external, incident, Vec::new());
        draft.classification = classification;
        draft.synthetic = row.text("synthetic").is_some_and(|text| !matches!(text, "false" | "no" | "0"));
        Ok(draft)
    }
}

struct Row<'r> {
    plan: &'r OwnPlan,
    record: &'r Record,
}

impl<'r> Row<'r> {
    fn text(&self, name: &str) -> Option<&'r str> {
        let cell = self.record.get(*self.plan.columns.get(name)?);
        let cell = if self.plan.defused { undo_defusing(cell) } else { cell };
        (!cell.trim().is_empty()).then_some(cell)
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    fn read<T>(&self, name: &str, read: fn(&str) -> Option<T>, reason: &str) -> Result<Option<T>, CellError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        read(text).map(Some).ok_or_else(|| CellError::new(name, text, reason))
    }

    fn external(&self, line: &str) -> Result<ExternalRef, CellError> {
        let parts = line.split_once(' ').and_then(|(system, id)| Some((Term::from_text(system)?, id.trim())));
        let (system, id) =
            parts.ok_or_else(|| CellError::new("external", line, "is not a system and an id"))?;
        Ok(ExternalRef { system, id: id.to_owned() })
    }

    fn moment(&self, name: &str) -> Result<Option<(Timestamp, TimePrecision)>, CellError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        read_moment(text, None).map(Some).map_err(|error| CellError::new(name, text, error.to_string()))
    }

    fn occurred(&self) -> Result<Option<Occurred>, CellError> {
        let precision = self.read("time_precision", TimePrecision::from_word, "is not a time precision")?;
        let Some((from, precise)) = self.moment("occurred_from")? else { return Ok(None) };
        let to = self.moment("occurred_to")?.map_or(from, |(to, _)| to);
        Ok(Some(Occurred::span(from, to, precision.unwrap_or(precise))))
    }

    fn place(&self) -> Result<Option<Place>, CellError> {
        let place = Place {
            name: self.owned("place"),
            point: self.plan.point.read(self.record, |_, _| {})?,
            precision: self.read("place_precision", PlacePrecision::from_word, "is not a place precision")?,
            country: self.owned("country"),
            iso3: self.owned("iso3"),
            admin1: self.owned("admin1"),
            admin2: self.owned("admin2"),
            pcode: self.owned("pcode"),
            description: self.owned("place_description"),
            ..Place::default()
        };
        Ok((place != Place::default()).then_some(place))
    }

    fn casualties(&self) -> Result<Vec<Casualties>, CellError> {
        let number = |name| self.read(name, whole, "is not a whole number of zero or more");
        let (best, low, high) = (number("killed_best")?, number("killed_low")?, number("killed_high")?);
        let total = Casualties { best, low, high, ..Casualties::default() };
        let mut all: Vec<Casualties> = best.or(low).or(high).map(|_| total).into_iter().collect();
        for line in split_lines(self.text("casualties").unwrap_or_default()) {
            let entry = casualties(line).ok_or_else(|| {
                CellError::new("casualties", line, "is not of the form civilians/injured: 3 (2..5)")
            })?;
            all.push(entry);
        }
        Ok(all)
    }
}

/// `role: name`.
fn actor(line: &str) -> Involved {
    let role = |text: &str| Term::from_text(text).filter(|term| term.as_str() == text);
    let (role, name) = match line.split_once(": ") {
        Some(("-", name)) => (None, name),
        Some((word, name)) if role(word).is_some() => (role(word), name),
        _ => (None, line),
    };
    Involved { role, name: Some(name.to_owned()), ..Involved::default() }
}

/// `civilians/injured: 3 (2..5)`, `-` for what is not told.
fn casualties(line: &str) -> Option<Casualties> {
    let (who, numbers) = line.split_once(": ")?;
    let (group, harm) = who.split_once('/')?;
    let number = |text: &str| if text == "-" { Some(None) } else { Some(Some(whole(text)?)) };
    let (best, (low, high)) = match numbers.split_once(" (") {
        None => (numbers, ("-", "-")),
        Some((best, bounds)) => (best, bounds.strip_suffix(')')?.split_once("..")?),
    };
    Some(Casualties {
        group: Term::from_text(group),
        harm: if harm == "killed" { None } else { Term::from_text(harm) },
        best: number(best)?,
        low: number(low)?,
        high: number(high)?,
        ..Casualties::default()
    })
}

/// `B2`; `-` for the half that was not judged.
fn grading(text: &str) -> Option<Grading> {
    let half = |sign: char| sign.to_string();
    let mut signs = text.chars();
    let (letter, number, None) = (signs.next()?, signs.next()?, signs.next()) else { return None };
    let reliability = if letter == '-' { None } else { Some(Reliability::from_word(&half(letter))?) };
    let credibility = if number == '-' { None } else { Some(Credibility::from_word(&half(number))?) };
    Some(Grading { reliability, credibility, ..Grading::default() })
}

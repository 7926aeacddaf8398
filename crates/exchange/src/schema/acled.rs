//! ACLED's export, with or without `admin3` and `timestamp`.

use counterseal_model::record::{Casualties, ExternalRef, Incident, IncidentForm, Involved};
use counterseal_model::{Occurred, Place, PlacePrecision, Term, TimePrecision};

use super::Rest;
use crate::cell::{Column, GeometryColumns, day, kind_of_group, stands_for_nobody, whole};
use crate::draft::{ActorDraft, Draft};
use crate::import::ImportError;
use crate::rejects::CellError;
use crate::table::{Columns, Header, Record};

/// Columns without which a file is not ACLED's.
pub(crate) const NEEDED: &[&[&str]] =
    &[&["event_id_cnty"], &["event_date"], &["event_type"], &["actor1"], &["fatalities"]];

/// The columns of one file.
pub(crate) struct AcledPlan {
    id: Column,
    date: Column,
    time_precision: Column,
    kind: Column,
    subtype: Column,
    actors: [(Term, Column, Many); 4],
    location: Column,
    country: Column,
    admin1: Column,
    admin2: Column,
    geo_precision: Column,
    point: GeometryColumns,
    notes: Column,
    source: Column,
    fatalities: Column,
    rest: Rest,
}

/// Whether a column names several, divided by semicolons.
#[derive(Clone, Copy, PartialEq)]
enum Many {
    One,
    List,
}

impl AcledPlan {
    pub(crate) fn resolve(header: &Header) -> Result<Self, ImportError> {
        let columns = &mut Columns::of(header);
        let mut take = |name| Ok::<_, ImportError>(Column { name, at: columns.take(name)? });
        let role = |code: &str| Term::from_text(code).unwrap_or_default();
        let actors = [
            (role("side-a"), take("actor1")?, Many::One),
            (role("associate-a"), take("assoc_actor_1")?, Many::List),
            (role("side-b"), take("actor2")?, Many::One),
            (role("associate-b"), take("assoc_actor_2")?, Many::List),
        ];
        Ok(Self {
            id: take("event_id_cnty")?,
            date: take("event_date")?,
            time_precision: take("time_precision")?,
            kind: take("event_type")?,
            subtype: take("sub_event_type")?,
            actors,
            location: take("location")?,
            country: take("country")?,
            admin1: take("admin1")?,
            admin2: take("admin2")?,
            geo_precision: take("geo_precision")?,
            notes: take("notes")?,
            source: take("source")?,
            fatalities: take("fatalities")?,
            point: GeometryColumns::take(columns)?,
            rest: Rest::of(columns, &["year", "iso", "inter1", "inter2", "interaction", "timestamp"]),
        })
    }

    pub(crate) fn draft(&self, record: &Record) -> Result<Draft, CellError> {
        let external = ExternalRef {
            system: Term::from_text("acled").unwrap_or_default(),
            id: self.id.needed(record)?.to_owned(),
        };
        let mut attributes = self.rest.read(record);
        let point = self.point.read(record, |name, text| {
            attributes.insert(name.to_owned(), text.to_owned());
        })?;
        let place = Place {
            name: self.location.text(record),
            point,
            precision: self.place_precision(record)?,
            country: self.country.text(record),
            admin1: self.admin1.text(record),
            admin2: self.admin2.text(record),
            ..Place::default()
        };
        let (involved, actors) = self.actors(record);
        let killed = self.fatalities.whole(record)?;
        let killed = killed.map(|best| Casualties { best: Some(best), ..Casualties::default() });
        let sources = self.source.get(record).map(|text| list(text).map(str::to_owned).collect());
        let incident = Incident {
            external: vec![external.clone()],
            title: self.title(record),
            form: Some(self.form(record)),
            kind: self.kind.get(record).and_then(Term::from_text),
            subtype: self.subtype.get(record).and_then(Term::from_text),
            occurred: Some(self.occurred(record)?),
            place: Some(place),
            narrative: self.notes.text(record),
            actors: involved,
            casualties: killed.into_iter().collect(),
            sources: sources.unwrap_or_default(),
            attributes,
            ..Incident::default()
        };
        Ok(Draft::new(external, incident, actors))
    }

    /// Demonstrations and political developments are events; they need not have harmed anybody.
    fn form(&self, record: &Record) -> IncidentForm {
        match self.kind.get(record) {
            Some("Protests" | "Strategic developments") => IncidentForm::Event,
            _ => IncidentForm::Incident,
        }
    }

    fn title(&self, record: &Record) -> Option<String> {
        let what = self.subtype.get(record).or_else(|| self.kind.get(record));
        let [a, _, b, _] = &self.actors;
        let sides: Vec<&str> = [a, b].into_iter().filter_map(|(_, column, _)| column.get(record)).collect();
        let sides = sides.join(" – ");
        let who = [what, Some(sides.as_str())].into_iter().flatten().filter(|text| !text.is_empty());
        let who = who.collect::<Vec<_>>().join(": ");
        let parts = [Some(who.as_str()), self.location.get(record)].into_iter().flatten();
        let title = parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
        (!title.is_empty()).then_some(title)
    }

    /// `time_precision` 1 to 3: the day, within a week, within a month (ACLED codebook).
    fn occurred(&self, record: &Record) -> Result<Occurred, CellError> {
        let at = day(&self.date, record, None)?;
        let at = at.ok_or_else(|| self.date.bad(record, "is empty; it must be given"))?;
        let precision = match self.time_precision.whole(record)? {
            None | Some(1) => TimePrecision::Day,
            Some(2) => TimePrecision::Week,
            Some(3) => TimePrecision::Month,
            Some(_) => return Err(self.time_precision.bad(record, "is not a time precision of 1 to 3")),
        };
        Ok(Occurred::span(at, at, precision))
    }

    /// `geo_precision` 1 to 3: the place itself, near it, the larger region (ACLED codebook).
    fn place_precision(&self, record: &Record) -> Result<Option<PlacePrecision>, CellError> {
        let Some(code) = self.geo_precision.get(record) else { return Ok(None) };
        match whole(code) {
            Some(1) => Ok(Some(PlacePrecision::Exact)),
            Some(2) => Ok(Some(PlacePrecision::Near)),
            Some(3) => Ok(Some(PlacePrecision::Admin1)),
            _ => Err(self.geo_precision.bad(record, "is not a place precision of 1 to 3")),
        }
    }

    fn actors(&self, record: &Record) -> (Vec<Involved>, Vec<ActorDraft>) {
        let (mut involved, mut drafts) = (Vec::new(), Vec::new());
        for (role, column, many) in &self.actors {
            let Some(cell) = column.get(record) else { continue };
            let names: Vec<&str> = if *many == Many::List { list(cell).collect() } else { vec![cell] };
            for name in names {
                if !stands_for_nobody(name) {
                    let (name, kind) = (name.to_owned(), kind_of_group(name));
                    drafts.push(ActorDraft { position: involved.len(), external: None, name, kind });
                }
                let (role, name) = (Some(role.clone()), Some(name.to_owned()));
                involved.push(Involved { role, name, ..Involved::default() });
            }
        }
        (involved, drafts)
    }
}

/// The items of a list divided by semicolons.
fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

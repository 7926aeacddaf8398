//! A copy of what a part says that tells less: places to an administrative area, dates to a month or a year, names to
//! pseudonyms. What is shared with another compartment is made of it.
//!
//! What is not known to be harmless is left out: free text, other systems' numbers, columns of imported files and fields of
//! a newer version could each say again what was taken out beside them.

use counterseal_model::cbor::Extra;
use counterseal_model::record::{Act, Body, Casualties, Damage, Displacement, Entity, Incident, Involved};
use counterseal_model::{Occurred, Place, PlacePrecision, RecordId, TimePrecision, Timestamp};
use thiserror::Error;

/// How far a place is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceLevel {
    /// Its second-order administrative area.
    Admin2,
    /// Its first-order administrative area.
    Admin1,
    /// Its country.
    Country,
}

counterseal_model::enumeration!(PlaceLevel, "an area of 0 to 2", { 0 => Admin2, "admin2"; 1 => Admin1, "admin1"; 2 => Country, "country"; });

/// How far a date is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateLevel {
    /// Its month.
    Month,
    /// Its year.
    Year,
}

counterseal_model::enumeration!(DateLevel, "a span of 0 or 1", { 0 => Month, "month"; 1 => Year, "year"; });

/// What is told less of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Generalise {
    /// Places, to this area; as they are when `None`.
    pub place: Option<PlaceLevel>,
    /// Dates, to this span; as they are when `None`.
    pub date: Option<DateLevel>,
    /// Names, to pseudonyms.
    pub pseudonyms: bool,
}

/// Whom a pseudonym is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    /// A record of the mission.
    Record(RecordId),
    /// A name that no record stands for, in lower case and with single spaces.
    Name(&'a str),
}

/// A kind of record of which nothing is known to be harmless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "a {kind} cannot be generalised: nothing that stands in it is known to be harmless; share nothing of it, or all of it"
)]
pub struct NotGeneralised {
    /// The kind.
    pub kind: &'static str,
}

impl Generalise {
    /// Whether anything is told less of.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        self.place.is_some() || self.date.is_some() || self.pseudonyms
    }

    /// What a body says, told less. Gives what was left out, in words of the record's fields.
    ///
    /// # Errors
    /// `NotGeneralised`: only incidents and entities are.
    pub fn apply(
        &self,
        body: &Body,
        pseudonym: &dyn Fn(Named<'_>) -> String,
    ) -> Result<(Body, Vec<&'static str>), NotGeneralised> {
        if !self.is_asked() {
            return Ok((body.clone(), Vec::new()));
        }
        let with = With { how: self, pseudonym };
        match body {
            Body::Incident(incident) => {
                let told = with.incident(incident);
                let left_out = left_out_of_incident(incident);
                Ok((Body::Incident(Box::new(told)), left_out))
            }
            Body::Entity(entity) => {
                let (told, left_out) = (with.entity(entity), left_out_of_entity(entity));
                Ok((Body::Entity(Box::new(told)), left_out))
            }
            other => Err(NotGeneralised { kind: other.kind().word() }),
        }
    }
}

struct With<'a> {
    how: &'a Generalise,
    pseudonym: &'a dyn Fn(Named<'_>) -> String,
}

impl With<'_> {
    fn incident(&self, incident: &Incident) -> Incident {
        Incident {
            form: incident.form,
            kind: incident.kind.clone(),
            subtype: incident.subtype.clone(),
            occurred: incident.occurred.as_ref().map(|occurred| self.date(occurred)),
            place: incident.place.as_ref().map(|place| self.place(place)),
            actors: incident.actors.iter().map(|one| self.involved(one)).collect(),
            acts: incident.acts.iter().map(|act| self.act(act)).collect(),
            casualties: incident.casualties.iter().map(casualties).collect(),
            damage: incident.damage.iter().map(damage).collect(),
            displacement: incident.displacement.iter().map(displacement).collect(),
            weapons: incident.weapons.clone(),
            un_affected: incident.un_affected,
            grading: incident.grading.clone(),
            ..Incident::default()
        }
    }

    fn entity(&self, entity: &Entity) -> Entity {
        let name = self.name(None, Some(&entity.name)).unwrap_or_default();
        let mut told = Entity::named(entity.kind, name);
        told.subtype.clone_from(&entity.subtype);
        told.place = entity.place.as_ref().map(|place| self.place(place));
        told.grading.clone_from(&entity.grading);
        told
    }

    fn act(&self, act: &Act) -> Act {
        Act {
            act: act.act.clone(),
            method: act.method.clone(),
            by: act.by.iter().map(|one| self.involved(one)).collect(),
            to: act.to.iter().map(|one| self.involved(one)).collect(),
            extra: Extra::default(),
        }
    }

    /// A record's id would lead to its name: beside a pseudonym it is left out.
    fn involved(&self, one: &Involved) -> Involved {
        Involved {
            role: one.role.clone(),
            entity: one.entity.filter(|_| !self.how.pseudonyms),
            name: self.name(one.entity, one.name.as_deref()),
            extra: Extra::default(),
        }
    }

    fn name(&self, record: Option<RecordId>, name: Option<&str>) -> Option<String> {
        if !self.how.pseudonyms {
            return name.map(str::to_owned);
        }
        match (record, name) {
            (Some(record), _) => Some((self.pseudonym)(Named::Record(record))),
            (None, Some(name)) => {
                let words: Vec<_> = name.split_whitespace().map(str::to_lowercase).collect();
                Some((self.pseudonym)(Named::Name(&words.join(" "))))
            }
            (None, None) => None,
        }
    }

    fn place(&self, place: &Place) -> Place {
        let Some(level) = self.how.place else { return Place { extra: Extra::default(), ..place.clone() } };
        let at_most = |most: PlaceLevel, area: &Option<String>| area.clone().filter(|_| level <= most);
        let precision = match level {
            PlaceLevel::Admin2 => PlacePrecision::Admin2,
            PlaceLevel::Admin1 => PlacePrecision::Admin1,
            PlaceLevel::Country => PlacePrecision::Country,
        };
        Place {
            precision: Some(place.precision.map_or(precision, |known| known.max(precision))),
            country: place.country.clone(),
            iso3: place.iso3.clone(),
            admin1: at_most(PlaceLevel::Admin1, &place.admin1),
            admin2: at_most(PlaceLevel::Admin2, &place.admin2),
            ..Place::default()
        }
    }

    fn date(&self, occurred: &Occurred) -> Occurred {
        let Some(level) = self.how.date else {
            return Occurred { extra: Extra::default(), ..occurred.clone() };
        };
        let precision = match level {
            DateLevel::Month => TimePrecision::Month,
            DateLevel::Year => TimePrecision::Year,
        };
        let (from, _) = span(occurred.from, level);
        let (_, to) = span(occurred.until(), level);
        Occurred::span(from, to, precision.max(occurred.precision))
    }
}

/// The first and the last second of the month or year in which a moment lies, in UTC.
fn span(at: Timestamp, level: DateLevel) -> (Timestamp, Timestamp) {
    let (year, month) = (at.to_utc().year(), at.to_utc().month());
    let first = |year, month| time::Date::from_calendar_date(year, month, 1).map(Timestamp::from_date);
    let (begins, ends) = match level {
        DateLevel::Year => (first(year, time::Month::January), first(year + 1, time::Month::January)),
        DateLevel::Month if month == time::Month::December => {
            (first(year, month), first(year + 1, time::Month::January))
        }
        DateLevel::Month => (first(year, month), first(year, month.next())),
    };
    let begins = begins.unwrap_or(at);
    (begins, Timestamp(ends.unwrap_or(begins).0.saturating_sub(1).max(begins.0)))
}

fn casualties(one: &Casualties) -> Casualties {
    Casualties { extra: Extra::default(), ..one.clone() }
}

fn damage(one: &Damage) -> Damage {
    Damage { object: one.object.clone(), count: one.count, ..Damage::default() }
}

fn displacement(one: &Displacement) -> Displacement {
    Displacement { households: one.households, people: one.people, ..Displacement::default() }
}

fn left_out_of_incident(incident: &Incident) -> Vec<&'static str> {
    let texts = incident.damage.iter().any(|one| one.text.is_some());
    let destinations = incident.displacement.iter().any(|one| one.destination.is_some());
    [
        ("reference", incident.reference.is_some()),
        ("external", !incident.external.is_empty()),
        ("title", incident.title.is_some()),
        ("tags", !incident.tags.is_empty()),
        ("reported", incident.reported.is_some()),
        ("entered", incident.entered.is_some()),
        ("narrative", incident.narrative.is_some()),
        ("damage", texts),
        ("displacement", destinations),
        ("response", !incident.response.is_empty()),
        ("sources", !incident.sources.is_empty()),
        ("verification", incident.verification.is_some()),
        ("duplicate-of", incident.duplicate_of.is_some()),
        ("attributes", !incident.attributes.is_empty()),
    ]
    .into_iter()
    .filter_map(|(field, is_there)| is_there.then_some(field))
    .collect()
}

fn left_out_of_entity(entity: &Entity) -> Vec<&'static str> {
    [
        ("variants", !entity.variants.is_empty()),
        ("external", !entity.external.is_empty()),
        ("tags", !entity.tags.is_empty()),
        ("description", entity.description.is_some()),
        ("identifier", entity.identifier.is_some()),
        ("attributes", !entity.attributes.is_empty()),
    ]
    .into_iter()
    .filter_map(|(field, is_there)| is_there.then_some(field))
    .collect()
}

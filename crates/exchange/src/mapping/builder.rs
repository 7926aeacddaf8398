//! An incident put together field by field, as the rules come.

use std::collections::BTreeMap;
use std::str::FromStr;

use counterseal_model::coordinate::read_point;
use counterseal_model::dtg::read_moment;
use counterseal_model::record::{
    Casualties, Damage, Displacement, ExternalRef, Incident, IncidentForm, Involved, Response,
};
use counterseal_model::{
    Credibility, Grading, Occurred, Place, PlacePrecision, Point, Reliability, Term, TimePrecision,
    Timestamp, Verification, VerificationStatus,
};

use super::Rule;
use super::reader::As;
use super::target::{Bound, MomentField, Target, TermField, TextField};
use crate::cell::{degrees, stands_for_nobody, whole, yes_no};
use crate::draft::ActorDraft;
use crate::rejects::CellError;

pub(super) struct Builder {
    incident: Incident,
    actors: Vec<ActorDraft>,
    from: Option<(Timestamp, TimePrecision, String)>,
    to: Option<(Timestamp, TimePrecision, String)>,
    precision: Option<TimePrecision>,
    lat: Option<(f64, String)>,
    lon: Option<(f64, String)>,
}

impl Builder {
    pub(super) fn new(external: ExternalRef) -> Self {
        let incident = Incident { external: vec![external], ..Incident::default() };
        Self { incident, actors: Vec::new(), from: None, to: None, precision: None, lat: None, lon: None }
    }

    /// Reads one cell that holds something into its field.
    pub(super) fn set(&mut self, rule: &Rule, cell: &str) -> Result<(), CellError> {
        let cell = rule.values.get(&cell.to_lowercase()).map_or(cell, String::as_str);
        let incident = &mut self.incident;
        match &rule.target {
            Target::Text(field) => self.text(*field, cell),
            Target::Term(field) => {
                self.term(*field, need(Term::from_text(cell), rule, cell, "has no letters")?)
            }
            Target::Form => incident.form = Some(word(rule, cell, IncidentForm::from_word, "a form")?),
            Target::Tags => incident.tags.extend(terms(rule, cell)),
            Target::Weapons => incident.weapons.extend(terms(rule, cell)),
            Target::Narrative => append(&mut incident.narrative, cell),
            Target::Sources => incident.sources.extend(items(rule, cell).map(str::to_owned)),
            Target::Moment(field) => self.moment(*field, rule, cell)?,
            Target::TimePrecision => {
                self.precision = Some(word(rule, cell, TimePrecision::from_word, "a time precision")?);
            }
            Target::Point => self.point(rule, cell)?,
            Target::Latitude => self.lat = Some((angle(rule, cell)?, rule.column.clone())),
            Target::Longitude => self.lon = Some((angle(rule, cell)?, rule.column.clone())),
            Target::PlacePrecision => {
                self.place().precision =
                    Some(word(rule, cell, PlacePrecision::from_word, "a place precision")?);
            }
            Target::Actor(role) => self.actor(role, rule, cell),
            Target::Attribute(name) => {
                incident.attributes.insert(name.clone(), cell.to_owned());
            }
            Target::External(system) => {
                let external = ExternalRef { system: system.clone(), id: cell.to_owned() };
                if !incident.external.contains(&external) {
                    incident.external.push(external);
                }
            }
            Target::LeaveOut => {}
            _ => return self.set_judged(rule, cell),
        }
        Ok(())
    }

    /// Numbers, marks and gradings.
    fn set_judged(&mut self, rule: &Rule, cell: &str) -> Result<(), CellError> {
        let number = || need(whole(cell), rule, cell, "is not a whole number of zero or more");
        match &rule.target {
            Target::Casualties { harm, group, bound } => {
                let people = Some(number()?);
                let entry = self.casualties(harm.as_ref(), group.as_ref());
                match bound {
                    Bound::Best => entry.best = people,
                    Bound::Low => entry.low = people,
                    Bound::High => entry.high = people,
                }
            }
            Target::Damage(object) => {
                let (object, count) = (Some(object.clone()), Some(number()?));
                self.incident.damage.push(Damage { object, count, ..Damage::default() });
            }
            Target::DisplacedPeople => self.displacement().people = Some(number()?),
            Target::DisplacedHouseholds => self.displacement().households = Some(number()?),
            Target::UnAffected => {
                self.incident.un_affected = need(yes_no(cell), rule, cell, "is not yes or no")?
            }
            Target::Verification => {
                let status = word(rule, cell, VerificationStatus::from_word, "a verification status")?;
                self.incident.verification = Some(Verification { status, ..Verification::default() });
            }
            Target::Grading => {
                let read = Grading::parse(cell)
                    .map_err(|error| CellError::new(&rule.column, cell, error.to_string()))?;
                let grading = self.grading();
                (grading.reliability, grading.credibility) = (read.reliability, read.credibility);
            }
            Target::Reliability => {
                self.grading().reliability =
                    Some(word(rule, first_word(cell), Reliability::from_word, "A to F")?);
            }
            Target::Credibility => {
                self.grading().credibility =
                    Some(word(rule, first_word(cell), Credibility::from_word, "1 to 6")?);
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, field: TextField, cell: &str) {
        let text = Some(cell.to_owned());
        match field {
            TextField::Reference => self.incident.reference = text,
            TextField::Title => self.incident.title = text,
            TextField::PlaceName => self.place().name = text,
            TextField::Country => self.place().country = text,
            TextField::Iso3 => self.place().iso3 = text,
            TextField::Admin1 => self.place().admin1 = text,
            TextField::Admin2 => self.place().admin2 = text,
            TextField::Pcode => self.place().pcode = text,
            TextField::PcodeVersion => self.place().pcode_version = text,
            TextField::PlaceDescription => append(&mut self.place().description, cell),
            TextField::Destination => self.displacement().destination = text,
            TextField::ResponseActor => self.response().actor = text,
            TextField::ResponseOutcome => self.response().outcome = text,
        }
    }

    fn term(&mut self, field: TermField, term: Term) {
        match field {
            TermField::Kind => self.incident.kind = Some(term),
            TermField::Subtype => self.incident.subtype = Some(term),
            TermField::ResponseAction => self.response().action = Some(term),
        }
    }

    fn moment(&mut self, field: MomentField, rule: &Rule, cell: &str) -> Result<(), CellError> {
        let read = read_moment(cell, rule.order);
        let (at, precision) = read.map_err(|error| CellError::new(&rule.column, cell, error.to_string()))?;
        match field {
            MomentField::From => self.from = Some((at, precision, rule.column.clone())),
            MomentField::To => self.to = Some((at, precision, rule.column.clone())),
            MomentField::Reported => self.incident.reported = Some(at),
            MomentField::Entered => self.incident.entered = Some(at),
            MomentField::Response => self.response().at = Some(at),
        }
        Ok(())
    }

    fn point(&mut self, rule: &Rule, cell: &str) -> Result<(), CellError> {
        let read = read_point(cell).map_err(|error| CellError::new(&rule.column, cell, error.to_string()))?;
        let plain = read.form == counterseal_model::coordinate::CoordinateForm::Decimal;
        let place = self.place();
        place.point = Some(read.point);
        place.given = (!plain).then(|| cell.to_owned());
        Ok(())
    }

    fn actor(&mut self, role: &Term, rule: &Rule, cell: &str) {
        for name in items(rule, cell) {
            let position = self.incident.actors.len();
            let (role, name) = (Some(role.clone()), name.to_owned());
            if let Some(kind) = rule.entity.filter(|_| !stands_for_nobody(&name)) {
                self.actors.push(ActorDraft { position, external: None, name: name.clone(), kind });
            }
            self.incident.actors.push(Involved { role, name: Some(name), ..Involved::default() });
        }
    }

    fn place(&mut self) -> &mut Place {
        self.incident.place.get_or_insert_default()
    }

    fn grading(&mut self) -> &mut Grading {
        self.incident.grading.get_or_insert_default()
    }

    fn displacement(&mut self) -> &mut Displacement {
        first_or_new(&mut self.incident.displacement, |_| true, Displacement::default)
    }

    fn response(&mut self) -> &mut Response {
        first_or_new(&mut self.incident.response, |_| true, Response::default)
    }

    fn casualties(&mut self, harm: Option<&Term>, group: Option<&Term>) -> &mut Casualties {
        let same = |entry: &Casualties| entry.harm.as_ref() == harm && entry.group.as_ref() == group;
        let new = || Casualties { harm: harm.cloned(), group: group.cloned(), ..Casualties::default() };
        first_or_new(&mut self.incident.casualties, same, new)
    }

    /// The incident, with what several columns say together.
    pub(super) fn finish(
        mut self,
        geometry: Option<Point>,
        rest: BTreeMap<String, String>,
    ) -> Result<(Incident, Vec<ActorDraft>), CellError> {
        self.join_angles()?;
        if let (Some(point), None) = (geometry, self.incident.place.as_ref().and_then(|place| place.point)) {
            self.place().point = Some(point);
        }
        self.join_span()?;
        for (name, text) in rest {
            self.incident.attributes.entry(name).or_insert(text);
        }
        Ok((self.incident, self.actors))
    }

    fn join_angles(&mut self) -> Result<(), CellError> {
        let point = match (self.lat.take(), self.lon.take()) {
            (None, None) => return Ok(()),
            (Some((lat, column)), Some((lon, _))) => match Point::from_degrees(lat, lon) {
                Some(point) => point,
                None => {
                    let value = format!("{lat}, {lon}");
                    let reason = "is out of range: latitude -90 to 90, longitude -180 to 180";
                    return Err(CellError::new(&column, &value, reason));
                }
            },
            (Some((_, column)), None) => {
                return Err(CellError::new(&column, "", "has no longitude beside it"));
            }
            (None, Some((_, column))) => {
                return Err(CellError::new(&column, "", "has no latitude beside it"));
            }
        };
        self.place().point = Some(point);
        Ok(())
    }

    fn join_span(&mut self) -> Result<(), CellError> {
        let Some((from, precise, _)) = self.from.take() else {
            return match self.to.take() {
                Some((_, _, column)) => Err(CellError::new(&column, "", "is an end without a beginning")),
                None => Ok(()),
            };
        };
        let precision = self.precision.unwrap_or(precise);
        let to = match self.to.take() {
            Some((to, _, column)) if to < from => {
                return Err(CellError::new(&column, &to.rfc3339(), "is before the beginning"));
            }
            Some((to, ..)) => to,
            None => from,
        };
        self.incident.occurred = Some(Occurred::span(from, to, precision));
        Ok(())
    }
}

fn first_or_new<T>(list: &mut Vec<T>, same: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> &mut T {
    let at = list.iter().position(same).unwrap_or(list.len());
    if at == list.len() {
        list.push(new());
    }
    #[expect(clippy::indexing_slicing, reason = "the position was found, or just filled")]
    &mut list[at]
}

/// Several columns may go to one text, one after the other.
fn append(field: &mut Option<String>, cell: &str) {
    match field {
        Some(text) => {
            text.push_str("\n\n");
            text.push_str(cell);
        }
        None => *field = Some(cell.to_owned()),
    }
}

fn items<'c>(rule: &'c Rule, cell: &'c str) -> impl Iterator<Item = &'c str> {
    let separator = if rule.reader == As::List { rule.separator.as_str() } else { "\0" };
    cell.split(separator).map(str::trim).filter(|item| !item.is_empty())
}

fn terms<'c>(rule: &'c Rule, cell: &'c str) -> impl Iterator<Item = Term> + 'c {
    items(rule, cell).filter_map(Term::from_text)
}

/// `B - usually reliable` is a B.
fn first_word(cell: &str) -> &str {
    cell.split([' ', '-', ':']).next().unwrap_or(cell)
}

fn need<T>(value: Option<T>, rule: &Rule, cell: &str, reason: &str) -> Result<T, CellError> {
    value.ok_or_else(|| CellError::new(&rule.column, cell, reason))
}

fn word<T>(rule: &Rule, cell: &str, read: fn(&str) -> Option<T>, what: &str) -> Result<T, CellError> {
    read(cell).ok_or_else(|| {
        let reason = format!("is not {what}; give the file's words in the rule's values");
        CellError::new(&rule.column, cell, reason)
    })
}

fn angle(rule: &Rule, cell: &str) -> Result<f64, CellError> {
    let number = degrees(cell).or_else(|| f64::from_str(&cell.replace(',', ".")).ok());
    need(number.filter(|degrees| degrees.is_finite()), rule, cell, "is not a number of decimal degrees")
}

//! What was typed into the form of an incident, and the incident that it says.
//!
//! An incident can say more than the form has fields for. So what was not changed in the form is left in the record as it
//! is, and of what was changed only that.

use std::collections::BTreeMap;

use counterseal_model::coordinate::{CoordinateForm, read_point};
use counterseal_model::dtg::read_date;
use counterseal_model::record::{Incident, Response};
use counterseal_model::{
    Grading, Occurred, Place, PlacePrecision, TimePrecision, Timestamp, Verification, VerificationStatus,
};
use counterseal_node::{Desk, NodeError};
use serde::Deserialize;

use super::people;
use super::terms::term;
use crate::labels::Labels;
use crate::words::Words;

/// The fields of the form by their names, as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Typed(pub(crate) BTreeMap<String, String>);

/// A field that cannot be read: its name, and why.
pub(crate) type Bad = Vec<(&'static str, String)>;

/// The fields that say something of what happened; the others say where it goes.
pub(super) const SAYS: [&str; 42] = [
    "title",
    "date",
    "until",
    "precision",
    "type",
    "place",
    "at",
    "pcode",
    "admin1",
    "country",
    "place-precision",
    "perpetrator",
    "victim",
    "who1",
    "role1",
    "who2",
    "role2",
    "who3",
    "role3",
    "killed",
    "injured",
    "count1",
    "harm1",
    "group1",
    "count2",
    "harm2",
    "group2",
    "count3",
    "harm3",
    "group3",
    "act",
    "method",
    "weapons",
    "narrative",
    "grade",
    "verified",
    "sources",
    "response-actor",
    "response-action",
    "response-outcome",
    "un",
    "reference",
];

impl Typed {
    /// A field, without the blanks around it.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |typed| typed.trim())
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if value.is_empty() {
            self.0.remove(name)
        } else {
            self.0.insert(name.to_owned(), value)
        };
    }

    fn value(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|typed| !typed.is_empty()).map(str::to_owned)
    }

    /// Whether nothing of what happened was typed.
    pub(crate) fn says_nothing(&self) -> bool {
        SAYS.iter().all(|name| self.get(name).is_empty())
    }

    /// The fields as a draft keeps them.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let kept = |name: &str| {
            SAYS.contains(&name) || name.starts_with("apart-") || matches!(name, "compartment" | "class")
        };
        self.0
            .iter()
            .filter(|(name, value)| kept(name) && !value.is_empty())
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect()
    }

    /// An incident as the form shows it.
    pub(crate) fn of(incident: &Incident) -> Self {
        let mut typed = Self::default();
        let word = |text: &Option<String>| text.clone().unwrap_or_default();
        typed.set("title", word(&incident.title));
        typed.set("narrative", word(&incident.narrative));
        typed.set("reference", word(&incident.reference));
        typed.set("type", incident.kind.as_ref().map(ToString::to_string).unwrap_or_default());
        if let Some(occurred) = &incident.occurred {
            typed.set_occurred(occurred);
        }
        if let Some(place) = &incident.place {
            typed.set("place", word(&place.name));
            let point = || place.point.map(|point| format!("{}, {}", point.lat(), point.lon()));
            typed.set("at", place.given.clone().or_else(point).unwrap_or_default());
            typed.set("pcode", word(&place.pcode));
            typed.set("admin1", word(&place.admin1));
            typed.set("country", word(&place.country));
            typed.set("place-precision", place.precision.map_or("", PlacePrecision::word));
        }
        people::show(&mut typed, incident);
        typed.set("weapons", incident.weapons.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
        typed.set("sources", incident.sources.join("\n"));
        typed.set("grade", incident.grading.as_ref().map(ToString::to_string).unwrap_or_default());
        typed.set("verified", incident.verification.as_ref().map_or("", |verified| verified.status.word()));
        typed.set("un", if incident.un_affected { "yes" } else { "" });
        if let Some(response) = incident.response.first() {
            typed.set("response-actor", word(&response.actor));
            typed.set(
                "response-action",
                response.action.as_ref().map(ToString::to_string).unwrap_or_default(),
            );
            typed.set("response-outcome", word(&response.outcome));
        }
        typed
    }

    fn set_occurred(&mut self, occurred: &Occurred) {
        let day = |at: Timestamp| match occurred.precision {
            TimePrecision::Minute => at.rfc3339(),
            _ => at.date_text(),
        };
        let whole = |text: String, digits: usize| text.get(..digits).map(str::to_owned).unwrap_or(text);
        let digits = match occurred.precision {
            TimePrecision::Month => 7,
            TimePrecision::Year => 4,
            _ => usize::MAX,
        };
        let alone = read_date(&whole(day(occurred.from), digits), None).ok();
        // A month or a year alone says its last day too.
        if alone.is_some_and(|date| spanned(date.at, date.end(), date.precision) == *occurred) {
            self.set("date", whole(day(occurred.from), digits));
            return;
        }
        self.set("date", day(occurred.from));
        self.set("until", occurred.to.map(day).unwrap_or_default());
        self.set("precision", occurred.precision.word());
    }

    /// Says on an incident what was changed since it was shown; of every field that cannot be read, why.
    pub(crate) fn apply(&self, words: Words, desk: &Desk, incident: &mut Incident) -> Result<Bad, NodeError> {
        let (shown, labels) = (Self::of(incident), Labels::of(words, desk));
        let changed =
            |names: &[&str]| names.iter().any(|name| lines(self.get(name)) != lines(shown.get(name)));
        let mut bad = Bad::new();
        for (name, field) in [
            ("title", &mut incident.title),
            ("narrative", &mut incident.narrative),
            ("reference", &mut incident.reference),
        ] {
            if changed(&[name]) {
                *field = self.value(name).map(|text| lines(&text));
            }
        }
        if changed(&["type"]) {
            incident.kind = self.read_term(&labels, "type", "incident-type", &mut bad);
        }
        if changed(&["date", "until", "precision"]) {
            incident.occurred = self.occurred(words, &mut bad);
        }
        if changed(&["place", "at", "pcode", "admin1", "country", "place-precision"]) {
            self.apply_place(words, changed(&["at"]), &mut incident.place, &mut bad);
        }
        people::apply(self, &shown, words, desk, incident, &mut bad)?;
        if changed(&["weapons"]) {
            let typed = self.get("weapons").split([',', '،', '\n']).filter(|one| !one.trim().is_empty());
            incident.weapons = typed.filter_map(|one| term(&labels, "weapon", one)).collect();
        }
        if changed(&["sources"]) {
            incident.sources = self
                .get("sources")
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect();
        }
        if changed(&["grade"]) {
            incident.grading = match self.value("grade").map(|typed| Grading::parse(&typed)) {
                None => None,
                Some(Ok(grading)) => Some(Grading { by: Some(desk.person()), ..grading }),
                Some(Err(error)) => {
                    bad.push(("grade", words.bad_grading(&error)));
                    None
                }
            };
        }
        if changed(&["verified"]) {
            incident.verification =
                VerificationStatus::from_word(self.get("verified")).map(|status| Verification {
                    status,
                    by: Some(desk.person()),
                    at: Some(desk.now()),
                    ..Verification::default()
                });
        }
        incident.un_affected = !self.get("un").is_empty();
        if changed(&["response-actor", "response-action", "response-outcome"]) {
            let action = self.read_term(&labels, "response-action", "response-action", &mut bad);
            self.apply_response(action, desk.now(), incident);
        }
        Ok(bad)
    }

    /// A term of a taxonomy, by its code or its label.
    pub(super) fn read_term(
        &self,
        labels: &Labels<'_>,
        name: &'static str,
        taxonomy: &'static str,
        bad: &mut Bad,
    ) -> Option<counterseal_model::Term> {
        let read = term(labels, taxonomy, &self.value(name)?);
        if read.is_none() {
            bad.push((name, labels.words().text("report-type-bad")));
        }
        read
    }

    fn occurred(&self, words: Words, bad: &mut Bad) -> Option<Occurred> {
        let mut read = |name: &'static str| {
            let typed = self.value(name)?;
            read_date(&typed, None).map_err(|error| bad.push((name, words.bad_date(&error)))).ok()
        };
        let (from, until) = (read("date"), read("until"));
        if from.is_none() && !self.get("until").is_empty() && self.get("date").is_empty() {
            bad.push(("date", words.text("report-until-alone")));
        }
        let from = from?;
        let end = until.map_or(from.end(), |until| until.end());
        let precision = until.map_or(from.precision, |until| until.precision.max(from.precision));
        let precision = TimePrecision::from_word(self.get("precision")).unwrap_or(precision);
        if until.is_some_and(|until| until.at < from.at) {
            bad.push(("until", words.text("report-until-before")));
            return None;
        }
        match until {
            Some(until) => Some(Occurred::span(from.at, until.at, precision)),
            None => {
                let span = spanned(from.at, end, from.precision);
                Some(Occurred { precision, ..span })
            }
        }
    }

    fn apply_place(&self, words: Words, moved: bool, place: &mut Option<Place>, bad: &mut Bad) {
        let mut said = place.clone().unwrap_or_default();
        said.name = self.value("place");
        said.pcode = self.value("pcode");
        said.admin1 = self.value("admin1");
        said.country = self.value("country");
        said.precision = PlacePrecision::from_word(self.get("place-precision"));
        if moved {
            (said.point, said.given) = (None, None);
            match self.value("at").map(|typed| (read_point(&typed), typed)) {
                None => {}
                Some((Ok(read), typed)) => {
                    said.point = Some(read.point);
                    said.given = (read.form != CoordinateForm::Decimal).then_some(typed);
                }
                Some((Err(error), _)) => bad.push(("at", words.bad_point(&error))),
            }
        }
        *place = Some(said).filter(|said| *said != Place::default());
    }

    fn apply_response(
        &self,
        action: Option<counterseal_model::Term>,
        now: Timestamp,
        incident: &mut Incident,
    ) {
        let first = incident.response.first().cloned();
        let at = first.as_ref().map_or(Some(now), |first| first.at);
        let (actor, outcome) = (self.value("response-actor"), self.value("response-outcome"));
        let nothing = actor.is_none() && action.is_none() && outcome.is_none();
        let said = Response { actor, action, outcome, at, ..first.unwrap_or_default() };
        if !incident.response.is_empty() {
            incident.response.remove(0);
        }
        if !nothing {
            incident.response.insert(0, said);
        }
    }
}

/// A span of whole days where it is no moment.
fn spanned(from: Timestamp, end: Timestamp, precision: TimePrecision) -> Occurred {
    let last = if precision > TimePrecision::Day { Timestamp(end.0 - Timestamp::DAY) } else { from };
    Occurred::span(from, last, precision)
}

/// Text with line ends as records have them: forms send CR LF.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

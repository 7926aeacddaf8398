//! The fields of a record as flags. What is not given is left as it is; an empty value clears.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use counterseal_model::record::{
    Body, Casualties, Entity, ExternalRef, Incident, IncidentForm, Involved, NameVariant, Note, Script,
    Source,
};
use counterseal_model::{
    Grading, Occurred, Term, TimePrecision, Timestamp, Verification, VerificationStatus,
};
use counterseal_node::Desk;

use super::place::PlaceFields;
use crate::context::Context;
use crate::dates;
use crate::failure::Failure;

/// Fields by flags.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Fields (an empty value clears one)")]
pub(super) struct Fields {
    /// Incident: one line. Others: the name
    #[arg(long, alias = "name")]
    title: Option<String>,
    /// Type, from the mission's taxonomy: armed-attack
    #[arg(long = "type", value_name = "TERM")]
    kind: Option<String>,
    /// Subtype
    #[arg(long, value_name = "TERM")]
    subtype: Option<String>,
    /// Form of the report: incident, event, activity
    #[arg(long, value_name = "FORM")]
    form: Option<String>,
    /// The mission's own reference
    #[arg(long, value_name = "REF")]
    reference: Option<String>,
    /// When it happened, or began: 2014-03-09, 2014-03, 091405ZMAR14
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// When it ended
    #[arg(long, value_name = "DATE", requires = "date")]
    to: Option<String>,
    /// What comes first in dates such as 03/04/2014
    #[arg(long, value_enum)]
    date_order: Option<Order>,
    /// What happened, or what is known, in words
    #[arg(long, alias = "text", conflicts_with = "narrative_file")]
    narrative: Option<String>,
    /// The same from a file
    #[arg(long, value_name = "FILE")]
    narrative_file: Option<PathBuf>,
    /// Someone who took part: a role, and a record's id or a name. Repeat for others
    #[arg(long, value_name = "ROLE=WHO")]
    actor: Vec<String>,
    /// People killed: best estimate
    #[arg(long, value_name = "N")]
    best: Option<u64>,
    /// People killed: lowest estimate
    #[arg(long, value_name = "N")]
    low: Option<u64>,
    /// People killed: highest estimate
    #[arg(long, value_name = "N")]
    high: Option<u64>,
    /// Grading: the source's letter and the information's number, as in B2
    #[arg(long, value_name = "GRADE")]
    grade: Option<String>,
    /// Verification status: unverified, under-verification, verified, refuted
    #[arg(long, value_name = "STATUS", num_args = 0..=1, default_missing_value = "verified", require_equals = true)]
    verified: Option<String>,
    /// A free label. Repeat for others
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// An open source: a report, an article. Repeat for others
    #[arg(long, value_name = "TEXT")]
    source: Vec<String>,
    /// What another system calls it. Repeat for others
    #[arg(long, value_name = "SYSTEM:ID")]
    external: Vec<String>,
    /// Another spelling of an entity's name. Repeat for others
    #[arg(long, value_name = "NAME")]
    also: Vec<String>,
    /// Number plate, serial number, account number of an entity
    #[arg(long, value_name = "TEXT")]
    identifier: Option<String>,
    /// The record a note is about
    #[arg(long, value_name = "RECORD")]
    about: Option<String>,
    #[command(flatten)]
    place: PlaceFields,
}

/// Flags that only incidents have a field for.
const OF_INCIDENTS: &[&str] =
    &["type", "form", "reference", "date", "actor", "best", "low", "high", "verified", "source"];
/// Flags that only entities have a field for.
const OF_ENTITIES: &[&str] = &["also", "identifier"];
/// Flags that incidents and entities have a field for.
const OF_BOTH: &[&str] = &["subtype", "grade", "external", "place"];
/// Flags that only notes have a field for.
const OF_NOTES: &[&str] = &["about"];

/// Which comes first in a date of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// DD/MM/YYYY
    Dmy,
    /// MM/DD/YYYY
    Mdy,
}

impl Fields {
    /// Sets what was given on a body.
    pub(super) fn apply(&self, ctx: &Context, desk: &Desk, body: &mut Body) -> Result<(), Failure> {
        let kind = body.kind().word();
        let refuse = |flag: Option<&'static str>| match flag {
            Some(flag) => Err(ctx.refuse("flag-not-for", &[("flag", flag.into()), ("kind", kind.into())])),
            None => Ok(()),
        };
        match body {
            Body::Incident(incident) => {
                refuse(self.given(&[OF_ENTITIES, OF_NOTES]))?;
                self.apply_incident(ctx, desk, incident)
            }
            Body::Entity(entity) => {
                refuse(self.given(&[OF_INCIDENTS, OF_NOTES]))?;
                self.apply_entity(ctx, desk, entity)
            }
            Body::Note(note) => {
                refuse(self.given(&[OF_INCIDENTS, OF_ENTITIES, OF_BOTH]))?;
                self.apply_note(ctx, desk, note)
            }
            Body::Source(source) => {
                refuse(self.given(&[OF_INCIDENTS, OF_ENTITIES, OF_BOTH, OF_NOTES]))?;
                self.apply_source(source)
            }
            Body::Link(_) | Body::Export(_) | Body::Taxonomy(_) if self.is_empty() => Ok(()),
            _ => Err(ctx.refuse("record-not-edited", &[("kind", kind.into())])),
        }
    }

    /// Whether no flag was given at all.
    fn is_empty(&self) -> bool {
        let texts =
            [&self.title, &self.narrative].into_iter().all(Option::is_none) && self.narrative_file.is_none();
        texts && self.tag.is_empty() && self.given(&[OF_INCIDENTS, OF_ENTITIES, OF_BOTH, OF_NOTES]).is_none()
    }

    /// The first of these flags that was given.
    fn given(&self, lists: &[&[&'static str]]) -> Option<&'static str> {
        let is_given = |flag: &str| match flag {
            "also" => !self.also.is_empty(),
            "identifier" => self.identifier.is_some(),
            "about" => self.about.is_some(),
            "type" => self.kind.is_some(),
            "subtype" => self.subtype.is_some(),
            "form" => self.form.is_some(),
            "reference" => self.reference.is_some(),
            "date" => self.date.is_some(),
            "actor" => !self.actor.is_empty(),
            "best" => self.best.is_some(),
            "low" => self.low.is_some(),
            "high" => self.high.is_some(),
            "grade" => self.grade.is_some(),
            "verified" => self.verified.is_some(),
            "source" => !self.source.is_empty(),
            "external" => !self.external.is_empty(),
            "place" => self.place.is_given(),
            _ => false,
        };
        lists.iter().flat_map(|list| list.iter().copied()).find(|flag| is_given(flag))
    }

    fn apply_incident(&self, ctx: &Context, desk: &Desk, incident: &mut Incident) -> Result<(), Failure> {
        set(&mut incident.title, self.title.as_ref());
        set(&mut incident.reference, self.reference.as_ref());
        set(&mut incident.narrative, self.text()?.as_ref());
        if let Some(text) = &self.kind {
            incident.kind = term(ctx, desk, text, "incident-type")?;
        }
        if let Some(text) = &self.subtype {
            incident.subtype = term(ctx, desk, text, "incident-type")?;
        }
        if let Some(text) = &self.form {
            incident.form =
                Some(IncidentForm::from_word(text).ok_or_else(|| choose(ctx, text, IncidentForm::ALL))?);
        }
        if let Some(occurred) = self.occurred()? {
            incident.occurred = occurred;
        }
        self.place.apply(ctx, &mut incident.place)?;
        if !self.actor.is_empty() {
            incident.actors = self.actors(ctx, desk)?;
        }
        self.set_killed(incident);
        if let Some(grading) = self.grading()? {
            incident.grading = grading;
        }
        if let Some(text) = &self.verified {
            let status = VerificationStatus::from_word(text);
            let status = status.ok_or_else(|| choose(ctx, text, VerificationStatus::ALL))?;
            let (by, at) = (Some(desk.person()), Some(desk.now()));
            incident.verification = Some(Verification { status, by, at, ..Verification::default() });
        }
        replace(&mut incident.tags, &self.tag, terms(&self.tag));
        replace(&mut incident.sources, &self.source, texts(&self.source));
        replace(&mut incident.external, &self.external, self.references(ctx)?);
        Ok(())
    }

    fn apply_entity(&self, ctx: &Context, desk: &Desk, entity: &mut Entity) -> Result<(), Failure> {
        if let Some(name) = &self.title {
            entity.name.clone_from(name);
        }
        if entity.name.trim().is_empty() {
            return Err(ctx.refuse("entity-needs-name", &[]));
        }
        set(&mut entity.description, self.text()?.as_ref());
        set(&mut entity.identifier, self.identifier.as_ref());
        if let Some(text) = &self.subtype {
            entity.subtype = term(ctx, desk, text, &format!("entity-{}", entity.kind.word()))?;
        }
        self.place.apply(ctx, &mut entity.place)?;
        if let Some(grading) = self.grading()? {
            entity.grading = grading;
        }
        let variants = texts(&self.also).into_iter().map(|name| {
            let script = script_of(&name);
            NameVariant { name, script, ..NameVariant::default() }
        });
        replace(&mut entity.variants, &self.also, variants.collect());
        replace(&mut entity.tags, &self.tag, terms(&self.tag));
        replace(&mut entity.external, &self.external, self.references(ctx)?);
        Ok(())
    }

    fn apply_note(&self, ctx: &Context, desk: &Desk, note: &mut Note) -> Result<(), Failure> {
        if let Some(text) = self.text()?.or_else(|| self.title.clone()) {
            note.text = text;
        }
        if note.text.trim().is_empty() {
            return Err(ctx.refuse("note-needs-text", &[]));
        }
        if let Some(about) = &self.about {
            note.about = Some(desk.find_record(about)?);
        }
        replace(&mut note.tags, &self.tag, terms(&self.tag));
        Ok(())
    }

    fn apply_source(&self, source: &mut Source) -> Result<(), Failure> {
        if let Some(pseudonym) = &self.title {
            source.pseudonym.clone_from(pseudonym);
        }
        set(&mut source.access, self.text()?.as_ref());
        Ok(())
    }

    fn text(&self) -> Result<Option<String>, Failure> {
        match &self.narrative_file {
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|e| Failure::file("read", path, e))?;
                Ok(Some(text.trim_end().to_owned()))
            }
            None => Ok(self.narrative.clone()),
        }
    }

    /// What the dates say: nothing, that there is none, or a span.
    fn occurred(&self) -> Result<Option<Option<Occurred>>, Failure> {
        use counterseal_model::dtg::DateOrder;
        let order = self.date_order.map(|order| match order {
            Order::Dmy => DateOrder::DayFirst,
            Order::Mdy => DateOrder::MonthFirst,
        });
        let Some(date) = &self.date else { return Ok(None) };
        if date.is_empty() {
            return Ok(Some(None));
        }
        let read = |text: &str| dates::read_in_order(text, order).map_err(Failure::Asked);
        let begin = read(date)?;
        let end = self.to.as_deref().map(read).transpose()?;
        let whole = |typed: dates::Typed| Timestamp(typed.end().0 - Timestamp::DAY);
        let to = match end {
            Some(end) => end.at,
            // A month or a year is a span that ends with its last day.
            None if begin.precision > TimePrecision::Day => whole(begin),
            None => begin.at,
        };
        let precision = end.map_or(begin.precision, |end| end.precision.max(begin.precision));
        Ok(Some(Some(Occurred::span(begin.at, to.max(begin.at), precision))))
    }

    fn actors(&self, ctx: &Context, desk: &Desk) -> Result<Vec<Involved>, Failure> {
        let mut actors = Vec::new();
        for given in self.actor.iter().filter(|given| !given.is_empty()) {
            let (role, who) = match given.split_once('=') {
                Some((role, who)) => (term(ctx, desk, role, "actor-role")?, who),
                None => (None, given.as_str()),
            };
            let entity = match desk.find_record(who) {
                Ok(id) => Some(id),
                Err(counterseal_node::NodeError::Ambiguous { count: 0, .. }) => None,
                Err(error) => return Err(error.into()),
            };
            let name = match entity {
                Some(id) => desk.entity_name(id)?,
                None => Some(who.to_owned()),
            };
            actors.push(Involved { role, entity, name, ..Involved::default() });
        }
        Ok(actors)
    }

    fn set_killed(&self, incident: &mut Incident) {
        let (best, low, high) = (self.best, self.low, self.high);
        if best.is_none() && low.is_none() && high.is_none() {
            return;
        }
        let total = incident.casualties.iter_mut().find(|c| c.group.is_none() && c.harm.is_none());
        match total {
            Some(total) => {
                total.best = best.or(total.best);
                total.low = low.or(total.low);
                total.high = high.or(total.high);
            }
            None => incident.casualties.insert(0, Casualties { best, low, high, ..Casualties::default() }),
        }
    }

    fn grading(&self) -> Result<Option<Option<Grading>>, Failure> {
        match self.grade.as_deref() {
            None => Ok(None),
            Some("") => Ok(Some(None)),
            Some(text) => {
                let grading = Grading::parse(text).map_err(|error| Failure::Asked(error.to_string()))?;
                Ok(Some(Some(grading)))
            }
        }
    }

    fn references(&self, ctx: &Context) -> Result<Vec<ExternalRef>, Failure> {
        let read = |text: &String| {
            let (system, id) = text.split_once(':')?;
            let id = id.trim().to_owned();
            Some(ExternalRef { system: Term::from_text(system)?, id })
                .filter(|reference| !reference.id.is_empty())
        };
        let bad = |text: &String| ctx.refuse("external-bad", &[("text", text.into())]);
        self.external
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| read(text).ok_or_else(|| bad(text)))
            .collect()
    }
}

/// A text field: left, cleared or set.
pub(super) fn set(field: &mut Option<String>, given: Option<&String>) {
    if let Some(text) = given {
        *field = Some(text.clone()).filter(|text| !text.is_empty());
    }
}

/// A list: left when nothing is given; one empty value clears it.
fn replace<T>(field: &mut Vec<T>, given: &[String], new: Vec<T>) {
    if !given.is_empty() {
        *field = new;
    }
}

fn texts(given: &[String]) -> Vec<String> {
    given.iter().filter(|text| !text.is_empty()).cloned().collect()
}

fn terms(given: &[String]) -> Vec<Term> {
    given.iter().filter_map(|text| Term::from_text(text)).collect()
}

/// A term; one that the mission's taxonomy does not have is taken with a warning.
pub(crate) fn term(ctx: &Context, desk: &Desk, text: &str, taxonomy: &str) -> Result<Option<Term>, Failure> {
    let term = Term::from_text(text);
    if let (Some(term), Some(known)) = (&term, desk.taxonomy(taxonomy)?)
        && known.term(term.as_str()).is_none()
    {
        ctx.note("term-unknown", &[("term", term.as_str().into()), ("taxonomy", taxonomy.into())]);
    }
    Ok(term)
}

fn choose<T: std::fmt::Display>(ctx: &Context, text: &str, all: &[T]) -> Failure {
    let words = all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    ctx.refuse("choose-one", &[("text", text.into()), ("words", words.into())])
}

fn script_of(name: &str) -> Script {
    if name.chars().any(|sign| ('\u{600}'..='\u{6ff}').contains(&sign)) {
        Script::Arabic
    } else {
        Script::Latin
    }
}

//! Writing a record to the peer: prepared statements, and the numbers of terms and records kept in
//! memory as our indexer keeps them.

use std::collections::HashMap;
use std::fmt::{Display, Write};

use counterseal_model::record::{Body, Casualties, Entity, Incident, Involved, Link, Part, Response};
use counterseal_model::{Place, Point, RecordId, Term};
use rusqlite::{Connection, OptionalExtension, params};

use crate::outcome::Outcome;

/// What a term is a term of; the numbers are the index's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Space {
    Kind = 1,
    Subtype = 2,
    Country = 3,
    Admin1 = 4,
    Place = 5,
    Role = 6,
    LinkKind = 7,
    System = 8,
}

/// Writes records; the caller begins and commits transactions.
#[derive(Default)]
pub(crate) struct Writer {
    terms: HashMap<(Space, String), i64>,
    records: HashMap<RecordId, i64>,
    text: String,
}

impl Writer {
    /// Writes one record.
    pub(crate) fn add(&mut self, db: &Connection, part: &Part) -> Outcome<()> {
        let kind = part.body.kind().code();
        let flags = u8::from(part.synthetic) << 1;
        let mut insert = db.prepare_cached(
            "INSERT INTO record (id, kind, made, classification, flags) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO NOTHING",
        )?;
        let values = params![part.record.as_bytes(), kind, part.made.0, part.classification.code(), flags];
        let record = match insert.execute(values)? {
            1 => db.last_insert_rowid(),
            _ => {
                let mut fill = db.prepare_cached(
                    "UPDATE record SET kind = ?2, made = ?3, classification = ?4, flags = ?5 WHERE id = ?1
                     RETURNING no",
                )?;
                fill.query_row(values, |row| row.get(0))?
            }
        };
        self.text.clear();
        match &part.body {
            Body::Incident(incident) => self.incident(db, record, part, incident)?,
            Body::Entity(entity) => self.entity(db, record, entity)?,
            Body::Link(link) => self.link(db, record, link)?,
            _ => {}
        }
        let mut insert = db.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
        insert.execute((record, &self.text))?;
        Ok(())
    }

    /// The number of a record that is named.
    fn number(&mut self, db: &Connection, id: RecordId) -> Outcome<i64> {
        if let Some(no) = self.records.get(&id) {
            return Ok(*no);
        }
        let mut insert =
            db.prepare_cached("INSERT INTO record (id, kind) VALUES (?1, 0) ON CONFLICT (id) DO NOTHING")?;
        let no = match insert.execute([id.as_bytes()])? {
            1 => db.last_insert_rowid(),
            _ => {
                let mut find = db.prepare_cached("SELECT no FROM record WHERE id = ?1")?;
                find.query_row([id.as_bytes()], |row| row.get(0))?
            }
        };
        self.records.insert(id, no);
        Ok(no)
    }

    fn term(&mut self, db: &Connection, space: Space, text: Option<&str>) -> Outcome<Option<i64>> {
        let Some(text) = text else { return Ok(None) };
        let key = (space, text.to_owned());
        if let Some(no) = self.terms.get(&key) {
            return Ok(Some(*no));
        }
        let mut find = db.prepare_cached("SELECT no FROM term WHERE space = ?1 AND text = ?2")?;
        let known = find.query_row((space as i64, text), |row| row.get(0)).optional()?;
        let no = match known {
            Some(no) => no,
            None => {
                let mut insert = db.prepare_cached("INSERT INTO term (space, text) VALUES (?1, ?2)")?;
                insert.insert((space as i64, text))?
            }
        };
        self.terms.insert(key, no);
        Ok(Some(no))
    }

    fn words<'a>(&mut self, texts: impl IntoIterator<Item = Option<&'a str>>) {
        for text in texts.into_iter().flatten() {
            self.text.push_str(text);
            self.text.push(' ');
        }
    }

    /// The same words that our index takes in.
    fn incident_words(&mut self, i: &Incident) {
        self.words([&i.title, &i.narrative, &i.reference].map(|t| t.as_deref()));
        self.words(i.external.iter().map(|e| Some(e.id.as_str())));
        if let Some(p) = &i.place {
            let names = [&p.name, &p.admin1, &p.admin2, &p.country, &p.description, &p.pcode];
            self.words(names.map(|t| t.as_deref()));
        }
        self.words(involved(i).map(|involved| involved.name.as_deref()));
        let terms = i.kind.iter().chain(&i.subtype).chain(&i.tags).chain(&i.weapons);
        self.words(terms.map(|term| Some(term.as_str())));
        self.words(i.sources.iter().map(|source| Some(source.as_str())));
        self.words(i.response.iter().flat_map(|r| [r.actor.as_deref(), r.outcome.as_deref()]));
        self.words(i.damage.iter().map(|d| d.text.as_deref()));
        self.words(i.displacement.iter().map(|d| d.destination.as_deref()));
    }

    fn incident(&mut self, db: &Connection, record: i64, part: &Part, i: &Incident) -> Outcome<()> {
        self.incident_words(i);
        let place = i.place.clone().unwrap_or_default();
        let occurred = i.occurred.as_ref();
        let killed = i.killed();
        let grading = i.grading.as_ref();
        let [kind, subtype, country, admin1, name, system] = self.terms_of(db, i, &place)?;
        let [external, tags, weapons, actors, acts, hurt, damage, displaced, answers, sources, attributes] =
            lists(i);
        let number = |n: Option<u64>| n.map(u64::cast_signed);
        let flags = u8::from(i.un_affected) | u8::from(part.synthetic) << 1;
        let mut insert = db.prepare_cached(INSERT_INCIDENT)?;
        insert.execute(params![
            record,
            occurred.map(|o| o.from.0),
            occurred.map(|o| o.until().0),
            place.point.map(Point::lat_e7),
            place.point.map(Point::lon_e7),
            place.point.map(cell_of),
            kind,
            subtype,
            country,
            admin1,
            name,
            system,
            number(killed.and_then(|k| k.best)),
            number(killed.and_then(|k| k.low)),
            number(killed.and_then(|k| k.high)),
            i.verification.as_ref().map_or(0, |v| v.status.code()),
            grading.and_then(|g| g.reliability).map_or(0, |r| r.code()),
            grading.and_then(|g| g.credibility).map_or(0, |c| c.code()),
            part.classification.code(),
            flags,
            i.reference,
            i.title,
            i.form.map(|form| form.code()),
            i.reported.map(|t| t.0),
            i.entered.map(|t| t.0),
            occurred.map(|o| o.precision.code()),
            place.precision.map(|p| p.code()),
            place.iso3,
            place.admin2,
            place.pcode,
            place.pcode_version,
            place.description,
            place.given,
            place.record.map(|id| *id.as_bytes()),
            i.narrative,
            external,
            tags,
            weapons,
            actors,
            acts,
            hurt,
            damage,
            displaced,
            answers,
            sources,
            attributes,
            i.verification.as_ref().and_then(|v| v.at).map(|t| t.0),
            i.duplicate_of.map(|id| *id.as_bytes()),
        ])?;
        self.involved(db, record, i)
    }

    /// In the order in which our index numbers them, so that both sides' numbers are the same.
    fn terms_of(&mut self, db: &Connection, i: &Incident, place: &Place) -> Outcome<[Option<i64>; 6]> {
        Ok([
            self.term(db, Space::Kind, i.kind.as_ref().map(|t| t.as_str()))?,
            self.term(db, Space::Subtype, i.subtype.as_ref().map(|t| t.as_str()))?,
            self.term(db, Space::Country, place.country.as_deref().or(place.iso3.as_deref()))?,
            self.term(db, Space::Admin1, place.admin1.as_deref())?,
            self.term(db, Space::Place, place.name.as_deref())?,
            self.term(db, Space::System, i.external.first().map(|e| e.system.as_str()))?,
        ])
    }

    fn involved(&mut self, db: &Connection, record: i64, incident: &Incident) -> Outcome<()> {
        for involved in involved(incident) {
            let Some(entity) = involved.entity else { continue };
            let entity = self.number(db, entity)?;
            let role = involved.role.as_ref().map_or("involved", |role| role.as_str());
            let role = self.term(db, Space::Role, Some(role))?;
            let mut insert = db.prepare_cached(
                "INSERT OR IGNORE INTO involved (entity, record, role) VALUES (?1, ?2, ?3)",
            )?;
            insert.execute((entity, record, role))?;
        }
        Ok(())
    }

    fn entity(&mut self, db: &Connection, record: i64, entity: &Entity) -> Outcome<()> {
        self.words([Some(entity.name.as_str()), entity.description.as_deref(), entity.identifier.as_deref()]);
        self.words(entity.variants.iter().map(|variant| Some(variant.name.as_str())));
        let mut insert = db.prepare_cached(
            "INSERT INTO entity (record, kind, name, description, identifier, external, tags)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let external = lines(entity.external.iter().map(|e| format!("{}:{}", e.system.as_str(), e.id)));
        let tags = lines(entity.tags.iter().map(|t| t.as_str()));
        let Entity { name, description, identifier, .. } = entity;
        insert.execute((record, entity.kind.code(), name, description, identifier, external, tags))?;
        let mut insert =
            db.prepare_cached("INSERT OR IGNORE INTO entity_name (name, record) VALUES (lower(?1), ?2)")?;
        insert.execute((name, record))?;
        for variant in &entity.variants {
            insert.execute((&variant.name, record))?;
        }
        Ok(())
    }

    fn link(&mut self, db: &Connection, record: i64, link: &Link) -> Outcome<()> {
        self.words([link.note.as_deref()]);
        let (source, target) = (self.number(db, link.from)?, self.number(db, link.to)?);
        let kind = self.term(db, Space::LinkKind, Some(link.kind.as_str()))?;
        let mut insert = db.prepare_cached(
            "INSERT INTO link (record, source, target, kind, note) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        insert.execute((record, source, target, kind, &link.note))?;
        Ok(())
    }
}

const INSERT_INCIDENT: &str = "INSERT INTO incident VALUES (
    ?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27,?28,?29,
    ?30,?31,?32,?33,?34,?35,?36,?37,?38,?39,?40,?41,?42,?43,?44,?45,?46,?47,?48)";

fn involved(incident: &Incident) -> impl Iterator<Item = &Involved> {
    let acts = incident.acts.iter().flat_map(|act| act.by.iter().chain(&act.to));
    incident.actors.iter().chain(acts)
}

/// The lists of an incident, each as one text.
fn lists(i: &Incident) -> [Option<String>; 11] {
    [
        lines(i.external.iter().map(|e| format!("{}:{}", e.system.as_str(), e.id))),
        lines(i.tags.iter().map(|t| t.as_str())),
        lines(i.weapons.iter().map(|t| t.as_str())),
        lines(i.actors.iter().map(one_involved)),
        lines(i.acts.iter().map(|a| [word(&a.act), "\t", word(&a.method)].concat())),
        lines(i.casualties.iter().map(casualties)),
        lines(i.damage.iter().map(|d| d.text.clone().unwrap_or_default())),
        lines(i.displacement.iter().map(|d| d.destination.clone().unwrap_or_default())),
        lines(i.response.iter().map(response)),
        lines(i.sources.iter()),
        lines(i.attributes.iter().map(|(name, value)| format!("{name}\t{value}"))),
    ]
}

fn one_involved(involved: &Involved) -> String {
    [word(&involved.role), "\t", involved.name.as_deref().unwrap_or_default()].concat()
}

fn word(term: &Option<Term>) -> &str {
    term.as_ref().map_or("", Term::as_str)
}

fn casualties(c: &Casualties) -> String {
    let number = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    [word(&c.group), &number(c.best), &number(c.low), &number(c.high)].join("\t")
}

fn response(r: &Response) -> String {
    [r.actor.as_deref().unwrap_or_default(), word(&r.action), r.outcome.as_deref().unwrap_or_default()]
        .join("\t")
}

/// One a line; nothing for none.
fn lines(items: impl Iterator<Item = impl Display>) -> Option<String> {
    let mut text = String::new();
    for item in items {
        // Writing to a string cannot fail.
        let _written = writeln!(text, "{item}");
    }
    (!text.is_empty()).then_some(text)
}

/// The quarter-degree cell of a point, as in our index.
fn cell_of(point: Point) -> i64 {
    let count =
        |e7: i32, half_turn: i64, limit: i64| ((i64::from(e7) + half_turn) * 4 / 10_000_000).min(limit - 1);
    count(point.lat_e7(), 900_000_000, 720) * 1440 + count(point.lon_e7(), 1_800_000_000, 1440)
}

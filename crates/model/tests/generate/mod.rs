//! Parts made of a string of bytes, so that a shorter string is a simpler part.

mod casework;

use std::collections::BTreeMap;

use counterseal_model::cbor::Extra;
use counterseal_model::record::{
    Act, BasisKind, Body, Casualties, Damage, Derived, Digest, Displacement, Entity, EntityKind, ExportMark,
    ExternalRef, Incident, IncidentForm, Involved, Link, NameVariant, Note, Part, Response, Script, Source,
};
use counterseal_model::{
    Classification, Code, CompartmentId, Credibility, DeviceId, EntryId, Grading, Occurred, PersonId, Place,
    PlacePrecision, Point, RecordId, Reliability, Term, TimePrecision, Timestamp, Tlp, Verification,
    VerificationStatus, VersionId,
};

/// Draws from the bytes; nought when they are used up.
pub(crate) struct Dice<'a>(std::slice::Iter<'a, u8>);

impl<'a> Dice<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.iter())
    }

    fn byte(&mut self) -> u8 {
        self.0.next().copied().unwrap_or(0)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.byte()) % limit
    }

    /// Small numbers as often as large ones, so that every length of head occurs.
    fn number(&mut self) -> u64 {
        let width = [0, 1, 1, 2, 4, 8][self.below(6)];
        (0..width).fold(0, |n, _| n << 8 | u64::from(self.byte()))
    }

    fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.byte() % 2 == 1).then(|| make(self))
    }

    fn some<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.below(8).saturating_sub(4);
        (0..count).map(|_| make(self)).collect()
    }

    fn text(&mut self) -> String {
        const SIGNS: [char; 8] = ['a', ' ', 'é', 'ق', '头', '\0', '🜨', '"'];
        let len = [0, 1, 3, 23, 24, 30][self.below(6)];
        (0..len).map(|_| SIGNS[self.below(SIGNS.len())]).collect()
    }

    fn term(&mut self) -> Term {
        Term::from_text(&format!("t{} {}", self.number(), self.text())).unwrap()
    }

    fn time(&mut self) -> Timestamp {
        let sign = self.byte() % 2 == 1;
        let size = self.number().cast_signed();
        Timestamp(if sign { !size } else { size })
    }
}

pub(crate) fn part(d: &mut Dice<'_>) -> Part {
    let body = body(d);
    Part {
        record: record(d),
        body,
        parents: d.some(|d| VersionId::from_bytes([d.byte(); 32])),
        made: d.time(),
        classification: d.one(Classification::ALL),
        tlp: d.maybe(|d| d.one(Tlp::ALL)),
        synthetic: d.byte() % 2 == 1,
        imported: d.byte() % 2 == 1,
        derived: d.maybe(derived),
        extra: Extra::default(),
    }
}

fn derived(d: &mut Dice<'_>) -> Derived {
    Derived {
        entry: EntryId::from_bytes([d.byte(); 32]),
        index: d.number(),
        compartment: CompartmentId::from_bytes([d.byte(); 16]),
        by: DeviceId::from_bytes([d.byte(); 32]),
        purpose: Code::parse("case-follow-up").unwrap(),
        recipient: Code::parse("mission").unwrap(),
        bases: d.some(|d| d.one(BasisKind::ALL)),
        row: d.number(),
        generalised: d.some(|_| Code::parse("place-admin2").unwrap()),
        left_out: d.some(|_| Code::parse("narrative").unwrap()),
        extra: Extra::default(),
    }
}

fn body(d: &mut Dice<'_>) -> Body {
    match d.below(12) {
        0 => Body::Incident(Box::new(incident(d))),
        1 => Body::Entity(Box::new(entity(d))),
        2 => Body::Link(Box::new(Link {
            kind: d.term(),
            from: record(d),
            to: record(d),
            when: d.maybe(occurred),
            grading: d.maybe(grading),
            note: d.maybe(Dice::text),
            extra: Extra::default(),
        })),
        3 => Body::Source(Box::new(Source {
            pseudonym: d.text(),
            handler: d.maybe(person),
            handler_office: d.maybe(Dice::text),
            access: d.maybe(Dice::text),
            reliability: d.some(|d| d.one(Reliability::ALL)),
            contact_rules: d.maybe(Dice::text),
            risk: d.maybe(Dice::text),
            extra: Extra::default(),
        })),
        4 => Body::Note(Box::new(Note {
            about: d.maybe(record),
            text: d.text(),
            tags: d.some(Dice::term),
            extra: Extra::default(),
        })),
        5 => Body::Export(Box::new(ExportMark {
            query: d.text(),
            format: d.text(),
            count: d.number(),
            digest: Digest([d.byte(); 32]),
            mark: d.text(),
            extra: Extra::default(),
        })),
        6 => Body::Case(Box::new(casework::case(d))),
        7 => Body::Basis(Box::new(casework::basis(d))),
        8 => Body::Consent(Box::new(casework::consent(d))),
        9 => Body::Agreement(Box::new(casework::agreement(d))),
        10 => Body::ConsentEvent(Box::new(casework::happened(d))),
        _ => Body::Taxonomy(d.text()),
    }
}

fn record(d: &mut Dice<'_>) -> RecordId {
    RecordId::from_bytes([d.byte(); 16])
}

fn person(d: &mut Dice<'_>) -> PersonId {
    PersonId::from_bytes([d.byte(); 16])
}

fn external(d: &mut Dice<'_>) -> ExternalRef {
    ExternalRef { system: d.term(), id: d.text() }
}

fn grading(d: &mut Dice<'_>) -> Grading {
    Grading {
        reliability: d.maybe(|d| d.one(Reliability::ALL)),
        credibility: d.maybe(|d| d.one(Credibility::ALL)),
        by: d.maybe(person),
        basis: d.maybe(Dice::text),
        extra: Extra::default(),
    }
}

fn occurred(d: &mut Dice<'_>) -> Occurred {
    Occurred {
        from: d.time(),
        to: d.maybe(Dice::time),
        precision: d.one(TimePrecision::ALL),
        extra: Extra::default(),
    }
}

fn point(d: &mut Dice<'_>) -> Point {
    let lat = d.number() % 1_800_000_001;
    let lon = d.number() % 3_600_000_001;
    Point::from_e7(lat.cast_signed() - 900_000_000, lon.cast_signed() - 1_800_000_000).unwrap()
}

fn place(d: &mut Dice<'_>) -> Place {
    Place {
        name: d.maybe(Dice::text),
        point: d.maybe(point),
        precision: d.maybe(|d| d.one(PlacePrecision::ALL)),
        country: d.maybe(Dice::text),
        iso3: d.maybe(Dice::text),
        admin1: d.maybe(Dice::text),
        admin2: d.maybe(Dice::text),
        pcode: d.maybe(Dice::text),
        pcode_version: d.maybe(Dice::text),
        description: d.maybe(Dice::text),
        record: d.maybe(record),
        given: d.maybe(Dice::text),
        extra: Extra::default(),
    }
}

fn involved(d: &mut Dice<'_>) -> Involved {
    Involved {
        role: d.maybe(Dice::term),
        entity: d.maybe(record),
        name: d.maybe(Dice::text),
        extra: Extra::default(),
    }
}

fn act(d: &mut Dice<'_>) -> Act {
    Act {
        act: d.maybe(Dice::term),
        method: d.maybe(Dice::term),
        by: d.some(involved),
        to: d.some(involved),
        extra: Extra::default(),
    }
}

fn casualties(d: &mut Dice<'_>) -> Casualties {
    Casualties {
        group: d.maybe(Dice::term),
        harm: d.maybe(Dice::term),
        best: d.maybe(Dice::number),
        low: d.maybe(Dice::number),
        high: d.maybe(Dice::number),
        extra: Extra::default(),
    }
}

fn response(d: &mut Dice<'_>) -> Response {
    Response {
        actor: d.maybe(Dice::text),
        at: d.maybe(Dice::time),
        action: d.maybe(Dice::term),
        outcome: d.maybe(Dice::text),
        extra: Extra::default(),
    }
}

fn attributes(d: &mut Dice<'_>) -> BTreeMap<String, String> {
    d.some(|d| (d.text(), d.text())).into_iter().collect()
}

fn incident(d: &mut Dice<'_>) -> Incident {
    Incident {
        reference: d.maybe(Dice::text),
        external: d.some(external),
        title: d.maybe(Dice::text),
        form: d.maybe(|d| d.one(IncidentForm::ALL)),
        kind: d.maybe(Dice::term),
        subtype: d.maybe(Dice::term),
        tags: d.some(Dice::term),
        occurred: d.maybe(occurred),
        reported: d.maybe(Dice::time),
        entered: d.maybe(Dice::time),
        place: d.maybe(place),
        narrative: d.maybe(Dice::text),
        actors: d.some(involved),
        acts: d.some(act),
        casualties: d.some(casualties),
        damage: d.some(|d| Damage {
            object: d.maybe(Dice::term),
            count: d.maybe(Dice::number),
            text: d.maybe(Dice::text),
            extra: Extra::default(),
        }),
        displacement: d.some(|d| Displacement {
            households: d.maybe(Dice::number),
            people: d.maybe(Dice::number),
            destination: d.maybe(Dice::text),
            extra: Extra::default(),
        }),
        weapons: d.some(Dice::term),
        un_affected: d.byte() % 2 == 1,
        response: d.some(response),
        sources: d.some(Dice::text),
        verification: d.maybe(|d| Verification {
            status: d.one(VerificationStatus::ALL),
            by: d.maybe(person),
            at: d.maybe(Dice::time),
            extra: Extra::default(),
        }),
        duplicate_of: d.maybe(record),
        grading: d.maybe(grading),
        attributes: attributes(d),
        extra: Extra::default(),
    }
}

fn entity(d: &mut Dice<'_>) -> Entity {
    Entity {
        kind: d.one(EntityKind::ALL),
        name: d.text(),
        variants: d.some(|d| NameVariant {
            name: d.text(),
            script: d.one(Script::ALL),
            extra: Extra::default(),
        }),
        external: d.some(external),
        subtype: d.maybe(Dice::term),
        tags: d.some(Dice::term),
        description: d.maybe(Dice::text),
        place: d.maybe(place),
        identifier: d.maybe(Dice::text),
        grading: d.maybe(grading),
        attributes: attributes(d),
        extra: Extra::default(),
    }
}

//! From a scene to the record of an incident.

use counterseal_model::record::{Act, ExternalRef, Incident, IncidentForm, Involved, Response};
use counterseal_model::{
    Credibility, Grading, Occurred, Place, PlacePrecision, Reliability, Term, TimePrecision, Timestamp,
    Verification, VerificationStatus,
};

use crate::case::Insertion;
use crate::cast::Group;
use crate::draw::Draw;
use crate::narrative::{narrative, title};
use crate::phrases::{OUTCOMES, PEOPLE, RESPONDERS, SOURCES};
use crate::scene::Scene;
use crate::stories::Against;
use crate::world::World;

const HOUR: i64 = 3_600;

/// Writes the report of incident `n`.
pub(crate) fn write(
    world: &World,
    scene: &Scene<'_>,
    draw: &mut Draw,
    n: usize,
    insertion: Option<&Insertion>,
) -> Incident {
    let words = &world.vocabulary;
    let occurred = occurred(scene, draw);
    let reported = Timestamp(occurred.until().0 + hours(draw, 1, 120));
    let (kind, subtype) = kind(world, scene, draw);
    let parties = parties(world, scene, draw);
    let in_field = |field: &str| insertion.filter(|i| i.field == field).map(|i| i.sentence.as_str());

    Incident {
        reference: Some(reference(scene, n)),
        external: external(world, draw, n),
        title: Some(title(scene, draw)),
        form: Some(IncidentForm::Incident),
        kind,
        subtype,
        tags: tags(world, draw),
        reported: Some(reported),
        entered: Some(Timestamp(reported.0 + hours(draw, 1, 48))),
        place: Some(place(scene, draw, in_field("place.description"))),
        narrative: Some(narrative(scene, draw, in_field("narrative"))),
        acts: acts(scene, &parties, draw),
        actors: parties,
        casualties: scene.harm.casualties(&words.civilians, &words.injured),
        displacement: scene.harm.displacement(&scene.near.name),
        weapons: weapons(world, scene, draw),
        un_affected: scene.story.against == Against::Mission || draw.chance(15),
        response: response(world, draw, reported),
        sources: sources(draw, in_field("sources")),
        verification: verification(draw, reported),
        grading: Some(grading(draw)),
        occurred: Some(occurred),
        ..Incident::default()
    }
}

fn hours(draw: &mut Draw, low: u64, high: u64) -> i64 {
    i64::try_from(draw.between(low, high)).unwrap_or(0) * HOUR
}

fn occurred(scene: &Scene<'_>, draw: &mut Draw) -> Occurred {
    let day = Timestamp(scene.when.0 - scene.when.0.rem_euclid(Timestamp::DAY));
    let later = |days: u64| Timestamp(day.0 + i64::try_from(days).unwrap_or(0) * Timestamp::DAY);
    let (from, to) = match scene.precision {
        TimePrecision::Minute => {
            let minute = Timestamp(scene.when.0 - scene.when.0.rem_euclid(60));
            (minute, minute)
        }
        TimePrecision::Day => (day, day),
        TimePrecision::Days => (day, later(draw.between(1, 5))),
        TimePrecision::Week => (day, later(6)),
        TimePrecision::Month | TimePrecision::Year => (day, later(29)),
    };
    Occurred::span(from, to, scene.precision)
}

fn reference(scene: &Scene<'_>, n: usize) -> String {
    format!("SYN-{}-{n:06}", scene.when.to_utc().year())
}

/// The mission's own type, or now and then the coarser one of UCDP, which has no subtypes.
fn kind(world: &World, scene: &Scene<'_>, draw: &mut Draw) -> (Option<Term>, Option<Term>) {
    if draw.chance(150) {
        let violence = usize::from(scene.story.against.violence());
        return (world.vocabulary.violence.get(violence - 1).cloned(), None);
    }
    (Some(scene.terms.kind.clone()), scene.terms.subtype.clone())
}

fn external(world: &World, draw: &mut Draw, n: usize) -> Vec<ExternalRef> {
    if !draw.chance(350) {
        return Vec::new();
    }
    vec![ExternalRef { system: world.vocabulary.sage.clone(), id: format!("SYN/{n}") }]
}

fn tags(world: &World, draw: &mut Draw) -> Vec<Term> {
    let many = draw.weighted(&[55, 85, 100]);
    let first = draw.index(world.vocabulary.tags.len());
    world.vocabulary.tags.iter().cycle().skip(first).take(many).cloned().collect()
}

/// What is said of the place: seldom as much as is true of it.
fn place(scene: &Scene<'_>, draw: &mut Draw, note: Option<&str>) -> Place {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let town = &scene.setting.town;
    let (precision, name, point) = match draw.below(100) {
        0..55 => (PlacePrecision::Exact, &town.name, Some(scene.point)),
        55..85 => (PlacePrecision::Near, &town.name, Some(scene.point)),
        85..93 => (PlacePrecision::Admin2, &town.name, Some(town.point)),
        93..98 => (PlacePrecision::Admin1, &town.admin1, Some(town.point)),
        _ => (PlacePrecision::Country, &town.country, None),
    };
    let record = (precision == PlacePrecision::Exact).then_some(scene.setting.record);
    Place {
        name: Some(name.clone()),
        point,
        precision: Some(precision),
        country: Some(town.country.clone()),
        iso3: Some(town.iso3.clone()),
        admin1: given(&town.admin1),
        admin2: given(&town.admin2),
        description: note.map(str::to_owned),
        record,
        ..Place::default()
    }
}

/// Who took part: the group first, then the other side.
fn parties(world: &World, scene: &Scene<'_>, draw: &mut Draw) -> Vec<Involved> {
    let words = &world.vocabulary;
    let battle = scene.opponent.is_some();
    let mut group = |role: &Term, group: &Group| Involved {
        role: Some(role.clone()),
        // Some reports name a group that nobody has yet matched to its record.
        entity: draw.chance(850).then_some(group.record),
        name: Some(group.name.clone()),
        ..Involved::default()
    };
    let mut parties = vec![group(if battle { &words.side_a } else { &words.perpetrator }, scene.group)];
    if let Some(opponent) = scene.opponent {
        parties.push(group(&words.side_b, opponent));
        return parties;
    }
    let victims = match scene.story.against {
        Against::Mission => "Patrol of the mission",
        _ => PEOPLE.en.get(scene.people).copied().unwrap_or_default(),
    };
    parties.push(Involved {
        role: Some(words.victim.clone()),
        name: Some(victims.to_owned()),
        ..Involved::default()
    });
    parties
}

fn acts(scene: &Scene<'_>, parties: &[Involved], draw: &mut Draw) -> Vec<Act> {
    if !draw.chance(250) {
        return Vec::new();
    }
    let party = |nth: usize| parties.get(nth).cloned().into_iter().collect();
    let (act, method) = (Some(scene.terms.act.clone()), scene.terms.method.clone());
    vec![Act { act, method, by: party(0), to: party(1), ..Act::default() }]
}

fn weapons(world: &World, scene: &Scene<'_>, draw: &mut Draw) -> Vec<Term> {
    if !draw.chance(600) {
        return Vec::new();
    }
    world.vocabulary.weapons.get(scene.weapon).cloned().into_iter().collect()
}

fn response(world: &World, draw: &mut Draw, reported: Timestamp) -> Vec<Response> {
    if !draw.chance(350) {
        return Vec::new();
    }
    vec![Response {
        actor: Some((*draw.pick(RESPONDERS)).to_owned()),
        at: Some(Timestamp(reported.0 + hours(draw, 1, 72))),
        action: Some(draw.pick(&world.vocabulary.responses).clone()),
        outcome: draw.chance(600).then(|| (*draw.pick(OUTCOMES)).to_owned()),
        ..Response::default()
    }]
}

fn sources(draw: &mut Draw, note: Option<&str>) -> Vec<String> {
    let many = draw.weighted(&[25, 80, 100]);
    let first = draw.index(SOURCES.len());
    let media = SOURCES.iter().cycle().skip(first).take(many);
    media.copied().chain(note).map(str::to_owned).collect()
}

fn verification(draw: &mut Draw, reported: Timestamp) -> Option<Verification> {
    let status = match draw.below(100) {
        0..50 => VerificationStatus::Unverified,
        50..65 => VerificationStatus::UnderVerification,
        65..95 => VerificationStatus::Verified,
        _ => VerificationStatus::Refuted,
    };
    let checked = matches!(status, VerificationStatus::Verified | VerificationStatus::Refuted);
    let at = checked.then(|| Timestamp(reported.0 + hours(draw, 24, 400)));
    Some(Verification { status, at, ..Verification::default() })
}

/// Mostly B2 to C3, as in any mission's files.
fn grading(draw: &mut Draw) -> Grading {
    let reliability = draw.weighted(&[8, 42, 72, 82, 85, 100]);
    let credibility = draw.weighted(&[10, 46, 76, 85, 88, 100]);
    Grading {
        reliability: Reliability::ALL.get(reliability).copied(),
        credibility: Credibility::ALL.get(credibility).copied(),
        ..Grading::default()
    }
}

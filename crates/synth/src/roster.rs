//! The records of what recurs: entities, and the links between them.

use counterseal_model::record::{Entity, EntityKind, Link, NameVariant, Script};
use counterseal_model::{
    Credibility, Grading, Occurred, Place, PlacePrecision, RecordId, Reliability, TimePrecision, Timestamp,
};

use crate::cast::{Group, Person};
use crate::draw::{Draw, Purpose};
use crate::language::Language;
use crate::setting::Setting;
use crate::vocabulary::term;
use crate::world::World;

/// Invented organisations: English, French, Arabic where they have one.
const ORGANISATIONS: [[&str; 3]; 8] = [
    ["Bread and Bridges", "Pain et Ponts", "خبز وجسور"],
    ["Well Diggers Without Hats", "Puisatiers sans chapeau", ""],
    ["Society of the Patient Ferrymen", "Société des passeurs patients", ""],
    ["Blue Ford Traders' Cooperative", "Coopérative du Gué bleu", "تعاونية المخاضة الزرقاء"],
    ["House of the Evening School", "Maison de l'école du soir", "بيت مدرسة المساء"],
    ["Seven Drums Broadcasting", "Radio Sept Tambours", ""],
    ["Laterite Haulage Company", "Transports Latérite", "شركة نقل اللاتريت"],
    ["Council of Herders and Gardeners", "Conseil des éleveurs et jardiniers", "مجلس الرعاة والبستانيين"],
];

/// What people drive.
const VEHICLES: [(&str, &str); 4] = [
    ("Pick-up, white", "pick-up"),
    ("Motorcycle, red", "motorcycle"),
    ("Lorry, six wheels", "truck"),
    ("Pick-up with machine gun mount", "technical"),
];

/// Every entity: groups and forces, organisations, people, their vehicles and accounts, places.
pub(crate) fn entities(world: &World) -> Vec<(RecordId, Entity)> {
    let cast = &world.cast;
    let groups =
        cast.groups.iter().map(|group| (group.record, armed_group(world, group, "non-state-armed-group")));
    let forces = cast
        .forces
        .iter()
        .map(|(_, forces)| (forces.record, armed_group(world, forces, "state-armed-forces")));
    let people = cast.people.iter().map(|person| (person.record, person_entity(world, person)));
    let belongings = belongings(world).into_iter().map(|belonging| (belonging.record, belonging.entity));
    let places = world.settings.iter().map(|setting| (setting.record, place(setting)));
    groups.chain(forces).chain(people).chain(organisations(world)).chain(belongings).chain(places).collect()
}

/// Every link: people to groups and belongings, groups to groups, vehicles to places.
pub(crate) fn links(world: &World) -> Vec<(RecordId, Link)> {
    let mut draw = Draw::new(world.plan().seed, Purpose::Roster, 1);
    let mut ties = memberships(world);
    ties.extend(relations(world, &mut draw));
    for belonging in belongings(world) {
        ties.push((belonging.kind, belonging.owner, belonging.record));
        if belonging.entity.kind == EntityKind::Vehicle {
            ties.push(("seen-at", belonging.record, draw.pick(&world.settings).record));
        }
    }
    ties.into_iter().map(|tie| (draw.id(), link(world, &mut draw, tie))).collect()
}

/// Kind of link, from, to.
type Tie = (&'static str, RecordId, RecordId);

fn link(world: &World, draw: &mut Draw, (kind, from, to): Tie) -> Link {
    let plan = world.plan();
    let days = draw.below(u64::from(plan.years.max(1)) * 365);
    let since = Timestamp(plan.start.0 + i64::try_from(days).unwrap_or(0) * Timestamp::DAY);
    Link {
        kind: term(kind),
        from,
        to,
        when: draw.chance(700).then(|| Occurred::span(since, since, TimePrecision::Month)),
        grading: Some(Grading {
            reliability: Some(*draw.pick(Reliability::ALL)),
            credibility: Some(*draw.pick(Credibility::ALL)),
            ..Grading::default()
        }),
        note: None,
        extra: counterseal_model::cbor::Extra::default(),
    }
}

/// The first person of each group commands it; the rest belong to it.
fn memberships(world: &World) -> Vec<Tie> {
    let mut led = vec![false; world.cast.groups.len()];
    let ties = world.cast.people.iter().filter_map(|person| {
        let group = world.cast.groups.get(person.group)?;
        let has_commander = std::mem::replace(led.get_mut(person.group)?, true);
        Some((if has_commander { "member-of" } else { "commands" }, person.record, group.record))
    });
    ties.collect()
}

/// Alliances and feuds between groups.
fn relations(world: &World, draw: &mut Draw) -> Vec<Tie> {
    let groups = &world.cast.groups;
    let pairs =
        groups.iter().flat_map(|a| groups.iter().map(move |b| (a, b))).filter(|(a, b)| a.record < b.record);
    let mut ties = Vec::new();
    for (a, b) in pairs {
        match draw.below(100) {
            0..4 => ties.push(("allied-with", a.record, b.record)),
            4..8 => ties.push(("opposed-to", a.record, b.record)),
            _ => {}
        }
    }
    ties
}

/// A vehicle or an account, and whose it is.
struct Belonging {
    record: RecordId,
    kind: &'static str,
    owner: RecordId,
    entity: Entity,
}

fn belongings(world: &World) -> Vec<Belonging> {
    let mut draw = Draw::new(world.plan().seed, Purpose::Roster, 0);
    let mut all = Vec::new();
    for (nth, person) in world.cast.people.iter().enumerate() {
        if draw.chance(350) {
            let (name, subtype) = *draw.pick(&VEHICLES);
            let mut entity = Entity::named(EntityKind::Vehicle, format!("{name} ({})", person.name));
            entity.subtype = Some(term(subtype));
            entity.identifier = Some(format!("SYN {nth:03} {:02}", draw.below(100)));
            all.push(Belonging { record: draw.id(), kind: "owns", owner: person.record, entity });
        }
        if draw.chance(250) {
            let mut entity = Entity::named(EntityKind::Account, format!("Account of {}", person.name));
            entity.subtype = Some(term("mobile-money"));
            entity.identifier = Some(format!("SYN-{nth:04}-{:04}", draw.below(10_000)));
            all.push(Belonging { record: draw.id(), kind: "uses", owner: person.record, entity });
        }
    }
    all
}

fn armed_group(world: &World, group: &Group, subtype: &str) -> Entity {
    let french = group.spoken_in(Language::French);
    let bare = ["le ", "la ", "les ", "l'"].iter().find_map(|article| french.strip_prefix(article));
    let mut entity = Entity::named(EntityKind::Group, group.name.clone());
    entity.variants = vec![
        variant(group.acronym.clone(), Script::Latin),
        variant(bare.unwrap_or(french).to_owned(), Script::Latin),
        variant(group.spoken_in(Language::Arabic).to_owned(), Script::Arabic),
    ];
    entity.place = world.settings.get(group.home).map(whereabouts);
    entity.description = Some("Invented for demonstration and training.".to_owned());
    entity.subtype = Some(term(subtype));
    entity
}

fn person_entity(world: &World, person: &Person) -> Entity {
    let mut entity = Entity::named(EntityKind::Person, person.name.clone());
    entity.variants = vec![variant(person.name_ar.clone(), Script::Arabic)];
    let group = world.cast.groups.get(person.group);
    entity.place = group.and_then(|group| world.settings.get(group.home)).map(whereabouts);
    entity
}

fn organisations(world: &World) -> impl Iterator<Item = (RecordId, Entity)> {
    let mut draw = Draw::new(world.plan().seed, Purpose::Roster, 2);
    ORGANISATIONS.into_iter().map(move |[english, french, arabic]| {
        let mut entity = Entity::named(EntityKind::Organisation, english);
        entity.variants = vec![variant(french.to_owned(), Script::Latin)];
        if !arabic.is_empty() {
            entity.variants.push(variant(arabic.to_owned(), Script::Arabic));
        }
        (draw.id(), entity)
    })
}

fn place(setting: &Setting) -> Entity {
    let town = &setting.town;
    let mut entity = Entity::named(EntityKind::Place, town.name.clone());
    let french = town.name_in(Language::French);
    if french != town.name {
        entity.variants.push(variant(french.to_owned(), Script::Latin));
    }
    if !town.name_ar.is_empty() {
        entity.variants.push(variant(town.name_ar.clone(), Script::Arabic));
    }
    entity.place = Some(whereabouts(setting));
    entity
}

fn whereabouts(setting: &Setting) -> Place {
    let town = &setting.town;
    Place {
        name: Some(town.name.clone()),
        point: Some(town.point),
        precision: Some(PlacePrecision::Near),
        country: Some(town.country.clone()),
        iso3: Some(town.iso3.clone()),
        admin1: Some(town.admin1.clone()),
        ..Place::default()
    }
}

fn variant(name: String, script: Script) -> NameVariant {
    NameVariant { name, script, ..NameVariant::default() }
}

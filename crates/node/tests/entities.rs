//! Entities: which records are said to be one, by whom and until when; lists, links, charts, and a chart as a file.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::collections::BTreeSet;

use common::{clock, found, passphrase, rng};
use counterseal_exchange::Format;
use counterseal_model::record::{Body, Entity, EntityKind, Incident, Involved, Link, NameVariant, Script};
use counterseal_model::{
    Classification, CompartmentId, Grading, Occurred, RecordId, Term, TimePrecision, Timestamp,
};
use counterseal_node::{
    Arrived, ChartAsk, Desk, EntityAsk, ExportOptions, Filter, Home, Invited, MergeTerms, NodeError,
    SameRefusal, Sort, View,
};
use counterseal_register::{Charter, HistoryRule, Rule};
use tempfile::TempDir;

const OPEN: Classification = Classification::Unclassified;
const DAY: i64 = 86_400;

struct Mission {
    _home: TempDir,
    desk: Desk,
    at: CompartmentId,
}

fn mission(seed: u64) -> Mission {
    let dir = TempDir::new().unwrap();
    let desk = found(dir.path(), seed);
    let at = desk.default_compartment().unwrap();
    Mission { _home: dir, desk, at }
}

fn entity(desk: &mut Desk, at: CompartmentId, kind: EntityKind, name: &str) -> RecordId {
    desk.record_new(at, Body::Entity(Box::new(Entity::named(kind, name))), OPEN).unwrap()
}

fn person(desk: &mut Desk, at: CompartmentId, name: &str) -> RecordId {
    entity(desk, at, EntityKind::Person, name)
}

fn incident(desk: &mut Desk, at: CompartmentId, title: &str, day: i64, who: &[RecordId]) -> RecordId {
    let when = Timestamp(1_780_000_000 + day * DAY);
    let involved = |id: &RecordId| Involved {
        entity: Some(*id),
        role: Term::from_text("perpetrator"),
        ..Involved::default()
    };
    let incident = Incident {
        title: Some(title.into()),
        occurred: Some(Occurred::span(when, when, TimePrecision::Day)),
        actors: who.iter().map(involved).collect(),
        ..Incident::default()
    };
    desk.record_new(at, Body::Incident(Box::new(incident)), OPEN).unwrap()
}

fn link(
    desk: &mut Desk,
    at: CompartmentId,
    kind: &str,
    from: RecordId,
    to: RecordId,
    grade: &str,
) -> RecordId {
    let link = Link {
        kind: Term::from_text(kind).unwrap(),
        from,
        to,
        when: None,
        grading: Grading::parse(grade).ok(),
        note: None,
        extra: Default::default(),
    };
    desk.record_new(at, Body::Link(Box::new(link)), OPEN).unwrap()
}

fn merge(desk: &mut Desk, one: RecordId, other: RecordId) -> RecordId {
    desk.merge_entities(MergeTerms::new(one, other)).unwrap()
}

/// The records that are said to be one with this one.
fn same(desk: &Desk, id: RecordId) -> BTreeSet<RecordId> {
    desk.identity(id).unwrap().records.iter().map(counterseal_node::RecordView::id).collect()
}

/// The ids of what is near within one step, but for the start.
fn near(desk: &Desk, id: RecordId) -> BTreeSet<RecordId> {
    let near = desk.near(id, 1, 100).unwrap();
    near.records.iter().skip(1).map(|(record, _)| record.id()).collect()
}

fn of_actor(desk: &Desk, name: &str) -> BTreeSet<RecordId> {
    let filter = Filter { actor: Some(name.into()), ..Filter::default() };
    desk.find(&filter, Sort::Newest, 100).unwrap().iter().map(counterseal_node::RecordView::id).collect()
}

#[test]
fn two_names_of_one_person_are_found_charted_and_walked_as_one_and_apart_again_after_the_split() {
    let Mission { mut desk, at, _home } = mission(1);
    let (kamel, camel) = (person(&mut desk, at, "Kamel Nobody"), person(&mut desk, at, "Camel the Tall"));
    let group = entity(&mut desk, at, EntityKind::Group, "Front of the Seven Wells");
    let (first, second) =
        (incident(&mut desk, at, "one", 1, &[kamel]), incident(&mut desk, at, "two", 2, &[camel]));
    link(&mut desk, at, "member-of", camel, group, "B2");
    assert_eq!(desk.path(kamel, group, 1_000).unwrap(), None);
    merge(&mut desk, kamel, camel);
    for one in [kamel, camel] {
        assert_eq!(same(&desk, one), [kamel, camel].into());
        assert_eq!(near(&desk, one), [group, first, second].into(), "what is tied to either is tied to both");
        assert_eq!(desk.links_of(one, 10).unwrap().1, 1);
    }
    for name in ["Kamel", "Camel"] {
        assert_eq!(of_actor(&desk, name), [first, second].into());
    }
    let path = desk.path(kamel, group, 1_000).unwrap().unwrap();
    assert_eq!(
        (path.len(), path[0].from, path[0].to),
        (1, kamel, group),
        "shown under the record that was named"
    );
    assert_eq!(desk.path(first, second, 1_000).unwrap().unwrap().len(), 2);
    assert_eq!(desk.path(kamel, camel, 1_000).unwrap().unwrap().len(), 0, "they are one");
    let columns = desk.columns().unwrap();
    let (lines, all) = desk.entities(&EntityAsk::default(), &columns, 10).unwrap();
    assert_eq!(all, 2, "a person of two names, and a group");
    assert_eq!((lines[0].incidents, lines[0].also.len()), (2, 1));
    let view: View = desk.view_of_entity(camel).unwrap();
    assert_eq!(columns.newest(&view, 10).len(), 2);

    desk.split_entity(camel, None, Some("another voice on the telephone")).unwrap();
    let identity = desk.identity(kamel).unwrap();
    assert_eq!(identity.records.len(), 1);
    let said: Vec<_> = identity.said.iter().map(|said| (said.same, said.in_force)).collect();
    assert_eq!(said, [(false, true), (true, false)], "what was said stays in the history");
    assert_eq!(identity.said[0].note.as_deref(), Some("another voice on the telephone"));
    assert_eq!(identity.said[0].device, desk.device());
    assert_eq!((near(&desk, kamel), near(&desk, camel)), ([first].into(), [group, second].into()));
    assert_eq!((of_actor(&desk, "Kamel"), of_actor(&desk, "Camel")), ([first].into(), [second].into()));
    assert_eq!(desk.path(kamel, group, 1_000).unwrap(), None);
    assert_eq!(desk.columns().unwrap().newest(&desk.view_of_entity(camel).unwrap(), 10).len(), 1);
    // Said again, it is the next version of the same link: one history.
    merge(&mut desk, camel, kamel);
    let identity = desk.identity(kamel).unwrap();
    assert_eq!((identity.records.len(), identity.said.len()), (2, 3));
    assert_eq!(identity.said.iter().map(|said| said.link).collect::<BTreeSet<_>>().len(), 1);
}

#[test]
fn a_ring_of_three_stays_one_until_the_last_link_that_holds_it_is_taken_back() {
    let Mission { mut desk, at, _home } = mission(2);
    let [a, b, c, d] = ["Ay", "Bee", "Sea", "Dee"].map(|name| person(&mut desk, at, name));
    let of_c = incident(&mut desk, at, "at the ford", 1, &[c]);
    for (one, other) in [(a, b), (b, c), (c, a)] {
        merge(&mut desk, one, other);
    }
    assert_eq!(same(&desk, a), [a, b, c].into());
    assert_eq!(near(&desk, a), [of_c].into());
    desk.split_entity(a, Some(b), None).unwrap();
    assert_eq!(same(&desk, a), [a, b, c].into(), "C is still said to be both");
    desk.split_entity(c, None, None).unwrap();
    for (alone, rest) in [(a, vec![a]), (b, vec![b]), (c, vec![c]), (d, vec![d])] {
        assert_eq!(same(&desk, alone), rest.into_iter().collect(), "nothing holds them together any more");
    }
    assert_eq!(near(&desk, a), BTreeSet::new());
    // The index made anew says the same.
    merge(&mut desk, a, d);
    merge(&mut desk, c, d);
    let before = [a, b, c, d].map(|one| same(&desk, one));
    desk.reindex(&mut |_, _| {}).unwrap();
    assert_eq!([a, b, c, d].map(|one| same(&desk, one)), before);
    assert_eq!(before[0], [a, c, d].into());
}

#[test]
fn nothing_is_merged_that_cannot_be_one_and_nothing_split_that_nobody_said() {
    let Mission { mut desk, at, _home } = mission(3);
    let (one, other) = (person(&mut desk, at, "One"), person(&mut desk, at, "Other"));
    let car = entity(&mut desk, at, EntityKind::Vehicle, "Lorry, six wheels");
    let event = incident(&mut desk, at, "theft", 1, &[one]);
    let refused = |desk: &mut Desk, a, b| match desk.merge_entities(MergeTerms::new(a, b)) {
        Err(NodeError::Same(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert!(matches!(refused(&mut desk, one, one), SameRefusal::Itself { .. }));
    assert!(matches!(refused(&mut desk, one, car), SameRefusal::OtherKinds { .. }));
    assert!(matches!(refused(&mut desk, event, one), SameRefusal::OtherKinds { .. }));
    merge(&mut desk, one, other);
    assert!(matches!(refused(&mut desk, other, one), SameRefusal::Already { .. }));
    let unknown = RecordId::from_bytes([9; 16]);
    assert!(matches!(desk.merge_entities(MergeTerms::new(one, unknown)), Err(NodeError::NoRecord(_))));
    for (of, from) in [(car, None), (one, Some(car))] {
        let split = desk.split_entity(of, from, None);
        assert!(matches!(split, Err(NodeError::Same(SameRefusal::NotSaid { .. }))));
    }
    desk.split_entity(one, None, None).unwrap();
    assert!(desk.split_entity(one, None, None).is_err(), "once");
    // Whoever writes a link of that kind between other things ties nothing together.
    let again = incident(&mut desk, at, "theft again", 2, &[]);
    link(&mut desk, at, "same-as", event, again, "B2");
    assert_eq!(same(&desk, event), [event].into());
}

struct Two {
    _home: TempDir,
    first: Desk,
    other: Desk,
    at: CompartmentId,
    apart: CompartmentId,
}

/// A desk and a second one of another person, both in one compartment, the first alone in another.
fn two(seed: u64) -> Two {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), seed);
    let at = first.default_compartment().unwrap();
    let apart = first.create_compartment("apart", Charter::new(Rule::Open, HistoryRule::Full)).unwrap();
    let invited = Invited::NewPerson { name: "Madame Lantern".into(), until: None };
    let asked = first.invite_at_hand(&home, invited, &passphrase(), &mut rng(seed + 1)).unwrap();
    first.admit(at, asked.person).unwrap();
    let waiting = home.waiting().unwrap().pop().unwrap();
    let statements = first.statements_file().unwrap();
    let other = Desk::join(&home, &waiting, &statements, &passphrase(), clock(), rng(seed + 2)).unwrap();
    Two { _home: dir, first, other, at, apart }
}

fn send(from: &Desk, to: &mut Desk) {
    let given = from.unlogged().unwrap().into_iter().map(|no| from.entry(no).unwrap());
    let arrived: Vec<_> = given.map(|given| Arrived { entry: given.entry, urgency: given.urgency }).collect();
    let taken = to.take_entries(&arrived).unwrap();
    assert_eq!(taken.refused.len(), 0);
}

#[test]
fn two_desks_that_merge_at_once_agree_and_either_can_take_both_sayings_back() {
    let Two { mut first, mut other, at, _home, .. } = two(10);
    let (kamel, camel) = (person(&mut first, at, "Kamel"), person(&mut first, at, "Camel"));
    send(&first, &mut other);
    merge(&mut first, kamel, camel);
    merge(&mut other, camel, kamel);
    send(&first, &mut other);
    send(&other, &mut first);
    for desk in [&first, &other] {
        let identity = desk.identity(kamel).unwrap();
        assert_eq!(identity.records.len(), 2);
        let devices: BTreeSet<_> = identity.said.iter().map(|said| said.device).collect();
        assert_eq!(devices, [first.device(), other.device()].into(), "both are shown");
        assert!(identity.said.iter().all(|said| said.in_force && !said.conflict));
    }
    let links = other.split_entity(kamel, Some(camel), None).unwrap();
    assert_eq!(links.len(), 2);
    send(&other, &mut first);
    for desk in [&first, &other] {
        assert_eq!(same(desk, kamel), [kamel].into());
        assert_eq!(
            desk.identity(kamel).unwrap().said.iter().filter(|said| said.in_force && said.same).count(),
            0
        );
    }
}

#[test]
fn what_is_said_in_a_compartment_that_one_does_not_read_changes_nothing_for_its_outsiders() {
    let Two { mut first, mut other, at, apart, _home } = two(20);
    let (known, hidden) = (person(&mut first, at, "Known"), person(&mut first, apart, "Hidden"));
    let there = incident(&mut first, at, "names an id that outsiders cannot read", 1, &[hidden]);
    assert!(
        matches!(
            first.merge_entities(MergeTerms::new(known, hidden)),
            Err(NodeError::Same(SameRefusal::Where { .. }))
        ),
        "whoever says it decides who reads it"
    );
    first.merge_entities(MergeTerms { compartment: Some(apart), ..MergeTerms::new(known, hidden) }).unwrap();
    send(&first, &mut other);
    assert_eq!(same(&first, known), [known, hidden].into());
    let identity = other.identity(known).unwrap();
    assert_eq!((identity.records.len(), identity.absent, identity.said.len()), (1, 0, 0));
    assert_eq!(near(&other, known), BTreeSet::new());
    // Said where outsiders read it, they learn that there is a record that they do not have, and what they may read of it.
    first.split_entity(known, None, None).unwrap();
    first.merge_entities(MergeTerms { compartment: Some(at), ..MergeTerms::new(known, hidden) }).unwrap();
    send(&first, &mut other);
    let identity = other.identity(known).unwrap();
    assert_eq!((identity.records.len(), identity.absent, identity.said.len()), (1, 1, 1));
    assert_eq!(near(&other, known), [there].into());
    assert_eq!(of_actor(&other, "Hidden"), BTreeSet::new(), "its name is not theirs");
    // An outsider of the other compartment takes back what stands in theirs, and cannot what stands elsewhere.
    first
        .merge_entities(MergeTerms { compartment: Some(apart), ..MergeTerms::new(known, hidden) })
        .unwrap_err();
    other.split_entity(known, None, None).unwrap();
    send(&other, &mut first);
    assert_eq!(same(&first, known), [known].into());
}

#[test]
fn the_list_finds_names_in_every_spelling_and_counts_incidents() {
    let Mission { mut desk, at, _home } = mission(4);
    let ahmad = Entity {
        variants: vec![NameVariant {
            name: "أحمد إبراهيم".into(),
            script: Script::Arabic,
            extra: Default::default(),
        }],
        ..Entity::named(EntityKind::Person, "Ahmad Ibrahim-Désiré")
    };
    let ahmad = desk.record_new(at, Body::Entity(Box::new(ahmad)), OPEN).unwrap();
    let group = entity(&mut desk, at, EntityKind::Group, "Front of the Seven Wells");
    for day in 0..3 {
        incident(&mut desk, at, "x", day, &[group]);
    }
    incident(&mut desk, at, "y", 4, &[ahmad, group]);
    let columns = desk.columns().unwrap();
    let ask = |name: &str, kind| {
        let ask = EntityAsk { name: (!name.is_empty()).then(|| name.to_owned()), kind };
        let (lines, all) = desk.entities(&ask, &columns, 1).unwrap();
        (lines.first().map(|line| (line.id, line.incidents)), all)
    };
    assert_eq!(ask("desire", None), (Some((ahmad, 1)), 1));
    assert_eq!(ask("احمد", None), (Some((ahmad, 1)), 1));
    assert_eq!(ask("", None), (Some((group, 4)), 2), "most incidents first");
    assert_eq!(ask("", Some(EntityKind::Person)), (Some((ahmad, 1)), 1));
    assert_eq!(ask("%", None), (None, 0), "signs that are no letters are nobody's name");
    let newest = columns.newest(&desk.view_of_entity(group).unwrap(), 2);
    let titles = desk.records_at(&newest).unwrap().into_iter().map(|record| match record.part.body {
        Body::Incident(incident) => incident.title.unwrap(),
        _ => panic!("an incident"),
    });
    let titles: Vec<_> = titles.collect();
    assert_eq!(titles, ["y", "x"]);
}

#[test]
fn a_chart_is_cut_says_how_much_is_left_and_narrows_by_type_and_time() {
    let Mission { mut desk, at, _home } = mission(5);
    let group = entity(&mut desk, at, EntityKind::Group, "Front");
    let people: Vec<_> = (0..8).map(|n| person(&mut desk, at, &format!("Person {n}"))).collect();
    for one in &people {
        link(&mut desk, at, "member-of", *one, group, "C3");
    }
    for day in 0..20 {
        incident(&mut desk, at, "ambush", day, &[group, people[0]]);
    }
    let ask = ChartAsk { steps: 1, most: 10, ..ChartAsk::default() };
    let chart = desk.chart(group, &ask).unwrap();
    assert_eq!((chart.nodes.len(), chart.nodes[0].id, chart.nodes[0].more), (11, group, 18));
    assert_eq!(chart.edges.iter().filter(|edge| edge.link.is_some()).count(), 8);
    assert!(chart.edges.iter().all(|edge| edge.link.is_none() || edge.grading.to_string() == "C3"));
    assert_eq!(
        chart.edges.iter().filter(|edge| edge.from == people[0]).count(),
        3,
        "ties among neighbours too"
    );
    let only = |kinds: &[&str], from, to| {
        let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let day = |day: Option<i64>| day.map(|day| Timestamp(1_780_000_000 + day * DAY));
        let ask =
            ChartAsk { steps: 1, most: 100, kinds, from: day(from), to: day(to), ..ChartAsk::default() };
        let chart = desk.chart(group, &ask).unwrap();
        (chart.nodes.len() - 1, chart.nodes[0].more)
    };
    assert_eq!(only(&["person"], None, None), (8, 0));
    assert_eq!(only(&["incident"], None, None), (20, 0));
    assert_eq!(only(&["incident"], Some(5), Some(9)), (4, 0));
    assert_eq!(only(&["vehicle"], None, None), (0, 0));
    let two = desk.chart(people[1], &ChartAsk { steps: 2, most: 10, ..ChartAsk::default() }).unwrap();
    assert!(two.nodes.iter().any(|node| node.steps == 2), "what is near the group comes along");
    // Ties to what is on the chart already.
    let with = ChartAsk { kinds: vec!["vehicle".into()], with: vec![people[0]], ..ask };
    let more = desk.chart(group, &with).unwrap();
    assert_eq!((more.nodes.len(), more.edges.len()), (1, 1));
    let way = desk.path(people[1], people[0], 1_000).unwrap().unwrap();
    let records: Vec<_> = std::iter::once(people[1])
        .chain(way.iter().map(|step| if step.to == group { group } else { people[0] }))
        .collect();
    assert_eq!(desk.chart_of(&records).unwrap().nodes.len(), 3);
}

#[test]
fn a_chart_leaves_as_graphml_marked_traced_and_with_everything_escaped() {
    let Mission { mut desk, at, _home } = mission(6);
    let planted = "]]><script>alert('x')</script>\" & \u{1}<b>";
    let group = entity(&mut desk, at, EntityKind::Group, planted);
    let (one, other) = (person(&mut desk, at, "هجوم <b>"), person(&mut desk, at, "Нападение"));
    link(&mut desk, at, "member-of", one, group, "B2");
    merge(&mut desk, one, other);
    let event = incident(&mut desk, at, planted, 1, &[group]);
    let options = ExportOptions {
        filter: Filter::default(),
        sort: Sort::Newest,
        limit: None,
        format: Format::Graphml,
        query: format!("chart of {group}"),
        compartment: at,
        purpose: None,
        case: false,
    };
    let ask = ChartAsk { steps: 1, most: 10, ..ChartAsk::default() };
    let (bytes, report) = desk.export_chart(group, &ask, &options).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(!text.contains("<script") && !text.contains("<b>") && !text.contains('\u{1}'));
    assert!(text.contains(&report.mark));
    for id in [group, one, other, event] {
        assert!(text.contains(&format!("<node id=\"{id}\">")), "{id}");
    }
    assert!(text.contains(">member-of<") && text.contains(">B2<") && text.contains(">same-as<"));
    assert_eq!(text.matches("<edge ").count(), 3, "a membership, taking part, and that two are one");
    let traced = desk.exports().unwrap();
    assert_eq!((traced.len(), traced[0].0.mark.as_str(), report.count), (1, report.mark.as_str(), 4));
    assert_eq!(traced[0].1, report.digest);
}

#[test]
fn what_is_said_in_two_compartments_is_taken_back_in_both_at_once() {
    let Two { mut first, mut other, at, apart, _home } = two(30);
    let (kamel, camel) = (person(&mut first, at, "Kamel"), person(&mut first, at, "Camel"));
    send(&first, &mut other);
    first.merge_entities(MergeTerms { compartment: Some(apart), ..MergeTerms::new(kamel, camel) }).unwrap();
    merge(&mut other, kamel, camel);
    send(&other, &mut first);
    let compartments: BTreeSet<_> =
        first.identity(kamel).unwrap().said.iter().map(|said| said.compartment).collect();
    assert_eq!(compartments, [at, apart].into());
    assert_eq!(first.split_entity(camel, None, None).unwrap().len(), 2);
    assert_eq!(same(&first, kamel), [kamel].into());
    assert_eq!(
        first.identity(kamel).unwrap().said.iter().filter(|said| said.in_force && !said.same).count(),
        2
    );
    send(&first, &mut other);
    assert_eq!(same(&other, kamel), [kamel].into());
}

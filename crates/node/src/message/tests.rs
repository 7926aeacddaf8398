use counterseal_model::record::EntityKind;
use counterseal_model::{RecordId, Term, TimePrecision};

use super::{Found, Known, KnownName, Message, NamedThing, read_message};

fn entity(n: u8, name: &str, spelled: &str) -> KnownName {
    let what = NamedThing::Entity(RecordId::from_bytes([n; 16]), EntityKind::Group, name.to_owned());
    KnownName { name: spelled.to_owned(), what }
}

fn known() -> Known {
    let place = |name: &str| KnownName { name: name.to_owned(), what: NamedThing::Place(name.to_owned()) };
    let kind = |label: &str, term: &str| KnownName {
        name: label.to_owned(),
        what: NamedThing::Type(Term::from_text(term).unwrap()),
    };
    Known::new([
        entity(1, "Front of the Seven Wells", "Front of the Seven Wells"),
        entity(1, "Front of the Seven Wells", "Front des sept puits"),
        entity(1, "Front of the Seven Wells", "جبهة الآبار السبع"),
        entity(2, "LRA", "LRA"),
        entity(3, "Twin", "Brothers of Dawn"),
        entity(4, "Other twin", "Brothers of Dawn"),
        place("Bouca"),
        place("بوكا"),
        kind("Armed attack", "armed-attack"),
        kind("Ambush", "ambush"),
    ])
}

fn read(text: &str) -> Message {
    read_message(text, &known())
}

/// What was marked, as it stands in the text; with a question mark where it was not taken.
fn marked(text: &str, message: &Message) -> Vec<String> {
    let said = |span: &std::ops::Range<usize>| text.get(span.clone()).unwrap().to_owned();
    message
        .marks
        .iter()
        .map(|m| format!("{}{:?} {}", if m.taken { "" } else { "?" }, m.what, said(&m.span)))
        .collect()
}

#[test]
fn a_salute_report_becomes_a_draft_and_nothing_is_invented() {
    let text = "SIZE: about 30 men on motorcycles\nACTIVITY: Armed attack on a convoy\nLOCATION: Bouca, 33N YH 35000 20000\n\
                UNIT: Front of the Seven Wells\nTIME: 091405ZMAR26\nEQUIPMENT: AK47, PKM\nKilled: 12\nGrading: B2\nP-code: CF5112";
    let message = read(text);
    let incident = &message.incident;
    assert_eq!(incident.title.as_deref(), Some("Armed attack on a convoy"));
    assert_eq!(incident.kind.as_ref().unwrap().as_str(), "armed-attack");
    let place = incident.place.as_ref().unwrap();
    assert_eq!((place.name.as_deref(), place.pcode.as_deref()), (Some("Bouca"), Some("CF5112")));
    assert_eq!(place.given.as_deref(), Some("33N YH 35000 20000"));
    assert!(place.point.is_some());
    let occurred = incident.occurred.as_ref().unwrap();
    assert_eq!(
        (occurred.from.rfc3339().as_str(), occurred.precision),
        ("2026-03-09T14:05:00Z", TimePrecision::Minute)
    );
    assert_eq!(incident.actors.len(), 1);
    assert_eq!(incident.actors[0].entity, Some(RecordId::from_bytes([1; 16])));
    assert_eq!(incident.actors[0].role, None, "'unit' does not say what part they had");
    assert_eq!(incident.killed().unwrap().best, Some(12));
    assert_eq!(incident.grading.as_ref().unwrap().to_string(), "B2");
    assert_eq!(incident.narrative.as_deref(), Some(text), "nothing of the message is lost");
    assert!(incident.weapons.is_empty() && incident.response.is_empty());
}

#[test]
fn the_five_w_are_read_in_french_and_arabic() {
    let french = read(
        "Qui : Front des sept puits\nQuoi : Embuscade\nOù : Bouca\nQuand : 9 mars 2026\nTrois morts et 5 blessés.",
    );
    let incident = &french.incident;
    assert_eq!(incident.actors[0].entity, Some(RecordId::from_bytes([1; 16])));
    assert_eq!(incident.title.as_deref(), Some("Embuscade"));
    assert_eq!(incident.place.as_ref().unwrap().name.as_deref(), Some("Bouca"));
    assert_eq!(incident.occurred.as_ref().unwrap().from.date_text(), "2026-03-09");
    let counts: Vec<_> =
        incident.casualties.iter().map(|c| (c.harm.as_ref().map(Term::as_str), c.best)).collect();
    assert_eq!(counts, [(None, Some(3)), (Some("injured"), Some(5))]);
    let arabic = read("المكان: بوكا\nمن: جبهة الآبار السبع\nسقط ١٢ قتيلا و 3 جرحى يوم 2026-03-09");
    assert_eq!(arabic.incident.place.as_ref().unwrap().name.as_deref(), Some("بوكا"));
    assert_eq!(arabic.incident.actors[0].entity, Some(RecordId::from_bytes([1; 16])));
    assert_eq!(arabic.incident.killed().unwrap().best, Some(12));
    assert_eq!(arabic.incident.casualties.len(), 2);
    assert!(arabic.incident.occurred.is_some());
}

#[test]
fn running_text_is_read_where_it_says_one_thing_only() {
    let text = "On 9 March 2026 fighters of the Front of the Seven Wells shot at a truck near Bouca (6.5123N 18.2718E). At least 12 civilians were killed, 3 wounded.";
    let message = read(text);
    assert_eq!(
        marked(text, &message),
        [
            "Date 9 March 2026",
            "Actor Front of the Seven Wells",
            "Place Bouca",
            "Point 6.5123N 18.2718E",
            "Casualties At least 12 civilians were killed,",
            "Casualties 3 wounded.",
        ]
    );
    let casualties = &message.incident.casualties;
    assert_eq!((casualties[0].low, casualties[0].best), (Some(12), None), "at least so many is not so many");
    assert_eq!(casualties[0].group.as_ref().unwrap().as_str(), "civilians");
    assert_eq!(message.incident.killed(), None, "how many were killed in all, nobody said");
    assert!(message.incident.title.is_none() && message.incident.grading.is_none());
    assert!(message.incident.actors[0].role.is_none(), "who did it is for a person to say");
}

#[test]
fn what_can_be_read_in_two_ways_is_a_doubt_and_not_in_the_draft() {
    for (text, doubt) in [
        ("Ambush on 03/04/2026.", "?Date 03/04/2026"),
        ("Battalion 12 killed 3 yesterday", "?Casualties 12 killed"),
        ("The Brothers of Dawn came back.", "?Actor Brothers of Dawn"),
    ] {
        let message = read(text);
        assert!(marked(text, &message).contains(&doubt.to_owned()), "{text}: {:?}", marked(text, &message));
        let incident = &message.incident;
        assert!(incident.occurred.is_none() && incident.casualties.is_empty() && incident.actors.is_empty());
    }
    let text = "Ambush on 2026-03-09, not 2026-03-10. 4 killed. Later: 6 killed.";
    let message = read(text);
    assert_eq!(message.incident.killed().unwrap().best, Some(4));
    let doubts: Vec<_> = message.marks.iter().filter(|mark| !mark.taken).map(|mark| mark.what).collect();
    assert_eq!(doubts, [Found::Date, Found::Casualties]);
}

#[test]
fn numbers_that_count_no_people_are_left_alone() {
    for text in [
        "A boy aged 12 killed a goat",
        "Killed 40 cattle",
        "12 km from there they killed time",
        "PK12 is calm",
        "AK47 and RPG7 seen",
        "12, 14 and 16 are calm",
        "In 2014 it was calm",
        "the van left",
        "Call +236 70 12 34 56",
    ] {
        let message = read(text);
        assert!(message.marks.is_empty(), "{text}: {:?}", marked(text, &message));
    }
    let range = read("10-12 killed, up to 20 wounded");
    let counts: Vec<_> = range.incident.casualties.iter().map(|c| (c.low, c.best, c.high)).collect();
    assert_eq!(counts, [(Some(10), None, Some(12)), (None, None, Some(20))]);
}

#[test]
fn a_message_of_an_enemy_is_read_within_bounds() {
    let hostile = [
        "\u{202e}\u{0}\u{feff}:::::\n:\n",
        "WHO:\nWHO:\nWHO:\n",
        "WHEN: \nWHERE: \n١",
        "Killed: 99999999999999999999",
        "<script>alert(1)</script> killed 12",
        "ﷺ 12 killed ﷺ",
    ];
    for text in hostile {
        let message = read(text);
        for mark in &message.marks {
            assert!(text.get(mark.span.clone()).is_some(), "{text:?} {mark:?}");
        }
    }
    for piece in [
        "12 killed ",
        "Front of the Seven Wells ",
        "2026-03-09 6.5N 18.2E ",
        "١٢ قتيلا ",
        "WHERE: 1 2 3 4 5 6 7 8 9\n",
    ] {
        let long = piece.repeat(40_000);
        let message = read(&long);
        assert!(
            message.incident.actors.len() <= 20 && message.marks.len() < 5_000,
            "{}",
            message.marks.len()
        );
        assert_eq!(
            message.incident.narrative.as_deref(),
            Some(long.trim()),
            "what was not looked at is kept"
        );
    }
}

mod any_text {
    use proptest::prelude::*;

    use super::{known, read_message};

    proptest! {
        #[test]
        fn is_read_and_marked_where_it_can_be_cut(text in "([A-Za-z0-9 :.,\\n/°'-]|killed|WHO:|[ء-ي]|é|٣|\\PC){0,200}") {
            let message = read_message(&text, &known());
            let mut end = 0;
            for mark in &message.marks {
                prop_assert!(mark.span.start >= end && text.get(mark.span.clone()).is_some());
                end = mark.span.end;
            }
        }
    }
}

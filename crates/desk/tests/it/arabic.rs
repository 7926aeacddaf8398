//! A page that is read in Arabic says nothing in English and shows no code: everything that a record can say, charts,
//! entities, questions, what the guard points out, and why there was no session.

use std::time::Duration;

use counterseal_model::dtg::read_date;
use counterseal_model::record::{
    Act, Body, Casualties, Damage, Displacement, Entity, EntityKind, Incident, Involved, Link, Part, Response,
};
use counterseal_model::{
    Classification, Grading, Occurred, Place, PlacePrecision, RecordId, Term, Timestamp, Verification,
    VerificationStatus,
};
use counterseal_node::Desk;

use crate::browser::{Browser, Site, write_incident};
use crate::carrier::form;

const ID: &str = "01010101010101010101010101010101";

fn term(code: &str) -> Option<Term> {
    Some(Term::from_text(code).unwrap())
}

/// Whatever of an incident is a code, and what is typed is typed in Arabic.
fn coded() -> Incident {
    let date = read_date("2026-09-20", None).unwrap();
    let involved = |role, name: &str, entity: u8| Involved {
        role: term(role),
        entity: Some(RecordId::from_bytes([entity; 16])),
        name: Some(name.into()),
        ..Involved::default()
    };
    let actors = vec![involved("perpetrator", "كتيبة الجسر", 2), involved("victim", "سالم", 3)];
    Incident {
        kind: term("ambush-of-convoy"),
        occurred: Some(Occurred::span(date.at, date.at, date.precision)),
        place: Some(Place {
            name: Some("بوكا".into()),
            precision: Some(PlacePrecision::Near),
            ..Place::default()
        }),
        acts: vec![Act {
            act: term("killing"),
            method: term("air-strike"),
            by: vec![actors[0].clone()],
            to: vec![actors[1].clone()],
            ..Act::default()
        }],
        actors,
        damage: vec![Damage { object: term("school"), count: Some(2), ..Damage::default() }],
        displacement: vec![Displacement {
            people: Some(1_500),
            households: Some(3),
            ..Displacement::default()
        }],
        casualties: vec![Casualties {
            harm: term("abducted"),
            group: term("teachers"),
            best: Some(3),
            ..Casualties::default()
        }],
        weapons: vec![term("machete").unwrap(), term("mortar").unwrap()],
        response: vec![Response { action: term("patrol"), ..Response::default() }],
        verification: Some(Verification { status: VerificationStatus::Refuted, ..Verification::default() }),
        grading: Some(Grading::parse("B2").unwrap()),
        ..Incident::default()
    }
}

fn prepare(desk: &mut Desk) {
    let room = desk.find_compartment("incidents").unwrap();
    let made = Timestamp(1_789_000_000);
    let first =
        |n: u8, body| Part::first(RecordId::from_bytes([n; 16]), body, made, Classification::Unclassified);
    let group = Entity {
        subtype: term("non-state-armed-group"),
        ..Entity::named(EntityKind::Group, "كتيبة الجسر")
    };
    desk.write(room, vec![first(2, Body::Entity(Box::new(group)))]).unwrap();
    let person = Entity::named(EntityKind::Person, "سالم");
    desk.write(room, vec![first(3, Body::Entity(Box::new(person)))]).unwrap();
    let link = Link {
        kind: Term::from_text("member-of").unwrap(),
        from: RecordId::from_bytes([3; 16]),
        to: RecordId::from_bytes([2; 16]),
        when: None,
        grading: None,
        note: None,
        extra: Default::default(),
    };
    desk.write(room, vec![first(4, Body::Link(Box::new(link)))]).unwrap();
    let id = write_incident(desk, 1, coded());
    // A second version, of another classification.
    let parents = vec![desk.history(id).unwrap()[0].version];
    let body = Body::Incident(Box::new(Incident { un_affected: true, ..coded() }));
    let part = Part { parents, ..Part::first(id, body, made, Classification::Confidential) };
    desk.write(room, vec![part]).unwrap();
    // Another account of it, which has no name of its own either.
    write_incident(desk, 5, coded());
}

/// Texts of a page that its reader sees or hears: between its tags, and what fields and pictures are called.
fn texts(page: &str) -> Vec<String> {
    let mut all = Vec::new();
    for tag in page.split('<').skip(1) {
        let (head, text) = tag.split_once('>').unwrap_or((tag, ""));
        // Languages call themselves by their own names, and places on a map are called as GeoNames has them.
        if head.starts_with("option") && head.contains(" lang=") || head.contains("class=\"name place\"") {
            continue;
        }
        if !head.starts_with("script") && !head.starts_with("style") && !head.starts_with("code") {
            all.push(text.to_owned());
        }
        for name in ["placeholder", "aria-label", "alt", "data-more", "data-failed"] {
            let said = head.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
            all.extend(said.map(str::to_owned));
        }
        // What is typed in already, where it is words.
        if head.starts_with("input") && head.contains("type=\"text\"")
            || head.starts_with("option") && text.is_empty()
        {
            let typed = head.split(" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            all.extend(typed.map(str::to_owned));
        }
    }
    all
}

/// What no language has another word for: the program, its commands, formats, and what this site calls itself.
const OWN: [&str; 26] = [
    "GeoNames",
    "CC",
    "BY",
    "Counterseal",
    "counterseal",
    "MGRS",
    "GraphML",
    "GeoJSON",
    "JSON",
    "PNG",
    "Officer",
    "Quillfeather",
    "amp",
    "quot",
    "incidents",
    "ACLED",
    "UCDP",
    "ZMAR",
    "FeatureCollection",
    "Natural",
    "Earth",
    "UTC",
    "hub",
    "example",
    "Esc",
    "Ctrl",
];

fn latin(text: &str) -> Vec<String> {
    let text = text.replace("P-code", "");
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    words.filter(|word| !OWN.contains(word)).map(str::to_owned).collect()
}

/// What of a page is not Arabic, with where it stands.
fn not_arabic(page: &str) -> Vec<String> {
    let texts = texts(page).into_iter().filter(|text| !latin(text).is_empty());
    texts.map(|text| format!("{:?} in '{}'", latin(&text), text.trim())).collect()
}

fn reading(browser: &Browser, tongue: &str) -> Browser {
    Browser { more: vec![format!("Accept-Language: {tongue}")], ..browser.clone() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_in_arabic_says_nothing_in_english_and_shows_no_code() {
    let site = Site::begin_with(Duration::from_secs(600), prepare).await;
    let arabic = reading(&site.browser().await, "ar");
    let record = arabic.get(&format!("/record/{ID}")).await.body;
    let record = record.replace(['\u{2068}', '\u{2069}'], "");
    for said in ["كمين لقافلة", "القتل", "غارة جوية", "مدرسة", "1,500 شخص", "3 أسر", "إرسال دورية"]
    {
        assert!(record.contains(said), "'{said}' is not in {record}");
    }
    let edit = record.split(&format!("/record/{ID}/edit")).nth(1).unwrap();
    let edit = format!("/record/{ID}/edit{}", edit.split('"').next().unwrap().replace("&amp;", "&"));
    let mut strange = Vec::new();
    let ours = form(&[("type", "ambush-of-convoy"), ("place", "بوكا")]);
    let (group, person) = ("02".repeat(16), "03".repeat(16));
    for path in [
        format!("/record/{ID}"),
        edit,
        format!("/record/{}", "04".repeat(16)),
        format!("/find?{ours}"),
        format!("/situation?{ours}"),
        format!("/situation/daily?{ours}"),
        format!("/situation/flash?{ours}"),
        format!("/situation?{ours}&verified=refuted"),
        format!("/situation/daily?{ours}&verified=refuted"),
        "/entities".to_owned(),
        format!("/entity/{group}"),
        format!("/chart/{group}"),
        format!("/chart/{person}?way={ID}"),
        format!("/chart/{ID}"),
    ] {
        let page = arabic.get(&path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.body);
        strange.extend(not_arabic(&page.body).into_iter().map(|text| format!("{path}: {text}")));
    }
    assert!(strange.is_empty(), "{}", strange.join("\n"));
    let near = arabic.get(&format!("/chart/{group}/near")).await.body;
    assert!(near.contains("\"by\":\"عضو في\"") && !near.contains("member-of"), "{near}");
    site.pages.stop().await.unwrap();
}

/// What a form shows in words is read back as the same codes: whoever changes nothing writes nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn types_are_asked_for_and_typed_by_what_they_are_called_in_any_language() {
    let site = Site::begin_with(Duration::from_secs(600), prepare).await;
    let browser = site.browser().await;
    for (tongue, called) in [
        ("en", "Ambush of a convoy"),
        ("fr", "Embuscade contre un convoi"),
        ("es", "Emboscada a un convoy"),
        ("ar", "كمين لقافلة"),
    ] {
        let reader = reading(&browser, tongue);
        let asked = form(&[("type", called)]);
        for path in ["/find", "/situation"] {
            let page = reader.get(&format!("{path}?{asked}")).await.body;
            assert!(page.contains(&format!("value=\"{called}\"")), "{tongue} {path}: {page}");
            assert!(page.contains(&format!("/record/{ID}")), "{tongue} {path} finds it: {page}");
            let by_code = reader.get(&format!("{path}?type=ambush-of-convoy")).await.body;
            assert!(by_code.contains(&format!("value=\"{called}\"")), "{tongue} {path}: {by_code}");
            // Taking the question away leads on by address; it holds the codes that it held.
            assert!(by_code.contains("type=ambush-of-convoy"), "{tongue} {path}: {by_code}");
        }
        let none = reader.get("/find?type=no-such-type").await.body;
        assert!(none.contains("value=\"no-such-type\"") && !none.contains("/record/"), "{none}");
    }
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_guard_says_why_in_the_readers_language() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    for (tongue, mail, phone) in [
        ("en", "looks like an e-mail address", "looks like a telephone number"),
        ("fr", "ressemble à une adresse électronique", "ressemble à un numéro de téléphone"),
        ("es", "parece una dirección de correo electrónico", "parece un número de teléfono"),
        ("ar", "يشبه عنوان بريد إلكتروني", "يشبه رقم هاتف"),
    ] {
        let reader = reading(&browser, tongue);
        let token = reader.get("/report").await.token();
        let typed = form(&[("token", &token), ("narrative", "a@b.example, +236 70 12 34 56")]);
        let said = reader.post("/report/check", &typed).await.body;
        assert!(said.contains(mail) && said.contains(phone), "{tongue}: {said}");
    }
    site.pages.stop().await.unwrap();
}

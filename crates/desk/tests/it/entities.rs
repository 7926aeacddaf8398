//! Entities, link charts, and records that are said to be one.

use std::time::Duration;

use counterseal_model::record::{Body, Entity, EntityKind, Link, Part};
use counterseal_model::{Classification, Grading, RecordId, Term, Timestamp};
use counterseal_node::{Desk, MergeTerms};
use counterseal_synth::{Plan, World};

use crate::browser::{Browser, INCIDENTS, Site};

/// Markup as a name.
const PLANTED: &str = "<script>alert('x')</script>\" onmouseover=\"alert(1)";

/// Writes the synthetic mission's entities and links.
pub(crate) fn cast(desk: &mut Desk) {
    let world = World::new(Plan::new(7, INCIDENTS));
    let compartment = desk.find_compartment("incidents").unwrap();
    let part = |id, body| Part::first(id, body, Timestamp(1_789_000_000), Classification::Unclassified);
    let entities = world.entities().into_iter().map(|(id, entity)| part(id, Body::Entity(Box::new(entity))));
    let links = world.links().into_iter().map(|(id, link)| part(id, Body::Link(Box::new(link))));
    let parts: Vec<Part> = entities.chain(links).collect();
    for chunk in parts.chunks(500) {
        desk.write(compartment, chunk.to_vec()).unwrap();
    }
}

/// Writes an entity with this name.
pub(crate) fn entity(desk: &mut Desk, n: u8, kind: EntityKind, name: &str) -> RecordId {
    let id = RecordId::from_bytes([n; 16]);
    let compartment = desk.find_compartment("incidents").unwrap();
    let body = Body::Entity(Box::new(Entity::named(kind, name)));
    desk.write(
        compartment,
        vec![Part::first(id, body, Timestamp(1_789_000_000), Classification::Unclassified)],
    )
    .unwrap();
    id
}

/// Links two records.
pub(crate) fn tie(desk: &mut Desk, kind: &str, from: RecordId, to: RecordId, grade: &str) {
    let compartment = desk.find_compartment("incidents").unwrap();
    let link = Link {
        kind: Term::from_text(kind).unwrap(),
        from,
        to,
        when: None,
        grading: Grading::parse(grade).ok(),
        note: Some(PLANTED.to_owned()),
        extra: Default::default(),
    };
    desk.record_new(compartment, Body::Link(Box::new(link)), Classification::Unclassified).unwrap();
}

/// Two persons and a group: numbers 1, 2 and 3.
fn three(desk: &mut Desk) {
    let one = entity(desk, 1, EntityKind::Person, "Kamel Nobody");
    let other = entity(desk, 2, EntityKind::Person, PLANTED);
    let group = entity(desk, 3, EntityKind::Group, "Front of the Seven Wells");
    tie(desk, "member-of", other, group, "B2");
    let _ = one;
}

async fn site(prepare: impl FnOnce(&mut Desk) + Send + 'static) -> (Site, Browser) {
    let site = Site::begin_with(Duration::from_secs(600), prepare).await;
    let browser = site.browser().await;
    (site, browser)
}

fn id(n: u8) -> String {
    RecordId::from_bytes([n; 16]).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_records_are_said_to_be_one_by_name_and_taken_apart_again_and_both_pages_show_it() {
    let (site, browser) = site(three).await;
    for path in ["entity", "chart", "record"] {
        let page = browser.get(&format!("/{path}/{}", id(1))).await;
        let kind = page.title().strip_suffix(" · Counterseal").unwrap();
        assert!(["Person, group or thing", "Link chart", "Record"].contains(&kind), "{path}: {kind}");
    }
    let page = browser.get(&format!("/entity/{}", id(1))).await.body;
    assert!(page.contains("No link leads to or from it."));
    let token = browser.get("/entities").await.token();
    let path = format!("/entity/{}/merge", id(1));
    for (form, why) in [
        ("other=nobody+at+all", "Nobody here has that name"),
        ("other=alert&grade=Z9", "is not a grading"),
        (&format!("other={}", id(3))[..], "only two entities of one kind"),
        (&format!("other={}", id(1))[..], "is itself"),
    ] {
        let refused = browser.post(&path, &format!("token={token}&{form}")).await;
        assert_eq!(refused.status, 422, "{form}");
        assert!(refused.body.contains(why), "{form}");
        assert!(refused.body.contains("Kamel Nobody"), "the page comes back");
    }
    let form = format!("token={token}&other=alert&grade=C3&note=same+voice");
    let done = browser.post(&path, &form).await;
    assert_eq!(
        (done.status, done.header("location").unwrap()),
        (303, &format!("/entity/{}#same", id(1))[..])
    );
    for n in [1, 2] {
        let page = browser.get(&format!("/entity/{}", id(n))).await.body;
        for said in ["Officer Quillfeather", "same voice", "C3", "counts now", "Front of the Seven Wells"] {
            assert!(page.contains(said), "{n}: {said}");
        }
        assert!(!page.contains("<script>alert") && !page.contains("\" onmouseover=\""), "a name is text");
    }
    assert!(browser.post(&path, &form).await.body.contains("said to be one already"));
    let split = format!("/entity/{}/split", id(1));
    let form = format!("token={token}&record={}&note=another+voice", id(2));
    assert_eq!(browser.post(&split, &form).await.status, 303);
    let page = browser.get(&format!("/entity/{}", id(1))).await.body;
    assert!(page.contains("another voice") && page.contains("same voice"), "the history stays");
    assert!(page.contains("No link leads to or from it."));
    assert_eq!(browser.post(&split, &form).await.status, 422, "once");
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_form_is_taken_without_its_token_and_nothing_is_told_of_a_locked_desk() {
    let (site, browser) = site(three).await;
    for path in ["merge", "split"]
        .map(|act| format!("/entity/{}/{act}", id(1)))
        .into_iter()
        .chain([format!("/chart/{}/export", id(1))])
    {
        let form = format!("other={}&record={}&compartment=incidents", id(2), id(2));
        for token in ["", "token=0000&"] {
            let refused = browser.post(&path, &format!("{token}{form}")).await;
            assert!(refused.status == 403 || refused.status == 422, "{path} {}", refused.status);
        }
    }
    let page = browser.get(&format!("/entity/{}", id(1))).await;
    assert!(page.body.contains("Nobody says that it is the same"));
    for path in ["/entity/ffffffff", "/chart/ffffffff", "/chart/ffffffff/near", "/chart/nothing/way?way=x"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    let token = page.token();
    browser.post("/lock", &format!("token={token}")).await;
    for path in ["/entities", "/entity/0101", "/chart/0101"] {
        let locked = browser.get(path).await;
        assert_eq!(locked.status, 303);
        assert!(locked.header("location").unwrap().starts_with("/unlock"));
    }
    let near = browser.get(&format!("/chart/{}/near", id(1))).await;
    assert_eq!((near.status, near.body.as_str()), (409, ""));
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chart_is_a_picture_a_list_and_data_that_agree_and_every_text_in_it_is_text() {
    let (site, browser) = site(three).await;
    let page = browser.get(&format!("/chart/{}?steps=2", id(3))).await;
    assert_eq!(page.status, 200);
    for said in ["Front of the Seven Wells", "member-of", "B2", "class=\"tie good\"", "Save as GraphML"] {
        assert!(page.body.contains(said), "{said}");
    }
    assert!(!page.body.contains("<script>alert") && !page.body.contains("\" onmouseover=\""));
    assert!(!page.body.contains(" style="), "the policy stops styles in the page");
    let near = browser.get(&format!("/chart/{}/near", id(3))).await;
    assert_eq!(near.header("content-type"), Some("application/json"));
    assert_eq!(near.header("cache-control"), Some("no-store"));
    let data: serde_json::Value = serde_json::from_str(&near.body).unwrap();
    assert_eq!(data["nodes"].as_array().unwrap().len(), 2);
    assert_eq!(data["nodes"][1]["name"], PLANTED);
    assert_eq!((&data["edges"][0]["grade"], &data["edges"][0]["strength"]), (&"B2".into(), &3.into()));
    let none = browser.get(&format!("/chart/{}?way={}", id(3), id(1))).await.body;
    assert!(none.contains("No way leads from one to the other."));
    let way = browser.get(&format!("/chart/{}?way=alert", id(3))).await.body;
    assert!(way.contains("The shortest way") && way.contains(" — member-of → "));
    let narrowed = browser.get(&format!("/chart/{}?only=vehicle&from=x", id(3))).await.body;
    assert!(narrowed.contains("No ties") && narrowed.contains("aria-invalid"));
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chart_leaves_as_a_marked_file_and_the_export_is_traced() {
    let (site, browser) = site(three).await;
    let token = browser.get("/entities").await.token();
    let form = format!("token={token}&compartment=incidents&steps=1");
    let file = browser.post(&format!("/chart/{}/export", id(3)), &form).await;
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/xml")));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment; filename=\"chart-"));
    assert!(file.body.contains("counterseal-export:") && file.body.contains("SYNTHETIC"));
    assert!(!file.body.contains("<script") && file.body.contains("&lt;script&gt;"));
    let path = format!("/chart/{}", id(3));
    let totals = browser.get("/").await;
    assert_eq!(totals.status, 200);
    let wrong = format!("token={token}&compartment=nowhere");
    assert_eq!(browser.post(&format!("{path}/export"), &wrong).await.status, 422);
    let wrong = format!("token={token}&compartment=incidents&purpose=Not+A+Code!");
    assert_eq!(browser.post(&format!("{path}/export"), &wrong).await.status, 422);
    // The trace stands on the disk: the desk that is opened anew knows the mark.
    let mark = file.body.split("counterseal-export:").nth(1).unwrap()[..32].to_owned();
    let folder = site.folder;
    site.pages.stop().await.unwrap();
    let desk = crate::browser::reopened(folder.path());
    let traced = desk.exports().unwrap();
    assert_eq!((traced.len(), &traced[0].0.mark, traced[0].0.format.as_str()), (1, &mark, "graphml"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_entities_leads_to_pages_whose_incidents_and_links_agree_with_find() {
    let (site, browser) = site(|desk| {
        cast(desk);
        let ids = [[1; 16], [2; 16]].map(RecordId::from_bytes);
        entity(desk, 1, EntityKind::Person, "Kamel");
        entity(desk, 2, EntityKind::Person, "Camel");
        desk.merge_entities(MergeTerms::new(ids[0], ids[1])).unwrap();
    })
    .await;
    let list = browser.get("/entities").await.body;
    let first = list.split("href=\"/entity/").nth(1).unwrap();
    let path = format!("/entity/{}", &first[..32]);
    let page = browser.get(&path).await.body;
    assert!(page.matches("href=\"/record/").count() > 20, "incidents and links");
    assert!(page.contains("class=\"timeline\"") && page.contains("href=\"/find?actor="));
    let one = browser.get("/entities?name=camel&what=person").await.body;
    assert!(one.contains("1 entity fits") || one.contains("entity fits"), "{one}");
    let none = browser.get("/entities?name=%25%25").await.body;
    assert!(none.contains("Nothing fits."));
    site.pages.stop().await.unwrap();
}

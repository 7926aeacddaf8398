//! Entities and link charts in a real browser, with scripts and without.

use std::time::Duration;

use counterseal_model::record::{Body, Entity, EntityKind, Link, Part};
use counterseal_model::{Classification, Grading, RecordId, Term, Timestamp};
use counterseal_node::{Desk, MergeTerms};

use super::Window;
use super::window::is_there;
use crate::browser::Site;
use crate::entities::{cast, entity, tie};

/// Links of the large chart.
const MANY: usize = 10_000;

fn id(n: u8) -> RecordId {
    RecordId::from_bytes([n; 16])
}

/// A person of two names, with a cast around them.
fn people(desk: &mut Desk) {
    cast(desk);
    entity(desk, 1, EntityKind::Person, "Kamel Nobody");
    entity(desk, 2, EntityKind::Person, "كامل الطويل");
    entity(desk, 3, EntityKind::Group, "Front of the Seven Wells");
    entity(desk, 4, EntityKind::Vehicle, "Pick-up, white");
    entity(desk, 5, EntityKind::Organisation, "Ochre Haulage Company");
    entity(desk, 6, EntityKind::Person, "Madame Lantern");
    for (kind, from, to, grade) in [
        ("member-of", 1, 3, "B2"),
        ("owns", 2, 4, "C3"),
        ("works-for", 6, 5, "E4"),
        ("finances", 5, 3, ""),
        ("met-with", 6, 2, "A1"),
    ] {
        tie(desk, kind, id(from), id(to), grade);
    }
    desk.merge_entities(MergeTerms {
        note: Some("Same voice, same limp.".into()),
        ..MergeTerms::new(id(1), id(2))
    })
    .unwrap();
}

async fn site() -> Site {
    Site::begin_with(Duration::from_secs(600), people).await
}

async fn look(tongue: &str) {
    if !is_there() {
        return;
    }
    let site = site().await;
    let window = Window::begin_as(&site, tongue, true).await;
    window.go("/entities").await;
    let busiest = window.run("return document.querySelector('tbody a').getAttribute('href')").await;
    let busiest = busiest.as_str().unwrap().to_owned();
    for (path, name) in [
        (format!("/entity/{}", id(1)), "entity"),
        (busiest.clone(), "entity-busy"),
        (format!("/chart/{}?steps=2&way=Ochre", id(1)), "chart"),
        (busiest.replace("/entity/", "/chart/"), "chart-busy"),
    ] {
        window.go(&path).await;
        if name.starts_with("chart") {
            window.wait("#chart[data-ready]").await;
        }
        window.assert_fits(&path).await;
        window.assert_accessible(&path).await;
        window.assert_quiet(&path).await;
        window.picture(&format!("{name}-{tongue}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entities_and_charts_in_english() {
    look("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entities_and_charts_in_french() {
    look("fr").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entities_and_charts_in_spanish() {
    look("es").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entities_and_charts_in_arabic() {
    look("ar").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_a_chart_is_a_drawing_whose_records_are_links() {
    if !is_there() {
        return;
    }
    let site = site().await;
    let window = Window::begin_as(&site, "en", false).await;
    window.go("/entities?name=kamel").await;
    window.click("tbody a").await;
    assert_eq!(window.text("h1").await, "Kamel Nobody");
    window.picture("entity-plain").await;
    window.go(&format!("/chart/{}?steps=2&way=Ochre", id(1))).await;
    window.wait_says(".way", "Ochre Haulage Company").await;
    window.picture("chart-plain").await;
    window.go(&format!("/chart/{}?steps=2#chart", id(1))).await;
    window.picture("chart-plain-drawing").await;
    window.click("#chart svg a:nth-of-type(2)").await;
    assert!(window.path().await.starts_with("/chart/"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chart_expands_narrows_and_shows_the_way() {
    if !is_there() {
        return;
    }
    let site = site().await;
    let window = Window::begin(&site).await;
    window.go(&format!("/chart/{}", id(1))).await;
    window.wait("#chart[data-ready]").await;
    let count = "const cy = document.getElementById('chart').chart; return [cy.nodes(':visible').length, cy.edges(':visible').length]";
    assert_eq!(window.run(count).await, serde_json::json!([4, 3]));
    // By keyboard alone: choose a record of the list, expand it.
    window
        .run(&format!("const s = document.querySelector('.tools select'); s.value = '{}'; s.focus();", id(3)))
        .await;
    window
        .run(
            "[...document.querySelectorAll('.tools button')].find((b) => b.textContent === 'Expand').focus()",
        )
        .await;
    window.keys("\u{e007}").await;
    window.wait("#chart[data-ready]").await;
    wait_for(&window, "return document.getElementById('chart').chart.nodes().length", 5).await;
    window.run(&format!("document.querySelector('.tools select').value = '{}'", id(5))).await;
    window.run("[...document.querySelectorAll('.tools button')].find((b) => b.textContent.startsWith('Way')).click()").await;
    wait_for(&window, "return document.getElementById('chart').chart.elements('.way').length", 5).await;
    window.wait_says("#chart [role=status]", "→").await;
    window.picture("chart-way-en").await;
    // A type that is not wanted, and a time.
    window.run("document.querySelector('.tools input[value=vehicle]').click()").await;
    wait_for(
        &window,
        "return document.getElementById('chart').chart.nodes('[what=\"vehicle\"]:visible').length",
        0,
    )
    .await;
    window.assert_accessible("chart").await;
    window.assert_quiet("chart").await;
}

async fn wait_for(window: &Window, script: &str, wanted: u64) {
    for _ in 0..100 {
        if window.run(script).await.as_u64() == Some(wanted) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{script}: {} and not {wanted}", window.run(script).await);
}

/// A group with ten thousand links: how long until it can be used, and how it moves.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_links_stay_usable() {
    if !is_there() {
        return;
    }
    let site = Site::begin_with(Duration::from_secs(600), |desk| {
        let compartment = desk.find_compartment("incidents").unwrap();
        let part = |id, body| Part::first(id, body, Timestamp(1_789_000_000), Classification::Unclassified);
        let group = entity(desk, 3, EntityKind::Group, "Front of the Seven Wells");
        let person = |n: usize| RecordId::from_bytes(((n as u128 + 1) << 32).to_be_bytes());
        let parts: Vec<Part> = (0..MANY)
            .flat_map(|n| {
                let body = Entity::named(EntityKind::Person, format!("Person {n}"));
                let kind = Term::from_text(["member-of", "pays", "seen-with"][n % 3]).unwrap();
                let grading = Grading::parse(["B2", "C3", "E5", "F6"][n % 4]).ok();
                let link = Link {
                    kind,
                    from: person(n),
                    to: group,
                    when: None,
                    grading,
                    note: None,
                    extra: Default::default(),
                };
                let link_id = RecordId::from_bytes(((n as u128 + 1) << 80).to_be_bytes());
                [part(person(n), Body::Entity(Box::new(body))), part(link_id, Body::Link(Box::new(link)))]
            })
            .collect();
        parts.chunks(500).for_each(|chunk| desk.write(compartment, chunk.to_vec()).unwrap());
    })
    .await;
    let window = Window::begin(&site).await;
    window.go(&format!("/chart/{}", id(3))).await;
    window.wait("#chart[data-ready]").await;
    let small = window.run("return Number(document.getElementById('chart').dataset.ready)").await;
    assert!(
        window.text("figcaption").await.contains("9,976") || window.text("figcaption").await.contains("9976")
    );
    window.go(&format!("/chart/{}?most=12000", id(3))).await;
    window.wait_long("#chart[data-ready]").await;
    let ready = window.run("return Number(document.getElementById('chart').dataset.ready)").await;
    let shown = window.run("return document.getElementById('chart').chart.edges().length").await;
    assert_eq!(shown.as_u64(), Some(MANY as u64));
    let frames = window
        .run_async(
            "const done = arguments[arguments.length - 1]; const cy = document.getElementById('chart').chart; const times = []; let last = performance.now(); \
             const step = (n) => { const now = performance.now(); times.push(now - last); last = now; cy.panBy({ x: n % 2 ? 7 : -5, y: 3 }); if (n > 0) { requestAnimationFrame(() => step(n - 1)); } else { times.sort((a, b) => a - b); done([times[Math.floor(times.length / 2)], times[Math.floor(times.length * 0.95)]]); } }; \
             requestAnimationFrame(() => step(90));",
        )
        .await;
    println!(
        "24 of {MANY} links: usable after {small} ms; all of them after {ready} ms; frames while panning, p50 and p95: {frames} ms"
    );
    window.picture("chart-many-en").await;
    assert!(ready.as_f64().unwrap() < 30_000.0, "{ready}");
    assert!(frames[0].as_f64().unwrap() < 250.0, "{frames}");
}

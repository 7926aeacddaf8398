//! The situation with scripts: map, timeline, breakdowns and list change together, and the address says what is asked.

use std::time::Duration;

use serde_json::json;

use super::Window;
use super::window::is_there;
use crate::browser::{INCIDENTS, Site};
use crate::entities::cast;

/// Until the map has drawn what it asked for.
const DRAWN: &str = "#map.there[data-drawn]";

async fn number(window: &Window) -> u64 {
    // In one step: what is found may be replaced before it is read.
    let said = window.run("return document.querySelector('#count strong')?.textContent ?? ''").await;
    let digits: String = said.as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// Waits until another number of incidents fits.
async fn changed(window: &Window, before: u64) -> u64 {
    for _ in 0..100 {
        let now = number(window).await;
        if now != before && now > 0 {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("still {before} at {}", window.path().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn map_timeline_breakdowns_and_list_narrow_each_other_and_the_address_says_how() {
    if !is_there() {
        return;
    }
    let site = Site::begin().await;
    let window = Window::begin(&site).await;
    window.go("/situation").await;
    window.wait(DRAWN).await;
    window.picture("situation-map-en").await;
    let all = number(&window).await;
    assert_eq!(all, INCIDENTS as u64);
    // A bar of a breakdown.
    window.run("document.querySelector('.breakdowns th a').click()").await;
    let of_type = changed(&window, all).await;
    assert!(of_type < all && window.path().await.contains("type="), "{}", window.path().await);
    assert!(!window.path().await.contains("words="), "what is empty is not in the address");
    // The same by the form, and away again by the chip.
    window.run("document.querySelector('.chips a').click()").await;
    assert_eq!(changed(&window, of_type).await, all);
    // A box that is drawn.
    window.run("window.situationMap.setZoom(window.situationMap.getZoom() + 1)").await;
    window.click("[data-tool=section]").await;
    let boxed = changed(&window, all).await;
    assert!(boxed < all && window.path().await.contains("box="));
    // A box that is drawn within it.
    window.click("[data-tool=box]").await;
    window.drag("#map canvas.leaflet-zoom-animated, #map", (-0.3, -0.3), (0.3, 0.3)).await;
    let boxed = changed(&window, boxed).await;
    // A part of the timeline.
    window.drag("#timeline .u-over", (-0.1, 0.0), (0.1, 0.2)).await;
    let timed = changed(&window, boxed).await;
    let path = window.path().await;
    assert!(timed < boxed && path.contains("from=") && path.contains("box="), "{path}");
    // What the address says is what is there when it is opened again, with scripts and without.
    window.go(&path).await;
    window.wait(DRAWN).await;
    assert_eq!(number(&window).await, timed);
    window.assert_accessible(&path).await;
    window.assert_fits(&path).await;
    window.assert_quiet(&path).await;
    window.picture("situation-narrow-en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_area_is_drawn_corner_by_corner() {
    if !is_there() {
        return;
    }
    let site = Site::begin().await;
    let window = Window::begin(&site).await;
    window.go("/situation").await;
    window.wait(DRAWN).await;
    let all = number(&window).await;
    window.click("[data-tool=area]").await;
    let corners = "const map = document.getElementById('map'), at = map.getBoundingClientRect();
        for (const [x, y] of [[0.2, 0.2], [0.8, 0.25], [0.5, 0.8]]) {
            for (const kind of ['mousemove', 'mousedown', 'mouseup', 'click']) {
                map.querySelector('canvas').dispatchEvent(new MouseEvent(kind, { bubbles: true, clientX: at.left + at.width * x, clientY: at.top + at.height * y, button: 0 }));
            }
        }";
    window.run(corners).await;
    window.run("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))").await;
    let inside = changed(&window, all).await;
    let path = window.path().await;
    assert!(inside > 0 && inside < all && path.contains("area="), "{path}: {inside}");
    assert!(!path.contains("box="));
    window.wait(DRAWN).await;
    window.picture("situation-area-en").await;
    // The list of the same question has as many.
    window.go(&path.replace("/situation", "/find")).await;
    let rows = window.count("tbody tr").await as u64;
    assert_eq!(rows, inside.min(100), "{path}");
    window.assert_quiet(&path).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_periods_stand_side_by_side_in_arabic() {
    if !is_there() {
        return;
    }
    let site = Site::begin().await;
    let window = Window::begin_as(&site, "ar", true).await;
    window.go("/situation?from=2023&to=2024&since=2021&until=2022").await;
    window.wait(DRAWN).await;
    assert_eq!(window.count("table.compare tbody tr").await, 2);
    window.assert_accessible("compare").await;
    window.assert_fits("compare").await;
    window.assert_quiet("compare").await;
    window.picture("situation-compare-ar").await;
}

/// Near by, areas, rivers, lakes and places are drawn, and only of what is in sight; farther out none of it is fetched.
async fn near_by(tongue: &str) {
    let site = Site::begin_with(Duration::from_secs(600), cast).await;
    let window = Window::begin_as(&site, tongue, true).await;
    window.go("/situation").await;
    window.wait(DRAWN).await;
    let fetched = "return performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/detail.json')).length";
    window.run("window.situationMap.setView([10, 20], 3)").await;
    assert_eq!(window.run(fetched).await, 0);
    window.run("window.situationMap.setView([5.6, 21.2], 7)").await;
    window.wait("#map[data-near]").await;
    window.wait(".name.place").await;
    let names = window
        .run("return [...document.querySelectorAll('.name.place')].map((one) => one.textContent)")
        .await;
    let names: Vec<&str> = names.as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    assert!(names.contains(&"Bambari") && !names.contains(&"Nairobi"), "{names:?}");
    // Looked at in a copy: Chromium complains of whoever reads a canvas that it draws on twice.
    let drawn = "const canvas = document.querySelector('.leaflet-near-pane canvas'), copy = document.createElement('canvas');
        copy.width = canvas.width; copy.height = canvas.height;
        const context = copy.getContext('2d', { willReadFrequently: true });
        context.drawImage(canvas, 0, 0);
        return context.getImageData(0, 0, copy.width, copy.height).data.some((byte) => byte)";
    window.wait_until(drawn, &json!(true)).await;
    window.wait_says(".mapside .caption", "GeoNames").await;
    window.assert_quiet("near by").await;
    window.assert_accessible("near by").await;
    window.picture(&format!("situation-near-{tongue}")).await;
    // And away again: farther out nothing of it is on the map.
    window.run("window.situationMap.setView([10, 20], 3)").await;
    window.wait_gone(".name.place").await;
    window.wait_until(drawn, &json!(false)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn near_by_areas_rivers_and_places_are_drawn_in_english() {
    if is_there() {
        near_by("en").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn near_by_areas_rivers_and_places_are_drawn_in_arabic() {
    if is_there() {
        near_by("ar").await;
    }
}

/// A short period is drawn by days, and what is selected on it is days; the other period lies over it day by day.
async fn by_days(tongue: &str) {
    let site = Site::begin().await;
    let window = Window::begin_as(&site, tongue, true).await;
    window.go("/situation?from=2022-01-10&to=2022-04-30&since=2021-01-10&until=2021-04-30").await;
    window.wait("#timeline.there[data-step='day']").await;
    window.wait(DRAWN).await;
    let all = number(&window).await;
    window.run("document.querySelector('.by-time').closest('details').open = true").await;
    window.assert_accessible("days").await;
    window.assert_fits("days").await;
    window.picture(&format!("situation-days-{tongue}")).await;
    window.drag("#timeline .u-over", (-0.3, 0.0), (0.3, 0.2)).await;
    assert!(changed(&window, all).await < all);
    let path = window.path().await;
    let typed = path.split("from=").nth(1).unwrap().split('&').next().unwrap();
    assert!(typed.len() == 10 && typed.starts_with("2022-0"), "{path}");
    window.assert_quiet("days").await;
    window.go("/situation?from=2022").await;
    window.wait("#timeline.there[data-step='month']").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_period_is_drawn_by_days_in_english() {
    if is_there() {
        by_days("en").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_period_is_drawn_by_days_in_arabic() {
    if is_there() {
        by_days("ar").await;
    }
}

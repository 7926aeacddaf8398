//! Reports on paper, layers and the mission's own basemap, as they are seen.

use std::time::Duration;

use super::Window;
use super::window::is_there;
use crate::browser::Site;
use crate::situation::with_sites;

async fn look(tongue: &str) {
    let site = Site::begin().await;
    let window = Window::begin_as(&site, tongue, true).await;
    let view = "verified=verified";
    for (path, name) in [
        (format!("/situation/daily?{view}&on=2023-03-18"), "daily"),
        (format!("/situation/flash?{view}"), "flash"),
        (format!("/situation/export?{view}"), "export"),
    ] {
        window.go(&path).await;
        window.assert_accessible(&path).await;
        window.assert_fits(&path).await;
        window.picture(&format!("{name}-look-{tongue}")).await;
        if name == "export" {
            continue;
        }
        window.click("input[name=sure]").await;
        window.click("form.before button").await;
        window.wait(".sheet code").await;
        assert!(window.text(".sheet code").await.starts_with("counterseal-export:"));
        window.assert_accessible(name).await;
        window.assert_fits(name).await;
        window.assert_quiet(name).await;
        let pages = window.print(&format!("{name}-{tongue}")).await;
        assert!((1..=6).contains(&pages), "{name}: {pages}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_are_looked_at_copied_and_printed_in_english() {
    if is_there() {
        look("en").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_are_looked_at_copied_and_printed_in_arabic() {
    if is_there() {
        look("ar").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_layer_and_the_missions_basemap_lie_on_the_map_and_a_view_is_kept() {
    if !is_there() {
        return;
    }
    let site = Site::begin_with(Duration::from_secs(600), with_sites).await;
    let window = Window::begin(&site).await;
    window.go("/situation?killed=1").await;
    window.wait("#map.there[data-drawn]").await;
    window.run("document.querySelector('.layers a').click()").await;
    window.wait("#map[data-layers='3']").await;
    assert!(window.path().await.contains("layers="));
    assert!(window.count(".placed").await > 0);
    // The file is given as a person gives it: chosen in the page.
    let file = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"featurecla":"River","name":"Quagga"},"geometry":{"type":"LineString","coordinates":[[22,5],[26,7],[31,6],[33,10]]}},
        {"type":"Feature","properties":{"featurecla":"Disputed (please verify)"},"geometry":{"type":"LineString","coordinates":[[25,9],[29,9.4]]}},
        {"type":"Feature","properties":{"name":"<img src=x onerror=alert(1)>","scalerank":0},"geometry":{"type":"Point","coordinates":[28,8]}}]}"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("basemap.geojson");
    std::fs::write(&path, file).unwrap();
    window.run("document.getElementById('basemap-shelf').open = true").await;
    window.send("#basemap-file", path.to_str().unwrap()).await;
    window.wait("#map[data-mission]").await;
    window.wait("#map.there[data-drawn]").await;
    window.wait(".name.place").await;
    assert_eq!(window.text(".name.place").await, "<img src=x onerror=alert(1)>");
    // It stands in the place of what the program brings.
    window.run("window.situationMap.setView([6.6, 20.5], 6)").await;
    window.wait(".name.country").await;
    assert_eq!(window.count("#map[data-near]").await, 0);
    assert!(!window.text(".mapside .caption").await.contains("GeoNames"));
    // A view is kept, and stands on the first page.
    window.run("document.querySelector('.shelf').open = true").await;
    window.fill("#kept-name", "South, with sites").await;
    window.keys("\u{e007}").await;
    window.wait("#map.there[data-drawn]").await;
    window.picture("situation-layers-en").await;
    window.assert_accessible("layers").await;
    window.assert_quiet("layers").await;
    window.go("/").await;
    window.click("ul.kept a").await;
    window.wait("#map.there[data-drawn]").await;
    assert!(window.path().await.contains("layers=") && window.path().await.contains("killed=1"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_are_looked_at_copied_and_printed_in_french() {
    if is_there() {
        look("fr").await;
    }
}

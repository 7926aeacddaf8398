//! Every page, as it is when nothing special is asked: it opens, nothing in it fails, nothing is cut off, and whoever uses
//! a keyboard or a screen reader can use it; in each language; and it is there without scripts.

use std::time::Duration;

use counterseal_model::record::Incident;

use super::Window;
use super::window::is_there;
use crate::browser::{Site, write_incident};

/// Where the pages are, and what their pictures are called.
const PAGES: [(&str, &str); 16] = [
    ("/", "first"),
    ("/situation", "situation"),
    ("/find", "find"),
    ("/entities", "entities"),
    ("/report", "report"),
    ("/cases", "cases"),
    ("/openings", "openings"),
    ("/trust", "trust"),
    ("/mine", "mine"),
    ("/shift", "shift"),
    ("/travel", "travel"),
    ("/destroy", "destroy"),
    ("/link", "link"),
    ("/people", "people"),
    ("/invite", "invite"),
    ("/handover", "handover"),
];

async fn look_at_all(tongue: &str) {
    if !is_there() {
        return;
    }
    let site = Site::begin().await;
    let window = Window::begin_as(&site, tongue, true).await;
    for (path, name) in PAGES {
        window.go(path).await;
        assert_eq!(window.run("return document.documentElement.lang").await, tongue, "{path}");
        window.assert_fits(path).await;
        window.assert_fits_zoomed(path).await;
        window.assert_accessible(path).await;
        window.assert_quiet(path).await;
        window.picture(&format!("{name}-{tongue}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_in_english() {
    look_at_all("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_in_french() {
    look_at_all("fr").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_in_spanish() {
    look_at_all("es").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_in_arabic() {
    look_at_all("ar").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_without_scripts() {
    if !is_there() {
        return;
    }
    let site = Site::begin().await;
    let window = Window::begin_as(&site, "en", false).await;
    for (path, name) in PAGES {
        window.go(path).await;
        assert!(!window.text("h1").await.is_empty(), "{path}");
        window.picture(&format!("{name}-plain")).await;
    }
}

/// What a browser of today would do with markup that somebody planted in a report, were it not shown as text.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn planted_markup_does_nothing_in_a_real_browser() {
    if !is_there() {
        return;
    }
    let title =
        "<img src=x onerror=\"document.title='planted'\"> هجوم <script>document.title='planted'</script>";
    let site = Site::begin_with(Duration::from_secs(600), move |desk| {
        let title = Some(title.to_owned());
        write_incident(desk, 1, Incident { title: title.clone(), narrative: title, ..Incident::default() });
    })
    .await;
    let window = Window::begin(&site).await;
    for path in [format!("/record/{}", "01".repeat(16)), "/find?words=planted".to_owned()] {
        window.go(&path).await;
        assert!(window.text("main").await.contains("<script>document.title"), "{path}: it is shown as text");
        assert_eq!(window.count("main img, main script").await, 0, "{path}");
        assert_ne!(window.run("return document.title").await, "planted", "{path}");
        window.assert_quiet(&path).await;
        window.assert_fits(&path).await;
    }
}

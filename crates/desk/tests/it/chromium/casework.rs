//! The pages of casework in a real browser, in four languages and without scripts.

use super::Window;
use super::window::is_there;
use crate::browser::Site;

/// Where the pages are, and what their pictures are called.
const PAGES: [(&str, &str); 8] = [
    ("/cases/new", "case-new"),
    ("/papers", "papers"),
    ("/handed", "handed"),
    ("/handed-on", "handed-on"),
    ("/approvals", "approvals"),
    ("/ahead", "ahead"),
    ("/review", "review"),
    ("/share?part=0011223344556677/0", "share"),
];

/// Fills the form of a new case by keyboard, and gives its page.
async fn open_a_case(window: &Window) -> String {
    window.go("/cases/new").await;
    window.fill("input[name=reference]", "bria-017").await;
    window.click("input[name='violation:rape']").await;
    window.fill("input[name='due-what-0']", "medical-visit").await;
    window.run("document.querySelector(\"input[name='due-date-0']\").value = '2026-01-03'").await;
    window.click("main form.write button[type=submit]").await;
    window.wait("ul.due").await;
    window.path().await
}

async fn look(tongue: &str) {
    if !is_there() {
        return;
    }
    let site = Site::begin().await;
    let window = Window::begin_as(&site, tongue, true).await;
    let case = open_a_case(&window).await;
    for (path, name) in PAGES.into_iter().chain([(case.as_str(), "case")]) {
        window.go(path).await;
        window.assert_fits(path).await;
        window.assert_accessible(path).await;
        window.assert_quiet(path).await;
        window.picture(&format!("{name}-{tongue}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn casework_in_english() {
    look("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn casework_in_french() {
    look("fr").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn casework_in_spanish() {
    look("es").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn casework_in_arabic() {
    look("ar").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn casework_without_scripts() {
    if !is_there() {
        return;
    }
    let site = Site::begin().await;
    let window = Window::begin_as(&site, "en", false).await;
    window.go("/cases/new").await;
    window.fill("input[name=reference]", "bria-017").await;
    window.fill("input[name='due-what-0']", "medical-visit").await;
    window.fill("input[name='due-date-0']", "01032026").await;
    window.click("main form.write button[type=submit]").await;
    window.wait("ul.due").await;
    window.click("ul.due form button").await;
    window.wait_says("ul.due", "done on").await;
    for (path, _) in PAGES {
        window.go(path).await;
        assert!(!window.text("h1").await.is_empty(), "{path}");
    }
}

//! Reporting in a real browser: by keyboard in a minute, from a message, with the guard speaking; and without scripts.

use std::time::{Duration, Instant};

use super::Window;
use super::window::is_there;
use crate::browser::Site;
use crate::record::disagree;
use crate::report::people;

const MESSAGE: &str = "WHAT: Ambush of a convoy\nWHEN: 091405ZMAR26\nWHERE: Bouca, 6.51N 18.27E\nWHO: Front of the Seven Wells\n12 killed and 3 wounded near Bouca. Or was it on 03/04/2026? Told by Amina Quartz Obsidian.";

async fn begin() -> Site {
    Site::begin_with(Duration::from_secs(600), people).await
}

/// Waits until a script's answer is this text.
async fn until(window: &Window, script: &str, wanted: &str) {
    let mut said = String::new();
    for _ in 0..100 {
        said = window.run(script).await.as_str().unwrap_or_default().to_owned();
        if said.contains(wanted) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{script}: {said} instead of {wanted}");
}

#[expect(clippy::disallowed_methods, reason = "what is promised is a minute")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_made_by_keyboard_alone_in_less_than_a_minute() {
    if !is_there() {
        return;
    }
    let site = begin().await;
    let window = Window::begin(&site).await;
    let begun = Instant::now();
    window.go("/report").await;
    window.keys("Ambush at the ford\t\t2026-09-21\t\tBouca\t\tFront of the Seven").await;
    until(&window, "return document.getElementById('actors').innerHTML", "Front of the Seven Wells").await;
    window.keys(" Wells\t\t12").await;
    window.wait(".kept").await;
    window.wait(".alike").await;
    window.wait_says(".alike", "Attack on a blue convoy").await;
    window.run("document.querySelector('[name=narrative]').focus()").await;
    window.keys("Told by Amina Quartz Obsidian.").await;
    window.wait(".guard").await;
    window.wait_says(".guard", "Amina Quartz Obsidian").await;
    let typed = begun.elapsed();
    window.assert_accessible("report while typing").await;
    window.assert_fits("report while typing").await;
    window.picture("report-typing-en").await;
    let sent = Instant::now();
    window.run("document.querySelector('form.report .send button').focus()").await;
    window.keys("\u{e007}").await;
    window.wait(".history").await;
    let took = typed + sent.elapsed();
    println!("report by keyboard: {took:?}");
    assert!(took < Duration::from_secs(60), "{took:?}");
    assert!(window.path().await.starts_with("/record/"));
    window.wait_says("h1", "Ambush at the ford").await;
    window.assert_quiet("report").await;
}

async fn paste(tongue: &str) {
    if !is_there() {
        return;
    }
    let site = begin().await;
    let window = Window::begin_as(&site, tongue, true).await;
    window.go("/report").await;
    window.click(".paste summary").await;
    window.fill("[name=message]", MESSAGE).await;
    window.click(".paste button").await;
    window.wait("mark.doubt").await;
    until(&window, "return document.querySelector('[name=killed]').value", "12").await;
    window.wait("#pick[data-near] canvas").await;
    window.assert_accessible("report from a message").await;
    window.assert_fits("report from a message").await;
    window.picture(&format!("report-message-{tongue}")).await;
    window.run("document.querySelector('[name=at]').value = ''; document.getElementById('pick').scrollIntoView()").await;
    window.click("#pick").await;
    until(&window, "return document.querySelector('[name=at]').value", "N ").await;
    window.wait(".kept").await;
    window.assert_quiet("report from a message").await;
    window.go("/").await;
    window.wait(".drafts a").await;
    window.assert_accessible("first page with drafts").await;
    window.picture(&format!("first-drafts-{tongue}")).await;
    window.click(".drafts a").await;
    window.wait("form.report").await;
    assert_eq!(window.run("return document.querySelector('[name=killed]').value").await, "12");
    // Locked while somebody types: the next word leads to where it is unlocked, and what was kept is kept.
    site.pages.lock().await;
    window.send("form.report [name=title]", "More").await;
    window.wait("form.unlock").await;
    window.unlock().await;
    window.go("/").await;
    window.wait(".drafts a").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_pasted_a_place_pointed_at_and_the_draft_kept_in_english() {
    paste("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_pasted_a_place_pointed_at_and_the_draft_kept_in_arabic() {
    paste("ar").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_a_message_is_read_kept_and_written() {
    if !is_there() {
        return;
    }
    let site = begin().await;
    let window = Window::begin_as(&site, "en", false).await;
    window.go("/report").await;
    window.click(".paste summary").await;
    window.fill("[name=message]", MESSAGE).await;
    window.click(".paste button").await;
    window.wait("mark.doubt").await;
    window.click("button[formaction='/report/keep']").await;
    window.wait_path("draft=").await;
    window.wait(".guard").await;
    window.picture("report-checked-plain").await;
    window.click("form.report .send button").await;
    window.wait(".history").await;
}

async fn look_at_conflict(tongue: &str) {
    if !is_there() {
        return;
    }
    let site = Site::begin_with(Duration::from_secs(600), disagree).await;
    let window = Window::begin_as(&site, tongue, true).await;
    let path = format!("/record/{}", "c1".repeat(16));
    window.go(&path).await;
    window.assert_accessible("conflict").await;
    window.assert_fits("conflict").await;
    window.picture(&format!("record-conflict-{tongue}")).await;
    window.click("form.settle button").await;
    window.wait_gone("form.settle").await;
    window.wait(".history del").await;
    window.assert_accessible("record").await;
    window.assert_fits("record").await;
    window.assert_quiet("record").await;
    window.picture(&format!("record-{tongue}")).await;
    window.click(".parts a").await;
    window.wait("form.edit").await;
    window.assert_accessible("edit").await;
    window.assert_fits("edit").await;
    window.picture(&format!("edit-{tongue}")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_is_settled_and_a_record_looked_at_in_english() {
    look_at_conflict("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_is_settled_and_a_record_looked_at_in_arabic() {
    look_at_conflict("ar").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_is_settled_and_a_record_looked_at_in_french() {
    look_at_conflict("fr").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_is_settled_and_a_record_looked_at_in_spanish() {
    look_at_conflict("es").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_pasted_a_place_pointed_at_and_the_draft_kept_in_spanish() {
    paste("es").await;
}

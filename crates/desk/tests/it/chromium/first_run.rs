//! The first run, the panic and the change of persons, by hand in a real browser.

use super::Window;
use super::window::is_there;
use crate::browser::PASSPHRASE;
use crate::carrier::Computer;

/// With scripts and without: found a mission from an empty home, panic, and come back.
async fn found(scripts: bool) {
    if !is_there() {
        return;
    }
    let computer = Computer::begin().await;
    let window = Window::begin_at(&computer.pages, "en", scripts).await;
    let kind = if scripts { "en" } else { "plain" };
    assert_eq!(window.path().await, "/welcome");
    window.look("welcome", kind, scripts).await;
    window.go("/join").await;
    window.look("join", kind, scripts).await;
    window.go("/found").await;
    for (field, text) in
        [("mission", "Mission of the Blue Heron"), ("person", "Quillfeather"), ("compartment", "incidents")]
    {
        window.fill(&format!("input[name={field}]"), text).await;
    }
    for field in ["passphrase", "again", "governor1", "again1"] {
        window.fill(&format!("input[name={field}]"), PASSPHRASE).await;
    }
    window.look("found", kind, scripts).await;
    if scripts {
        assert!(window.text(".strength").await.starts_with("Strong"), "it is said while it is typed");
    }
    window.click("form.write button[type=submit]").await;
    window.wait("svg[role=img]").await;
    assert_eq!(window.path().await, "/founded");
    window.look("founded", kind, scripts).await;
    window.go("/mine").await;
    if scripts {
        window.keys("\u{e039}").await; // F9
    } else {
        window.click("button.panic").await;
    }
    window.wait("form.unlock").await;
    assert_eq!(window.path().await, "/unlock");
    window.unlock().await;
    window.wait(".state").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mission_is_founded_and_a_key_locks_at_once() {
    found(true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mission_is_founded_without_scripts_and_a_button_locks_at_once() {
    found(false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_run_in_arabic_runs_from_right_to_left() {
    if !is_there() {
        return;
    }
    let computer = Computer::begin().await;
    let window = Window::begin_at(&computer.pages, "ar", true).await;
    for (path, name) in [("/welcome", "welcome"), ("/join", "join"), ("/found", "found")] {
        window.go(path).await;
        window.look(name, "ar", true).await;
    }
}

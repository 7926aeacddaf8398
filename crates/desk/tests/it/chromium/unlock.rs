//! Locking and unlocking, by keyboard.

use super::Window;
use super::window::is_there;
use crate::browser::Site;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_is_locked_and_unlocked_by_keyboard_and_leads_back() {
    if !is_there() {
        return;
    }
    let site = Site::begin().await;
    let window = Window::begin(&site).await;
    window.go("/trust").await;
    window.run("document.querySelector('form.lock button').focus()").await;
    window.keys("\u{e007}").await;
    window.wait("form.unlock").await;
    window.assert_accessible("unlock").await;
    window.assert_fits("unlock").await;
    window.picture("unlock-en").await;
    window.go("/trust").await;
    assert!(window.path().await.starts_with("/unlock"), "{}", window.path().await);
    assert_eq!(window.count(".state").await, 0, "a locked desk says nothing of itself");
    window.fill("input[name=passphrase]", "seven wells and a boat").await;
    window.click("form.unlock button").await;
    window.wait("form.unlock .warning, form.unlock [role=alert], .warning").await;
    window.unlock().await;
    assert_eq!(window.path().await, "/trust");
}

//! Pages about people, as they are seen.

use std::time::Duration;

use super::Window;
use super::window::is_there;
use crate::browser::Site;
use crate::people::with_wren;

async fn rotate(tongue: &str) {
    let site = Site::begin_with(Duration::from_secs(600), with_wren).await;
    let window = Window::begin_as(&site, tongue, true).await;
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let bad = file("bad.csv", "action,person,role,until\nsideways,x,,\nout,Nobody,chief,2027-13-01\n");
    let good = file("july.csv", "action,person,compartments\nout,Officer Wren,\n");
    window.go("/people/rotation").await;
    window.send("input[type=file]", &bad).await;
    window.click("form.write button").await;
    window.wait("table tbody tr:nth-child(4)").await;
    window.picture(&format!("rotation-wrong-{tongue}")).await;
    window.assert_accessible("rotation-wrong").await;
    window.assert_fits("rotation-wrong").await;
    window.send("input[type=file]", &good).await;
    window.click("form.write button").await;
    window.wait("input[name=look]").await;
    window.picture(&format!("rotation-look-{tongue}")).await;
    window.assert_accessible("rotation-look").await;
    window.assert_fits("rotation-look").await;
    window.click("form.write button").await;
    window.wait("p.said[role=status]").await;
    window.assert_accessible("rotation").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_is_looked_at_and_carried_out_in_english() {
    if is_there() {
        rotate("en").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_is_looked_at_and_carried_out_in_arabic() {
    if is_there() {
        rotate("ar").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_is_looked_at_and_carried_out_in_french() {
    if is_there() {
        rotate("fr").await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_is_looked_at_and_carried_out_in_spanish() {
    if is_there() {
        rotate("es").await;
    }
}

//! Longer forms and what comes of them, in four languages: opening a guarded part, consent, an edit, a pouch, what one was
//! trusted with.

use std::sync::mpsc::channel;
use std::time::Duration;

use counterseal_model::record::Incident;
use counterseal_model::{Code, RecordId};
use counterseal_node::{Desk, GovernorFile, Randomness};
use counterseal_policy::Table;
use counterseal_seal::Passphrase;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::Window;
use super::window::is_there;
use crate::browser::{PASSPHRASE, Site, write_incident};
use crate::guarded_report::guard;
use crate::people::with_wren;

/// Somebody to approve, the policy that ships, a part that is sealed twice, an incident. The way to the part's page, and to
/// the incident's form.
fn prepare(desk: &mut Desk) -> (String, String) {
    with_wren(desk);
    guard(desk);
    // The governor of `browser::found`, from the same seed.
    let passphrase = Passphrase::new(PASSPHRASE).unwrap();
    let mut drawn: Randomness = Box::new(ChaCha20Rng::seed_from_u64(101));
    let governor = GovernorFile::make(&mut drawn, &passphrase).unwrap();
    let sources = desk.find_compartment("sources").unwrap();
    let named = format!("\ncompartment,sources,{sources}\n");
    let table = Table::DEFAULT.replace("\ncompartment,sources\n", &named);
    let engine = Code::parse("cedar-4-14-1-table-1").unwrap();
    desk.set_policy(engine, table.into_bytes(), &[&governor.secrets]).unwrap();
    let seen = Incident {
        title: Some("Seen from a window".into()),
        narrative: Some("The nurse saw the trucks.".into()),
        ..Incident::default()
    };
    desk.report(RecordId::from_bytes([0xd1; 16]), sources, seen.clone(), &[], None).unwrap();
    let entry = desk.guarded_entries(9).unwrap()[0].entry;
    write_incident(desk, 0xc1, seen);
    let incidents = desk.find_compartment("incidents").unwrap();
    (format!("/part/{entry}/0"), format!("/record/{}/edit?compartment={incidents}", "c1".repeat(16)))
}

async fn look(tongue: &str) {
    if !is_there() {
        return;
    }
    let (tell, ways) = channel();
    let site =
        Site::begin_with(Duration::from_secs(600), move |desk| tell.send(prepare(desk)).unwrap()).await;
    let (part, edit) = ways.recv().unwrap();
    let window = Window::begin_as(&site, tongue, true).await;
    for (path, name) in [(part.clone(), "part"), (edit, "edit"), ("/handed-on".to_owned(), "trusted")] {
        window.go(&path).await;
        window.run("document.querySelectorAll('main details').forEach((one) => { one.open = true; })").await;
        window.look(name, tongue, true).await;
    }
    window.go(&format!("{part}/consent")).await;
    window.look("consent", tongue, true).await;
    let statistics = window.text("span[title=statistics]").await;
    let words = [("en", "Statistics"), ("fr", "Statistiques"), ("es", "Estadísticas"), ("ar", "الإحصاءات")];
    assert!(words.contains(&(tongue, statistics.as_str())), "{tongue}: {statistics}");
    window.go("/link").await;
    window.click("form[action='/link/pouch'] button[type=submit]").await;
    window.wait_long("a[download='mission.pouch']").await;
    // While it was written the page said so with a status that the browser notes.
    window.assert_fits("pouch").await;
    window.assert_accessible("pouch").await;
    window.picture(&format!("pouch-{tongue}")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_in_english() {
    look("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_in_french() {
    look("fr").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_in_spanish() {
    look("es").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_in_arabic() {
    look("ar").await;
}

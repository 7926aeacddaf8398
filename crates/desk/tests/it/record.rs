//! The page of a record: what versions changed, conflicts, edits, fields that move, accounts of one event.

use std::time::Duration;

use counterseal_model::record::{Act, Body, Casualties, Incident, Involved, Part};
use counterseal_model::{Classification, Occurred, RecordId, Term, TimePrecision, Timestamp};
use counterseal_node::Desk;
use counterseal_register::{Charter, HistoryRule, Rule};

use crate::browser::{Browser, Site, write_incident};
use crate::report::sent;

fn known() -> Incident {
    let at = Timestamp(1_789_948_800);
    let named = |name: &str, role| Involved {
        name: Some(name.into()),
        role: Term::from_text(role),
        ..Involved::default()
    };
    Incident {
        title: Some("Attack at the ford".into()),
        narrative: Some("Two carts.".into()),
        occurred: Some(Occurred::span(at, at, TimePrecision::Day)),
        casualties: vec![Casualties { best: Some(2), ..Casualties::default() }],
        // More than the form has rows for.
        actors: vec![
            named("One", "perpetrator"),
            named("Two", "victim"),
            named("Three", "witness"),
            named("Four", "witness"),
            named("Five", "witness"),
            named("Six", "bystander"),
        ],
        acts: vec![
            Act { act: Term::from_text("killing"), ..Act::default() },
            Act { act: Term::from_text("arson"), ..Act::default() },
        ],
        sources: vec!["Radio Heron".into()],
        ..Incident::default()
    }
}

fn prepare(desk: &mut Desk) {
    write_incident(desk, 0xc1, known());
    write_incident(desk, 0xc2, Incident { title: Some("Attack at the ford, again".into()), ..known() });
    desk.create_compartment("protection", Charter::new(Rule::Open, HistoryRule::FromJoin)).unwrap();
}

/// Two people who changed the same version.
pub(crate) fn disagree(desk: &mut Desk) {
    prepare(desk);
    let id = RecordId::from_bytes([0xc1; 16]);
    let compartment = desk.find_compartment("incidents").unwrap();
    let parent = desk.history(id).unwrap()[0].version;
    for (made, title, sources) in [
        (1_789_990_000, "Attack at dawn", vec!["Radio Heron"]),
        (1_789_990_060, "Attack at the ford", vec![]),
    ] {
        let sources = sources.into_iter().map(str::to_owned).collect();
        let body = Body::Incident(Box::new(Incident { title: Some(title.into()), sources, ..known() }));
        let part = Part {
            parents: vec![parent],
            ..Part::first(id, body, Timestamp(made), Classification::Unclassified)
        };
        desk.write(compartment, vec![part]).unwrap();
    }
}

fn path(n: u8) -> String {
    format!("/record/{}", format!("{n:02x}").repeat(16))
}

/// The fields of the page's form that is sent to `action`, as a browser would send them.
fn fields(page: &str, action: &str) -> Vec<(String, String)> {
    let form =
        page.split(&format!("action=\"{action}\"")).nth(1).unwrap_or_else(|| panic!("{action}: {page}"));
    let form = &form[..form.find("</form>").unwrap()];
    let attribute = |tag: &str, name: &str| {
        let after = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(after[..after.find('"').unwrap()].replace("&quot;", "\"").replace("&amp;", "&"))
    };
    let mut all = Vec::new();
    for tag in form.split('<').skip(1) {
        let (head, text) = tag.split_once('>').unwrap();
        let Some(name) = attribute(head, "name") else { continue };
        let given = attribute(head, "value").unwrap_or_default();
        if head.starts_with("input") {
            let box_or_radio = head.contains("type=\"radio\"") || head.contains("type=\"checkbox\"");
            if !box_or_radio || head.contains(" checked") {
                all.push((name, given));
            }
        } else if head.starts_with("textarea") {
            all.push((name, text.to_owned()));
        } else if head.starts_with("select") {
            let choices = &form[form.find(tag).unwrap()..];
            let choices = &choices[..choices.find("</select>").unwrap()];
            let chosen = choices.split("<option").find(|option| option.contains(" selected"));
            let chosen = chosen.or_else(|| choices.split("<option").nth(1));
            all.push((name, chosen.and_then(|option| attribute(option, "value")).unwrap_or_default()));
        }
    }
    all
}

fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

async fn post(browser: &Browser, action: &str, fields: &[(String, String)]) -> crate::browser::Answer {
    let form: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", sent(value))).collect();
    browser.post(action, &form.join("&")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_changes_what_was_changed_and_nothing_else_and_the_history_shows_it() {
    let site = Site::begin_with(Duration::from_secs(600), prepare).await;
    let browser = site.browser().await;
    let page = browser.get(&path(0xc1)).await.body;
    let at = page.find("/edit?compartment=").unwrap();
    let edit = &page[at..];
    let edit = format!("{}{}", path(0xc1), &edit[..edit.find('"').unwrap()]);
    let form = fields(&browser.get(&edit).await.body, &format!("{}/edit", path(0xc1)));
    let action = format!("{}/edit", path(0xc1));
    // Nothing changed: nothing written; nor where the form shows terms by what they are called elsewhere.
    assert_eq!(post(&browser, &action, &form).await.status, 303);
    for tongue in ["fr", "es", "ar"] {
        let more = vec![format!("Accept-Language: {tongue}")];
        let reader = Browser { more, ..browser.clone() };
        let shown = fields(&reader.get(&edit).await.body, &action);
        assert_ne!(shown, form, "{tongue}");
        assert_eq!(post(&reader, &action, &shown).await.status, 303);
    }
    assert!(browser.get(&path(0xc1)).await.body.matches("<li><time").count() == 1);
    let changed = with(with(form.clone(), "title", "Attack at the bridge"), "verified", "verified");
    assert_eq!(post(&browser, &action, &changed).await.status, 303);
    let page = browser.get(&path(0xc1)).await.body;
    assert_eq!(page.matches("<li><time").count(), 2);
    for kept in ["Two carts.", "Four", "Five", "Six", "Killing", "Arson", "Radio Heron", "2026-09-21"] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    assert!(page.contains("verified · Officer Quillfeather"), "who verified it: {page}");
    let history = &page[page.find("class=\"history\"").unwrap()..];
    assert!(
        history.contains("Attack at the ford</del>") && history.contains("Attack at the bridge</ins>"),
        "{history}"
    );
    assert!(!history.contains("Two carts."), "what did not change is not in the differences");
    // The form of before is late: it replaces nothing.
    let late = post(&browser, &action, &with(form, "title", "Attack at the well")).await;
    assert_eq!(late.status, 422);
    assert!(
        late.body.contains("was changed meanwhile") && late.body.contains("Attack at the well"),
        "{}",
        late.body
    );
    assert!(browser.get(&path(0xc1)).await.body.contains("<bdi>Attack at the bridge</bdi>"));
    // Without the token nothing is changed.
    assert_eq!(post(&browser, &action, &with(changed, "token", "no")).await.status, 403);
    site.pages.stop().await.unwrap();
}

/// The guard and what may be the same event speak of what is typed, by scripts and without; nothing is written by it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_a_part_is_changed_the_guard_and_its_likes_are_said_and_nothing_is_written() {
    let site = Site::begin_with(Duration::from_secs(600), prepare).await;
    let browser = site.browser().await;
    let page = browser.get(&path(0xc1)).await.body;
    let edit = &page[page.find("/edit?compartment=").unwrap()..];
    let edit = browser.get(&format!("{}{}", path(0xc1), &edit[..edit.find('"').unwrap()])).await.body;
    let form = fields(&edit, &format!("{}/edit", path(0xc1)));
    let (check, look) = (format!("{}/check", path(0xc1)), format!("{}/look", path(0xc1)));
    assert!(
        edit.contains(&format!("hx-post=\"{check}\"")) && edit.contains(&format!("formaction=\"{look}\""))
    );
    assert!(edit.contains("Attack at the ford, again"), "what is there may be the same event: {edit}");
    assert!(!edit.contains("class=\"guard\""));
    let named = with(form.clone(), "narrative", "Call Amina on +236 72 34 56 78 <b>soon</b>");
    let said = post(&browser, &check, &named).await;
    assert_eq!(said.status, 200, "{}", said.body);
    assert!(said.body.contains("class=\"guard\"") && said.body.contains("class=\"alike\""), "{}", said.body);
    assert!(!said.body.contains("<html") && !said.body.contains("<b>"), "a piece of a page: {}", said.body);
    assert!(!said.body.contains(&path(0xc1)), "it is not like itself");
    let plain = post(&browser, &look, &named).await;
    assert_eq!(plain.status, 200);
    assert!(plain.body.contains("class=\"guard\"") && plain.body.contains("Call Amina"), "{}", plain.body);
    let far = with(named.clone(), "date", "2001-01-01");
    assert!(
        !post(&browser, &check, &far).await.body.contains("class=\"alike\""),
        "as it is typed, not as it is"
    );
    for way in [&check, &look] {
        assert_eq!(post(&browser, way, &with(named.clone(), "token", "no")).await.status, 403, "{way}");
        assert_eq!(browser.post(way, "title=x").await.status, 422, "{way}: no token at all");
    }
    let nowhere = with(named, "compartment", "nowhere");
    assert_eq!(post(&browser, &look, &nowhere).await.status, 422);
    assert!(!post(&browser, &check, &nowhere).await.body.contains("class=\"alike\""));
    let page = browser.get(&path(0xc1)).await.body;
    assert!(page.matches("<li><time").count() == 1 && !page.contains("Amina"), "nothing is written");
    assert!(!browser.get("/report").await.body.contains("Amina"), "and no draft kept");
    site.pages.lock().await;
    assert_eq!(post(&browser, &check, &form).await.status, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn versions_that_disagree_stand_side_by_side_and_are_settled_field_by_field() {
    let site = Site::begin_with(Duration::from_secs(600), disagree).await;
    let browser = site.browser().await;
    let page = browser.get(&path(0xc1)).await.body;
    let action = format!("{}/resolve", path(0xc1));
    let form = fields(&page, &action);
    // While they disagree neither is changed alone.
    let room = &form.iter().find(|(name, _)| name == "compartment").unwrap().1;
    let edit = browser.get(&format!("{}/edit?compartment={room}", path(0xc1))).await;
    assert!(edit.status == 422 && edit.body.contains("role=\"alert\""), "{}", edit.body);
    let one = with(with(form.clone(), "version", &"00".repeat(32)), "title", "Attack at the well");
    for way in ["edit", "look"] {
        assert_eq!(post(&browser, &format!("{}/{way}", path(0xc1)), &one).await.status, 422, "{way}");
    }
    let choices: Vec<_> = form.iter().filter(|(name, _)| name.starts_with("field-")).collect();
    assert_eq!(choices.len(), 2, "title and sources: {form:?}");
    assert!(
        page.contains("Attack at dawn")
            && page.contains("says nothing")
            && !page.contains("/edit?compartment=")
    );
    let seen: Vec<&str> = form.iter().find(|(name, _)| name == "seen").unwrap().1.split(',').collect();
    let newest = &choices[0].1;
    let older = *seen.iter().find(|version| *version != newest).unwrap();
    // Lies: a version that was not seen, a compartment that is not there, a field of nobody.
    for (name, value) in [("seen", older), ("compartment", "nowhere"), ("take", "00"), ("field-3", "zz")] {
        assert_ne!(post(&browser, &action, &with(form.clone(), name, value)).await.status, 303, "{name}");
    }
    let settled = post(&browser, &action, &with(form.clone(), "field-3", older)).await;
    assert_eq!(settled.status, 303);
    let page = browser.get(&path(0xc1)).await.body;
    assert!(page.contains("<bdi>Attack at dawn</bdi>") && !page.contains(&action), "{page}");
    assert!(page.contains("settles a conflict"));
    let list = &page[..page.find("class=\"history\"").unwrap()];
    assert!(!list.contains("Radio Heron"), "the other field is the newest version's");
    // Sent once more, it is late.
    assert_eq!(post(&browser, &action, &form).await.status, 422);
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_moves_to_where_fewer_read_it_and_two_records_are_one_event_and_two_again() {
    let site = Site::begin_with(Duration::from_secs(600), prepare).await;
    let browser = site.browser().await;
    let page = browser.get(&path(0xc1)).await.body;
    let action = format!("{}/move", path(0xc1));
    let form = with(with(fields(&page, &action), "field", "narrative"), "to", "protection");
    assert_eq!(post(&browser, &action, &form).await.status, 303);
    assert_eq!(post(&browser, &action, &form).await.status, 422, "it was moved already");
    let page = browser.get(&path(0xc1)).await.body;
    let parts = &page[page.find("class=\"parts\"").unwrap()..page.find("class=\"history\"").unwrap()];
    assert!(parts.contains("protection") && parts.matches("can read this part").count() >= 2, "{parts}");
    // What is pointed out as alike is said to be the same event.
    let same = format!("{}/same", path(0xc1));
    let form = fields(&page, &same);
    assert!(form.iter().any(|(name, value)| name == "other" && *value == "c2".repeat(16)), "{form:?}");
    assert_eq!(post(&browser, &same, &form).await.status, 303);
    for n in [0xc1, 0xc2] {
        let page = browser.get(&path(n)).await.body;
        assert!(page.contains("Other accounts of this event") && page.contains("Radio Heron"), "{page}");
        assert!(!page.contains(&format!("action=\"{}/same\"", path(n))), "known, so not pointed out");
    }
    let ring = format!("{}/same", path(0xc2));
    let lie = with(with(form, "other", &"c1".repeat(16)), "x", "y");
    assert_eq!(post(&browser, &ring, &lie).await.status, 422, "nothing repeats what repeats it");
    let page = browser.get(&path(0xc2)).await.body;
    let apart = format!("{}/apart", path(0xc1));
    let back = post(&browser, &apart, &fields(&page, &apart)).await;
    assert_eq!((back.status, back.header("location")), (303, Some(path(0xc2).as_str())));
    assert!(!browser.get(&path(0xc1)).await.body.contains("Other accounts of this event"));
    site.pages.stop().await.unwrap();
}

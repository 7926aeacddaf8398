//! Pouches: written for somebody and saved by the browser or to a file, read from a file that is handed over.

use std::path::PathBuf;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::Response;
use counterseal_model::dtg::read_date;
use counterseal_model::{DeviceId, Timestamp};
use counterseal_node::{
    Desk, NodeError, PouchAt, PouchOptions, PouchReadReport, PouchReport, PouchSince, PouchView,
};
use counterseal_register::{DeviceStatus, Subject};
use maud::{Markup, html};

use super::super::join::download;
use super::super::outside::file;
use super::super::{Page, Reader, Sent, busy, refused, sorry, with_desk, with_form};
use crate::door::{Checked, Fields, POUCH_BYTES, Uploaded};
use crate::server::App;
use crate::words::Words;
use crate::worker::Pouched;

/// Where it is said what came of one.
const DONE: &str = "/link/pouch";
/// Before the id of a person whom a pouch is for.
const FOR: &str = "for-";

pub(super) fn forms(words: Words, token: &str, desk: &Desk) -> Markup {
    let people = desk.people().into_iter().filter(|person| !able(desk, &person.devices).is_empty());
    html! {
        h2 { (words.text("pouch-write")) }
        p { (words.text("pouch-write-why")) }
        form.write autocomplete="off" method="post" action="/link/pouch" {
            input type="hidden" name="token" value=(token);
            fieldset {
                legend { (words.text("pouch-for")) }
                p { (words.text("pouch-for-why")) }
                @for person in people {
                    label.tick { input type="checkbox" name=(format!("{FOR}{}", person.id)) value="1"; " "
                        bdi { (person.name.clone().unwrap_or_else(|| person.id.short())) } }
                }
            }
            div.pair {
                label { span { (words.text("pouch-compartment")) }
                    select name="compartment" {
                        option value="" { (words.text("pouch-every")) }
                        @for view in desk.compartments().into_iter().filter(|view| view.mine) {
                            option value=(view.id) { (view.name.clone().unwrap_or_else(|| view.id.short())) }
                        }
                    } }
                label { span { (words.text("pouch-since")) }
                    select name="since" {
                        option value="last" { (words.text("pouch-since-last")) }
                        option value="beginning" { (words.text("pouch-since-beginning")) }
                        option value="time" { (words.text("pouch-since-time")) }
                    } }
                label { span { (words.text("pouch-day")) } input name="day" type="date"; }
                label { span { (words.text("pouch-most")) } input name="most" type="number" min="1" max="256" value="64"; }
            }
            label { span { (words.text("pouch-path")) } input name="path" dir="ltr" spellcheck="false"; }
            button type="submit" { (words.text("pouch-do")) }
        }
        h2 { (words.text("pouch-read")) }
        form.write autocomplete="off" method="post" action="/link/read" enctype="multipart/form-data" {
            input type="hidden" name="token" value=(token);
            (file(words, "pouch", "pouch-file", true))
            div.buttons {
                button type="submit" name="what" value="read" { (words.text("pouch-take")) }
                button type="submit" name="what" value="show" { (words.text("pouch-look")) }
            }
        }
    }
}

/// Devices that can receive, but for this one.
fn able(desk: &Desk, devices: &[(DeviceId, DeviceStatus)]) -> Vec<DeviceId> {
    let able = |status: &DeviceStatus| matches!(status, DeviceStatus::Active | DeviceStatus::Pending);
    let others = devices.iter().filter(|(id, status)| *id != desk.device() && able(status));
    others.map(|(id, _)| *id).collect()
}

fn options(desk: &Desk, form: &Fields) -> Result<PouchOptions, NodeError> {
    let people = desk.people();
    let mut receivers = Vec::new();
    for id in form.ticked(FOR) {
        let who = desk.find_person(id)?;
        let devices: Vec<_> = people
            .iter()
            .filter(|person| person.id == who)
            .flat_map(|person| able(desk, &person.devices))
            .collect();
        // Without a receiver a pouch is for everybody: whoever was named and can receive nothing is not that.
        if devices.is_empty() {
            return Err(NodeError::NoReceivers);
        }
        receivers.extend(devices);
    }
    let compartment = form.given("compartment").map(|id| desk.find_compartment(id)).transpose()?;
    let since = match (form.typed("since"), day(form.typed("day"))) {
        ("beginning", _) => PouchSince::Beginning,
        ("time", Some(day)) => PouchSince::Time(day),
        _ => PouchSince::Last,
    };
    Ok(PouchOptions { receivers, compartment, since })
}

fn day(text: &str) -> Option<Timestamp> {
    read_date(text, None).ok().map(|read| read.at)
}

/// `POST /link/pouch`: it is begun, and every page says how far it is. With a path it is written there, else kept in memory
/// until the browser has saved it.
pub(crate) async fn write(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    let words = reader.words;
    let path = form.given("path").map(PathBuf::from);
    if path.as_ref().is_some_and(|path| !path.is_absolute()) {
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("found-folder-bad"));
    }
    if form.typed("since") == "time" && day(form.typed("day")).is_none() {
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("date-bad"));
    }
    let most = form.typed("most").parse::<usize>().unwrap_or(64).saturating_mul(1 << 20).min(POUCH_BYTES);
    begin(&app, reader, "work-pouch-write", move |words, desk, tell| {
        let made = options(desk, &form).and_then(|options| match &path {
            Some(path) => desk.write_pouch(path, &options, tell).map(Pouched::Written),
            None => desk.make_pouch(&options, most, tell).map(|(bytes, report)| Pouched::Made(bytes, report)),
        });
        made.unwrap_or_else(|error| Pouched::Failed(words.refusal(&error)))
    })
    .await
}

/// Begins work on a pouch, where the desk is unlocked.
async fn begin(
    app: &App,
    reader: Reader,
    what: &'static str,
    act: impl FnOnce(Words, &mut Desk, &mut dyn FnMut(u64, u64)) -> Pouched + Send + 'static,
) -> Response {
    let words = reader.words;
    let answer = with_form(app, reader, |_, unlocked| {
        unlocked.kept.pouch = None;
        Sent::At(DONE.to_owned())
    })
    .await;
    if answer.headers().get(LOCATION).is_some_and(|to| to == DONE) {
        app.worker.begin_long(what, move |unlocked, tell| {
            unlocked.kept.pouch = Some(act(words, &mut unlocked.desk, tell));
        });
    }
    answer
}

/// `GET /link/pouch`: what came of the last one.
pub(crate) async fn done(State(app): State<App>, reader: Reader) -> Response {
    with_desk(&app, reader, |words, unlocked| {
        let desk = &unlocked.desk;
        Ok(match &unlocked.kept.pouch {
            Some(Pouched::Made(_, report)) => written(words, desk, report, true),
            Some(Pouched::Written(report)) => written(words, desk, report, false),
            Some(Pouched::Taken(report)) => taken(words, desk, report),
            Some(Pouched::Failed(why)) => plain(words, html! { p.warning role="alert" { (why) } }),
            None => plain(words, html! { p role="status" { (words.text("pouch-none")) } }),
        })
    })
    .await
}

fn plain(words: Words, said: Markup) -> Page {
    let title = words.text("pouch-title");
    Page::new(title.clone(), html! { h1 { (title) } (said) p { a href="/link" { (words.text("back")) } } })
}

/// `GET /link/pouch/file`: the pouch that was made, to be saved.
pub(crate) async fn save(State(app): State<App>, reader: Reader) -> Response {
    let made = app.worker.ask(|room| match &room.unlocked()?.kept.pouch {
        Some(Pouched::Made(bytes, _)) => Some(bytes.clone()),
        _ => None,
    });
    match made.await {
        Ok(Some(bytes)) => download("mission.pouch", bytes),
        Ok(None) => sorry(reader.words, StatusCode::NOT_FOUND, &reader.words.text("pouch-none")),
        Err(_busy) => busy(reader.words),
    }
}

fn written(words: Words, desk: &Desk, report: &PouchReport, to_save: bool) -> Page {
    let title = words.text(if to_save { "pouch-made" } else { "pouch-written" });
    let main = html! {
        h1 { (title) }
        p role="status" { (words.with("pouch-holds", &[
            ("entries", report.entries.into()), ("statements", report.statements.into()),
            ("receivers", (report.receivers.len() as u64).into()), ("bytes", (&words.number(report.bytes)).into()),
        ])) }
        @for left in &report.left_out {
            p.warning { (words.with("pouch-left", &[("count", left.entries.into()), ("name", (&compartment(desk, left.compartment)).into())])) }
        }
        @if to_save { p { a.button href="/link/pouch/file" download="mission.pouch" { (words.text("pouch-save")) } } }
        p { a href="/link" { (words.text("back")) } }
    };
    Page::new(title, main)
}

fn compartment(desk: &Desk, id: counterseal_model::CompartmentId) -> String {
    desk.name_of(Subject::Compartment(id)).map_or_else(|| id.short(), |name| name.to_string())
}

/// `POST /link/read`: begins to take a pouch in, or shows what it holds.
pub(crate) async fn read(State(app): State<App>, reader: Reader, mut form: Uploaded) -> Response {
    let Some(bytes) = form.file("pouch") else {
        let words = reader.words;
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("pouch-missing"));
    };
    if form.fields.typed("what") == "show" {
        return with_form(&app, reader, move |words, unlocked| {
            match unlocked.desk.show_pouch_at(PouchAt::Memory(&bytes)) {
                Ok(view) => Sent::Shown(shown(words, &unlocked.desk, &view)),
                Err(error) => Sent::Not(refused(words, &error)),
            }
        })
        .await;
    }
    begin(&app, reader, "work-pouch-read", move |words, desk, tell| {
        match desk.read_pouch_at(PouchAt::Memory(&bytes), tell) {
            Ok(report) => Pouched::Taken(Box::new(report)),
            Err(error) => Pouched::Failed(words.refusal(&error)),
        }
    })
    .await
}

fn who(words: Words, desk: &Desk, device: Option<DeviceId>, signed: bool) -> String {
    let Some(device) = device else { return words.text("pouch-from-nobody") };
    let person = desk.register().device(device, desk.moment()).map(|known| known.person);
    let name = person.and_then(|person| desk.name_of(Subject::Person(person)));
    let name = name.map_or_else(|| device.short(), |name| name.to_string());
    if signed { name } else { words.with("pouch-unsigned", &[("name", (&name).into())]) }
}

fn shown(words: Words, desk: &Desk, view: &PouchView) -> Page {
    let main = html! {
        h1 { (words.text("pouch-look")) }
        @if !view.readable { p.warning role="alert" { (words.text("pouch-closed")) } }
        @else {
            p { (words.with("pouch-from", &[("name", (&who(words, desk, view.from, view.signed)).into())]))
                @if let Some(written) = view.written { " · " (words.time(written)) } }
            ul {
                li { (words.text("link-fetched-statements")) (words.colon()) (words.number(view.statements)) }
                @for (id, count) in &view.entries { li { bdi { (compartment(desk, *id)) } (words.colon()) (words.number(*count)) } }
            }
            @if !view.whole { p.warning { (words.text("pouch-cut")) } }
        }
        p { a href="/link" { (words.text("back")) } }
    };
    Page::new(words.text("pouch-look"), main)
}

fn taken(words: Words, desk: &Desk, report: &PouchReadReport) -> Page {
    let rows = [
        ("link-fetched", report.entries.new),
        ("pouch-known", report.entries.known),
        ("link-fetched-statements", report.statements),
        ("link-waiting", report.entries.waiting),
        ("pouch-for-hub", report.kept_for_hub),
        ("warn-refused-entries-short", report.entries.refused.len() as u64),
    ];
    let main = html! {
        h1 { (words.text("pouch-taken")) }
        p role="status" { (words.with("pouch-from", &[("name", (&who(words, desk, report.from, report.signed)).into())])) }
        dl.says.figures { @for (key, count) in rows.into_iter().filter(|(_, count)| *count > 0) {
            div { dt { (words.text(key)) } dd { (words.number(count)) } }
        } }
        @if let Some(damage) = &report.damage { p.warning role="alert" { (words.refusal(&NodeError::Pouch(damage.clone()))) } }
        @if !report.whole { p.warning { (words.text("pouch-cut")) } }
        @if report.needs_attention() { p { a href="/trust" { (words.text("link-trust")) } } }
        p { a href="/link" { (words.text("back")) } }
    };
    Page::new(words.text("pouch-taken"), main)
}

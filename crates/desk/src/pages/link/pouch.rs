//! Pouches: written for somebody and saved by the browser or to a file, read from a file that is handed over.

use std::path::PathBuf;

use axum::extract::State;
use axum::http::StatusCode;
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
use super::super::{Page, Reader, Sent, busy, refused, sorry, unlock, with_form};
use crate::door::{Checked, Fields, POUCH_BYTES, Uploaded};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// Before the id of a person whom a pouch is for.
const FOR: &str = "for-";

pub(super) fn forms(words: Words, token: &str, desk: &Desk) -> Markup {
    let people = desk.people().into_iter().filter(|person| !able(desk, &person.devices).is_empty());
    html! {
        h2 { (words.text("pouch-write")) }
        p { (words.text("pouch-write-why")) }
        form.write method="post" action="/link/pouch" {
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
        form.write method="post" action="/link/read" enctype="multipart/form-data" {
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
        let devices =
            people.iter().filter(|person| person.id == who).flat_map(|person| able(desk, &person.devices));
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

/// What a pouch that was made comes to.
enum Made {
    Bytes(Vec<u8>),
    File(PouchReport),
}

/// `POST /link/pouch`: the pouch itself, to be saved; with a path it is written there.
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
    let made = app.worker.ask(move |room| {
        let Some(Unlocked { desk, .. }) = room.unlocked() else { return Ok(None) };
        let options = options(desk, &form)?;
        let made = match &path {
            Some(path) => Made::File(desk.write_pouch(path, &options, &mut |_, _| {})?),
            None => Made::Bytes(desk.make_pouch(&options, most, &mut |_, _| {})?.0),
        };
        Ok::<_, NodeError>(Some(made))
    });
    match made.await {
        Ok(Ok(Some(Made::Bytes(bytes)))) => download("mission.pouch", bytes),
        Ok(Ok(Some(Made::File(report)))) => {
            let drawn = with_form(&app, reader, move |words, unlocked| {
                Sent::Not(written(words, &unlocked.desk, &report))
            });
            as_done(drawn.await)
        }
        Ok(Ok(None)) => super::super::outside::at(&unlock::path("/link")),
        Ok(Err(error)) => sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.refusal(&error)),
        Err(_busy) => busy(words),
    }
}

/// A page that answers a form, and says that something was done.
fn as_done(mut answer: Response) -> Response {
    if answer.status() == StatusCode::UNPROCESSABLE_ENTITY {
        *answer.status_mut() = StatusCode::OK;
    }
    answer
}

fn written(words: Words, desk: &Desk, report: &PouchReport) -> Page {
    let main = html! {
        h1 { (words.text("pouch-written")) }
        p role="status" { (words.with("pouch-holds", &[
            ("entries", report.entries.into()), ("statements", report.statements.into()),
            ("receivers", (report.receivers.len() as u64).into()), ("bytes", (&words.number(report.bytes)).into()),
        ])) }
        @for left in &report.left_out {
            p.warning { (words.with("pouch-left", &[("count", left.entries.into()), ("name", (&compartment(desk, left.compartment)).into())])) }
        }
        p { a href="/link" { (words.text("back")) } }
    };
    Page::new(words.text("pouch-written"), main)
}

fn compartment(desk: &Desk, id: counterseal_model::CompartmentId) -> String {
    desk.name_of(Subject::Compartment(id)).map_or_else(|| id.short(), |name| name.to_string())
}

/// `POST /link/read`: takes a pouch in, or shows what it holds.
pub(crate) async fn read(State(app): State<App>, reader: Reader, mut form: Uploaded) -> Response {
    let Some(bytes) = form.file("pouch") else {
        let words = reader.words;
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("pouch-missing"));
    };
    let only_show = form.fields.typed("what") == "show";
    let (sender, went_well) = tokio::sync::oneshot::channel();
    let answer = with_form(&app, reader, move |words, unlocked| {
        let drawn = if only_show {
            unlocked
                .desk
                .show_pouch_at(PouchAt::Memory(&bytes))
                .map(|view| shown(words, &unlocked.desk, &view))
        } else {
            let read = unlocked.desk.read_pouch_at(PouchAt::Memory(&bytes), &mut |_, _| {});
            unlocked.changed();
            read.map(|report| taken(words, &unlocked.desk, &report))
        };
        let _told = sender.send(drawn.is_ok());
        Sent::Not(drawn.unwrap_or_else(|error| refused(words, &error)))
    })
    .await;
    if went_well.await.unwrap_or(false) { as_done(answer) } else { answer }
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
        @if let Some(damage) = &report.damage { p.warning role="alert" { (damage) } }
        @if !report.whole { p.warning { (words.text("pouch-cut")) } }
        @if report.needs_attention() { p { a href="/trust" { (words.text("link-trust")) } } }
        p { a href="/link" { (words.text("back")) } }
    };
    Page::new(words.text("pouch-taken"), main)
}

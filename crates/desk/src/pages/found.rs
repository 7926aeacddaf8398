//! Founding a mission: its names, its governors' keys, the first registrar's desk.

use std::path::PathBuf;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use counterseal_model::dtg::read_date;
use counterseal_model::{Timestamp, fingerprint};
use counterseal_node::Founding;
use counterseal_register::HistoryRule;
use counterseal_seal::Passphrase;
use maud::{Markup, html};

use super::outside::{at, page, with_room, wrong};
use super::passphrase::{self, NotTaken, STRENGTH};
use super::{Page, Reader, busy, qr, with_desk};
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::Words;

/// Most governors whose keys are made on one page. More, or others' keys: the command line.
const GOVERNORS: [(&str, &str); 5] = [
    ("governor1", "again1"),
    ("governor2", "again2"),
    ("governor3", "again3"),
    ("governor4", "again4"),
    ("governor5", "again5"),
];

/// Most days that a loosening may wait: what waits for longer is never loosened again.
const WAITING: u64 = 365;

/// Names: field, label.
const NAMES: [(&str, &str); 3] =
    [("mission", "found-mission"), ("person", "found-person"), ("compartment", "found-compartment")];

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let ask = |room: &mut crate::worker::Room| Ok(room.governors_folder());
    with_room(&app, &reader, ask, |words, token, folder| {
        let typed = Fields::default();
        form(words, token, &typed, &folder.display().to_string(), None)
    })
    .await
}

/// `POST /found`.
pub(crate) async fn found(
    State(app): State<App>,
    reader: Reader,
    Checked(typed): Checked<Fields>,
) -> Response {
    let words = reader.words;
    let mut typed = typed;
    let folder = typed.typed("folder").to_owned();
    let refused = |typed: &Fields, why: &NotTaken| {
        let drawn = form(words, app.session.form_token(), typed, &folder, Some(why));
        page(&app, &reader, StatusCode::UNPROCESSABLE_ENTITY, &drawn)
    };
    let order = match order(words, &mut typed) {
        Ok(order) => order,
        Err(why) => return refused(&typed, &why),
    };
    let Order { founding, folder: place, governors, passphrase } = order;
    match app.worker.ask(move |room| room.found(&founding, &place, &governors, &passphrase)).await {
        Ok(Ok(())) => at("/founded"),
        Ok(Err(error)) => refused(&typed, &NotTaken { why: words.refusal(&error), weak: false }),
        Err(_busy) => busy(words),
    }
}

/// `GET /founded`: what is to be done with the governors' keys, and the fingerprint.
pub(crate) async fn done(State(app): State<App>, reader: Reader) -> Response {
    let files = app.worker.ask(|room| room.founded().map(|founded| founded.files.clone()));
    let files = files.await.ok().flatten().unwrap_or_default();
    with_desk(&app, reader, move |words, unlocked| {
        let digits = fingerprint(&unlocked.desk.mission().to_string());
        let main = html! {
            h1 { (words.text("founded-title")) }
            p.warning role="status" { (words.with("founded-take-off", &[("count", (files.len() as u64).into())])) }
            ul { @for file in &files { li { code { (file.display()) } } } }
            @if files.len() == 1 { p { (words.text("founded-single")) } }
            p { (words.text("founded-fingerprint")) }
            (qr::code(&words.text("fingerprint"), &digits))
            p { a href="/" { (words.text("founded-go-on")) } }
        };
        Ok(Page::new(words.text("founded-title"), main))
    })
    .await
}

/// What is to be founded.
struct Order {
    founding: Founding,
    folder: PathBuf,
    governors: Vec<Passphrase>,
    passphrase: Passphrase,
}

fn order(words: Words, typed: &mut Fields) -> Result<Order, NotTaken> {
    let not = |key| NotTaken { why: words.text(key), weak: false };
    if NAMES.iter().any(|(name, _)| typed.given(name).is_none()) {
        return Err(not("found-names-missing"));
    }
    let until = match typed.given("until") {
        None => None,
        Some(text) => Some(last_day(text).ok_or_else(|| not("date-bad"))?),
    };
    let waiting = typed.given("waiting").unwrap_or("7").parse();
    let waiting_days = waiting.ok().filter(|days| *days <= WAITING).ok_or_else(|| not("found-number-bad"))?;
    let threshold = typed.given("threshold").unwrap_or("1").parse().map_err(|_| not("found-number-bad"))?;
    let folder = PathBuf::from(typed.typed("folder"));
    if !folder.is_absolute() {
        return Err(not("found-folder-bad"));
    }
    let mut governors = Vec::new();
    let named: Vec<_> = GOVERNORS.into_iter().filter(|(name, _)| typed.given(name).is_some()).collect();
    for (name, again) in &named {
        governors.push(passphrase::read(words, typed, name, again)?);
    }
    if threshold == 0 || threshold > governors.len() as u64 {
        return Err(not("found-threshold-bad"));
    }
    let history = match typed.typed("history") {
        "from-join" => HistoryRule::FromJoin,
        _ => HistoryRule::Full,
    };
    let founding = Founding {
        mission_name: typed.typed("mission").to_owned(),
        person_name: typed.typed("person").to_owned(),
        compartment_name: typed.typed("compartment").to_owned(),
        history,
        threshold,
        waiting_days,
        synthetic: typed.is_ticked("synthetic"),
        until,
    };
    let passphrase = passphrase::read(words, typed, "passphrase", "again")?;
    Ok(Order { founding, folder, governors, passphrase })
}

/// The first moment after a date that was typed.
pub(super) fn last_day(text: &str) -> Option<Timestamp> {
    let read = read_date(text, None).ok()?;
    Some(Timestamp(read.at.0.saturating_add(Timestamp::DAY)))
}

fn form(words: Words, token: &str, typed: &Fields, folder: &str, refused: Option<&NotTaken>) -> Page {
    let main = html! {
        h1 { (words.text("found-title")) }
        p { (words.text("found-what")) }
        (wrong(refused.map(|refused| refused.why.as_str())))
        form.write method="post" action="/found" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            @for (name, label) in NAMES {
                label { span { (words.text(label)) } input name=(name) value=(typed.typed(name)) required dir="auto" maxlength="200"; }
            }
            (passphrase::fields(words, "passphrase", "again", "found-passphrase"))
            h2 { (words.text("found-governors")) }
            p { (words.text("found-governors-why")) }
            (governors(words))
            div.pair {
                label { span { (words.text("found-threshold")) }
                    input name="threshold" type="number" min="1" max="5" value=(typed.given("threshold").unwrap_or("1")); }
                label { span { (words.text("found-waiting")) }
                    input name="waiting" type="number" min="0" max=(WAITING) value=(typed.given("waiting").unwrap_or("7")); }
            }
            label { span { (words.text("found-folder")) } input name="folder" value=(folder) required spellcheck="false" dir="ltr"; }
            (passphrase::advice(words, refused.is_some_and(|refused| refused.weak)))
            div.pair {
                label { span { (words.text("found-history")) }
                    select name="history" {
                        option value="full" { (words.text("found-history-full")) }
                        option value="from-join" selected[typed.typed("history") == "from-join"] { (words.text("found-history-from-join")) }
                    } }
                label { span { (words.text("found-until")) } input name="until" type="date" value=(typed.typed("until")); }
            }
            label.tick { input type="checkbox" name="synthetic" value="1" checked[typed.is_ticked("synthetic")]; " " (words.text("found-synthetic")) }
            button type="submit" { (words.text("found-do")) }
        }
        p { a href="/welcome" { (words.text("back")) } }
    };
    Page::new(words.text("found-title"), main).with(STRENGTH)
}

/// One governor at least; each types a passphrase of their own.
fn governors(words: Words) -> Markup {
    html! {
        @for (number, (name, again)) in (1u64..).zip(GOVERNORS) {
            fieldset.pair {
                legend { (words.with("found-governor", &[("number", number.into())])) }
                label { span { (words.text("pass-new")) }
                    input type="password" name=(name) required[number == 1] minlength=(Passphrase::SHORTEST) autocomplete="new-password"; }
                label { span { (words.text("pass-again")) }
                    input type="password" name=(again) required[number == 1] minlength=(Passphrase::SHORTEST) autocomplete="new-password"; }
            }
        }
    }
}

//! Alarms of decoys, for watch officers. Which parts are decoys is said to nobody, and stands on no page.

use axum::extract::State;
use axum::response::Response;
use counterseal_node::{DecoyAlarm, Desk, NodeError};
use counterseal_register::Office;
use maud::{Markup, html};

use crate::door::Checked;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, sent};
use crate::pages::casework::{names, token};
use crate::pages::codes::code;
use crate::pages::{Reader, with_form};
use crate::server::App;
use crate::words::Words;

/// Whether this desk's person looks after alarms now.
fn watches(desk: &Desk) -> bool {
    let offices = desk.register().offices_of(desk.person(), desk.moment());
    offices.iter().any(|(office, _)| *office == Office::Watch)
}

/// The alarms; nothing at all for whoever is no watch officer.
pub(super) fn list(words: Words, desk: &Desk, token: &str) -> Result<Markup, NodeError> {
    if !watches(desk) {
        return Ok(html! {});
    }
    let all = desk.decoy_alarms()?;
    Ok(html! {
        h2 { (words.text("alarm-title")) }
        @if all.is_empty() { p { (words.text("alarm-none")) } }
        @for alarm in &all { (one(words, desk, token, alarm)) }
    })
}

fn one(words: Words, desk: &Desk, token: &str, alarm: &DecoyAlarm) -> Markup {
    let who = alarm.reader.map_or_else(|| "?".to_owned(), |id| names::person(desk, id));
    html! {
        section.sealed role=[(!alarm.seen).then_some("alert")] {
            h3.warning[!alarm.seen] { bdi { (who) } " · " (words.time(alarm.time)) " · " (code(words, &alarm.purpose)) }
            p { (words.with("alarm-asked", &[("decoys", (alarm.decoys.len() as u64).into()), ("asked", alarm.asked.into())]))
                @if alarm.ahead { " " span.mark { (words.text("openings-ahead")) } }
                @if alarm.emergency { " " span.mark { (words.text("openings-emergency")) } }
                @if !alarm.logged { " " span.warning { (words.text("openings-not-logged")) } } }
            p { (words.with("alarm-released", &[("have", (alarm.released.0 as u64).into()), ("all", (alarm.released.1 as u64).into())])) }
            @if alarm.seen { p.quiet { (words.text("alarm-seen")) } }
            @else { form.line autocomplete="off" method="post" action="/review/alarm" { (self::token(token))
                input type="hidden" name="request" value=(hex::encode(alarm.request));
                button type="submit" { (words.text("alarm-see")) } } }
        }
    }
}

/// `POST /review/alarm`: it is seen to.
pub(crate) async fn seen(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let see = |desk: &mut Desk| -> Result<String, Why> {
            if watches(desk) {
                desk.see_to_alarm(typed::text(&fields, "request"))?;
                return Ok("/review?done=seen".to_owned());
            }
            Err(Why::Said(words.text("alarm-not-yours")))
        };
        let done = see(&mut unlocked.desk);
        sent(words, "/review", done)
    })
    .await
}

//! A request of this desk that waits for approvals: who was asked, who answered, and opening it once they have. Its fresh key
//! is in memory alone, so that it ends with the desk's lock, and after ten minutes anyhow.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use counterseal_model::Timestamp;
use counterseal_node::{Desk, NodeError, OpeningFailure, part_text};
use maud::{Markup, html};

use super::at_hand::{AtHand, Waits};
use super::open::{SHOWN, line, opened_path, refused};
use super::typed::{self, Fields};
use super::why::Why;
use super::{names, token};
use crate::door::Checked;
use crate::pages::codes::{code, code_text};
use crate::pages::state::span;
use crate::pages::unlock::Nothing;
use crate::pages::{Page, Reader, Sent, with_desk, with_form};
use crate::server::App;
use crate::words::{Said, Words};
use crate::worker::Unlocked;

/// `GET /asking/REQUEST`; with `look` the trustees are asked for answers first.
pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path(core): Path<String>,
    Query(asked): Query<Fields>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let title = words.text("asking-title");
        let heard = if typed::ticked(&asked, "look") { look(&mut unlocked.desk).err() } else { None };
        let Some(waits) = unlocked.at_hand.asked.get(&core) else {
            let main = html! { h1 { (title) } p { (words.text("asking-over")) } p { a href="/approvals" { (words.text("approvals-title")) } } };
            return Ok(Page::new(title, main).with(&["casework.css"]));
        };
        let main = html! {
            h1 { (title) }
            @if let Some(why) = heard { p.warning role="alert" { (why.say(words)) } }
            (state(words, &unlocked.desk, &token, &core, waits)?)
        };
        Ok(Page::new(title, main).with(&["casework.css", "casework.js"]))
    })
    .await
}

fn look(desk: &mut Desk) -> Result<(), Why> {
    line(desk)?.fetch_post(desk)?;
    Ok(())
}

/// How it stands. Scripts look again every few seconds; without them whoever waits presses.
fn state(words: Words, desk: &Desk, token: &str, core: &str, waits: &Waits) -> Result<Markup, NodeError> {
    let request = waits.asking.request();
    let (given, declined) = desk.approvals_for(&waits.asking)?;
    let needed = waits.asking.approvals_needed().max(1);
    let left = request.not_after.0.saturating_sub(desk.now().0);
    let (ready, over) = (given.len() >= needed, left <= 0);
    let path = format!("/asking/{core}");
    let of: Vec<_> = waits.of.iter().map(|id| names::person(desk, *id)).collect();
    Ok(html! {
        section #waiting hx-get=[(given.len() < waits.of.len() && !over).then(|| format!("{path}?look=1"))] hx-trigger="every 10s" hx-select="#waiting" hx-swap="outerHTML" {
            p { (words.with("asking-of", &[("names", (&of.join(", ")).into()), ("purpose", (&code_text(words, &request.purpose)).into())])) }
            ul { @for part in &request.parts { li { a href=(names::part_path(*part)) { code { (part_text(*part)) } } } } }
            p.said role="status" {
                (words.with("asking-have", &[("have", (given.len() as u64).into()), ("needed", (needed.max(waits.of.len()) as u64).into())]))
                @if declined > 0 { " " strong.warning { (words.text("asking-declined")) } }
                @if let Some(until) = request.delay_until { " " (words.with("asking-delayed", &[("date", (&words.date(until)).into())])) }
                " " @if over { (words.text("asking-too-old")) } @else { (words.with("asking-left", &[("age", Said::Text(&span(words, left)))])) }
            }
            @if ready && !over {
                form.line autocomplete="off" method="post" action=(format!("{path}/open")) data-once { (self::token(token))
                    button type="submit" data-busy=(words.text("open-asking")) { (words.text("asking-open")) } }
                @if given.len() < waits.of.len() { p.quiet { (words.text("asking-not-all")) } }
            } @else if !over {
                p { a.button href=(format!("{path}?look=1")) { (words.text("asking-look")) } }
            }
            form.line autocomplete="off" method="post" action=(format!("{path}/drop")) { (self::token(token))
                button.quiet type="submit" { (words.text("asking-drop")) } }
        }
    })
}

/// `POST /asking/REQUEST/open`: with the approvals that came. Whether they count, trustees say.
pub(crate) async fn open(
    State(app): State<App>,
    reader: Reader,
    Path(core): Path<String>,
    Checked(_): Checked<Nothing>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| match opened(words, unlocked, &core) {
        Ok(path) => Sent::At(path),
        Err(why) => Sent::Not(refused(words, &unlocked.desk, &why, "")),
    })
    .await
}

fn opened(words: Words, unlocked: &mut Unlocked, core: &str) -> Result<String, Why> {
    let Unlocked { desk, at_hand, .. } = unlocked;
    let Waits { mut asking, of } =
        at_hand.asked.remove(core).ok_or_else(|| Why::Said(words.text("asking-over")))?;
    let (given, _) = desk.approvals_for(&asking)?;
    let needed = asking.approvals_needed().max(1);
    if given.len() < needed {
        let have = given.len();
        at_hand.asked.insert(core.to_owned(), Waits { asking, of });
        return Err(NodeError::from(OpeningFailure::ApprovalsMissing { needed, have }).into());
    }
    given.into_iter().for_each(|signed| asking.add_approval(signed));
    let mut line = line(desk)?;
    let until = Timestamp(desk.now().0.saturating_add(SHOWN));
    let ahead = asking.request().ahead.is_some();
    let asked = desk.open_parts(asking, &mut line, until)?;
    if ahead {
        desk.close_opened();
        return Ok("/ahead".to_owned());
    }
    Ok(asked.parts.first().map_or_else(|| "/openings".to_owned(), |one| opened_path(one.part)))
}

/// `POST /asking/REQUEST/drop`
pub(crate) async fn give_up(
    State(app): State<App>,
    reader: Reader,
    Path(core): Path<String>,
    Checked(_): Checked<Nothing>,
) -> Response {
    with_form(&app, reader, move |_, unlocked| {
        unlocked.at_hand.asked.remove(&core);
        Sent::At("/approvals".to_owned())
    })
    .await
}

/// What this desk asked and still waits for.
pub(super) fn list(words: Words, desk: &Desk, at_hand: &AtHand) -> Markup {
    html! {
        @if at_hand.asked.is_empty() { p { (words.text("asking-none")) } }
        @else { ul { @for (core, waits) in &at_hand.asked {
            @let request = waits.asking.request();
            li { a href=(format!("/asking/{core}")) { (code(words, &request.purpose)) " · " (words.time(request.made)) }
                " · " bdi { (waits.of.iter().map(|id| names::person(desk, *id)).collect::<Vec<_>>().join(", ")) } }
        } } }
    }
}

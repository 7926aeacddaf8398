//! A session with the hub: now, or every so many minutes.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use counterseal_node::{Desk, NodeError, SyncOptions};
use maud::{Markup, html};

use super::super::outside::at;
use super::super::{Reader, sorry};
use crate::door::{Checked, Fields};
use crate::server::App;
use crate::words::Words;
use crate::worker::{BEGINNING, Keep};

/// Minutes from one session to the next that can be chosen.
const MINUTES: [u64; 4] = [0, 5, 15, 60];
/// Longest address of a hub.
const ADDRESS: usize = 300;

pub(super) fn forms(
    words: Words,
    token: &str,
    desk: &Desk,
    keep: Option<&Keep>,
) -> Result<Markup, NodeError> {
    let address = desk.hub_address()?.unwrap_or_default();
    let kept = keep.map_or(0, |keep| keep.minutes);
    Ok(html! {
        h2 { (words.text("link-sync")) }
        @if !desk.has_hub() { p { (words.text("link-no-hub")) } }
        form.write method="post" action="/link/sync" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            div.pair {
                label { span { (words.text("link-address")) }
                    input name="address" value=(address) required dir="ltr" spellcheck="false" maxlength=(ADDRESS) placeholder="hub.example:7443"; }
                label { span { (words.text("link-budget")) }
                    input name="budget" type="number" min="1" max="100000000" placeholder="200"; }
            }
            label.tick { input type="checkbox" name="anew" value="1"; " " (words.text("link-anew")) }
            button type="submit" { (words.text("link-do")) }
        }
        form.switch autocomplete="off" method="post" action="/link/keep" {
            input type="hidden" name="token" value=(token);
            label { span { (words.text("link-keep")) }
                select name="minutes" { @for minutes in MINUTES {
                    option value=(minutes) selected[minutes == kept] { @if minutes == 0 { (words.text("link-keep-not")) }
                        @else { (words.with("link-keep-every", &[("count", minutes.into())])) } }
                } } }
            button type="submit" { (words.text("link-keep-do")) }
        }
        p { (words.text("link-keep-why")) }
    })
}

/// A number of kilobytes that was typed; none where nothing was.
fn kilobytes(text: Option<&str>) -> Result<Option<u64>, ()> {
    let Some(text) = text else { return Ok(None) };
    let number: u64 = text.parse().map_err(|_| ())?;
    number.checked_mul(1_000).filter(|bytes| *bytes > 0).map(Some).ok_or(())
}

/// `POST /link/sync`: the session begins, and every page says how far it is.
pub(crate) async fn begin(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    let words = reader.words;
    let address = form.typed("address").to_owned();
    let refuse = |key| sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text(key));
    if address.is_empty() || address.len() > ADDRESS || !address.contains(':') {
        return refuse("link-address-bad");
    }
    let Ok(budget) = kilobytes(form.given("budget")) else { return refuse("found-number-bad") };
    let options = SyncOptions { budget, anew: form.is_ticked("anew"), ..SyncOptions::default() };
    let worker = app.worker.clone();
    worker.signals().tell(Some(BEGINNING));
    tokio::spawn(async move {
        // Its outcome is kept with the desk, for whoever asks.
        let asked = worker.ask(move |room| room.sync(&address, &options, false)).await;
        if asked.is_err() {
            worker.signals().tell(None);
        }
    });
    at("/link")
}

/// `POST /link/keep`: sessions begin by themselves while the desk is unlocked.
pub(crate) async fn keep(State(app): State<App>, reader: Reader, Checked(form): Checked<Fields>) -> Response {
    let words = reader.words;
    let minutes = form.typed("minutes").parse().ok().filter(|minutes| MINUTES.contains(minutes));
    let Some(minutes) = minutes else {
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("found-number-bad"));
    };
    match app.worker.ask(move |room| room.keep_in_step(minutes, None)).await {
        Ok(()) => at("/link"),
        Err(_busy) => super::super::busy(words),
    }
}

#[cfg(test)]
mod tests {
    use super::kilobytes;

    #[test]
    fn a_budget_is_a_number_of_kilobytes_or_nothing() {
        assert_eq!(kilobytes(None), Ok(None));
        assert_eq!(kilobytes(Some("200")), Ok(Some(200_000)));
        for bad in ["0", "-1", "1e3", "99999999999999999999", "18446744073709551615"] {
            assert_eq!(kilobytes(Some(bad)), Err(()), "{bad}");
        }
    }
}

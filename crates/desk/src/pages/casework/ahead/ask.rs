//! Asking for what was chosen. It takes as long as the log and the trustees take, and goes on when the page is left.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};

use super::chosen::{chosen, terms};
use super::progress::Step;
use crate::door::Checked;
use crate::pages::casework::approvers;
use crate::pages::casework::at_hand::Waits;
use crate::pages::casework::open::line;
use crate::pages::casework::typed::Fields;
use crate::pages::casework::why::{Why, not_done};
use crate::pages::{Reader, Sent, with_form};
use crate::server::App;
use crate::words::Words;
use crate::worker::{Room, Unlocked};

/// Where its progress is shown.
const PROGRESS: &str = "/ahead/progress";

/// `POST /ahead/open`: prepared, and asked for in the background; or sent to whoever is to approve.
pub(crate) async fn open(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    let words = reader.words;
    if app.progress.is_running() {
        return (StatusCode::SEE_OTHER, [(LOCATION, PROGRESS)]).into_response();
    }
    let (background, progress) = (app.clone(), app.progress.clone());
    let answer = with_form(&app, reader, move |words, unlocked| {
        unlocked.at_hand.progress = Some(progress);
        match prepare(words, unlocked, &fields) {
            Ok(path) => Sent::At(path),
            Err(why) => Sent::Not(not_done(words, "/ahead", &why)),
        }
    })
    .await;
    let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
    let Some(core) = to.strip_prefix(&format!("{PROGRESS}?of=")).map(str::to_owned) else { return answer };
    background.progress.begin();
    tokio::spawn(async move {
        let progress = background.progress.clone();
        let done = background.worker.ask(move |room| carry_out(words, room, &progress, &core)).await;
        if done.is_err() {
            background.progress.say(Step::Failed(words.text("busy")));
        }
    });
    answer
}

fn prepare(words: Words, unlocked: &mut Unlocked, fields: &Fields) -> Result<String, Why> {
    let desk = &mut unlocked.desk;
    let chosen = chosen(words, desk, fields)?.filter(|chosen| !chosen.parts.is_empty());
    let chosen = chosen.ok_or_else(|| Why::Said(words.text("ahead-nothing")))?;
    let terms = terms(words, desk, fields, chosen)?;
    let asking = desk.prepare_opening(terms)?;
    let core = hex::encode(asking.request().core_hash());
    let of = approvers::chosen(words, desk, fields)?;
    let mut path = format!("{PROGRESS}?of={core}");
    if !of.is_empty() {
        let mut line = line(desk)?;
        for person in &of {
            desk.ask_approval(&asking, *person, &mut line)?;
        }
        path = format!("/asking/{core}");
    }
    unlocked.at_hand.asked.insert(core, Waits { asking, of });
    Ok(path)
}

/// The commit points are those of `Desk::open_parts`: what was opened is kept before it is said to be.
fn carry_out(words: Words, room: &mut Room, progress: &super::Progress, core: &str) {
    let step = match opened(words, room, progress, core) {
        Ok(parts) => Step::Done(parts),
        Err(why) => Step::Failed(why.say(words)),
    };
    progress.say(step);
}

fn opened(words: Words, room: &mut Room, progress: &super::Progress, core: &str) -> Result<usize, Why> {
    let gone = || Why::Said(words.text("asking-over"));
    let Unlocked { desk, at_hand, .. } = room.unlocked().ok_or_else(gone)?;
    let Waits { asking, .. } = at_hand.asked.remove(core).ok_or_else(gone)?;
    let mut told = progress.tell(line(desk)?);
    let until = desk.now();
    let asked = desk.open_parts(asking, &mut told, until)?;
    desk.close_opened();
    Ok(asked.parts.iter().filter(|part| !part.cover).count())
}

//! How far a request is that takes a while. What is shown of it asks nothing of the desk's thread, which is busy with it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use counterseal_node::{Desk, LinkError, Outside, OutsideLine};
use counterseal_register::{JournalLeaf, KeyId, TrusteeAnswer, TrusteeCall};
use maud::{Markup, html};

use crate::pages::{Page, Reader, layout, with_desk};
use crate::server::App;
use crate::words::Words;

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The request is written into the log.
    Writing,
    /// It stands there; witnesses cosign it.
    Proving,
    /// So many of so many trustees have answered.
    Heard(usize, usize),
    /// So many parts are kept.
    Done(usize),
    /// It came to nothing, and why.
    Failed(String),
}

/// How far the request is that runs, or the last that ran.
#[derive(Clone, Default)]
pub(crate) struct Progress(Arc<Mutex<Option<Step>>>);

impl Progress {
    fn step(&self) -> MutexGuard<'_, Option<Step>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether one runs.
    pub(super) fn is_running(&self) -> bool {
        matches!(*self.step(), Some(Step::Writing | Step::Proving | Step::Heard(..)))
    }

    pub(super) fn begin(&self) {
        self.say(Step::Writing);
    }

    pub(super) fn say(&self, step: Step) {
        *self.step() = Some(step);
    }

    /// Forgets how far it was.
    pub(in crate::pages::casework) fn clear(&self) {
        *self.step() = None;
    }

    /// The line, saying how far it is.
    pub(super) fn tell(&self, line: OutsideLine) -> Told {
        Told { line, progress: self.clone() }
    }
}

/// A line that says how far it is.
pub(super) struct Told {
    line: OutsideLine,
    progress: Progress,
}

impl Outside for Told {
    fn push_leaf(&mut self, desk: &Desk, leaf: &JournalLeaf) -> Result<u64, LinkError> {
        self.line.push_leaf(desk, leaf)
    }

    fn prove_leaf(&mut self, desk: &Desk, leaf: &JournalLeaf, index: u64) -> Result<Vec<u8>, LinkError> {
        self.progress.say(Step::Proving);
        self.line.prove_leaf(desk, leaf, index)
    }

    fn call(
        &mut self,
        desk: &Desk,
        calls: Vec<(KeyId, TrusteeCall)>,
        heard: &mut dyn FnMut(KeyId, Result<TrusteeAnswer, LinkError>) -> bool,
    ) {
        let (all, mut have, progress) = (calls.len(), 0, self.progress.clone());
        progress.say(Step::Heard(0, all));
        self.line.call(desk, calls, &mut |trustee, answer| {
            have += 1;
            progress.say(Step::Heard(have, all));
            heard(trustee, answer)
        });
    }
}

/// `GET /ahead/progress`. Scripts look again every two seconds; without them whoever waits presses. While it runs the desk's
/// thread is busy and is asked nothing; what came of it is said by an unlocked desk alone.
pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let (words, step) = (reader.words, app.progress.step().clone());
    let title = words.text("ahead-progress");
    if app.progress.is_running() {
        let main = html! { h1 { (title) } (state(words, step.as_ref())) };
        return layout::bare(words, &title, &main).into_response();
    }
    let progress = app.progress.clone();
    with_desk(&app, reader, move |words, _| {
        let step = progress.step().clone();
        let main = html! { h1 { (title) } (state(words, step.as_ref())) };
        Ok(Page::new(title.clone(), main).with(&["casework.css"]))
    })
    .await
}

fn state(words: Words, step: Option<&Step>) -> Markup {
    let (done, said) = match step {
        None => (0, words.text("ahead-nothing-runs")),
        Some(Step::Writing) => (1, words.text("ahead-writing")),
        Some(Step::Proving) => (2, words.text("ahead-proving")),
        Some(Step::Heard(have, all)) => {
            (3, words.with("ahead-heard", &[("have", (*have as u64).into()), ("all", (*all as u64).into())]))
        }
        Some(Step::Done(parts)) => (5, words.with("ahead-done", &[("count", (*parts as u64).into())])),
        Some(Step::Failed(why)) => (5, why.clone()),
    };
    let runs = (1..5).contains(&done);
    html! {
        section #progress hx-get=[runs.then_some("/ahead/progress")] hx-trigger="every 2s" hx-select="#progress" hx-swap="outerHTML" {
            @if runs { progress max="5" value=(done) aria-label=(words.text("ahead-progress")) {} }
            p role="status" class=(if matches!(step, Some(Step::Failed(_))) { "warning" } else { "said" }) { (said) }
            @if runs { p { (words.text("ahead-leave")) } p { a href="/ahead/progress" { (words.text("asking-look")) } } }
            @else { p { a href="/ahead" { (words.text("ahead-title")) } } }
        }
    }
}

//! What is said of a report while it is typed: the guard at the door, what may be the same event, and that it is kept.

use counterseal_model::RecordId;
use counterseal_model::record::{Body, Incident};
use counterseal_node::{Alike, Common, Concern, Desk, KeptDraft, NodeError, RecordView};
use maud::{Markup, html};

use super::Typed;
use crate::assets;
use crate::labels::Labels;
use crate::pages::lines::called;
use crate::words::Words;
use crate::worker::Unlocked;

/// Most records that are pointed out as alike.
const POINTED_OUT: usize = 3;

/// All that is said of what is typed into a new report.
pub(super) fn said(
    words: Words,
    unlocked: &mut Unlocked,
    typed: &Typed,
    kept: KeptDraft,
) -> Result<Markup, NodeError> {
    let mut incident = Incident::default();
    // What cannot be read yet is said when the form is sent.
    typed.apply(words, &unlocked.desk, &mut incident)?;
    of_incident(words, unlocked, &incident, None, kept)
}

/// All that is said of what an incident would be; `itself` is the record that it is already, if it is one.
pub(in crate::pages) fn of_incident(
    words: Words,
    unlocked: &mut Unlocked,
    incident: &Incident,
    itself: Option<RecordId>,
    kept: KeptDraft,
) -> Result<Markup, NodeError> {
    let point = incident.place.as_ref().and_then(|place| place.point);
    let guard = unlocked.guard()?;
    let concerns = guard.check(&Body::Incident(Box::new(incident.clone())));
    let alike = unlocked.desk.alike(incident, itself, POINTED_OUT)?;
    let now = words.moment(unlocked.desk.now());
    Ok(html! {
        @if let Some(point) = point { span #point data-lat=(point.lat()) data-lon=(point.lon()) hidden {} }
        @match kept {
            KeptDraft::Nowhere => {}
            KeptDraft::InStore => { p.kept { (words.with("draft-kept", &[("time", (&now).into())])) } }
            KeptDraft::InMemory => { p.kept { (words.text("draft-in-memory")) } }
        }
        (concerned(words, &concerns))
        (alike_to(&Labels::of(words, &unlocked.desk), &alike, |_| html! {}))
    })
}

/// Beside the fields: a map to point at, and what is said of what is typed, asked for at this path while it is typed.
pub(in crate::pages) fn beside(
    words: Words,
    desk: &Desk,
    check: &str,
    said: &Markup,
) -> Result<Markup, NodeError> {
    let own = desk.has_basemap()?;
    Ok(html! {
        div.beside {
            div.pick #pick hidden data-label=(words.text("pick-label")) data-basemap=(assets::path("vendor/basemap.json"))
                data-detail=(assets::path("vendor/detail.json")) data-mission=[own.then_some("/situation/basemap")] {}
            p.pick-why hidden { (words.text("pick-why")) @if !own { " " (words.text("map-places")) } }
            div #said aria-live="polite" hx-post=(check) hx-include="closest form" hx-trigger="input from:closest form delay:700ms, change from:closest form delay:300ms" hx-sync="this:replace" { (said) }
        }
    })
}

/// What the guard at the door points out. It refuses nothing.
pub(in crate::pages) fn concerned(words: Words, concerns: &[Concern]) -> Markup {
    html! {
        @if !concerns.is_empty() {
            section.guard aria-label=(words.text("guard")) {
                h2 { (words.text("guard")) }
                p { (words.text("guard-why")) }
                ul { @for concern in concerns { li { q { bdi { (concern.text) } } " – " (concern.reason.in_language(words.0.into())) } } }
            }
        }
    }
}

/// What may tell of the same event, each with what can be done about it.
pub(in crate::pages) fn alike_to(
    labels: &Labels<'_>,
    alike: &[Alike],
    act: impl Fn(&RecordView) -> Markup,
) -> Markup {
    let words = labels.words();
    html! {
        @if !alike.is_empty() {
            section.alike aria-label=(words.text("alike")) {
                h2 { (words.text("alike")) }
                p { (words.text("alike-why")) }
                ul {
                    @for one in alike {
                        li {
                            a href=(format!("/record/{}", one.record.id())) { bdi { (short(&called(labels, &one.record.part.body))) } }
                            " – " (one.common.iter().map(|common| word(words, common)).collect::<Vec<_>>().join("; "))
                            (act(&one.record))
                        }
                    }
                }
            }
        }
    }
}

fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

fn word(words: Words, common: &Common) -> String {
    match common {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few days")]
        Common::Days(days) => words.with("alike-days", &[("count", (days.round() as u64).into())]),
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few kilometres")]
        Common::Km(km) => words.with("alike-km", &[("count", (km.round() as u64).into())]),
        Common::Place(name) => words.with("alike-place", &[("name", name.into())]),
        Common::Killed(one, other) => {
            words.with("alike-killed", &[("one", (*one).into()), ("other", (*other).into())])
        }
        Common::Names(names) => words.with("alike-names", &[("names", (&names.join(words.comma())).into())]),
        Common::Words(count) => words.with("alike-words", &[("count", (*count as u64).into())]),
    }
}

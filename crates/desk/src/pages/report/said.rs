//! What is said of a report while it is typed: the guard at the door, what may be the same event, and that it is kept.

use counterseal_model::record::{Body, Incident};
use counterseal_node::{Alike, Common, Concern, KeptDraft, NodeError, RecordView};
use maud::{Markup, html};

use super::Typed;
use crate::pages::lines::title_of;
use crate::words::{Tongue, Words};
use crate::worker::Unlocked;

/// Most records that are pointed out as alike.
const POINTED_OUT: usize = 3;

/// All that is said of what is typed.
pub(super) fn said(
    words: Words,
    unlocked: &mut Unlocked,
    typed: &Typed,
    kept: KeptDraft,
) -> Result<Markup, NodeError> {
    let mut incident = Incident::default();
    // What cannot be read yet is said when the form is sent.
    typed.apply(words, &unlocked.desk, &mut incident)?;
    let point = incident.place.as_ref().and_then(|place| place.point);
    let guard = unlocked.guard()?;
    let concerns = guard.check(&Body::Incident(Box::new(incident.clone())));
    let alike = unlocked.desk.alike(&incident, None, POINTED_OUT)?;
    let now = unlocked.desk.now().rfc3339();
    Ok(html! {
        @if let Some(point) = point { span #point data-lat=(point.lat()) data-lon=(point.lon()) hidden {} }
        @match kept {
            KeptDraft::Nowhere => {}
            KeptDraft::InStore => { p.kept { (words.with("draft-kept", &[("time", (&now).into())])) } }
            KeptDraft::InMemory => { p.kept { (words.text("draft-in-memory")) } }
        }
        (concerned(words, &concerns))
        (alike_to(words, &alike, |_| html! {}))
    })
}

/// What the guard at the door points out. It refuses nothing.
pub(in crate::pages) fn concerned(words: Words, concerns: &[Concern]) -> Markup {
    let reason = |concern: &Concern| match words.0 {
        Tongue::French => concern.reason.fr.clone(),
        _ => concern.reason.en.clone(),
    };
    html! {
        @if !concerns.is_empty() {
            section.guard aria-label=(words.text("guard")) {
                h2 { (words.text("guard")) }
                p { (words.text("guard-why")) }
                ul { @for concern in concerns { li { q { bdi { (concern.text) } } " – " (reason(concern)) } } }
            }
        }
    }
}

/// What may tell of the same event, each with what can be done about it.
pub(in crate::pages) fn alike_to(
    words: Words,
    alike: &[Alike],
    act: impl Fn(&RecordView) -> Markup,
) -> Markup {
    html! {
        @if !alike.is_empty() {
            section.alike aria-label=(words.text("alike")) {
                h2 { (words.text("alike")) }
                p { (words.text("alike-why")) }
                ul {
                    @for one in alike {
                        li {
                            a href=(format!("/record/{}", one.record.id())) { bdi { (short(&title_of(&one.record.part.body))) } }
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
        Common::Names(names) => words.with("alike-names", &[("names", (&names.join(", ")).into())]),
        Common::Words(count) => words.with("alike-words", &[("count", (*count as u64).into())]),
    }
}

//! Terms of the mission's taxonomies, as people choose and type them.

use counterseal_model::Term;
use counterseal_model::taxonomy::Taxonomy;
use counterseal_node::{Desk, NodeError};
use maud::{Markup, html};

use super::Typed;
use crate::labels::Labels;
use crate::words::Words;

/// What was typed as a term: by its code, or by its label in any language; else as it stands. None where nothing is left.
pub(super) fn term(labels: &Labels<'_>, taxonomy: &'static str, typed: &str) -> Option<Term> {
    labels.read(taxonomy, typed).or_else(|| Term::from_text(typed.trim()))
}

/// Fields in which a term is typed, and its taxonomy.
const TERMS: [(&str, &str); 4] =
    [("type", "incident-type"), ("act", "act"), ("method", "method"), ("response-action", "response-action")];

/// The fields with what their terms are called, in the place of codes.
pub(super) fn in_words(labels: &Labels<'_>, typed: &Typed) -> Typed {
    let mut shown = typed.clone();
    for (name, taxonomy) in TERMS {
        shown.set(name, labels.typed(taxonomy, typed.get(name)));
    }
    let weapons = typed.get("weapons").split(',').map(str::trim).filter(|one| !one.is_empty());
    // A label with a comma would be read as two.
    let called = |code: &str| Some(labels.typed("weapon", code)).filter(|label| !label.contains([',', '،']));
    let weapons: Vec<String> = weapons.map(|code| called(code).unwrap_or_else(|| code.to_owned())).collect();
    shown.set("weapons", weapons.join(labels.words().comma()));
    shown
}

/// The terms of a taxonomy as what an input offers.
pub(super) fn offered(
    labels: &Labels<'_>,
    desk: &Desk,
    taxonomy: &'static str,
    id: &str,
) -> Result<Markup, NodeError> {
    let known = desk.taxonomy(taxonomy)?;
    Ok(html! {
        datalist id=(id) {
            @for term in current(known.as_ref()) { option value=(labels.typed(taxonomy, term.code.as_str())) {} }
        }
    })
}

/// The terms of a taxonomy as a choice.
pub(super) fn choice(
    words: Words,
    desk: &Desk,
    taxonomy: &str,
    (name, label): (&str, &str),
    typed: &str,
) -> Result<Markup, NodeError> {
    let known = desk.taxonomy(taxonomy)?;
    let offered: Vec<_> = current(known.as_ref()).collect();
    // What an older taxonomy or a file said is shown as it is.
    let other = !typed.is_empty() && !offered.iter().any(|term| term.code.as_str() == typed);
    Ok(html! {
        select name=(name) aria-label=(label) {
            option value="" { "–" }
            @if other { option value=(typed) selected { (typed) } }
            @for term in offered {
                option value=(term.code) selected[term.code.as_str() == typed] { (term.label.in_language(words.0.into())) }
            }
        }
    })
}

fn current(known: Option<&Taxonomy>) -> impl Iterator<Item = &counterseal_model::taxonomy::TermEntry> {
    known.into_iter().flat_map(|known| known.terms()).filter(|term| !term.deprecated)
}

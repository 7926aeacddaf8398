//! Terms of the mission's taxonomies, as people choose and type them.

use counterseal_model::Term;
use counterseal_model::taxonomy::{Language, Taxonomy};
use counterseal_node::{Desk, NodeError};
use maud::{Markup, html};

use crate::words::Words;

/// What was typed as a term: by its code, or by its label in any language; else as it stands. None where nothing is left.
pub(super) fn term(desk: &Desk, taxonomy: &str, typed: &str) -> Result<Option<Term>, NodeError> {
    let typed = typed.trim();
    let code = Term::from_text(typed);
    let Some(known) = desk.taxonomy(taxonomy)? else { return Ok(code) };
    let said = typed.to_lowercase();
    let labelled = known.terms().iter().find(|term| {
        [Language::English, Language::French, Language::Spanish, Language::Arabic]
            .iter()
            .any(|one| term.label.in_language(*one).to_lowercase() == said)
    });
    Ok(labelled.map(|term| term.code.clone()).or(code))
}

/// The terms of a taxonomy as what an input offers.
pub(super) fn offered(words: Words, desk: &Desk, taxonomy: &str, id: &str) -> Result<Markup, NodeError> {
    let known = desk.taxonomy(taxonomy)?;
    Ok(html! {
        datalist id=(id) {
            @for term in current(known.as_ref()) {
                option value=(term.code) { (term.label.in_language(words.0.into())) }
            }
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

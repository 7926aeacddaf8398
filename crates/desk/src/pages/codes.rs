//! Codes of the policy: purposes, who gets what, sections, roles. Those that ship are called by a word in the reader's
//! language, with the code in a title for whoever knows it by that; a mission's own are shown as they are.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use counterseal_model::Code;
use counterseal_policy::Table;
use maud::{Markup, html};

use crate::words::{Tongue, Words};

/// What the policy that ships says of its purposes, in English.
static SHIPPED: LazyLock<BTreeMap<Code, String>> = LazyLock::new(|| {
    let table = Table::read("default.csv", Table::DEFAULT.as_bytes());
    let purposes = table.map(|table| table.purposes().clone()).unwrap_or_default();
    purposes.into_iter().map(|(code, purpose)| (code, purpose.words)).collect()
});

/// A code, as it is called.
pub(super) fn code(words: Words, code: &Code) -> Markup {
    html! {
        @match words.code(code.as_str()) {
            Some(word) => span title=(code) { (word) },
            None => (code),
        }
    }
}

/// The same as text alone.
pub(super) fn code_text(words: Words, code: &Code) -> String {
    words.code(code.as_str()).unwrap_or_else(|| code.to_string())
}

/// What the policy says of a purpose, where that tells the reader more: what ships is in English, and its word says as much
/// in the reader's own language.
fn explanation<'a>(words: Words, purpose: &Code, said: &'a str) -> Option<&'a str> {
    let shipped = SHIPPED.get(purpose).is_some_and(|shipped| shipped == said);
    Some(said).filter(|said| !said.is_empty() && (!shipped || words.0 == Tongue::English))
}

/// What the policy says of a purpose, under its word.
pub(super) fn explained(words: Words, purpose: &Code, said: &str) -> Markup {
    html! { @if let Some(said) = explanation(words, purpose, said) { div.quiet { bdi { (said) } } } }
}

/// A purpose as a choice has it.
pub(super) fn purpose_text(words: Words, purpose: &Code, said: &str) -> String {
    let called = code_text(words, purpose);
    explanation(words, purpose, said).map_or_else(|| called.clone(), |said| format!("{called} – {said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Code {
        Code::parse(text).unwrap()
    }

    #[test]
    fn every_code_of_the_policy_that_ships_has_a_word_in_each_language() {
        let lines = Table::DEFAULT.lines().filter_map(|line| line.split_once(','));
        let mut codes = Vec::new();
        for (kind, rest) in lines.filter(|(kind, _)| ["purpose", "section", "role"].contains(kind)) {
            codes.extend(rest.split(',').take(if kind == "purpose" { 2 } else { 1 }));
        }
        assert!(codes.len() > 35, "{codes:?}");
        for tongue in Tongue::ALL {
            for code in &codes {
                let word = Words(tongue).code(code).unwrap_or_else(|| panic!("{tongue:?}: {code}"));
                assert!(word != *code && !word.is_empty(), "{tongue:?}: {code}");
            }
        }
    }

    #[test]
    fn a_purpose_is_explained_in_the_readers_language_or_in_the_missions_own_words() {
        let (shipped, said) = (of("statistics"), "Counting for reports in which nobody can be recognised");
        assert_eq!(purpose_text(Words(Tongue::English), &shipped, said), format!("Statistics – {said}"));
        assert_eq!(purpose_text(Words(Tongue::French), &shipped, said), "Statistiques");
        assert_eq!(
            purpose_text(Words(Tongue::French), &shipped, "Pour le rapport mensuel"),
            "Statistiques – Pour le rapport mensuel"
        );
        assert_eq!(purpose_text(Words(Tongue::Arabic), &of("boat-repair"), "Boats"), "boat-repair – Boats");
        let drawn = code(Words(Tongue::Spanish), &shipped).into_string();
        assert_eq!(drawn, "<span title=\"statistics\">Estadísticas</span>");
        assert_eq!(code(Words(Tongue::Spanish), &of("boat-repair")).into_string(), "boat-repair");
    }
}

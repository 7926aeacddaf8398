//! What trustees have against an opening.

use std::collections::BTreeSet;

use counterseal_register::{KeyId, RefusedOpening};

use crate::catalogue::Sentences;

/// Each different reason once.
pub(super) fn of_all(refused: &[(KeyId, RefusedOpening)], words: Sentences) -> String {
    let reasons: BTreeSet<String> = refused.iter().map(|(_, refused)| of_one(refused, words)).collect();
    reasons.into_iter().collect::<Vec<_>>().join("; ")
}

/// The reason, the rule, what is missing, since when, and whom to ask. A trustee may be newer than this program: a code
/// without a sentence is shown as it is.
fn of_one(refused: &RefusedOpening, words: Sentences) -> String {
    let code = refused.code.as_str();
    let mut said = vec![words.find(&format!("against-{code}"), &[]).unwrap_or_else(|| code.to_owned())];
    let mut add = |key, name, value: String| said.extend(words.find(key, &[(name, value.into())]));
    if let Some(rule) = refused.rule {
        add("against-rule", "rule", rule.to_string());
    }
    if !refused.missing.is_empty() {
        let missing: Vec<String> = refused.missing.iter().map(|need| words.word(need.as_str())).collect();
        add("against-missing", "missing", missing.join(", "));
    }
    if let Some(since) = refused.since {
        add("against-since", "since", words.time(since));
    }
    if let Some(office) = refused.ask {
        add("against-ask", "ask", words.word(office.word()));
    }
    said.join(", ")
}

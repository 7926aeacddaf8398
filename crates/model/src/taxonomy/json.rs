//! The JSON form of a taxonomy, and the checks on what it says.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{BadTaxonomy, MAX_TERMS, Taxonomy, TermEntry, Words};
use crate::label::Term;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    en: String,
    fr: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    es: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ar: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermFile {
    code: String,
    en: String,
    fr: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    es: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ar: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    deprecated: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inverse: Option<WordsFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaxonomyFile {
    id: String,
    version: u32,
    title: WordsFile,
    terms: Vec<TermFile>,
}

/// Reads and checks.
pub(super) fn read(text: &str) -> Result<Taxonomy, BadTaxonomy> {
    let file: TaxonomyFile =
        serde_json::from_str(text).map_err(|error| BadTaxonomy::Json { reason: error.to_string() })?;
    let id = code(&file.id)?;
    if file.version == 0 {
        return Err(BadTaxonomy::Version { id: file.id });
    }
    if file.terms.len() > MAX_TERMS {
        return Err(BadTaxonomy::TooMany { id: file.id, count: file.terms.len() });
    }
    let title = words(id.as_str(), file.title)?;
    let terms = file.terms.into_iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    check_parents(&terms)?;
    Ok(Taxonomy { id, version: file.version, title, terms })
}

/// Writes what `read` reads.
pub(super) fn write(taxonomy: &Taxonomy) -> String {
    let words = |words: &Words| WordsFile {
        en: words.en.clone(),
        fr: words.fr.clone(),
        es: words.es.clone(),
        ar: words.ar.clone(),
    };
    let term = |term: &TermEntry| TermFile {
        code: term.code.to_string(),
        en: term.label.en.clone(),
        fr: term.label.fr.clone(),
        es: term.label.es.clone(),
        ar: term.label.ar.clone(),
        parent: term.parent.as_ref().map(Term::to_string),
        deprecated: term.deprecated,
        inverse: term.inverse.as_ref().map(words),
    };
    let file = TaxonomyFile {
        id: taxonomy.id.to_string(),
        version: taxonomy.version,
        title: words(&taxonomy.title),
        terms: taxonomy.terms.iter().map(term).collect(),
    };
    // Strings, numbers and lists always have a JSON form.
    serde_json::to_string_pretty(&file).unwrap_or_default()
}

fn entry(file: TermFile) -> Result<TermEntry, BadTaxonomy> {
    let term = code(&file.code)?;
    let parent = file.parent.as_deref().map(code).transpose()?;
    let label = words(&file.code, WordsFile { en: file.en, fr: file.fr, es: file.es, ar: file.ar })?;
    let inverse = file.inverse.map(|inverse| words(&file.code, inverse)).transpose()?;
    Ok(TermEntry { code: term, label, parent, deprecated: file.deprecated, inverse })
}

fn code(text: &str) -> Result<Term, BadTaxonomy> {
    Term::from_text(text)
        .filter(|term| term.as_str() == text)
        .ok_or_else(|| BadTaxonomy::Code { code: text.chars().take(Term::MAX).collect() })
}

fn words(code: &str, file: WordsFile) -> Result<Words, BadTaxonomy> {
    let needed = [(Some(&file.en), "English"), (Some(&file.fr), "French")];
    for (text, language) in
        needed.into_iter().chain([(file.es.as_ref(), "Spanish"), (file.ar.as_ref(), "Arabic")])
    {
        if text.is_some_and(|text| text.trim().is_empty()) {
            return Err(BadTaxonomy::NoWords { code: code.to_owned(), language });
        }
    }
    Ok(Words { en: file.en, fr: file.fr, es: file.es, ar: file.ar })
}

/// Every code once, every parent there, no circles.
fn check_parents(terms: &[TermEntry]) -> Result<(), BadTaxonomy> {
    let mut parents = HashMap::new();
    for term in terms {
        if parents.insert(&term.code, term.parent.as_ref()).is_some() {
            return Err(BadTaxonomy::Duplicate { code: term.code.to_string() });
        }
    }
    for term in terms {
        if let Some(parent) = term.parent.as_ref().filter(|parent| !parents.contains_key(parent)) {
            let (code, parent) = (term.code.to_string(), parent.to_string());
            return Err(BadTaxonomy::UnknownParent { code, parent });
        }
    }
    // Each walk up clears what it passed, so that the whole takes one step per term.
    for term in terms {
        let mut path = vec![&term.code];
        let mut at = parents.get(&term.code).copied().flatten();
        while let Some(code) = at {
            if path.len() > terms.len() {
                return Err(BadTaxonomy::Cycle { code: code.to_string() });
            }
            path.push(code);
            at = parents.get(code).copied().flatten();
        }
        for code in path {
            parents.insert(code, None);
        }
    }
    Ok(())
}

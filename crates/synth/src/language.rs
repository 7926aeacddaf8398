//! The languages reports are written in.

/// A language of the mission's reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    French,
    Arabic,
}

/// The same choice of phrases in three languages; `{group}` and the like are filled in later.
pub(crate) struct Words {
    pub(crate) en: &'static [&'static str],
    pub(crate) fr: &'static [&'static str],
    pub(crate) ar: &'static [&'static str],
}

impl Words {
    /// The phrases in one language.
    pub(crate) const fn of(&self, language: Language) -> &'static [&'static str] {
        match language {
            Language::English => self.en,
            Language::French => self.fr,
            Language::Arabic => self.ar,
        }
    }
}

/// Appends a phrase, with each `{slot}` filled in.
pub(crate) fn fill(out: &mut String, phrase: &str, mut slot: impl FnMut(&mut String, &str)) {
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else { break };
        slot(out, name);
        rest = tail;
    }
    out.push_str(rest);
}

//! How a cell is read.

/// The readers a rule can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    Text,
    Term,
    Word,
    Date,
    Dtg,
    Coordinates,
    Number,
    List,
    YesNo,
}

impl As {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Text, "text"),
        (Self::Term, "term"),
        (Self::Word, "word"),
        (Self::Date, "date"),
        (Self::Dtg, "dtg"),
        (Self::Coordinates, "coordinates"),
        (Self::Number, "number"),
        (Self::List, "list"),
        (Self::YesNo, "yes-no"),
    ];

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(reader, _)| *reader)
    }

    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(reader, _)| *reader == self).map_or("", |(_, word)| word)
    }

    pub(super) fn words() -> String {
        Self::ALL.map(|(_, word)| word).join(", ")
    }
}

/// Yes or no, in the words of the mission's two languages.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "oui" | "vrai" => Some(true),
        "no" | "n" | "false" | "0" | "non" | "faux" => Some(false),
        _ => None,
    }
}

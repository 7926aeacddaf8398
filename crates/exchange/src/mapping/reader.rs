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

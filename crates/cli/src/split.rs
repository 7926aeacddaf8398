//! A line typed into an unlocked session, as the words a shell would make of it.

/// The words of a line: blanks part them, quotes keep them together, a backslash keeps the next sign.
/// `None` when a quote is left open.
pub(crate) fn words_of(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (Some('\''), sign) => word.get_or_insert_default().push(sign),
            (_, '\\') => word.get_or_insert_default().push(signs.next()?),
            (Some(_), sign) => word.get_or_insert_default().push(sign),
            (None, '"' | '\'') => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            (None, sign) if sign.is_whitespace() => words.extend(word.take()),
            (None, sign) => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_a_shell_would_make() {
        let words = |line| words_of(line).map(|words| words.join("|"));
        assert_eq!(words(r#"find "two words" it\'s  'a "b' """#).unwrap(), r#"find|two words|it's|a "b|"#);
        assert_eq!(words("  ").unwrap(), "");
        assert_eq!(words("find \"open"), None);
    }
}

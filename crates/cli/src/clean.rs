//! Texts of other people on this person's terminal.

/// A text with everything taken out that a terminal would obey: control characters, escapes, and the
/// signs that turn the direction of what follows. Line ends and tabs become blanks where `one_line`.
pub(crate) fn clean(text: &str, one_line: bool) -> String {
    let kept = |sign: char| match sign {
        '\n' | '\t' if one_line => Some(' '),
        '\n' | '\t' => Some(sign),
        '\r' => None,
        // Bidirectional embeddings, overrides and isolates (UAX #9); marks for single letters stay.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        // Line and paragraph separators.
        '\u{2028}' | '\u{2029}' => Some(' '),
        sign if sign.is_control() => None,
        sign => Some(sign),
    };
    text.chars().filter_map(kept).collect()
}

/// JSON with the same signs escaped, so that nothing of a text is lost.
pub(crate) fn escape(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for sign in json.chars() {
        let harmless = sign == '\n' || clean(sign.encode_utf8(&mut [0; 4]), false).starts_with(sign);
        match harmless {
            true => escaped.push(sign),
            false => escaped.push_str(&format!("\\u{:04x}", u32::from(sign))),
        }
    }
    escaped
}

/// A text in one clean line of at most `most` letters.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let clean = clean(text, true);
    if clean.chars().count() <= most {
        return clean;
    }
    clean.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrative_cannot_move_the_cursor_or_turn_the_line_round() {
        let hostile = "gone\u{1b}[2J\u{1b}]0;title\u{7} a\u{9b}31mb \u{202e}cod.exe\r\nnext\u{2028}x\u{8}y";
        let cleaned = clean(hostile, true);
        assert_eq!(cleaned, "gone[2J]0;title a31mb cod.exe next xy");
        assert!(!cleaned.chars().any(char::is_control));
        assert_eq!(clean("one\ntwo", false), "one\ntwo");
        assert_eq!(clean("نص عربي", true), "نص عربي");
    }

    #[test]
    fn json_keeps_what_a_terminal_must_not_see() {
        let text = "a\u{9b}31m \u{202e}b\u{2028}c\n";
        let json = escape(&format!("{:#}", serde_json::json!({ "text": text })));
        assert_eq!(clean(&json, false), json, "nothing is left to take out");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["text"], text);
    }

    #[test]
    fn what_is_too_long_ends_in_dots() {
        assert_eq!(shorten("abcdef", 4), "abc…");
        assert_eq!(shorten("abcd", 4), "abcd");
    }
}

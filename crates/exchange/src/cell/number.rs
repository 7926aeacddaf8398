//! Whole numbers, as spreadsheets leave them.

/// A whole number of zero or more; `12.0`, which spreadsheets make of `12`, is one too.
pub(crate) fn whole(text: &str) -> Option<u64> {
    int_text(text.trim())?.parse().ok()
}

/// The whole number's digits without the `.0` after them; `None` for anything else. A sign stays.
pub(crate) fn int_text(text: &str) -> Option<&str> {
    let (digits, zeros) = text.split_once('.').unwrap_or((text, "0"));
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let all = |part: &str, ok: fn(&u8) -> bool| !part.is_empty() && part.as_bytes().iter().all(ok);
    (all(unsigned, u8::is_ascii_digit) && all(zeros, |byte| *byte == b'0')).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_s_point_zero_is_dropped_and_a_real_fraction_is_not() {
        assert_eq!(whole("300380.0"), Some(300_380));
        assert_eq!(whole(" 7 "), Some(7));
        assert_eq!(int_text("-1.0"), Some("-1"));
        for text in ["62.3", "-1", "", ".0", "5.", "1e3", "1,000", "٣"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}

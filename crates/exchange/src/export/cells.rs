//! Cells that a spreadsheet would run as formulas are defused (OWASP, CSV injection).

use std::borrow::Cow;

/// Signs that begin a formula, among them the full-width ones that some spreadsheets fold.
const DANGEROUS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Puts an apostrophe before a cell that would run. Plain numbers such as `-3.5` stay numbers.
pub(super) fn defuse(cell: &str) -> Cow<'_, str> {
    if begins_dangerously(cell) && !is_number(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Takes the apostrophe away again. What had one before being defused has it afterwards.
pub(crate) fn undo_defusing(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_dangerously(rest) => rest,
        _ => cell,
    }
}

/// Blanks are looked past, because spreadsheets may drop them; apostrophes, so that defusing can
/// be undone.
fn begins_dangerously(cell: &str) -> bool {
    let rest = cell.trim_start_matches([' ', '\u{a0}', '\u{3000}', '\u{feff}', '\'']);
    rest.starts_with(DANGEROUS)
}

fn is_number(cell: &str) -> bool {
    let unsigned = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text_and_numbers_stay_numbers() {
        for formula in [
            "=1+1",
            "+243 99",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "  =1",
            "\u{a0}=1",
            "--1",
            "-",
            "-1.2.3",
        ] {
            assert_eq!(defuse(formula), format!("'{formula}"), "{formula:?}");
        }
        for plain in ["-3.5", "+7", "12", "a=b", "", "'tis", "Reuters - BBC"] {
            assert_eq!(defuse(plain), plain);
        }
    }

    #[test]
    fn defusing_is_undone_exactly() {
        for text in ["=1", "'=1", "''=1", "'tis", "-3.5", "'-3.5", " '=1", "a", "", "'"] {
            assert_eq!(undo_defusing(&defuse(text)), text, "{text:?}");
        }
    }
}

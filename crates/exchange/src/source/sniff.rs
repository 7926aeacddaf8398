//! What form a file has, by its first bytes.

use crate::import::ImportError;
use crate::layout::FileForm;

/// What the first bytes say.
pub(crate) struct Sniffed {
    pub(crate) form: FileForm,
    pub(crate) delimiter: u8,
}

/// Tells the file's form; CSV is what is neither JSON nor something known to be wrong.
pub(crate) fn sniff(first: &[u8]) -> Result<Sniffed, ImportError> {
    let bad = |reason: &str| Err(ImportError::BadHeader { reason: reason.to_owned() });
    if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
        return bad("the file is UTF-16; save it as UTF-8");
    }
    if first.starts_with(b"PK\x03\x04") || first.starts_with(b"\x1f\x8b") {
        return bad("the file is packed (zip, xlsx or gzip); unpack it, or save the sheet as CSV");
    }
    let text = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    let sign = text.iter().find(|byte| !byte.is_ascii_whitespace());
    let form = match sign {
        None => return bad("the file is empty"),
        Some(b'{') if is_json_line(text) => FileForm::JsonLines,
        Some(b'{') => FileForm::Geojson,
        Some(b'[') => return bad("the file is a bare JSON list; a GeoJSON collection of features is needed"),
        Some(b'<') => {
            return bad("the file is XML or HTML; incidents are read from CSV, GeoJSON and JSON Lines");
        }
        Some(_) => FileForm::Csv,
    };
    Ok(Sniffed { form, delimiter: delimiter(text) })
}

/// Whether the first line is a record of our own JSON Lines: they begin with `{"id":`.
fn is_json_line(text: &[u8]) -> bool {
    let mut signs = text.iter().filter(|byte| !byte.is_ascii_whitespace());
    b"{\"id\":".iter().all(|expected| signs.next() == Some(expected))
}

/// The commonest of comma, semicolon and tab in the first line, outside quotes.
fn delimiter(text: &[u8]) -> u8 {
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(sign, _)| sign == byte).for_each(|(_, count)| *count += 1),
        }
    }
    // The first of the commonest, so that a single column counts as comma-separated.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_commonest_outside_quotes() {
        assert_eq!(delimiter(b"a;\"b,c,d,e\";f\n1,2,3,4"), b';');
        assert_eq!(delimiter(b"only"), b',');
        assert_eq!(delimiter(b"a\tb\n"), b'\t');
    }

    #[test]
    fn forms_that_cannot_be_read_say_what_to_do() {
        let reason = |first: &[u8]| sniff(first).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(reason(b"\xff\xfei\0d\0").contains("save it as UTF-8"));
        assert!(reason(b"PK\x03\x04....").contains("as CSV"));
        assert!(reason(b"  \n").contains("empty"));
    }
}

//! The sentence for what was typed and cannot be read: dates, points, gradings.

use counterseal_model::BadGrading;
use counterseal_model::coordinate::{BadCoordinate, BadMgrs};
use counterseal_model::dtg::BadMoment;

use crate::catalogue::Sentences;

/// Why what was typed is no date or time.
#[must_use]
pub fn sentence_of_moment(error: &BadMoment, words: Sentences) -> String {
    let (key, text) = match error {
        BadMoment::Form { text } => ("typed-date-form", text),
        BadMoment::NoZone { text } => ("typed-date-zone", text),
        BadMoment::LocalTime { text } => ("typed-date-local", text),
        BadMoment::OrderUnknown { text } => ("typed-date-order", text),
        BadMoment::NoSuchMoment { text, .. } => ("typed-date-none", text),
        BadMoment::Month { word, instead } => {
            let values = [("text", word.into()), ("instead", (*instead).into())];
            return words.find("typed-date-month", &values).unwrap_or_else(|| error.to_string());
        }
    };
    words.find(key, &[("text", text.into())]).unwrap_or_else(|| error.to_string())
}

/// Why what was typed is no point.
#[must_use]
pub fn sentence_of_point(error: &BadCoordinate, words: Sentences) -> String {
    let found = match error {
        BadCoordinate::Form { text } => words.find("typed-point-form", &[("text", text.into())]),
        BadCoordinate::OutOfRange { value, .. } => {
            words.find("typed-point-range", &[("value", value.into())])
        }
        BadCoordinate::Hemisphere { text } => words.find("typed-point-letters", &[("text", text.into())]),
        BadCoordinate::SignAndHemisphere { text } => words.find("typed-point-sign", &[("text", text.into())]),
        BadCoordinate::Swapped { latitude } => {
            words.find("typed-point-swapped", &[("text", latitude.into())])
        }
        BadCoordinate::Packed { number, example, .. } => {
            words.find("typed-point-packed", &[("text", number.into()), ("example", (*example).into())])
        }
        BadCoordinate::Mgrs(error) => grid(error, words),
    };
    found.unwrap_or_else(|| error.to_string())
}

fn grid(error: &BadMgrs, words: Sentences) -> Option<String> {
    match error {
        BadMgrs::Zone { zone } => words.find("typed-grid-zone", &[("text", zone.into())]),
        BadMgrs::Letters { text } => words.find("typed-grid-letters", &[("text", text.into())]),
        BadMgrs::Letter { letter, .. } => {
            words.find("typed-grid-letter", &[("text", letter.to_string().into())])
        }
        BadMgrs::Digits { digits } => words.find("typed-grid-digits", &[("text", digits.into())]),
        BadMgrs::NotInZone { square, zone } => {
            words.find("typed-grid-elsewhere", &[("square", square.into()), ("zone", zone.into())])
        }
        BadMgrs::Polar => words.find("typed-grid-polar", &[]),
    }
}

/// Why what was typed is no grading.
#[must_use]
pub fn sentence_of_grading(error: &BadGrading, words: Sentences) -> String {
    let found = words.find("typed-grading", &[("text", error.0.as_str().into())]);
    found.unwrap_or_else(|| error.to_string())
}

#[cfg(test)]
mod tests {
    use counterseal_model::Grading;
    use counterseal_model::coordinate::read_point;
    use counterseal_model::dtg::read_date;

    use super::*;
    use crate::tongue::Tongue;

    #[test]
    fn what_cannot_be_read_is_explained_in_the_readers_language() {
        for (tongue, words) in
            [(Tongue::Spanish, ["escriba", "compruebe"]), (Tongue::Arabic, ["اكتب", "تحقق"])]
        {
            let here = Sentences::plain(tongue);
            for typed in ["yesterday", "091405MAR14", "2014-13-40", "32 March 2014"] {
                let said = sentence_of_moment(&read_date(typed, None).unwrap_err(), here);
                assert!(words.iter().any(|word| said.contains(word)), "{typed}: {said}");
            }
            for typed in ["here", "95N 18E", "33N YE 123 4567", "61N YE 12 34"] {
                let said = sentence_of_point(&read_point(typed).unwrap_err(), here);
                assert!(
                    !said.contains("write") && !said.contains("needs") && !said.contains("range"),
                    "{said}"
                );
            }
            let said = sentence_of_grading(&Grading::parse("Z9").unwrap_err(), here);
            assert!(said.contains("Z9") && words.iter().any(|word| said.contains(word)), "{said}");
        }
    }
}

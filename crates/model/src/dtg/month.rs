//! Months by name, in English and French.

use time::Month;

use super::BadMoment;

/// The English abbreviation, in capitals.
pub(super) const fn abbreviation(month: Month) -> &'static str {
    match month {
        Month::January => "JAN",
        Month::February => "FEB",
        Month::March => "MAR",
        Month::April => "APR",
        Month::May => "MAY",
        Month::June => "JUN",
        Month::July => "JUL",
        Month::August => "AUG",
        Month::September => "SEP",
        Month::October => "OCT",
        Month::November => "NOV",
        Month::December => "DEC",
    }
}

/// The month that a word in capitals without accents names.
pub(super) fn month(word: &str) -> Option<Month> {
    Some(match word {
        "JAN" | "JANV" | "JANUARY" | "JANVIER" => Month::January,
        "FEB" | "FEV" | "FEVR" | "FEBRUARY" | "FEVRIER" => Month::February,
        "MAR" | "MARS" | "MARCH" => Month::March,
        "APR" | "AVR" | "APRIL" | "AVRIL" => Month::April,
        "MAY" | "MAI" => Month::May,
        "JUN" | "JUNE" | "JUIN" => Month::June,
        "JUL" | "JULY" | "JUIL" | "JUILLET" => Month::July,
        "AUG" | "AOU" | "AOUT" | "AUGUST" => Month::August,
        "SEP" | "SEPT" | "SEPTEMBER" | "SEPTEMBRE" => Month::September,
        "OCT" | "OCTOBER" | "OCTOBRE" => Month::October,
        "NOV" | "NOVEMBER" | "NOVEMBRE" => Month::November,
        "DEC" | "DECEMBER" | "DECEMBRE" => Month::December,
        _ => return None,
    })
}

/// The error about a word that is not a month.
pub(super) fn not_a_month(word: &str) -> BadMoment {
    let instead = match word {
        "JUI" => "JUIN (June) or JUIL (July)",
        "JU" => "JUN or JUL",
        _ => "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC, or the French FEV AVR MAI JUIN JUIL AOU",
    };
    BadMoment::Month { word: word.to_owned(), instead }
}

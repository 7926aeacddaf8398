//! Lines that say what they are: `WHO:`, `LOCATION:`, `Lieu :`, `المكان:`; the forms SALUTE and the five W among them.

use std::ops::Range;

use counterseal_model::coordinate::read_point;
use counterseal_model::dtg::read_date;
use counterseal_model::record::{Involved, Response};
use counterseal_model::{Grading, Term};

use super::known::Known;
use super::lexicon::{Label, label_of};
use super::scan::{Scan, words};
use super::{Found, people};
use crate::index::fold;

/// Longest label, in bytes.
const LABEL: usize = 40;
/// Longest line that is a title or a name, in bytes.
const LINE: usize = 200;

/// Reads the lines with labels.
pub(super) fn read(scan: &mut Scan<'_>, known: &Known) {
    let text = scan.text;
    let lines: Vec<Range<usize>> = lines(text);
    for (nth, line) in lines.iter().enumerate() {
        let Some((label, mut value)) = split(text, line) else { continue };
        if value.is_empty() {
            // What is asked for may stand on the next line, if that has no label of its own.
            let next = lines.get(nth + 1).filter(|next| split(text, next).is_none());
            value = next.map_or(value, |next| trimmed(text, next.clone()));
        }
        if !value.is_empty() {
            take(scan, known, label, value);
        }
    }
}

fn take(scan: &mut Scan<'_>, known: &Known, label: Label, value: Range<usize>) {
    let said = scan.text.get(value.clone()).unwrap_or("");
    let short = said.len() <= LINE;
    match label {
        Label::Title | Label::What if short && scan.incident.title.is_none() => {
            scan.incident.title = Some(said.to_owned());
            known.type_in(scan, value.clone());
            scan.mark(value, Found::Title, true);
        }
        Label::Type => known.type_in(scan, value),
        Label::When => when(scan, value),
        Label::Where => place(scan, value),
        Label::Pcode => pcode(scan, value),
        Label::Who | Label::Perpetrator | Label::Victim if short => {
            actor(scan, known, role_of(label), value);
        }
        Label::Killed => people::labelled(scan, "killed", value),
        Label::Injured => people::labelled(scan, "injured", value),
        Label::Grading => {
            let grading = Grading::parse(said).ok().filter(|_| scan.incident.grading.is_none());
            let taken = grading.is_some();
            scan.incident.grading = grading.or(scan.incident.grading.take());
            scan.mark(value, Found::Grading, taken);
        }
        Label::Source if short => {
            scan.incident.sources.push(said.to_owned());
            scan.mark(value, Found::Source, true);
        }
        Label::Response if short => {
            let response = Response { outcome: Some(said.to_owned()), ..Response::default() };
            scan.incident.response.push(response);
            scan.mark(value, Found::Response, true);
        }
        _ => {}
    }
}

fn role_of(label: Label) -> Option<Term> {
    match label {
        Label::Perpetrator => Term::from_text("perpetrator"),
        Label::Victim => Term::from_text("victim"),
        _ => None,
    }
}

/// Who, as it stands there; under the name of the one entity that is called so, if there is one.
fn actor(scan: &mut Scan<'_>, known: &Known, role: Option<Term>, value: Range<usize>) {
    let said = scan.text.get(value.clone()).unwrap_or("").trim_end_matches('.').to_owned();
    let entity = known.one(&said);
    let value = value.start..value.start + said.len();
    scan.incident.actors.push(Involved { role, entity, name: Some(said), ..Involved::default() });
    scan.mark(value, Found::Actor, true);
}

/// A date in what stands after `When`: all of it, or a part that is one.
fn when(scan: &mut Scan<'_>, value: Range<usize>) {
    let said = scan.text.get(value.clone()).unwrap_or("").trim_end_matches('.');
    if let Ok(date) = read_date(said, None) {
        scan.take_date(value.start..value.start + said.len(), date);
    }
}

/// A point in what stands after `Where`, and what is left of it as the place's name.
fn place(scan: &mut Scan<'_>, value: Range<usize>) {
    let said = scan.text.get(value.clone()).unwrap_or("");
    if said.len() > LINE {
        return;
    }
    if let Ok(read) = read_point(said.trim_end_matches('.')) {
        scan.take_point(value, read);
        return;
    }
    let words = words(said);
    for from in 0..words.len() {
        for to in (from..words.len()).rev() {
            let (Some(first), Some(last)) = (words.get(from), words.get(to)) else { continue };
            let piece = said.get(first.start..last.end).unwrap_or("");
            let bare = piece.trim_matches(['(', ')', '[', ']', ',', ';', '.']);
            let before = piece.find(bare).unwrap_or(0);
            let Some(read) = read_point(bare).ok().filter(|_| bare.len() >= 6) else { continue };
            let start = value.start + first.start + before;
            name_place(scan, value.start..value.start + first.start);
            scan.take_point(start..start + bare.len(), read);
            return;
        }
    }
    name_place(scan, value);
}

fn name_place(scan: &mut Scan<'_>, span: Range<usize>) {
    let said = scan.text.get(span.clone()).unwrap_or("");
    let bare = said.trim_end_matches(|c: char| !c.is_alphanumeric()).trim_start();
    let start = span.start + (said.len() - said.trim_start().len());
    let has_letters = bare.contains(char::is_alphabetic);
    if has_letters && scan.incident.place.as_ref().is_none_or(|place| place.name.is_none()) {
        scan.place().name = Some(bare.to_owned());
        scan.mark(start..start + bare.len(), Found::Place, true);
    }
}

/// A place code: the country's letters and digits.
fn pcode(scan: &mut Scan<'_>, value: Range<usize>) {
    let said = scan.text.get(value.clone()).unwrap_or("").trim_end_matches('.');
    let letters = said.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = said.bytes().skip(letters);
    let fits = (2..=3).contains(&letters)
        && (2..=12).contains(&digits.len())
        && digits.into_iter().all(|b| b.is_ascii_digit());
    if fits {
        scan.place().pcode = Some(said.to_owned());
    }
    scan.mark(value.start..value.start + said.len(), Found::Pcode, fits);
}

/// A line's label, and where what it says stands.
fn split(text: &str, line: &Range<usize>) -> Option<(Label, Range<usize>)> {
    let said = text.get(line.clone())?;
    let colon = said.find([':', '：']).filter(|at| *at <= LABEL)?;
    let label = label_of(&fold(said.get(..colon)?))?;
    let after = colon + said.get(colon..)?.chars().next()?.len_utf8();
    Some((label, trimmed(text, line.start + after..line.end)))
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let said = text.get(span.clone()).unwrap_or("");
    let start = span.start + (said.len() - said.trim_start().len());
    start..start + said.trim().len()
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        lines.push(at..at + line.trim_end().len());
        at += line.len();
    }
    lines
}

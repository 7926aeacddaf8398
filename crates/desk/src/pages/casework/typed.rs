//! What people type into the forms of casework, read once and in one way.

use std::collections::BTreeMap;

use counterseal_model::dtg::read_date;
use counterseal_model::{Code, PersonId, RecordId, Timestamp};
use counterseal_node::{Desk, NamedPart};

use super::at_hand::from_text;
use super::why::Why;
use crate::words::Words;

/// A form whose fields differ from page to page: name to value. Of a name that comes twice the last counts.
pub(in crate::pages) type Fields = BTreeMap<String, String>;

/// What was typed into a field, without the blanks around it; empty where there is none.
pub(in crate::pages) fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", |typed| typed.trim())
}

/// Whether a box was ticked.
pub(in crate::pages) fn ticked(fields: &Fields, name: &str) -> bool {
    fields.contains_key(name)
}

/// The lines of a field that say something.
pub(in crate::pages) fn lines<'a>(fields: &'a Fields, name: &str) -> impl Iterator<Item = &'a str> {
    text(fields, name).lines().map(str::trim).filter(|line| !line.is_empty())
}

/// A paper that was brought as text.
pub(in crate::pages) fn paper(words: Words, fields: &Fields) -> Result<Vec<u8>, Why> {
    from_text(text(fields, "paper")).ok_or_else(|| Why::Said(words.text("paper-no-text")))
}

/// A code; `field` is the key of what the field is called.
pub(in crate::pages) fn code(words: Words, field: &str, typed: &str) -> Result<Code, Why> {
    Code::parse(typed).ok_or_else(|| bad(words, field, &words.text("typed-code")))
}

/// A code, where one was typed.
pub(in crate::pages) fn some_code(words: Words, field: &str, typed: &str) -> Result<Option<Code>, Why> {
    if typed.is_empty() { Ok(None) } else { code(words, field, typed).map(Some) }
}

/// The last second of a date.
pub(in crate::pages) fn end_of(words: Words, field: &str, typed: &str) -> Result<Option<Timestamp>, Why> {
    read(words, field, typed, |date| Timestamp(date.end().0))
}

/// The first second of a date.
pub(in crate::pages) fn start_of(words: Words, field: &str, typed: &str) -> Result<Option<Timestamp>, Why> {
    read(words, field, typed, |date| date.at)
}

fn read(
    words: Words,
    field: &str,
    typed: &str,
    which: impl Fn(counterseal_model::dtg::TypedDate) -> Timestamp,
) -> Result<Option<Timestamp>, Why> {
    if typed.is_empty() {
        return Ok(None);
    }
    let date = read_date(typed, None).map_err(|error| bad(words, field, &words.bad_date(&error)))?;
    Ok(Some(which(date)))
}

/// A record: by all its digits, where this desk cannot see it, or as any page names one.
pub(in crate::pages) fn record(desk: &Desk, typed: &str) -> Result<RecordId, Why> {
    match typed.parse() {
        Ok(id) => Ok(id),
        Err(_) => Ok(desk.find_record(typed)?),
    }
}

/// A record, where one was typed.
pub(in crate::pages) fn some_record(desk: &Desk, typed: &str) -> Result<Option<RecordId>, Why> {
    if typed.is_empty() { Ok(None) } else { record(desk, typed).map(Some) }
}

/// The one part that a text names.
pub(in crate::pages) fn part(desk: &Desk, typed: &str) -> Result<NamedPart, Why> {
    part_in(desk, typed, "")
}

/// The same; one that is not on this desk is named in full, with its compartment.
pub(in crate::pages) fn part_in(desk: &Desk, typed: &str, compartment: &str) -> Result<NamedPart, Why> {
    let compartment = Some(compartment).filter(|named| !named.is_empty());
    let compartment = compartment.map(|named| desk.find_compartment(named)).transpose()?;
    let mut found = desk.named_parts(typed, compartment)?;
    let first = found.pop();
    let unknown = || counterseal_node::CaseworkRefusal::UnknownPart { part: typed.to_owned() };
    first.filter(|_| found.is_empty()).ok_or_else(|| Why::Node(unknown().into()))
}

/// A person, by name or id.
pub(in crate::pages) fn person(desk: &Desk, typed: &str) -> Result<PersonId, Why> {
    Ok(desk.find_person(typed)?)
}

/// A field that cannot be read, by the key of what it is called.
pub(in crate::pages) fn bad(words: Words, field: &str, why: &str) -> Why {
    let field = words.text(field);
    Why::Said(words.with("typed-bad", &[("field", (&field).into()), ("why", why.into())]))
}

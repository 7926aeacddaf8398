//! Reading examples, line by line.

use counterseal_model::dtg::read_moment;
use counterseal_model::record::{BasisKind, Use};
use counterseal_model::{Code, CompartmentId, EntryId, PersonId, SectionId, Timestamp};

use super::{BadExample, letters};
use crate::facts::{Action, Approval, Asked, BasisFor, Objection, PartFacts, PartRef, Reader, Request};
use crate::standing::{Held, Office};
use crate::table::Table;

/// When an example takes place that does not say: 6 May 2026, 10:00 UTC.
const WHEN: Timestamp = Timestamp(1_778_061_600);

/// An example: what is known, what is asked, and what should be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) at: Timestamp,
    pub(super) reader: Reader,
    pub(super) approvals: Vec<Approval>,
    pub(super) part: PartFacts,
    pub(super) request: Request,
    pub(super) expected: Vec<String>,
}

/// An example in the making.
struct Draft<'a> {
    table: &'a Table,
    at: Timestamp,
    title: String,
    reader: Reader,
    approvals: Vec<Approval>,
    part: PartFacts,
    request: Option<Request>,
    expected: Vec<String>,
}

/// All examples of a text; an empty line is between two.
pub(super) fn examples(table: &Table, file: &str, text: &str) -> Result<Vec<Example>, BadExample> {
    let mut all = Vec::new();
    let mut block: Vec<(usize, &str)> = Vec::new();
    for (line, text) in (1..).zip(text.lines()).chain([(0, "")]) {
        if !text.trim().is_empty() {
            block.push((line, text.trim()));
        } else if !block.is_empty() {
            let lines = std::mem::take(&mut block);
            if lines.iter().any(|(_, text)| !text.starts_with('#')) {
                all.push(example(table, file, &lines)?);
            }
        }
    }
    Ok(all)
}

fn example(table: &Table, file: &str, lines: &[(usize, &str)]) -> Result<Example, BadExample> {
    let bad = |line, why| BadExample { file: file.to_owned(), line, why };
    let mut draft = Draft {
        table,
        at: WHEN,
        title: String::new(),
        reader: Reader::unknown(PersonId::from_bytes([1; 16])),
        approvals: Vec::new(),
        part: PartFacts::default(),
        request: None,
        expected: Vec::new(),
    };
    for (line, text) in lines {
        draft.line(text).map_err(|why| bad(*line, why))?;
    }
    let first = lines.first().map_or(0, |(line, _)| *line);
    let request = draft
        .request
        .ok_or_else(|| bad(first, "the example asks nothing; write a line 'ask ...'".to_owned()))?;
    if draft.expected.is_empty() {
        return Err(bad(first, "the example expects nothing; write a line '=> ...'".to_owned()));
    }
    Ok(Example {
        line: first,
        title: draft.title,
        at: draft.at,
        reader: draft.reader,
        approvals: draft.approvals,
        part: draft.part,
        request,
        expected: draft.expected,
    })
}

impl Draft<'_> {
    fn line(&mut self, text: &str) -> Result<(), String> {
        if let Some(comment) = text.strip_prefix('#') {
            if self.title.is_empty() {
                self.title = comment.trim().to_owned();
            }
            return Ok(());
        }
        if let Some(expected) = text.strip_prefix("=> ") {
            self.expected.push(expected.to_owned());
            return Ok(());
        }
        let words: Vec<_> = text.split_whitespace().collect();
        self.of_reader(&words)?.map_or_else(|| self.of_request(&words), Ok)
    }

    /// What a line says of the reader; none when it is about something else.
    fn of_reader(&mut self, words: &[&str]) -> Result<Option<()>, String> {
        let section = |name, rest: &[&str]| -> Result<_, String> {
            held(section_of(self.table, name)?, Office::Registrar, rest)
        };
        match words {
            ["at", text] => self.at = moment(text)?,
            ["section", name, rest @ ..] => self.reader.section = Some(section(name, rest)?),
            ["role", name, rest @ ..] => self.reader.roles.push(held(code(name)?, Office::Registrar, rest)?),
            ["contingent", name, rest @ ..] => {
                self.reader.contingent = Some(held(code(name)?, Office::Registrar, rest)?);
            }
            ["office", name, rest @ ..] => {
                let office = Office::from_word(name).ok_or_else(|| format!("'{name}' is no office"))?;
                self.reader.offices.push(held(office, Office::Governors, rest)?);
            }
            ["training", rest @ ..] => self.reader.training.push(held((), Office::Training, rest)?),
            ["device", rest @ ..] => self.reader.device.push(held((), Office::Attestation, rest)?),
            ["approval"] => self.approve(None),
            ["approval-of-the-reader"] => {
                self.approvals.push(Approval { person: self.reader.person, section: None });
            }
            ["approval-again"] => self.approvals.extend(self.approvals.last().cloned()),
            ["approval", name, rest @ ..] => {
                let section = section(name, rest)?;
                self.approve(Some(section));
            }
            _ => return Ok(None),
        }
        Ok(Some(()))
    }

    fn of_request(&mut self, words: &[&str]) -> Result<(), String> {
        match words {
            ["basis", kind, "for", purpose, "to", recipient, rest @ ..] => {
                let what = Use::new(code(purpose)?, code(recipient)?);
                let kind = BasisKind::from_word(kind).ok_or_else(|| format!("'{kind}' is no basis"))?;
                self.part.bases.push(held(BasisFor { kind, what }, Office::Member, rest)?);
            }
            ["agreement", "for", purpose, "to", recipient, rest @ ..] => {
                let what = Use::new(code(purpose)?, code(recipient)?);
                self.part.agreements.push(held(what, Office::DataProtection, rest)?);
            }
            [how @ ("withdrawn" | "refused"), date, rest @ ..] => self.part.objections.push(Objection {
                purpose: rest.first().map(|purpose| code(purpose)).transpose()?,
                recipient: rest.get(1).map(|recipient| code(recipient)).transpose()?,
                since: moment(date)?,
                withdrawn: *how == "withdrawn",
            }),
            ["ask", action, what, "for", purpose, flags @ ..] => {
                self.request = Some(request(self.table, action, what, purpose, flags)?);
            }
            _ => {
                return Err(format!(
                    "'{}' says nothing; the page on policies lists what may stand here",
                    words.join(" ")
                ));
            }
        }
        Ok(())
    }

    fn approve(&mut self, section: Option<Held<SectionId>>) {
        let number = u8::try_from(self.approvals.len()).unwrap_or(u8::MAX).saturating_add(10);
        self.approvals.push(Approval { person: PersonId::from_bytes([number; 16]), section });
    }
}

fn request(
    table: &Table,
    action: &str,
    what: &str,
    purpose: &str,
    flags: &[&str],
) -> Result<Request, String> {
    if let Some(flag) = flags.iter().find(|flag| !["case", "emergency", "in-parts"].contains(flag)) {
        return Err(format!("'{flag}' stands behind no request; write case, emergency or in-parts"));
    }
    let parts = what.split(',').zip(0..).map(|(label, index)| {
        let part = PartRef { entry: EntryId::from_bytes([9; 32]), index };
        Ok(Asked { part, compartment: compartment_of(table, label)? })
    });
    Ok(Request {
        action: Action::from_word(action)
            .ok_or_else(|| format!("'{action}' is no action; write open, share or export"))?,
        purpose: code(purpose)?,
        case: flags.contains(&"case"),
        emergency: flags.contains(&"emergency"),
        in_parts: flags.contains(&"in-parts"),
        parts: parts.collect::<Result<_, String>>()?,
    })
}

fn code(text: &str) -> Result<Code, String> {
    text.parse().map_err(|error: counterseal_model::BadCode| error.to_string())
}

/// The section that the table calls so, or one of the name's letters: somebody of another section.
fn section_of(table: &Table, name: &str) -> Result<SectionId, String> {
    let code = code(name)?;
    Ok(table.section_named(&code).unwrap_or_else(|| SectionId::from_bytes(letters(&code))))
}

/// A compartment of this label, or one of the name's letters, which has none.
fn compartment_of(table: &Table, label: &str) -> Result<CompartmentId, String> {
    let code = code(label)?;
    Ok(table.labelled(&code).unwrap_or_else(|| CompartmentId::from_bytes(letters(&code))))
}

/// `2026-05-03` or `2026-05-03T10:30`, in UTC.
fn moment(text: &str) -> Result<Timestamp, String> {
    let zoned = if text.contains('T') { format!("{text}Z") } else { text.to_owned() };
    read_moment(&zoned, None).map(|(at, _)| at).map_err(|error| error.to_string())
}

/// `claimed`, or `by OFFICE`, `since DATE`, `until DATE`.
fn held<T>(value: T, office: Office, words: &[&str]) -> Result<Held<T>, String> {
    if words == ["claimed"] {
        return Ok(Held::claimed(value));
    }
    let (mut by, mut since, mut until) = (office, Timestamp(0), None);
    for pair in words.chunks(2) {
        match pair {
            ["by", word] => by = Office::from_word(word).ok_or_else(|| format!("'{word}' is no office"))?,
            ["since", date] => since = moment(date)?,
            ["until", date] => until = Some(moment(date)?),
            other => {
                return Err(format!(
                    "'{}' stands behind no fact; write claimed, by OFFICE, since DATE or until DATE",
                    other.join(" ")
                ));
            }
        }
    }
    Ok(Held::proved(value, by, since, until))
}

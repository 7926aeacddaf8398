//! From a file's bytes to a table. What a spreadsheet does to a file is borne: a byte-order mark, other line ends, quoted
//! cells, empty cells behind a line, empty lines. Everything else is refused where it stands.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{Code, CompartmentId, SectionId};

use super::{Effect, MAX_ROWS, MAX_TABLE, Purpose, Row, Table, TableError, Trait, Who, cells};

/// The columns, in their order.
pub(super) const COLUMNS: [&str; 10] =
    ["row", "effect", "who", "action", "what", "purpose", "basis", "needs", "emergency", "words"];

/// A line of the file, and where it stands.
struct Line {
    number: u64,
    cells: Vec<String>,
}

impl Table {
    /// Reads a table as somebody edited it. `file` is the name that errors show.
    ///
    /// # Errors
    /// When it is not a table: file, line, row, column, and what to do.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, TableError> {
        let lines = lines(file, bytes)?;
        engine(file, &lines)?;
        let mut reading = Reading { file, table: Self::empty(), in_rows: false };
        for line in &lines {
            reading.line(line)?;
        }
        if !reading.in_rows {
            return Err(reading.refuse(lines.last().map_or(1, |line| line.number), no_header()));
        }
        Ok(reading.table)
    }

    /// Reads a table as it stands in a statement: exactly the bytes that `to_bytes` writes.
    ///
    /// # Errors
    /// As `read`, and when the same table would be written otherwise.
    pub fn from_canonical(file: &str, bytes: &[u8]) -> Result<Self, TableError> {
        let table = Self::read(file, bytes)?;
        let written = table.to_bytes();
        if written == bytes {
            return Ok(table);
        }
        let (mut here, mut there) = (bytes.split(|b| *b == b'\n'), written.split(|b| *b == b'\n'));
        let mut line = 1;
        while let (Some(a), Some(b)) = (here.next(), there.next()) {
            if a != b {
                break;
            }
            line += 1;
        }
        Err(TableError::NotCanonical { file: file.to_owned(), line })
    }

    const fn empty() -> Self {
        Self {
            comments: Vec::new(),
            utc_minutes: 0,
            purposes: BTreeMap::new(),
            sections: BTreeMap::new(),
            labels: BTreeMap::new(),
            roles: BTreeSet::new(),
            contingents: BTreeSet::new(),
            rows: Vec::new(),
        }
    }
}

fn no_header() -> String {
    format!(
        "there are no rows; below the declarations the columns are named in one line: {}",
        COLUMNS.join(",")
    )
}

/// The lines that say something, with trailing empty cells cut off.
fn lines(file: &str, bytes: &[u8]) -> Result<Vec<Line>, TableError> {
    let refuse = |line, why: &str| TableError::Line { file: file.to_owned(), line, why: why.to_owned() };
    if bytes.len() > MAX_TABLE {
        return Err(TableError::TooLarge { file: file.to_owned(), bytes: bytes.len() });
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let before = |at: usize| 1 + text.iter().take(at).filter(|b| **b == b'\n').count() as u64;
    if let Err(error) = std::str::from_utf8(text) {
        return Err(refuse(
            before(error.valid_up_to()),
            "it is not UTF-8; choose UTF-8 when saving the file as CSV",
        ));
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let mut lines = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|_| refuse(1, "it is not CSV; save the file as CSV with commas and UTF-8"))?;
        let number = record.position().map_or(1, csv::Position::line);
        let mut cells: Vec<_> = record.iter().map(str::to_owned).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            continue;
        }
        if lines.len() == MAX_ROWS {
            return Err(refuse(number, "there are too many lines; 1000 are allowed"));
        }
        lines.push(Line { number, cells });
    }
    Ok(lines)
}

/// The engine comes first: what another engine's table means, this program does not know.
fn engine(file: &str, lines: &[Line]) -> Result<(), TableError> {
    let mut named = lines.iter().filter(|line| line.cells.first().is_some_and(|cell| cell == "engine"));
    let refuse = |line, why: String| TableError::Line { file: file.to_owned(), line, why };
    let Some(line) = named.next() else {
        return Err(refuse(
            1,
            format!(
                "no line names the engine; write as the first line below the comments: engine,{}",
                crate::ENGINE
            ),
        ));
    };
    if let Some(second) = named.next() {
        return Err(refuse(second.number, "the engine is named twice; leave one out".into()));
    }
    match line.cells.as_slice() {
        [_, found] if found == crate::ENGINE => Ok(()),
        [_, found @ ..] => Err(TableError::Engine { file: file.to_owned(), found: found.join(",") }),
        [] => Ok(()),
    }
}

struct Reading<'a> {
    file: &'a str,
    table: Table,
    in_rows: bool,
}

impl Reading<'_> {
    fn refuse(&self, line: u64, why: impl Into<String>) -> TableError {
        TableError::Line { file: self.file.to_owned(), line, why: why.into() }
    }

    fn cell(&self, line: &Line, column: &'static str, why: String) -> TableError {
        let row = line.cells.first().map(|cell| cell.chars().take(32).collect()).unwrap_or_default();
        TableError::Cell { file: self.file.to_owned(), line: line.number, row, column, why }
    }

    fn line(&mut self, line: &Line) -> Result<(), TableError> {
        let first = line.cells.first().map_or("", String::as_str);
        if first.starts_with('#') {
            return self.comment(line);
        }
        if line.cells.iter().map(String::as_str).eq(COLUMNS) {
            let again = std::mem::replace(&mut self.in_rows, true);
            return if again {
                Err(self.refuse(line.number, "the columns are named twice; leave one out"))
            } else {
                Ok(())
            };
        }
        if self.in_rows {
            return self.row(line);
        }
        if first == "row" {
            return Err(self.refuse(
                line.number,
                format!("the columns are not these, in this order: {}", COLUMNS.join(",")),
            ));
        }
        self.declaration(line)
    }

    fn comment(&mut self, line: &Line) -> Result<(), TableError> {
        let text = line.cells.join(",");
        if self.in_rows || !self.declares_nothing() {
            return Err(self.refuse(
                line.number,
                "comments stand above everything else; move it up, or into the words of a row",
            ));
        }
        if text.contains('"') {
            return Err(self.refuse(line.number, "a comment cannot hold quotation marks; leave them out"));
        }
        if line.cells.iter().any(|cell| cell.trim_start().starts_with(['=', '+', '-', '@'])) {
            return Err(self.refuse(
                line.number,
                "a spreadsheet would compute what stands behind the comma; write it otherwise",
            ));
        }
        cells::plain(&text).map_err(|why| self.refuse(line.number, why))?;
        self.table.comments.push(text.trim_end().to_owned());
        Ok(())
    }

    fn declares_nothing(&self) -> bool {
        let t = &self.table;
        t.utc_minutes == 0
            && t.purposes.is_empty()
            && t.sections.is_empty()
            && t.labels.is_empty()
            && t.roles.is_empty()
            && t.contingents.is_empty()
    }

    fn declaration(&mut self, line: &Line) -> Result<(), TableError> {
        let mut cells = line.cells.iter().map(|cell| cell.trim());
        let (kind, name, value, words) = (
            cells.next().unwrap_or(""),
            cells.next().unwrap_or(""),
            cells.next().unwrap_or(""),
            cells.next().unwrap_or(""),
        );
        let most = match kind {
            "engine" => return Ok(()),
            "time" | "role" | "contingent" => 2,
            "section" | "compartment" => 3,
            "purpose" => 4,
            _ => {
                let why = "is no declaration; above the columns stand: engine, time, purpose, section, role, contingent, compartment";
                return Err(self
                    .refuse(line.number, format!("'{}' {why}", kind.chars().take(40).collect::<String>())));
            }
        };
        if line.cells.len() > most {
            return Err(
                self.refuse(line.number, format!("'{kind}' has {most} cells here; leave out what follows"))
            );
        }
        if kind == "time" {
            self.table.utc_minutes = utc(name).map_err(|why| self.cell(line, "time", why))?;
            return Ok(());
        }
        let code = cells::code(name).map_err(|why| self.cell(line, "name", why))?;
        if !self.declare(line, kind, code, value, words)? {
            return Err(self.cell(line, "name", format!("'{name}' is declared twice; leave one out")));
        }
        Ok(())
    }

    /// Whether it was new.
    fn declare(
        &mut self,
        line: &Line,
        kind: &str,
        code: Code,
        value: &str,
        words: &str,
    ) -> Result<bool, TableError> {
        let bad_id = |error: counterseal_model::BadId| self.cell(line, "id", error.to_string());
        Ok(match kind {
            "role" => self.table.roles.insert(code),
            "contingent" => self.table.contingents.insert(code),
            "section" => {
                let id =
                    if value.is_empty() { None } else { Some(value.parse::<SectionId>().map_err(bad_id)?) };
                if id.is_some() && self.table.sections.values().any(|other| *other == id) {
                    return Err(self.cell(
                        line,
                        "id",
                        "another section has this id; a section has one name".into(),
                    ));
                }
                self.table.sections.insert(code, id).is_none()
            }
            "compartment" => {
                let id = if value.is_empty() {
                    None
                } else {
                    Some(value.parse::<CompartmentId>().map_err(bad_id)?)
                };
                let known = self.table.labels.contains_key(&code);
                let ids = self.table.labels.entry(code).or_default();
                match id {
                    Some(id) => ids.insert(id),
                    None => !known,
                }
            }
            _ => {
                let recipient = cells::code(value).map_err(|why| self.cell(line, "recipient", why))?;
                let words = cells::words(words).map_err(|why| self.cell(line, "words", why))?;
                self.table.purposes.insert(code, Purpose { recipient, words }).is_none()
            }
        })
    }

    fn row(&mut self, line: &Line) -> Result<(), TableError> {
        let [number, effect, who, action, what, purpose, basis, needs, emergency, words] =
            line.cells.as_slice()
        else {
            let why = format!(
                "there are {} cells; each row has {}: {}",
                line.cells.len(),
                COLUMNS.len(),
                COLUMNS.join(",")
            );
            return Err(self.refuse(line.number, why));
        };
        let at = |column: &'static str| move |why: String| (column, why);
        let made = (|| {
            let bases = cells::bases(basis.trim()).map_err(at("basis"))?;
            let needs = cells::needs(needs.trim()).map_err(at("needs"))?;
            Ok(Row {
                number: cells::row_number(number.trim()).map_err(at("row"))?,
                effect: cells::effect(effect.trim()).map_err(at("effect"))?,
                who: cells::who(who.trim()).map_err(at("who"))?,
                actions: cells::actions(action.trim()).map_err(at("action"))?,
                what: cells::codes(what.trim()).map_err(at("what"))?,
                purposes: cells::codes(purpose.trim()).map_err(at("purpose"))?,
                waived: cells::waived(emergency.trim(), &bases, &needs).map_err(at("emergency"))?,
                words: cells::words(words.trim()).map_err(at("words"))?,
                bases,
                needs,
            })
        })();
        let row = made.map_err(|(column, why)| self.cell(line, column, why))?;
        self.fits(&row).map_err(|(column, why)| self.cell(line, column, why))?;
        self.table.rows.push(row);
        Ok(())
    }

    /// What a row must be beside the others and the declarations.
    fn fits(&self, row: &Row) -> Result<(), (&'static str, String)> {
        if let Some(last) = self.table.rows.last().filter(|last| last.number >= row.number) {
            return Err(("row", format!("row {} stands above it; number the rows upwards", last.number)));
        }
        let undeclared = |kind: &str, code: &Code| {
            let example = if kind == "purpose" { ",recipient,words" } else { "" };
            format!(
                "{kind} '{code}' is not declared; correct it, or write above the columns: {kind},{code}{example}"
            )
        };
        for named in row.who.0.iter().flatten() {
            let (kind, code, known) = match named {
                Trait::Section(code) => ("section", code, self.table.sections.contains_key(code)),
                Trait::Role(code) => ("role", code, self.table.roles.contains(code)),
                Trait::Contingent(code) => ("contingent", code, self.table.contingents.contains(code)),
                Trait::Office(_) => continue,
            };
            if !known {
                return Err(("who", undeclared(kind, code)));
            }
        }
        if let Some(code) = row.what.iter().find(|code| !self.table.labels.contains_key(*code)) {
            return Err(("what", undeclared("compartment", code)));
        }
        if let Some(code) = row.purposes.iter().find(|code| !self.table.purposes.contains_key(*code)) {
            return Err(("purpose", undeclared("purpose", code)));
        }
        let bare = row.who == Who::default() && row.bases.is_empty() && row.needs.is_empty();
        match row.effect {
            Effect::Permit if row.purposes.is_empty() => {
                Err(("purpose", "a row that permits names its purposes; '*' is for only and never".into()))
            }
            Effect::Only if bare => {
                Err(("effect", "'only' demands nothing here; name who, a basis or needs, or write never".into()))
            }
            Effect::Never if !bare => {
                Err(("effect", "'never' has anyone, '-' and '-' in who, basis and needs; write only where there are exceptions".into()))
            }
            _ => Ok(()),
        }
    }
}

/// Minutes ahead of UTC, of `utc+03:00`.
fn utc(text: &str) -> Result<i16, String> {
    let bad =
        || format!("'{text}' is no time zone; write how far the mission is ahead of UTC, as in utc+03:00");
    let rest = text.strip_prefix("utc").ok_or_else(bad)?;
    let (sign, rest) = match (rest.strip_prefix('+'), rest.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return Err(bad()),
    };
    let (hours, minutes) = rest.split_once(':').ok_or_else(bad)?;
    let two = |t: &str| {
        (t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse::<i16>().ok()).flatten()
    };
    match (two(hours), two(minutes)) {
        (Some(hours), Some(minutes)) if hours <= 14 && minutes < 60 => Ok(sign * (hours * 60 + minutes)),
        _ => Err(bad()),
    }
}

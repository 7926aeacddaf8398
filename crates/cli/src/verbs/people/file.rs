//! The CSV file of a rotation: read whole, every fault with its row and field.

use std::path::Path;

use counterseal_model::{CompartmentId, Timestamp};
use counterseal_node::{Change, Desk, Newcomer, NodeError, RotationRow};
use counterseal_seal::ComparedString;

use crate::context::Context;
use crate::dates::Typed;
use crate::failure::Failure;

/// The columns that there can be.
const COLUMNS: [&str; 9] =
    ["action", "person", "device", "invitation", "string", "compartments", "role", "from", "until"];
/// Longest file that is read, in bytes.
const MOST: u64 = 4 << 20;

/// Something wrong with a row.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) row: u64,
    pub(super) field: &'static str,
    pub(super) reason: String,
}

/// Reads the file; rows with a fault are left out, and the faults given.
pub(super) fn read_rotation(
    ctx: &Context,
    desk: &Desk,
    path: &Path,
) -> Result<(Vec<RotationRow>, Vec<Fault>), Failure> {
    let failed = |e| Failure::file("read", path, e);
    let length = std::fs::metadata(path).map_err(failed)?.len();
    if length > MOST {
        return Err(failed(std::io::ErrorKind::FileTooLarge.into()));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let invalid = |e: csv::Error| failed(std::io::Error::new(std::io::ErrorKind::InvalidData, e));
    let head = reader.headers().map_err(invalid)?.clone();
    let unknown: Vec<_> =
        head.iter().filter(|name| !COLUMNS.contains(&name.to_lowercase().as_str())).collect();
    if !unknown.is_empty() || !head.iter().any(|name| name.eq_ignore_ascii_case("action")) {
        let values = [
            ("columns", COLUMNS.join(", ").into()),
            ("found", head.iter().collect::<Vec<_>>().join(", ").into()),
        ];
        return Err(ctx.refuse("rotate-columns", &values));
    }
    let mut parser = Parser { ctx, desk, head, faults: Vec::new() };
    let mut rows = Vec::new();
    for (number, record) in (1..).zip(reader.records()) {
        let record = record.map_err(invalid)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        let faults = parser.faults.len();
        let row = parser.row(number, &record);
        rows.extend(row.filter(|_| parser.faults.len() == faults));
    }
    Ok((rows, parser.faults))
}

struct Parser<'a> {
    ctx: &'a Context,
    desk: &'a Desk,
    head: csv::StringRecord,
    faults: Vec<Fault>,
}

impl Parser<'_> {
    fn field<'r>(&self, record: &'r csv::StringRecord, name: &str) -> &'r str {
        let column = self.head.iter().position(|known| known.eq_ignore_ascii_case(name));
        column.and_then(|column| record.get(column)).unwrap_or("")
    }

    fn fault(&mut self, row: u64, field: &'static str, reason: String) {
        self.faults.push(Fault { row, field, reason });
    }

    fn said(&mut self, row: u64, field: &'static str, key: &str) {
        let reason = self.ctx.words.text(key);
        self.fault(row, field, reason);
    }

    /// What was found, or a fault in its field.
    fn found<T>(&mut self, row: u64, field: &'static str, found: Result<T, NodeError>) -> Option<T> {
        let words = self.ctx.words;
        found.map_err(|error| self.fault(row, field, Failure::from(error).sentence(words))).ok()
    }

    fn row(&mut self, row: u64, record: &csv::StringRecord) -> Option<RotationRow> {
        let from = self.date(row, "from", self.field(record, "from")).map(|typed| typed.at);
        let until = self.date(row, "until", self.field(record, "until")).map(Typed::end);
        let compartments = self.compartments(row, self.field(record, "compartments"));
        let change = match self.field(record, "action").to_lowercase().as_str() {
            "in" => self.comes(row, record, compartments, until),
            "out" => self.goes(row, record, compartments, until),
            _ => {
                self.said(row, "action", "rotate-action");
                None
            }
        };
        change.map(|change| RotationRow { row, change, from })
    }

    fn date(&mut self, row: u64, field: &'static str, text: &str) -> Option<Typed> {
        match crate::dates::read(text) {
            _ if text.is_empty() => None,
            Ok(typed) => Some(typed),
            Err(reason) => {
                self.fault(row, field, reason);
                None
            }
        }
    }

    fn compartments(&mut self, row: u64, text: &str) -> Vec<CompartmentId> {
        let names = text.split(';').map(str::trim).filter(|name| !name.is_empty());
        let desk = self.desk;
        let mut found: Vec<_> =
            names.filter_map(|name| self.found(row, "compartments", desk.find_compartment(name))).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn comes(
        &mut self,
        row: u64,
        record: &csv::StringRecord,
        compartments: Vec<CompartmentId>,
        until: Option<Timestamp>,
    ) -> Option<Change> {
        let manager = match self.field(record, "role").to_lowercase().as_str() {
            "" | "member" => false,
            "manager" => true,
            _ => {
                self.said(row, "role", "rotate-role");
                false
            }
        };
        if !self.field(record, "device").is_empty() {
            self.said(row, "device", "rotate-device-in");
        }
        let who = self.who_comes(row, record)?;
        Some(Change::In { who, compartments, manager, until })
    }

    /// By an invitation of this desk, else by name: whoever did not invite runs the file after the enrolment.
    fn who_comes(&mut self, row: u64, record: &csv::StringRecord) -> Option<Newcomer> {
        let (person, invitation) = (self.field(record, "person"), self.field(record, "invitation"));
        let desk = self.desk;
        if !invitation.is_empty() && (person.is_empty() || desk.is_own_invitation(invitation)) {
            let string = ComparedString::read(self.field(record, "string"));
            let Some(string) = string else {
                self.said(row, "string", "string-not-one");
                return None;
            };
            let invitee = self.found(row, "invitation", desk.invitee(invitation, string))?;
            return Some(Newcomer::Invited(Box::new(invitee)));
        }
        if person.is_empty() {
            self.said(row, "person", "rotate-no-person");
            return None;
        }
        self.found(row, "person", desk.find_person(person)).map(Newcomer::Known)
    }

    fn goes(
        &mut self,
        row: u64,
        record: &csv::StringRecord,
        compartments: Vec<CompartmentId>,
        until: Option<Timestamp>,
    ) -> Option<Change> {
        for (field, key) in
            [("invitation", "rotate-only-in"), ("string", "rotate-only-in"), ("role", "rotate-only-in")]
        {
            if !self.field(record, field).is_empty() {
                self.said(row, field, key);
            }
        }
        let (person, device) = (self.field(record, "person"), self.field(record, "device"));
        let desk = self.desk;
        let (person, device) = match (person, device) {
            ("", "") => {
                self.said(row, "person", "rotate-no-person");
                return None;
            }
            ("", device) => {
                let (person, device) = self.found(row, "device", desk.find_device(device))?;
                (person, Some(device))
            }
            (person, "") => (self.found(row, "person", desk.find_person(person))?, None),
            (person, device) => {
                let person = self.found(row, "person", desk.find_person(person));
                let (owner, device) = self.found(row, "device", desk.find_device(device))?;
                if person? != owner {
                    self.said(row, "device", "rotate-others-device");
                }
                (owner, Some(device))
            }
        };
        if until.is_some() && (device.is_some() || !compartments.is_empty()) {
            self.said(row, "until", "rotate-until-whole");
        }
        Some(Change::Out { person, device, compartments, until })
    }
}

//! The CSV file of a rotation: read whole, every fault with its row and field.

use counterseal_model::dtg::{BadMoment, TypedDate, read_date};
use counterseal_model::{CompartmentId, Timestamp};
use counterseal_seal::ComparedString;
use thiserror::Error;

use super::{Change, Newcomer, Problem, RotationRow};
use crate::desk::Desk;
use crate::error::NodeError;

/// The columns that there can be.
pub const ROTATION_COLUMNS: [&str; 9] =
    ["action", "person", "device", "invitation", "string", "compartments", "role", "from", "until"];
/// Longest file that is read, in bytes.
pub const ROTATION_BYTES: u64 = 4 << 20;

/// Why no row of a file can be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadRotationFile {
    /// More bytes than [`ROTATION_BYTES`].
    #[error("the file is larger than a rotation may be (4 MB); divide it")]
    TooLarge,
    /// No CSV.
    #[error("the file is no CSV: {reason}")]
    NotCsv {
        /// What is wrong.
        reason: String,
    },
    /// Other columns, or none of the name `action`.
    #[error("a rotation has the columns {}, and action always; this file has: {found}", ROTATION_COLUMNS.join(", "))]
    Columns {
        /// Those of the file.
        found: String,
    },
}

/// Something wrong with a row.
#[derive(Debug)]
pub struct RotationFault {
    /// Its number in the file, from 1, the head not counted.
    pub row: u64,
    /// The column.
    pub field: &'static str,
    /// What is wrong.
    pub why: FaultReason,
}

/// What is wrong with a field of a row.
#[derive(Debug)]
pub enum FaultReason {
    /// A stable name of what is wrong.
    Code(&'static str),
    /// No date.
    Date(BadMoment),
    /// The desk knows nobody or nothing of that name.
    Unknown(Box<NodeError>),
}

impl From<Problem> for RotationFault {
    fn from(problem: Problem) -> Self {
        Self { row: problem.row, field: problem.field, why: FaultReason::Code(problem.code) }
    }
}

impl Desk {
    /// Reads a rotation's file. Rows with a fault are left out, and all faults given, in order. Nothing is done.
    ///
    /// # Errors
    /// When it is too large, no CSV, or has other columns.
    pub fn read_rotation(
        &self,
        bytes: &[u8],
    ) -> Result<(Vec<RotationRow>, Vec<RotationFault>), BadRotationFile> {
        if bytes.len() as u64 > ROTATION_BYTES {
            return Err(BadRotationFile::TooLarge);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bytes);
        let invalid = |error: csv::Error| BadRotationFile::NotCsv { reason: error.to_string() };
        let head = reader.headers().map_err(invalid)?.clone();
        let known = |name: &str| ROTATION_COLUMNS.iter().any(|column| column.eq_ignore_ascii_case(name));
        if !head.iter().all(known) || !head.iter().any(|name| name.eq_ignore_ascii_case("action")) {
            return Err(BadRotationFile::Columns { found: head.iter().collect::<Vec<_>>().join(", ") });
        }
        let mut parser = Parser { desk: self, head, faults: Vec::new() };
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
}

struct Parser<'a> {
    desk: &'a Desk,
    head: csv::StringRecord,
    faults: Vec<RotationFault>,
}

impl Parser<'_> {
    fn field<'r>(&self, record: &'r csv::StringRecord, name: &str) -> &'r str {
        let column = self.head.iter().position(|known| known.eq_ignore_ascii_case(name));
        column.and_then(|column| record.get(column)).unwrap_or("")
    }

    fn fault(&mut self, row: u64, field: &'static str, why: FaultReason) {
        self.faults.push(RotationFault { row, field, why });
    }

    fn said(&mut self, row: u64, field: &'static str, code: &'static str) {
        self.fault(row, field, FaultReason::Code(code));
    }

    /// What was found, or a fault in its field.
    fn found<T>(&mut self, row: u64, field: &'static str, found: Result<T, NodeError>) -> Option<T> {
        found.map_err(|error| self.fault(row, field, FaultReason::Unknown(Box::new(error)))).ok()
    }

    fn row(&mut self, row: u64, record: &csv::StringRecord) -> Option<RotationRow> {
        let from = self.date(row, "from", self.field(record, "from")).map(|typed| typed.at);
        let until = self.date(row, "until", self.field(record, "until")).map(TypedDate::end);
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

    fn date(&mut self, row: u64, field: &'static str, text: &str) -> Option<TypedDate> {
        if text.is_empty() {
            return None;
        }
        read_date(text, None).map_err(|error| self.fault(row, field, FaultReason::Date(error))).ok()
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
            let Some(string) = ComparedString::read(self.field(record, "string")) else {
                self.said(row, "string", "rotate-string");
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
        for field in ["invitation", "string", "role"] {
            if !self.field(record, field).is_empty() {
                self.said(row, field, "rotate-only-in");
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

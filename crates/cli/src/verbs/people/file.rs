//! The CSV file of a rotation: read whole, every fault with its row and field.

use std::path::{Path, PathBuf};

use counterseal_model::{CompartmentId, Timestamp};
use counterseal_node::{Change, Desk, DeviceRequest, Newcomer, NodeError, RotationRow};

use crate::context::Context;
use crate::failure::Failure;

/// The columns that there can be.
const COLUMNS: [&str; 8] = ["action", "person", "device", "request", "compartments", "role", "from", "until"];
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
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let mut parser = Parser { ctx, desk, folder, head, faults: Vec::new() };
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
    folder: PathBuf,
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
        let from = self.date(row, "from", self.field(record, "from"))?.map(|typed| typed.at);
        let until = self.date(row, "until", self.field(record, "until"))?.map(crate::dates::Typed::end);
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

    fn date(&mut self, row: u64, field: &'static str, text: &str) -> Option<Option<crate::dates::Typed>> {
        match text {
            "" => Some(None),
            text => match crate::dates::read(text) {
                Ok(typed) => Some(Some(typed)),
                Err(reason) => {
                    self.fault(row, field, reason);
                    None
                }
            },
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
        let (person, request) = (self.field(record, "person"), self.field(record, "request"));
        let who = match (person, request) {
            ("", _) => {
                self.said(row, "person", "rotate-no-person");
                None
            }
            (person, "") => {
                let found = self.desk.find_person(person);
                self.found(row, "person", found).map(Newcomer::Known)
            }
            (name, request) => {
                let path = self.folder.join(request);
                let request = self.request(row, &path)?;
                Some(Newcomer::Request { name: name.to_owned(), request: Box::new(request) })
            }
        };
        Some(Change::In { who: who?, compartments, manager, until })
    }

    fn request(&mut self, row: u64, path: &Path) -> Option<DeviceRequest> {
        match super::super::person::read_request(path) {
            Ok(request) => Some(request),
            Err(failure) => {
                let reason = failure.sentence(self.ctx.words);
                self.fault(row, "request", reason);
                None
            }
        }
    }

    fn goes(
        &mut self,
        row: u64,
        record: &csv::StringRecord,
        compartments: Vec<CompartmentId>,
        until: Option<Timestamp>,
    ) -> Option<Change> {
        for (field, key) in [("request", "rotate-only-in"), ("role", "rotate-only-in")] {
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

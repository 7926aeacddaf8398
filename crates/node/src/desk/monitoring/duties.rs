//! The book of duties of this desk: a file that a data-protection officer keeps, read in, and kept sealed in the
//! store with the time at which each line came.

use counterseal_model::dtg::read_moment;
use counterseal_model::{Code, CompartmentId, EntryId, PersonId, SectionId, Timestamp};
use counterseal_register::PartRef;
use serde::{Deserialize, Serialize};

use super::failure::MonitoringFailure;
use crate::desk::{Desk, local};
use crate::error::NodeError;
use crate::review::{Book, Case, Duty, Matter};

/// Where it is kept.
pub(super) const DUTIES: &str = "review-duties";
/// Most lines.
const MOST: usize = 200_000;

/// What came of reading a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutiesTaken {
    /// Lines in the book now.
    pub lines: usize,
    /// Of these, lines that were not in it before: they explain what was opened since yesterday, and nothing earlier.
    pub new: usize,
    /// Lines that were left out because they are about this desk's own person.
    pub own: usize,
}

/// The file, as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DutyFile {
    #[serde(default)]
    duty: Vec<DutyLine>,
    #[serde(default)]
    case: Vec<CaseLine>,
    #[serde(default)]
    area: Vec<AreaLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DutyLine {
    person: String,
    matter: String,
    case: Option<String>,
    area: Option<String>,
    from: String,
    until: String,
    /// Written by this desk only.
    #[serde(default)]
    recorded: i64,
}

/// The parts of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseLine {
    id: String,
    parts: Vec<String>,
}

/// What an area is: compartments, and the sections whose parts are of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaLine {
    name: String,
    #[serde(default)]
    compartments: Vec<String>,
    #[serde(default)]
    sections: Vec<String>,
}

impl Desk {
    /// Reads a file of duties, which replaces the book. Lines that were there keep the time at which they came; new ones
    /// come now. Lines about this desk's own person are left out: nobody explains their own openings.
    ///
    /// # Errors
    /// `NotReviewer`; `BadDuties` with what is wrong; when the store cannot be written.
    pub fn take_duties(&mut self, text: &str) -> Result<DutiesTaken, NodeError> {
        self.check_reviewer()?;
        let bad = |reason: String| NodeError::from(MonitoringFailure::BadDuties { reason });
        let mut file: DutyFile = toml::from_str(text).map_err(|error| bad(error.message().to_owned()))?;
        if file.duty.len() > MOST {
            return Err(bad(format!("it has {} lines, and at most {MOST} are read", file.duty.len())));
        }
        let before = self.duty_file()?;
        let mut known: std::collections::BTreeMap<_, i64> =
            before.duty.iter().map(|line| (line.key(), line.recorded)).collect();
        let (now, mut new, mut own) = (self.now().0, 0, 0);
        let mut kept = Vec::with_capacity(file.duty.len());
        for mut line in std::mem::take(&mut file.duty) {
            let person = self.find_person(&line.person).map_err(|error| bad(error.to_string()))?;
            if person == self.person {
                own += 1;
                continue;
            }
            line.person = person.to_string();
            line.recorded = match known.remove(&line.key()) {
                Some(recorded) => recorded,
                None => {
                    new += 1;
                    now
                }
            };
            line.duty().map_err(bad)?;
            kept.push(line);
        }
        file.duty = kept;
        self.lists(&file).map_err(bad)?;
        let lines = file.duty.len();
        let bytes = serde_json::to_vec(&file).map_err(|error| bad(error.to_string()))?;
        self.store.commit(|tx| local::set(tx, DUTIES, &bytes))?;
        Ok(DutiesTaken { lines, new, own })
    }

    /// Forgets lines that ended before a time.
    pub(super) fn forget_duties(&mut self, before: Timestamp) -> Result<u64, NodeError> {
        let mut file = self.duty_file()?;
        let all = file.duty.len();
        file.duty.retain(|line| line.duty().is_ok_and(|duty| duty.until >= before));
        let gone = all - file.duty.len();
        if gone > 0 {
            let bytes = serde_json::to_vec(&file).map_err(|e| NodeError::Verification(e.to_string()))?;
            self.store.commit(|tx| local::set(tx, DUTIES, &bytes))?;
        }
        Ok(gone as u64)
    }

    pub(super) fn duty_file(&self) -> Result<DutyFile, NodeError> {
        let Some(bytes) = self.store.read(|db| local::get(db, DUTIES))? else {
            return Ok(DutyFile::default());
        };
        serde_json::from_slice(&bytes).map_err(|error| NodeError::Verification(error.to_string()))
    }

    /// The book, and what it says of parts.
    pub(super) fn book(&self) -> Result<(Book, Lists), NodeError> {
        let file = self.duty_file()?;
        let bad = |reason: String| NodeError::from(MonitoringFailure::BadDuties { reason });
        let duties = file.duty.iter().map(DutyLine::duty).collect::<Result<Vec<_>, _>>().map_err(bad)?;
        Ok((Book::new(duties), self.lists(&file).map_err(bad)?))
    }

    fn lists(&self, file: &DutyFile) -> Result<Lists, String> {
        let mut lists = Lists::default();
        for line in &file.case {
            let case = case_of(&line.id)?;
            for part in &line.parts {
                lists.cases.insert(part_of(part)?, case);
            }
        }
        for line in &file.area {
            let area = code_of(&line.name)?;
            for text in &line.compartments {
                let id = self.find_compartment(text).map_err(|error| error.to_string())?;
                lists.compartments.insert(id, area.clone());
            }
            for text in &line.sections {
                let id: SectionId =
                    text.parse().map_err(|error: counterseal_model::BadId| error.to_string())?;
                lists.sections.insert(id, area.clone());
            }
        }
        Ok(lists)
    }
}

/// Which part belongs to which case, and which is of which area.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    pub(super) cases: std::collections::BTreeMap<PartRef, Case>,
    pub(super) compartments: std::collections::BTreeMap<CompartmentId, Code>,
    pub(super) sections: std::collections::BTreeMap<SectionId, Code>,
}

impl DutyLine {
    fn key(&self) -> String {
        let of = |text: &Option<String>| text.clone().unwrap_or_default();
        let (case, area) = (of(&self.case), of(&self.area));
        [&self.person, &self.matter, &case, &area, &self.from, &self.until].map(String::as_str).join("\n")
    }

    fn duty(&self) -> Result<Duty, String> {
        let person: PersonId = self.person.parse().map_err(|e: counterseal_model::BadId| e.to_string())?;
        let case = self.case.as_deref().map(case_of).transpose()?;
        let area = self.area.as_deref().map(code_of).transpose()?;
        let task = |urgent, area| Ok(Matter::Task { case, area, urgent });
        let matter = match (self.matter.as_str(), case, area) {
            ("case", Some(case), None) => Ok(Matter::Case(case)),
            ("area", None, Some(area)) => Ok(Matter::Area(area)),
            ("referral", Some(case), None) => Ok(Matter::Referral(case)),
            ("task", case, area) if case.is_some() || area.is_some() => task(false, area),
            ("alert", case, area) if case.is_some() || area.is_some() => task(true, area),
            ("shift", None, None) => Ok(Matter::Shift),
            ("tour", None, None) => Ok(Matter::Tour),
            (word, ..) => Err(format!(
                "matter '{word}': write case or referral with a case, area with an area, task or alert with either, shift or tour with neither"
            )),
        }?;
        let (from, until) = (moment(&self.from)?, moment(&self.until)?);
        if from >= until {
            return Err(format!("from {} until {} is no time", self.from, self.until));
        }
        Ok(Duty { person, matter, from, until, recorded: Timestamp(self.recorded) })
    }
}

fn moment(text: &str) -> Result<Timestamp, String> {
    read_moment(text, None).map(|(at, _)| at).map_err(|error| error.to_string())
}

fn code_of(text: &str) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| format!("'{text}' is not an area: write {}", Code::EXPECTED))
}

pub(super) fn case_of(text: &str) -> Result<Case, String> {
    let mut case = [0; 16];
    hex::decode_to_slice(text, &mut case)
        .map_err(|_| format!("'{text}' is not a case: write 32 hexadecimal digits"))?;
    Ok(case)
}

fn part_of(text: &str) -> Result<PartRef, String> {
    let bad = || format!("'{text}' is not a part: write its entry's 64 digits, a slash and its number");
    let (entry, index) = text.split_once('/').ok_or_else(bad)?;
    let (entry, index) = (entry.parse::<EntryId>().map_err(|_| bad())?, index.parse().map_err(|_| bad())?);
    Ok(PartRef { entry, index })
}

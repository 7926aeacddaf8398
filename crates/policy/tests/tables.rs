//! Example tables with what they decide. Every `tests/tables/*.csv` is read, with the decisions expected of it in the
//! `.expect` beside it; every `tests/tables/refused/*.csv` is refused with the sentence in the `.error` beside it. Adding
//! one needs no code. How an expectation is written: tests/tables/README.md.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use counterseal_model::record::{BasisKind, Use};
use counterseal_model::{Code, CompartmentId, EntryId, PersonId, SectionId, Timestamp};
use counterseal_policy::*;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn csvs(name: &str) -> Vec<PathBuf> {
    let mut all: Vec<_> =
        std::fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    all.sort();
    all
}

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

/// A code's letters as an id, for sections and compartments that a table leaves open.
fn id(code: &str) -> [u8; 16] {
    let mut id = [0; 16];
    code.bytes().zip(&mut id).for_each(|(letter, slot)| *slot = letter);
    id
}

fn policy(path: &Path) -> Policy {
    let name = path.file_name().unwrap().to_str().unwrap();
    let mut table =
        Table::read(name, &std::fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{error}"));
    let open: Vec<_> = table.unnamed().into_iter().cloned().collect();
    for code in open {
        let id = id(code.as_str());
        let section = table.name_section(&code, SectionId::from_bytes(id)).is_ok();
        let compartment = table.label_compartment(&code, CompartmentId::from_bytes(id)).is_ok();
        assert!(section || compartment);
    }
    Policy::new(table).unwrap()
}

/// `2026-05-03` or `2026-05-03T10:30`, in UTC.
fn moment(text: &str) -> Timestamp {
    let (date, clock) = text.split_once('T').unwrap_or((text, "00:00"));
    let n: Vec<i32> = date.split('-').map(|n| n.parse().unwrap()).collect();
    let month = time::Month::try_from(u8::try_from(n[1]).unwrap()).unwrap();
    let date = time::Date::from_calendar_date(n[0], month, n[2].try_into().unwrap()).unwrap();
    let (hour, minute) = clock.split_once(':').unwrap();
    Timestamp(
        Timestamp::from_date(date).0
            + hour.parse::<i64>().unwrap() * 3600
            + minute.parse::<i64>().unwrap() * 60,
    )
}

/// `claimed`, or `by OFFICE`, `since DATE`, `until DATE`.
fn held<T>(value: T, office: Office, words: &[&str]) -> Held<T> {
    if words == ["claimed"] {
        return Held::claimed(value);
    }
    let after = |word: &str| words.iter().position(|w| *w == word).and_then(|at| words.get(at + 1));
    let by = after("by").map_or(office, |word| Office::from_word(word).expect("an office"));
    Held::proved(
        value,
        by,
        after("since").map_or(Timestamp(0), |d| moment(d)),
        after("until").map(|d| moment(d)),
    )
}

/// One block of an expectation.
struct Case {
    at: Timestamp,
    reader: Reader,
    approvals: Vec<Approval>,
    part: PartFacts,
    request: Option<Request>,
    expected: Vec<String>,
}

fn case(block: &str) -> Case {
    let reader = Reader::unknown(PersonId::from_bytes([1; 16]));
    let (at, part, approvals) = (moment("2026-05-06T10:00"), PartFacts::default(), Vec::new());
    let mut case = Case { at, reader, approvals, part, request: None, expected: Vec::new() };
    for line in block.lines().filter(|line| !line.starts_with('#')) {
        if let Some(expected) = line.strip_prefix("=> ") {
            case.expected.push(expected.to_owned());
        } else {
            let words: Vec<_> = line.split_whitespace().collect();
            case.say(&words);
        }
    }
    case
}

impl Case {
    fn say(&mut self, words: &[&str]) {
        let section = |name: &str, rest| held(SectionId::from_bytes(id(name)), Office::Registrar, rest);
        let reader = &mut self.reader;
        match words {
            ["at", moment_text] => self.at = moment(moment_text),
            ["section", name, rest @ ..] => reader.section = Some(section(name, rest)),
            ["role", name, rest @ ..] => reader.roles.push(held(code(name), Office::Registrar, rest)),
            ["contingent", name, rest @ ..] => {
                reader.contingent = Some(held(code(name), Office::Registrar, rest))
            }
            ["office", name, rest @ ..] => {
                reader.offices.push(held(Office::from_word(name).unwrap(), Office::Governors, rest));
            }
            ["training", rest @ ..] => reader.training.push(held((), Office::Training, rest)),
            ["device", rest @ ..] => reader.device.push(held((), Office::Attestation, rest)),
            ["approval"] => self.approve(None),
            ["approval-of-the-reader"] => {
                self.approvals.push(Approval { person: self.reader.person, section: None });
            }
            ["approval-again"] => self.approvals.extend(self.approvals.last().cloned()),
            ["approval", name, rest @ ..] => self.approve(Some(section(name, rest))),
            ["basis", kind, "for", purpose, "to", recipient, rest @ ..] => {
                let what = Use::new(code(purpose), code(recipient));
                let kind = BasisKind::from_word(kind).expect("a basis");
                self.part.bases.push(held(BasisFor { kind, what }, Office::Member, rest));
            }
            ["agreement", "for", purpose, "to", recipient, rest @ ..] => {
                let what = Use::new(code(purpose), code(recipient));
                self.part.agreements.push(held(what, Office::DataProtection, rest));
            }
            [how @ ("withdrawn" | "refused"), date, rest @ ..] => self.part.objections.push(Objection {
                purpose: rest.first().map(|purpose| code(purpose)),
                recipient: rest.get(1).map(|recipient| code(recipient)),
                since: moment(date),
                withdrawn: *how == "withdrawn",
            }),
            ["ask", action, what, "for", purpose, flags @ ..] => self.ask(action, what, purpose, flags),
            other => panic!("what is {other:?}?"),
        }
    }

    fn approve(&mut self, section: Option<Held<SectionId>>) {
        let person = PersonId::from_bytes([u8::try_from(10 + self.approvals.len()).unwrap(); 16]);
        self.approvals.push(Approval { person, section });
    }

    fn ask(&mut self, action: &str, what: &str, purpose: &str, flags: &[&str]) {
        assert!(flags.iter().all(|flag| ["case", "emergency", "in-parts"].contains(flag)), "{flags:?}");
        let parts = what.split(',').zip(0..).map(|(label, index)| Asked {
            part: PartRef { entry: EntryId::from_bytes([9; 32]), index },
            compartment: CompartmentId::from_bytes(id(label)),
        });
        self.request = Some(Request {
            action: Action::from_word(action).expect("an action"),
            purpose: code(purpose),
            case: flags.contains(&"case"),
            emergency: flags.contains(&"emergency"),
            in_parts: flags.contains(&"in-parts"),
            parts: parts.collect(),
        });
    }

    /// The outcome of the whole, then each part's verdict where there are several.
    fn decide(self, policy: &Policy) -> (Vec<String>, Vec<String>) {
        let request = self.request.expect("a line 'ask ...'");
        let parts: BTreeMap<_, _> =
            request.parts.iter().map(|asked| (asked.part, self.part.clone())).collect();
        let facts = Facts { reader: self.reader, approvals: self.approvals, parts };
        let decision = decide(policy, &request, &facts, self.at);
        let mut lines = Vec::new();
        for place in 0..request.parts.len() {
            lines.extend(decision.verdict(place).unwrap().to_string().lines().map(str::to_owned));
        }
        if request.parts.len() > 1 {
            let given: Vec<_> = (0..request.parts.len()).filter(|place| decision.gives(*place)).collect();
            lines.push(format!("given: {given:?}"));
        }
        (lines, self.expected)
    }
}

fn check(csv: &Path, expect: &Path) -> usize {
    let policy = policy(csv);
    let text =
        std::fs::read_to_string(expect).unwrap_or_else(|error| panic!("{}: {error}", expect.display()));
    let mut count = 0;
    for block in
        text.split("\n\n").map(str::trim).filter(|block| block.lines().any(|line| !line.starts_with('#')))
    {
        let (found, expected) = case(block).decide(&policy);
        assert_eq!(
            found,
            expected,
            "{}:\n{block}\n(found on the left, expected on the right)",
            expect.display()
        );
        count += 1;
    }
    count
}

#[test]
fn every_example_decides_as_it_says() {
    let tables = csvs("tests/tables");
    assert!(tables.len() >= 2, "only {} tables were found", tables.len());
    for csv in tables {
        assert!(check(&csv, &csv.with_extension("expect")) > 0, "{}", csv.display());
    }
}

#[test]
fn the_default_table_decides_as_a_mission_expects() {
    let count = check(&folder("tables/default.csv"), &folder("tests/tables/default.expect"));
    assert!(count >= 20, "only {count} decisions were found");
}

#[test]
fn every_faulty_table_is_refused_with_file_row_column_and_what_to_do() {
    let tables = csvs("tests/tables/refused");
    assert!(tables.len() >= 20, "only {} tables were found", tables.len());
    for csv in tables {
        let name = csv.file_name().unwrap().to_str().unwrap();
        let expected = std::fs::read_to_string(csv.with_extension("error")).unwrap_or_default();
        match Table::read(name, &std::fs::read(&csv).unwrap()) {
            Ok(_) => panic!("{name} was accepted; it should say: {expected}"),
            Err(error) => assert_eq!(error.to_string(), expected.trim_end(), "{name}"),
        }
    }
}

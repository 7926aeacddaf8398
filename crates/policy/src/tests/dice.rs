//! Tables, requests and facts made of bytes, so that a shorter string is a simpler case. Few names, so that rows and facts
//! meet often.

use counterseal_model::record::{BasisKind, Use};
use counterseal_model::{Code, CompartmentId, EntryId, PersonId, SectionId, Timestamp};

use crate::*;

pub(super) const NOW: Timestamp = Timestamp(1_777_900_000);

pub(super) struct Dice<'a>(std::slice::Iter<'a, u8>);

impl<'a> Dice<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.iter())
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % limit
    }

    fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn yes(&mut self, of: usize) -> bool {
        self.below(of) == 1
    }
}

pub(super) fn code(text: &str) -> Code {
    text.parse().unwrap()
}

pub(super) fn id(n: usize) -> [u8; 16] {
    [u8::try_from(n).unwrap(); 16]
}

const HEAD: &str = "purpose,p0,r0,a\npurpose,p1,r1,b\nsection,s0,00000000000000000000000000000000\nsection,s1,01010101010101010101010101010101\nrole,a\nrole,b\ncontingent,c\ncompartment,k0,00000000000000000000000000000000\ncompartment,k1,01010101010101010101010101010101\ncompartment,both,00000000000000000000000000000000\ncompartment,both,01010101010101010101010101010101\nrow,effect,who,action,what,purpose,basis,needs,emergency,words\n";

/// A table of up to eight rows. Rows that no table may hold are left out.
pub(super) fn table(d: &mut Dice<'_>) -> Table {
    let mut text = format!("engine,{ENGINE}\n{HEAD}");
    for number in 1..=8 {
        let row = row(d, number);
        let longer = format!("{text}{row}\n");
        if Table::read("t", longer.as_bytes()).is_ok() {
            text = longer;
        }
    }
    Table::read("t", text.as_bytes()).unwrap()
}

fn row(d: &mut Dice<'_>, number: usize) -> String {
    let effect = if d.yes(8) {
        "only"
    } else if d.yes(20) {
        "never"
    } else {
        "permit"
    };
    let traits = ["section:s0", "section:s1", "role:a", "role:b", "contingent:c", "office:watch-officer"];
    let who = match d.below(4) {
        0 => "anyone".to_owned(),
        1 => d.one(&traits).to_owned(),
        2 => format!("{} and {}", d.one(&traits), d.one(&traits)),
        _ => format!("{} or {} and {}", d.one(&traits), d.one(&traits), d.one(&traits)),
    };
    let action = d.one(&["open", "open", "open", "open or share", "open or export"]);
    let what = d.one(&["*", "*", "k0", "k1", "both", "k0 or k1"]);
    let purpose = d.one(&["p0", "p1", "p0 or p1", "p0 or p1", "*"]);
    let basis = d.one(&["-", "-", "consent", "mandate", "consent or legal", "best-interests"]);
    let all = [
        "training",
        "device",
        "agreement",
        "case",
        "approvals:1",
        "approvals:2",
        "other-section",
        "hours:06:00-18:00",
        "days:mon-wed",
        "from:2026-05-01",
        "until:2026-05-31",
    ];
    let mut needs: Vec<_> = all.into_iter().filter(|_| d.yes(9)).collect();
    if needs.contains(&"approvals:1") {
        needs.retain(|need| *need != "approvals:2");
    }
    let mut waivable: Vec<_> = needs.iter().map(|need| need.split(':').next().unwrap()).collect();
    if basis != "-" {
        waivable.push("basis");
    }
    waivable.retain(|name| !["from", "until"].contains(name) && d.yes(2));
    let joined = |all: Vec<&str>| if all.is_empty() { "-".to_owned() } else { all.join(" and ") };
    format!(
        "{number},{effect},{who},{action},{what},{purpose},{basis},{},{},w",
        joined(needs),
        joined(waivable)
    )
}

pub(super) fn request(d: &mut Dice<'_>) -> Request {
    let parts = (0..1 + d.below(3)).map(|index| Asked {
        part: PartRef { entry: EntryId::from_bytes([1; 32]), index: index.try_into().unwrap() },
        compartment: CompartmentId::from_bytes(id(d.below(2))),
    });
    Request {
        parts: parts.collect(),
        action: d.one(&[
            Action::Open,
            Action::Open,
            Action::Open,
            Action::Open,
            Action::Share,
            Action::Export,
        ]),
        purpose: code(d.one(&["p0", "p0", "p0", "p1", "p1", "other"])),
        case: d.yes(2),
        emergency: d.yes(2),
        in_parts: d.yes(4),
    }
}

/// Mostly proved by whom it should be, and in force.
fn held<T>(d: &mut Dice<'_>, value: T, office: Office) -> Held<T> {
    let ago = Timestamp(NOW.0 - 1000);
    match d.below(10) {
        0 => Held::claimed(value),
        1 => Held::proved(value, Office::Review, ago, None),
        2 => Held::proved(value, office, ago, Some(NOW)),
        3 => Held::proved(value, office, Timestamp(NOW.0 + 1), None),
        4 => Held::proved(value, office, NOW, Some(Timestamp(NOW.0 + 1))),
        _ => Held::proved(value, office, ago, None),
    }
}

fn section(d: &mut Dice<'_>) -> Option<Held<SectionId>> {
    let section = SectionId::from_bytes(id(d.below(3)));
    d.yes(3).then_some(()).map_or_else(|| Some(held(d, section, Office::Registrar)), |()| None)
}

pub(super) fn facts(d: &mut Dice<'_>, request: &Request) -> Facts {
    let mut reader = Reader::unknown(PersonId::from_bytes([7; 16]));
    reader.section = section(d);
    for role in ["a", "b"] {
        if !d.yes(4) {
            reader.roles.push(held(d, code(role), Office::Registrar));
        }
    }
    reader.contingent = d.yes(2).then(|| held(d, code("c"), Office::Registrar));
    reader.offices = if d.yes(2) { vec![held(d, Office::Watch, Office::Governors)] } else { vec![] };
    reader.training = (0..d.below(4)).map(|_| held(d, (), Office::Training)).collect();
    reader.device = (0..d.below(4)).map(|_| held(d, (), Office::Attestation)).collect();
    let approvals = (0..d.below(4))
        .map(|_| Approval { person: PersonId::from_bytes([5 + d.below(4) as u8; 16]), section: section(d) });
    let approvals = approvals.collect();
    let parts = request.parts.iter().map(|asked| (asked.part, part(d))).collect();
    Facts { reader, approvals, parts }
}

fn part(d: &mut Dice<'_>) -> PartFacts {
    let of = |n: usize| Use::new(code(&format!("p{n}")), code(&format!("r{n}")));
    let mut facts = PartFacts::default();
    for _ in 0..d.below(5) {
        let kind = d.one(BasisKind::ALL);
        let what = of(d.below(2));
        facts.bases.push(held(d, BasisFor { kind, what }, Office::Member));
    }
    for _ in 0..d.below(2) {
        let what = of(d.below(2));
        facts.agreements.push(held(d, what, Office::DataProtection));
    }
    if d.yes(5) {
        facts.objections.push(objection(d));
    }
    facts
}

pub(super) fn objection(d: &mut Dice<'_>) -> Objection {
    let purpose = if d.yes(2) { Some(code(d.one(&["p0", "p1"]))) } else { None };
    Objection { purpose, recipient: None, since: NOW, withdrawn: d.yes(2) }
}

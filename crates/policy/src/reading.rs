//! The rows, read one by one, so that a refusal can say why; and Cedar's answer beside it. Both must permit.

use std::collections::BTreeSet;

use counterseal_model::record::{BasisKind, Use};
use counterseal_model::{Code, PersonId, Timestamp};

use crate::engine::{Engine, Question};
use crate::facts::{Approval, Facts, Objection, PartFacts, Request};
use crate::needed::Needed;
use crate::reasons::{Permit, Refusal, Unmet, Verdict};
use crate::standing::{Held, Office, State};
use crate::table::{Effect, Need, NeedKind, Row, Table, Trait, Who};

/// What of a part decides. Parts for which it is the same are decided once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part<'a> {
    labels: Vec<&'a Code>,
    bases: [State; 4],
    objection: Option<State>,
    agreement: State,
}

/// What of the request and its reader decides, the same for all parts.
pub(crate) struct Asking<'a> {
    request: &'a Request,
    facts: &'a Facts,
    table: &'a Table,
    at: Timestamp,
    /// Purpose and recipient; `None` when the table does not know the purpose.
    what: Option<Use>,
    section: Option<(&'a Code, State)>,
    approvals: u8,
    elsewhere: u8,
    clock: LocalTime,
}

/// The moment as the mission's wall shows it.
struct LocalTime {
    day: i64,
    minute: i64,
    weekday: i64,
}

impl LocalTime {
    fn new(at: Timestamp, utc_minutes: i16) -> Self {
        let seconds = at.0.saturating_add(i64::from(utc_minutes) * 60);
        let day = seconds.div_euclid(86_400);
        // 1970-01-01 was a Thursday.
        Self { day, minute: seconds.rem_euclid(86_400) / 60, weekday: (day + 3).rem_euclid(7) + 1 }
    }
}

const REGISTER: &[Office] = &[Office::Registrar];
const BASIS: &[Office] = &[Office::Member, Office::DataProtection];

impl<'a> Asking<'a> {
    pub(crate) fn new(table: &'a Table, request: &'a Request, facts: &'a Facts, at: Timestamp) -> Self {
        let recipient = table.purposes().get(&request.purpose).map(|purpose| purpose.recipient.clone());
        let section = facts.reader.section.as_ref();
        let named = section.and_then(|held| Some((table.section(held.value)?, held.state(REGISTER, at))));
        let counted = |filter: &dyn Fn(&Approval) -> bool| {
            let persons = facts.approvals.iter().filter(|a| a.person != facts.reader.person && filter(a));
            let persons: BTreeSet<PersonId> = persons.map(|a| a.person).collect();
            u8::try_from(persons.len()).unwrap_or(u8::MAX)
        };
        // Both sections must be proved: of somebody without one nobody knows that it is another.
        let own = section.filter(|held| held.state(REGISTER, at) == State::Met).map(|held| held.value);
        let other = |a: &Approval| match (&a.section, own) {
            (Some(theirs), Some(own)) => theirs.state(REGISTER, at) == State::Met && theirs.value != own,
            _ => false,
        };
        Self {
            request,
            facts,
            table,
            at,
            what: recipient.map(|recipient| Use::new(request.purpose.clone(), recipient)),
            section: named,
            approvals: counted(&|_| true),
            elsewhere: counted(&other),
            clock: LocalTime::new(at, table.utc_minutes()),
        }
    }

    pub(crate) fn part(&self, labels: Vec<&'a Code>, facts: Option<&PartFacts>) -> Part<'a> {
        let mut part =
            Part { labels, bases: [State::Missing; 4], objection: None, agreement: State::Missing };
        let (Some(facts), Some(what)) = (facts, &self.what) else { return part };
        for (kind, state) in BasisKind::ALL.iter().zip(&mut part.bases) {
            let of_kind = facts.bases.iter().filter(|b| b.value.kind == *kind && b.value.what == *what);
            *state = State::best(of_kind.map(|basis| basis.state(BASIS, self.at)));
        }
        part.agreement = State::best(
            facts
                .agreements
                .iter()
                .filter(|a| a.value == *what)
                .map(|a| a.state(&[Office::DataProtection], self.at)),
        );
        part.objection = facts.objections.iter().filter(|o| o.covers(what)).map(Objection::state).max();
        part
    }

    pub(crate) fn judge(&self, engine: &Engine, part: &Part<'_>) -> Verdict {
        let read = self.read(part);
        let Verdict::Permit(permit) = read else { return read };
        // The other way round, where the rows' reading refuses and Cedar would permit, it is refused all the same.
        match engine.permits(&self.question(part)) {
            Ok(rows) if rows.contains(&permit.row) => Verdict::Permit(permit),
            _ => Verdict::Refuse(vec![Refusal::of_engine(self.table.row(permit.row))]),
        }
    }

    /// The rows, read one by one.
    pub(crate) fn read(&self, part: &Part<'_>) -> Verdict {
        let covering: Vec<_> = self.table.rows().iter().filter(|row| self.covers(row, part)).collect();
        let mut refusals: Vec<_> = covering.iter().filter_map(|row| self.forbidden(row, part)).collect();
        let permits: Vec<_> = covering
            .iter()
            .filter(|row| row.effect == Effect::Permit)
            .map(|row| (*row, self.unmet(row, part)))
            .collect();
        let open = |(row, unmet): &&(&Row, Vec<Unmet>)| unmet.iter().all(|u| self.is_waived(row, u));
        let granting = permits.iter().filter(open).min_by_key(|(row, unmet)| (unmet.len(), row.number));
        match granting {
            Some((row, unmet)) if refusals.is_empty() => {
                // What bound everybody and was waived is told too.
                let bound = covering.iter().filter(|row| row.effect == Effect::Only);
                let bound = bound.flat_map(|row| self.unmet(row, part));
                let waived: BTreeSet<_> = unmet.iter().map(|u| u.need).chain(bound.map(|u| u.need)).collect();
                let waived = waived.into_iter().collect();
                Verdict::Permit(Permit { row: row.number, words: row.words.clone(), waived })
            }
            Some(_) => Verdict::Refuse(refusals),
            None => {
                refusals.extend(self.nearest(permits));
                Verdict::Refuse(refusals)
            }
        }
    }

    /// The row that is nearest to permitting: one that names this reader first, then the fewest conditions.
    fn nearest(&self, mut permits: Vec<(&Row, Vec<Unmet>)>) -> Vec<Refusal> {
        for (row, unmet) in &mut permits {
            unmet.retain(|u| !self.is_waived(row, u));
        }
        let far = |unmet: &[Unmet]| unmet.iter().filter(|u| u.need == NeedKind::Who).count();
        permits.sort_by_key(|(row, unmet)| (far(unmet), unmet.len(), row.number));
        let mut said = permits.into_iter().map(|(row, unmet)| Refusal::of_row(row, unmet));
        match said.next() {
            Some(first) => vec![first],
            None => vec![Refusal::no_row(&self.request.purpose, self.what.is_some())],
        }
    }

    fn covers(&self, row: &Row, part: &Part<'_>) -> bool {
        row.actions.contains(&self.request.action)
            && (row.purposes.is_empty() || row.purposes.contains(&self.request.purpose))
            && (row.what.is_empty() || row.what.iter().any(|label| part.labels.contains(&label)))
    }

    fn forbidden(&self, row: &Row, part: &Part<'_>) -> Option<Refusal> {
        match row.effect {
            Effect::Permit => None,
            Effect::Never => {
                let (need, needed) = (NeedKind::Never, Needed::Nothing);
                let never = Unmet { need, needed, state: State::Missing, ask: None };
                Some(Refusal::of_row(row, vec![never]))
            }
            Effect::Only => {
                let mut unmet = self.unmet(row, part);
                unmet.retain(|u| !self.is_waived(row, u));
                (!unmet.is_empty()).then(|| Refusal::of_row(row, unmet))
            }
        }
    }

    /// Somebody's no is never waived.
    fn is_waived(&self, row: &Row, unmet: &Unmet) -> bool {
        let no = matches!(unmet.state, State::Refused { .. } | State::Withdrawn { .. });
        self.request.emergency && !no && row.waived.contains(&unmet.need)
    }

    /// The row's conditions that are not met.
    fn unmet(&self, row: &Row, part: &Part<'_>) -> Vec<Unmet> {
        let who = self.who(row);
        let basis = self.basis(row, part);
        let needs = row.needs.iter().map(|need| self.need(row, *need, part));
        who.into_iter().chain(basis).chain(needs).filter(|unmet| unmet.state != State::Met).collect()
    }

    /// Of several alternatives, the one that lacks least.
    fn who(&self, row: &Row) -> Option<Unmet> {
        let lacks = |all: &Vec<Trait>| -> Vec<(Trait, State, Office)> {
            let lacking = all.iter().map(|t| (t, self.has(t))).filter(|(_, state)| *state != State::Met);
            lacking.map(|(t, state)| (t.clone(), state, t.said_by())).collect()
        };
        let best = row.who.0.iter().map(lacks).min_by_key(|lacking| {
            let held = lacking.iter().filter(|(_, state, _)| *state != State::Missing).count();
            (lacking.len(), usize::MAX - held)
        })?;
        let (_, state, ask) = best.first()?;
        let is_alone = best.len() == 1 && *state != State::Missing;
        let alone = || Who(vec![best.iter().map(|(t, ..)| t.clone()).collect()]);
        let who = if is_alone { alone() } else { row.who.clone() };
        Some(Unmet { need: NeedKind::Who, needed: Needed::Who(who), state: *state, ask: Some(*ask) })
    }

    fn has(&self, named: &Trait) -> State {
        let reader = &self.facts.reader;
        let may = named.said_by();
        fn of<T: PartialEq>(all: &[Held<T>], value: &T, may: Office, at: Timestamp) -> State {
            State::best(all.iter().filter(|held| held.value == *value).map(|held| held.state(&[may], at)))
        }
        match named {
            Trait::Section(code) => match self.section {
                Some((section, state)) if section == code => state,
                _ => State::Missing,
            },
            Trait::Role(code) => of(&reader.roles, code, may, self.at),
            Trait::Office(office) => of(&reader.offices, office, may, self.at),
            Trait::Contingent(code) => of(reader.contingent.as_slice(), code, may, self.at),
        }
    }

    fn basis(&self, row: &Row, part: &Part<'_>) -> Option<Unmet> {
        if row.bases.is_empty() {
            return None;
        }
        let kinds = BasisKind::ALL.iter().zip(part.bases);
        let held = State::best(kinds.filter(|(kind, _)| row.bases.contains(kind)).map(|(_, state)| state));
        let state = part.objection.filter(|_| row.heeds_objections()).unwrap_or(held);
        let ask = match row.bases[..] {
            [BasisKind::Consent] => Office::Member,
            _ => Office::DataProtection,
        };
        let recipient = self.what.as_ref().map(|what| what.recipient.clone());
        let (kinds, purpose) = (row.bases.clone(), self.request.purpose.clone());
        let needed = Needed::Basis { kinds, purpose, recipient };
        Some(Unmet { need: NeedKind::Basis, needed, state, ask: Some(ask) })
    }

    fn need(&self, row: &Row, need: Need, part: &Part<'_>) -> Unmet {
        let met = |yes: bool, otherwise| if yes { State::Met } else { otherwise };
        let said = |held: &[Held<()>], office| State::best(held.iter().map(|h| h.state(&[office], self.at)));
        let reader = &self.facts.reader;
        let count = |have: u8, of: u8| met(have >= of, State::Short { have });
        let (minute, day, weekday) = (self.clock.minute, self.clock.day, self.clock.weekday);
        let (state, ask) = match need {
            Need::Training => (said(&reader.training, Office::Training), Some(Office::Training)),
            Need::Device => (said(&reader.device, Office::Attestation), Some(Office::Attestation)),
            Need::Agreement => (part.agreement, Some(Office::DataProtection)),
            Need::Case => (met(self.request.case, State::Missing), None),
            Need::Approvals(n) => (count(self.approvals, n), Some(Office::Approver)),
            Need::OtherSection => (count(self.elsewhere, row.approvals()), Some(Office::Approver)),
            Need::Hours(from, to) => {
                (met((i64::from(from)..i64::from(to)).contains(&minute), State::Outside), None)
            }
            Need::Days(from, to) => {
                (met((i64::from(from)..=i64::from(to)).contains(&weekday), State::Outside), None)
            }
            Need::From(first) => (met(day >= i64::from(first), State::Outside), Some(Office::DataProtection)),
            Need::Until(last) => (met(day <= i64::from(last), State::Outside), Some(Office::DataProtection)),
        };
        let needed = match need {
            Need::OtherSection => Needed::Elsewhere(row.approvals()),
            other => Needed::Condition(other),
        };
        Unmet { need: need.kind(), needed, state, ask }
    }

    /// What Cedar is asked. Only what is proved and in force comes this far.
    pub(crate) fn question(&self, part: &Part<'_>) -> Question {
        let reader = &self.facts.reader;
        let in_force = |named: Trait| (self.has(&named) == State::Met).then_some(());
        let codes = |all: &[Held<Code>], make: fn(Code) -> Trait| -> BTreeSet<String> {
            all.iter()
                .filter(|h| in_force(make(h.value.clone())).is_some())
                .map(|h| h.value.to_string())
                .collect()
        };
        let trained =
            |held: &[Held<()>], office| held.iter().any(|h| h.state(&[office], self.at) == State::Met);
        let bases = BasisKind::ALL.iter().zip(part.bases).filter(|(_, state)| *state == State::Met);
        Question {
            action: self.request.action.word(),
            purpose: self.request.purpose.to_string(),
            sections: self
                .section
                .iter()
                .filter(|(_, s)| *s == State::Met)
                .map(|(c, _)| c.to_string())
                .collect(),
            roles: codes(&reader.roles, Trait::Role),
            offices: reader
                .offices
                .iter()
                .filter(|h| in_force(Trait::Office(h.value)).is_some())
                .map(|h| h.value.to_string())
                .collect(),
            contingents: codes(reader.contingent.as_slice(), Trait::Contingent),
            labels: part.labels.iter().map(ToString::to_string).collect(),
            bases: bases.map(|(kind, _)| kind.word()).collect(),
            agreement: part.agreement == State::Met,
            objection: part.objection.is_some(),
            training: trained(&reader.training, Office::Training),
            device: trained(&reader.device, Office::Attestation),
            case: self.request.case,
            emergency: self.request.emergency,
            approvals: self.approvals,
            approvals_elsewhere: self.elsewhere,
            minute: self.clock.minute,
            weekday: self.clock.weekday,
            day: self.clock.day,
        }
    }
}

impl Row {
    /// Whether somebody's no counts against it: where it rests on what people agreed to, even beside other bases.
    pub(crate) fn heeds_objections(&self) -> bool {
        self.bases.iter().any(|kind| matches!(kind, BasisKind::Consent | BasisKind::BestInterests))
    }

    fn approvals(&self) -> u8 {
        self.needs
            .iter()
            .find_map(|need| if let Need::Approvals(n) = need { Some(*n) } else { None })
            .unwrap_or(1)
    }
}

impl Trait {
    /// Who may say it.
    const fn said_by(&self) -> Office {
        match self {
            Self::Office(_) => Office::Governors,
            _ => Office::Registrar,
        }
    }
}

impl Objection {
    fn covers(&self, what: &Use) -> bool {
        let fits = |ours: &Option<Code>, theirs: &Code| ours.as_ref().is_none_or(|ours| ours == theirs);
        fits(&self.purpose, &what.purpose) && fits(&self.recipient, &what.recipient)
    }

    fn state(&self) -> State {
        if self.withdrawn { State::Withdrawn { on: self.since } } else { State::Refused { on: self.since } }
    }
}

//! Withdrawal, hold and erasure of parts (PROTOCOL section 8).

use counterseal_model::{CompartmentId, StatementId, Timestamp};

use super::Register;
use super::moment::{LogPosition, Moment};
use super::signers::Said;
use super::state::{Compartment, State};
use crate::act::{Charter, Erase, HoldParts, LiftHold, LiftWithdrawal, Office, PartRef, Withdraw};
use crate::refusal::Refusal;

/// Most parts of one statement.
const MAX_PARTS: usize = 4096;

/// What was said about a part.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct PartHistory {
    withdrawn: Vec<Span>,
    held: Vec<Span>,
    erased: Option<Moment>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Span {
    by: StatementId,
    since: Moment,
    lifted: Option<LogPosition>,
}

impl Span {
    fn stands(&self, at: Moment) -> bool {
        self.since.position <= at.position && self.lifted.is_none_or(|lifted| lifted > at.position)
    }
}

/// How a part stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartState {
    /// Since when it is withdrawn, if it is: the earliest withdrawal that stands.
    pub withdrawn: Option<Moment>,
    /// Whether a hold on it, or its compartment's charter, forbids its erasure.
    pub held: bool,
    /// Since when it is erased, if it is.
    pub erased: Option<Moment>,
}

fn check_list(parts: &[PartRef]) -> Result<(), Refusal> {
    let fits = (1..=MAX_PARTS).contains(&parts.len()) && parts.is_sorted_by(|a, b| a < b);
    if fits { Ok(()) } else { Err(Refusal::BadPartList) }
}

/// Lifts what a statement began; the statement was there if this is true.
fn lift<'a>(spans: impl Iterator<Item = &'a mut Span>, by: StatementId, at: Moment) -> bool {
    let mut lifted = false;
    for span in spans.filter(|span| span.by == by && span.stands(at)) {
        span.lifted = Some(at.position);
        lifted = true;
    }
    lifted
}

impl State {
    pub(super) fn withdraw(&mut self, said: &Said<'_>, act: &Withdraw) -> Result<(), Refusal> {
        check_list(&act.parts)?;
        let (device, person) = said.by_device(self)?;
        let compartment = self.created(act.compartment, said.moment)?;
        let is_in = |head| self.epochs.get(head).is_some_and(|epoch| epoch.roster().contains(&device));
        let member = compartment.heads.iter().any(is_in) && !compartment.is_without(device, said.moment);
        if !member && !self.is_officer(person, Office::DataProtection, None, said.moment) {
            return Err(Refusal::NotAWithdrawer);
        }
        let span = Span { by: said.id, since: said.moment, lifted: None };
        self.add_spans(said, act.compartment, &act.parts, |part| part.withdrawn.push(span))
    }

    pub(super) fn hold_parts(&mut self, said: &Said<'_>, act: &HoldParts) -> Result<(), Refusal> {
        check_list(&act.parts)?;
        let (_, person) = said.by_device(self)?;
        let manages = self.is_manager(act.compartment, person, said.moment);
        if !manages && !self.is_officer(person, Office::DataProtection, None, said.moment) {
            return Err(Refusal::NotAWithdrawer);
        }
        let span = Span { by: said.id, since: said.moment, lifted: None };
        self.add_spans(said, act.compartment, &act.parts, |part| part.held.push(span))
    }

    fn add_spans(
        &mut self,
        said: &Said<'_>,
        compartment: CompartmentId,
        parts: &[PartRef],
        mut add: impl FnMut(&mut PartHistory),
    ) -> Result<(), Refusal> {
        let known = self.created_mut(compartment, said.moment)?;
        parts.iter().for_each(|part| add(known.parts.entry(*part).or_default()));
        Ok(())
    }

    pub(super) fn lift_withdrawal(&mut self, said: &Said<'_>, act: &LiftWithdrawal) -> Result<(), Refusal> {
        said.by_two(self, act.compartment)?;
        let known = self.created_mut(act.compartment, said.moment)?;
        let spans = known.parts.values_mut().flat_map(|part| &mut part.withdrawn);
        match lift(spans, act.withdrawal, said.moment) {
            true => Ok(()),
            false => Err(Refusal::NothingToLift { statement: act.withdrawal }),
        }
    }

    pub(super) fn lift_hold(&mut self, said: &Said<'_>, act: &LiftHold) -> Result<(), Refusal> {
        said.by_two(self, act.compartment)?;
        let known = self.created_mut(act.compartment, said.moment)?;
        let spans = known.parts.values_mut().flat_map(|part| &mut part.held);
        match lift(spans, act.hold, said.moment) {
            true => Ok(()),
            false => Err(Refusal::NothingToLift { statement: act.hold }),
        }
    }

    pub(super) fn erase(&mut self, said: &Said<'_>, act: &Erase) -> Result<(), Refusal> {
        check_list(&act.parts)?;
        said.by_two(self, act.compartment)?;
        let (id, at) = (act.compartment, said.moment);
        let compartment = self.created(id, at)?;
        let charter = self.charter(id, at).ok_or(Refusal::UnknownCompartment { compartment: id })?;
        let days = charter.cooling_off_days.unwrap_or(Charter::COOLING_OFF_DAYS);
        for part in &act.parts {
            let state = compartment.part_state(&charter, *part, at);
            if state.erased.is_some() {
                return Err(Refusal::AlreadyErased);
            }
            if state.held {
                return Err(Refusal::PartHeld);
            }
            let over = |since: Moment| since.time.0.saturating_add(days_of(days)) <= at.time.0;
            if !state.withdrawn.is_some_and(over) {
                return Err(Refusal::CoolingOff { days });
            }
        }
        self.add_spans(said, id, &act.parts, |part| part.erased = Some(at))
    }
}

fn days_of(days: u64) -> i64 {
    i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(Timestamp::DAY)
}

impl Compartment {
    fn part_state(&self, charter: &Charter, part: PartRef, at: Moment) -> PartState {
        let Some(known) = self.parts.get(&part) else {
            return PartState { held: charter.legal_hold, ..PartState::default() };
        };
        PartState {
            withdrawn: known.withdrawn.iter().filter(|span| span.stands(at)).map(|span| span.since).min(),
            held: charter.legal_hold || known.held.iter().any(|span| span.stands(at)),
            erased: known.erased.filter(|since| since.position <= at.position),
        }
    }
}

/// Withdrawal, hold and erasure.
impl Register {
    /// How a part stands. Of a part of another compartment, or one that nothing was said of, nothing.
    #[must_use]
    pub fn part_state(&self, compartment: CompartmentId, part: PartRef, at: Moment) -> PartState {
        let state = self.state();
        let known = state.compartments.get(&compartment).zip(state.charter(compartment, at));
        known.map(|(known, charter)| known.part_state(&charter, part, at)).unwrap_or_default()
    }

    /// Whether a part is erased by the newest statement that is known.
    #[must_use]
    pub fn is_erased(&self, compartment: CompartmentId, part: PartRef) -> bool {
        self.part_state(compartment, part, self.last()).erased.is_some()
    }

    /// Every part of a compartment that is erased by a moment, in ascending order: the tombstones.
    #[must_use]
    pub fn erased_parts(&self, compartment: CompartmentId, at: Moment) -> Vec<PartRef> {
        let known = self.state().compartments.get(&compartment);
        let erased =
            |history: &PartHistory| history.erased.is_some_and(|since| since.position <= at.position);
        let parts = known.into_iter().flat_map(|known| &known.parts);
        parts.filter(|(_, history)| erased(history)).map(|(part, _)| *part).collect()
    }

    /// The withdrawals and holds of a part that stand: what must be named to lift them.
    #[must_use]
    pub fn standing_on(
        &self,
        compartment: CompartmentId,
        part: PartRef,
        at: Moment,
    ) -> (Vec<StatementId>, Vec<StatementId>) {
        let known = self.state().compartments.get(&compartment).and_then(|known| known.parts.get(&part));
        let by = |spans: &[Span]| spans.iter().filter(|span| span.stands(at)).map(|span| span.by).collect();
        known.map(|known| (by(&known.withdrawn), by(&known.held))).unwrap_or_default()
    }
}

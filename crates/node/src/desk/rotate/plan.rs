//! What a rotation would do, and everything that is wrong with it, before anything is said.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{CompartmentId, DeviceId, PersonId};
use counterseal_register::{DeviceStatus, PersonStatus, Register, Subject};

use super::{Change, Newcomer, RotationRow};
use crate::desk::Desk;
use crate::desk::statements::{Draft, roster_of};
use crate::error::NodeError;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// This run does it.
    Due,
    /// It is so already.
    Done,
    /// Its row's day has not come.
    NotYet,
    /// A registrar has to run the file.
    ForRegistrar,
    /// A manager of the compartment has to run the file.
    ForManager,
    /// It follows once a registrar has enrolled the person.
    AfterEnrolment,
}

/// One step of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The row.
    pub row: u64,
    /// What is done: enrol, revoke, end, admit, remove or appoint.
    pub what: &'static str,
    /// The person.
    pub person: PersonId,
    /// The compartment, where the step is about one.
    pub compartment: Option<CompartmentId>,
    /// Where it stands.
    pub state: StepState,
}

/// Something wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The row.
    pub row: u64,
    /// The column.
    pub field: &'static str,
    /// A stable name of what is wrong.
    pub code: &'static str,
}

/// What a rotation would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RotationPlan {
    /// The steps, in the order of their rows.
    pub steps: Vec<Step>,
    /// All that is wrong. Nothing is done while there is anything.
    pub problems: Vec<Problem>,
    /// Per compartment that gets an epoch: devices that come, and devices that go.
    pub epochs: BTreeMap<CompartmentId, (u64, u64)>,
}

impl RotationPlan {
    /// Whether this run would change anything.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.steps.iter().any(|step| step.state == StepState::Due)
    }

    pub(super) fn is_step_due(&self, row: u64, what: &str, compartment: Option<CompartmentId>) -> bool {
        let same = |step: &&Step| step.row == row && step.what == what && step.compartment == compartment;
        self.steps.iter().find(same).is_some_and(|step| step.state == StepState::Due)
    }
}

impl Desk {
    /// What these rows would do now.
    ///
    /// # Errors
    /// When the store cannot be read; what is wrong with the rows stands in the plan.
    pub fn plan_rotation(&self, rows: &[RotationRow]) -> Result<RotationPlan, NodeError> {
        let draft = self.draft()?;
        let mut planner = Planner { desk: self, draft: &draft, plan: RotationPlan::default() };
        let mut seen = BTreeMap::new();
        for row in rows {
            planner.row(row);
            let (person, device) = match &row.change {
                Change::In { who, .. } => (who.person(), None),
                Change::Out { person, device, .. } => (*person, *device),
            };
            if seen.insert((person, device), row.row).is_some() {
                planner.problem(row.row, "person", "rotate-twice");
            }
        }
        planner.count_epochs(rows);
        Ok(planner.plan)
    }
}

struct Planner<'a> {
    desk: &'a Desk,
    draft: &'a Draft,
    plan: RotationPlan,
}

impl Planner<'_> {
    fn register(&self) -> &Register {
        &self.draft.register
    }

    fn problem(&mut self, row: u64, field: &'static str, code: &'static str) {
        self.plan.problems.push(Problem { row, field, code });
    }

    fn row(&mut self, row: &RotationRow) {
        let waits = row.from.is_some_and(|from| from > self.desk.now());
        let first = self.plan.steps.len();
        match &row.change {
            Change::In { who, compartments, manager, .. } => {
                self.comes(row.row, who, compartments, *manager);
            }
            Change::Out { person, device, compartments, until } => {
                self.goes(row.row, *person, *device, compartments, until.is_some());
            }
        }
        let due = self.plan.steps.iter_mut().skip(first).filter(|step| step.state != StepState::Done);
        due.filter(|_| waits).for_each(|step| step.state = StepState::NotYet);
    }

    fn step(
        &mut self,
        row: u64,
        what: &'static str,
        of: (PersonId, Option<CompartmentId>),
        state: StepState,
    ) {
        self.plan.steps.push(Step { row, what, person: of.0, compartment: of.1, state });
    }

    fn comes(&mut self, row: u64, who: &Newcomer, compartments: &[CompartmentId], manager: bool) {
        let (person, at) = (who.person(), self.draft.moment());
        let status = self.register().person(person, at);
        match (status, who) {
            (None, Newcomer::Known(_)) => self.problem(row, "person", "rotate-unknown-person"),
            (Some(PersonStatus::Active), Newcomer::Invited(invitee))
                if self.register().device(invitee.device, at).is_none() =>
            {
                self.problem(row, "invitation", "rotate-other-device");
            }
            (None | Some(PersonStatus::Active), _) => {}
            (Some(_), _) => self.problem(row, "person", "rotate-not-active"),
        }
        if let Newcomer::Invited(_) = who {
            let named = self.register().name_of(Subject::Person(person)).is_some();
            let state = match () {
                () if status.is_some() && named => StepState::Done,
                () if self.is_registrar() => StepState::Due,
                () => StepState::ForRegistrar,
            };
            self.step(row, "enrol", (person, None), state);
        }
        let enrolled = status.is_some() || self.is_registrar();
        for compartment in compartments {
            let in_it = status.is_some() && self.is_in(person, *compartment);
            let state = match () {
                () if in_it => StepState::Done,
                () if !enrolled => StepState::AfterEnrolment,
                () if self.manages(*compartment) => StepState::Due,
                () => StepState::ForManager,
            };
            self.step(row, "admit", (person, Some(*compartment)), state);
            if manager {
                let is_one = self.register().is_manager(*compartment, person, at);
                let state =
                    if is_one { StepState::Done } else { state_of_role(state, self.manages(*compartment)) };
                self.step(row, "appoint", (person, Some(*compartment)), state);
            }
        }
    }

    fn goes(
        &mut self,
        row: u64,
        person: PersonId,
        device: Option<DeviceId>,
        compartments: &[CompartmentId],
        ends_later: bool,
    ) {
        let at = self.draft.moment();
        if person == self.desk.person() && compartments.is_empty() {
            self.problem(row, "person", "rotate-yourself");
        }
        if !compartments.is_empty() {
            for compartment in compartments {
                let state = match () {
                    () if !self.is_in(person, *compartment) => StepState::Done,
                    () if self.manages(*compartment) => StepState::Due,
                    () => StepState::ForManager,
                };
                self.step(row, "remove", (person, Some(*compartment)), state);
            }
            return;
        }
        let person_gone = matches!(self.register().person(person, at), Some(PersonStatus::Revoked { .. }));
        let device_gone = device
            .and_then(|device| self.register().device(device, at))
            .is_some_and(|known| matches!(known.status, DeviceStatus::Revoked { .. }));
        let state = match () {
            () if person_gone || device_gone => StepState::Done,
            () if self.is_registrar() => StepState::Due,
            () => StepState::ForRegistrar,
        };
        self.step(row, if ends_later { "end" } else { "revoke" }, (person, None), state);
    }

    /// The compartments whose roster this run changes.
    fn count_epochs(&mut self, rows: &[RotationRow]) {
        let (mut come, mut go) = (BTreeMap::<_, u64>::new(), BTreeMap::<_, u64>::new());
        let everyone = self.register().mission_compartment();
        let mut gone = BTreeSet::new();
        for step in self.plan.steps.iter().filter(|step| step.state == StepState::Due) {
            match (step.what, step.compartment) {
                ("enrol", _) => *come.entry(everyone).or_default() += 1,
                ("admit", Some(id)) => *come.entry(id).or_default() += 1,
                ("remove", Some(id)) => *go.entry(id).or_default() += 1,
                ("revoke", _) => {
                    gone.extend(devices_going(rows, step, self.register(), self.draft));
                }
                _ => {}
            }
        }
        for compartment in self.register().compartments(self.draft.moment()) {
            let roster = roster_of(self.draft, compartment);
            let leaving = roster.iter().filter(|device| gone.contains(device)).count() as u64;
            if leaving > 0 && self.manages(compartment) {
                *go.entry(compartment).or_default() += leaving;
            }
        }
        for id in come.keys().chain(go.keys()) {
            let counts = (come.get(id).copied().unwrap_or(0), go.get(id).copied().unwrap_or(0));
            self.plan.epochs.insert(*id, counts);
        }
    }

    fn is_registrar(&self) -> bool {
        self.register().is_registrar(self.desk.person(), self.draft.moment())
    }

    fn manages(&self, compartment: CompartmentId) -> bool {
        self.register().is_manager(compartment, self.desk.person(), self.draft.moment())
    }

    /// Whether any active device of the person is in the compartment's newest epochs.
    fn is_in(&self, person: PersonId, compartment: CompartmentId) -> bool {
        let roster = roster_of(self.draft, compartment);
        let devices = self.register().devices_of(person, self.draft.moment());
        devices.iter().any(|device| roster.contains(&device.id))
    }
}

/// A role follows the admission it goes with.
fn state_of_role(admission: StepState, manages: bool) -> StepState {
    match admission {
        StepState::Done if manages => StepState::Due,
        StepState::Done => StepState::ForManager,
        other => other,
    }
}

fn devices_going(rows: &[RotationRow], step: &Step, register: &Register, draft: &Draft) -> Vec<DeviceId> {
    let row = rows.iter().find(|row| row.row == step.row).map(|row| &row.change);
    match row {
        Some(Change::Out { device: Some(device), .. }) => vec![*device],
        _ => register.devices_of(step.person, draft.moment()).into_iter().map(|device| device.id).collect(),
    }
}

//! Handover at the end of a tour: what a person answers for passes to a successor, as new versions of
//! records and as statements, and what cannot pass is named.
//!
//! Nothing is deleted: each record keeps who answered for it before as its earlier version. A successor
//! can hand everything back in the same way.

use std::collections::BTreeMap;

use counterseal_model::record::{Body, Incident};
use counterseal_model::{CompartmentId, PersonId, RecordId, Verification, VerificationStatus};
use counterseal_register::AppointManager;

use super::Desk;
use super::read::{VersionView, view};
use super::trust::Trust;
use crate::error::NodeError;

/// What passes, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// The management of a compartment.
    Manager(CompartmentId),
    /// The office of registrar.
    Registrar,
    /// Being in a compartment.
    Member(CompartmentId),
    /// The verification of an incident, whose part is in this compartment.
    Verify(RecordId, CompartmentId),
}

/// Why something does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stays {
    /// Governors appoint registrars.
    Governors,
    /// The successor is not in the compartment; a manager admits them.
    NotIn,
    /// The record is in conflict, and a person has to settle it first.
    Conflict,
    /// This desk cannot write there.
    CannotWrite,
}

/// What a handover would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandoverPlan {
    /// What passes.
    pub passes: Vec<Duty>,
    /// What does not, and why.
    pub stays: Vec<(Duty, Stays)>,
    /// Entries that no hub has confirmed.
    pub unsent_entries: u64,
    /// Statements that no hub has confirmed.
    pub unsent_statements: u64,
    /// What rests on trust in this person. None of it passes by itself.
    pub trust: Vec<Trust>,
}

impl Desk {
    /// What it would mean to hand over to a person. `progress` is told how many of how many incidents
    /// were looked at.
    ///
    /// # Errors
    /// When the successor is this desk's person or not active, or the store cannot be read.
    pub fn plan_handover(
        &mut self,
        to: PersonId,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<HandoverPlan, NodeError> {
        let trust = self.trusts()?;
        let at = self.moment();
        let active = self.register.person(to, at) == Some(counterseal_register::PersonStatus::Active);
        if to == self.person || !active {
            return Err(NodeError::NoSuccessor { person: to });
        }
        let (unsent_entries, unsent_statements) = self.count_unsent()?;
        let mut plan = HandoverPlan { unsent_entries, unsent_statements, trust, ..HandoverPlan::default() };
        let shared = self.shared_with(to);
        for (id, is_in) in &shared {
            let manages = self.register.is_manager(*id, self.person, at);
            let everyone = *id == self.register.mission_compartment();
            if !is_in {
                plan.stays.push((Duty::Member(*id), Stays::NotIn));
            }
            if manages && !everyone && !self.register.is_manager(*id, to, at) {
                plan.passes.push(Duty::Manager(*id));
            }
        }
        if self.register.is_registrar(self.person, at) && !self.register.is_registrar(to, at) {
            plan.stays.push((Duty::Registrar, Stays::Governors));
        }
        for (id, compartment, stays) in self.answered_for(to, &shared, progress)? {
            let duty = Duty::Verify(id, compartment);
            match stays {
                None => plan.passes.push(duty),
                Some(reason) => plan.stays.push((duty, reason)),
            }
        }
        Ok(plan)
    }

    /// Hands over what a plan made now says. Each record is one new version in its journal, durable when
    /// it is told to `progress`; what has passed already is not in the plan any more, so that a handover
    /// that was cut off is finished by another.
    ///
    /// # Errors
    /// As `plan_handover`, and when the register or the disk refuses.
    pub fn hand_over(
        &mut self,
        to: PersonId,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<HandoverPlan, NodeError> {
        let plan = self.plan_handover(to, &mut |_, _| {})?;
        let mut draft = self.draft()?;
        for duty in &plan.passes {
            if let Duty::Manager(compartment) = duty {
                let (compartment, extra) = (*compartment, Default::default());
                draft
                    .say(AppointManager { compartment, person: to, until: None, extra }, &[&self.secrets])?;
            }
        }
        self.keep_statements(draft)?;
        let total = plan.passes.len() as u64;
        for (done, duty) in (1..).zip(&plan.passes) {
            if let Duty::Verify(id, compartment) = duty {
                self.pass(*id, *compartment, to)?;
            }
            progress(done, total);
        }
        Ok(plan)
    }

    fn pass(&mut self, id: RecordId, compartment: CompartmentId, to: PersonId) -> Result<(), NodeError> {
        let record = self.record(id)?;
        let version = record.shown.into_iter().find(|version| version.compartment == compartment);
        let Some(VersionView { part, .. }) = version else { return Err(NodeError::NoRecord(id)) };
        let Body::Incident(mut incident) = part.body else { return Err(NodeError::NoRecord(id)) };
        let mut verification = incident.verification.take().unwrap_or_default();
        verification.by = Some(to);
        incident.verification = Some(verification);
        self.edit(id, compartment, Body::Incident(incident), part.classification)
    }

    /// The compartments that this desk works in, and whether the person is in them.
    fn shared_with(&self, person: PersonId) -> BTreeMap<CompartmentId, bool> {
        let devices = self.register.devices_of(person, self.moment());
        let is_in = |members: &[_]| devices.iter().any(|device| members.contains(&device.id));
        let mine = self.compartments().into_iter().filter(|view| view.members.contains(&self.device()));
        mine.map(|view| (view.id, is_in(&view.members))).collect()
    }

    /// The incidents that this desk's person answers for, with what keeps them from passing.
    fn answered_for(
        &self,
        to: PersonId,
        shared: &BTreeMap<CompartmentId, bool>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<(RecordId, CompartmentId, Option<Stays>)>, NodeError> {
        let reader = self.reader();
        self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT r.no FROM incident i JOIN record r ON r.no = i.record ORDER BY r.no",
            )?;
            let numbers = list.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
            let total = numbers.len() as u64;
            let mut found = Vec::new();
            for (done, number) in (1..).zip(numbers) {
                let record = view(db, &reader, number)?;
                let held = record.shown.iter().find(|version| self.answers_for(version));
                if let Some(version) = held.filter(|_| !is_final_or_theirs(&record.part.body, to)) {
                    let stays = match shared.get(&version.compartment) {
                        _ if record.conflict => Some(Stays::Conflict),
                        None => Some(Stays::CannotWrite),
                        Some(false) => Some(Stays::NotIn),
                        Some(true) => None,
                    };
                    found.push((record.id(), version.compartment, stays));
                }
                progress(done, total);
            }
            Ok(found)
        })
    }

    /// Whether a version names this desk's person as who checks it, or names nobody and was written by
    /// one of this person's devices.
    fn answers_for(&self, version: &VersionView) -> bool {
        let Body::Incident(incident) = &version.part.body else { return false };
        match incident.verification.as_ref().and_then(|verification| verification.by) {
            Some(by) => by == self.person,
            None => {
                let author = self.register.device(version.device, self.moment());
                author.is_some_and(|author| author.person == self.person)
            }
        }
    }
}

fn is_final_or_theirs(body: &Body, to: PersonId) -> bool {
    let Body::Incident(incident) = body else { return true };
    let Incident { verification: Some(Verification { status, by, .. }), .. } = &**incident else {
        return false;
    };
    let is_final = matches!(status, VerificationStatus::Verified | VerificationStatus::Refuted);
    is_final || *by == Some(to)
}

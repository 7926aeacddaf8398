//! Saying a rotation: who comes, who goes, one epoch for each compartment, then the names.

use std::collections::BTreeMap;

use counterseal_model::{CompartmentId, DeviceId};
use counterseal_register::{
    Act, AppointManager, DeviceStatus, EpochReason, ExtendAppointment, RevokeDevice, RevokePerson, Statement,
    Subject,
};

use super::{Change, Newcomer, Problem, RotationPlan, RotationReport, RotationRow};
use crate::desk::Desk;
use crate::desk::invite::{InvitationRefusal, Invitee, Served};
use crate::desk::statements::{Draft, roster_of};
use crate::error::NodeError;

/// Devices that come into and go out of compartments.
type Rosters = BTreeMap<CompartmentId, (Vec<DeviceId>, Vec<DeviceId>)>;

impl Desk {
    /// Carries out what is due of these rows, in one commit: a crash leaves all of it or nothing.
    /// `progress` is told how many of how many rows are said.
    ///
    /// # Errors
    /// `BadRotation` when anything is wrong with a row; when the register refuses. Nothing is kept then.
    pub fn rotate(
        &mut self,
        rows: &[RotationRow],
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<RotationReport, NodeError> {
        let plan = self.plan_rotation(rows)?;
        if !plan.problems.is_empty() {
            return Err(NodeError::BadRotation { count: plan.problems.len() });
        }
        if !plan.is_due() {
            return Ok(RotationReport::default());
        }
        let wrong = self.compare_strings(rows, &plan)?;
        if !wrong.is_empty() {
            return Err(NodeError::BadRotation { count: wrong.len() });
        }
        let mut draft = self.draft()?;
        let (mut rosters, mut served) = (Rosters::new(), Vec::new());
        let total = rows.len() as u64;
        for (done, row) in (1..).zip(rows) {
            served.extend(self.say_row(&mut draft, &plan, row, &mut rosters)?);
            progress(done, total);
        }
        self.begin_epochs(&mut draft, &rosters)?;
        // Names come after the epoch, so that whoever just left cannot read them.
        for row in rows {
            if let Some(invitee) = enrolled_now(&plan, row) {
                self.name_in(&mut draft, Subject::Person(invitee.person), &invitee.name)?;
            }
        }
        let report = count(&draft)?;
        self.keep_statements_and(draft, |tx| served.iter().try_for_each(|one| one.keep(tx)))?;
        Ok(report)
    }

    /// Holds the strings of those who are enrolled now against this desk's own. Every wrong one is counted
    /// against its invitation, durably, and named.
    ///
    /// # Errors
    /// When the store fails.
    pub fn compare_strings(
        &mut self,
        rows: &[RotationRow],
        plan: &RotationPlan,
    ) -> Result<Vec<Problem>, NodeError> {
        let mut problems = Vec::new();
        for row in rows {
            let Some(invitee) = enrolled_now(plan, row) else { continue };
            match self.compare_string(invitee) {
                Ok(()) => {}
                Err(NodeError::Invitation(refusal)) => {
                    let code = match refusal {
                        InvitationRefusal::WrongString { left: 0 } => "rotate-string-last",
                        InvitationRefusal::WrongString { .. } => "rotate-string-wrong",
                        _ => "rotate-invitation-over",
                    };
                    problems.push(Problem { row: row.row, field: "string", code });
                }
                Err(other) => return Err(other),
            }
        }
        Ok(problems)
    }

    fn say_row(
        &mut self,
        draft: &mut Draft,
        plan: &RotationPlan,
        row: &RotationRow,
        rosters: &mut Rosters,
    ) -> Result<Option<Served>, NodeError> {
        let mut served = None;
        let due = |what, compartment| plan.is_step_due(row.row, what, compartment);
        match &row.change {
            Change::In { who, compartments, until, .. } => {
                let person = who.person();
                if let Some(invitee) = enrolled_now(plan, row) {
                    served = Some(self.enrol_in(draft, invitee, *until)?);
                    let everyone = draft.register.mission_compartment();
                    rosters.entry(everyone).or_default().0.push(invitee.device);
                }
                for id in compartments {
                    if due("admit", Some(*id)) {
                        let devices = draft.register.devices_of(person, draft.moment());
                        let active = devices.iter().filter(|known| known.status == DeviceStatus::Active);
                        rosters.entry(*id).or_default().0.extend(active.map(|known| known.id));
                    }
                    if due("appoint", Some(*id)) {
                        let act = AppointManager {
                            compartment: *id,
                            person,
                            until: *until,
                            extra: Default::default(),
                        };
                        draft.say(act, &[&self.secrets])?;
                    }
                }
            }
            Change::Out { person, device, compartments, until } => {
                let (person, extra) = (*person, counterseal_model::cbor::Extra::default());
                let act: Option<Act> = match (device, until) {
                    _ if !due("revoke", None) && !due("end", None) => None,
                    (_, Some(until)) => Some(ExtendAppointment { person, until: Some(*until), extra }.into()),
                    (Some(device), None) => Some(RevokeDevice { person, device: *device, extra }.into()),
                    (None, None) => Some(RevokePerson { person, extra }.into()),
                };
                if let Some(act) = act {
                    draft.say(act, &[&self.secrets])?;
                }
                for id in compartments.iter().filter(|id| due("remove", Some(**id))) {
                    let devices = draft.register.devices_of(person, draft.moment());
                    let out = &mut rosters.entry(*id).or_default().1;
                    out.extend(devices.iter().map(|known| known.id));
                }
            }
        }
        Ok(served)
    }

    /// One epoch for each compartment that this desk manages and whose roster changes: whoever comes and
    /// whoever goes, together.
    fn begin_epochs(&mut self, draft: &mut Draft, rosters: &Rosters) -> Result<(), NodeError> {
        for compartment in draft.register.compartments(draft.moment()) {
            let at = draft.moment();
            if !draft.register.is_manager(compartment, self.person, at) {
                continue;
            }
            let (come, go) = rosters.get(&compartment).cloned().unwrap_or_default();
            let heads = draft.register.epoch_heads(compartment);
            let stale = heads.iter().any(|epoch| {
                draft.register.epoch_devices(*epoch, at).is_some_and(|devices| !devices.gone.is_empty())
            });
            if come.is_empty() && go.is_empty() && !stale {
                continue;
            }
            let mut roster = roster_of(draft, compartment);
            roster.extend(&come);
            roster.retain(|device| !go.contains(device));
            let reason = if come.is_empty() { EpochReason::Remove } else { EpochReason::Admit };
            self.begin_epoch(draft, compartment, roster, reason)?;
        }
        Ok(())
    }
}

/// Who is enrolled by this row in this run.
fn enrolled_now<'a>(plan: &RotationPlan, row: &'a RotationRow) -> Option<&'a Invitee> {
    match &row.change {
        Change::In { who: Newcomer::Invited(invitee), .. } if plan.is_step_due(row.row, "enrol", None) => {
            Some(invitee)
        }
        _ => None,
    }
}

fn count(draft: &Draft) -> Result<RotationReport, NodeError> {
    let mut report = RotationReport::default();
    for (_, _, bytes) in draft.said() {
        report.statements += 1;
        match Statement::parse(bytes)?.0.act {
            Act::BeginEpoch(_) => report.epochs += 1,
            Act::EpochWraps(act) => {
                report.wraps += act.wraps.len() as u64;
                report.wrap_bytes += bytes.len() as u64;
            }
            _ => {}
        }
    }
    Ok(report)
}

//! Saying a rotation: who comes, who goes, one epoch for each compartment, then the names.

use std::collections::BTreeMap;

use counterseal_model::{CompartmentId, DeviceId};
use counterseal_register::{
    Act, AppointManager, Bytes, DeviceStatus, EnrolDevice, EnrolPerson, EpochReason, ExtendAppointment,
    RevokeDevice, RevokePerson, Statement, Subject,
};

use super::{Change, Newcomer, RotationPlan, RotationReport, RotationRow};
use crate::desk::Desk;
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
        let mut draft = self.draft()?;
        let mut rosters = Rosters::new();
        let total = rows.len() as u64;
        for (done, row) in (1..).zip(rows) {
            self.say_row(&mut draft, &plan, row, &mut rosters)?;
            progress(done, total);
        }
        self.begin_epochs(&mut draft, &rosters)?;
        // Names come after the epoch, so that whoever just left cannot read them.
        for row in rows {
            if let Change::In { who: Newcomer::Request { name, request }, .. } = &row.change
                && plan.is_step_due(row.row, "enrol", None)
            {
                self.name_in(&mut draft, Subject::Person(request.person), name)?;
            }
        }
        let report = count(&draft)?;
        self.keep_statements(draft)?;
        Ok(report)
    }

    fn say_row(
        &mut self,
        draft: &mut Draft,
        plan: &RotationPlan,
        row: &RotationRow,
        rosters: &mut Rosters,
    ) -> Result<(), NodeError> {
        let due = |what, compartment| plan.is_step_due(row.row, what, compartment);
        match &row.change {
            Change::In { who, compartments, until, .. } => {
                let person = who.person();
                if due("enrol", None)
                    && let Newcomer::Request { request, .. } = who
                {
                    self.enrol_in(draft, request, *until)?;
                    let everyone = draft.register.mission_compartment();
                    rosters.entry(everyone).or_default().0.push(request.keys.id());
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
        Ok(())
    }

    fn enrol_in(
        &self,
        draft: &mut Draft,
        request: &crate::DeviceRequest,
        until: Option<counterseal_model::Timestamp>,
    ) -> Result<(), NodeError> {
        request.check(draft.register.mission())?;
        let person = request.person;
        if draft.register.person(person, draft.moment()).is_some() {
            return Ok(()); // enrolled by a run whose name did not reach the log
        }
        draft.say(EnrolPerson { person, name: None, until, extra: Default::default() }, &[&self.secrets])?;
        let (keys, proof) = (request.keys.clone(), request.proof);
        let enrol = EnrolDevice { person, keys, proof, challenge: Bytes([0; 32]), extra: Default::default() };
        draft.say(enrol, &[&self.secrets]).map(|_| ())
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

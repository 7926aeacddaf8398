//! Second persons: whose approvals count, and where one is needed.

use std::collections::BTreeSet;

use counterseal_model::{CompartmentId, DeviceId, PersonId, SectionId};
use counterseal_policy::{NeedKind, Policy};
use counterseal_register::{Approval, DeviceStatus, Office, Rule, SignedBody};

use super::Case;
use super::against::{Against, Refused};
use super::known::Held;
use super::parts::{Parts, is_member, refuse_some};
use super::policy::Permitted;

/// Somebody else who has approved this request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Approver {
    pub(super) person: PersonId,
    pub(super) section: Option<SectionId>,
}

impl Case<'_> {
    /// Every approval that came must be one: an active device of another person signed exactly this request. Its id is
    /// in what was signed, and no id is decided twice, so that no approval is used twice.
    pub(super) fn check_approvals(&self) -> Result<Vec<Approver>, Against> {
        let request = self.asked.request.body();
        let reader = self.person_of(request.reader).ok_or(Against::ReaderNotActive)?;
        let mut approvers: Vec<Approver> = Vec::new();
        for bytes in &request.approvals {
            let approval = SignedBody::<Approval>::parse(&bytes.0).map_err(|_| Against::ApprovalBad)?;
            let device = self.register().device(approval.claims().approver, self.at);
            let device = device.ok_or(Against::ApproverNotActive)?;
            approval.verify_for(request, &device.keys).map_err(|_| Against::ApprovalBad)?;
            if device.status != DeviceStatus::Active {
                return Err(Against::ApproverNotActive);
            }
            if device.person == reader {
                return Err(Against::OwnApproval);
            }
            let section = self.register().section_of(device.person, self.at);
            if approvers.iter().all(|one| one.person != device.person) {
                approvers.push(Approver { person: device.person, section });
            }
        }
        Ok(approvers)
    }

    /// Whether a person may approve openings of a compartment: who is in it, and data-protection officers.
    pub(super) fn may_approve(&self, person: PersonId, compartment: CompartmentId) -> bool {
        let (register, at) = (self.register(), self.at);
        let is_in = |device: DeviceId| is_member(register, compartment, device, at);
        register.is_officer(person, Office::DataProtection, None, at)
            || register.devices_of(person, at).iter().any(|device| is_in(device.id))
    }

    pub(super) fn check_emergency(&self, parts: &Parts<'_>) -> Result<bool, Refused> {
        if !self.asked.request.body().emergency {
            return Ok(false);
        }
        let allows = |held: &&&Held| {
            parts.charters.get(&held.compartment).is_some_and(|charter| charter.emergency == Some(true))
        };
        let others = parts.held.iter().filter(|held| !allows(held)).map(|held| held.part).collect();
        refuse_some(Against::NoEmergency, others)?;
        Ok(true)
    }

    /// Two-person parts need an approval by somebody who may approve there, and by somebody of another section where
    /// the charter says so. An emergency goes without where the policy's row says that approvals may be waived.
    pub(super) fn check_two_persons(
        &self,
        parts: &Parts<'_>,
        approvers: &[Approver],
        permitted: &Permitted,
        policy: &Policy,
    ) -> Result<(), Refused> {
        let (mut lacking, mut same) = (BTreeSet::new(), BTreeSet::new());
        for (compartment, charter) in &parts.charters {
            let may: Vec<_> =
                approvers.iter().filter(|one| self.may_approve(one.person, *compartment)).collect();
            let others = may.iter().any(|one| self.is_of_another_section(one));
            if may.is_empty() {
                lacking.insert(*compartment);
            } else if charter.other_section == Some(true) && !others {
                same.insert(*compartment);
            }
        }
        let waived = |place: usize| {
            let row = permitted.row(place).and_then(|row| policy.table().row(row));
            permitted.emergency && row.is_some_and(|row| row.waived.contains(&NeedKind::Approvals))
        };
        let of = |those: &BTreeSet<CompartmentId>| {
            let parts = parts.held.iter().enumerate().filter(|(place, held)| {
                let needed = self.rule_of(held, parts) == Rule::TwoPerson && !waived(*place);
                needed && those.contains(&held.compartment)
            });
            parts.map(|(_, held)| held.part).collect()
        };
        refuse_some(Against::SecondPersonMissing, of(&lacking))?;
        refuse_some(Against::OtherSectionMissing, of(&same))
    }

    /// Both sections must be known: of somebody without one nobody knows that it is another.
    fn is_of_another_section(&self, approver: &Approver) -> bool {
        let reader = self.person_of(self.asked.request.body().reader);
        let own = reader.and_then(|person| self.register().section_of(person, self.at));
        matches!((approver.section, own), (Some(theirs), Some(own)) if theirs != own)
    }
}

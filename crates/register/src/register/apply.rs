//! From a received statement to a changed state. Every check stands before every change, so that a
//! refused statement leaves no trace.

use counterseal_model::StatementId;

use super::chains::Place;
use super::moment::Moment;
use super::signers::Said;
use super::state::State;
use crate::act::Act;
use crate::refusal::Refusal;
use crate::signature::Signed;
use crate::statement::Statement;
use crate::suite::SUITE;

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It stands in the log and has effect.
    Stands,
    /// It lost the place after its predecessor; shown, without effect.
    Void {
        /// The statement that has the place.
        winner: StatementId,
    },
    /// It restricts, and is obeyed before it is logged and cosigned.
    ObeyedOnSight,
}

/// A statement that was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// The statement.
    pub id: StatementId,
    /// What became of it.
    pub effect: Effect,
}

impl State {
    /// Applies a parsed statement at a moment. `sighted`: seen outside the log.
    pub(super) fn admit(
        &mut self,
        statement: &Statement,
        signed: &Signed,
        moment: Moment,
        sighted: bool,
    ) -> Result<Applied, Refusal> {
        let said = self.check(statement, signed, moment, sighted)?;
        self.enact(&said)
    }

    /// Applies what was checked against this state.
    pub(super) fn enact(&mut self, said: &Said<'_>) -> Result<Applied, Refusal> {
        if let Place::Taken { by: winner } = self.place(said)? {
            self.void(said, winner);
            return Ok(Applied { id: said.id, effect: Effect::Void { winner } });
        }
        self.perform(said)?;
        self.stand(said);
        let effect = if said.sighted { Effect::ObeyedOnSight } else { Effect::Stands };
        Ok(Applied { id: said.id, effect })
    }

    /// Everything that can be said of a statement without changing anything: the signatures among it.
    pub(super) fn check<'a>(
        &self,
        statement: &'a Statement,
        signed: &'a Signed,
        moment: Moment,
        sighted: bool,
    ) -> Result<Said<'a>, Refusal> {
        if matches!(statement.act, Act::Found(_)) {
            return Err(Refusal::AlreadyFounded);
        }
        if statement.mission != Some(self.mission) {
            return Err(Refusal::OtherMission);
        }
        if let Some(minimum) = self.minimum_suite.at(moment).filter(|minimum| **minimum > SUITE) {
            return Err(Refusal::SuiteBelowMinimum { minimum: *minimum });
        }
        let said = Said::verify(self, statement, signed, moment, sighted)?;
        if self.is_applied(&said) {
            return Err(Refusal::AlreadyApplied { statement: said.id });
        }
        if !sighted {
            self.check_seen(&said)?;
        }
        Ok(said)
    }

    fn perform(&mut self, said: &Said<'_>) -> Result<(), Refusal> {
        self.check_not_away(said)?;
        match &said.statement.act {
            Act::Found(_) => Err(Refusal::AlreadyFounded),
            Act::ChangeGovernors(act) => self.change_governors(said, act),
            Act::SetMinimumSuite(act) => self.set_minimum_suite(said, act),
            Act::AppointRegistrar(act) => self.appoint_registrar(said, act),
            Act::DismissRegistrar(act) => self.dismiss_registrar(said, act),
            Act::SetRecovery(act) => self.set_recovery(said, act),
            Act::SetOpeningRule(act) => self.set_opening_rule(said, act),
            Act::SetHub(act) => self.set_hub(said, act),
            Act::SucceedHub(act) => self.succeed_hub(said, act),
            Act::SetWitnesses(act) => self.set_witnesses(said, act),
            Act::SetWaitingDays(act) => self.set_waiting_days(said, act),
            Act::SetTrustees(act) => self.set_trustees(said, act),
            Act::SetPolicy(act) => self.set_policy(said, act),
            Act::AppointOfficer(act) => self.appoint_officer(said, act),
            Act::DismissOfficer(act) => self.dismiss_officer(said, act),
            Act::AssignSection(act) => self.assign_section(said, act),
            Act::Withdraw(act) => self.withdraw(said, act),
            Act::LiftWithdrawal(act) => self.lift_withdrawal(said, act),
            Act::HoldParts(act) => self.hold_parts(said, act),
            Act::LiftHold(act) => self.lift_hold(said, act),
            Act::Erase(act) => self.erase(said, act),
            Act::EnrolPerson(act) => self.enrol_person(said, act),
            Act::EnrolDevice(act) => self.enrol_device(said, act),
            Act::CrossSign(act) => self.cross_sign(said, act),
            Act::ConfirmDevice(act) => self.confirm_device(said, act),
            Act::RevokeDevice(act) => self.revoke_device(said, act),
            Act::RevokePerson(act) => self.revoke_person(said, act),
            Act::ExtendAppointment(act) => self.extend_appointment(said, act),
            Act::SuspendDevice(act) => self.suspend_device(said, act),
            Act::Freeze(act) => self.freeze(said, act),
            Act::Unfreeze(act) => self.unfreeze(said, act),
            Act::AssignSite(act) => self.assign_site(said, act),
            Act::Travel(act) => self.travel(said, act),
            Act::BringBack(act) => self.bring_back(said, act),
            Act::AppointManager(act) => self.appoint_manager(said, act),
            Act::DismissManager(act) => self.dismiss_manager(said, act),
            Act::CreateCompartment(act) => self.create_compartment(said, act),
            Act::AmendCharter(act) => self.amend_charter(said, act),
            Act::BeginEpoch(act) => self.begin_epoch(said, act),
            Act::EpochWraps(act) => self.epoch_wraps(said, act),
            Act::RepairWraps(act) => self.repair_wraps(said, act),
            Act::AcceptLate(act) => self.accept_late(said, act),
            Act::SealedName(act) => self.sealed_name(said, act),
        }
    }

    /// Whether a statement takes away and gives nothing, so that it is obeyed on sight. Wraps give
    /// a secret to a roster that stands, and to nobody else. A succession puts an end to a hub, and
    /// the new log could not be checked before the succession in it is known.
    pub(super) fn is_restrictive(&self, act: &Act, moment: Moment) -> bool {
        match act {
            Act::SetMinimumSuite(_)
            | Act::SucceedHub(_)
            | Act::DismissRegistrar(_)
            | Act::RevokeDevice(_)
            | Act::RevokePerson(_)
            | Act::SuspendDevice(_)
            | Act::Freeze(_)
            | Act::Travel(_)
            | Act::DismissManager(_)
            | Act::DismissOfficer(_)
            | Act::Withdraw(_)
            | Act::HoldParts(_)
            | Act::EpochWraps(_)
            | Act::RepairWraps(_) => true,
            Act::SetOpeningRule(act) => {
                self.charter(act.compartment, moment).is_some_and(|charter| act.rule > charter.rule)
            }
            Act::SetHub(act) => self.hub_only_tightens(act, moment),
            Act::SetWitnesses(act) => self.quorum_only_tightens(act, moment),
            Act::SetTrustees(act) => self.trustees_only_tighten(act, moment),
            Act::SetWaitingDays(act) => self.waiting_days.at(moment).is_some_and(|days| act.days > *days),
            Act::BeginEpoch(act) => self.only_restricts(act, moment),
            _ => false,
        }
    }
}

//! Persons, devices, compartments: the register's verbs as a desk says them.

use counterseal_model::{CompartmentId, DeviceId, EpochId, PersonId, Timestamp};
use counterseal_register::{
    AppointManager, AppointRegistrar, Charter, ConfirmDevice, DeviceStatus, DismissManager, DismissRegistrar,
    EpochReason, ExtendAppointment, Freeze, Frozen, PersonStatus, RevokeDevice, RevokePerson, SetHub,
    SetMinimumSuite, SetRecovery, SetWitnesses, Subject, Unfreeze,
};
use counterseal_seal::{GovernorSecrets, Signer};

use super::Desk;
use super::read::ambiguous;
use super::statements::{Draft, roster_of};
use crate::error::NodeError;

/// Someone of the mission, as this desk knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// The pseudonym.
    pub id: PersonId,
    /// The name, if this desk may know it.
    pub name: Option<String>,
    /// Whether the person is a registrar now.
    pub registrar: bool,
    /// How the person stands.
    pub status: Option<PersonStatus>,
    /// When the assignment ends, and every role with it.
    pub until: Option<Timestamp>,
    /// The person's devices, with how each stands.
    pub devices: Vec<(DeviceId, DeviceStatus)>,
}

/// A compartment, as this desk knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompartmentView {
    /// The compartment.
    pub id: CompartmentId,
    /// The name, if this desk may know it.
    pub name: Option<String>,
    /// Its charter.
    pub charter: Charter,
    /// Its managers.
    pub managers: Vec<PersonId>,
    /// The devices that have its newest epochs' secrets.
    pub members: Vec<DeviceId>,
    /// Whether this desk can read and write it now.
    pub mine: bool,
    /// Whether it is the compartment of everyone.
    pub everyone: bool,
}

impl Desk {
    /// Everyone ever enrolled.
    #[must_use]
    pub fn people(&self) -> Vec<PersonView> {
        let at = self.moment();
        let view = |id: PersonId| PersonView {
            id,
            name: self.name_of(Subject::Person(id)).map(|name| name.to_string()),
            registrar: self.register.is_registrar(id, at),
            status: self.register.person(id, at),
            until: self.register.assignment_end(id, at),
            devices: self.register.devices_of(id, at).into_iter().map(|d| (d.id, d.status)).collect(),
        };
        self.register.people().map(view).collect()
    }

    /// Every compartment.
    #[must_use]
    pub fn compartments(&self) -> Vec<CompartmentView> {
        let at = self.moment();
        let everyone = self.register.mission_compartment();
        let view = |id: CompartmentId| {
            let heads = self.register.epoch_heads(id);
            let rosters = heads.iter().filter_map(|epoch| self.register.epoch_devices(*epoch, at));
            let mut members: Vec<_> = rosters.flat_map(|devices| devices.members).collect();
            members.sort_unstable();
            members.dedup();
            Some(CompartmentView {
                id,
                name: self.name_of(Subject::Compartment(id)).map(|name| name.to_string()),
                charter: self.register.charter(id, at)?,
                managers: self.register.managers(id, at),
                mine: self.can_write(id, &heads, &members),
                members,
                everyone: id == everyone,
            })
        };
        self.register.compartments(at).into_iter().filter_map(view).collect()
    }

    /// Whether this desk can write there now. Where somebody in the newest epoch is gone or frozen, any member
    /// begins the next one when it writes (PROTOCOL 4), and is no less a member for that.
    fn can_write(&self, compartment: CompartmentId, heads: &[EpochId], members: &[DeviceId]) -> bool {
        let held = |epoch: EpochId| self.keyring.get(epoch).is_some();
        match self.register.write_epoch(compartment, self.moment()) {
            Some(epoch) => held(epoch),
            None => members.contains(&self.device()) && !heads.is_empty() && heads.iter().all(|id| held(*id)),
        }
    }

    /// The compartment of this name or whose id begins so.
    ///
    /// # Errors
    /// When there is none or more than one.
    pub fn find_compartment(&self, text: &str) -> Result<CompartmentId, NodeError> {
        let fits = |view: &CompartmentView| {
            view.name.as_deref() == Some(text) || view.id.to_string().starts_with(&text.to_ascii_lowercase())
        };
        let found: Vec<_> = self.compartments().into_iter().filter(fits).collect();
        match &found[..] {
            [only] => Ok(only.id),
            several => Err(ambiguous("compartment", text, several.len())),
        }
    }

    /// The person of this name or whose id begins so.
    ///
    /// # Errors
    /// When there is none or more than one.
    pub fn find_person(&self, text: &str) -> Result<PersonId, NodeError> {
        let fits = |view: &PersonView| {
            view.name.as_deref() == Some(text) || view.id.to_string().starts_with(&text.to_ascii_lowercase())
        };
        let found: Vec<_> = self.people().into_iter().filter(fits).collect();
        match &found[..] {
            [only] => Ok(only.id),
            several => Err(ambiguous("person", text, several.len())),
        }
    }

    /// The device whose id begins so.
    ///
    /// # Errors
    /// When there is none or more than one.
    pub fn find_device(&self, text: &str) -> Result<(PersonId, DeviceId), NodeError> {
        let prefix = text.to_ascii_lowercase();
        let people = self.people();
        let all = people.iter().flat_map(|person| person.devices.iter().map(|(id, _)| (person.id, *id)));
        let found: Vec<_> = all.filter(|(_, id)| id.to_string().starts_with(&prefix)).collect();
        match found[..] {
            [only] => Ok(only),
            _ => Err(ambiguous("device", text, found.len())),
        }
    }

    /// The open compartment to work in when none is named: the only one this desk can write besides
    /// that of everyone.
    ///
    /// # Errors
    /// When there is none or a choice is needed.
    pub fn default_compartment(&self) -> Result<CompartmentId, NodeError> {
        let usable: Vec<_> =
            self.compartments().into_iter().filter(|view| view.mine && !view.everyone).collect();
        match &usable[..] {
            [only] => Ok(only.id),
            several => Err(ambiguous("compartment", "", several.len())),
        }
    }

    /// Confirms a pending device, and lets it read names.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn confirm_device(&mut self, person: PersonId, device: DeviceId) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        draft.say(ConfirmDevice { person, device, extra: Default::default() }, &[&self.secrets])?;
        let everyone = draft.register.mission_compartment();
        self.change_roster(&mut draft, everyone, &[device], &[])?;
        self.keep_statements(draft)
    }

    /// Revokes a device and begins new epochs without it wherever this desk can.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn revoke_device(&mut self, person: PersonId, device: DeviceId) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        draft.say(RevokeDevice { person, device, extra: Default::default() }, &[&self.secrets])?;
        self.rekey_everywhere(&mut draft)?;
        self.keep_statements(draft)
    }

    /// Revokes a person and begins new epochs without their devices wherever this desk can.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn revoke_person(&mut self, person: PersonId) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        draft.say(RevokePerson { person, extra: Default::default() }, &[&self.secrets])?;
        self.rekey_everywhere(&mut draft)?;
        self.keep_statements(draft)
    }

    /// Sets when a person's appointment ends.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn extend_appointment(
        &mut self,
        person: PersonId,
        until: Option<Timestamp>,
    ) -> Result<(), NodeError> {
        let act = ExtendAppointment { person, until, extra: Default::default() };
        self.say_one(act, &[])
    }

    /// Creates a compartment with this desk's person as its first manager.
    ///
    /// # Errors
    /// When the register refuses: a registrar appoints the manager.
    pub fn create_compartment(&mut self, name: &str, charter: Charter) -> Result<CompartmentId, NodeError> {
        if charter.rule.is_guarded() && self.register.trustees(self.moment()).is_none() {
            return Err(NodeError::NoTrustees);
        }
        let mut draft = self.draft()?;
        let compartment = self.create_in(&mut draft, name, charter)?;
        self.keep_statements(draft)?;
        Ok(compartment)
    }

    /// Appoints a manager of a compartment.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn appoint_manager(
        &mut self,
        compartment: CompartmentId,
        person: PersonId,
        until: Option<Timestamp>,
    ) -> Result<(), NodeError> {
        self.say_one(AppointManager { compartment, person, until, extra: Default::default() }, &[])
    }

    /// Dismisses a manager of a compartment.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn dismiss_manager(&mut self, compartment: CompartmentId, person: PersonId) -> Result<(), NodeError> {
        self.say_one(DismissManager { compartment, person, extra: Default::default() }, &[])
    }

    /// Admits all active devices of a person to a compartment.
    ///
    /// # Errors
    /// When the register refuses: this desk's person must be a manager.
    pub fn admit(&mut self, compartment: CompartmentId, person: PersonId) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        let devices = self.active_devices(&draft, person);
        self.change_roster(&mut draft, compartment, &devices, &[])?;
        self.keep_statements(draft)
    }

    /// Removes a person's devices from a compartment: a new epoch begins without them.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn remove(&mut self, compartment: CompartmentId, person: PersonId) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        let devices: Vec<_> =
            draft.register.devices_of(person, draft.moment()).into_iter().map(|device| device.id).collect();
        self.change_roster(&mut draft, compartment, &[], &devices)?;
        self.keep_statements(draft)
    }

    /// Begins a new epoch with the current roster less the revoked. Any member may.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn rekey(&mut self, compartment: CompartmentId) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        let roster = roster_of(&draft, compartment);
        self.begin_epoch(&mut draft, compartment, roster, EpochReason::Rekey)?;
        self.keep_statements(draft)
    }

    /// Appoints a registrar, signed by governors.
    ///
    /// # Errors
    /// When the register refuses: enough governors must sign.
    pub fn appoint_registrar(
        &mut self,
        person: PersonId,
        until: Option<Timestamp>,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        self.say_one(AppointRegistrar { person, until, extra: Default::default() }, governors)
    }

    /// Dismisses a registrar, signed by governors.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn dismiss_registrar(
        &mut self,
        person: PersonId,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        self.say_one(DismissRegistrar { person, extra: Default::default() }, governors)
    }

    /// Names the recovery officers, and how many of them give somebody a device back; signed by governors.
    /// What loosens waits.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn set_recovery_officers(
        &mut self,
        mut officers: Vec<PersonId>,
        threshold: u64,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        officers.sort_unstable();
        officers.dedup();
        self.say_one(SetRecovery { officers, threshold, extra: Default::default() }, governors)
    }

    /// Raises the least suite that is accepted, signed by governors.
    ///
    /// # Errors
    /// When the register refuses: it is never lowered.
    pub fn set_minimum_suite(&mut self, suite: u64, governors: &[&GovernorSecrets]) -> Result<(), NodeError> {
        self.say_one(SetMinimumSuite { suite, extra: Default::default() }, governors)
    }

    /// Names the mission's first hub and the witnesses of its logs, signed by governors. From then on the
    /// hub's log orders what is said; the hub begins with what this desk has (`statements_file`).
    ///
    /// # Errors
    /// When the register refuses.
    pub fn name_hub(
        &mut self,
        hub: SetHub,
        witnesses: SetWitnesses,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        let signers: Vec<&dyn Signer> = governors.iter().map(|governor| *governor as &dyn Signer).collect();
        draft.say(witnesses, &signers)?;
        draft.say(hub, &signers)?;
        self.keep_statements(draft)
    }

    /// Names other certificates of the present hub, signed by governors. A further one waits; one less counts at
    /// once.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn set_hub(&mut self, hub: SetHub, governors: &[&GovernorSecrets]) -> Result<(), NodeError> {
        self.say_one(hub, governors)
    }

    /// Names other witnesses, signed by governors. What loosens waits.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn set_witnesses(
        &mut self,
        witnesses: SetWitnesses,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        self.say_one(witnesses, governors)
    }

    /// Freezes a person or a site: none of its devices counts until a registrar lifts it. Obeyed on sight.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn freeze(&mut self, subject: Frozen) -> Result<(), NodeError> {
        self.say_one(Freeze { subject, extra: Default::default() }, &[])
    }

    /// Lifts the freezes of a person or a site that this desk knows of.
    ///
    /// # Errors
    /// When the register refuses: only a registrar may.
    pub fn unfreeze(&mut self, subject: Frozen) -> Result<(), NodeError> {
        let freezes = self.register.freezes(subject, self.moment());
        self.say_one(Unfreeze { subject, freezes, extra: Default::default() }, &[])
    }

    /// Names this desk's device, or a person or compartment anew.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn set_name(&mut self, subject: Subject, name: &str) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        self.name_in(&mut draft, subject, name)?;
        self.keep_statements(draft)
    }

    pub(super) fn say_one(
        &mut self,
        act: impl Into<counterseal_register::Act>,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        let signers: Vec<&dyn Signer> = governors.iter().map(|governor| *governor as &dyn Signer).collect();
        if signers.is_empty() {
            draft.say(act, &[&self.secrets])?;
        } else {
            draft.say(act, &signers)?;
        }
        self.keep_statements(draft)
    }

    fn active_devices(&self, draft: &Draft, person: PersonId) -> Vec<DeviceId> {
        let devices = draft.register.devices_of(person, draft.moment());
        devices
            .into_iter()
            .filter(|device| device.status == DeviceStatus::Active)
            .map(|device| device.id)
            .collect()
    }

    /// Begins an epoch with devices added and taken away.
    pub(super) fn change_roster(
        &mut self,
        draft: &mut Draft,
        compartment: CompartmentId,
        add: &[DeviceId],
        take: &[DeviceId],
    ) -> Result<(), NodeError> {
        let mut roster = roster_of(draft, compartment);
        roster.extend_from_slice(add);
        roster.retain(|device| !take.contains(device));
        let reason = if take.is_empty() { EpochReason::Admit } else { EpochReason::Remove };
        self.begin_epoch(draft, compartment, roster, reason).map(|_| ())
    }

    /// New epochs for every compartment this desk writes whose newest epoch a lost device still has.
    pub(super) fn rekey_everywhere(&mut self, draft: &mut Draft) -> Result<(), NodeError> {
        for compartment in draft.register.compartments(draft.moment()) {
            let heads = draft.register.epoch_heads(compartment);
            let stale = heads.iter().any(|epoch| {
                let devices = draft.register.epoch_devices(*epoch, draft.moment());
                devices.is_some_and(|devices| !devices.gone.is_empty())
            });
            let roster = roster_of(draft, compartment);
            if stale && roster.contains(&self.device()) {
                match self.begin_epoch(draft, compartment, roster, EpochReason::Rekey) {
                    // What takes somebody out is said whatever becomes of the epochs: whoever writes next begins one.
                    Ok(_) | Err(NodeError::Register(_)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }
}

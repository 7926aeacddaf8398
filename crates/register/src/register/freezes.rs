//! Freezes of persons and sites, and suspensions of devices on evidence.

use counterseal_model::{DeviceId, PersonId, SiteId, StatementId};

use super::Register;
use super::moment::Moment;
use super::people::{DeviceStatus, PersonStatus};
use super::signers::Said;
use super::state::{FreezeSpan, Grant, State};
use crate::act::{AssignSite, Freeze, Frozen, SuspendDevice, Unfreeze};
use crate::entry::{Equivocation, verify_header};
use crate::key::DeviceKeys;
use crate::refusal::Refusal;

impl State {
    pub(super) fn suspend_device(&mut self, said: &Said<'_>, act: &SuspendDevice) -> Result<(), Refusal> {
        said.by_device(self)?;
        let (id, status) = (act.device, self.device_status(act.device, said.moment));
        let keys = self.device_of(act.person, id)?.keys.clone();
        match status {
            Some(DeviceStatus::Revoked { .. }) => return Err(Refusal::AlreadyRevoked),
            Some(DeviceStatus::Suspended { .. }) => return Err(Refusal::AlreadySuspended { device: id }),
            _ => {}
        }
        let evidence = self.evidence(act, &keys).ok_or(Refusal::BadEvidence)?;
        self.device_of(act.person, id)?.suspended = Some((said.moment, evidence));
        Ok(())
    }

    /// Checks the evidence itself, so that whoever files it need not be believed.
    fn evidence(&self, act: &SuspendDevice, keys: &DeviceKeys) -> Option<Equivocation> {
        let [one, other] = [&act.one, &act.other].map(|bytes| verify_header(&bytes.0, keys).ok());
        let (one, other) = (one?, other?);
        // The device may be in another mission too, and there say what it likes.
        let ours = one.header().mission == self.mission && other.header().mission == self.mission;
        Equivocation::of(&one, &other).filter(|_| ours)
    }

    pub(super) fn freeze(&mut self, said: &Said<'_>, act: &Freeze) -> Result<(), Refusal> {
        let (_, signer) = said.by_device(self)?;
        let may = self.is_registrar(signer, said.moment)
            || matches!(act.subject, Frozen::Person(person) if self.may_freeze(signer, person, said.moment));
        if !may {
            return Err(Refusal::NotAFreezer);
        }
        let span = FreezeSpan { by: said.id, since: said.moment, lifted: None };
        match act.subject {
            Frozen::Person(person) => {
                let status = self.person_status(person, said.moment);
                if matches!(status, Some(PersonStatus::Revoked { .. })) {
                    return Err(Refusal::AlreadyRevoked);
                }
                let known = self.people.get_mut(&person).ok_or(Refusal::UnknownPerson { person })?;
                known.freezes.push(span);
            }
            Frozen::Site(site) => {
                self.sites.get_mut(&site).ok_or(Refusal::UnknownSite { site })?.push(span);
                let there = |at: Option<&Option<SiteId>>| at == Some(&Some(site));
                for person in self.people.values_mut().filter(|known| there(known.site.at(said.moment))) {
                    person.freezes.push(span);
                }
            }
        }
        Ok(())
    }

    /// Everyone themself; a manager those who are in the compartment, but no registrar: one stolen
    /// device of a manager would otherwise stop everyone who could undo what it does.
    fn may_freeze(&self, signer: PersonId, person: PersonId, moment: Moment) -> bool {
        if signer == person {
            return true;
        }
        let registrar = self.registrars.get(&person).and_then(|role| role.at(moment));
        let devices = self.people.get(&person).map_or(&[][..], |known| &known.devices);
        let manages = self.compartments.iter().any(|(id, known)| {
            let heads = known.heads.iter().filter_map(|head| self.epochs.get(head));
            self.is_manager(*id, signer, moment)
                && heads.flat_map(|epoch| epoch.roster()).any(|device| devices.contains(device))
        });
        manages && !matches!(registrar, Some(Grant::Held(_)))
    }

    /// Lifts what it names and nothing else, so that it cannot lift a freeze that its signer had not
    /// heard of.
    pub(super) fn unfreeze(&mut self, said: &Said<'_>, act: &Unfreeze) -> Result<(), Refusal> {
        if said.is_by_governors() {
            said.by_governors(self)?;
        } else {
            said.by_registrar(self)?;
        }
        if act.freezes.is_empty() || !act.freezes.is_sorted_by(|a, b| a < b) {
            return Err(Refusal::BadFreezeList);
        }
        let spans = match act.subject {
            Frozen::Person(person) => {
                &mut self.people.get_mut(&person).ok_or(Refusal::UnknownPerson { person })?.freezes
            }
            Frozen::Site(site) => self.sites.get_mut(&site).ok_or(Refusal::UnknownSite { site })?,
        };
        let holds = |freeze: &StatementId| spans.iter().any(|s| s.by == *freeze && s.lifted.is_none());
        if let Some(freeze) = act.freezes.iter().find(|freeze| !holds(freeze)) {
            return Err(Refusal::UnknownFreeze { freeze: *freeze });
        }
        let lift = |span: &mut FreezeSpan| {
            if span.lifted.is_none() && act.freezes.contains(&span.by) {
                span.lifted = Some(said.moment.position);
            }
        };
        spans.iter_mut().for_each(lift);
        if matches!(act.subject, Frozen::Site(_)) {
            self.people.values_mut().flat_map(|known| &mut known.freezes).for_each(lift);
        }
        Ok(())
    }

    /// Whoever comes to a frozen site is frozen with it; whoever leaves stays frozen until it is lifted.
    pub(super) fn assign_site(&mut self, said: &Said<'_>, act: &AssignSite) -> Result<(), Refusal> {
        said.by_registrar(self)?;
        let (person, moment) = (act.person, said.moment);
        let known = self.people.get_mut(&person).ok_or(Refusal::UnknownPerson { person })?;
        if known.revoked.is_some() {
            return Err(Refusal::PersonNotActive { person });
        }
        if known.site.at(moment).copied().flatten() == act.site {
            return Err(Refusal::NothingChanges);
        }
        known.site.set_at_once(moment.position, act.site);
        let Some(site) = act.site else { return Ok(()) };
        for freeze in self.sites.entry(site).or_default().iter().filter(|freeze| freeze.lifted.is_none()) {
            if !known.freezes.iter().any(|held| held.by == freeze.by) {
                known.freezes.push(FreezeSpan { since: moment, ..*freeze });
            }
        }
        Ok(())
    }

    fn freezes(&self, subject: Frozen) -> &[FreezeSpan] {
        match subject {
            Frozen::Person(person) => self.people.get(&person).map_or(&[], |known| &known.freezes),
            Frozen::Site(site) => self.sites.get(&site).map_or(&[], Vec::as_slice),
        }
    }
}

/// Freezes, sites and suspensions.
impl Register {
    /// Whether a person or a site is frozen. A person is too while a site is to which they are, or
    /// since were, assigned.
    #[must_use]
    pub fn is_frozen(&self, subject: Frozen, at: Moment) -> bool {
        self.state().freezes(subject).iter().any(|freeze| freeze.holds(at))
    }

    /// The freezes that hold, in ascending order: what must be named to lift them. One that was only
    /// sighted can be lifted when the log has it.
    #[must_use]
    pub fn freezes(&self, subject: Frozen, at: Moment) -> Vec<StatementId> {
        let holding = self.state().freezes(subject).iter().filter(|freeze| freeze.holds(at));
        let mut freezes: Vec<_> = holding.map(|freeze| freeze.by).collect();
        freezes.sort_unstable();
        freezes
    }

    /// The site to which a person is assigned.
    #[must_use]
    pub fn site_of(&self, person: PersonId, at: Moment) -> Option<SiteId> {
        self.state().people.get(&person).and_then(|known| *known.site.at(at)?)
    }

    /// Every site to which someone was ever assigned, in the order of their ids.
    pub fn sites(&self) -> impl Iterator<Item = SiteId> {
        self.state().sites.keys().copied()
    }

    /// What a device is suspended for.
    #[must_use]
    pub fn suspension(&self, device: DeviceId, at: Moment) -> Option<Equivocation> {
        let (since, evidence) = self.state().devices.get(&device)?.suspended?;
        (since.position <= at.position).then_some(evidence)
    }
}

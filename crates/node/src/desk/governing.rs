//! What governors and registrars say about trustees, the policy of openings, offices and sections.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{PersonId, SectionId, Timestamp};
use counterseal_register::{
    AppointOfficer, AssignSection, Blob, ChangeGovernors, Code, DismissOfficer, Office, SetPolicy,
    SetTrustees,
};
use counterseal_seal::GovernorSecrets;

use super::Desk;
use super::read::ambiguous;
use super::statements::random;
use crate::error::NodeError;

impl Desk {
    /// Replaces the governors, signed by enough of the present ones and by every one that is to be. It waits.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn change_governors(
        &mut self,
        next: &[&GovernorSecrets],
        threshold: u64,
        present: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        let governors: BTreeMap<_, _> = next.iter().map(|one| (one.id(), one.public().clone())).collect();
        let signers: BTreeMap<_, _> = present.iter().chain(next).map(|one| (one.id(), *one)).collect();
        let signers: Vec<_> = signers.into_values().collect();
        let governors = governors.into_values().collect();
        let change = ChangeGovernors { governors, threshold, extra: Default::default() };
        self.say_one(change, &signers)
    }

    /// Names the trustees, signed by governors. The first count at once; later only what asks for more does.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn set_trustees(
        &mut self,
        trustees: SetTrustees,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        self.say_one(trustees, governors)
    }

    /// Sets the policy by which trustees decide, signed by governors. The first counts at once, every other waits.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn set_policy(
        &mut self,
        engine: Code,
        table: Vec<u8>,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        self.say_one(SetPolicy { engine, table: Blob(table), extra: Default::default() }, governors)
    }

    /// Gives a person an office, signed by governors. Reviewers hold it for a section, the others for none.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn appoint_officer(
        &mut self,
        person: PersonId,
        office: Office,
        section: Option<SectionId>,
        until: Option<Timestamp>,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        self.say_one(AppointOfficer { person, office, section, until, extra: Default::default() }, governors)
    }

    /// Ends a person's office, signed by governors.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn dismiss_officer(
        &mut self,
        person: PersonId,
        office: Office,
        section: Option<SectionId>,
        governors: &[&GovernorSecrets],
    ) -> Result<(), NodeError> {
        self.say_one(DismissOfficer { person, office, section, extra: Default::default() }, governors)
    }

    /// Says to which section people belong, or that they belong to none.
    ///
    /// # Errors
    /// When the register refuses: this desk's person must be a registrar.
    pub fn assign_section(
        &mut self,
        people: &[PersonId],
        section: Option<SectionId>,
    ) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        for person in people {
            let act = AssignSection { person: *person, section, extra: Default::default() };
            draft.say(act, &[&self.secrets])?;
        }
        self.keep_statements(draft)
    }

    /// The id of a new section: it is there once someone belongs to it.
    pub fn make_section_id(&mut self) -> SectionId {
        SectionId::from_bytes(random(&mut self.rng))
    }

    /// Every section to which someone belongs now.
    #[must_use]
    pub fn sections(&self) -> BTreeSet<SectionId> {
        let at = self.moment();
        self.register.people().filter_map(|person| self.register.section_of(person, at)).collect()
    }

    /// The section whose id begins so, or the one of the person of this name.
    ///
    /// # Errors
    /// When there is none or more than one.
    pub fn find_section(&self, text: &str) -> Result<SectionId, NodeError> {
        if let Ok(person) = self.find_person(text)
            && let Some(section) = self.register.section_of(person, self.moment())
        {
            return Ok(section);
        }
        let prefix = text.to_ascii_lowercase();
        let found: Vec<_> =
            self.sections().into_iter().filter(|id| id.to_string().starts_with(&prefix)).collect();
        match found[..] {
            [only] => Ok(only),
            _ => Err(ambiguous("section", text, found.len())),
        }
    }
}

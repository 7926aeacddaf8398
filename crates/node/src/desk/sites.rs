//! Sites: to which people are assigned, so that all of them can be frozen at once when one is overrun.

use counterseal_model::{PersonId, SiteId};
use counterseal_register::{AssignSite, Frozen, Subject};

use super::Desk;
use super::read::ambiguous;
use super::statements::random;
use crate::error::NodeError;

/// A site, as this desk knows it. Where it is stands nowhere; its name is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteView {
    /// Its id.
    pub id: SiteId,
    /// Its name, if this desk may know it.
    pub name: Option<String>,
    /// Whether it is frozen.
    pub frozen: bool,
    /// Who is assigned to it.
    pub people: Vec<PersonId>,
}

impl Desk {
    /// Every site to which someone was ever assigned.
    #[must_use]
    pub fn sites(&self) -> Vec<SiteView> {
        let at = self.moment();
        let there = |site| {
            let people = self.register.people();
            people.filter(|person| self.register.site_of(*person, at) == Some(site)).collect()
        };
        let view = |id: SiteId| SiteView {
            id,
            name: self.name_of(Subject::Site(id)).map(|name| name.to_string()),
            frozen: self.register.is_frozen(Frozen::Site(id), at),
            people: there(id),
        };
        self.register.sites().map(view).collect()
    }

    /// The site of this name or whose id begins so.
    ///
    /// # Errors
    /// When there is none or more than one.
    pub fn find_site(&self, text: &str) -> Result<SiteId, NodeError> {
        let fits = |view: &SiteView| {
            view.name.as_deref() == Some(text) || view.id.to_string().starts_with(&text.to_ascii_lowercase())
        };
        let found: Vec<_> = self.sites().into_iter().filter(fits).collect();
        match &found[..] {
            [only] => Ok(only.id),
            several => Err(ambiguous("site", text, several.len())),
        }
    }

    /// The person or the site of this name or whose id begins so.
    ///
    /// # Errors
    /// When there is none or more than one of both.
    pub fn find_frozen(&self, text: &str) -> Result<Frozen, NodeError> {
        match (self.find_person(text), self.find_site(text)) {
            (Ok(person), Err(NodeError::Ambiguous { count: 0, .. })) => Ok(Frozen::Person(person)),
            (Err(NodeError::Ambiguous { count: 0, .. }), Ok(site)) => Ok(Frozen::Site(site)),
            (Err(NodeError::Ambiguous { count: 0, .. }), Err(error)) => Err(error),
            (Err(error), _) => Err(error),
            (Ok(_), _) => Err(ambiguous("person", text, 2)),
        }
    }

    /// Assigns people to a site, or to none.
    ///
    /// # Errors
    /// When the register refuses: this desk's person must be a registrar.
    pub fn assign_site(&mut self, people: &[PersonId], site: Option<SiteId>) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        for person in people {
            let act = AssignSite { person: *person, site, extra: Default::default() };
            draft.say(act, &[&self.secrets])?;
        }
        self.keep_statements(draft)
    }

    /// Makes a site: it is there once someone is assigned to it.
    ///
    /// # Errors
    /// When nobody is named, or the register refuses.
    pub fn make_site(&mut self, name: &str, people: &[PersonId]) -> Result<SiteId, NodeError> {
        let site = SiteId::from_bytes(random(&mut self.rng));
        let mut draft = self.draft()?;
        for person in people {
            let act = AssignSite { person: *person, site: Some(site), extra: Default::default() };
            draft.say(act, &[&self.secrets])?;
        }
        self.name_in(&mut draft, Subject::Site(site), name)?;
        self.keep_statements(draft)?;
        Ok(site)
    }
}

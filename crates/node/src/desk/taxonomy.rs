//! The mission's taxonomies: those shipped, unless the mission has replaced them by its own.

use counterseal_model::Classification;
use counterseal_model::record::Body;
use counterseal_model::taxonomy::{ALL_IDS, Taxonomy, built_in};

use super::{Desk, record_named};
use crate::error::NodeError;

impl Desk {
    /// The taxonomy in use: the mission's own, or the one shipped; `None` for an unknown id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn taxonomy(&self, id: &str) -> Result<Option<Taxonomy>, NodeError> {
        let record = record_named(self.mission(), TAXONOMY, id);
        let own = match self.record(record) {
            Ok(view) => match view.part.body {
                Body::Taxonomy(json) => Some(Taxonomy::from_json(&json)?),
                _ => None,
            },
            Err(NodeError::NoRecord(_)) => None,
            Err(error) => return Err(error),
        };
        Ok(own.or_else(|| built_in(id).cloned()))
    }

    /// Every taxonomy in use.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn taxonomies(&self) -> Result<Vec<Taxonomy>, NodeError> {
        ALL_IDS.iter().filter_map(|id| self.taxonomy(id).transpose()).collect()
    }

    /// Replaces a taxonomy for the whole mission by one of the same id and a higher version. Records
    /// keep the terms they have.
    ///
    /// # Errors
    /// When the file is refused, no taxonomy has its id, or its version is not higher.
    pub fn set_taxonomy(&mut self, json: &str) -> Result<(), NodeError> {
        let new = Taxonomy::from_json(json)?;
        let Some(old) = self.taxonomy(new.id())? else {
            return Err(NodeError::Ambiguous { what: "taxonomy", prefix: new.id().to_owned(), count: 0 });
        };
        new.may_replace(&old)?;
        let id = record_named(self.mission(), TAXONOMY, new.id());
        let everyone = self.register.mission_compartment();
        let parents = match self.history(id) {
            Ok(history) => super::edit::heads_in(&history, everyone).as_parents(),
            Err(NodeError::NoRecord(_)) => Vec::new(),
            Err(error) => return Err(error),
        };
        let part = self.part(id, Body::Taxonomy(json.to_owned()), Classification::Unclassified, parents);
        self.write(everyone, vec![part])
    }
}

/// The kind under which a taxonomy's record id follows from its own id.
const TAXONOMY: &str = "taxonomy";

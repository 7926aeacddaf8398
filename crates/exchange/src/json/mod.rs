//! Records as JSON and back, with nothing lost: what people and other programs read.
//!
//! Field names are those of the data model. Enumerations are their words, moments are RFC 3339,
//! identifiers are hexadecimal, a point is `{"lat": 4.36, "lon": 18.55}`. Fields that a newer
//! version wrote are carried as `"newer": "<hexadecimal CBOR>"`.

mod bodies;
mod values;

use serde_json::Value;
use thiserror::Error;

use counterseal_model::record::{Entity, Incident, Link};

pub(crate) use values::Json;

/// JSON that is not the record it should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}: {reason}")]
pub struct JsonError {
    /// Where, as in `place.point`.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
}

impl JsonError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { path: String::new(), reason: reason.into() }
    }

    pub(crate) fn within(mut self, field: &str) -> Self {
        self.path = if self.path.is_empty() { field.to_owned() } else { format!("{field}.{}", self.path) };
        self
    }
}

/// An incident as JSON.
#[must_use]
pub fn incident_to_json(incident: &Incident) -> Value {
    incident.to_json()
}

/// An incident from JSON.
///
/// # Errors
/// When a field is not known or holds something else.
pub fn incident_from_json(json: &Value) -> Result<Incident, JsonError> {
    Incident::from_json(json).map_err(|error| error.within("incident"))
}

/// An entity as JSON.
#[must_use]
pub fn entity_to_json(entity: &Entity) -> Value {
    entity.to_json()
}

/// An entity from JSON.
///
/// # Errors
/// When a field is not known or holds something else.
pub fn entity_from_json(json: &Value) -> Result<Entity, JsonError> {
    Entity::from_json(json).map_err(|error| error.within("entity"))
}

/// A link as JSON.
#[must_use]
pub fn link_to_json(link: &Link) -> Value {
    link.to_json()
}

/// A link from JSON.
///
/// # Errors
/// When a field is not known or holds something else.
pub fn link_from_json(json: &Value) -> Result<Link, JsonError> {
    Link::from_json(json).map_err(|error| error.within("link"))
}

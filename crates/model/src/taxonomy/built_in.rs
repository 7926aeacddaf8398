//! The taxonomies that come with the program.

use std::sync::LazyLock;

use super::Taxonomy;

macro_rules! shipped {
    ($($id:literal),+ $(,)?) => {
        /// The ids of every taxonomy that comes with the program.
        pub const ALL_IDS: &[&str] = &[$($id),+];

        const SOURCES: &[&str] = &[$(include_str!(concat!("../../data/taxonomies/", $id, ".json"))),+];
    };
}

shipped!(
    "incident-type",
    "actor-role",
    "act",
    "method",
    "weapon",
    "casualty-group",
    "harm",
    "damage-object",
    "link-kind",
    "response-action",
    "entity-group",
    "entity-organisation",
    "entity-vehicle",
    "entity-equipment",
    "entity-account",
    "violation",
);

/// A test reads every source, so that none is left out here.
static SHIPPED: LazyLock<Vec<Taxonomy>> =
    LazyLock::new(|| SOURCES.iter().filter_map(|json| Taxonomy::from_json(json).ok()).collect());

/// The taxonomy with this id, as it comes with the program.
#[must_use]
pub fn built_in(id: &str) -> Option<&'static Taxonomy> {
    SHIPPED.iter().find(|taxonomy| taxonomy.id() == id)
}

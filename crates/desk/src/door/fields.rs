//! What was typed into a form whose fields are not known beforehand; wiped when it is dropped.

use std::collections::BTreeMap;

use serde::Deserialize;
use zeroize::{Zeroize, Zeroizing};

/// The fields of a form, by name.
#[derive(Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    pub(super) fn put(&mut self, name: String, value: String) {
        self.0.insert(name, value);
    }

    /// What was typed, without blanks around it; nothing where the field is not there.
    pub(crate) fn typed(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// What was typed, unless it is nothing.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        Some(self.typed(name)).filter(|text| !text.is_empty())
    }

    /// A secret as it was typed; it is here no more.
    pub(crate) fn secret(&mut self, name: &str) -> Zeroizing<String> {
        Zeroizing::new(self.0.remove(name).unwrap_or_default())
    }

    /// Whether a box was ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The boxes that were ticked whose names begin so; the rest of their names.
    pub(crate) fn ticked(&self, prefix: &str) -> impl Iterator<Item = &str> {
        self.0.keys().filter_map(move |name| name.strip_prefix(prefix))
    }
}

impl Drop for Fields {
    fn drop(&mut self) {
        self.0.values_mut().for_each(Zeroize::zeroize);
    }
}

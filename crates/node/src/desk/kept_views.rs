//! What a desk keeps for its own map: views by name, and the mission's basemap. In the encrypted store: which questions
//! somebody comes back to, and which country the map is of, are nobody else's business.

use super::{Desk, local};
use crate::error::NodeError;

/// What the names begin with.
const VIEW: &str = "view/";
const BASEMAP: &str = "basemap";
/// Most views.
const MOST: usize = 200;
/// Longest name, in characters, and longest question, in bytes.
const NAME: usize = 80;
const QUERY: usize = 4096;
/// Largest basemap, bytes.
pub const BASEMAP_BYTES: usize = 16 << 20;

/// A question that is kept by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptView {
    name: String,
    query: String,
}

impl KeptView {
    /// A view, if its name has 1 to 80 characters, none of them a control character, and its question not more than
    /// 4096 bytes.
    #[must_use]
    pub fn new(name: &str, query: &str) -> Option<Self> {
        let name = name.trim();
        let fits = !name.is_empty() && name.chars().count() <= NAME && !name.chars().any(char::is_control);
        let view = || Self { name: name.to_owned(), query: query.to_owned() };
        (fits && query.len() <= QUERY).then(view)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The question, as its page wrote it.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }
}

impl Desk {
    /// The views that are kept, in the order of their names.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_views(&self) -> Result<Vec<KeptView>, NodeError> {
        let kept = self.store.read(|db| local::beginning(db, VIEW))?;
        let view = |(name, query): (String, Vec<u8>)| {
            KeptView::new(name.strip_prefix(VIEW)?, &String::from_utf8(query).ok()?)
        };
        Ok(kept.into_iter().filter_map(view).collect())
    }

    /// Keeps a view, in the place of one of the same name. `false` when there are 200 already.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_view(&mut self, view: &KeptView) -> Result<bool, NodeError> {
        let known = self.kept_views()?;
        if known.len() >= MOST && !known.iter().any(|known| known.name == view.name) {
            return Ok(false);
        }
        let name = format!("{VIEW}{}", view.name);
        self.store.commit(|tx| local::set(tx, &name, view.query.as_bytes()))?;
        Ok(true)
    }

    /// Forgets the view of this name, if there is one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget_view(&mut self, name: &str) -> Result<(), NodeError> {
        let name = format!("{VIEW}{name}");
        self.store.commit(|tx| local::remove(tx, &name))
    }

    /// The mission's own basemap, as it was given.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn basemap(&self) -> Result<Option<Vec<u8>>, NodeError> {
        self.store.read(|db| local::get(db, BASEMAP))
    }

    /// Whether there is one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_basemap(&self) -> Result<bool, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT 1 FROM local WHERE name = ?1")?;
            Ok(find.exists([BASEMAP])?)
        })
    }

    /// Keeps the mission's own basemap, in the place of the one before; none to go without. `false` when it is larger
    /// than `BASEMAP_BYTES`.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_basemap(&mut self, basemap: Option<&[u8]>) -> Result<bool, NodeError> {
        if basemap.is_some_and(|bytes| bytes.len() > BASEMAP_BYTES) {
            return Ok(false);
        }
        self.store.commit(|tx| match basemap {
            Some(bytes) => local::set(tx, BASEMAP, bytes),
            None => local::remove(tx, BASEMAP),
        })?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_has_a_name_that_can_be_shown() {
        assert_eq!(KeptView::new("  Bria, last month ", "place=Bria").unwrap().name(), "Bria, last month");
        for (name, query) in
            [("", ""), (" ", ""), ("a\nb", ""), (&"x".repeat(81), ""), ("a", &"x".repeat(4097))]
        {
            assert_eq!(KeptView::new(name, query), None, "{name}");
        }
    }
}

//! What a desk is called on the screen where one is chosen, before any is unlocked. It is no secret: whoever has the
//! disk can read it. Nobody has one who did not ask for it.

use std::fs;
use std::io::ErrorKind;

use super::{DeskPlace, Home, HomeError, make_private_dir};
use crate::store::replace;

/// Longest label, in characters.
const LONGEST: usize = 40;

impl Home {
    /// What this desk is called, if anybody said so.
    #[must_use]
    pub fn label(&self, place: &DeskPlace) -> Option<String> {
        let text = fs::read_to_string(self.path.join("labels").join(&place.id)).ok()?;
        let text: String = text.chars().filter(|sign| !sign.is_control()).take(LONGEST).collect();
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Calls a desk so; nothing takes the label away.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn set_label(&self, place: &DeskPlace, label: &str) -> Result<(), HomeError> {
        let label: String = label.trim().chars().filter(|sign| !sign.is_control()).take(LONGEST).collect();
        if label.is_empty() {
            return self.forget_label(&place.id);
        }
        let folder = self.path.join("labels");
        make_private_dir(&folder)?;
        let path = folder.join(&place.id);
        replace(&folder, &place.id, label.as_bytes()).map_err(|e| HomeError::io("write", &path, e))
    }

    pub(super) fn forget_label(&self, id: &str) -> Result<(), HomeError> {
        let path = self.path.join("labels").join(id);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(HomeError::io("remove", &path, error)),
            _ => Ok(()),
        }
    }
}

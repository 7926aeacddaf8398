//! Who is there, where the tour leads, and where a reader is on it.

use std::sync::Arc;

use axum::http::HeaderMap;

use super::{DemoPlaces, DemoRole};
use crate::door::cookies;

/// The cookie that says whose desk is shown: a number.
pub(super) const PERSON: &str = "counterseal-demo-person";
/// The cookie that says how far one is on the tour: a number.
pub(super) const STEP: &str = "counterseal-demo-step";

/// What every page of the demo knows of it.
#[derive(Clone)]
pub(crate) struct Demo {
    /// Who there is, in order.
    pub(super) persons: Arc<[(String, DemoRole)]>,
    /// Whose page this is.
    pub(super) here: usize,
    pub(super) steps: Arc<[Step]>,
}

/// A step of the tour: what is said there is named by its number.
pub(super) struct Step {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) role: DemoRole,
    pub(super) path: String,
}

impl Demo {
    pub(crate) fn new(persons: Arc<[(String, DemoRole)]>, here: usize, places: &DemoPlaces) -> Self {
        use DemoRole as R;
        let step = |title, text, role, path: &str| Step { title, text, role, path: path.to_owned() };
        let steps = [
            step("tour-1", "tour-1-text", R::Analyst, "/situation"),
            step("tour-2", "tour-2-text", R::Officer, "/report"),
            step("tour-3", "tour-3-text", R::Analyst, "/find"),
            step(
                "tour-4",
                "tour-4-text",
                R::Watch,
                &format!("/part/{}/{}", places.part.entry, places.part.index),
            ),
            step("tour-5", "tour-5-text", R::Officer, "/openings"),
            step("tour-6", "tour-6-text", R::DataProtection, "/trust"),
        ];
        Self { persons, here, steps: Arc::new(steps) }
    }

    /// The place of whoever has a role.
    pub(super) fn with_role(&self, role: DemoRole) -> usize {
        self.persons.iter().position(|(_, of)| *of == role).unwrap_or(0)
    }
}

/// Whose desk is asked for: the first, where nothing is said.
pub(crate) fn person_of(headers: &HeaderMap) -> usize {
    number(headers, PERSON).unwrap_or(0)
}

/// How far one is on the tour.
pub(super) fn step_of(headers: &HeaderMap) -> usize {
    number(headers, STEP).unwrap_or(0)
}

fn number(headers: &HeaderMap, name: &str) -> Option<usize> {
    cookies(headers).find(|(named, _)| *named == name).and_then(|(_, value)| value.parse().ok())
}

//! Cases: what this desk may see of them without an opening, writing one, and following it up.

mod change;
mod list;
mod new;
mod people;
mod show;

pub(crate) use change::{change, take_up};
pub(crate) use list::list;
pub(crate) use new::{form as new_form, write as new_write};
pub(crate) use show::show;

use counterseal_node::CaseView;

/// What a case is called.
pub(super) fn name(case: &CaseView) -> String {
    case.reference.as_ref().map_or_else(|| case.id.short(), ToString::to_string)
}

/// The page of a case.
pub(super) fn path(case: &CaseView) -> String {
    format!("/case/{}", case.record)
}

//! Who may ask for a page: one browser on this computer, that was given this launch's address, and nobody else.
//!
//! A page of another site in the same browser can send requests here, by address or by a name that it has turned to
//! loopback (DNS rebinding). So a request must name the host as we do, come from our own pages, and bring the cookie that
//! only the launch's address gives; and what changes something must bring the token that stands in our own forms.

mod check;
mod fields;
mod form;
mod session;
mod upload;

pub(crate) use check::check;
pub(crate) use fields::Fields;
pub(crate) use form::{Checked, FORM_BYTES};
pub(crate) use session::{Session, cookies, enter};
pub(crate) use upload::{PAPER_BYTES, POUCH_BYTES, Uploaded};

//! Invitations: how a device comes into the mission, and no other way. Normative text:
//! docs/spec/invitations.md.
//!
//! ```text
//! the inviter's desk                                     the computer that is invited
//! invite   ── invitation, by another channel than the hub ──>  accept: keys, and a request
//! answer   <───────────────────── request ───────────────────
//!          ────────────────────── challenge ─────────────────>  prove: the string
//! enrol    <── the string, said by voice or face to face ─────
//!          ───────────── pouch or statements ────────────────>  join
//! ```

mod answer;
mod at_hand;
mod enrol;
mod hidden;
mod kept;
mod make;
mod many;
mod recover;
mod refusal;
mod waiting;

pub use answer::Answered;
pub use enrol::{Enrolled, Outcome};
pub use kept::{InvitationState, InvitationView};
pub use make::{InvitationTerms, Invited};
pub use many::Invitee;
pub(super) use many::Served;
pub use recover::Cosigned;
pub use refusal::InvitationRefusal;
pub(super) use waiting::Asked;
pub use waiting::{Accepted, Proved};

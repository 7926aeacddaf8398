//! Guarded parts on the desk that writes them: sealed to the trustees' shares, sent in batches that look alike,
//! followed until the trustees hold them. What opens them is elsewhere. Normative text: docs/spec/guarded.md.

mod ask;
mod batch;
mod cover;
mod held;
mod keys;
mod post;
mod reseal;
mod seal;
mod set;
mod sibling;
#[cfg(test)]
pub(in crate::desk) mod tests;
mod view;
mod words;

pub use ask::{TrusteeHeard, TrusteeTarget};
pub(crate) use batch::SLOT;
pub use cover::is_cover;
pub(in crate::desk) use seal::OwnGuarded;
pub use view::{GuardedEntry, TrusteeSays, TrusteeView};
pub use words::TrusteeLie;

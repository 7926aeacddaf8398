//! What a trustee decides, and what attackers try.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod attacks;
mod crashes;
mod duties;
mod entries;
mod facts;
mod false_pads;
mod guards;
mod heirs;
mod letters;
mod limits;
mod log;
mod pure;
mod readings;
mod repairs;
mod succession;
mod world;

//! A trustee's store and its mirror.
#![expect(clippy::unwrap_used, reason = "tests")]

mod backups;
mod common;
mod crossing;
mod disk;
mod faults;
mod mirror;
mod seeds;
mod store;
mod story;

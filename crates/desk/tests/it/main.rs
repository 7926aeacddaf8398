//! The pages, asked for as a browser does, and as pages of other sites would.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod browser;
mod casework;
mod chromium;
mod door;
mod pages;
mod tongues;

//! The pages, asked for as a browser does, and as pages of other sites would.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod browser;
mod door;
mod pages;

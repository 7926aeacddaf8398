//! The pages, asked for as a browser does, and as pages of other sites would.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod arabic;
mod browser;
mod carrier;
mod casework;
mod chromium;
mod door;
mod entities;
mod first_run;
mod guarded_report;
mod link;
mod openings;
mod own;
mod pages;
mod people;
mod record;
mod report;
mod situation;
mod tongues;
mod trips;
mod trust;
mod uploads;

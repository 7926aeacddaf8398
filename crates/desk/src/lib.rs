//! The pages of a desk: what an officer and an analyst see all day. A thin layer over `node`, served on loopback to one
//! browser, that holds no record longer than a page takes. Every page works without scripts; they only enrich it.
//!
//! A request passes the **door** (right host, right origin, this launch's session, forms with their token), a **page**
//! asks the **worker**, which is the one thread that has the unlocked desk, and is drawn in the reader's **words**.

mod assets;
mod demo;
mod door;
mod labels;
mod pages;
mod server;
mod underlay;
mod words;
mod worker;

/// The demo.
pub use demo::{DemoPerson, DemoPlaces, DemoRole};
/// Serving.
pub use server::{DemoConfig, PagesConfig, PagesFailure, RunningPages, run_demo, run_pages};
/// Languages.
pub use words::Tongue;
/// The thread with the desk.
pub use worker::{Outside, PAGES_IDLE_MINUTES};

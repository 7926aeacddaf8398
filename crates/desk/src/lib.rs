//! The pages of a desk: what an officer and an analyst see all day. A thin layer over `node`, served on loopback to one
//! browser, that holds no record longer than a page takes. Every page works without scripts; they only enrich it.
//!
//! A request passes the **door** (right host, right origin, this launch's session, forms with their token), a **page**
//! asks the **worker**, which is the one thread that has the unlocked desk, and is drawn in the reader's **words**.

mod assets;
mod door;
mod labels;
mod pages;
mod server;
mod words;
mod worker;

/// Serving.
pub use server::{PagesConfig, PagesFailure, RunningPages, run_pages};
/// Languages.
pub use words::Tongue;
/// The thread with the desk.
pub use worker::{Outside, PAGES_IDLE_MINUTES};

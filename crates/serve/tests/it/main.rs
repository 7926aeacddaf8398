//! Client and server over real TLS.
#![expect(clippy::unwrap_used, reason = "tests")]

mod https;
mod keys;

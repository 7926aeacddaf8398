//! Known-answer tests against published vectors, and against a second HPKE library. In the crate, because
//! they test what is private. The files are not part of the project: see `file`.

mod hpke;
mod primitives;
mod shares;

use std::convert::Infallible;
use std::path::PathBuf;

use rand_core::{TryCryptoRng, TryRng};
use serde_json::Value;

/// A vector file of the shared test data, or `None` where it is not at hand (an error under CI).
fn file(path: &str) -> Option<Value> {
    match std::fs::read_to_string(shared().join("data/vectors").join(path)) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(error) => {
            missing(path, &error.to_string());
            None
        }
    }
}

/// The folder of what projects share.
fn shared() -> PathBuf {
    std::env::var_os("COUNTERSEAL_SHARED")
        .map_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into(), PathBuf::from)
}

/// Says that something is not at hand; an error under CI.
fn missing(what: &str, why: &str) {
    println!("not run, {what}: {why}");
    assert!(std::env::var_os("CI").is_none(), "it must be there under CI: {what}");
}

fn ran(path: &str, vectors: usize) {
    println!("{path}: {vectors} vectors");
    assert!(vectors > 0, "{path} held nothing that could be run");
}

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    hex::decode(vector[field].as_str().unwrap_or_else(|| panic!("no {field}"))).unwrap()
}

fn fixed<const N: usize>(vector: &Value, field: &str) -> [u8; N] {
    bytes(vector, field).try_into().unwrap()
}

/// Randomness that is given: the same bytes come again, as after a machine is set back.
struct Replay(Vec<u8>);

impl TryRng for Replay {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        panic!("only bytes are drawn")
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        panic!("only bytes are drawn")
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        out.copy_from_slice(&self.0.drain(..out.len()).collect::<Vec<_>>());
        Ok(())
    }
}

impl TryCryptoRng for Replay {}

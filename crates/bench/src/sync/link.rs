//! The satellite link: `../shared/tools/satlink`, which delays, drops and rate-limits real packets between two
//! network namespaces.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::net;
use crate::outcome::Outcome;

/// One way, in milliseconds: 600 ms there and back.
const DELAY: &str = "300";
/// Milliseconds that a packet may wait for its turn; later ones are dropped.
const QUEUE: &str = "1000";

/// A link, alike in both directions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Link {
    /// Kilobits a second.
    pub(super) rate: u32,
    /// Packets lost, in per cent.
    pub(super) loss: f64,
}

impl FromStr for Link {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (rate, loss) = text.split_once(':')?;
            Some(Self { rate: rate.parse().ok()?, loss: loss.parse().ok()? })
        };
        read().ok_or_else(|| "give kbit/s and per cent, as in 256:2".to_owned())
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} kbit/s, {} %", self.rate, self.loss)
    }
}

/// The tool.
pub(super) struct Satlink {
    script: PathBuf,
    state: PathBuf,
}

/// Bytes and packets at the IP layer.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Counters {
    /// From the field (`satA`) to headquarters (`satB`), lost ones counted.
    pub(super) ab_bytes: u64,
    /// From headquarters to the field.
    pub(super) ba_bytes: u64,
    pub(super) ab_lost: u64,
    pub(super) ba_lost: u64,
    pub(super) ab_qdrop: u64,
    pub(super) ba_qdrop: u64,
}

impl Satlink {
    /// Finds it where the shared folder is.
    pub(super) fn find() -> Outcome<Self> {
        let shared = std::env::var_os("COUNTERSEAL_SHARED")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
        let script = shared.join("tools/satlink/link.sh");
        match script.exists() {
            true => Ok(Self { script, state: "/tmp/satlink".into() }),
            false => {
                Err(format!("{} is not there; set COUNTERSEAL_SHARED to the shared folder", script.display())
                    .into())
            }
        }
    }

    /// With files of its own in `folder`, so that several can run.
    pub(super) fn within(mut self, folder: &Path) -> Outcome<Self> {
        let own = folder.join("satlink");
        std::fs::create_dir_all(&own)?;
        std::os::unix::fs::symlink(self.state.join("target"), own.join("target"))?;
        self.state = own;
        Ok(self)
    }

    /// Builds it once, before several need it.
    pub(super) fn build(&self) -> Outcome<()> {
        let manifest = self.script.with_file_name("Cargo.toml");
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--release", "--quiet", "--manifest-path"]).arg(manifest);
        net::succeed(cargo.env("CARGO_TARGET_DIR", self.state.join("target")))
    }

    pub(super) fn up(&self, link: Link, seed: u64) -> Outcome<()> {
        let (rate, loss, seed) = (link.rate.to_string(), link.loss.to_string(), seed.to_string());
        net::succeed(&mut self.script(&["up", &rate, DELAY, &loss, QUEUE, &seed]))
    }

    /// Takes the link down; what it has carried.
    pub(super) fn down(&self) -> Outcome<Counters> {
        let output = self.script(&["down"]).output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        let last = said.lines().last().ok_or("the link did not say what it carried")?;
        Ok(serde_json::from_str(last)?)
    }

    fn script(&self, args: &[&str]) -> Command {
        let mut command = Command::new("bash");
        command.arg(&self.script).args(args).env("SATLINK_STATE", &self.state);
        command
    }
}

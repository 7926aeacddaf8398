//! A trustee that is killed right before or right after each durable write. A program of its own: what is started here
//! would for a moment hold other tests' locks.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "../it/common.rs"]
#[expect(dead_code, reason = "shared with the other tests")]
mod common;
#[path = "../it/story.rs"]
mod story;

use std::io;
use std::process::Command;

use counterseal_trustee::*;

use crate::common::*;
use crate::story::{STORY, WRITES, act, recover};

/// Ends the process at the n-th write.
struct Deadly {
    left: u64,
    after: bool,
}

impl Deadly {
    fn count(&mut self, due: bool) {
        if due {
            if self.left == 0 {
                std::process::abort();
            }
            self.left -= 1;
        }
    }
}

impl Faults for Deadly {
    fn enter(&mut self, _: Step) -> io::Result<()> {
        self.count(!self.after);
        Ok(())
    }
    fn leave(&mut self, _: Step) -> io::Result<()> {
        self.count(self.after);
        Ok(())
    }
}

const CHILD: &str = "COUNTERSEAL_TRUSTEE_CHILD";

/// Not a test of its own: what the other one starts, to be killed.
#[test]
fn child() {
    let Ok(told) = std::env::var(CHILD) else { return };
    let mut words = told.split(' ');
    let (folder, left, after) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    let folder = std::path::Path::new(folder);
    let deadly = Deadly { left: left.parse().unwrap(), after: after == "after" };
    let (mut store, _) = Store::open(&places_in(folder), hands_with(Box::new(deadly))).unwrap();
    for step in 0..STORY {
        act(&mut store, step).unwrap();
        std::fs::write(folder.join("acknowledged"), (step + 1).to_string()).unwrap();
    }
}

#[test]
fn killed_before_and_after_every_write() {
    for when in ["before", "after"] {
        for at in 0..=WRITES {
            let site = Site::new();
            let told = format!("{} {at} {when}", site.folder.path().display());
            let mut child = Command::new(std::env::current_exe().unwrap());
            let ended = child.args(["--exact", "child"]).env(CHILD, told).output().unwrap();
            if ended.status.success() {
                assert_eq!(at, WRITES, "the story's writes");
                continue;
            }
            let said = std::fs::read_to_string(site.file("acknowledged")).unwrap_or_default();
            recover(&site, said.parse().unwrap_or(0));
        }
    }
}

//! A desk is lost right after it wrote a pouch: what it sealed opens on another member's desk, with the trustees.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::trustees::*;
use common::{carry, text};

const SECRET: &str = "The teacher hides two families";

#[test]
fn what_a_lost_desk_sealed_opens_from_its_last_pouch_with_the_trustees_and_not_without() {
    let Site { computer: first, mut trustees, hub: server, alone: _alone } = set_up();
    let hub = server.address.clone();
    name_trustees(&first, &hub, POLICY);
    let second = join(&first, &hub, "Officer Inkwell");
    // No network from here on: sealed, put into a pouch, and the desk is gone.
    seal(&first, &hub, SECRET);
    let listed = json(&first.run(&["guarded", "list", "--format", "json"]));
    let entry = listed["guarded"][0]["entry"].as_str().unwrap().to_owned();
    assert_eq!(listed["guarded"][0]["have"], 0, "no trustee has heard of it: {listed}");
    first.run(&["pouch", "write", "last.pouch", "--for", "Officer Inkwell"]);
    carry(&first, &second, "last.pouch");
    std::fs::remove_dir_all(first.home()).unwrap();

    let pouch = std::fs::read(second.path("last.pouch")).unwrap();
    assert!(!pouch.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
    second.run(&["pouch", "read", "last.pouch"]);
    let open = ["open", &entry, "--purpose", "case-follow-up", "--hub", &hub, "--format", "json"];
    // No session in between: the hub has not got it, and who read the pouch brings it to the trustees.
    let opened = (0..20).any(|_| text(&second.output(&open).stdout).contains(SECRET));
    assert!(opened, "{}", text(&second.output(&open).stderr));
    // And it is the trustees who open it: without two of them it stays shut on a desk that opened it before.
    trustees.drain(1..).for_each(common::servers::Server::kill);
    let alone = second.output(&open);
    let said = text(&alone.stdout) + &text(&alone.stderr);
    assert_eq!(alone.status.code(), Some(1), "{said}");
    assert!(said.contains("1 of the 2 trustees") && !said.contains(SECRET), "{said}");
}

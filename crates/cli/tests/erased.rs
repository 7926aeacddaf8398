//! What was erased by two persons stays gone, with all old state of a trustee and of a desk put back.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::Path;

use common::servers::Server;
use common::trustees::*;
use common::{Computer, carry, files, text};

const SECRET: &str = "The cook heard it from the driver";

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&file, target).unwrap();
    }
}

/// A folder as it was kept.
fn put_back(computer: &Computer, name: &str, kept: &str) {
    std::fs::remove_dir_all(computer.path(name)).unwrap();
    copy(&computer.path(kept), &computer.path(name));
}

fn run(computer: &Computer, name: &str) -> Server {
    Server::start(computer, &["trustee", "run", "--config", &config(name)])
}

#[test]
fn an_erased_part_does_not_open_with_all_old_state_of_trustees_and_a_desk_put_back() {
    let Site { computer: first, mut trustees, hub: server, alone: _alone } = set_up();
    let hub = server.address.clone();
    name_trustees_with(&first, &hub, POLICY, &["--cooling-off-days", "0"]);
    let second = join(&first, &hub, "Officer Inkwell");
    let office = ["person", "office", "appoint", "Officer Inkwell", "data-protection"];
    first.run(&[&office[..], &GOVERNOR].concat());
    // A registrar, who is a manager here too, replaces no trustees: only governors do.
    let alone = first.fails(&["mission", "trustees", "trustees.toml"], 2);
    assert!(alone.contains("governor-key"), "{alone}");
    seal(&first, &hub, SECRET);
    let entry = sealed(&first, &hub, 1);
    logged(&second, &hub);
    let open = ["open", &entry, "--purpose", "case-follow-up", "--hub", &hub, "--format", "json"];
    until(&second, &hub, &open, |said| said.to_string().contains(SECRET));

    // All that two trustees and the desk have now is kept by somebody.
    trustees.drain(..2).for_each(Server::stop);
    for name in &TRUSTEES[..2] {
        copy(&first.path(name), &first.path(&format!("old-{name}")));
        copy(&first.path(&format!("{name}-second")), &first.path(&format!("old-{name}-second")));
    }
    copy(&second.home(), &second.path("old-home"));
    trustees.extend(TRUSTEES[..2].iter().map(|name| run(&first, name)));

    first.run(&["part", "withdraw", &entry, "--reason", "consent-withdrawn"]);
    logged(&first, &hub);
    first.run(&["part", "erase", &entry, "--out", "erase.paper"]);
    carry(&first, &second, "erase.paper");
    logged(&second, &hub);
    second.run(&["part", "cosign", "erase.paper", "--yes"]);
    logged(&second, &hub);
    let mine = second.fails(&open, 1);
    assert!(mine.contains("erased"), "the desk says so itself: {mine}");

    // It all comes back: the old desk knows nothing of it, and two trustees are enough to release.
    trustees.drain(1..).for_each(Server::stop);
    for name in &TRUSTEES[..2] {
        put_back(&first, name, &format!("old-{name}"));
        put_back(&first, &format!("{name}-second"), &format!("old-{name}-second"));
    }
    put_back(&second, "home", "old-home");
    let shown = json(&second.run(&["part", "show", &entry, "--format", "json"]));
    assert!(shown["parts"][0]["erased"].is_null(), "the old desk has not heard of it: {shown}");
    trustees.extend(TRUSTEES[..2].iter().map(|name| run(&first, name)));
    let refused = second.output(&open);
    let said = text(&refused.stdout) + &text(&refused.stderr);
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains("erased") && !said.contains(SECRET), "{said}");
}

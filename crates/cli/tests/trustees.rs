//! Trustees as programs of their own: set up, as witnesses of a hub, and for desks that write and open.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::time::Duration;

use common::Computer;
use common::servers::{Server, port};
use common::text;
use common::trustees::*;
use serde_json::Value;

#[test]
fn trustees_are_set_up_witness_a_hub_stop_and_come_back_from_a_backup() {
    let Site { computer, trustees, hub: _hub, alone: _alone } = set_up();
    let mut leaves = 0;
    for _ in 0..100 {
        let (code, said) = status(&computer, "oslo");
        assert_eq!(code, Some(0), "{said}");
        leaves = said["statements"]["leaves"].as_u64().unwrap();
        if leaves > 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(leaves > 3, "two witnesses and a trustee make the quorum, and all trustees mirror the log");
    let (oslo, backup) = (config("oslo"), ["--to", "b", "--segments", "s"]);
    let back_up = [&["trustee", "backup", "--config", &oslo], &backup[..]].concat();
    let busy = computer.fails(&back_up, 1);
    assert!(busy.contains("another program"), "{busy}");
    trustees.into_iter().for_each(Server::stop);
    let (code, said) = status(&computer, "geneva");
    assert_eq!((code, &said["restored"]), (Some(0), &Value::Null), "from the store itself");
    computer.run(&back_up);
    let kept = computer.fails(&["trustee", "retire", "--config", &oslo], 1);
    assert!(kept.contains("nobody succeeds"), "nothing is destroyed: {kept}");
    for folder in ["oslo/store", "oslo-second"] {
        std::fs::remove_dir_all(computer.path(folder)).unwrap();
    }
    let gone = computer.fails(&["trustee", "run", "--config", &oslo], 1);
    assert!(gone.contains("no store"), "a trustee never begins anew by itself: {gone}");
    let from = ["--from", "b", "--segments", "s", "--head", "0"];
    computer.run(&[&["trustee", "restore", "--config", &oslo], &from[..]].concat());
    let (code, said) = status(&computer, "oslo");
    assert_eq!((code, said["releases"].as_bool()), (Some(3), Some(false)));
    assert_eq!(said["restored"]["missing"].as_array().unwrap().len(), 3, "{said}");
}

const SECRET: &str = "The nurse in Bria saw the trucks";

#[test]
fn what_one_desk_seals_another_opens_with_two_of_three_trustees_and_the_first_is_told() {
    let Site { computer: first, mut trustees, hub, alone: _alone } = set_up();
    let hub = hub.address.as_str();
    name_trustees(&first, hub, POLICY);
    let second = join(&first, hub, "Officer Inkwell");
    seal(&first, hub, SECRET);
    let entry = sealed(&first, hub, 1);
    let found = first.output(&["find", "nurse", "--format", "json"]);
    assert!(!text(&found.stdout).contains("Bria"), "nothing of it is on the desk that wrote it");
    let open = ["open", &entry, "--purpose", "case-follow-up", "--hub", hub, "--format", "json"];
    until(&second, hub, &open, |said| said.to_string().contains(SECRET));
    // One is lost: two are enough.
    trustees.remove(0).kill();
    let opened = second.output(&open);
    let said = text(&opened.stdout);
    assert!(said.contains(SECRET), "{said}{}", text(&opened.stderr));
    let told = |said: &Value| said.to_string().contains("case-follow-up");
    until(&first, hub, &["openings", "list", "--hub", hub, "--format", "json"], told);
    let (_, said) = status(&first, "oslo");
    assert!(said["decisions"].as_u64().unwrap() >= 1, "{said}");
    replace_the_lost_one(&first, hub);
}

/// Governors name a fourth in the place of the one that is lost; who leaves the old one out is told what that means.
fn replace_the_lost_one(first: &Computer, hub: &str) {
    let listen = format!("127.0.0.1:{}", port());
    let init = ["trustee", "init", "--folder", "accra", "--second", "accra-second", "--name", "accra"];
    let at = format!("https://{hub}");
    let places = ["--unattended", "--listen", &listen, "--hub", &at, "--public", "accra.json"];
    first.run(&[&init[..], &places, &["--witness-public", "accra-witness.json"]].concat());
    let plan = |successor: &str| {
        let stay = "[[trustee]]\nkeys = \"nairobi.json\"\nx = 2\n[[trustee]]\nkeys = \"oslo.json\"\nx = 3\n";
        format!("threshold = 2\n{stay}[[trustee]]\nkeys = \"accra.json\"\nx = 9\n{successor}")
    };
    let name = |file: &str| {
        let said = first.output(&[&["mission", "trustees", file], &GOVERNOR[..]].concat());
        (said.status.code(), text(&said.stdout) + &text(&said.stderr))
    };
    std::fs::write(first.path("without.toml"), plan("")).unwrap();
    let (_, said) = name("without.toml");
    assert!(said.contains("nobody succeeds it"), "{said}");
    std::fs::write(first.path("with.toml"), plan("succeeds = \"geneva.json\"\n")).unwrap();
    let (code, said) = name("with.toml");
    assert_eq!(code, Some(3), "it does not say where they are: {said}");
    assert!(!said.contains("nobody succeeds it"), "{said}");
    std::fs::write(first.path("own.toml"), plan("succeeds = \"oslo.json\"\n")).unwrap();
    let (code, said) = name("own.toml");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("in no later set"), "{said}");
    // Its days are not over: until then the others answer.
    let waits = |said: &Value| {
        said.pointer("/register/waiting").is_some_and(|all| all.to_string().contains("trustees"))
    };
    until(first, hub, &["mission", "show", "--format", "json"], waits);
}

//! Trustees as programs of their own: set up, as witnesses of a hub, and stopped.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::time::Duration;

use common::servers::{Server, port};
use common::{Computer, text};

fn status(computer: &Computer, name: &str) -> (Option<i32>, serde_json::Value) {
    let config = format!("{name}/trustee.toml");
    let output = computer.output(&["trustee", "status", "--config", &config, "--format", "json"]);
    let said = text(&output.stdout);
    let value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{}", text(&output.stderr)));
    (output.status.code(), value)
}

#[test]
fn trustees_are_set_up_witness_a_hub_and_stop() {
    let computer = Computer::founder();
    let hub_port = port();
    let mut config = format!(
        "folder = {:?}\nlisten = \"127.0.0.1:{hub_port}\"\nbatch_milliseconds = 50\nmark_seconds = 1\n",
        computer.path("hub").display().to_string()
    );
    let mut named: Vec<String> = Vec::new();
    for name in ["one", "two"] {
        let (listen, public) = (format!("127.0.0.1:{}", port()), format!("{name}.json"));
        computer.run(&[
            "witness", "init", "--folder", name, "--name", name, "--listen", &listen, "--public", &public,
        ]);
        config += &format!("[[witness]]\nname = \"{name}\"\nurl = \"http://{listen}/\"\n");
        named.extend(["--witness".to_owned(), public]);
    }
    let hub = format!("https://127.0.0.1:{hub_port}");
    for name in ["geneva", "nairobi", "oslo"] {
        let [listen, witness, metrics] = [(); 3].map(|()| format!("127.0.0.1:{}", port()));
        let (public, by) = (format!("{name}.json"), format!("{name}-witness.json"));
        let second = format!("{name}-second");
        let mut args = vec!["trustee", "init", "--folder", name, "--second", &second, "--name", name];
        args.extend(["--listen", &listen, "--hub", &hub, "--metrics", &metrics, "--public", &public]);
        if name != "oslo" {
            args.extend(["--witness-listen", &witness, "--witness-public", &by, "--unattended"]);
            config += &format!("[[witness]]\nname = \"{name}\"\nurl = \"http://{witness}/\"\n");
            named.extend(["--witness".to_owned(), by.clone()]);
        }
        let said = computer.run(&args);
        assert_eq!(said.contains("UNATTENDED"), name != "oslo", "{said}");
        computer.fails(&args, 1);
    }
    std::fs::write(computer.path("hub.toml"), config).unwrap();
    computer.run(&["hub", "init", "--config", "hub.toml", "--public", "hub.json"]);
    let mut args = vec!["mission", "hub", "--hub", "hub.json", "--out", "seed"];
    args.extend(named.iter().map(String::as_str));
    let governor = "home/take-off-this-machine/governor-1.key";
    args.extend(["--governor-key", governor, "--governor-passphrase-file", "phrase"]);
    computer.run(&args);
    let seeded = computer.run(&["hub", "seed", "seed", "--config", "hub.toml"]);
    for key in seeded.lines().filter(|line| line.starts_with("counterseal/")) {
        for name in ["one", "two"] {
            computer.run(&["witness", "add-log", "--folder", name, key]);
        }
    }
    let said = computer.fails(&["trustee", "run", "--config", "oslo/trustee.toml"], 1);
    assert!(said.contains("no mission yet"), "{said}");
    for name in ["geneva", "nairobi", "oslo"] {
        computer.run(&["trustee", "seed", "seed", "--config", &format!("{name}/trustee.toml")]);
    }
    let _alone = ["one", "two"].map(|name| Server::start(&computer, &["witness", "run", "--folder", name]));
    let trustees = ["geneva", "nairobi", "oslo"].map(|name| {
        Server::start(&computer, &["trustee", "run", "--config", &format!("{name}/trustee.toml")])
    });
    let _hub = Server::start(&computer, &["hub", "run", "--config", "hub.toml"]);
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
    let busy = computer
        .fails(&["trustee", "backup", "--config", "oslo/trustee.toml", "--to", "b", "--segments", "s"], 1);
    assert!(busy.contains("another program"), "{busy}");
    trustees.into_iter().for_each(Server::stop);
    let (code, said) = status(&computer, "geneva");
    assert_eq!((code, &said["restored"]), (Some(0), &serde_json::Value::Null), "from the store itself");
    computer.run(&["trustee", "backup", "--config", "oslo/trustee.toml", "--to", "b", "--segments", "s"]);
    for folder in ["oslo/store", "oslo-second"] {
        std::fs::remove_dir_all(computer.path(folder)).unwrap();
    }
    let gone = computer.fails(&["trustee", "run", "--config", "oslo/trustee.toml"], 1);
    assert!(gone.contains("no store"), "a trustee never begins anew by itself: {gone}");
    computer.run(&[
        "trustee",
        "restore",
        "--config",
        "oslo/trustee.toml",
        "--from",
        "b",
        "--segments",
        "s",
        "--head",
        "0",
    ]);
    let (code, said) = status(&computer, "oslo");
    assert_eq!((code, said["releases"].as_bool()), (Some(3), Some(false)));
    assert_eq!(said["restored"]["missing"].as_array().unwrap().len(), 3, "{said}");
}

//! Trustees as programs of their own: set up, as witnesses of a hub, and for desks that write and open.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::time::Duration;

use common::servers::{Server, port, sync_until};
use common::{Computer, carry, invite, text};
use serde_json::Value;

const TRUSTEES: [&str; 3] = ["geneva", "nairobi", "oslo"];
const GOVERNOR: [&str; 4] =
    ["--governor-key", "home/take-off-this-machine/governor-1.key", "--governor-passphrase-file", "phrase"];
const POLICY: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,case-follow-up,mission,Working on a case
row,effect,who,action,what,purpose,basis,needs,emergency,words
1,permit,anyone,open,*,case-follow-up,-,-,-,Everyone in it follows cases up
";

fn config(name: &str) -> String {
    format!("{name}/trustee.toml")
}

fn json(said: &str) -> Value {
    serde_json::from_str(said).unwrap_or_else(|error| panic!("{error}: {said}"))
}

fn status(computer: &Computer, name: &str) -> (Option<i32>, Value) {
    let output = computer.output(&["trustee", "status", "--config", &config(name), "--format", "json"]);
    let said = text(&output.stdout);
    assert!(!said.is_empty(), "{}", text(&output.stderr));
    (output.status.code(), json(&said))
}

/// What runs beside the desks.
struct Site {
    computer: Computer,
    trustees: Vec<Server>,
    hub: Server,
    _alone: [Server; 2],
}

/// A hub, two witnesses that run by themselves, and three trustees, of whom two witness.
fn set_up() -> Site {
    let computer = Computer::founder();
    let hub_port = port();
    let mut hub_config = format!(
        "folder = {:?}\nlisten = \"127.0.0.1:{hub_port}\"\nbatch_milliseconds = 50\nmark_seconds = 1\n",
        computer.path("hub").display().to_string()
    );
    let mut named: Vec<String> = Vec::new();
    for name in ["one", "two"] {
        let (listen, public) = (format!("127.0.0.1:{}", port()), format!("{name}.json"));
        computer.run(&[
            "witness", "init", "--folder", name, "--name", name, "--listen", &listen, "--public", &public,
        ]);
        hub_config += &format!("[[witness]]\nname = \"{name}\"\nurl = \"http://{listen}/\"\n");
        named.extend(["--witness".to_owned(), public]);
    }
    let hub = format!("https://127.0.0.1:{hub_port}");
    for name in TRUSTEES {
        let [listen, witness, metrics] = [(); 3].map(|()| format!("127.0.0.1:{}", port()));
        let (public, by) = (format!("{name}.json"), format!("{name}-witness.json"));
        let second = format!("{name}-second");
        let mut args = vec!["trustee", "init", "--folder", name, "--second", &second, "--name", name];
        args.extend(["--listen", &listen, "--hub", &hub, "--metrics", &metrics, "--public", &public]);
        if name != "oslo" {
            args.extend(["--witness-listen", &witness, "--witness-public", &by, "--unattended"]);
            hub_config += &format!("[[witness]]\nname = \"{name}\"\nurl = \"http://{witness}/\"\n");
            named.extend(["--witness".to_owned(), by.clone()]);
        }
        let said = computer.run(&args);
        assert_eq!(said.contains("UNATTENDED"), name != "oslo", "{said}");
        computer.fails(&args, 1);
    }
    std::fs::write(computer.path("hub.toml"), hub_config).unwrap();
    computer.run(&["hub", "init", "--config", "hub.toml", "--public", "hub.json"]);
    let mut args = vec!["mission", "hub", "--hub", "hub.json", "--out", "seed"];
    args.extend(named.iter().map(String::as_str).chain(GOVERNOR));
    computer.run(&args);
    let seeded = computer.run(&["hub", "seed", "seed", "--config", "hub.toml"]);
    for key in seeded.lines().filter(|line| line.starts_with("counterseal/")) {
        for name in ["one", "two"] {
            computer.run(&["witness", "add-log", "--folder", name, key]);
        }
    }
    let said = computer.fails(&["trustee", "run", "--config", &config("oslo")], 1);
    assert!(said.contains("no mission yet"), "{said}");
    for name in TRUSTEES {
        computer.run(&["trustee", "seed", "seed", "--config", &config(name)]);
    }
    let alone = ["one", "two"].map(|name| Server::start(&computer, &["witness", "run", "--folder", name]));
    let trustees =
        TRUSTEES.map(|name| Server::start(&computer, &["trustee", "run", "--config", &config(name)]));
    let hub = Server::start(&computer, &["hub", "run", "--config", "hub.toml"]);
    Site { computer, trustees: trustees.into(), hub, _alone: alone }
}

#[test]
fn trustees_are_set_up_witness_a_hub_stop_and_come_back_from_a_backup() {
    let Site { computer, trustees, hub: _hub, _alone } = set_up();
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

/// Syncs until everything that was said here stands in the log and counts: a time mark over it is there. Covers leave
/// with every session, so that nothing is ever quiet.
fn logged(computer: &Computer, hub: &str) {
    sync_until(computer, hub, |report| report["unsent"] == 0);
    let marked = |report: &Value| report["unsent"] == 0 && report["onSight"] == 0;
    for _ in 0..2 {
        std::thread::sleep(Duration::from_millis(700));
        sync_until(computer, hub, marked);
    }
}

/// A second person, in the compartment of the cases.
fn join(first: &Computer, hub: &str, name: &str) -> Computer {
    let computer = Computer::new();
    let (_, string) = invite(first, &computer, &["--for", name]);
    first.run(&["invite", "enrol", "--string", &string]);
    logged(first, hub);
    for compartment in ["incidents", "cases"] {
        first.run(&["compartment", "admit", compartment, name]);
        logged(first, hub);
    }
    first.run(&["mission", "statements", "--out", "statements"]);
    carry(first, &computer, "statements");
    computer.run(&["device", "join", "--statements", "statements"]);
    logged(&computer, hub);
    computer
}

const SECRET: &str = "The nurse in Bria saw the trucks";

/// Runs something until it says what is waited for.
#[track_caller]
fn until(computer: &Computer, hub: &str, args: &[&str], holds: impl Fn(&Value) -> bool) -> Value {
    let mut last = String::new();
    for _ in 0..40 {
        let _synced = computer.output(&["sync", "--hub", hub]);
        let output = computer.output(args);
        last = text(&output.stdout) + &text(&output.stderr);
        if let Ok(said) = serde_json::from_slice::<Value>(&output.stdout)
            && holds(&said)
        {
            return said;
        }
        std::thread::sleep(Duration::from_millis(250));
    }
    panic!("it never came to that: {last}");
}

#[test]
fn what_one_desk_seals_another_opens_with_two_of_three_trustees_and_the_first_is_told() {
    let Site { computer: first, mut trustees, hub, _alone } = set_up();
    let hub = hub.address.as_str();
    sync_until(&first, hub, |report| !report["statementsAge"].is_null());
    let plan: Vec<_> = TRUSTEES.iter().map(|name| format!("[[trustee]]\nkeys = \"{name}.json\"\n")).collect();
    std::fs::write(first.path("trustees.toml"), format!("threshold = 2\n{}", plan.concat())).unwrap();
    std::fs::write(first.path("policy.csv"), POLICY).unwrap();
    let named = first.output(&[&["mission", "trustees", "trustees.toml"], &GOVERNOR[..]].concat());
    assert_eq!(named.status.code(), Some(3), "it does not say where they are: {}", text(&named.stderr));
    first.run(&[&["mission", "policy", "policy.csv"], &GOVERNOR[..]].concat());
    logged(&first, hub);
    first.run(&["compartment", "new", "cases", "--rule", "two-seal"]);
    logged(&first, hub);
    let second = join(&first, hub, "Officer Inkwell");
    let sealed = ["record", "new", "note", "--narrative", SECRET, "--compartment", "cases"];
    let mut wrote = first.output(&sealed);
    for _ in 0..20 {
        if wrote.status.success() {
            break;
        }
        let _keys = first.output(&["sync", "--hub", hub]);
        wrote = first.output(&sealed);
    }
    assert!(wrote.status.success(), "{}", text(&wrote.stderr));
    let all_have =
        |said: &Value| said["guarded"].as_array().is_some_and(|all| all.iter().any(|one| one["have"] == 3));
    let listed = until(&first, hub, &["guarded", "list", "--format", "json"], all_have);
    let entry = listed["guarded"].as_array().unwrap().iter().find(|one| one["have"] == 3).unwrap();
    let entry = entry["entry"].as_str().unwrap().to_owned();
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
    let places = ["--unattended", "--listen", &listen, "--hub", hub, "--public", "accra.json"];
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
    let shown = json(&first.run(&["mission", "show", "--format", "json"]));
    assert!(shown["waiting"].to_string().contains("trustees"), "its days are not over: {shown}");
}

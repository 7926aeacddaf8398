//! A hub, witnesses and three trustees as programs of their own, and desks that write and open.

use std::time::Duration;

use serde_json::Value;

use super::servers::{Server, port, sync_until};
use super::{Computer, carry, invite, text};

pub(crate) const TRUSTEES: [&str; 3] = ["geneva", "nairobi", "oslo"];
pub(crate) const GOVERNOR: [&str; 4] =
    ["--governor-key", "home/take-off-this-machine/governor-1.key", "--governor-passphrase-file", "phrase"];
pub(crate) const POLICY: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,case-follow-up,mission,Working on a case
row,effect,who,action,what,purpose,basis,needs,emergency,words
1,permit,anyone,open,*,case-follow-up,-,-,-,Everyone in it follows cases up
";

pub(crate) fn config(name: &str) -> String {
    format!("{name}/trustee.toml")
}

pub(crate) fn json(said: &str) -> Value {
    serde_json::from_str(said).unwrap_or_else(|error| panic!("{error}: {said}"))
}

pub(crate) fn status(computer: &Computer, name: &str) -> (Option<i32>, Value) {
    let output = computer.output(&["trustee", "status", "--config", &config(name), "--format", "json"]);
    let said = text(&output.stdout);
    assert!(!said.is_empty(), "{}", text(&output.stderr));
    (output.status.code(), json(&said))
}

/// What runs beside the desks.
pub(crate) struct Site {
    pub(crate) computer: Computer,
    pub(crate) trustees: Vec<Server>,
    pub(crate) hub: Server,
    pub(crate) alone: Vec<Server>,
}

/// A hub, two witnesses that run by themselves, and three trustees, of whom two witness.
pub(crate) fn set_up() -> Site {
    set_up_beside(Computer::founder())
}

/// The same, beside a mission that was founded otherwise.
pub(crate) fn set_up_beside(computer: Computer) -> Site {
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
    Site { computer, trustees: trustees.into(), hub, alone: alone.into() }
}

/// Syncs until everything that was said here stands in the log and counts: a time mark over it is there. Covers leave
/// with every session, so that nothing is ever quiet.
pub(crate) fn logged(computer: &Computer, hub: &str) {
    sync_until(computer, hub, |report| report["unsent"] == 0);
    let marked = |report: &Value| report["unsent"] == 0 && report["onSight"] == 0;
    for _ in 0..2 {
        std::thread::sleep(Duration::from_millis(700));
        sync_until(computer, hub, marked);
    }
}

/// A second person, in the compartment of the cases.
pub(crate) fn join(first: &Computer, hub: &str, name: &str) -> Computer {
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

/// Runs something until it says what is waited for.
#[track_caller]
pub(crate) fn until(computer: &Computer, hub: &str, args: &[&str], holds: impl Fn(&Value) -> bool) -> Value {
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

/// The governors name the trustees and the policy, and there is a compartment of cases under two seals.
pub(crate) fn name_trustees(first: &Computer, hub: &str, policy: &str) {
    name_trustees_with(first, hub, policy, &[]);
}

/// The same, with more in the compartment's charter.
pub(crate) fn name_trustees_with(first: &Computer, hub: &str, policy: &str, charter: &[&str]) {
    sync_until(first, hub, |report| !report["statementsAge"].is_null());
    let plan: Vec<_> = TRUSTEES.iter().map(|name| format!("[[trustee]]\nkeys = \"{name}.json\"\n")).collect();
    std::fs::write(first.path("trustees.toml"), format!("threshold = 2\n{}", plan.concat())).unwrap();
    std::fs::write(first.path("policy.csv"), policy).unwrap();
    let named = first.output(&[&["mission", "trustees", "trustees.toml"], &GOVERNOR[..]].concat());
    assert_eq!(named.status.code(), Some(3), "it does not say where they are: {}", text(&named.stderr));
    first.run(&[&["mission", "policy", "policy.csv"], &GOVERNOR[..]].concat());
    logged(first, hub);
    first.run(&[&["compartment", "new", "cases", "--rule", "two-seal"], charter].concat());
    logged(first, hub);
}

/// Seals a note; the trustees' keys for this desk come with a sync.
pub(crate) fn seal(computer: &Computer, hub: &str, text_of_it: &str) {
    let sealed = ["record", "new", "note", "--narrative", text_of_it, "--compartment", "cases"];
    let mut wrote = computer.output(&sealed);
    for _ in 0..20 {
        if wrote.status.success() {
            break;
        }
        let _keys = computer.output(&["sync", "--hub", hub]);
        wrote = computer.output(&sealed);
    }
    assert!(wrote.status.success(), "{}", text(&wrote.stderr));
}

/// The newest entry of which all three trustees have the shares, once there are so many such entries.
pub(crate) fn sealed(computer: &Computer, hub: &str, count: usize) -> String {
    let have = |said: &Value| -> Vec<String> {
        let all = said["guarded"].as_array().cloned().unwrap_or_default();
        let all = all.into_iter().filter(|one| one["have"] == 3);
        all.map(|one| one.get("entry").unwrap().as_str().unwrap().to_owned()).collect()
    };
    let list = ["guarded", "list", "--format", "json"];
    let said = until(computer, hub, &list, |said| have(said).len() >= count);
    have(&said).remove(0)
}

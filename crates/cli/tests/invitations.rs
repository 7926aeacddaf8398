//! Invitations from the command line: two files carried, one string said.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::io::Write;
use std::process::Stdio;

use common::{Computer, carry, enrol, files, invite, text, word_after};

fn json(said: &str) -> serde_json::Value {
    serde_json::from_str(said).unwrap()
}

/// The program with something on its standard input.
fn typed(computer: &Computer, args: &[&str], input: &str) -> String {
    let mut child = computer.command(args).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.success(), "{said}");
    said
}

#[test]
fn a_person_joins_by_an_invitation_and_a_pouch_alone_and_reads_nothing_earlier() {
    let (first, second) = (Computer::new(), Computer::new());
    let new = ["mission", "new", "--name", "Blue Heron", "--person", "Officer Quillfeather"];
    let new = [&new[..], &["--compartment", "incidents", "--history", "from-join", "--synthetic"]].concat();
    first.run(&new);
    first.run(&["record", "new", "note", "--narrative", "Before anybody else was here."]);

    // Printed, read out, and typed on the other computer with small letters.
    let printed = first.run(&["invite", "make", "--for", "Officer Inkwell"]);
    let lines: Vec<_> =
        printed.lines().filter(|line| line.contains(": ") && line.starts_with([' ', '1'])).collect();
    let lines = lines.into_iter().filter(|line| line.as_bytes()[2] == b':').collect::<Vec<_>>().join("\n");
    let fingerprint = json(&first.run(&["mission", "show", "--format", "json"]));
    let fingerprint = fingerprint["mission"].as_str().unwrap();
    let accept = ["invite", "accept", "--out", "request"];
    let said = typed(&second, &accept, &lines.to_lowercase());
    assert!(said.replace(' ', "").contains(fingerprint), "what is compared at first run: {said}");
    assert!(said.contains("Compare it"), "{said}");
    carry(&second, &first, "request");
    first.run(&["invite", "answer", "request", "--out", "challenge"]);
    carry(&first, &second, "challenge");
    let early = second.fails(&["device", "join", "--pouch", "challenge"], 1);
    assert!(early.contains("pouch"), "{early}");
    let shown = second.run(&["--lang", "fr", "invite", "prove", "challenge"]);
    let (_, string) = shown.split_once("qui vous invite : ").unwrap();
    let string = &string[..23];
    let wrong = if string.starts_with('0') { "1" } else { "0" };
    let refused = first.fails(&["invite", "enrol", "--string", &format!("{wrong}{}", &string[1..])], 1);
    assert!(refused.contains("2 tries"), "{refused}");
    assert!(!first.fails(&["invite", "enrol", "--string", "12 34"], 1).contains(string));
    let needed = first.fails(&["invite", "enrol"], 1);
    assert!(needed.contains("--string"), "{needed}");
    let said = first.run(&["invite", "enrol", "--string", string]);
    assert!(said.contains(&format!("The string fits: {string}")), "{said}");

    let said = first.session(&[
        "compartment admit incidents 'Officer Inkwell'",
        "record new note --narrative 'The ferry runs again.'",
        "pouch write monday --for 'Officer Inkwell'",
        "invite list --format csv",
    ]);
    assert!(said.contains(",used,"), "{said}");
    carry(&first, &second, "monday");
    let said = second.run(&["device", "join", "--pouch", "monday"]);
    assert!(said.contains("This desk is"), "{said}");
    assert!(second.run(&["find", "ferry"]).contains("ferry"));
    assert!(!second.run(&["find", "anybody"]).contains("Before"), "from-join");
    // The secret stood on no disk but the one that the invitation was written to, which was none.
    let secret: String = lines.lines().nth(7).unwrap()[4..].replace(' ', "");
    for file in files(&second.home()).into_iter().chain(files(&first.home())) {
        let bytes = std::fs::read(&file).unwrap();
        let held = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!held, "{}", file.display());
    }
}

#[test]
fn an_invitation_is_listed_cancelled_and_refused_in_words() {
    let (first, second) = (Computer::founder(), Computer::new());
    let (id, string) = invite(&first, &second, &["--for", "Officer Inkwell", "--days", "2"]);
    let refused = first.fails(&["invite", "make", "--for", "X", "--out", "invitation"], 1);
    assert!(refused.contains("invitation"), "no file is overwritten: {refused}");
    first.run(&["invite", "cancel", &id]);
    let listed = json(&first.run(&["invite", "list", "--format", "json"]));
    let states: Vec<_> = listed["invitations"].as_array().unwrap().iter().map(|one| &one["status"]).collect();
    assert_eq!(states, ["cancelled", "cancelled"], "nor left open when nobody has it: {listed}");
    let refused = first.fails(&["invite", "enrol", &id, "--string", &string], 1);
    assert!(refused.contains("cancelled"), "{refused}");
    let refused = first.fails(&["--lang", "fr", "invite", "answer", "request", "--out", "again"], 1);
    assert!(refused.contains("annulée"), "{refused}");
    assert!(first.fails(&["invite", "answer", "phrase", "--out", "x"], 1).contains("not the request"));
    assert!(first.fails(&["invite", "answer", "invitation", "--out", "x"], 1).contains("not the request"));
    // A mistyped line is named.
    let whole = std::fs::read_to_string(second.path("invitation")).unwrap();
    let line = whole.lines().find(|line| line.starts_with(" 3:")).unwrap();
    let sign = if line.ends_with('Z') { "Y" } else { "Z" };
    let wrong = whole.replace(line, &format!("{}{sign}", &line[..line.len() - 1]));
    std::fs::write(second.path("invitation"), wrong).unwrap();
    let refused = second.fails(&["invite", "accept", "invitation", "--out", "request-2"], 1);
    assert!(refused.contains("line 3"), "{refused}");
    assert!(second.fails(&["invite", "accept", "phrase", "--out", "request-2"], 1).contains("line 1"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(first.path("invitation")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else on this computer reads the invitation");
    }
}

#[test]
fn a_shadow_mission_with_the_same_names_is_seen_and_gets_nobody() {
    let (first, shadow, second) = (Computer::founder(), Computer::founder(), Computer::new());
    let (_, string) = invite(&first, &second, &["--for", "Officer Inkwell"]);
    // The shadow has everything that was carried, and cannot use it.
    carry(&second, &shadow, "request");
    let refused = shadow.fails(&["invite", "answer", "request", "--out", "challenge"], 1);
    assert!(refused.contains("another mission"), "{refused}");
    shadow.run(&["mission", "statements", "--out", "statements"]);
    carry(&shadow, &second, "statements");
    let refused = second.fails(&["device", "join", "--statements", "statements"], 1);
    assert!(refused.contains("another mission"), "{refused}");
    // Its own invitation shows another fingerprint, and the string is not the registrar's.
    let lured = Computer::new();
    let (_, theirs) = invite(&shadow, &lured, &["--for", "Officer Inkwell"]);
    let shown = lured.run(&["invite", "prove", "challenge"]);
    let mission = word_after(&shown, "It is of mission ").to_owned();
    let right = json(&first.run(&["mission", "show", "--format", "json"]));
    assert!(!right["mission"].as_str().unwrap().starts_with(&mission), "{shown}");
    assert_ne!(theirs, string);
    assert!(first.fails(&["invite", "enrol", "--string", &theirs], 1).contains("differ"));
}

/// What the statements of one desk make of another.
fn take(from: &Computer, to: &Computer) -> String {
    let _from_before = std::fs::remove_file(from.path("statements"));
    from.run(&["mission", "statements", "--out", "statements"]);
    carry(from, to, "statements");
    let output = to.output(&["mission", "take", "statements"]);
    assert!(output.status.success());
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn a_device_that_this_desk_did_not_make_raises_an_alarm_until_its_person_answers() {
    let [first, second, third, fourth] =
        [Computer::founder(), Computer::new(), Computer::new(), Computer::new()];
    enrol(&first, &second, "Officer Inkwell");
    first.run(&["mission", "statements", "--out", "statements"]);
    carry(&first, &second, "statements");
    second.run(&["device", "join", "--statements", "statements"]);
    let refused = second.fails(&["invite", "make", "--recover", "Officer Quillfeather"], 1);
    assert!(refused.contains("recovery officers"), "{refused}");
    let (_, string) = invite(&second, &third, &["--my-device"]);
    let said = second.run(&["invite", "enrol", "--string", &string]);
    assert!(said.contains("pending") && !said.contains("ALARM"), "{said}");
    let device: String = said.split_once("Signed for device ").unwrap().1[..9].replace(' ', "");
    let refused = second.fails(&["device", "confirm", &device], 1);
    assert!(refused.contains("manager"), "{refused}");
    take(&second, &first);
    first.run(&["device", "confirm", &device]);
    let said = take(&first, &second);
    assert!(!said.contains("ALARM"), "this desk signed for it: {said}");
    carry(&first, &third, "statements");
    let joined = third.run(&["device", "join", "--statements", "statements"]);
    assert!(joined.contains("another device already"), "{joined}");

    // Behind the first desk's back, the second signs for another one.
    let (_, string) = invite(&third, &fourth, &["--my-device"]);
    third.run(&["invite", "enrol", "--string", &string]);
    let said = take(&third, &second);
    assert!(said.contains("ALARM") && said.contains("waits to be confirmed"), "{said}");
    let ghost = word_after(&said, "device revoke ").trim_end_matches(['\'', ')']).to_owned();
    let again = second.output(&["--lang", "fr", "person", "list"]);
    assert!(text(&again.stderr).contains("ALARME"), "with each command");
    let shown = json(&second.run(&["mission", "show", "--format", "json"]));
    assert_eq!(shown["strangeDevices"].as_array().unwrap().len(), 1, "{shown}");
    assert!(!take(&second, &first).contains("ALARM"), "it is not the founder's device");
    second.run(&["device", "known", &ghost]);
    assert!(!text(&second.output(&["mission", "show"]).stderr).contains("ALARM"));
}

#[test]
fn who_ends_soon_and_what_one_may_do_is_shown() {
    let (computer, second) = (Computer::founder(), Computer::new());
    let said = computer.run(&["invite", "make", "--for", "Nobody", "--days", "5"]);
    let soon = word_after(&said, "counts until ")[..10].to_owned();
    let (_, string) = invite(&computer, &second, &["--for", "Officer Inkwell", "--until", &soon]);
    computer.run(&["invite", "enrol", "--string", &string]);
    let shown = computer.run(&["mission", "show"]);
    assert!(shown.contains("Ends soon: Officer Inkwell, assignment, on"), "{shown}");
    assert!(shown.contains("You are registrar.") && shown.contains("manager of incidents"), "{shown}");
    let shown = computer.run(&["--lang", "fr", "mission", "show"]);
    assert!(shown.contains("tenue du registre"), "{shown}");
    let shown = json(&computer.run(&["mission", "show", "--format", "json"]));
    assert_eq!(shown["roles"].as_array().unwrap().len(), 2, "{shown}");
    assert_eq!(shown["endSoon"][0]["name"], "Officer Inkwell", "{shown}");
}

#[test]
fn two_recovery_officers_give_somebody_a_new_device_and_one_alone_does_not() {
    let (first, second, third, fourth) = (Computer::new(), Computer::new(), Computer::new(), Computer::new());
    let new = ["mission", "new", "--name", "Blue Heron", "--person", "Officer Quillfeather"];
    first.run(&[&new[..], &["--compartment", "incidents", "--waiting-days", "0", "--synthetic"]].concat());
    enrol(&first, &second, "Officer Inkwell");
    enrol(&first, &third, "Madame Lantern");
    let governor = [
        "--governor-key",
        "home/take-off-this-machine/governor-1.key",
        "--governor-passphrase-file",
        "phrase",
    ];
    let officers = ["--officer", "Officer Quillfeather", "--officer", "Officer Inkwell", "--threshold", "2"];
    first.run(&[&["mission", "recovery"], &officers[..], &governor].concat());
    first.run(&["mission", "statements", "--out", "statements"]);
    carry(&first, &second, "statements");
    second.run(&["device", "join", "--statements", "statements"]);
    // Her computer is at the bottom of the river.
    let (_, string) = invite(&first, &fourth, &["--recover", "Madame Lantern"]);
    let said = first.run(&["invite", "enrol", "--string", &string, "--paper", "lantern.paper"]);
    assert!(said.contains("1 "), "one more must sign: {said}");
    // Her owner reads it to the second officer.
    let device = json(&fourth.run(&["invite", "prove", "challenge", "--format", "json"]));
    let device = device["device"].as_str().unwrap();
    let devices =
        |computer: &Computer| computer.run(&["device", "list", "--format", "json"]).contains(device);
    assert!(!devices(&first), "the word of one officer gives nobody a device");
    carry(&first, &second, "lantern.paper");
    let other = format!("{}{}", if device.starts_with('0') { '1' } else { '0' }, &device[1..]);
    let refused = second.fails(&["invite", "cosign", "lantern.paper", "--device", &other], 1);
    assert!(!refused.is_empty() && !devices(&second), "{refused}");
    let said = second.run(&["invite", "cosign", "lantern.paper", "--device", device]);
    assert!(said.replace(' ', "").contains(device), "{said}");
    assert!(devices(&second), "two officers together");
    let again = second.fails(&["invite", "cosign", "lantern.paper", "--device", device], 1);
    assert!(!again.is_empty());
    second.run(&["mission", "statements", "--out", "statements-2"]);
    carry(&second, &fourth, "statements-2");
    fourth.run(&["device", "join", "--statements", "statements-2"]);
    assert!(devices(&fourth), "her device, and she is who she was");
}

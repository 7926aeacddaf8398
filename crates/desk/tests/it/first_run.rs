//! The first run: a mission is founded, or joined, in the browser alone.

use counterseal_node::{GovernorFile, InvitationTerms, Invited};
use counterseal_seal::{ComparedString, Passphrase};

use crate::browser::{PASSPHRASE, found};
use crate::carrier::{Computer, fetch, form, upload};

/// Of somebody who joins.
const HERS: &str = "nine kites over a quiet harbour";

fn founding(folder: &str) -> Vec<(&str, &str)> {
    vec![
        ("mission", "Mission of the <b>Blue</b> Heron"),
        ("person", "Officer Quillfeather"),
        ("compartment", "incidents"),
        ("passphrase", PASSPHRASE),
        ("again", PASSPHRASE),
        ("governor1", "three lamps on a wet street"),
        ("again1", "three lamps on a wet street"),
        ("governor2", "four boats and a broken oar"),
        ("again2", "four boats and a broken oar"),
        ("threshold", "2"),
        ("waiting", "7"),
        ("folder", folder),
        ("history", "full"),
        ("synthetic", "1"),
        ("until", ""),
    ]
}

fn with<'a>(fields: &[(&'a str, &'a str)], name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(named, old)| (*named, if *named == name { value } else { *old })).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mission_is_founded_in_the_browser_and_its_keys_stand_where_it_was_said() {
    let computer = Computer::begin().await;
    let browser = computer.browser().await;
    assert_eq!(browser.get("/").await.header("location"), Some("/unlock?back=/"));
    assert_eq!(browser.get("/unlock").await.header("location"), Some("/welcome"), "there is no desk yet");
    assert!(browser.get("/welcome").await.body.contains("Found a mission"));
    let token = browser.get("/found").await.token();
    let stick = computer.folder.path().join("stick");
    let stick = stick.to_str().unwrap();
    let fields = founding(stick);
    let refused = [
        ("passphrase", "aaaaaaaaaaaa", "not the same"),
        ("again2", "four boats", "not the same"),
        ("threshold", "3", "no more can be asked"),
        ("threshold", "0", "no more can be asked"),
        ("folder", "stick", "whole path"),
        ("person", " ", "need a name"),
        ("waiting", "soon", "whole numbers"),
        ("waiting", "366", "whole numbers"),
        ("until", "someday", "Write a date as"),
    ];
    for (name, value, why) in refused {
        let changed = with(&fields, name, value);
        let page = browser.post("/found", &format!("token={token}&{}", form(&changed))).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(page.body.contains(why), "{name}: {}", page.body);
        assert!(!page.body.contains("goat") && !page.body.contains("lamps"), "no passphrase comes back");
        assert!(!std::path::Path::new(stick).exists(), "{name}: nothing was made");
    }
    // Refused once its keys are made: they are taken away again.
    let long = "Heron ".repeat(1_000);
    let never = with(&fields, "mission", &long);
    let page = browser.post("/found", &format!("token={token}&{}", form(&never))).await;
    assert!(page.status == 422 && page.body.contains("role=\"alert\""), "{}", page.body);
    let keys = std::fs::read_dir(stick).map(|entries| entries.count()).unwrap_or(0);
    assert_eq!(keys, 0, "keys of a mission that is not there");
    let home = counterseal_node::Home::open(computer.folder.path()).unwrap();
    assert!(home.desks().unwrap().is_empty(), "nor a desk of one");
    // Plainly weak: refused once, taken when that is what somebody wants.
    let weak = with(&with(&fields, "passphrase", "aaaaaaaaaaaa"), "again", "aaaaaaaaaaaa");
    let page = browser.post("/found", &format!("token={token}&{}", form(&weak))).await;
    assert!(page.status == 422 && page.body.contains("name=\"weak\""), "{}", page.body);
    let made = browser.post("/found", &format!("token={token}&{}", form(&fields))).await;
    assert_eq!((made.status, made.header("location")), (303, Some("/founded")), "{}", made.body);
    let page = browser.get("/founded").await.body;
    assert!(
        page.contains("governor-1.key") && page.contains("governor-2.key") && page.contains("<svg"),
        "{page}"
    );
    let keys = ["governor-1.key", "governor-2.key"].map(|name| format!("{stick}/{name}"));
    for (key, passphrase) in keys.iter().zip(["three lamps on a wet street", "four boats and a broken oar"]) {
        let bytes = std::fs::read(key).unwrap();
        assert!(GovernorFile::open(bytes, &Passphrase::new(passphrase).unwrap()).is_ok(), "{key}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&keys[0]).unwrap().permissions().mode() & 0o077, 0);
    }
    let trust = browser.get("/trust").await.body;
    assert!(trust.contains("Officer Quillfeather"), "{trust}");
    // It is there after a lock, under its passphrase.
    browser.post("/lock", &format!("token={token}")).await;
    let typed = format!("token={token}&{}", form(&[("passphrase", PASSPHRASE)]));
    assert_eq!(browser.post("/unlock", &typed).await.header("location"), Some("/"));
    assert_eq!(browser.get("/").await.status, 200);
    let page = browser.get("/founded").await.body;
    assert!(!page.contains("governor-1.key"), "where keys were is not said to who comes later: {page}");
    computer.pages.stop().await.unwrap();
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).unwrap().0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mission_is_joined_by_two_files_and_a_string_and_a_false_challenge_shows_none() {
    let (elsewhere, false_one) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut inviter = found(elsewhere.path(), "Officer Quillfeather", PASSPHRASE, 1);
    let terms = InvitationTerms {
        invited: Invited::NewPerson { name: "Officer Inkwell".into(), until: None },
        days: 7,
        hub: None,
    };
    let invitation = inviter.invite(&terms).unwrap();
    let computer = Computer::begin().await;
    let browser = computer.browser().await;
    let token = browser.get("/join").await.token();
    let token = token.as_str();
    // Without the token, or with it too late, no file is read.
    let text = invitation.to_text();
    let stray =
        upload(&browser, "/join/invitation", &[("lines", "x")], &[("invitation", text.as_bytes())]).await;
    assert_eq!(stray.status, 403);
    let late = upload(&browser, "/join/invitation", &[("lines", "x"), ("token", token)], &[]).await;
    assert_eq!(late.status, 403);
    let bad = upload(&browser, "/join/invitation", &[("token", token), ("lines", "not one")], &[]).await;
    assert_eq!(bad.status, 422);
    let long = vec![b'x'; 5 << 20];
    let large = upload(&browser, "/join/invitation", &[("token", token)], &[("invitation", &long)]).await;
    assert!(matches!(large.status, 413 | 0), "{}", large.status);
    let read =
        upload(&browser, "/join/invitation", &[("token", token)], &[("invitation", text.as_bytes())]).await;
    assert_eq!((read.status, read.location()), (303, Some("/join")), "{}", read.text());
    let page = browser.get("/join").await.body;
    let mission = counterseal_model::fingerprint(&inviter.mission().to_string());
    assert!(page.contains(&mission), "the fingerprint is compared before keys are made");
    let accept =
        |more: &str| format!("token={token}&{}&{more}", form(&[("passphrase", HERS), ("again", HERS)]));
    assert_eq!(browser.post("/join/accept", &accept("")).await.status, 422, "it was not compared");
    assert!(!computer.folder.path().join("waiting").exists());
    assert_eq!(browser.post("/join/accept", &accept("compared=1")).await.status, 303);
    let request = fetch(&browser, "/join/request").await;
    assert!(request.head.contains("attachment") && !request.head.contains("Heron"), "{}", request.head);
    let challenge = inviter.answer_request(&request.bytes).unwrap().challenge;
    // A challenge that the inviter did not make shows no string.
    let mut other = found(false_one.path(), "Officer Quillfeather", PASSPHRASE, 1);
    let forged =
        other.answer_request(&request.bytes).map(|answered| answered.challenge).unwrap_or_else(|_| {
            let mut changed = challenge.clone();
            let last = changed.len() - 1;
            changed[last] ^= 1;
            changed
        });
    let fields = [("token", token), ("passphrase", HERS)];
    let refused = upload(&browser, "/join/challenge", &fields, &[("challenge", &forged)]).await;
    assert!(refused.status == 422 && !refused.text().contains("class=\"string\""), "{}", refused.text());
    let wrong = [("token", token), ("passphrase", "another passphrase of hers")];
    let refused = upload(&browser, "/join/challenge", &wrong, &[("challenge", &challenge)]).await;
    assert!(refused.status == 422 && refused.text().contains("does not fit"), "{}", refused.text());
    let proved = upload(&browser, "/join/challenge", &fields, &[("challenge", &challenge)]).await;
    assert_eq!(proved.status, 303, "{}", proved.text());
    let page = browser.get("/join").await.body;
    let string = between(&page, "class=\"string\" dir=\"ltr\">", "<").to_owned();
    let id = hex::encode(invitation.commitment);
    inviter.enrol_invited(&id, &ComparedString::read(&string).unwrap()).unwrap();
    let file = inviter.statements_file().unwrap();
    let stranger = other.statements_file().unwrap();
    let refused = upload(&browser, "/join/mission", &fields, &[("brought", &stranger)]).await;
    assert_eq!(refused.status, 422, "another mission's statements");
    let joined = upload(&browser, "/join/mission", &fields, &[("brought", &file)]).await;
    assert_eq!((joined.status, joined.location()), (303, Some("/trust")), "{}", joined.text());
    assert!(browser.get("/trust").await.body.contains(&mission));
    let page = browser.get("/join").await.body;
    assert!(!page.contains(&string) && !page.contains(&mission), "it is over: {page}");
    computer.pages.stop().await.unwrap();
}

/// An invitation of somebody's, as the lines of a message.
fn invited(folder: &std::path::Path, seed: u64) -> (counterseal_node::Desk, String) {
    let mut inviter = found(folder, "Officer Quillfeather", PASSPHRASE, seed);
    let invited = Invited::NewPerson { name: "Officer Inkwell".into(), until: None };
    let text = inviter.invite(&InvitationTerms { invited, days: 7, hub: None }).unwrap().to_text();
    (inviter, text.to_string())
}

/// Two that wait on one computer: which is meant is said, or nothing is done; and a panic forgets who is joining.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_desks_that_wait_the_one_that_was_named_goes_on_and_no_other() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut inviters = [invited(one.path(), 1), invited(other.path(), 2)];
    let computer = Computer::begin().await;
    let browser = computer.browser().await;
    let token = browser.get("/join").await.token();
    let accept = form(&[("token", &token), ("compared", "1"), ("passphrase", HERS), ("again", HERS)]);
    let early = browser.post("/join/accept", &accept).await;
    assert_eq!(early.status, 422, "no invitation was read: {}", early.body);
    let mut challenges = Vec::new();
    let mut waiting: Vec<String> = Vec::new();
    for (inviter, text) in &mut inviters {
        let fields = [("token", token.as_str()), ("lines", text.as_str())];
        assert_eq!(upload(&browser, "/join/invitation", &fields, &[]).await.status, 303);
        assert_eq!(browser.post("/join/accept", &accept).await.status, 303);
        let request = fetch(&browser, "/join/request").await;
        challenges.push(inviter.answer_request(&request.bytes).unwrap().challenge);
        let home = counterseal_node::Home::open(computer.folder.path()).unwrap();
        let known = home.waiting().unwrap().into_iter().map(|place| place.id);
        waiting.extend(known.filter(|id| !waiting.contains(id)).collect::<Vec<_>>());
    }
    assert_eq!(waiting.len(), 2);
    let prove = async |which: &str, challenge: &[u8]| {
        let fields = [("token", token.as_str()), ("waiting", which), ("passphrase", HERS)];
        upload(&browser, "/join/challenge", &fields, &[("challenge", challenge)]).await
    };
    for challenge in &challenges {
        assert_eq!(prove("", challenge).await.status, 422, "neither was named");
        assert_eq!(prove("ffff", challenge).await.status, 422, "nobody has this name");
    }
    assert_eq!(prove(&waiting[0], &challenges[1]).await.status, 422, "the other's challenge");
    assert_eq!(prove(&waiting[1], &challenges[1]).await.status, 303);
    let nothing = [("token", token.as_str()), ("waiting", &waiting[1]), ("passphrase", HERS)];
    for way in ["/join/challenge", "/join/mission"] {
        assert_eq!(upload(&browser, way, &nothing, &[]).await.status, 422, "{way} without its file");
    }
    assert!(browser.get("/join").await.body.contains("class=\"string\""));
    assert_eq!(browser.post("/panic", &form(&[("token", &token)])).await.status, 303);
    let page = browser.get("/join").await.body;
    assert!(!page.contains("class=\"string\"") && !page.contains("<svg"), "{page}");
    computer.pages.stop().await.unwrap();
}

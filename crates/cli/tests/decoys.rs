//! Decoys over servers that are programs of their own: each opening raises its alarm, and the hub has no say in that.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::trustees::*;
use serde_json::Value;

const DECOYS: usize = 2;

#[test]
fn every_decoy_that_is_opened_raises_its_alarm_though_the_hub_is_silent() {
    let Site { computer: first, trustees: _trustees, hub, alone: _alone } = set_up();
    let hub_server = hub;
    let hub = hub_server.address.clone();
    name_trustees(&first, &hub, POLICY);
    let second = join(&first, &hub, "Officer Inkwell");
    first.run(&["person", "section", "Officer Inkwell", "--new"]);
    logged(&first, &hub);
    let me = "Officer Quillfeather";
    first.run(&[&["person", "office", "appoint", me, "watch"][..], &GOVERNOR].concat());
    let review = ["person", "office", "appoint", me, "review", "--section", "Officer Inkwell"];
    first.run(&[&review[..], &GOVERNOR].concat());
    logged(&first, &hub);
    first.run(&["decoy", "plant", "cases", "--count", &DECOYS.to_string()]);
    // The instruction leaves with a sync of the one desk, and is carried out with one of the other.
    let listed = |said: &Value| -> Vec<String> {
        let all = said["decoys"].as_array().cloned().unwrap_or_default();
        let there = all.into_iter().filter(|one| one["state"] != "unseen" && one["state"] != "wrong");
        there.map(|one| one["entry"].as_str().unwrap().to_owned()).collect()
    };
    let mut decoys = Vec::new();
    for _ in 0..20 {
        let _carried_out = second.output(&["sync", "--hub", &hub]);
        let _heard = first.output(&["sync", "--hub", &hub]);
        decoys = listed(&json(&first.run(&["decoy", "list", "--format", "json"])));
        if decoys.len() == DECOYS {
            break;
        }
    }
    assert_eq!(decoys.len(), DECOYS, "planted, logged, and known to the watch officer");
    let quiet = json(&first.run(&["decoy", "alarms", "--format", "json"]));
    assert_eq!(quiet["alarms"].as_array().unwrap().len(), 0);
    // Who planted them has no list of them, and opens them like anything else.
    for decoy in &decoys {
        let open = ["open", decoy, "--purpose", "case-follow-up", "--hub", &hub, "--format", "json"];
        until(&second, &hub, &open, |said| said["parts"].as_array().is_some_and(|all| !all.is_empty()));
    }
    // The hub says nothing more to anybody. What trustees have to say they say themselves.
    hub_server.kill();
    let told = ["openings", "list", "--hub", &hub, "--format", "json"];
    let _unlogged = first.output(&told);
    let alarms = first.output(&["decoy", "alarms", "--format", "json"]);
    assert_eq!(alarms.status.code(), Some(3), "alarms that nobody has seen to");
    let alarms = json(&common::text(&alarms.stdout));
    for decoy in &decoys {
        // Alarms name decoys as people do: by the first digits.
        let decoy = &decoy[..8];
        let hit = alarms["alarms"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["decoys"].to_string().contains(decoy));
        assert!(hit.count() >= 1, "no alarm names {decoy}: {alarms}");
    }
}

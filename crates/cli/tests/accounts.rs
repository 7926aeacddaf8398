//! Two accounts of one event on the command line: pointed out, said to be one, and said to be two again.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use common::Computer;

#[test]
fn two_accounts_are_pointed_out_joined_and_taken_apart() {
    let computer = Computer::founder();
    let said = computer.session(&[
        "record new incident --title 'Attack on a convoy' --date 2021-03-09 --place Bouca --best 12 \
         --actor perpetrator='Mohammed Ahmad' --source 'Police report 7' --external sage:ONE",
        "record new incident --title 'هجوم' --date 2021-03-10 --place Bouca --best 11 \
         --actor perpetrator='محمد أحمد' --source 'Radio Heron' --external sage:TWO",
        "record alike sage:TWO",
        "record same sage:TWO --as sage:ONE",
        "record same sage:ONE --as sage:TWO",
    ]);
    assert!(said.contains("Attack on a convoy") && said.contains("Mohammed Ahmad"), "{said}");
    assert!(said.contains("tells of the same event as"), "{said}");
    assert!(said.contains("already stands for the event"), "{said}");
    let accounts = |of: &str| -> Vec<bool> {
        let json = computer.run(&["record", "alike", of, "--format", "json"]);
        let listed: serde_json::Value = serde_json::from_str(&json).unwrap();
        listed["records"].as_array().unwrap().iter().map(|row| row["same"].as_bool().unwrap()).collect()
    };
    assert_eq!((accounts("sage:ONE"), accounts("sage:TWO")), (vec![true], vec![true]));
    for (record, source) in [("sage:ONE", "Police report 7"), ("sage:TWO", "Radio Heron")] {
        assert!(computer.run(&["record", "show", record]).contains(source), "nothing of either is lost");
    }
    computer.run(&["record", "apart", "sage:TWO"]);
    assert_eq!(accounts("sage:ONE"), [false], "two events that are alike");
}

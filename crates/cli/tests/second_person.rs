//! A second person reads and approves an export on the pages of their own desk: what one desk's command asks is carried to
//! another's browser, and the answer back.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::browser::{Browser, location};
use common::{Computer, carry, enrol};

const POLICY: &str = "\
engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,court-referral,foreign-court,Preparing a file for a court
compartment,reports
row,effect,who,action,what,purpose,basis,needs,emergency,words
20,permit,anyone,export,reports,court-referral,-,approvals:1,-,Out only with a second person
";

/// The desk of who asks, with an incident of which the policy speaks; and that of the second person.
fn mission() -> (Computer, Computer) {
    let (first, second) = (Computer::founder(), Computer::new());
    std::fs::write(first.path("policy.csv"), POLICY).unwrap();
    let proposed = ["--compartment", "reports=incidents", "--out", "proposed.csv"];
    first.run(&[&["policy", "propose", "policy.csv"][..], &proposed].concat());
    let governor = ["--governor-key", "home/take-off-this-machine/governor-1.key"];
    let passphrase = ["--governor-passphrase-file", "phrase"];
    first.run(&[&["mission", "policy", "proposed.csv"][..], &governor, &passphrase].concat());
    let incident =
        ["record", "new", "incident", "--compartment", "incidents", "--title", "Ambush at the mill"];
    first.run(&incident);
    enrol(&first, &second, "Officer Inkwell");
    first.run(&["mission", "statements", "--out", "statements"]);
    carry(&first, &second, "statements");
    second.run(&["device", "join", "--statements", "statements"]);
    (first, second)
}

/// A browser at an unlocked desk, and the token of its forms.
fn at(computer: &Computer) -> (Browser, String) {
    let browser = Browser::begin(computer);
    let token = browser.token();
    let form = format!("token={token}&passphrase=seven+wells+and+a+paper+goat");
    assert_eq!(browser.ask("POST", "/unlock", &form).0, 303);
    (browser, token)
}

/// What is brought as text, and the status and page or place that come of it.
fn brought(desk: &(Browser, String), path: &str, paper: &[u8]) -> (u16, String) {
    let digits: String = paper.iter().map(|byte| format!("{byte:02x}")).collect();
    let (status, head, page) = desk.0.ask("POST", path, &format!("token={}&paper={digits}", desk.1));
    (status, if status == 303 { location(&head).to_owned() } else { page })
}

/// The bytes that a page shows as text.
fn shown(page: &str) -> Vec<u8> {
    let (_, rest) = page.split_once("<textarea readonly").unwrap();
    let (text, _) = rest.split_once('>').unwrap().1.split_once('<').unwrap();
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |two: &[u8]| u8::from_str_radix(str::from_utf8(two).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

#[test]
fn who_approves_an_export_reads_on_the_page_that_it_leaves_the_mission_and_for_whom() {
    let (first, second) = mission();
    let export = ["export", "all.csv", "--compartment", "incidents", "--purpose", "court-referral"];
    let refused = first.fails(&export, 1);
    assert!(refused.contains("row 20") && !first.path("all.csv").exists(), "{refused}");
    first.run(&[&export[..], &["--ask-approval", "asked"]].concat());
    let asked = std::fs::read(first.path("asked")).unwrap();
    let approval = {
        let desk = at(&second);
        // What nobody signed, and what somebody changed on its way.
        let mut bent = asked.clone();
        *bent.last_mut().unwrap() ^= 1;
        for paper in [&asked[..40], &bent] {
            let (status, page) = brought(&desk, "/share/read", paper);
            assert_eq!(status, 422, "{page}");
        }
        let (status, place) = brought(&desk, "/share/read", &asked);
        assert!(status == 303 && place.starts_with("/share/asked/"), "{place}");
        let (_, _, page) = desk.0.ask("GET", &place, "");
        for word in
            ["out of the mission", "foreign-court", "court-referral", "incidents", "Officer Quillfeather"]
        {
            assert!(page.contains(word), "{word}: {page}");
        }
        assert!(!page.contains("asks to share this") && !page.contains("Ambush"), "{page}");
        let (status, place) = brought(&desk, &format!("{place}/approve"), &[]);
        assert_eq!(status, 303, "{place}");
        shown(&desk.0.ask("GET", &place, "").2)
    };
    // Nobody approves their own, neither is an approval a thing to approve.
    {
        let desk = at(&first);
        for paper in [&asked, &approval] {
            let (status, page) = brought(&desk, "/share/read", paper);
            assert_eq!(status, 422, "{page}");
        }
    }
    std::fs::write(first.path("approval"), &approval).unwrap();
    first.run(&[&export[..], &["--approval", "approval"]].concat());
    assert!(std::fs::read_to_string(first.path("all.csv")).unwrap().contains("Ambush at the mill"));
}

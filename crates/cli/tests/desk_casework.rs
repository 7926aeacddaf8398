//! Casework in the browser, over a hub and trustees that are programs of their own: from a consent to an opening and its
//! receipt, ahead of a blackout, and by two persons.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::time::Duration;

use common::Computer;
use common::browser::{Browser, location};
use common::trustees::{GOVERNOR, Site, join, logged, name_trustees, seal, sealed, set_up};
use counterseal_model::Timestamp;

const POLICY: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,case-follow-up,mission,Working on a case
purpose,court-referral,court,Preparing a file for a court
purpose,sanctions,panel,Naming people to a panel
row,effect,who,action,what,purpose,basis,needs,emergency,words
20,permit,anyone,open,*,case-follow-up,consent or best-interests,case,-,Officers follow cases up with consent
30,permit,anyone,open,*,court-referral,-,approvals:1,-,Two persons prepare a file
";
const SECRET: &str = "The nurse in Bria saw the trucks";
const PASSPHRASE: &str = "seven+wells+and+a+paper+goat";

/// A browser at an unlocked desk.
struct Desk<'a> {
    computer: &'a Computer,
    browser: Browser,
    token: String,
}

impl<'a> Desk<'a> {
    fn begin(computer: &'a Computer) -> Self {
        let browser = Browser::begin(computer);
        let token = browser.token();
        let desk = Self { computer, browser, token };
        desk.unlock();
        desk
    }

    fn unlock(&self) {
        let form = format!("token={}&passphrase={PASSPHRASE}", self.token);
        assert_eq!(self.browser.ask("POST", "/unlock", &form).0, 303);
    }

    /// A page that is there.
    fn page(&self, path: &str) -> String {
        let (status, _, page) = self.browser.ask("GET", path, "");
        assert_eq!(status, 200, "{path}: {page}");
        page
    }

    /// Where a form leads that is obeyed, or the page that refuses it.
    fn post(&self, path: &str, form: &str) -> Result<String, String> {
        let form = format!("token={}&{form}", self.token);
        match self.browser.ask("POST", path, &form) {
            (303, head, _) => Ok(location(&head).to_owned()),
            (422, _, page) => Err(page),
            (status, _, page) => panic!("{path}: {status} {page}"),
        }
    }

    fn sent(&self, path: &str, form: &str) -> String {
        self.post(path, form).unwrap_or_else(|page| panic!("{path}: {page}"))
    }

    /// Tries until it is obeyed: what trustees were told takes a moment to count.
    fn until(&self, path: &str, form: &str) -> String {
        let mut last = String::new();
        for _ in 0..40 {
            match self.post(path, form) {
                Ok(way) => return way,
                Err(page) => last = page,
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        panic!("{path}: {last}");
    }

    /// What another command does with this desk while it is locked.
    fn meanwhile<T>(&self, act: impl FnOnce(&Computer) -> T) -> T {
        self.sent("/lock", "");
        let done = act(self.computer);
        self.unlock();
        done
    }
}

fn room(desk: &Desk<'_>, name: &str) -> String {
    let page = desk.page("/cases/new");
    let (before, _) = page.split_once(&format!("\">{name} – ")).unwrap_or_else(|| panic!("{name}: {page}"));
    before.rsplit('"').next().unwrap().to_owned()
}

/// Some days from now.
#[expect(clippy::disallowed_methods, reason = "the servers go by the real clock")]
fn in_days(days: i64) -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp(since.as_secs().cast_signed() + days * Timestamp::DAY).date_text()
}

#[test]
fn from_a_consent_to_an_opening_its_receipt_and_a_blackout() {
    let Site { computer: first, trustees: _trustees, hub, alone: _alone } = set_up();
    let hub = hub.address.as_str();
    name_trustees(&first, hub, POLICY);
    seal(&first, hub, SECRET);
    let entry = sealed(&first, hub, 1);
    let desk = Desk::begin(&first);
    // A case in a guarded compartment, with an open part that says nothing of people.
    let (cases, incidents) = (room(&desk, "cases"), room(&desk, "incidents"));
    let form = format!(
        "compartment={cases}&open-in={incidents}&reference=kaga-3&violation%3Akilling=on&witnesses=red-kite&parts={entry}%2F0"
    );
    let case = desk.sent("/cases/new", &form);
    let page = desk.page(&case);
    assert!(!page.contains("red-kite") && !page.contains("Killing"), "whom and what is sealed: {page}");
    assert!(page.contains("not allowed yet") && page.contains("kaga-3"), "{page}");
    // What would be refused is seen before anything is asked.
    let part = format!("/part/{entry}/0");
    let page = desk.page(&format!("{part}?case=kaga-3"));
    assert!(
        page.contains("3 of 3 trustees hold a share") || page.contains("trustees hold a share"),
        "{page}"
    );
    assert!(
        page.contains("would be refused") && page.contains("Officers follow cases up with consent"),
        "{page}"
    );
    assert!(page.contains(" is not proved") && page.contains("Officer Quillfeather"), "whom to ask: {page}");
    assert!(!page.contains(SECRET));
    let open = format!("part={entry}%2F0&purpose=case-follow-up&case=kaga-3");
    let refused = desk.post("/open", &open).unwrap_err();
    assert!(refused.contains("It was not opened") && !refused.contains(SECRET), "{refused}");
    // The consent is written down, and told to the trustees by a sync.
    let consent = "subject=000102030405060708090a0b0c0d0e0f&language=sg&risks=on&refusal=on&given-by=self\
        &use%3Acase-follow-up%3Amission=allow&until%3Acase-follow-up%3Amission=2040-12-31&use%3Acourt-referral%3Acourt=refuse";
    let way = desk.sent(&format!("{part}/consent"), consent);
    let page = desk.page(&way);
    assert!(page.contains("The consent is written down") && page.contains("allowed until"), "{page}");
    assert!(page.contains("the person said no on") && page.contains("not been told yet"), "{page}");
    assert!(desk.page(&format!("{part}?case=kaga-3")).contains("would be granted"));
    told(&desk, hub, &part);
    let opened = desk.until("/open", &open);
    let page = desk.page(&opened);
    assert!(page.contains(SECRET) && page.contains("data-over"), "{page}");
    // The receipt is checked as it is shown, and by another program as a file.
    let (_, rest) = page.split_once("href=\"/receipt/").unwrap();
    let receipt = format!("/receipt/{}", rest.split('"').next().unwrap());
    let page = desk.page(&receipt);
    assert!(page.contains("Checked just now") && page.contains("signatures are right"), "{page}");
    std::fs::write(first.path("a.receipt"), desk.page(&format!("{receipt}/file"))).unwrap();
    let checked = desk.meanwhile(|computer| computer.run(&["receipt", "check", "a.receipt"]));
    assert!(checked.contains("stands in the log"), "{checked}");
    assert!(!desk.page(&opened).contains(SECRET), "locked once, it is gone");
    blackout(&desk, hub, &entry);
    whose_it_is(&desk, &part, consent);
    // A no is said at once, and seen.
    let page = desk.page(&desk.sent(&format!("{part}/withdraw-consent"), "parts-too=on"));
    assert!(page.contains("The consent is taken back") && page.contains("Withdrawn on"), "{page}");
    assert!(desk.post("/open", &open).unwrap_err().contains("withdrawn"));
    assert!(desk.page("/handed").contains("opened ahead"), "what was opened cannot be recalled");
}

/// A no that names its person is that person's: the same person's yes lifts it, and nobody else's.
fn whose_it_is(desk: &Desk<'_>, part: &str, consent: &str) {
    let page = desk.page(part);
    assert_eq!(page.matches("name=\"subject\"").count(), 2, "taken back, and asked again: {page}");
    let hers = "subject=000102030405060708090a0b0c0d0e0f";
    assert!(desk.post(&format!("{part}/withdraw-consent"), "subject=not-a-record").is_err());
    assert!(desk.post(&format!("{part}/reconfirm"), "subject=not-a-record").is_err());
    assert!(desk.page(part).contains("allowed until"), "what names nobody takes nothing back");
    let never = desk.post(&format!("{part}/reconfirm"), "subject=77777777777777777777777777777777");
    assert!(never.unwrap_err().contains("never allowed anything"), "who never said yes is not asked again");
    desk.sent(&format!("{part}/reconfirm"), &format!("{hers}&until=2040-12-31"));
    let case = format!("{part}?case=kaga-3");
    let granted = || desk.page(&case).contains("would be granted");
    desk.sent(&format!("{part}/withdraw-consent"), hers);
    assert!(!granted(), "{}", desk.page(&case));
    // Seconds tell what was said before from what was said after.
    std::thread::sleep(Duration::from_millis(1100));
    desk.sent(&format!("{part}/consent"), &consent.replace("subject=00", "subject=ff"));
    assert!(!granted(), "another person's yes");
    desk.sent(&format!("{part}/consent"), consent);
    assert!(granted(), "her own: {}", desk.page(&case));
}

/// Syncs until every trustee has been told what was said of a part.
fn told(desk: &Desk<'_>, hub: &str, part: &str) {
    for _ in 0..30 {
        let _synced = desk.meanwhile(|computer| computer.output(&["sync", "--hub", hub]));
        if !desk.page(part).contains("not been told yet") {
            return;
        }
    }
    panic!("trustees were never told");
}

/// Listed, asked for, read without a network, counted, surrendered.
fn blackout(desk: &Desk<'_>, hub: &str, entry: &str) {
    let until = in_days(5);
    let choice = format!("by=case&what=kaga-3&until={until}&purpose=case-follow-up&reason=road-trip");
    let page = desk.page(&format!("/ahead?{choice}"));
    assert!(page.contains("Open them ahead") && page.contains("count as read"), "{page}");
    assert!(page.contains("Nothing is opened ahead"), "listing asks for nothing: {page}");
    assert!(
        desk.post("/ahead/open", "by=case&what=kaga-3&until=2001-01-01&purpose=case-follow-up&reason=x")
            .is_err()
    );
    let one = format!("by=case&what=kaga-3&until={until}&purpose=sanctions&reason=road-trip");
    assert_eq!(desk.sent("/ahead/open", &one).split('?').next().unwrap(), "/ahead/progress");
    let refused = settled(desk);
    assert!(refused.contains("refuse"), "{refused}");
    // The case's own part has no consent of its own, so that the part alone is opened.
    let page = desk.page("/case/kaga-3");
    let (before, _) = page.split_once("What the case says").unwrap();
    let link = before.rsplit("href=\"/part/").next().unwrap().split('"').next().unwrap().to_owned();
    let consent = "subject=000102030405060708090a0b0c0d0e0f&language=sg&risks=on&refusal=on&given-by=self\
        &use%3Acase-follow-up%3Amission=allow";
    desk.sent(&format!("/part/{link}/consent"), consent);
    told(desk, hub, &format!("/part/{link}"));
    for _ in 0..20 {
        desk.sent("/ahead/open", &choice);
        if settled(desk).contains("Kept on this desk") {
            break;
        }
        std::thread::sleep(Duration::from_millis(700));
    }
    let page = desk.page("/ahead");
    assert!(page.contains("Surrender all"), "{page}");
    let opened = desk.sent("/ahead/read", &format!("part={entry}%2F0"));
    assert!(desk.page(&opened).contains(SECRET), "read without asking anybody");
    let page = desk.page("/ahead");
    assert!(page.contains("no trustee has heard of"), "the reading is counted: {page}");
    let page = desk.page(&desk.sent("/ahead/surrender", &format!("part={entry}%2F0")));
    assert!(page.contains("Deleted") && !desk.page(&opened).contains(SECRET), "{page}");
    assert!(desk.post("/ahead/read", &format!("part={entry}%2F0")).is_err());
    desk.sent("/ahead/surrender", "all=on");
    assert!(desk.page("/ahead").contains("Nothing is opened ahead"));
}

/// What the request came to that runs in the background.
fn settled(desk: &Desk<'_>) -> String {
    for _ in 0..120 {
        let page = desk.page("/ahead/progress");
        if !page.contains("<progress") {
            return page;
        }
        std::thread::sleep(Duration::from_millis(250));
    }
    panic!("it never ends");
}

#[test]
fn a_second_person_approves_at_their_own_desk_or_declines() {
    let Site { computer: first, trustees: _trustees, hub, alone: _alone } = set_up();
    let hub = hub.address.as_str();
    name_trustees(&first, hub, POLICY);
    let second = join(&first, hub, "Officer Inkwell");
    seal(&first, hub, SECRET);
    let entry = sealed(&first, hub, 1);
    let (asks, answers) = (Desk::begin(&first), Desk::begin(&second));
    let page = asks.page(&format!("/part/{entry}/0"));
    assert!(page.contains("1 approval") && page.contains("Two persons prepare a file"), "{page}");
    let (_, rest) = page.split_once("name=\"approver\"").unwrap();
    let (before, _) = rest.split_once(">Officer Inkwell<").unwrap();
    let inkwell = before.rsplit('"').nth(1).unwrap();
    let form = format!("part={entry}%2F0&purpose=court-referral&approver={inkwell}");
    for (answer, word) in [("decline", "declined"), ("approve", "Open it now")] {
        let asking = asks.until("/open", &form);
        assert!(asks.page(&asking).contains("Waiting for an approval"));
        let early = asks.post(&format!("{asking}/open"), "").unwrap_err();
        assert!(early.contains("approval") && !early.contains(SECRET), "{early}");
        answers.until("/approvals/fetch", "");
        let inbox = answers.page("/approvals");
        assert!(
            inbox.contains("Officer Quillfeather asks you") || inbox.contains("asks you to approve"),
            "{inbox}"
        );
        assert!(
            inbox.contains("Preparing a file for a court") && inbox.contains("cases"),
            "what and why: {inbox}"
        );
        let (_, rest) = inbox.split_once("name=\"request\" value=\"").unwrap();
        let request = rest.split('"').next().unwrap();
        let said = answers.sent("/approvals/answer", &format!("request={request}&answer={answer}"));
        assert!(answers.page(&said).contains(if answer == "approve" { "Approved" } else { "Declined" }));
        assert!(
            answers.post("/approvals/answer", &format!("request={request}&answer=approve")).is_err(),
            "once"
        );
        let page = asks.page(&format!("{asking}?look=1"));
        assert!(page.contains(word), "{page}");
        if answer == "approve" {
            let opened = asks.sent(&format!("{asking}/open"), "");
            assert!(asks.page(&opened).contains(SECRET));
            assert!(asks.post(&format!("{asking}/open"), "").is_err(), "one approval opens once");
        } else {
            asks.sent(&format!("{asking}/drop"), "");
        }
    }
    // A notice that is delayed needs two others; nothing is asked of anybody before.
    let delayed =
        |until: &str, more: &str| asks.post("/open", &format!("{form}&delay={until}{more}")).unwrap_err();
    assert!(delayed(&in_days(5), "").contains("approval of \u{2068}2"), "{}", delayed(&in_days(5), ""));
    let twice = delayed(&in_days(5), &format!("&approver-2={inkwell}"));
    assert!(twice.contains("approval of \u{2068}2"), "one person counts once: {twice}");
    for (until, more) in [(in_days(15), ""), (in_days(-1), ""), (in_days(5), "&emergency=on")] {
        let refused = delayed(&until, more);
        assert!(refused.contains("at most") && refused.contains("14"), "{refused}");
    }
    assert!(delayed("soon", "").contains("soon"));
    let inbox = answers.until("/approvals/fetch", "");
    assert!(!answers.page(&inbox).contains("name=\"request\""), "nobody was asked");
    // Locked, what waited is over: its key was in memory alone.
    let asking = asks.sent("/open", &form);
    asks.meanwhile(|_| ());
    assert!(asks.page(&asking).contains("This request is over"));
}

#[test]
fn a_reviewer_sees_what_nothing_explains_asks_and_is_answered() {
    let Site { computer: first, trustees: _trustees, hub, alone: _alone } = set_up();
    let hub = hub.address.as_str();
    name_trustees(&first, hub, common::trustees::POLICY);
    let second = join(&first, hub, "Officer Inkwell");
    let office = ["person", "office", "appoint", "Officer Quillfeather", "data-protection"];
    first.run(&[&office[..], &GOVERNOR].concat());
    logged(&first, hub);
    seal(&first, hub, SECRET);
    let entry = sealed(&first, hub, 1);
    let (reviewer, reader) = (Desk::begin(&first), Desk::begin(&second));
    let sync = |computer: &Computer| drop(computer.output(&["sync", "--hub", hub]));
    reader.meanwhile(sync);
    let open = format!("part={entry}%2F0&purpose=case-follow-up");
    let opened = reader.until("/open", &open);
    assert!(reader.page(&opened).contains(SECRET));
    let _asked = reader.post("/open", &format!("{open}&emergency=on"));
    // Told, and held against the log at a press.
    let mut page = String::new();
    for _ in 0..20 {
        reviewer.meanwhile(sync);
        reviewer.until("/openings/fetch", "");
        page = reviewer.page("/openings");
        if page.matches("Officer Inkwell").count() >= 2 && !page.contains("not in the log") {
            break;
        }
    }
    assert!(page.contains("Openings of what I wrote") && page.contains("emergency"), "{page}");
    let (_, rest) = page.split_once("href=\"/openings/").unwrap();
    let notice = reviewer.page(&format!("/openings/{}", rest.split('"').next().unwrap()));
    assert!(notice.contains("Checked just now: it stands in the log"), "{notice}");
    // Nothing explains it: it is asked about, in a place that both read.
    let review = reviewer.page("/review");
    assert!(review.contains("that no case, area, task or referral explains"), "{review}");
    let (_, rest) = review.split_once("href=\"/review/").unwrap();
    let day = format!("/review/{}", rest.split('"').next().unwrap());
    assert!(reviewer.page(&day).contains("The book of duties explains nothing of it"));
    let place = room(&reviewer, "incidents");
    let ask = format!("compartment={place}&text=What+was+it+for%3F");
    assert!(reader.post(&format!("{day}/ask"), &ask).is_err(), "no reviewer, no question");
    assert!(reader.post("/review/duties", "book=").unwrap_err().contains("reviewers of sections"));
    assert!(reader.post("/review/alarm", "request=0000").unwrap_err().contains("watch officer"));
    assert!(!reader.page("/review").contains("What nothing explains"), "the queue is the reviewers'");
    reviewer.sent(&format!("{day}/ask"), &ask);
    let answer = reviewer.page("/review");
    let (_, rest) = answer.split_once("action=\"/review/emergency\"").unwrap();
    let (_, rest) = rest.split_once("name=\"request\" value=\"").unwrap();
    let form =
        format!("request={}&compartment={place}&text=It+was+a+drill.", rest.split('"').next().unwrap());
    reviewer.sent("/review/emergency", &form);
    assert!(reviewer.page("/review").contains("It was a drill."));
    reviewer.meanwhile(sync);
    reader.meanwhile(sync);
    // The right of reply; what is typed is text.
    let asked = reader.page("/review");
    assert!(asked.contains("What was it for?"), "{asked}");
    let (_, rest) = asked.split_once("name=\"question\" value=\"").unwrap();
    let question = rest.split('"').next().unwrap();
    reader.sent("/review/reply", &format!("question={question}&text=%3Cb%3EThe+hospital+had+called"));
    reader.meanwhile(sync);
    reviewer.meanwhile(sync);
    let said = reviewer.page("/review");
    assert!(said.contains("&lt;b&gt;The hospital had called"), "{said}");
}

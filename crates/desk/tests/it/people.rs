//! People in the browser: invited, compared, admitted, frozen, revoked, handed over to.

use std::time::Duration;

use counterseal_model::PersonId;
use counterseal_node::{Change, Desk, InvitationTerms, Invited, Newcomer, RotationRow};
use counterseal_register::JoinChallenge;
use counterseal_seal::DeviceSecrets;
use rand::SeedableRng;

use crate::browser::Site;
use crate::carrier::{Computer, fetch, form, post, settled, upload};

const HERS: &str = "nine kites over a quiet harbour";

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).unwrap().0
}

/// Two computers, two browsers, and nothing but pages.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_is_invited_and_joins_and_is_frozen_and_revoked_with_pages_alone() {
    let (site, computer) = (Site::begin().await, Computer::begin().await);
    let (his, hers) = (site.browser().await, computer.browser().await);
    let (token, own) = (his.get("/invite").await.token(), hers.get("/join").await.token());
    let nameless = form(&[("token", &token), ("whom", "new"), ("name", " "), ("how", "file")]);
    assert_eq!(his.post("/invite", &nameless).await.status, 422);
    let terms = form(&[
        ("token", &token),
        ("whom", "new"),
        ("name", "Officer <i>Inkwell</i>"),
        ("days", "7"),
        ("how", "file"),
    ]);
    let invitation = post(&his, "/invite", &terms).await;
    assert!(
        invitation.head.contains("attachment") && !invitation.head.contains("Inkwell"),
        "{}",
        invitation.head
    );
    let read =
        upload(&hers, "/join/invitation", &[("token", &own)], &[("invitation", &invitation.bytes)]).await;
    assert_eq!(read.status, 303, "{}", read.text());
    let accept = form(&[("token", &own), ("compared", "1"), ("passphrase", HERS), ("again", HERS)]);
    assert_eq!(hers.post("/join/accept", &accept).await.status, 303);
    let request = fetch(&hers, "/join/request").await;
    let challenge =
        upload(&his, "/invite/answer", &[("token", &token)], &[("request", &request.bytes)]).await;
    assert!(challenge.head.contains("device.challenge"), "{}", challenge.text());
    let fields = [("token", own.as_str()), ("passphrase", HERS)];
    assert_eq!(
        upload(&hers, "/join/challenge", &fields, &[("challenge", &challenge.bytes)]).await.status,
        303
    );
    let page = hers.get("/join").await.body;
    let string = between(&page, "class=\"string\" dir=\"ltr\">", "<").to_owned();
    let page = his.get("/invite").await.body;
    assert!(
        !page.contains(&string) && page.contains("&lt;i&gt;Inkwell"),
        "the inviter's page does not show it"
    );
    let id = between(&page, "<select name=\"invitation\"><option value=\"", "\"").to_owned();
    let enrol = |string: &str| form(&[("token", &token), ("invitation", &id), ("string", string)]);
    let other: String = string
        .chars()
        .map(|c| {
            if c == '1' {
                '2'
            } else if c == '2' {
                '1'
            } else {
                c
            }
        })
        .collect();
    let wrong = his.post("/invite/enrol", &enrol(&other)).await;
    assert!(wrong.status == 422 || other == string, "{}", wrong.body);
    assert_eq!(his.post("/invite/enrol", &enrol("12345")).await.status, 422);
    let enrolled = his.post("/invite/enrol", &enrol(&string)).await;
    let person = enrolled.header("location").unwrap_or_else(|| panic!("{}", enrolled.body)).to_owned();
    // Admitted, and the mission goes to her in a pouch.
    let page = his.get(&person).await.body;
    let compartment = between(&page, "name=\"compartment\" value=\"", "\"").to_owned();
    let what = |what: &str, more: &[(&str, &str)]| {
        let mut fields = vec![("token", token.as_str()), ("what", what), ("compartment", &compartment)];
        fields.extend_from_slice(more);
        form(&fields)
    };
    assert_eq!(his.post(&person, &what("admit", &[])).await.status, 303);
    let begun = post(&his, "/link/pouch", &form(&[("token", &token), ("since", "beginning")])).await;
    assert_eq!(begun.location(), Some("/link/pouch"), "{}", begun.text());
    settled(&his, "/link/pouch").await;
    let pouch = fetch(&his, "/link/pouch/file").await;
    let joined = upload(&hers, "/join/mission", &fields, &[("brought", &pouch.bytes)]).await;
    assert_eq!(joined.location(), Some("/trust"), "{}", joined.text());
    assert!(hers.get("/people").await.body.contains("Officer Quillfeather"));
    // Frozen, let go again, extended, revoked: each with the token, the last with a tick.
    assert!(
        his.get(&person).await.body.contains("counts and nothing is sealed for them"),
        "what follows is said"
    );
    assert_eq!(his.post(&person, &form(&[("token", "0"), ("what", "freeze")])).await.status, 403);
    assert_eq!(his.post(&person, &what("freeze", &[])).await.status, 303);
    assert!(his.get("/people").await.body.contains("frozen"));
    assert_eq!(his.post(&person, &what("unfreeze", &[])).await.status, 303);
    assert_eq!(his.post(&person, &what("extend", &[("until", "someday")])).await.status, 422);
    assert_eq!(his.post(&person, &what("extend", &[("until", "2027-06-30")])).await.status, 303);
    assert!(his.get(&person).await.body.contains("2027-0"));
    let to = person.rsplit('/').next().unwrap();
    let plan = his.get(&format!("/handover?to={to}")).await;
    assert!(
        plan.status == 200 && plan.body.contains("manager of") && plan.body.contains("governors appoint"),
        "{}",
        plan.body
    );
    assert_eq!(his.post(&person, &what("revoke", &[])).await.status, 422, "not without the tick");
    assert_eq!(his.post(&person, &what("revoke", &[("sure", "1")])).await.status, 303);
    assert!(his.get("/people").await.body.contains("revoked"));
    // She is no registrar: her page refuses.
    let refused = hers.post(&person, &form(&[("token", &own), ("what", "unfreeze")])).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    site.pages.stop().await.unwrap();
    computer.pages.stop().await.unwrap();
}

/// Somebody else in the compartment of incidents.
pub(crate) fn with_wren(desk: &mut Desk) {
    enrol_wren(desk, "incidents", false);
}

/// Somebody else in a compartment, to manage it or not.
pub(crate) fn enrol_wren(desk: &mut Desk, compartment: &str, manager: bool) {
    let invited = Invited::NewPerson { name: "Officer Wren".into(), until: None };
    let invitation = desk.invite(&InvitationTerms { invited, days: 7, hub: None }).unwrap();
    let device = DeviceSecrets::make(&mut rand_chacha::ChaCha20Rng::seed_from_u64(77)).unwrap();
    let request = invitation.ask(&device, PersonId::from_bytes([7; 16])).unwrap().to_bytes();
    let challenge = desk.answer_request(&request).unwrap().challenge;
    let opened =
        invitation.open_challenge(&device, &request, &JoinChallenge::parse(&challenge).unwrap()).unwrap();
    let string = invitation.compared_string(&request, &opened);
    let who = desk.invitee(&hex::encode(invitation.commitment), string).unwrap();
    let who = Newcomer::Invited(Box::new(who));
    let compartments = vec![desk.find_compartment(compartment).unwrap()];
    let change = Change::In { who, compartments, manager, until: None };
    desk.rotate(&[RotationRow { row: 1, change, from: None }], &mut |_, _| {}).unwrap();
}

/// From a file: every fault with its row and column, a look that does nothing, and the doing of what was looked at.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_contingent_is_rotated_from_a_file_that_is_looked_at_first() {
    let site = Site::begin_with(Duration::from_secs(600), with_wren).await;
    let browser = site.browser().await;
    let token = browser.get("/people/rotation").await.token();
    let look = async |token: &str, file: &str| {
        let fields = [("token", token)];
        upload(&browser, "/people/rotation/look", &fields, &[("rotation", file.as_bytes())]).await
    };
    let bad = "action,person,invitation,compartments,role,from,until\n\
               sideways,Officer Wren,,,,,\n\
               out,<b>Nobody</b>,,,chief,,2027-13-01\n";
    assert_eq!(look("00", bad).await.status, 403);
    let refused = look(&token, bad).await;
    let text = refused.text();
    assert_eq!(refused.status, 422);
    for part in ["things are wrong", "write in or out", "<code>until</code>", "<code>role</code>"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("&lt;b&gt;Nobody") && !text.contains("<b>Nobody"), "{text}");
    for (file, why) in
        [("who,what\na,b\n", "compartments"), ("", "Choose the file"), ("action\n\u{0}", "write in or out")]
    {
        let refused = look(&token, file).await;
        assert_eq!(refused.status, 422, "{file}");
        assert!(refused.text().contains(why), "{why}: {}", refused.text());
    }
    // Nothing was shown: there is nothing to carry out, whatever number is given.
    for nth in ["0", "1", "x", ""] {
        let none = post(&browser, "/people/rotation", &form(&[("token", &token), ("look", nth)])).await;
        assert_eq!(none.status, 422, "{nth}");
    }
    let before = browser.get("/people").await.body;
    let good = "action,person,compartments\nout,Officer Wren,incidents\n";
    let first = look(&token, good).await;
    assert_eq!(first.status, 200, "{}", first.text());
    let second = look(&token, good).await.text();
    assert!(second.contains("take out") && second.contains("Devices out"), "{second}");
    assert_eq!(browser.get("/people").await.body, before, "a look does nothing");
    let nth = |page: &str| between(page, "name=\"look\" value=\"", "\"").to_owned();
    let carry_out = async |nth: &str| {
        post(&browser, "/people/rotation", &form(&[("token", &token), ("look", nth)])).await
    };
    assert_eq!(carry_out(&nth(&first.text())).await.status, 422, "another file was shown since");
    assert_eq!(look(&token, bad).await.status, 422);
    assert_eq!(carry_out(&nth(&second)).await.status, 422, "a file that is refused was sent since");
    let second = look(&token, good).await.text();
    let untokened = post(&browser, "/people/rotation", &form(&[("look", &nth(&second))])).await;
    assert_eq!(untokened.status, 422);
    let done = carry_out(&nth(&second)).await;
    assert_eq!((done.status, done.location()), (303, Some("/people/rotation")), "{}", done.text());
    let page = settled(&browser, "/people/rotation").await;
    assert!(page.contains("Done:") && page.contains("new epochs"), "{page}");
    assert_eq!(carry_out(&nth(&second)).await.status, 422, "once");
    let again = look(&token, good).await.text();
    assert!(again.contains("Nothing of it is due") && !again.contains("name=\"look\""), "{again}");
    let page = browser.get("/people/rotation").await.body;
    assert!(!page.contains("Done:"), "what was looked at last is not what was done: {page}");
}

/// A wrong string is found when it is carried out, and nothing is done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rotation_with_a_wrong_string_enrols_nobody() {
    let (site, computer) = (Site::begin().await, Computer::begin().await);
    let (his, hers) = (site.browser().await, computer.browser().await);
    let (token, own) = (his.get("/invite").await.token(), hers.get("/join").await.token());
    let terms = form(&[
        ("token", &token),
        ("whom", "new"),
        ("name", "Officer Inkwell"),
        ("days", "7"),
        ("how", "file"),
    ]);
    let invitation = post(&his, "/invite", &terms).await;
    upload(&hers, "/join/invitation", &[("token", &own)], &[("invitation", &invitation.bytes)]).await;
    let accept = form(&[("token", &own), ("compared", "1"), ("passphrase", HERS), ("again", HERS)]);
    hers.post("/join/accept", &accept).await;
    let request = fetch(&hers, "/join/request").await;
    upload(&his, "/invite/answer", &[("token", &token)], &[("request", &request.bytes)]).await;
    let page = his.get("/invite").await.body;
    let id = between(&page, "<select name=\"invitation\"><option value=\"", "\"").to_owned();
    let file = format!("action,invitation,string,compartments\nin,{id},111 111 111 111 111 111,incidents\n");
    let look =
        upload(&his, "/people/rotation/look", &[("token", &token)], &[("rotation", file.as_bytes())]).await;
    assert_eq!(look.status, 200, "{}", look.text());
    let nth = between(&look.text(), "name=\"look\" value=\"", "\"").to_owned();
    let sent = post(&his, "/people/rotation", &form(&[("token", &token), ("look", &nth)])).await;
    assert_eq!(sent.status, 303);
    let page = settled(&his, "/people/rotation").await;
    assert!(page.contains("One thing is wrong") && page.contains("the strings differ"), "{page}");
    assert!(!his.get("/people").await.body.contains("Inkwell"));
}

//! People in the browser: invited, compared, admitted, frozen, revoked, handed over to.

use crate::browser::Site;
use crate::carrier::{Computer, fetch, form, post, upload};

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
    let pouch = post(&his, "/link/pouch", &form(&[("token", &token), ("since", "beginning")])).await;
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

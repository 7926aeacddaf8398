//! Openings and their review, on a desk without trustees and without office.

use crate::browser::Site;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_no_office_reviews_nothing_and_is_told_so() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let page = browser.get("/review").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Nobody asked anything that concerns you"), "{}", page.body);
    for hidden in ["What nothing explains", "Decoy alarms", "book of duties", "Emergencies"] {
        assert!(!page.body.contains(hidden), "{hidden}");
    }
    let token = page.token();
    for (path, form, why) in [
        ("/review/duties", "book=", "reviewers of sections"),
        ("/review/emergency", "request=00112233&text=x&compartment=incidents", "reviewers of sections"),
        ("/review/reply", "question=0a1b2c3d&text=no", "questions that concern you begin with"),
        ("/review/alarm", "request=00112233", "watch officer"),
        ("/approvals/answer", "request=00112233&answer=approve", "hub"),
        ("/ahead/read", "part=0011223344556677%2F0", "no guarded part"),
        ("/ahead/open", "by=case&what=none&until=2040-01-01&purpose=x&reason=y", "cases of this desk"),
        ("/ahead/open", "by=area&what=Bria&until=2040-01-01&purpose=x&reason=y", "p-code"),
        ("/share", "part=0011223344556677%2F0&to=incidents&purpose=x", "no part"),
        ("/share/read", "paper=a1b2", "no approval"),
    ] {
        let sent = browser.post(path, &format!("token={token}&{form}")).await;
        assert_eq!(sent.status, 422, "{path}: {}", sent.body);
        assert!(sent.body.contains(why), "{path}: {}", sent.body);
        assert_eq!(browser.post(path, form).await.status, 422, "no token: no form");
        assert_eq!(browser.post(path, &format!("token=0&{form}")).await.status, 403, "{path}");
    }
    let person = "0".repeat(32);
    for path in [
        format!("/review/{person}/20000"),
        format!("/openings/{}", "0".repeat(64)),
        format!("/receipt/{}", "0".repeat(64)),
        format!("/receipt/{}/file", "0".repeat(64)),
        format!("/share?part={}/0", "0".repeat(64)),
    ] {
        let page = browser.get(&path).await;
        let refused = matches!(page.status, 404 | 422) || page.body.contains("role=\"alert\"");
        assert!(refused, "{path}: {} {}", page.status, page.body);
    }
    site.pages.stop().await.unwrap();
}

//! The reader's language reaches everything: what is refused, what codes are called, days and times.

use std::time::Duration;

use counterseal_model::dtg::read_date;
use counterseal_model::record::{Casualties, Incident, Involved};
use counterseal_model::{Grading, Occurred, Term, Verification, VerificationStatus};

use crate::browser::{Browser, Site, write_incident};

const TONGUES: [&str; 4] = ["en", "fr", "es", "ar"];

fn reading(browser: &Browser, tongue: &str) -> Browser {
    Browser { more: vec![format!("Accept-Language: {tongue}")], ..browser.clone() }
}

fn term(code: &str) -> Option<Term> {
    Some(Term::from_text(code).unwrap())
}

/// Its kind, dates, people and gradings are codes.
fn ambush() -> Incident {
    let date = read_date("2026-03-09", None).unwrap();
    Incident {
        kind: term("ambush-of-convoy"),
        occurred: Some(Occurred::span(date.at, date.at, date.precision)),
        weapons: vec![term("machete").unwrap(), term("of-our-own").unwrap()],
        actors: vec![Involved { role: term("perpetrator"), name: Some("Zed".into()), ..Involved::default() }],
        casualties: vec![Casualties {
            harm: term("abducted"),
            group: term("teachers"),
            best: Some(3),
            ..Casualties::default()
        }],
        grading: Some(Grading::parse("B2").unwrap()),
        verification: Some(Verification { status: VerificationStatus::Refuted, ..Verification::default() }),
        ..Incident::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_is_said_in_the_readers_language() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let token = browser.get("/report").await.token();
    let wanted = [
        ("en", "no record is called", "not a point: write", "0 cases of this desk"),
        ("fr", "fiche : rien ne s'appelle", "n'est pas un point", "0 dossiers de ce bureau"),
        ("es", "ficha: nada se llama", "no es un punto: escriba", "ningún caso de este escritorio"),
        ("ar", "سجل: لا شيء يُسمى", "ليس نقطة: اكتب", "لا توجد على هذا المكتب قضية"),
    ];
    let plain = |page: String| page.replace("&#39;", "'").replace(['\u{2068}', '\u{2069}'], "");
    for (tongue, no_record, no_point, no_case) in wanted {
        let reader = reading(&browser, tongue);
        let missing = plain(reader.get(&format!("/record/{}", "ab".repeat(16))).await.body);
        assert!(missing.contains(no_record), "{tongue}: {missing}");
        assert!(missing.contains(&"ab".repeat(16)), "which record: {missing}");
        let form = format!("token={token}&compartment=incidents&title=x&at=here");
        let again = plain(reader.post("/report", &form).await.body);
        assert!(again.contains(no_point), "{tongue}: {again}");
        let refused = plain(reader.get("/case/00000012").await.body);
        assert!(refused.contains(no_case) && refused.contains("00000012"), "{tongue}: {refused}");
    }
    // What is refused may name what somebody typed: as text, and apart from the direction of the sentence.
    let form = format!("token={token}&compartment=incidents&title=x&at=%3Cb%3E");
    let arabic = reading(&browser, "ar").post("/report", &form).await.body;
    assert!(arabic.contains("\u{2068}&lt;b&gt;\u{2069}"), "{arabic}");
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_are_shown_by_what_they_are_called_and_days_as_the_language_writes_them() {
    let site = Site::begin_with(Duration::from_secs(600), |desk| {
        write_incident(desk, 1, ambush());
    })
    .await;
    let browser = site.browser().await;
    let path = format!("/record/{}", "01".repeat(16));
    let wanted = [
        ["Ambush of a convoy", "9 Mar 2026", "Machete, of-our-own", "refuted", "Abducted, Teachers: 3"],
        [
            "Embuscade contre un convoi",
            "9 mars 2026",
            "Machette, of-our-own",
            "réfuté",
            "Enseignants\u{a0}: 3",
        ],
        ["Emboscada a un convoy", "9 mar 2026", "Machete, of-our-own", "refutado", "Docentes: 3"],
        ["كمين لقافلة", "9 مارس 2026", "منجل، of-our-own", "ثبت عدم صحته", "المعلمون: 3"],
    ];
    for (tongue, said) in TONGUES.into_iter().zip(wanted) {
        let reader = reading(&browser, tongue);
        let (page, list) =
            (reader.get(&path).await.body, reader.get("/find?from=2026-03&to=2026-03").await.body);
        for word in said {
            assert!(page.contains(word), "{tongue}: '{word}' is not in {page}");
        }
        for word in [said[0], said[1], said[3]] {
            assert!(list.contains(word), "{tongue}: '{word}' is not in {list}");
        }
        assert!(page.contains("B2 – "), "a grading says what it means: {page}");
        for code in ["ambush-of-convoy", "perpetrator<", ">perpetrator"] {
            assert!(!page.contains(code), "{tongue}: {page}");
        }
        assert!(page.contains("<time datetime=\"2026-"), "machines have it to the second: {page}");
        // A breakdown says what it is called, and asks by the code.
        let situation = reader.get("/situation?type=ambush-of-convoy").await.body;
        assert!(situation.contains(said[0]) && situation.contains("type=ambush-of-convoy"), "{situation}");
    }
    site.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missions_own_words_go_before_ours_and_in_english_where_it_has_no_others() {
    let site = Site::begin_with(Duration::from_secs(600), |desk| {
        let own = r#"{"id":"incident-type","version":2,"title":{"en":"Types","fr":"Types"},"terms":[
            {"code":"ambush-of-convoy","en":"Convoy waylaid","fr":"Convoi pris"}]}"#;
        desk.set_taxonomy(own).unwrap();
        write_incident(desk, 1, ambush());
        write_incident(desk, 2, Incident { kind: term("flood"), ..Incident::default() });
    })
    .await;
    let browser = site.browser().await;
    for (tongue, said, gone) in [("fr", "Convoi pris", "Inondation"), ("ar", "Convoy waylaid", "فيضان")]
    {
        let reader = reading(&browser, tongue);
        let page = reader.get(&format!("/record/{}", "01".repeat(16))).await.body;
        assert!(page.contains(said), "{tongue}: {page}");
        // The mission took this term out; records that have it are still read.
        let page = reader.get(&format!("/record/{}", "02".repeat(16))).await.body;
        assert!(page.contains(gone), "{tongue}: {page}");
        // In a field it stands by its code: its label would be read back as something else.
        let edit = page.split("/edit?compartment=").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let edit = format!("/record/{}/edit?compartment={edit}", "02".repeat(16));
        let form = reader.get(&edit).await.body;
        assert!(form.contains("name=\"type\" value=\"flood\""), "{tongue}: {form}");
    }
    site.pages.stop().await.unwrap();
}

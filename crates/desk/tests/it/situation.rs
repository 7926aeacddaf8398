//! What the situation keeps, shows beside incidents, and lets out.

use std::time::Duration;

use counterseal_model::record::{Body, Entity, EntityKind, Part};
use counterseal_model::{Classification, Place, Point, RecordId, Timestamp};
use counterseal_node::{Desk, Home, Randomness};
use counterseal_register::{Charter, HistoryRule, Rule};
use counterseal_seal::Passphrase;
use rand::SeedableRng;

use crate::browser::{Browser, PASSPHRASE, Site};

/// A compartment of its own with three sites in it, one of them with a name that is markup.
pub(crate) fn with_sites(desk: &mut Desk) {
    let sites = desk.create_compartment("sites", Charter::new(Rule::Open, HistoryRule::Full)).unwrap();
    let names = ["Camp of the Two Wells", "<b onmouseover=alert(1)>Gate</b>", "محطة المياه"];
    let parts = (200..).zip(names).map(|(n, name)| {
        let point = Point::from_degrees(8.0 + f64::from(n - 200), 22.0);
        let place = Some(Place { point, ..Place::default() });
        let entity = Entity { place, ..Entity::named(EntityKind::Place, name) };
        let (body, made) = (Body::Entity(Box::new(entity)), Timestamp(1_789_000_000));
        Part::first(RecordId::from_bytes([n; 16]), body, made, Classification::Unclassified)
    });
    desk.write(sites, parts.collect()).unwrap();
}

async fn reopened(site: Site) -> (Desk, tempfile::TempDir) {
    let folder = site.folder;
    site.pages.stop().await.unwrap();
    let home = Home::open(folder.path()).unwrap();
    let passphrase = Passphrase::new(PASSPHRASE).unwrap();
    let clock = std::sync::Arc::new(counterseal_model::FixedClock(Timestamp(1_790_000_000)));
    let rng: Randomness = Box::new(rand_chacha::ChaCha20Rng::seed_from_u64(5));
    (Desk::unlock(home.choose(None).unwrap(), &passphrase, clock, rng).unwrap(), folder)
}

fn compartment(page: &str) -> String {
    let after = page.split("<select name=\"compartment\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
    after[..after.find('"').unwrap()].to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_view_is_kept_by_name_and_nothing_of_it_stands_on_the_disk_in_clear() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let token = browser.get("/situation").await.token();
    let query = "words%3D%2522blue%2Bconvoy%2522%26to%3D2025%26nonsense%3D1";
    let form = format!("name=Zanzibar+%3Cb%3Equagga&query={query}");
    assert_eq!(browser.post("/situation/keep", &form).await.status, 422, "a form without a token");
    assert_eq!(browser.post("/situation/keep", &format!("token=00&{form}")).await.status, 403);
    let kept = browser.post("/situation/keep", &format!("token={token}&{form}")).await;
    assert_eq!(kept.status, 303);
    let link = kept.header("location").unwrap().to_owned();
    assert_eq!(
        link, "/situation?words=%22blue%20convoy%22&to=2025",
        "only what is part of a question is kept"
    );
    for path in ["/", "/situation"] {
        let page = browser.get(path).await.body;
        assert!(
            page.contains(&link.replace('&', "&amp;")) && page.contains("Zanzibar &lt;b&gt;quagga"),
            "{path}"
        );
        assert!(!page.contains("<b>quagga"), "{path}");
    }
    for name in ["", "+", &"x".repeat(81)] {
        let refused = browser.post("/situation/keep", &format!("token={token}&name={name}&query=")).await;
        assert_eq!(refused.status, 422, "{name}");
    }
    let (desk, folder) = reopened(site).await;
    assert_eq!(desk.kept_views().unwrap().len(), 1, "it is there after a restart");
    desk.close().unwrap();
    let mut folders = vec![folder.path().to_owned()];
    let mut files = 0;
    while let Some(path) = folders.pop() {
        for entry in std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let bytes = std::fs::read(&entry).unwrap();
            assert!(!bytes.windows(8).any(|window| window == b"Zanzibar"), "{}", entry.display());
            files += 1;
        }
    }
    assert!(files > 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_view_is_forgotten() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let token = browser.get("/situation").await.token();
    browser.post("/situation/keep", &format!("token={token}&name=Bria&query=place%3DBria")).await;
    let gone =
        browser.post("/situation/forget", &format!("token={token}&name=Bria&query=place%3DBria")).await;
    assert_eq!(gone.header("location"), Some("/situation?place=Bria"));
    assert!(reopened(site).await.0.kept_views().unwrap().is_empty());
}

/// What leaves is what was asked for, is marked, and its trace names the question.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_leaves_only_when_it_is_meant_and_leaves_a_trace() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let page = browser.get("/situation/export?country=Mali").await.body;
    let (token, room) = (browser.get("/situation").await.token(), compartment(&page));
    let form = format!("token={token}&compartment={room}&format=geojson&query=country%3DMali");
    assert_eq!(browser.post("/situation/export", &form).await.status, 422, "nobody said that they are sure");
    for bad in [
        format!("{form}&sure=no"),
        format!("{form}%26from%3D2014-13&sure=yes"),
        format!("{form}&sure=yes&purpose=NOT+A+CODE"),
        format!("{form}&sure=yes").replace("geojson", "exe"),
        format!("{form}&sure=yes").replace(&room, "no-such-room"),
    ] {
        assert_eq!(browser.post("/situation/export", &bad).await.status, 422, "{bad}");
    }
    let stolen = format!("{form}&sure=yes").replace(&token, "00");
    assert_eq!(browser.post("/situation/export", &stolen).await.status, 403);
    let file = browser.post("/situation/export", &format!("{form}&sure=yes")).await;
    assert_eq!(file.status, 200);
    let name = file.header("content-disposition").unwrap();
    assert!(
        name.starts_with("attachment; filename=\"counterseal-") && name.ends_with(".geojson\""),
        "{name}"
    );
    assert!(file.body.contains("counterseal-export:") && file.body.contains("\"synthetic\""));
    let (desk, folder) = reopened(site).await;
    let traces = desk.exports().unwrap();
    assert_eq!(traces.len(), 1, "what was refused left no trace, for nothing left");
    let (trace, _) = &traces[0];
    assert_eq!((trace.query.as_str(), trace.format.as_str()), ("--country Mali", "geojson"));
    let filter = counterseal_node::Filter { country: Some("Mali".into()), ..Default::default() };
    assert_eq!(trace.count, desk.count(&filter).unwrap());
    let path = folder.path().join("found");
    std::fs::write(&path, &file.body).unwrap();
    assert!(desk.trace(&path).unwrap()[0].unaltered);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_copy_of_a_report_has_its_own_mark_and_says_synthetic_and_a_look_has_none() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let mut marks = Vec::new();
    for (path, form) in
        [("/situation/daily?on=2022-03-06", "daily-report"), ("/situation/flash", "flash-report")]
    {
        let look = browser.get(path).await;
        assert_eq!(look.status, 200, "{}", look.body);
        assert!(look.body.contains("Not a copy: no mark") && !look.body.contains("counterseal-export:"));
        let (token, room) = (browser.get("/situation").await.token(), compartment(&look.body));
        let copy = format!("token={token}&compartment={room}&format={form}&on=2022-03-06&query=");
        for refused in [copy.clone(), format!("{copy}&sure=yes").replace(form, "no-report")] {
            let refused = browser.post("/situation/copy", &refused).await;
            assert_eq!(refused.status, 422);
            assert!(!refused.body.contains("counterseal-export:"));
        }
        assert_eq!(
            browser.post("/situation/copy", &format!("{copy}&sure=yes").replace(&token, "00")).await.status,
            403
        );
        let made = browser.post("/situation/copy", &format!("{copy}&sure=yes")).await;
        assert_eq!(made.status, 200, "{}", made.body);
        let sheet = made.body.split("<table class=\"sheet\"").nth(1).unwrap();
        let mark = &sheet.split("counterseal-export:").nth(1).unwrap()[..32];
        assert_eq!(sheet.matches(mark).count(), 2, "above and below, on every page that is printed");
        assert_eq!(sheet.matches("everything here is made up").count(), 2);
        assert_eq!(sheet.matches("<strong>unclassified</strong>").count() % 2, 0);
        marks.push(mark.to_owned());
    }
    let empty = browser.get("/situation/daily?on=1990-01-01").await.body;
    assert!(
        empty.contains("Nothing fits.") && empty.contains("class=\"made-up\""),
        "even where nothing is on it"
    );
    let (desk, _folder) = reopened(site).await;
    let mut traced: Vec<_> =
        desk.exports().unwrap().into_iter().map(|(trace, _)| (trace.format, trace.mark)).collect();
    traced.sort();
    let expected =
        [("daily-report".to_owned(), marks[0].clone()), ("flash-report".to_owned(), marks[1].clone())];
    assert_eq!(traced, expected);
}

/// Totals of the report are those of the list.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_daily_report_counts_the_day_its_week_and_the_week_before() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let sheet = browser.get("/situation/daily?on=2022-03-18").await.body;
    let totals = sheet.split("<table class=\"totals\"").nth(1).unwrap().split("</tr>").nth(1).unwrap();
    let cells: Vec<u64> = totals
        .split("class=\"number\">")
        .skip(1)
        .filter_map(|cell| cell[..cell.find('<').unwrap()].parse().ok())
        .collect();
    let mut expected = Vec::new();
    for span in
        ["from=2022-03-18&to=2022-03-18", "from=2022-03-12&to=2022-03-18", "from=2022-03-05&to=2022-03-11"]
    {
        expected
            .push(browser.get(&format!("/find?{span}")).await.body.matches("href=\"/record/").count() as u64);
    }
    assert_eq!(cells, expected);
    assert!(expected.iter().sum::<u64>() > 2, "{expected:?}");
    assert!(sheet.matches("href=\"/record/").count() as u64 >= expected[1]);
}

/// The newest incident of the view, and totals to its day: of what the view asks for, whatever its period is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flash_report_has_the_totals_of_its_incidents_week_against_the_week_before() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let daily = browser.get("/situation/daily?on=2022-03-18").await.body;
    let flash = browser.get("/situation/flash?from=2022-03-18&to=2022-03-18").await.body;
    let totals = |sheet: &str| {
        let totals = sheet.split("<table class=\"totals\"").nth(1).unwrap();
        totals[..totals.find("</table>").unwrap()].to_owned()
    };
    assert!(flash.contains("Totals to \u{2068}18 Mar"), "{flash}");
    assert_eq!(totals(&flash), totals(&daily), "though the view shows one day alone");
    assert_eq!(flash.matches("class=\"incident\"").count(), 1);
    let empty = browser.get("/situation/flash?from=1990-01-01&to=1990-01-02").await.body;
    assert!(empty.contains("Nothing fits.") && !empty.contains("class=\"totals\""));
}

/// Without scripts: bars and a table, whose numbers add up to what is counted, by days or by months.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_timeline_is_a_table_too_by_days_where_the_period_is_short() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    for (period, link) in
        [("from=2022-01-10&to=2022-04-30", "?from=2022-0"), ("from=2021&to=2022", "?from=2021-0")]
    {
        let page = browser.get(&format!("/situation?{period}")).await.body;
        let table = page.split("class=\"by-time\"").nth(1).unwrap();
        let table = &table[..table.find("</table>").unwrap()];
        let rows = table.split("<tr>").skip(2).map(|row| row.split("class=\"number\">").nth(1).unwrap());
        let sum: u64 = rows.map(|row| row[..row.find('<').unwrap()].parse::<u64>().unwrap()).sum();
        let found = browser.get(&format!("/find?{period}")).await.body.matches("href=\"/record/").count();
        assert!(found > 5 && found < 100, "{found}");
        assert_eq!(sum, found as u64, "{table}");
        let first = table.split(link).nth(1).unwrap().split('&').next().unwrap();
        assert_eq!(first.contains('-'), period.contains("2022-01"), "days against months: {first}");
        assert_eq!(page.matches("<rect").count(), table.matches("<tr>").count() - 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn layers_come_from_their_compartments_and_a_locked_desk_gives_scripts_nothing() {
    let site = Site::begin_with(Duration::from_secs(600), with_sites).await;
    let browser = site.browser().await;
    let page = browser.get("/situation").await.body;
    let link = page.split("class=\"layers\"").nth(1).unwrap().split("href=\"").nth(1).unwrap();
    let link = link[..link.find('"').unwrap()].to_owned();
    let id = link.split("layers=").nth(1).unwrap().to_owned();
    let on = browser.get(&link).await.body;
    assert_eq!(on.matches("class=\"placed\"").count(), 3, "three squares on the server's drawing");
    assert!(!on.contains("<b onmouseover"));
    let all = browser.get(&format!("/situation/layer/{id}?section=-180,-90,180,90")).await;
    assert_eq!(all.header("content-type"), Some("application/json"));
    assert_eq!(all.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(all.header("cache-control"), Some("no-store"));
    let read = |answer: &str| serde_json::from_str::<serde_json::Value>(answer).unwrap();
    assert_eq!(read(&all.body).as_array().unwrap().len(), 3);
    let north = browser.get(&format!("/situation/layer/{id}?section=20,8.5,25,9.5")).await;
    assert_eq!(read(&north.body).as_array().unwrap().len(), 1);
    for (path, status) in [
        ("/situation/layer/ffff?section=1,1,2,2".to_owned(), 422),
        (format!("/situation/layer/{id}?section=x"), 200),
    ] {
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(!answer.body.contains("Wells"), "{path}");
    }
    let points = browser.get("/situation/points?country=Mali&section=-180,-90,180,90").await;
    assert!(!read(&points.body)["each"].as_array().unwrap().is_empty());
    site.pages.lock().await;
    for path in [
        "/situation/points?section=1,1,2,2",
        &format!("/situation/layer/{id}?section=1,1,2,2"),
        "/situation/basemap",
    ] {
        let locked = browser.get(path).await;
        assert_eq!((locked.status, locked.body.as_str()), (401, ""), "{path}");
    }
    let stranger = Browser::new(&site.pages);
    assert_eq!(stranger.get("/situation/points?section=1,1,2,2").await.status, 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_missions_own_basemap_is_taken_with_the_token_and_given_up() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let token = browser.get("/situation").await.token();
    let with =
        |token: &str| Browser { more: vec![format!("x-counterseal-token: {token}")], ..browser.clone() };
    let file = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Quagga river","featurecla":"River"},"geometry":{"type":"LineString","coordinates":[[20,5],[22,7]]}}]}"#;
    assert_eq!(browser.get("/situation/basemap").await.status, 404);
    assert_eq!(browser.post("/situation/basemap", file).await.status, 403);
    assert_eq!(with("00").post("/situation/basemap", file).await.status, 403);
    for bad in [
        "",
        "{}",
        r#"{"type":"FeatureCollection","features":[]}"#,
        r#"{"type":"Feature","features":[1]}"#,
        "<svg/>",
    ] {
        assert_eq!(with(&token).post("/situation/basemap", bad).await.status, 422, "{bad}");
    }
    let large = format!("{file}{}", " ".repeat(16 << 20));
    assert_eq!(with(&token).post("/situation/basemap", &large).await.status, 413);
    let longer = format!("{file}{}", " ".repeat(3 << 20));
    assert_eq!(with(&token).post("/situation/basemap", &longer).await.status, 204, "larger than a form");
    assert_eq!(with(&token).post("/situation/basemap", file).await.status, 204);
    assert_eq!(browser.get("/situation/basemap").await.body, file);
    let page = browser.get("/situation").await.body;
    assert!(page.contains("data-mission=\"/situation/basemap\""));
    // On paper and without scripts it is drawn by the desk.
    let near = browser.get("/situation?box=18,3,24,9").await.body;
    assert!(
        near.contains("class=\"river\" d=\"M20.00 -5.00L22.00 -7.00\"") && !near.contains("GeoNames"),
        "{near}"
    );
    let gone = browser.post("/situation/basemap/forget", &format!("token={token}")).await;
    assert_eq!(gone.status, 303);
    assert_eq!(browser.get("/situation/basemap").await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_is_sorted_and_paged() {
    let site = Site::begin().await;
    let browser = site.browser().await;
    let rows = |page: &str| -> Vec<String> {
        page.split("href=\"/record/").skip(1).map(|rest| rest[..32].to_owned()).collect()
    };
    let mut all = Vec::new();
    for page in 1..=4 {
        let body = browser.get(&format!("/find?sort=oldest&page={page}")).await.body;
        assert_eq!(rows(&body).len(), 100, "{page}");
        assert_eq!(body.contains("rel=\"next\""), page < 4, "{page}");
        all.extend(rows(&body));
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 400, "every record is on one page");
    let killed = |page: &str| -> Vec<u64> {
        let cells = page.split("<tr>").skip(2).map(|row| row.split("class=\"number\">").nth(2).unwrap());
        cells.map(|cell| cell[..cell.find('<').unwrap()].parse().unwrap_or(0)).collect()
    };
    let deadliest = killed(&browser.get("/find?sort=deadliest").await.body);
    assert!(deadliest.is_sorted_by(|one, next| one >= next) && deadliest[0] > deadliest[99], "{deadliest:?}");
    let many = browser.get("/find?killed=3&sort=deadliest").await.body;
    assert!(killed(&many).iter().all(|count| *count >= 3) && !killed(&many).is_empty());
    assert!(browser.get("/find?killed=many").await.body.contains("write a whole number"));
    for odd in ["page=0", "page=-1", "page=x", "page=99999999", "sort=drop"] {
        assert_eq!(browser.get(&format!("/find?{odd}")).await.status, 200, "{odd}");
    }
}

//! What two persons sign: lifting a withdrawal or a hold, and erasing. The first makes a paper; the second reads it at their
//! own desk and signs, and with that it is said.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use counterseal_node::{Desk, NamedPart, NodeError, Paper, PaperAct};
use counterseal_register::PartRef;
use maud::{Markup, html};

use crate::door::Checked;
use crate::pages::casework::at_hand::{as_text, file};
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, sent};
use crate::pages::casework::{names, token};
use crate::pages::record::compartment_name;
use crate::pages::unlock::Nothing;
use crate::pages::{Page, Reader, with_desk, with_form};
use crate::server::App;
use crate::words::Words;

/// `POST /papers/make`: the first signature.
pub(crate) async fn make(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let done = first(words, &mut unlocked.desk, &fields);
        let back = format!("/part/{}", typed::text(&fields, "part"));
        let done = done.map(|paper| format!("/paper/{}", unlocked.at_hand.keep(paper.bytes)));
        sent(words, &back, done)
    })
    .await
}

fn first(words: Words, desk: &mut Desk, fields: &Fields) -> Result<Paper, Why> {
    let named = typed::part_in(desk, typed::text(fields, "part"), typed::text(fields, "compartment"))?;
    match typed::text(fields, "what") {
        "lift" => Ok(desk.lift_withdrawal_paper(named)?),
        "unhold" => Ok(desk.lift_hold_paper(named)?),
        "erase" => Ok(desk.erase_paper(&[named])?),
        _ => Err(Why::Said(words.text("typed-needed"))),
    }
}

/// `POST /papers/read`: a paper that somebody brought, as text. Nothing is signed.
pub(crate) async fn read(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let read = |desk: &Desk| -> Result<Vec<u8>, Why> {
            Ok(desk.read_paper(&typed::paper(words, &fields)?)?.bytes)
        };
        let done = read(&unlocked.desk);
        sent(words, "/papers", done.map(|bytes| format!("/paper/{}", unlocked.at_hand.keep(bytes))))
    })
    .await
}

/// `GET /papers`, and `GET /paper/NAME`: what a paper does, in words: the second person signs what they have read.
pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    name: Option<Path<String>>,
    Query(asked): Query<Fields>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let title = words.text("paper-title");
        let Some(Path(name)) = name else {
            let main = html! {
                h1 { (title) }
                @if typed::text(&asked, "done") == "signed" { p.said role="status" { (words.text("paper-done")) } }
                p { (words.text("paper-why")) }
                (bring(words, &token))
            };
            return Ok(Page::new(title, main).with(&["casework.css", "papers.js"]));
        };
        let desk = &unlocked.desk;
        let paper = unlocked.at_hand.paper(&name).map(|bytes| desk.read_paper(bytes)).transpose()?;
        let main = html! {
            h1 { (title) }
            @match paper {
                Some(paper) => { (says(words, desk, &paper)?) (what_now(words, desk, &token, &name, &paper)) },
                None => { p { (words.text("paper-gone")) } (bring(words, &token)) },
            }
        };
        Ok(Page::new(title, main).with(&["casework.css", "papers.js"]))
    })
    .await
}

fn bring(words: Words, token: &str) -> Markup {
    html! {
        form.write autocomplete="off" method="post" action="/papers/read" {
            (self::token(token))
            label { span { (words.text("paper-text")) } textarea name="paper" required spellcheck="false" dir="ltr" {} }
            button type="submit" { (words.text("paper-read")) }
        }
    }
}

fn says(words: Words, desk: &Desk, paper: &Paper) -> Result<Markup, NodeError> {
    let values = |key: &str, count: u64| {
        let (room, by) = (compartment_name(desk, paper.compartment), names::person(desk, paper.by));
        words.with(key, &[("count", count.into()), ("compartment", (&room).into()), ("by", (&by).into())])
    };
    let (sentence, parts): (String, &[PartRef]) = match &paper.act {
        PaperAct::LiftWithdrawal(_) => (values("paper-lifts", 0), &[]),
        PaperAct::LiftHold(_) => (values("paper-unholds", 0), &[]),
        PaperAct::Erase(parts) => (values("paper-erases", parts.len() as u64), parts),
    };
    let mut released = 0;
    for part in parts {
        released += desk.disclosures(Some(NamedPart { compartment: paper.compartment, part: *part }))?.len();
    }
    Ok(html! {
        p.warning { (sentence) }
        @if !parts.is_empty() { ul { @for part in parts { li { code { (names::part_full(*part)) } } } } }
        @if released > 0 { p { (words.with("paper-released", &[("count", (released as u64).into())])) " " a href="/handed" { (words.text("handed-title")) } } }
    })
}

fn what_now(words: Words, desk: &Desk, token: &str, name: &str, paper: &Paper) -> Markup {
    html! {
        @if paper.by == desk.person() {
            p { (words.text("paper-take-it")) }
            label { span { (words.text("paper-as-text")) } textarea readonly dir="ltr" spellcheck="false" { (as_text(&paper.bytes)) } }
            p { a.button href=(format!("/paper/{name}/file")) download { (words.text("paper-file")) } }
        } @else {
            form.line autocomplete="off" method="post" action=(format!("/paper/{name}/cosign")) {
                (self::token(token))
                button.grave type="submit" { (words.text("paper-sign")) }
                a href="/cases" { (words.text("paper-leave")) }
            }
        }
    }
}

/// `GET /paper/NAME/file`: as `counterseal part cosign` reads it.
pub(crate) async fn download(app: State<App>, reader: Reader, Path(name): Path<String>) -> Response {
    let wanted = name.clone();
    let find =
        move |unlocked: &mut crate::worker::Unlocked| unlocked.at_hand.paper(&wanted).map(<[u8]>::to_vec);
    let short: String = name.chars().filter(char::is_ascii_hexdigit).take(8).collect();
    file(app, reader, format!("{short}.paper"), find).await
}

/// `POST /paper/NAME/cosign`: the second signature; with it, it is said.
pub(crate) async fn cosign(
    State(app): State<App>,
    reader: Reader,
    Path(name): Path<String>,
    Checked(_): Checked<Nothing>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let bytes = unlocked.at_hand.paper(&name).map(<[u8]>::to_vec);
        let sign = |desk: &mut Desk| -> Result<String, Why> {
            let bytes = bytes.ok_or_else(|| Why::Said(words.text("paper-gone")))?;
            desk.cosign_paper(&bytes)?;
            Ok("/papers?done=signed".to_owned())
        };
        let done = sign(&mut unlocked.desk);
        unlocked.changed();
        sent(words, "/papers", done)
    })
    .await
}

/// The forms of a part's page that begin a paper.
pub(super) fn begin(words: Words, token: &str, named: NamedPart, what: &[(&str, &str)]) -> Markup {
    html! {
        @for (what, label) in what {
            form.line autocomplete="off" method="post" action="/papers/make" {
                (self::token(token))
                input type="hidden" name="part" value=(names::part_full(named.part));
                input type="hidden" name="compartment" value=(named.compartment);
                input type="hidden" name="what" value=(what);
                button.quiet type="submit" { (words.text(label)) }
            }
        }
    }
}

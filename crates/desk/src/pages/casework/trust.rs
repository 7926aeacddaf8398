//! The end of a tour: what was trusted to one person. None of it passes by itself.

use axum::extract::State;
use axum::response::Response;
use counterseal_node::{Desk, Trust, TrustIn, TrustSettled, part_text};
use counterseal_register::PersonStatus;
use maud::{Markup, html};

use super::typed::{self, Fields};
use super::why::{Why, sent};
use super::{names, token};
use crate::door::Checked;
use crate::pages::record::compartment_name;
use crate::pages::{Page, Reader, with_desk, with_form};
use crate::server::App;
use crate::words::Words;

/// `GET /handed-on`
pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let all = unlocked.desk.trusts()?;
        let open = all.iter().filter(|one| one.settled.is_none()).count() as u64;
        let title = words.text("trust-title-mine");
        let main = html! {
            h1 { (title) }
            p { (words.text("trust-why")) }
            p { a href="/handover" { (words.text("handover-title")) } }
            @if all.is_empty() { p { (words.text("trust-none")) } }
            @else {
                p.warning[open > 0] { (words.with("trust-open", &[("count", open.into())])) }
                @for one in &all { (row(words, &unlocked.desk, &token, one)) }
            }
        };
        Ok(Page::new(title, main).with(&["casework.css"]))
    })
    .await
}

fn row(words: Words, desk: &Desk, token: &str, one: &Trust) -> Markup {
    let what = words.text(match one.what {
        TrustIn::Source => "trust-source",
        TrustIn::Consent => "trust-consent",
        TrustIn::Sealed => "trust-sealed",
    });
    html! {
        section.sealed {
            h2 { (what) " · " bdi { (compartment_name(desk, one.part.compartment)) } " · "
                a href=(names::part_path(one.part.part)) { code { (part_text(one.part.part)) } } }
            @match one.settled {
                Some(settled) => p { span.mark { (said(words, desk, settled)) } },
                None => { (forms(words, desk, token, one)) },
            }
        }
    }
}

fn said(words: Words, desk: &Desk, settled: TrustSettled) -> String {
    match settled {
        TrustSettled::SealedOff => words.text("trust-sealed-off"),
        TrustSettled::HandedOver(to) => {
            words.with("trust-handed-over", &[("person", (&names::person(desk, to)).into())])
        }
        TrustSettled::AskAgain(until) => {
            words.with("trust-ask-again", &[("date", (&words.date(until)).into())])
        }
    }
}

fn forms(words: Words, desk: &Desk, token: &str, one: &Trust) -> Markup {
    let begin = |what: &str| {
        html! {
            (self::token(token))
            input type="hidden" name="part" value=(names::part_full(one.part.part));
            input type="hidden" name="what" value=(what);
        }
    };
    let others = desk
        .people()
        .into_iter()
        .filter(|person| person.id != desk.person() && matches!(person.status, Some(PersonStatus::Active)));
    html! {
        @if one.what == TrustIn::Source {
            form.line method="post" action="/handed-on" { (begin("hand-over"))
                label { span { (words.text("trust-successor")) } select name="to" required {
                    @for person in others { option value=(person.id) { (names::person(desk, person.id)) } } } }
                button type="submit" { (words.text("trust-hand-over")) } }
        }
        @if one.what == TrustIn::Consent {
            form.line method="post" action="/handed-on" { (begin("ask-again"))
                label { span { (words.text("trust-before")) } input type="date" name="before" required; }
                button type="submit" { (words.text("trust-again")) } }
        }
        @if one.what == TrustIn::Sealed { p.quiet { (words.text("trust-open-first")) } }
        form.line method="post" action="/handed-on" { (begin("seal-off"))
            label.tick { input type="checkbox" name="sure" value="on" required; " " (words.text("trust-sure")) }
            button.grave type="submit" { (words.text("trust-seal-off")) } }
    }
}

/// `POST /handed-on`
pub(crate) async fn settle(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let done = act(words, &mut unlocked.desk, &fields);
        sent(words, "/handed-on", done)
    })
    .await
}

fn act(words: Words, desk: &mut Desk, fields: &Fields) -> Result<String, Why> {
    let named = typed::part(desk, typed::text(fields, "part"))?;
    match typed::text(fields, "what") {
        "hand-over" => desk.hand_over_source(named, typed::person(desk, typed::text(fields, "to"))?)?,
        "ask-again" => {
            let before = typed::start_of(words, "trust-before", typed::text(fields, "before"))?;
            let needed = || typed::bad(words, "trust-before", &words.text("typed-needed"));
            desk.ask_consent_again(named, before.ok_or_else(needed)?)?;
        }
        "seal-off" if typed::ticked(fields, "sure") => desk.seal_off(&[named])?,
        _ => return Err(Why::Said(words.text("trust-not-sure"))),
    }
    Ok("/handed-on".to_owned())
}

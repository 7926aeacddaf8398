//! Recording what somebody allowed and forbade, taking it back, and saying that they were asked again.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::record::{Consent, Digest, GivenBy, Withheld};
use counterseal_model::{Code, LanguageTag};
use counterseal_node::{ConsentScope, Desk, NamedPart, NodeError, part_text};
use counterseal_policy::Why as Idle;
use maud::html;

use super::forms::{self, Known};
use super::named;
use crate::door::Checked;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, not_done, sent};
use crate::pages::casework::{names, token};
use crate::pages::{Page, Reader, Sent, with_desk, with_form};
use crate::server::App;
use crate::words::Words;

/// `GET /part/ENTRY/INDEX/consent`
pub(crate) async fn consent(
    State(app): State<App>,
    reader: Reader,
    Path((entry, index)): Path<(String, u32)>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let named = named(desk, &entry, index, None)?;
        let mut fields = Fields::new();
        if let Some(record) = forms::record_of_open(desk, named) {
            fields.insert("subject".to_owned(), record.to_string());
        }
        page(words, &token, desk, named, &fields, None)
    })
    .await
}

/// `POST /part/ENTRY/INDEX/consent`. Record and facts are one commit (docs/spec/casework.md, section 5).
pub(crate) async fn given(
    State(app): State<App>,
    reader: Reader,
    Path((entry, index)): Path<(String, u32)>,
    Checked(fields): Checked<Fields>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let named = match named(desk, &entry, index, None) {
            Ok(named) => named,
            Err(error) => return Sent::Not(not_done(words, "/cases", &error.into())),
        };
        match record(words, desk, named, &fields) {
            Ok(path) => Sent::At(path),
            Err(why) => match page(words, &token, desk, named, &fields, Some(&why)) {
                Ok(page) => Sent::Not(page),
                Err(error) => Sent::Not(not_done(words, "/cases", &error.into())),
            },
        }
    })
    .await
}

fn record(words: Words, desk: &mut Desk, named: NamedPart, fields: &Fields) -> Result<String, Why> {
    let parts = forms::parts(desk, named, fields)?;
    let at = typed::start_of(words, "consent-at", typed::text(fields, "at"))?.unwrap_or_else(|| desk.now());
    let consent = read(words, desk, fields)?;
    let done = desk.record_consent(consent, &parts, at, forms::into())?;
    let said = match done.idle {
        None => "consent",
        Some(Idle::RisksNotExplained) => "idle-risks",
        Some(Idle::RefusalNotFree) => "idle-refusal",
        Some(_) => "idle-guardian",
    };
    Ok(format!("{}?done={said}", names::part_path(named.part)))
}

fn read(words: Words, desk: &Desk, fields: &Fields) -> Result<Consent, Why> {
    let tag = typed::text(fields, "language");
    let language = tag.parse::<LanguageTag>();
    let language = language.map_err(|error| typed::bad(words, "consent-language", &error.to_string()))?;
    let subject = typed::some_record(desk, typed::text(fields, "subject"))?;
    Ok(Consent {
        subject: subject.ok_or_else(|| typed::bad(words, "consent-subject", &words.text("typed-needed")))?,
        minor: typed::ticked(fields, "minor"),
        given_by: GivenBy::from_word(typed::text(fields, "given-by")).unwrap_or(GivenBy::Subject),
        guardian: typed::some_record(desk, typed::text(fields, "guardian"))?,
        language,
        interpreter: typed::some_record(desk, typed::text(fields, "interpreter"))?,
        risks_explained: typed::ticked(fields, "risks"),
        refusal_without_loss: typed::ticked(fields, "refusal"),
        decisions: forms::decisions(words, fields)?,
        withheld_from: typed::lines(fields, "withhold")
            .map(|line| withheld(words, line))
            .collect::<Result<_, _>>()?,
        events: Vec::new(),
        receipt: receipt(words, typed::text(fields, "receipt"))?,
        parts: Vec::new(),
        extra: Default::default(),
    })
}

fn withheld(words: Words, line: &str) -> Result<Withheld, Why> {
    let read = line
        .split_once('=')
        .and_then(|(who, why)| Some((Code::parse(who.trim())?, Code::parse(why.trim())?)));
    let bad = || typed::bad(words, "consent-withhold", &words.text("typed-code"));
    let (recipient, reason) = read.ok_or_else(bad)?;
    Ok(Withheld { recipient, reason, extra: Default::default() })
}

fn receipt(words: Words, typed: &str) -> Result<Option<Digest>, Why> {
    if typed.is_empty() {
        return Ok(None);
    }
    let mut bytes = [0; 32];
    let read = hex::decode_to_slice(typed, &mut bytes);
    read.map(|()| Some(Digest(bytes)))
        .map_err(|_| typed::bad(words, "consent-receipt", &words.text("typed-digest")))
}

fn page(
    words: Words,
    token: &str,
    desk: &Desk,
    named: NamedPart,
    fields: &Fields,
    why: Option<&Why>,
) -> Result<Page, NodeError> {
    let known: Vec<Known> = forms::known(desk)?;
    let path = names::part_path(named.part);
    let title = words.text("consent-title");
    let main = html! {
        h1 { (title) }
        p { a href=(path) { (words.text("part-title")) " " code { (part_text(named.part)) } } }
        p { (words.text("consent-why")) }
        @if let Some(why) = why { p.warning role="alert" { (why.say(words)) " " (words.text("nothing-changed")) } }
        form.write method="post" action=(format!("{path}/consent")) {
            (self::token(token))
            (forms::record(words, "subject", "consent-subject", fields, true))
            div.pair {
                label { span { (words.text("consent-language")) } input type="text" name="language" required value=(typed::text(fields, "language")) placeholder="sg" autocomplete="off"; }
                (forms::day(words, "at", "consent-at", fields))
            }
            (forms::tick(words, "risks", "consent-risks", fields))
            (forms::tick(words, "refusal", "consent-refusal", fields))
            (forms::decided(words, &known, fields))
            fieldset { legend { (words.text("consent-child")) }
                (forms::tick(words, "minor", "consent-minor", fields))
                div.pair {
                    label { span { (words.text("consent-given-by")) } select name="given-by" {
                        option value="self" { (words.text("consent-by-self")) }
                        option value="guardian" selected[typed::text(fields, "given-by") == "guardian"] { (words.text("consent-by-guardian")) }
                    } }
                    (forms::record(words, "guardian", "consent-guardian", fields, false))
                }
            }
            details { summary { (words.text("form-more")) }
                (forms::record(words, "interpreter", "consent-interpreter", fields, false))
                label { span { (words.text("consent-withhold")) } textarea.short name="withhold" placeholder="sanctions-panel=fear" { (typed::text(fields, "withhold")) } }
                label { span { (words.text("consent-receipt")) } input type="text" name="receipt" value=(typed::text(fields, "receipt")) autocomplete="off"; }
                (forms::more_parts(words, fields))
            }
            button type="submit" { (words.text("consent-write")) }
        }
    };
    Ok(Page::new(title, main).with(&["casework.css"]))
}

/// `POST /part/ENTRY/INDEX/withdraw-consent`: a no waits for nobody's keys.
pub(crate) async fn taken_back(
    State(app): State<App>,
    reader: Reader,
    Path((entry, index)): Path<(String, u32)>,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let done = take_back(words, &mut unlocked.desk, (&entry, index), &fields);
        sent(words, &format!("/part/{entry}/{index}"), done)
    })
    .await
}

fn take_back(
    words: Words,
    desk: &mut Desk,
    (entry, index): (&str, u32),
    fields: &Fields,
) -> Result<String, Why> {
    let named = named(desk, entry, index, None)?;
    let purpose = typed::some_code(words, "uses-purpose", typed::text(fields, "purpose"))?;
    let recipient = typed::some_code(words, "uses-recipient", typed::text(fields, "recipient"))?;
    let narrow = purpose.is_some() || recipient.is_some();
    // Where nobody is named, it is everybody's of whom the part is.
    let subject = typed::some_record(desk, typed::text(fields, "subject"))?;
    let scope = ConsentScope { purpose, recipient, subject };
    let done = desk.withdraw_consent(&[named], &scope, forms::into())?;
    if typed::ticked(fields, "parts-too")
        && !narrow
        && let Some(reason) = Code::parse("consent-withdrawn")
    {
        desk.withdraw_parts(&[named], &reason)?;
    }
    let said = if done.record.is_some() { "taken-back" } else { "taken-back-bare" };
    Ok(format!("{}?done={said}", names::part_path(named.part)))
}

/// `POST /part/ENTRY/INDEX/reconfirm`
pub(crate) async fn reconfirmed(
    State(app): State<App>,
    reader: Reader,
    Path((entry, index)): Path<(String, u32)>,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let again = |desk: &mut Desk| -> Result<String, Why> {
            let named = named(desk, &entry, index, None)?;
            let until = typed::end_of(words, "consent-until", typed::text(&fields, "until"))?;
            let subject = typed::some_record(desk, typed::text(&fields, "subject"))?;
            desk.reconfirm_consent(&[named], &forms::uses(&fields), until, subject, forms::into())?;
            Ok(format!("{}?done=reconfirmed", names::part_path(named.part)))
        };
        let done = again(&mut unlocked.desk);
        sent(words, &format!("/part/{entry}/{index}"), done)
    })
    .await
}

//! Inviting: an invitation out, a request in, a challenge out, the string that was read aloud typed in.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use counterseal_model::fingerprint;
use counterseal_node::{Desk, InvitationState, InvitationTerms, InvitationView, Invited, NodeError, Outcome};
use counterseal_seal::ComparedString;
use maud::{Markup, html};

use super::super::found::last_day;
use super::super::join::download;
use super::super::outside::{at, file};
use super::super::{Page, Reader, Sent, busy, qr, refused, sorry, unlock, with_desk, with_form};
use crate::door::{Checked, Fields, Uploaded};
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let desk = &unlocked.desk;
        let list = desk.invitations()?;
        let main = html! {
            h1 { (words.text("invite-title")) }
            p { (words.text("invite-what")) }
            (make_form(words, &token, desk))
            h2 { (words.text("invite-2")) }
            form.write autocomplete="off" method="post" action="/invite/answer" enctype="multipart/form-data" {
                input type="hidden" name="token" value=(token);
                (file(words, "request", "invite-request", true))
                button type="submit" { (words.text("invite-answer")) }
            }
            (enrol_form(words, &token, &list))
            (made(words, &token, &list))
            p { (words.text("join-compare")) }
            (qr::code(&words.text("fingerprint"), &fingerprint(&desk.mission().to_string())))
        };
        Ok(Page::new(words.text("invite-title"), main))
    })
    .await
}

fn make_form(words: Words, token: &str, desk: &Desk) -> Markup {
    let registrar = desk.register().is_registrar(desk.person(), desk.moment());
    html! {
        h2 { (words.text("invite-1")) }
        form.write method="post" action="/invite" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            label { span { (words.text("invite-whom")) }
                select name="whom" {
                    @if registrar { option value="new" { (words.text("invite-new")) } }
                    option value="own" { (words.text("invite-own")) }
                    option value="recover" { (words.text("invite-recover")) }
                } }
            label { span { (words.text("invite-name")) } input name="name" maxlength="200" dir="auto"; }
            div.pair {
                label { span { (words.text("person-until")) } input type="date" name="until"; }
                label { span { (words.text("invite-days")) } input type="number" name="days" min="1" max="30" value="7"; }
            }
            div.buttons {
                button type="submit" name="how" value="file" { (words.text("invite-save")) }
                button type="submit" name="how" value="lines" { (words.text("invite-lines")) }
            }
        }
    }
}

fn enrol_form(words: Words, token: &str, list: &[InvitationView]) -> Markup {
    let answered: Vec<_> = list.iter().filter(|view| view.state == InvitationState::Answered).collect();
    html! {
        h2 { (words.text("invite-3")) }
        @if answered.is_empty() { p { (words.text("invite-none-answered")) } }
        @else {
            p { (words.text("invite-hear")) }
            form.write method="post" action="/invite/enrol" autocomplete="off" {
                input type="hidden" name="token" value=(token);
                label { span { (words.text("invite-which")) }
                    select name="invitation" { @for view in &answered {
                        option value=(hex::encode(view.id.0)) { (view.name.as_deref().unwrap_or_default()) " "
                            (view.device.map(|device| device.short()).unwrap_or_default()) }
                    } } }
                label { span { (words.text("join-string")) }
                    input name="string" required inputmode="numeric" autocomplete="off" dir="ltr" placeholder="123 456 789 012 345 678"; }
                button type="submit" { (words.text("invite-enrol")) }
            }
        }
    }
}

fn made(words: Words, token: &str, list: &[InvitationView]) -> Markup {
    html! {
        h2 { (words.text("invite-made")) }
        @if list.is_empty() { p { (words.text("shift-none")) } }
        @else { div.wide { table {
            thead { tr { @for column in ["people-name", "people-status", "invite-ends"] { th scope="col" { (words.text(column)) } } td {} } }
            tbody { @for view in list { tr {
                td { bdi { (view.name.clone().unwrap_or_else(|| words.text("invite-own"))) } }
                td { (words.text(state(view.state))) }
                td.number { (words.date(view.expires)) }
                td { @if matches!(view.state, InvitationState::Open | InvitationState::Answered) {
                    form.inline autocomplete="off" method="post" action="/invite/cancel" {
                        input type="hidden" name="token" value=(token);
                        input type="hidden" name="invitation" value=(hex::encode(view.id.0));
                        button type="submit" { (words.text("invite-cancel")) }
                    }
                } }
            } } }
        } } }
    }
}

const fn state(state: InvitationState) -> &'static str {
    match state {
        InvitationState::Open => "invite-open",
        InvitationState::Answered => "invite-answered",
        InvitationState::Used => "invite-used",
        InvitationState::Cancelled => "invite-cancelled",
        InvitationState::Expired => "people-expired",
    }
}

fn terms(desk: &Desk, form: &Fields) -> Result<Option<InvitationTerms>, NodeError> {
    let name = form.typed("name");
    let until = form.given("until").and_then(last_day);
    let invited = match form.typed("whom") {
        "own" => Invited::OwnDevice,
        _ if name.is_empty() => return Ok(None),
        "recover" => Invited::Recovery(desk.find_person(name)?),
        _ => Invited::NewPerson { name: name.to_owned(), until },
    };
    let days = form.typed("days").parse::<u16>().unwrap_or(7).clamp(1, 30);
    Ok(Some(InvitationTerms { invited, days, hub: desk.hub_address()? }))
}

/// `POST /invite`: the invitation as a file to be saved, or as lines to be read out.
pub(crate) async fn make(State(app): State<App>, reader: Reader, Checked(form): Checked<Fields>) -> Response {
    let (words, as_file) = (reader.words, form.typed("how") == "file");
    if form.given("until").is_some_and(|until| last_day(until).is_none()) {
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("date-bad"));
    }
    let made = app.worker.ask(move |room| {
        let Some(Unlocked { desk, .. }) = room.unlocked() else { return Ok(None) };
        let Some(terms) = terms(desk, &form)? else { return Ok(Some(None)) };
        let invitation = desk.invite(&terms)?;
        Ok::<_, NodeError>(Some(Some(invitation.to_text())))
    });
    match made.await {
        Ok(Ok(Some(Some(text)))) if as_file => download("mission.invitation", text.as_bytes().to_vec()),
        Ok(Ok(Some(Some(text)))) => {
            let page = with_desk(&app, reader, move |words, _| {
                let main = html! {
                    h1 { (words.text("invite-lines")) }
                    p { (words.text("invite-lines-why")) }
                    pre.lines dir="ltr" { (text.as_str()) }
                    p { a href="/invite" { (words.text("back")) } }
                };
                Ok(Page::new(words.text("invite-lines"), main))
            });
            page.await
        }
        Ok(Ok(Some(None))) => {
            sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("invite-name-missing"))
        }
        Ok(Ok(None)) => at(&unlock::path("/invite")),
        Ok(Err(error)) => sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.refusal(&error)),
        Err(_busy) => busy(words),
    }
}

/// `POST /invite/answer`: a request in, its challenge out.
pub(crate) async fn answer(State(app): State<App>, reader: Reader, mut form: Uploaded) -> Response {
    let words = reader.words;
    let Some(request) = form.file("request") else {
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("invite-request-missing"));
    };
    let answered = app.worker.ask(move |room| {
        let unlocked = room.unlocked()?;
        Some(unlocked.desk.answer_request(&request).map(|answered| answered.challenge))
    });
    match answered.await {
        Ok(Some(Ok(challenge))) => download("device.challenge", challenge),
        Ok(Some(Err(error))) => sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.refusal(&error)),
        Ok(None) => at(&unlock::path("/invite")),
        Err(_busy) => busy(words),
    }
}

/// `POST /invite/enrol`: the string as it was heard.
pub(crate) async fn enrol(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    let words = reader.words;
    let Some(typed) = ComparedString::read(form.typed("string")) else {
        return sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.text("invite-string-bad"));
    };
    let enrolled = app.worker.ask(move |room| {
        let unlocked = room.unlocked()?;
        let enrolled = unlocked.desk.enrol_invited(form.typed("invitation"), &typed);
        Some(enrolled.map(|enrolled| (enrolled.person, enrolled.outcome)))
    });
    match enrolled.await {
        Ok(Some(Ok((_, Outcome::Paper { paper, .. })))) => download("recovery.paper", paper),
        Ok(Some(Ok((person, _)))) => at(&format!("/person/{person}")),
        Ok(Some(Err(error))) => sorry(words, StatusCode::UNPROCESSABLE_ENTITY, &words.refusal(&error)),
        Ok(None) => at(&unlock::path("/invite")),
        Err(_busy) => busy(words),
    }
}

/// `POST /invite/cancel`.
pub(crate) async fn cancel(
    State(app): State<App>,
    reader: Reader,
    Checked(form): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        match unlocked.desk.cancel_invitation(form.typed("invitation")) {
            Ok(()) => Sent::At("/invite".to_owned()),
            Err(error) => Sent::Not(refused(words, &error)),
        }
    })
    .await
}

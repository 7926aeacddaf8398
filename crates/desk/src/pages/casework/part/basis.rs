//! On what a part is held and used: a basis, an agreement.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::record::{Agreement, Basis, BasisKind};
use counterseal_node::{Desk, NamedPart, NodeError, part_text};
use maud::{Markup, html};

use super::{forms, named};
use crate::door::Checked;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, not_done};
use crate::pages::casework::{names, token};
use crate::pages::{Page, Reader, Sent, with_desk, with_form};
use crate::server::App;
use crate::words::Words;

/// Which of the two a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Basis,
    Agreement,
}

impl Form {
    const fn path(self) -> &'static str {
        match self {
            Self::Basis => "basis",
            Self::Agreement => "agreement",
        }
    }
}

/// Bases other than consent, which is recorded as such.
const KINDS: [BasisKind; 3] = [BasisKind::Mandate, BasisKind::BestInterests, BasisKind::Legal];

/// The address of a part.
type At = Path<(String, u32)>;

/// `GET /part/ENTRY/INDEX/basis`
pub(crate) async fn basis(app: State<App>, reader: Reader, at: At) -> Response {
    form(app, reader, at, Form::Basis).await
}

/// `POST /part/ENTRY/INDEX/basis`
pub(crate) async fn based(app: State<App>, reader: Reader, at: At, fields: Checked<Fields>) -> Response {
    write(app, reader, at, fields, Form::Basis).await
}

/// `GET /part/ENTRY/INDEX/agreement`
pub(crate) async fn agreement(app: State<App>, reader: Reader, at: At) -> Response {
    form(app, reader, at, Form::Agreement).await
}

/// `POST /part/ENTRY/INDEX/agreement`
pub(crate) async fn agree(app: State<App>, reader: Reader, at: At, fields: Checked<Fields>) -> Response {
    write(app, reader, at, fields, Form::Agreement).await
}

async fn form(State(app): State<App>, reader: Reader, Path((entry, index)): At, which: Form) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let named = named(&unlocked.desk, &entry, index, None)?;
        page(words, &token, &unlocked.desk, named, (which, &Fields::new(), None))
    })
    .await
}

async fn write(
    State(app): State<App>,
    reader: Reader,
    Path((entry, index)): At,
    Checked(fields): Checked<Fields>,
    which: Form,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| {
        let desk = &mut unlocked.desk;
        let named = match named(desk, &entry, index, None) {
            Ok(named) => named,
            Err(error) => return Sent::Not(not_done(words, "/cases", &error.into())),
        };
        match record(words, desk, named, &fields, which) {
            Ok(()) => Sent::At(format!("{}?done={}", names::part_path(named.part), which.path())),
            Err(why) => match page(words, &token, desk, named, (which, &fields, Some(&why))) {
                Ok(page) => Sent::Not(page),
                Err(error) => Sent::Not(not_done(words, "/cases", &error.into())),
            },
        }
    })
    .await
}

fn record(words: Words, desk: &mut Desk, named: NamedPart, fields: &Fields, which: Form) -> Result<(), Why> {
    let parts = forms::parts(desk, named, fields)?;
    let since = typed::start_of(words, "basis-since", typed::text(fields, "since"))?;
    let since = since.unwrap_or_else(|| desk.now());
    let until = typed::end_of(words, "consent-until", typed::text(fields, "until"))?;
    let uses = forms::uses(fields);
    match which {
        Form::Basis => {
            let kind = BasisKind::from_word(typed::text(fields, "kind"));
            let basis = Basis {
                kind: kind.ok_or_else(|| typed::bad(words, "basis-kind", &words.text("typed-needed")))?,
                chosen_by: desk.person(),
                reason: typed::code(words, "form-reason", typed::text(fields, "reason"))?,
                since,
                until,
                uses,
                consent: None,
                minor: typed::ticked(fields, "minor"),
                guardian: typed::some_record(desk, typed::text(fields, "guardian"))?,
                parts: Vec::new(),
                extra: Default::default(),
            };
            desk.record_basis(basis, &parts, forms::into())?;
        }
        Form::Agreement => {
            let owner = typed::some_record(desk, typed::text(fields, "owner"))?;
            let agreement = Agreement {
                owner: owner
                    .ok_or_else(|| typed::bad(words, "agreement-owner", &words.text("typed-needed")))?,
                item: typed::some_record(desk, typed::text(fields, "item"))?,
                terms: uses,
                since,
                until,
                parts: Vec::new(),
                extra: Default::default(),
            };
            desk.record_agreement(agreement, &parts, forms::into())?;
        }
    }
    Ok(())
}

fn page(
    words: Words,
    token: &str,
    desk: &Desk,
    named: NamedPart,
    (which, fields, why): (Form, &Fields, Option<&Why>),
) -> Result<Page, NodeError> {
    let known = forms::known(desk)?;
    let path = names::part_path(named.part);
    let (title, about) = match which {
        Form::Basis => ("basis-title", "basis-why"),
        Form::Agreement => ("agreement-title", "agreement-why"),
    };
    let title = words.text(title);
    let main = html! {
        h1 { (title) }
        p { a href=(path) { (words.text("part-title")) " " code { (part_text(named.part)) } } }
        p { (words.text(about)) }
        @if let Some(why) = why { p.warning role="alert" { (why.say(words)) " " (words.text("nothing-changed")) } }
        form.write autocomplete="off" method="post" action=(format!("{path}/{}", which.path())) {
            (self::token(token))
            @match which {
                Form::Basis => { (basis_fields(words, fields)) },
                Form::Agreement => { div.pair {
                    (forms::record(words, "owner", "agreement-owner", fields, true))
                    (forms::record(words, "item", "agreement-item", fields, false))
                } },
            }
            (forms::boxes(words, &known, fields))
            div.pair {
                (forms::day(words, "since", "basis-since", fields))
                (forms::day(words, "until", "consent-until", fields))
            }
            (forms::more_parts(words, fields))
            button type="submit" { (words.text("consent-write")) }
        }
    };
    Ok(Page::new(title, main).with(&["casework.css"]))
}

fn basis_fields(words: Words, fields: &Fields) -> Markup {
    html! {
        div.pair {
            label { span { (words.text("basis-kind")) } select name="kind" required {
                @for kind in KINDS { option value=(kind.word()) selected[typed::text(fields, "kind") == kind.word()] { (names::basis(words, kind)) } }
            } }
            label { span { (words.text("form-reason")) } input type="text" name="reason" required value=(typed::text(fields, "reason")) placeholder="protection-of-civilians" autocomplete="off"; }
        }
        details { summary { (words.text("consent-child")) }
            (forms::tick(words, "minor", "consent-minor", fields))
            (forms::record(words, "guardian", "consent-guardian", fields, false))
        }
    }
}

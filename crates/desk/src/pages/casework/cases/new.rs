//! Writing a new case.

use axum::extract::{Query, State};
use axum::response::Response;
use counterseal_model::record::FollowUp;
use counterseal_model::taxonomy::Taxonomy;
use counterseal_model::{Classification, Term};
use counterseal_node::{CasePlace, CaseTerms, CompartmentView, Desk, NodeError};
use maud::{Markup, html};

use super::path;
use super::people::{ROLES, concerned};
use crate::door::Checked;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::Why;
use crate::pages::casework::{names, token};
use crate::pages::record::{compartment_name, readers};
use crate::pages::{Page, Reader, Sent, with_desk, with_form};
use crate::server::App;
use crate::words::Words;

/// How many things to do a form has room for.
const DUE: usize = 3;

/// `GET /cases/new?incident=ID`
pub(crate) async fn form(State(app): State<App>, reader: Reader, Query(asked): Query<Fields>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| page(words, &token, &unlocked.desk, &asked, None)).await
}

/// `POST /cases/new`. The commit point is `Desk::case_new`: open and guarded parts are written together.
pub(crate) async fn write(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| match take(words, &mut unlocked.desk, &fields) {
        Ok(path) => {
            unlocked.changed();
            Sent::At(path)
        }
        Err(why) => match page(words, &token, &unlocked.desk, &fields, Some(&why)) {
            Ok(page) => Sent::Not(page),
            Err(error) => Sent::Not(crate::pages::casework::why::not_done(words, "/cases", &error.into())),
        },
    })
    .await
}

fn take(words: Words, desk: &mut Desk, fields: &Fields) -> Result<String, Why> {
    let compartment = desk.find_compartment(typed::text(fields, "compartment"))?;
    let open_in = Some(typed::text(fields, "open-in")).filter(|named| !named.is_empty());
    let place = CasePlace {
        compartment,
        open_in: open_in.map(|named| desk.find_compartment(named)).transpose()?,
        class: desk.default_class(compartment).max(Classification::Confidential),
    };
    let case = desk.case_new(terms(words, desk, fields)?, place)?;
    Ok(path(&case))
}

fn terms(words: Words, desk: &Desk, fields: &Fields) -> Result<CaseTerms, Why> {
    let mut people = Vec::new();
    for (field, role) in ROLES {
        for who in typed::lines(fields, field) {
            people.push(concerned(words, desk, role, who)?);
        }
    }
    let mut follow_up = Vec::new();
    for nth in 0..DUE {
        let (what, date) = (
            typed::text(fields, &format!("due-what-{nth}")),
            typed::text(fields, &format!("due-date-{nth}")),
        );
        if what.is_empty() && date.is_empty() {
            continue;
        }
        let what = typed::code(words, "case-due-what", what)?;
        let due = typed::start_of(words, "case-due-date", date)?;
        let due = due.ok_or_else(|| typed::bad(words, "case-due-date", &words.text("typed-needed")))?;
        let by = Some(desk.person());
        follow_up.push(FollowUp { what, due, done: None, by, extra: Default::default() });
    }
    let violations = fields.keys().filter_map(|name| Term::from_text(name.strip_prefix("violation:")?));
    let incidents = typed::lines(fields, "incident").map(|text| desk.find_record(text));
    let parts = typed::lines(fields, "parts").map(|text| typed::part(desk, text));
    Ok(CaseTerms {
        reference: typed::some_code(words, "field-reference", typed::text(fields, "reference"))?,
        violations: violations.collect(),
        concerned: people,
        status: None,
        follow_up,
        incidents: incidents.collect::<Result<_, _>>()?,
        parts: parts.collect::<Result<_, _>>()?,
    })
}

fn page(
    words: Words,
    token: &str,
    desk: &Desk,
    fields: &Fields,
    why: Option<&Why>,
) -> Result<Page, NodeError> {
    let taxonomy = names::violations(desk)?;
    let rooms: Vec<_> = desk.compartments().into_iter().filter(|view| view.mine && !view.everyone).collect();
    let (guarded, open): (Vec<_>, Vec<_>) = rooms.iter().partition(|view| view.charter.rule.is_guarded());
    let title = words.text("case-new");
    let main = html! {
        h1 { (title) }
        p { (words.text("case-new-why")) }
        @if let Some(why) = why { p.warning role="alert" { (why.say(words)) " " (words.text("nothing-changed")) } }
        form.write autocomplete="off" method="post" action="/cases/new" {
            (self::token(token))
            div.pair {
                (select(words, desk, "compartment", "case-where", guarded.iter().chain(&open), fields, true))
                (select(words, desk, "open-in", "case-open-in", open.iter(), fields, false))
            }
            label { span { (words.text("field-reference")) " – " (words.text("case-reference-why")) }
                input type="text" name="reference" value=(typed::text(fields, "reference")) placeholder="bria-017" autocomplete="off"; }
            (violations(words, taxonomy.as_ref(), fields))
            fieldset { legend { (words.text("case-people")) }
                p { (words.text("case-people-why")) }
                div.pair { @for (field, role) in ROLES {
                    label { span { (names::role(words, role)) }
                        textarea.short name=(field) dir="auto" placeholder="grey-heron" { (typed::text(fields, field)) } }
                } }
            }
            fieldset { legend { (words.text("case-follow-up")) }
                @for nth in 0..DUE { div.pair { (due(words, fields, nth)) } }
            }
            div.pair {
                label { span { (words.text("case-incidents")) }
                    textarea.short name="incident" { (typed::text(fields, "incident")) } }
                label { span { (words.text("case-belongs")) }
                    textarea.short name="parts" { (typed::text(fields, "parts")) } }
            }
            button type="submit" { (words.text("case-write")) }
        }
    };
    Ok(Page::new(title, main).with(&["casework.css"]))
}

fn due(words: Words, fields: &Fields, nth: usize) -> Markup {
    let (what, date) = (format!("due-what-{nth}"), format!("due-date-{nth}"));
    html! {
        label { span { (words.text("case-due-what")) }
            input type="text" name=(what) value=(typed::text(fields, &what)) placeholder="medical-visit" autocomplete="off"; }
        label { span { (words.text("case-due-date")) }
            input type="date" name=(date) value=(typed::text(fields, &date)); }
    }
}

/// A choice of compartments, with how many people read each.
fn select<'a>(
    words: Words,
    desk: &Desk,
    name: &str,
    label: &str,
    rooms: impl Iterator<Item = &'a &'a CompartmentView>,
    fields: &Fields,
    needed: bool,
) -> Markup {
    let chosen = typed::text(fields, name);
    html! {
        label { span { (words.text(label)) }
            select name=(name) required[needed] {
                @if !needed { option value="" { (words.text("case-open-nowhere")) } }
                @for view in rooms {
                    option value=(view.id) selected[view.id.to_string() == chosen] {
                        (compartment_name(desk, view.id)) " – "
                        @if view.charter.rule.is_guarded() { (words.text("case-sealed")) ", " }
                        (words.with("record-readers", &[("count", readers(desk, view).into())]))
                    }
                }
            }
        }
    }
}

/// The violations of the taxonomy, each under what it is a kind of.
fn violations(words: Words, taxonomy: Option<&Taxonomy>, fields: &Fields) -> Markup {
    let Some(taxonomy) = taxonomy else { return html! {} };
    let language = words.0.into();
    let boxed = |code: &str, label: &str| {
        let name = format!("violation:{code}");
        html! { label.tick { input type="checkbox" name=(name) value="on" checked[typed::ticked(fields, &name)]; " " (label) } }
    };
    let alone: Vec<_> =
        taxonomy.under(None).filter(|one| taxonomy.under(Some(one.code.as_str())).next().is_none()).collect();
    html! {
        fieldset { legend { (words.text("field-violations")) }
            @for wide in taxonomy.under(None) {
                @let narrow: Vec<_> = taxonomy.under(Some(wide.code.as_str())).filter(|one| !one.deprecated).collect();
                @if !narrow.is_empty() {
                    fieldset.ticks { legend { (wide.label.in_language(language)) }
                        @for one in narrow { (boxed(one.code.as_str(), one.label.in_language(language))) }
                    }
                }
            }
            fieldset.ticks { legend { (words.text("case-other-violations")) }
                @for one in alone.iter().filter(|one| !one.deprecated) { (boxed(one.code.as_str(), one.label.in_language(language))) }
            }
        }
    }
}

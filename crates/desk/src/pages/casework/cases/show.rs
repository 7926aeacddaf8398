//! One case: how far it is, what is to be done, whom it concerns, and what may be done with what belongs to it.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::record::{CaseStatus, FollowUp};
use counterseal_node::{CaseView, Desk, NamedPart, NodeError, part_text};
use maud::{Markup, html};

use super::people::ROLES;
use super::{name, path};
use crate::pages::casework::part::uses;
use crate::pages::casework::{names, token};
use crate::pages::lines::title_of;
use crate::pages::record::{compartment_name, readers};
use crate::pages::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::Words;

/// So many parts show at once what may be done with them; of more it is unfolded one by one.
const UNFOLDED: usize = 2;

const STATUSES: [CaseStatus; 5] = [
    CaseStatus::Open,
    CaseStatus::UnderVerification,
    CaseStatus::Verified,
    CaseStatus::Referred,
    CaseStatus::Closed,
];

/// What the forms of a case need.
struct Of<'a> {
    words: Words,
    token: &'a str,
    desk: &'a Desk,
    case: &'a CaseView,
}

pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(named): Path<String>) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let case = unlocked.desk.find_case(&named)?;
        let of = Of { words, token: &token, desk: &unlocked.desk, case: &case };
        let title = name(&case);
        let main = html! {
            h1 { (title) }
            (of.labels())
            @if case.conflict { p.warning role="alert" { (words.text("conflict-why")) } }
            (of.follow_up())
            (of.people()?)
            (of.parts()?)
            (of.incidents()?)
            (of.status())
        };
        Ok(Page::new(words.text("title-case"), main).with(&["casework.css"]))
    })
    .await
}

impl Of<'_> {
    fn labels(&self) -> Markup {
        let (words, desk) = (self.words, self.desk);
        let open = self.case.open.as_ref();
        let seen =
            open.and_then(|open| desk.compartments().into_iter().find(|view| view.id == open.compartment));
        html! {
            p.labels {
                @if let Some(status) = open.and_then(|open| open.case.status) { span.mark { (words.case_status(status)) } " " }
                span { (words.text("field-case")) " " code { (self.case.id) } }
            }
            @match seen {
                Some(view) => p { (words.text("case-seen-in")) " " bdi { (compartment_name(desk, view.id)) } ": "
                    (words.with("record-readers", &[("count", readers(desk, &view).into())])) },
                None => p { (words.text("case-no-open-part")) },
            }
        }
    }

    /// A form that changes the case: what, its fields, and what its button says.
    fn form(&self, what: &str, label: &str, fields: &Markup) -> Markup {
        html! {
            form.line method="post" action=(format!("{}/change", path(self.case))) {
                (token(self.token))
                input type="hidden" name="what" value=(what);
                (fields)
                button type="submit" { (self.words.text(label)) }
            }
        }
    }

    fn follow_up(&self) -> Markup {
        let words = self.words;
        let mut all: Vec<&FollowUp> = self.case.open.iter().flat_map(|open| &open.case.follow_up).collect();
        all.sort_by_key(|one| (one.done.is_some(), one.due));
        let fields = html! {
            label { span { (words.text("case-due-what")) } input type="text" name="due-what" required placeholder="medical-visit" autocomplete="off"; }
            label { span { (words.text("case-due-date")) } input type="date" name="due-date" required; }
        };
        html! {
            h2 { (words.text("case-follow-up")) }
            @if all.is_empty() { p { (words.text("case-nothing-due")) } }
            @else { ul.due { @for one in all { li { (self.one_due(one)) } } } }
            details { summary { (words.text("case-add-due")) } (self.form("due", "case-add-due", &fields)) }
        }
    }

    fn one_due(&self, one: &FollowUp) -> Markup {
        let words = self.words;
        let late = one.done.is_none() && one.due < self.desk.now();
        let by = one.by.map(|by| names::person(self.desk, by));
        let fields = html! {
            input type="hidden" name="due-what" value=(one.what);
            input type="hidden" name="due-date" value=(one.due.date_text());
        };
        html! {
            span.warning[late] { (words.date(one.due)) @if late { " " (words.text("case-overdue")) } }
            " " strong { (one.what) }
            @if let Some(by) = by { " · " bdi { (by) } }
            @match one.done {
                Some(at) => { " · " (words.with("case-done-on", &[("date", (&words.date(at)).into())])) },
                None => { " " (self.form("done", "case-done", &fields)) },
            }
        }
    }

    /// Of a case with guarded parts this desk knows nobody; what it says of people is opened like any guarded part.
    fn people(&self) -> Result<Markup, NodeError> {
        let (words, case) = (self.words, self.case);
        let taxonomy = names::violations(self.desk)?;
        let said = case.open.iter().flat_map(|open| &open.case.violations);
        let said: Vec<_> = said.map(|term| names::term(words, taxonomy.as_ref(), term)).collect();
        let fields = html! {
            label { span { (words.text("case-role")) }
                select name="role" { @for (_, role) in ROLES { option value=(role.word()) { (names::role(words, role)) } } } }
            label { span { (words.text("case-who")) } input type="text" name="who" required placeholder="grey-heron" autocomplete="off"; }
        };
        Ok(html! {
            h2 { (words.text("case-people")) }
            @if !said.is_empty() { p { (words.text("field-violations")) ": " bdi { (said.join(", ")) } } }
            p { (words.text("case-people-sealed")) }
            @if !case.own.is_empty() {
                ul { @for (nth, named) in (1u64..).zip(&case.own) {
                    li { a href=(names::part_path(named.part)) { (words.with("case-own", &[("number", nth.into())])) }
                        " " code { (part_text(named.part)) } (self.state(*named)) }
                } }
            }
            @if case.guarded.is_some() {
                details { summary { (words.text("case-add-person")) }
                    p { (words.text("case-people-why")) }
                    (self.form("person", "case-add-person", &fields)) }
            }
        })
    }

    fn parts(&self) -> Result<Markup, NodeError> {
        let (words, case) = (self.words, self.case);
        let fields = html! {
            label { span { (words.text("case-belongs")) } input type="text" name="part" required autocomplete="off" pattern="[0-9a-fA-F]{8,64}/[0-9]+" placeholder="5f0c2a9d41b8e377/0"; }
        };
        Ok(html! {
            h2 { (words.text("case-parts")) }
            @if case.parts.is_empty() { p { (words.text("case-no-parts")) } }
            @for named in &case.parts { (self.part(*named, case.parts.len() <= UNFOLDED)?) }
            details { summary { (words.text("case-add-part")) } (self.form("part", "case-add-part", &fields)) }
        })
    }

    fn part(&self, named: NamedPart, unfolded: bool) -> Result<Markup, NodeError> {
        let (words, desk) = (self.words, self.desk);
        let here = desk.guarded_parts(&names::part_full(named.part)).is_ok();
        let way = format!("{}?case={}", names::part_path(named.part), self.case.id);
        Ok(html! {
            section.sealed {
                h3 { (words.text("case-sealed")) " · " bdi { (compartment_name(desk, named.compartment)) } " · " code { (part_text(named.part)) } }
                p { (self.state(named))
                    @if here { a.button href=(way) { (words.text("case-to-part")) } }
                    @else { (words.text("case-part-elsewhere")) } }
                details open[unfolded] { summary { (words.text("uses-title")) }
                    (uses::panel(words, desk, &desk.part_uses(named)?)) }
            }
        })
    }

    fn state(&self, named: NamedPart) -> Markup {
        let view = self.desk.part_view(named);
        let words = self.words;
        html! {
            @if view.erased.is_some() { " " span.mark { (words.text("part-erased")) } }
            @else if view.withdrawn.is_some() { " " span.mark { (words.text("part-withdrawn")) } }
            @if view.held { " " span.mark { (words.text("part-held")) } }
            " "
        }
    }

    fn incidents(&self) -> Result<Markup, NodeError> {
        let words = self.words;
        let mut titles = Vec::new();
        for id in self.case.open.iter().flat_map(|open| &open.case.incidents) {
            let title = self.desk.record(*id).map_or_else(|_| id.short(), |view| title_of(&view.part.body));
            titles.push((*id, title));
        }
        let fields = html! {
            label { span { (words.text("case-incident-id")) } input type="text" name="incident" required autocomplete="off"; }
        };
        Ok(html! {
            h2 { (words.text("field-incidents")) }
            @if titles.is_empty() { p { (words.text("case-no-incidents")) } }
            ul { @for (id, title) in titles { li { a href=(format!("/record/{id}")) { bdi { (title) } } } } }
            details { summary { (words.text("case-add-incident")) } (self.form("incident", "case-add-incident", &fields)) }
        })
    }

    fn status(&self) -> Markup {
        let words = self.words;
        let now = self.case.open.as_ref().and_then(|open| open.case.status);
        let fields = html! {
            label { span { (words.text("field-status")) }
                select name="status" { @for status in STATUSES {
                    option value=(status.word()) selected[now == Some(status)] { (words.case_status(status)) }
                } } }
        };
        html! {
            h2 { (words.text("case-change-status")) }
            (self.form("status", "case-change-status", &fields))
        }
    }
}

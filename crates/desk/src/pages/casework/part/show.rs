//! The page of one guarded part.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use counterseal_node::{Desk, GuardedPart, NamedPart, NodeError};
use counterseal_register::Rule;
use maud::{Markup, html};

use super::{decision, forms, named, paper, request, safe, uses};
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::{names, share, token};
use crate::pages::record::compartment_name;
use crate::pages::state::span;
use crate::pages::{Page, Reader, escaped, with_desk};
use crate::server::App;
use crate::words::{Said, Words};

/// `GET /part?part=ENTRY/INDEX&compartment=NAME`: the page of a part that is typed.
pub(crate) async fn find(Query(asked): Query<Fields>) -> Response {
    let (part, compartment) = (typed::text(&asked, "part"), typed::text(&asked, "compartment"));
    let (entry, index) = part.split_once('/').unwrap_or((part, "0"));
    let is_part = !entry.is_empty() && entry.bytes().all(|b| b.is_ascii_hexdigit());
    let index: u32 = index.parse().unwrap_or(0);
    let way = match is_part {
        true if compartment.is_empty() => format!("/part/{entry}/{index}"),
        true => format!("/part/{entry}/{index}?compartment={}", escaped(compartment)),
        false => "/cases".to_owned(),
    };
    (StatusCode::SEE_OTHER, [(LOCATION, way)]).into_response()
}

/// `GET /part/ENTRY/INDEX?case=ID&emergency=on`: nothing is asked and nothing is opened by it.
pub(crate) async fn show(
    State(app): State<App>,
    reader: Reader,
    Path((entry, index)): Path<(String, u32)>,
    Query(asked): Query<Fields>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let compartment = Some(typed::text(&asked, "compartment")).filter(|named| !named.is_empty());
        let named = named(&unlocked.desk, &entry, index, compartment)?;
        let until = unlocked.desk.opened_part(named.part).map(|(_, until)| until);
        let left = until.map(|until| until.0.saturating_sub(unlocked.desk.now().0));
        let of = Of { words, token: &token, desk: &unlocked.desk, named, asked: &asked };
        let title = words.text("part-title");
        let main = html! {
            h1 { (title) }
            @if let Some(said) = of.said() { p.said role="status" { (said) } }
            (of.what())
            @if let Some(left) = left { (of.open_now(left)) }
            @else { (of.to_open()?) }
            h2 { (words.text("uses-title")) }
            (uses::panel(words, of.desk, &of.desk.part_uses(named)?))
            (of.consents()?)
            (of.keeping())
            (of.handed()?)
        };
        Ok(Page::new(title, main).with(&["casework.css"]))
    })
    .await
}

/// What the parts of this page need.
struct Of<'a> {
    words: Words,
    token: &'a str,
    desk: &'a Desk,
    named: NamedPart,
    asked: &'a Fields,
}

impl Of<'_> {
    /// What was just done.
    fn said(&self) -> Option<String> {
        let key = match typed::text(self.asked, "done") {
            "consent" => "done-consent",
            "idle-risks" => "done-idle-risks",
            "idle-refusal" => "done-idle-refusal",
            "idle-guardian" => "done-idle-guardian",
            "taken-back" => "done-taken-back",
            "taken-back-bare" => "done-taken-back-bare",
            "reconfirmed" => "done-reconfirmed",
            "basis" => "done-basis",
            "agreement" => "done-agreement",
            "withdrawn" => "done-withdrawn",
            "held" => "done-held",
            _ => return None,
        };
        Some(self.words.text(key))
    }

    fn known(&self) -> Option<GuardedPart> {
        self.desk.guarded_parts(&names::part_full(self.named.part)).ok()?.first().copied()
    }

    fn what(&self) -> Markup {
        let (words, desk, known) = (self.words, self.desk, self.known());
        let view = desk.part_view(self.named);
        html! {
            p.labels { span.mark { (words.text("case-sealed")) } " " bdi { (compartment_name(desk, self.named.compartment)) }
                " " code { (names::part_full(self.named.part)) } }
            @match known.map(|known| known.rule) {
                Some(Rule::TwoPerson) => p { (words.text("case-two-person")) },
                Some(_) => p { (words.text("case-two-seal")) },
                None => p { (words.text("case-part-elsewhere")) },
            }
            @if let Some(at) = view.erased { p.warning { (words.with("part-erased-on", &[("date", (&words.date(at)).into())])) } }
            @else if let Some(at) = view.withdrawn { p.warning { (words.with("part-withdrawn-on", &[("date", (&words.date(at)).into())])) }
                @if let Some(from) = view.erasable_from.filter(|_| !view.held) { p { (words.with("part-erasable", &[("date", (&words.date(from)).into())])) } } }
            @if view.held { p.mark { (words.text(if view.held_by_charter { "part-held-charter" } else { "part-held" })) } }
            @if known.is_some() && view.erased.is_none() {
                details open { summary { (words.text("safe-title")) } (safe::safe(words, desk, self.named.part)) }
            }
        }
    }

    fn open_now(&self, left: i64) -> Markup {
        let words = self.words;
        html! {
            p.said { (words.with("opened-left", &[("age", Said::Text(&span(words, left)))])) " "
                a.button href=(format!("/opened/{}/{}", self.named.part.entry, self.named.part.index)) { (words.text("part-read")) } }
        }
    }

    /// What opening it would come to, and the form that asks.
    fn to_open(&self) -> Result<Markup, NodeError> {
        let (words, view) = (self.words, self.desk.part_view(self.named));
        let Some(known) = self.known().filter(|_| view.erased.is_none() && view.withdrawn.is_none()) else {
            return Ok(html! {});
        };
        let case = typed::text(self.asked, "case");
        let emergency = typed::ticked(self.asked, "emergency");
        let foreseen = decision::foresee(self.desk, self.named, !case.is_empty(), emergency)?;
        let ahead = self.desk.opened_ahead()?.into_iter().find(|one| one.part == self.named.part);
        Ok(html! {
            h2 { (words.text("open-title")) }
            @if let Some(ahead) = ahead { (request::from_ahead(words, self.token, &ahead)) }
            @match foreseen {
                None => p.warning { (words.text("open-no-policy")) },
                Some(foreseen) => {
                    (request::form(words, self.desk, self.token, &known, &foreseen, case, emergency))
                    (request::table(words, self.desk, &foreseen, self.named.compartment))
                },
            }
        })
    }

    fn consents(&self) -> Result<Markup, NodeError> {
        let (words, path) = (self.words, names::part_path(self.named.part));
        let again = self.desk.part_uses(self.named)?;
        let given = again.written.iter().any(|one| one.kind == counterseal_model::record::Kind::Consent);
        Ok(html! {
            p.actions {
                a.button href=(format!("{path}/consent")) { (words.text("consent-title")) }
                a.button href=(format!("{path}/basis")) { (words.text("basis-title")) }
                a.button href=(format!("{path}/agreement")) { (words.text("agreement-title")) }
                a.button href=(share::path(self.named)) { (words.text("share-title")) }
            }
            details { summary { (words.text("consent-take-back")) }
                p { (words.text("consent-take-back-why")) }
                form.line method="post" action=(format!("{path}/withdraw-consent")) {
                    (token(self.token))
                    (whose(words))
                    label { span { (words.text("consent-one-purpose")) } input type="text" name="purpose" autocomplete="off"; }
                    label { span { (words.text("consent-one-recipient")) } input type="text" name="recipient" autocomplete="off"; }
                    label.tick { input type="checkbox" name="parts-too" value="on"; " " (words.text("consent-parts-too")) }
                    button.grave type="submit" { (words.text("consent-take-back")) }
                } }
            @if given { details { summary { (words.text("consent-again")) }
                p { (words.text("consent-again-why")) }
                form.line method="post" action=(format!("{path}/reconfirm")) {
                    (token(self.token))
                    (whose(words))
                    label { span { (words.text("consent-until")) } input type="date" name="until"; }
                    button type="submit" { (words.text("consent-again")) }
                } } }
        })
    }

    /// Withdrawal, hold, and what two persons sign.
    fn keeping(&self) -> Markup {
        let (words, view) = (self.words, self.desk.part_view(self.named));
        let reason = |placeholder: &str| {
            html! {
                (token(self.token))
                input type="hidden" name="compartment" value=(self.named.compartment);
                label { span { (words.text("form-reason")) } input type="text" name="reason" required autocomplete="off" pattern="[a-z0-9-]{1,32}" placeholder=(placeholder); }
            }
        };
        let path = names::part_path(self.named.part);
        let mut papers = Vec::new();
        if view.withdrawn.is_some() {
            papers.push(("lift", "paper-make-lift"));
        }
        if view.held && !view.held_by_charter {
            papers.push(("unhold", "paper-make-unhold"));
        }
        if view.withdrawn.is_some() && view.erased.is_none() {
            papers.push(("erase", "paper-make-erase"));
        }
        html! {
            h2 { (words.text("keep-title")) }
            @if view.erased.is_none() {
                details { summary { (words.text("keep-withdraw")) }
                    p { (words.text("keep-withdraw-why")) }
                    form.line method="post" action=(format!("{path}/withdraw")) { (reason("said-no")) button.grave type="submit" { (words.text("keep-withdraw")) } } }
                details { summary { (words.text("keep-hold")) }
                    p { (words.text("keep-hold-why")) }
                    form.line method="post" action=(format!("{path}/hold")) { (reason("investigation")) button type="submit" { (words.text("keep-hold")) } } }
            }
            @if !papers.is_empty() {
                p { (words.text("paper-why")) }
                (paper::begin(words, self.token, self.named, &papers))
            }
            p { a href="/papers" { (words.text("paper-bring")) } }
        }
    }

    /// What was let out of it, and cannot be recalled.
    fn handed(&self) -> Result<Markup, NodeError> {
        let all = self.desk.disclosures(Some(self.named))?;
        Ok(html! {
            h2 { (self.words.text("handed-title")) }
            (share::table(self.words, self.desk, &all))
        })
    }
}

/// Whose consent it is; everybody's where it is left empty.
fn whose(words: Words) -> Markup {
    let nothing = typed::Fields::new();
    html! { (forms::record(words, "subject", "consent-whose", &nothing, false)) p.quiet { (words.text("consent-whose-why")) } }
}

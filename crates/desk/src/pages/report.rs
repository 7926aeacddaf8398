//! Reporting an incident.

use axum::extract::State;
use axum::response::Response;
use counterseal_model::coordinate::read_point;
use counterseal_model::dtg::read_date;
use counterseal_model::record::{Body, Casualties, Incident, Involved};
use counterseal_model::{Grading, Occurred, Place, Term};
use counterseal_node::Desk;
use maud::{Markup, html};
use serde::Deserialize;

use super::record::{compartment_name, readers};
use super::{Page, Reader, Sent, with_desk, with_form};
use crate::door::Checked;
use crate::server::App;
use crate::words::Words;
use crate::worker::Unlocked;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    compartment: String,
    title: String,
    date: String,
    place: String,
    at: String,
    #[serde(rename = "type")]
    kind: String,
    perpetrator: String,
    killed: String,
    injured: String,
    narrative: String,
    grade: String,
}

/// The fields that are one line: name, what it is called, an example.
const LINES: [(&str, &str, &str); 8] = [
    ("title", "field-title", "report-title-example"),
    ("date", "field-date", "report-date-example"),
    ("type", "field-kind", "report-type-example"),
    ("place", "field-place", "report-place-example"),
    ("at", "report-at", "report-at-example"),
    ("perpetrator", "report-perpetrator", "report-perpetrator-example"),
    ("killed", "field-killed", "report-number-example"),
    ("injured", "report-injured", "report-number-example"),
];

/// A field that cannot be read: its name, and why.
type Bad = Vec<(&'static str, String)>;

impl Typed {
    fn of(&self, name: &str) -> &str {
        match name {
            "title" => &self.title,
            "date" => &self.date,
            "type" => &self.kind,
            "place" => &self.place,
            "at" => &self.at,
            "perpetrator" => &self.perpetrator,
            "killed" => &self.killed,
            "injured" => &self.injured,
            _ => "",
        }
    }

    /// The incident; of every field that cannot be read, why.
    fn incident(&self, words: Words) -> Result<Incident, Bad> {
        let mut bad = Bad::new();
        let text = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
        let mut incident =
            Incident { title: text(&self.title), narrative: text(&self.narrative), ..Incident::default() };
        if let Some(typed) = text(&self.date) {
            match read_date(&typed, None) {
                Ok(date) => incident.occurred = Some(Occurred::span(date.at, date.at, date.precision)),
                Err(error) => bad.push(("date", words.bad_date(&error))),
            }
        }
        if let Some(typed) = text(&self.kind) {
            incident.kind = Term::from_text(&typed);
            if incident.kind.is_none() {
                bad.push(("type", words.text("report-type-bad")));
            }
        }
        let mut place = Place { name: text(&self.place), ..Place::default() };
        if let Some(typed) = text(&self.at) {
            match read_point(&typed) {
                Ok(read) => place.point = Some(read.point),
                Err(error) => bad.push(("at", words.bad_point(&error))),
            }
        }
        incident.place = Some(place).filter(|place| *place != Place::default());
        if let Some(name) = text(&self.perpetrator) {
            let role = Term::from_text("perpetrator");
            incident.actors.push(Involved { role, name: Some(name), ..Involved::default() });
        }
        for (field, typed, harm) in
            [("killed", &self.killed, None), ("injured", &self.injured, Term::from_text("injured"))]
        {
            match text(typed).map(|typed| typed.parse::<u64>()) {
                None => {}
                Some(Ok(best)) => {
                    incident.casualties.push(Casualties { harm, best: Some(best), ..Casualties::default() })
                }
                Some(Err(_)) => bad.push((field, words.text("report-number-bad"))),
            }
        }
        if let Some(typed) = text(&self.grade) {
            match Grading::parse(&typed) {
                Ok(grading) => incident.grading = Some(grading),
                Err(error) => bad.push(("grade", words.bad_grading(&error))),
            }
        }
        if bad.is_empty() && incident == Incident::default() {
            bad.push(("title", words.text("report-empty")));
        }
        if bad.is_empty() { Ok(incident) } else { Err(bad) }
    }
}

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let token = app.session.form_token().to_owned();
    with_desk(&app, reader, move |words, unlocked| {
        let main = form(words, &token, &unlocked.desk, &Typed::default(), &[]);
        Ok(Page::new(words.text("report-title"), main))
    })
    .await
}

pub(crate) async fn write(
    State(app): State<App>,
    reader: Reader,
    Checked(typed): Checked<Typed>,
) -> Response {
    let token = app.session.form_token().to_owned();
    with_form(&app, reader, move |words, unlocked| take(words, &token, unlocked, &typed)).await
}

/// Writes it, or shows the form again with what was typed and what is wrong with it. The commit point is
/// `Desk::record_new`: when the answer is the record's page, it survives a loss of power.
fn take(words: Words, token: &str, unlocked: &mut Unlocked, typed: &Typed) -> Sent {
    let bad = match (typed.incident(words), unlocked.desk.find_compartment(&typed.compartment)) {
        (Ok(incident), Ok(compartment)) => {
            let body = Body::Incident(Box::new(incident));
            let class = unlocked.desk.default_class(compartment);
            match unlocked.desk.record_new(compartment, body, class) {
                Ok(id) => {
                    unlocked.changed();
                    return Sent::At(format!("/record/{id}"));
                }
                Err(error) => vec![("compartment", words.refusal(&error))],
            }
        }
        (Err(bad), _) => bad,
        (_, Err(error)) => vec![("compartment", words.refusal(&error))],
    };
    let main = form(words, token, &unlocked.desk, typed, &bad);
    Sent::Not(Page::new(words.text("report-title"), main))
}

fn form(words: Words, token: &str, desk: &Desk, typed: &Typed, bad: &[(&'static str, String)]) -> Markup {
    let why = |field: &str| bad.iter().find(|(named, _)| *named == field).map(|(_, why)| why.as_str());
    let rooms: Vec<_> = desk.compartments().into_iter().filter(|view| view.mine && !view.everyone).collect();
    html! {
        h1 { (words.text("report-title")) }
        @if !bad.is_empty() { p.warning role="alert" { (words.text("report-again")) } }
        form.write method="post" action="/report" {
            input type="hidden" name="token" value=(token);
            label { span { (words.text("report-compartment")) }
                select name="compartment" required {
                    @for view in &rooms {
                        option value=(view.id) selected[view.id.to_string() == typed.compartment] {
                            (compartment_name(desk, view.id)) " – " (words.with("record-readers", &[("count", readers(desk, view).into())]))
                        }
                    }
                }
                @if let Some(why) = why("compartment") { span.warning role="alert" { (why) } }
            }
            div.pair {
                @for (name, key, example) in LINES {
                    label { span { (words.text(key)) }
                        input type="text" name=(name) value=(typed.of(name)) dir="auto" placeholder=(words.text(example)) autofocus[name == "title"] aria-invalid=[why(name).map(|_| "true")];
                        @if let Some(why) = why(name) { span.warning role="alert" { (why) } }
                    }
                }
            }
            label { span { (words.text("field-narrative")) } textarea name="narrative" dir="auto" { (typed.narrative) } }
            label { span { (words.text("report-grade")) }
                input type="text" name="grade" value=(typed.grade) placeholder="B2";
                @if let Some(why) = why("grade") { span.warning role="alert" { (why) } }
            }
            button type="submit" { (words.text("report-write")) }
        }
    }
}

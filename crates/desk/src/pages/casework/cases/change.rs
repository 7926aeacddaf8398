//! Following a case up: each change is a commit of its own, and nothing has to be opened for it.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::cbor::from_bytes;
use counterseal_model::record::{Body, CaseRole, CaseStatus, FollowUp, Part};
use counterseal_model::{Classification, CompartmentId};
use counterseal_node::{CaseChange, CaseView, Desk};

use super::path;
use super::people::concerned;
use crate::door::Checked;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, sent};
use crate::pages::{Reader, with_form};
use crate::server::App;
use crate::words::Words;

/// `POST /case/ID/change`
pub(crate) async fn change(
    State(app): State<App>,
    reader: Reader,
    Path(named): Path<String>,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let done = make(words, &mut unlocked.desk, &named, &fields);
        unlocked.changed();
        sent(words, &format!("/case/{named}"), done)
    })
    .await
}

fn make(words: Words, desk: &mut Desk, named: &str, fields: &Fields) -> Result<String, Why> {
    let case = desk.find_case(named)?;
    let change = read(words, desk, fields)?;
    let class = class_of(desk, &case);
    desk.change_case(&case, &change, class)?;
    Ok(path(&case))
}

/// As sensitive as what is written there by default; a case about people is never unclassified.
fn class_of(desk: &Desk, case: &CaseView) -> Classification {
    let class = case.guarded.map(|compartment| desk.default_class(compartment));
    class.unwrap_or(Classification::Confidential).max(Classification::Confidential)
}

fn read(words: Words, desk: &Desk, fields: &Fields) -> Result<CaseChange, Why> {
    let needed = |field: &str| typed::bad(words, field, &words.text("typed-needed"));
    match typed::text(fields, "what") {
        "status" => {
            let status = CaseStatus::from_word(typed::text(fields, "status"));
            Ok(CaseChange::Status(status.ok_or_else(|| needed("field-status"))?))
        }
        "part" => Ok(CaseChange::Part(typed::part(desk, typed::text(fields, "part"))?)),
        "incident" => Ok(CaseChange::Incident(desk.find_record(typed::text(fields, "incident"))?)),
        "person" => {
            let role = CaseRole::from_word(typed::text(fields, "role")).ok_or_else(|| needed("case-role"))?;
            Ok(CaseChange::Concerned(concerned(words, desk, role, typed::text(fields, "who"))?))
        }
        "done" => Ok(CaseChange::Done {
            what: typed::code(words, "case-due-what", typed::text(fields, "due-what"))?,
            due: typed::start_of(words, "case-due-date", typed::text(fields, "due-date"))?,
            at: desk.now(),
        }),
        _ => {
            let due = typed::start_of(words, "case-due-date", typed::text(fields, "due-date"))?;
            Ok(CaseChange::FollowUp(FollowUp {
                what: typed::code(words, "case-due-what", typed::text(fields, "due-what"))?,
                due: due.ok_or_else(|| needed("case-due-date"))?,
                done: None,
                by: Some(desk.person()),
                extra: Default::default(),
            }))
        }
    }
}

/// `POST /case/take-up`: goes on with a case that an opening showed, and that another desk wrote.
pub(crate) async fn take_up(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let done = take(words, &mut unlocked.desk, &fields);
        sent(words, "/cases", done)
    })
    .await
}

/// What is noted comes from the part that is open now, and not from the form.
fn take(words: Words, desk: &mut Desk, fields: &Fields) -> Result<String, Why> {
    let named = typed::part(desk, typed::text(fields, "part"))?;
    let over = || Why::Said(words.text("opened-over"));
    let (opened, _) = desk.opened_part(named.part).ok_or_else(over)?;
    let part: Part = from_bytes(opened.as_bytes()).map_err(|_| over())?;
    let Body::Case(case) = part.body else { return Err(Why::Said(words.text("case-none-in-it"))) };
    let compartment: CompartmentId = named.compartment;
    let taken = desk.take_up_case(case.case, part.record, compartment, case.reference)?;
    Ok(path(&taken))
}

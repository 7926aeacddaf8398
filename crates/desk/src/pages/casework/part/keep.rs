//! Withdrawing and holding a part: one person says it, and it counts on sight.

use axum::extract::{Path, State};
use axum::response::Response;
use counterseal_model::Code;
use counterseal_node::{Desk, NamedPart, NodeError};

use super::named;
use crate::door::Checked;
use crate::pages::casework::names;
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, sent};
use crate::pages::{Reader, with_form};
use crate::server::App;
use crate::words::Words;

/// `POST /part/ENTRY/INDEX/withdraw`
pub(crate) async fn withdraw(
    app: State<App>,
    reader: Reader,
    at: Path<(String, u32)>,
    fields: Checked<Fields>,
) -> Response {
    say(app, reader, at, fields, "withdrawn", |desk, named, reason| desk.withdraw_parts(&[named], reason))
        .await
}

/// `POST /part/ENTRY/INDEX/hold`
pub(crate) async fn hold(
    app: State<App>,
    reader: Reader,
    at: Path<(String, u32)>,
    fields: Checked<Fields>,
) -> Response {
    say(app, reader, at, fields, "held", |desk, named, reason| desk.hold_parts(&[named], reason)).await
}

async fn say(
    State(app): State<App>,
    reader: Reader,
    Path((entry, index)): Path<(String, u32)>,
    Checked(fields): Checked<Fields>,
    done: &'static str,
    act: impl FnOnce(&mut Desk, NamedPart, &Code) -> Result<(), NodeError> + Send + 'static,
) -> Response {
    with_form(&app, reader, move |words: Words, unlocked| {
        let act = |desk: &mut Desk| -> Result<String, Why> {
            let compartment = Some(typed::text(&fields, "compartment")).filter(|named| !named.is_empty());
            let named = named(desk, &entry, index, compartment)?;
            let reason = typed::code(words, "form-reason", typed::text(&fields, "reason"))?;
            act(desk, named, &reason)?;
            Ok(format!("{}?done={done}", names::part_path(named.part)))
        };
        let done = act(&mut unlocked.desk);
        unlocked.changed();
        sent(words, &format!("/part/{entry}/{index}"), done)
    })
    .await
}

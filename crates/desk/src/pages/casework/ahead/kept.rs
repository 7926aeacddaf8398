//! What was opened ahead: read without a network, surrendered, and said to the trustees.

use axum::extract::State;
use axum::response::Response;
use counterseal_model::Timestamp;
use counterseal_node::Desk;

use crate::door::Checked;
use crate::pages::casework::open::{SHOWN, guarded, line, opened_path};
use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::{Why, sent};
use crate::pages::unlock::Nothing;
use crate::pages::{Reader, with_form};
use crate::server::App;

/// `POST /ahead/read`: the reading is durable in this desk's chain before anything is shown.
pub(crate) async fn read(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let read = |desk: &mut Desk| -> Result<String, Why> {
            let part = guarded(desk, typed::text(&fields, "part"))?;
            let until = Timestamp(desk.now().0.saturating_add(SHOWN));
            desk.read_ahead(part, until)?;
            Ok(opened_path(part))
        };
        let done = read(&mut unlocked.desk);
        sent(words, "/ahead", done)
    })
    .await
}

/// `POST /ahead/surrender`: one part, or all where none is named by `all`.
pub(crate) async fn surrender(
    State(app): State<App>,
    reader: Reader,
    Checked(fields): Checked<Fields>,
) -> Response {
    with_form(&app, reader, move |words, unlocked| {
        let give = |desk: &mut Desk| -> Result<String, Why> {
            let gone = if typed::ticked(&fields, "all") {
                desk.surrender(None)?
            } else {
                let part = guarded(desk, typed::text(&fields, "part"))?;
                desk.surrender(Some(&[part]))?
            };
            Ok(format!("/ahead?gone={gone}"))
        };
        let done = give(&mut unlocked.desk);
        sent(words, "/ahead", done)
    })
    .await
}

/// `POST /ahead/tell`: what was read offline is said to the trustees. A sync does so too.
pub(crate) async fn tell(State(app): State<App>, reader: Reader, Checked(_): Checked<Nothing>) -> Response {
    with_form(&app, reader, |words, unlocked| {
        let say = |desk: &mut Desk| -> Result<String, Why> {
            let mut line = line(desk)?;
            let said = desk.say_readings(&mut line)?;
            Ok(format!("/ahead?told={}", said.told))
        };
        let done = say(&mut unlocked.desk);
        sent(words, "/ahead", done)
    })
    .await
}

//! `POST /leaf`: a device gives the journal log a leaf that is not an entry's, and nothing of what it commits to. The
//! index comes back once the leaf is durable.

use counterseal_register::{JournalLeaf, LeafPushed, LeafType};
use counterseal_serve::{Answer, Connection, Incoming, Request, StatusCode, text};

use super::visit::{Denied, Visit, check_device, check_exporter, read};
use crate::sequencer::{Outcome, Push};

pub(super) async fn take(
    visit: &Visit,
    request: Request<Incoming>,
    connection: &Connection,
) -> Result<Answer, Denied> {
    let (shared, (said, bytes)) = (&visit.shared, read::<LeafPushed>(request).await?);
    let device = said.claims().device;
    let said = check_device(shared, &shared.sequencer.view(), said, device)?;
    check_exporter(&said.exporter.0, connection)?;
    visit.let_in(device.into(), bytes, connection).await?;
    let bad = |code| Denied(StatusCode::BAD_REQUEST, code);
    let leaf = JournalLeaf::parse(&said.leaf.0).map_err(|refusal| bad(refusal.code()))?;
    // An entry's leaf comes with its entry, which has to be checked first.
    if leaf.kind() == LeafType::Entry {
        return Err(bad("leaf-of-an-entry"));
    }
    let outcome = shared.sequencer.push(vec![Push::Leaf { device, leaf }]).await;
    match outcome.first() {
        Some(Outcome::Accepted { index }) => {
            shared.metrics.leaves.add(1);
            Ok(text(StatusCode::OK, format!("{index}\n")))
        }
        Some(Outcome::Refused { code: code @ "device-not-active" }) => Err(Denied::forbidden(code)),
        Some(Outcome::Refused { code }) => Err(Denied::not_now(code)),
        None => Err(Denied::not_now("hub-stopping")),
    }
}

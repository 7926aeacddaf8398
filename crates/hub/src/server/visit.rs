//! Who calls by HTTP: readers of the logs, whom nobody asks who they are, devices and trustees. These sign what they
//! say over this connection alone, count like sessions, and push within the same allowance.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use counterseal_model::DeviceId;
use counterseal_register::{DeviceStatus, Purpose, SignedBody};
use counterseal_serve::{Answer, Connection, Incoming, Method, Request, StatusCode, text, whole_body};
use tokio::time::sleep;

use super::gate::{Caller, Counted};
use super::{Shared, files, guarded, leaf};
use crate::sequencer::View;

/// Most bytes of a call: an envelope with two signatures.
const MAX_CALL: usize = 16 * 1024;
/// The longest that a call waits for its caller's allowance.
const WAIT: Duration = Duration::from_secs(10);

/// One connection for HTTP.
pub(super) struct Visit {
    pub(super) shared: Arc<Shared>,
    /// Who has shown who they are. The place among their sessions is held as long as the connection.
    caller: Mutex<Option<Counted<Caller>>>,
}

/// Why a call is not done: a status of HTTP, and a name for message catalogues.
#[derive(Debug, Clone, Copy)]
pub(super) struct Denied(pub(super) StatusCode, pub(super) &'static str);

impl Denied {
    pub(super) const fn forbidden(code: &'static str) -> Self {
        Self(StatusCode::FORBIDDEN, code)
    }

    pub(super) const fn not_now(code: &'static str) -> Self {
        Self(StatusCode::SERVICE_UNAVAILABLE, code)
    }
}

impl Visit {
    pub(super) fn new(shared: Arc<Shared>) -> Arc<Self> {
        Arc::new(Self { shared, caller: Mutex::default() })
    }

    /// Answers one request.
    pub(super) async fn handle(
        self: Arc<Self>,
        request: Request<Incoming>,
        connection: Connection,
    ) -> Answer {
        let done = match (request.method(), request.uri().path()) {
            (&Method::POST, "/leaf") => leaf::take(&self, request, &connection).await,
            (&Method::POST, "/guarded") => guarded::give(&self, request, &connection).await,
            _ => return files::handle(Arc::clone(&self.shared), request).await,
        };
        done.unwrap_or_else(|Denied(status, code)| {
            self.shared.metrics.calls_refused.add(1);
            tracing::info!(code, "a call is refused");
            text(status, format!("{code}\n"))
        })
    }

    /// A device or a trustee that has proved who it is: it counts, and gives way to nobody. `bytes` are those of its
    /// call, which come out of its allowance.
    pub(super) async fn let_in(
        &self,
        caller: Caller,
        bytes: usize,
        connection: &Connection,
    ) -> Result<(), Denied> {
        self.count(caller)?;
        if !connection.keep() {
            return Err(Denied::not_now("hub-busy"));
        }
        sleep(self.shared.gate.spend(caller, bytes as u64).min(WAIT)).await;
        Ok(())
    }

    fn count(&self, caller: Caller) -> Result<(), Denied> {
        let mut here = self.caller.lock().unwrap_or_else(PoisonError::into_inner);
        if here.as_ref().is_some_and(|known| *known.key() == caller) {
            return Ok(());
        }
        // Another than before, over the same connection, takes the place of the one before.
        let Some(place) = self.shared.gate.enter_session(caller) else {
            return Err(Denied(StatusCode::TOO_MANY_REQUESTS, "too-many-sessions"));
        };
        *here = Some(place);
        Ok(())
    }
}

/// Reads a call; gives how many bytes it had.
pub(super) async fn read<T: Purpose>(request: Request<Incoming>) -> Result<(SignedBody<T>, usize), Denied> {
    let too_long = Denied(StatusCode::PAYLOAD_TOO_LARGE, "call-too-long");
    let body = whole_body(request, MAX_CALL).await.ok_or(too_long)?;
    let said = SignedBody::parse(&body).map_err(|bad| Denied(StatusCode::BAD_REQUEST, bad.code()))?;
    Ok((said, body.len()))
}

/// What was signed over another connection was overheard, or is another server's.
pub(super) fn check_exporter(said: &[u8; 32], connection: &Connection) -> Result<(), Denied> {
    match connection.exporter() == Some(said) {
        true => Ok(()),
        false => Err(Denied::forbidden("connection-other")),
    }
}

/// Checks that an active device says something. An unknown device and a false signature look the same from outside.
pub(super) fn check_device<T: Purpose>(
    shared: &Shared,
    view: &View,
    said: SignedBody<T>,
    device: DeviceId,
) -> Result<T, Denied> {
    let unknown = Denied::forbidden("device-unknown");
    let known = view.register.device(device, view.now(shared.clock.now())).ok_or(unknown)?;
    let said = said.verify_device(view.register.mission(), device.into(), &known.keys);
    let said = said.map_err(|_| unknown)?.into_body();
    match known.status {
        DeviceStatus::Active => Ok(said),
        _ => Err(Denied::forbidden("device-not-active")),
    }
}

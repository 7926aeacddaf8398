//! One request: `POST /call` from devices, and what anyone may read. Nothing here has a key; what is asked waits for
//! the one thread that has.

use std::sync::Arc;
use std::time::Duration;

use counterseal_model::cbor::to_bytes;
use counterseal_register::{
    DeviceCall, DeviceStatus, SignedBody, SuccessionCall, TrusteeAnswer, VerifiedBody,
};
use counterseal_serve::{
    Answer, Connection, Incoming, Method, Request, StatusCode, answer, text, whole_body,
};
use tokio::time::{Instant, sleep, timeout};

use super::metrics::HeadFailure;
use super::worker::Undone;
use super::{Shared, witness};
use crate::decide::NotNow;
use crate::service::ServiceError;

/// Most bytes of a call: headers of 256 guarded entries, or a request for 4096 parts.
const MAX_CALL: usize = 4 * 1024 * 1024;
/// Beyond so many bytes a call is a long one.
const LONG: u64 = 64 * 1024;
/// The longest that a call waits for its device's allowance, or for room.
const WAIT: Duration = Duration::from_secs(10);
/// The longest that a call waits for the mirror to see what it rests on.
const MIRROR: Duration = Duration::from_secs(5);
/// Between two looks, and how many there are for what is not merely old.
const AGAIN: Duration = Duration::from_millis(100);
const LOOKS: u32 = 2;
/// Before the counter from which the release log is read.
const RELEASES: &str = "/releases/";

/// Why a call is not done: a status of HTTP, and a name for message catalogues.
#[derive(Debug, Clone, Copy)]
struct Denied(StatusCode, &'static str);

impl From<Undone> for Denied {
    fn from(undone: Undone) -> Self {
        let code = match undone {
            Undone::Busy => "trustee-busy",
            Undone::Stopping => "trustee-stopping",
        };
        Self(StatusCode::SERVICE_UNAVAILABLE, code)
    }
}

impl From<ServiceError> for Denied {
    fn from(error: ServiceError) -> Self {
        tracing::error!(%error, "a call could not be answered");
        Self(StatusCode::SERVICE_UNAVAILABLE, "trustee-store-failed")
    }
}

impl From<HeadFailure> for Denied {
    fn from(failure: HeadFailure) -> Self {
        match failure {
            HeadFailure::Undone(undone) => undone.into(),
            HeadFailure::Service(error) => error.into(),
        }
    }
}

/// A request that is being answered.
pub(super) struct Visit {
    shared: Arc<Shared>,
}

impl Visit {
    /// Answers one request.
    pub(super) async fn answer(
        shared: Arc<Shared>,
        request: Request<Incoming>,
        connection: Connection,
    ) -> Answer {
        let visit = Self { shared };
        let path = request.uri().path();
        let done = match *request.method() {
            Method::POST if path == "/call" => visit.call(request, &connection).await,
            Method::POST if path == "/succession" => visit.succession(request, &connection).await,
            Method::GET if path == "/head" => visit.head().await,
            Method::GET if path.starts_with(RELEASES) => visit.releases(path).await,
            Method::GET if path == "/health" => return text(StatusCode::OK, "ok\n"),
            _ => return witness::answer(visit.shared, request).await,
        };
        done.unwrap_or_else(|Denied(status, code)| {
            visit.shared.metrics.calls_refused.add(1);
            tracing::info!(code, "a call is refused");
            text(status, format!("{code}\n"))
        })
    }

    async fn call(&self, request: Request<Incoming>, connection: &Connection) -> Result<Answer, Denied> {
        let begun = Instant::now();
        let shared = &self.shared;
        let (said, bytes) = self.read(request).await?;
        let call = self.verify(said, connection)?;
        let busy = Denied(StatusCode::TOO_MANY_REQUESTS, "too-many-calls");
        let _place = shared.gate.enter(call.device).ok_or(busy)?;
        if !connection.keep() {
            return Err(Denied(StatusCode::SERVICE_UNAVAILABLE, "trustee-busy"));
        }
        sleep(shared.gate.spend(call.device, bytes).min(WAIT)).await;
        let call = Arc::new(call);
        let mut said = self.ask(&call).await?;
        // What it rests on may be in the log since a moment ago, or be on its way to the witnesses.
        let until = Instant::now() + MIRROR;
        for looks in 1.. {
            if !is_behind(&said) || (looks > LOOKS && !is_old(&said)) || Instant::now() >= until {
                break;
            }
            shared.look_at_hub(MIRROR).await;
            said = self.ask(&call).await?;
            if is_behind(&said) {
                sleep(AGAIN).await;
            }
        }
        shared.metrics.answered(&call.call, &said, begun.elapsed());
        Ok(answer(StatusCode::OK, "application/cbor", to_bytes(&said)))
    }

    /// Reads a call; gives how many bytes it had.
    async fn read(&self, request: Request<Incoming>) -> Result<(SignedBody<DeviceCall>, usize), Denied> {
        let too_long = Denied(StatusCode::PAYLOAD_TOO_LARGE, "call-too-long");
        let length = request.headers().get("content-length").and_then(|value| value.to_str().ok());
        let length = length.and_then(|text| text.parse::<u64>().ok());
        let is_short = length.is_some_and(|length| length <= LONG);
        if length.is_some_and(|length| length > MAX_CALL as u64) {
            return Err(too_long);
        }
        let long_calls = &self.shared.gate.long_calls;
        let busy = Denied(StatusCode::SERVICE_UNAVAILABLE, "trustee-busy");
        let _room = match is_short {
            true => None,
            false => Some(timeout(WAIT, long_calls.acquire()).await.map_err(|_| busy)?),
        };
        let body = whole_body(request, MAX_CALL).await.ok_or(too_long)?;
        let said = SignedBody::parse(&body).map_err(|bad| Denied(StatusCode::BAD_REQUEST, bad.code()))?;
        Ok((said, body.len()))
    }

    /// Checks that an active device says this to this trustee over this connection. An unknown device and a false
    /// signature look the same from outside.
    fn verify(&self, said: SignedBody<DeviceCall>, connection: &Connection) -> Result<DeviceCall, Denied> {
        let forbidden = |code| Denied(StatusCode::FORBIDDEN, code);
        let view = self.shared.view();
        let device = said.claims().device;
        let known = view.register.device(device, view.now(self.shared.clock.now()));
        let known = known.ok_or_else(|| forbidden("device-unknown"))?;
        let said = said.verify_device(view.mission, device.into(), &known.keys);
        let call = said.map_err(|_| forbidden("device-unknown"))?.into_body();
        // What was signed for another trustee or over another connection was overheard.
        if call.trustee != view.trustee {
            return Err(forbidden("trustee-other"));
        }
        if connection.exporter() != Some(&call.exporter.0) {
            return Err(forbidden("connection-other"));
        }
        match known.status {
            DeviceStatus::Active => Ok(call),
            _ => Err(forbidden("device-not-active")),
        }
    }

    /// Another trustee asks for what it succeeds to, or for help with it.
    async fn succession(
        &self,
        request: Request<Incoming>,
        connection: &Connection,
    ) -> Result<Answer, Denied> {
        let busy = Denied(StatusCode::SERVICE_UNAVAILABLE, "trustee-busy");
        let room = timeout(WAIT, self.shared.gate.long_calls.acquire()).await.map_err(|_| busy)?;
        let too_long = Denied(StatusCode::PAYLOAD_TOO_LARGE, "call-too-long");
        let body = whole_body(request, MAX_CALL).await.ok_or(too_long)?;
        let said = SignedBody::parse(&body).map_err(|bad| Denied(StatusCode::BAD_REQUEST, bad.code()))?;
        let call = self.verify_trustee(said, connection)?;
        let answered = self.shared.worker.ask(move |service| service.succession(&call)).await??;
        drop(room);
        Ok(answer(StatusCode::OK, "application/octet-stream", answered))
    }

    /// Checks that a trustee of some set says this to this trustee over this connection. Whether it may have anything
    /// the service decides.
    fn verify_trustee(
        &self,
        said: SignedBody<SuccessionCall>,
        connection: &Connection,
    ) -> Result<VerifiedBody<SuccessionCall>, Denied> {
        let forbidden = |code| Denied(StatusCode::FORBIDDEN, code);
        let view = self.shared.view();
        let key =
            view.register.trustee_key(said.claims().successor).ok_or_else(|| forbidden("trustee-unknown"))?;
        let said = said.verify_trustee(view.mission, key).map_err(|_| forbidden("trustee-unknown"))?;
        let call = said.body();
        if call.trustee != view.trustee {
            return Err(forbidden("trustee-other"));
        }
        if connection.exporter() != Some(&call.exporter.0) {
            return Err(forbidden("connection-other"));
        }
        match connection.keep() {
            true => Ok(said),
            false => Err(Denied(StatusCode::SERVICE_UNAVAILABLE, "trustee-busy")),
        }
    }

    async fn ask(&self, call: &Arc<DeviceCall>) -> Result<TrusteeAnswer, Denied> {
        let call = Arc::clone(call);
        Ok(self.shared.worker.ask(move |service| service.call(call.device, &call.call)).await??)
    }

    /// How far the release log goes, signed at most once a second: a signature costs more than to ask for it.
    async fn head(&self) -> Result<Answer, Denied> {
        let head = self.shared.metrics.head.get(&self.shared.worker).await?;
        Ok(answer(StatusCode::OK, "application/octet-stream", head))
    }

    /// Signed entries of the release log, each after its length as a big-endian u32. Strangers read one after the
    /// other, and no more than a fifth of the time is theirs.
    async fn releases(&self, path: &str) -> Result<Answer, Denied> {
        let bad = Denied(StatusCode::NOT_FOUND, "counter-bad");
        let from = path.strip_prefix(RELEASES).and_then(|from| from.parse::<u64>().ok()).ok_or(bad)?;
        let busy = Denied(StatusCode::SERVICE_UNAVAILABLE, "trustee-busy");
        let room = timeout(WAIT, self.shared.gate.releases.acquire()).await.map_err(|_| busy)?;
        let begun = Instant::now();
        let read = self.shared.worker.ask(move |service| service.releases(from)).await??;
        sleep((begun.elapsed() * 4).min(Duration::from_secs(1))).await;
        drop(room);
        let framed = read.into_iter().flat_map(|one| {
            [u32::try_from(one.len()).unwrap_or(u32::MAX).to_be_bytes().to_vec(), one].concat()
        });
        Ok(answer(StatusCode::OK, "application/octet-stream", framed.collect::<Vec<u8>>()))
    }
}

/// Whether nobody has cosigned what is mirrored for too long: the request itself has the hub ask the witnesses.
fn is_old(said: &TrusteeAnswer) -> bool {
    matches!(said, TrusteeAnswer::NotNow { code } if code.as_str() == NotNow::MirrorOld.word())
}

/// Whether the mirror may have to see more before it can be answered. The device was active by what is shown here, so
/// that it is not for the service means that nothing is mirrored yet.
fn is_behind(said: &TrusteeAnswer) -> bool {
    let may_come = [NotNow::MirrorBehind, NotNow::ReaderUnknown, NotNow::MirrorOld, NotNow::EntryNotHere];
    let words = may_come.map(|not| not.word());
    let behind = |word| words.contains(&word) || word == "device-not-active";
    matches!(said, TrusteeAnswer::NotNow { code } if behind(code.as_str()))
}

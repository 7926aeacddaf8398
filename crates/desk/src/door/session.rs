//! The launch's address, which is good once, and the cookie that it gives.

use std::sync::Mutex;

use axum::extract::{Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use counterseal_node::Randomness;
use rand_core::Rng;
use serde::Deserialize;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::pages::LANGUAGE;
use crate::pages::language::language_cookie;
use crate::server::App;
use crate::words::Tongue;

/// The cookie's name. `__Host-` would need TLS. A cookie goes to every port of its host (RFC 6265, section 8.5): what keeps it from
/// other programs of this computer is that nobody else knows the host's name.
const COOKIE: &str = "counterseal-desk";

/// The secrets of one launch.
pub(crate) struct Session {
    port: u16,
    /// The name under `localhost` (RFC 6761, section 6.3) that these pages have in this launch alone, and the port.
    host: String,
    /// The language that was chosen last on this computer.
    tongue: Option<Tongue>,
    /// What the address says; gone once it was used.
    launch: Mutex<Option<Zeroizing<String>>>,
    cookie: Zeroizing<String>,
    form: Zeroizing<String>,
}

impl Session {
    pub(crate) fn make(port: u16, tongue: Option<Tongue>, rng: &mut Randomness) -> Self {
        let mut draw = || {
            let mut bytes = Zeroizing::new([0; 32]);
            rng.fill_bytes(bytes.as_mut());
            Zeroizing::new(hex::encode(bytes.as_ref()))
        };
        let (launch, cookie, form, name) = (Mutex::new(Some(draw())), draw(), draw(), draw());
        // 128 bits: a label has 63 signs at most.
        let host = format!("{}.localhost:{port}", name.get(..32).unwrap_or_default());
        Self { port, host, tongue, launch, cookie, form }
    }

    /// The port of the pages.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// The host as a browser names it.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Where our own pages come from, as a browser names it.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.host)
    }

    /// The address to be opened, once.
    pub(crate) fn address(&self) -> Option<String> {
        let launch = self.launch.lock().ok()?;
        launch.as_ref().map(|launch| format!("{}/enter?key={}", self.origin(), launch.as_str()))
    }

    fn enter(&self, key: &str) -> bool {
        let Ok(mut launch) = self.launch.lock() else { return false };
        launch.take_if(|launch| bool::from(launch.as_bytes().ct_eq(key.as_bytes()))).is_some()
    }

    /// Whether a request brings the cookie.
    pub(crate) fn is_known(&self, headers: &HeaderMap) -> bool {
        cookies(headers).any(|(named, value)| {
            named == COOKIE && bool::from(value.as_bytes().ct_eq(self.cookie.as_bytes()))
        })
    }

    /// What every form must bring.
    pub(crate) fn form_token(&self) -> &str {
        &self.form
    }

    pub(crate) fn is_form_token(&self, token: &str) -> bool {
        token.as_bytes().ct_eq(self.form.as_bytes()).into()
    }
}

/// The cookies of a request.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all("cookie").into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

#[derive(Deserialize)]
pub(crate) struct Entering {
    #[serde(default)]
    key: String,
}

/// `GET /enter`: whoever has the launch's address gets the cookie, once.
pub(crate) async fn enter(
    State(app): State<App>,
    headers: HeaderMap,
    Query(entering): Query<Entering>,
) -> Response {
    if !app.session.enter(&entering.key) {
        return (StatusCode::FORBIDDEN, crate::pages::stranger()).into_response();
    }
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", app.session.cookie.as_str());
    let tongue = app.session.tongue.filter(|_| !cookies(&headers).any(|(name, _)| name == LANGUAGE));
    let tongue = tongue.map(|tongue| AppendHeaders([(SET_COOKIE, language_cookie(tongue))]));
    (StatusCode::SEE_OTHER, AppendHeaders([(SET_COOKIE, cookie)]), tongue, [(LOCATION, "/")]).into_response()
}

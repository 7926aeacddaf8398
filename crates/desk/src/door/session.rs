//! The launch's address, which is good once, and the cookie that it gives.

use std::sync::Mutex;

use axum::extract::{Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use counterseal_node::Randomness;
use rand_core::Rng;
use serde::Deserialize;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::server::App;

/// The cookie's name. `__Host-` would need TLS; the port is no part of a cookie, so it is in the name.
const COOKIE: &str = "counterseal-desk";

/// The secrets of one launch.
pub(crate) struct Session {
    port: u16,
    /// What the address says; gone once it was used.
    launch: Mutex<Option<Zeroizing<String>>>,
    cookie: Zeroizing<String>,
    form: Zeroizing<String>,
}

impl Session {
    pub(crate) fn make(port: u16, rng: &mut Randomness) -> Self {
        let mut draw = || {
            let mut bytes = Zeroizing::new([0; 32]);
            rng.fill_bytes(bytes.as_mut());
            Zeroizing::new(hex::encode(bytes.as_ref()))
        };
        Self { port, launch: Mutex::new(Some(draw())), cookie: draw(), form: draw() }
    }

    /// The port of the pages.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// The address to be opened, once.
    pub(crate) fn address(&self) -> Option<String> {
        let launch = self.launch.lock().ok()?;
        launch.as_ref().map(|launch| format!("http://127.0.0.1:{}/enter?key={}", self.port, launch.as_str()))
    }

    fn enter(&self, key: &str) -> bool {
        let Ok(mut launch) = self.launch.lock() else { return false };
        launch.take_if(|launch| bool::from(launch.as_bytes().ct_eq(key.as_bytes()))).is_some()
    }

    fn cookie_name(&self) -> String {
        format!("{COOKIE}-{}", self.port)
    }

    /// Whether a request brings the cookie.
    pub(crate) fn is_known(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        cookies(headers)
            .any(|(named, value)| named == name && bool::from(value.as_bytes().ct_eq(self.cookie.as_bytes())))
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
pub(crate) async fn enter(State(app): State<App>, Query(entering): Query<Entering>) -> Response {
    if !app.session.enter(&entering.key) {
        return (StatusCode::FORBIDDEN, crate::pages::stranger()).into_response();
    }
    let (name, value) = (app.session.cookie_name(), app.session.cookie.as_str());
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict");
    (StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, "/".to_owned())]).into_response()
}

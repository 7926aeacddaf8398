//! Forms: none can be read but through the check of its token.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::pages::{sorry, words_of};
use crate::server::App;

/// Most bytes of a form.
pub(crate) const FORM_BYTES: usize = 1 << 20;

/// A form of ours.
pub(crate) struct Checked<T>(pub(crate) T);

#[derive(Deserialize)]
struct Tokened<T> {
    token: String,
    #[serde(flatten)]
    rest: T,
}

impl<T: DeserializeOwned> FromRequest<App> for Checked<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let words = words_of(request.headers());
        let form = Form::<Tokened<T>>::from_request(request, app).await;
        let form = form.map_err(|refused| sorry(words, refused.status(), &words.text("form-unreadable")))?;
        if app.session.is_form_token(&form.0.token) {
            return Ok(Self(form.0.rest));
        }
        Err(sorry(words, StatusCode::FORBIDDEN, &words.text("form-other-session")))
    }
}

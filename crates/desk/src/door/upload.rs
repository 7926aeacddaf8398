//! Forms that bring files (RFC 7578): in memory, never in a file of the system's, and no more bytes than their way allows.

use std::collections::BTreeMap;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use zeroize::Zeroizing;

use super::fields::Fields;
use crate::server::App;

/// Most bytes of a small file: an invitation, a request, a challenge, a list of people.
pub(crate) const PAPER_BYTES: usize = 4 << 20;
/// Most bytes of a pouch that is taken in memory. A larger one is read by its path.
pub(crate) const POUCH_BYTES: usize = 256 << 20;
/// Most fields of a form.
const FIELDS: usize = 64;
/// Most bytes of a field that is no file.
const FIELD_BYTES: usize = 64 * 1024;

/// A form of ours with files. Its token comes first, and nothing after it is read unless it is this session's.
pub(crate) struct Uploaded {
    pub(crate) fields: Fields,
    files: BTreeMap<String, Zeroizing<Vec<u8>>>,
}

impl Uploaded {
    /// The file that was chosen; none where nothing was, or it is empty.
    pub(crate) fn file(&mut self, name: &str) -> Option<Zeroizing<Vec<u8>>> {
        self.files.remove(name).filter(|file| !file.is_empty())
    }
}

impl FromRequest<App> for Uploaded {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let mut form = Multipart::from_request(request, app).await.map_err(IntoResponse::into_response)?;
        let first = form.next_field().await.map_err(MultipartError::into_response)?;
        let token = match first {
            Some(field) if field.name() == Some("token") => bytes(field, FIELD_BYTES).await?,
            _ => Zeroizing::default(),
        };
        if !std::str::from_utf8(&token).is_ok_and(|token| app.session.is_form_token(token)) {
            let why = "this form is not of this session; go back and load the page again\n";
            return Err((StatusCode::FORBIDDEN, why).into_response());
        }
        let mut read = Self { fields: Fields::default(), files: BTreeMap::new() };
        for _ in 0..FIELDS {
            let Some(field) = form.next_field().await.map_err(MultipartError::into_response)? else {
                return Ok(read);
            };
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_some() {
                // Bounded by the way's own limit on the whole form.
                read.files.insert(name, bytes(field, usize::MAX).await?);
            } else {
                let text = bytes(field, FIELD_BYTES).await?;
                let text = std::str::from_utf8(&text).map_err(|_| bad())?;
                read.fields.put(name, text.to_owned());
            }
        }
        Err(bad())
    }
}

async fn bytes(mut field: Field<'_>, most: usize) -> Result<Zeroizing<Vec<u8>>, Response> {
    let mut read = Zeroizing::new(Vec::new());
    while let Some(chunk) = field.chunk().await.map_err(MultipartError::into_response)? {
        if read.len().saturating_add(chunk.len()) > most {
            return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
        }
        read.extend_from_slice(&chunk);
    }
    Ok(read)
}

fn bad() -> Response {
    (StatusCode::BAD_REQUEST, "this form cannot be read\n").into_response()
}

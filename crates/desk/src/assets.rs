//! Styles, scripts and pictures: compiled in, named by what is in them, kept by the browser for as long as it likes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// An asset: its name, its type, its bytes.
type Asset = (&'static str, &'static str, &'static [u8]);

const ASSETS: [Asset; 4] = [
    ("style.css", "text/css; charset=utf-8", include_bytes!("../assets/style.css")),
    ("desk.js", "text/javascript; charset=utf-8", include_bytes!("../assets/desk.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
    ("world.svg", "image/svg+xml", include_bytes!("../assets/vendor/world.svg")),
];

/// Where an asset is. The address changes with the program, so that an old one in a browser's store is never used with a
/// new page.
pub(crate) fn path(name: &str) -> String {
    format!("/assets/{}/{name}", version())
}

/// A number that follows from the bytes of all assets: a name, not a protection.
fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let mut hasher = DefaultHasher::new();
        ASSETS.iter().for_each(|(_, _, bytes)| bytes.hash(&mut hasher));
        format!("{:016x}", hasher.finish())
    });
    &VERSION
}

pub(crate) async fn serve(Path((_, name)): Path<(String, String)>) -> Response {
    match ASSETS.iter().find(|(named, ..)| *named == name) {
        Some((_, kind, bytes)) => ([(CONTENT_TYPE, *kind)], *bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

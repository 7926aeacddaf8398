//! Styles, scripts and pictures: compiled in, named by what is in them, kept by the browser for as long as it likes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// An asset: its name, its type, its bytes.
type Asset = (&'static str, &'static str, &'static [u8]);

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json";
const PNG: &str = "image/png";
const SVG: &str = "image/svg+xml";

/// Names an asset by its path in the folder.
macro_rules! asset {
    ($name:literal, $kind:expr) => {
        ($name, $kind, include_bytes!(concat!("../assets/", $name)))
    };
}

const ASSETS: &[Asset] = &[
    asset!("style.css", CSS),
    asset!("chart.css", CSS),
    asset!("chart.js", SCRIPT),
    asset!("chart-layout.js", SCRIPT),
    asset!("casework.css", CSS),
    asset!("casework.js", SCRIPT),
    asset!("desk.js", SCRIPT),
    asset!("entity.css", CSS),
    asset!("icon.svg", SVG),
    asset!("opened.js", SCRIPT),
    asset!("passphrase.js", SCRIPT),
    asset!("papers.js", SCRIPT),
    // The situation, and the form that asks.
    asset!("ask.js", SCRIPT),
    asset!("basemap.css", CSS),
    asset!("basemap.js", SCRIPT),
    asset!("map.js", SCRIPT),
    asset!("situation.css", CSS),
    asset!("timeline.js", SCRIPT),
    asset!("report.css", CSS),
    asset!("report.js", SCRIPT),
    // Files of others: assets/vendor/README.md.
    asset!("vendor/basemap.json", JSON),
    asset!("vendor/cytoscape.min.js", SCRIPT),
    asset!("vendor/detail.json", JSON),
    asset!("vendor/htmx.min.js", SCRIPT),
    asset!("vendor/images/layers-2x.png", PNG),
    asset!("vendor/images/layers.png", PNG),
    asset!("vendor/leaflet.css", CSS),
    asset!("vendor/leaflet.js", SCRIPT),
    asset!("vendor/uplot.min.css", CSS),
    asset!("vendor/uplot.min.js", SCRIPT),
    asset!("vendor/world.svg", SVG),
];

/// Where an asset is. The address changes with the program, so that an old one in a browser's store is never used with a
/// new page.
pub(crate) fn path(name: &str) -> String {
    format!("/assets/{}/{name}", version())
}

/// What is in an asset.
pub(crate) fn bytes(name: &str) -> Option<&'static [u8]> {
    ASSETS.iter().find(|(known, ..)| *known == name).map(|(_, _, bytes)| *bytes)
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

#[cfg(test)]
mod tests {
    use counterseal_register::sha256;

    use super::*;

    /// What others made is what they published: whoever changes it must say so.
    #[test]
    fn files_of_others_are_as_they_were_published() {
        let table = include_str!("../assets/vendor/README.md");
        let others =
            ASSETS.iter().filter_map(|(name, _, bytes)| Some((name.strip_prefix("vendor/")?, bytes)));
        for (name, bytes) in others {
            let line = table.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).unwrap();
            let hash = hex::encode(sha256(&[bytes]));
            assert!(line.ends_with(&format!("| `{hash}` |")), "{name} has {hash}");
        }
    }
}

//! QR codes (ISO/IEC 18004) of fingerprints and strings, for another device's camera: drawn by the server, no script.

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// White modules around a code.
const QUIET: i32 = 4;

/// A code beside its text. Without room for the text in a code there is the text alone.
pub(super) fn code(label: &str, text: &str) -> Markup {
    let drawn = QrCode::encode_text(text, QrCodeEcc::Medium).ok();
    html! {
        figure.qr {
            @if let Some(drawn) = &drawn {
                @let side = drawn.size() + 2 * QUIET;
                svg viewBox=(format!("0 0 {side} {side}")) role="img" aria-label=(label) shape-rendering="crispEdges" {
                    rect width=(side) height=(side) fill="#ffffff" {}
                    path d=(path(drawn)) fill="#000000" {}
                }
            }
            figcaption { (label) " " code { (text) } }
        }
    }
}

/// The dark modules, a row's run after the other.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|at| code.get_module(*at, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_finder_patterns_and_as_many_dark_modules_as_it_should() {
        let drawn = QrCode::encode_text("00d1 f2a3", QrCodeEcc::Medium).unwrap();
        let path = path(&drawn);
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        let runs = path.split('h').skip(1).filter_map(|rest| rest.split('v').next()?.parse::<usize>().ok());
        let side = drawn.size();
        let dark = (0..side * side).filter(|n| drawn.get_module(n % side, n / side)).count();
        assert_eq!(runs.sum::<usize>(), dark);
    }
}

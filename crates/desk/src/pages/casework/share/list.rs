//! What was shared, exported and opened: none of it can be recalled.

use axum::extract::State;
use axum::response::Response;
use counterseal_model::DeviceId;
use counterseal_node::{Desk, Disclosure, DisclosureKind, part_text};
use maud::{Markup, html};

use crate::pages::casework::names;
use crate::pages::codes::{code, code_text};
use crate::pages::record::compartment_name;
use crate::pages::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::Words;

/// Most lines that are shown.
const MOST: usize = 200;

/// `GET /handed`
pub(crate) async fn list(State(app): State<App>, reader: Reader) -> Response {
    with_desk(&app, reader, |words, unlocked| {
        let all = unlocked.desk.disclosures(None)?;
        let title = words.text("handed-title");
        let main = html! { h1 { (title) } (table(words, &unlocked.desk, &all)) };
        Ok(Page::new(title, main).with(&["casework.css"]))
    })
    .await
}

/// What was let out, the newest first.
pub(in crate::pages::casework) fn table(words: Words, desk: &Desk, all: &[Disclosure]) -> Markup {
    html! {
        p.quiet { (words.text("handed-why")) }
        @if all.is_empty() { p { (words.text("handed-none")) } }
        @else {
            div.wide { table {
                thead { tr { @for column in ["openings-when", "handed-how", "handed-part", "openings-who", "uses-purpose", "handed-to"] { th scope="col" { (words.text(column)) } } } }
                tbody { @for one in all.iter().take(MOST) { tr {
                    td.number { (words.date(one.at)) }
                    td { (how(words, one.kind)) @if one.leaf.is_none() { " " span.mark { (words.text("handed-unlogged")) } } }
                    td { a href=(names::part_path(one.part)) { code { (part_text(one.part)) } } }
                    td { bdi { (who(desk, one.by)) } }
                    td { (code(words, &one.purpose)) }
                    td { bdi { (one.to.map(|to| compartment_name(desk, to)).or_else(|| one.recipient.as_ref().map(|code| code_text(words, code))).unwrap_or_default()) } }
                } } }
            } }
            @if all.len() > MOST { p { (words.text("record-links-cut")) } }
        }
    }
}

fn how(words: Words, kind: DisclosureKind) -> String {
    words.text(match kind {
        DisclosureKind::Shared => "handed-shared",
        DisclosureKind::Exported => "handed-exported",
        DisclosureKind::Opened => "handed-opened",
        DisclosureKind::OpenedAhead => "handed-opened-ahead",
    })
}

fn who(desk: &Desk, device: DeviceId) -> String {
    let person = desk.register().device(device, desk.moment()).map(|known| known.person);
    person.map_or_else(|| device.short(), |id| names::person(desk, id))
}

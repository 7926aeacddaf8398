//! What stands beside a record: parts of it that are sealed twice, as far as this desk knows, and the ways on from it.

use counterseal_model::RecordId;
use counterseal_model::record::Kind;
use counterseal_node::{Desk, NodeError, RecordView, part_text};
use maud::{Markup, html};

use super::{names, share};
use crate::pages::record::compartment_name;
use crate::words::Words;

/// For the page of a record.
pub(in crate::pages) fn beside(words: Words, desk: &Desk, record: &RecordView) -> Result<Markup, NodeError> {
    let id: RecordId = record.id();
    let sealed = desk.sealed_twice(id)?;
    let open = desk.record_parts(id)?;
    Ok(html! {
        @if !sealed.is_empty() {
            h2 { (words.text("beside-title")) }
            ul { @for named in &sealed {
                li { bdi { (compartment_name(desk, named.compartment)) } " · "
                    a href=(names::part_path(named.part)) { (words.text("case-to-part")) " " code { (part_text(named.part)) } } }
            } }
        }
        p.actions {
            @if record.kind() == Kind::Incident { a href=(format!("/cases/new?incident={id}")) { (words.text("beside-case")) } " " }
            @for named in open.iter().take(1) { a href=(share::path(*named)) { (words.text("share-title")) } }
        }
    })
}

//! Records of casework, with the facts that they tell trustees and what this desk notes of them: one commit.
//!
//! The commit point: when `keep_casework` returns, the records are sealed and durable, and the facts are in the outbox.
//! A crash before it leaves neither; a crash after it leaves facts that are due with the next session.

use counterseal_model::record::{Part, PartAt};
use counterseal_model::{CompartmentId, RecordId};
use counterseal_register::PartRef;
use rusqlite::Connection;

use super::facts::{FactTerms, FactView, keep_signed};
use super::malformed::{Malformation, malformed};
use super::{CaseworkRefusal, NamedPart};
use crate::desk::Desk;
use crate::desk::write::Sealed;
use crate::error::NodeError;

/// What was written, and what trustees are to hear of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The record; none where only a fact was said.
    pub record: Option<RecordId>,
    /// Where it stands, in the order in which it was written.
    pub places: Vec<NamedPart>,
    /// The facts, with how many trustees have yet to be told.
    pub facts: Vec<FactView>,
    /// Why the record counts for nothing, if it does.
    pub idle: Option<counterseal_policy::Why>,
}

impl Desk {
    /// Writes parts, says facts, and notes what this desk has to know of them, in one commit.
    pub(super) fn keep_casework(
        &mut self,
        parts: Vec<(CompartmentId, Part)>,
        facts: Vec<FactTerms>,
        note: impl FnOnce(&Connection, &[NamedPart]) -> Result<(), NodeError>,
    ) -> Result<Recorded, NodeError> {
        let record = parts.first().map(|(_, part)| part.record);
        let signed = self.sign_facts(facts)?;
        let (mut sealed, mut places) = (Vec::<Sealed>::new(), Vec::new());
        for (compartment, part) in parts {
            match self.seal(compartment, vec![part]) {
                Ok(one) => {
                    let part = PartRef { entry: one.id(), index: 0 };
                    places.push(NamedPart { compartment, part });
                    sealed.push(one);
                }
                Err(error) => {
                    self.drop_unkept()?;
                    return Err(error);
                }
            }
        }
        let staged = if sealed.is_empty() { Ok(()) } else { self.stage(&sealed) };
        let kept = staged.and_then(|()| {
            self.commit_staged(|tx| {
                keep_signed(tx, &signed)?;
                note(tx, &places)
            })
        });
        if kept.is_err() {
            self.drop_unkept()?;
        }
        kept?;
        let facts = self.facts_signed(&signed)?;
        Ok(Recorded { record, places, facts, idle: None })
    }

    /// Parts that something is said of: guarded, of one compartment, in ascending order.
    pub(super) fn said_of(
        &self,
        what: &'static str,
        parts: &[NamedPart],
    ) -> Result<(CompartmentId, Vec<NamedPart>), NodeError> {
        let mut parts = parts.to_vec();
        parts.sort_unstable();
        parts.dedup();
        let compartment = match parts.first() {
            Some(first) => first.compartment,
            None => return Err(malformed(what, "parts", Malformation::NoParts)),
        };
        if parts.iter().any(|named| named.compartment != compartment) {
            return Err(malformed(what, "parts", Malformation::SeveralCompartments));
        }
        for named in &parts {
            let view = self.part_view(*named);
            if view.erased.is_some() {
                let part = crate::desk::opening::part_text(named.part);
                return Err(CaseworkRefusal::Erased { part }.into());
            }
        }
        Ok((compartment, parts))
    }
}

/// A part, as bodies name it.
pub(super) fn at(named: &NamedPart) -> PartAt {
    PartAt::new(named.compartment, named.part.entry, named.part.index)
}

/// A part that a body names; none when its index could not be one.
pub(super) fn named(at: &PartAt) -> Option<NamedPart> {
    let index = u32::try_from(at.index).ok()?;
    Some(NamedPart { compartment: at.compartment, part: PartRef { entry: at.entry, index } })
}

//! Pads that are not those which an entry's author committed to: who gave them, kept for the operator
//! (docs/spec/succession.md, sections 4 and 5).

use counterseal_model::Timestamp;
use counterseal_register::{KeyId, sha256};

use crate::service::{Service, ServiceError};
use crate::store::{Batch, Store, StoreError};

/// The states that say who gave false pads.
const FALSE: &str = "succession/false/";

/// False pads that came in the place of true ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FalsePads {
    /// Who handed them over. If they are several, they helped with a repair: one of them lied, or the author dealt
    /// one of them another point.
    pub by: Vec<KeyId>,
    /// Of how many entries in their last answer.
    pub entries: u64,
    /// When that was.
    pub at: Timestamp,
}

/// All that is known of false pads.
///
/// # Errors
/// What the disk says.
pub(crate) fn false_pads(store: &Store) -> Result<Vec<FalsePads>, StoreError> {
    let one = |(_, value): (String, Vec<u8>)| {
        let (numbers, ids) = value.split_first_chunk::<16>()?;
        let [entries, at] = numbers.as_chunks::<8>().0 else { return None };
        let number = |bytes: &[u8; 8]| u64::from_be_bytes(*bytes);
        let by = ids.as_chunks::<32>().0.iter().map(|id| KeyId(*id)).collect();
        Some(FalsePads { by, entries: number(entries), at: Timestamp(number(at).cast_signed()) })
    };
    Ok(store.states(FALSE)?.into_iter().filter_map(one).collect())
}

impl Service {
    /// Who gave false pads in the place of true ones.
    ///
    /// # Errors
    /// What the disk says.
    pub fn false_pads(&self) -> Result<Vec<FalsePads>, ServiceError> {
        Ok(false_pads(&self.store)?)
    }

    /// Keeps who gave false pads, and says so.
    pub(super) fn keep_lies(&mut self, by: &[KeyId], entries: usize) -> Result<(), ServiceError> {
        if entries == 0 {
            return Ok(());
        }
        let names: Vec<String> = by.iter().map(ToString::to_string).collect();
        tracing::error!(
            trustees = names.join(" "),
            entries,
            "pads are not those that the author committed to"
        );
        let ids = by.iter().map(|id| id.0).collect::<Vec<_>>().concat();
        let numbers = [(entries as u64).to_be_bytes(), self.now().0.to_be_bytes()].concat();
        let state = vec![(format!("{FALSE}{}", KeyId(sha256(&[&ids]))), Some([numbers, ids].concat()))];
        self.store.commit(&Batch { state, ..Batch::default() })?;
        Ok(())
    }
}

//! What was released, to whom, when and what for. None of it can be recalled.

use counterseal_model::{Code, CompartmentId, DeviceId, Timestamp};
use counterseal_register::{DisclosedAs, Outcome, PartRef};

use crate::desk::Desk;
use crate::desk::casework::NamedPart;
use crate::desk::write::INDEX_BITS;
use crate::error::NodeError;
use crate::index::Parts;

/// How something was released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisclosureKind {
    /// Shared with another compartment.
    Shared,
    /// Exported into a file.
    Exported,
    /// Opened by who has a key.
    Opened,
    /// Opened ahead, and read later without a network.
    OpenedAhead,
}

counterseal_model::enumeration!(DisclosureKind, "a disclosure of 1 to 4", {
    1 => Shared, "shared"; 2 => Exported, "exported"; 3 => Opened, "opened"; 4 => OpenedAhead, "opened-ahead";
});

/// One release of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// When, by the clock of who says so.
    pub at: Timestamp,
    /// How.
    pub kind: DisclosureKind,
    /// The part.
    pub part: PartRef,
    /// The desk that did it.
    pub by: DeviceId,
    /// The compartment that it was shared with.
    pub to: Option<CompartmentId>,
    /// What for.
    pub purpose: Code,
    /// For whom, where that is said.
    pub recipient: Option<Code>,
    /// The entry made, the file's digest, or the request.
    pub digest: [u8; 32],
    /// Its leaf in the journal log, where this desk knows it.
    pub leaf: Option<u64>,
}

impl Desk {
    /// What was released, of one part or of all, the newest first, as far as this desk knows: what it did itself, what
    /// others shared with compartments that it reads, and what trustees told it of openings.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn disclosures(&self, of: Option<NamedPart>) -> Result<Vec<Disclosure>, NodeError> {
        let mut all = self.own_disclosures()?;
        for other in self.shared_by_others()? {
            if all.iter().all(|known| known.digest != other.digest) {
                all.push(other);
            }
        }
        all.extend(self.openings_released()?);
        all.retain(|one| of.is_none_or(|of| of.part == one.part));
        all.sort_by_key(|one| (std::cmp::Reverse(one.at), one.part, one.kind));
        Ok(all)
    }

    fn own_disclosures(&self) -> Result<Vec<Disclosure>, NodeError> {
        let mut all = Vec::new();
        for kept in self.disclosed_here()? {
            let (said, leaf) = (kept.said, kept.leaf);
            let kind = match said.how {
                DisclosedAs::Shared => DisclosureKind::Shared,
                DisclosedAs::Exported => DisclosureKind::Exported,
            };
            all.extend(said.parts.iter().map(|part| Disclosure {
                at: said.made,
                kind,
                part: *part,
                by: said.by,
                to: said.to,
                purpose: said.purpose.clone(),
                recipient: Some(said.recipient.clone()),
                digest: said.digest.0,
                leaf,
            }));
        }
        Ok(all)
    }

    /// Parts of compartments that this desk reads which say what they were made of.
    fn shared_by_others(&self) -> Result<Vec<Disclosure>, NodeError> {
        let reader = self.reader();
        self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT d.part, e.id, e.leaf FROM derived d JOIN entry e ON e.no = d.part >> ?1 ORDER BY d.part",
            )?;
            type Columns = (i64, [u8; 32], Option<i64>);
            let rows = list.query_map([INDEX_BITS], |row| row.try_into() as rusqlite::Result<Columns>)?;
            let mut all = Vec::new();
            for row in rows {
                let (no, entry, leaf) = row?;
                let opened = reader.open_part(db, no)?;
                let by = reader.entry(db, no >> INDEX_BITS)?.device;
                // Whose word it is the entry's signature says, whatever the part names.
                let Some(derived) = opened.part.derived.filter(|_| opened.part.parents.is_empty()) else {
                    continue; // What was edited later was released with the first.
                };
                let index = u32::try_from(derived.index).unwrap_or(u32::MAX);
                all.push(Disclosure {
                    at: opened.part.made,
                    kind: DisclosureKind::Shared,
                    part: PartRef { entry: derived.entry, index },
                    by,
                    to: Some(opened.compartment),
                    purpose: derived.purpose,
                    recipient: Some(derived.recipient),
                    digest: entry,
                    leaf: leaf.map(i64::cast_unsigned),
                });
            }
            Ok(all)
        })
    }

    /// Requests of which so many trustees released that the parts could be opened, or of which that is not known.
    fn openings_released(&self) -> Result<Vec<Disclosure>, NodeError> {
        let mut all = Vec::new();
        let mut known = Vec::new();
        let of = |ahead: bool| if ahead { DisclosureKind::OpenedAhead } else { DisclosureKind::Opened };
        for view in self.my_openings()?.into_iter().filter(|view| view.released > 0) {
            known.push(view.hash);
            all.extend(view.request.parts.iter().map(|part| Disclosure {
                at: view.request.made,
                kind: of(view.request.ahead.is_some()),
                part: *part,
                by: view.request.reader,
                to: None,
                purpose: view.request.purpose.clone(),
                recipient: None,
                digest: view.hash,
                leaf: Some(view.leaf),
            }));
        }
        for view in self.notices()? {
            let released = view.trustees.values().any(|(outcome, _)| *outcome == Outcome::Released);
            if !released || known.contains(&view.request) {
                continue;
            }
            all.extend(view.notice.parts.iter().map(|part| Disclosure {
                at: view.notice.time,
                kind: of(view.notice.ahead.is_some()),
                part: *part,
                by: view.notice.reader,
                to: None,
                purpose: view.notice.purpose.clone(),
                recipient: None,
                digest: view.request,
                leaf: None,
            }));
        }
        Ok(all)
    }
}

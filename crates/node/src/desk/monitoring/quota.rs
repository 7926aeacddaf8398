//! Quotas, shown: how many parts this person opened today of how many, as far as this desk knows.

use std::collections::BTreeMap;

use counterseal_model::{CompartmentId, Timestamp};
use counterseal_policy::Quota;
use rusqlite::OptionalExtension;

use crate::desk::Desk;
use crate::error::NodeError;

/// What was opened today in a compartment, and how much may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaView {
    /// The compartment.
    pub compartment: CompartmentId,
    /// Parts that trustees released to this desk today (UTC). This person's other desks count with the trustees too.
    pub opened: u64,
    /// What the charter allows a person a day; none when it sets no quota.
    pub charter: Option<u64>,
    /// What each trustee allows: t/n of it, since whoever asks can go to other trustees each time.
    pub here: Option<u64>,
    /// What a person can open in fact who spreads over all trustees.
    pub everywhere: Option<u64>,
    /// The spread factor n/t: t, and n.
    pub spread: (u64, u64),
}

impl Desk {
    /// What this desk opened today, by guarded compartment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn quotas(&self) -> Result<Vec<QuotaView>, NodeError> {
        let at = self.moment();
        let Some(set) = self.register.trustees(at) else { return Ok(Vec::new()) };
        let (t, n) = (set.threshold, set.trustees.len() as u64);
        let small = |number: u64| u8::try_from(number).unwrap_or(u8::MAX);
        let opened = self.opened_today()?;
        let mut views = Vec::new();
        for compartment in self.register.compartments(at) {
            let Some(charter) = self.register.charter(compartment, at) else { continue };
            let count = opened.get(&compartment).copied().unwrap_or(0);
            let mine = self.compartments().iter().any(|view| view.id == compartment && view.mine);
            if !charter.rule.is_guarded() || !(mine || count > 0) {
                continue;
            }
            let quota = charter.quota.map(|parts| Quota::new(parts, small(t), small(n)));
            views.push(QuotaView {
                compartment,
                opened: count,
                charter: charter.quota,
                here: quota.map(|quota| quota.here),
                everywhere: quota.map(|quota| quota.everywhere),
                spread: (t, n),
            });
        }
        Ok(views)
    }

    fn opened_today(&self) -> Result<BTreeMap<CompartmentId, u64>, NodeError> {
        let today = self.now().0.div_euclid(Timestamp::DAY);
        let mut opened = BTreeMap::new();
        for view in self.my_openings()? {
            if view.request.made.0.div_euclid(Timestamp::DAY) != today || view.released == 0 {
                continue;
            }
            for part in &view.request.parts {
                let found: Option<[u8; 16]> = self.store.read(|db| {
                    let mut find = db.prepare_cached("SELECT compartment FROM entry WHERE id = ?1")?;
                    Ok::<_, NodeError>(find.query_row([part.entry.as_bytes()], |row| row.get(0)).optional()?)
                })?;
                if let Some(id) = found {
                    *opened.entry(CompartmentId::from_bytes(id)).or_default() += 1;
                }
            }
        }
        Ok(opened)
    }
}

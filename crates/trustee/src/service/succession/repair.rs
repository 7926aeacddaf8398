//! The successor's side of a repair: it names the helpers, and adds up what they give (docs/spec/succession.md,
//! section 5).

use std::collections::BTreeMap;

use counterseal_model::{EntryId, StatementId};
use counterseal_register::{Bytes, HandedEntry, KeyId, Register, RepairOrder, SealedTo, VerifiedHeader};
use counterseal_seal::Repair;
use rand_core::Rng;
use zeroize::Zeroizing;

use super::help::places_of;
use super::take::{Arrived, HandedOver};
use crate::service::{Service, ServiceError};

/// A set under which a lost trustee's pads have to be repaired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepairNeeded {
    /// The set.
    pub set: StatementId,
    /// How many helpers it takes.
    pub threshold: usize,
    /// Who may help: those who answer for the other places of the set.
    pub helpers: Vec<KeyId>,
}

/// What one helper added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helped {
    /// The helper.
    pub helper: KeyId,
    /// What names the call that it answered.
    pub asked: [u8; 32],
    /// The entries.
    pub entries: Vec<HandedEntry>,
    /// What it added for each of their parts.
    pub sealed: SealedTo,
}

/// What the helpers added for the parts of one entry, one of them after the other.
struct Sum {
    header: VerifiedHeader,
    parts: BTreeMap<u32, Vec<Zeroizing<[u8; 32]>>>,
}

impl Service {
    /// The sets that had a trustee in them whose place this one answers for.
    #[must_use]
    pub fn repairs_needed(&self, of: KeyId) -> Vec<RepairNeeded> {
        let Some(register) = self.mirror.register() else { return Vec::new() };
        let at = self.at(&register);
        let of_it = register.trustee_sets(at).filter(|set| set.find(of).is_some());
        let needed = of_it.map(|set| {
            let others = set.trustees.iter().filter(|one| one.id() != of);
            let mut helpers: Vec<KeyId> = others.map(|one| register.trustee_holder(one.id(), at)).collect();
            helpers.sort_unstable();
            RepairNeeded {
                set: set.id,
                threshold: usize::try_from(set.threshold).unwrap_or(usize::MAX),
                helpers,
            }
        });
        needed.collect()
    }

    /// A new repair by these helpers. Each has masks of its own.
    pub fn begin_repair(
        &mut self,
        of: KeyId,
        set: StatementId,
        mut helpers: Vec<KeyId>,
    ) -> Option<RepairOrder> {
        let register = self.mirror.register()?;
        let in_force = register.trustees(self.at(&register))?.id;
        helpers.sort_unstable();
        let mut id = [0; 32];
        self.setting.rng.fill_bytes(&mut id);
        let (mission, successor) = (self.setting.mission, self.id());
        let (id, extra) = (Bytes(id), Default::default());
        Some(RepairOrder { mission, set, of, successor, in_force, helpers, id, extra })
    }

    /// Adds up what all helpers of a repair gave, and takes the entries of which each gave the same parts and every sum
    /// is the pad that the author committed to. If one is not, one of the helpers lied, or the author dealt one of them
    /// another point; another list tells which sums are right.
    ///
    /// # Errors
    /// What the disks say; entries before are taken.
    pub fn take_repaired(
        &mut self,
        order: &RepairOrder,
        helped: &[Helped],
    ) -> Result<HandedOver, ServiceError> {
        let mut done = HandedOver::default();
        let Some(register) = self.mirror.register() else { return Ok(done) };
        let Some((repair, rank)) = self.repair_of(&register, order) else { return Ok(done) };
        let mut sums: BTreeMap<EntryId, Sum> = BTreeMap::new();
        for helper in &order.helpers {
            let Some(one) = helped.iter().find(|one| one.helper == *helper) else { return Ok(done) };
            let opened = self.open_given(&register, (*helper, one.asked), &one.entries, &one.sealed);
            for arrived in opened.unwrap_or_default() {
                let sum = Sum { header: arrived.header, parts: BTreeMap::new() };
                let sum = sums.entry(sum.header.id()).or_insert(sum);
                for (index, added) in arrived.pads {
                    sum.parts.entry(index).or_default().push(added);
                }
            }
        }
        for Sum { header, parts } in sums.into_values() {
            let of_the_set = header.header().trustee_set == Some(order.set);
            let pads = parts.into_iter().filter_map(|(index, added)| {
                let at = usize::try_from(index).ok()?;
                let masked = header.header().parts.get(at)?.guard.as_ref()?.points.get(rank)?;
                Some((index, Zeroizing::new(*repair.restore(&added, masked)?.reveal())))
            });
            let pads = pads.filter(|_| of_the_set).collect();
            done.count(self.take_over(
                &register,
                order.of,
                Arrived { header, refused: false, pads },
                true,
            )?);
        }
        self.keep_lies(&order.helpers, done.false_pads.len())?;
        Ok(done)
    }

    fn repair_of(&self, register: &Register, order: &RepairOrder) -> Option<(Repair, usize)> {
        let at = self.at(register);
        let set = register.trustee_set(order.set, at)?;
        let (lost, places) = places_of(register, set, order, at)?;
        let xs = places.iter().map(|(_, x)| *x).collect();
        let repair = Repair::new(order.hash(), u8::try_from(set.threshold).ok()?, lost, xs).ok()?;
        Some((repair, set.find(order.of)?.0))
    }
}

//! The parts: held here, neither erased nor withdrawn, and of compartments that the reader is in now.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{CompartmentId, DeviceId};
use counterseal_register::{Charter, Moment, Office, PartRef, Register, Rule};

use super::Case;
use super::against::{Against, NotNow, Refused};
use super::known::{Asked, Held, Kept, PartKnown};

/// The parts of a request that may be considered, and the compartments that they are of.
pub(super) struct Parts<'a> {
    pub(super) held: Vec<&'a Held>,
    pub(super) charters: BTreeMap<CompartmentId, Charter>,
}

/// Whether a device is in a compartment's present roster: of an epoch that none follows, active, neither removed nor
/// away.
#[must_use]
pub fn is_member(register: &Register, compartment: CompartmentId, device: DeviceId, at: Moment) -> bool {
    let is_in =
        |epoch| register.epoch_devices(epoch, at).is_some_and(|devices| devices.members.contains(&device));
    register.epoch_heads(compartment).into_iter().any(is_in)
}

/// An entry that is on its way is no reason to decide anything.
pub(super) fn check_here(asked: &Asked<'_>) -> Result<(), NotNow> {
    match asked.parts.contains(&PartKnown::NotHere) {
        true => Err(NotNow::EntryNotHere),
        false => Ok(()),
    }
}

impl<'a> Case<'a> {
    pub(super) fn check_parts(&self) -> Result<Parts<'a>, Refused> {
        let named = &self.asked.request.body().parts;
        let refuse = |against, is: &dyn Fn(&PartKnown) -> bool| {
            let parts = named.iter().zip(&self.asked.parts).filter(|(_, known)| is(known));
            refuse_some(against, parts.map(|(part, _)| *part).collect())
        };
        if named.len() != self.asked.parts.len() {
            return Err(Refused::of(Against::PartNotHeld));
        }
        let here = |known: &PartKnown| matches!(known, PartKnown::Here(held) if held.kept == Kept::Pad);
        refuse(Against::PartErased, &|known| self.is_erased(known))?;
        refuse(Against::PartNotHeld, &|known| !here(known))?;
        refuse(Against::PartWithdrawn, &|known| self.is_withdrawn(known))
            .map_err(|refused| refused.ask(Office::DataProtection))?;
        let held = self.asked.parts.iter().filter_map(|known| match known {
            PartKnown::Here(held) => Some(held.as_ref()),
            PartKnown::NotHere => None,
        });
        let held: Vec<_> = held.collect();
        let compartments: BTreeSet<_> = held.iter().map(|held| held.compartment).collect();
        let charter = |compartment| Ok((compartment, self.check_member(compartment, &held)?));
        let charters = compartments.into_iter().map(charter).collect::<Result<_, Refused>>()?;
        Ok(Parts { held, charters })
    }

    fn check_member(&self, compartment: CompartmentId, held: &[&Held]) -> Result<Charter, Refused> {
        let reader = self.asked.request.body().reader;
        let charter = self.register().charter(compartment, self.at);
        let member = is_member(self.register(), compartment, reader, self.at);
        let of_it = held.iter().filter(|held| held.compartment == compartment).map(|held| held.part);
        charter.filter(|_| member).ok_or_else(|| Refused::for_parts(Against::NotAMember, of_it.collect()))
    }

    /// By the store's tombstone, or by the register before the store obeyed it.
    fn is_erased(&self, known: &PartKnown) -> bool {
        let by_register = |held: &Held| self.state_of(held).erased.is_some();
        matches!(known, PartKnown::Here(held) if held.kept == Kept::Erased || by_register(held))
    }

    fn is_withdrawn(&self, known: &PartKnown) -> bool {
        matches!(known, PartKnown::Here(held) if self.state_of(held).withdrawn.is_some())
    }

    fn state_of(&self, held: &Held) -> counterseal_register::PartState {
        self.register().part_state(held.compartment, held.part, self.at)
    }

    /// The stricter of the rule under which a part was sealed and the charter's rule now: what was sealed for two
    /// persons stays so when the charter is loosened, and a stricter charter counts for what was sealed before.
    pub(super) fn rule_of(&self, held: &Held, parts: &Parts<'_>) -> Rule {
        let sealed = self.register().epoch(held.epoch).map_or(Rule::TwoPerson, |epoch| epoch.rule());
        let now = parts.charters.get(&held.compartment).map_or(Rule::TwoPerson, |charter| charter.rule);
        sealed.max(now)
    }
}

pub(super) fn refuse_some(against: Against, parts: Vec<PartRef>) -> Result<(), Refused> {
    if parts.is_empty() { Ok(()) } else { Err(Refused::for_parts(against, parts)) }
}

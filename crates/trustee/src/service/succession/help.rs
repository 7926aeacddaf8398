//! A helper's side of a repair: what it adds is masked, and it adds only to a repair that governors' statement in force
//! stands behind (docs/spec/succession.md, section 5).

use counterseal_model::EntryId;
use counterseal_register::{
    Blob, Bytes, HandedEntry, KeyId, Outcome, Register, RepairOrder, RepairSeeds, SeedFor, SignedBody,
    SuccessionCall, SuccessionSaid, TrusteeSet, VerifiedBody, VerifiedHeader,
};
use counterseal_seal::{Pad, Repair, RepairPair, RepairSeed, RepairedPart, TrusteeRecipient};
use zeroize::Zeroizing;

use super::{Heir, MOST_HANDED, MOST_PARTS, No, not_now, requests_of};
use crate::service::{Service, ServiceError, sealed_of, sealed_to};
use crate::store::PartRef;

/// A repair, as a helper found it to be one.
struct Helping {
    repair: Repair,
    order: [u8; 32],
    helpers: Vec<KeyId>,
    /// This trustee's place in the set, by rank and x.
    own: (usize, u8),
}

/// Parts by their index, and what is added for each.
type Added = (Vec<u64>, Vec<Zeroizing<[u8; 32]>>);

/// The places of a repair: of the lost trustee, and of the helpers in their order.
pub(super) fn places_of(
    register: &Register,
    set: &TrusteeSet,
    order: &RepairOrder,
    at: counterseal_register::Moment,
) -> Option<(u8, Vec<(usize, u8)>)> {
    let lost = u8::try_from(set.find(order.of)?.1.x).ok()?;
    let place = |helper: &KeyId| {
        let (rank, place) = register.place_answered(set, *helper, at)?;
        // Who answers for the lost place is the one who asks.
        (place.id() != order.of).then_some((rank, u8::try_from(place.x).ok()?))
    };
    let helpers = order.helpers.iter().map(place).collect::<Option<Vec<_>>>()?;
    order.helpers.is_sorted_by(|a, b| a < b).then_some((lost, helpers))
}

impl Service {
    /// Checks a repair: of this mission and this heir, by the set in force, and by exactly as many helpers as had to
    /// release under the old set, each at a place of its own. *[One helper named alone would give its point away.]*
    fn helping(&self, register: &Register, heir: &Heir, order: &RepairOrder) -> Result<Helping, No> {
        let is_its =
            (order.mission, order.of, order.successor) == (self.setting.mission, heir.of, heir.successor);
        let in_force = register.trustees(heir.at).is_some_and(|set| set.id == order.in_force);
        if !is_its || !in_force {
            return Err("repair-other");
        }
        let set = register.trustee_set(order.set, heir.at).ok_or("repair-set-unknown")?;
        let (lost, places) = places_of(register, set, order, heir.at).ok_or("repair-helpers-bad")?;
        let rank = order.helpers.iter().position(|id| *id == self.id()).ok_or("repair-not-a-helper")?;
        let own = places.get(rank).copied().ok_or("repair-helpers-bad")?;
        let xs = places.iter().map(|(_, x)| *x).collect();
        let threshold = u8::try_from(set.threshold).map_err(|_| "repair-helpers-bad")?;
        let name = order.hash();
        let repair = Repair::new(name, threshold, lost, xs).map_err(|_| "repair-helpers-bad")?;
        Ok(Helping { repair, order: name, helpers: order.helpers.clone(), own })
    }

    /// The seeds that this helper shares with those after it.
    pub(super) fn give_seeds(
        &mut self,
        register: &Register,
        heir: &Heir,
        order: &RepairOrder,
    ) -> Result<SuccessionSaid, ServiceError> {
        let helping = match self.helping(register, heir, order) {
            Ok(helping) => helping,
            Err(code) => return Ok(not_now(code)),
        };
        let (mission, own, mut seeds) = (self.setting.mission, self.id(), Vec::new());
        for to in helping.helpers.into_iter().filter(|helper| *helper > own) {
            let requests = requests_of(register, to, heir.at);
            let sealed = requests.and_then(|requests| {
                let recipient = TrusteeRecipient { trustee: to, requests: &requests };
                let rng = &mut self.setting.rng;
                self.setting.secrets.seal_repair_seed(rng, mission, helping.order, recipient).ok()
            });
            let Some(sealed) = sealed else { return Ok(not_now("repair-helpers-bad")) };
            seeds.push(SeedFor { to, sealed: sealed_to(sealed), extra: Default::default() });
        }
        let order = Bytes(helping.order);
        let signed =
            self.sign(&RepairSeeds { mission, trustee: own, order, seeds, extra: Default::default() })?;
        Ok(SuccessionSaid::Seeded { seeds: Blob(signed) })
    }

    /// What this helper adds for the parts of some entries. Without the seeds of all helpers before it nothing leaves.
    pub(super) fn help(
        &mut self,
        register: &Register,
        heir: &Heir,
        (order, seeds, entries): (&RepairOrder, &[Blob], &[EntryId]),
        call: &VerifiedBody<SuccessionCall>,
    ) -> Result<SuccessionSaid, ServiceError> {
        let helping = match self.helping(register, heir, order) {
            Ok(helping) => helping,
            Err(code) => return Ok(not_now(code)),
        };
        let Some(seeds) = self.seeds(register, &helping, seeds) else {
            return Ok(not_now("repair-seeds-bad"));
        };
        let (mut given, mut all) = (Vec::new(), Vec::new());
        for id in entries.iter().take(MOST_HANDED) {
            let Some(row) = self.store.entry(*id)?.filter(|row| row.refused.is_none()) else { continue };
            let header = self.header_of(register, &row.header);
            let Some(header) = header.filter(|one| one.header().trustee_set == Some(order.set)) else {
                continue;
            };
            let (parts, added) = self.added(register, heir, (&helping, &seeds), &header)?;
            if !all.is_empty() && all.len() + added.len() > MOST_PARTS {
                break;
            }
            all.extend(added);
            let header = Blob(row.header);
            given.push(HandedEntry { header, refused: None, parts, extra: Default::default() });
        }
        self.seal_given(heir, (given, all), (Outcome::Helped, call))
    }

    /// The seeds that this helper shares with each of the others: its own for those after it, theirs for those before.
    fn seeds(&self, register: &Register, helping: &Helping, signed: &[Blob]) -> Option<Vec<RepairSeed>> {
        let (mission, own, order) = (self.setting.mission, self.id(), helping.order);
        let others = helping.helpers.iter().filter(|helper| **helper != own);
        let seed = |other: &KeyId| {
            if *other > own {
                return Some(self.setting.secrets.derive_repair_seed(&order, *other));
            }
            let key = register.trustee_key(*other)?;
            let said = signed.iter().find_map(|bytes| {
                let parsed = SignedBody::<RepairSeeds>::parse(&bytes.0).ok()?;
                let body = parsed.verify_trustee(mission, key).ok()?.into_body();
                (body.order.0 == order && body.trustee == *other).then_some(body)
            })?;
            let ours = said.seeds.iter().find(|seed| seed.to == own)?;
            let pair = RepairPair { mission, order, first: *other, second: own };
            self.setting.secrets.open_repair_seed(&pair, &sealed_of(&ours.sealed)?).ok()
        };
        others.map(seed).collect()
    }

    /// For each live part that there is a pad of: lambda times the point, under the masks.
    fn added(
        &self,
        register: &Register,
        heir: &Heir,
        (helping, seeds): (&Helping, &[RepairSeed]),
        header: &VerifiedHeader,
    ) -> Result<Added, ServiceError> {
        let (mut parts, mut added) = (Vec::new(), Vec::new());
        let (rank, x) = helping.own;
        for PartRef { entry, index } in self.live_parts(register, heir.at, header)? {
            let at = usize::try_from(index).ok();
            let guard = at.and_then(|at| header.header().parts.get(at)?.guard.as_ref());
            let masked = guard.and_then(|guard| guard.points.get(rank));
            let Some((masked, pad)) = masked.zip(self.store.pad(&PartRef { entry, index })?) else {
                continue;
            };
            let part = RepairedPart { entry, index };
            if let Some(one) = helping.repair.help(part, x, masked, &Pad::from_bytes(&pad), seeds) {
                parts.push(u64::from(index));
                added.push(one);
            }
        }
        Ok((parts, added))
    }
}

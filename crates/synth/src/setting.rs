//! A town as the stage of incidents: what is near it, and who is strong there.

use counterseal_model::RecordId;

use crate::cast::Group;
use crate::draw::{Draw, Purpose};
use crate::gazetteer::Town;
use crate::plan::Plan;

/// Other towns that reports from a town mention, and groups that are seen there: the nearest ones.
const NEAREST: usize = 4;
/// Of fifteen incidents, eight are by the nearest group, four by the next ...
const SHARES: [u64; NEAREST] = [8, 12, 14, 15];

/// A town, its record and its surroundings.
pub(crate) struct Setting {
    pub(crate) town: Town,
    pub(crate) record: RecordId,
    /// Indices of the nearest towns of the same country.
    near: Vec<usize>,
    /// Indices of the groups whose home is nearest.
    groups: Vec<usize>,
}

impl Setting {
    /// Every town with its surroundings.
    pub(crate) fn all(plan: &Plan, towns: &[Town], groups: &[Group]) -> Vec<Self> {
        let mut draw = Draw::new(plan.seed, Purpose::Settings, 0);
        let homes: Vec<_> = groups.iter().filter_map(|group| towns.get(group.home)).collect();
        let all = towns.iter().map(|town| Self {
            town: town.clone(),
            record: draw.id(),
            near: nearest(towns.len(), |nth| {
                let other = towns.get(nth).filter(|other| other.iso3 == town.iso3 && other.name != town.name);
                other.map_or(i64::MAX, |other| other.apart(town))
            }),
            groups: nearest(homes.len(), |nth| homes.get(nth).map_or(i64::MAX, |home| home.apart(town))),
        });
        all.collect()
    }

    /// A town not far away.
    pub(crate) fn neighbour<'a>(&'a self, draw: &mut Draw, all: &'a [Self]) -> &'a Town {
        let near = all.get(*draw.pick(&self.near)).unwrap_or(self);
        &near.town
    }

    /// The group behind an incident here, and its rival.
    pub(crate) fn parties<'a>(&self, draw: &mut Draw, groups: &'a [Group]) -> (&'a Group, &'a Group) {
        let first = draw.weighted(&SHARES);
        let rival = (first + 1 + draw.index(NEAREST - 1)) % NEAREST;
        let mut known = |nth: usize| match self.groups.get(nth).and_then(|group| groups.get(*group)) {
            Some(group) => group,
            None => draw.pick(groups),
        };
        (known(first), known(rival))
    }
}

/// The indices below `len` with the smallest distances, nearest first.
fn nearest(len: usize, distance: impl Fn(usize) -> i64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by_cached_key(|nth| distance(*nth));
    order.truncate(NEAREST);
    order
}

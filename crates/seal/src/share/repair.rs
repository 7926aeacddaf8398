//! Share repair: t trustees of a set give the pads of another one of it back to who succeeds it, and nobody learns
//! anybody else's (docs/spec/sealing.md, section 11).
//!
//! Helper k adds lambda_k(x_j) · f(x_k), masked. The masks are shared in pairs and cancel in the sum, which is f(x_j).

use std::collections::BTreeSet;

use counterseal_model::EntryId;
use thiserror::Error;
use zeroize::Zeroizing;

use super::field::{Point, add, weigh};
use crate::schedule::derive_repair_mask;
use crate::secrets::{Pad, RepairSeed};

/// Which places take part in a repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What names it: the masks are of this repair and of no other.
    order: [u8; 32],
    /// x_j: the place whose pads are lost.
    lost: u8,
    /// The places of the helpers.
    helpers: Vec<u8>,
}

/// Which part a helper adds to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepairedPart {
    /// The entry.
    pub entry: EntryId,
    /// The part's index in it.
    pub index: u32,
}

/// Why places are no repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadRepair {
    /// Fewer would give a point away; more are not needed.
    #[error("a repair takes {needed} helpers of the set, and {have} are named")]
    Count {
        /// How many are named.
        have: usize,
        /// How many it takes.
        needed: u8,
    },
    /// One twice, the lost one, or the secret's.
    #[error("a repair takes helpers at places of their own, none of them the lost one's")]
    Place,
}

impl Repair {
    /// The repair of the place `lost`, by the helpers at these places: exactly as many as had to release.
    ///
    /// # Errors
    /// See `BadRepair`. *[A list of one would have its helper's point unmasked.]*
    pub fn new(order: [u8; 32], threshold: u8, lost: u8, helpers: Vec<u8>) -> Result<Self, BadRepair> {
        if helpers.len() != usize::from(threshold) || threshold < 2 {
            return Err(BadRepair::Count { have: helpers.len(), needed: threshold });
        }
        let places: BTreeSet<u8> = helpers.iter().copied().chain([lost]).collect();
        if places.len() != helpers.len() + 1 || places.contains(&0) {
            return Err(BadRepair::Place);
        }
        Ok(Self { order, lost, helpers })
    }

    /// What the helper at `own` adds for a part: `masked` is its point in the part's header, `seeds` those that it
    /// shares with each of the other helpers. `None` when it is no helper, or a seed is missing.
    #[must_use]
    pub fn help(
        &self,
        part: RepairedPart,
        own: u8,
        masked: &[u8; 32],
        pad: &Pad,
        seeds: &[RepairSeed],
    ) -> Option<Zeroizing<[u8; 32]>> {
        if !self.helpers.contains(&own) || seeds.len() + 1 != self.helpers.len() {
            return None;
        }
        let point = add(masked, pad.reveal());
        let weighed = weigh(&self.helpers, own, self.lost, &point);
        Some(seeds.iter().fold(weighed, |sum, seed| add(&sum, &self.mask(seed, part))))
    }

    /// The lost place's pad, from what every helper added and its point in the part's header. What a helper added
    /// falsely makes it false: `pad_is_committed` tells.
    #[must_use]
    pub fn restore(&self, added: &[Zeroizing<[u8; 32]>], masked: &[u8; 32]) -> Option<Pad> {
        if added.len() != self.helpers.len() {
            return None;
        }
        let point = added.iter().fold(Zeroizing::new([0; 32]), |sum: Point, one| add(&sum, one));
        Some(Pad::from_bytes(&add(&point, masked)))
    }

    fn mask(&self, seed: &RepairSeed, part: RepairedPart) -> Zeroizing<[u8; 32]> {
        derive_repair_mask(seed, &self.order, &part.entry, self.lost, part.index)
    }
}

#[cfg(test)]
mod tests {
    use super::super::field::{evaluate, interpolate};
    use super::*;

    const PART: RepairedPart = RepairedPart { entry: EntryId::from_bytes([7; 32]), index: 3 };

    struct Dealt {
        points: Vec<(u8, Point)>,
    }

    /// A polynomial of three coefficients, at five places.
    fn dealt() -> Dealt {
        let coefficients: Vec<Point> = [11, 0, 77].map(|byte| Zeroizing::new([byte; 32])).into();
        let at = |x| (x, evaluate(&coefficients, x));
        Dealt { points: [40, 41, 42, 43, 200].map(at).into() }
    }

    /// A seed for each pair.
    fn seed(order: u8, a: u8, b: u8) -> RepairSeed {
        RepairSeed::from_bytes(&[order, a.min(b), a.max(b)].repeat(11)[..32].try_into().unwrap())
    }

    impl Dealt {
        fn added(&self, repair: &Repair, order: u8, helpers: &[u8], own: u8) -> Point {
            let seeds: Vec<_> =
                helpers.iter().filter(|x| **x != own).map(|other| seed(order, own, *other)).collect();
            let (pad, point) = ([own; 32], &self.points.iter().find(|(x, _)| *x == own).unwrap().1);
            repair.help(PART, own, &add(point, &pad), &Pad::from_bytes(&pad), &seeds).unwrap()
        }
    }

    #[test]
    fn any_t_helpers_give_the_lost_pad_back() {
        let dealt = dealt();
        let (pad, masked) = ([9; 32], add(&dealt.points[2].1, &[9; 32]));
        for helpers in [[40, 41, 43], [40, 43, 200], [200, 41, 40]] {
            let repair = Repair::new([1; 32], 3, 42, helpers.to_vec()).unwrap();
            let added: Vec<_> = helpers.iter().map(|own| dealt.added(&repair, 1, &helpers, *own)).collect();
            assert_eq!(*repair.restore(&added, &masked).unwrap().reveal(), pad, "{helpers:?}");
            assert!(repair.restore(&added[..2], &masked).is_none());
        }
    }

    #[test]
    fn what_one_helper_adds_is_neither_its_point_nor_what_it_adds_to_another_repair() {
        let dealt = dealt();
        let helpers = [40, 41, 43];
        let one = Repair::new([1; 32], 3, 42, helpers.to_vec()).unwrap();
        let other = Repair::new([2; 32], 3, 42, helpers.to_vec()).unwrap();
        let weighed = weigh(&helpers, 40, 42, &dealt.points[0].1);
        let (a, b) = (dealt.added(&one, 1, &helpers, 40), dealt.added(&other, 1, &helpers, 40));
        assert_ne!(a, weighed, "masked");
        assert_ne!(a, b, "the same seeds under another order are another mask");
        // Two of three sums hide the third: they are no multiple of what lies on the polynomial.
        let sum = add(&a, &dealt.added(&one, 1, &helpers, 41));
        let bare = add(&weighed, &weigh(&helpers, 41, 42, &dealt.points[1].1));
        assert_ne!(sum, bare);
    }

    #[test]
    fn lists_that_would_give_a_point_away_are_no_repair() {
        let refused =
            |threshold, helpers: &[u8]| Repair::new([1; 32], threshold, 42, helpers.to_vec()).unwrap_err();
        assert_eq!(refused(3, &[40, 41]), BadRepair::Count { have: 2, needed: 3 });
        assert_eq!(refused(3, &[40, 41, 43, 200]), BadRepair::Count { have: 4, needed: 3 });
        assert_eq!(refused(1, &[40]), BadRepair::Count { have: 1, needed: 1 });
        for helpers in [[40, 41, 42], [40, 40, 41], [0, 40, 41]] {
            assert_eq!(refused(3, &helpers), BadRepair::Place, "{helpers:?}");
        }
        let repair = Repair::new([1; 32], 2, 42, vec![40, 41]).unwrap();
        let pad = Pad::from_bytes(&[1; 32]);
        assert!(repair.help(PART, 40, &[0; 32], &pad, &[]).is_none(), "without its masks nothing leaves");
        assert!(repair.help(PART, 43, &[0; 32], &pad, &[seed(1, 40, 43)]).is_none(), "it is no helper");
    }

    #[test]
    fn weights_are_those_of_the_interpolation() {
        let dealt = dealt();
        let (some, xs) = (&dealt.points[..3], [40, 41, 42]);
        let sum = some
            .iter()
            .fold(Zeroizing::new([0; 32]), |sum: Point, (x, y)| add(&sum, &weigh(&xs, *x, 200, y)));
        assert_eq!(sum, interpolate(some, 200));
    }
}

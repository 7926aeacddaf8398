//! Combining: whose pad is false, which t of the others give the part's share, and what does not fit.

use std::collections::BTreeMap;

use counterseal_register::PartGuard;
use subtle::ConstantTimeEq;
use thiserror::Error;

use super::GuardedPlace;
use super::committed::fits;
use super::field::{Point, add, interpolate};
use super::set::TrusteeSet;
use crate::schedule::{derive_guarded_prk, derive_part_commitment};
use crate::secrets::{EpochSecret, Pad, PartShare};

/// A part's share, and what did not help.
#[derive(Debug, PartialEq, Eq)]
pub struct Combined {
    /// The share that the part's author committed to.
    pub share: PartShare,
    /// The places x_j whose pad is not the one that the author committed to, ascending: whoever gave it lies.
    pub liars: Vec<u8>,
    /// The places x_j whose pad is the one committed to and whose point does not lie on the share's polynomial,
    /// ascending: the author dealt another point there.
    pub misdealt: Vec<u8>,
}

/// Why pads give no share. Nothing was opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoShare {
    /// The part's header is not of an entry of this trustee set.
    #[error("the part was not guarded by this trustee set; look the set up in the entry's header")]
    OtherSet,
    /// Fewer pads than it takes.
    #[error("{needed} trustees must release their pads, and {have} have; ask the others")]
    TooFew {
        /// How many of the set's trustees gave one.
        have: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Pads are false, and fewer true ones are left than it takes.
    #[error(
        "{} of the pads are not those that the author committed to, and of the others {needed} are needed and {have} there; ask the other trustees",
        .liars.len()
    )]
    FalsePads {
        /// The places x_j of those who gave them, ascending.
        liars: Vec<u8>,
        /// How many true ones there are.
        have: usize,
        /// How many it takes.
        needed: usize,
    },
    /// No pads of as many trustees as it takes give the share that the author committed to.
    #[error(
        "no {needed} of the {have} pads open the part, though the author committed to each: the author dealt wrongly; ask the other trustees"
    )]
    NoneFits {
        /// How many pads there were.
        have: usize,
        /// How many it takes.
        needed: usize,
    },
}

impl Combined {
    /// Leaves out every pad that is not the one committed to: one is enough to name who gave it. Then tries every t of the
    /// others, in the order of their places; the first whose share has the commitment is it, and unless the author
    /// dealt wrongly that is the first there is. `pads` are by place x_j, each from its trustee's signed response to
    /// this very request; one at a place where the set has nobody counts for nothing.
    ///
    /// # Errors
    /// See `NoShare`.
    pub fn find(
        place: &GuardedPlace,
        epoch: &EpochSecret,
        guard: &PartGuard,
        set: &TrusteeSet,
        pads: &BTreeMap<u8, Pad>,
    ) -> Result<Self, NoShare> {
        let count = set.places().len();
        if guard.points.len() != count || guard.pads.len() != count {
            return Err(NoShare::OtherSet);
        }
        let named = guard.points.iter().zip(&guard.pads);
        let named: BTreeMap<u8, _> = set.places().iter().map(|place| place.x).zip(named).collect();
        let (mut points, mut liars) = (Vec::<(u8, Point)>::new(), Vec::new());
        for (x, pad) in pads {
            match named.get(x) {
                Some((masked, committed)) if fits(committed, &place.ctx, *x, place.index, pad) => {
                    points.push((*x, add(masked, pad.reveal())));
                }
                Some(_) => liars.push(*x),
                None => {}
            }
        }
        let (have, needed) = (points.len(), usize::from(set.threshold()));
        match (have < needed, liars.is_empty()) {
            (true, true) => return Err(NoShare::TooFew { have, needed }),
            (true, false) => return Err(NoShare::FalsePads { liars, have, needed }),
            (false, _) => {}
        }
        let mut found = subsets(have, needed).filter_map(|chosen| {
            let some: Vec<(u8, Point)> =
                points.iter().zip(chosen).filter(|(_, is)| *is).map(|(p, _)| p.clone()).collect();
            let share = PartShare::from_bytes(&interpolate(&some, 0));
            let prk = derive_guarded_prk(&place.salt, epoch, &share);
            let commitment = derive_part_commitment(&prk, &place.ctx, place.index, place.rule);
            bool::from(commitment.ct_eq(&guard.commitment)).then_some((share, some))
        });
        let (share, some) = found.next().ok_or(NoShare::NoneFits { have, needed })?;
        Ok(Self { share, liars, misdealt: misfits(&points, &some) })
    }
}

/// The places whose point does not lie on the polynomial through `some`.
fn misfits(points: &[(u8, Point)], some: &[(u8, Point)]) -> Vec<u8> {
    let fits = |(x, y): &&(u8, Point)| bool::from(interpolate(some, *x).ct_eq(y.as_slice()));
    points.iter().filter(|point| !fits(point)).map(|(x, _)| *x).collect()
}

/// Every choice of `t` among `n` things, `n` at most nine, in lexicographic order: from `11..00` down, the
/// first thing being the highest bit.
fn subsets(n: usize, t: usize) -> impl Iterator<Item = impl Iterator<Item = bool>> {
    let choices = (0..1u16 << n).rev().filter(move |bits| bits.count_ones() as usize == t);
    choices.map(move |bits| (0..n).rev().map(move |bit| bits >> bit & 1 == 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsets_come_in_order_and_all_of_them() {
        let of = |n, t| -> Vec<Vec<usize>> {
            subsets(n, t)
                .map(|chosen| chosen.enumerate().filter(|(_, is)| *is).map(|(i, _)| i).collect())
                .collect()
        };
        assert_eq!(of(4, 2), [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]].map(Vec::from));
        assert_eq!(of(3, 3), [[0, 1, 2]].map(Vec::from));
        assert_eq!(of(1, 1), [[0]].map(Vec::from));
        assert_eq!((of(9, 4).len(), of(9, 5).len(), of(9, 9).len()), (126, 126, 1));
        assert!(of(9, 4).is_sorted());
    }
}

//! Combining: which t pads give the part's share, and whose does not fit.

use std::collections::BTreeMap;

use counterseal_register::PartGuard;
use subtle::ConstantTimeEq;
use thiserror::Error;

use super::GuardedPlace;
use super::field::{Point, add, interpolate};
use super::set::TrusteeSet;
use crate::schedule::{derive_guarded_prk, derive_part_commitment};
use crate::secrets::{EpochSecret, Pad, PartShare};

/// A part's share, and who did not help.
#[derive(Debug, PartialEq, Eq)]
pub struct Combined {
    /// The share that the part's author committed to.
    pub share: PartShare,
    /// The places x_j whose pad does not lie on the share's polynomial, ascending: either that trustee
    /// answered wrongly, or the author dealt it another point.
    pub misfits: Vec<u8>,
}

/// Why pads give no share. Nothing was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
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
    /// No pads of as many trustees as it takes give the share that the author committed to.
    #[error(
        "no {needed} of the {have} pads open the part: a trustee answers wrongly, or the author dealt wrongly; ask the other trustees"
    )]
    NoneFits {
        /// How many pads there were.
        have: usize,
        /// How many it takes.
        needed: usize,
    },
}

impl Combined {
    /// Tries every t pads, in the order of their places; the first whose share has the commitment is it.
    /// `pads` are by place x_j, each from its trustee's signed response to this very request; one at a
    /// place where the set has nobody counts for nothing.
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
        if guard.points.len() != set.places().len() {
            return Err(NoShare::OtherSet);
        }
        let masked: BTreeMap<u8, &[u8; 32]> =
            set.places().iter().zip(&guard.points).map(|(place, point)| (place.x, point)).collect();
        let points: Vec<(u8, Point)> =
            pads.iter().filter_map(|(x, pad)| Some((*x, add(masked.get(x)?, pad.reveal())))).collect();
        let (have, needed) = (points.len(), usize::from(set.threshold()));
        if have < needed {
            return Err(NoShare::TooFew { have, needed });
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
        Ok(Self { share, misfits: misfits(&points, &some) })
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

//! Dealing: a polynomial per part, a point of it per trustee.

use super::field::{Point, add, evaluate};
use super::set::TrusteeSet;
use crate::schedule::{Prk, derive_coefficient, derive_pad, derive_pad_commitment};
use crate::secrets::{PartShare, ShareSecret};

/// What is dealt for one part.
pub(crate) struct Dealt {
    /// sigma_i.
    pub(crate) share: PartShare,
    /// For each trustee of the set its point, masked with its pad.
    pub(crate) points: Vec<[u8; 32]>,
    /// For each trustee of the set the commitment to its pad.
    pub(crate) pads: Vec<[u8; 32]>,
}

/// Deals part `index`. `secrets` are the trustees' share secrets, in the set's order.
pub(crate) fn deal(
    dealing: &Prk,
    ctx: &[u8; 32],
    index: u32,
    set: &TrusteeSet,
    secrets: &[ShareSecret],
) -> Dealt {
    let coefficients: Vec<Point> =
        (0..set.threshold()).map(|k| derive_coefficient(dealing, ctx, index, k)).collect();
    let each = set.places().iter().zip(secrets).map(|(place, secret)| {
        let pad = derive_pad(secret, ctx, place.x, index);
        let masked = *add(&evaluate(&coefficients, place.x), pad.reveal());
        (masked, derive_pad_commitment(ctx, place.x, index, &pad))
    });
    let (points, pads) = each.unzip();
    Dealt { share: PartShare::from_bytes(&evaluate(&coefficients, 0)), points, pads }
}

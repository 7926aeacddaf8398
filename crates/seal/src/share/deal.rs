//! Dealing: a polynomial per part, a point of it per trustee.

use super::field::{Point, add, evaluate};
use super::set::TrusteeSet;
use crate::schedule::{Prk, derive_coefficient, derive_pad};
use crate::secrets::{PartShare, ShareSecret};

/// sigma_i of part `index`, and for each trustee of the set its point, masked with its pad. `secrets` are
/// the trustees' share secrets, in the set's order.
pub(crate) fn deal(
    dealing: &Prk,
    ctx: &[u8; 32],
    index: u32,
    set: &TrusteeSet,
    secrets: &[ShareSecret],
) -> (PartShare, Vec<[u8; 32]>) {
    let coefficients: Vec<Point> =
        (0..set.threshold()).map(|k| derive_coefficient(dealing, ctx, index, k)).collect();
    let masked = set.places().iter().zip(secrets).map(|(place, secret)| {
        let pad = derive_pad(secret, ctx, place.x, index);
        *add(&evaluate(&coefficients, place.x), pad.reveal())
    });
    (PartShare::from_bytes(&evaluate(&coefficients, 0)), masked.collect())
}

//! Polynomials over GF(2^8) modulo 0x11b, for 32 bytes at a time: each byte has a polynomial of its own
//! (Shamir 1979). Constant time: no tables, and no branch or index depends on a secret. The places x are
//! public, the points are not.

use zeroize::Zeroizing;

/// 32 bytes of a polynomial: a coefficient, or its value somewhere.
pub(super) type Point = Zeroizing<[u8; 32]>;

/// a · b: the secret one is `a`; `b` is a public place, or made of places.
const fn mul(mut a: u8, b: u8) -> u8 {
    let (mut product, mut bit) = (0, 0);
    while bit < 8 {
        product ^= a & (b >> bit & 1).wrapping_neg();
        a = (a << 1) ^ (0x1b & (a >> 7).wrapping_neg());
        bit += 1;
    }
    product
}

/// a^254, which is 1/a for every a but zero, and zero for zero.
const fn invert(a: u8) -> u8 {
    let (mut power, mut n) = (1, 0);
    while n < 254 {
        power = mul(power, a);
        n += 1;
    }
    power
}

/// a xor b, byte by byte: addition, and the masking of a point.
pub(super) fn add(a: &[u8; 32], b: &[u8; 32]) -> Point {
    let mut sum = Zeroizing::new(*a);
    sum.iter_mut().zip(b).for_each(|(a, b)| *a ^= b);
    sum
}

fn scale(point: &[u8; 32], by: u8) -> Point {
    let mut scaled = Zeroizing::new(*point);
    scaled.iter_mut().for_each(|byte| *byte = mul(*byte, by));
    scaled
}

/// The polynomial's value at `x`; the coefficient of x^0 comes first (Horner).
pub(super) fn evaluate(coefficients: &[Point], x: u8) -> Point {
    coefficients.iter().rev().fold(Zeroizing::new([0; 32]), |value, next| add(&scale(&value, x), next))
}

/// What the point `y` at `x` adds to the value at `at` of the polynomial through points at these places: y times the
/// Lagrange weight of x. The weight is public, as the places are.
pub(super) fn weigh(places: &[u8], x: u8, at: u8, y: &[u8; 32]) -> Point {
    let others = places.iter().filter(|other| **other != x);
    let (above, below) =
        others.fold((1, 1), |(above, below), other| (mul(above, at ^ other), mul(below, x ^ other)));
    scale(y, mul(above, invert(below)))
}

/// The value at `at` of the polynomial of least degree through the points (Lagrange), whose places differ.
pub(super) fn interpolate(points: &[(u8, Point)], at: u8) -> Point {
    let places: Vec<u8> = points.iter().map(|(x, _)| *x).collect();
    let terms = points.iter().map(|(x, y)| weigh(&places, *x, at, y));
    terms.fold(Zeroizing::new([0; 32]), |sum, next| add(&sum, &next))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Multiplication written another way: shift, then reduce the 15-bit product.
    fn slow(a: u8, b: u8) -> u8 {
        let product = (0..8).filter(|bit| b >> bit & 1 == 1).fold(0u16, |sum, bit| sum ^ u16::from(a) << bit);
        let reduced =
            (8..15).rev().fold(product, |p, bit| if p >> bit & 1 == 1 { p ^ 0x11b << (bit - 8) } else { p });
        reduced as u8
    }

    #[test]
    fn multiplication_is_that_of_the_field() {
        assert_eq!(mul(0x57, 0x83), 0xc1, "FIPS 197, section 4.2");
        for a in 0..=255 {
            for b in 0..=255 {
                assert_eq!(mul(a, b), slow(a, b), "{a} {b}");
            }
            assert_eq!(mul(a, invert(a)), u8::from(a != 0), "{a}");
        }
    }

    #[test]
    fn any_t_points_give_the_polynomial_back_at_every_place() {
        let coefficients: Vec<Point> = (0..4).map(|k| Zeroizing::new([k * 67; 32])).collect();
        let at = |x| (x, evaluate(&coefficients, x));
        for xs in [[1, 2, 3, 4], [255, 7, 128, 1], [9, 200, 33, 34]] {
            let points = xs.map(at);
            for x in [0, 1, 77, 255] {
                assert_eq!(interpolate(&points, x), evaluate(&coefficients, x), "{xs:?} at {x}");
            }
            assert_ne!(interpolate(&points[..3], 0), evaluate(&coefficients, 0), "three of four are too few");
        }
        assert_eq!(evaluate(&coefficients, 0), coefficients[0]);
    }
}

//! Properties of every part: one encoding, nothing lost, nothing hostile gets through.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod generate;
mod samples;

use counterseal_model::cbor::{
    Defect, Extra, Reader, Writer, check_canonical, from_bytes, from_bytes_strict, to_bytes,
};
use counterseal_model::record::{Body, Part};
use counterseal_model::{Place, Point, Term, body};
use generate::Dice;
use proptest::collection::vec;
use proptest::prelude::*;

/// A map with one more pair, in its place by key.
fn with_pair(map: &[u8], key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut r = Reader::new(map);
    let count = r.map().unwrap();
    let mut pairs: Vec<_> = (0..count).map(|_| (r.raw().unwrap(), r.raw().unwrap())).collect();
    pairs.push((key, value));
    pairs.sort_unstable();
    let mut w = Writer::new();
    w.map(pairs.len());
    for (key, value) in pairs {
        w.raw(key).raw(value);
    }
    w.into_bytes()
}

/// A part whose body's map has one more pair.
fn with_pair_in_body(part: &[u8], key: &[u8], value: &[u8]) -> Vec<u8> {
    let mut r = Reader::new(part);
    let mut w = Writer::new();
    let count = r.map().unwrap();
    w.map(usize::try_from(count).unwrap());
    for _ in 0..count {
        let (name, content) = (r.raw().unwrap(), r.raw().unwrap());
        w.raw(name);
        if name != [2] {
            w.raw(content);
            continue;
        }
        let mut body = Reader::new(content);
        body.array_of(2, "").unwrap();
        w.array(2).raw(body.raw().unwrap());
        w.raw(&with_pair(body.raw().unwrap(), key, value));
    }
    w.into_bytes()
}

fn extra_of(body: &Body) -> Option<&Extra> {
    Some(match body {
        Body::Incident(body) => &body.extra,
        Body::Entity(body) => &body.extra,
        Body::Link(body) => &body.extra,
        Body::Source(body) => &body.extra,
        Body::Note(body) => &body.extra,
        Body::Export(body) => &body.extra,
        Body::Taxonomy(_) => return None,
        Body::Case(body) => &body.extra,
        Body::Basis(body) => &body.extra,
        Body::Consent(body) => &body.extra,
        Body::Agreement(body) => &body.extra,
        Body::ConsentEvent(body) => &body.extra,
    })
}

/// Keys no version has yet: small and large integers, negative ones, text; and values of every kind.
const KEYS: [&str; 5] = ["1828", "1903e8", "20", "6178", "426161"];
const VALUES: [&str; 8] =
    ["00", "f6", "f93e00", "6161", "81a10080", "c100", "3bffffffffffffffff", "a2000061610a"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_part_is_written_canonically_and_reads_back_equal(entropy in vec(any::<u8>(), 0..600)) {
        let part: Part = generate::part(&mut Dice::new(&entropy));
        let bytes = to_bytes(&part);
        prop_assert_eq!(check_canonical(&bytes), Ok(()));
        prop_assert_eq!(&from_bytes::<Part>(&bytes).unwrap(), &part);
        prop_assert_eq!(&from_bytes_strict::<Part>(&bytes).unwrap(), &part);
    }

    #[test]
    fn unknown_fields_survive_an_edit_byte_for_byte_and_strict_reading_refuses_them(
        entropy in vec(any::<u8>(), 0..300), key in 0..KEYS.len(), value in 0..VALUES.len(),
    ) {
        let (key, value) = (hex::decode(KEYS[key]).unwrap(), hex::decode(VALUES[value]).unwrap());
        let old = generate::part(&mut Dice::new(&entropy));
        let mut bytes = with_pair(&to_bytes(&old), &key, &value);
        if extra_of(&old.body).is_some() {
            bytes = with_pair_in_body(&bytes, &key, &value);
        }
        prop_assert_eq!(check_canonical(&bytes), Ok(()));
        prop_assert!(from_bytes_strict::<Part>(&bytes).is_err());
        let mut read: Part = from_bytes(&bytes).unwrap();
        prop_assert_eq!(read.extra.len(), 1);
        prop_assert!(extra_of(&read.body).is_none_or(|extra| extra.len() == 1));
        prop_assert_eq!(&to_bytes(&read), &bytes);
        // Edit a known field: the unknown ones stay, in their places.
        read.made.0 = read.made.0.wrapping_add(1);
        let edited = to_bytes(&read);
        prop_assert_eq!(check_canonical(&edited), Ok(()));
        read.made.0 = read.made.0.wrapping_sub(1);
        prop_assert_eq!(&to_bytes(&read), &bytes);
        prop_assert_eq!(&from_bytes::<Part>(&edited).unwrap().extra, &read.extra);
    }

    #[test]
    fn mutated_bytes_never_panic_and_what_is_read_is_written_back_the_same(
        entropy in vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>(), how in 0..4u8,
    ) {
        let mut bytes = to_bytes(&generate::part(&mut Dice::new(&entropy)));
        let (at, cut) = (at.index(bytes.len()), cut.index(bytes.len()));
        match how {
            0 => bytes[at] = byte,
            1 => bytes[at] ^= 1 << (byte % 8),
            2 => bytes.insert(at, byte),
            _ => bytes.truncate(cut),
        }
        if let Ok(part) = from_bytes::<Part>(&bytes) {
            prop_assert_eq!(to_bytes(&part), bytes, "two encodings of one part");
        }
    }

    #[test]
    fn hostile_bytes_never_panic(bytes in vec(any::<u8>(), 0..80)) {
        if check_canonical(&bytes).is_ok() {
            prop_assert!(Reader::new(&bytes).raw().is_ok());
        }
        let _ = from_bytes::<Part>(&bytes);
    }

    #[test]
    fn a_term_made_of_any_text_reads_back(text in "\\PC{0,90}") {
        if let Some(term) = Term::from_text(&text) {
            prop_assert!(term.as_str().len() <= Term::MAX);
            prop_assert_eq!(from_bytes::<Term>(&to_bytes(&term)).unwrap(), term);
        }
    }

    #[test]
    fn singles_are_accepted_only_when_no_half_holds_them(bits: u32) {
        let fits = halves().binary_search(&bits).is_ok() || f32::from_bits(bits).is_nan();
        prop_assert_eq!(single(bits).is_err(), fits, "{:08x}", bits);
    }
}

body! {
    /// A place as a later version may have it.
    pub struct LaterPlace {
        /// As now.
        1 name: Option<String>,
        /// As now.
        2 point: Option<Point>,
        /// New.
        40 altitude: Option<i64>,
        /// New, with a body of its own.
        41 seen: Vec<Place>,
    }
}

#[test]
fn an_older_desk_edits_what_a_newer_one_wrote_and_loses_nothing() {
    let inner = Place { name: Some("Bria".into()), ..Place::default() };
    let later = LaterPlace {
        name: Some("Bambari".into()),
        point: None,
        altitude: Some(-430),
        seen: vec![inner],
        extra: Extra::default(),
    };
    let mut now: Place = from_bytes(&to_bytes(&later)).unwrap();
    now.name = None;
    now.point = Point::from_e7(1, 2);
    now.given = Some("34N FL 8 3".into());
    let back: LaterPlace = from_bytes(&to_bytes(&now)).unwrap();
    assert_eq!((back.name, back.point), (None, Point::from_e7(1, 2)));
    assert_eq!((back.altitude, back.seen), (later.altitude, later.seen));
    assert_eq!(back.extra.len(), 1, "what the older desk added is kept by the newer one in turn");
}

#[test]
fn every_sample_shortened_anywhere_is_refused() {
    for (name, part) in samples::all() {
        let bytes = to_bytes(&part);
        for end in 0..bytes.len() {
            assert!(from_bytes::<Part>(&bytes[..end]).is_err(), "{name} cut to {end} bytes");
        }
    }
}

/// The value of a half-precision float, by the definition in RFC 8949 appendix D.
fn half(bits: u16) -> f64 {
    let exponent = i32::from(bits >> 10 & 0x1f);
    let mantissa = f64::from(bits & 0x3ff);
    let size = match exponent {
        0 => mantissa * 2f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (mantissa + 1024.0) * 2f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

/// Every half as the bits of the single of the same value, NaNs left out, in order.
fn halves() -> &'static [u32] {
    static ALL: std::sync::LazyLock<Vec<u32>> = std::sync::LazyLock::new(|| {
        #[expect(clippy::cast_possible_truncation, reason = "every half is a single")]
        let single = |bits| half(bits) as f32;
        let mut all: Vec<_> = (0..=u16::MAX).map(single).filter(|v| !v.is_nan()).map(f32::to_bits).collect();
        all.sort_unstable();
        all.dedup();
        all
    });
    &ALL
}

fn single(bits: u32) -> Result<(), Defect> {
    let [a, b, c, d] = bits.to_be_bytes();
    let bytes = [0xfa, a, b, c, d];
    check_canonical(&bytes).map_err(|refused| refused.defect)
}

fn double(bits: u64) -> Result<(), Defect> {
    let mut bytes = vec![0xfb];
    bytes.extend(bits.to_be_bytes());
    check_canonical(&bytes).map_err(|refused| refused.defect)
}

#[test]
fn every_half_written_as_a_single_is_refused_and_its_neighbours_are_not() {
    let halves = halves();
    assert_eq!(halves.len(), 65_536 - 2 * 1023, "all but the NaNs");
    for &bits in halves {
        assert_eq!(single(bits), Err(Defect::LongFloat), "{bits:08x}");
        assert_eq!(double(f64::from(f32::from_bits(bits)).to_bits()), Err(Defect::LongFloat), "{bits:08x}");
        // Whatever differs in one bit is a half itself or must be accepted; the sign changes nothing.
        for near in (0..31).map(|bit| bits ^ (1 << bit)).filter(|_| bits >> 31 == 0) {
            let is_half = halves.binary_search(&near).is_ok() || f32::from_bits(near).is_nan();
            assert_eq!(single(near).is_err(), is_half, "{near:08x}");
        }
    }
}

#[test]
fn halves_are_accepted_and_of_the_nans_only_one() {
    for bits in 0..=u16::MAX {
        let [high, low] = bits.to_be_bytes();
        let accepted = check_canonical(&[0xf9, high, low]).is_ok();
        assert_eq!(accepted, !half(bits).is_nan() || bits == 0x7e00, "{bits:04x}");
    }
}

#[test]
fn doubles_are_accepted_only_when_no_single_holds_them() {
    assert_eq!(double(0.1f64.to_bits()), Ok(()));
    assert_eq!(double(f64::from(0.1f32).to_bits()), Err(Defect::LongFloat));
    assert_eq!(double(1e300f64.to_bits()), Ok(()));
    assert_eq!(double(f64::INFINITY.to_bits()), Err(Defect::LongFloat));
    assert_eq!(double(f64::NAN.to_bits()), Err(Defect::LongFloat));
    assert_eq!(double((-0.0f64).to_bits()), Err(Defect::LongFloat));
    assert_eq!(double(5e-324f64.to_bits()), Ok(()), "smaller than any single");
}

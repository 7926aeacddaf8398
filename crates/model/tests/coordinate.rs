//! Coordinates: what people write is read as they meant it, or refused with a reason.
#![expect(clippy::panic, reason = "tests")]

use counterseal_model::Point;
use counterseal_model::coordinate::{BadCoordinate, BadMgrs, CoordinateForm, read_point, to_mgrs};
use proptest::prelude::*;

fn e7(text: &str) -> (i32, i32) {
    match read_point(text) {
        Ok(read) => (read.point.lat_e7(), read.point.lon_e7()),
        Err(error) => panic!("{text}: {error}"),
    }
}

fn refused(text: &str) -> String {
    match read_point(text) {
        Ok(read) => panic!("{text} was read as {}", read.point),
        Err(error) => error.to_string(),
    }
}

#[test]
fn decimal_degrees_in_every_common_spelling_are_one_point() {
    for text in [
        "4.36, 18.55",
        "4.36,18.55",
        "4.36 18.55",
        "4.36; 18.55",
        "4,36 18,55",
        "4,36; 18,55",
        "4,36, 18,55",
        "4.36N 18.55E",
        "4.36N,18.55E",
        "N4.36 E18.55",
        "n 4.36, e 18.55",
        "18.55E 4.36N",
        "E18.55 N4.36",
        "4.36°N 18.55°E",
        "4,36 N 18,55 E",
        "+4.36 +18.55",
        "+04.3600, 018.5500",
        "  4.36° 18.55°  ",
    ] {
        assert_eq!(e7(text), (43_600_000, 185_500_000), "{text}");
        assert_eq!(read_point(text).unwrap().form, CoordinateForm::Decimal, "{text}");
    }
}

#[test]
fn south_and_west_are_negative_in_every_spelling() {
    for text in ["-4.36, -18.55", "−4.36 −18.55", "4.36S 18.55W", "S4,36 O18,55", "4.36S, 18.55O"] {
        assert_eq!(e7(text), (-43_600_000, -185_500_000), "{text}");
    }
    assert_eq!(e7("0.5S 18E"), (-5_000_000, 180_000_000));
    assert_eq!(e7("4,18"), (40_000_000, 180_000_000));
}

#[test]
fn degrees_minutes_and_seconds_are_read_with_and_without_marks() {
    for text in [
        "04°21.6'N 018°33.0'E",
        "4° 21,6′ N, 18° 33,0′ E",
        "0421.6N 01833.0E",
        "0421.6N01833.0E",
        "N0421.6 E01833.0",
        "4 21.6 N 18 33 E",
        "N 4 21.6 E 18 33",
        "04°21'36\"N 018°33'00\"E",
        "4°21′36″N 18°33′0″E",
        "4°21'36''N 18°33'00''E",
        "042136N 0183300E",
        "4 21 36 N, 18 33 00 E",
        "18°33'E 4°21.6'N",
    ] {
        assert_eq!(e7(text), (43_600_000, 185_500_000), "{text}");
        assert_eq!(read_point(text).unwrap().form, CoordinateForm::DegreesMinutes, "{text}");
        assert_eq!(read_point(text).unwrap().precision_metres, None);
    }
    // Minutes of a southern latitude lead further south.
    assert_eq!(e7("0°30'S 0°30'W"), (-5_000_000, -5_000_000));
}

#[test]
fn what_is_wrong_is_said() {
    let n_e_s_w = "needs two hemisphere letters: N or S for the latitude, E or W for the longitude";
    let range = "latitude 91 is out of range: it must lie within -90 to 90 degrees";
    for (text, sentence) in [
        ("91N 18E", range),
        ("91, 95", range),
        ("4N 181E", "longitude 181 is out of range: it must lie within -180 to 180 degrees"),
        ("4, 200", "longitude 200 is out of range: it must lie within -180 to 180 degrees"),
        ("4°60'N 18°33'E", "minutes 60 is out of range: it must lie within 0 to less than 60"),
        ("4°21'60\"N 18°33'0\"E", "seconds 60 is out of range: it must lie within 0 to less than 60"),
        ("4.36N 18.55", &format!("'4.36N 18.55' {n_e_s_w}")),
        ("4.36N 18.55N", &format!("'4.36N 18.55N' {n_e_s_w}")),
        ("4.36N 18.55E 3W", &format!("'4.36N 18.55E 3W' {n_e_s_w}")),
        ("4°21.6', 18°33.0'", &format!("'4°21.6', 18°33.0'' {n_e_s_w}")),
        ("-4.36S 18.55E", "'-4.36S 18.55E' gives a sign and a hemisphere letter: leave one of them out"),
        (
            "118.55, 4.36",
            "118.55 cannot be a latitude: latitude and longitude seem to be swapped, write the latitude first or \
             add the letters N, S, E, W",
        ),
        (
            "0421.6N 1833E",
            "'1833' does not say where the degrees end: write a longitude as 01833.0E, or put blanks between \
             degrees and minutes",
        ),
        (
            "04216N 01833.0E",
            "'04216' does not say where the degrees end: write a latitude as 0421.6N, or put blanks between \
             degrees and minutes",
        ),
    ] {
        assert_eq!(refused(text), sentence);
    }
}

#[test]
fn what_can_be_read_in_two_ways_or_not_at_all_is_refused() {
    for text in [
        "",
        "4.36",
        "hello",
        "4,36,18",
        "4.36 18 55",
        "4.36-18.55",
        "1 2 3 4",
        "4.36N E18.55",
        "N4.36 18.55E",
        "4..36 18.55",
        "4.3.6, 18.55",
        "4°21'N 18°33'36''12E",
        "4.5°21'N 18°33'E",
        "4'N 18'E",
        "NaN, inf",
        "4e1, 18",
        "--4 18",
        "4 - - 18",
        "4.36,, 18.55",
        "4 N 5 18 E 3",
        "٤.٣٦ ١٨.٥٥",
    ] {
        let error = read_point(text).unwrap_err();
        let known = matches!(error, BadCoordinate::Form { .. } | BadCoordinate::Hemisphere { .. });
        assert!(known, "{text}: {error}");
    }
    let long = "4".repeat(100_000);
    assert!(refused(&long).len() < 300, "a long text is not repeated in full");
}

/// Squares with their centre, as GEOTRANS (the standard's own software) and PROJ both give it; the
/// first three are published examples: Honolulu, the Washington Monument, the Eiffel Tower.
const REFERENCE: &[(&str, f64, f64, u32)] = &[
    ("4Q FJ 1234 5678", 21.309_478_092, -157.916_818_906, 10),
    ("18S UJ 23483 06479", 38.889_467_394, -77.035_236_390, 1),
    ("31U DQ 48251 11932", 48.858_198_377, 2.294_495_998, 1),
    ("33N YE 12345 67890", 4.230_708_151, 16.913_120_609, 1),
    ("33nye1234567890", 4.230_708_151, 16.913_120_609, 1),
    ("33 N YE 12345 67890", 4.230_708_151, 16.913_120_609, 1),
    ("33XVG1234", 77.761_364_676, 11.300_101_300, 1000),
];

#[test]
fn grid_references_agree_with_the_standards_software() {
    for (text, lat, lon, side) in REFERENCE {
        let read = read_point(text).unwrap();
        assert_eq!((read.form, read.precision_metres), (CoordinateForm::Mgrs, Some(*side)), "{text}");
        let expected = Point::from_degrees(*lat, *lon).unwrap();
        let off =
            (read.point.lat_e7() - expected.lat_e7()).abs() + (read.point.lon_e7() - expected.lon_e7()).abs();
        assert!(off <= 3, "{text}: {} is not {expected}", read.point);
    }
}

#[test]
fn points_are_written_as_the_standards_software_writes_them() {
    for (lat, lon, reference) in [
        (4.36, 18.55, "34N BK 28077 82362"),
        (48.8583, 2.2945, "31U DQ 48251 11943"),
        (60.39, 5.32, "32V KN 97230 00510"),
        (78.2, 15.6, "33X WG 13696 80760"),
        (-33.8568, 151.2153, "56H LH 34900 52288"),
        (0.0, 0.0, "31N AA 66021 00000"),
        (-0.0001, -0.0001, "30M ZE 33967 99988"),
        (83.99, -179.99, "01X DP 65063 27884"),
        (-79.99, 179.99, "60C WS 57995 18039"),
        (21.3, -157.8, "04Q FJ 24470 55823"),
    ] {
        let point = Point::from_degrees(lat, lon).unwrap();
        assert_eq!(to_mgrs(point, 5).unwrap(), reference);
    }
    let bangui = Point::from_degrees(4.36, 18.55).unwrap();
    assert_eq!(to_mgrs(bangui, 1).unwrap(), "34N BK 2 8");
    assert_eq!(to_mgrs(bangui, 3).unwrap(), "34N BK 280 823", "cut off, never rounded up");
    assert!(to_mgrs(bangui, 0).is_err() && to_mgrs(bangui, 6).is_err());
    let dateline = Point::from_degrees(10.0, 180.0).unwrap();
    assert!(to_mgrs(dateline, 5).unwrap().starts_with("01P "), "180° east is 180° west");
}

#[test]
fn wrong_grid_references_say_what_is_wrong() {
    let digits = "is not an easting and a northing: MGRS needs the same number of digits for both, 1 (10 km) to 5 (1 m)";
    let polar =
        "polar grid references (UPS) are not read or written: use degrees north of 84° and south of 80°";
    for (text, sentence) in [
        (
            "33I YE 12345 67890",
            "'I' is not a band letter of MGRS (I and O are never used): check the reference",
        ),
        (
            "33N OE 12345 67890",
            "'O' is not a column letter of MGRS (I and O are never used): check the reference",
        ),
        (
            "33N YI 12345 67890",
            "'I' is not a row letter of MGRS (I and O are never used): check the reference",
        ),
        (
            "33N YX 12345 67890",
            "'X' is not a row letter of MGRS (I and O are never used): check the reference",
        ),
        ("33N YE 12345 6789", &format!("'12345 6789' {digits}")),
        ("33N YE 123 4", &format!("'123 4' {digits}")),
        ("33N YE 123", &format!("'123' {digits}")),
        ("33N YE", &format!("'' {digits}")),
        ("33N YE 123456 123456", &format!("'123456 123456' {digits}")),
        ("61N YE 12345 67890", "'61' is not a grid zone: MGRS has zones 1 to 60"),
        ("033N YE 12345 67890", "'033' is not a grid zone: MGRS has zones 1 to 60"),
        ("0N YE 12345 67890", "'0' is not a grid zone: MGRS has zones 1 to 60"),
        ("99999999999N YE 12 34", "'99999999999' is not a grid zone: MGRS has zones 1 to 60"),
        ("NYE 12345 67890", "'' is not a grid zone: MGRS has zones 1 to 60"),
        (
            "33NY 12345 67890",
            "'33NY 12345 67890' needs three letters after the zone: the band and the two of the square, as in 33N YE",
        ),
        // Column A belongs to zones 31, 34 ...; row and band disagree; zones 32X and 34X do not exist.
        ("33N AE 12345 67890", "square AE does not lie in grid zone 33N: check the zone and the letters"),
        ("33N YQ 12345 67890", "square YQ does not lie in grid zone 33N: check the zone and the letters"),
        ("32X MG 12345 67890", "square MG does not lie in grid zone 32X: check the zone and the letters"),
        // West of the date line though its zone is east of it; in band E though it says C.
        ("01W CT 12345 67890", "square CT does not lie in grid zone 1W: check the zone and the letters"),
        ("60C VP 12", "square VP does not lie in grid zone 60C: check the zone and the letters"),
        // The row lies in both bands, this place in it only in N.
        ("33P YJ 12345 00000", "square YJ does not lie in grid zone 33P: check the zone and the letters"),
        // Far east of its zone, though the letters exist.
        ("33N ZE 90000 00000", "square ZE does not lie in grid zone 33N: check the zone and the letters"),
        ("ZAH 12345 12345", polar),
        ("B AN 12345 12345", polar),
    ] {
        assert_eq!(refused(text), sentence);
    }
    assert!(e7("33P YJ 12345 99999").0 > 80_000_000 && e7("33N YJ 12345 00000").0 < 80_000_000);
    for lat in [84.0, 90.0, -80.000_000_1, -90.0] {
        let pole = Point::from_degrees(lat, 10.0).unwrap();
        assert_eq!(to_mgrs(pole, 5).unwrap_err(), BadCoordinate::Mgrs(BadMgrs::Polar));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_point_comes_back_from_its_grid_reference(lat in -800_000_000i64..840_000_000, lon in -1_800_000_000i64..=1_800_000_000, digits in 1u8..=5) {
        let point = Point::from_e7(lat, lon).unwrap();
        let text = to_mgrs(point, digits).unwrap();
        let read = read_point(&text).unwrap();
        let side = 10f64.powi(5 - i32::from(digits));
        prop_assert_eq!(read.precision_metres.map(f64::from), Some(side));
        let north = (read.point.lat() - point.lat()) * 111_700.0;
        let turned = (read.point.lon() - point.lon() + 540.0).rem_euclid(360.0) - 180.0;
        let east = turned * 111_700.0 * point.lat().to_radians().cos();
        prop_assert!(north.hypot(east) <= side * 0.75 + 0.1, "{} became {} ({} m off)", point, text, north.hypot(east));
        // The same square's centre has the same name.
        if (-800_000_000..840_000_000).contains(&read.point.lat_e7()) && digits == 5 {
            let again = to_mgrs(read.point, digits).unwrap();
            prop_assert!(again == text || side < 10_000.0 && again.get(0..3) != text.get(0..3), "{} {}", text, again);
        }
    }

    #[test]
    fn hostile_text_never_panics(text in "\\PC{0,40}") {
        let _ = read_point(&text);
    }

    #[test]
    fn text_that_looks_like_a_grid_reference_never_panics(text in "[0-9]{0,12} ?[A-Za-z]{0,4} ?[A-Z]{0,3} ?[0-9]{0,24} ?[0-9]{0,9}") {
        let _ = read_point(&text);
    }

    #[test]
    fn text_that_looks_like_angles_never_panics_and_stays_in_range(text in "[NSEWO+\\-]?[0-9.,]{0,9}[°'\" ]{0,2}[0-9.,]{0,6}['\"]?[NSEWO]?[, ;]{0,2}[NSEWO+\\-]?[0-9.,]{0,9}[°'\" ]{0,2}[0-9.,]{0,6}['\"NSEWO]?") {
        if let Ok(read) = read_point(&text) {
            prop_assert!(read.point.lat().abs() <= 90.0 && read.point.lon().abs() <= 180.0);
        }
    }

    #[test]
    fn decimal_degrees_come_back(lat in -900_000_000i64..=900_000_000, lon in -1_800_000_000i64..=1_800_000_000) {
        let point = Point::from_e7(lat, lon).unwrap();
        prop_assert_eq!(read_point(&point.to_string()).unwrap().point, point);
    }
}

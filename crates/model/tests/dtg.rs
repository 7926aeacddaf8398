//! Dates and times: what people write is read as they meant it, or refused with a reason.
#![expect(clippy::panic, reason = "tests")]

use counterseal_model::dtg::{BadMoment, DateOrder, read_moment, to_dtg};
use counterseal_model::{TimePrecision, Timestamp};
use proptest::prelude::*;

fn read(text: &str) -> String {
    with(text, None)
}

fn with(text: &str, order: Option<DateOrder>) -> String {
    match read_moment(text, order) {
        Ok((moment, precision)) => format!("{} {precision}", moment.rfc3339()),
        Err(error) => panic!("{text}: {error}"),
    }
}

fn refused(text: &str) -> String {
    match read_moment(text, None) {
        Ok((moment, _)) => panic!("{text} was read as {}", moment.rfc3339()),
        Err(error) => error.to_string(),
    }
}

#[test]
fn date_time_groups_are_read_in_every_common_spelling() {
    for text in [
        "091405ZMAR14",
        "091405Z MAR 14",
        "091405ZMAR2014",
        "091405z mar 14",
        "09 1405Z MAR 14",
        " 091405Z MARS 2014 ",
        "091505AMAR14",
        "090805S MAR 14",
        "100105L MAR 14",
        "091905E MAR 14",
        "090205YMAR14",
        "100205M MAR 14",
        "091305N MAR 14",
    ] {
        assert_eq!(read(text), "2014-03-09T14:05:00Z minute", "{text}");
    }
}

#[test]
fn every_zone_letter_is_as_many_hours_from_z_as_it_should_be() {
    let hours = [
        ('A', 1),
        ('B', 2),
        ('C', 3),
        ('D', 4),
        ('E', 5),
        ('F', 6),
        ('G', 7),
        ('H', 8),
        ('I', 9),
        ('K', 10),
        ('L', 11),
        ('M', 12),
        ('N', -1),
        ('O', -2),
        ('P', -3),
        ('Q', -4),
        ('R', -5),
        ('S', -6),
        ('T', -7),
        ('U', -8),
        ('V', -9),
        ('W', -10),
        ('X', -11),
        ('Y', -12),
        ('Z', 0),
    ];
    let (noon, _) = read_moment("011200ZJAN20", None).unwrap();
    for (letter, ahead) in hours {
        let (moment, _) = read_moment(&format!("011200{letter}JAN20"), None).unwrap();
        assert_eq!(noon.0 - moment.0, ahead * 3600, "{letter}");
    }
}

#[test]
fn months_are_read_in_english_and_french() {
    let months = [
        "JAN JANV JANUARY JANVIER",
        "FEB FEV FÉV FÉVR FÉVRIER FEBRUARY",
        "MAR MARS MARCH",
        "APR AVR AVRIL APRIL",
        "MAY MAI",
        "JUN JUNE JUIN",
        "JUL JULY JUIL JUILLET",
        "AUG AOÛ AOU AOÛT AUGUST",
        "SEP SEPT SEPTEMBRE SEPTEMBER",
        "OCT OCTOBRE OCTOBER",
        "NOV NOVEMBRE NOVEMBER",
        "DEC DÉC DÉCEMBRE DECEMBER",
    ];
    for (nth, names) in months.iter().enumerate() {
        for name in names.split(' ') {
            let expected = format!("2014-{:02}-09T14:05:00Z minute", nth + 1);
            assert_eq!(read(&format!("091405Z {name} 14")), expected, "{name}");
            assert_eq!(read(&format!("091405Z{}14", name.to_lowercase())), expected, "{name}");
        }
    }
    assert_eq!(refused("091405ZJUI14"), "'JUI' is not one month: write JUIN (June) or JUIL (July)");
    assert_eq!(
        refused("091405ZXYZ14"),
        "'XYZ' is not one month: write JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC, or the French FEV AVR MAI \
         JUIN JUIL AOU"
    );
}

#[test]
fn two_digit_years_turn_at_the_stated_pivot() {
    assert_eq!(read("010000ZJAN69"), "2069-01-01T00:00:00Z minute");
    assert_eq!(read("010000ZJAN70"), "1970-01-01T00:00:00Z minute");
    assert_eq!(read("010000ZJAN00"), "2000-01-01T00:00:00Z minute");
}

#[test]
fn groups_without_a_zone_or_in_local_time_are_refused() {
    assert_eq!(
        refused("091405JMAR14"),
        "'091405JMAR14' is in zone J, the observer's local time, which nobody else can know: write the zone's letter"
    );
    let no_zone = "'091405MAR14' has no time zone letter: write Z for UTC, as in 091405ZMAR14";
    assert_eq!(refused("091405MAR14"), no_zone);
}

#[test]
fn iso_dates_and_times_are_read_with_their_precision() {
    for (text, expected) in [
        ("2014-03-09", "2014-03-09T00:00:00Z day"),
        ("2014/03/09", "2014-03-09T00:00:00Z day"),
        ("2014-03", "2014-03-01T00:00:00Z month"),
        ("2014", "2014-01-01T00:00:00Z year"),
        ("2011-09-17 00:00:00.000", "2011-09-17T00:00:00Z day"),
        ("2011-09-17 00:00:00", "2011-09-17T00:00:00Z day"),
        ("2011-09-17T00:00:00Z", "2011-09-17T00:00:00Z minute"),
        ("2011-09-17 00:00:00.001", "2011-09-17T00:00:00Z minute"),
        ("2014-03-09T14:05:07Z", "2014-03-09T14:05:07Z minute"),
        ("2014-03-09T14:05", "2014-03-09T14:05:00Z minute"),
        ("2014-03-09 14:05:07.999 UTC", "2014-03-09T14:05:07Z minute"),
        ("2014-03-09T14:05:00+01:00", "2014-03-09T13:05:00Z minute"),
        ("2014-03-09T14:05:00-0530", "2014-03-09T19:35:00Z minute"),
        ("2014-03-09T00:30+01", "2014-03-08T23:30:00Z minute"),
        ("2016-02-29", "2016-02-29T00:00:00Z day"),
        ("0001-01-01", "0001-01-01T00:00:00Z day"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn written_months_are_read() {
    for text in [
        "17 September 2011",
        "17 septembre 2011",
        "17 Sep 2011",
        "17-Sep-2011",
        "September 17, 2011",
        "17sep2011",
    ] {
        assert_eq!(read(text), "2011-09-17T00:00:00Z day", "{text}");
    }
    assert_eq!(read("1er janvier 2014"), "2014-01-01T00:00:00Z day");
    assert_eq!(read("17 September 2011 14:05"), "2011-09-17T14:05:00Z minute");
}

#[test]
fn day_and_month_are_never_guessed() {
    for text in ["03/09/2014", "17/09/2011", "9.3.2014", "03-09-2014", "03/09/14", "13/13/2014"] {
        assert_eq!(
            refused(text),
            format!("'{text}' can be read with the day or with the month first: say which of the two it is")
        );
    }
    assert_eq!(with("03/09/2014", Some(DateOrder::MonthFirst)), "2014-03-09T00:00:00Z day");
    assert_eq!(with("03/09/2014", Some(DateOrder::DayFirst)), "2014-09-03T00:00:00Z day");
    assert_eq!(with("3/9/14 14:05", Some(DateOrder::DayFirst)), "2014-09-03T14:05:00Z minute");
    let error = read_moment("17/09/2011", Some(DateOrder::MonthFirst)).unwrap_err();
    assert_eq!(error.to_string(), "'17/09/2011' does not exist: month 17 is out of range");
    // The order has no say where the year comes first.
    assert_eq!(with("2014-03-09", Some(DateOrder::DayFirst)), "2014-03-09T00:00:00Z day");
}

#[test]
fn moments_that_no_calendar_has_are_refused() {
    for (text, what) in [
        ("2014-02-30", "day 30"),
        ("2015-02-29", "day 29"),
        ("2014-13-01", "month 13"),
        ("2014-00-01", "month 0"),
        ("2014-01-00", "day 0"),
        ("310000ZFEB14", "day 31"),
        ("092405ZMAR14", "hour 24"),
        ("091460ZMAR14", "minute 60"),
        ("2014-03-09T24:00", "hour 24"),
        ("2014-03-09T23:59:60Z", "second 60"),
        ("2014-03-09T10:00+15:00", "zone hour 15"),
    ] {
        assert_eq!(refused(text), format!("'{text}' does not exist: {what} is out of range"));
    }
}

#[test]
fn anything_else_is_refused() {
    for text in [
        "",
        "yesterday",
        "14",
        "20140309",
        "2014-03-09T",
        "2014-03-09 14",
        "2014-3",
        "2014-03 14:05",
        "17 09 2011",
        "09140ZMAR14",
        "0914055ZMAR14",
        "09140 MAR 14 Z",
        "091405ZMAR1",
        "091405ZMAR14 x",
        "12345-01-01",
        "2014-03/09",
        "2014-03-09T14:05:00*01:00",
        "2014-03-09T14:5:00:00",
        "091405 14",
        "٠٩١٤٠٥ZMAR14",
    ] {
        assert!(
            matches!(read_moment(text, None), Err(BadMoment::Form { .. })),
            "{text}: {:?}",
            read_moment(text, None)
        );
    }
    assert!(refused(&"9".repeat(100_000)).len() < 300, "a long text is not repeated in full");
}

#[test]
fn moments_are_written_as_date_time_groups() {
    let (moment, _) = read_moment("2014-03-09T14:05:59Z", None).unwrap();
    assert_eq!(to_dtg(moment), "091405ZMAR14");
    assert_eq!(to_dtg(Timestamp(0)), "010000ZJAN70");
    assert_eq!(to_dtg(Timestamp(-1)), "312359ZDEC1969", "two digits would mean 2069");
    let _ = (to_dtg(Timestamp(i64::MIN)), to_dtg(Timestamp(i64::MAX)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_moment_comes_back_from_its_group(minutes in -1_000_000_000i64..4_000_000_000) {
        let moment = Timestamp(minutes * 60);
        if (0..10_000).contains(&moment.to_utc().year()) {
            prop_assert_eq!(read_moment(&to_dtg(moment), None), Ok((moment, TimePrecision::Minute)));
            let iso = read_moment(&moment.rfc3339(), None);
            prop_assert_eq!(iso, Ok((moment, TimePrecision::Minute)));
        }
    }

    #[test]
    fn hostile_text_never_panics(text in "\\PC{0,40}", near in "[0-9]{0,8}[A-Za-zéû ]{0,6}[0-9:/.\\-TZ+ ]{0,20}") {
        for order in [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst)] {
            let _ = (read_moment(&text, order), read_moment(&near, order));
        }
    }
}

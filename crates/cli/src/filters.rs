//! Which incidents are meant: the same flags for `find`, `stats` and `export`.

use clap::{Args, ValueEnum};
use counterseal_model::{GradedAtLeast, Grading, Timestamp, VerificationStatus};
use counterseal_node::{Filter, GeoBox, Ring, Sort};

use crate::dates;

/// Flags that choose incidents.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Which incidents")]
pub(crate) struct FilterArgs {
    /// Words that must all occur; "two words" in quotes stand together, amb* is a beginning
    #[arg(value_name = "WORDS", help_heading = None::<&'static str>)]
    pub(crate) words: Vec<String>,
    /// From this day, month or year on: 2014-03-09, 2014-03, 091405ZMAR14
    #[arg(long, value_name = "DATE", value_parser = dates::read)]
    from: Option<dates::Typed>,
    /// Until this day, month or year, all of it included
    #[arg(long, value_name = "DATE", value_parser = dates::read)]
    to: Option<dates::Typed>,
    /// Within this box in decimal degrees; west > east crosses the 180th meridian
    #[arg(long, value_name = "WEST,SOUTH,EAST,NORTH", allow_hyphen_values = true, value_parser = geo_box)]
    bbox: Option<GeoBox>,
    /// Within this area: 3 to 64 corners in decimal degrees
    #[arg(long, value_name = "LON,LAT;...", allow_hyphen_values = true, value_parser = ring)]
    area: Option<Ring>,
    /// Part of a place's or an area's name
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// Country, by name or ISO 3166 code as recorded
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// Types or subtypes, any of them
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    kinds: Vec<String>,
    /// Part of a name of someone who took part
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Verification status: unverified, under-verification, verified, refuted
    #[arg(long, value_name = "STATUS", num_args = 0..=1, default_missing_value = "verified", require_equals = true, value_parser = status)]
    verified: Option<VerificationStatus>,
    /// Graded so or better: B2, B, or 2
    #[arg(long, value_name = "GRADE", value_parser = grade)]
    graded: Option<GradedAtLeast>,
    /// At least so many people killed, by best estimate
    #[arg(long, value_name = "PEOPLE")]
    killed: Option<u32>,
}

/// Flags for the order and the number.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Order")]
pub(crate) struct OrderArgs {
    /// In which order (default: best match of the words; without words, newest first)
    #[arg(long, value_enum)]
    pub(crate) sort: Option<SortBy>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

/// Orders by their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortBy {
    /// Best match of the words first; of more than 20,000 those that came last, the others after them
    Relevance,
    /// Newest first
    Newest,
    /// Oldest first
    Oldest,
    /// Most people killed first
    Deadliest,
}

impl OrderArgs {
    pub(crate) fn sort(&self) -> Sort {
        match self.sort {
            None | Some(SortBy::Relevance) => Sort::Relevance,
            Some(SortBy::Newest) => Sort::Newest,
            Some(SortBy::Oldest) => Sort::Oldest,
            Some(SortBy::Deadliest) => Sort::Deadliest,
        }
    }
}

impl FilterArgs {
    pub(crate) fn filter(&self) -> Filter {
        let words = self.words.join(" ");
        Filter {
            words: (!words.trim().is_empty()).then_some(words),
            from: self.from.map(|typed| typed.at),
            to: self.to.map(dates::Typed::end),
            within: self.bbox,
            area: self.area.clone(),
            place: self.place.clone(),
            country: self.country.clone(),
            kinds: self.kinds.clone(),
            actor: self.actor.clone(),
            verified: self.verified,
            graded: self.graded,
            killed: self.killed,
        }
    }

    /// The question in one line, for the trace of an export.
    pub(crate) fn query(&self, order: &OrderArgs) -> String {
        let mut query = self.words.clone();
        let mut add =
            |flag: &str, value: Option<String>| query.extend(value.map(|value| format!("--{flag} {value}")));
        add("from", self.from.map(|typed| typed.at.rfc3339()));
        add("to", self.to.map(|typed| Timestamp(typed.end().0 - 1).rfc3339()));
        add("bbox", self.bbox.map(|b| format!("{},{},{},{}", b.west, b.south, b.east, b.north)));
        add("area", self.area.as_ref().map(Ring::to_string));
        add("place", self.place.clone());
        add("country", self.country.clone());
        add("type", (!self.kinds.is_empty()).then(|| self.kinds.join(",")));
        add("actor", self.actor.clone());
        add("verified", self.verified.map(|status| status.to_string()));
        let grading = |(reliability, credibility)| Grading { reliability, credibility, ..Grading::default() };
        add("graded", self.graded.map(|grade| grading(grade).to_string()));
        add("killed", self.killed.map(|killed| killed.to_string()));
        add(
            "sort",
            order.sort.and_then(|sort| sort.to_possible_value()).map(|value| value.get_name().to_owned()),
        );
        add("limit", order.limit.map(|limit| limit.to_string()));
        query.join(" ")
    }
}

fn geo_box(text: &str) -> Result<GeoBox, String> {
    text.parse().map_err(|error: counterseal_node::BadBox| error.to_string())
}

fn ring(text: &str) -> Result<Ring, String> {
    text.parse().map_err(|error: counterseal_node::BadRing| error.to_string())
}

fn status(text: &str) -> Result<VerificationStatus, String> {
    let words = || VerificationStatus::ALL.iter().map(|status| status.word()).collect::<Vec<_>>().join(", ");
    VerificationStatus::from_word(text).ok_or_else(|| format!("write one of {}", words()))
}

fn grade(text: &str) -> Result<GradedAtLeast, String> {
    Grading::parse_at_least(text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use counterseal_model::Reliability;

    #[derive(Debug, Parser)]
    struct Only {
        #[command(flatten)]
        filter: FilterArgs,
        #[command(flatten)]
        order: OrderArgs,
    }

    #[test]
    fn a_question_keeps_its_meaning_on_the_way_into_the_trace() {
        let asked = [
            "x",
            "amb*",
            "--to",
            "2014-02",
            "--bbox",
            "-1,2,3,4",
            "--verified",
            "--graded",
            "b",
            "--limit",
            "5",
        ];
        let only = Only::try_parse_from(asked).unwrap();
        let filter = only.filter.filter();
        assert_eq!(filter.to.unwrap().rfc3339(), "2014-03-01T00:00:00Z");
        assert_eq!(filter.graded, Some((Some(Reliability::B), None)));
        assert_eq!(filter.verified, Some(VerificationStatus::Verified));
        let query = only.filter.query(&only.order);
        assert_eq!(
            query,
            "amb* --to 2014-02-28T23:59:59Z --bbox -1,2,3,4 --verified verified --graded B- --limit 5"
        );
        for bad in ["--graded=Z9", "--verified=maybe", "--bbox=1,2", "--from=03/04/2014"] {
            assert!(Only::try_parse_from(["x", bad]).is_err(), "{bad}");
        }
    }
}

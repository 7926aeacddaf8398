//! The question that map, list and breakdown answer. It stands in the address, so that a view can be kept, sent and come
//! back to.

use counterseal_model::dtg::read_date;
use counterseal_model::{Credibility, Grading, Reliability, VerificationStatus};
use counterseal_node::{Filter, GeoBox};
use maud::{Markup, html};
use serde::Deserialize;

use crate::pages::escaped;
use crate::words::Words;

/// What was asked, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Question {
    pub(crate) words: String,
    pub(crate) from: String,
    pub(crate) to: String,
    #[serde(rename = "box")]
    pub(crate) within: String,
    pub(crate) place: String,
    pub(crate) country: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) actor: String,
    pub(crate) verified: String,
    pub(crate) graded: String,
}

/// A field that cannot be read, and why.
pub(crate) type Bad = (&'static str, String);

impl Question {
    /// The fields in their order: the name in the address, what it is called, and what was typed.
    fn fields(&self) -> [(&'static str, &'static str, &str); 10] {
        [
            ("words", "ask-words", &self.words),
            ("from", "ask-from", &self.from),
            ("to", "ask-to", &self.to),
            ("place", "ask-place", &self.place),
            ("country", "ask-country", &self.country),
            ("type", "ask-type", &self.kind),
            ("actor", "ask-actor", &self.actor),
            ("verified", "ask-verified", &self.verified),
            ("graded", "ask-graded", &self.graded),
            ("box", "ask-box", &self.within),
        ]
    }

    /// What is asked for. Fields that cannot be read do not count, and are named.
    pub(crate) fn filter(&self, words: Words) -> (Filter, Vec<Bad>) {
        let mut bad = Vec::new();
        let text = |typed: &str| Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
        let mut read_into = |field, typed: &str| {
            let read = text(typed).map(|typed| read_date(&typed, None));
            read.and_then(|read| read.map_err(|error| bad.push((field, words.bad_date(&error)))).ok())
        };
        let (from, to) = (read_into("from", &self.from), read_into("to", &self.to));
        let mut filter = Filter {
            words: text(&self.words),
            from: from.map(|typed| typed.at),
            to: to.map(|typed| typed.end()),
            place: text(&self.place),
            country: text(&self.country),
            kinds: self.kind.split(',').filter_map(text).collect(),
            actor: text(&self.actor),
            ..Filter::default()
        };
        if let Some(typed) = text(&self.within) {
            match typed.parse::<GeoBox>() {
                Ok(within) => filter.within = Some(within),
                Err(_) => bad.push(("box", words.text("ask-box-bad"))),
            }
        }
        if let Some(typed) = text(&self.verified) {
            filter.verified = VerificationStatus::from_word(&typed);
            if filter.verified.is_none() {
                bad.push(("verified", words.text("ask-verified-bad")));
            }
        }
        if let Some(typed) = text(&self.graded) {
            filter.graded = grade(&typed);
            if filter.graded.is_none() {
                bad.push(("graded", words.text("ask-graded-bad")));
            }
        }
        (filter, bad)
    }

    /// The same question with one field set otherwise, as an address.
    pub(crate) fn link_with(&self, path: &str, field: &str, value: &str) -> String {
        let pairs = self.fields().map(|(name, _, typed)| (name, if name == field { value } else { typed }));
        let asked = pairs.into_iter().filter(|(_, typed)| !typed.is_empty());
        let query: Vec<String> = asked.map(|(name, typed)| format!("{name}={}", escaped(typed))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    /// The same question, asked elsewhere.
    pub(crate) fn link(&self, path: &str) -> String {
        self.link_with(path, "", "")
    }

    /// The form that asks it.
    pub(crate) fn form(&self, words: Words, path: &str, bad: &[Bad]) -> Markup {
        let why = |field| bad.iter().find(|(named, _)| *named == field).map(|(_, why)| why);
        html! {
            form.ask method="get" action=(path) role="search" {
                @for (name, key, typed) in self.fields() {
                    label {
                        span { (words.text(key)) }
                        @if name == "verified" { (statuses(words, typed)) }
                        @else { input type=(if name == "words" { "search" } else { "text" }) name=(name) value=(typed) dir="auto" aria-invalid=[why(name).map(|_| "true")]; }
                        @if let Some(why) = why(name) { span.warning role="alert" { (why) } }
                    }
                }
                button type="submit" { (words.text("ask")) }
                a href=(path) { (words.text("ask-all")) }
            }
        }
    }
}

fn statuses(words: Words, typed: &str) -> Markup {
    html! {
        select name="verified" {
            option value="" { (words.text("any")) }
            @for status in VerificationStatus::ALL {
                option value=(status.word()) selected[status.word() == typed] { (words.verification(*status)) }
            }
        }
    }
}

/// A letter, a number, or both.
fn grade(typed: &str) -> Option<(Option<Reliability>, Option<Credibility>)> {
    if let Some(letter) = Reliability::from_word(typed) {
        return Some((Some(letter), None));
    }
    if let Some(number) = Credibility::from_word(typed) {
        return Some((None, Some(number)));
    }
    Grading::parse(typed).ok().map(|both| (both.reliability, both.credibility))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Tongue;

    #[test]
    fn a_question_survives_its_address_and_bad_fields_are_named() {
        let asked = Question {
            words: "convoy & \"Bossangoa road\"".into(),
            from: "2014-13".into(),
            within: "1,2,3".into(),
            kind: "armed-attack".into(),
            ..Question::default()
        };
        let link = asked.link("/find");
        assert_eq!(
            link,
            "/find?words=convoy%20%26%20%22Bossangoa%20road%22&from=2014-13&type=armed-attack&box=1,2,3"
        );
        let (filter, bad) = asked.filter(Words(Tongue::English));
        assert_eq!(filter.kinds, ["armed-attack"]);
        assert!(filter.from.is_none() && filter.within.is_none());
        assert_eq!(bad.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["from", "box"]);
        assert_eq!(
            asked.link_with("/find", "box", ""),
            "/find?words=convoy%20%26%20%22Bossangoa%20road%22&from=2014-13&type=armed-attack"
        );
        let graded = Question { graded: "B2".into(), ..Question::default() };
        assert!(matches!(graded.filter(Words(Tongue::English)).0.graded, Some((Some(_), Some(_)))));
    }
}

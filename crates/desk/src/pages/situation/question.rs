//! The question that map, list and breakdown answer. It stands in the address, so that a view can be kept, sent and come
//! back to.

use counterseal_model::dtg::read_date;
use counterseal_model::{Grading, Timestamp, VerificationStatus};
use counterseal_node::{Filter, GeoBox, Ring};
use serde::Deserialize;

use crate::labels::Labels;
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
    pub(crate) killed: String,
    pub(crate) area: String,
    /// The period that this one is compared with.
    pub(crate) since: String,
    pub(crate) until: String,
    /// The layers that lie on the map.
    pub(crate) layers: String,
    /// The order of the list.
    pub(crate) sort: String,
}

/// A field that cannot be read, and why.
pub(crate) type Bad = (&'static str, String);

impl Question {
    /// The fields in their order: the name in the address, what it is called, and what was typed.
    pub(super) fn fields(&self) -> [(&'static str, &'static str, &str); 12] {
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
            ("killed", "ask-killed", &self.killed),
            ("box", "ask-box", &self.within),
            ("area", "ask-area", &self.area),
        ]
    }

    /// What stands in the address and is no filter.
    pub(super) fn others(&self) -> [(&'static str, &str); 4] {
        [("since", &self.since), ("until", &self.until), ("layers", &self.layers), ("sort", &self.sort)]
    }

    /// The moments of a period as it was typed. Those that cannot be read are named by these fields.
    fn period(
        words: Words,
        [from, to]: [(&'static str, &str); 2],
        bad: &mut Vec<Bad>,
    ) -> (Option<Timestamp>, Option<Timestamp>) {
        let mut read = |(field, typed): (&'static str, &str)| {
            let read = text(typed).map(|typed| read_date(&typed, None));
            read.and_then(|read| read.map_err(|error| bad.push((field, words.bad_date(&error)))).ok())
        };
        (read(from).map(|typed| typed.at), read(to).map(|typed| typed.end()))
    }

    /// The same question about the period that it is compared with, if there is one.
    pub(crate) fn then(&self, words: Words, filter: &Filter) -> (Option<Filter>, Vec<Bad>) {
        let mut bad = Vec::new();
        let (from, to) = Self::period(words, [("since", &self.since), ("until", &self.until)], &mut bad);
        let there = from.is_some() || to.is_some();
        (there.then(|| Filter { from, to, ..filter.clone() }), bad)
    }

    /// What is asked for, types of incidents by their labels too. Fields that cannot be read do not count, and are named.
    pub(crate) fn filter(&self, labels: &Labels<'_>) -> (Filter, Vec<Bad>) {
        let (mut filter, bad) = self.read(labels.words());
        for kind in &mut filter.kinds {
            if let Some(term) = labels.read("incident-type", kind) {
                *kind = term.to_string();
            }
        }
        (filter, bad)
    }

    /// The question as people read it where it is not typed: besides, how far incidents are verified.
    pub(super) fn in_sentences(&self, labels: &Labels<'_>) -> Self {
        let status = VerificationStatus::ALL.iter().find(|status| status.word() == self.verified);
        let verified =
            status.map_or_else(|| self.verified.clone(), |status| labels.words().verification(*status));
        Self { verified, ..self.in_words(labels) }
    }

    /// The question as people type it: types of incidents by what they are called.
    pub(crate) fn in_words(&self, labels: &Labels<'_>) -> Self {
        let kinds = self.kind.split(',').filter_map(text);
        // A label with a comma would be read as two.
        let called =
            |code: &String| Some(labels.typed("incident-type", code)).filter(|label| !label.contains(','));
        let kinds: Vec<String> = kinds.map(|code| called(&code).unwrap_or(code)).collect();
        Self { kind: kinds.join(", "), ..self.clone() }
    }

    fn read(&self, words: Words) -> (Filter, Vec<Bad>) {
        let mut bad = Vec::new();
        let (from, to) = Self::period(words, [("from", &self.from), ("to", &self.to)], &mut bad);
        let mut filter = Filter {
            words: text(&self.words),
            from,
            to,
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
        if let Some(typed) = text(&self.area) {
            match typed.parse::<Ring>() {
                Ok(area) => filter.area = Some(area),
                Err(_) => bad.push(("area", words.text("ask-area-bad"))),
            }
        }
        if let Some(typed) = text(&self.killed) {
            filter.killed = typed.parse().ok();
            if filter.killed.is_none() {
                bad.push(("killed", words.text("ask-number-bad")));
            }
        }
        if let Some(typed) = text(&self.verified) {
            filter.verified = VerificationStatus::from_word(&typed);
            if filter.verified.is_none() {
                bad.push(("verified", words.text("ask-verified-bad")));
            }
        }
        if let Some(typed) = text(&self.graded) {
            filter.graded = Grading::parse_at_least(&typed).ok();
            if filter.graded.is_none() {
                bad.push(("graded", words.text("ask-graded-bad")));
            }
        }
        (filter, bad)
    }

    /// The same question with one field set otherwise, as an address.
    pub(crate) fn link_with(&self, path: &str, field: &str, value: &str) -> String {
        let query = self.query_with(field, value);
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The question as it stands in an address.
    pub(crate) fn query(&self) -> String {
        self.query_with("", "")
    }

    fn query_with(&self, field: &str, value: &str) -> String {
        let fields = self.fields().map(|(name, _, typed)| (name, typed)).into_iter().chain(self.others());
        let pairs = fields.map(|(name, typed)| (name, if name == field { value } else { typed }));
        let asked = pairs.filter(|(_, typed)| !typed.is_empty());
        let query: Vec<String> = asked.map(|(name, typed)| format!("{name}={}", escaped(typed))).collect();
        query.join("&")
    }

    /// The same question, asked elsewhere.
    pub(crate) fn link(&self, path: &str) -> String {
        self.link_with(path, "", "")
    }
}

fn text(typed: &str) -> Option<String> {
    Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty())
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
        let (filter, bad) = asked.read(Words(Tongue::English));
        assert_eq!(filter.kinds, ["armed-attack"]);
        assert!(filter.from.is_none() && filter.within.is_none());
        assert_eq!(bad.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["from", "box"]);
        assert_eq!(
            asked.link_with("/find", "box", ""),
            "/find?words=convoy%20%26%20%22Bossangoa%20road%22&from=2014-13&type=armed-attack"
        );
        let graded = Question { graded: "B2".into(), ..Question::default() };
        assert!(matches!(graded.read(Words(Tongue::English)).0.graded, Some((Some(_), Some(_)))));
    }
}

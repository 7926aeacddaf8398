//! What a chart is to show, as it stands in the address.

use counterseal_model::RecordId;
use counterseal_model::dtg::read_date;
use counterseal_model::record::EntityKind;
use counterseal_node::ChartAsk;
use maud::{Markup, html};
use serde::Deserialize;

use crate::pages::entities::what_key;
use crate::pages::escaped;
use crate::words::Words;

/// Records of the first step, unless it is said otherwise: what a picture can still show.
const MOST: usize = 24;
/// How many may be asked for.
const MOSTS: [usize; 4] = [MOST, 60, 400, 12_000];
/// Records on the chart of scripts that one question names.
const WITH: usize = 400;

/// What was asked, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Question {
    pub(super) steps: String,
    pub(super) most: String,
    pub(super) only: String,
    pub(super) from: String,
    pub(super) to: String,
    /// Whom a way is sought to.
    pub(super) way: String,
    /// Records on the chart already.
    with: String,
}

impl Question {
    /// What is asked for; what cannot be read does not count, and is named.
    pub(super) fn ask(&self, words: Words) -> (ChartAsk, Vec<(&'static str, String)>) {
        let mut bad = Vec::new();
        let mut read = |field, typed: &str| {
            let typed = typed.trim();
            let read = (!typed.is_empty()).then(|| read_date(typed, None));
            read.and_then(|read| read.map_err(|error| bad.push((field, words.bad_date(&error)))).ok())
        };
        let (from, to) = (read("from", &self.from), read("to", &self.to));
        let only = self.only.split(',').map(str::trim).filter(|kind| !kind.is_empty());
        let ask = ChartAsk {
            steps: if self.steps == "2" { 2 } else { 1 },
            most: self.most(),
            kinds: only.map(str::to_owned).collect(),
            from: from.map(|typed| typed.at),
            to: to.map(|typed| typed.end()),
            with: self.with.split(',').take(WITH).filter_map(|id| id.parse::<RecordId>().ok()).collect(),
        };
        (ask, bad)
    }

    fn most(&self) -> usize {
        self.most.parse().map_or(MOST, |most: usize| most.min(MOSTS.into_iter().max().unwrap_or(MOST)))
    }

    /// The fields that go on to another chart.
    pub(super) fn fields(&self) -> [(&'static str, &str); 5] {
        [
            ("steps", &self.steps),
            ("most", &self.most),
            ("only", &self.only),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    /// The same chart of another record.
    pub(super) fn path(&self, id: RecordId) -> String {
        let asked = self.fields().into_iter().filter(|(_, typed)| !typed.is_empty());
        let query: Vec<String> = asked.map(|(name, typed)| format!("{name}={}", escaped(typed))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/chart/{id}{mark}{}", query.join("&"))
    }

    /// The form that asks it.
    pub(super) fn form(&self, words: Words, id: RecordId, bad: &[(&'static str, String)]) -> Markup {
        let why = |field| bad.iter().find(|(named, _)| *named == field).map(|(_, why)| why);
        let kinds = EntityKind::ALL.iter().map(|kind| kind.word()).chain(["incident"]);
        html! {
            form.ask autocomplete="off" method="get" action=(format!("/chart/{id}")) {
                label { span { (words.text("chart-only")) }
                    select name="only" {
                        option value="" { (words.text("any")) }
                        @for kind in kinds { option value=(kind) selected[kind == self.only] { (words.text(what_key(kind))) } }
                    } }
                @for (name, key, typed) in [("from", "ask-from", &self.from), ("to", "ask-to", &self.to)] {
                    label { span { (words.text(key)) }
                        input type="text" name=(name) value=(typed) aria-invalid=[why(name).map(|_| "true")];
                        @if let Some(why) = why(name) { span.warning role="alert" { (why) } } }
                }
                label { span { (words.text("chart-steps")) }
                    select name="steps" {
                        @for steps in ["1", "2"] { option value=(steps) selected[self.steps == steps] { (steps) } }
                    } }
                label { span { (words.text("chart-most")) }
                    select name="most" {
                        @for most in MOSTS { option value=(most) selected[self.most() == most] { (words.number(most as u64)) } }
                    } }
                label { span { (words.text("chart-way-to")) } input type="search" name="way" value=(self.way) dir="auto"; }
                button type="submit" { (words.text("ask")) }
                a href=(format!("/chart/{id}")) { (words.text("ask-all")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_bounded_and_what_cannot_be_read_is_named() {
        let asked = Question {
            most: "999999999".into(),
            steps: "9".into(),
            from: "2014-13".into(),
            with: "x,".repeat(10_000) + &"0a".repeat(16),
            ..Question::default()
        };
        let (ask, bad) = asked.ask(Words(crate::words::Tongue::English));
        assert_eq!((ask.most, ask.steps, ask.with.len(), bad.len()), (12_000, 1, 0, 1));
        let id = RecordId::from_bytes([1; 16]);
        let path = Question { only: "a&b".into(), ..Question::default() }.path(id);
        assert_eq!(path, format!("/chart/{id}?only=a%26b"));
    }
}

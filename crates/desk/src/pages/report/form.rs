//! The form of an incident.

use counterseal_model::{Classification, PlacePrecision, RecordId, TimePrecision, VerificationStatus};
use counterseal_node::{CompartmentView, Desk, KeptDraft, Movable, NodeError};
use maud::{Markup, html};

use super::terms::{choice, in_words, offered};
use super::{Bad, Typed, drafts, said, titled};
use crate::labels::Labels;
use crate::pages::Page;
use crate::pages::record::{compartment_name, readers};
use crate::words::Words;
use crate::worker::Unlocked;

/// A form with what is in it.
pub(in crate::pages) struct Filled {
    /// The record that it becomes.
    pub(super) record: RecordId,
    pub(super) typed: Typed,
    pub(super) bad: Bad,
    /// The message that it was filled from.
    pub(super) marked: Option<Markup>,
    /// Whether what was written before is sealed twice, and has no page.
    pub(super) sealed: bool,
}

impl Filled {
    pub(super) fn new(record: RecordId, typed: Typed) -> Self {
        Self { record, typed, bad: Bad::new(), marked: None, sealed: false }
    }
}

/// Fields of one line: name, what it is called, an example, what it offers.
type Line = (&'static str, &'static str, Option<&'static str>, Option<Offers>);

/// What a field offers while somebody types.
#[derive(Clone, Copy)]
enum Offers {
    /// A list that stands in the page.
    List(&'static str),
    /// Names of entities.
    Actors,
    /// Names of places.
    Places,
}

const FIRST: [Line; 10] = [
    ("title", "field-title", Some("report-title-example"), None),
    ("type", "field-kind", Some("report-type-example"), Some(Offers::List("types"))),
    ("date", "field-date", Some("report-date-example"), None),
    ("until", "report-until", None, None),
    ("place", "field-place", Some("report-place-example"), Some(Offers::Places)),
    ("at", "report-at", Some("report-at-example"), None),
    ("perpetrator", "report-perpetrator", Some("report-perpetrator-example"), Some(Offers::Actors)),
    ("victim", "report-victim", None, Some(Offers::Actors)),
    ("killed", "field-killed", Some("report-number-example"), None),
    ("injured", "report-injured", Some("report-number-example"), None),
];
const PLACE: [Line; 3] = [
    ("pcode", "field-pcode", None, None),
    ("admin1", "field-admin1", None, None),
    ("country", "field-country", None, None),
];
const DONE: [Line; 4] = [
    ("act", "field-act", None, Some(Offers::List("acts"))),
    ("method", "field-method", None, Some(Offers::List("methods"))),
    ("weapons", "field-weapons", None, Some(Offers::List("weapons"))),
    ("reference", "field-reference", None, None),
];
const RESPONSE: [Line; 3] = [
    ("response-actor", "report-response-actor", None, None),
    ("response-action", "report-response-action", None, Some(Offers::List("responses"))),
    ("response-outcome", "report-response-outcome", None, None),
];

/// The page of a report.
pub(super) fn page(
    words: Words,
    token: &str,
    unlocked: &mut Unlocked,
    filled: &Filled,
) -> Result<Page, NodeError> {
    let kept = unlocked.desk.drafts()?.into_iter().find(|draft| draft.record == filled.record);
    let kept = kept.map_or(KeptDraft::Nowhere, |draft| draft.kept_in());
    let said = if filled.typed.says_nothing() {
        html! {}
    } else {
        said::said(words, unlocked, &filled.typed, kept)?
    };
    let desk = &unlocked.desk;
    let record = filled.record.to_string();
    let main = html! {
        h1 { (words.text("report-title")) }
        @if filled.sealed { p role="status" { (words.text("report-sealed")) } }
        (pasting(words, token, desk, filled))
        @if let Some(marked) = &filled.marked { (marked) }
        @if !filled.bad.is_empty() { p.warning role="alert" { (words.text("report-again")) } }
        form.write.report method="post" action="/report" autocomplete="off" {
            input type="hidden" name="token" value=(token);
            input type="hidden" name="record" value=(record);
            div.fields {
                (fields(words, desk, &filled.typed, &filled.bad, false)?)
                (apart(words, desk, &filled.typed))
                p.send {
                    button type="submit" { (words.text("report-write")) }
                    button.quiet type="submit" formaction="/report/keep" { (words.text("draft-keep")) }
                }
            }
            (said::beside(words, desk, "/report/check", &said)?)
        }
        (drafts::list(words, token, desk, Some(&record))?)
    };
    Ok(titled(words, main))
}

/// Where a message is pasted. Open only before anything is typed.
fn pasting(words: Words, token: &str, desk: &Desk, filled: &Filled) -> Markup {
    let compartment = filled.typed.get("compartment");
    let first = rooms(desk).first().map(|view| view.id.to_string()).unwrap_or_default();
    html! {
        details.paste {
            summary { (words.text("message-paste")) }
            form.write method="post" action="/report/paste" autocomplete="off" {
                input type="hidden" name="token" value=(token);
                input type="hidden" name="record" value=(filled.record.to_string());
                input type="hidden" name="compartment" value=(if compartment.is_empty() { &first } else { compartment });
                label { span { (words.text("message-here")) } textarea name="message" dir="auto" required {} }
                button type="submit" { (words.text("message-read")) }
            }
        }
    }
}

fn rooms(desk: &Desk) -> Vec<CompartmentView> {
    let mut rooms: Vec<_> =
        desk.compartments().into_iter().filter(|view| view.mine && !view.everyone).collect();
    rooms.sort_by_cached_key(|view| compartment_name(desk, view.id));
    rooms
}

/// Compartments to choose from, in words: who can read what is written there.
pub(in crate::pages) fn compartments(
    words: Words,
    desk: &Desk,
    name: &str,
    chosen: &str,
    none: Option<&str>,
) -> Markup {
    html! {
        select name=(name) required[none.is_none()] {
            @if let Some(none) = none { option value="" { (none) } }
            @for view in &rooms(desk) {
                @let count = words.with("room-readers", &[("count", readers(desk, view).into())]);
                option value=(view.id) selected[view.id.to_string() == chosen] { (compartment_name(desk, view.id)) " – " (count) }
            }
        }
    }
}

/// Every field of the form; `edit` of a part that is there already.
pub(in crate::pages) fn fields(
    words: Words,
    desk: &Desk,
    typed: &Typed,
    bad: &Bad,
    edit: bool,
) -> Result<Markup, NodeError> {
    let labels = Labels::of(words, desk);
    let typed = &in_words(&labels, typed);
    let form = Form { words, typed, bad };
    let more = MORE.iter().any(|name| !typed.get(name).is_empty() || form.why(name).is_some());
    Ok(html! {
        @if !edit {
            div.pair {
                label { span { (words.text("report-compartment")) }
                    (compartments(words, desk, "compartment", typed.get("compartment"), None))
                    (form.said("compartment"))
                }
                label { span { (words.text("report-class")) } (classes(words, typed.get("class"))) }
            }
        }
        div.pair { @for (nth, line) in FIRST.iter().enumerate() { (form.line(line, nth == 0)) } }
        label { span { (words.text("field-narrative")) } textarea name="narrative" dir="auto" { (typed.get("narrative")) } }
        div.pair {
            (form.line(&("grade", "report-grade", Some("report-grade-example"), None), false))
            @if edit { label { span { (words.text("field-verified")) } (statuses(words, typed.get("verified"))) } }
        }
        details open[more] {
            summary { (words.text("report-more")) }
            (form.more(desk)?)
        }
        (offered(&labels, desk, "incident-type", "types")?)
        (offered(&labels, desk, "act", "acts")?)
        (offered(&labels, desk, "method", "methods")?)
        (offered(&labels, desk, "weapon", "weapons")?)
        (offered(&labels, desk, "response-action", "responses")?)
        datalist #actors {}
        datalist #places {}
    })
}

/// Fields that are not seen at once.
const MORE: [&str; 20] = [
    "pcode",
    "admin1",
    "country",
    "place-precision",
    "precision",
    "who1",
    "who2",
    "who3",
    "count1",
    "count2",
    "count3",
    "act",
    "method",
    "weapons",
    "reference",
    "response-actor",
    "response-action",
    "response-outcome",
    "sources",
    "un",
];

struct Form<'a> {
    words: Words,
    typed: &'a Typed,
    bad: &'a Bad,
}

impl Form<'_> {
    fn why(&self, field: &str) -> Option<&str> {
        self.bad.iter().find(|(named, _)| *named == field).map(|(_, why)| why.as_str())
    }

    fn said(&self, field: &str) -> Markup {
        html! { @if let Some(why) = self.why(field) { span.warning role="alert" { (why) } } }
    }

    fn line(&self, (name, key, example, offers): &Line, first: bool) -> Markup {
        let words = self.words;
        let (list, from) = match offers {
            None => (None, None),
            Some(Offers::List(id)) => (Some(*id), None),
            Some(Offers::Actors) => (Some("actors"), Some("/report/actors")),
            Some(Offers::Places) => (Some("places"), Some("/report/places")),
        };
        let target = list.filter(|_| from.is_some()).map(|id| format!("#{id}"));
        html! {
            label { span { (words.text(key)) }
                input type="text" name=(name) value=(self.typed.get(name)) dir="auto" autocomplete="off" placeholder=[example.map(|key| words.text(key))] autofocus[first] aria-invalid=[self.why(name).map(|_| "true")] list=[list] hx-get=[from] hx-trigger=[from.map(|_| "input changed delay:200ms")] hx-target=[target];
                (self.said(name))
            }
        }
    }

    fn more(&self, desk: &Desk) -> Result<Markup, NodeError> {
        let (words, typed) = (self.words, self.typed);
        let precisions = |known: &str| {
            html! {
                @for precision in TimePrecision::ALL {
                    option value=(precision.word()) selected[precision.word() == known] { (words.text(precision_key(*precision))) }
                }
            }
        };
        let nearness = |known: &str| {
            html! {
                @for precision in PlacePrecision::ALL {
                    option value=(precision.word()) selected[precision.word() == known] { (words.nearness(*precision)) }
                }
            }
        };
        Ok(html! {
            div.pair {
                label { span { (words.text("report-precision")) }
                    select name="precision" { option value="" { (words.text("report-as-written")) } (precisions(typed.get("precision"))) } }
                label { span { (words.text("report-place-precision")) }
                    select name="place-precision" { option value="" { "–" } (nearness(typed.get("place-precision"))) } }
                @for line in &PLACE { (self.line(line, false)) }
            }
            div.pair { @for line in &DONE { (self.line(line, false)) } }
            fieldset { legend { (words.text("report-others")) }
                @for (who, role) in [("who1", "role1"), ("who2", "role2"), ("who3", "role3")] {
                    div.pair { (self.line(&(who, "report-who", None, Some(Offers::Actors)), false))
                        label { span { (words.text("report-role")) } (choice(words, desk, "actor-role", (role, &words.text("report-role")), typed.get(role))?) } }
                }
            }
            fieldset { legend { (words.text("report-harmed")) }
                @for (count, harm, group) in [("count1", "harm1", "group1"), ("count2", "harm2", "group2"), ("count3", "harm3", "group3")] {
                    div.pair { (self.line(&(count, "report-count", Some("report-number-example"), None), false))
                        label { span { (words.text("report-harm")) } (choice(words, desk, "harm", (harm, &words.text("report-harm")), typed.get(harm))?) }
                        label { span { (words.text("report-group")) } (choice(words, desk, "casualty-group", (group, &words.text("report-group")), typed.get(group))?) } }
                }
            }
            fieldset { legend { (words.text("field-response")) }
                div.pair { @for line in &RESPONSE { (self.line(line, false)) } } }
            label { span { (words.text("report-sources")) } textarea.short name="sources" dir="auto" { (typed.get("sources")) } }
            label.check { input type="checkbox" name="un" value="yes" checked[!typed.get("un").is_empty()]; " " (words.text("field-un")) }
        })
    }
}

fn precision_key(precision: TimePrecision) -> &'static str {
    match precision {
        TimePrecision::Minute => "precision-minute",
        TimePrecision::Day => "precision-day",
        TimePrecision::Days => "precision-days",
        TimePrecision::Week => "precision-week",
        TimePrecision::Month => "precision-month",
        TimePrecision::Year => "precision-year",
    }
}

pub(in crate::pages) fn classes(words: Words, chosen: &str) -> Markup {
    html! {
        select name="class" {
            option value="" { (words.text("report-class-default")) }
            @for class in Classification::ALL { option value=(class.word()) selected[class.word() == chosen] { (words.classification(*class)) } }
        }
    }
}

fn statuses(words: Words, chosen: &str) -> Markup {
    html! {
        select name="verified" {
            option value="" { (words.text("none")) }
            @for status in VerificationStatus::ALL { option value=(status.word()) selected[status.word() == chosen] { (words.verification(*status)) } }
        }
    }
}

/// Which part goes to which compartment, where that is not the report's own.
fn apart(words: Words, desk: &Desk, typed: &Typed) -> Markup {
    let names = Movable::ALL.map(|(field, word)| (movable_key(field), format!("apart-{word}")));
    let open = names.iter().any(|(_, name)| !typed.get(name).is_empty());
    html! {
        @if rooms(desk).len() > 1 {
            details open[open] {
                summary { (words.text("apart")) }
                p { (words.text("apart-why")) }
                div.pair {
                    @for (key, name) in &names {
                        label { span { (words.text(key)) } (compartments(words, desk, name, typed.get(name), Some(&words.text("apart-rest")))) }
                    }
                }
            }
        }
    }
}

pub(in crate::pages) fn movable_key(field: Movable) -> &'static str {
    match field {
        Movable::Title => "field-title",
        Movable::Narrative => "field-narrative",
        Movable::Place => "field-place",
        Movable::Sources => "report-sources",
        Movable::Actors => "report-actors",
        Movable::Response => "field-response",
    }
}

//! How a record came to say what it says: each version, by whom, and what it changed, field by field.

use counterseal_node::{Desk, NodeError, VersionView};
use counterseal_register::Subject;
use maud::{Markup, html};

use crate::pages::says::{Line, every_line};
use crate::words::Words;

/// Every version, the newest first.
pub(super) fn all(words: Words, desk: &Desk, history: &[VersionView]) -> Result<Markup, NodeError> {
    let mut versions: Vec<&VersionView> = history.iter().collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.part.made));
    Ok(html! {
        h2 { (words.text("record-history")) }
        ol.history reversed {
            @for version in versions { (one(words, desk, version, history)?) }
        }
    })
}

fn one(
    words: Words,
    desk: &Desk,
    version: &VersionView,
    history: &[VersionView],
) -> Result<Markup, NodeError> {
    let replaced: Vec<&VersionView> = history
        .iter()
        .filter(|before| {
            before.compartment == version.compartment && version.part.parents.contains(&before.version)
        })
        .collect();
    let changes = match replaced.is_empty() {
        true => None,
        false => Some(changes(words, desk, &replaced, version)?),
    };
    Ok(html! {
        li {
            (words.time(version.part.made))
            " " bdi { (author(desk, version)) } " · " bdi { (super::compartment_name(desk, version.compartment)) }
            @if version.head { " " span.mark { (words.text("record-newest")) } }
            @if replaced.len() > 1 { " " span.mark { (words.text("record-settles")) } }
            @match changes {
                None => { p.quiet { (words.text(if version.part.parents.is_empty() { "record-first" } else { "record-gap" })) } }
                Some(changes) if changes.is_empty() => { p.quiet { (words.text("record-same-words")) } }
                Some(changes) => {
                    dl.says {
                        @for (key, gone, come) in changes {
                            div { dt { (words.text(key)) } dd dir="auto" {
                                @for text in gone { del { span.unseen { (words.text("record-before")) (words.colon()) } (text) } " " }
                                @for text in come { ins { span.unseen { (words.text("record-after")) (words.colon()) } (text) } " " }
                            } }
                        }
                    }
                }
            }
        }
    })
}

/// Who wrote a version, by name where this desk knows it.
pub(super) fn author(desk: &Desk, version: &VersionView) -> String {
    let person = desk.register().device(version.device, desk.moment()).map(|device| device.person);
    let name = person.and_then(|person| desk.name_of(Subject::Person(person)));
    name.map_or_else(|| version.device.short(), |name| name.to_string())
}

/// A field, what it said before and does not say any more, and what it says now.
type Change = (&'static str, Vec<String>, Vec<String>);

/// What none of the versions that it replaced, or not all of them, said; and what they said and it does not.
fn changes(
    words: Words,
    desk: &Desk,
    replaced: &[&VersionView],
    after: &VersionView,
) -> Result<Vec<Change>, NodeError> {
    let new = every_line(words, desk, &after.part.body)?;
    let mut old: Vec<Vec<Line>> = Vec::new();
    for before in replaced {
        old.push(every_line(words, desk, &before.part.body)?);
    }
    let says = |lines: &[Line], line: &Line| {
        lines.iter().any(|other| other.key == line.key && other.text == line.text)
    };
    let mut changes: Vec<Change> = Vec::new();
    let mut keys: Vec<&'static str> = Vec::new();
    for line in old.iter().flatten().chain(&new) {
        if keys.contains(&line.key) {
            continue;
        }
        keys.push(line.key);
        let of = |other: &&Line| other.key == line.key;
        let gone =
            old.iter().flatten().filter(of).filter(|line| !says(&new, line)).map(|line| line.text.clone());
        let mut gone: Vec<String> = gone.collect();
        gone.dedup();
        let come = new.iter().filter(of).filter(|line| !old.iter().all(|before| says(before, line)));
        changes.push((line.key, gone, come.map(|line| line.text.clone()).collect()));
    }
    changes.retain(|(_, gone, come)| !gone.is_empty() || !come.is_empty());
    let class = |version: &VersionView| version.part.classification;
    if let Some(before) = replaced.iter().find(|before| class(before) != class(after)) {
        let word = |version: &VersionView| vec![words.classification(class(version))];
        changes.push(("report-class", word(before), word(after)));
    }
    Ok(changes)
}

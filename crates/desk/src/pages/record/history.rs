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
    let before = replaced.iter().max_by_key(|before| before.part.made);
    let changes = match before {
        Some(before) => Some(changes(words, desk, before, version)?),
        None => None,
    };
    Ok(html! {
        li {
            time datetime=(version.part.made.rfc3339()) { (version.part.made.rfc3339()) }
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
                                @for text in gone { del { span.unseen { (words.text("record-before")) ": " } (text) } " " }
                                @for text in come { ins { span.unseen { (words.text("record-after")) ": " } (text) } " " }
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

fn changes(
    words: Words,
    desk: &Desk,
    before: &VersionView,
    after: &VersionView,
) -> Result<Vec<Change>, NodeError> {
    let (old, new) =
        (every_line(words, desk, &before.part.body)?, every_line(words, desk, &after.part.body)?);
    let mut keys: Vec<&'static str> = Vec::new();
    for line in old.iter().chain(&new) {
        if !keys.contains(&line.key) {
            keys.push(line.key);
        }
    }
    let only = |here: &[Line], there: &[Line], key: &str| -> Vec<String> {
        let said = |line: &&Line| {
            line.key == key && !there.iter().any(|other| other.key == key && other.text == line.text)
        };
        here.iter().filter(said).map(|line| line.text.clone()).collect()
    };
    let mut changes: Vec<Change> =
        keys.into_iter().map(|key| (key, only(&old, &new, key), only(&new, &old, key))).collect();
    changes.retain(|(_, gone, come)| !gone.is_empty() || !come.is_empty());
    if before.part.classification != after.part.classification {
        let word = |version: &VersionView| vec![version.part.classification.word().to_owned()];
        changes.push(("report-class", word(before), word(after)));
    }
    Ok(changes)
}

//! The names that a desk knows: entities, places, and the mission's words for types of incidents.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use counterseal_model::record::{EntityKind, Involved};
use counterseal_model::{RecordId, Term};

use super::Found;
use super::scan::Scan;
use crate::guard::Spans;
use crate::index::fold;

/// Most actors taken from one message: a hostile one could repeat names without end.
const ACTORS: usize = 20;

/// A name that a desk knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    /// The name, in any spelling.
    pub name: String,
    /// What is called so.
    pub what: NamedThing,
}

/// What a known name names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedThing {
    /// An entity: its record, its kind, its main name.
    Entity(RecordId, EntityKind, String),
    /// A place, by its name as it is written.
    Place(String),
    /// A type of incident.
    Type(Term),
}

/// Known names, ready to be found in a text.
#[derive(Debug, Default)]
pub struct Known {
    finder: Option<AhoCorasick>,
    /// What the finder's patterns name; several where they share a name.
    things: Vec<Vec<NamedThing>>,
    by_name: HashMap<String, usize>,
}

impl Known {
    /// Known names. Those of one or two signs are left aside: they would be found everywhere.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = KnownName>) -> Self {
        let mut known = Self::default();
        let mut folded_names = Vec::new();
        for KnownName { name, what } in names {
            let folded = fold(&name);
            if folded.chars().count() < 3 {
                continue;
            }
            let at = *known.by_name.entry(folded.clone()).or_insert_with(|| {
                folded_names.push(folded);
                known.things.push(Vec::new());
                known.things.len() - 1
            });
            if let Some(things) = known.things.get_mut(at).filter(|things| !things.contains(&what)) {
                things.push(what);
            }
        }
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&folded_names);
        known.finder = finder.ok().filter(|_| !folded_names.is_empty());
        known
    }

    fn named(&self, name: &str) -> &[NamedThing] {
        self.by_name.get(&fold(name)).and_then(|at| self.things.get(*at)).map_or(&[], Vec::as_slice)
    }

    /// The entity that is called so, where it is only one.
    #[must_use]
    pub fn one(&self, name: &str) -> Option<RecordId> {
        let mut called = self.named(name).iter().filter_map(|thing| match thing {
            NamedThing::Entity(id, ..) => Some(*id),
            _ => None,
        });
        called.next().filter(|_| called.next().is_none())
    }

    /// Takes the names in the text: entities as those who took part, the first place, the first type.
    pub(super) fn read(&self, scan: &mut Scan<'_>) {
        for (span, things) in self.find(scan.text, 0..scan.text.len()) {
            if scan.is_free(&span) {
                take(scan, span, things);
            }
        }
    }

    /// The first type that is named in a part of the text.
    pub(super) fn type_in(&self, scan: &mut Scan<'_>, within: Range<usize>) {
        if scan.incident.kind.is_some() {
            return;
        }
        let found = self.find(scan.text, within).into_iter().find_map(|(span, things)| {
            let kind = things.iter().find_map(|thing| match thing {
                NamedThing::Type(term) => Some(term.clone()),
                _ => None,
            });
            kind.map(|kind| (span, kind))
        });
        if let Some((span, kind)) = found {
            scan.incident.kind = Some(kind);
            scan.mark(span, Found::Type, true);
        }
    }

    /// Whole names in a part of the text, each with what is called so.
    fn find(&self, text: &str, within: Range<usize>) -> Vec<(Range<usize>, &[NamedThing])> {
        let (Some(finder), Some(part)) = (&self.finder, text.get(within.clone())) else { return Vec::new() };
        let folded = fold(part);
        let spans = Spans::of(part, &folded);
        let whole = |at: Option<&u8>| at.is_none_or(|byte| *byte == b' ');
        let bytes = folded.as_bytes();
        let mut all = Vec::new();
        for found in finder.find_iter(&folded) {
            let before = found.start().checked_sub(1).and_then(|at| bytes.get(at));
            if !whole(before) || !whole(bytes.get(found.end())) {
                continue;
            }
            let span = spans.span(found.range());
            let span = within.start + span.start..within.start + span.end;
            // Three letters are a name only where they are capitals: 'LRA', not 'van'.
            let written = text.get(span.clone()).unwrap_or("");
            let short = folded.get(found.range()).is_some_and(|name| name.chars().count() < 4);
            if short && written.chars().any(char::is_lowercase) {
                continue;
            }
            all.extend(self.things.get(found.pattern().as_usize()).map(|things| (span, things.as_slice())));
        }
        all
    }
}

fn take(scan: &mut Scan<'_>, span: Range<usize>, things: &[NamedThing]) {
    let written = scan.text.get(span.clone()).unwrap_or("").to_owned();
    let entities: Vec<_> = things
        .iter()
        .filter_map(|thing| match thing {
            NamedThing::Entity(id, kind, name) if *kind != EntityKind::Place => Some((*id, name)),
            _ => None,
        })
        .collect();
    let is_place = things
        .iter()
        .any(|thing| matches!(thing, NamedThing::Place(_) | NamedThing::Entity(_, EntityKind::Place, _)));
    if let [(id, name)] = entities[..] {
        let there = scan.incident.actors.iter().any(|actor| actor.entity == Some(id));
        if !there && scan.incident.actors.len() < ACTORS {
            let involved = Involved { entity: Some(id), name: Some(name.clone()), ..Involved::default() };
            scan.incident.actors.push(involved);
        }
        scan.mark(span, Found::Actor, true);
    } else if !entities.is_empty() {
        // Several are called so: as it stands there, for a person to say who is meant.
        scan.mark(span, Found::Actor, false);
    } else if is_place {
        let none_yet = scan.incident.place.as_ref().is_none_or(|place| place.name.is_none());
        if none_yet {
            scan.place().name = Some(written.clone());
        }
        let taken = scan.incident.place.as_ref().and_then(|place| place.name.as_deref()) == Some(&written);
        scan.mark(span, Found::Place, taken);
    } else if let Some(NamedThing::Type(kind)) = things.first() {
        let taken = *scan.incident.kind.get_or_insert_with(|| kind.clone()) == *kind;
        scan.mark(span, Found::Type, taken);
    }
}

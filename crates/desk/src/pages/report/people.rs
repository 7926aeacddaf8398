//! Who took part, who was harmed and what was done: the form's rows, and the incident's lists. What the form has no row for
//! stays behind them.

use counterseal_model::Term;
use counterseal_model::record::{Act, Casualties, Incident, Involved};
use counterseal_node::{Desk, NodeError};

use super::counts::Count;
use super::terms::term;
use super::typed::{Bad, Typed};
use crate::labels::Labels;
use crate::words::Words;

/// The fields of those who took part: the name's, and the role's or the role that it has.
const WHO: [(&str, Role); 5] = [
    ("perpetrator", Role::Fixed("perpetrator")),
    ("victim", Role::Fixed("victim")),
    ("who1", Role::Chosen("role1")),
    ("who2", Role::Chosen("role2")),
    ("who3", Role::Chosen("role3")),
];

/// The fields of those who were harmed: the count's, the harm's or the harm that it is, and the group's.
const HARMED: [(&str, Role, Option<&str>); 5] = [
    ("killed", Role::Fixed("killed"), None),
    ("injured", Role::Fixed("injured"), None),
    ("count1", Role::Chosen("harm1"), Some("group1")),
    ("count2", Role::Chosen("harm2"), Some("group2")),
    ("count3", Role::Chosen("harm3"), Some("group3")),
];

#[derive(Clone, Copy)]
enum Role {
    Fixed(&'static str),
    Chosen(&'static str),
}

impl Role {
    fn of(self, typed: &Typed) -> &str {
        match self {
            Self::Fixed(role) => role,
            Self::Chosen(field) => typed.get(field),
        }
    }

    fn changed(self, typed: &Typed, shown: &Typed) -> bool {
        matches!(self, Self::Chosen(_)) && self.of(typed) != self.of(shown)
    }
}

/// Fills the form's rows.
pub(super) fn show(typed: &mut Typed, incident: &Incident) {
    for ((name, role), at) in WHO.into_iter().zip(who_rows(incident)) {
        let Some(involved) = at.and_then(|at| incident.actors.get(at)) else { continue };
        typed.set(name, involved.name.clone().unwrap_or_default());
        if let Role::Chosen(field) = role {
            typed.set(field, involved.role.as_ref().map(ToString::to_string).unwrap_or_default());
        }
    }
    for ((name, harm, group), at) in HARMED.into_iter().zip(harmed_rows(incident)) {
        let Some(harmed) = at.and_then(|at| incident.casualties.get(at)) else { continue };
        typed.set(name, Count::of(harmed).typed());
        if let Role::Chosen(field) = harm {
            typed.set(field, harmed.harm.as_ref().map_or_else(|| "killed".to_owned(), ToString::to_string));
        }
        if let Some(group) = group {
            typed.set(group, harmed.group.as_ref().map(ToString::to_string).unwrap_or_default());
        }
    }
    if let Some(act) = incident.acts.first() {
        typed.set("act", act.act.as_ref().map(ToString::to_string).unwrap_or_default());
        typed.set("method", act.method.as_ref().map(ToString::to_string).unwrap_or_default());
    }
}

/// Says on an incident what was changed in the rows.
pub(super) fn apply(
    typed: &Typed,
    shown: &Typed,
    words: Words,
    desk: &Desk,
    incident: &mut Incident,
    bad: &mut Bad,
) -> Result<(), NodeError> {
    let who = WHO.iter().any(|(name, role)| typed.get(name) != shown.get(name) || role.changed(typed, shown));
    if who {
        apply_who(typed, &Labels::of(words, desk), desk, incident)?;
    }
    let harmed = HARMED.iter().any(|(name, harm, group)| {
        let regrouped = group.is_some_and(|group| typed.get(group) != shown.get(group));
        typed.get(name) != shown.get(name) || harm.changed(typed, shown) || regrouped
    });
    if harmed {
        apply_harmed(typed, words, incident, bad);
    }
    if typed.get("act") != shown.get("act") || typed.get("method") != shown.get("method") {
        apply_act(typed, &Labels::of(words, desk), incident);
    }
    Ok(())
}

fn apply_who(
    typed: &Typed,
    labels: &Labels<'_>,
    desk: &Desk,
    incident: &mut Incident,
) -> Result<(), NodeError> {
    let rows = who_rows(incident);
    let mut actors = Vec::new();
    for ((name, role), at) in WHO.into_iter().zip(rows) {
        let before = at.and_then(|at| incident.actors.get(at)).cloned();
        let said = typed.get(name);
        if said.is_empty() {
            // An entity without a name here has no text in its row, and stays.
            actors.extend(before.filter(|before| before.name.is_none()));
            continue;
        }
        let role = term(labels, "actor-role", role.of(typed));
        let same = before.filter(|before| before.name.as_deref() == Some(said));
        actors.push(match same {
            Some(before) => Involved { role, ..before },
            None => named(desk, role, said)?,
        });
    }
    let rest = (0..).zip(&incident.actors).filter(|(at, _)| !rows.contains(&Some(*at)));
    actors.extend(rest.map(|(_, involved)| involved.clone()));
    incident.actors = actors;
    Ok(())
}

/// Under the name of the one entity that is called so; else by the name alone.
fn named(desk: &Desk, role: Option<Term>, said: &str) -> Result<Involved, NodeError> {
    let known = desk.entity_called(said)?;
    let entity = known.as_ref().map(|(id, _)| *id);
    let name = known.map_or_else(|| said.to_owned(), |(_, name)| name);
    Ok(Involved { role, entity, name: Some(name), ..Involved::default() })
}

fn apply_harmed(typed: &Typed, words: Words, incident: &mut Incident, bad: &mut Bad) {
    let rows = harmed_rows(incident);
    let mut all = Vec::new();
    for ((name, harm, group), at) in HARMED.into_iter().zip(rows) {
        let before = at.and_then(|at| incident.casualties.get(at)).cloned().unwrap_or_default();
        let said = typed.get(name);
        if said.is_empty() {
            continue;
        }
        let Some(Count { best, low, high }) = Count::read(said) else {
            bad.push((name, words.text("report-number-bad")));
            continue;
        };
        let harm = Term::from_text(harm.of(typed)).filter(|harm| harm.as_str() != "killed");
        let group = group.and_then(|group| Term::from_text(typed.get(group)));
        all.push(Casualties { group, harm, best, low, high, ..before });
    }
    let rest = (0..).zip(&incident.casualties).filter(|(at, _)| !rows.contains(&Some(*at)));
    all.extend(rest.map(|(_, harmed)| harmed.clone()));
    incident.casualties = all;
}

/// The first act; a new one is by the perpetrators, to the victims.
fn apply_act(typed: &Typed, labels: &Labels<'_>, incident: &mut Incident) {
    let (act, method) = (term(labels, "act", typed.get("act")), term(labels, "method", typed.get("method")));
    let of = |role: &str| -> Vec<Involved> {
        let fits = |involved: &&Involved| involved.role.as_ref().is_some_and(|known| known.as_str() == role);
        incident.actors.iter().filter(fits).cloned().collect()
    };
    let new = || Act { by: of("perpetrator"), to: of("victim"), ..Act::default() };
    let before = incident.acts.first().cloned().unwrap_or_else(new);
    let nothing = act.is_none() && method.is_none();
    if !incident.acts.is_empty() {
        incident.acts.remove(0);
    }
    if !nothing {
        incident.acts.insert(0, Act { act, method, ..before });
    }
}

/// Which of those who took part stands in which row.
fn who_rows(incident: &Incident) -> [Option<usize>; 5] {
    let with_role = |role: &str| {
        incident
            .actors
            .iter()
            .position(|involved| involved.role.as_ref().is_some_and(|known| known.as_str() == role))
    };
    fill([with_role("perpetrator"), with_role("victim"), None, None, None], incident.actors.len())
}

/// Which of those who were harmed stands in which row.
fn harmed_rows(incident: &Incident) -> [Option<usize>; 5] {
    let total = |wanted: Option<&str>| {
        incident
            .casualties
            .iter()
            .position(|one| one.group.is_none() && one.harm.as_ref().map(Term::as_str) == wanted)
    };
    fill([total(None), total(Some("injured")), None, None, None], incident.casualties.len())
}

/// The rows after the first two take what is left, in its order.
fn fill(mut rows: [Option<usize>; 5], count: usize) -> [Option<usize>; 5] {
    let [first, second, ..] = rows;
    let mut left = (0..count).filter(|at| Some(*at) != first && Some(*at) != second);
    rows.iter_mut().skip(2).for_each(|row| *row = left.next());
    rows
}

//! From rows to Cedar: one policy a row, which reads like the row.

use std::fmt::Write;

use counterseal_model::Code;

use crate::table::{Effect, Need, NeedKind, Row, Table, Trait, Who};

/// One Cedar policy per row, with the row's number.
pub(crate) fn policies(table: &Table) -> Vec<(u16, String)> {
    table.rows().iter().map(|row| (row.number, policy(row))).collect()
}

/// All of a table as one Cedar text, for people.
pub(crate) fn text(table: &Table) -> String {
    policies(table).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
}

fn policy(row: &Row) -> String {
    // Codes hold nothing that Cedar would have to escape; words may.
    let words = row.words.replace('\\', "\\\\").replace('"', "\\\"");
    let actions: Vec<_> = row.actions.iter().map(|action| format!("Action::\"{action}\"")).collect();
    let effect = if row.effect == Effect::Permit { "permit" } else { "forbid" };
    let mut out = format!(
        "@row(\"{}\")\n@words(\"{words}\")\n{effect} (principal, action in [{}], resource)\n",
        row.number,
        actions.join(", ")
    );
    let covers = clauses([
        any_of(&row.what, |code| format!("resource in Label::\"{code}\"")),
        purposes(&row.purposes),
    ]);
    let met = clauses([who(&row.who), basis(row), needs(row)]);
    let _infallible = match row.effect {
        Effect::Permit => writeln!(out, "when {{ {covers} }}\nwhen {{ {met} }};"),
        // Forbidden to all but those who meet it: a fact can only ever lift it.
        Effect::Only => writeln!(out, "when {{ {covers} }}\nunless {{ {met} }};"),
        Effect::Never => writeln!(out, "when {{ {covers} }};"),
    };
    out
}

/// Joined by and; `true` when there are none.
fn clauses<const N: usize>(all: [Option<String>; N]) -> String {
    let all: Vec<_> = all.into_iter().flatten().collect();
    if all.is_empty() { "true".to_owned() } else { all.join(" && ") }
}

fn any_of<T>(all: &[T], one: impl Fn(&T) -> String) -> Option<String> {
    let all: Vec<_> = all.iter().map(one).collect();
    (!all.is_empty()).then(|| format!("({})", all.join(" || ")))
}

fn purposes(codes: &[Code]) -> Option<String> {
    any_of(codes, |code| format!("context.purpose == \"{code}\""))
}

fn who(who: &Who) -> Option<String> {
    any_of(&who.0, |all| {
        let all: Vec<_> = all.iter().map(one_trait).collect();
        format!("({})", all.join(" && "))
    })
}

fn one_trait(named: &Trait) -> String {
    match named {
        Trait::Section(code) => format!("principal in Section::\"{code}\""),
        Trait::Role(code) => format!("principal in Role::\"{code}\""),
        Trait::Office(office) => format!("principal in Office::\"{office}\""),
        Trait::Contingent(code) => format!("principal in Contingent::\"{code}\""),
    }
}

/// An objection is never waived.
fn basis(row: &Row) -> Option<String> {
    let kinds: Vec<_> = row.bases.iter().map(|kind| format!("\"{kind}\"")).collect();
    let any = format!("context.bases.containsAny([{}])", kinds.join(", "));
    let any = waivable(row, NeedKind::Basis, any);
    match (row.bases.is_empty(), row.heeds_objections()) {
        (true, _) => None,
        (_, true) => Some(format!("!context.objection && {any}")),
        (_, false) => Some(any),
    }
}

fn needs(row: &Row) -> Option<String> {
    let approvals =
        row.needs.iter().find_map(|need| if let Need::Approvals(n) = need { Some(*n) } else { None });
    let one = |need: &Need| match *need {
        Need::Training => "context.training".to_owned(),
        Need::Device => "context.device".to_owned(),
        Need::Agreement => "context.agreement".to_owned(),
        Need::Case => "context.case".to_owned(),
        Need::Approvals(n) => format!("context.approvals >= {n}"),
        Need::OtherSection => format!("context.elsewhere >= {}", approvals.unwrap_or(1)),
        Need::Hours(from, to) => format!("(context.minute >= {from} && context.minute < {to})"),
        Need::Days(from, to) => format!("(context.weekday >= {from} && context.weekday <= {to})"),
        Need::From(day) => format!("context.day >= {day}"),
        Need::Until(day) => format!("context.day <= {day}"),
    };
    let all: Vec<_> = row.needs.iter().map(|need| waivable(row, need.kind(), one(need))).collect();
    (!all.is_empty()).then(|| all.join(" && "))
}

fn waivable(row: &Row, kind: NeedKind, condition: String) -> String {
    if row.waived.contains(&kind) { format!("(context.emergency || {condition})") } else { condition }
}

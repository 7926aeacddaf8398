//! `consent show`.

use clap::Args;
use counterseal_model::Timestamp;
use counterseal_model::record::BasisKind;
use counterseal_node::{Desk, PartUses, UseState, UseView};
use serde_json::{Value, json};

use crate::catalogue::Values;
use crate::context::Context;
use crate::failure::Failure;
use crate::listing::pretty;
use crate::verbs::casework::{Shown, parts_named};
use crate::verbs::part::part_of;

/// Show what may be shared with whom and until when, what is missing, and what is over soon
#[derive(Debug, Args)]
#[command(after_help = "\
It shows what trustees were told by this desk, or by others who gave it their facts ('counterseal fact'), against the
policy in force. Nothing is opened for it, and what else others told them this desk does not hear.

Examples:
  counterseal consent show 5f0c2a9d41b8e377/0
  counterseal consent show 5f0c2a9d41b8e377/0 --soon 90 --format json")]
pub(super) struct ShowArgs {
    /// The parts, as ENTRY/INDEX
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
    /// What is over within so many days is pointed out
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    soon: u16,
    /// How to show it
    #[arg(long, value_enum, default_value = "text")]
    format: Shown,
}

impl ShowArgs {
    pub(super) fn run(self, ctx: &Context, desk: &Desk) -> Result<(), Failure> {
        let soon = i64::from(self.soon) * Timestamp::DAY;
        let mut all = Vec::new();
        for named in parts_named(desk, &self.parts, None)? {
            all.push(desk.part_uses(named)?);
        }
        if self.format == Shown::Json {
            let parts: Vec<_> = all.iter().map(|one| part_json(desk, one, soon)).collect();
            return ctx
                .line(&pretty(&json!({ "synthetic": desk.register().is_synthetic(), "parts": parts })));
        }
        ctx.mark_synthetic(desk)?;
        all.iter().try_for_each(|one| say_part(ctx, desk, one, soon))
    }
}

fn say_part(ctx: &Context, desk: &Desk, one: &PartUses, soon: i64) -> Result<(), Failure> {
    ctx.say("consent-of-part", &[("part", part_of(one.part.named.part, false).into())])?;
    if one.part.erased.is_some() {
        return under(ctx, 2, "consent-part-erased", &[]);
    }
    if let Some(since) = one.part.withdrawn {
        under(ctx, 2, "consent-part-withdrawn", &[("date", since.date_text().into())])?;
    }
    for view in &one.uses {
        say_use(ctx, desk, view, soon)?;
    }
    if one.not_told > 0 {
        under(ctx, 2, "consent-not-told", &[("count", one.not_told.to_string().into())])?;
    }
    for written in &one.written {
        let values = [
            ("kind", written.kind.word().into()),
            ("part", part_of(written.place, false).into()),
            ("date", written.made.date_text().into()),
        ];
        under(ctx, 2, "consent-written", &values)?;
    }
    Ok(())
}

/// A sentence of what is said of the part.
fn under(ctx: &Context, by: usize, key: &str, values: Values<'_>) -> Result<(), Failure> {
    ctx.line(&format!("{:by$}{}", "", ctx.words.with(key, values)))
}

fn say_use(ctx: &Context, desk: &Desk, view: &UseView, soon: i64) -> Result<(), Failure> {
    let (purpose, recipient) = (view.what.purpose.to_string(), view.what.recipient.to_string());
    let with = |extra: Vec<(&'static str, String)>| {
        let mut values = vec![("purpose", purpose.clone().into()), ("recipient", recipient.clone().into())];
        values.extend(extra.into_iter().map(|(name, value)| (name, value.into())));
        values
    };
    match &view.state {
        UseState::Allowed { on, until: Some(until), .. } => {
            let values = with(vec![("basis", on.word().to_owned()), ("until", until.rfc3339())]);
            under(ctx, 2, "consent-use-allowed", &values)?;
            if view.ends_within(desk.now(), soon) {
                under(ctx, 4, "consent-use-soon", &[])?;
            }
        }
        UseState::Allowed { on, until: None, .. } => {
            under(ctx, 2, "consent-use-allowed-open", &with(vec![("basis", on.word().to_owned())]))?;
        }
        UseState::NotYet { from } => {
            under(ctx, 2, "consent-use-later", &with(vec![("date", from.rfc3339())]))?;
        }
        UseState::Lapsed { on } => under(ctx, 2, "consent-use-lapsed", &with(vec![("date", on.rfc3339())]))?,
        UseState::No { since } => under(ctx, 2, "consent-use-no", &with(vec![("date", since.date_text())]))?,
        UseState::Missing { needs } => {
            under(ctx, 2, "consent-use-missing", &with(vec![("needs", words_of(needs).join(", "))]))?;
        }
        UseState::Free => under(ctx, 2, "consent-use-free", &with(Vec::new()))?,
        UseState::Never => return Ok(()),
    }
    if view.agreement_missing { under(ctx, 4, "consent-use-agreement", &[]) } else { Ok(()) }
}

fn words_of(kinds: &[BasisKind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.word()).collect()
}

fn part_json(desk: &Desk, one: &PartUses, soon: i64) -> Value {
    let time = |at: Option<Timestamp>| at.map(Timestamp::rfc3339);
    let uses = one.uses.iter().map(|view| {
        let (state, since, until, on, needs) = match &view.state {
            UseState::Allowed { on, since, until } => {
                ("allowed", Some(*since), *until, Some(on.word()), vec![])
            }
            UseState::NotYet { from } => ("not-yet", Some(*from), None, None, vec![]),
            UseState::Lapsed { on } => ("lapsed", None, Some(*on), None, vec![]),
            UseState::No { since } => ("no", Some(*since), None, None, vec![]),
            UseState::Missing { needs } => ("missing", None, None, None, words_of(needs)),
            UseState::Free => ("free", None, None, None, vec![]),
            UseState::Never => ("never", None, None, None, vec![]),
        };
        json!({
            "purpose": view.what.purpose.as_str(), "recipient": view.what.recipient.as_str(), "state": state,
            "since": time(since), "until": time(until), "basis": on, "needs": needs,
            "soon": view.ends_within(desk.now(), soon), "agreementMissing": view.agreement_missing,
        })
    });
    let written = one.written.iter().map(|one| {
        json!({ "kind": one.kind.word(), "record": one.record.to_string(), "part": part_of(one.place, true),
            "made": one.made.rfc3339() })
    });
    json!({
        "part": part_of(one.part.named.part, true), "withdrawn": time(one.part.withdrawn),
        "erased": time(one.part.erased), "notTold": one.not_told, "uses": uses.collect::<Vec<_>>(),
        "written": written.collect::<Vec<_>>(),
    })
}

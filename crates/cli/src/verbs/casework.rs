//! What the verbs of casework share: parts, uses, people by their records, and what was recorded.

use clap::Args;
use counterseal_model::record::Use;
use counterseal_model::{Classification, Code, CompartmentId, RecordId, Timestamp};
use counterseal_node::{Desk, NamedPart, Recorded, WrittenTo};
use serde_json::{Value, json};

use super::part::part_of;
use super::record::classification;
use crate::context::Context;
use crate::failure::Failure;
use crate::listing::pretty;

/// How an answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Shown {
    /// In words
    #[default]
    Text,
    /// JSON
    Json,
}

/// Where a record is written.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// Another compartment than the parts' own
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
    /// Classification: unclassified, confidential, strictly-confidential
    #[arg(long, value_name = "CLASS", value_parser = classification, default_value = "strictly-confidential")]
    class: Classification,
    /// How to show what was done
    #[arg(long, value_enum, default_value = "text")]
    format: Shown,
}

impl Target {
    pub(super) fn written_to(&self, desk: &Desk) -> Result<WrittenTo, Failure> {
        let compartment = self.compartment.as_deref().map(|name| desk.find_compartment(name)).transpose()?;
        Ok(WrittenTo { compartment, class: self.class })
    }

    /// Says what was recorded, and what trustees have yet to be told.
    pub(super) fn say(&self, ctx: &Context, desk: &Desk, kind: &str, done: &Recorded) -> Result<(), Failure> {
        if self.format == Shown::Json {
            return ctx.line(&pretty(&recorded_json(desk, done)));
        }
        ctx.mark_synthetic(desk)?;
        match (done.record, done.places.first()) {
            (Some(record), Some(place)) => {
                let part = part_of(place.part, false);
                let values = [
                    ("kind", kind.to_owned().into()),
                    ("id", record.to_string().into()),
                    ("part", part.into()),
                ];
                ctx.say("casework-recorded", &values)?;
            }
            _ => ctx.note("casework-no-record", &[]),
        }
        if let Some(why) = done.idle {
            let why = ctx.words.text(match why {
                counterseal_policy::Why::RisksNotExplained => "consent-idle-risks",
                counterseal_policy::Why::RefusalNotFree => "consent-idle-refusal",
                _ => "consent-idle-guardian",
            });
            ctx.note("consent-idle", &[("reason", why.into())]);
        }
        let missing = done.facts.iter().map(|fact| fact.missing).max().unwrap_or(0);
        let count = done.facts.len().to_string();
        match done.facts.len() {
            0 => ctx.say("casework-nothing-to-tell", &[]),
            _ => ctx.say(
                "casework-to-tell",
                &[("count", count.into()), ("trustees", missing.to_string().into())],
            ),
        }
    }
}

fn recorded_json(desk: &Desk, done: &Recorded) -> Value {
    let codes = |codes: &[Code]| codes.iter().map(|code| code.as_str().to_owned()).collect::<Vec<_>>();
    let fact = |view: &counterseal_node::FactView| {
        json!({
            "id": hex::encode(view.hash), "kind": view.fact.kind.word(), "ends": view.fact.ends,
            "value": view.fact.value.as_ref().map(|code| code.as_str()),
            "purposes": codes(&view.fact.purposes), "recipients": codes(&view.fact.recipients),
            "since": view.fact.since.rfc3339(), "until": view.fact.until.map(Timestamp::rfc3339),
            "missing": view.missing,
        })
    };
    json!({
        "synthetic": desk.register().is_synthetic(),
        "record": done.record.map(|record| record.to_string()),
        "places": done.places.iter().map(|place| part_of(place.part, true)).collect::<Vec<_>>(),
        "counts": done.idle.is_none(),
        "facts": done.facts.iter().map(fact).collect::<Vec<_>>(),
    })
}

/// The parts that texts name; those that this desk does not have are of the compartment that is named.
pub(super) fn parts_named(
    desk: &Desk,
    texts: &[String],
    compartment: Option<CompartmentId>,
) -> Result<Vec<NamedPart>, Failure> {
    let mut parts = Vec::new();
    for text in texts {
        parts.extend(desk.named_parts(text, compartment)?);
    }
    Ok(parts)
}

/// A record: all its digits, where this desk cannot see it, or as any verb names one.
pub(super) fn record_named(desk: &Desk, text: &str) -> Result<RecordId, Failure> {
    match text.parse() {
        Ok(id) => Ok(id),
        Err(_) => Ok(desk.find_record(text)?),
    }
}

/// A use as typed: a purpose, and perhaps its recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedUse {
    purpose: Code,
    recipient: Option<Code>,
    pub(super) until: Option<Timestamp>,
}

/// Reads `PURPOSE`, `PURPOSE:RECIPIENT`, and either with `=DATE`.
pub(super) fn typed_use(text: &str) -> Result<TypedUse, String> {
    let (what, until) = match text.split_once('=') {
        Some((what, date)) => (what, Some(crate::dates::read(date)?.end())),
        None => (text, None),
    };
    let code = |text: &str| text.parse::<Code>().map_err(|error| error.to_string());
    let (purpose, recipient) = match what.split_once(':') {
        Some((purpose, recipient)) => (code(purpose)?, Some(code(recipient)?)),
        None => (code(what)?, None),
    };
    Ok(TypedUse { purpose, recipient, until })
}

/// Uses with their recipients: those that the policy in force names for the purpose, where none was typed.
pub(super) fn uses_of(ctx: &Context, desk: &Desk, typed: &[TypedUse]) -> Result<Vec<Use>, Failure> {
    let policy = desk.policy_in_force()?;
    let known = |purpose: &Code| {
        let table = policy.as_ref().map(counterseal_policy::Policy::table);
        table.and_then(|table| table.purposes().get(purpose)).map(|known| known.recipient.clone())
    };
    typed
        .iter()
        .map(|one| {
            let recipient = one.recipient.clone().or_else(|| known(&one.purpose));
            let recipient = recipient.ok_or_else(|| {
                ctx.refuse("consent-no-recipient", &[("purpose", one.purpose.to_string().into())])
            })?;
            Ok(Use::new(one.purpose.clone(), recipient))
        })
        .collect()
}

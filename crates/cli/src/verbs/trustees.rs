//! What `sync` says of the trustees.

use std::collections::BTreeMap;

use counterseal_node::{Desk, SyncReport, TrusteeLie};
use counterseal_register::{KeyId, Trustee};
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::Failure;

/// Trustees with their places, as typed: the first digits of an id, '=' and host:port.
pub(super) fn trustees(
    ctx: &Context,
    desk: &Desk,
    typed: &[String],
) -> Result<BTreeMap<KeyId, String>, Failure> {
    let sets = desk.register().trustee_sets(desk.moment());
    let waiting = desk.register().trustees_waiting(desk.moment()).map(|(_, set)| set);
    let known: Vec<KeyId> = sets
        .chain(waiting)
        .flat_map(|set| &set.trustees)
        .map(Trustee::id)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let place = |text: &String| {
        let refused = || ctx.refuse("trustee-unknown", &[("text", text.as_str().into())]);
        let (id, address) = text.split_once('=').ok_or_else(refused)?;
        let found: Vec<_> =
            known.iter().filter(|known| known.to_string().starts_with(&id.to_ascii_lowercase())).collect();
        match found[..] {
            [only] if id.len() >= 4 && address.contains(':') => Ok((*only, address.to_owned())),
            _ => Err(refused()),
        }
    };
    typed.iter().map(place).collect()
}

fn short(trustee: KeyId) -> String {
    trustee.to_string().chars().take(8).collect()
}

/// For people. A trustee that had nothing new to say is not named.
pub(super) fn say_trustees(ctx: &Context, desk: &Desk, report: &SyncReport) -> Result<(), Failure> {
    for heard in &report.trustees {
        let trustee = short(heard.trustee);
        if let Some(reason) = &heard.silent {
            ctx.say(
                "trustee-silent",
                &[("trustee", trustee.as_str().into()), ("reason", reason.as_str().into())],
            )?;
        }
        let numbers = [heard.keys, heard.acknowledged, heard.refused, heard.post];
        if numbers.iter().any(|number| *number > 0) {
            let [keys, acknowledged, refused, post] = numbers.map(|number| number.to_string().into());
            let values = [
                ("trustee", trustee.as_str().into()),
                ("keys", keys),
                ("acknowledged", acknowledged),
                ("refused", refused),
                ("post", post),
            ];
            ctx.say("trustee-heard", &values)?;
        }
        for code in &heard.not_now {
            ctx.say(
                "trustee-not-now",
                &[("trustee", trustee.as_str().into()), ("code", code.as_str().into())],
            )?;
        }
        for lie in &heard.lies {
            ctx.say(sentence_of(*lie), &[("trustee", trustee.as_str().into())])?;
        }
    }
    match desk.guarded_waiting()? {
        0 => Ok(()),
        count => ctx.say("sync-guarded-waiting", &[("count", count.to_string().into())]),
    }
}

const fn sentence_of(lie: TrusteeLie) -> &'static str {
    match lie {
        TrusteeLie::Unreadable => "trustee-lie-unreadable",
        TrusteeLie::Signature => "trustee-lie-signature",
        TrusteeLie::OtherEntry => "trustee-lie-entry",
        TrusteeLie::OtherCount => "trustee-lie-count",
        TrusteeLie::OtherKey => "trustee-lie-key",
        TrusteeLie::OtherAnswer => "trustee-lie-answer",
    }
}

/// For programs.
pub(super) fn trustees_json(report: &SyncReport) -> Vec<Value> {
    let one = |heard: &counterseal_node::TrusteeHeard| {
        json!({
            "trustee": heard.trustee.to_string(), "silent": heard.silent, "keys": heard.keys,
            "acknowledged": heard.acknowledged, "refused": heard.refused, "post": heard.post,
            "notNow": heard.not_now.iter().map(|code| code.as_str().to_owned()).collect::<Vec<_>>(),
            "lies": heard.lies.iter().map(|lie| sentence_of(*lie)).collect::<Vec<_>>(),
        })
    };
    report.trustees.iter().map(one).collect()
}

/// Whether a person should look: a trustee lies, or refuses what was written.
pub(super) fn needs_attention(report: &SyncReport) -> bool {
    report.trustees.iter().any(|heard| heard.refused > 0 || !heard.lies.is_empty())
}

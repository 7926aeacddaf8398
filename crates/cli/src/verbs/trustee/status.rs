//! `trustee status`.

use std::time::Duration;

use counterseal_model::Timestamp;
use counterseal_serve::{HttpClient, Method, Trust, Url};
use counterseal_trustee::{LogReached, Status, StoreError, TrusteeConfig};
use serde_json::json;

use super::super::serving::asked;
use super::Config;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::pretty;

const PATIENCE: Duration = Duration::from_secs(5);

pub(super) fn show(ctx: &Context, config: &Config, format: &str) -> Result<Done, Failure> {
    let status = match ask(&config.read()?)? {
        Some(status) => status,
        None => read(ctx, config)?,
    };
    let releases = status.restored.is_none() && !status.two_trees;
    if format == "json" {
        let log = |log: LogReached| json!({"leaves": log.leaves, "age": log.age});
        let restored = status.restored.as_ref().map(|missing| {
            json!({"missing": missing.still, "padsLost": missing.pads_lost, "keysLost": missing.seeds_lost})
        });
        ctx.line(&pretty(&json!({
            "trustee": status.trustee, "mission": status.mission, "statements": log(status.statements),
            "journal": log(status.journal), "decisions": status.decisions, "commits": status.commits,
            "takesOver": status.takes_over, "falsePads": status.false_pads, "twoTrees": status.two_trees, "restored": restored, "releases": releases,
        })))?;
    } else {
        say(ctx, &status)?;
    }
    Ok(if releases { Done::Well } else { Done::Attention })
}

/// Asks the trustee that runs, if it does and shows its status on this machine.
fn ask(config: &TrusteeConfig) -> Result<Option<Status>, Failure> {
    let Some(url) = config.metrics.and_then(|address| Url::parse(&format!("http://{address}/"))) else {
        return Ok(None);
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let answer = runtime.map_err(Failure::terminal)?.block_on(async {
        let mut client = HttpClient::new(url, Trust::Roots, PATIENCE).ok()?;
        client.request(Method::GET, "status", Vec::new()).await.ok()
    });
    let status = answer.filter(|(status, _)| *status == 200);
    Ok(status.and_then(|(_, body)| serde_json::from_slice(&body).ok()))
}

/// Reads the store of a trustee that does not run.
fn read(ctx: &Context, config: &Config) -> Result<Status, Failure> {
    let (config, keys) = config.open(ctx)?;
    let status = counterseal_trustee::status(&config, &keys, ctx.outside.clock.as_ref(), ctx.randomness());
    status.map_err(|error| match error {
        counterseal_trustee::OperationFailure::Store(StoreError::InUse { .. }) => {
            ctx.refuse("trustee-runs-unseen", &[])
        }
        error => asked(error),
    })
}

fn say(ctx: &Context, status: &Status) -> Result<(), Failure> {
    let n = |number: u64| number.to_string().into();
    for (name, log) in [("statements", status.statements), ("journal", status.journal)] {
        let age = log.age.map_or_else(|| "-".to_owned(), |age| age.to_string());
        let values = [("log", name.into()), ("leaves", n(log.leaves)), ("age", age.into())];
        ctx.say("trustee-log", &values)?;
    }
    ctx.say("trustee-decisions", &[("count", n(status.decisions))])?;
    for one in &status.takes_over {
        let of = one.of.get(..8).unwrap_or_default().to_owned();
        let (have, at) = (one.entries.saturating_sub(one.waiting), Timestamp(one.at).rfc3339());
        let values = [("of", of.into()), ("have", n(have)), ("count", n(one.entries)), ("at", at.into())];
        ctx.say("trustee-takes-over", &values)?;
    }
    for one in &status.false_pads {
        let by: Vec<&str> = one.by.iter().map(|id| id.get(..8).unwrap_or_default()).collect();
        let at = Timestamp(one.at).rfc3339();
        let values = [("by", by.join(", ").into()), ("count", n(one.entries)), ("at", at.into())];
        ctx.say(if by.len() == 1 { "trustee-false-pads" } else { "trustee-false-repair" }, &values)?;
    }
    if status.two_trees {
        ctx.say("trustee-two-trees", &[])?;
    }
    if let Some(missing) = &status.restored {
        ctx.say("trustee-restoring", &[])?;
        for still in &missing.still {
            ctx.say("trustee-still-missing", &[("what", still.clone().into())])?;
        }
        if missing.pads_lost + missing.seeds_lost > 0 {
            let values = [("pads", n(missing.pads_lost)), ("keys", n(missing.seeds_lost))];
            ctx.say("trustee-lost", &values)?;
        }
    }
    Ok(())
}

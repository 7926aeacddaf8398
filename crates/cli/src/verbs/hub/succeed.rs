//! `hub succeed`: a standby takes over.

use std::path::Path;

use counterseal_hub::{HubConfig, HubKeys, Outgoing, Succeeded, WitnessesSaw};
use counterseal_node::OutgoingLogs;

use super::super::serving::{asked, serve};
use crate::context::Context;
use crate::failure::{Done, Failure};

pub(super) fn succeed(ctx: &Context, file: &Path, config: &HubConfig, lost: bool) -> Result<Done, Failure> {
    let bytes = std::fs::read(file).map_err(|e| Failure::file("read", file, e))?;
    let logs = OutgoingLogs::read(&bytes)?;
    let public = HubKeys::load(&config.keys()).and_then(|keys| keys.public()).map_err(asked)?;
    let outgoing = Outgoing {
        statements: logs.statements.clone(),
        leaves: logs.leaves.clone(),
        succession: logs.succession.clone().unwrap_or_default(),
    };
    // The hub that is replaced needs no witnesses to be told so.
    if public.statements_key != logs.hub.statements_key {
        let more = witnesses(ctx, config, &logs, &outgoing)?;
        if logs.succession.is_none() {
            ctx.say("hub-logs-checked", &ends(&logs))?;
            return Ok(if more { Done::Attention } else { Done::Well });
        }
        if more && !lost {
            return Err(ctx.refuse("hub-more-was-cosigned", &[]));
        }
    }
    if logs.succession.is_none() {
        return Err(ctx.refuse("hub-no-succession", &[]));
    }
    let clock = ctx.outside.clock.as_ref();
    match counterseal_hub::succeed(config, &outgoing, clock).map_err(asked)? {
        Succeeded::Begins(seeded) => {
            ctx.say("hub-succeeds", &ends(&logs))?;
            seeded.keys.iter().try_for_each(|key| ctx.line(&key.to_string()))?;
        }
        Succeeded::Ends { generation } => {
            ctx.say("hub-ended", &[("generation", generation.to_string().into())])?;
        }
    }
    Ok(Done::Well)
}

type Value = (&'static str, std::borrow::Cow<'static, str>);

fn ends(logs: &OutgoingLogs) -> [Value; 2] {
    let n = |number: u64| number.to_string().into();
    [("statements", n(logs.statements_end.size)), ("leaves", n(logs.journal_end.size))]
}

/// What the witnesses have seen of the old logs; whether that is more than the file holds.
fn witnesses(
    ctx: &Context,
    config: &HubConfig,
    logs: &OutgoingLogs,
    outgoing: &Outgoing,
) -> Result<bool, Failure> {
    let quorum = logs.register.quorum(logs.register.last());
    let quorum = quorum.ok_or_else(|| ctx.refuse("hub-no-witnesses", &[]))?;
    let keys = counterseal_hub::log_keys(logs.mission, &logs.register, logs.hub.generation).map_err(asked)?;
    let mut saw = WitnessesSaw::default();
    serve(async {
        saw = counterseal_hub::ask_witnesses(config, quorum, &keys, outgoing).await;
        Ok(())
    })?;
    let n = |number: u64| number.to_string().into();
    let values = [
        ("answered", n(saw.answered)),
        ("needed", n(saw.needed)),
        ("statements", n(saw.statements)),
        ("leaves", n(saw.journal)),
    ];
    ctx.say("hub-witnesses-saw", &values)?;
    if saw.differ.len() as u64 > quorum.faults {
        return Err(ctx.refuse("hub-other-tree", &[("names", saw.differ.join(", ").into())]));
    }
    if !saw.differ.is_empty() {
        ctx.say("hub-some-differ", &[("names", saw.differ.join(", ").into())])?;
    }
    if !saw.is_enough() {
        return Err(ctx.refuse("hub-too-few-answered", &[("needed", n(saw.needed))]));
    }
    let (statements, leaves) = (logs.statements_end.size, logs.journal_end.size);
    let more = saw.statements > statements || saw.journal > leaves;
    if more {
        let values = [
            ("statements", n(saw.statements.saturating_sub(statements))),
            ("leaves", n(saw.journal.saturating_sub(leaves))),
        ];
        ctx.say("hub-more-seen", &values)?;
    }
    Ok(more)
}

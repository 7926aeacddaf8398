//! `ledger watch`: the hub and all witnesses, again and again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use counterseal_model::Timestamp;
use counterseal_node::{Desk, Round, Sighted, TwoTrees, Watch};
use serde_json::{Value, json};

use super::super::witnesses::{say_witnesses, silence};
use crate::context::Context;
use crate::failure::{Done, Failure};

/// The step in which is waited, so that a request to lock is heard.
const STEP: Duration = Duration::from_millis(500);

/// Watch what the hub and every witness show of the logs, and compare
#[derive(Debug, Args)]
#[command(after_help = "\
Prints each new checkpoint, who is behind, and who does not answer. It ends with exit code 3 as soon as the hub has
shown two histories or less than before; the proof is written to a file that anyone can check with 'counterseal
ledger verify --split'. A desk that watches is unlocked meanwhile: use one that does nothing else.

Examples:
  counterseal ledger watch
  counterseal ledger watch --once --format json
  counterseal ledger watch --hub hub.example:7443 --interval 300 --proofs proofs")]
pub(super) struct WatchArgs {
    /// Where the hub is reached, as host:port; where this desk reached it last unless given
    #[arg(long, value_name = "HOST:PORT")]
    hub: Option<String>,
    /// One look, and no more
    #[arg(long)]
    once: bool,
    /// Seconds between two looks
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    interval: u32,
    /// Where proofs are written
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    proofs: PathBuf,
    /// How to show what is seen; json: a line for each thing
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

/// What was shown last, by log and by whom.
type Last = BTreeMap<(&'static str, Option<String>), (u64, [u8; 32])>;

impl WatchArgs {
    pub(super) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let address = match &self.hub {
                Some(address) => address.clone(),
                None => desk.hub_address()?.ok_or_else(|| ctx.refuse("sync-no-address", &[]))?,
            };
            let watch = Watch::new(desk, &address);
            let mut watch = watch.map_err(|error| Failure::Asked(error.to_string()))?;
            let mut last = Last::new();
            loop {
                let round = watch.look(desk)?;
                self.show(ctx, desk, &round, &mut last)?;
                if !round.is_consistent() || (self.once && !round.witnesses.held_back.is_empty()) {
                    return Ok(Done::Attention);
                }
                if self.once || !self.wait(ctx) {
                    return Ok(Done::Well);
                }
            }
        })
    }

    /// Whether to go on.
    fn wait(&self, ctx: &Context) -> bool {
        for _ in 0..u64::from(self.interval) * 1000 / 500 {
            if ctx.is_asked_to_lock() {
                return false;
            }
            std::thread::sleep(STEP);
        }
        true
    }

    fn show(&self, ctx: &Context, desk: &Desk, round: &Round, last: &mut Last) -> Result<(), Failure> {
        let json = self.format == "json";
        let now = desk.now().rfc3339();
        for one in &round.sighted {
            let key = (one.log.word(), one.witness.clone());
            if last.insert(key, (one.size, one.root)) != Some((one.size, one.root)) {
                sighted(ctx, &now, one, json)?;
            }
        }
        for two in &round.two_trees {
            let path = write_proof(&self.proofs, two)?;
            let (size, path) = (two.size, path.display().to_string());
            if json {
                let event = json!({"time": now, "event": "two-histories", "log": two.log.word(),
                                   "who": two.witness, "size": size, "proof": path});
                ctx.line(&event.to_string())?;
                continue;
            }
            let values = [
                ("log", two.log.word().into()),
                ("who", two.witness.as_str().into()),
                ("size", size.to_string().into()),
                ("path", path.into()),
            ];
            ctx.say("watch-two-histories", &values)?;
        }
        self.show_hub(ctx, &now, round)?;
        match json {
            true => events(ctx, &now, round),
            false => say_witnesses(ctx, &round.witnesses),
        }
    }

    fn show_hub(&self, ctx: &Context, now: &str, round: &Round) -> Result<(), Failure> {
        let json = self.format == "json";
        for (log, before, size) in &round.rolled_back {
            if json {
                let event = json!({"time": now, "event": "rolled-back", "log": log.word(), "before": before,
                                   "size": size});
                ctx.line(&event.to_string())?;
                continue;
            }
            let values = [
                ("log", log.word().into()),
                ("before", before.to_string().into()),
                ("size", size.to_string().into()),
            ];
            ctx.say("watch-rolled-back", &values)?;
        }
        for (log, reason) in &round.hub_refused {
            if json {
                let event = json!({"time": now, "event": "refused", "log": log.word(), "who": "hub",
                                   "reason": reason});
                ctx.line(&event.to_string())?;
                continue;
            }
            let values = [("log", log.word().into()), ("reason", reason.as_str().into())];
            ctx.say("watch-hub-refused", &values)?;
        }
        match &round.hub_silent {
            Some(reason) if json => {
                ctx.line(&json!({"time": now, "event": "silent", "who": "hub", "reason": reason}).to_string())
            }
            Some(reason) => ctx.say("watch-hub-silent", &[("reason", reason.as_str().into())]),
            None => Ok(()),
        }
    }
}

fn sighted(ctx: &Context, now: &str, one: &Sighted, json: bool) -> Result<(), Failure> {
    let who = one.witness.as_deref().unwrap_or("hub");
    let root = hex::encode(one.root);
    if json {
        let event = json!({"time": now, "event": "checkpoint", "log": one.log.word(), "who": who,
                           "size": one.size, "root": root, "cosigned": one.cosigned.map(Timestamp::rfc3339), "lag": one.lag});
        return ctx.line(&event.to_string());
    }
    let cosigned = one.cosigned.map(Timestamp::rfc3339);
    let cosigned = cosigned.unwrap_or_else(|| ctx.words.text("watch-not-cosigned"));
    let values = [
        ("log", one.log.word().into()),
        ("who", who.into()),
        ("size", one.size.to_string().into()),
        ("root", root.get(..16).unwrap_or_default().to_owned().into()),
        ("cosigned", cosigned.into()),
        ("lag", one.lag.to_string().into()),
    ];
    ctx.say("watch-checkpoint", &values)
}

fn events(ctx: &Context, now: &str, round: &Round) -> Result<(), Failure> {
    let witnesses = &round.witnesses;
    let silent = witnesses.silent.iter().map(|(who, why)| {
        let reason = silence(ctx, why);
        json!({"time": now, "event": "silent", "who": who.as_str(), "reason": reason})
    });
    let refused = witnesses.refused.iter().map(|(who, log, reason)| {
        json!({"time": now, "event": "refused", "log": log.word(), "who": who.as_str(), "reason": reason})
    });
    let held = witnesses.held_back.iter().map(|held| {
        json!({"time": now, "event": "held-back", "log": held.log.word(), "who": held.witness.as_str(),
               "seen": held.seen, "shown": held.shown, "cosigned": held.cosigned.rfc3339()})
    });
    let all: Vec<Value> = silent.chain(refused).chain(held).collect();
    all.iter().try_for_each(|event| ctx.line(&event.to_string()))
}

fn write_proof(folder: &Path, two: &TwoTrees) -> Result<PathBuf, Failure> {
    let digest = hex::encode(counterseal_register::sha256(&[&two.proof]));
    let name = format!("two-histories-{}-{}.proof", two.log.word(), digest.get(..8).unwrap_or_default());
    let path = folder.join(name);
    std::fs::create_dir_all(folder).map_err(|e| Failure::file("write", folder, e))?;
    std::fs::write(&path, &two.proof).map_err(|e| Failure::file("write", &path, e))?;
    Ok(path)
}

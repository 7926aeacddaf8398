//! `sync`.

use std::collections::BTreeMap;

use clap::Args;
use counterseal_model::Timestamp;
use counterseal_node::{Desk, Go, LinkError, NodeError, OutsideLine, SyncOptions, SyncReport};
use counterseal_register::{KeyId, LogKind};
use serde_json::json;

use super::trustees::{needs_attention as trustees_need, say_trustees, trustees, trustees_json};
use super::witnesses::{needs_attention as needs, say_witnesses, witnesses_json};
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::pretty;
use crate::progress::Bar;
use crate::refused::sentence_of_link;

/// Seconds by which clocks may differ before it is said.
const CLOCKS_DIFFER: i64 = 300;

/// Send what is unsent to the mission's hub, and fetch what is new
#[derive(Debug, Args)]
#[command(after_help = "\
The most urgent goes first: statements, flash reports, the rest, large entries last. A session that is cut
off goes on where it was. Without a hub everything you write stays queued; 'counterseal pouch' carries it.
Exit code 3: something was refused, dropped or is older than it should be, and needs a person's attention.

Examples:
  counterseal sync --hub hub.example:7443
  counterseal sync
  counterseal sync --budget 200KB
  counterseal sync --compartment incidents --largest 64KB
  counterseal sync --anew
  counterseal sync --follow --format json
  counterseal sync --now-guarded
  counterseal sync --trustee 0a1b2c3d=trustee.example:7491")]
pub(crate) struct SyncArgs {
    /// Where the hub is reached, as host:port; remembered for the next time
    #[arg(long, value_name = "HOST:PORT")]
    hub: Option<String>,
    /// Most bytes to send, and most to fetch: 200KB, 5MB
    #[arg(long, value_name = "SIZE", value_parser = size)]
    budget: Option<u64>,
    /// Only entries of this compartment, by name or id; may be given several times. The hub knows no places: an area
    /// that a desk is to hold alone is a compartment
    #[arg(long = "compartment", value_name = "NAME")]
    compartments: Vec<String>,
    /// Only entries that were logged since then
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    since: Option<crate::dates::Typed>,
    /// Only entries of at most so many bytes
    #[arg(long, value_name = "SIZE", value_parser = size)]
    largest: Option<u64>,
    /// Go on until it is stopped, fetching what others write
    #[arg(long)]
    follow: bool,
    /// Ask for everything that is not on this desk, whatever a hub said was sent
    #[arg(long)]
    anew: bool,
    /// Send everything guarded that waits at once: whoever watches the hub sees that somebody wrote
    #[arg(long)]
    now_guarded: bool,
    /// Where a trustee is reached, if elsewhere than the register says: its id's first digits=host:port
    #[arg(long = "trustee", value_name = "ID=HOST:PORT")]
    trustees: Vec<String>,
    /// How to show what came of it
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

/// Puts what was shared and exported into the log.
fn log_disclosures(
    ctx: &Context,
    desk: &mut Desk,
    address: &str,
    trustees: BTreeMap<KeyId, String>,
) -> Result<(), Failure> {
    if desk.unlogged_disclosures()? == 0 {
        return Ok(());
    }
    let logged = desk.log_disclosures(&mut OutsideLine::new(address, trustees))?;
    let due = desk.unlogged_disclosures()?;
    ctx.note("sync-disclosed", &[("logged", logged.to_string().into()), ("due", due.to_string().into())]);
    Ok(())
}

/// Sends facts that trustees have yet to take.
fn send_facts(
    ctx: &Context,
    desk: &mut Desk,
    address: &str,
    trustees: BTreeMap<KeyId, String>,
) -> Result<(), Failure> {
    if desk.facts_said()?.iter().all(|view| view.missing == 0) {
        return Ok(());
    }
    let sent = desk.send_facts(&mut OutsideLine::new(address, trustees))?;
    let values = [("taken", sent.taken.to_string().into()), ("due", sent.due.to_string().into())];
    ctx.note("sync-facts", &values);
    Ok(())
}

fn short(trustee: &KeyId) -> String {
    trustee.to_string().chars().take(8).collect()
}

/// Tells the trustees what was read offline of what was opened ahead.
fn say_readings(
    ctx: &Context,
    desk: &mut Desk,
    address: &str,
    trustees: BTreeMap<KeyId, String>,
) -> Result<(), Failure> {
    if !desk.has_readings_due()? {
        return Ok(());
    }
    let sent = desk.say_readings(&mut OutsideLine::new(address, trustees))?;
    let values = [("told", sent.told.to_string().into()), ("due", sent.due.to_string().into())];
    ctx.note("sync-readings", &values);
    for (trustee, word) in &sent.refused {
        ctx.note(
            "sync-readings-refused",
            &[("trustee", short(trustee).into()), ("code", word.clone().into())],
        );
    }
    Ok(())
}

/// A number of bytes: 1000, 200KB, 5MB.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    let factor = match text.get(digits.len()..).map(str::to_ascii_uppercase).as_deref() {
        Some("" | "B") => 1,
        Some("K" | "KB") => 1_000,
        Some("M" | "MB") => 1_000_000,
        Some("G" | "GB") => 1_000_000_000,
        _ => return Err("give a number of bytes, as in 200KB or 5MB".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "give a number of bytes, as in 200KB or 5MB".to_owned())?;
    number.checked_mul(factor).ok_or_else(|| "that is more bytes than there are".to_owned())
}

impl SyncArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let address = match &self.hub {
                Some(address) => address.clone(),
                None => desk.hub_address()?.ok_or_else(|| ctx.refuse("sync-no-address", &[]))?,
            };
            let compartments = self.compartments.iter().map(|name| desk.find_compartment(name));
            let options = SyncOptions {
                budget: self.budget,
                compartments: compartments.collect::<Result<_, _>>()?,
                not_before: self.since.map(|since| since.at),
                largest: self.largest,
                continuous: self.follow,
                anew: self.anew,
                trustees: trustees(ctx, desk, &self.trustees)?,
            };
            if self.now_guarded {
                let batches = desk.release_all_guarded()?.to_string();
                ctx.note("sync-now-guarded", &[("count", batches.into())]);
            }
            let bar = Bar::bytes(0, &ctx.words.text("sync-bar"));
            let report = desk.sync(&address, &options, &mut |report| {
                let progress = &report.progress;
                bar.set_of(progress.entry_bytes_in, progress.bytes_due.max(progress.entry_bytes_in));
                if ctx.is_asked_to_lock() { Go::Stop } else { Go::On }
            });
            drop(bar);
            let report = report.map_err(|error| match error {
                // What a desk refuses has its sentence in both languages, and its exit code.
                LinkError::Node(error) => Failure::Node(error),
                other => Failure::Asked(sentence_of_link(&other, ctx.words)),
            })?;
            desk.set_hub_address(&address)?;
            log_disclosures(ctx, desk, &address, options.trustees.clone())?;
            send_facts(ctx, desk, &address, options.trustees.clone())?;
            say_readings(ctx, desk, &address, options.trustees)?;
            self.show(ctx, desk, &report)
        })
    }

    fn show(&self, ctx: &Context, desk: &Desk, report: &SyncReport) -> Result<Done, Failure> {
        let age = |kind| -> Result<Option<i64>, Failure> {
            Ok(desk.log(kind)?.map(|log| (desk.now().0 - log.cosigned.0).max(0)))
        };
        let ages = (age(LogKind::Statements)?, age(LogKind::Journal)?);
        let strange = desk.strange_devices()?;
        let quiet = strange.is_empty() && !needs_attention(report);
        let done = if quiet { Done::Well } else { Done::Attention };
        if self.format == "json" {
            ctx.line(&pretty(&json!({
                "synthetic": desk.register().is_synthetic(),
                "bytesIn": report.progress.bytes_in, "bytesOut": report.progress.bytes_out,
                "statements": report.statements, "entries": report.entries, "waiting": report.waiting,
                "late": report.late, "accepted": report.accepted, "dropped": report.dropped,
                "refusedEntries": report.refused_entries,
                "refusedPushes": report.refused_pushes.iter().map(|one| one.code.clone()).collect::<Vec<_>>(),
                "refusedStatements": report.refused_statements.iter().map(|(n, _)| n).collect::<Vec<_>>(),
                "evidence": report.evidence.len(), "leftEntries": report.left_entries,
                "leftBytes": report.left_bytes, "unfinishedDropped": report.unfinished_dropped, "unsent": report.stays.items,
                "clockAhead": report.hub_clock_ahead, "statementsAge": ages.0, "journalAge": ages.1,
                "gaps": report.gaps.len(), "misplaced": report.misplaced, "brokenChains": report.broken,
                "early": report.early, "badMarks": report.bad_marks, "onSight": report.on_sight,
                "ownLate": report.own_late, "writtenAgain": report.written_again,
                "lost": report.lost,
                "ended": report.ended,
                "crossed": report.crossed.map(|crossed| json!({
                    "generation": crossed.generation, "statements": crossed.statements,
                    "leaves": crossed.leaves,
                })),
                "trustees": trustees_json(report), "guardedWaiting": desk.guarded_waiting()?,
                "witnesses": report.witnesses.as_ref().map(|heard| witnesses_json(ctx, heard)),
                "strangeDevices": strange.iter().map(|device| device.id.to_string()).collect::<Vec<_>>(),
            })))?;
            return Ok(done);
        }
        ctx.mark_synthetic(desk)?;
        super::mission::show_crossing(ctx, report.crossed.as_ref())?;
        let n = |number: u64| number.to_string().into();
        let (read, written) = (report.progress.bytes_in, report.progress.bytes_out);
        ctx.say(
            "sync-fetched",
            &[("entries", n(report.entries)), ("statements", n(report.statements)), ("bytes", n(read))],
        )?;
        ctx.say("sync-sent", &[("accepted", n(report.accepted)), ("bytes", n(written))])?;
        let beside = [
            ("sync-waiting", report.waiting),
            ("sync-late", report.late),
            ("sync-left", report.left_entries),
            ("sync-unsent", report.stays.items),
            ("sync-dropped", report.dropped),
            ("sync-unfinished", report.unfinished_dropped),
            ("sync-evidence", report.evidence.len() as u64),
            ("sync-gaps", report.gaps.len() as u64),
            ("sync-misplaced", report.misplaced),
            ("sync-broken-chains", report.broken),
            ("sync-early", report.early),
            ("sync-on-sight", report.on_sight),
            ("sync-own-late", report.own_late),
            ("sync-written-again", report.written_again),
            ("sync-lost", report.lost),
            ("sync-bad-marks", report.bad_marks.len() as u64),
            ("sync-behind", report.behind.len() as u64),
            ("sync-refused-statements", report.refused_statements.len() as u64),
        ];
        for (sentence, count) in beside.into_iter().filter(|(_, count)| *count > 0) {
            ctx.say(sentence, &[("count", n(count))])?;
        }
        say_refused(ctx, report)?;
        say_trustees(ctx, desk, report)?;
        if let Some(heard) = &report.witnesses {
            say_witnesses(ctx, heard)?;
        }
        show_state(ctx, desk)?;
        if let Some(ahead) = report.hub_clock_ahead.filter(|ahead| ahead.abs() > CLOCKS_DIFFER) {
            ctx.say("sync-clock", &[("seconds", ahead.to_string().into())])?;
        }
        Ok(done)
    }
}

fn say_refused(ctx: &Context, report: &SyncReport) -> Result<(), Failure> {
    for reason in &report.refused_entries {
        ctx.say("sync-refused-entry", &[("reason", reason.as_str().into())])?;
    }
    for push in &report.refused_pushes {
        ctx.say("sync-refused-push", &[("code", push.code.as_str().into())])?;
    }
    match &report.ended {
        Some(code) => ctx.say("sync-ended", &[("code", code.as_str().into())]),
        None => Ok(()),
    }
}

/// How old the newest cosigned checkpoint is: always shown (PROTOCOL section 2). And whatever keeps this desk
/// from going on with its hub.
pub(crate) fn show_state(ctx: &Context, desk: &Desk) -> Result<(), Failure> {
    match desk.check_one_tree() {
        Err(error @ NodeError::TwoTrees(_)) => ctx.line(&Failure::from(error).sentence(ctx.words))?,
        other => other?,
    }
    let Some(log) = desk.log(LogKind::Statements)? else { return Ok(()) };
    let Timestamp(seconds) = Timestamp(desk.now().0 - log.cosigned.0);
    let age = match seconds {
        ..120 => format!("{} s", seconds.max(0)),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    };
    ctx.say("sync-age", &[("age", age.into())])?;
    // What witnesses have cosigned is not of the future: then this computer's clock is wrong.
    match seconds {
        ..0 if -seconds > CLOCKS_DIFFER => {
            ctx.say("witness-clock", &[("seconds", (-seconds).to_string().into())])
        }
        _ => Ok(()),
    }
}

fn needs_attention(report: &SyncReport) -> bool {
    let quiet = report.dropped == 0
        && report.behind.is_empty()
        && report.evidence.is_empty()
        && report.gaps.is_empty()
        && report.misplaced == 0
        && report.broken == 0
        && report.bad_marks.is_empty()
        && report.own_late == 0
        && report.lost == 0
        && report.refused_entries.is_empty()
        && report.refused_pushes.is_empty()
        && report.refused_statements.is_empty()
        && report.ended.is_none()
        && !trustees_need(report)
        && report.witnesses.as_ref().is_none_or(|heard| !needs(heard));
    !quiet
}

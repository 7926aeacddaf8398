//! `pouch`: statements and entries in a sealed file that travels on a stick.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use counterseal_model::{DeviceId, Timestamp};
use counterseal_node::{Desk, PouchOptions, PouchReadReport, PouchSince, PouchView};
use counterseal_register::{DeviceStatus, Subject};
use serde_json::json;

use crate::catalogue::Values;
use crate::context::Context;
use crate::dates;
use crate::failure::{Done, Failure};
use crate::listing::pretty;
use crate::progress::Bar;
use crate::refused::sentence_of_pouch;

/// Carry records and statements between desks on a stick, where there is no network
#[derive(Debug, Args)]
pub(crate) struct PouchArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write a pouch: a file that only its receivers' desks can open
    #[command(after_help = "\
Without --for it is for every active device that shares a compartment with this desk. One key opens all of
it, so it carries what all its receivers may have, and says what stayed behind.

Examples:
  counterseal pouch write /media/stick/monday.pouch
  counterseal pouch write monday.pouch --for 'Officer Inkwell' --for 0a1b2c3d
  counterseal pouch write monday.pouch --for incidents --since 2026-11-01
  counterseal pouch write monday.pouch --compartment incidents --since beginning")]
    Write {
        /// The file to make
        file: PathBuf,
        /// Who can open it: a device, a person or a compartment. Can be given several times
        #[arg(long = "for", value_name = "WHO")]
        receivers: Vec<String>,
        /// What the receivers have: 'last' as their last pouch said, 'beginning' nothing, or a time from
        /// which on records are carried
        #[arg(long, value_name = "TIME", default_value = "last", value_parser = since)]
        since: PouchSince,
        /// Records of this compartment only
        #[arg(long, value_name = "NAME")]
        compartment: Option<String>,
    },
    /// Take in a pouch; reading one twice, or several in any order, does no harm
    #[command(after_help = "Examples:\n  counterseal pouch read /media/stick/monday.pouch")]
    Read {
        /// The file
        file: PathBuf,
    },
    /// Show what a pouch holds without taking it in
    #[command(after_help = "\
Examples:
  counterseal pouch show monday.pouch
  counterseal pouch show monday.pouch --format json")]
    Show {
        /// The file
        file: PathBuf,
        /// table or json
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
}

fn since(text: &str) -> Result<PouchSince, String> {
    match text {
        "last" => Ok(PouchSince::Last),
        "beginning" => Ok(PouchSince::Beginning),
        time => dates::read(time).map(|typed| PouchSince::Time(typed.at)),
    }
}

impl PouchArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::Write { file, receivers, since, compartment } => {
                let receivers = receivers_of(ctx, desk, &receivers)?;
                let compartment = compartment.map(|name| desk.find_compartment(&name)).transpose()?;
                write(ctx, desk, &file, &PouchOptions { receivers, compartment, since })
            }
            Action::Read { file } => {
                let bar = Bar::bytes(0, &ctx.words.text("pouch-read-bar"));
                let report = desk.read_pouch(&file, &mut |done, size| bar.set_of(done, size))?;
                drop(bar);
                tell(ctx, desk, &report)
            }
            Action::Show { file, format } => {
                let view = desk.show_pouch(&file)?;
                if format == "json" { show_json(ctx, desk, &view) } else { show(ctx, desk, &view) }
            }
        })
    }
}

/// The devices that are meant: each text is a device, a person or a compartment, and one of them only.
fn receivers_of(ctx: &Context, desk: &Desk, named: &[String]) -> Result<Vec<DeviceId>, Failure> {
    let mut receivers = Vec::new();
    for text in named {
        let device = desk.find_device(text).ok().map(|(_, device)| vec![device]);
        let person = desk.find_person(text).ok().map(|person| {
            let devices = desk.register().devices_of(person, desk.moment());
            let able = devices
                .into_iter()
                .filter(|device| matches!(device.status, DeviceStatus::Active | DeviceStatus::Pending));
            able.map(|device| device.id).collect::<Vec<_>>()
        });
        let compartment = desk.find_compartment(text).ok().map(|id| {
            let all = desk.compartments().into_iter();
            all.filter(|view| view.id == id).flat_map(|view| view.members).collect::<Vec<_>>()
        });
        let meant: Vec<_> = [device, person, compartment].into_iter().flatten().collect();
        match meant.as_slice() {
            [] => return Err(ctx.refuse("pouch-for-none-so", &[("who", text.into())])),
            [one] if one.iter().all(|device| *device == desk.device()) => {
                return Err(ctx.refuse("pouch-for-nobody", &[("who", text.into())]));
            }
            [one] => receivers.extend_from_slice(one),
            _ => return Err(ctx.refuse("pouch-for-several-so", &[("who", text.into())])),
        }
    }
    Ok(receivers)
}

fn write(ctx: &Context, desk: &mut Desk, file: &Path, options: &PouchOptions) -> Result<Done, Failure> {
    let bar = Bar::items(0, &ctx.words.text("pouch-write-bar"));
    let report = desk.write_pouch(file, options, &mut |done, total| bar.set_of(done, total))?;
    drop(bar);
    ctx.mark_synthetic(desk)?;
    let values: Values<'_> = &[
        ("path", file.display().to_string().into()),
        ("entries", report.entries.to_string().into()),
        ("statements", report.statements.to_string().into()),
        ("receivers", report.receivers.len().to_string().into()),
        ("bytes", report.bytes.to_string().into()),
    ];
    ctx.say("pouch-written", values)?;
    for left in &report.left_out {
        let name = desk.name_of(Subject::Compartment(left.compartment));
        let name = name.map_or_else(|| left.compartment.short(), |name| name.to_string());
        let lacking: Vec<_> = left.lacking.iter().map(|device| device.short()).collect();
        let values: Values<'_> = &[
            ("count", left.entries.to_string().into()),
            ("name", name.into()),
            ("devices", lacking.join(", ").into()),
        ];
        ctx.note("pouch-left-out", values);
    }
    Ok(if report.left_out.is_empty() { Done::Well } else { Done::Attention })
}

/// Says what became of a pouch that was read.
pub(super) fn tell(ctx: &Context, desk: &Desk, report: &PouchReadReport) -> Result<Done, Failure> {
    ctx.mark_synthetic(desk)?;
    let values: Values<'_> = &[
        ("from", who(ctx, desk, report.from, report.signed).into()),
        ("written", report.written.map(Timestamp::rfc3339).unwrap_or_default().into()),
        ("entries", report.entries.new.to_string().into()),
        ("known", report.entries.known.to_string().into()),
        ("statements", report.statements.to_string().into()),
    ];
    ctx.say("pouch-read", values)?;
    super::mission::show_crossing(ctx, report.crossed.as_ref())?;
    let counted = [
        ("pouch-on-sight", report.on_sight.len() as u64),
        ("pouch-kept-for-hub", report.kept_for_hub),
        ("pouch-waiting", report.entries.waiting),
        ("pouch-late", report.entries.late),
        ("pouch-evidence", report.entries.evidence.len() as u64),
    ];
    for (key, count) in counted.into_iter().filter(|(_, count)| *count > 0) {
        ctx.note(key, &[("count", count.to_string().into())]);
    }
    for refused in &report.entries.refused {
        let reason = refused.reason.to_string();
        ctx.note("pouch-refused", &[("entry", refused.entry.short().into()), ("reason", reason.into())]);
    }
    if let Some(refusal) = &report.damage {
        ctx.note_line(&sentence_of_pouch(refusal, ctx.words));
    }
    if !report.whole {
        let values: Values<'_> = &[
            ("entries", report.missing_entries.to_string().into()),
            ("statements", report.missing_statements.to_string().into()),
        ];
        ctx.note("pouch-cut-off", values);
    }
    for gap in [&report.statement_gap, &report.leaf_gap].into_iter().flatten() {
        ctx.note("pouch-gap", &[("count", (gap.end - gap.start).to_string().into())]);
    }
    if let Some(at) = report.two_histories {
        ctx.note("pouch-two-histories", &[("index", at.to_string().into())]);
    }
    Ok(if report.needs_attention() { Done::Attention } else { Done::Well })
}

/// Whose pouch it is, by name if this desk may know it.
fn who(ctx: &Context, desk: &Desk, device: Option<DeviceId>, signed: bool) -> String {
    let Some(device) = device else { return ctx.words.text("pouch-from-nobody") };
    let person = desk.register().device(device, desk.moment()).map(|known| known.person);
    let name = person.and_then(|person| desk.name_of(Subject::Person(person)));
    let name = name.map_or_else(|| device.short(), |name| format!("{} ({})", name.as_str(), device.short()));
    if signed { name } else { ctx.words.with("pouch-unsigned", &[("name", name.into())]) }
}

fn show(ctx: &Context, desk: &Desk, view: &PouchView) -> Result<Done, Failure> {
    if !view.readable {
        ctx.say("pouch-shown-closed", &[("bytes", view.bytes.to_string().into())])?;
        return Ok(Done::Well);
    }
    ctx.mark_synthetic(desk)?;
    let values: Values<'_> = &[
        ("bytes", view.bytes.to_string().into()),
        ("from", who(ctx, desk, view.from, view.signed).into()),
        ("written", view.written.map(Timestamp::rfc3339).unwrap_or_default().into()),
        ("statements", view.statements.to_string().into()),
        ("leaves", view.leaves.to_string().into()),
    ];
    ctx.say("pouch-shown", values)?;
    for (compartment, count) in &view.entries {
        let name = desk.name_of(Subject::Compartment(*compartment));
        let name = name.map_or_else(|| compartment.short(), |name| name.to_string());
        ctx.say("pouch-shown-entries", &[("name", name.into()), ("count", count.to_string().into())])?;
    }
    if let Some(refusal) = &view.damage {
        ctx.note_line(&sentence_of_pouch(refusal, ctx.words));
    } else if !view.whole {
        ctx.note("pouch-shown-cut-off", &[]);
    }
    Ok(if view.whole { Done::Well } else { Done::Attention })
}

fn show_json(ctx: &Context, desk: &Desk, view: &PouchView) -> Result<Done, Failure> {
    let entries: serde_json::Map<_, _> =
        view.entries.iter().map(|(compartment, count)| (compartment.to_string(), json!(count))).collect();
    let shown = json!({
        "synthetic": desk.register().is_synthetic(),
        "bytes": view.bytes,
        "readable": view.readable,
        "from": view.from.map(|device| device.to_string()),
        "signed": view.signed,
        "written": view.written.map(Timestamp::rfc3339),
        "statements": view.statements,
        "leaves": view.leaves,
        "entries": entries,
        "whole": view.whole,
        "damage": view.damage.as_ref().map(|refusal| refusal.code()),
    });
    ctx.line(&pretty(&shown))?;
    Ok(if view.whole || !view.readable { Done::Well } else { Done::Attention })
}

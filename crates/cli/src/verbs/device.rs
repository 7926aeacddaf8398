//! `device`: the keys of a person.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use counterseal_node::{Desk, DeskPlace, Home};
use counterseal_register::DeviceStatus;
use serde_json::json;

use super::mission::fingerprint;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};
use crate::progress::Bar;

/// List devices; join, confirm, revoke
#[derive(Debug, Args)]
pub(crate) struct DeviceArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List every device of the mission
    #[command(after_help = "Examples:\n  counterseal device list\n  counterseal device list --format json")]
    List {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Join with a pouch, or a file of the mission's statements, in which this device is enrolled
    #[command(after_help = "\
Examples:
  counterseal device join --statements blue-heron.statements
  counterseal device join --pouch inkwell.pouch")]
    Join {
        /// The file that the registrar made with 'mission statements'
        #[arg(long, value_name = "FILE", required_unless_present = "pouch")]
        statements: Option<PathBuf>,
        /// The pouch that the registrar wrote for this device
        #[arg(long, value_name = "FILE", conflicts_with = "statements")]
        pouch: Option<PathBuf>,
    },
    /// Say that a device which raised an alarm is yours
    #[command(after_help = "Examples:\n  counterseal device known 0a1b2c3d")]
    Known {
        /// The device, by the first digits of its id
        device: String,
    },
    /// Confirm a person's further device
    #[command(after_help = "Examples:\n  counterseal device confirm 0a1b2c3d")]
    Confirm {
        /// The device, by the first digits of its id
        device: String,
    },
    /// List places in journals for which a device signed two entries
    #[command(after_help = "Examples:\n  counterseal device evidence")]
    Evidence {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Suspend a device, with the evidence that this desk has against it: for good, and obeyed on sight
    #[command(after_help = "\
Two signed entries for one place in a journal prove that the device was copied, restored or lies. It is
revoked and replaced, never used again.

Examples:
  counterseal device suspend 0a1b2c3d --evidence")]
    Suspend {
        /// The device, by the first digits of its id
        device: String,
        /// File the evidence, which becomes part of the statement log
        #[arg(long, required = true)]
        evidence: bool,
    },
    /// Revoke a device that was lost or given back; new epochs begin without it
    #[command(after_help = "Examples:\n  counterseal device revoke 0a1b2c3d")]
    Revoke {
        /// The device, by the first digits of its id
        device: String,
    },
}

impl DeviceArgs {
    /// Whether it is about another desk than the one that is unlocked.
    pub(crate) fn makes_a_desk(&self) -> bool {
        matches!(self.action, Action::Join { .. })
    }

    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::Join { statements, pouch } => return join(ctx, statements.as_deref(), pouch.as_deref()),
            Action::List { format } => ctx.with_desk(|ctx, desk| list(ctx, desk, format))?,
            Action::Known { device } => ctx.with_desk(|ctx, desk| {
                let (_, id) = desk.find_device(&device)?;
                desk.know_device(id)?;
                ctx.say("device-known", &[("device", id.short().into())])
            })?,
            Action::Confirm { device } => ctx.with_desk(|ctx, desk| {
                let (person, id) = desk.find_device(&device)?;
                desk.confirm_device(person, id)?;
                ctx.say("device-confirmed", &[("device", id.short().into())])
            })?,
            Action::Evidence { format } => ctx.with_desk(|ctx, desk| evidence(ctx, desk, format))?,
            Action::Suspend { device, .. } => ctx.with_desk(|ctx, desk| {
                let (_, id) = desk.find_device(&device)?;
                desk.suspend_device(id)?;
                ctx.say("device-suspended", &[("device", id.short().into())])
            })?,
            Action::Revoke { device } => ctx.with_desk(|ctx, desk| {
                let (person, id) = desk.find_device(&device)?;
                desk.revoke_device(person, id)?;
                ctx.say("device-revoked", &[("device", id.short().into())])
            })?,
        }
        Ok(Done::Well)
    }
}

/// The device that waits in this home, or the one that was named.
pub(super) fn waiting_place(ctx: &Context, home: &Home) -> Result<DeskPlace, Failure> {
    let mut waiting = home.waiting()?;
    if let Some(id) = &ctx.global.desk {
        waiting.retain(|place| place.id.starts_with(&id.to_ascii_lowercase()));
    }
    match waiting.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(ctx.refuse("device-none-waits", &[])),
        several => {
            let ids = several.iter().map(|place| place.id.as_str()).collect::<Vec<_>>().join(", ");
            Err(ctx.refuse("device-several-wait", &[("ids", ids.into())]))
        }
    }
}

fn join(ctx: &mut Context, statements: Option<&Path>, pouch: Option<&Path>) -> Result<Done, Failure> {
    let home = ctx.home()?;
    let place = &waiting_place(ctx, &home)?;
    let passphrase = ctx.ask_passphrase("passphrase-desk")?;
    ctx.begin_presence(&home)?;
    let clock = Arc::clone(&ctx.outside.clock);
    let rng = ctx.randomness();
    let (desk, read) = match (statements, pouch) {
        (Some(file), _) => {
            let bytes = std::fs::read(file).map_err(|e| Failure::file("read", file, e))?;
            (Desk::join(&home, place, &bytes, &passphrase, clock, rng)?, None)
        }
        (None, pouch) => {
            let bar = Bar::bytes(0, &ctx.words.text("pouch-read-bar"));
            let file = pouch.unwrap_or(Path::new(""));
            let mut progress = |done, size| bar.set_of(done, size);
            let joined = Desk::join_by_pouch(&home, place, file, &passphrase, clock, rng, &mut progress)?;
            (joined.0, Some(joined.1))
        }
    };
    ctx.mark_synthetic(&desk)?;
    let id = fingerprint(&desk.mission().to_string());
    ctx.say("device-joined", &[("id", id.into()), ("device", desk.device().short().into())])?;
    let others = desk.register().devices_of(desk.person(), desk.moment());
    for other in others.iter().filter(|other| other.id != desk.device()) {
        let device = fingerprint(&other.id.to_string());
        ctx.say("device-beside", &[("device", device.into()), ("id", other.id.short().into())])?;
    }
    let done = match read {
        Some(report) => super::pouch::tell(ctx, &desk, &report)?,
        None => Done::Well,
    };
    ctx.close(desk)?;
    Ok(done)
}

fn evidence(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let mut listing = Listing::new("evidence", &["device", "name", "entry", "other", "stopped"]);
    let people = desk.people();
    for found in desk.evidence()? {
        let person = people.iter().find(|person| Some(person.id) == found.person);
        let table = format == Format::Table;
        listing.row([
            json!(if table { found.device.short() } else { found.device.to_string() }),
            json!(person.and_then(|person| person.name.clone())),
            json!(if table { found.held.short() } else { found.held.to_string() }),
            json!(if table { found.other.short() } else { found.other.to_string() }),
            json!(found.stopped),
        ]);
    }
    listing.show(ctx, desk, format)
}

fn list(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let mut listing = Listing::new("devices", &["id", "person", "name", "status", "since", "you"]);
    let table = format == Format::Table;
    for person in desk.people() {
        for (id, status) in &person.devices {
            let (status, since) = match status {
                DeviceStatus::Pending => ("pending", None),
                DeviceStatus::Active => ("active", None),
                DeviceStatus::Suspended { since } => ("suspended", Some(since.time)),
                DeviceStatus::Frozen { since } => ("frozen", Some(since.time)),
                DeviceStatus::Expired { since } => ("expired", Some(*since)),
                DeviceStatus::Revoked { since } => ("revoked", Some(since.time)),
            };
            let (device, owner) = match table {
                true => (id.short(), person.id.short()),
                false => (id.to_string(), person.id.to_string()),
            };
            let since = since.map(counterseal_model::Timestamp::rfc3339);
            let you = *id == desk.device();
            listing.row([
                json!(device),
                json!(owner),
                json!(person.name),
                json!(status),
                json!(since),
                json!(you),
            ]);
        }
    }
    listing.show(ctx, desk, format)
}

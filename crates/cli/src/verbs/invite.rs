//! `invite`: how a device comes into the mission.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use counterseal_model::DeviceId;
use counterseal_node::{Desk, InvitationState, InvitationTerms, Invited, Outcome, write_new_private};
use counterseal_seal::Invitation;
use serde_json::json;
use zeroize::Zeroizing;

use super::mission::fingerprint;
use super::person::until;
use crate::context::Context;
use crate::dates::Typed;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

mod newcomer;

const ABOUT: &str = "\
Two files are carried and one string is said:

  1. The inviter makes an invitation ('invite make') and hands it over, not by the hub.
  2. The new computer takes it ('invite accept') and makes a request.
  3. The inviter answers the request ('invite answer') with a challenge.
  4. The new computer opens the challenge ('invite prove') and shows a string.
  5. Its owner reads the string to the inviter, who types it ('invite enrol').

Then a pouch or a file of statements brings the mission ('device join').";

/// Invite a device, accept an invitation, compare, enrol
#[derive(Debug, Args)]
#[command(after_help = ABOUT)]
pub(crate) struct InviteArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Make(MakeArgs),
    /// List this desk's invitations
    #[command(after_help = "Examples:\n  counterseal invite list\n  counterseal invite list --format json")]
    List {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Call an invitation back
    #[command(after_help = "Examples:\n  counterseal invite cancel 0a1b2c3d")]
    Cancel {
        /// The invitation, by the first digits of its id
        invitation: String,
    },
    Accept(newcomer::AcceptArgs),
    /// Check a device's request and challenge it; from then on the invitation is this device's alone
    #[command(after_help = "Examples:\n  counterseal invite answer inkwell.request --out inkwell.challenge")]
    Answer {
        /// The file that the new computer made with 'invite accept'
        request: PathBuf,
        /// The file to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    Prove(newcomer::ProveArgs),
    Enrol(EnrolArgs),
    /// Sign for somebody's new device as a further recovery officer
    #[command(after_help = "\
Have the person read you the fingerprint that their new computer shows.

Examples:
  counterseal invite cosign lantern.paper --out lantern-2.paper \\
      --device 00d1f2a3b4c5d6e7f8091a2b3c4d5e6f00d1f2a3b4c5d6e7f8091a2b3c4d5e6f")]
    Cosign {
        /// The paper that another officer's desk made
        paper: PathBuf,
        /// The device's fingerprint, all of its digits, as its owner read it to you
        #[arg(long, value_name = "ID", value_parser = device)]
        device: DeviceId,
        /// The paper to make for the next officer, if more must sign
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// Make an invitation; give it to whom it is for by another channel than the hub
#[derive(Debug, Args)]
#[command(after_help = "\
Whoever has the invitation can ask to join with it once. Hand it over, or read it out on the
telephone, and cancel it if it may have got into other hands.

Examples:
  counterseal invite make --for 'Officer Inkwell' --until 2027-06-30 \\
      --out inkwell.invitation
  counterseal invite make --for 'Political affairs, sector west'
  counterseal invite make --my-device --days 1
  counterseal invite make --recover 'Madame Lantern'")]
struct MakeArgs {
    /// For a new person, by the name or office that members will read; by a registrar
    #[arg(long = "for", value_name = "NAME", required_unless_present_any = ["my_device", "recover"])]
    name: Option<String>,
    /// When the new person's assignment ends
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read, requires = "name")]
    until: Option<Typed>,
    /// For a further device of your own
    #[arg(long, conflicts_with = "name")]
    my_device: bool,
    /// For a person who has no device left; by a recovery officer
    #[arg(long, value_name = "PERSON", conflicts_with_all = ["name", "my_device"])]
    recover: Option<String>,
    /// For how many days it counts
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=30))]
    days: u16,
    /// Where the hub is, if it is not where this desk reaches it
    #[arg(long, value_name = "HOST:PORT")]
    hub: Option<String>,
    /// The file to make; without one the invitation is printed
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Enrol the device that asked, once its owner has read you the string that it shows
#[derive(Debug, Args)]
#[command(after_help = "\
Hear the string from the person, by voice or face to face: it shows that nobody stands between
your two computers. Yours does not show it before you have typed it.

Examples:
  counterseal invite enrol
  counterseal invite enrol 0a1b2c3d --string '123 456 789 012 345 678'
  counterseal invite enrol --paper lantern.paper")]
struct EnrolArgs {
    /// The invitation, by the first digits of its id, if several are answered
    invitation: Option<String>,
    /// The string that was read to you; without it you are asked
    #[arg(long, value_name = "STRING")]
    string: Option<String>,
    /// For a recovery that several officers sign: the paper to make for the next one
    #[arg(long, value_name = "FILE")]
    paper: Option<PathBuf>,
}

/// A device's id, with or without the blanks it is read out with.
fn device(text: &str) -> Result<DeviceId, String> {
    let digits: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    digits.parse().map_err(|error: counterseal_model::BadId| error.to_string())
}

impl InviteArgs {
    /// Whether it is about another desk than the one that is unlocked.
    pub(crate) fn makes_a_desk(&self) -> bool {
        matches!(self.action, Action::Accept(_) | Action::Prove(_))
    }

    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::Make(args) => ctx.with_desk(|ctx, desk| args.run(ctx, desk))?,
            Action::List { format } => ctx.with_desk(|ctx, desk| list(ctx, desk, format))?,
            Action::Cancel { invitation } => ctx.with_desk(|ctx, desk| {
                desk.cancel_invitation(&invitation)?;
                ctx.say("invitation-cancelled", &[])
            })?,
            Action::Accept(args) => args.run(ctx)?,
            Action::Answer { request, out } => {
                ctx.with_desk(|ctx, desk| answer(ctx, desk, &request, &out))?
            }
            Action::Prove(args) => args.run(ctx)?,
            Action::Enrol(args) => ctx.with_desk(|ctx, desk| args.run(ctx, desk))?,
            Action::Cosign { paper, device, out } => {
                ctx.with_desk(|ctx, desk| cosign(ctx, desk, &paper, device, out.as_deref()))?;
            }
        }
        Ok(Done::Well)
    }
}

impl MakeArgs {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let invited = match (self.name, self.recover) {
            (Some(name), _) => Invited::NewPerson { name, until: until(self.until) },
            (None, Some(person)) => Invited::Recovery(desk.find_person(&person)?),
            (None, None) => Invited::OwnDevice,
        };
        let hub = match self.hub {
            Some(hub) => Some(hub),
            None => desk.hub_address()?,
        };
        let invitation = desk.invite(&InvitationTerms { invited, days: self.days, hub })?;
        let text = text_of(ctx, &invitation);
        ctx.mark_synthetic(desk)?;
        let written = match &self.out {
            Some(path) => write_new_private(path, text.as_bytes()).map_err(Failure::from),
            None => ctx.write(&text),
        };
        if let Err(failure) = written {
            // Nobody has it.
            desk.cancel_invitation(&hex::encode(invitation.commitment))?;
            return Err(failure);
        }
        let id = hex::encode(invitation.commitment).chars().take(8).collect::<String>();
        let place = self.out.map(|path| path.display().to_string());
        let until = invitation.expires.rfc3339();
        ctx.say(
            if place.is_some() { "invitation-written" } else { "invitation-printed" },
            &[("id", id.into()), ("until", until.into()), ("path", place.unwrap_or_default().into())],
        )?;
        ctx.say("invitation-fingerprint", &[("id", fingerprint(&desk.mission().to_string()).into())])
    }
}

/// The file: a line about itself, in the maker's language, and the invitation.
fn text_of(ctx: &Context, invitation: &Invitation) -> Zeroizing<String> {
    let head = ctx.words.with("invitation-head", &[("until", invitation.expires.rfc3339().into())]);
    let lines = head.lines().map(|line| format!("# {}\n", line.trim())).collect::<String>();
    let mut text = Zeroizing::new(String::with_capacity(4096));
    text.push_str(&lines);
    text.push_str(&invitation.to_text());
    text
}

fn list(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let columns = ["id", "name", "person", "status", "device", "made", "ends"];
    let mut listing = Listing::new("invitations", &columns);
    let table = format == Format::Table;
    for view in desk.invitations()? {
        let cut = |digits: String| if table { digits.chars().take(8).collect() } else { digits };
        let status = match view.state {
            InvitationState::Open => "open",
            InvitationState::Answered => "answered",
            InvitationState::Used => "used",
            InvitationState::Cancelled => "cancelled",
            InvitationState::Expired => "expired",
        };
        listing.row([
            json!(cut(hex::encode(view.id.0))),
            json!(view.name),
            json!(view.person.map(|person| cut(person.to_string()))),
            json!(status),
            json!(view.device.map(|device| cut(device.to_string()))),
            json!(view.made.rfc3339()),
            json!(view.expires.rfc3339()),
        ]);
    }
    listing.show(ctx, desk, format)
}

fn answer(ctx: &Context, desk: &mut Desk, request: &Path, out: &Path) -> Result<(), Failure> {
    let bytes = std::fs::read(request).map_err(|e| Failure::file("read", request, e))?;
    let answered = desk.answer_request(&bytes)?;
    write_new_private(out, &answered.challenge)?;
    let device = fingerprint(&answered.device.to_string());
    ctx.say("request-answered", &[("path", out.display().to_string().into()), ("device", device.into())])
}

impl EnrolArgs {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let invitation = match self.invitation {
            Some(invitation) => invitation,
            None => only_answered(ctx, desk)?,
        };
        let typed = match self.string {
            Some(string) => string,
            None if ctx.session => return Err(ctx.refuse("string-needed", &[])),
            None => ctx.ask_line("string-ask")?,
        };
        let typed = counterseal_seal::ComparedString::read(&typed);
        let typed = typed.ok_or_else(|| ctx.refuse("string-not-one", &[]))?;
        let enrolled = desk.enrol_invited(&invitation, &typed)?;
        let (person, device) = (enrolled.person.short(), fingerprint(&enrolled.device.to_string()));
        let string = typed.to_string();
        ctx.say("string-fits", &[("string", string.into())])?;
        match enrolled.outcome {
            Outcome::Person => {
                ctx.say("person-enrolled", &[("person", person.into()), ("device", device.into())])
            }
            Outcome::Pending => ctx.say("device-cross-signed", &[("device", device.into())]),
            Outcome::Paper { paper, missing } => {
                let out = self.paper.ok_or_else(|| ctx.refuse("paper-needed", &[]))?;
                write_new_private(&out, &paper)?;
                say_paper(ctx, &out, missing, device)
            }
        }
    }
}

fn only_answered(ctx: &Context, desk: &Desk) -> Result<String, Failure> {
    let mut answered = desk.invitations()?;
    answered.retain(|view| view.state == InvitationState::Answered);
    match answered.as_slice() {
        [only] => Ok(hex::encode(only.id.0)),
        _ => Err(ctx.refuse("invitation-choose", &[("count", answered.len().to_string().into())])),
    }
}

fn cosign(
    ctx: &Context,
    desk: &mut Desk,
    paper: &Path,
    device: DeviceId,
    out: Option<&Path>,
) -> Result<(), Failure> {
    let bytes = std::fs::read(paper).map_err(|e| Failure::file("read", paper, e))?;
    let signed = desk.cosign_recovery(&bytes, device)?;
    let device = fingerprint(&signed.device.to_string());
    if signed.missing == 0 {
        return ctx.say("device-cross-signed", &[("device", device.into())]);
    }
    let out = out.ok_or_else(|| ctx.refuse("paper-needed", &[]))?;
    write_new_private(out, &signed.paper)?;
    say_paper(ctx, out, signed.missing, device)
}

fn say_paper(ctx: &Context, out: &Path, missing: u64, device: String) -> Result<(), Failure> {
    let (path, count) = (out.display().to_string(), missing.to_string());
    ctx.say("recovery-paper", &[("path", path.into()), ("count", count.into()), ("device", device.into())])
}

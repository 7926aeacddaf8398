//! The side of the computer that is invited.

use std::io::{IsTerminal, Read};
use std::path::PathBuf;

use clap::Args;
use counterseal_node::{Desk, InvitationRefusal, NodeError, write_new_private};
use counterseal_seal::Invitation;
use serde_json::json;
use zeroize::Zeroizing;

use super::super::device::waiting_place;
use super::super::mission::fingerprint;
use crate::context::Context;
use crate::failure::Failure;
use crate::listing::pretty;

/// Longest invitation that is read, in bytes.
const MOST: u64 = 64 * 1024;

/// Take an invitation: make keys on this computer, and a request for who invited
#[derive(Debug, Args)]
#[command(after_help = "\
Compare the mission's fingerprint, which is shown, with one that you have from elsewhere: printed,
or read to you by a colleague. Without a file the invitation's lines are read from standard input.

Examples:
  counterseal invite accept inkwell.invitation --out inkwell.request
  counterseal invite accept --out inkwell.request")]
pub(super) struct AcceptArgs {
    /// The file with the invitation
    invitation: Option<PathBuf>,
    /// The request to make
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// table or json
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

/// Open the challenge, and show the string that you read to who invited
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  counterseal invite prove inkwell.challenge
  counterseal invite prove inkwell.challenge --format json")]
pub(super) struct ProveArgs {
    /// The file that the inviter made with 'invite answer'
    challenge: PathBuf,
    /// table or json
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

impl AcceptArgs {
    pub(super) fn run(self, ctx: &Context) -> Result<(), Failure> {
        let text = self.read(ctx)?;
        let invitation = Invitation::from_text(&text).map_err(refused)?;
        let json = self.format == "json";
        let mission = fingerprint(&invitation.mission.to_string());
        if !json {
            ctx.say("invitation-mission", &[("id", mission.into())])?;
        }
        if std::io::stdin().is_terminal() && !ctx.agree("invitation-compare")? {
            return Err(ctx.refuse("invitation-not-compared", &[]));
        }
        let home = ctx.home()?;
        let passphrase =
            ctx.ask_new_passphrase("passphrase-new-desk", ctx.global.passphrase_file.as_deref())?;
        let (clock, mut rng) = (&ctx.outside.clock, ctx.randomness());
        let accepted = Desk::accept_invitation(&home, &invitation, &passphrase, clock, &mut rng)?;
        write_new_private(&self.out, &accepted.request)?;
        if json {
            return ctx.line(&pretty(&json!({
                "mission": accepted.mission.to_string(), "inviter": invitation.inviter.to_string(),
                "device": accepted.device.to_string(), "person": accepted.person.to_string(),
                "expires": invitation.expires.rfc3339(),
            })));
        }
        let device = fingerprint(&accepted.device.to_string());
        let path = self.out.display().to_string();
        ctx.say("device-requested", &[("path", path.into()), ("device", device.into())])
    }

    fn read(&self, ctx: &Context) -> Result<Zeroizing<String>, Failure> {
        let mut text = Zeroizing::new(String::with_capacity(8192));
        let Some(path) = &self.invitation else {
            if std::io::stdin().is_terminal() {
                ctx.note("invitation-type", &[]);
                while !text.ends_with("\n\n")
                    && std::io::stdin().read_line(&mut text).map_err(Failure::terminal)? > 0
                {}
            } else {
                std::io::stdin().take(MOST).read_to_string(&mut text).map_err(Failure::terminal)?;
            }
            return Ok(text);
        };
        let failed = |e| Failure::file("read", path, e);
        let file = std::fs::File::open(path).map_err(failed)?;
        // Bytes that are no text are no invitation, and are not an error of the file's.
        let mut bytes = Zeroizing::new(Vec::with_capacity(8192));
        file.take(MOST).read_to_end(&mut bytes).map_err(failed)?;
        let read = std::str::from_utf8(&bytes).map_err(|_| refused(counterseal_seal::BadInvitation::None))?;
        text.push_str(read);
        Ok(text)
    }
}

impl ProveArgs {
    pub(super) fn run(self, ctx: &Context) -> Result<(), Failure> {
        let path = &self.challenge;
        let challenge = std::fs::read(path).map_err(|e| Failure::file("read", path, e))?;
        let home = ctx.home()?;
        let place = waiting_place(ctx, &home)?;
        let passphrase = ctx.ask_passphrase("passphrase-desk")?;
        let proved = Desk::prove_invited(&place, &challenge, &passphrase, &mut ctx.randomness())?;
        if self.format == "json" {
            return ctx.line(&pretty(&json!({
                "mission": proved.mission.to_string(), "device": proved.device.to_string(),
                "string": proved.string.to_string(),
            })));
        }
        let mission = fingerprint(&proved.mission.to_string());
        ctx.say("string-shown", &[("string", proved.string.to_string().into()), ("id", mission.into())])
    }
}

fn refused(reason: counterseal_seal::BadInvitation) -> Failure {
    Failure::from(NodeError::from(InvitationRefusal::from(reason)))
}

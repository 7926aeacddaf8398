//! `consent`: what people allowed and forbade, written down and told to the trustees.

use clap::{Args, Subcommand};
use counterseal_model::{Code, RecordId, Timestamp};
use counterseal_node::{ConsentScope, Desk};

use super::casework::{Target, TypedUse, parts_named, record_named, typed_use, uses_of};
use crate::context::Context;
use crate::failure::{Done, Failure};

mod record;
mod show;

/// Record, withdraw and re-confirm consents; see what may be shared with whom
#[derive(Debug, Args)]
#[command(after_help = "\
A consent is written into a guarded compartment, and what it allows is told to the trustees: one commit does both, and
what a trustee has not heard yet goes out with each sync. A withdrawal is told at once, without waiting for the log.")]
pub(crate) struct ConsentArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Record(Box<record::RecordArgs>),
    Withdraw(WithdrawArgs),
    Reconfirm(ReconfirmArgs),
    Show(show::ShowArgs),
}

/// Take a consent back, for everything or for one purpose or recipient: it counts as soon as a trustee hears of it
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing has to be opened for it. Rows of the policy that rest on the mandate alone do not ask the person, and other desks
do not hear what trustees are told: with --parts-too nobody opens or shares the parts any more, on whatever basis, as
with 'counterseal part withdraw'. Where a part is about several people, name the one who said no with --subject: else it
counts as a no of all of them, until each has said yes again.

Examples:
  counterseal consent withdraw 5f0c2a9d41b8e377/0
  counterseal consent withdraw 5f0c2a9d41b8e377/0 --parts-too
  counterseal consent withdraw 5f0c2a9d41b8e377/0 --purpose court-referral
  counterseal consent withdraw 5f0c2a9d41b8e377/0 \\
      --subject 0a1b2c3d4e5f60718293a4b5c6d7e8f9")]
struct WithdrawArgs {
    /// The parts, as ENTRY/INDEX
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
    /// For this purpose alone
    #[arg(long)]
    purpose: Option<Code>,
    /// For this recipient alone
    #[arg(long)]
    recipient: Option<Code>,
    /// This person's alone, by their record; everybody's when left out
    #[arg(long, value_name = "RECORD")]
    subject: Option<String>,
    /// Withdraw the parts themselves too: every desk hears it
    #[arg(long, conflicts_with_all = ["purpose", "recipient"])]
    parts_too: bool,
    #[command(flatten)]
    target: Target,
}

/// Say that people were asked again and allow it still, as at the end of a tour
#[derive(Debug, Args)]
#[command(after_help = "\
What this desk knows to have been allowed is allowed anew, by it or by the facts of others ('fact take'); name the uses
where they are others. Of somebody who never allowed anything here, and over a no that stands, nothing is re-confirmed:
what is given is recorded as a consent of its own.

Examples:
  counterseal consent reconfirm 5f0c2a9d41b8e377/0 --until 2027-06-30
  counterseal consent reconfirm 5f0c2a9d41b8e377/0 --allow court-referral:court")]
struct ReconfirmArgs {
    /// The parts, as ENTRY/INDEX
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
    /// A use, as PURPOSE:RECIPIENT; may be given several times
    #[arg(long = "allow", value_name = "USE", value_parser = typed_use)]
    uses: Vec<TypedUse>,
    /// Until the end of when
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    until: Option<crate::dates::Typed>,
    /// This person's alone, by their record; everybody's whom this desk knows to have allowed it when left out
    #[arg(long, value_name = "RECORD")]
    subject: Option<String>,
    #[command(flatten)]
    target: Target,
}

impl ConsentArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::Record(args) => args.run(ctx, desk),
            Action::Withdraw(args) => args.run(ctx, desk),
            Action::Reconfirm(args) => args.run(ctx, desk),
            Action::Show(args) => args.run(ctx, desk),
        })?;
        Ok(Done::Well)
    }
}

/// The record of the person whose consent it is, where one is named.
fn person_of(desk: &Desk, subject: Option<&str>) -> Result<Option<RecordId>, Failure> {
    subject.map(|text| record_named(desk, text)).transpose()
}

impl WithdrawArgs {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let to = self.target.written_to(desk)?;
        let parts = parts_named(desk, &self.parts, to.compartment)?;
        let subject = person_of(desk, self.subject.as_deref())?;
        let scope = ConsentScope { purpose: self.purpose, recipient: self.recipient, subject };
        let done = desk.withdraw_consent(&parts, &scope, to)?;
        self.target.say(ctx, desk, "consent-event", &done)?;
        if let Some(reason) = Code::parse("consent-withdrawn").filter(|_| self.parts_too) {
            desk.withdraw_parts(&parts, &reason)?;
            ctx.note("parts-withdrawn", &[("count", parts.len().to_string().into())]);
        }
        Ok(())
    }
}

impl ReconfirmArgs {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let to = self.target.written_to(desk)?;
        let parts = parts_named(desk, &self.parts, to.compartment)?;
        let uses = uses_of(ctx, desk, &self.uses)?;
        let until = self.until.map(|typed| Timestamp(typed.end().0));
        let subject = person_of(desk, self.subject.as_deref())?;
        let done = desk.reconfirm_consent(&parts, &uses, until, subject, to)?;
        self.target.say(ctx, desk, "consent-event", &done)
    }
}

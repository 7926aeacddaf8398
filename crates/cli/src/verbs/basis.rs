//! `basis` and `agreement`: on what parts are held and used.

use clap::{Args, Subcommand, ValueEnum};
use counterseal_model::record::{Agreement, Basis, BasisKind};
use counterseal_model::{Code, Timestamp};
use counterseal_node::Desk;

use super::casework::{Target, TypedUse, parts_named, record_named, typed_use, uses_of};
use crate::context::Context;
use crate::failure::{Done, Failure};

/// Record on what basis parts about people are held and used
#[derive(Debug, Args)]
pub(crate) struct BasisArgs {
    #[command(subcommand)]
    action: BasisAction,
}

#[derive(Debug, Subcommand)]
enum BasisAction {
    /// Record a basis, and tell it to the trustees
    #[command(after_help = "\
The record says who chose it and why; trustees hear the kind, the uses and until when. Consent is recorded with
'counterseal consent record'; a basis of that kind names it, says why, and tells the trustees nothing.

Examples:
  counterseal basis record 5f0c2a9d41b8e377/0 --kind mandate \\
      --reason protection-of-civilians --use verification
  counterseal basis record 5f0c2a9d41b8e377/0 --kind best-interests --minor \\
      --guardian 101112131415161718191a1b1c1d1e1f --reason medical-need \\
      --use evacuation:medical-service --until 2027-01-31")]
    Record(Box<BasisRecord>),
}

#[derive(Debug, Args)]
struct BasisRecord {
    /// The parts, as ENTRY/INDEX
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
    /// Which basis
    #[arg(long, value_enum)]
    kind: Kind,
    /// Why this one: a code of the mission's list of reasons
    #[arg(long, value_name = "CODE")]
    reason: Code,
    /// A use, as PURPOSE or PURPOSE:RECIPIENT; may be given several times
    #[arg(long = "use", value_name = "USE", value_parser = typed_use)]
    uses: Vec<TypedUse>,
    /// The person is a child
    #[arg(long)]
    minor: bool,
    /// The record of the guardian
    #[arg(long, value_name = "RECORD")]
    guardian: Option<String>,
    /// The record of the consent, where the kind is consent
    #[arg(long, value_name = "RECORD")]
    consent: Option<String>,
    #[command(flatten)]
    span: Span,
    #[command(flatten)]
    target: Target,
}

/// What allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The person, or a guardian, agreed
    Consent,
    /// The best interests of a child, with the guardian
    BestInterests,
    /// The mission's mandate
    Mandate,
    /// Another legal basis, as an order or a treaty
    Legal,
}

/// From when until when.
#[derive(Debug, Args)]
struct Span {
    /// Since when; now when left out
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    since: Option<crate::dates::Typed>,
    /// Until the end of when
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    until: Option<crate::dates::Typed>,
}

impl Span {
    fn times(&self, desk: &Desk) -> (Timestamp, Option<Timestamp>) {
        let since = self.since.map_or_else(|| desk.now(), |typed| typed.at);
        (since, self.until.map(|typed| Timestamp(typed.end().0)))
    }
}

impl BasisArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        let BasisAction::Record(args) = self.action;
        ctx.with_desk(|ctx, desk| args.run(ctx, desk))?;
        Ok(Done::Well)
    }
}

impl BasisRecord {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let to = self.target.written_to(desk)?;
        let parts = parts_named(desk, &self.parts, to.compartment)?;
        let record = |text: &Option<String>| text.as_deref().map(|text| record_named(desk, text)).transpose();
        let (since, until) = self.span.times(desk);
        let basis = Basis {
            kind: match self.kind {
                Kind::Consent => BasisKind::Consent,
                Kind::BestInterests => BasisKind::BestInterests,
                Kind::Mandate => BasisKind::Mandate,
                Kind::Legal => BasisKind::Legal,
            },
            chosen_by: desk.person(),
            reason: self.reason.clone(),
            since,
            until,
            uses: uses_of(ctx, desk, &self.uses)?,
            consent: record(&self.consent)?,
            minor: self.minor,
            guardian: record(&self.guardian)?,
            parts: Vec::new(),
            extra: Default::default(),
        };
        let done = desk.record_basis(basis, &parts, to)?;
        self.target.say(ctx, desk, "basis", &done)
    }
}

/// Record under what terms somebody else's sensor or item is used
#[derive(Debug, Args)]
pub(crate) struct AgreementArgs {
    #[command(subcommand)]
    action: AgreementAction,
}

#[derive(Debug, Subcommand)]
enum AgreementAction {
    /// Record an agreement: whose sensor or item, for which uses, until when
    #[command(after_help = "\
Trustees believe the data-protection officer alone: whoever else records an agreement tells them nothing.

Examples:
  counterseal agreement record 5f0c2a9d41b8e377/0 \\
      --owner 000102030405060708090a0b0c0d0e0f --use threat-assessment \\
      --until 2027-12-31")]
    Record(Box<AgreementRecord>),
}

#[derive(Debug, Args)]
struct AgreementRecord {
    /// The parts that it covers, as ENTRY/INDEX
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
    /// Whose it is: the record of the owner
    #[arg(long, value_name = "RECORD")]
    owner: String,
    /// The record of the sensor or the item
    #[arg(long, value_name = "RECORD")]
    item: Option<String>,
    /// A use, as PURPOSE or PURPOSE:RECIPIENT; may be given several times
    #[arg(long = "use", value_name = "USE", value_parser = typed_use)]
    uses: Vec<TypedUse>,
    #[command(flatten)]
    span: Span,
    #[command(flatten)]
    target: Target,
}

impl AgreementArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        let AgreementAction::Record(args) = self.action;
        ctx.with_desk(|ctx, desk| args.run(ctx, desk))?;
        Ok(Done::Well)
    }
}

impl AgreementRecord {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let to = self.target.written_to(desk)?;
        let parts = parts_named(desk, &self.parts, to.compartment)?;
        let (since, until) = self.span.times(desk);
        let agreement = Agreement {
            owner: record_named(desk, &self.owner)?,
            terms: uses_of(ctx, desk, &self.uses)?,
            since,
            until,
            item: self.item.as_deref().map(|text| record_named(desk, text)).transpose()?,
            parts: Vec::new(),
            extra: Default::default(),
        };
        let done = desk.record_agreement(agreement, &parts, to)?;
        self.target.say(ctx, desk, "agreement", &done)?;
        if done.facts.is_empty() {
            ctx.note("agreement-not-told", &[]);
        }
        Ok(())
    }
}

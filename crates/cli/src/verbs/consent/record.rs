//! `consent record`.

use clap::{Args, ValueEnum};
use counterseal_model::record::{Consent, ConsentDecision, Digest, GivenBy, Withheld};
use counterseal_model::{Code, LanguageTag};
use counterseal_node::Desk;

use crate::context::Context;
use crate::failure::Failure;
use crate::verbs::casework::{Target, TypedUse, parts_named, record_named, typed_use, uses_of};

/// Record a consent as it was given: what is allowed and refused, use by use
#[derive(Debug, Args)]
#[command(after_help = "\
People are named by their records, never by name: all 32 digits, as 'record new' says them, or the first ones where this
desk can see the record. What is not named was not asked, and is not allowed. A consent of which the risks were not
explained, or that nobody could refuse without loss, is written down and allows nothing.

Examples:
  counterseal consent record 5f0c2a9d41b8e377/0 \\
      --subject 000102030405060708090a0b0c0d0e0f --language sg \\
      --risks-explained --refusal-without-loss \\
      --allow case-follow-up=2027-06-30 --refuse court-referral:court
  counterseal consent record 5f0c2a9d41b8e377/0 \\
      --subject 000102030405060708090a0b0c0d0e0f --language fr --minor \\
      --given-by guardian --guardian 101112131415161718191a1b1c1d1e1f \\
      --risks-explained --refusal-without-loss --allow evacuation \\
      --withhold sanctions-panel=fear")]
pub(super) struct RecordArgs {
    /// The parts that it is about, as ENTRY/INDEX
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
    /// The record of the person it is about
    #[arg(long, value_name = "RECORD")]
    subject: String,
    /// Who gave it
    #[arg(long, value_enum, default_value = "self")]
    given_by: Giver,
    /// The person is a child
    #[arg(long)]
    minor: bool,
    /// The record of the guardian
    #[arg(long, value_name = "RECORD")]
    guardian: Option<String>,
    /// The language it was explained in, as fr, sg or ar-TD
    #[arg(long, value_name = "TAG")]
    language: LanguageTag,
    /// The record of the interpreter
    #[arg(long, value_name = "RECORD")]
    interpreter: Option<String>,
    /// The risks were explained
    #[arg(long)]
    risks_explained: bool,
    /// It was said that a refusal costs nothing
    #[arg(long)]
    refusal_without_loss: bool,
    /// Allowed: PURPOSE, PURPOSE:RECIPIENT, either with =DATE for until when; may be given several times
    #[arg(long = "allow", value_name = "USE", value_parser = typed_use)]
    allow: Vec<TypedUse>,
    /// Refused: PURPOSE or PURPOSE:RECIPIENT; may be given several times
    #[arg(long = "refuse", value_name = "USE", value_parser = typed_use)]
    refuse: Vec<TypedUse>,
    /// Who must never get it, and why: RECIPIENT=REASON; may be given several times
    #[arg(long = "withhold", value_name = "WHOM", value_parser = withheld)]
    withhold: Vec<(Code, Code)>,
    /// When it was given; now when left out
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    at: Option<crate::dates::Typed>,
    /// SHA-256 of the receipt that the person took, 64 digits
    #[arg(long, value_name = "DIGITS", value_parser = digest)]
    receipt: Option<Digest>,
    #[command(flatten)]
    target: Target,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Giver {
    /// The person
    #[value(name = "self")]
    Subject,
    /// The guardian
    Guardian,
}

fn withheld(text: &str) -> Result<(Code, Code), String> {
    let (recipient, reason) = text.split_once('=').ok_or("write RECIPIENT=REASON")?;
    let code = |text: &str| text.parse::<Code>().map_err(|error| error.to_string());
    Ok((code(recipient)?, code(reason)?))
}

fn digest(text: &str) -> Result<Digest, String> {
    let mut bytes = [0; 32];
    let read = hex::decode_to_slice(text, &mut bytes);
    read.map(|()| Digest(bytes)).map_err(|_| "a SHA-256 has 64 hexadecimal digits".to_owned())
}

impl RecordArgs {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let to = self.target.written_to(desk)?;
        let parts = parts_named(desk, &self.parts, to.compartment)?;
        let given = self.at.map_or_else(|| desk.now(), |typed| typed.at);
        let consent = self.consent(ctx, desk)?;
        let done = desk.record_consent(consent, &parts, given, to)?;
        self.target.say(ctx, desk, "consent", &done)
    }

    fn consent(&self, ctx: &Context, desk: &Desk) -> Result<Consent, Failure> {
        let person = |text: &Option<String>| text.as_deref().map(|text| record_named(desk, text)).transpose();
        let mut decisions = Vec::new();
        for (typed, allowed) in [(&self.allow, true), (&self.refuse, false)] {
            for (what, typed) in uses_of(ctx, desk, typed)?.into_iter().zip(typed) {
                let until = typed.until.filter(|_| allowed);
                decisions.push(ConsentDecision { what, allowed, until, extra: Default::default() });
            }
        }
        let never = |(recipient, reason): &(Code, Code)| Withheld {
            recipient: recipient.clone(),
            reason: reason.clone(),
            extra: Default::default(),
        };
        Ok(Consent {
            subject: record_named(desk, &self.subject)?,
            minor: self.minor,
            given_by: match self.given_by {
                Giver::Subject => GivenBy::Subject,
                Giver::Guardian => GivenBy::Guardian,
            },
            guardian: person(&self.guardian)?,
            language: self.language.clone(),
            interpreter: person(&self.interpreter)?,
            risks_explained: self.risks_explained,
            refusal_without_loss: self.refusal_without_loss,
            decisions,
            withheld_from: self.withhold.iter().map(never).collect(),
            events: Vec::new(),
            receipt: self.receipt,
            parts: Vec::new(),
            extra: Default::default(),
        })
    }
}

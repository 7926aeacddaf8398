//! `open`.

use clap::Args;
use counterseal_model::{PersonId, Timestamp};
use counterseal_node::{
    Area, Asking, Desk, NodeError, OpeningFailure, OpeningTerms, OutsideLine, TrusteeWord,
};
use counterseal_register::{Ahead, Code, PartRef};
use serde_json::json;

use super::chosen::Choice;
use super::show::{asked_json, line_of, opened_json, say_trustees, show_for};
use super::{WhereArgs, failed, refused};
use crate::context::Context;
use crate::dates::Typed;
use crate::failure::{Done, Failure};

/// Between two looks whether an approval has come.
const LOOK: std::time::Duration = std::time::Duration::from_secs(2);

/// Open guarded parts: asked in the witnessed log, for a purpose, and known to those they concern
#[derive(Debug, Args)]
#[command(after_help = "\
A part is named ENTRY/INDEX, by at least eight digits of its entry; ENTRY alone names all its parts. The request
stands in the log before any trustee releases, its receipt is kept on this desk ('counterseal receipt'), and the
author's section is told. What is opened is shown for a time and stands in no index and no file.
What was opened ahead is read from this desk, without a network, and counts as read: all of it, read or not. So --ahead
lists it first, and asks with --yes. An area chooses by what is open: the guarded parts of records whose open part has a
place there, as far as this desk wrote or opened them, and of cases whose open part names an incident there. An area is the
beginning of a p-code, or a box west,south,east,north in degrees. What is sealed chooses nothing.
Exit code 3: opened, and a trustee's share did not fit.

Examples:
  counterseal open 0a1b2c3d4e5f6071/0 --purpose case-follow-up
  counterseal open 0a1b2c3d4e5f6071/0 --purpose evacuation --emergency
  counterseal open 0a1b2c3d4e5f6071/0 --purpose court-referral \\
      --approver 'Officer Inkwell'
  counterseal open 0a1b2c3d4e5f6071/0 --purpose case-follow-up --case bria-017
  counterseal open --ahead --compartment protection --purpose case-follow-up \\
      --until 2026-12-24 --reason road-trip --yes
  counterseal open --ahead --case bria-017 --purpose case-follow-up \\
      --until 2026-12-24 --reason road-trip
  counterseal open --ahead --area CF62 --purpose case-follow-up \\
      --until 2026-12-24 --reason blackout --yes
  counterseal open 0a1b2c3d4e5f6071/0 --from-ahead")]
pub(crate) struct OpenArgs {
    /// The parts
    #[arg(value_name = "PART", required_unless_present = "ahead")]
    parts: Vec<String>,
    /// What for: a code of the mission's policy ('counterseal policy')
    #[arg(long, value_name = "CODE", value_parser = code, required_unless_present = "from_ahead")]
    purpose: Option<Code>,
    /// The case: its reference, the first digits of its id, or all 32 of one that this desk does not know. With --ahead and
    /// nothing else that chooses, its guarded parts
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// It is an emergency: an approval or the policy's leave may be missing; reviewed the next day
    #[arg(long)]
    emergency: bool,
    /// Who else must approve; asked on their own desk. May be given several times
    #[arg(long = "approver", value_name = "PERSON")]
    approvers: Vec<String>,
    /// What you say of the circumstances: recorded, never sufficient
    #[arg(long = "claim", value_name = "CODE", value_parser = code)]
    claims: Vec<Code>,
    /// Open now what is to be read later, without a network. It counts as read
    #[arg(long, requires = "until", requires = "reason", conflicts_with = "from_ahead")]
    ahead: bool,
    /// All guarded parts of this compartment
    #[arg(long, value_name = "NAME", requires = "ahead", conflicts_with = "parts")]
    compartment: Option<String>,
    /// The guarded parts of records and cases in this area: the beginning of a p-code, or west,south,east,north
    #[arg(long, value_name = "AREA", requires = "ahead", conflicts_with_all = ["parts", "compartment"], allow_hyphen_values = true)]
    area: Option<Area>,
    /// With --ahead: open what was listed
    #[arg(long, requires = "ahead")]
    yes: bool,
    /// With --ahead: until when it is kept here
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read, requires = "ahead")]
    until: Option<Typed>,
    /// With --ahead: why
    #[arg(long, value_name = "CODE", value_parser = code, requires = "ahead")]
    reason: Option<Code>,
    /// Tell those whom it concerns only then: for an enquiry into a section, approved by two of other sections
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    delay_notice: Option<Typed>,
    /// Read what was opened ahead
    #[arg(long, conflicts_with_all = ["purpose", "emergency", "approvers"])]
    from_ahead: bool,
    /// For how many seconds it is shown
    #[arg(long = "for", value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u32).range(5..=3600))]
    seconds: u32,
    #[command(flatten)]
    place: WhereArgs,
    /// How to show it
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

/// A code of the policy's table.
pub(super) fn code(text: &str) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| format!("write {}", Code::EXPECTED))
}

/// The id of a case that is named: by its reference, the first digits of its id, or all 32.
pub(crate) fn case_of(desk: &Desk, named: Option<&str>) -> Result<Option<[u8; 16]>, Failure> {
    let case = named.map(|text| desk.case_named(text)).transpose()?;
    Ok(case.map(|case| *case.as_bytes()))
}

impl OpenArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let choice = Choice {
                parts: &self.parts,
                compartment: self.compartment.as_deref(),
                area: self.area.as_ref(),
                case: self.case.as_deref(),
            };
            let chosen = choice.find(ctx, desk)?;
            if self.from_ahead {
                return self.show_from_ahead(ctx, desk, &chosen.parts);
            }
            if self.ahead && !self.yes {
                chosen.say(ctx, desk, self.format == "json")?;
                ctx.note("open-ahead-not-asked", &[]);
                return Ok(Done::Well);
            }
            self.ask(ctx, desk, chosen.parts)
        })
    }

    fn shown_until(&self, desk: &Desk) -> Timestamp {
        Timestamp(desk.now().0.saturating_add(self.seconds.into()))
    }

    fn show_from_ahead(&self, ctx: &Context, desk: &mut Desk, parts: &[PartRef]) -> Result<Done, Failure> {
        let until = self.shown_until(desk);
        let mut opened = Vec::with_capacity(parts.len());
        for part in parts {
            opened.push(desk.read_ahead(*part, until)?);
        }
        if self.format == "json" {
            line_of(
                ctx,
                &json!({
                    "synthetic": desk.register().is_synthetic(), "parts": opened_json(&opened),
                }),
            )?;
            desk.close_opened();
        } else {
            show_for(ctx, desk, &opened, until)?;
        }
        Ok(Done::Well)
    }

    fn ask(&self, ctx: &Context, desk: &mut Desk, parts: Vec<PartRef>) -> Result<Done, Failure> {
        let terms = self.terms(ctx, desk, parts)?;
        let approvers = self.approvers.iter().map(|name| desk.find_person(name));
        let approvers: Vec<PersonId> = approvers.collect::<Result<_, NodeError>>()?;
        let mut line = self.place.line(ctx, desk)?;
        let mut asking = desk.prepare_opening(terms)?;
        if asking.approvals_needed() > 0 {
            wait_for_approvals(ctx, desk, &mut asking, &approvers, &mut line)?;
        }
        let until = self.shown_until(desk);
        let asked = desk.open_parts(asking, &mut line, until);
        let asked = asked.map_err(|error| refused(ctx, desk, error))?;
        let lied = |word: &TrusteeWord| matches!(word, TrusteeWord::Lied | TrusteeWord::Misdealt);
        let wrong = asked.trustees.values().any(lied);
        let done = if wrong { Done::Attention } else { Done::Well };
        if self.format == "json" {
            line_of(ctx, &asked_json(desk, &asked))?;
            desk.close_opened();
            return Ok(done);
        }
        let request = hex::encode(asked.request).get(..16).unwrap_or_default().to_owned();
        ctx.say(
            "open-done",
            &[
                ("count", asked.parts.len().to_string().into()),
                ("leaf", asked.leaf.to_string().into()),
                ("request", request.into()),
            ],
        )?;
        say_trustees(ctx, &asked)?;
        if self.ahead {
            desk.close_opened();
            ctx.say("open-ahead-kept", &[("count", asked.parts.len().to_string().into())])?;
        } else {
            show_for(ctx, desk, &asked.parts, until)?;
        }
        Ok(done)
    }

    fn terms(&self, ctx: &Context, desk: &Desk, parts: Vec<PartRef>) -> Result<OpeningTerms, Failure> {
        let purpose = self.purpose.clone().ok_or_else(|| ctx.refuse("open-needs-purpose", &[]))?;
        let ahead = match (self.ahead, self.until, &self.reason) {
            (true, Some(until), Some(reason)) => {
                Some(Ahead { until: until.end(), reason: reason.clone(), extra: Default::default() })
            }
            _ => None,
        };
        let case = case_of(desk, self.case.as_deref())?;
        Ok(OpeningTerms {
            case,
            emergency: self.emergency,
            ahead,
            delay_until: self.delay_notice.map(|until| until.at),
            claims: self.claims.clone(),
            ..OpeningTerms::new(parts, purpose)
        })
    }
}

/// Asks those who are to approve, and waits until they have or the request is too old.
pub(super) fn wait_for_approvals(
    ctx: &Context,
    desk: &mut Desk,
    asking: &mut Asking,
    approvers: &[PersonId],
    line: &mut OutsideLine,
) -> Result<(), Failure> {
    let needed = asking.approvals_needed();
    if approvers.len() < needed {
        let have = 0;
        return Err(NodeError::from(OpeningFailure::ApprovalsMissing { needed, have }).into());
    }
    for approver in approvers {
        desk.ask_approval(asking, *approver, line).map_err(|error| failed(ctx, error))?;
    }
    let core = hex::encode(asking.request().core_hash()).get(..8).unwrap_or_default().to_owned();
    ctx.note("open-waits", &[("count", needed.to_string().into()), ("core", core.into())]);
    loop {
        line.fetch_post(desk)?;
        let (given, declined) = desk.approvals_for(asking)?;
        if given.len() >= needed {
            given.into_iter().for_each(|signed| asking.add_approval(signed));
            return Ok(());
        }
        if declined > approvers.len().saturating_sub(needed) {
            return Err(ctx.refuse("open-declined", &[]));
        }
        if desk.now() > asking.request().not_after || ctx.is_asked_to_lock() {
            let have = given.len();
            return Err(NodeError::from(OpeningFailure::ApprovalsMissing { needed, have }).into());
        }
        std::thread::sleep(LOOK);
    }
}

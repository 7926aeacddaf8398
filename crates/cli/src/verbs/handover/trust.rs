//! What people trusted to one person: sealed off, handed over, or asked again, part by part.

use clap::Args;
use counterseal_model::{Code, PersonId};
use counterseal_node::{Desk, HandoverPlan, NamedPart, NodeError, Trust, TrustSettled};
use counterseal_register::Subject;
use serde_json::{Value, json};

use crate::context::Context;
use crate::dates::Typed;
use crate::failure::Failure;
use crate::listing::Format;
use crate::verbs::opening::{WhereArgs, case_of, open_first};
use crate::verbs::part::part_of;

/// What is settled with --yes.
#[derive(Debug, Args)]
pub(super) struct Settle {
    /// Seal these parts off: withdrawn until somebody can ask
    #[arg(long, num_args = 1.., value_name = "PART", requires = "yes")]
    seal_off: Vec<String>,
    /// Name the successor as who handles these sources; they have to be open, or --open opens them
    #[arg(long, num_args = 1.., value_name = "PART", requires = "yes")]
    hand_over: Vec<String>,
    /// The consents of these parts need somebody to ask again before --before
    #[arg(long, num_args = 1.., value_name = "PART", requires_all = ["yes", "before"])]
    ask_again: Vec<String>,
    /// With --ask-again: before when
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    before: Option<Typed>,
    /// With --hand-over: open the parts first, for --purpose; stands in the log
    #[arg(long, requires = "purpose")]
    open: bool,
    /// With --open: what for, a purpose of the policy
    #[arg(long, value_name = "CODE")]
    purpose: Option<Code>,
    /// With --open: the case, by its reference or the digits of its id
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// With --open: who else must approve. May be given several times
    #[arg(long = "approver", value_name = "PERSON", requires = "open")]
    approvers: Vec<String>,
    #[command(flatten)]
    place: WhereArgs,
}

impl Settle {
    /// Settles what was named: first what takes away.
    pub(super) fn run(&self, ctx: &Context, desk: &mut Desk, to: PersonId) -> Result<(), Failure> {
        let sealed = find(desk, &self.seal_off)?;
        if !sealed.is_empty() {
            desk.seal_off(&sealed)?;
            ctx.say("handover-sealed-off", &[("count", sealed.len().to_string().into())])?;
        }
        for named in find(desk, &self.ask_again)? {
            let Some(before) = self.before else { break };
            desk.ask_consent_again(named, before.at)?;
            let values =
                [("part", part_of(named.part, false).into()), ("date", before.at.date_text().into())];
            ctx.say("handover-asked-again", &values)?;
        }
        let approvers = self.approvers.iter().map(|name| desk.find_person(name));
        let approvers = approvers.collect::<Result<Vec<_>, NodeError>>()?;
        let case = case_of(desk, self.case.as_deref())?;
        for named in find(desk, &self.hand_over)? {
            if let (true, Some(purpose)) = (self.open, &self.purpose) {
                open_first(ctx, desk, &self.place, named.part, (purpose, case), &approvers)?;
            }
            desk.hand_over_source(named, to)?;
            ctx.say("handover-source-handed", &[("part", part_of(named.part, false).into())])?;
        }
        Ok(())
    }
}

fn find(desk: &Desk, texts: &[String]) -> Result<Vec<NamedPart>, Failure> {
    let mut all = Vec::new();
    for text in texts {
        all.extend(desk.named_parts(text, None)?);
    }
    Ok(all)
}

/// How many are not settled.
pub(super) fn unsettled(plan: &HandoverPlan) -> usize {
    plan.trust.iter().filter(|one| one.settled.is_none()).count()
}

/// One row of the list of duties.
pub(super) fn cells(
    ctx: &Context,
    desk: &Desk,
    one: &Trust,
    compartment: Value,
    format: Format,
) -> [Value; 5] {
    let table = format == Format::Table;
    let what = if table {
        ctx.words.text(&format!("thing-{}", one.what.word()))
    } else {
        one.what.word().to_owned()
    };
    let settled = match one.settled {
        None => ctx.words.text("trust-open"),
        Some(TrustSettled::SealedOff) => ctx.words.text("trust-sealed-off"),
        Some(TrustSettled::HandedOver(to)) => {
            let name = desk.name_of(Subject::Person(to)).map_or_else(|| to.short(), |name| name.to_string());
            ctx.words.with("trust-handed-over", &[("to", name.into())])
        }
        Some(TrustSettled::AskAgain(until)) => {
            ctx.words.with("trust-ask-again", &[("date", until.date_text().into())])
        }
    };
    let passes = matches!(one.settled, Some(TrustSettled::HandedOver(_)));
    [json!(what), compartment, json!(part_of(one.part.part, !table)), json!(passes), json!(settled)]
}

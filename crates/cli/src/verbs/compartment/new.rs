//! `compartment new`.

use clap::{Args, ValueEnum};
use counterseal_node::Desk;
use counterseal_register::{Charter, HoldRule, Rule};

use crate::context::Context;
use crate::failure::Failure;
use crate::verbs::mission::History;

/// Create a compartment with you as its first manager
#[derive(Debug, Args)]
#[command(after_help = "\
What is written into a guarded compartment (two-seal, two-person) opens only with shares that the mission's trustees
release: name them first. By hold rule none, what you write is gone from this desk when the command returns.

Examples:
  counterseal compartment new protection --history from-join
  counterseal compartment new sources --rule two-person --other-section \\
      --cooling-off-days 14 --quota 20
  counterseal compartment new cases --rule two-seal --hold until-acknowledged")]
pub(super) struct NewArgs {
    /// Its name; only members of the mission can read it
    name: String,
    /// What newly admitted members may read of its past
    #[arg(long, value_enum, default_value = "full")]
    history: History,
    /// What opens its parts
    #[arg(long, value_enum, default_value = "open")]
    rule: RuleNamed,
    /// Guarded: what stays on the desk that wrote a part; 'none' unless given
    #[arg(long, value_enum, value_name = "HOLD")]
    hold: Option<HoldNamed>,
    /// Guarded: whoever approves an opening must be of another section than who asks
    #[arg(long)]
    other_section: bool,
    /// Guarded: days that a withdrawn part waits before it can be erased; 30 unless given
    #[arg(long, value_name = "DAYS")]
    cooling_off_days: Option<u64>,
    /// Guarded: an opening in an emergency may go without an approval or the policy's leave
    #[arg(long)]
    emergency: bool,
    /// Guarded: how many parts one person may open in a day
    #[arg(long, value_name = "PARTS")]
    quota: Option<u64>,
}

/// Opening rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RuleNamed {
    /// A member's key alone
    Open,
    /// Also shares that trustees release
    TwoSeal,
    /// Also a second person's approval
    TwoPerson,
}

/// Hold rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum HoldNamed {
    /// Nothing
    None,
    /// What the part says, until all trustees have its shares
    UntilAcknowledged,
}

impl NewArgs {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let rule = match self.rule {
            RuleNamed::Open => Rule::Open,
            RuleNamed::TwoSeal => Rule::TwoSeal,
            RuleNamed::TwoPerson => Rule::TwoPerson,
        };
        let only_guarded = self.hold.is_some()
            || self.other_section
            || self.emergency
            || self.cooling_off_days.is_some()
            || self.quota.is_some();
        if !rule.is_guarded() && only_guarded {
            return Err(ctx.refuse("compartment-not-guarded", &[]));
        }
        let said = |yes: bool| yes.then_some(true);
        let charter = Charter {
            hold: match self.hold {
                Some(HoldNamed::UntilAcknowledged) => HoldRule::UntilAcknowledged,
                Some(HoldNamed::None) | None => HoldRule::None,
            },
            other_section: said(self.other_section),
            cooling_off_days: self.cooling_off_days,
            emergency: said(self.emergency),
            quota: self.quota,
            ..Charter::new(rule, self.history.into())
        };
        let id = desk.create_compartment(&self.name, charter)?;
        ctx.say("compartment-created", &[("name", self.name.into()), ("id", id.short().into())])
    }
}

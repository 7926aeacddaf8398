//! `guarded`: how safe what this desk wrote into guarded compartments is.

use clap::{Args, Subcommand};
use counterseal_model::Timestamp;
use counterseal_node::{Desk, GuardedEntry, TrusteeSays};
use counterseal_register::Subject;
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing, pretty};

/// Seconds for which all trustees are waited for before one more than it takes is enough.
const HELD_FOR: i64 = 3 * Timestamp::DAY;

/// List what you wrote into guarded compartments, and who holds its shares
#[derive(Debug, Args)]
pub(crate) struct GuardedArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the guarded parts that this desk wrote, the newest first
    #[command(after_help = "\
What the parts say is not shown: this desk does not have it, or holds it only until the trustees do.
Exit code 3: trustees have refused one of them.

Examples:
  counterseal guarded list
  counterseal guarded list --format json")]
    List {
        /// How many
        #[arg(long, value_name = "NUMBER", default_value_t = 50)]
        most: usize,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Seal a refused part anew, to the trustees' keys of now, where this desk still holds what it says
    #[command(after_help = "\
Under hold rule until-acknowledged this desk holds the text until the trustees have it. Under hold rule none it does
not, and a part that was refused is written again.

Examples:
  counterseal guarded reseal 0a1b2c3d")]
    Reseal {
        /// The entry, by the first digits of its id
        entry: String,
    },
    /// Show one of them: what each trustee says, and what is left on this desk
    #[command(
        after_help = "Examples:\n  counterseal guarded show 0a1b2c3d\n  counterseal guarded show 0a1b2c3d --format json"
    )]
    Show {
        /// The entry, by the first digits of its id
        entry: String,
        /// table or json
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
}

impl GuardedArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::List { most, format } => list(ctx, desk, most, format),
            Action::Reseal { entry } => {
                let new = desk.reseal(&entry)?;
                ctx.say("guarded-resealed", &[("entry", new.short().into())])?;
                Ok(Done::Well)
            }
            Action::Show { entry, format } => show(ctx, desk, &entry, &format),
        })
    }
}

fn list(ctx: &Context, desk: &Desk, most: usize, format: Format) -> Result<Done, Failure> {
    let entries = desk.guarded_entries(most)?;
    let mut listing =
        Listing::new("guarded", &["entry", "compartment", "sealed", "have", "of", "needed", "held", "state"]);
    for one in &entries {
        let id = if format == Format::Table { one.entry.short() } else { one.entry.to_string() };
        listing.row([
            json!(id),
            json!(name_of(desk, one)),
            json!(one.sealed.rfc3339()),
            json!(one.have()),
            json!(one.trustees.len()),
            json!(one.threshold),
            json!(one.held),
            json!(state_of(ctx, one)),
        ]);
    }
    listing.show(ctx, desk, format)?;
    Ok(if entries.iter().any(is_refused) { Done::Attention } else { Done::Well })
}

fn show(ctx: &Context, desk: &Desk, text: &str, format: &str) -> Result<Done, Failure> {
    let one = desk.find_guarded(text)?;
    let done = if is_refused(&one) { Done::Attention } else { Done::Well };
    if format == "json" {
        let trustees: Vec<Value> = one
            .trustees
            .iter()
            .map(|trustee| {
                let (says, code) = words_of(&trustee.says);
                json!({"trustee": trustee.trustee.to_string(), "says": says, "code": code})
            })
            .collect();
        ctx.line(&pretty(&json!({
            "synthetic": desk.register().is_synthetic(), "entry": one.entry.to_string(),
            "compartment": name_of(desk, &one), "sealed": one.sealed.rfc3339(), "needed": one.threshold,
            "have": one.have(), "trustees": trustees, "held": one.held, "waits": one.waits,
            "accepted": one.accepted, "leaf": one.leaf, "lost": one.is_lost(), "state": state_of(ctx, &one),
        })))?;
        return Ok(done);
    }
    ctx.mark_synthetic(desk)?;
    ctx.line(&format!("{}  {}  {}", one.entry, name_of(desk, &one), one.sealed.rfc3339()))?;
    ctx.line(&state_of(ctx, &one))?;
    for trustee in &one.trustees {
        let id: String = trustee.trustee.to_string().chars().take(8).collect();
        let said = match &trustee.says {
            TrusteeSays::Nothing => ctx.words.text("guarded-says-nothing"),
            TrusteeSays::Has => ctx.words.text("guarded-says-has"),
            TrusteeSays::Refused(code) => {
                ctx.words.with("guarded-says-refused", &[("code", code.as_str().into())])
            }
            TrusteeSays::Both(code) => ctx.words.with("guarded-says-both", &[("code", code.as_str().into())]),
        };
        ctx.line(&format!("  {id}  {said}"))?;
    }
    Ok(done)
}

fn name_of(desk: &Desk, one: &GuardedEntry) -> String {
    let name = desk.name_of(Subject::Compartment(one.compartment));
    name.map_or_else(|| one.compartment.short(), |name| name.to_string())
}

const fn is_of_refusal(says: &TrusteeSays) -> bool {
    matches!(says, TrusteeSays::Refused(_) | TrusteeSays::Both(_))
}

fn is_refused(one: &GuardedEntry) -> bool {
    one.trustees.iter().any(|trustee| is_of_refusal(&trustee.says))
}

/// For programs: a word, and the trustee's reason.
fn words_of(says: &TrusteeSays) -> (&'static str, Option<&str>) {
    match says {
        TrusteeSays::Nothing => ("nothing", None),
        TrusteeSays::Has => ("has", None),
        TrusteeSays::Refused(code) => ("refused", Some(code.as_str())),
        TrusteeSays::Both(code) => ("both", Some(code.as_str())),
    }
}

/// How safe it is, in one sentence.
fn state_of(ctx: &Context, one: &GuardedEntry) -> String {
    let (have, count) = (one.have().to_string(), one.trustees.len().to_string());
    let mut parts = vec![ctx.words.with("guarded-state", &[("have", have.into()), ("count", count.into())])];
    let refused = one.trustees.iter().filter(|trustee| is_of_refusal(&trustee.says)).count();
    if one.is_lost() {
        parts.push(ctx.words.text("guarded-lost"));
    } else if refused > 0 {
        parts.push(ctx.words.with("guarded-refused", &[("count", refused.to_string().into())]));
    }
    if one.waits {
        parts.push(ctx.words.text("guarded-waits"));
    }
    parts.push(if one.held {
        let all = one.trustees.len() as u64;
        let enough = (one.threshold + 1).min(all).to_string();
        let date = Timestamp(one.sealed.0.saturating_add(HELD_FOR)).rfc3339();
        let values = [("count", all.to_string().into()), ("enough", enough.into()), ("date", date.into())];
        ctx.words.with("guarded-held", &values)
    } else {
        ctx.words.text("guarded-nothing-left")
    });
    parts.join("; ")
}

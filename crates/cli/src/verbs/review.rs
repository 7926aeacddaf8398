//! `review`: openings that nothing explains, worst first; what was asked about them and what was replied; quotas.

mod emergency;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use counterseal_model::{PersonId, Timestamp};
use counterseal_node::{
    Desk, Emergency, LINE, MONITORING_DAYS, Monitoring, PersonDay, QueueDay, ReviewFinding,
};
use counterseal_register::Subject;
use serde_json::{Value, json};

use crate::context::Context;
use crate::dates::Typed;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing, pretty};

/// Review openings: what nothing explains, questions about it and replies; and your quotas
#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List unexplained person-days, at most three a day, worst first; and questions that concern you
    #[command(after_help = "\
For data-protection officers and reviewers of sections, over the notices that this desk has; fetch them with
'counterseal openings list'. Everybody else sees the questions that were asked about them.
Exit code 3: a person-day is listed.

Examples:
  counterseal review list
  counterseal review list --days 30 --format json")]
    List {
        /// The queues of so many days, back from the newest
        #[arg(long, value_name = "DAYS", default_value_t = 7)]
        days: i64,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Show what explains a person-day, and what speaks against it; and ask the person about it
    #[command(after_help = "\
The question stands in a compartment that you both read. Whoever is asked replies with 'counterseal review
reply'. Nobody reviews themselves.

Examples:
  counterseal review explain 'Officer Inkwell' 2026-03-04
  counterseal review explain 'Officer Inkwell' 2026-03-04 --format json
  counterseal review explain 'Officer Inkwell' 2026-03-04 --ask replies")]
    Explain {
        /// The person, by name or id
        person: String,
        /// The day (UTC)
        #[arg(value_parser = crate::dates::read)]
        day: Typed,
        /// Ask the person about it, in this compartment
        #[arg(long, value_name = "COMPARTMENT")]
        ask: Option<String>,
        /// table or json
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
    /// Reply to a question about your openings, or as a reviewer to a reply
    #[command(after_help = "\
Examples:
  counterseal review reply 0a1b2c3d 'The hospital had called.'")]
    Reply {
        /// The question, by the first digits of its id
        question: String,
        /// What you say to it
        text: String,
    },
    /// Answer an emergency opening: it stands in the list until a reviewer has
    #[command(after_help = "\
Whether it was one, and why, in a compartment that reviewers read. Nobody answers their own.

Examples:
  counterseal review emergency 0a1b2c3d 'The convoy was under fire.' --in reviews")]
    Emergency {
        /// The request, by the first digits of what names it
        request: String,
        /// What you found
        text: String,
        /// The compartment in which the answer stands
        #[arg(long = "in", value_name = "COMPARTMENT")]
        compartment: Option<String>,
    },
    /// Read the book of duties: who works on what, where and when
    #[command(after_help = "\
TOML: [[duty]] with person, matter (case, area, referral, task, alert, shift, tour), case or area, from and
until; [[case]] with id and parts; [[area]] with name, compartments and sections. The file replaces the book.
New lines explain what was opened since yesterday. Lines about yourself are left out.

Examples:
  counterseal review duties duties.toml")]
    Duties {
        /// The file
        file: PathBuf,
    },
    /// Show how many parts you opened today, of how many
    #[command(after_help = "Examples:\n  counterseal review quota\n  counterseal review quota --format json")]
    Quota {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

impl ReviewArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::List { days, format } => list(ctx, desk, days, format),
            Action::Explain { person, day, ask, format } => {
                let person = desk.find_person(&person)?;
                let day = day.at.0.div_euclid(Timestamp::DAY);
                explain(ctx, desk, person, day, ask.as_deref(), &format)
            }
            Action::Reply { question, text } => {
                desk.reply_in_review(&question, &text)?;
                ctx.say("review-replied", &[])?;
                Ok(Done::Well)
            }
            Action::Emergency { request, text, compartment } => {
                let place = ctx.compartment(desk, compartment.as_deref())?;
                desk.answer_emergency(&request, place, &text)?;
                ctx.say("review-emergency-answered", &[])?;
                Ok(Done::Well)
            }
            Action::Duties { file } => duties(ctx, desk, &file),
            Action::Quota { format } => quota(ctx, desk, format),
        })
    }
}

fn list(ctx: &Context, desk: &mut Desk, days: i64, format: Format) -> Result<Done, Failure> {
    desk.forget_monitoring()?;
    let mut listed = false;
    if desk.is_reviewer() {
        let monitoring = desk.monitoring()?;
        let newest = monitoring.review.queues.last().map_or(0, |queue| queue.day);
        let queues = monitoring.review.queues.iter().filter(|queue| newest - queue.day < days.max(1));
        let queues: Vec<&QueueDay> = queues.collect();
        let emergencies = desk.emergencies()?;
        listed = !queues.is_empty() || emergencies.iter().any(|one| one.answer.is_none());
        if format == Format::Json {
            ctx.line(&pretty(&list_json(ctx, desk, (&monitoring, &emergencies), &queues)?))?;
        } else {
            queue_listing(ctx, desk, &queues, format)?;
            emergency::list(ctx, desk, &emergencies, format)?;
        }
        notes(ctx, desk, &monitoring);
    } else if format == Format::Json {
        let talks = talks_json(desk)?;
        ctx.line(&pretty(&json!({ "synthetic": desk.register().is_synthetic(), "questions": talks })))?;
    }
    if format == Format::Table {
        talks(ctx, desk)?;
    }
    ctx.note("review-purpose", &[("days", MONITORING_DAYS.to_string().into())]);
    Ok(if listed { Done::Attention } else { Done::Well })
}

fn queue_listing(ctx: &Context, desk: &Desk, queues: &[&QueueDay], format: Format) -> Result<(), Failure> {
    let mut listing =
        Listing::new("queue", &["queue", "day", "person", "score", "requests", "alike", "reasons"]);
    for queue in queues {
        for one in &queue.listed {
            let reasons: Vec<_> = one.what.findings.iter().map(|found| reason(ctx, found)).collect();
            listing.row([
                json!(day_text(queue.day)),
                json!(day_text(one.what.day)),
                json!(name_of(desk, one.what.person)),
                json!(one.what.score),
                json!(one.what.requests.len()),
                json!(one.alike.len()),
                json!(reasons),
            ]);
        }
    }
    listing.show(ctx, desk, format)
}

/// What the list leaves out, and who has it.
fn notes(ctx: &Context, desk: &Desk, monitoring: &Monitoring) {
    let below = monitoring.review.days.iter().filter(|day| !day.is_explained() && day.score < LINE).count();
    if below > 0 {
        ctx.note("review-below", &[("count", below.to_string().into()), ("line", LINE.to_string().into())]);
    }
    if monitoring.strangers > 0 {
        ctx.note("review-strangers", &[("count", monitoring.strangers.to_string().into())]);
    }
    if monitoring.own > 0 {
        let names: Vec<_> = monitoring.others.iter().map(|person| name_of(desk, *person)).collect();
        let count = [("count", monitoring.own.to_string().into())];
        match names.is_empty() {
            true => ctx.note("review-own-nobody", &count),
            false => ctx.note("review-own", &[count[0].clone(), ("names", names.join(", ").into())]),
        }
    }
}

fn talks(ctx: &Context, desk: &Desk) -> Result<(), Failure> {
    for talk in desk.review_talks()? {
        let values = [
            ("id", talk.record.short().into()),
            ("person", name_of(desk, talk.person).into()),
            ("day", day_text(talk.day).into()),
            ("by", name_of(desk, talk.by).into()),
        ];
        ctx.say("review-question", &values)?;
        talk.text.lines().try_for_each(|line| ctx.line(&format!("    {line}")))?;
        for reply in &talk.replies {
            let values = [("by", name_of(desk, reply.by).into()), ("text", reply.text.as_str().into())];
            ctx.say("review-reply", &values)?;
        }
    }
    Ok(())
}

fn explain(
    ctx: &Context,
    desk: &mut Desk,
    person: PersonId,
    day: i64,
    ask: Option<&str>,
    format: &str,
) -> Result<Done, Failure> {
    let what = desk.explain_day(person, day)?;
    let reasons: Vec<_> = what.findings.iter().map(|found| reason(ctx, found)).collect();
    if format == "json" {
        ctx.line(&pretty(&day_json(ctx, desk, &what)))?;
    } else {
        let values = [
            ("person", name_of(desk, person).into()),
            ("day", day_text(day).into()),
            ("parts", what.parts.to_string().into()),
            ("score", what.score.to_string().into()),
        ];
        ctx.say("review-day", &values)?;
        for (ground, parts) in &what.grounds {
            let ground = ctx.words.text(&format!("review-ground-{}", ground.word()));
            ctx.say("review-explained", &[("ground", ground.into()), ("parts", parts.to_string().into())])?;
        }
        for (found, words) in what.findings.iter().zip(&reasons) {
            let values = [("points", found.points.to_string().into()), ("reason", words.as_str().into())];
            ctx.say("review-against", &values)?;
        }
    }
    if let Some(place) = ask {
        let place = desk.find_compartment(place)?;
        let asked = desk.ask_about_day(person, day, place, &reasons.join("\n"))?;
        ctx.note("review-asked", &[("id", asked.short().into())]);
    }
    Ok(if what.is_explained() { Done::Well } else { Done::Attention })
}

fn duties(ctx: &Context, desk: &mut Desk, path: &Path) -> Result<Done, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file("read", path, error))?;
    let taken = desk.take_duties(&text)?;
    let values = [("lines", taken.lines.to_string().into()), ("new", taken.new.to_string().into())];
    ctx.say("review-duties-taken", &values)?;
    if taken.own > 0 {
        ctx.note("review-duties-own", &[("count", taken.own.to_string().into())]);
    }
    Ok(Done::Well)
}

fn quota(ctx: &Context, desk: &Desk, format: Format) -> Result<Done, Failure> {
    let columns = ["compartment", "opened", "charter", "each-trustee", "everywhere", "spread"];
    let mut listing = Listing::new("quotas", &columns);
    for view in desk.quotas()? {
        let name = desk.name_of(Subject::Compartment(view.compartment)).map(|name| name.to_string());
        listing.row([
            json!(name.unwrap_or_else(|| view.compartment.short())),
            json!(view.opened),
            json!(view.charter),
            json!(view.here),
            json!(view.everywhere),
            json!(format!("{}/{}", view.spread.1, view.spread.0)),
        ]);
    }
    listing.show(ctx, desk, format)?;
    ctx.note("review-quota", &[]);
    Ok(Done::Well)
}

/// A finding in words.
fn reason(ctx: &Context, found: &ReviewFinding) -> String {
    let (number, other) = found.reason.numbers();
    let values = [("number", number.to_string().into()), ("other", other.to_string().into())];
    ctx.words.with(&format!("review-reason-{}", found.reason.word()), &values)
}

fn list_json(
    ctx: &Context,
    desk: &Desk,
    (monitoring, emergencies): (&Monitoring, &[Emergency]),
    queues: &[&QueueDay],
) -> Result<Value, Failure> {
    let queue = |queue: &&QueueDay| {
        let listed = queue.listed.iter().map(|one| {
            let alike: Vec<_> = one.alike.iter().map(|day| day_json(ctx, desk, day)).collect();
            json!({ "what": day_json(ctx, desk, &one.what), "alike": alike })
        });
        json!({ "day": day_text(queue.day), "listed": listed.collect::<Vec<_>>(), "waiting": queue.waiting })
    };
    Ok(json!({
        "synthetic": desk.register().is_synthetic(),
        "queues": queues.iter().map(queue).collect::<Vec<_>>(),
        "emergencies": emergency::to_json(desk, emergencies),
        "own": monitoring.own, "strangers": monitoring.strangers,
        "retentionDays": MONITORING_DAYS, "questions": talks_json(desk)?,
    }))
}

fn day_json(ctx: &Context, desk: &Desk, day: &PersonDay) -> Value {
    let findings = day.findings.iter().map(|found| {
        let (number, other) = found.reason.numbers();
        json!({ "reason": found.reason.word(), "number": number, "other": other, "points": found.points,
            "words": reason(ctx, found) })
    });
    let grounds =
        day.grounds.iter().map(|(ground, parts)| json!({ "ground": ground.word(), "parts": parts }));
    json!({
        "person": day.person.to_string(), "name": name_of(desk, day.person), "day": day_text(day.day),
        "score": day.score, "parts": day.parts, "explained": day.is_explained(),
        "requests": day.requests.iter().map(hex::encode).collect::<Vec<_>>(),
        "grounds": grounds.collect::<Vec<_>>(), "findings": findings.collect::<Vec<_>>(),
    })
}

fn talks_json(desk: &Desk) -> Result<Vec<Value>, Failure> {
    let talk = |talk: counterseal_node::ReviewTalk| {
        let replies = talk.replies.iter().map(
            |reply| json!({ "by": reply.by.to_string(), "time": reply.at.rfc3339(), "text": reply.text }),
        );
        json!({
            "id": talk.record.to_string(), "person": talk.person.to_string(), "day": day_text(talk.day),
            "by": talk.by.to_string(), "time": talk.at.rfc3339(), "text": talk.text,
            "replies": replies.collect::<Vec<_>>(),
        })
    };
    Ok(desk.review_talks()?.into_iter().map(talk).collect())
}

fn name_of(desk: &Desk, person: PersonId) -> String {
    desk.name_of(Subject::Person(person)).map_or_else(|| person.short(), |name| name.to_string())
}

fn day_text(day: i64) -> String {
    Timestamp(day.saturating_mul(Timestamp::DAY)).date_text()
}

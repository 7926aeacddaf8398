//! What `mission show` tells of the register: the hub, the witnesses, what waits, what is stopped.

use counterseal_model::Timestamp;
use counterseal_node::Desk;
use counterseal_register::{DeviceStatus, Frozen, LogKind, PersonStatus, Subject, Waiting, WaitingChange};
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::Failure;

/// For programs.
pub(super) fn to_json(desk: &Desk) -> Result<Value, Failure> {
    let (register, at) = (desk.register(), desk.moment());
    let hub = register.hub(at).map(|hub| {
        json!({
            "generation": hub.generation,
            "since": hub.since.time.rfc3339(),
            "pins": hub.pins.iter().map(hex::encode).collect::<Vec<_>>(),
        })
    });
    let quorum = register.quorum(at).map(|quorum| {
        json!({
            "trustees": quorum.trustees,
            "independents": quorum.independents,
            "corruptPlannedFor": quorum.faults,
            "weak": quorum.is_weak(),
            "witnesses": quorum.witnesses.iter()
                .map(|witness| json!({"name": witness.name.to_string(), "group": witness.group.word()}))
                .collect::<Vec<_>>(),
        })
    });
    let waiting = register
        .waiting_changes(at)
        .into_iter()
        .map(|change| json!({"what": what(desk, &change.what), "effective": change.effective.rfc3339()}));
    let stopped = stopped(desk).into_iter().map(|stopped| {
        json!({"what": stopped.what, "name": stopped.name, "since": stopped.since.map(Timestamp::rfc3339)})
    });
    let trustees = register.trustees(at).map(|set| {
        json!({
            "statement": set.id.to_string(), "needed": set.threshold, "single": set.is_single(),
            "trustees": set.trustees.iter().map(|one| json!({
                "id": one.id().to_string(), "x": one.x,
                "answersFor": register.trustees_succeeded_by(one.id(), at).iter()
                    .map(ToString::to_string).collect::<Vec<_>>(),
                "url": one.url.as_ref().map(|url| url.as_str().to_owned()),
            })).collect::<Vec<_>>(),
        })
    });
    let policy = register.opening_policy(at).map(|policy| policy.engine.as_str().to_owned());
    let unheard = desk.lost_statements()?.len();
    Ok(json!({
        "trustees": trustees, "policy": policy, "hub": hub, "quorum": quorum, "waiting": waiting.collect::<Vec<_>>(), "stopped": stopped.collect::<Vec<_>>(),
        "ownStatementsWithoutEffect": unheard, "cosigned": desk.log(LogKind::Statements)?.map(|log| log.cosigned.rfc3339()),
    }))
}

/// For people.
pub(super) fn show(ctx: &Context, desk: &Desk) -> Result<(), Failure> {
    let (register, at) = (desk.register(), desk.moment());
    match register.hub(at) {
        None => ctx.say("mission-no-hub", &[])?,
        Some(hub) => {
            let (generation, since) = (hub.generation.to_string(), hub.since.time.rfc3339());
            ctx.say("mission-hub", &[("generation", generation.into()), ("since", since.into())])?;
        }
    }
    if let Some(quorum) = register.quorum(at) {
        let names: Vec<_> = quorum.witnesses.iter().map(|witness| witness.name.to_string()).collect();
        let needed = (quorum.trustees + quorum.independents).to_string();
        let values = [
            ("needed", needed.into()),
            ("count", names.len().to_string().into()),
            ("names", names.join(", ").into()),
            ("corrupt", quorum.faults.to_string().into()),
        ];
        ctx.say("mission-witnesses", &values)?;
    }
    show_trustees(ctx, desk)?;
    for WaitingChange { effective, what: change } in register.waiting_changes(at) {
        let change = ctx.words.text(key(&change));
        ctx.say("mission-waiting", &[("change", change.into()), ("date", effective.rfc3339().into())])?;
    }
    for stopped in stopped(desk) {
        let since = stopped.since.map(Timestamp::rfc3339).unwrap_or_default();
        let name = crate::clean::clean(&stopped.name, true);
        let values = [("name", name.into()), ("since", since.into())];
        match stopped.what {
            "site" => ctx.say("mission-frozen-site", &values)?,
            "person" => ctx.say("mission-frozen-person", &values)?,
            _ => ctx.say("mission-suspended", &values)?,
        }
    }
    match desk.lost_statements()?.len() {
        0 => Ok(()),
        count => ctx.say("mission-own-statements", &[("count", count.to_string().into())]),
    }
}

fn show_trustees(ctx: &Context, desk: &Desk) -> Result<(), Failure> {
    let (register, at) = (desk.register(), desk.moment());
    let Some(set) = register.trustees(at) else { return ctx.say("mission-no-trustees", &[]) };
    let name = |one: &counterseal_register::Trustee| {
        let id: String = one.id().to_string().chars().take(8).collect();
        one.url.as_ref().map_or(id.clone(), |url| format!("{id} {}", url.as_str()))
    };
    let names = set.trustees.iter().map(name).collect::<Vec<_>>().join(", ");
    let (needed, count) = (set.threshold.to_string(), set.trustees.len().to_string());
    ctx.say(
        "mission-trustees",
        &[("needed", needed.into()), ("count", count.into()), ("names", names.into())],
    )?;
    for one in &set.trustees {
        for old in register.trustees_succeeded_by(one.id(), at) {
            let [new, old] = [one.id(), old].map(|id| id.to_string().chars().take(8).collect::<String>());
            ctx.say("mission-trustee-succeeds", &[("trustee", new.into()), ("old", old.into())])?;
        }
    }
    if set.is_single() {
        ctx.say("mission-single-trustee", &[])?;
    }
    match register.opening_policy(at) {
        Some(policy) => ctx.say("mission-policy", &[("engine", policy.engine.as_str().into())]),
        None => ctx.say("mission-no-policy", &[]),
    }
}

/// A person, a site or a device that is stopped.
struct Stopped {
    what: &'static str,
    name: String,
    since: Option<Timestamp>,
}

fn stopped(desk: &Desk) -> Vec<Stopped> {
    let (register, at) = (desk.register(), desk.moment());
    let mut all = Vec::new();
    for site in desk.sites().into_iter().filter(|site| register.is_frozen(Frozen::Site(site.id), at)) {
        let name = site.name.unwrap_or_else(|| site.id.short());
        all.push(Stopped { what: "site", name, since: None });
    }
    for person in desk.people() {
        let name = person.name.unwrap_or_else(|| person.id.short());
        if let Some(PersonStatus::Frozen { since }) = person.status {
            all.push(Stopped { what: "person", name: name.clone(), since: Some(since.time) });
        }
        for (device, status) in person.devices {
            if let DeviceStatus::Suspended { since } = status {
                let name = format!("{} ({name})", device.short());
                all.push(Stopped { what: "device", name, since: Some(since.time) });
            }
        }
    }
    all
}

/// The waiting change, with what it is about, for programs.
fn what(desk: &Desk, waiting: &Waiting) -> Value {
    match waiting {
        Waiting::Governors => json!("governors"),
        Waiting::Recovery => json!("recovery officers"),
        Waiting::HubPins => json!("hub's certificates"),
        Waiting::Witnesses => json!("witnesses"),
        Waiting::Trustees => json!("trustees"),
        Waiting::Policy => json!("policy"),
        Waiting::WaitingDays(days) => json!({"waitingDays": days}),
        Waiting::OpeningRule(compartment, rule) => {
            let name = desk.name_of(Subject::Compartment(*compartment)).map(|name| name.to_string());
            json!({"openingRule": rule.word(), "compartment": name.unwrap_or_else(|| compartment.short())})
        }
    }
}

const fn key(waiting: &Waiting) -> &'static str {
    match waiting {
        Waiting::Governors => "waiting-governors",
        Waiting::Recovery => "waiting-recovery",
        Waiting::HubPins => "waiting-hub-pins",
        Waiting::Witnesses => "waiting-witnesses",
        Waiting::Trustees => "waiting-trustees",
        Waiting::Policy => "waiting-policy",
        Waiting::WaitingDays(_) => "waiting-days",
        Waiting::OpeningRule(..) => "waiting-opening-rule",
    }
}

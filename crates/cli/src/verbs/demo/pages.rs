//! The demo in the browser: hub, witnesses and trustees run on, and four persons' desks are shown behind one address.

use std::path::Path;

use counterseal_desk::{DemoConfig, DemoPerson, DemoPlaces, DemoRole, Outside, RunningPages, run_demo};
use counterseal_model::{Classification, Code};
use counterseal_node::{CasePlace, CaseTerms, Desk, GovernorFile, Home, NamedPart};
use counterseal_register::{Office, PartRef};
use counterseal_synth::World;

use super::super::serving::{asked, serve, stopped};
use super::make;
use super::served::PATIENCE;
use super::together::{JOINING, Together, is_logged};
use crate::context::Context;
use crate::failure::Failure;

/// Who joins beside those of the check: the name in the mission, and the folder of the home.
const DATA_PROTECTION: (&str, &str) = ("Counsellor Thistledown", "home-thistledown");
/// The founder's name.
const FOUNDER: &str = "Officer Quillfeather";
/// What everybody does, in the order of the desks: the founder's, then those who joined.
const ROLES: [DemoRole; 4] =
    [DemoRole::Analyst, DemoRole::Officer, DemoRole::Watch, DemoRole::DataProtection];
/// The case of the tour.
const CASE: &str = "paper-goat-1";

/// Sets everything up, serves the pages until the program is told to stop, and stops everything in good order.
pub(super) fn show(
    ctx: &Context,
    home: &Home,
    mut founder: Desk,
    world: &World,
    port: u16,
) -> Result<(), Failure> {
    let base = std::path::absolute(home.path()).map_err(|e| Failure::file("find", home.path(), e))?;
    let elapsed = (ctx.outside.stopwatch)();
    ctx.say("demo-setting-up", &[])?;
    let mut together = Together::start(ctx, &base, &mut founder, &make::governor_file(&base))?;
    let joining = [JOINING[0], JOINING[1], DATA_PROTECTION];
    together.join(ctx, &base, &mut founder, &joining)?;
    let part = furnish(ctx, &base, &mut founder, &mut together, world)?;
    let seconds = format!("{:.1}", elapsed().as_secs_f64());
    ctx.say("demo-set-up", &[("seconds", seconds.into())])?;
    let persons = persons(home, &base, founder, &mut together, &joining)?;
    let outside =
        Outside { clock: std::sync::Arc::clone(&ctx.outside.clock), randomness: ctx.outside.randomness };
    let places = DemoPlaces { part };
    serve(async {
        let pages = run_demo(DemoConfig { persons, places, port, outside }).await.map_err(asked)?;
        let told = tell(ctx, &pages);
        if told.is_ok() {
            stopped().await;
        }
        ctx.note("demo-stopping", &[]);
        pages.stop().await.map_err(asked)?;
        told
    })?;
    together.stop()
}

fn tell(ctx: &Context, pages: &RunningPages) -> Result<(), Failure> {
    ctx.line("")?;
    ctx.say("demo-open", &[])?;
    ctx.line(&format!("\n  {}\n", pages.launch().unwrap_or_default()))?;
    ctx.say("demo-until", &[])
}

/// Offices, trustees, a source that is sealed twice, and the case that it belongs to.
fn furnish(
    ctx: &Context,
    base: &Path,
    founder: &mut Desk,
    together: &mut Together,
    world: &World,
) -> Result<PartRef, Failure> {
    let file = make::governor_file(base);
    appoint(ctx, &file, founder, together)?;
    let incidents = founder.default_compartment()?;
    let sources = together.guard(ctx, base, founder, &file)?;
    let part = together.seal_source(ctx, 0, sources)?;
    let desk = &mut together.joined(ctx, 0)?.desk;
    let place = CasePlace {
        compartment: sources,
        open_in: Some(incidents),
        class: Classification::StrictlyConfidential,
    };
    let terms = CaseTerms {
        reference: Code::parse(CASE),
        incidents: vec![world.incident(0).0],
        parts: vec![NamedPart { compartment: sources, part }],
        ..CaseTerms::default()
    };
    desk.case_new(terms, place)?;
    let elapsed = (ctx.outside.stopwatch)();
    while founder.find_case(CASE).is_err() && elapsed() < PATIENCE {
        together.sync_once(ctx, 0)?;
        together.sync_until(ctx, founder, |_| Ok(true))?;
    }
    for place in 1..ROLES.len() - 1 {
        together.joined_until(ctx, place, |desk| Ok(desk.find_case(CASE).is_ok()))?;
    }
    Ok(part)
}

/// The governor gives two of those who joined their offices.
fn appoint(ctx: &Context, file: &Path, founder: &mut Desk, together: &mut Together) -> Result<(), Failure> {
    let bytes = std::fs::read(file).map_err(|e| Failure::file("read", file, e))?;
    let governor = GovernorFile::open(bytes, &make::passphrase(ctx)?)?;
    for (place, office) in [(1, Office::Watch), (2, Office::DataProtection)] {
        let person = together.joined(ctx, place)?.person;
        founder.appoint_officer(person, office, None, None, &[&governor.secrets])?;
        // What permits has effect once a time mark over it is cosigned.
        together.sync_until(ctx, founder, |desk| {
            let mut held = desk.register().offices_of(person, desk.moment()).into_iter();
            Ok(is_logged(desk)? && held.any(|(of, _)| of == office))
        })?;
    }
    Ok(())
}

/// Everybody's desk, the analyst's first.
fn persons(
    home: &Home,
    base: &Path,
    founder: Desk,
    together: &mut Together,
    joined: &[(&str, &str)],
) -> Result<Vec<DemoPerson>, Failure> {
    let desks =
        std::iter::once(founder).chain(std::mem::take(&mut together.joined).into_iter().map(|one| one.desk));
    let names =
        std::iter::once((FOUNDER, None)).chain(joined.iter().map(|(name, folder)| (*name, Some(*folder))));
    let person = |((desk, (name, folder)), role): ((Desk, (&str, Option<&str>)), DemoRole)| {
        let home = folder.map_or_else(|| Home::open(home.path()), |folder| Home::open(&base.join(folder)))?;
        Ok(DemoPerson { name: name.to_owned(), role, home, desk })
    };
    desks.zip(names).zip(ROLES).map(person).collect()
}

//! Our side: a hub with its witnesses in this process, and the desks on two other threads.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use counterseal_register::Entry;
use tokio::task::JoinSet;

use super::desk::{Desk, Knows, Result};
use super::entries::Made;
use super::mission::{Mission, Work};
use super::{HubArgs, Shown, tls};
use crate::home;
use crate::measure::{Watch, percentile};
use crate::outcome::{Outcome, differ};
use crate::served::{ANY, Served};

fn entries(made: &[Made]) -> Vec<Entry> {
    made.iter().map(|made| made.entry.clone()).collect()
}

pub(super) fn run(mission: &Mission, work: &Work, args: &HubArgs, folder: &Path) -> Outcome<Shown> {
    let served = mission.place(folder)?.run(ANY, |_| {})?;
    while !served.is_cosigned() {
        std::thread::sleep(Duration::from_millis(20));
    }
    // Until the first time mark is set and cosigned.
    std::thread::sleep(Duration::from_secs(1));
    let clients = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let thrown = |error: Box<dyn std::error::Error + Send + Sync>| -> Box<dyn std::error::Error> { error };
    let mut shown = clients.block_on(many(mission, work, args, &served)).map_err(thrown)?;
    if served.sizes().1 != work.pushed() as u64 {
        return Err(differ("what was accepted and what is in the log"));
    }
    clients.block_on(beside(mission, work, &served, &mut shown)).map_err(thrown)?;
    served.stop();
    std::fs::remove_dir_all(folder)?;
    Ok(shown)
}

fn knows(mission: &Mission, served: &Served) -> Knows {
    let (statements, journal) = served.sizes();
    Knows { mission: mission.id, statements, journal, now: home::clock().now(), asks: mission.quiet }
}

/// All desks connected, each pushing the next group when the last one is durable.
async fn many(mission: &Mission, work: &Work, args: &HubArgs, served: &Served) -> Result<Shown> {
    let (tls, knows) = (tls::connector().map_err(|e| e.to_string())?, knows(mission, served));
    let mut desks = Vec::new();
    for (secrets, made) in mission.devices.iter().zip(&work.of_desks) {
        let mut desk = Desk::connect(&tls, served.address(), secrets, knows).await?;
        desk.enter().await?;
        desks.push((desk, entries(made)));
    }
    let (watch, group, mut tasks) = (Watch::start(), args.group, JoinSet::new());
    for (mut desk, entries) in desks {
        tasks.spawn(async move {
            let mut pushes = Vec::new();
            for group in entries.chunks(group) {
                let watch = Watch::start();
                desk.push(group).await?;
                pushes.push(watch.seconds() * 1000.0);
            }
            Result::Ok((pushes, desk))
        });
    }
    let (mut shown, mut connected) = (Shown::default(), Vec::new());
    while let Some(done) = tasks.join_next().await {
        let (mut pushes, desk) = done??;
        shown.pushes.append(&mut pushes);
        connected.push(desk);
    }
    shown.seconds = watch.seconds();
    for mut desk in connected {
        desk.finish().await?;
    }
    Ok(shown)
}

/// One desk with a backlog, and small syncs of the others: a connection, one entry, the end.
async fn beside(mission: &Mission, work: &Work, served: &Served, shown: &mut Shown) -> Result<()> {
    let (tls, knows) = (tls::connector().map_err(|e| e.to_string())?, knows(mission, served));
    let (first, others) = mission.devices.split_first().ok_or("no desk")?;
    let mut bulk = Desk::connect(&tls, served.address(), first, knows).await?;
    bulk.enter().await?;
    let (backlog, enough) = (entries(&work.backlog), Arc::new(AtomicBool::new(false)));
    let told = Arc::clone(&enough);
    let bulk = tokio::spawn(async move {
        let watch = Watch::start();
        bulk.push_all(&backlog, || told.load(Ordering::Relaxed)).await?;
        Result::Ok((bulk.accepted, watch.seconds(), told.load(Ordering::Relaxed)))
    });
    for (secrets, made) in others.iter().cycle().zip(&work.small) {
        // Level with the logs, and in no compartment of the bulk: what it fetches is small too.
        let knows = self::knows(mission, served);
        let watch = Watch::start();
        let mut desk = Desk::connect(&tls, served.address(), secrets, knows).await?;
        desk.push(std::slice::from_ref(&made.entry)).await?;
        desk.finish().await?;
        shown.small.push(watch.seconds() * 1000.0);
        tokio::time::sleep(super::PAUSE).await;
    }
    enough.store(true, Ordering::Relaxed);
    let (accepted, seconds, to_the_end) = bulk.await??;
    if !to_the_end {
        let (pushed, small) = (accepted as f64 / seconds, percentile(&shown.small, 0.5));
        return Err(
            format!("the backlog was too short: {pushed:.0} entries/s, small syncs {small:.0} ms").into()
        );
    }
    shown.beside = accepted as f64 / seconds;
    Ok(())
}

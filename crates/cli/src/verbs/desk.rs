//! `desk`: the desk's pages, for the browser on this computer.

use std::time::Duration;

use clap::Args;
use counterseal_desk::{Outside, PagesConfig, RunningPages, run_pages};

use super::serving::{asked, serve, stopped};
use crate::context::Context;
use crate::failure::{Done, Failure};

/// How often a request to lock is looked for.
const TICK: Duration = Duration::from_millis(200);

/// Open this desk in the browser
#[derive(Debug, Args)]
#[command(after_help = "\
Prints an address that is good for one browser on this computer, once. The passphrase is asked for there; where there is
no desk yet, the pages found a mission or join one. Pages are served to this computer alone, and work without a network.
Ctrl-C, or 'counterseal lock', ends it and locks the desk.

Open it in a private window: browsers write to the disk what was searched for. The address is a name under 'localhost'
that only this launch has; Chromium, Edge and Firefox know such names without asking anybody.

Examples:
  counterseal desk
  counterseal desk --idle 5 --port 7500")]
pub(crate) struct DeskArgs {
    /// Lock after so many idle minutes
    #[arg(long, value_name = "MINUTES", default_value_t = counterseal_desk::PAGES_IDLE_MINUTES, value_parser = clap::value_parser!(u64).range(1..=1440))]
    idle: u64,
    /// Port on this computer; any that is free if left out
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
}

impl DeskArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        if ctx.session {
            return Err(ctx.refuse("session-not-here", &[]));
        }
        let home = ctx.home()?;
        // Without one in particular, the pages offer all that there are, and the making of a first.
        if let Some(named) = &ctx.global.desk {
            home.choose(Some(named))?;
        }
        ctx.begin_presence(&home)?;
        let outside =
            Outside { clock: std::sync::Arc::clone(&ctx.outside.clock), randomness: ctx.outside.randomness };
        let idle = Duration::from_secs(self.idle * 60);
        let config = PagesConfig { home, desk: None, port: self.port, idle, outside };
        serve(async {
            let pages = run_pages(config).await.map_err(asked)?;
            let told = self.tell(ctx, &pages);
            if told.is_ok() {
                tokio::select! {
                    () = stopped() => {}
                    () = asked_to_lock(ctx) => ctx.note("session-asked", &[]),
                }
            }
            pages.stop().await.map_err(asked)?;
            told
        })?;
        Ok(Done::Well)
    }

    fn tell(&self, ctx: &Context, pages: &RunningPages) -> Result<(), Failure> {
        ctx.say("desk-open", &[("minutes", self.idle.to_string().into())])?;
        ctx.line(pages.launch().unwrap_or_default())
    }
}

async fn asked_to_lock(ctx: &Context) {
    while !ctx.is_asked_to_lock() {
        tokio::time::sleep(TICK).await;
    }
}

//! `unlock`: a session, in which the passphrase is not asked for again.

use std::io::{BufRead, IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use clap::{Args, Parser};

use crate::cli::{Cli, Verb};
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::split::words_of;

/// How often idleness and requests to lock are looked for.
const TICK: Duration = Duration::from_millis(200);

/// Unlock the desk for a session of commands, without 'counterseal' before each
#[derive(Debug, Args)]
#[command(after_help = "\
'lock' or the end of input leaves the session; so does 'counterseal lock' from anywhere else.

Examples:
  counterseal unlock
  counterseal unlock --idle 5")]
pub(crate) struct UnlockArgs {
    /// Lock after so many idle minutes
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(i64).range(1..=1440))]
    idle: i64,
}

/// Why a session ends.
enum End {
    Left,
    Idle,
    Asked,
}

impl UnlockArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        if ctx.session {
            return Ok(Done::Well);
        }
        ctx.session = true;
        let unlocked = ctx.with_desk(|ctx, desk| {
            ctx.mark_synthetic(desk)?;
            super::show_state(ctx, desk)?;
            ctx.say("session-begins", &[("minutes", self.idle.to_string().into())])
        });
        let ended = unlocked.and_then(|()| self.session(ctx));
        let locked = ctx.lock();
        match ended? {
            End::Left => {}
            End::Idle => ctx.note("session-idle", &[]),
            End::Asked => ctx.note("session-asked", &[]),
        }
        locked?;
        Ok(Done::Well)
    }

    fn session(&self, ctx: &mut Context) -> Result<End, Failure> {
        let lines = read_lines();
        loop {
            prompt()?;
            let line = match self.wait(ctx, &lines) {
                Ok(Some(line)) => line,
                Ok(None) => return Ok(End::Left),
                Err(end) => return Ok(end),
            };
            let Some(words) = words_of(&line) else {
                ctx.note("session-quote", &[]);
                continue;
            };
            match words.first().map(String::as_str) {
                None => continue,
                Some("lock" | "exit" | "quit") => return Ok(End::Left),
                Some("counterseal") => obey(ctx, words),
                Some(_) => obey(ctx, std::iter::once("counterseal".to_owned()).chain(words).collect()),
            }
        }
    }

    /// The next line; none at the end of input.
    fn wait(&self, ctx: &Context, lines: &Receiver<String>) -> Result<Option<String>, End> {
        let begun = ctx.outside.clock.now().0;
        loop {
            if ctx.is_asked_to_lock() {
                return Err(End::Asked);
            }
            match lines.recv_timeout(TICK) {
                Ok(line) => return Ok(Some(line)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if ctx.outside.clock.now().0 - begun >= self.idle * 60 {
                return Err(End::Idle);
            }
        }
    }
}

/// Lines of standard input, read beside the session so that it can end while nobody types. The next
/// line is not asked for before the last one was taken.
fn read_lines() -> Receiver<String> {
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            if send.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

fn prompt() -> Result<(), Failure> {
    if !std::io::stdin().is_terminal() {
        return Ok(());
    }
    let shown = std::io::stdout().write_all(b"counterseal> ").and_then(|()| std::io::stdout().flush());
    shown.map_err(Failure::terminal)
}

/// Does what a line asks and says what went wrong; the session goes on.
fn obey(ctx: &mut Context, words: Vec<String>) {
    match Cli::try_parse_from(words) {
        Ok(cli) if leaves(&cli.verb) => ctx.note("session-not-here", &[]),
        Ok(cli) => {
            if let Err(failure) = cli.verb.run(ctx) {
                ctx.note_line(&failure.sentence(ctx.words));
            }
        }
        Err(error) => drop(error.print()),
    }
}

/// Verbs about other desks than the unlocked one.
fn leaves(verb: &Verb) -> bool {
    match verb {
        Verb::Demo(_) | Verb::Passphrase(_) => true,
        Verb::Mission(args) => args.makes_a_desk(),
        Verb::Device(args) => args.makes_a_desk(),
        Verb::Invite(args) => args.makes_a_desk(),
        Verb::Travel(args) => args.makes_a_desk(),
        _ => false,
    }
}

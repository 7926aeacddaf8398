//! `completions` and `man`.

use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::context::Context;
use crate::failure::{Done, Failure};

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  counterseal completions bash > /etc/bash_completion.d/counterseal\n  counterseal completions zsh\n  counterseal completions powershell"
)]
pub(crate) struct CompletionsArgs {
    /// bash, elvish, fish, powershell or zsh
    shell: Shell,
}

impl CompletionsArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "counterseal", &mut text);
        ctx.write(&String::from_utf8_lossy(&text))?;
        Ok(Done::Well)
    }
}

/// Print the manual page, or write those of all verbs into a folder
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  counterseal man | man -l -\n  counterseal man --out share/man/man1")]
pub(crate) struct ManArgs {
    /// Folder for one page a verb
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl ManArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match &self.out {
            Some(folder) => {
                let made = std::fs::create_dir_all(folder)
                    .and_then(|()| clap_mangen::generate_to(Cli::command(), folder));
                made.map_err(|e| Failure::file("write", folder, e))?;
            }
            None => {
                let mut text = Vec::new();
                clap_mangen::Man::new(Cli::command()).render(&mut text).map_err(Failure::terminal)?;
                ctx.write(&String::from_utf8_lossy(&text))?;
            }
        }
        Ok(Done::Well)
    }
}

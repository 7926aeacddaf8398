//! What the program reads from its command line, and where each verb goes.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::catalogue::{Language, SPOKEN};
use crate::context::{Context, Outside};
use crate::failure::{Done, Failure};
use crate::verbs;

const AFTER: &str = "\
Exit codes: 0 done; 1 refused or failed; 2 not understood; 3 needs attention (damage was found, rows
were rejected, a check failed).

Begin here:
  counterseal demo
  counterseal mission new --name 'Mission of the Blue Heron' \\
      --person 'Officer Quillfeather' --compartment incidents";

/// The mission information system of a peace operation: what nobody may read unseen
#[derive(Debug, Parser)]
#[command(name = "counterseal", version, max_term_width = 110, after_help = AFTER)]
pub struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What holds for every verb.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Global {
    /// Folder that holds this computer's desks (default: COUNTERSEAL_HOME, then a folder of yours)
    // Not read from the environment by clap: a demo must not land in the home that is set there.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) home: Option<PathBuf>,
    /// Which desk, by the first digits of its id, where this computer has several
    #[arg(long, global = true, value_name = "ID")]
    pub(crate) desk: Option<String>,
    /// Read the passphrase from this file's first line instead of asking
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Language of what is said: en or fr (default: COUNTERSEAL_LANG, then LANG)
    #[arg(long, global = true, value_name = "LANG", value_parser = language)]
    pub(crate) lang: Option<Language>,
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_word(text)
        .filter(|language| SPOKEN.contains(language))
        .ok_or_else(|| "write en or fr".to_owned())
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Mission(verbs::MissionArgs),
    Person(verbs::PersonArgs),
    Device(verbs::DeviceArgs),
    Invite(verbs::InviteArgs),
    Compartment(verbs::CompartmentArgs),
    People(verbs::PeopleArgs),
    Handover(verbs::HandoverArgs),
    Freeze(verbs::FreezeArgs),
    Unfreeze(verbs::UnfreezeArgs),
    Site(verbs::SiteArgs),
    Travel(verbs::TravelArgs),
    Part(verbs::PartArgs),
    Case(verbs::CaseArgs),
    Consent(verbs::ConsentArgs),
    Basis(verbs::BasisArgs),
    Agreement(verbs::AgreementArgs),
    Fact(verbs::FactArgs),
    Policy(verbs::PolicyArgs),
    Share(verbs::ShareArgs),
    Record(verbs::RecordArgs),
    Entity(verbs::EntityArgs),
    Guarded(verbs::GuardedArgs),
    Link(verbs::LinkArgs),
    Import(verbs::ImportArgs),
    Export(verbs::ExportArgs),
    Pouch(verbs::PouchArgs),
    Open(verbs::OpenArgs),
    Approvals(verbs::ApprovalsArgs),
    Openings(verbs::OpeningsArgs),
    Receipt(verbs::ReceiptArgs),
    Surrender(verbs::SurrenderArgs),
    Find(verbs::FindArgs),
    Stats(verbs::StatsArgs),
    Near(verbs::NearArgs),
    Sync(verbs::SyncArgs),
    Verify(verbs::VerifyArgs),
    Ledger(verbs::LedgerArgs),
    Reindex(verbs::ReindexArgs),
    Desk(verbs::DeskArgs),
    Unlock(verbs::UnlockArgs),
    Lock(verbs::LockArgs),
    Passphrase(verbs::PassphraseArgs),
    Review(verbs::ReviewArgs),
    Decoy(verbs::DecoyArgs),
    Hub(verbs::HubArgs),
    Witness(verbs::WitnessArgs),
    Trustee(verbs::TrusteeArgs),
    Demo(verbs::DemoArgs),
    Completions(verbs::CompletionsArgs),
    Man(verbs::ManArgs),
}

impl Verb {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self {
            Self::Mission(args) => args.run(ctx),
            Self::Person(args) => args.run(ctx),
            Self::Device(args) => args.run(ctx),
            Self::Invite(args) => args.run(ctx),
            Self::Compartment(args) => args.run(ctx),
            Self::People(args) => args.run(ctx),
            Self::Handover(args) => args.run(ctx),
            Self::Freeze(args) => args.run(ctx),
            Self::Unfreeze(args) => args.run(ctx),
            Self::Site(args) => args.run(ctx),
            Self::Travel(args) => args.run(ctx),
            Self::Part(args) => args.run(ctx),
            Self::Case(args) => args.run(ctx),
            Self::Consent(args) => args.run(ctx),
            Self::Basis(args) => args.run(ctx),
            Self::Agreement(args) => args.run(ctx),
            Self::Fact(args) => args.run(ctx),
            Self::Policy(args) => args.run(ctx),
            Self::Share(args) => args.run(ctx),
            Self::Record(args) => args.run(ctx),
            Self::Entity(args) => args.run(ctx),
            Self::Guarded(args) => args.run(ctx),
            Self::Link(args) => args.run(ctx),
            Self::Import(args) => args.run(ctx),
            Self::Export(args) => args.run(ctx),
            Self::Pouch(args) => args.run(ctx),
            Self::Open(args) => args.run(ctx),
            Self::Approvals(args) => args.run(ctx),
            Self::Openings(args) => args.run(ctx),
            Self::Receipt(args) => args.run(ctx),
            Self::Surrender(args) => args.run(ctx),
            Self::Find(args) => args.run(ctx),
            Self::Stats(args) => args.run(ctx),
            Self::Near(args) => args.run(ctx),
            Self::Sync(args) => args.run(ctx),
            Self::Verify(args) => args.run(ctx),
            Self::Ledger(args) => args.run(ctx),
            Self::Reindex(args) => args.run(ctx),
            Self::Desk(args) => args.run(ctx),
            Self::Unlock(args) => args.run(ctx),
            Self::Lock(args) => args.run(ctx),
            Self::Passphrase(args) => args.run(ctx),
            Self::Review(args) => args.run(ctx),
            Self::Decoy(args) => args.run(ctx),
            Self::Hub(args) => args.run(ctx),
            Self::Witness(args) => args.run(ctx),
            Self::Trustee(args) => args.run(ctx),
            Self::Demo(args) => args.run(ctx),
            Self::Completions(args) => args.run(ctx),
            Self::Man(args) => args.run(ctx),
        }
    }
}

/// Does what the arguments ask; the first is the program's name.
pub fn run(args: impl IntoIterator<Item = OsString>, outside: Outside) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help is an answer and goes to standard output; a closed pipe is no reason to complain.
            let _shown = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let mut ctx = Context::new(outside, cli.global);
    match cli.verb.run(&mut ctx) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Attention) => ExitCode::from(3),
        Err(failure) => {
            ctx.note_line(&failure.sentence(ctx.words));
            failure.code()
        }
    }
}

/// The help of every verb and of every verb under it, with its name, as its reader sees it.
#[must_use]
pub fn helps() -> Vec<(String, String)> {
    fn add(command: &mut clap::Command, name: &str, helps: &mut Vec<(String, String)>) {
        helps.push((name.to_owned(), command.render_long_help().to_string()));
        for sub in command.get_subcommands_mut() {
            let name = format!("{name} {}", sub.get_name());
            add(sub, &name, helps);
        }
    }
    let mut helps = Vec::new();
    add(&mut Cli::command(), "counterseal", &mut helps);
    helps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_example_in_every_help_is_understood() {
        let mut examples = 0;
        for (name, help) in helps() {
            let help = help.replace("\\\n", " ");
            for line in help.lines().filter(|line| line.starts_with("  counterseal ")) {
                let line = line.split_once(" | ").map_or(line, |(before, _)| before);
                let line = line.split_once(" > ").map_or(line, |(before, _)| before);
                let words = crate::split::words_of(line).expect(line);
                if let Err(error) = Cli::try_parse_from(&words) {
                    panic!("{name}: {line}: {error}");
                }
                examples += 1;
            }
        }
        assert!(examples > 60, "{examples} examples");
    }

    #[test]
    fn no_example_is_too_long_for_a_terminal() {
        for (name, help) in helps() {
            let examples = help.lines().skip_while(|line| !line.starts_with("  counterseal "));
            examples.for_each(|line| assert!(line.chars().count() <= 82, "{name}: {line}"));
        }
    }

    #[test]
    fn every_verb_has_an_example() {
        for (name, help) in helps() {
            let leaf = !help.contains("Commands:") && !name.contains(" help");
            assert!(!leaf || help.contains(&format!("  {name}")), "{name} has no example");
        }
    }
}

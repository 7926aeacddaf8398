//! `case new`.

use clap::Args;
use counterseal_model::record::{CaseRole, FollowUp};
use counterseal_model::{Classification, Code, Term, Timestamp};
use counterseal_node::{CasePlace, CaseTerms, Desk};

use super::{Status, concerned, due, show::case_json};
use crate::context::Context;
use crate::failure::Failure;
use crate::listing::pretty;
use crate::verbs::casework::{Shown, parts_named};
use crate::verbs::record::classification;

/// Write a new case
#[derive(Debug, Args)]
#[command(after_help = "\
People are named by the guarded part that says who they are (ENTRY/INDEX) or by a pseudonym: a code, never a name.
Violations are terms of the violation taxonomy: the six grave violations of the MRM, those of CRSV, and some others.

Examples:
  counterseal case new --compartment cases --open-in incidents \\
      --reference bria-017 --violation rape --victim 5f0c2a9d41b8e377/0 \\
      --alleged grey-heron --due medical-visit=2026-12-03
  counterseal case new --compartment cases --reference kaga-3 \\
      --violation recruitment-or-use --witness red-kite --incident 0a1b2c3d")]
pub(super) struct NewArgs {
    /// What its officers call it: a code, no name
    #[arg(long, value_name = "CODE")]
    reference: Option<Code>,
    /// What was done; may be given several times
    #[arg(long = "violation", value_name = "TERM", value_parser = term)]
    violations: Vec<Term>,
    /// A victim; may be given several times
    #[arg(long = "victim", value_name = "WHO")]
    victims: Vec<String>,
    /// A witness; may be given several times
    #[arg(long = "witness", value_name = "WHO")]
    witnesses: Vec<String>,
    /// An alleged perpetrator; may be given several times
    #[arg(long = "alleged", value_name = "WHO")]
    alleged: Vec<String>,
    /// A guardian, a relative, an intermediary; may be given several times
    #[arg(long = "other", value_name = "WHO")]
    others: Vec<String>,
    /// How far it is
    #[arg(long, value_enum, default_value = "open")]
    status: Status,
    /// What is to be done and by when; may be given several times
    #[arg(long = "due", value_name = "WHAT=DATE", value_parser = due)]
    due: Vec<(Code, Timestamp)>,
    /// An incident it concerns; may be given several times
    #[arg(long = "incident", value_name = "RECORD")]
    incidents: Vec<String>,
    /// A guarded part that belongs to it, as ENTRY/INDEX; may be given several times
    #[arg(long = "part", value_name = "PART")]
    parts: Vec<String>,
    /// Compartment, where you work in several
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
    /// An open compartment for what may be seen without an opening
    #[arg(long, value_name = "NAME")]
    open_in: Option<String>,
    /// Classification: unclassified, confidential, strictly-confidential
    #[arg(long, value_name = "CLASS", value_parser = classification, default_value = "strictly-confidential")]
    class: Classification,
    /// How to show what was written
    #[arg(long, value_enum, default_value = "text")]
    format: Shown,
}

fn term(text: &str) -> Result<Term, String> {
    Term::from_text(text)
        .ok_or_else(|| "write a word of the violation taxonomy, as 'abduction-of-children'".to_owned())
}

impl NewArgs {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let place = CasePlace {
            compartment: ctx.compartment(desk, self.compartment.as_deref())?,
            open_in: self.open_in.as_deref().map(|name| desk.find_compartment(name)).transpose()?,
            class: self.class,
        };
        let case = desk.case_new(self.terms(desk)?, place)?;
        if self.format == Shown::Json {
            return ctx.line(&pretty(&case_json(desk, &case)?));
        }
        ctx.mark_synthetic(desk)?;
        let values = [("case", case.id.to_string().into()), ("id", case.record.to_string().into())];
        ctx.say("case-new", &values)?;
        let written = if case.own.is_empty() { "case-all-open" } else { "case-guarded" };
        ctx.say(written, &[])?;
        if case.open.is_none() { ctx.say("case-no-open-part", &[]) } else { Ok(()) }
    }

    fn terms(&self, desk: &Desk) -> Result<CaseTerms, Failure> {
        let mut people = Vec::new();
        for (role, texts) in [
            (CaseRole::Victim, &self.victims),
            (CaseRole::Witness, &self.witnesses),
            (CaseRole::AllegedPerpetrator, &self.alleged),
            (CaseRole::Other, &self.others),
        ] {
            for text in texts {
                people.push(concerned(desk, role, text)?);
            }
        }
        let follow_up = |(what, due): &(Code, Timestamp)| FollowUp {
            what: what.clone(),
            due: *due,
            done: None,
            by: Some(desk.person()),
            extra: Default::default(),
        };
        let incidents = self.incidents.iter().map(|text| desk.find_record(text));
        Ok(CaseTerms {
            reference: self.reference.clone(),
            violations: self.violations.clone(),
            concerned: people,
            status: Some(self.status.value()),
            follow_up: self.due.iter().map(follow_up).collect(),
            incidents: incidents.collect::<Result<_, _>>()?,
            parts: parts_named(desk, &self.parts, None)?,
        })
    }
}

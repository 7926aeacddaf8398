//! Two seals in the demo: a source is sealed on one desk, and opens on another with the shares of two trustees of three.

use std::path::Path;

use counterseal_model::record::{Body, Source};
use counterseal_model::{Classification, CompartmentId, Timestamp};
use counterseal_node::{
    Asked, Desk, GovernorFile, LinkError, NodeError, OpeningFailure, OpeningTerms, OutsideLine, TrusteeWord,
};
use counterseal_register::{Charter, Code, HistoryRule, PartRef, Rule};

use super::super::opening::failed;
use super::make;
use super::served::PATIENCE;
use super::together::Together;
use super::trustees::{TRUSTEES, Trustees};
use crate::context::Context;
use crate::failure::Failure;

/// The policy of the demo. `policy show` reads it.
const POLICY: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,source-contact,mission,Meeting a source or warning one
purpose,statistics,public,Counting for reports in which nobody can be recognised
row,effect,who,action,what,purpose,basis,needs,emergency,words
1,permit,anyone,open,*,source-contact,-,-,-,Whoever is in the compartment meets and warns its sources
2,never,anyone,open,*,statistics,-,-,-,Nobody opens a source for a count
";
/// What the policy permits.
pub(super) const PERMITTED: &str = "source-contact";
/// What it does not, and the row that says so.
pub(super) const FORBIDDEN: (&str, u64) = ("statistics", 2);
/// What is sealed.
pub(super) const CONTACT: &str = "Ask at the sailmaker's for lamp oil after the rains";
/// For how long what was opened is in memory, in seconds.
const SHOWN: i64 = 60;

impl Together {
    /// Starts trustees, has the governor name them and set the policy, and makes a compartment of sources with
    /// everyone in it.
    pub(super) fn guard(
        &mut self,
        ctx: &Context,
        base: &Path,
        founder: &mut Desk,
        governor: &Path,
    ) -> Result<CompartmentId, Failure> {
        let bytes = std::fs::read(governor).map_err(|e| Failure::file("read", governor, e))?;
        let governor = GovernorFile::open(bytes, &make::passphrase(ctx)?)?;
        let (trustees, named) = Trustees::start(ctx, base, self.served.seed(), &self.served.address())?;
        self.trustees = Some(trustees);
        founder.set_trustees(named, &[&governor.secrets])?;
        let engine =
            Code::parse("cedar-4-14-1-table-1").ok_or_else(|| ctx.refuse("policy-no-engine", &[]))?;
        founder.set_policy(engine, POLICY.as_bytes().to_vec(), &[&governor.secrets])?;
        self.sync_until(ctx, founder, |desk| {
            let (register, at) = (desk.register(), desk.moment());
            Ok(register.trustees(at).is_some() && register.opening_policy(at).is_some())
        })?;
        let charter = Charter::new(Rule::TwoSeal, HistoryRule::Full);
        let sources = founder.create_compartment("sources", charter)?;
        self.sync_until(ctx, founder, |desk| Ok(is_in(desk, sources)))?;
        for one in &self.joined {
            founder.admit(sources, one.person)?;
        }
        let everyone = self.joined.len() + 1;
        let all_in = |desk: &Desk| {
            let view = desk.compartments().into_iter().find(|view| view.id == sources);
            Ok(view.is_some_and(|view| view.members.len() == everyone))
        };
        self.sync_until(ctx, founder, all_in)?;
        (0..self.joined.len()).try_for_each(|place| self.joined_until(ctx, place, all_in))?;
        Ok(sources)
    }

    /// Seals a source on the desk of one who joined, and waits until all trustees have its shares.
    pub(super) fn seal_source(
        &mut self,
        ctx: &Context,
        place: usize,
        sources: CompartmentId,
    ) -> Result<PartRef, Failure> {
        let source = Source {
            pseudonym: "NIGHTJAR-7".to_owned(),
            contact_rules: Some(CONTACT.to_owned()),
            ..Source::default()
        };
        let elapsed = (ctx.outside.stopwatch)();
        loop {
            let desk = &mut self.joined(ctx, place)?.desk;
            let body = Body::Source(Box::new(source.clone()));
            match desk.record_new(sources, body, Classification::StrictlyConfidential) {
                Ok(_) => break,
                // The trustees' keys for this desk come with a sync.
                Err(NodeError::NoTrusteeKeys { .. } | NodeError::EpochNotLogged(_))
                    if elapsed() < PATIENCE =>
                {
                    self.sync_once(ctx, place)?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        let everywhere = |desk: &Desk| {
            let entries = desk.guarded_entries(1)?;
            Ok(entries.first().is_some_and(|one| one.have() == TRUSTEES.len() as u64))
        };
        self.joined_until(ctx, place, everywhere)?;
        let entries = self.joined(ctx, place)?.desk.guarded_entries(1)?;
        let entry = entries.first().ok_or_else(|| ctx.refuse("check-nobody", &[]))?.entry;
        Ok(PartRef { entry, index: 0 })
    }

    /// Has one who joined fetch a part and ask the trustees to open it.
    pub(super) fn open_source(
        &mut self,
        ctx: &Context,
        place: usize,
        part: PartRef,
        purpose: &str,
    ) -> Result<Result<Asked, OpeningFailure>, Failure> {
        self.joined_until(ctx, place, |desk| Ok(desk.guarded_parts(&part.entry.to_string()).is_ok()))?;
        let purpose = Code::parse(purpose).ok_or_else(|| ctx.refuse("open-needs-purpose", &[]))?;
        let mut line = OutsideLine::new(&self.served.address(), Default::default());
        let desk = &mut self.joined(ctx, place)?.desk;
        let asking = desk.prepare_opening(OpeningTerms::new(vec![part], purpose))?;
        let until = Timestamp(desk.now().0.saturating_add(SHOWN));
        let asked = desk.open_parts(asking, &mut line, until);
        desk.close_opened();
        match asked {
            Ok(asked) => Ok(Ok(asked)),
            Err(LinkError::Node(error)) => match *error {
                NodeError::Opening(refused) => Ok(Err(refused)),
                other => Err(other.into()),
            },
            Err(error) => Err(failed(ctx, error)),
        }
    }

    /// Waits until the desk of one who joined was told of a request by as many trustees as released.
    pub(super) fn told(&mut self, ctx: &Context, place: usize, asked: &Asked) -> Result<(), Failure> {
        let (request, released) = (asked.request, released(asked));
        self.joined_until(ctx, place, |desk| {
            let notices = desk.notices()?;
            let told = notices.iter().find(|view| view.request == request);
            Ok(told.is_some_and(|view| view.trustees.len() >= released && view.logged))
        })
    }
}

/// How many trustees released.
pub(super) fn released(asked: &Asked) -> usize {
    asked.trustees.values().filter(|word| **word == TrusteeWord::Released).count()
}

/// Whether what was opened is what was sealed.
pub(super) fn is_the_source(asked: &Asked) -> bool {
    asked.parts.iter().any(|part| match part.content.as_ref().map(|content| &content.body) {
        Some(Body::Source(source)) => source.contact_rules.as_deref() == Some(CONTACT),
        _ => false,
    })
}

/// Whether this desk has the secrets of a compartment.
fn is_in(desk: &Desk, compartment: CompartmentId) -> bool {
    let mut views = desk.compartments().into_iter();
    views.any(|view| view.id == compartment && view.members.contains(&desk.device()))
}

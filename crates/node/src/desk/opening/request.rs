//! Making a request: what is asked for, and why.

use counterseal_model::{StatementId, Timestamp};
use counterseal_register::{
    Ahead, Blob, Bytes, Code, JournalLeaf, Label, LogEnd, LogKind, MAX_LIFETIME, MAX_OPENED, OpeningRequest,
    PartRef, Rule, SUITE, opening_leaf, request_hash,
};
use counterseal_seal::{FreshKey, sign_statement};

use super::failure::{OpeningFailure, part_text};
use crate::desk::Desk;
use crate::desk::statements::random;
use crate::error::NodeError;

/// Most days for which a notice is delayed; trustees grant no more.
pub(super) const MAX_DELAY_DAYS: i64 = 14;

/// What is to be opened, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningTerms {
    /// The parts, in any order.
    pub parts: Vec<PartRef>,
    /// The purpose: a code of the policy's table.
    pub purpose: Code,
    /// The case, by its pseudonym.
    pub case: Option<[u8; 16]>,
    /// Whether it is an emergency.
    pub emergency: bool,
    /// Whether it is made ahead.
    pub ahead: Option<Ahead>,
    /// Until when its notice is delayed.
    pub delay_until: Option<Timestamp>,
    /// What the reader says of the circumstances.
    pub claims: Vec<Code>,
}

impl OpeningTerms {
    /// To open these parts for this purpose, now.
    #[must_use]
    pub const fn new(parts: Vec<PartRef>, purpose: Code) -> Self {
        let (case, ahead, delay_until) = (None, None, None);
        Self { parts, purpose, case, emergency: false, ahead, delay_until, claims: Vec::new() }
    }
}

/// A request in the making: its fresh key is in memory only, so that a crash ends it.
#[derive(Debug)]
pub struct Asking {
    pub(super) request: OpeningRequest,
    pub(super) fresh: FreshKey,
    /// How many approvals its parts need.
    needed: usize,
}

/// A request that is signed.
pub(super) struct SignedAsking {
    pub(super) request: OpeningRequest,
    pub(super) bytes: Vec<u8>,
    pub(super) hash: [u8; 32],
    pub(super) leaf: JournalLeaf,
    pub(super) fresh: FreshKey,
}

impl Asking {
    /// The request's id, by which people tell one from another.
    #[must_use]
    pub fn id(&self) -> [u8; 32] {
        self.request.id.0
    }

    /// What is asked.
    #[must_use]
    pub const fn request(&self) -> &OpeningRequest {
        &self.request
    }

    /// How many other persons must approve it, as far as this desk can tell.
    #[must_use]
    pub const fn approvals_needed(&self) -> usize {
        self.needed
    }

    /// Adds a signed approval. Whether it counts, trustees say.
    pub fn add_approval(&mut self, signed: Vec<u8>) {
        let approvals = &mut self.request.approvals;
        approvals.push(Blob(signed));
        approvals.sort();
        approvals.dedup();
    }
}

impl Desk {
    /// Prepares a request. Nothing leaves the desk.
    ///
    /// # Errors
    /// When a notice is delayed for too long or in an emergency, a part is unknown, withdrawn or erased, its epoch's secret is not here, or the mission is not set up for it.
    pub fn prepare_opening(&mut self, terms: OpeningTerms) -> Result<Asking, NodeError> {
        self.check_delay(&terms)?;
        let mut parts = terms.parts;
        parts.sort_unstable();
        parts.dedup();
        if !(1..=MAX_OPENED).contains(&parts.len()) {
            return Err(OpeningFailure::BadCount { count: parts.len() }.into());
        }
        let strictest = self.check_openable(&parts)?;
        let needed = match (strictest, terms.delay_until) {
            (_, Some(_)) => 2,
            (Rule::TwoPerson, None) if !terms.emergency => 1,
            _ => 0,
        };
        let (trustee_set, policy) = self.opening_anchors()?;
        let log = self.log(LogKind::Statements)?.ok_or(OpeningFailure::NotFollowed)?;
        let journal = self.register.log_generations(LogKind::Journal, self.moment());
        let journal = journal.last().ok_or(OpeningFailure::NotFollowed)?;
        let fresh = FreshKey::make(&mut self.rng)?;
        let made = self.now();
        let request = OpeningRequest {
            suite: SUITE,
            mission: self.mission(),
            origin: journal.origin.clone(),
            statements: LogEnd { size: log.size, root: log.root },
            parts,
            purpose: terms.purpose,
            case: terms.case.map(Bytes),
            reader: self.device(),
            fresh: Bytes(*fresh.public()),
            trustee_set,
            id: Bytes(random(&mut self.rng)),
            made,
            not_after: Timestamp(made.0.saturating_add(MAX_LIFETIME)),
            build: Bytes(self.build),
            emergency: terms.emergency,
            ahead: terms.ahead,
            delay_until: terms.delay_until,
            policy,
            claims: terms.claims,
            approvals: Vec::new(),
            extra: Default::default(),
        };
        Ok(Asking { request, fresh, needed })
    }

    /// What no trustee would grant is not asked: the request would stand in the log for ever (spec deciding, section 4).
    fn check_delay(&self, terms: &OpeningTerms) -> Result<(), OpeningFailure> {
        let Some(until) = terms.delay_until else { return Ok(()) };
        let now = self.now();
        let last = now.0.saturating_add(MAX_DELAY_DAYS.saturating_mul(Timestamp::DAY));
        let counts = !terms.emergency && now < until && until.0 <= last;
        if counts { Ok(()) } else { Err(OpeningFailure::BadDelay { most: MAX_DELAY_DAYS }) }
    }

    /// The trustees and the policy in force.
    fn opening_anchors(&self) -> Result<(StatementId, StatementId), NodeError> {
        let at = self.moment();
        let missing = |what| NodeError::from(OpeningFailure::NotSetUp { what });
        let set = self.register.trustees(at).ok_or_else(|| missing("trustees"))?.id;
        Ok((set, self.register.opening_policy(at).ok_or_else(|| missing("policy"))?.id))
    }

    /// Whether this desk could open the parts if trustees released; gives the strictest of their rules.
    fn check_openable(&self, parts: &[PartRef]) -> Result<Rule, NodeError> {
        let (mut strictest, at) = (Rule::TwoSeal, self.moment());
        for part in parts {
            let (entry, known) = self.known_part(*part)?;
            if self.is_known_cover(*part)? {
                return Err(OpeningFailure::Cover { part: part_text(*part) }.into());
            }
            let epoch = entry.header.header().epoch;
            if !self.holds(epoch) {
                return Err(NodeError::NoSecret(epoch));
            }
            let state = self.register.part_state(known.compartment, *part, at);
            let closed = state.erased.map(|_| "erased").or(state.withdrawn.map(|_| "withdrawn"));
            if let Some(state) = closed {
                return Err(OpeningFailure::Closed { part: part_text(*part), state }.into());
            }
            strictest = strictest.max(known.rule);
        }
        Ok(strictest)
    }

    /// Signs a request as it is now.
    pub(super) fn sign_asking(&self, asking: Asking) -> Result<SignedAsking, NodeError> {
        let Asking { request, fresh, .. } = asking;
        if self.now() > request.not_after {
            return Err(OpeningFailure::TooOld.into());
        }
        let signed = sign_statement(&request.payload(), Label::OPENING_REQUEST, &[&self.secrets])?;
        let bytes = signed.bytes().to_vec();
        let too_many = |_| NodeError::from(OpeningFailure::BadCount { count: request.parts.len() });
        let leaf = opening_leaf(&bytes, &request).map_err(too_many)?;
        Ok(SignedAsking { hash: request_hash(&bytes), request, bytes, leaf, fresh })
    }
}

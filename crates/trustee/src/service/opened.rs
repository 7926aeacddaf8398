//! What a trustee knows of the request by which parts were opened that were read offline: until when those whom they
//! concern are not to hear of it (docs/spec/deciding.md, section 7).

use std::collections::BTreeMap;

use counterseal_model::Timestamp;
use counterseal_register::{
    OpeningRequest, Outcome, Readings, Register, SignedBody, VerifiedBody, request_hash,
};

use super::{Service, ServiceError};
use crate::decide::{Asked, Known, PartKnown, delay_shown, read_request};

/// The request that had opened the parts.
pub(super) enum Opening {
    /// This trustee decided it. Until when its notices are held back, and with them those of what was read by it.
    Decided(Option<Timestamp>),
    /// Others released, and the desk shows it.
    Shown(Box<VerifiedBody<OpeningRequest>>),
    /// Others released, and it is as the reader's desk says.
    Unknown,
}

impl Service {
    /// The request that readings name, as this trustee decided it or as the desk shows it: purpose, case, reader and
    /// parts have to be its.
    pub(super) fn opening_of(
        &self,
        register: &Register,
        body: &Readings,
    ) -> Result<Result<Opening, &'static str>, ServiceError> {
        if let Some(kept) = self.store.decision_on(&body.opening.0)? {
            let Ok(request) = SignedBody::<OpeningRequest>::parse(&kept.detail) else {
                return Ok(Err("readings-other"));
            };
            let request = request.claims();
            let released = kept.outcome == Outcome::Released.word();
            let until = request.delay_until.filter(|until| released && *until > self.now());
            return Ok(is_of(body, request).then_some(Opening::Decided(until)).ok_or("readings-other"));
        }
        let Some(shown) = &body.request else { return Ok(Ok(Opening::Unknown)) };
        let request = read_request(register, &shown.0).ok();
        let request =
            request.filter(|request| request_hash(&shown.0) == body.opening.0 && is_of(body, request.body()));
        Ok(request.map(|request| Opening::Shown(Box::new(request))).ok_or("readings-other"))
    }

    /// Until when the notices of readings are held back. A delay that others granted counts as far as its approvals do.
    pub(super) fn delay_of(
        &self,
        register: &Register,
        opening: &Opening,
        parts: &[PartKnown],
    ) -> Option<Timestamp> {
        let request = match opening {
            Opening::Decided(until) => return *until,
            Opening::Shown(request) => request,
            Opening::Unknown => return None,
        };
        let (receipt, checkpoint, leaf, statements_root) = (None, None, None, None);
        let parts = parts.to_vec();
        let asked = Asked { request, receipt, checkpoint, leaf, statements_root, seen: false, parts };
        let known = Known {
            register,
            trustee: self.id(),
            restoring: false,
            split: false,
            clock: self.now(),
            statements: None,
            journal: None,
            policy: None,
            letters: Vec::new(),
            used: BTreeMap::new(),
        };
        delay_shown(&asked, &known)
    }
}

/// Whether a request is the one by which this was read.
fn is_of(body: &Readings, request: &OpeningRequest) -> bool {
    request.reader == body.reader
        && request.ahead.is_some()
        && (&request.purpose, request.case) == (&body.purpose, body.case)
        && body.parts.iter().all(|part| request.parts.binary_search(part).is_ok())
}

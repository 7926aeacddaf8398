//! Whether a request is granted: one function over what is asked and what is known, with no input or output of its own
//! (PROTOCOL section 7). Normative text: docs/spec/deciding.md; what each check is for: docs/spec/openings.md.
//!
//! Two things can stand against a request. `NotNow`: nothing is decided, nothing is used up, and the same request may
//! come again. `Against`: it is decided, logged, and those concerned are told. The checks stand in a fixed order; the
//! first that fails is the answer.

mod against;
mod approvals;
mod clock;
mod concerned;
mod delay;
mod facts;
mod known;
mod logged;
mod parts;
mod policy;
mod quota;
mod reader;

use counterseal_model::{CompartmentId, PersonId, Timestamp};
use counterseal_register::{Moment, OpeningRequest, Register, SignedBody, VerifiedBody};

pub use against::{Against, NotNow, Refused};
pub use clock::{MAX_AGE, MAX_SKEW};
pub use concerned::{Concerned, concerned};
pub use delay::MAX_DELAY;
pub(crate) use delay::delay_shown;
pub use facts::{Letter, said_by};
pub use known::{Asked, Held, Kept, Known, PartKnown};
pub use parts::is_member;
pub use policy::{engine_code, policy_of};
pub use reader::MAX_AHEAD;

/// What is decided on a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What time it is, by the trustee's and the quorum's clocks.
    pub now: Timestamp,
    /// The index of the request's leaf in the journal log, where one was shown.
    pub leaf: Option<u64>,
    /// Whether the pads are released.
    pub outcome: Result<Granted, Refused>,
}

/// What goes with a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// How many parts of which compartment count towards the person's day.
    pub counted: Vec<(CompartmentId, u64)>,
    /// Until when the notices are held back.
    pub delayed_until: Option<Timestamp>,
}

/// Reads a request. Its signature is checked against the keys of the device that it names; what is not that device's
/// word is nobody's request, and there is nothing to decide.
///
/// # Errors
/// `NotARequest`; `ReaderUnknown` when the register has no such device (yet).
pub fn read_request(register: &Register, bytes: &[u8]) -> Result<VerifiedBody<OpeningRequest>, NotNow> {
    let signed = SignedBody::<OpeningRequest>::parse(bytes).map_err(NotNow::NotARequest)?;
    let keys = register.device_keys(signed.claims().reader).ok_or(NotNow::ReaderUnknown)?;
    signed.verify_request(register.mission(), keys).map_err(NotNow::NotARequest)
}

/// Decides.
///
/// # Errors
/// Why nothing is decided now.
pub fn decide(asked: &Asked<'_>, known: &Known<'_>) -> Result<Decision, NotNow> {
    known.is_ready()?;
    if asked.seen {
        return Err(NotNow::Seen);
    }
    let shown = logged::check_receipt(asked, known);
    let quorum = shown.as_ref().ok().map(|shown| shown.time);
    let now = clock::agreed(known, quorum)?;
    clock::check_mirror(known, now)?;
    logged::check_statements(asked, known)?;
    if shown.is_ok() {
        logged::check_checkpoint(asked)?;
    }
    parts::check_here(asked)?;
    let case = Case { asked, known, at: moment(known.register, now), now };
    let leaf = shown.as_ref().ok().map(|shown| shown.index);
    let outcome = shown.map_err(Refused::of).and_then(|_| case.grant());
    // A reader who may not ask at all is told that first, whatever was shown.
    let outcome = case.check_reader().map_err(Refused::of).and(outcome);
    Ok(Decision { now, leaf, outcome })
}

/// What the register is asked about at a time: after the last statement that counts.
#[must_use]
pub fn moment(register: &Register, now: Timestamp) -> Moment {
    let last = register.last();
    Moment::new(last.position, now.max(last.time))
}

/// A request at the moment of its decision.
struct Case<'a> {
    asked: &'a Asked<'a>,
    known: &'a Known<'a>,
    at: Moment,
    now: Timestamp,
}

impl Case<'_> {
    /// The checks on the request itself, in their order.
    fn grant(&self) -> Result<Granted, Refused> {
        let request = self.asked.request.body();
        logged::check_leaf(self.asked).map_err(Refused::of)?;
        self.check_times().map_err(Refused::of)?;
        self.check_trustees().map_err(Refused::of)?;
        let policy = self.policy_in_force().map_err(Refused::of)?;
        self.check_ahead().map_err(Refused::of)?;
        let parts = self.check_parts()?;
        let approvals = self.check_approvals().map_err(Refused::of)?;
        let emergency = self.check_emergency(&parts)?;
        let counted = self.check_quota(&parts)?;
        let granted = self.ask_policy(policy, &parts, &approvals, emergency)?;
        self.check_two_persons(&parts, &approvals, &granted, policy)?;
        self.check_delay(&approvals).map_err(Refused::of)?;
        Ok(Granted { counted, delayed_until: request.delay_until })
    }

    fn register(&self) -> &Register {
        self.known.register
    }

    fn person_of(&self, device: counterseal_model::DeviceId) -> Option<PersonId> {
        self.register().device(device, self.at).map(|device| device.person)
    }
}

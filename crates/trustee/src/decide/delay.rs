//! Delayed notice: for enquiries into a section (PROTOCOL section 7).

use std::collections::BTreeSet;

use counterseal_model::Timestamp;

use super::against::Against;
use super::approvals::Approver;
use super::known::{Asked, Known, PartKnown};
use super::{Case, moment};

/// For how long a notice may be held back, in seconds.
pub const MAX_DELAY: i64 = 14 * Timestamp::DAY;

/// Until when a request that others decided has its notices held back; none where it does not ask for it, or where this
/// trustee would not have granted it.
pub(crate) fn delay_shown(asked: &Asked<'_>, known: &Known<'_>) -> Option<Timestamp> {
    let now = known.clock;
    let case = Case { asked, known, at: moment(known.register, now), now };
    let approvers = case.check_approvals().ok()?;
    case.check_delay(&approvers).ok()?;
    asked.request.body().delay_until
}

impl Case<'_> {
    /// Two persons of sections that are neither the reader's nor an author's. Who has no section is of none that is
    /// known to be another; and an author without one could be of theirs.
    pub(super) fn check_delay(&self, approvers: &[Approver]) -> Result<(), Against> {
        let request = self.asked.request.body();
        let Some(until) = request.delay_until else { return Ok(()) };
        let within = self.now < until && until.0 <= self.now.0.saturating_add(MAX_DELAY);
        if !within || request.emergency {
            return Err(Against::DelayTooLong);
        }
        let authors = self.asked.parts.iter().filter_map(|part| match part {
            PartKnown::Here(held) => Some(held.author),
            PartKnown::NotHere => None,
        });
        let concerned = authors.chain([request.reader]).map(|device| {
            self.person_of(device).and_then(|person| self.register().section_of(person, self.at))
        });
        let concerned: Option<BTreeSet<_>> = concerned.collect();
        let concerned = concerned.ok_or(Against::DelayNotApproved)?;
        let elsewhere = |one: &&Approver| one.section.is_some_and(|section| !concerned.contains(&section));
        // Approvers are different persons already.
        if approvers.iter().filter(elsewhere).count() >= 2 { Ok(()) } else { Err(Against::DelayNotApproved) }
    }
}

//! How far this desk knows what trustees decided: "all openings known to T", or "openings since T may be unseen"
//! (PROTOCOL section 7).

use counterseal_model::Timestamp;
use counterseal_register::KeyId;

use crate::desk::Desk;
use crate::error::NodeError;

/// How old what trustees said may be before openings may be unseen, in seconds.
const FRESH: i64 = 3600;

/// The newest word of a trustee on its release log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrusteeHead {
    /// The trustee.
    pub trustee: KeyId,
    /// How many decisions it has made.
    pub counter: u64,
    /// When it said so, by its reckoning.
    pub time: Timestamp,
}

/// What this desk can say of openings that it was not told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knowledge {
    /// Up to here every opening is known: as many trustees have spoken since as every releasing group must meet.
    /// None while too few have spoken at all.
    pub known_to: Option<Timestamp>,
    /// Whether that is recent.
    pub fresh: bool,
    /// How many trustees' words are needed: n - t + 1, with the smallest t under which anything was sealed.
    pub needed: usize,
    /// The words there are.
    pub heads: Vec<TrusteeHead>,
}

impl Desk {
    /// How far this desk knows of openings.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn openings_known(&self) -> Result<Knowledge, NodeError> {
        let Some(set) = self.register.trustees(self.moment()) else {
            return Ok(Knowledge { known_to: None, fresh: false, needed: 0, heads: Vec::new() });
        };
        let mut heads = Vec::new();
        for trustee in &set.trustees {
            let said = self.trustee_head(trustee.id())?;
            heads.extend(said.map(|(head, _)| TrusteeHead {
                trustee: trustee.id(),
                counter: head.counter,
                time: head.time,
            }));
        }
        let mut times: Vec<Timestamp> = heads.iter().map(|head| head.time).collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        let needed = self.register.heads_needed(self.moment());
        // A trustee's clock that runs ahead does not make anything known earlier than now.
        let known_to = times.get(needed.saturating_sub(1)).copied().map(|time| time.min(self.now()));
        let fresh = known_to.is_some_and(|time| self.now().0.saturating_sub(time.0) <= FRESH);
        Ok(Knowledge { known_to, fresh, needed, heads })
    }
}

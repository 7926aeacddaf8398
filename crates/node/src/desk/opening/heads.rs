//! How far this desk knows what trustees decided: "all openings known to T", or "openings since T may be unseen"
//! (PROTOCOL section 7).

use counterseal_model::Timestamp;
use counterseal_register::{KeyId, ReleaseHead, SignedBody};
use rusqlite::OptionalExtension;

use super::failure::OpeningFailure;
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
    /// How many trustees' words are needed: n - t + 1.
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
            heads.extend(self.trustee_head(trustee.id())?.map(|(head, _)| head));
        }
        let mut times: Vec<Timestamp> = heads.iter().map(|head| head.time).collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        let needed = set.heads_needed();
        // A trustee's clock that runs ahead does not make anything known earlier than now.
        let known_to = times.get(needed.saturating_sub(1)).copied().map(|time| time.min(self.now()));
        let fresh = known_to.is_some_and(|time| self.now().0.saturating_sub(time.0) <= FRESH);
        Ok(Knowledge { known_to, fresh, needed, heads })
    }

    /// A trustee's newest head, with its hash.
    pub(super) fn trustee_head(&self, trustee: KeyId) -> Result<Option<(TrusteeHead, [u8; 32])>, NodeError> {
        let found: Option<(i64, [u8; 32], i64)> = self.store.read(|db| {
            let mut find =
                db.prepare_cached("SELECT counter, head, time FROM trustee_head WHERE trustee = ?1")?;
            Ok::<_, NodeError>(find.query_row([trustee.0], |row| row.try_into()).optional()?)
        })?;
        Ok(found.map(|(counter, hash, time)| {
            (TrusteeHead { trustee, counter: counter.cast_unsigned(), time: Timestamp(time) }, hash)
        }))
    }

    /// Takes a trustee's word on its release log. One that goes back, or says two things of one decision, is a lie,
    /// and is kept as its proof.
    pub(super) fn take_head(&mut self, trustee: KeyId, signed: &[u8]) -> Result<(), NodeError> {
        let key = self.register.trustee_key(trustee).cloned().ok_or(NodeError::NoMission)?;
        let said = SignedBody::<ReleaseHead>::parse(signed)
            .and_then(|parsed| parsed.verify_trustee(self.mission(), &key))
            .map_err(|error| NodeError::Verification(error.to_string()))?;
        let body = said.body();
        if body.trustee != trustee {
            return Err(NodeError::Verification("a head is another trustee's".to_owned()));
        }
        let lies = |what| Err(OpeningFailure::TrusteeLies { trustee, what }.into());
        if let Some((before, hash)) = self.trustee_head(trustee)? {
            match body.counter.cmp(&before.counter) {
                std::cmp::Ordering::Less if body.time >= before.time => {
                    return lies("its release log has become shorter");
                }
                // An older word, on its way for long.
                std::cmp::Ordering::Less => return Ok(()),
                std::cmp::Ordering::Equal if body.head.0 != hash => {
                    return lies("two decisions at one place of its release log");
                }
                std::cmp::Ordering::Equal if body.time <= before.time => return Ok(()),
                _ => {}
            }
        }
        self.store.commit(|tx| {
            tx.prepare_cached(
                "INSERT INTO trustee_head (trustee, counter, head, time, signed, place) VALUES (?1, ?2, ?3, ?4, ?5, 0)
                 ON CONFLICT (trustee) DO UPDATE SET counter = ?2, head = ?3, time = ?4, signed = ?5",
            )?
            .execute((trustee.0, body.counter.cast_signed(), body.head.0, body.time.0, signed))?;
            Ok(())
        })
    }
}

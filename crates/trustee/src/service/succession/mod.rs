//! A new trustee answers for an old one: what the old one hands over, what the others help to repair, and what the new
//! one takes (docs/spec/succession.md).

mod give;
mod help;
mod letters;
mod lies;
mod lists;
mod repair;
mod retire;
mod take;

use counterseal_model::{EntryId, Timestamp};
use counterseal_register::{Bytes, TrusteeSet};
use counterseal_register::{
    Code, HPKE_PUBLIC_LEN, KeyId, LogKind, Moment, Outcome, Register, SuccessionAnswer, SuccessionAsk,
    SuccessionCall, SuccessionSaid, VerifiedBody, VerifiedHeader, claimed_device, sha256, verify_header,
};

pub use lies::FalsePads;
pub(crate) use lies::false_pads;
pub(crate) use lists::lists;
pub use repair::{Helped, RepairNeeded};
pub use retire::{NotRetired, Retired};
pub(crate) use take::takes_over;
pub use take::{HandedOver, TakesOver};

use super::log::Logged;
use super::{Service, ServiceError};
use crate::decide::{MAX_SKEW, NotNow, moment};
pub(super) use crate::store::NOT_IN_THE_SET;
use crate::store::{Batch, EntryRow};

/// Most entries of one answer that holds pads.
pub(crate) const MOST_HANDED: usize = 64;
/// Most parts of one answer.
const MOST_PARTS: usize = 4096;
/// Most entries that are named in one list, and most that are looked at for it.
const MOST_LISTED: usize = 1024;
const MOST_LOOKED: usize = 4096;

/// Who asks, and for whose place.
struct Heir {
    successor: KeyId,
    of: KeyId,
    /// Its key for requests, as the set in force has it.
    requests: [u8; HPKE_PUBLIC_LEN],
    at: Moment,
}

/// Why nothing is given.
type No = &'static str;

impl Service {
    /// Answers a successor's call: signed, and named after the call. That it is the successor's, and of this
    /// connection, was checked before. What it takes out is in the release log before it leaves.
    ///
    /// # Errors
    /// What the disks say: then nothing was given.
    pub fn succession(&mut self, call: &VerifiedBody<SuccessionCall>) -> Result<Vec<u8>, ServiceError> {
        let said = match self.heir(call.body()) {
            Ok((register, heir)) => self.say(&register, &heir, call)?,
            Err(code) => not_now(code),
        };
        let (mission, trustee, extra) = (self.setting.mission, self.id(), Default::default());
        let asked = Bytes(call.hash());
        Ok(self.sign(&SuccessionAnswer { mission, trustee, asked, said, extra })?)
    }

    fn say(
        &mut self,
        register: &Register,
        heir: &Heir,
        call: &VerifiedBody<SuccessionCall>,
    ) -> Result<SuccessionSaid, ServiceError> {
        match &call.body().ask {
            SuccessionAsk::List { after } => self.list(register, heir, *after),
            SuccessionAsk::Give { entries } => self.give(register, heir, entries, call),
            SuccessionAsk::Have { count, digest } => self.note_taken(register, heir, (*count, digest.0)),
            SuccessionAsk::Seeds { order } => self.give_seeds(register, heir, order),
            SuccessionAsk::Help { order, seeds, entries } => {
                self.help(register, heir, (order, seeds, entries), call)
            }
            SuccessionAsk::Letters { after } => self.give_letters(heir, after.0, call),
        }
    }

    /// Whether who asks answers for that place by a statement in force. The quorum's time decides whether it is: this
    /// trustee's clock, set ahead, must not bring in a successor who waits for its days.
    fn heir(&self, call: &SuccessionCall) -> Result<(std::sync::Arc<Register>, Heir), No> {
        if self.store.restored().is_some() {
            return Err(NotNow::Restoring.word());
        }
        if self.mirror.is_split() {
            return Err(NotNow::SplitView.word());
        }
        let register = self.register().map_err(|not| not.word())?;
        let at = self.moment_of_the_quorum(&register)?;
        let (successor, of) = (call.successor, call.of);
        let is_heir = successor != of && register.trustee_holder(of, at) == successor;
        let named = register.trustees(at).and_then(|set| set.find(successor)).filter(|_| is_heir);
        let requests = named.ok_or("successor-other")?.1.requests.0;
        Ok((std::sync::Arc::clone(&register), Heir { successor, of, requests, at }))
    }

    fn moment_of_the_quorum(&self, register: &Register) -> Result<Moment, No> {
        let seen = self.mirror.log(LogKind::Statements).ok_or(NotNow::MirrorBehind.word())?.cosigned;
        let clock = self.setting.clock.now();
        if clock.0.saturating_sub(seen.0).saturating_abs() > MAX_SKEW {
            return Err(NotNow::MirrorOld.word());
        }
        Ok(moment(register, Timestamp(seen.0.min(clock.0))))
    }

    /// The header of an entry that is here, read again as its author signed it.
    fn header_of(&self, register: &Register, bytes: &[u8]) -> Option<VerifiedHeader> {
        let device = claimed_device(bytes).ok()?;
        verify_header(bytes, register.device_keys(device)?).ok()
    }

    /// Entries after a number, in the order in which they came, that were sealed for the place and of which this store
    /// has more than that it is none of the set; how far was looked, and whether there may be more.
    fn sealed_for(
        &self,
        register: &Register,
        heir: &Heir,
        after: u64,
    ) -> Result<(Vec<EntryRow>, u64, bool), ServiceError> {
        let rows = self.store.entries_after(after, MOST_LOOKED)?;
        let (all, last) = (rows.len() < MOST_LOOKED, rows.last().map_or(after, |(number, _)| *number));
        let is_its = |row: &EntryRow| {
            let header = self.header_of(register, &row.header);
            let set = header.and_then(|header| register.trustee_set(header.header().trustee_set?, heir.at));
            set.is_some_and(|set| set.find(heir.of).is_some())
                && row.refused.as_deref() != Some(NOT_IN_THE_SET)
        };
        let mut found: Vec<(u64, EntryRow)> = rows.into_iter().filter(|(_, row)| is_its(row)).collect();
        let cut = found.len() > MOST_LISTED;
        found.truncate(MOST_LISTED);
        let next = found.last().filter(|_| cut).map_or(last, |(number, _)| *number);
        Ok((found.into_iter().map(|(_, row)| row).collect(), next, cut || !all))
    }

    fn list(&self, register: &Register, heir: &Heir, after: u64) -> Result<SuccessionSaid, ServiceError> {
        let (rows, next, more) = self.sealed_for(register, heir, after)?;
        Ok(SuccessionSaid::Listed { entries: rows.iter().map(|row| row.id).collect(), next, more })
    }

    /// What leaves this trustee for another one is in its release log, with how many parts it was: nobody takes pads
    /// over unseen.
    fn log_handed(
        &mut self,
        call: &VerifiedBody<SuccessionCall>,
        outcome: Outcome,
        count: u64,
    ) -> Result<(), ServiceError> {
        let at = self.now();
        let (hash, detail) = (call.hash(), call.bytes());
        let logged = Logged { outcome, word: outcome.word(), hash, leaf: None, count, detail, at };
        let release = self.next_release(&logged)?;
        self.store.commit(&Batch { releases: vec![release], ..Batch::default() })?;
        Ok(())
    }
}

fn not_now(code: No) -> SuccessionSaid {
    match Code::parse(code) {
        Some(code) => SuccessionSaid::NotNow { code },
        None => SuccessionSaid::Noted {},
    }
}

/// What names a set of entries: their ids, ascending, hashed one after the other.
pub(crate) fn digest_of(ids: &[EntryId]) -> [u8; 32] {
    let bytes: Vec<&[u8]> = ids.iter().map(|id| id.as_bytes().as_slice()).collect();
    sha256(&bytes)
}

/// A trustee's key for requests: of the newest set that names it.
fn requests_of(register: &Register, id: KeyId, at: Moment) -> Option<[u8; HPKE_PUBLIC_LEN]> {
    let sets: Vec<&TrusteeSet> = register.trustee_sets(at).collect();
    sets.into_iter().rev().find_map(|set| set.find(id)).map(|(_, trustee)| trustee.requests.0)
}

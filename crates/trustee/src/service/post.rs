//! What waits for a device: notices, and mail from other devices. And the release log, for everyone.

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{DeviceId, Timestamp};
use counterseal_register::{Blob, Bytes, ReleaseHead, SealedTo, TrusteeAnswer, WaitingPost};
use counterseal_seal::Sealed;

use super::{Service, ServiceError, not_now, sealed_of, sealed_to};
use crate::store::{Batch, NewNotice};

/// Most bytes of one mail.
const MAX_MAIL: usize = 64 * 1024;
/// Most of what waits in one answer.
const MOST_POST: u32 = 64;
/// Most entries of the release log in one answer.
const MOST_RELEASES: u32 = 1024;
/// The state that holds the notices that are held back.
const DELAYED: &str = "delayed";

const IS_NOTICE: u8 = 1;
const IS_MAIL: u8 = 2;

/// A notice that is held back.
struct Delayed {
    device: DeviceId,
    decision: [u8; 32],
    until: Timestamp,
    bytes: Vec<u8>,
}

pub(super) fn notice_bytes(sealed: &Sealed) -> Vec<u8> {
    [&[IS_NOTICE], sealed.to_bytes().as_slice()].concat()
}

impl Service {
    /// What waits for a device after a place, and how far the release log goes. Both kinds wait in one row, in the
    /// order in which they could be seen first: a device that asks for what is after the last place misses nothing.
    pub(super) fn post(&self, device: DeviceId, after: u64) -> Result<TrusteeAnswer, ServiceError> {
        let mut waiting = self.store.notices(device, after, self.now(), MOST_POST + 1)?;
        let more = waiting.len() > MOST_POST as usize;
        waiting.truncate(MOST_POST as usize);
        let items = waiting.into_iter().filter_map(|one| {
            let (kind, sealed) = one.bytes.split_first()?;
            let sealed = sealed_to(Sealed::from_bytes(sealed)?);
            let notice = *kind == IS_NOTICE;
            Some(WaitingPost { place: one.no, notice, sealed, extra: Default::default() })
        });
        Ok(TrusteeAnswer::Post { head: Blob(self.head()?), items: items.collect(), more })
    }

    pub(super) fn mail(
        &mut self,
        from: DeviceId,
        to: DeviceId,
        sealed: &SealedTo,
    ) -> Result<TrusteeAnswer, ServiceError> {
        let Some(sealed) = sealed_of(sealed).filter(|sealed| sealed.ciphertext.len() <= MAX_MAIL) else {
            return Ok(not_now("mail-too-long"));
        };
        if !self.is_active(to) || from == to {
            return Ok(not_now("mail-nobody"));
        }
        let bytes = [&[IS_MAIL], sealed.to_bytes().as_slice()].concat();
        let letter = NewNotice { device: to, decision: [0; 32], bytes, due: Timestamp(0) };
        self.store.commit(&Batch { notices: vec![letter], ..Batch::default() })?;
        Ok(TrusteeAnswer::Done {})
    }

    /// How far the release log goes, signed now, and of how many decisions the notices are held back.
    ///
    /// # Errors
    /// What the disk says.
    pub fn head(&self) -> Result<Vec<u8>, ServiceError> {
        let head = self.store.release_head()?;
        Ok(self.sign(&ReleaseHead {
            mission: self.setting.mission,
            trustee: self.id(),
            counter: head.counter,
            head: Bytes(head.hash),
            time: self.now(),
            delayed: self.delayed_decisions()?,
            extra: Default::default(),
        })?)
    }

    /// Signed entries of the release log from a counter on, some hundreds at a time.
    ///
    /// # Errors
    /// What the disk says.
    pub fn releases(&self, from: u64) -> Result<Vec<Vec<u8>>, ServiceError> {
        Ok(self.store.releases(from, MOST_RELEASES)?.into_iter().map(|release| release.signed).collect())
    }

    fn delayed_decisions(&self) -> Result<u64, ServiceError> {
        let mut decisions: Vec<_> = self.delayed()?.into_iter().map(|one| one.decision).collect();
        decisions.sort_unstable();
        decisions.dedup();
        Ok(decisions.len() as u64)
    }

    /// Notices with those that are held back now: they get their place only when they may be seen, for a device asks
    /// for what is after the last place that it saw.
    pub(super) fn hold_back(
        &self,
        notices: Vec<NewNotice>,
        until: Timestamp,
    ) -> Result<(String, Option<Vec<u8>>), ServiceError> {
        let mut delayed = self.delayed()?;
        delayed.extend(notices.into_iter().map(|notice| {
            let NewNotice { device, decision, bytes, .. } = notice;
            Delayed { device, decision, until, bytes }
        }));
        Ok((DELAYED.to_owned(), Some(write_delayed(&delayed))))
    }

    /// Puts out the notices whose time has come. Nobody is asked.
    pub(super) fn disclose(&mut self) -> Result<(), ServiceError> {
        let now = self.now();
        let (due, still): (Vec<_>, Vec<_>) = self.delayed()?.into_iter().partition(|one| one.until <= now);
        if due.is_empty() {
            return Ok(());
        }
        let notices = due.into_iter().map(|one| {
            let Delayed { device, decision, bytes, .. } = one;
            NewNotice { device, decision, bytes, due: Timestamp(0) }
        });
        let state = vec![(DELAYED.to_owned(), Some(write_delayed(&still)))];
        self.store.commit(&Batch { notices: notices.collect(), state, ..Batch::default() })?;
        Ok(())
    }

    fn delayed(&self) -> Result<Vec<Delayed>, ServiceError> {
        let bytes = self.store.state(DELAYED)?.unwrap_or_default();
        if bytes.is_empty() {
            return Ok(Vec::new());
        }
        read_delayed(&bytes).map_err(|_| ServiceError::PadMissing)
    }
}

fn write_delayed(delayed: &[Delayed]) -> Vec<u8> {
    let mut w = Writer::new();
    w.array(delayed.len());
    for one in delayed {
        one.device.write(w.array(4));
        w.bytes(&one.decision);
        one.until.write(&mut w);
        w.bytes(&one.bytes);
    }
    w.into_bytes()
}

fn read_delayed(bytes: &[u8]) -> Result<Vec<Delayed>, BodyError> {
    let mut r = Reader::new(bytes);
    let mut delayed = Vec::new();
    for _ in 0..r.array()? {
        r.array_of(4, "a notice that is held back")?;
        let device = DeviceId::read(&mut r)?;
        let decision = r.fixed("a decision of 32 bytes")?;
        let until = Timestamp::read(&mut r)?;
        delayed.push(Delayed { device, decision, until, bytes: r.bytes()?.to_vec() });
    }
    Ok(delayed)
}

//! What a trustee does, over its store and its mirror (PROTOCOL sections 6 to 9). One thing at a time: whoever serves
//! it to the network calls it from one place. Normative text: docs/spec/deciding.md.
//!
//! What is answered was durable in both places before: an acknowledgement with its pads, a decision with its notices,
//! its entry of the release log and the answer itself, each in one commit.

mod answer;
mod error;
mod guarded;
mod keys;
mod letters;
mod log;
mod open;
mod opened;
mod post;
mod readings;
mod receive;
mod succession;
mod sweep;
mod tempo;

use std::sync::Arc;

use counterseal_mirror::LogFiles;
use counterseal_model::{Clock, DeviceId, MissionId, StatementId, Timestamp};
use counterseal_policy::Policy;
use counterseal_register::{
    Blob, Code, DeviceStatus, KeyId, LogKind, Moment, Purpose, Register, SealedTo, TrusteeAnswer, TrusteeCall,
};
use counterseal_seal::{KeyUnusable, Sealed, TrusteeSecrets, sign_statement};

pub use error::ServiceError;
pub use guarded::Taken;
pub use open::OpenAnswer;
pub use receive::EntryAnswer;
pub use succession::{FalsePads, HandedOver, Helped, NotRetired, RepairNeeded, Retired, TakesOver};
pub(crate) use succession::{MOST_HANDED, digest_of, false_pads, lists, takes_over};
pub use tempo::{MOST_ABOUT, MOST_READ, MOST_REFUSED, MOST_TOLD};

use crate::decide::{NotNow, moment, policy_of};
use crate::mirror::{Advanced, FollowError, Mirror};
use crate::store::{Randomness, Store};

/// Most headers, compartments or entries of one call.
const MOST_OF_A_CALL: usize = 256;

/// What a trustee is made of.
pub struct Setting {
    /// The mission's fingerprint.
    pub mission: MissionId,
    /// The trustee's keys.
    pub secrets: TrusteeSecrets,
    /// Its own clock.
    pub clock: Box<dyn Clock + Send>,
    /// Randomness.
    pub rng: Randomness,
}

/// A trustee.
pub struct Service {
    setting: Setting,
    store: Store,
    mirror: Mirror,
    /// The policy in force when it was last needed, if this program can read it.
    policy: Option<(StatementId, Option<Arc<Policy>>)>,
}

impl Service {
    /// A trustee over its store, with what that has mirrored.
    ///
    /// # Errors
    /// `OtherMission`, or what the disk says.
    pub fn new(setting: Setting, store: Store) -> Result<Self, ServiceError> {
        let mirror = Mirror::open(&store, setting.mission)?;
        Ok(Self { setting, store, mirror, policy: None })
    }

    /// The trustee's id.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.setting.secrets.id()
    }

    /// Its store, for backups and status.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Its store, to be changed only by what the service does not do itself: restores, and sighted statements.
    pub fn store_mut(&mut self) -> (&mut Store, &mut Mirror) {
        (&mut self.store, &mut self.mirror)
    }

    /// Its mirror.
    #[must_use]
    pub const fn mirror(&self) -> &Mirror {
        &self.mirror
    }

    /// Ends it, and gives the store back.
    #[must_use]
    pub fn into_store(self) -> Store {
        self.store
    }

    /// Follows both logs, and obeys what they say: erasures, revocations.
    ///
    /// # Errors
    /// Why nothing was taken in; what was obeyed before stays so.
    pub fn advance(
        &mut self,
        files: &mut dyn LogFiles<Error = FollowError>,
    ) -> Result<Advanced, ServiceError> {
        let advanced = self.mirror.advance(&mut self.store, files)?;
        self.sweep()?;
        Ok(advanced)
    }

    /// Does what a device asks. That the call is the device's, and of this connection, was checked before.
    ///
    /// # Errors
    /// What the disks say: then nothing was answered, and the store has to be opened again.
    pub fn call(&mut self, device: DeviceId, call: &TrusteeCall) -> Result<TrusteeAnswer, ServiceError> {
        if !self.is_active(device) {
            return Ok(not_now("device-not-active"));
        }
        match call {
            TrusteeCall::Keys { compartments } => self.keys(device, compartments),
            TrusteeCall::Deliver { headers } => self.deliver(headers),
            TrusteeCall::Acks { entries } => self.acks(entries),
            TrusteeCall::Open { request, receipt } => Ok(match self.open(device, request, &receipt.0)? {
                OpenAnswer::Signed(answer) => TrusteeAnswer::Signed { objects: vec![Blob(answer)] },
                OpenAnswer::NotNow(not) => not_now(not.word()),
            }),
            TrusteeCall::Post { after } => self.post(device, *after),
            TrusteeCall::Mail { to, sealed } => self.mail(device, *to, sealed),
            TrusteeCall::Letter { sealed, receipt } => self.letter(sealed, &receipt.0),
        }
    }

    fn is_active(&self, device: DeviceId) -> bool {
        let known = self.mirror.register().and_then(|register| register.device(device, self.at(&register)));
        known.is_some_and(|device| device.status == DeviceStatus::Active)
    }

    fn register(&self) -> Result<Arc<Register>, NotNow> {
        self.mirror.register().ok_or(NotNow::MirrorBehind)
    }

    /// The present: never before what the quorum has said, for a clock that was set back must not keep an answer or
    /// hold back a notice.
    fn now(&self) -> Timestamp {
        let logs = LogKind::ALL.iter().filter_map(|log| self.mirror.log(*log)).map(|log| log.cosigned);
        logs.fold(self.setting.clock.now(), Timestamp::max)
    }

    fn at(&self, register: &Register) -> Moment {
        moment(register, self.now())
    }

    fn sign<T: Purpose>(&self, object: &T) -> Result<Vec<u8>, KeyUnusable> {
        let payload = counterseal_model::cbor::to_bytes(object);
        Ok(sign_statement(&payload, T::LABEL, &[&self.setting.secrets])?.bytes().to_vec())
    }

    /// Compiles the policy in force once.
    fn read_policy(&mut self, register: &Register, at: Moment) {
        let Some(set) = register.opening_policy(at) else { return };
        if self.policy.as_ref().is_none_or(|(id, _)| *id != set.id) {
            self.policy = Some((set.id, policy_of(set).ok().map(Arc::new)));
        }
    }
}

fn not_now(word: &str) -> TrusteeAnswer {
    match Code::parse(word) {
        Some(code) => TrusteeAnswer::NotNow { code },
        None => TrusteeAnswer::Done {},
    }
}

fn sealed_of(sealed: &SealedTo) -> Option<Sealed> {
    let enc = sealed.enc.0.as_slice().try_into().ok()?;
    Some(Sealed { enc: Box::new(enc), ciphertext: sealed.ciphertext.0.clone() })
}

fn sealed_to(sealed: Sealed) -> SealedTo {
    let (enc, ciphertext) = (Blob(sealed.enc.to_vec()), Blob(sealed.ciphertext));
    SealedTo { enc, ciphertext, extra: Default::default() }
}

//! The two-person rule for what leaves: the first person writes down what is asked, the second reads it and signs at their
//! own desk. The approval names exactly this: part, receivers, purpose, what is told less of, and what would be read.

use counterseal_model::PersonId;
use counterseal_model::cbor::to_bytes;
use counterseal_model::record::Body;
use counterseal_model::{Code, DeviceId, Timestamp};
use counterseal_policy::{Approval as Approved, Held, Office};
use counterseal_register::{
    Approval, Bytes, DeviceStatus, DisclosedAs, DisclosureAsked, Label, SignedBody, sha256,
};
use counterseal_seal::sign_statement;

use super::plan::ShareTerms;
use super::refusal::ShareRefusal;
use crate::desk::Desk;
use crate::error::NodeError;

/// What a second person is asked to approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareAsked {
    /// Who asks.
    pub by: PersonId,
    /// What is asked.
    pub asked: DisclosureAsked,
}

/// A file for the other person: what is asked, or the approval of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareReply {
    /// Signed, as it is carried.
    pub bytes: Vec<u8>,
}

impl Desk {
    /// What a second person approves, for them to carry to their desk.
    ///
    /// # Errors
    /// As `plan_share`.
    pub fn ask_share(&mut self, terms: &ShareTerms) -> Result<ShareReply, NodeError> {
        let plan = self.plan_share(terms)?;
        let asked = self.asked_of(terms, &plan.part.body, &plan.generalised);
        let signed = sign_statement(&asked.payload(), Label::OPENING_DISCLOSURE_ASKED, &[&self.secrets])?;
        Ok(ShareReply { bytes: signed.bytes().to_vec() })
    }

    /// Reads what another person asks to have approved.
    ///
    /// # Errors
    /// `NotThisApproval` when it is none, by nobody, or by this desk's own person.
    pub fn read_share_asked(&self, bytes: &[u8]) -> Result<ShareAsked, NodeError> {
        let bad = |reason: &str| NodeError::from(ShareRefusal::NotThisApproval { reason: reason.to_owned() });
        let parsed = SignedBody::<DisclosureAsked>::parse(bytes).map_err(|error| bad(&error.to_string()))?;
        let device = parsed.claims().by;
        let (by, keys) = self.active(device).ok_or_else(|| bad("its device is not active"))?;
        let verified = parsed.verify_device(self.mission(), device.into(), &keys);
        let verified = verified.map_err(|error| bad(&error.to_string()))?;
        if by == self.person {
            return Err(bad("you ask it yourself; another person approves"));
        }
        Ok(ShareAsked { by, asked: verified.into_body() })
    }

    /// Approves what another person asks; the answer is carried back to them.
    ///
    /// # Errors
    /// As `read_share_asked`.
    pub fn approve_share(&mut self, bytes: &[u8]) -> Result<ShareReply, NodeError> {
        let ShareAsked { asked, .. } = self.read_share_asked(bytes)?;
        let approval = Approval {
            mission: self.mission(),
            core: Bytes(asked.core_hash()),
            reader: asked.by,
            approver: self.device(),
            made: self.now(),
            extra: Default::default(),
        };
        let signed = sign_statement(&approval.payload(), Label::OPENING_APPROVAL, &[&self.secrets])?;
        Ok(ShareReply { bytes: signed.bytes().to_vec() })
    }

    /// The approvals of a sharing that count: of exactly this, each by an active device of another person.
    pub(super) fn check_approvals(
        &self,
        asked: &DisclosureAsked,
        approvals: &[Vec<u8>],
    ) -> Result<Vec<Approved>, NodeError> {
        let core = asked.core_hash();
        approvals.iter().map(|bytes| Ok(self.check_approval(&core, bytes)?)).collect()
    }

    /// Whose approval of this very thing, asked by this desk, the bytes are.
    pub(super) fn check_approval(&self, core: &[u8; 32], bytes: &[u8]) -> Result<Approved, ShareRefusal> {
        let bad = |reason: &str| ShareRefusal::NotThisApproval { reason: reason.to_owned() };
        let parsed = SignedBody::<Approval>::parse(bytes).map_err(|error| bad(&error.to_string()))?;
        let device = parsed.claims().approver;
        let (person, keys) = self.active(device).ok_or_else(|| bad("its device is not active"))?;
        let verified = parsed.verify_device(self.mission(), device.into(), &keys);
        let verified = verified.map_err(|error| bad(&error.to_string()))?;
        let body = verified.body();
        if body.core.0 != *core || body.reader != self.device() {
            return Err(bad("it approves another one, or what is shared has changed since"));
        }
        if person == self.person {
            return Err(bad("it is your own"));
        }
        let proved = |value| Held::proved(value, Office::Registrar, Timestamp(0), None);
        let section = self.register.section_of(person, self.moment()).map(proved);
        Ok(Approved { person, section })
    }

    /// What sharing a body by these terms is, in the form that is approved.
    pub(super) fn asked_of(&self, terms: &ShareTerms, body: &Body, generalised: &[Code]) -> DisclosureAsked {
        DisclosureAsked {
            mission: self.mission(),
            by: self.device(),
            how: DisclosedAs::Shared,
            compartment: terms.part.compartment,
            parts: vec![terms.part.part],
            to: Some(terms.to),
            purpose: terms.purpose.clone(),
            case: terms.case,
            generalised: generalised.to_vec(),
            content: Bytes(sha256(&[&to_bytes(body)])),
            recipient: None,
            id: None,
            extra: Default::default(),
        }
    }

    fn active(&self, device: DeviceId) -> Option<(PersonId, counterseal_register::DeviceKeys)> {
        let known = self.register.device(device, self.moment())?;
        let keys = self.register.device_keys(device)?.clone();
        (known.status == DeviceStatus::Active).then_some((known.person, keys))
    }
}

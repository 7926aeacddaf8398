//! Recovery: a device for somebody who has none left, cross-signed by several recovery officers, each at
//! their own desk. A paper goes from one to the next; the last one says it.

use counterseal_model::{DeviceId, PersonId};
use counterseal_register::{Act, KeyId, Label, Refusal, Signed, Statement};
use counterseal_seal::sign_statement;

use super::InvitationRefusal;
use crate::desk::Desk;
use crate::error::NodeError;

/// What became of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The person who gets a device back.
    pub person: PersonId,
    /// The device.
    pub device: DeviceId,
    /// How many officers have still to sign; with none left it is said.
    pub missing: u64,
    /// The paper, as far as it is signed now.
    pub paper: Vec<u8>,
}

impl Desk {
    /// The paper that the first officer signs: a statement with one signature, which is one too few.
    pub(in crate::desk) fn paper(&mut self, act: Act) -> Result<Vec<u8>, NodeError> {
        let payload = self.draft()?.prepare(act);
        let signed = sign_statement(&payload, Label::STATEMENT_SIGN, &[&self.secrets])?;
        Ok(signed.bytes().to_vec())
    }

    /// Adds this officer's signature to a paper, for the device whose fingerprint the person read out; with
    /// the last one needed, says it: the device is pending then.
    ///
    /// # Errors
    /// When the paper is for another device, is stale or has a bad signature, or this person is no officer.
    pub fn cosign_recovery(&mut self, paper: &[u8], device: DeviceId) -> Result<Cosigned, NodeError> {
        let (statement, signed) = Statement::parse(paper)?;
        let Act::CrossSign(act) = &statement.act else {
            let reason = "it says something else".to_owned();
            return Err(InvitationRefusal::NotThis { what: "recovery", reason }.into());
        };
        let person = act.person;
        if act.keys.id() != device {
            return Err(InvitationRefusal::OtherDevice.into());
        }
        let (officers, threshold) = self.register.recovery_officers(self.moment());
        if !officers.contains(&self.person) || person == self.person {
            return Err(Refusal::NotACrossSigner.into());
        }
        if statement.mission != Some(self.mission()) {
            return Err(Refusal::OtherMission.into());
        }
        self.check_signatures(&signed)?;
        let mine = sign_statement(signed.payload(), Label::STATEMENT_SIGN, &[&self.secrets])?;
        let mut signatures = signed.signatures().to_vec();
        signatures.retain(|signature| signature.kid != KeyId::from(self.device()));
        signatures.extend_from_slice(mine.signatures());
        let missing = threshold.saturating_sub(signatures.len() as u64);
        let signed = Signed::assemble(signed.payload(), signatures);
        if missing == 0 {
            let mut draft = self.draft()?;
            draft.say_signed(&signed)?;
            self.keep_statements(draft)?;
        }
        Ok(Cosigned { person, device, missing, paper: signed.bytes().to_vec() })
    }

    /// A signature that does not verify would only show when the last officer has signed.
    pub(in crate::desk) fn check_signatures(&self, signed: &Signed) -> Result<(), NodeError> {
        let mut keys = Vec::new();
        for kid in signed.signers() {
            let device = DeviceId::from_bytes(kid.0);
            let known = self.register.device_keys(device).ok_or(Refusal::UnknownDevice { device })?;
            keys.push((kid, known.verifying_key()));
        }
        let keys: Vec<_> = keys.iter().map(|(kid, key)| (*kid, key)).collect();
        Ok(signed.verify_all(Label::STATEMENT_SIGN, &keys).map_err(Refusal::from)?)
    }
}

//! Signing of statements and headers, in `register`'s one envelope.

use counterseal_register::{Algorithm, CoseSignature, KeyId, Label, Signed, protected, to_be_signed};

use crate::device::{DeviceSecrets, KeyUnusable};
use crate::governor::GovernorSecrets;
use crate::hybrid::HybridSecrets;
use crate::trustee::TrusteeSecrets;

/// Who can sign: a device, a governor, or a trustee.
pub trait Signer {
    /// All the signatures of this signer over the payload, for one purpose.
    ///
    /// # Errors
    /// When the library refuses to work.
    fn signatures(&self, purpose: Label, payload: &[u8]) -> Result<Vec<CoseSignature>, KeyUnusable>;
}

impl Signer for DeviceSecrets {
    fn signatures(&self, purpose: Label, payload: &[u8]) -> Result<Vec<CoseSignature>, KeyUnusable> {
        let kid = KeyId::from(self.id());
        Ok(vec![one(Algorithm::Ed25519, kid, purpose, payload, |message| {
            Ok(self.signer.try_sign(message).map_err(|_| KeyUnusable)?.as_ref().to_vec())
        })?])
    }
}

impl Signer for GovernorSecrets {
    fn signatures(&self, purpose: Label, payload: &[u8]) -> Result<Vec<CoseSignature>, KeyUnusable> {
        self.0.signatures(purpose, payload)
    }
}

impl Signer for TrusteeSecrets {
    fn signatures(&self, purpose: Label, payload: &[u8]) -> Result<Vec<CoseSignature>, KeyUnusable> {
        self.identity.signatures(purpose, payload)
    }
}

impl Signer for HybridSecrets {
    fn signatures(&self, purpose: Label, payload: &[u8]) -> Result<Vec<CoseSignature>, KeyUnusable> {
        let classical = one(Algorithm::Ed25519, self.id, purpose, payload, |message| {
            Ok(self.classical.try_sign(message).map_err(|_| KeyUnusable)?.as_ref().to_vec())
        })?;
        let quantum = one(Algorithm::MlDsa44, self.id, purpose, payload, |message| {
            let mut signature = vec![0; Algorithm::MlDsa44.signature_len()];
            self.quantum.sign(message, &mut signature).map_err(|_| KeyUnusable)?;
            Ok(signature)
        })?;
        Ok(vec![classical, quantum])
    }
}

/// Signs a statement, with one key or with several that must stand together.
///
/// # Errors
/// When the library refuses to work.
pub fn sign_statement(
    payload: &[u8],
    purpose: Label,
    signers: &[&dyn Signer],
) -> Result<Signed, KeyUnusable> {
    let signatures: Result<Vec<_>, _> =
        signers.iter().map(|signer| signer.signatures(purpose, payload)).collect();
    Ok(Signed::assemble(payload, signatures?.concat()))
}

fn one(
    algorithm: Algorithm,
    kid: KeyId,
    purpose: Label,
    payload: &[u8],
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, KeyUnusable>,
) -> Result<CoseSignature, KeyUnusable> {
    let message = to_be_signed(purpose, &protected(algorithm, &kid), payload);
    Ok(CoseSignature { algorithm, kid, signature: sign(&message)? })
}

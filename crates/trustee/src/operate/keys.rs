//! A trustee's keys, in one folder: its own under a passphrase, the witness's, and the one of TLS. The witness signs
//! with another key than the trustee: what a witness says is a checkpoint, and can never be taken for an answer.

use std::fmt;

use counterseal_ledger::{Cosigner, KeyName};
use counterseal_register::{HPKE_PUBLIC_LEN, HybridKey};
use counterseal_seal::{
    KdfParameters, KeyHolder, Passphrase, StoreRoot, TrusteeSecrets, Unlocked, lock, unlock,
};
use counterseal_serve::{KeyFileRefusal, TlsIdentity, make_key_folder, read_secret, write_secret};
use counterseal_witness::WitnessKeys;

use super::OperationFailure;
use crate::config::TrusteeConfig;
use crate::store::{Hands, NoFaults, Randomness, Store};

const TRUSTEE: &str = "trustee.key";
const WITNESS: &str = "witness.key";
/// The name in the certificate, at which nobody looks.
const HOST: &str = "trustee.counterseal.invalid";

/// A trustee's keys, opened.
pub struct TrusteeKeys {
    pub(crate) secrets: TrusteeSecrets,
    pub(crate) witness: WitnessKeys,
    pub(crate) tls: TlsIdentity,
}

/// What governors name of a trustee: in `SetTrustees`, and among the witnesses.
#[derive(Debug, Clone)]
pub struct NamedTrustee {
    /// Its identity.
    pub identity: HybridKey,
    /// The X-Wing key to which requests are sealed.
    pub requests: Box<[u8; HPKE_PUBLIC_LEN]>,
    /// SHA-256 of the certificate's SubjectPublicKeyInfo.
    pub pin: [u8; 32],
    /// The witness's name.
    pub witness: String,
    /// The witness's Ed25519 key.
    pub witness_ed25519: Vec<u8>,
    /// The witness's ML-DSA-44 key.
    pub witness_ml_dsa_44: Vec<u8>,
}

/// Makes a trustee's keys and its empty store in both places. What comes back is what governors name.
///
/// # Errors
/// When there are keys or a store already, or they cannot be written.
pub fn init(
    config: &TrusteeConfig,
    witness: KeyName,
    passphrase: &Passphrase,
    parameters: KdfParameters,
    mut rng: Randomness,
) -> Result<NamedTrustee, OperationFailure> {
    let folder = config.keys();
    let [tls_key, certificate] = TlsIdentity::FILES;
    make_key_folder(&config.folder, &[])?;
    make_key_folder(&folder, &[TRUSTEE, WITNESS, tls_key, certificate])?;
    let secrets = TrusteeSecrets::make(&mut rng).map_err(|_| OperationFailure::Key)?;
    let unlocked = Unlocked { holder: KeyHolder::Trustee(Box::new(secrets)), mission: None };
    let file = lock(&mut rng, &unlocked, passphrase, parameters)?;
    let KeyHolder::Trustee(secrets) = unlocked.holder else { return Err(OperationFailure::Key) };
    let keys = TrusteeKeys {
        secrets: *secrets,
        witness: WitnessKeys::make(&folder.join(WITNESS), witness, &mut rng)?,
        tls: TlsIdentity::make(HOST)?,
    };
    keys.tls.write(&folder)?;
    write_secret(&folder.join(TRUSTEE), &file)?;
    Store::create(&config.places(), keys.hands(rng))?;
    keys.public()
}

impl TrusteeKeys {
    /// Opens the keys in a trustee's folder.
    ///
    /// # Errors
    /// When one is missing or is none, or the passphrase is another.
    pub fn load(config: &TrusteeConfig, passphrase: &Passphrase) -> Result<Self, OperationFailure> {
        let folder = config.keys();
        let path = folder.join(TRUSTEE);
        let unlocked = unlock(&read_secret(&path)?, passphrase)?;
        let KeyHolder::Trustee(secrets) = unlocked.holder else {
            return Err(KeyFileRefusal::NotAKey { path }.into());
        };
        let witness = WitnessKeys::load(&folder.join(WITNESS))?;
        Ok(Self { secrets: *secrets, witness, tls: TlsIdentity::load(&folder)? })
    }

    /// What governors name of it.
    ///
    /// # Errors
    /// When a key cannot be used.
    pub fn public(&self) -> Result<NamedTrustee, OperationFailure> {
        let cosigner = self.cosigner()?;
        let witness = cosigner.public();
        Ok(NamedTrustee {
            identity: self.secrets.public().clone(),
            requests: Box::new(*self.secrets.requests()),
            pin: self.tls.pin()?,
            witness: witness.name().as_str().to_owned(),
            witness_ed25519: witness.ed25519().key().as_bytes().to_vec(),
            witness_ml_dsa_44: witness.ml_dsa_44().key().as_bytes().to_vec(),
        })
    }

    pub(crate) fn cosigner(&self) -> Result<Cosigner, OperationFailure> {
        self.witness.cosigner().map_err(|_| OperationFailure::Key)
    }

    /// What the store is opened with.
    pub(crate) fn hands(&self, rng: Randomness) -> Hands {
        let root = StoreRoot::from_bytes(self.secrets.store_root().reveal());
        Hands { root, rng, faults: Box::new(NoFaults) }
    }
}

impl fmt::Debug for TrusteeKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrusteeKeys(secret)")
    }
}

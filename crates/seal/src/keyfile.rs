//! The key file: a device's, a governor's or a trustee's secrets under a passphrase. Bytes in, bytes out.
//! Normative text: docs/spec/sealing.md, section 7.
//!
//! ```text
//! file    = [ header: bstr .cbor {1: suite, 2: holder, 3: KiB, 4: passes, 5: lanes, 6: salt, ? 7: mission, 8: id},
//!             sealed: bstr ]
//! KEK     = Argon2id(NFKC(passphrase), salt, KiB, passes, lanes, 32)                          RFC 9106
//! sealed  = AES-256-GCM(Expand(KEK, L("key-file/key") ‖ SHA-256(header)), nonce 0^96, aad = header)
//! ```

use counterseal_model::cbor::{
    BodyError, Extra, Reader, Writer, check_canonical, from_bytes_strict, to_bytes,
};
use counterseal_model::{DeviceId, MissionId, body};
use counterseal_register::{Bytes, sha256};
use rand_core::CryptoRng;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::device::{DeviceSecrets, KeyUnusable};
use crate::governor::GovernorSecrets;
use crate::hybrid::HybridSecrets;
use crate::kdf::{KdfParameters, KdfRefusal};
use crate::passphrase::Passphrase;
use crate::schedule::{derive_keyfile_key, derive_keyfile_salt};
use crate::secrets::{HedgeKey, QuantumSigningSeed, SigningSeed, StoreRoot, UnwrappingKey};
use crate::trustee::TrusteeSecrets;

const SUITE: u64 = 1;

/// Why a key file could not be written or opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyFileError {
    /// Not a key file.
    #[error("this is no key file, or a damaged one ({0}); restore it from a copy")]
    Malformed(#[from] BodyError),
    /// Another suite or kind than this version knows.
    #[error(
        "the key file is of suite {suite}, kind {kind}, which this version does not know; update to open it"
    )]
    Unknown {
        /// The suite named.
        suite: u64,
        /// The kind of holder named.
        kind: u64,
    },
    /// Parameters outside what is allowed; nothing was computed.
    #[error(transparent)]
    Parameters(#[from] KdfRefusal),
    /// It does not open; which of the reasons it is, cannot be told.
    #[error(
        "the passphrase is wrong or the key file is damaged; type it again, and if it surely is right, restore the file from a copy"
    )]
    CannotUnlock,
    /// The library refused to work.
    #[error(transparent)]
    Key(#[from] KeyUnusable),
}

/// Whose secrets a key file holds.
#[derive(Debug)]
pub enum KeyHolder {
    /// A device's.
    Device(Box<DeviceSecrets>),
    /// A governor's.
    Governor(Box<GovernorSecrets>),
    /// A trustee's.
    Trustee(Box<TrusteeSecrets>),
}

/// A key file, opened.
#[derive(Debug)]
pub struct Unlocked {
    /// The secrets.
    pub holder: KeyHolder,
    /// The mission they belong to, if it was known when the file was locked.
    pub mission: Option<MissionId>,
}

body! {
    /// What a key file says before it is opened. A claim: only `unlock` proves it.
    pub struct KeyFileHeader {
        /// The suite: 1.
        1 suite: u64,
        /// What it holds: 1 a device's secrets, 2 a governor's, 3 those of a device that has another
        /// encryption key than it was enrolled with, 4 a trustee's.
        2 kind: u64,
        /// Argon2id's memory, KiB.
        3 memory_kib: u64,
        /// Argon2id's passes.
        4 passes: u64,
        /// Argon2id's lanes.
        5 lanes: u64,
        /// Argon2id's salt.
        6 salt: Bytes<32>,
        /// The mission.
        7 mission: Option<MissionId>,
        /// The device's id, or the governor's or trustee's key id.
        8 id: Bytes<32>,
    }
}

impl KeyFileHeader {
    /// Reads what a key file says of itself, unproved: to show whose it is before asking for the passphrase.
    ///
    /// # Errors
    /// `Malformed` or `Unknown`.
    pub fn peek(file: &[u8]) -> Result<Self, KeyFileError> {
        Self::parse(split(file)?.0)
    }

    fn parse(bytes: &[u8]) -> Result<Self, KeyFileError> {
        let header: Self = from_bytes_strict(bytes)?;
        if header.suite != SUITE || KeyHolder::sealed_len(header.kind).is_none() {
            return Err(KeyFileError::Unknown { suite: header.suite, kind: header.kind });
        }
        Ok(header)
    }
}

/// Locks secrets with a passphrase, under a fresh salt. Changing a passphrase is unlocking and locking
/// again; who kept the old file and knows the old passphrase still has the secrets.
///
/// # Errors
/// `Key`, when the library refuses to work.
pub fn lock(
    rng: &mut impl CryptoRng,
    unlocked: &Unlocked,
    passphrase: &Passphrase,
    parameters: KdfParameters,
) -> Result<Vec<u8>, KeyFileError> {
    let secrets = unlocked.holder.secrets();
    let mut random = Zeroizing::new([0; 32]);
    rng.fill_bytes(random.as_mut_slice());
    let header = KeyFileHeader {
        suite: SUITE,
        kind: unlocked.holder.kind(),
        memory_kib: parameters.memory_kib().into(),
        passes: parameters.passes().into(),
        lanes: parameters.lanes().into(),
        salt: Bytes(derive_keyfile_salt(&random, &secrets)),
        mission: unlocked.mission,
        id: Bytes(unlocked.holder.id()),
        extra: Extra::default(),
    };
    let stretched = parameters.stretch(passphrase, &header.salt.0)?;
    seal_with(&stretched, &to_bytes(&header), secrets)
}

/// Opens a key file.
///
/// # Errors
/// See `KeyFileError`. Parameters out of bounds are refused before anything is computed.
pub fn unlock(file: &[u8], passphrase: &Passphrase) -> Result<Unlocked, KeyFileError> {
    let header = KeyFileHeader::peek(file)?;
    let parameters = KdfParameters::checked(header.memory_kib, header.passes, header.lanes)?;
    open_with(&*parameters.stretch(passphrase, &header.salt.0)?, file)
}

fn seal_with(
    stretched: &[u8; 32],
    header: &[u8],
    mut secrets: Zeroizing<Vec<u8>>,
) -> Result<Vec<u8>, KeyFileError> {
    let tag = derive_keyfile_key(stretched, &sha256(&[header]))
        .seal(header, &mut secrets)
        .map_err(|_| KeyUnusable)?;
    let mut w = Writer::with_capacity(header.len() + secrets.len() + 32);
    w.array(2).bytes(header).bytes(&[&secrets, &tag[..]].concat());
    Ok(w.into_bytes())
}

fn open_with(stretched: &[u8; 32], file: &[u8]) -> Result<Unlocked, KeyFileError> {
    let (header_bytes, sealed) = split(file)?;
    let header = KeyFileHeader::parse(header_bytes)?;
    let len = KeyHolder::sealed_len(header.kind).ok_or(KeyFileError::CannotUnlock)?;
    let mut secrets = Zeroizing::new(vec![0; len]);
    derive_keyfile_key(stretched, &sha256(&[header_bytes]))
        .open(header_bytes, sealed, &mut secrets)
        .map_err(|_| KeyFileError::CannotUnlock)?;
    let holder = KeyHolder::from_secrets(header.kind, &header.id.0, &secrets)?;
    Ok(Unlocked { holder, mission: header.mission })
}

/// The header and what is sealed.
fn split(file: &[u8]) -> Result<(&[u8], &[u8]), KeyFileError> {
    check_canonical(file).map_err(BodyError::from)?;
    let mut r = Reader::strict(file);
    r.enter("the key file");
    r.array_of(2, "a header and what is sealed")?;
    Ok((r.bytes()?, r.bytes()?))
}

impl KeyHolder {
    const DEVICE: u64 = 1;
    const GOVERNOR: u64 = 2;
    const RENEWED: u64 = 3;
    const TRUSTEE: u64 = 4;

    fn kind(&self) -> u64 {
        match self {
            Self::Device(device) if device.is_renewed() => Self::RENEWED,
            Self::Device(_) => Self::DEVICE,
            Self::Governor(_) => Self::GOVERNOR,
            Self::Trustee(_) => Self::TRUSTEE,
        }
    }

    fn id(&self) -> [u8; 32] {
        match self {
            Self::Device(device) => *device.id().as_bytes(),
            Self::Governor(governor) => governor.id().0,
            Self::Trustee(trustee) => trustee.id().0,
        }
    }

    /// Bytes of the secrets of this kind of holder: four or two secrets of 32 bytes.
    fn sealed_len(kind: u64) -> Option<usize> {
        match kind {
            Self::DEVICE | Self::RENEWED | Self::TRUSTEE => Some(128),
            Self::GOVERNOR => Some(64),
            _ => None,
        }
    }

    /// The secrets one after another. No encoding: there is nothing to parse wrongly.
    fn secrets(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            Self::Device(d) => {
                let secrets = [d.signing.reveal(), d.unwrapping.reveal(), d.hedge.reveal(), d.store.reveal()];
                secrets.map(<[u8; 32]>::as_slice).concat()
            }
            Self::Governor(g) => {
                [g.0.classical_seed.reveal(), g.0.quantum_seed.reveal()].map(<[u8; 32]>::as_slice).concat()
            }
            Self::Trustee(t) => {
                let seeds = [t.identity.classical_seed.reveal(), t.identity.quantum_seed.reveal()];
                let [classical, quantum] = seeds.map(<[u8; 32]>::as_slice);
                [classical, quantum, t.requests.reveal(), t.store.reveal()].concat()
            }
        })
    }

    /// `id` is what the header says; of a renewed device it does not follow from its secrets.
    fn from_secrets(kind: u64, id: &[u8; 32], secrets: &[u8]) -> Result<Self, KeyFileError> {
        match (kind, secrets.as_chunks::<32>().0) {
            (Self::DEVICE | Self::RENEWED, [signing, unwrapping, hedge, store]) => {
                DeviceSecrets::from_secrets(
                    SigningSeed::from_bytes(signing),
                    UnwrappingKey::from_bytes(unwrapping),
                    HedgeKey::from_bytes(hedge),
                    StoreRoot::from_bytes(store),
                )
                .map(
                    |device| {
                        if kind == Self::RENEWED {
                            device.known_as(DeviceId::from_bytes(*id))
                        } else {
                            device
                        }
                    },
                )
                .map(|device| Self::Device(Box::new(device)))
                .map_err(KeyFileError::from)
            }
            (Self::GOVERNOR, [classical, quantum]) => {
                let governor = GovernorSecrets(hybrid(classical, quantum)?);
                Ok(Self::Governor(Box::new(governor)))
            }
            (Self::TRUSTEE, [classical, quantum, requests, store]) => {
                let identity = hybrid(classical, quantum)?;
                let requests = UnwrappingKey::from_bytes(requests);
                let trustee = TrusteeSecrets::from_secrets(identity, requests, StoreRoot::from_bytes(store))?;
                Ok(Self::Trustee(Box::new(trustee)))
            }
            _ => Err(KeyFileError::CannotUnlock),
        }
    }
}

fn hybrid(classical: &[u8; 32], quantum: &[u8; 32]) -> Result<HybridSecrets, KeyUnusable> {
    HybridSecrets::from_seeds(SigningSeed::from_bytes(classical), QuantumSigningSeed::from_bytes(quantum))
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    fn device(seed: u64) -> Unlocked {
        let device = DeviceSecrets::make(&mut ChaCha20Rng::seed_from_u64(seed)).unwrap();
        Unlocked {
            holder: KeyHolder::Device(Box::new(device)),
            mission: Some(MissionId::from_bytes([9; 32])),
        }
    }

    fn header(of: &Unlocked) -> Vec<u8> {
        to_bytes(&KeyFileHeader {
            suite: SUITE,
            kind: of.holder.kind(),
            memory_kib: 65_536,
            passes: 3,
            lanes: 1,
            salt: Bytes([5; 32]),
            mission: of.mission,
            id: Bytes(of.holder.id()),
            extra: Extra::default(),
        })
    }

    /// The passphrase step is left out here: a flip that it would have to catch is caught without it.
    #[test]
    fn every_flipped_bit_and_every_cut_is_refused() {
        let device = device(1);
        let file = seal_with(&[7; 32], &header(&device), device.holder.secrets()).unwrap();
        assert!(open_with(&[7; 32], &file).is_ok());
        for at in 0..file.len() {
            for bit in [0x01, 0x10, 0x80] {
                let mut bad = file.clone();
                bad[at] ^= bit;
                assert!(open_with(&[7; 32], &bad).is_err(), "byte {at}, bit {bit:#x}");
            }
            assert!(open_with(&[7; 32], &file[..at]).is_err(), "cut at {at}");
        }
        assert!(open_with(&[7; 32], &[&file[..], &[0]].concat()).is_err(), "trailing byte");
        assert_eq!(open_with(&[8; 32], &file).unwrap_err(), KeyFileError::CannotUnlock);
    }

    #[test]
    fn a_header_of_another_file_does_not_fit() {
        let (one, mut other) = (device(1), device(1));
        other.mission = None;
        let file = seal_with(&[7; 32], &header(&one), one.holder.secrets()).unwrap();
        let beside = seal_with(&[7; 32], &header(&other), other.holder.secrets()).unwrap();
        let sealed = |file: &[u8]| split(file).unwrap().1[..32].to_vec();
        assert_ne!(sealed(&file), sealed(&beside), "two headers share no key stream");
        let mut w = Writer::new();
        w.array(2).bytes(&header(&other)).bytes(split(&file).unwrap().1);
        assert_eq!(open_with(&[7; 32], &w.into_bytes()).unwrap_err(), KeyFileError::CannotUnlock);
    }

    #[test]
    fn unknown_suites_kinds_and_fields_are_refused() {
        let device = device(1);
        let with = |change: fn(&mut KeyFileHeader)| {
            let mut header: KeyFileHeader = from_bytes_strict(&header(&device)).unwrap();
            change(&mut header);
            let file = seal_with(&[7; 32], &to_bytes(&header), device.holder.secrets()).unwrap();
            open_with(&[7; 32], &file).unwrap_err()
        };
        assert_eq!(with(|h| h.suite = 2), KeyFileError::Unknown { suite: 2, kind: 1 });
        assert_eq!(with(|h| h.kind = 5), KeyFileError::Unknown { suite: 1, kind: 5 });
        // A governor's file with a device's secrets in it: two lengths that do not fit.
        assert_eq!(with(|h| h.kind = 2), KeyFileError::CannotUnlock);
        let mut w = Writer::new();
        w.map(1).uint(99).uint(0);
        let file = seal_with(&[7; 32], &w.into_bytes(), device.holder.secrets()).unwrap();
        assert!(matches!(open_with(&[7; 32], &file), Err(KeyFileError::Malformed(_))));
    }
}

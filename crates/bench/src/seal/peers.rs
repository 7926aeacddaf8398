//! Other ways to seal records: age, file by file and batch by batch, and the textbook's way, a fresh
//! key and a signature for each record.

use std::io::Write;

use age::x25519;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use aws_lc_rs::signature::Ed25519KeyPair;

use super::compressed::Compressor;
use crate::home::PARTS;
use crate::outcome::Outcome;

#[derive(Debug, Clone, Copy)]
pub(super) enum Peer {
    /// One age file a record, to one X25519 recipient.
    AgeEach,
    /// One age file for as many records as our entries hold; one record cannot be opened alone.
    AgeBatch,
    /// AES-256-GCM under a fresh key, wrapped under the group's key, and an Ed25519 signature.
    FreshKey,
}

impl Peer {
    pub(super) const ALL: [Self; 3] = [Self::AgeEach, Self::AgeBatch, Self::FreshKey];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::AgeEach => "age per record",
            Self::AgeBatch => "age per 512, unsigned",
            Self::FreshKey => "fresh key + signature",
        }
    }
}

/// One peer at work.
pub(super) struct Work {
    peer: Peer,
    recipient: x25519::Recipient,
    group: LessSafeKey,
    signer: Ed25519KeyPair,
    random: SystemRandom,
    compressor: Compressor,
}

impl Work {
    pub(super) fn new(peer: Peer) -> Outcome<Self> {
        let random = SystemRandom::new();
        let group = AesKey::make(&random)?;
        Ok(Self {
            peer,
            recipient: x25519::Identity::generate().to_public(),
            group: group.key,
            signer: Ed25519KeyPair::generate()?,
            random,
            compressor: Compressor::new()?,
        })
    }

    /// Seals every part; gives the bytes that came of it.
    pub(super) fn seal_all(&mut self, parts: &[Vec<u8>]) -> Outcome<usize> {
        let mut bytes = 0;
        match self.peer {
            Peer::AgeEach => {
                for part in parts {
                    let packed = self.compressor.pack(part)?;
                    bytes += self.age(&packed)?;
                }
            }
            Peer::AgeBatch => {
                for chunk in parts.chunks(PARTS) {
                    let mut batch = Vec::new();
                    for part in chunk {
                        let packed = self.compressor.pack(part)?;
                        batch.extend_from_slice(&u32::try_from(packed.len())?.to_be_bytes());
                        batch.extend_from_slice(&packed);
                    }
                    bytes += self.age(&batch)?;
                }
            }
            Peer::FreshKey => {
                for part in parts {
                    let packed = self.compressor.pack(part)?;
                    bytes += self.fresh_key(packed)?;
                }
            }
        }
        Ok(bytes)
    }

    fn age(&self, plaintext: &[u8]) -> Outcome<usize> {
        let recipients = std::iter::once(&self.recipient as &dyn age::Recipient);
        let mut out = Vec::new();
        let mut writer = age::Encryptor::with_recipients(recipients)?.wrap_output(&mut out)?;
        writer.write_all(plaintext)?;
        writer.finish()?;
        Ok(out.len())
    }

    fn fresh_key(&self, mut text: Vec<u8>) -> Outcome<usize> {
        let fresh = AesKey::make(&self.random)?;
        // A fresh key seals once, so its nonce may be zero; the group's key needs a random one.
        fresh.key.seal_in_place_append_tag(Nonce::assume_unique_for_key([0; 12]), Aad::empty(), &mut text)?;
        let mut nonce = [0; 12];
        self.random.fill(&mut nonce)?;
        let mut wrapped = fresh.bytes.to_vec();
        self.group.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::empty(),
            &mut wrapped,
        )?;
        text.extend_from_slice(&nonce);
        text.extend_from_slice(&wrapped);
        let signature = self.signer.sign(&text);
        Ok(text.len() + signature.as_ref().len())
    }
}

struct AesKey {
    bytes: [u8; 32],
    key: LessSafeKey,
}

impl AesKey {
    fn make(random: &SystemRandom) -> Outcome<Self> {
        let mut bytes = [0; 32];
        random.fill(&mut bytes)?;
        Ok(Self { bytes, key: LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes)?) })
    }
}

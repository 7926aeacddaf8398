//! The one envelope of everything signed: a payload and its COSE_Sign1 objects (RFC 9052).
//!
//! ```text
//! Signed     = [ payload: bstr, [ + COSE_Sign1 ] ]
//! COSE_Sign1 = [ protected: bstr .cbor {1: alg, 4: kid}, {}, nil, signature: bstr ]   detached content, untagged
//! signed over  ["Signature1", protected, external_aad = L(purpose), payload]          RFC 9052 section 4.4
//! ```
//!
//! The objects stand in strictly ascending order of (kid, position of alg in the suite), nothing
//! about them is left unsigned, and both algorithms are strongly unforgeable: nobody but the
//! signers can make a second envelope, so its hash is an id.

use counterseal_model::cbor::{BodyError, Reader, Writer, check_canonical};
use thiserror::Error;

use crate::codes::codes;
use crate::hash::sha256;
use crate::key::{Algorithm, KeyId, VerifyingKey};
use crate::label::Label;

/// Most signature objects in one envelope: sixteen governors, two each, and as many devices again.
pub const MAX_SIGNATURES: usize = 64;

/// Why an envelope is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignatureRefusal {
    /// Not deterministic CBOR, or of another shape.
    #[error("not a signed object: {0}")]
    Malformed(#[from] BodyError),
    /// A protected header other than {1: alg, 4: kid}, or an algorithm the suite does not have.
    #[error("signature {index} names no algorithm of this suite; a newer version may be needed to check it")]
    UnknownAlgorithm {
        /// Position in the list, from 0.
        index: usize,
    },
    /// The signatures are out of order, doubled, or too many.
    #[error(
        "the list of signatures is out of order, names one key twice, or holds more than {MAX_SIGNATURES}"
    )]
    BadList,
    /// Signed by other keys than must sign, or by too few or too many.
    #[error("the object is not signed by exactly the keys that must sign it")]
    WrongSigners,
    /// A signature that does not verify.
    #[error("the signature of key {kid} is wrong; the object was changed or was never signed by it")]
    Invalid {
        /// The key named.
        kid: KeyId,
    },
}

codes! { SignatureRefusal, "The names of all refusals of envelopes.";
    Malformed(_) => "signed-malformed";
    UnknownAlgorithm { .. } => "signature-algorithm-unknown";
    BadList => "signature-list-bad";
    WrongSigners => "signers-wrong";
    Invalid { .. } => "signature-invalid";
}

/// One COSE_Sign1 of an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoseSignature {
    /// The algorithm.
    pub algorithm: Algorithm,
    /// The key.
    pub kid: KeyId,
    /// The signature's bytes.
    pub signature: Vec<u8>,
}

/// The protected header of a COSE_Sign1: `{1: alg, 4: kid}`, encoded.
#[must_use]
pub fn protected(algorithm: Algorithm, kid: &KeyId) -> Vec<u8> {
    let mut w = Writer::with_capacity(40);
    w.map(2).uint(1).int(algorithm.code()).uint(4).bytes(&kid.0);
    w.into_bytes()
}

/// The bytes that are signed: RFC 9052's Sig_structure, whose `external_aad` is the purpose.
#[must_use]
pub fn to_be_signed(purpose: Label, protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut w = Writer::with_capacity(payload.len() + 128);
    w.array(4).text("Signature1").bytes(protected).bytes(purpose.bytes()).bytes(payload);
    w.into_bytes()
}

/// A payload with its signatures, as received. Parsed, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    bytes: Vec<u8>,
    payload: Vec<u8>,
    signatures: Vec<CoseSignature>,
}

impl Signed {
    /// Reads an envelope strictly.
    ///
    /// # Errors
    /// When the bytes are not exactly one envelope in its one encoding.
    pub fn parse(bytes: &[u8]) -> Result<Self, SignatureRefusal> {
        check_canonical(bytes).map_err(BodyError::from)?;
        let mut r = Reader::strict(bytes);
        r.enter("the signed object");
        r.array_of(2, "a payload and its signatures")?;
        let payload = r.bytes()?.to_vec();
        let count = usize::try_from(r.array()?).unwrap_or(usize::MAX);
        if count == 0 || count > MAX_SIGNATURES {
            return Err(SignatureRefusal::BadList);
        }
        let mut signatures: Vec<CoseSignature> = Vec::with_capacity(count);
        for index in 0..count {
            let next = read_cose_sign1(&mut r, index)?;
            if signatures.last().is_some_and(|last| (last.kid, last.algorithm) >= (next.kid, next.algorithm))
            {
                return Err(SignatureRefusal::BadList);
            }
            signatures.push(next);
        }
        Ok(Self { bytes: bytes.to_vec(), payload, signatures })
    }

    /// Puts an envelope together, for those who sign. Sorts; verifies nothing.
    #[must_use]
    pub fn assemble(payload: &[u8], mut signatures: Vec<CoseSignature>) -> Self {
        signatures.sort_by_key(|s| (s.kid, s.algorithm));
        let mut w = Writer::with_capacity(payload.len() + 256);
        w.array(2).bytes(payload).array(signatures.len());
        for s in &signatures {
            w.array(4).bytes(&protected(s.algorithm, &s.kid)).map(0).null().bytes(&s.signature);
        }
        Self { bytes: w.into_bytes(), payload: payload.to_vec(), signatures }
    }

    /// The bytes as received.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What is signed.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// SHA-256 of the bytes as received: the id of an entry or a statement.
    #[must_use]
    pub fn id(&self) -> [u8; 32] {
        sha256(&[&self.bytes])
    }

    /// The signatures, unverified: for who adds another to an envelope that several sign.
    #[must_use]
    pub fn signatures(&self) -> &[CoseSignature] {
        &self.signatures
    }

    /// The keys that the envelope names, each once, ascending. Names are claims until verified.
    #[must_use]
    pub fn signers(&self) -> Vec<KeyId> {
        let mut kids: Vec<_> = self.signatures.iter().map(|s| s.kid).collect();
        kids.dedup();
        kids
    }

    /// Checks that exactly one key signed, and that it is this one.
    ///
    /// # Errors
    /// `WrongSigners` or `Invalid`.
    pub fn verify(&self, purpose: Label, kid: KeyId, key: &VerifyingKey) -> Result<(), SignatureRefusal> {
        self.verify_all(purpose, &[(kid, key)])
    }

    /// Checks that exactly these keys signed: none missing, none more.
    ///
    /// # Errors
    /// `WrongSigners` or `Invalid`.
    pub fn verify_all(
        &self,
        purpose: Label,
        keys: &[(KeyId, &VerifyingKey)],
    ) -> Result<(), SignatureRefusal> {
        let mut keys = keys.to_vec();
        keys.sort_by_key(|(kid, _)| *kid);
        let wanted: Vec<_> = keys
            .iter()
            .flat_map(|(kid, key)| key.algorithms().iter().map(move |algorithm| (*kid, *algorithm, *key)))
            .collect();
        let named = self.signatures.iter().map(|s| (s.kid, s.algorithm));
        if !named.eq(wanted.iter().map(|(kid, algorithm, _)| (*kid, *algorithm))) {
            return Err(SignatureRefusal::WrongSigners);
        }
        for (s, (kid, algorithm, key)) in self.signatures.iter().zip(wanted) {
            let message = to_be_signed(purpose, &protected(algorithm, &kid), &self.payload);
            if !key.verifies(algorithm, &message, &s.signature) {
                return Err(SignatureRefusal::Invalid { kid });
            }
        }
        Ok(())
    }
}

fn read_cose_sign1(r: &mut Reader<'_>, index: usize) -> Result<CoseSignature, SignatureRefusal> {
    r.array_of(4, "a COSE_Sign1")?;
    let (algorithm, kid) = read_protected(r.bytes()?).ok_or(SignatureRefusal::UnknownAlgorithm { index })?;
    let offset = r.offset();
    if r.map()? != 0 {
        return Err(r.out_of_range(offset, "no unprotected header").into());
    }
    r.null()?;
    let offset = r.offset();
    let signature = r.bytes()?.to_vec();
    if signature.len() != algorithm.signature_len() {
        return Err(r.out_of_range(offset, "a signature of the algorithm's length").into());
    }
    Ok(CoseSignature { algorithm, kid, signature })
}

/// Reads `{1: alg, 4: kid}`. Only its one encoding is accepted, so that it need not be kept.
fn read_protected(bytes: &[u8]) -> Option<(Algorithm, KeyId)> {
    check_canonical(bytes).ok()?;
    let mut r = Reader::strict(bytes);
    r.map().ok()?;
    r.uint().ok()?;
    let algorithm = Algorithm::from_code(r.int().ok()?)?;
    r.uint().ok()?;
    let kid = KeyId(r.fixed("a key id").ok()?);
    (protected(algorithm, &kid) == bytes).then_some((algorithm, kid))
}

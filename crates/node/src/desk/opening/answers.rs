//! From trustees' answers to pads: only validly signed ones to this very request count, one a trustee.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_register::{
    Blob, KeyId, OpeningResponse, Outcome, RefusedOpening, SignedBody, TrusteeAnswer,
    TrusteeSet as RegisteredSet, VerifiedBody,
};
use counterseal_seal::{Pad, Release, Sealed};

use super::request::SignedAsking;

/// What trustees said to one request.
#[derive(Default)]
pub(super) struct Heard {
    /// The pads of all parts, by who gave them.
    pub(super) pads: BTreeMap<KeyId, Vec<Pad>>,
    /// Who gave a pad that is not the one that the author committed to. None of its pads counts.
    pub(super) liars: BTreeSet<KeyId>,
    /// Who refused.
    pub(super) refused: Vec<(KeyId, RefusedOpening)>,
    /// Who gave no answer that counts, and what was heard.
    pub(super) silent: BTreeMap<KeyId, String>,
    /// The signed answers.
    pub(super) signed: Vec<(KeyId, Vec<u8>)>,
}

impl Heard {
    /// Takes an answer of the trustee at a place of the set.
    pub(super) fn take(
        &mut self,
        asked: &SignedAsking,
        set: &RegisteredSet,
        trustee: KeyId,
        answer: Result<TrusteeAnswer, String>,
    ) {
        match self.read(asked, set, trustee, answer) {
            Ok(()) => drop(self.silent.remove(&trustee)),
            Err(why) => drop(self.silent.insert(trustee, why)),
        }
    }

    fn read(
        &mut self,
        asked: &SignedAsking,
        set: &RegisteredSet,
        trustee: KeyId,
        answer: Result<TrusteeAnswer, String>,
    ) -> Result<(), String> {
        let known = set.find(trustee).ok_or("it is none of the trustees")?.1;
        let objects = match answer? {
            TrusteeAnswer::Signed { objects } => objects,
            TrusteeAnswer::NotNow { code } => return Err(format!("not now ({code})")),
            TrusteeAnswer::Post { .. } | TrusteeAnswer::Done {} => {
                return Err("it answers something else".into());
            }
        };
        let [Blob(bytes)] = objects.as_slice() else { return Err("it answers something else".into()) };
        let response = verify_response(bytes, asked, &known.key)?;
        let body = response.body();
        let x = u8::try_from(known.x).map_err(|_| "it has no place")?;
        match (body.outcome, &body.pads, &body.refused) {
            (Outcome::Released, Some(pads), None) => {
                let enc = pads.enc.0.as_slice().try_into().map_err(|_| "its pads cannot be read")?;
                let sealed = Sealed { enc: Box::new(enc), ciphertext: pads.ciphertext.0.clone() };
                let release = Release { mission: body.mission, trustee, x, request: asked.hash };
                let opened = asked.fresh.open_pads(&release, &sealed, asked.request.parts.len());
                self.pads.insert(trustee, opened.map_err(|_| "its pads are not sealed to this request")?);
            }
            (Outcome::Refused, None, Some(refused)) => self.refused.push((trustee, refused.clone())),
            _ => return Err("its answer contradicts itself".into()),
        }
        self.signed.push((trustee, response.bytes().to_vec()));
        Ok(())
    }
}

/// A response that this trustee signed to exactly this request.
fn verify_response(
    bytes: &[u8],
    asked: &SignedAsking,
    key: &counterseal_register::HybridKey,
) -> Result<VerifiedBody<OpeningResponse>, String> {
    let parsed = SignedBody::<OpeningResponse>::parse(bytes).map_err(|error| error.to_string())?;
    let verified = parsed.verify_trustee(asked.request.mission, key).map_err(|error| error.to_string())?;
    let body = verified.body();
    if body.request.0 != asked.hash || body.trustee != key.id() {
        return Err("it answers another request".to_owned());
    }
    Ok(verified)
}

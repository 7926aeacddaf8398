//! From trustees' answers to pads: only validly signed ones to this very request count, one a trustee.

use std::collections::BTreeMap;

use counterseal_register::{
    Blob, KeyId, OpeningResponse, Outcome, RefusedOpening, SignedBody, TrusteeAnswer,
    TrusteeSet as RegisteredSet, VerifiedBody,
};
use counterseal_seal::{Pad, Release, Sealed, TrusteePlace, TrusteeSet};

use super::failure::OpeningFailure;
use super::request::SignedAsking;

/// What trustees said to one request.
#[derive(Default)]
pub(super) struct Heard {
    /// The pads of all parts, by the place x_j of who gave them.
    pub(super) pads: BTreeMap<u8, Vec<Pad>>,
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
                self.pads.insert(x, opened.map_err(|_| "its pads are not sealed to this request")?);
            }
            (Outcome::Refused, None, Some(refused)) => self.refused.push((trustee, refused.clone())),
            _ => return Err("its answer contradicts itself".into()),
        }
        self.signed.push((trustee, response.bytes().to_vec()));
        Ok(())
    }

    /// Whether enough have answered to know how it ends: t have released, or so many refused that t cannot.
    pub(super) fn is_decided(&self, set: &RegisteredSet) -> bool {
        let (t, n) = (usize::try_from(set.threshold).unwrap_or(usize::MAX), set.trustees.len());
        self.pads.len() >= t || n.saturating_sub(self.refused.len()) < t
    }

    /// Fails unless t have released.
    pub(super) fn require(&self, set: &RegisteredSet) -> Result<(), OpeningFailure> {
        let needed = usize::try_from(set.threshold).unwrap_or(usize::MAX);
        let have = self.pads.len();
        if have >= needed {
            return Ok(());
        }
        if set.trustees.len().saturating_sub(self.refused.len()) < needed {
            return Err(OpeningFailure::Refused { refused: self.refused.clone() });
        }
        let silent = self.silent.iter().map(|(id, why)| (*id, why.clone())).collect();
        Err(OpeningFailure::TooFew { have, needed, silent })
    }

    /// The pads of the part at a place of the request.
    pub(super) fn pads_of(&self, at: usize) -> BTreeMap<u8, Pad> {
        let one = |(x, pads): (&u8, &Vec<Pad>)| Some((*x, Pad::from_bytes(pads.get(at)?.reveal())));
        self.pads.iter().filter_map(one).collect()
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

/// A set of the register in the terms of the arithmetic.
pub(super) fn places_of(set: &RegisteredSet) -> Option<TrusteeSet> {
    let place = |one: &counterseal_register::Trustee| {
        Some(TrusteePlace { trustee: one.id(), x: u8::try_from(one.x).ok()? })
    };
    let places = set.trustees.iter().map(place).collect::<Option<Vec<_>>>()?;
    TrusteeSet::new(set.id, u8::try_from(set.threshold).ok()?, places).ok()
}

//! The receipt of an opening: for whoever trusts neither the desk nor the hub, checked offline.
//!
//! ```text
//! C2SP tlog-proof of the leaf; its extra data is dCBOR [signed request: bstr, [* signed answer: bstr]]
//! ```

use counterseal_ledger::{Policy, Receipt};
use counterseal_model::Timestamp;
use counterseal_model::cbor::{Reader, Writer, check_canonical};
use counterseal_register::{
    JournalLeaf, KeyId, OpeningRequest, OpeningResponse, Outcome, Register, SignedBody, opening_leaf,
    request_hash,
};

use super::kept::read_request;
use crate::error::NodeError;

/// Most answers of a receipt.
const MAX_ANSWERS: usize = 16;

/// A receipt, as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningReceipt {
    /// The text of the tlog-proof.
    pub text: String,
}

/// What a receipt shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningShown {
    /// What was asked.
    pub request: OpeningRequest,
    /// What names it.
    pub hash: [u8; 32],
    /// The index of its leaf.
    pub leaf: u64,
    /// Leaves that the checkpoint covers.
    pub size: u64,
    /// Who cosigned the checkpoint, and when.
    pub cosigned: Vec<(String, Timestamp)>,
    /// Whether the reader's signature was checked: for that the mission's statements are needed.
    pub reader_checked: bool,
    /// The trustees that answered, what each decided, and when.
    pub answers: Vec<(KeyId, Outcome, Timestamp)>,
}

fn bad(reason: impl ToString) -> NodeError {
    NodeError::BadReceipt { reason: reason.to_string() }
}

impl OpeningReceipt {
    pub(super) fn assemble(request: &[u8], proof: &[u8], answers: &[Vec<u8>]) -> Result<Self, NodeError> {
        let mut receipt = Receipt::parse(proof).map_err(bad)?;
        let mut w = Writer::with_capacity(request.len() + 64);
        w.array(2).bytes(request).array(answers.len());
        for answer in answers {
            w.bytes(answer);
        }
        receipt.extra = Some(w.into_bytes());
        Ok(Self { text: receipt.to_string() })
    }
}

/// Checks a receipt by the log's policy, as anyone can, without a desk and a network; with the mission's register the
/// reader's and the trustees' signatures too.
///
/// # Errors
/// `BadReceipt`, with the reason.
pub fn check_opening_receipt(
    bytes: &[u8],
    policy: &Policy,
    register: Option<&Register>,
) -> Result<OpeningShown, NodeError> {
    let receipt = Receipt::parse(bytes).map_err(bad)?;
    let extra = receipt.extra.clone().ok_or_else(|| bad("it does not say what it is for"))?;
    let (signed, answers) = read_extra(&extra)?;
    let request = read_request(&signed)?;
    let leaf: JournalLeaf = opening_leaf(&signed, &request).map_err(bad)?;
    let shown = receipt.verify(&leaf.to_bytes(), policy).map_err(bad)?;
    let hash = request_hash(&signed);
    if let Some(register) = register {
        let keys =
            register.device_keys(request.reader).ok_or_else(|| bad("its reader was never enrolled"))?;
        let parsed = SignedBody::<OpeningRequest>::parse(&signed).map_err(bad)?;
        parsed.verify_request(register.mission(), keys).map_err(bad)?;
    }
    let answers = answers.iter().map(|answer| read_answer(answer, &request, &hash, register));
    let cosigned = shown.checkpoint().cosigned().iter().map(|cosigned| {
        (cosigned.witness.to_string(), Timestamp(i64::try_from(cosigned.time).unwrap_or(i64::MAX)))
    });
    Ok(OpeningShown {
        hash,
        leaf: shown.index(),
        size: shown.checkpoint().checkpoint().head().size,
        cosigned: cosigned.collect(),
        reader_checked: register.is_some(),
        answers: answers.collect::<Result<_, _>>()?,
        request,
    })
}

fn read_extra(extra: &[u8]) -> Result<(Vec<u8>, Vec<Vec<u8>>), NodeError> {
    check_canonical(extra).map_err(bad)?;
    let mut r = Reader::strict(extra);
    r.array_of(2, "a signed request and answers").map_err(bad)?;
    let request = r.bytes().map_err(bad)?.to_vec();
    let count = usize::try_from(r.array().map_err(bad)?).unwrap_or(usize::MAX);
    if count > MAX_ANSWERS {
        return Err(bad("it has more answers than there are trustees"));
    }
    let answers = (0..count).map(|_| r.bytes().map(<[u8]>::to_vec).map_err(bad));
    Ok((request, answers.collect::<Result<_, _>>()?))
}

fn read_answer(
    bytes: &[u8],
    request: &OpeningRequest,
    hash: &[u8; 32],
    register: Option<&Register>,
) -> Result<(KeyId, Outcome, Timestamp), NodeError> {
    let parsed = SignedBody::<OpeningResponse>::parse(bytes).map_err(bad)?;
    let claims = parsed.claims();
    let said = (claims.trustee, claims.outcome, claims.time);
    if claims.request.0 != *hash {
        return Err(bad("an answer is to another request"));
    }
    if let Some(register) = register {
        let key = register.trustee_key(claims.trustee).ok_or_else(|| bad("an answer is of no trustee"))?;
        parsed.verify_trustee(request.mission, key).map_err(bad)?;
    }
    Ok(said)
}

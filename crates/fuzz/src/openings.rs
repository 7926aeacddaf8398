//! What desks and trustees say to each other (docs/spec/openings.md, deciding.md).

use counterseal_model::cbor::{Value, from_bytes_strict, to_bytes};
use counterseal_register::{
    Acknowledgement, Approval, DecoyInstruction, DecoysPlanted, DeviceCall, Disclosed, DisclosureAsked,
    EntryRefused, Fact, GuardedAsked, GuardedHeaders, KeptLetters, LeafPushed, Notice, OpeningRequest,
    OpeningResponse, Purpose, Readings, ReleaseEntry, ReleaseHead, RepairOrder, RepairSeeds, SealedTo,
    Signed, SignedBody, SuccessionAnswer, SuccessionCall, TrusteeAnswer, TrusteeCall, TrusteeKey,
    WaitingPost, opening_leaf, trustee_key_id,
};

use crate::same;

/// Anything of it: what is signed, with its envelope or without, and what is not.
pub fn openings(bytes: &[u8]) {
    signed::<Acknowledgement>(bytes);
    signed::<Approval>(bytes);
    signed::<DecoyInstruction>(bytes);
    signed::<DecoysPlanted>(bytes);
    signed::<DeviceCall>(bytes);
    signed::<Disclosed>(bytes);
    signed::<DisclosureAsked>(bytes);
    signed::<EntryRefused>(bytes);
    signed::<Fact>(bytes);
    signed::<GuardedAsked>(bytes);
    signed::<LeafPushed>(bytes);
    signed::<Notice>(bytes);
    signed::<OpeningResponse>(bytes);
    signed::<Readings>(bytes);
    signed::<ReleaseEntry>(bytes);
    signed::<ReleaseHead>(bytes);
    signed::<TrusteeKey>(bytes);
    signed::<SuccessionCall>(bytes);
    signed::<SuccessionAnswer>(bytes);
    signed::<RepairSeeds>(bytes);
    plain::<SealedTo>(bytes);
    plain::<RepairOrder>(bytes);
    plain::<KeptLetters>(bytes);
    plain::<TrusteeAnswer>(bytes);
    plain::<TrusteeCall>(bytes);
    plain::<WaitingPost>(bytes);
    if let Ok(headers) = GuardedHeaders::parse(bytes) {
        same(&headers.to_bytes(), bytes, "headers of guarded entries");
    }
    if let Some(request) = signed::<OpeningRequest>(bytes) {
        let again = OpeningRequest { approvals: Vec::new(), ..request.clone() };
        assert_eq!(again.core_hash(), request.core_hash(), "approvals count in what is approved");
        if let Ok(leaf) = opening_leaf(bytes, &request) {
            assert_eq!(usize::try_from(leaf.count()), Ok(request.parts.len()), "a leaf of other parts");
        }
    }
    let _ = trustee_key_id(bytes);
}

fn signed<T: Purpose>(bytes: &[u8]) -> Option<T> {
    if let (Ok(read), Ok(envelope)) = (SignedBody::<T>::parse(bytes), Signed::parse(bytes)) {
        same(&to_bytes(read.claims()), envelope.payload(), std::any::type_name::<T>());
        return from_bytes_strict(envelope.payload()).ok();
    }
    plain(bytes)
}

fn plain<T: Value>(bytes: &[u8]) -> Option<T> {
    let read = from_bytes_strict::<T>(bytes).ok()?;
    same(&to_bytes(&read), bytes, std::any::type_name::<T>());
    Some(read)
}

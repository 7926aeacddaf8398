//! What a trustee does with an entry's wrap: unwrap, check, make the pads, forget the secret.

use counterseal_register::{HPKE_PUBLIC_LEN, KeyId, VerifiedHeader};
use subtle::ConstantTimeEq;
use thiserror::Error;

use crate::device::KeyUnusable;
use crate::hpke;
use crate::schedule::{derive_pad, derive_share_commitment};
use crate::secrets::{Pad, ShareSecret, TrusteeKeySecret, UnwrappingKey};
use crate::share::{TrusteeSet, pad_is_committed, wrap_info};

/// Why a trustee has no pads of an entry. Signed and told the author's desk, which must seal anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ShareRefusal {
    /// The entry is open, or of another trustee set.
    #[error("the entry does not name this trustee set")]
    OtherSet,
    /// The entry has another number of trustees than the set, or this trustee is not in the set.
    #[error("the entry has no place for this trustee in the trustee set that it names")]
    NoPlace,
    /// The share secret is wrapped to another key.
    #[error("the share secret is wrapped to key {named}, which is not the one at hand")]
    OtherKey {
        /// The key named.
        named: KeyId,
    },
    /// The wrap is not what seals to this key, for this entry and this trustee.
    #[error("the share secret cannot be unwrapped for this entry; the author must seal the entry again")]
    CannotUnwrap,
    /// The share secret is another than the one committed to.
    #[error(
        "the share secret is not the one that the entry commits to; the author must seal the entry again"
    )]
    NotTheCommittedOne,
    /// The pad of a part that follows from the share secret is another than the one committed to.
    #[error(
        "the pad of part {index} is not the one that the entry commits to; the author must seal the entry again"
    )]
    OtherPad {
        /// Which part.
        index: u32,
    },
}

impl ShareRefusal {
    /// A stable name for message catalogues and signed refusals.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherSet => "share-other-set",
            Self::NoPlace => "share-no-place",
            Self::OtherKey { .. } => "share-other-key",
            Self::CannotUnwrap => "share-cannot-unwrap",
            Self::NotTheCommittedOne => "share-not-committed",
            Self::OtherPad { .. } => "share-other-pad",
        }
    }
}

impl TrusteeKeySecret {
    /// The X-Wing public key, for the signed bundle that the device fetches.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn public(&self) -> Result<[u8; HPKE_PUBLIC_LEN], KeyUnusable> {
        hpke::public_key(&self.unwrapping()).ok_or(KeyUnusable)
    }

    /// The pads of all parts of an entry, in the order of their index; the share secret is gone with the call.
    ///
    /// `key` is this key's id, `set` what the register says of the set that the entry must name. Nothing is
    /// taken on the sender's word: the context is computed from the header that its author signed. A wrap
    /// from another entry does not open under it *[copied, it would open that entry for whoever may open
    /// this one]*.
    ///
    /// # Errors
    /// See `ShareRefusal`.
    pub fn receive(
        &self,
        entry: &VerifiedHeader,
        set: &TrusteeSet,
        trustee: KeyId,
        key: KeyId,
    ) -> Result<Vec<Pad>, ShareRefusal> {
        let header = entry.header();
        if header.trustee_set != Some(set.id()) {
            return Err(ShareRefusal::OtherSet);
        }
        let (rank, x) = set.find(trustee).ok_or(ShareRefusal::NoPlace)?;
        let ours = header.trustees.get(rank).filter(|_| header.trustees.len() == set.places().len());
        let ours = ours.ok_or(ShareRefusal::NoPlace)?;
        if ours.key != key {
            return Err(ShareRefusal::OtherKey { named: ours.key });
        }
        let ctx = header.ctx();
        let info = wrap_info(&ctx, &trustee, x, &key);
        let opened = hpke::open(&self.unwrapping(), &info, &ours.commitment, &ours.enc, &ours.wrap);
        let opened = opened.ok_or(ShareRefusal::CannotUnwrap)?;
        let secret = opened.as_slice().try_into().map_err(|_| ShareRefusal::CannotUnwrap)?;
        let secret = ShareSecret::from_bytes(secret);
        // The author may have sealed under a commitment to something else; then nobody could ever say whose
        // pad is wrong.
        let committed = derive_share_commitment(&secret, &ctx, x).ct_eq(&ours.commitment);
        if !bool::from(committed) {
            return Err(ShareRefusal::NotTheCommittedOne);
        }
        let pads = (0u32..).zip(&header.parts).map(|(index, _)| {
            let pad = derive_pad(&secret, &ctx, x, index);
            // What this trustee acknowledges binds the author too: nobody can make it look like a liar later.
            let committed = pad_is_committed(entry, index, (rank, x), &pad);
            committed.then_some(pad).ok_or(ShareRefusal::OtherPad { index })
        });
        pads.collect()
    }

    fn unwrapping(&self) -> UnwrappingKey {
        UnwrappingKey::from_bytes(self.reveal())
    }
}

#[cfg(test)]
mod tests {
    use counterseal_model::cbor::{Extra, to_bytes};
    use counterseal_model::{CompartmentId, EpochId, JournalId, MissionId, StatementId};
    use counterseal_register::{
        Bytes, EntryHeader, Label, PartGuard, PartHeader, TrusteeHeader, verify_header,
    };
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;
    use crate::device::DeviceSecrets;
    use crate::schedule::derive_pad_commitment;
    use crate::share::TrusteePlace;
    use crate::sign::sign_statement;

    /// A member who seals whatever he likes to the one trustee: another secret than he commits to, or pads of another
    /// secret, or something that is no secret.
    fn hostile(
        committed: &ShareSecret,
        padded: &ShareSecret,
        sealed: &[u8],
    ) -> Result<Vec<Pad>, ShareRefusal> {
        let rng = &mut ChaCha20Rng::seed_from_u64(1);
        let (device, ours) = (DeviceSecrets::make(rng).unwrap(), TrusteeKeySecret::make(rng));
        let (trustee, key, x) = (KeyId([1; 32]), KeyId([2; 32]), 7);
        let set =
            TrusteeSet::new(StatementId::from_bytes([6; 32]), 1, vec![TrusteePlace { trustee, x }]).unwrap();
        let guard = PartGuard { commitment: [8; 32], points: vec![[9; 32]], pads: vec![[0; 32]] };
        let part = PartHeader { ciphertext_hash: [0; 32], padded_length: 1024, guard: Some(guard) };
        let unfilled = TrusteeHeader { key, enc: Box::new([0; 1120]), wrap: [0; 48], commitment: [0; 32] };
        let mut header = EntryHeader {
            suite: EntryHeader::SUITE,
            mission: MissionId::from_bytes([1; 32]),
            compartment: CompartmentId::from_bytes([2; 16]),
            epoch: EpochId::from_bytes([3; 32]),
            device: device.id(),
            journal: JournalId::from_bytes([4; 16]),
            seq: 0,
            prev: EntryHeader::NO_PREV,
            continues: None,
            salt: Bytes([5; 32]),
            trustee_set: Some(set.id()),
            parts: vec![part; 2],
            trustees: vec![unfilled],
            statements_seen: 0,
            journal_seen: 0,
            extra: Extra::default(),
        };
        let ctx = header.ctx();
        // The first part's commitment is good in any case.
        for (index, part) in (0u32..).zip(&mut header.parts) {
            let of = if index == 0 { committed } else { padded };
            let pad = derive_pad(of, &ctx, x, index);
            part.guard.as_mut().unwrap().pads = vec![derive_pad_commitment(&ctx, x, index, &pad)];
        }
        let commitment = derive_share_commitment(committed, &ctx, x);
        let info = wrap_info(&ctx, &trustee, x, &key);
        let wrapped = hpke::seal(rng, &ours.public().unwrap(), &info, &commitment, sealed).unwrap();
        let wrap = wrapped.ciphertext.try_into().unwrap();
        header.trustees = vec![TrusteeHeader { key, enc: wrapped.enc, wrap, commitment }];
        let signed = sign_statement(&to_bytes(&header), Label::ENTRY_SIGN, &[&device]).unwrap();
        ours.receive(&verify_header(signed.bytes(), device.public()).unwrap(), &set, trustee, key)
    }

    #[test]
    fn another_share_secret_or_pad_than_the_committed_one_is_refused() {
        let (one, other) = (ShareSecret::from_bytes(&[1; 32]), ShareSecret::from_bytes(&[2; 32]));
        assert_eq!(hostile(&one, &one, one.reveal()).unwrap().len(), 2);
        assert_eq!(hostile(&one, &one, other.reveal()), Err(ShareRefusal::NotTheCommittedOne));
        assert_eq!(hostile(&one, &other, one.reveal()), Err(ShareRefusal::OtherPad { index: 1 }));
    }
}

//! Trustees' keys for this device's entries: one of each trustee must be at hand before anything is sealed,
//! and there may be no line then.

use counterseal_model::CompartmentId;
use counterseal_register::{HPKE_PUBLIC_LEN, KeyId, SignedBody, TrusteeKey};
use counterseal_seal::{TrusteePublic, TrusteeSet};
use rusqlite::{Connection, OptionalExtension};

use super::set::sharing;
use super::words::TrusteeLie;
use crate::desk::Desk;
use crate::error::NodeError;

/// The trustees in force, and a key of each for this device's entries in one compartment.
pub(super) struct KeysAtHand {
    pub(super) set: TrusteeSet,
    keys: Vec<(KeyId, [u8; HPKE_PUBLIC_LEN])>,
}

impl KeysAtHand {
    /// As sealing wants them, in the set's order.
    pub(super) fn public(&self) -> Vec<TrusteePublic<'_>> {
        self.keys.iter().map(|(key, public)| TrusteePublic { key: *key, public }).collect()
    }
}

impl Desk {
    /// The newest key of each trustee in force.
    pub(super) fn keys_at_hand(&self, compartment: CompartmentId) -> Result<KeysAtHand, NodeError> {
        let named = self.register.trustees(self.moment()).ok_or(NodeError::NoTrustees)?;
        let set = sharing(named)?;
        let trustees: Vec<KeyId> = set.places().iter().map(|place| place.trustee).collect();
        let found = self.store.read(|db| {
            let newest = trustees.iter().map(|trustee| newest_key(db, compartment, *trustee));
            newest.collect::<Result<Vec<_>, NodeError>>()
        })?;
        let keys: Vec<_> = found.into_iter().flatten().map(|key| (KeyId(key.id()), key.public.0)).collect();
        match keys.len() == trustees.len() {
            true => Ok(KeysAtHand { set, keys }),
            false => Err(NodeError::NoTrusteeKeys { compartment, have: keys.len(), needed: trustees.len() }),
        }
    }

    /// What is wrong with a key that a trustee gave; `None` when it is a good one. Its signature is the trustee's
    /// word that nobody else can open what is sealed to it.
    pub(super) fn check_key(&self, trustee: KeyId, bytes: &[u8]) -> Result<TrusteeKey, TrusteeLie> {
        let identity = self.register.trustee_key(trustee).ok_or(TrusteeLie::Signature)?;
        let signed = SignedBody::<TrusteeKey>::parse(bytes).map_err(|_| TrusteeLie::Unreadable)?;
        let verified = signed.verify_trustee(self.mission(), identity).map_err(|_| TrusteeLie::Signature)?;
        let key = verified.into_body();
        let fits = key.trustee == trustee && key.device == self.device() && key.generation > 0;
        if fits && key.generation <= i64::MAX.cast_unsigned() { Ok(key) } else { Err(TrusteeLie::OtherKey) }
    }
}

/// Keeps a key. Another one under a generation that is here already is refused: what was sealed names the first.
pub(super) fn keep_key(tx: &Connection, key: &TrusteeKey, bytes: &[u8]) -> Result<bool, NodeError> {
    let place = (key.compartment.as_bytes(), key.trustee.0, key.generation.cast_signed());
    let mut keep = tx.prepare_cached(
        "INSERT OR IGNORE INTO trustee_key (compartment, trustee, generation, id, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    keep.execute((place.0, place.1, place.2, key.id(), bytes))?;
    let mut find = tx.prepare_cached(
        "SELECT id FROM trustee_key WHERE compartment = ?1 AND trustee = ?2 AND generation = ?3",
    )?;
    Ok(find.query_row(place, |row| row.get::<_, [u8; 32]>(0))? == key.id())
}

fn newest_key(
    db: &Connection,
    compartment: CompartmentId,
    trustee: KeyId,
) -> Result<Option<TrusteeKey>, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT bytes FROM trustee_key WHERE compartment = ?1 AND trustee = ?2
         ORDER BY generation DESC LIMIT 1",
    )?;
    let bytes: Option<Vec<u8>> =
        find.query_row((compartment.as_bytes(), trustee.0), |row| row.get(0)).optional()?;
    // Checked when it came; the store's pages are authenticated.
    let parse =
        |bytes: Vec<u8>| SignedBody::<TrusteeKey>::parse(&bytes).map(|signed| signed.claims().clone());
    bytes.map(parse).transpose().map_err(|refusal| {
        NodeError::Verification(format!("a trustee's key in the store cannot be read: {refusal}"))
    })
}

//! What waits at a trustee for this device: notices of openings, and letters of other desks. Kept sealed, as it
//! came, with how far the trustee says its release log goes. What opens them is elsewhere.

use counterseal_model::Timestamp;
use counterseal_register::{Blob, KeyId, ReleaseHead, SealedTo, SignedBody, WaitingPost};
use rusqlite::{Connection, OptionalExtension};

use super::words::TrusteeLie;
use crate::desk::Desk;
use crate::error::NodeError;

/// Most pieces of post that are kept of one trustee.
const MOST: i64 = 65_536;

impl Desk {
    /// The place after which a trustee's post is asked for.
    pub(super) fn post_from(&self, trustee: KeyId) -> Result<u64, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT max(place) FROM trustee_post WHERE trustee = ?1")?;
            let last: Option<i64> = find.query_row([trustee.0], |row| row.get(0))?;
            Ok(last.unwrap_or(0).cast_unsigned())
        })
    }

    /// What came of a trustee's post, still sealed: its place, whether it is the trustee's notice, and the piece.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn trustee_post(&self, trustee: KeyId, after: u64) -> Result<Vec<WaitingPost>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT place, notice, enc, ciphertext FROM trustee_post WHERE trustee = ?1 AND place > ?2 ORDER BY place",
            )?;
            let rows = list.query_map((trustee.0, clamp(after)), |row| {
                let (place, notice, enc, ciphertext): (i64, bool, Vec<u8>, Vec<u8>) = row.try_into()?;
                let sealed = SealedTo { enc: Blob(enc), ciphertext: Blob(ciphertext), extra: Default::default() };
                Ok(WaitingPost { place: place.cast_unsigned(), notice, sealed, extra: Default::default() })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// How far a trustee's release log goes by its newest word, and when this desk heard that.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn trustee_head(&self, trustee: KeyId) -> Result<Option<(ReleaseHead, Timestamp)>, NodeError> {
        let kept = self.store.read(|db| kept_head(db, trustee))?;
        Ok(kept.and_then(|(bytes, heard)| {
            let head = SignedBody::<ReleaseHead>::parse(&bytes).ok()?.claims().clone();
            Some((head, Timestamp(heard)))
        }))
    }

    /// Checks a release log's head; none when it is older than what is kept.
    pub(super) fn check_head(
        &self,
        db: &Connection,
        trustee: KeyId,
        bytes: &[u8],
    ) -> Result<Result<bool, TrusteeLie>, NodeError> {
        let Some(identity) = self.register.trustee_key(trustee) else {
            return Ok(Err(TrusteeLie::Signature));
        };
        let Ok(signed) = SignedBody::<ReleaseHead>::parse(bytes) else {
            return Ok(Err(TrusteeLie::Unreadable));
        };
        let Ok(head) = signed.verify_trustee(self.mission(), identity) else {
            return Ok(Err(TrusteeLie::Signature));
        };
        let head = head.into_body();
        if head.trustee != trustee {
            return Ok(Err(TrusteeLie::Signature));
        }
        let kept = kept_head(db, trustee)?;
        let kept =
            kept.and_then(|(bytes, _)| Some(SignedBody::<ReleaseHead>::parse(&bytes).ok()?.claims().clone()));
        Ok(match kept {
            // A release log that becomes shorter, or another at the same length, hides what was released.
            Some(kept) if head.counter < kept.counter => Err(TrusteeLie::OtherAnswer),
            Some(kept) if head.counter == kept.counter && head.head != kept.head => {
                Err(TrusteeLie::OtherAnswer)
            }
            Some(kept) => Ok(head.time >= kept.time),
            None => Ok(true),
        })
    }
}

fn kept_head(db: &Connection, trustee: KeyId) -> Result<Option<(Vec<u8>, i64)>, NodeError> {
    let mut find = db.prepare_cached("SELECT bytes, heard FROM trustee_head WHERE trustee = ?1")?;
    Ok(find.query_row([trustee.0], |row| row.try_into()).optional()?)
}

pub(super) fn keep_head(
    tx: &Connection,
    trustee: KeyId,
    bytes: &[u8],
    now: Timestamp,
) -> Result<(), NodeError> {
    let mut keep =
        tx.prepare_cached("INSERT OR REPLACE INTO trustee_head (trustee, bytes, heard) VALUES (?1, ?2, ?3)")?;
    keep.execute((trustee.0, bytes, now.0))?;
    Ok(())
}

/// Keeps a piece of post; whether it is new. A trustee that sends without end must not fill the disk.
pub(super) fn keep_post(tx: &Connection, trustee: KeyId, item: &WaitingPost) -> Result<bool, NodeError> {
    let mut count = tx.prepare_cached("SELECT count(*) FROM trustee_post WHERE trustee = ?1")?;
    if count.query_row([trustee.0], |row| row.get::<_, i64>(0))? >= MOST {
        return Ok(false);
    }
    let mut keep = tx.prepare_cached(
        "INSERT OR IGNORE INTO trustee_post (trustee, place, notice, enc, ciphertext) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let SealedTo { enc, ciphertext, .. } = &item.sealed;
    Ok(keep.execute((trustee.0, clamp(item.place), item.notice, &enc.0, &ciphertext.0))? == 1)
}

fn clamp(place: u64) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

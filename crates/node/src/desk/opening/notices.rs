//! Notices: who asked for what of mine and my section's, why, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::cbor::from_bytes_strict;
use counterseal_model::{PersonId, Timestamp};
use counterseal_register::{JournalLeaf, KeyId, LeafType, Notice, Outcome, Signed, SignedBody, WaitingPost};
use rusqlite::OptionalExtension;

use super::outside::sealed_from;
use crate::desk::{Desk, local};
use crate::error::NodeError;

/// Approvals that were given within so many seconds of the request are counted and shown: nobody has read it then.
const HASTY: i64 = 10;

/// One request, or what was read of an advance opening, as trustees' notices tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    /// What names the request.
    pub request: [u8; 32],
    /// What a notice says of it: the first that came.
    pub notice: Notice,
    /// Who asked.
    pub reader: Option<PersonId>,
    /// What each trustee says became of it, and when.
    pub trustees: BTreeMap<KeyId, (Outcome, Timestamp)>,
    /// Approvals that were given within seconds.
    pub hasty: usize,
    /// Whether its leaf stands in the log as this desk has it: a release without one is a trustee's lie.
    pub logged: bool,
}

impl NoticeView {
    /// Whether it tells of what was read of an advance opening, and not of a request.
    #[must_use]
    pub const fn is_reading(&self) -> bool {
        self.notice.opening.is_some()
    }

    /// Whether trustees say that the reader's device told them two stories of what it read.
    #[must_use]
    pub fn is_forked(&self) -> bool {
        self.is_reading() && self.trustees.values().any(|(outcome, _)| *outcome == Outcome::Refused)
    }

    /// Whether a trustee says that something was released, or read, and no leaf of the log shows it.
    #[must_use]
    pub fn lacks_leaf(&self) -> bool {
        let left = |(outcome, _): &(Outcome, Timestamp)| matches!(outcome, Outcome::Released | Outcome::Read);
        !self.logged && self.trustees.values().any(left)
    }
}

impl Desk {
    /// Opens what came of the trustees' post and was not opened yet: notices and mail. What is opened is durable with
    /// how far it got; what cannot be opened, or is signed by nobody, is dropped.
    ///
    /// # Errors
    /// When the store fails.
    pub fn open_post(&mut self) -> Result<u64, NodeError> {
        let at = self.moment();
        let trustees: BTreeSet<KeyId> = self
            .register
            .trustee_sets(at)
            .flat_map(|set| &set.trustees)
            .map(counterseal_register::Trustee::id)
            .collect();
        let mut taken = 0;
        for trustee in trustees {
            for item in self.trustee_post(trustee, self.post_opened(trustee)?)? {
                self.open_item(trustee, &item)?;
                taken += 1;
                self.note_opened(trustee, item.place)?;
            }
        }
        self.tidy_approvals()?;
        Ok(taken)
    }

    fn open_item(&mut self, trustee: KeyId, item: &WaitingPost) -> Result<(), NodeError> {
        let Some(sealed) = sealed_from(&item.sealed) else { return Ok(()) };
        let mission = self.mission();
        if item.notice {
            match self.secrets.open_notice(mission, trustee, &sealed) {
                Ok(notice) => self.take_notice(trustee, &notice),
                Err(_) => Ok(()),
            }
        } else {
            match self.secrets.open_mail(mission, &sealed) {
                Ok(mail) => self.take_mail(&mail),
                Err(_) => Ok(()),
            }
        }
    }

    fn post_opened(&self, trustee: KeyId) -> Result<u64, NodeError> {
        let place = self.store.read(|db| local::get(db, &opened_name(trustee)))?;
        Ok(place.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes))
    }

    /// The last piece stays: from there on the trustee is asked.
    fn note_opened(&mut self, trustee: KeyId, place: u64) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.prepare_cached("DELETE FROM trustee_post WHERE trustee = ?1 AND place < ?2")?
                .execute((trustee.0, i64::try_from(place).unwrap_or(i64::MAX)))?;
            local::set(tx, &opened_name(trustee), &place.to_be_bytes())
        })
    }

    fn take_notice(&mut self, trustee: KeyId, signed: &[u8]) -> Result<(), NodeError> {
        let Some(key) = self.register.trustee_key(trustee).cloned() else { return Ok(()) };
        let verified = SignedBody::<Notice>::parse(signed)
            .and_then(|parsed| parsed.verify_trustee(self.mission(), &key));
        // What it did not sign is not its word.
        let Ok(verified) = verified else { return Ok(()) };
        let body = verified.body();
        if body.trustee != trustee {
            return Ok(());
        }
        let heard = self.now();
        self.store.commit(|tx| {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO notice (trustee, counter, request, signed, heard) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((trustee.0, body.counter.cast_signed(), body.request.0, verified.bytes(), heard.0))?;
            Ok(())
        })
    }

    /// The requests of which trustees told this desk, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn notices(&self) -> Result<Vec<NoticeView>, NodeError> {
        let rows: Vec<Vec<u8>> = self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT signed FROM notice ORDER BY heard, trustee, counter")?;
            let rows = list.query_map([], |row| row.get(0))?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let mut views: Vec<NoticeView> = Vec::new();
        let mut places: BTreeMap<[u8; 32], usize> = BTreeMap::new();
        for signed in rows {
            let signed =
                Signed::parse(&signed).map_err(|error| NodeError::Verification(error.to_string()))?;
            let notice: Notice = from_bytes_strict(signed.payload())?;
            let place = match places.get(&notice.request.0) {
                Some(place) => *place,
                None => {
                    places.insert(notice.request.0, views.len());
                    views.push(self.view_notice(&notice)?);
                    views.len() - 1
                }
            };
            if let Some(view) = views.get_mut(place) {
                view.trustees.insert(notice.trustee, (notice.outcome, notice.time));
            }
        }
        views.sort_by_key(|view| std::cmp::Reverse(view.notice.time));
        Ok(views)
    }

    fn view_notice(&self, notice: &Notice) -> Result<NoticeView, NodeError> {
        let hasty =
            |seen: &&counterseal_register::ApprovalSeen| seen.made.0.saturating_sub(notice.made.0) <= HASTY;
        let logged = match notice.leaf {
            Some(leaf) => {
                let kind = if notice.opening.is_some() { LeafType::Readings } else { LeafType::Opening };
                self.is_leaf_of(leaf, kind)?
            }
            None => false,
        };
        Ok(NoticeView {
            request: notice.request.0,
            reader: self.person_of(notice.reader),
            trustees: BTreeMap::new(),
            hasty: notice.approvals.iter().filter(hasty).count(),
            logged,
            notice: notice.clone(),
        })
    }

    /// Whether a leaf of a kind stands at an index of the journal log as this desk has it.
    fn is_leaf_of(&self, index: u64, kind: LeafType) -> Result<bool, NodeError> {
        let bytes: Option<Vec<u8>> = self.store.read(|db| {
            let find = "SELECT bytes FROM leaf WHERE no = ?1";
            Ok::<_, NodeError>(db.query_row(find, [index.cast_signed()], |row| row.get(0)).optional()?)
        })?;
        let leaf = bytes.and_then(|bytes| JournalLeaf::parse(&bytes).ok());
        Ok(leaf.is_some_and(|leaf| leaf.kind() == kind))
    }
}

/// Under which it is kept how much of a trustee's post was opened.
fn opened_name(trustee: KeyId) -> String {
    format!("post-opened:{trustee}")
}

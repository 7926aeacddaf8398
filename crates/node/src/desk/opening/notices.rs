//! Notices: who asked for what of mine and my section's, why, and what became of it.

use std::collections::BTreeMap;

use counterseal_model::cbor::from_bytes_strict;
use counterseal_model::{PersonId, Timestamp};
use counterseal_register::{KeyId, Notice, Signed, SignedBody, TrusteeAnswer, TrusteeCall, WaitingPost};
use rusqlite::OptionalExtension;

use super::outside::{Outside, sealed_from};
use crate::desk::Desk;
use crate::error::NodeError;

/// Approvals that were given within so many seconds of the request are counted and shown: nobody has read it then.
const HASTY: i64 = 10;

/// One request, as trustees' notices tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    /// What names the request.
    pub request: [u8; 32],
    /// What a notice says of it: the first that came.
    pub notice: Notice,
    /// Who asked.
    pub reader: Option<PersonId>,
    /// What each trustee says became of it, and when.
    pub trustees: BTreeMap<KeyId, (counterseal_register::Outcome, Timestamp)>,
    /// Approvals that were given within seconds.
    pub hasty: usize,
    /// Whether its leaf stands in the log as this desk has it: a release without one is a trustee's lie.
    pub logged: bool,
}

impl Desk {
    /// Fetches what waits at the trustees: notices, mail, and how far their release logs go.
    ///
    /// # Errors
    /// When the store fails. Trustees that cannot be reached are left out; [`Desk::openings_known`] says what that means.
    pub fn fetch_post(&mut self, outside: &mut dyn Outside) -> Result<u64, NodeError> {
        let Some(set) = self.register.trustees(self.moment()).cloned() else { return Ok(0) };
        let mut taken = 0;
        let mut rest: Vec<KeyId> = set.trustees.iter().map(|trustee| trustee.id()).collect();
        while !rest.is_empty() {
            let mut calls = Vec::with_capacity(rest.len());
            for trustee in rest.drain(..) {
                calls.push((trustee, TrusteeCall::Post { after: self.post_place(trustee)? }));
            }
            let mut answers = Vec::new();
            outside.call(calls, &mut |trustee, answer| {
                answers.extend(answer.ok().map(|answer| (trustee, answer)));
                true
            });
            for (trustee, answer) in answers {
                let TrusteeAnswer::Post { head, items, more } = answer else { continue };
                self.take_head(trustee, &head.0)?;
                let got = self.take_items(trustee, &items)?;
                taken += got;
                if more && got > 0 {
                    rest.push(trustee);
                }
            }
        }
        self.tidy_approvals()?;
        Ok(taken)
    }

    fn post_place(&self, trustee: KeyId) -> Result<u64, NodeError> {
        let place: Option<i64> = self.store.read(|db| {
            let find = "SELECT place FROM trustee_head WHERE trustee = ?1";
            Ok::<_, NodeError>(db.query_row(find, [trustee.0], |row| row.get(0)).optional()?)
        })?;
        Ok(place.unwrap_or(0).cast_unsigned())
    }

    /// Takes what waited, one after the other; how far it got is durable with each.
    fn take_items(&mut self, trustee: KeyId, items: &[WaitingPost]) -> Result<u64, NodeError> {
        let mut last = self.post_place(trustee)?;
        let mut taken = 0;
        for item in items {
            if item.place <= last {
                continue;
            }
            if let Some(sealed) = sealed_from(&item.sealed) {
                if item.notice {
                    let opened = self.secrets.open_notice(self.mission(), trustee, &sealed);
                    if let Ok(notice) = opened {
                        self.take_notice(trustee, &notice)?;
                    }
                } else if let Ok(mail) = self.secrets.open_mail(self.mission(), &sealed) {
                    self.take_mail(&mail)?;
                }
            }
            last = item.place;
            taken += 1;
            self.store.commit(|tx| {
                tx.execute(
                    "UPDATE trustee_head SET place = ?2 WHERE trustee = ?1",
                    (trustee.0, last.cast_signed()),
                )?;
                Ok::<_, NodeError>(())
            })?;
        }
        Ok(taken)
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
            Some(leaf) => self.is_opening_leaf(leaf)?,
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

    /// Whether an opening stands at an index of the journal log as this desk has it.
    fn is_opening_leaf(&self, index: u64) -> Result<bool, NodeError> {
        let bytes: Option<Vec<u8>> = self.store.read(|db| {
            let find = "SELECT bytes FROM leaf WHERE no = ?1";
            Ok::<_, NodeError>(db.query_row(find, [index.cast_signed()], |row| row.get(0)).optional()?)
        })?;
        let leaf = bytes.and_then(|bytes| counterseal_register::JournalLeaf::parse(&bytes).ok());
        Ok(leaf.is_some_and(|leaf| leaf.kind() == counterseal_register::LeafType::Opening))
    }
}

//! Second persons' approvals of exports: asked by this desk, given at theirs, and good once (docs/spec/casework.md,
//! section 7). What they sign names person, parts, purpose and receiver, and an id of its own.

use counterseal_model::cbor::from_bytes_strict;
use counterseal_model::{Code, CompartmentId, Timestamp};
use counterseal_policy::Approval as Approved;
use counterseal_register::{
    Approval, Bytes, DisclosedAs, DisclosureAsked, Label, PartRef, Signed, SignedBody,
};
use counterseal_seal::sign_statement;
use rusqlite::{Connection, OptionalExtension};

use super::approve::ShareReply;
use super::export::PartsExport;
use super::refusal::ShareRefusal;
use crate::desk::Desk;
use crate::desk::casework::NamedPart;
use crate::desk::export::ExportOptions;
use crate::desk::statements::random;
use crate::error::NodeError;

/// For how long an approval is good, from when it was asked for, in seconds.
const GOOD_FOR: i64 = 7 * Timestamp::DAY;

/// What would leave.
pub(super) struct Wanted<'a> {
    pub(super) parts: &'a [NamedPart],
    pub(super) purpose: &'a Code,
    pub(super) case: bool,
    pub(super) recipient: &'a Code,
}

/// An export that may leave, and the asked approval that it uses up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desk) struct Permitted {
    pub(in crate::desk) recipient: Code,
    pub(super) used: Option<[u8; 32]>,
}

impl Desk {
    /// What a second person approves of an export of parts, for them to carry to their desk. It is kept here until it
    /// is used.
    ///
    /// # Errors
    /// When a part cannot be read now or must not leave, or there is no policy that knows the purpose.
    pub fn ask_export(&mut self, what: &PartsExport) -> Result<ShareReply, NodeError> {
        for named in &what.parts {
            self.readable(*named)?;
        }
        self.ask_to_export(&what.parts, &what.purpose, what.case, what.compartment)
    }

    /// The same of what a question exports.
    ///
    /// # Errors
    /// `NoPurpose`; `NothingToApprove` where the policy speaks of none of it.
    pub fn ask_export_of(&mut self, options: &ExportOptions) -> Result<ShareReply, NodeError> {
        let named = self.spoken_of(self.asked_for(options)?)?;
        if named.is_empty() {
            return Err(ShareRefusal::NothingToApprove.into());
        }
        let Some(purpose) = options.purpose.clone() else {
            return Err(ShareRefusal::NoPurpose { count: named.len() }.into());
        };
        self.ask_to_export(&named, &purpose, options.case, options.compartment)
    }

    fn ask_to_export(
        &mut self,
        parts: &[NamedPart],
        purpose: &Code,
        case: bool,
        compartment: CompartmentId,
    ) -> Result<ShareReply, NodeError> {
        let policy = self.policy_in_force()?.ok_or(ShareRefusal::NoPolicy)?;
        let known = policy.table().purposes().get(purpose).map(|known| known.recipient.clone());
        let asked = DisclosureAsked {
            mission: self.mission(),
            by: self.device(),
            how: DisclosedAs::Exported,
            compartment,
            parts: in_order(parts),
            to: None,
            purpose: purpose.clone(),
            case,
            generalised: Vec::new(),
            content: Bytes::ZERO,
            recipient: Some(known.ok_or(ShareRefusal::NoSuchPurpose)?),
            id: Some(Bytes(random(&mut self.rng))),
            extra: Default::default(),
        };
        let signed = sign_statement(&asked.payload(), Label::OPENING_DISCLOSURE_ASKED, &[&self.secrets])?;
        let (core, now) = (asked.core_hash(), self.now());
        self.store.commit(|tx| {
            tx.execute(
                "INSERT INTO export_asked (core, signed, made) VALUES (?1, ?2, ?3)",
                (core, signed.bytes(), now.0),
            )?;
            Ok::<_, NodeError>(())
        })?;
        Ok(ShareReply { bytes: signed.bytes().to_vec() })
    }

    /// Takes a second person's approval of an export that this desk asked for; it is kept until it is used.
    ///
    /// # Errors
    /// `NotThisApproval` when it is none, of nothing that this desk asked for, its own person's, or used or too old.
    pub fn take_export_approval(&mut self, bytes: &[u8]) -> Result<(), NodeError> {
        let bad = |reason: &str| ShareRefusal::NotThisApproval { reason: reason.to_owned() };
        let parsed = SignedBody::<Approval>::parse(bytes).map_err(|error| bad(&error.to_string()))?;
        let (core, approver) = (parsed.claims().core.0, parsed.claims().approver);
        let row: Option<(i64, Option<i64>)> = self.store.read(|db| {
            let find = "SELECT made, used FROM export_asked WHERE core = ?1";
            Ok::<_, NodeError>(db.query_row(find, [core], |row| row.try_into()).optional()?)
        })?;
        let (made, used) = row.ok_or_else(|| bad("this desk asked for no such export"))?;
        if used.is_some() {
            return Err(bad("it was used for an export already, and is good for one").into());
        }
        if self.is_too_old(made) {
            return Err(bad("it was asked for more than seven days ago").into());
        }
        self.check_approval(&core, bytes)?;
        self.store.commit(|tx| {
            tx.execute(
                "INSERT OR REPLACE INTO export_approval (core, approver, signed) VALUES (?1, ?2, ?3)",
                (core, approver.as_bytes(), bytes),
            )?;
            Ok::<_, NodeError>(())
        })
    }

    /// The approvals that count for what is to leave now: of one asked export of exactly this, not used and not too old.
    pub(super) fn approvals_of(
        &self,
        wanted: &Wanted<'_>,
    ) -> Result<(Vec<Approved>, Option<[u8; 32]>), NodeError> {
        let mut best = (Vec::new(), None);
        for (core, signed, made) in self.store.read(unused)? {
            let envelope =
                Signed::parse(&signed).map_err(|error| NodeError::Verification(error.to_string()))?;
            let asked: DisclosureAsked = from_bytes_strict(envelope.payload())?;
            let same = asked.parts == in_order(wanted.parts)
                && (&asked.purpose, asked.case) == (wanted.purpose, wanted.case)
                && asked.recipient.as_ref() == Some(wanted.recipient)
                && asked.by == self.device();
            if !same || self.is_too_old(made) {
                continue;
            }
            let given: Vec<Vec<u8>> = self.store.read(|db| {
                let mut list = db.prepare_cached("SELECT signed FROM export_approval WHERE core = ?1")?;
                let rows = list.query_map([core], |row| row.get(0))?;
                Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
            })?;
            // Whoever was suspended since approves nothing.
            let good: Vec<_> =
                given.iter().filter_map(|bytes| self.check_approval(&core, bytes).ok()).collect();
            if good.len() > best.0.len() {
                best = (good, Some(core));
            }
        }
        Ok(best)
    }

    /// Uses an approval up, before anything leaves by it: after a crash in between it has to be asked for again.
    pub(in crate::desk) fn use_up(&mut self, permitted: &Permitted) -> Result<(), NodeError> {
        let (Some(core), now) = (permitted.used, self.now()) else { return Ok(()) };
        let mut used = 0;
        self.store.commit(|tx| {
            let once = "UPDATE export_asked SET used = ?2 WHERE core = ?1 AND used IS NULL";
            used = tx.execute(once, (core, now.0))?;
            Ok::<_, NodeError>(())
        })?;
        let reason = "it was used for an export already, and is good for one".to_owned();
        if used == 1 { Ok(()) } else { Err(ShareRefusal::NotThisApproval { reason }.into()) }
    }

    fn is_too_old(&self, made: i64) -> bool {
        self.now().0.saturating_sub(made) > GOOD_FOR
    }
}

fn in_order(parts: &[NamedPart]) -> Vec<PartRef> {
    let mut parts: Vec<PartRef> = parts.iter().map(|named| named.part).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

type Asked = ([u8; 32], Vec<u8>, i64);

fn unused(db: &Connection) -> Result<Vec<Asked>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT core, signed, made FROM export_asked WHERE used IS NULL ORDER BY made, core",
    )?;
    let rows = list.query_map([], |row| row.try_into() as rusqlite::Result<Asked>)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

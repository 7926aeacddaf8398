//! The two-person rule: a request goes to a second person's own desk, sealed to it, and the answer comes back. Trustees
//! keep the mail; they can read neither.

use counterseal_model::cbor::{Reader, Writer, check_canonical};
use counterseal_model::{DeviceId, PersonId, Timestamp};
use counterseal_register::{
    Approval, Bytes, Label, OpeningRequest, PartRef, SignedBody, TrusteeAnswer, TrusteeCall,
};
use counterseal_seal::{seal_mail, sign_statement};
use rusqlite::OptionalExtension;

use super::failure::OpeningFailure;
use super::kept::read_request;
use super::outside::{Outside, sealed_to};
use super::request::Asking;
use crate::desk::Desk;
use crate::desk::decoy::{INSTRUCTION, REPORT};
use crate::desk::statements::recipient;
use crate::error::NodeError;
use crate::link::LinkError;

/// Kinds of mail.
const ASKED: u64 = 1;
const GIVEN: u64 = 2;
const DECLINED: u64 = 3;

/// Somebody asks this desk's person to approve a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalAsked {
    /// What names the request without its approvals.
    pub core: [u8; 32],
    /// Who asks.
    pub reader: PersonId,
    /// What is asked.
    pub request: OpeningRequest,
    /// When it arrived here.
    pub arrived: Timestamp,
    /// What was answered, if something was.
    pub answer: Option<ApprovalGiven>,
}

/// An answer to a request for approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApprovalGiven {
    /// Whether it was approved.
    pub approved: bool,
    /// When.
    pub at: Timestamp,
}

impl Desk {
    /// Sends a request to the devices of a second person, by way of the trustees. It is signed, and by itself good for
    /// nothing: trustees refuse it without an approval, and only this desk has the key to which they would answer.
    ///
    /// # Errors
    /// When no trustee keeps it.
    pub fn ask_approval(
        &mut self,
        asking: &Asking,
        of: PersonId,
        outside: &mut dyn Outside,
    ) -> Result<(), LinkError> {
        if of == self.person {
            return Err(NodeError::from(OpeningFailure::ApprovalsMissing { needed: 1, have: 0 }).into());
        }
        let payload = asking.request().payload();
        let signed =
            sign_statement(&payload, Label::OPENING_REQUEST, &[&self.secrets]).map_err(NodeError::from)?;
        let mail = letter(ASKED, signed.bytes());
        self.send_mail(of, None, &mail, outside)
    }

    /// Approves a request that waits here, and tells who asked.
    ///
    /// # Errors
    /// When there is none that begins so, its time is over, or no trustee keeps the answer.
    pub fn approve(
        &mut self,
        prefix: &str,
        approved: bool,
        outside: &mut dyn Outside,
    ) -> Result<ApprovalAsked, LinkError> {
        let asked = self.find_asked(prefix)?;
        let now = self.now();
        if now > asked.request.not_after {
            return Err(NodeError::from(OpeningFailure::TooOld).into());
        }
        let mail = if approved {
            let approval = Approval {
                mission: self.mission(),
                core: Bytes(asked.core),
                reader: asked.request.reader,
                approver: self.device(),
                made: now,
                extra: Default::default(),
            };
            let signed = sign_statement(&approval.payload(), Label::OPENING_APPROVAL, &[&self.secrets]);
            letter(GIVEN, signed.map_err(NodeError::from)?.bytes())
        } else {
            letter(DECLINED, &asked.core)
        };
        self.store.commit(|tx| {
            tx.execute(
                "UPDATE approval_asked SET approved = ?2, answered = ?3 WHERE core = ?1",
                (asked.core, approved, now.0),
            )?;
            Ok::<_, NodeError>(())
        })?;
        self.send_mail(asked.reader, Some(asked.request.reader), &mail, outside)?;
        Ok(ApprovalAsked { answer: Some(ApprovalGiven { approved, at: now }), ..asked })
    }

    /// Requests that wait for this person's approval, or did, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn approvals_asked(&self) -> Result<Vec<ApprovalAsked>, NodeError> {
        type Columns = ([u8; 32], Vec<u8>, i64, Option<bool>, Option<i64>);
        let rows: Vec<Columns> = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT core, signed, arrived, approved, answered FROM approval_asked ORDER BY arrived DESC",
            )?;
            let rows = list.query_map([], |row| row.try_into() as rusqlite::Result<Columns>)?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let view = |(core, signed, arrived, approved, answered): Columns| {
            let request = read_request(&signed)?;
            let reader = self.person_of(request.reader).ok_or(NodeError::NoMission)?;
            let answer = approved.zip(answered);
            let answer = answer.map(|(approved, at)| ApprovalGiven { approved, at: Timestamp(at) });
            Ok(ApprovalAsked { core, reader, request, arrived: Timestamp(arrived), answer })
        };
        rows.into_iter().map(view).collect()
    }

    fn find_asked(&self, prefix: &str) -> Result<ApprovalAsked, NodeError> {
        let prefix = prefix.to_ascii_lowercase();
        let mut found = self.approvals_asked()?;
        found.retain(|asked| asked.answer.is_none() && hex::encode(asked.core).starts_with(&prefix));
        match (found.pop(), found.len(), prefix.len() >= 4) {
            (Some(only), 0, true) => Ok(only),
            _ => Err(OpeningFailure::NoSuchRequest { id: prefix }.into()),
        }
    }

    /// The answers to a request of this desk that have come: signed approvals, and how many declined.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn approvals_for(&self, asking: &Asking) -> Result<(Vec<Vec<u8>>, usize), NodeError> {
        let core = asking.request().core_hash();
        self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT signed FROM approval_given WHERE core = ?1")?;
            let rows = list.query_map([core], |row| row.get::<_, Option<Vec<u8>>>(0))?;
            let all: Vec<Option<Vec<u8>>> = rows.collect::<Result<_, _>>()?;
            let declined = all.iter().filter(|one| one.is_none()).count();
            Ok((all.into_iter().flatten().collect(), declined))
        })
    }

    /// Takes a mail that another desk sealed to this one. What is malformed or signed by nobody is dropped.
    pub(super) fn take_mail(&mut self, mail: &[u8]) -> Result<(), NodeError> {
        match read_letter(mail) {
            Some((ASKED, signed)) => self.take_asked(&signed),
            Some((GIVEN, signed)) => self.take_given(&signed),
            Some((DECLINED, core)) => match <[u8; 32]>::try_from(core) {
                Ok(core) => self.keep_given(&core, &[0; 32], None),
                Err(_) => Ok(()),
            },
            Some((INSTRUCTION, signed)) => self.take_instruction(&signed),
            Some((REPORT, signed)) => self.take_planted(&signed),
            _ => Ok(()),
        }
    }

    fn take_asked(&mut self, signed: &[u8]) -> Result<(), NodeError> {
        let Ok(parsed) = SignedBody::<OpeningRequest>::parse(signed) else { return Ok(()) };
        let Some(keys) = self.register.device_keys(parsed.claims().reader).cloned() else { return Ok(()) };
        let Ok(verified) = parsed.verify_request(self.mission(), &keys) else { return Ok(()) };
        let (core, now) = (verified.body().core_hash(), self.now());
        self.store.commit(|tx| {
            tx.execute(
                "INSERT OR IGNORE INTO approval_asked (core, signed, arrived) VALUES (?1, ?2, ?3)",
                (core, verified.bytes(), now.0),
            )?;
            Ok(())
        })
    }

    fn take_given(&mut self, signed: &[u8]) -> Result<(), NodeError> {
        let Ok(parsed) = SignedBody::<Approval>::parse(signed) else { return Ok(()) };
        let approver = parsed.claims().approver;
        let Some(keys) = self.register.device_keys(approver).cloned() else { return Ok(()) };
        let Ok(verified) = parsed.verify_device(self.mission(), approver.into(), &keys) else {
            return Ok(());
        };
        let body = verified.body();
        if body.reader != self.device() {
            return Ok(());
        }
        let core = body.core.0;
        self.keep_given(&core, approver.as_bytes(), Some(verified.bytes()))
    }

    fn keep_given(
        &mut self,
        core: &[u8; 32],
        approver: &[u8; 32],
        signed: Option<&[u8]>,
    ) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.execute(
                "INSERT OR IGNORE INTO approval_given (core, approver, signed) VALUES (?1, ?2, ?3)",
                (core, approver, signed),
            )?;
            Ok(())
        })
    }

    /// Has trustees keep a mail for the devices of a person, or for one of them. One trustee that keeps it is enough;
    /// more make it more likely to arrive.
    pub(in crate::desk) fn send_mail(
        &mut self,
        to: PersonId,
        only: Option<DeviceId>,
        mail: &[u8],
        outside: &mut dyn Outside,
    ) -> Result<(), LinkError> {
        let (at, mission) = (self.moment(), self.mission());
        let missing = || NodeError::from(OpeningFailure::NotSetUp { what: "trustees" });
        let set = self.register.trustees(at).ok_or_else(missing)?.clone();
        let devices = self.register.devices_of(to, at);
        let mut calls = Vec::new();
        for device in devices.iter().filter(|one| only.is_none_or(|only| one.id == only)) {
            for trustee in &set.trustees {
                let to = recipient(&self.register, device.id, at)?;
                let sealed = seal_mail(&mut self.rng, mission, to, mail)
                    .map_err(|error| NodeError::Verification(error.to_string()))?;
                calls.push((trustee.id(), TrusteeCall::Mail { to: device.id, sealed: sealed_to(sealed) }));
            }
        }
        let mut kept = 0;
        outside.call(self, calls, &mut |_, answer| {
            kept += usize::from(matches!(answer, Ok(TrusteeAnswer::Done {})));
            true
        });
        match kept {
            0 => {
                let silent = Vec::new();
                Err(NodeError::from(OpeningFailure::TooFew { have: 0, needed: 1, silent }).into())
            }
            _ => Ok(()),
        }
    }

    /// Whose device this is.
    pub(in crate::desk) fn person_of(&self, device: DeviceId) -> Option<PersonId> {
        self.register.device(device, self.moment()).map(|known| known.person)
    }

    /// Drops questions and answers that are past, for whose requests no trustee would answer any more.
    pub(super) fn tidy_approvals(&mut self) -> Result<(), NodeError> {
        let oldest = self.now().0.saturating_sub(30 * Timestamp::DAY);
        let any: Option<i64> = self.store.read(|db| {
            let find = "SELECT 1 FROM approval_asked WHERE arrived < ?1 LIMIT 1";
            Ok::<_, NodeError>(db.query_row(find, [oldest], |row| row.get(0)).optional()?)
        })?;
        if any.is_none() {
            return Ok(());
        }
        self.store.commit(|tx| {
            tx.execute("DELETE FROM approval_asked WHERE arrived < ?1", [oldest])?;
            Ok(())
        })
    }
}

/// The parts of a request, as far as this desk keeps them: an approver sees what it is about.
impl ApprovalAsked {
    /// The parts asked for.
    #[must_use]
    pub fn parts(&self) -> &[PartRef] {
        &self.request.parts
    }
}

/// `[kind, bytes]`.
pub(in crate::desk) fn letter(kind: u64, bytes: &[u8]) -> Vec<u8> {
    let mut w = Writer::with_capacity(bytes.len() + 8);
    w.array(2).uint(kind).bytes(bytes);
    w.into_bytes()
}

fn read_letter(mail: &[u8]) -> Option<(u64, Vec<u8>)> {
    check_canonical(mail).ok()?;
    let mut r = Reader::strict(mail);
    r.array_of(2, "a letter").ok()?;
    Some((r.uint().ok()?, r.bytes().ok()?.to_vec()))
}

//! What two persons sign: lifting a withdrawal, lifting a hold, erasing. The first signs a paper at their desk; the
//! second reads what it says and signs at their own, and with that it is said (PROTOCOL section 8).

use counterseal_model::{CompartmentId, DeviceId, PersonId, StatementId};
use counterseal_register::{
    Act, Erase, KeyId, Label, LiftHold, LiftWithdrawal, PartRef, Refusal, Signed, Statement,
};
use counterseal_seal::sign_statement;

use super::{CaseworkRefusal, NamedPart};
use crate::desk::Desk;
use crate::desk::opening::part_text;
use crate::error::NodeError;

/// What a paper does once two persons have signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperAct {
    /// Parts that were withdrawn can be opened again.
    LiftWithdrawal(StatementId),
    /// Parts that were held can be erased.
    LiftHold(StatementId),
    /// These parts are gone for ever.
    Erase(Vec<PartRef>),
}

/// A paper that one person has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it does.
    pub act: PaperAct,
    /// In which compartment.
    pub compartment: CompartmentId,
    /// Who has signed it.
    pub by: PersonId,
    /// The paper's bytes.
    pub bytes: Vec<u8>,
}

/// A paper that both have signed: it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignedPaper {
    /// What it was.
    pub paper: Paper,
    /// The statement.
    pub statement: StatementId,
}

impl Desk {
    /// A paper that lifts the newest withdrawal that stands on a part, with all parts that it withdrew.
    ///
    /// # Errors
    /// `NothingStands`, or `NotYours` when this person is neither a manager nor a data-protection officer.
    pub fn lift_withdrawal_paper(&mut self, named: NamedPart) -> Result<Paper, NodeError> {
        let (standing, _) = self.register.standing_on(named.compartment, named.part, self.moment());
        let withdrawal = newest(&standing, named, "withdrawal")?;
        let act = LiftWithdrawal { compartment: named.compartment, withdrawal, extra: Default::default() };
        self.first_signature(named.compartment, act.into())
    }

    /// A paper that lifts the newest hold that stands on a part, with all parts that it held.
    ///
    /// # Errors
    /// As `lift_withdrawal_paper`.
    pub fn lift_hold_paper(&mut self, named: NamedPart) -> Result<Paper, NodeError> {
        let (_, standing) = self.register.standing_on(named.compartment, named.part, self.moment());
        let hold = newest(&standing, named, "hold")?;
        let act = LiftHold { compartment: named.compartment, hold, extra: Default::default() };
        self.first_signature(named.compartment, act.into())
    }

    /// A paper that erases parts of one compartment: refused while one of them is held, not withdrawn, or in its
    /// cooling-off.
    ///
    /// # Errors
    /// Which part, and why.
    pub fn erase_paper(&mut self, parts: &[NamedPart]) -> Result<Paper, NodeError> {
        let mut parts = parts.to_vec();
        parts.sort_unstable();
        parts.dedup();
        let Some(first) = parts.first() else { return Err(Refusal::BadPartList.into()) };
        let compartment = first.compartment;
        if parts.iter().any(|named| named.compartment != compartment) {
            return Err(CaseworkRefusal::SeveralCompartments.into());
        }
        self.check_erasable(&parts)?;
        let parts = parts.iter().map(|named| named.part).collect();
        self.first_signature(compartment, Erase { compartment, parts, extra: Default::default() }.into())
    }

    fn first_signature(&mut self, compartment: CompartmentId, act: Act) -> Result<Paper, NodeError> {
        if !self.may_sign_for(compartment) {
            return Err(CaseworkRefusal::NotYours.into());
        }
        let bytes = self.paper(act)?;
        self.read_paper(&bytes)
    }

    /// What a paper says, once its signature was checked. Nothing is signed.
    ///
    /// # Errors
    /// When it says something else, is another mission's, or a signature is wrong.
    pub fn read_paper(&self, bytes: &[u8]) -> Result<Paper, NodeError> {
        let (statement, signed) = Statement::parse(bytes)?;
        let other =
            |reason: &str| NodeError::from(CaseworkRefusal::NotThisPaper { reason: reason.to_owned() });
        if statement.mission != Some(self.mission()) {
            return Err(Refusal::OtherMission.into());
        }
        let (act, compartment) = match &statement.act {
            Act::LiftWithdrawal(act) => (PaperAct::LiftWithdrawal(act.withdrawal), act.compartment),
            Act::LiftHold(act) => (PaperAct::LiftHold(act.hold), act.compartment),
            Act::Erase(act) => (PaperAct::Erase(act.parts.clone()), act.compartment),
            _ => return Err(other("it says something else")),
        };
        self.check_signatures(&signed)?;
        let [signer] = signed.signers()[..] else {
            return Err(other("it needs one signature, and no second"));
        };
        let device = DeviceId::from_bytes(signer.0);
        let by = self.person_of(device).ok_or(Refusal::UnknownDevice { device })?;
        Ok(Paper { act, compartment, by, bytes: bytes.to_vec() })
    }

    /// Signs a paper as the second person, and says it.
    ///
    /// # Errors
    /// When the first person is this one, the paper is stale, or the register refuses: one must be a manager of the
    /// compartment and the other a data-protection officer.
    pub fn cosign_paper(&mut self, bytes: &[u8]) -> Result<CosignedPaper, NodeError> {
        let paper = self.read_paper(bytes)?;
        if paper.by == self.person {
            return Err(CaseworkRefusal::SecondPerson.into());
        }
        if let PaperAct::Erase(parts) = &paper.act {
            let compartment = paper.compartment;
            let named: Vec<_> = parts.iter().map(|part| NamedPart { compartment, part: *part }).collect();
            self.check_erasable(&named)?;
        }
        let (_, signed) = Statement::parse(bytes)?;
        let mine = sign_statement(signed.payload(), Label::STATEMENT_SIGN, &[&self.secrets])?;
        let mut signatures = signed.signatures().to_vec();
        signatures.retain(|signature| signature.kid != KeyId::from(self.device()));
        signatures.extend_from_slice(mine.signatures());
        let signed = Signed::assemble(signed.payload(), signatures);
        let mut draft = self.draft()?;
        let statement = draft.say_signed(&signed)?;
        self.keep_statements(draft)?;
        Ok(CosignedPaper { paper, statement })
    }
}

/// The newest of what stands on a part.
fn newest(
    standing: &[StatementId],
    named: NamedPart,
    what: &'static str,
) -> Result<StatementId, CaseworkRefusal> {
    let missing = || CaseworkRefusal::NothingStands { part: part_text(named.part), what };
    standing.last().copied().ok_or_else(missing)
}

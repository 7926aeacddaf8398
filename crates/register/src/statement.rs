//! A statement: what was said, after which other statement, having seen how much of the log.

use counterseal_model::cbor::{BodyError, Reader, Value, Writer, from_bytes_strict, to_bytes};
use counterseal_model::{CompartmentId, MissionId, PersonId, StatementId, Timestamp, body};

use crate::act::Act;
use crate::bytes::Bytes;
use crate::refusal::Refusal;
use crate::signature::Signed;
use crate::suite::{SUITE, suite_of};

/// Most bytes of a statement: wraps for a roster of 4096 devices, and room to spare.
const MAX_STATEMENT: usize = 8 * 1024 * 1024;

/// The chains of statements: the array `[0]`, `[1, person]` or `[2, compartment]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// The founding and what governors say.
    Mission,
    /// What is said about one person and the person's devices.
    Person(PersonId),
    /// What is said about one compartment.
    Compartment(CompartmentId),
}

impl Value for Chain {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Mission => drop(w.array(1).uint(0)),
            Self::Person(person) => person.write(w.array(2).uint(1)),
            Self::Compartment(compartment) => compartment.write(w.array(2).uint(2)),
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let (len, kind) = (r.array()?, r.uint()?);
        match (len, kind) {
            (1, 0) => Ok(Self::Mission),
            (2, 1) => PersonId::read(r).map(Self::Person),
            (2, 2) => CompartmentId::read(r).map(Self::Compartment),
            _ => Err(r.out_of_range(offset, "the chain of the mission, a person or a compartment")),
        }
    }
}

body! {
    /// What a signed statement says.
    pub struct Statement {
        /// The suite: 1.
        1 suite: u64,
        /// The mission; left out in its founding.
        2 mission: Option<MissionId>,
        /// The chain it belongs to.
        3 chain: Chain,
        /// The statement of the chain that it follows, or that its maker last saw.
        4 prev: Option<StatementId>,
        /// Size of the statement log that its maker had seen.
        5 log_size: u64,
        /// Root of that log; zeros for none.
        6 log_root: Bytes<32>,
        /// When it was made, by its maker's clock.
        7 made: Timestamp,
        /// What it says.
        8 act: Act,
    }
}

impl Statement {
    /// A statement that follows `prev` on its act's chain, made without sight of a log.
    #[must_use]
    pub fn new(mission: Option<MissionId>, prev: Option<StatementId>, made: Timestamp, act: Act) -> Self {
        Self {
            suite: SUITE,
            mission,
            chain: act.chain(),
            prev,
            log_size: 0,
            log_root: Bytes::ZERO,
            made,
            act,
            extra: Default::default(),
        }
    }

    /// The bytes to be signed over, as the payload of a `Signed`.
    #[must_use]
    pub fn payload(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// Reads a received statement strictly. Signatures are checked by the register, which knows
    /// whose they must be.
    ///
    /// # Errors
    /// When it is not a statement of this suite in its one encoding.
    pub fn parse(bytes: &[u8]) -> Result<(Self, Signed), Refusal> {
        if bytes.len() > MAX_STATEMENT {
            return Err(Refusal::TooLarge { bytes: bytes.len() });
        }
        let signed = Signed::parse(bytes)?;
        if let Some(suite) = suite_of(signed.payload()).filter(|suite| *suite != SUITE) {
            return Err(Refusal::UnknownSuite { suite });
        }
        let statement: Self = from_bytes_strict(signed.payload())?;
        if statement.chain != statement.act.chain() {
            return Err(Refusal::WrongChain);
        }
        Ok((statement, signed))
    }
}

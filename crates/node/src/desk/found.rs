//! Founding a mission: governors, the first registrar, the compartment of everyone, and a first
//! compartment to work in.

use std::sync::Arc;

use counterseal_model::{Clock, CompartmentId, PersonId, Timestamp};
use counterseal_register::{
    AppointManager, Charter, CreateCompartment, EpochReason, FirstRegistrar, Found, HistoryRule, Label,
    LogPosition, Register, Rule, SUITE, Statement, Subject,
};
use counterseal_seal::{
    DeviceSecrets, GovernorSecrets, KdfParameters, KeyHolder, Passphrase, Signer, Unlocked, lock,
    sign_statement, unlock,
};

use super::open::Beginning;
use super::statements::{Draft, random};
use super::{Desk, Randomness};
use crate::error::NodeError;
use crate::home::Home;

/// How a mission is to be founded.
#[derive(Debug, Clone)]
pub struct Founding {
    /// The mission's name, sealed to its members.
    pub mission_name: String,
    /// The founder's name, sealed likewise.
    pub person_name: String,
    /// The name of the first open compartment.
    pub compartment_name: String,
    /// Its history rule.
    pub history: HistoryRule,
    /// How many governors must sign together.
    pub threshold: u64,
    /// Days that a loosening waits.
    pub waiting_days: u64,
    /// Whether the mission is made up, for demonstration or training.
    pub synthetic: bool,
    /// When the founder's appointment as registrar ends.
    pub until: Option<Timestamp>,
}

/// A governor's key file, to be taken off this machine.
pub struct GovernorFile {
    /// The governor's secrets, still at hand.
    pub secrets: GovernorSecrets,
    /// The file's bytes, under the governor's passphrase.
    pub bytes: Vec<u8>,
}

impl GovernorFile {
    /// Makes a governor's keys and locks them.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn make(rng: &mut Randomness, passphrase: &Passphrase) -> Result<Self, NodeError> {
        let governor = Box::new(GovernorSecrets::make(rng)?);
        let unlocked = Unlocked { holder: KeyHolder::Governor(governor), mission: None };
        let bytes = lock(rng, &unlocked, passphrase, KdfParameters::DEFAULT)?;
        match unlocked.holder {
            KeyHolder::Governor(secrets) => Ok(Self { secrets: *secrets, bytes }),
            KeyHolder::Device(_) | KeyHolder::Trustee(_) => Err(NodeError::OtherKey { needed: "governor" }),
        }
    }

    /// Opens a governor's key file.
    ///
    /// # Errors
    /// When the passphrase does not fit or it is another's file.
    pub fn open(bytes: Vec<u8>, passphrase: &Passphrase) -> Result<Self, NodeError> {
        match unlock(&bytes, passphrase)?.holder {
            KeyHolder::Governor(secrets) => Ok(Self { secrets: *secrets, bytes }),
            KeyHolder::Device(_) | KeyHolder::Trustee(_) => Err(NodeError::OtherKey { needed: "governor" }),
        }
    }
}

impl Desk {
    /// Founds a mission: makes this desk, the founder's, and everything a first day needs.
    ///
    /// # Errors
    /// When the register refuses, as for a threshold that no governors can meet, or the disk does.
    pub fn found(
        home: &Home,
        founding: &Founding,
        governors: &[GovernorFile],
        passphrase: &Passphrase,
        clock: Arc<dyn Clock + Send + Sync>,
        mut rng: Randomness,
    ) -> Result<Self, NodeError> {
        let secrets = DeviceSecrets::make(&mut rng)?;
        let person = PersonId::from_bytes(random(&mut rng));
        let mission_compartment = CompartmentId::from_bytes(random(&mut rng));
        let mut keys: Vec<_> = governors.iter().map(|governor| governor.secrets.public().clone()).collect();
        keys.sort_by_key(|key| key.id());
        let registrar = FirstRegistrar {
            person,
            keys: secrets.public().clone(),
            until: founding.until,
            extra: Default::default(),
        };
        let act = Found {
            governors: keys,
            threshold: founding.threshold,
            minimum_suite: SUITE,
            waiting_days: founding.waiting_days,
            mission_compartment,
            synthetic: founding.synthetic,
            registrars: vec![registrar],
            extra: Default::default(),
        };
        let statement = Statement::new(None, None, clock.now(), act.into());
        let mut signers: Vec<&dyn Signer> = governors.iter().map(|g| &g.secrets as &dyn Signer).collect();
        signers.push(&secrets);
        let signed = sign_statement(&statement.payload(), Label::STATEMENT_SIGN, &signers)?;
        let first = (LogPosition::new(0), clock.now(), signed.bytes().to_vec());
        // Refused foundings leave no folder behind.
        Register::found(LogPosition::new(0), signed.bytes())?;
        let beginning = Beginning::Ordered(vec![first]);
        let mut desk = Self::make(home, secrets, person, &beginning, passphrase, clock, rng)?;
        if let Err(refused) = desk.first_day(founding) {
            let place = desk.place().clone();
            drop(desk);
            // A desk of a mission that was not founded; what cannot be taken away holds nothing of anybody's.
            let _left = home.destroy(&place);
            return Err(refused);
        }
        Ok(desk)
    }

    /// The epochs and names of the first day, in one commit.
    pub(super) fn first_day(&mut self, founding: &Founding) -> Result<(), NodeError> {
        let (person, device) = (self.person, self.device());
        let mut draft = self.draft()?;
        let everyone = draft.register.mission_compartment();
        self.begin_epoch(&mut draft, everyone, vec![device], EpochReason::Create)?;
        self.name_in(&mut draft, Subject::Compartment(everyone), &founding.mission_name)?;
        self.name_in(&mut draft, Subject::Person(person), &founding.person_name)?;
        let charter = Charter::new(Rule::Open, founding.history);
        self.create_in(&mut draft, &founding.compartment_name, charter)?;
        self.keep_statements(draft)
    }

    /// Creates a compartment with this desk's person as its first manager.
    pub(crate) fn create_in(
        &mut self,
        draft: &mut Draft,
        name: &str,
        charter: Charter,
    ) -> Result<CompartmentId, NodeError> {
        let compartment = CompartmentId::from_bytes(random(&mut self.rng));
        let (person, device) = (self.person, self.device());
        let extra = Default::default();
        draft.say(AppointManager { compartment, person, until: None, extra }, &[&self.secrets])?;
        let extra = Default::default();
        draft.say(CreateCompartment { compartment, charter, name: None, extra }, &[&self.secrets])?;
        self.begin_epoch(draft, compartment, vec![device], EpochReason::Create)?;
        self.name_in(draft, Subject::Compartment(compartment), name)?;
        Ok(compartment)
    }
}

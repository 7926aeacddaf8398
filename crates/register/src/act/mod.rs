//! What a statement can say. Each act is a small body; who must sign it and what it does to the
//! register stands in `crate::register`.

mod compartment;
mod epoch;
mod freeze;
mod governing;
mod guard;
mod hub;
mod name;
mod office;
mod people;
mod travel;
mod trustee;
mod witness;
mod witness_url;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};

pub use compartment::{
    AcceptLate, AmendCharter, AppointManager, Charter, CreateCompartment, DismissManager, HistoryRule,
    HoldRule,
};
pub use epoch::{
    BeginEpoch, EpochReason, EpochWraps, PreviousSecret, RepairWraps, WRAP_ENC_LEN, WRAP_LEN, Wrap,
};
pub use freeze::{AssignSite, Freeze, Frozen, SuspendDevice, Unfreeze};
pub use governing::{
    AppointRegistrar, ChangeGovernors, DismissRegistrar, FirstRegistrar, Found, SetMinimumSuite,
    SetOpeningRule, SetRecovery, SetWaitingDays,
};
pub use guard::{Erase, HoldParts, LiftHold, LiftWithdrawal, PartRef, Withdraw};
pub use hub::{LogEnd, SetHub, SucceedHub};
pub use name::{SealedName, SealedText, Subject};
pub use office::{AppointOfficer, AssignSection, DismissOfficer, Office};
pub use people::{
    ConfirmDevice, CrossSign, EnrolDevice, EnrolPerson, ExtendAppointment, RevokeDevice, RevokePerson,
    device_proof_input,
};
pub use travel::{BringBack, Travel};
pub use trustee::{SetPolicy, SetTrustees, Trustee};
pub use witness::{SetWitnesses, Witness, WitnessGroup, WitnessName};
pub use witness_url::{UrlParts, WitnessUrl};

use crate::statement::Chain;

macro_rules! acts {
    ($($kind:literal => $Name:ident, $word:literal, $chain:expr;)+) => {
        /// One act, encoded as the array [kind, body].
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is its body, documented there")]
        pub enum Act {
            $($Name(Box<$Name>),)+
        }

        $(impl From<$Name> for Act {
            fn from(body: $Name) -> Self {
                Self::$Name(Box::new(body))
            }
        })+

        impl Act {
            /// The numbers of all acts this version knows.
            pub const KINDS: &'static [u64] = &[$($kind),+];

            /// Its number on the wire.
            #[must_use]
            pub const fn kind(&self) -> u64 {
                match self { $(Self::$Name(_) => $kind,)+ }
            }

            /// What it is called in front of people.
            #[must_use]
            pub const fn word(&self) -> &'static str {
                match self { $(Self::$Name(_) => $word,)+ }
            }

            /// The chain it belongs to.
            #[must_use]
            pub fn chain(&self) -> Chain {
                match self { $(Self::$Name(body) => ($chain)(body),)+ }
            }
        }

        impl Value for Act {
            fn write(&self, w: &mut Writer) {
                w.array(2).uint(self.kind());
                match self { $(Self::$Name(body) => body.write(w),)+ }
            }
            fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
                r.array_of(2, "an act: its kind and its body")?;
                let offset = r.offset();
                match r.uint()? {
                    $($kind => $Name::read(r).map(Self::from),)+
                    _ => Err(r.out_of_range(offset, "a kind of act this version knows; a newer one may be needed")),
                }
            }
        }
    };
}

acts! {
    1 => Found, "founding", |_: &Found| Chain::Mission;
    10 => ChangeGovernors, "change of governors", |_: &ChangeGovernors| Chain::Mission;
    11 => SetMinimumSuite, "minimum suite", |_: &SetMinimumSuite| Chain::Mission;
    12 => AppointRegistrar, "registrar's appointment", |_: &AppointRegistrar| Chain::Mission;
    13 => DismissRegistrar, "registrar's dismissal", |_: &DismissRegistrar| Chain::Mission;
    14 => SetRecovery, "recovery officers", |_: &SetRecovery| Chain::Mission;
    15 => SetOpeningRule, "opening rule", |_: &SetOpeningRule| Chain::Mission;
    16 => SetHub, "hub", |_: &SetHub| Chain::Mission;
    17 => SucceedHub, "hub's succession", |_: &SucceedHub| Chain::Mission;
    18 => SetWitnesses, "witnesses", |_: &SetWitnesses| Chain::Mission;
    19 => SetWaitingDays, "waiting days", |_: &SetWaitingDays| Chain::Mission;
    20 => SetTrustees, "trustees", |_: &SetTrustees| Chain::Mission;
    21 => SetPolicy, "policy", |_: &SetPolicy| Chain::Mission;
    22 => AppointOfficer, "officer's appointment", |_: &AppointOfficer| Chain::Mission;
    23 => DismissOfficer, "officer's dismissal", |_: &DismissOfficer| Chain::Mission;
    30 => EnrolPerson, "person's enrolment", |a: &EnrolPerson| Chain::Person(a.person);
    31 => EnrolDevice, "device's enrolment", |a: &EnrolDevice| Chain::Person(a.person);
    32 => CrossSign, "cross-signing of a device", |a: &CrossSign| Chain::Person(a.person);
    33 => ConfirmDevice, "device's confirmation", |a: &ConfirmDevice| Chain::Person(a.person);
    34 => RevokeDevice, "device's revocation", |a: &RevokeDevice| Chain::Person(a.person);
    35 => RevokePerson, "person's revocation", |a: &RevokePerson| Chain::Person(a.person);
    36 => ExtendAppointment, "extension of an appointment", |a: &ExtendAppointment| Chain::Person(a.person);
    37 => SuspendDevice, "device's suspension", |a: &SuspendDevice| Chain::Person(a.person);
    38 => Freeze, "freeze", |a: &Freeze| a.subject.chain();
    39 => Unfreeze, "lifting of a freeze", |a: &Unfreeze| a.subject.chain();
    40 => AssignSite, "assignment to a site", |a: &AssignSite| Chain::Person(a.person);
    41 => Travel, "leaving for a trip", |a: &Travel| Chain::Person(a.person);
    42 => BringBack, "return from a trip", |a: &BringBack| Chain::Compartment(a.compartment);
    43 => AssignSection, "assignment to a section", |a: &AssignSection| Chain::Person(a.person);
    50 => AppointManager, "manager's appointment", |a: &AppointManager| Chain::Compartment(a.compartment);
    51 => DismissManager, "manager's dismissal", |a: &DismissManager| Chain::Compartment(a.compartment);
    52 => CreateCompartment, "compartment's creation", |a: &CreateCompartment| Chain::Compartment(a.compartment);
    53 => AmendCharter, "charter's amendment", |a: &AmendCharter| Chain::Compartment(a.compartment);
    54 => BeginEpoch, "epoch", |a: &BeginEpoch| Chain::Compartment(a.compartment);
    55 => EpochWraps, "epoch's wraps", |a: &EpochWraps| Chain::Compartment(a.compartment);
    56 => RepairWraps, "repair of wraps", |a: &RepairWraps| Chain::Compartment(a.compartment);
    57 => AcceptLate, "acceptance of late entries", |a: &AcceptLate| Chain::Compartment(a.compartment);
    60 => Withdraw, "withdrawal of parts", |a: &Withdraw| Chain::Compartment(a.compartment);
    61 => LiftWithdrawal, "lifting of a withdrawal", |a: &LiftWithdrawal| Chain::Compartment(a.compartment);
    62 => HoldParts, "hold on parts", |a: &HoldParts| Chain::Compartment(a.compartment);
    63 => LiftHold, "lifting of a hold", |a: &LiftHold| Chain::Compartment(a.compartment);
    64 => Erase, "erasure of parts", |a: &Erase| Chain::Compartment(a.compartment);
    70 => SealedName, "name", |a: &SealedName| a.subject.chain();
}

impl Act {
    /// Whether the act stands beside its chain: it names a statement of the chain that its maker
    /// had seen, but does not compete with others for the place after it.
    ///
    /// Restrictions stand beside it because they must not be lost to a race: a thief with a stolen
    /// device could cross-sign again and again to keep the place ahead of its revocation. So must a
    /// hub's succession not be. Epochs stand beside it because they may be concurrent (PROTOCOL
    /// section 4), and what lifts a freeze, a hold or a withdrawal or ends a trip because it names what it lifts; an
    /// erasure because nothing that was said meanwhile may decide whether it stands but what the log says of the parts.
    #[must_use]
    pub const fn is_beside_chain(&self) -> bool {
        matches!(
            self,
            Self::SetMinimumSuite(_)
                | Self::SucceedHub(_)
                | Self::DismissRegistrar(_)
                | Self::RevokeDevice(_)
                | Self::RevokePerson(_)
                | Self::SuspendDevice(_)
                | Self::Freeze(_)
                | Self::Unfreeze(_)
                | Self::Travel(_)
                | Self::BringBack(_)
                | Self::DismissManager(_)
                | Self::BeginEpoch(_)
                | Self::EpochWraps(_)
                | Self::RepairWraps(_)
                | Self::AcceptLate(_)
                | Self::DismissOfficer(_)
                | Self::Withdraw(_)
                | Self::LiftWithdrawal(_)
                | Self::HoldParts(_)
                | Self::LiftHold(_)
                | Self::Erase(_)
                | Self::SealedName(_)
        )
    }
}

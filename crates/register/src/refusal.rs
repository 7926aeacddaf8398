//! Why a statement, or something asked of the register, is refused.

use counterseal_model::cbor::BodyError;
use counterseal_model::{CompartmentId, DeviceId, EpochId, PersonId, SiteId, StatementId};
use thiserror::Error;

use crate::signature::SignatureRefusal;

macro_rules! refusals {
    ($( $(#[$meta:meta])* $Name:ident $({ $($(#[$fmeta:meta])* $field:ident: $ty:ty),+ $(,)? })? = $code:literal, $sentence:literal; )+) => {
        /// Why a statement is refused. Each illegal statement has its own reason.
        #[derive(Debug, Clone, PartialEq, Eq, Error)]
        pub enum Refusal {
            /// The envelope or a signature.
            #[error(transparent)]
            Signature(#[from] SignatureRefusal),
            /// Not a statement at all.
            #[error("not a statement: {0}")]
            Malformed(#[from] BodyError),
            $( $(#[$meta])* #[error($sentence)] $Name $({ $($(#[$fmeta])* $field: $ty),+ })?, )+
        }

        impl Refusal {
            /// A stable name for message catalogues.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    Self::Signature(refusal) => refusal.code(),
                    Self::Malformed(_) => "statement-malformed",
                    $( Self::$Name $({ $($field: _),+ })? => $code, )+
                }
            }

            /// The names of all refusals that are the register's own.
            pub const CODES: &'static [&'static str] = &["statement-malformed", $($code),+];
        }
    };
}

refusals! {
    // --- the statement as such --------------------------------------------------------------
    /// Another suite than this version knows.
    UnknownSuite {
        /// The suite named.
        suite: u64
    } = "suite-unknown", "the object is of suite {suite}, which this version does not know; update to read it";
    /// The mission demands a newer suite.
    SuiteBelowMinimum {
        /// The mission's minimum.
        minimum: u64
    } = "suite-below-minimum", "the mission accepts suite {minimum} or newer only; update to take part";
    /// Larger than any statement need be.
    TooLarge {
        /// Bytes.
        bytes: usize
    } = "statement-too-large", "the statement has {bytes} bytes, more than a statement can have";
    /// The chain named is not the act's.
    WrongChain = "chain-wrong", "the statement names another chain than the one its act belongs to";
    /// Of another mission, or of none.
    OtherMission = "mission-other", "the statement belongs to another mission";
    /// A founding inside a mission.
    AlreadyFounded = "mission-already-founded", "the mission is founded already; a founding can only be its first statement";
    /// The first statement is not a founding, or names a mission or a predecessor.
    NotAFounding = "founding-expected", "a mission begins with a founding that names no mission and no predecessor";
    /// Applied before.
    AlreadyApplied {
        /// The statement.
        statement: StatementId
    } = "statement-known", "statement {statement} stands in the register already";
    /// A position that is not after the last.
    PositionRunsBack = "position-runs-back", "the statement's place in the log is not after the last one applied; apply the log in order";
    /// A time before the last.
    TimeRunsBack = "time-runs-back", "the statement stands since a time before the last one applied; apply the log in order";
    /// Made on a log that is longer than the one before it.
    SeesTheFuture = "log-size-impossible", "the statement claims to have seen more of the log, or less, than its place and its predecessor allow";
    /// Permissive and not cosigned.
    NotCosigned = "not-cosigned", "the statement permits something and has effect only once witnesses have cosigned it; keep it and try again then";
    /// No such statement on the chain.
    UnknownPredecessor = "predecessor-unknown", "the statement follows one that does not stand on its chain; fetch what is missing first";
    /// The predecessor is void.
    VoidPredecessor {
        /// The void statement.
        statement: StatementId
    } = "predecessor-void", "the statement follows {statement}, which is void";

    // --- who signed ---------------------------------------------------------------------------
    /// A key that the register does not know.
    UnknownSigner = "signer-unknown", "the statement is signed by a key that the register does not know";
    /// Not signed by k governors.
    NotTheGovernors {
        /// How many must sign.
        threshold: u64
    } = "not-the-governors", "exactly {threshold} of the present governors must sign this, and nobody else";
    /// Must be signed by one device.
    NotOneDevice = "not-one-device", "exactly one device must sign this";
    /// The signing device is not active.
    SignerNotActive {
        /// The device.
        device: DeviceId
    } = "signer-not-active", "device {device} signed this but is pending, suspended, frozen or revoked, or its person's assignment has ended";
    /// Must be a registrar.
    NotARegistrar = "not-a-registrar", "only a registrar can say this";
    /// Must be a manager of the compartment.
    NotAManager {
        /// The compartment.
        compartment: CompartmentId
    } = "not-a-manager", "only a manager of compartment {compartment} can say this";
    /// Must be a member.
    NotAMember = "not-a-member", "only a device in the epoch's roster can say this";
    /// Not by the one it concerns.
    OwnCase = "own-case", "nobody extends their own assignment or confirms their own device; ask another";
    /// Must be the person, or k recovery officers.
    NotACrossSigner = "not-a-cross-signer", "a further device is signed by one of the person's active devices or by as many recovery officers as the register says, none of them the person";

    // --- governors ----------------------------------------------------------------------------
    /// A threshold of zero or above the number of keys, no keys, too many, doubled, or unsorted.
    BadGovernors = "governors-bad", "governors must be 1 to 16 distinct keys in order of their ids, and the threshold between one and their number";
    /// A founding without a registrar, or with one twice.
    BadRegistrars = "registrars-bad", "a founding names at least one registrar, and each person and device once";
    /// The minimum suite is not raised.
    SuiteNotRaised {
        /// The mission's minimum.
        minimum: u64
    } = "suite-not-raised", "the minimum suite is {minimum} and can only be raised";
    /// Not a registrar who could be dismissed.
    NoSuchRegistrar = "registrar-unknown", "the person is not a registrar";
    /// Recovery officers doubled, unsorted, unknown, or the threshold does not fit.
    BadRecovery = "recovery-bad", "recovery officers must be distinct enrolled persons in order, and the threshold between one and their number";
    /// It is what it should become.
    NothingChanges = "nothing-changes", "this holds already and nothing waits to replace it";

    // --- hub and witnesses ----------------------------------------------------------------------
    /// No hub is named yet.
    NoHub = "hub-unknown", "the mission has no hub yet; governors name the first";
    /// Another generation than the one due, or one that there is not.
    WrongGeneration {
        /// The generation due.
        expected: u64
    } = "hub-generation-wrong", "this should be of the hub's generation {expected}; look at the hubs the register has";
    /// Log keys changed without a succession.
    LogKeysFixed = "hub-log-keys-fixed", "the keys of a hub's logs are fixed; other keys need a succession";
    /// No certificates, too many, unsorted or doubled.
    BadPins = "hub-pins-bad", "a hub has 1 to 4 certificate pins, each once and in order";
    /// A root that cannot be, or less of a log than the generation began with.
    BadLogEnd = "log-end-bad", "a succession names size and root of logs that its predecessor cannot have had";
    /// Logged elsewhere than where the outgoing log ends.
    MisplacedSuccession {
        /// The index at which it must stand.
        index: u64
    } = "succession-misplaced", "a succession is the first statement of the new log and must stand at index {index}";
    /// A hub, or a checkpoint, that a succession has put an end to.
    HubSuperseded {
        /// The generation.
        generation: u64
    } = "hub-superseded", "this is of the hub's generation {generation}, which governors have replaced; use the hub of today, and tell your information-security officer if this one goes on working";
    /// A log that does not begin where its generation begins.
    BeforeGeneration {
        /// The generation.
        generation: u64
    } = "log-before-generation", "the log of the hub's generation {generation} is not the one that its succession continues; do not use it and tell your information-security officer";
    /// A certificate that no generation of the hub has.
    UnknownPin = "hub-pin-unknown", "the server shows a certificate that the register does not name; this is not the mission's hub";
    /// Witnesses missing, too many, unsorted, or one name or key twice.
    BadWitnesses = "witnesses-bad", "witnesses must be 1 to 32 in order of their names, each name and key once";
    /// A group's threshold that is zero or above the number of its witnesses.
    BadQuorum = "quorum-bad", "in each group that has witnesses at least one must cosign, and not more than there are";
    /// Nobody outside the trustees must cosign.
    OnlyTrustees = "quorum-only-trustees", "at least one witness that is not a trustee must be needed for a quorum";
    /// The mark does not say what the number of faults says.
    WeakUnmarked = "quorum-weak-unmarked", "a quorum that plans for no corrupt witness is marked as weak, and no other is";
    /// Two quorums could have too few honest witnesses in common.
    QuorumTooSmall {
        /// How many must cosign.
        k: u64,
        /// How many there are.
        w: u64,
        /// How many may be corrupt.
        f: u64
    } = "quorum-too-small", "with {k} of {w} witnesses and {f} of them corrupt, a hub could show two logs; ask for more witnesses";

    // --- trustees, policy, guarded parts ----------------------------------------------------------
    /// Trustees missing, too many, unsorted, or one key, half of one or x twice or of another.
    BadTrustees = "trustees-bad", "trustees must be 2 to 9 in order of their ids, each with keys and an x of 1 to 255 of its own that no other trustee ever had, and 1 to 4 certificate pins in order; one alone is marked as single";
    /// A succession that is none.
    BadSuccession = "trustees-succession-bad", "a trustee succeeds one of an earlier set whom nobody else ever succeeded, who is in no later set, and beside whom it never stood";
    /// A threshold that does not fit.
    BadShares {
        /// How many must release.
        t: u64,
        /// How many there are.
        n: u64
    } = "trustees-threshold-bad", "{t} of {n} trustees cannot be asked for: at least two must release, and not more than there are";
    /// Not a policy.
    BadPolicy = "policy-bad", "a policy is a table of 1 to 65536 bytes of UTF-8 text";
    /// A section named where there is none, or missing where one is needed.
    BadOffice = "office-bad", "a reviewer reviews one section, and no other office names one";
    /// Not an officer who could be dismissed.
    NoSuchOfficer = "officer-unknown", "the person does not hold this office";
    /// Must be a member or a data-protection officer.
    NotAWithdrawer = "not-a-withdrawer", "only a member of the compartment or a data-protection officer withdraws its parts, and only a manager or a data-protection officer holds them";
    /// Must be signed by a manager and a data-protection officer.
    NotTwoPersons {
        /// The compartment.
        compartment: CompartmentId
    } = "not-two-persons", "two persons must sign this: a manager of compartment {compartment} and a data-protection officer";
    /// Parts missing, too many, or out of order.
    BadPartList = "part-list-bad", "the list of parts is empty, longer than 4096, out of order, or names one twice";
    /// No such withdrawal or hold in the compartment, or it is lifted already.
    NothingToLift {
        /// The statement named.
        statement: StatementId
    } = "nothing-to-lift", "{statement} is not a withdrawal or hold that stands in this compartment";
    /// A part that is held.
    PartHeld = "part-held", "a part, or its compartment, is under a legal hold; it is erased when the hold is lifted";
    /// Not withdrawn, or the cooling-off is not over.
    CoolingOff {
        /// How many days a withdrawal must have stood.
        days: u64
    } = "cooling-off", "a part is erased when its withdrawal has stood for {days} days";
    /// Erased already.
    AlreadyErased = "part-erased", "a part is erased already";
    /// An entry for trustees that were never in force.
    UnknownTrusteeSet {
        /// The statement named.
        set: StatementId
    } = "trustee-set-unknown", "the entry is sealed for trustees {set}, which were not in force";
    /// An entry with another number of trustees than its set has.
    NotTheTrustees {
        /// The statement named.
        set: StatementId
    } = "not-the-trustees", "the entry does not name exactly the trustees of {set}";

    // --- persons and devices --------------------------------------------------------------------
    /// No such person.
    UnknownPerson {
        /// The person.
        person: PersonId
    } = "person-unknown", "person {person} is not enrolled";
    /// Enrolled before.
    PersonExists {
        /// The person.
        person: PersonId
    } = "person-exists", "person {person} is enrolled already; an ended assignment is extended, a revocation is for good";
    /// The person is revoked or frozen, or the assignment ended.
    PersonNotActive {
        /// The person.
        person: PersonId
    } = "person-not-active", "person {person} is revoked or frozen, or their assignment has ended";
    /// No such device, or another person's.
    UnknownDevice {
        /// The device.
        device: DeviceId
    } = "device-unknown", "device {device} is not enrolled for this person";
    /// A device with these keys is enrolled.
    DeviceExists {
        /// The device.
        device: DeviceId
    } = "device-exists", "a device with these keys is enrolled already; keys are never used again";
    /// A registrar enrols a first device only.
    NotTheFirstDevice = "not-the-first-device", "a registrar enrols a person's first device only; a further one is cross-signed by the person or by recovery officers";
    /// Cross-signing of a first device.
    NoFirstDevice = "no-first-device", "the person has no device yet; a registrar enrols the first";
    /// The proof of possession does not verify.
    BadProof = "device-proof-bad", "the device has not proved that it holds its signing key";
    /// The signing key cannot be one.
    BadKey = "key-bad", "a public key is none: not a canonical encoding of a point of the right order, or of an X-Wing key";
    /// A key that serves another purpose.
    KeyInUse = "key-in-use", "one key has one purpose and one holder: this one is another's, or was used before";
    /// Nothing to confirm.
    NotPending {
        /// The device.
        device: DeviceId
    } = "device-not-pending", "device {device} is not waiting to be confirmed";
    /// Revoked before.
    AlreadyRevoked = "already-revoked", "the person or device is revoked already";
    /// Suspended before.
    AlreadySuspended {
        /// The device.
        device: DeviceId
    } = "already-suspended", "device {device} is suspended already";
    /// The evidence proves nothing against the device.
    BadEvidence = "evidence-bad", "the evidence is not two entries that this device signed for one place in its journal";
    /// Not one who may freeze.
    NotAFreezer = "not-a-freezer", "a person is frozen by a registrar, by themself, or by a manager of a compartment they are in, but a registrar not by a manager; a site by a registrar";
    /// No such freeze of the subject, or it is lifted already.
    UnknownFreeze {
        /// The freeze.
        freeze: StatementId
    } = "freeze-unknown", "{freeze} is not a freeze that holds for this person or site";
    /// The list of freezes is empty or unsorted.
    BadFreezeList = "freeze-list-bad", "the list of freezes is empty, out of order, or names one twice";
    /// Nobody was ever assigned to the site.
    UnknownSite {
        /// The site.
        site: SiteId
    } = "site-unknown", "nobody was ever assigned to site {site}";

    /// Another than the device that it is about.
    NotTheDeviceItself = "not-the-device-itself", "only the device itself says that it leaves for a trip";
    /// On a trip.
    DeviceAway {
        /// The device.
        device: DeviceId
    } = "device-away", "device {device} is on a trip, and until a manager brings it back it says nothing about what it left and vouches for no device";
    /// Not the statement with which the device left.
    UnknownTravel {
        /// The statement.
        travel: StatementId
    } = "travel-unknown", "{travel} is not the statement with which the device left the compartment, or it is back";
    /// The list of compartments is unsorted.
    BadCompartmentList = "compartment-list-bad", "the list of compartments is out of order, or names one twice";

    // --- compartments ---------------------------------------------------------------------------
    /// No such compartment.
    UnknownCompartment {
        /// The compartment.
        compartment: CompartmentId
    } = "compartment-unknown", "compartment {compartment} does not exist";
    /// Created before.
    CompartmentExists {
        /// The compartment.
        compartment: CompartmentId
    } = "compartment-exists", "compartment {compartment} exists already";
    /// The governors appoint a manager only when none is left.
    ManagersRemain {
        /// The compartment.
        compartment: CompartmentId
    } = "managers-remain", "compartment {compartment} still has a manager, who can appoint another; governors and registrars cannot";
    /// The mission-wide compartment is the registrars'.
    MissionWide = "compartment-mission-wide", "the mission-wide compartment is managed by the registrars and stays open";
    /// Not a manager who could be dismissed.
    NoSuchManager = "manager-unknown", "the person is not a manager of the compartment";
    /// The amendment touches the opening rule.
    RuleIsTheGovernors = "rule-is-the-governors", "only governors change an opening rule; an amendment names the rule that holds";
    /// The list of late entries is empty or unsorted.
    BadEntryList = "entry-list-bad", "the list of entries is empty, out of order, or names one twice";

    // --- epochs -----------------------------------------------------------------------------------
    /// No such epoch in the compartment.
    UnknownEpoch {
        /// The epoch.
        epoch: EpochId
    } = "epoch-unknown", "epoch {epoch} is not one of this compartment";
    /// The joined epochs are unsorted, or there are none although there should be, or the reverse.
    BadJoins = "epoch-joins-bad", "an epoch names the epochs it follows, each once and in order; only the first names none, with the reason create";
    /// The roster is empty, unsorted or too long.
    BadRoster = "roster-bad", "a roster is 1 to 4096 devices, each once and in order";
    /// A device in the roster is not active.
    RosterNotActive {
        /// The device.
        device: DeviceId
    } = "roster-not-active", "device {device} cannot receive an epoch's secret: it is not enrolled, pending, suspended, frozen or revoked, or its person's assignment has ended";
    /// A rekey by a member does not keep the roster.
    RosterNotKept = "roster-not-kept", "a member's rekey follows one current epoch and keeps its roster, without the devices that are no longer active and no others";
    /// The reason does not fit the roster.
    ReasonMismatch = "epoch-reason-mismatch", "the epoch's reason does not fit: only create and admit bring devices in, and join follows several epochs";
    /// Secrets of epochs under from-join, or not all under full.
    BadPrevious = "epoch-previous-bad", "an epoch seals, each once and in order, secrets of epochs that it follows and that began under the history rule full, and none while from-join holds";
    /// Not the device that began the epoch.
    NotTheEpochsSigner = "not-the-epochs-signer", "only the device that began the epoch hands out its wraps; another member can publish a repair";
    /// Wrapped before.
    AlreadyWrapped = "epoch-already-wrapped", "the epoch's wraps stand already; a correction is a repair";
    /// The wraps do not name exactly the roster, or a repair names others.
    WrapsNotTheRoster = "wraps-not-the-roster", "the wraps must name exactly the devices of the epoch's roster, in order; a repair some of them";
    /// A device in the roster was removed by a later manager's statement, on another branch.
    RemovedFromCompartment {
        /// The device.
        device: DeviceId
    } = "device-removed", "device {device} was removed from the compartment";
    /// The entry is open, the charter says guarded, or the reverse.
    RuleMismatch = "entry-rule-mismatch", "the entry is not sealed by the opening rule of its epoch";
}

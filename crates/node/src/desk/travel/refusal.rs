//! Why a desk does not leave, or is not brought back.

use counterseal_model::{CompartmentId, DeviceId};
use thiserror::Error;

/// Why a desk does not leave for a trip, or is not brought back. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TravelRefusal {
    /// No compartment, or one that there is not.
    #[error("name at least one compartment to leave; see 'counterseal compartment list'")]
    NothingToLeave,
    /// Left before.
    #[error("this desk has left compartment {} already; a manager of it brings it back", .0.short())]
    AlreadyAway(CompartmentId),
    /// The only manager leaves.
    #[error(
        "nobody could bring this desk back into compartment {}: its person is the only manager; appoint another one first with 'counterseal compartment manager appoint'",
        .0.short()
    )]
    NobodyBringsBack(CompartmentId),
    /// Work that only this desk has.
    #[error(
        "{entries} entries and {statements} statements of this desk are confirmed by no hub; send them first with 'counterseal sync' or 'counterseal pouch write', or say --anyway: what was written in compartments that are left then counts as late"
    )]
    Unsent {
        /// Entries.
        entries: u64,
        /// Statements.
        statements: u64,
    },
    /// Not on a trip, as far as the log of this desk says.
    #[error(
        "as far as this desk's log says, device {} has not left compartment {}; if it has, sync first",
        .device.short(),
        .compartment.short()
    )]
    NotAway {
        /// The device.
        device: DeviceId,
        /// The compartment.
        compartment: CompartmentId,
    },
}

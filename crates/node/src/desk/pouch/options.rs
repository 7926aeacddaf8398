//! Whom a pouch is for, and what of this desk's entries they may have.

use std::collections::BTreeSet;

use counterseal_model::{CompartmentId, DeviceId, Timestamp};
use counterseal_register::DeviceStatus;

use crate::desk::{CompartmentView, Desk};
use crate::error::NodeError;

/// What a pouch is to hold, and for whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PouchOptions {
    /// The receiving devices. None: every active device in the compartment, or, without one, in any compartment
    /// that this desk works in.
    pub receivers: Vec<DeviceId>,
    /// Entries of this compartment only.
    pub compartment: Option<CompartmentId>,
    /// What the receivers are taken to hold already.
    pub since: PouchSince,
}

/// What the receivers of a pouch are taken to hold already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PouchSince {
    /// What the last pouch read from each of them said; nothing of one from whom none was read.
    #[default]
    Last,
    /// Nothing: everything is carried.
    Beginning,
    /// Of the entries, what was logged before then or, where that is not known, written before then by its
    /// author's clock.
    Time(Timestamp),
}

/// Who receives a pouch and which compartments' entries it may carry.
pub(super) struct Scope {
    pub(super) receivers: Vec<DeviceId>,
    pub(super) compartments: BTreeSet<CompartmentId>,
    /// Compartments in which some receivers are and others are not.
    pub(super) divided: Vec<(CompartmentId, Vec<DeviceId>)>,
}

impl Desk {
    pub(super) fn scope(&self, options: &PouchOptions) -> Result<Scope, NodeError> {
        let mut views = self.compartments();
        // What is not shared with this desk is not this desk's to hand on.
        views.retain(|view| view.members.contains(&self.device()));
        if let Some(named) = options.compartment {
            views.retain(|view| view.id == named);
            if views.is_empty() {
                return Err(NodeError::NotAMember(named));
            }
        }
        let receivers = match options.receivers.is_empty() {
            true => self.everyone_in(&views),
            false => self.checked(&options.receivers)?,
        };
        if receivers.is_empty() {
            return Err(NodeError::NoReceivers);
        }
        let mut scope = Scope { receivers, compartments: BTreeSet::new(), divided: Vec::new() };
        for view in views {
            let (within, without): (Vec<DeviceId>, Vec<DeviceId>) =
                scope.receivers.iter().partition(|device| view.members.contains(device));
            // One key opens a whole pouch: it carries only what all its receivers may have.
            if without.is_empty() {
                scope.compartments.insert(view.id);
            } else if !within.is_empty() {
                scope.divided.push((view.id, without));
            }
        }
        Ok(scope)
    }

    fn everyone_in(&self, views: &[CompartmentView]) -> Vec<DeviceId> {
        let working = views.iter().any(|view| !view.everyone);
        let counts = views.iter().filter(|view| !working || !view.everyone);
        let members: BTreeSet<_> = counts.flat_map(|view| view.members.iter().copied()).collect();
        members.into_iter().filter(|device| *device != self.device()).collect()
    }

    /// The devices named, each once; a device that was only cross-signed yet may have statements.
    fn checked(&self, named: &[DeviceId]) -> Result<Vec<DeviceId>, NodeError> {
        let named: BTreeSet<_> = named.iter().copied().filter(|device| *device != self.device()).collect();
        for device in &named {
            let known = self.register.device(*device, self.moment());
            let fits = known
                .as_ref()
                .is_some_and(|known| matches!(known.status, DeviceStatus::Active | DeviceStatus::Pending));
            if !fits {
                return Err(NodeError::NotAReceiver { device: *device });
            }
        }
        Ok(named.into_iter().collect())
    }
}

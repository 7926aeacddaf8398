//! The desks of this computer: found a mission, join one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use counterseal_model::{DeviceId, MissionId};
use counterseal_node::{
    Desk, DeskPlace, Founding, GOVERNORS_FOLDER, GovernorFile, InvitationRefusal, NodeError, PouchAt, Proved,
};
use counterseal_seal::{Invitation, Passphrase};
use zeroize::Zeroizing;

use super::{Room, Unlocked};

/// The beginning of a pouch's file (docs/spec/pouch.md).
const POUCH: &[u8] = b"cs-pouch";

/// What a mission that was founded left to do.
#[derive(Debug, Clone)]
pub(crate) struct Founded {
    /// The governors' key files, to be taken off this computer.
    pub(crate) files: Vec<PathBuf>,
}

/// Somebody who is joining a mission: how far they came in this launch. What must survive is in the waiting desk.
pub(crate) enum Newcomer {
    /// An invitation was read; nothing was made yet.
    Invited(Box<Invitation>),
    /// Keys and a request were made.
    Asked {
        /// The mission.
        mission: MissionId,
        /// The device.
        device: DeviceId,
        /// The request's bytes.
        request: Vec<u8>,
    },
    /// The challenge was opened.
    Proved(Box<Proved>),
}

impl Room {
    /// Desks that asked to join and wait.
    pub(crate) fn waiting(&self) -> Result<Vec<DeskPlace>, NodeError> {
        Ok(self.home.waiting()?)
    }

    /// Where governors' keys go when nothing else is said.
    pub(crate) fn governors_folder(&self) -> PathBuf {
        self.home.path().join(GOVERNORS_FOLDER)
    }

    pub(crate) fn founded(&self) -> Option<&Founded> {
        self.founded.as_ref()
    }

    pub(crate) fn newcomer(&self) -> Option<&Newcomer> {
        self.newcomer.as_ref()
    }

    /// Founds a mission; the governors' key files are durable before anything rests on them.
    pub(crate) fn found(
        &mut self,
        founding: &Founding,
        folder: &Path,
        governors: &[Passphrase],
        passphrase: &Passphrase,
    ) -> Result<(), NodeError> {
        self.lock()?;
        let mut rng = (self.outside.randomness)();
        let (mut made, mut files) = (Vec::new(), Vec::new());
        let outcome = governors.iter().try_for_each(|governor| {
            let (file, path) = GovernorFile::make_in(folder, &mut rng, governor)?;
            made.push(file);
            files.push(path);
            Ok(())
        });
        let clock = Arc::clone(&self.outside.clock);
        let desk = outcome.and_then(|()| {
            Desk::found(&self.home, founding, &made, passphrase, clock, (self.outside.randomness)())
        });
        if desk.is_err() {
            // Keys of a mission that is not there would only be taken for another's.
            files.iter().for_each(|file| drop(std::fs::remove_file(file)));
        }
        self.enter(desk?);
        self.founded = Some(Founded { files });
        Ok(())
    }

    /// Reads an invitation, so that its mission can be compared before keys are made.
    pub(crate) fn read_invitation(&mut self, text: &[u8]) -> Result<(), NodeError> {
        let text = std::str::from_utf8(text).map_err(|_| counterseal_seal::BadInvitation::None);
        let read = text.and_then(Invitation::from_text).map_err(InvitationRefusal::from)?;
        self.newcomer = Some(Newcomer::Invited(Box::new(read)));
        Ok(())
    }

    /// Takes the invitation that was read: keys and a request, durable before the request is given out.
    pub(crate) fn accept_invitation(&mut self, passphrase: &Passphrase) -> Result<(), NodeError> {
        let Some(Newcomer::Invited(invitation)) = &self.newcomer else {
            return Err(InvitationRefusal::Unknown.into());
        };
        let (clock, mut rng) = (&self.outside.clock, (self.outside.randomness)());
        let accepted = Desk::accept_invitation(&self.home, invitation, passphrase, clock, &mut rng)?;
        let (mission, device, request) = (accepted.mission, accepted.device, accepted.request);
        self.newcomer = Some(Newcomer::Asked { mission, device, request });
        Ok(())
    }

    /// Opens the challenge.
    pub(crate) fn prove_invited(
        &mut self,
        waiting: &str,
        challenge: &[u8],
        passphrase: &Passphrase,
    ) -> Result<(), NodeError> {
        let place = self.waiting_place(waiting)?;
        let proved = Desk::prove_invited(&place, challenge, passphrase, &mut (self.outside.randomness)())?;
        self.newcomer = Some(Newcomer::Proved(Box::new(proved)));
        Ok(())
    }

    /// Joins with a pouch or a file of statements.
    pub(crate) fn join(
        &mut self,
        waiting: &str,
        brought: &Zeroizing<Vec<u8>>,
        passphrase: &Passphrase,
    ) -> Result<(), NodeError> {
        let place = self.waiting_place(waiting)?;
        self.lock()?;
        let (clock, rng) = (Arc::clone(&self.outside.clock), (self.outside.randomness)());
        let desk = if brought.starts_with(POUCH) {
            let at = PouchAt::Memory(brought);
            Desk::join_by_pouch_at(&self.home, &place, at, passphrase, clock, rng, &mut |_, _| {})?.0
        } else {
            Desk::join(&self.home, &place, brought, passphrase, clock, rng)?
        };
        self.newcomer = None;
        self.enter(desk);
        Ok(())
    }

    fn waiting_place(&self, id: &str) -> Result<DeskPlace, NodeError> {
        let mut waiting = self.home.waiting()?;
        waiting.retain(|place| id.is_empty() || place.id == id);
        let count = waiting.len();
        let only = waiting.pop().filter(|_| count == 1);
        only.ok_or_else(|| NodeError::Ambiguous { what: "waiting desk", prefix: id.to_owned(), count })
    }

    /// A desk that was just made is unlocked.
    fn enter(&mut self, desk: Desk) {
        self.unlocked = Some(Unlocked::new(desk));
    }
}

//! A mission with many devices, made once; each round begins with a copy of its hub.

use std::path::{Path, PathBuf};

use counterseal_model::{CompartmentId, EpochId, MissionId};
use counterseal_node::{Home, Invited, Randomness};
use counterseal_seal::DeviceSecrets;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::entries::{Journal, Made};
use crate::home;
use crate::measure::Watch;
use crate::outcome::Outcome;
use crate::served::Place;

/// Far from the founder's seed.
const INVITED: u64 = 1 << 32;

pub(super) struct Mission {
    seed: u64,
    served: PathBuf,
    pub(super) id: MissionId,
    pub(super) compartment: CompartmentId,
    /// Everybody's, in which nothing is written here.
    pub(super) quiet: CompartmentId,
    epoch: EpochId,
    pub(super) statements: u64,
    pub(super) devices: Vec<DeviceSecrets>,
}

/// All entries of a round.
pub(super) struct Work {
    pub(super) compartment: CompartmentId,
    /// A list for each desk.
    pub(super) of_desks: Vec<Vec<Made>>,
    /// Of the desk with a backlog.
    pub(super) backlog: Vec<Made>,
    /// One for each small sync.
    pub(super) small: Vec<Made>,
}

impl Work {
    pub(super) fn pushed(&self) -> usize {
        self.of_desks.iter().map(Vec::len).sum()
    }

    fn all(&self) -> impl Iterator<Item = &Made> {
        self.of_desks.iter().flatten().chain(&self.backlog).chain(&self.small)
    }

    pub(super) fn count(&self) -> usize {
        self.all().count()
    }

    pub(super) fn bytes(&self) -> usize {
        self.all().map(|made| made.bytes.len()).sum()
    }
}

impl Mission {
    /// Founds it, and enrols and admits all devices while the founder's desk is still alone.
    pub(super) fn make(folder: &Path, devices: usize, seed: u64) -> Outcome<Self> {
        let watch = Watch::start();
        let (mut desk, governor) = home::found_with_governor(&folder.join("founder"), seed)?;
        let (compartment, passphrase) = (desk.find_compartment("incidents")?, home::passphrase()?);
        let mut made = Vec::with_capacity(devices);
        for number in 0..devices as u64 {
            // The device's keys are the first that its randomness gives: they are had without its passphrase.
            let own = || ChaCha20Rng::seed_from_u64(seed.wrapping_add(INVITED + number));
            let (home, mut rng): (_, Randomness) = (Home::open(&folder.join("invited"))?, Box::new(own()));
            let invited = Invited::NewPerson { name: format!("Officer {number}"), until: None };
            let asked = desk.invite_at_hand(&home, invited, &passphrase, &mut rng)?;
            let secrets = DeviceSecrets::make(&mut own())?;
            if secrets.id() != asked.device {
                return Err("a device has other keys than its randomness gives".into());
            }
            desk.admit(compartment, asked.person)?;
            made.push(secrets);
        }
        let served = folder.join("served");
        Place::new(served.clone()).make(&mut desk, &governor)?;
        let epoch = desk.register().write_epoch(compartment, desk.moment()).ok_or("no epoch to write in")?;
        let statements = desk.statements()?.len() as u64;
        eprintln!("  {devices} devices were enrolled in {:.0} s", watch.seconds());
        let (id, quiet) = (desk.mission(), desk.register().mission_compartment());
        Ok(Self { seed, served, id, compartment, quiet, epoch, statements, devices: made })
    }

    /// A copy of the hub as it was made.
    pub(super) fn place(&self, folder: &Path) -> Outcome<Place> {
        home::copy(&self.served, folder)?;
        Ok(Place::new(folder.to_owned()))
    }

    /// So many entries for each desk, a backlog of the first one, and one for each small sync of the others.
    pub(super) fn work(&self, each: usize, backlog: usize, small: usize) -> Outcome<Work> {
        let mut rng = ChaCha20Rng::seed_from_u64(self.seed);
        let mut made = |device: &DeviceSecrets, count| {
            let journal = Journal {
                mission: self.id,
                compartment: self.compartment,
                epoch: self.epoch,
                secrets: device,
                statements_seen: self.statements,
            };
            journal.make(count, &mut rng)
        };
        let of_desks = self.devices.iter().map(|device| made(device, each)).collect::<Outcome<_>>()?;
        let (first, others) = self.devices.split_first().ok_or("no desk")?;
        let backlog = made(first, backlog)?;
        let mut of_small = Vec::with_capacity(small);
        for device in others.iter().cycle().take(small) {
            of_small.append(&mut made(device, 1)?);
        }
        Ok(Work { compartment: self.compartment, of_desks, backlog, small: of_small })
    }
}

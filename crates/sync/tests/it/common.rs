//! Entries, statements and frontiers for the tests.

use std::sync::OnceLock;

use counterseal_model::{CompartmentId, DeviceId, EpochId, JournalId, MissionId, Timestamp};
use counterseal_register::{Bytes, Entry, EntryHeader};
use counterseal_seal::{DeviceSecrets, EpochSecret, Sealer, SealingEpoch, SeenSizes};
use counterseal_sync::{
    Announced, Data, Held, Hello, Known, LEAF_LEN, LogHead, RangeSet, Welcome, entry_bytes,
};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// A number below `n`.
pub(crate) fn below(rng: &mut impl Rng, n: u64) -> u64 {
    rng.next_u64() % n
}

pub(crate) fn mission() -> MissionId {
    MissionId::from_bytes([2; 32])
}

pub(crate) fn compartment(n: u8) -> CompartmentId {
    CompartmentId::from_bytes([n; 16])
}

/// A device that follows from a number; making one takes a while.
pub(crate) fn device(n: usize) -> &'static DeviceSecrets {
    static DEVICES: [OnceLock<DeviceSecrets>; 4] = [const { OnceLock::new() }; 4];
    DEVICES[n].get_or_init(|| DeviceSecrets::make(&mut rng(n as u64)).unwrap())
}

/// A journal that writes sealed entries.
pub(crate) struct Author {
    device: usize,
    sealer: Sealer,
    rng: ChaCha20Rng,
    secret: EpochSecret,
}

impl Author {
    pub(crate) fn new(device: usize, compartment: CompartmentId, journal: u8) -> Self {
        let sealer =
            Sealer::begin(mission(), compartment, JournalId::from_bytes([journal; 16]), None).unwrap();
        Self { device, sealer, rng: rng(u64::from(journal)), secret: EpochSecret::from_bytes(&[7; 32]) }
    }

    /// The next entry: one part per length, of bytes that do not compress.
    pub(crate) fn write(&mut self, lengths: &[usize]) -> Entry {
        let parts: Vec<Vec<u8>> = lengths
            .iter()
            .map(|length| {
                let mut part = vec![0; *length];
                self.rng.fill_bytes(&mut part);
                part
            })
            .collect();
        let epoch = SealingEpoch { id: EpochId::from_bytes([1; 32]), secret: &self.secret };
        let seen = SeenSizes { statements: 240, journal: 100_000 + u64::from(self.rng.next_u32() % 300) };
        self.sealer.seal(&mut self.rng, device(self.device), epoch, seen, &parts).unwrap().into_entry()
    }
}

/// What an entry's header says.
pub(crate) fn header(entry: &Entry) -> EntryHeader {
    let signed = counterseal_register::Signed::parse(&entry.header).unwrap();
    counterseal_model::cbor::from_bytes_strict(signed.payload()).unwrap()
}

pub(crate) fn leaf_of(entry: &Entry) -> [u8; LEAF_LEN] {
    let mut leaf = [0; LEAF_LEN];
    leaf[..6].copy_from_slice(&[1, 1, 0, 0, 0, entry.ciphertexts.len() as u8]);
    leaf[6..].copy_from_slice(entry.id().as_bytes());
    leaf
}

pub(crate) fn log_head(size: u64) -> LogHead {
    LogHead { size, root: Bytes([9; 32]) }
}

pub(crate) fn hello(statements: u64, journal: u64, held: Held) -> Hello {
    let known = Known::new(log_head(statements), log_head(journal), held);
    Hello::new(mission(), DeviceId::from_bytes([4; 32]), [5; 64], known, Timestamp(1_700_000_000))
}

pub(crate) fn announced(size: u64) -> Announced {
    Announced { size, checkpoint: Data::new(b"checkpoint".to_vec()).unwrap() }
}

pub(crate) fn welcome(statements: u64, journal: u64) -> Welcome {
    Welcome::new(announced(statements), announced(journal), Timestamp(1_700_000_001))
}

pub(crate) fn set(indices: impl IntoIterator<Item = u64>) -> RangeSet {
    indices.into_iter().collect()
}

#[test]
fn bytes_of_an_entry_are_those_of_its_plain_form() {
    let mut author = Author::new(0, compartment(1), 1);
    for lengths in [&[0][..], &[10; 30], &[700, 70_000], &[200_000]] {
        let entry = author.write(lengths);
        assert_eq!(entry_bytes(&entry), entry.to_bytes().len() as u64);
    }
}

//! The bare cryptography of one bulk opening: each trustee's pads sealed to the reader's fresh key, as many opened as it
//! takes, shares combined, parts opened. No log, no store, no decision, no network.

use std::collections::BTreeMap;

use counterseal_model::cbor::to_bytes;
use counterseal_model::record::{Body, Note, Part};
use counterseal_model::{
    Classification, CompartmentId, EpochId, JournalId, MissionId, RecordId, StatementId, Timestamp,
};
use counterseal_register::{Entry, KeyId, Rule, VerifiedHeader};
use counterseal_seal::{
    DeviceSecrets, EpochSecret, FreshKey, Opener, Pad, Release, Sealer, SealingEpoch, SealingGuard,
    SeenSizes, TrusteeKeySecret, TrusteePlace, TrusteePublic, TrusteeSet, seal_pads,
};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::{OpenArgs, check, site};
use crate::measure::{Watch, percentile};
use crate::outcome::Outcome;

const MISSION: MissionId = MissionId::from_bytes([1; 32]);
/// How often; the median counts.
const PASSES: usize = 5;
/// Parts in an entry here.
const IN_ONE: usize = 512;

/// What was sealed, and what each trustee has of it.
struct Ready {
    secret: EpochSecret,
    set: TrusteeSet,
    sealed: Vec<(Entry, VerifiedHeader)>,
    pads: Vec<Vec<Pad>>,
}

/// Seconds for one request.
pub(super) fn measure(args: &OpenArgs, seed: u64) -> Outcome<f64> {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let (ready, opener) = (Ready::make(args.parts.into(), &mut rng)?, Opener::new()?);
    let mut seconds = Vec::new();
    for _ in 0..PASSES {
        let watch = Watch::start();
        let opened = ready.open(&opener, &mut rng)?;
        seconds.push(watch.seconds());
        check(args.parts.into(), opened)?;
    }
    Ok(percentile(&seconds, 0.5))
}

/// The ids of the trustees, or of their keys.
fn ids(kind: u8) -> impl Iterator<Item = KeyId> {
    (1..=site::TRUSTEES.len()).map(move |n| {
        let mut id = [kind; 32];
        id.iter_mut().zip(n.to_be_bytes()).for_each(|(to, from)| *to = from);
        KeyId(id)
    })
}

impl Ready {
    fn make(parts: usize, rng: &mut ChaCha20Rng) -> Outcome<Self> {
        let (device, secret) = (DeviceSecrets::make(rng)?, EpochSecret::make(rng));
        let secrets: Vec<_> = site::TRUSTEES.iter().map(|_| TrusteeKeySecret::make(rng)).collect();
        let publics = secrets.iter().map(TrusteeKeySecret::public).collect::<Result<Vec<_>, _>>()?;
        let places = ids(4).zip(1..).map(|(trustee, x)| TrusteePlace { trustee, x }).collect();
        let set = TrusteeSet::new(StatementId::from_bytes([3; 32]), site::MUST_RELEASE, places)?;
        let keys: Vec<_> = ids(5).zip(&publics).map(|(key, public)| TrusteePublic { key, public }).collect();
        let journal = JournalId::from_bytes([7; 16]);
        let mut sealer = Sealer::begin(MISSION, CompartmentId::from_bytes([6; 16]), journal, None)?;
        let mut pads: Vec<Vec<Pad>> = secrets.iter().map(|_| Vec::new()).collect();
        let mut sealed = Vec::new();
        for first in (0..parts).step_by(IN_ONE) {
            let bodies: Vec<_> =
                (first..parts.min(first + IN_ONE)).map(|n| to_bytes(&site::part(n))).collect();
            let epoch = SealingEpoch { id: EpochId::from_bytes([8; 32]), secret: &secret };
            let guard = SealingGuard { rule: Rule::TwoSeal, set: &set, keys: &keys };
            let seen = SeenSizes { statements: 1, journal: 0 };
            let entry = sealer.seal_guarded(rng, &device, epoch, guard, seen, &bodies)?.entry().clone();
            let header = entry.verify(device.public())?;
            for (((secret, trustee), key), pads) in secrets.iter().zip(ids(4)).zip(ids(5)).zip(&mut pads) {
                pads.extend(secret.receive(&header, &set, trustee, key)?);
            }
            sealed.push((entry, header));
        }
        Ok(Self { secret, set, sealed, pads })
    }

    /// Opens all of it; gives how many parts that were.
    fn open(&self, opener: &Opener, rng: &mut ChaCha20Rng) -> Outcome<usize> {
        let fresh = FreshKey::make(rng)?;
        let mut given = Vec::new();
        for ((trustee, x), pads) in ids(4).zip(1..).zip(&self.pads) {
            let release = Release { mission: MISSION, trustee, x, request: [9; 32] };
            let to_reader = seal_pads(rng, &release, fresh.public(), pads)?;
            if given.len() < usize::from(site::MUST_RELEASE) {
                given.push((x, fresh.open_pads(&release, &to_reader, pads.len())?.into_iter()));
            }
        }
        let mut opened = 0;
        for (entry, header) in &self.sealed {
            for (index, ciphertext) in entry.ciphertexts.iter().enumerate() {
                let part = header.verify_part(index, ciphertext)?;
                let pads: BTreeMap<u8, Pad> =
                    given.iter_mut().filter_map(|(x, pads)| Some((*x, pads.next()?))).collect();
                opener.open_guarded(&part, Rule::TwoSeal, &self.secret, &self.set, &pads)?;
                opened += 1;
            }
        }
        Ok(opened)
    }
}

/// What is sealed on either side.
pub(super) fn note(n: usize) -> Part {
    let text = format!("The source of meeting {n} asks to be met by the river, and not to be rung up.");
    let body = Body::Note(Box::new(Note { text, ..Note::default() }));
    let mut id = [0; 16];
    id.iter_mut().zip(n.to_be_bytes()).for_each(|(to, from)| *to = from);
    let part =
        Part::first(RecordId::from_bytes(id), body, Timestamp(1_790_000_000), Classification::Confidential);
    Part { synthetic: true, ..part }
}

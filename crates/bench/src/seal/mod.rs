//! `bench seal`: what sealing costs per record, in time and bytes, against age and against a fresh
//! key and signature per record. All sides begin with the same encoded parts and compress them
//! alike (zstd, our dictionary and level); ours also pads, which is counted apart.

mod compressed;
mod peers;

use counterseal_model::cbor::to_bytes;
use counterseal_model::{CompartmentId, EpochId, JournalId, MissionId};
use counterseal_register::Entry;
use counterseal_seal::{DeviceSecrets, EpochSecret, Sealer, SealingEpoch, SeenSizes};
use counterseal_synth::{Plan, World};

use crate::figure::{Figure, Target};
use crate::home::{PARTS, fresh};
use crate::measure::Watch;
use crate::outcome::Outcome;
use compressed::Compressor;
pub(crate) use compressed::DICTIONARY;
use peers::Peer;

/// The best of this many passes counts: the machine may be doing other things meanwhile.
const PASSES: usize = 9;

/// Most records sealed in one pass; the cost per record does not depend on how many there are.
const MOST: usize = 100_000;

/// What one way of sealing costs.
#[derive(Clone, Copy, Default)]
struct Cost {
    /// Time, µs per record, on one core.
    micros: f64,
    /// Bytes per record, as stored.
    bytes: f64,
}

pub(crate) fn run(rows: usize, seed: u64) -> Outcome<Vec<Figure>> {
    let rows = rows.min(MOST);
    let world = World::new(Plan::new(seed, rows));
    let parts: Vec<Vec<u8>> = (0..rows).map(|n| to_bytes(&world.part(n))).collect();
    let mut compressor = Compressor::new()?;
    let lengths: Vec<usize> = parts.iter().map(|p| compressor.len(p)).collect::<Outcome<_>>()?;
    let compressed = mean(lengths.iter().copied(), rows);
    let (ours, padding) = ours(&parts, &lengths)?;
    let overhead = ours.bytes - compressed - padding;
    let mut figures = vec![
        Figure::stated("seal", "records", "", rows as f64),
        Figure::stated("seal", "a record, encoded", "B", mean(parts.iter().map(Vec::len), rows)),
        Figure::stated("seal", "a record, compressed", "B", compressed),
        Figure::stated("seal", "padding a record", "B", padding),
        Figure::new("seal", "time a record", "µs", (ours.micros, None), Target::AtMost(4.0)),
        Figure::new("seal", "bytes over compressed text", "B", (overhead, None), Target::AtMost(60.0)),
        Figure::stated("seal", "time a record, compression alone", "µs", compression(&parts)?),
    ];
    for peer in Peer::ALL {
        let cost = peers_cost(peer, &parts)?;
        let (time, bytes) = ((ours.micros, Some(cost.micros)), (overhead, Some(cost.bytes - compressed)));
        figures.push(Figure::new("seal", format!("time, vs {}", peer.name()), "µs", time, Target::Stated));
        figures.push(Figure::new("seal", format!("bytes, vs {}", peer.name()), "B", bytes, Target::Stated));
    }
    Ok(figures)
}

/// A part as it is compressed before it is sealed.
pub(crate) fn pack(part: &[u8]) -> Outcome<Vec<u8>> {
    Compressor::new()?.pack(part)
}

fn mean(values: impl Iterator<Item = usize>, count: usize) -> f64 {
    values.sum::<usize>() as f64 / count.max(1) as f64
}

/// The best of several passes of `work` over all parts, in µs a record.
fn best_of(parts: usize, mut work: impl FnMut() -> Outcome<()>) -> Outcome<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..PASSES {
        let watch = Watch::start();
        work()?;
        best = best.min(watch.seconds());
    }
    Ok(best * 1e6 / parts.max(1) as f64)
}

fn compression(parts: &[Vec<u8>]) -> Outcome<f64> {
    let mut compressor = Compressor::new()?;
    best_of(parts.len(), || parts.iter().try_for_each(|part| compressor.len(part).map(|_| ())))
}

/// Our cost, and the padding in bytes per record.
fn ours(parts: &[Vec<u8>], compressed: &[usize]) -> Outcome<(Cost, f64)> {
    let mut rng = fresh()?;
    let device = DeviceSecrets::make(&mut rng)?;
    let secret = EpochSecret::make(&mut rng);
    let epoch = SealingEpoch { id: EpochId::from_bytes([3; 32]), secret: &secret };
    let mut sealer = Sealer::begin(
        MissionId::from_bytes([1; 32]),
        CompartmentId::from_bytes([2; 16]),
        JournalId::from_bytes([4; 16]),
        None,
    )?;
    let mut entries: Vec<Entry> = Vec::new();
    let micros = best_of(parts.len(), || {
        entries.clear();
        for chunk in parts.chunks(PARTS) {
            let sealed = sealer.seal(&mut rng, &device, epoch, SeenSizes::default(), chunk)?;
            entries.push(sealed.into_entry());
        }
        Ok(())
    })?;
    let bytes = mean(entries.iter().map(|entry| entry.to_bytes().len()), parts.len());
    // What encryption takes in: form byte, compressed text, the padding's mark, and zeros.
    let sealed = entries.iter().flat_map(|entry| entry.ciphertexts.iter().map(Vec::len));
    let padding = sealed.zip(compressed).map(|(sealed, len)| sealed - 16 - 1 - len - 1);
    Ok((Cost { micros, bytes }, mean(padding, parts.len())))
}

fn peers_cost(peer: Peer, parts: &[Vec<u8>]) -> Outcome<Cost> {
    let mut work = peers::Work::new(peer)?;
    let mut bytes = 0;
    // age costs a key agreement a record; a tenth of the records shows it as well.
    let parts = parts.get(..parts.len() / 10).filter(|few| few.len() >= 1000).unwrap_or(parts);
    let micros = best_of(parts.len(), || {
        bytes = work.seal_all(parts)?;
        Ok(())
    })?;
    Ok(Cost { micros, bytes: bytes as f64 / parts.len().max(1) as f64 })
}

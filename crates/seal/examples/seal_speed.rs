//! What sealing costs: microseconds and bytes per record, in entries of 512 parts of about 500 bytes, and
//! where the time goes. The official figure is `bench`'s; this is for whoever changes the sealing code.
//!
//! `cargo run --release -p counterseal-seal --example seal_speed`
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "an example that measures: it may stop at the first thing that is wrong, and needs a clock"
)]

use std::time::{Duration, Instant};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use counterseal_model::cbor::to_bytes;
use counterseal_model::{CompartmentId, EpochId, JournalId, MissionId};
use counterseal_register::sha256;
use counterseal_seal::{
    DeviceSecrets, EntryKeys, EpochSecret, KdfParameters, KeyHolder, Opener, Passphrase, Sealer,
    SealingEpoch, SeenSizes, Unlocked, lock,
};
use counterseal_synth::{Plan, World};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const ENTRIES: usize = 40;
const PARTS: usize = 512;

fn main() {
    let rng = &mut ChaCha20Rng::seed_from_u64(1);
    let device = DeviceSecrets::make(rng).unwrap();
    let secret = EpochSecret::make(rng);
    let epoch = SealingEpoch { id: EpochId::from_bytes([1; 32]), secret: &secret };
    let (mission, compartment) = (MissionId::from_bytes([2; 32]), CompartmentId::from_bytes([3; 16]));
    let mut sealer = Sealer::begin(mission, compartment, JournalId::from_bytes([4; 16]), None).unwrap();
    let world = World::new(Plan::new(20_261_122, ENTRIES * PARTS));
    let parts: Vec<Vec<u8>> = (0..ENTRIES * PARTS).map(|n| to_bytes(&world.part(n))).collect();
    let raw: usize = parts.iter().map(Vec::len).sum();
    let _warm = sealer.seal(rng, &device, epoch, SeenSizes::default(), parts.get(..PARTS).unwrap()).unwrap();

    let start = Instant::now();
    let sealed: Vec<_> = parts
        .chunks(PARTS)
        .map(|parts| sealer.seal(rng, &device, epoch, SeenSizes::default(), parts).unwrap())
        .collect();
    report("seal, all of it", start.elapsed(), parts.len());

    let wire: usize = sealed.iter().map(|entry| entry.entry().to_bytes().len()).sum();
    let padded: usize = sealed.iter().flat_map(|e| &e.entry().ciphertexts).map(|c| c.len() - 16).sum();
    let packed = packed_len(&parts);
    let n = parts.len();
    println!(
        "record {} B, compressed {} B, padded {} B, on the wire {} B",
        raw / n,
        packed / n,
        padded / n,
        wire / n
    );
    println!(
        "overhead beyond compressed text and padding: {:.1} B per part (padding {:.1} B)",
        (wire - padded + 2 * n) as f64 / n as f64,
        (padded as f64 - packed as f64) / n as f64 - 2.0
    );
    let opened = Instant::now();
    let mut opener = Opener::new().unwrap();
    for entry in &sealed {
        let header = entry.entry().verify(device.public()).unwrap();
        let keys = EntryKeys::derive(&header, &secret);
        for (index, ciphertext) in entry.entry().ciphertexts.iter().enumerate() {
            opener.open(&keys, &header.verify_part(index, ciphertext).unwrap()).unwrap();
        }
    }
    report("verify twice and open", opened.elapsed(), n);
    split(padded / n, n);
    passphrase_step(device);
}

fn passphrase_step(device: DeviceSecrets) {
    let unlocked = Unlocked { holder: KeyHolder::Device(Box::new(device)), mission: None };
    let passphrase = Passphrase::new("red lorry, slow ferry").unwrap();
    for (what, parameters) in [("floor", KdfParameters::FLOOR), ("default", KdfParameters::DEFAULT)] {
        let start = Instant::now();
        lock(&mut ChaCha20Rng::seed_from_u64(1), &unlocked, &passphrase, parameters).unwrap();
        println!("lock a key file, {what}: {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    }
}

fn report(what: &str, time: Duration, parts: usize) {
    println!("{what:24} {:7.3} µs per part", time.as_secs_f64() * 1e6 / parts as f64);
}

fn compressor() -> zstd::bulk::Compressor<'static> {
    use zstd::zstd_safe::{CParameter, FrameFormat};
    let level = std::env::var("LEVEL").ok().and_then(|level| level.parse().ok()).unwrap_or(1);
    let dictionary = include_bytes!("../data/dictionary-v1.zstd");
    let prepared = Box::leak(Box::new(zstd::dict::EncoderDictionary::copy(dictionary, level)));
    let mut compressor = zstd::bulk::Compressor::with_prepared_dictionary(prepared).unwrap();
    for parameter in [
        CParameter::Format(FrameFormat::Magicless),
        CParameter::ChecksumFlag(false),
        CParameter::DictIdFlag(false),
        CParameter::ContentSizeFlag(false),
    ] {
        compressor.set_parameter(parameter).unwrap();
    }
    compressor
}

fn packed_len(parts: &[Vec<u8>]) -> usize {
    let mut compressor = compressor();
    let mut frame = Vec::with_capacity(1 << 20);
    let start = Instant::now();
    let mut total = 0;
    for part in parts {
        frame.clear();
        total += compressor.compress_to_buffer(part, &mut frame).unwrap().min(part.len());
    }
    report("of this: compress", start.elapsed(), parts.len());
    total
}

/// The same primitives on as many bytes, one at a time.
fn split(padded: usize, parts: usize) {
    let mut buffer = vec![7u8; padded];
    let start = Instant::now();
    for _ in 0..parts {
        std::hint::black_box(sha256(&[&buffer]));
    }
    report("of this: hash (twice)", start.elapsed() * 2, parts);

    let prk = hmac::Key::new(hmac::HMAC_SHA256, &[1; 32]);
    let start = Instant::now();
    for index in 0..parts {
        let mut context = hmac::Context::with_key(&prk);
        context.update(b"counterseal/cs1/part/key\0");
        context.update(&[0; 32]);
        context.update(&(index as u32).to_be_bytes());
        context.update(&[0, 1]);
        std::hint::black_box(context.sign());
    }
    report("of this: derive", start.elapsed(), parts);

    let start = Instant::now();
    for _ in 0..parts {
        let key = UnboundKey::new(&AES_256_GCM, std::hint::black_box(&[9; 32])).unwrap();
        std::hint::black_box(LessSafeKey::new(key));
    }
    report("of this: AES key set-up", start.elapsed(), parts);

    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &[9; 32]).unwrap());
    let start = Instant::now();
    for _ in 0..parts {
        let nonce = Nonce::assume_unique_for_key([0; 12]);
        let tag = key.seal_in_place_separate_tag(nonce, Aad::from([0; 41]), &mut buffer);
        std::hint::black_box(tag.unwrap().as_ref().len());
    }
    report("of this: AES-256-GCM", start.elapsed(), parts);
}

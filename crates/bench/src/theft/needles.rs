//! What a thief looks for: every name, place and word that stands in the home, in every encoding and
//! case, and pairs of neighbouring words where one alone would be too short to mean anything.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use counterseal_model::cbor::to_bytes;
use counterseal_model::record::Incident;
use counterseal_synth::World;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use crate::home::parts;
use crate::outcome::Outcome;

/// Bytes that must agree before it is a hit. In a hundred megabytes of noise, a million needles of
/// eight bytes turn up by chance once in a hundred thousand searches.
const SHORTEST: usize = 8;

/// The needles by their first eight bytes.
pub(super) struct Needles(HashMap<[u8; SHORTEST], Vec<Vec<u8>>>);

impl Needles {
    pub(super) fn of(world: &World) -> Outcome<Self> {
        let mut needles = Self(HashMap::new());
        for text in texts(world) {
            needles.add_text(&text);
        }
        for text in
            ["Mission of the Blue Heron", "Officer Quillfeather", "seven wells and a blue heron", "incidents"]
        {
            needles.add_text(text);
        }
        for planted in world.planted().iter().chain(&world.decoys()) {
            needles.add(&planted.text);
        }
        for list in needles.0.values_mut() {
            list.sort();
            list.dedup();
        }
        Ok(needles)
    }

    pub(super) fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// The text as a whole if it is a name, its words, and each word with the next.
    fn add_text(&mut self, text: &str) {
        if text.len() < 80 {
            self.add(text);
        }
        let words: Vec<(usize, &str)> = text
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
            .collect();
        for (nth, (from, word)) in words.iter().enumerate() {
            self.add(word);
            if let Some((next, second)) = words.get(nth + 1)
                && let Some(pair) = text.get(*from..next + second.len())
            {
                self.add(pair);
            }
        }
    }

    /// In each case and encoding.
    fn add(&mut self, text: &str) {
        for cased in [text.to_owned(), text.to_lowercase(), text.to_uppercase()] {
            let utf16: Vec<u16> = cased.encode_utf16().collect();
            self.keep(utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect());
            self.keep(utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect());
            let latin1: Option<Vec<u8>> =
                cased.chars().map(|sign| u8::try_from(u32::from(sign)).ok()).collect();
            latin1.into_iter().for_each(|bytes| self.keep(bytes));
            self.keep(cased.into_bytes());
        }
    }

    fn keep(&mut self, needle: Vec<u8>) {
        let Some(first) = needle.first_chunk::<SHORTEST>().copied() else { return };
        let list = self.0.entry(first).or_default();
        // Names recur all the time; the rest is left to the sorting at the end.
        if list.last() != Some(&needle) {
            list.push(needle);
        }
    }

    /// Where a needle stands in `bytes`.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<(usize, &[u8])> {
        bytes.windows(SHORTEST).enumerate().find_map(|(at, window)| {
            let list = self.0.get(window.first_chunk::<SHORTEST>()?)?;
            let rest = bytes.get(at..)?;
            list.iter().find(|needle| rest.starts_with(needle)).map(|needle| (at, needle.as_slice()))
        })
    }
}

/// Every text in the mission.
fn texts(world: &World) -> impl Iterator<Item = String> + '_ {
    let entities = world.entities().into_iter().flat_map(|(_, entity)| {
        let variants = entity.variants.into_iter().map(|variant| variant.name);
        [Some(entity.name), entity.description, entity.identifier].into_iter().flatten().chain(variants)
    });
    entities.chain((0..world.plan().incidents).flat_map(|n| incident_texts(world.incident(n).1)))
}

fn incident_texts(incident: Incident) -> Vec<String> {
    let mut texts: Vec<String> =
        [incident.title, incident.narrative, incident.reference].into_iter().flatten().collect();
    if let Some(place) = incident.place {
        let names = [place.name, place.admin1, place.admin2, place.country, place.description];
        texts.extend(names.into_iter().flatten());
    }
    texts.extend(incident.actors.into_iter().filter_map(|actor| actor.name));
    texts.extend(incident.sources);
    texts
}

/// The same texts in the clear, in every guise that the search must see through.
pub(super) fn write_control(dir: &Path, world: &World) -> Outcome<()> {
    fs::create_dir_all(dir)?;
    let text: String = (0..50).filter_map(|n| world.incident(n).1.narrative).collect();
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    fs::write(dir.join("utf8"), &text)?;
    fs::write(dir.join("upper"), text.to_uppercase())?;
    fs::write(dir.join("utf16le"), utf16(u16::to_le_bytes))?;
    fs::write(dir.join("utf16be"), utf16(u16::to_be_bytes))?;
    let mut gzip = GzEncoder::new(b"noise before".to_vec(), Compression::default());
    gzip.write_all(text.as_bytes())?;
    fs::write(dir.join("gzip"), gzip.finish()?)?;
    let mut zlib = ZlibEncoder::new(b"noise before".to_vec(), Compression::default());
    zlib.write_all(text.as_bytes())?;
    fs::write(dir.join("zlib"), zlib.finish()?)?;
    fs::write(dir.join("zstd"), [b"noise before".to_vec(), zstd::encode_all(text.as_bytes(), 3)?].concat())?;
    // A part as it is just before it is padded and sealed.
    let part = parts(world).last().map(|part| to_bytes(&part)).unwrap_or_default();
    let frame = crate::seal::pack(&part)?;
    fs::write(dir.join("packed"), [b"noise before\x01".to_vec(), frame, vec![0x80, 0, 0]].concat())?;
    Ok(())
}

//! `bench theft --flip`: every byte of a small home changed in turn, and old pages and files put back.
//! The desk must refuse, or answer as before; it must never answer otherwise.

use std::fs;
use std::path::{Path, PathBuf};

use counterseal_node::{Filter, Sort};
use counterseal_synth::{Plan, World};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

use crate::figure::{Figure, Target};
use crate::outcome::Outcome;
use crate::{home, state};

/// Bytes in a page of the store.
const PAGE: usize = counterseal_node::PAGE_SIZE as usize;

/// Every file of a home.
type Image = Vec<(PathBuf, Vec<u8>)>;

/// How the desk took it.
#[derive(Default)]
struct Tally {
    refused: usize,
    unmoved: usize,
    changed: usize,
}

/// A small home that is changed and put right again.
struct Victim {
    dir: PathBuf,
    seed: u64,
    whole: Image,
    answers: [u8; 32],
    tally: Tally,
}

pub(crate) fn run(seed: u64, stride: usize) -> Outcome<Vec<Figure>> {
    let temporary = TempDir::new()?;
    let dir = temporary.path().join("home");
    let (mut victim, earlier) = Victim::make(&dir, seed)?;
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let mut flips = 0;
    for (path, bytes) in victim.whole.clone() {
        // Each try with the key file costs Argon2id; crates/seal flips every byte of it without.
        let is_key = path.ends_with("desk.key");
        let step = if is_key { stride.max(bytes.len() / 10 + 1) } else { stride.max(1) };
        for at in (0..bytes.len()).step_by(step) {
            let mut bad = bytes.clone();
            if let Some(byte) = bad.get_mut(at) {
                *byte ^= 1u8 << rng.random_range(0..8);
            }
            victim.try_with(&[(&path, &bad)], is_key, &format!("{}, byte {at}", path.display()))?;
            flips += 1;
        }
    }
    let flipped = std::mem::take(&mut victim.tally);
    let pages = victim.put_pages_back(&earlier)?;
    let back = std::mem::take(&mut victim.tally);
    let count = |n: usize| n as f64;
    Ok(vec![
        Figure::stated("flip", format!("bytes changed, every {stride}th"), "", count(flips)),
        Figure::stated("flip", "refused", "", count(flipped.refused)),
        Figure::stated("flip", "answered as before", "", count(flipped.unmoved)),
        Figure::new("flip", "answered otherwise", "", (count(flipped.changed), None), Target::AtMost(0.0)),
        Figure::stated("flip", "old pages and files put back", "", count(pages)),
        Figure::stated("flip", "refused", "", count(back.refused)),
        Figure::stated("flip", "answered as before", "", count(back.unmoved)),
        Figure::new("flip", "answered otherwise", "", (count(back.changed), None), Target::AtMost(0.0)),
    ])
}

impl Victim {
    /// A home with three sealed batches; earlier states of it beside. The last batch is still in the
    /// write-ahead file, so that every file holds something.
    fn make(dir: &Path, seed: u64) -> Outcome<(Self, Vec<Image>)> {
        let world = World::new(Plan::new(seed, 40));
        let mut desk = home::found(dir, seed)?;
        let compartment = desk.find_compartment("incidents")?;
        let mut earlier = Vec::new();
        for batch in 0..3 {
            let parts = (batch * 12..batch * 12 + 12).map(|n| world.part(n)).collect();
            desk.write(compartment, parts)?;
            earlier.push(image(dir)?);
            if batch < 2 {
                desk.close()?;
                earlier.push(image(dir)?);
                desk = home::open(dir, seed)?;
            }
        }
        drop(desk);
        let whole = image(dir)?;
        let answers = answers(dir, seed, false)?;
        Ok((Self { dir: dir.to_owned(), seed, whole, answers, tally: Tally::default() }, earlier))
    }

    /// Puts the home right, changes some files, and asks.
    fn try_with(&mut self, changes: &[(&Path, &[u8])], with_key: bool, what: &str) -> Outcome<()> {
        restore(&self.dir, &self.whole)?;
        for (path, bytes) in changes {
            fs::write(path, bytes)?;
        }
        match answers(&self.dir, self.seed, with_key) {
            Err(_) => self.tally.refused += 1,
            Ok(answers) if answers == self.answers => self.tally.unmoved += 1,
            Ok(_) => {
                eprintln!("  answered otherwise: {what}");
                self.tally.changed += 1;
            }
        }
        Ok(())
    }

    /// Each page of an earlier state in the place of the present one, and each set of files but all.
    fn put_pages_back(&mut self, earlier: &[Image]) -> Outcome<usize> {
        let mut tries = 0;
        for (nth, image) in earlier.iter().enumerate() {
            for (path, old) in image.iter().filter(|(path, _)| path.ends_with("store.db")) {
                let whole = self.whole.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.clone());
                let whole = whole.unwrap_or_default();
                for (page, old) in old.chunks(PAGE).enumerate() {
                    let mut mixed = whole.clone();
                    let Some(place) = mixed.get_mut(page * PAGE..page * PAGE + old.len()) else { continue };
                    if *place == *old {
                        continue;
                    }
                    place.copy_from_slice(old);
                    let what = format!("page {} of state {nth}", page + 1);
                    self.try_with(&[(path, &mixed)], false, &what)?;
                    tries += 1;
                }
            }
            tries += self.put_files_back(nth, image)?;
        }
        Ok(tries)
    }

    /// The whole home put back is a state the desk was in: no local file can tell, and other desks
    /// do. Everything less than that must be noticed.
    fn put_files_back(&mut self, nth: usize, image: &Image) -> Outcome<usize> {
        let differs = |(path, old): &&(PathBuf, Vec<u8>)| {
            self.whole.iter().any(|(known, bytes)| known == path && bytes != old)
        };
        let other: Vec<(PathBuf, Vec<u8>)> = image.iter().filter(differs).cloned().collect();
        let all = (1usize << other.len()) - 1;
        for set in 1..all {
            let chosen: Vec<(&Path, &[u8])> = other
                .iter()
                .enumerate()
                .filter(|(bit, _)| set >> bit & 1 == 1)
                .map(|(_, (path, bytes))| (path.as_path(), bytes.as_slice()))
                .collect();
            let names: Vec<_> = chosen.iter().filter_map(|(path, _)| path.file_name()).collect();
            self.try_with(&chosen, false, &format!("{names:?} of state {nth}"))?;
        }
        Ok(all.saturating_sub(1))
    }
}

fn image(dir: &Path) -> Outcome<Image> {
    home::files(dir)?.into_iter().map(|path| Ok((path.clone(), fs::read(path)?))).collect()
}

/// Writes back what differs, and removes what does not belong.
fn restore(dir: &Path, image: &Image) -> Outcome<()> {
    for path in home::files(dir)? {
        if !image.iter().any(|(known, _)| *known == path) {
            fs::remove_file(path)?;
        }
    }
    for (path, bytes) in image {
        if fs::read(path).ok().as_ref() != Some(bytes) {
            fs::write(path, bytes)?;
        }
    }
    Ok(())
}

/// All that the desk says, as a digest; an error when it refuses anywhere.
fn answers(dir: &Path, seed: u64, with_key: bool) -> Outcome<[u8; 32]> {
    let desk = if with_key { home::unlock(dir)? } else { home::open(dir, seed)? };
    let (digest, count) = state::digest(&desk)?;
    let mut text = format!("{digest:?} {count} {:?} {:?}", desk.totals()?, desk.types()?);
    for words in ["convoy", "village market", "armed men", "attaque", "road*"] {
        let filter = Filter { words: Some(words.to_owned()), ..Filter::default() };
        let found: Vec<_> = desk.find(&filter, Sort::Newest, 50)?.iter().map(counterseal_node::RecordView::id).collect();
        text.push_str(&format!("{found:?}"));
    }
    let people: Vec<_> = desk.people().into_iter().map(|person| person.name).collect();
    text.push_str(&format!("{people:?} {:?}", desk.compartments().len()));
    let found = desk.find(&Filter::default(), Sort::Newest, 1000)?;
    for view in &found {
        text.push_str(&format!("{:?}", desk.history(view.id())?));
    }
    Ok(counterseal_register::sha256(&[text.as_bytes()]))
}

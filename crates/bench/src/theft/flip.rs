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
    /// As the desk answered at an earlier commit.
    earlier: usize,
    changed: usize,
}

/// A small home that is changed and put right again.
struct Victim {
    dir: PathBuf,
    seed: u64,
    whole: Image,
    answers: [u8; 32],
    /// What the desk answered in its earlier states.
    once: Vec<[u8; 32]>,
    tally: Tally,
}

/// A home of a desk that runs, with commits in the write-ahead file, and one that was closed.
pub(crate) fn run(seed: u64, stride: usize) -> Outcome<Vec<Figure>> {
    let mut figures = one_home(seed, stride, false)?;
    figures.append(&mut one_home(seed, stride, true)?);
    Ok(figures)
}

fn one_home(seed: u64, stride: usize, closed: bool) -> Outcome<Vec<Figure>> {
    let temporary = TempDir::new()?;
    let dir = temporary.path().join("home");
    let (mut victim, earlier) = Victim::make(&dir, seed, closed)?;
    let flips = victim.flip(stride)?;
    let flipped = std::mem::take(&mut victim.tally);
    let pages = victim.put_pages_back(&earlier)?;
    let back = std::mem::take(&mut victim.tally);
    let files = victim.put_files_back(&earlier)?;
    let sets = std::mem::take(&mut victim.tally);
    let bench = if closed { "flip, closed" } else { "flip, running" };
    let whole = "answered as at an earlier commit: a whole state";
    let mut figures =
        vec![Figure::stated(bench, format!("bytes changed, every {stride}th"), "", count(flips))];
    figures.append(&mut flipped.figures(bench, flipped.changed + flipped.earlier));
    figures.push(Figure::stated(bench, "old pages put back", "", count(pages)));
    figures.append(&mut back.figures(bench, back.changed + back.earlier));
    figures.push(Figure::stated(bench, "sets of old files put back", "", count(files)));
    figures.push(Figure::stated(bench, whole, "", count(sets.earlier)));
    figures.append(&mut sets.figures(bench, sets.changed));
    Ok(figures)
}

fn count(n: usize) -> f64 {
    n as f64
}

impl Tally {
    fn figures(&self, bench: &'static str, otherwise: usize) -> Vec<Figure> {
        vec![
            Figure::stated(bench, "refused", "", count(self.refused)),
            Figure::stated(bench, "answered as before", "", count(self.unmoved)),
            Figure::new(bench, "answered otherwise", "", (count(otherwise), None), Target::AtMost(0.0)),
        ]
    }
}

impl Victim {
    /// A home with three sealed batches; earlier states of it beside. Unless it is closed, the last
    /// batch is still in the write-ahead file, so that every file holds something.
    fn make(dir: &Path, seed: u64, closed: bool) -> Outcome<(Self, Vec<Image>)> {
        let world = World::new(Plan::new(seed, 40));
        home::found(dir, seed)?.close()?;
        let mut earlier = vec![image(dir)?];
        let mut desk = home::open(dir, seed)?;
        let compartment = desk.find_compartment("incidents")?;
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
        if closed {
            desk.close()?;
        } else {
            drop(desk);
        }
        let whole = image(dir)?;
        let mut once = Vec::new();
        for image in &earlier {
            restore(dir, image)?;
            once.push(answers(dir, seed, false)?);
        }
        restore(dir, &whole)?;
        let answers = answers(dir, seed, false)?;
        Ok((Self { dir: dir.to_owned(), seed, whole, answers, once, tally: Tally::default() }, earlier))
    }

    /// Every `stride`th byte of every file with one bit changed.
    fn flip(&mut self, stride: usize) -> Outcome<usize> {
        let mut rng = ChaCha20Rng::seed_from_u64(self.seed);
        let mut flips = 0;
        for (path, bytes) in self.whole.clone() {
            // Each try with the key file costs Argon2id; crates/seal flips every byte of it without.
            let is_key = path.ends_with("desk.key");
            let step = if is_key { stride.max(bytes.len() / 10 + 1) } else { stride.max(1) };
            for at in (0..bytes.len()).step_by(step) {
                let mut bad = bytes.clone();
                if let Some(byte) = bad.get_mut(at) {
                    *byte ^= 1u8 << rng.random_range(0..8);
                }
                self.try_with(&[(&path, &bad)], is_key, &format!("{}, byte {at}", path.display()))?;
                flips += 1;
            }
        }
        Ok(flips)
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
            Ok(answers) if self.once.contains(&answers) => self.tally.earlier += 1,
            Ok(_) => {
                eprintln!("  answered otherwise: {what}");
                self.tally.changed += 1;
            }
        }
        Ok(())
    }

    /// Each page of an earlier state in the place of the present one.
    fn put_pages_back(&mut self, earlier: &[Image]) -> Outcome<usize> {
        let mut tries = 0;
        for (nth, image) in earlier.iter().enumerate() {
            for (path, old) in image.iter().filter(|(path, _)| path.ends_with("store.db")) {
                let whole =
                    self.whole.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.clone());
                let whole = whole.unwrap_or_default();
                for (page, old) in old.chunks(PAGE).enumerate() {
                    let mut mixed = whole.clone();
                    let Some(place) = mixed.get_mut(page * PAGE..page * PAGE + old.len()) else { continue };
                    if *place == *old {
                        continue;
                    }
                    place.copy_from_slice(old);
                    self.try_with(&[(path, &mixed)], false, &format!("page {} of state {nth}", page + 1))?;
                    tries += 1;
                }
            }
        }
        Ok(tries)
    }

    /// Each set of files of an earlier state. Some sets are that whole state, because what they leave
    /// out holds nothing more: no local file can tell then, and other desks do. No set may give
    /// answers that the desk never gave.
    fn put_files_back(&mut self, earlier: &[Image]) -> Outcome<usize> {
        let mut tries = 0;
        for (nth, image) in earlier.iter().enumerate() {
            let differs = |(path, old): &&(PathBuf, Vec<u8>)| {
                self.whole.iter().any(|(known, bytes)| known == path && bytes != old)
            };
            let other: Vec<(PathBuf, Vec<u8>)> = image.iter().filter(differs).cloned().collect();
            for set in 1usize..1 << other.len() {
                let chosen: Vec<(&Path, &[u8])> = other
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| set >> bit & 1 == 1)
                    .map(|(_, (path, bytes))| (path.as_path(), bytes.as_slice()))
                    .collect();
                let names: Vec<_> = chosen.iter().filter_map(|(path, _)| path.file_name()).collect();
                self.try_with(&chosen, false, &format!("{names:?} of state {nth}"))?;
                tries += 1;
            }
        }
        Ok(tries)
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
        let found: Vec<_> =
            desk.find(&filter, Sort::Newest, 50)?.iter().map(counterseal_node::RecordView::id).collect();
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

//! Looking for words that were written in files that must not hold them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use counterseal_synth::World;

use super::make;

/// Names of tables and settings, which are words of titles too.
const OWN_WORDS: [&str; 4] = ["checkpoint", "statement", "compartment", "statements"];

/// Words to look for, by their first two bytes: all are looked for in one pass.
pub(super) struct Planted {
    words: Vec<String>,
    starts: Vec<Vec<usize>>,
}

/// What a search saw.
#[derive(Default)]
pub(super) struct Searched {
    pub(super) bytes: usize,
    /// A word that stands in the clear, and where.
    pub(super) found: Option<(String, PathBuf)>,
}

impl Planted {
    /// Long words of titles, places, planted values and names, and those of `more`.
    pub(super) fn of(world: &World, more: &[&str]) -> Self {
        let mut words = BTreeSet::new();
        let mut add = |text: &str| {
            let long = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.len() >= 8);
            words.extend(long.map(str::to_owned));
        };
        let step = (world.plan().incidents / 25).max(1);
        for n in (0..world.plan().incidents).step_by(step) {
            let (_, incident) = world.incident(n);
            add(&incident.title.unwrap_or_default());
            add(&incident.place.and_then(|place| place.name).unwrap_or_default());
        }
        world.planted().iter().take(10).for_each(|planted| add(&planted.text));
        ["Quillfeather", "incidents", "Bossangoa", "perpetrator"].into_iter().for_each(&mut add);
        // What stands in a hub's store before it has a mission tells nothing.
        OWN_WORDS.iter().for_each(|word| {
            words.remove(*word);
        });
        let mut words: Vec<_> = words.into_iter().take(60).collect();
        words.extend(more.iter().map(|word| (*word).to_owned()));
        Self::all_of(words)
    }

    /// These words alone.
    pub(super) fn of_words(words: &[&str]) -> Self {
        Self::all_of(words.iter().map(|word| (*word).to_owned()).collect())
    }

    fn all_of(words: Vec<String>) -> Self {
        let mut starts = vec![Vec::new(); 1 << 16];
        for (number, word) in words.iter().enumerate() {
            if let Some(start) = word.as_bytes().first_chunk().and_then(|pair| starts.get_mut(place(*pair))) {
                start.push(number);
            }
        }
        Self { words, starts }
    }

    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The first of them that stands in `content`.
    pub(super) fn in_bytes(&self, content: &[u8]) -> Option<&str> {
        let here = |at: usize| {
            let rest = content.get(at..)?;
            let begun = self.starts.get(place(*rest.first_chunk()?))?;
            let mut words = begun.iter().filter_map(|number| self.words.get(*number));
            words.find(|word| rest.starts_with(word.as_bytes()))
        };
        (0..content.len()).find_map(here).map(String::as_str)
    }

    /// Looks through every file under a folder, but for those of the demo's passphrase.
    ///
    /// # Errors
    /// When one cannot be read, or there is nothing to look through.
    pub(super) fn in_files(&self, folder: &Path) -> io::Result<Searched> {
        let mut searched = Searched::default();
        for path in files_under(folder)?.into_iter().filter(|path| !path.ends_with(make::PASSPHRASE_FILE)) {
            let content = fs::read(&path)?;
            searched.bytes += content.len();
            if let Some(word) = self.in_bytes(&content) {
                searched.found = Some((word.to_owned(), path));
                break;
            }
        }
        if searched.bytes == 0 {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(searched)
    }
}

fn place(pair: [u8; 2]) -> usize {
    usize::from(u16::from_be_bytes(pair))
}

/// Every file under a folder.
pub(super) fn files_under(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    Ok(files)
}

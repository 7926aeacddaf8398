//! Making and opening a store. A start after a crash and one after a proper end run the same steps.

use std::collections::BTreeSet;

use counterseal_seal::SegmentKeys;

use super::backup::copy_place;
use super::error::StoreError;
use super::place::{DATABASE, Place, damaged, make_dir};
use super::restored::{RESTORED, Restored};
use super::schema::SCHEMA;
use super::segments::{Current, save_keys};
use super::{Hands, Places, Store};

/// How a store was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opened {
    /// The second place was one commit ahead, and the first was brought up to it.
    pub caught_up: bool,
    /// Segments whose keys were destroyed now: erasures that a crash had met.
    pub finished: u64,
}

impl Store {
    /// Makes an empty store in both places.
    ///
    /// # Errors
    /// `Occupied` when there is one, or what the disks say.
    pub fn create(places: &Places, mut hands: Hands) -> Result<Self, StoreError> {
        for (name, dir) in [("second", &places.second), ("first", &places.first)] {
            if dir.join(DATABASE).exists() {
                return Err(StoreError::Occupied { place: name });
            }
            make_dir(dir)?;
        }
        let second = Place::open("second", &places.second, &hands.root, places.most_bytes)?;
        let first = Place::open("first", &places.first, &hands.root, places.most_bytes)?;
        save_keys(&SegmentKeys::default(), [&second, &first], &mut hands)?;
        for place in [&second, &first] {
            let layout = format!("BEGIN; {SCHEMA} COMMIT;");
            place.db.execute_batch(&layout).map_err(StoreError::sql("lay out the trustee's store"))?;
        }
        Self::assemble(first, second, hands).map(|(store, _)| store)
    }

    /// Opens the store, and finishes what a crash had met.
    ///
    /// # Errors
    /// `Missing`, `InUse`, or `Damaged`, which names the place.
    pub fn open(places: &Places, mut hands: Hands) -> Result<(Self, Opened), StoreError> {
        for (name, dir) in [("second", &places.second), ("first", &places.first)] {
            if !dir.join(DATABASE).exists() {
                return Err(StoreError::Missing { place: name });
            }
        }
        let second = Place::open("second", &places.second, &hands.root, places.most_bytes)?;
        let mut first = Place::open("first", &places.first, &hands.root, places.most_bytes)?;
        let (ahead, behind) = (second.head()?, first.head()?);
        let caught_up = ahead.0 == behind.0.saturating_add(1);
        if caught_up {
            first = catch_up(first, &second, places, &mut hands)?;
        } else if ahead.0 < behind.0 {
            return Err(damaged("second", "it is behind the first"));
        } else if ahead != behind {
            return Err(damaged("first", "it is not the second one's twin"));
        }
        let (store, finished) = Self::assemble(first, second, hands)?;
        Ok((store, Opened { caught_up, finished }))
    }

    /// Reads the segments' keys, and destroys those that no row uses.
    fn assemble(first: Place, second: Place, hands: Hands) -> Result<(Self, u64), StoreError> {
        let (commit, _) = first.head()?;
        let (mut keys, agree) = newest_keys(&first, &second, &hands)?;
        let used = used_segments(&first)?;
        let finished = keys.keep_only(|segment| used.contains(&segment));
        let is_restored = Self::is_marked(&first)?;
        // A backup may be older than the keys beside it: that is what being restored means.
        let is_old = keys.commit > commit;
        if is_old && !is_restored {
            return Err(damaged("first", "the database is older than the file of segments' keys"));
        }
        if !is_restored && let Some(lost) = used.iter().find(|segment| keys.get(**segment).is_none()) {
            return Err(damaged("first", format!("the key of segment {lost} is missing")));
        }
        let restored = match is_restored {
            true => Some(Restored::of(&first.db, |segment| keys.get(segment).is_some())?),
            false => None,
        };
        let current = Current::of(&first.db, &keys)?;
        let mut store = Self { first, second, commit, keys, current, restored, hands, poisoned: false };
        if finished > 0 || !agree || is_old {
            store.save_keys()?;
        }
        Ok((store, finished))
    }

    fn is_marked(place: &Place) -> Result<bool, StoreError> {
        let mut find = place.db.prepare("SELECT 1 FROM state WHERE name = ?1")?;
        Ok(find.exists([RESTORED])?)
    }
}

/// The first place, made anew from the second.
fn catch_up(first: Place, second: &Place, places: &Places, hands: &mut Hands) -> Result<Place, StoreError> {
    // Its write-ahead file goes before another database stands beside it.
    first.fold()?;
    drop(first);
    second.fold()?;
    copy_place(second, &places.first, hands)?;
    Place::open("first", &places.first, &hands.root, places.most_bytes)
}

/// The newer of both files of segments' keys, and whether they are the same.
fn newest_keys(first: &Place, second: &Place, hands: &Hands) -> Result<(SegmentKeys, bool), StoreError> {
    let mut found = Vec::new();
    for place in [first, second] {
        let file =
            place.keys_file()?.ok_or_else(|| damaged(place.name, "the file of segments' keys is missing"))?;
        let keys = SegmentKeys::open(&hands.root, &file)
            .map_err(|_| damaged(place.name, "the file of segments' keys does not open"))?;
        found.push(keys);
    }
    let agree = found.windows(2).all(|two| matches!(two, [a, b] if a.serial == b.serial));
    let newest = found.into_iter().max_by_key(|keys| keys.serial);
    Ok((newest.unwrap_or_default(), agree))
}

fn used_segments(place: &Place) -> Result<BTreeSet<u64>, StoreError> {
    let mut list = place.db.prepare("SELECT DISTINCT segment FROM secret")?;
    let rows = list.query_map([], |row| row.get::<_, i64>(0))?;
    Ok(rows.map(|row| row.map(i64::cast_unsigned)).collect::<Result<_, _>>()?)
}

//! How far other trustees' lists were read: a look that finds nothing new asks for what came since the last one.

use std::collections::BTreeMap;

use counterseal_model::{EntryId, Timestamp};
use counterseal_register::KeyId;

/// After so many seconds a list is read from its beginning again: numbers hold only as long as the store that gave them.
const WHOLE: i64 = Timestamp::DAY;

/// A place, and a trustee that lists what was sealed for it.
type Line = (KeyId, KeyId);

/// What was listed by each trustee for each place.
#[derive(Default)]
pub(super) struct Lists(BTreeMap<Line, List>);

/// One list, as far as it was read.
struct List {
    /// When it was begun.
    begun: Timestamp,
    /// The number after which to ask next.
    after: u64,
    /// Ascending, each once.
    entries: Vec<EntryId>,
    /// Whether the trustee has noted that all of these are here.
    noted: bool,
}

impl Lists {
    /// The number after which to ask: 0, from the beginning, if nothing was read today.
    pub(super) fn begin(&mut self, line: Line, now: Timestamp) -> u64 {
        let is_old = |list: &List| !(0..WHOLE).contains(&now.0.saturating_sub(list.begun.0));
        if self.0.get(&line).is_none_or(is_old) {
            self.0.insert(line, List { begun: now, after: 0, entries: Vec::new(), noted: false });
        }
        self.0.get(&line).map_or(0, |list| list.after)
    }

    /// Adds what was listed; whether the list goes on. One who names the same number again would be asked for ever.
    pub(super) fn add(&mut self, line: Line, entries: Vec<EntryId>, (next, more): (u64, bool)) -> bool {
        let Some(list) = self.0.get_mut(&line) else { return false };
        list.noted &= entries.is_empty();
        list.entries.extend(entries);
        list.entries.sort_unstable();
        list.entries.dedup();
        let goes_on = more && next > list.after;
        list.after = list.after.max(next);
        goes_on
    }

    /// Everything that was listed.
    pub(super) fn entries(&self, line: Line) -> Vec<EntryId> {
        self.0.get(&line).map_or_else(Vec::new, |list| list.entries.clone())
    }

    /// Whether the trustee has noted that all of it is here.
    pub(super) fn is_noted(&self, line: Line) -> bool {
        self.0.get(&line).is_some_and(|list| list.noted)
    }

    /// It has.
    pub(super) fn note(&mut self, line: Line) {
        if let Some(list) = self.0.get_mut(&line) {
            list.noted = true;
        }
    }

    /// Reads this trustee's lists from their beginning the next time.
    pub(super) fn forget(&mut self, of: KeyId, from: KeyId) {
        self.0.remove(&(of, from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: Line = (KeyId([1; 32]), KeyId([2; 32]));

    fn ids(numbers: &[u8]) -> Vec<EntryId> {
        numbers.iter().map(|n| EntryId::from_bytes([*n; 32])).collect()
    }

    #[test]
    fn a_list_goes_on_where_it_ended_and_begins_anew_after_a_day() {
        let (mut lists, start) = (Lists::default(), Timestamp(1_000_000));
        assert_eq!(lists.begin(LINE, start), 0);
        assert!(lists.add(LINE, ids(&[9, 3]), (1024, true)));
        assert!(!lists.add(LINE, ids(&[4, 3]), (1100, false)));
        assert_eq!(lists.entries(LINE), ids(&[3, 4, 9]), "ascending, each once");
        assert_eq!(lists.begin(LINE, Timestamp(start.0 + WHOLE - 1)), 1100);
        assert_eq!(lists.begin((LINE.1, LINE.0), start), 0, "another trustee's is another list");
        assert_eq!(lists.begin(LINE, Timestamp(start.0 + WHOLE)), 0);
        assert!(lists.entries(LINE).is_empty());
        lists.add(LINE, ids(&[1]), (7, false));
        assert_eq!(lists.begin(LINE, start), 0, "a clock that was set back begins anew");
    }

    #[test]
    fn who_names_the_same_number_again_is_not_asked_for_ever() {
        let mut lists = Lists::default();
        lists.begin(LINE, Timestamp(0));
        assert!(lists.add(LINE, ids(&[1]), (5, true)));
        assert!(!lists.add(LINE, ids(&[2]), (5, true)));
        assert!(!lists.add(LINE, ids(&[2]), (3, true)), "nor who goes back");
        assert_eq!(lists.begin(LINE, Timestamp(1)), 5);
    }

    #[test]
    fn what_is_noted_is_not_said_again_until_something_new_is_listed() {
        let mut lists = Lists::default();
        lists.begin(LINE, Timestamp(0));
        lists.add(LINE, ids(&[1]), (5, false));
        assert!(!lists.is_noted(LINE));
        lists.note(LINE);
        lists.add(LINE, Vec::new(), (5, false));
        assert!(lists.is_noted(LINE));
        lists.add(LINE, ids(&[2]), (6, false));
        assert!(!lists.is_noted(LINE));
        lists.note(LINE);
        lists.forget(LINE.0, LINE.1);
        assert!(!lists.is_noted(LINE) && lists.begin(LINE, Timestamp(1)) == 0);
    }
}

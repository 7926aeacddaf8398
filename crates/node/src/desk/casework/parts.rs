//! Withdrawing and holding parts, and how parts stand (PROTOCOL section 8).

use std::collections::BTreeMap;

use counterseal_model::{Code, CompartmentId, EntryId, Timestamp};
use counterseal_register::{Charter, HoldParts, Office, PartRef, Withdraw};
use rusqlite::OptionalExtension;

use super::CaseworkRefusal;
use crate::desk::Desk;
use crate::desk::opening::part_text;
use crate::error::NodeError;

/// A part and the compartment that it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedPart {
    /// The compartment.
    pub compartment: CompartmentId,
    /// The part.
    pub part: PartRef,
}

/// How a part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartView {
    /// Which.
    pub named: NamedPart,
    /// Since when it is withdrawn, if it is.
    pub withdrawn: Option<Timestamp>,
    /// Whether a hold forbids its erasure.
    pub held: bool,
    /// Whether that is its compartment's charter's word, which no paper lifts.
    pub held_by_charter: bool,
    /// From when it can be erased; none unless it is withdrawn.
    pub erasable_from: Option<Timestamp>,
    /// Since when it is erased.
    pub erased: Option<Timestamp>,
}

impl Desk {
    /// The parts that a text names: `ENTRY/INDEX`, or `ENTRY` for all of an entry. With at least eight digits of an
    /// entry of this desk; or all 64 digits with an index and a compartment, for who is in no roster of it.
    ///
    /// # Errors
    /// `UnknownPart`.
    pub fn named_parts(
        &self,
        text: &str,
        compartment: Option<CompartmentId>,
    ) -> Result<Vec<NamedPart>, NodeError> {
        let unknown = || NodeError::from(CaseworkRefusal::UnknownPart { part: text.to_owned() });
        let (digits, index) = match text.split_once('/') {
            Some((digits, index)) => (digits, Some(index.parse::<u32>().map_err(|_| unknown())?)),
            None => (text, None),
        };
        let digits = digits.to_ascii_lowercase();
        if digits.len() < 8 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(unknown());
        }
        let found = self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT id, compartment, (SELECT count(*) FROM part p WHERE p.no >> 12 = e.no) FROM entry e
                 WHERE lower(hex(id)) LIKE ?1 || '%' AND standing < 4 LIMIT 2",
            )?;
            type Columns = ([u8; 32], [u8; 16], u32);
            let rows = find.query_map([&digits], |row| row.try_into() as rusqlite::Result<Columns>)?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        match found.as_slice() {
            [(id, of, count)] => {
                let (entry, compartment) = (EntryId::from_bytes(*id), CompartmentId::from_bytes(*of));
                let all = (0..*count).filter(|one| index.is_none_or(|index| *one == index));
                let all: Vec<_> =
                    all.map(|index| NamedPart { compartment, part: PartRef { entry, index } }).collect();
                if all.is_empty() { Err(unknown()) } else { Ok(all) }
            }
            [] => {
                let id = hex::decode(&digits).ok().and_then(|bytes| EntryId::from_slice(&bytes));
                match (id, index, compartment) {
                    (Some(entry), Some(index), Some(compartment)) => {
                        Ok(vec![NamedPart { compartment, part: PartRef { entry, index } }])
                    }
                    _ => Err(unknown()),
                }
            }
            _ => Err(unknown()),
        }
    }

    /// Withdraws parts: nobody opens them from when trustees hear of it. Members and data-protection officers do.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn withdraw_parts(&mut self, parts: &[NamedPart], reason: &Code) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        for (compartment, parts) in by_compartment(parts) {
            let act = Withdraw { compartment, parts, reason: reason.clone(), extra: Default::default() };
            draft.say(act, &[&self.secrets])?;
        }
        self.keep_statements(draft)?;
        for named in parts {
            self.vault.forget(named.part);
        }
        self.tidy_ahead().map(drop)
    }

    /// Holds parts: they are not erased while it stands. Managers and data-protection officers do.
    ///
    /// # Errors
    /// When the register refuses.
    pub fn hold_parts(&mut self, parts: &[NamedPart], reason: &Code) -> Result<(), NodeError> {
        let mut draft = self.draft()?;
        for (compartment, parts) in by_compartment(parts) {
            let act = HoldParts { compartment, parts, reason: reason.clone(), extra: Default::default() };
            draft.say(act, &[&self.secrets])?;
        }
        self.keep_statements(draft)
    }

    /// How a part stands, as far as this desk knows.
    #[must_use]
    pub fn part_view(&self, named: NamedPart) -> PartView {
        let at = self.moment();
        let state = self.register.part_state(named.compartment, named.part, at);
        let charter = self.register.charter(named.compartment, at);
        let days = charter.as_ref().and_then(|charter| charter.cooling_off_days);
        let days = i64::try_from(days.unwrap_or(Charter::COOLING_OFF_DAYS)).unwrap_or(i64::MAX);
        let withdrawn = state.withdrawn.map(|moment| moment.time);
        let over = |since: Timestamp| Timestamp(since.0.saturating_add(days.saturating_mul(Timestamp::DAY)));
        PartView {
            named,
            withdrawn,
            held: state.held,
            held_by_charter: charter.is_some_and(|charter| charter.legal_hold),
            erasable_from: withdrawn.map(over),
            erased: state.erased.map(|moment| moment.time),
        }
    }

    /// Whether a person may be one of the two who sign: as a manager, as a data-protection officer.
    pub(super) fn may_sign_for(&self, compartment: CompartmentId) -> bool {
        let (at, person) = (self.moment(), self.person);
        self.register.is_manager(compartment, person, at)
            || self.register.is_officer(person, Office::DataProtection, None, at)
    }

    /// Whether parts can be erased now.
    pub(super) fn check_erasable(&self, parts: &[NamedPart]) -> Result<(), NodeError> {
        for named in parts {
            let (view, part) = (self.part_view(*named), part_text(named.part));
            let refusal = match view {
                PartView { erased: Some(_), .. } => CaseworkRefusal::Erased { part },
                PartView { held: true, .. } => CaseworkRefusal::Held { part },
                PartView { withdrawn: Some(withdrawn), erasable_from: Some(from), .. }
                    if from > self.moment().time =>
                {
                    CaseworkRefusal::CoolingOff { part, withdrawn, from }
                }
                PartView { withdrawn: Some(_), .. } => continue,
                PartView { .. } => CaseworkRefusal::NotWithdrawn { part },
            };
            return Err(refusal.into());
        }
        Ok(())
    }

    /// Whether this desk has an entry with this id, and where.
    pub(super) fn entry_number(&self, entry: EntryId) -> Result<Option<(i64, bool)>, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT no, shown FROM entry WHERE id = ?1")?;
            Ok(find.query_row([entry.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        })
    }
}

/// Parts in ascending order, by compartment.
fn by_compartment(parts: &[NamedPart]) -> BTreeMap<CompartmentId, Vec<PartRef>> {
    let mut sorted = parts.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut all = BTreeMap::<_, Vec<_>>::new();
    for named in sorted {
        all.entry(named.compartment).or_default().push(named.part);
    }
    all
}

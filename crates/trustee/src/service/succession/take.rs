//! The successor's side: it checks every header by itself, as on receipt, and keeps the pads in both places before it
//! counts an entry as taken. Again changes nothing, and a crash is finished by asking again.

use counterseal_model::{EntryId, Timestamp};
use counterseal_register::{
    Bytes, HandedEntry, KeyId, LogKind, Register, SealedTo, SignedBody, SuccessionAnswer, SuccessionAsk,
    SuccessionCall, SuccessionSaid, VerifiedHeader, sha256,
};
use counterseal_seal::{Handing, Pad, pad_is_committed};
use zeroize::Zeroizing;

use crate::service::{Service, ServiceError, sealed_of};
use crate::store::{Batch, EntryRow, NOT_IN_THE_SET, NewPad, REFUSED_BEFORE, Store, StoreError};

/// The state that says how far a place is taken over.
const PROGRESS: &str = "succession/place/";

/// How far a place is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakesOver {
    /// The trustee whose place it was.
    pub of: KeyId,
    /// Entries that were sealed for it, as far as others know.
    pub entries: u64,
    /// Those of them that are not here yet.
    pub waiting: u64,
    /// When that was last looked at.
    pub at: Timestamp,
}

/// What came of one answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandedOver {
    /// Entries that are held now.
    pub taken: u64,
    /// Entries that were not taken: nobody's word, of another place, not mirrored yet, or with a pad missing or false.
    pub left: u64,
    /// Those of them with a pad that is not the one that their author committed to.
    pub false_pads: Vec<EntryId>,
}

/// What became of one entry.
pub(super) enum Took {
    /// It is here now.
    Taken,
    /// Not taken.
    Left,
    /// Not taken: a pad of this entry is false.
    False(EntryId),
}

impl HandedOver {
    pub(super) fn count(&mut self, took: Took) {
        match took {
            Took::Taken => self.taken += 1,
            Took::Left => self.left += 1,
            Took::False(entry) => {
                self.left += 1;
                self.false_pads.push(entry);
            }
        }
    }
}

/// What was handed of one entry.
pub(super) struct Arrived {
    pub(super) header: VerifiedHeader,
    /// Whether the old trustee refused it.
    pub(super) refused: bool,
    /// Pads by the part's index.
    pub(super) pads: Vec<(u32, Zeroizing<[u8; 32]>)>,
}

/// How far the places are taken over, by the store's state.
///
/// # Errors
/// What the disk says.
pub(crate) fn takes_over(store: &Store) -> Result<Vec<TakesOver>, StoreError> {
    let one = |(_, value): (String, Vec<u8>)| {
        let (of, rest) = value.split_first_chunk::<32>()?;
        let [entries, waiting, at] = rest.as_chunks::<8>().0 else { return None };
        let number = |bytes: &[u8; 8]| u64::from_be_bytes(*bytes);
        let (of, at) = (KeyId(*of), Timestamp(number(at).cast_signed()));
        Some(TakesOver { of, entries: number(entries), waiting: number(waiting), at })
    };
    Ok(store.states(PROGRESS)?.into_iter().filter_map(one).collect())
}

impl Service {
    /// Those for whose places this trustee answers, nearest first.
    #[must_use]
    pub fn places_to_take(&self) -> Vec<KeyId> {
        let register = self.mirror.register();
        register
            .map_or_else(Vec::new, |register| register.trustees_succeeded_by(self.id(), self.at(&register)))
    }

    /// What this trustee asks another over a connection with this exporter: signed, and what names it.
    ///
    /// # Errors
    /// When the library refuses to sign.
    pub fn ask_succession(
        &self,
        exporter: Bytes<32>,
        (trustee, of): (KeyId, KeyId),
        ask: SuccessionAsk,
    ) -> Result<(Vec<u8>, [u8; 32]), ServiceError> {
        let (mission, successor, extra) = (self.setting.mission, self.id(), Default::default());
        let signed = self.sign(&SuccessionCall { mission, trustee, successor, of, exporter, ask, extra })?;
        let name = sha256(&[&signed]);
        Ok((signed, name))
    }

    /// What a trustee answered to a call, if it is that trustee's word on that call.
    #[must_use]
    pub fn read_succession(&self, trustee: KeyId, asked: [u8; 32], bytes: &[u8]) -> Option<SuccessionSaid> {
        let register = self.mirror.register()?;
        let parsed = SignedBody::<SuccessionAnswer>::parse(bytes).ok()?;
        let said =
            parsed.verify_trustee(self.setting.mission, register.trustee_key(trustee)?).ok()?.into_body();
        (said.asked.0 == asked && said.trustee == trustee).then_some(said.said)
    }

    /// Which of these entries are not here; `by_helpers` also those that the old trustee is said to have refused.
    ///
    /// # Errors
    /// What the disk says.
    pub fn lacking(&self, entries: &[EntryId], by_helpers: bool) -> Result<Vec<EntryId>, ServiceError> {
        let mut lacking = Vec::new();
        for id in entries {
            if self.store.entry(*id)?.is_none_or(|row| gives_way(&row, by_helpers)) {
                lacking.push(*id);
            }
        }
        Ok(lacking)
    }

    /// Takes what the old trustee handed over for the place `of`. If a pad of it is false, its own signed answer says who
    /// gave it, and that is kept.
    ///
    /// # Errors
    /// What the disks say; entries before are taken.
    pub fn take_handed(
        &mut self,
        of: KeyId,
        (from, asked): (KeyId, [u8; 32]),
        entries: &[HandedEntry],
        sealed: &SealedTo,
    ) -> Result<HandedOver, ServiceError> {
        let mut done = HandedOver { left: entries.len() as u64, ..HandedOver::default() };
        let Some(register) = self.mirror.register() else { return Ok(done) };
        let Some(arrived) = self.open_given(&register, (from, asked), entries, sealed) else {
            return Ok(done);
        };
        done.left = (entries.len() - arrived.len()) as u64;
        for one in arrived {
            done.count(self.take_over(&register, of, one, false)?);
        }
        self.keep_lies(&[from], done.false_pads.len())?;
        Ok(done)
    }

    /// Opens an answer, and checks each header's signature. `None` when it is not sealed to this trustee, in answer to
    /// this call, with 32 bytes for each part that it names.
    pub(super) fn open_given(
        &self,
        register: &Register,
        (from, asked): (KeyId, [u8; 32]),
        entries: &[HandedEntry],
        sealed: &SealedTo,
    ) -> Option<Vec<Arrived>> {
        let handing = Handing { mission: self.setting.mission, from, to: self.id(), asked };
        let count = entries.iter().map(|entry| entry.parts.len()).sum();
        let secrets = self.setting.secrets.open_handed(&handing, &sealed_of(sealed)?, count).ok()?;
        let mut secrets = secrets.into_iter();
        let mut arrived = Vec::new();
        for entry in entries {
            let indices: Option<Vec<u32>> =
                entry.parts.iter().map(|index| u32::try_from(*index).ok()).collect();
            // One after the other, each once.
            let indices = indices.filter(|indices| indices.is_sorted_by(|a, b| a < b))?;
            let pads = indices.into_iter().zip(secrets.by_ref().take(entry.parts.len())).collect();
            if let Some(header) = self.header_of(register, &entry.header.0) {
                arrived.push(Arrived { header, refused: entry.refused.is_some(), pads });
            }
        }
        Some(arrived)
    }

    /// Takes one entry. Nothing is taken on anybody's word: signature, epoch, set, place and tombstones are looked up here,
    /// as when an entry comes from its author, and each pad is held against what the author committed to.
    pub(super) fn take_over(
        &mut self,
        register: &Register,
        of: KeyId,
        arrived: Arrived,
        by_helpers: bool,
    ) -> Result<Took, ServiceError> {
        let Arrived { header: entry, refused, mut pads } = arrived;
        if self.store.entry(entry.id())?.is_some_and(|row| !gives_way(&row, by_helpers)) {
            return Ok(Took::Taken);
        }
        let (header, at) = (entry.header(), self.at(register));
        let mirrored = self.mirror.log(LogKind::Statements).map_or(0, |log| log.size);
        let set = header.trustee_set.and_then(|id| register.trustee_set(id, at));
        let place = set.and_then(|set| register.place_answered(set, self.id(), at));
        let place = place.filter(|(_, place)| place.id() == of);
        let Some((rank, x)) = place.and_then(|(rank, one)| Some((rank, u8::try_from(one.x).ok()?))) else {
            return Ok(Took::Left);
        };
        let fits = set.is_some_and(|set| set.trustees.len() == header.trustees.len());
        if header.statements_seen > mirrored || !fits || register.standing_of(&entry, at).is_err() {
            return Ok(Took::Left);
        }
        let live = self.live_parts(register, at, &entry)?;
        let refused = match (refused, live.is_empty()) {
            (true, _) => Some(REFUSED_BEFORE),
            (false, true) => Some("entry-erased"),
            (false, false) => None,
        };
        let mut new = Vec::new();
        for part in live.iter().filter(|_| refused.is_none()) {
            // All or none: an entry that counts as taken is not asked for again.
            let Some(at) = pads.iter().position(|(index, _)| *index == part.index) else {
                return Ok(Took::Left);
            };
            let pad = pads.swap_remove(at).1;
            if !pad_is_committed(&entry, part.index, (rank, x), &Pad::from_bytes(&pad)) {
                return Ok(Took::False(entry.id()));
            }
            new.push(NewPad { part: *part, pad });
        }
        let answer = match refused {
            Some(code) => self.refuse(entry.id(), code)?,
            None => self.acknowledge(&entry, new.len() as u64)?,
        };
        // No key of this trustee's was used for it: generation 0.
        let row = self.row_of(&entry, 0, refused.map(str::to_owned), answer);
        self.put(row, new)?;
        Ok(Took::Taken)
    }

    /// Whether an entry was sealed for somebody whom this trustee succeeds.
    pub(in crate::service) fn waits_for_hand_over(
        &self,
        register: &Register,
        entry: &VerifiedHeader,
    ) -> bool {
        let at = self.at(register);
        let set = entry.header().trustee_set.and_then(|id| register.trustee_set(id, at));
        let place = set.and_then(|set| register.place_answered(set, self.id(), at));
        place.is_some_and(|(_, place)| place.id() != self.id())
    }

    /// Keeps how far a place is taken over, for whoever asks how the trustee is.
    ///
    /// # Errors
    /// What the disks say.
    pub fn keep_progress(&mut self, of: KeyId, entries: u64, waiting: u64) -> Result<(), ServiceError> {
        let numbers = [entries.to_be_bytes(), waiting.to_be_bytes(), self.now().0.to_be_bytes()].concat();
        let state = vec![(format!("{PROGRESS}{of}"), Some([of.0.as_slice(), &numbers].concat()))];
        self.store.commit(&Batch { state, ..Batch::default() })?;
        Ok(())
    }
}

/// Whether what is here of an entry gives way to its pads when they come.
fn gives_way(row: &EntryRow, by_helpers: bool) -> bool {
    let refused = row.refused.as_deref();
    refused == Some(NOT_IN_THE_SET) || (by_helpers && refused == Some(REFUSED_BEFORE))
}

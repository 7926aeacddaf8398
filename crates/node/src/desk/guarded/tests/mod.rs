//! Guarded parts on the desk, with trustees that are played by the functions that real ones use.

mod again;
mod batches;
mod calls;
mod casework;
pub(in crate::desk) mod decoys;
mod drafts;
mod emergencies;
mod in_area;
mod merging;
mod monitoring;
mod words;
mod writing;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use counterseal_model::record::{Body, Note, Part, Source};
use counterseal_model::{Classification, Clock, CompartmentId, RecordId, Timestamp};
use counterseal_register::{
    Acknowledgement, Blob, Bytes, Charter, Code, DeviceKeys, EntryRefused, HistoryRule, HoldRule, KeyId,
    Label, Register, Rule, SetTrustees, Trustee, TrusteeAnswer, TrusteeCall, TrusteeKey, VerifiedHeader,
    verify_header,
};
use counterseal_seal::{
    OpenedGuarded, Opener, Pad, Passphrase, TrusteeKeySecret, TrusteeSecrets, sign_statement,
};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

use super::cover::is_cover;
use super::set::sharing;
use super::{SLOT, TrusteeHeard, TrusteeLie, TrusteeSays};
use crate::desk::Desk;
use crate::error::NodeError;
use crate::{Arrived, Founding, GovernorFile, Home, Invited, Randomness};

pub(in crate::desk) const SECRET: &str = "zanzibarite";
pub(in crate::desk) const NOW: i64 = 1_790_000_000;

/// A clock that the tests move.
pub(in crate::desk) struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

fn passphrase() -> Passphrase {
    Passphrase::new("seven wells and a goat").unwrap()
}

fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

/// A trustee as its server would be: keys per device and compartment, and pads of what it took.
pub(in crate::desk) struct Played {
    pub(in crate::desk) secrets: TrusteeSecrets,
    pub(in crate::desk) keys: Vec<(TrusteeKey, TrusteeKeySecret)>,
    pub(in crate::desk) pads: BTreeMap<[u8; 32], Vec<Pad>>,
    pub(in crate::desk) rng: ChaCha20Rng,
}

impl Played {
    pub(in crate::desk) fn new(seed: u64) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        Self {
            secrets: TrusteeSecrets::make(&mut rng).unwrap(),
            keys: Vec::new(),
            pads: BTreeMap::new(),
            rng,
        }
    }

    pub(in crate::desk) fn id(&self) -> KeyId {
        self.secrets.id()
    }

    pub(in crate::desk) fn signed(&self, payload: &[u8], label: Label) -> Vec<u8> {
        sign_statement(payload, label, &[&self.secrets]).unwrap().bytes().to_vec()
    }

    fn key(&mut self, desk: &Desk, compartment: CompartmentId, generation: u64) -> Vec<u8> {
        let secret = TrusteeKeySecret::make(&mut self.rng);
        let key = TrusteeKey {
            suite: 1,
            mission: desk.mission(),
            trustee: self.id(),
            device: desk.device(),
            compartment,
            generation,
            public: Bytes(secret.public().unwrap()),
            made: desk.now(),
            extra: Default::default(),
        };
        let signed = self.signed(&key.payload(), Label::TRUSTEE_KEY);
        self.keys.push((key, secret));
        signed
    }

    /// Takes an entry's header as a trustee does, and says so.
    fn take(&mut self, register: &Register, author: &DeviceKeys, bytes: &[u8]) -> Vec<u8> {
        let header = verify_header(bytes, author).unwrap();
        let set = register.trustee_set(header.header().trustee_set.unwrap(), register.last()).unwrap();
        let set = sharing(set).unwrap();
        let (rank, _) = set.find(self.id()).unwrap();
        let named = header.header().trustees[rank].key;
        let (key, secret) = self.keys.iter().find(|(key, _)| key.id() == named.0).unwrap();
        let pads = secret.receive(&header, &set, self.id(), KeyId(key.id())).unwrap();
        self.acknowledge(&header, pads.len() as u64, named.0, pads)
    }

    pub(in crate::desk) fn acknowledge(
        &mut self,
        header: &VerifiedHeader,
        count: u64,
        key: [u8; 32],
        pads: Vec<Pad>,
    ) -> Vec<u8> {
        self.pads.insert(*header.id().as_bytes(), pads);
        let said = Acknowledgement {
            mission: header.header().mission,
            trustee: self.id(),
            entry: header.id(),
            count,
            key: Bytes(key),
            extra: Default::default(),
        };
        self.signed(&said.payload(), Label::TRUSTEE_ACK)
    }

    fn refuse(&self, header: &VerifiedHeader, code: &str) -> Vec<u8> {
        let said = EntryRefused {
            mission: header.header().mission,
            trustee: self.id(),
            entry: header.id(),
            code: Code::parse(code).unwrap(),
            extra: Default::default(),
        };
        self.signed(&said.payload(), Label::TRUSTEE_REFUSED)
    }
}

pub(in crate::desk) struct World {
    pub(in crate::desk) dir: TempDir,
    pub(in crate::desk) desk: Desk,
    pub(in crate::desk) clock: Arc<Ticking>,
    pub(in crate::desk) trustees: Vec<Played>,
    pub(in crate::desk) compartment: CompartmentId,
    pub(in crate::desk) governor: GovernorFile,
}

/// A mission with trustees, `threshold` of `count`, and a guarded compartment.
pub(in crate::desk) fn world(seed: u64, threshold: u64, count: u64, hold: HoldRule) -> World {
    let pins: Vec<_> = (0..count).map(|n| [n as u8; 32]).collect();
    world_at(seed, threshold, &pins, hold)
}

/// The same, with trustees that show certificates of these pins.
fn world_at(seed: u64, threshold: u64, pins: &[[u8; 32]], hold: HoldRule) -> World {
    let count = pins.len() as u64;
    let dir = TempDir::new().unwrap();
    let clock = Arc::new(Ticking(AtomicI64::new(NOW)));
    let founding = Founding {
        mission_name: "Blue Heron".into(),
        person_name: "Officer Quillfeather".into(),
        compartment_name: "incidents".into(),
        history: HistoryRule::Full,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    };
    let home = Home::open(dir.path()).unwrap();
    let governors = [GovernorFile::make(&mut rng(seed + 9), &passphrase()).unwrap()];
    let mut desk =
        Desk::found(&home, &founding, &governors, &passphrase(), clock.clone(), rng(seed)).unwrap();
    let charter = Charter { hold, ..Charter::new(Rule::TwoSeal, HistoryRule::Full) };
    let refused = desk.create_compartment("sources", charter.clone());
    assert!(matches!(refused, Err(NodeError::NoTrustees)), "nothing is guarded by nobody");
    let mut trustees: Vec<Played> = (0..count).map(|n| Played::new(seed + 100 + n)).collect();
    trustees.sort_by_key(Played::id);
    let named = |(n, one): (usize, &Played)| Trustee {
        key: one.secrets.public().clone(),
        x: n as u64 + 7,
        requests: Bytes(*one.secrets.requests()),
        pins: vec![Bytes(pins[n])],
        url: None,
        succeeds: None,
        extra: Default::default(),
    };
    let act = SetTrustees {
        threshold,
        trustees: trustees.iter().enumerate().map(named).collect(),
        single: count == 1,
        extra: Default::default(),
    };
    desk.set_trustees(act, &[&governors[0].secrets]).unwrap();
    let compartment = desk.create_compartment("sources", charter).unwrap();
    let [governor] = governors;
    World { dir, desk, clock, trustees, compartment, governor }
}

impl World {
    pub(in crate::desk) fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    /// Every trustee gives a key of this generation.
    pub(in crate::desk) fn give_keys(&mut self, generation: u64) {
        let compartment = self.compartment;
        for trustee in &mut self.trustees {
            let object = trustee.key(&self.desk, compartment, generation);
            let heard = answer(&mut self.desk, trustee.id(), keys_of(compartment), vec![object]);
            assert_eq!((heard.keys, heard.lies.len()), (1, 0));
        }
    }

    pub(in crate::desk) fn write(&mut self, text: &str) -> RecordId {
        let (body, class) = (source(text), Classification::StrictlyConfidential);
        self.desk.record_new(self.compartment, body, class).unwrap()
    }

    /// The trustee takes the entry and its acknowledgement reaches the desk.
    pub(in crate::desk) fn acknowledge(&mut self, trustee: usize, header: &[u8]) -> TrusteeHeard {
        let author = self.desk.register().device_keys(self.desk.device()).unwrap().clone();
        let played = &mut self.trustees[trustee];
        let object = played.take(&self.desk.register, &author, header);
        answer(&mut self.desk, played.id(), acks(), vec![object])
    }

    pub(in crate::desk) fn headers(&self) -> Vec<Vec<u8>> {
        headers(&self.desk)
    }
}

fn source(text: &str) -> Body {
    Body::Source(Box::new(Source { pseudonym: text.into(), ..Source::default() }))
}

fn keys_of(compartment: CompartmentId) -> TrusteeCall {
    TrusteeCall::Keys { compartments: vec![compartment] }
}

fn acks() -> TrusteeCall {
    TrusteeCall::Acks { entries: Vec::new() }
}

fn answer(desk: &mut Desk, trustee: KeyId, call: TrusteeCall, objects: Vec<Vec<u8>>) -> TrusteeHeard {
    let objects = objects.into_iter().map(Blob).collect();
    desk.take_trustee_answers(trustee, &[(call, TrusteeAnswer::Signed { objects })]).unwrap()
}

/// The guarded entries' headers, in the order in which they were sealed.
fn headers(desk: &Desk) -> Vec<Vec<u8>> {
    let sql = "SELECT header FROM entry WHERE guarded = 1 ORDER BY no";
    desk.store
        .read(|db| {
            Ok::<_, NodeError>(db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
        .unwrap()
}

/// What would go to the hub now: sizes of headers and ciphertexts, by entry.
fn outgoing(desk: &Desk) -> Vec<(usize, Vec<usize>)> {
    let sent = desk.unsent_numbers().unwrap().into_iter().map(|no| desk.entry(no).unwrap().entry);
    sent.map(|entry| (entry.header.len(), entry.ciphertexts.iter().map(Vec::len).collect())).collect()
}

/// A hub takes what goes out.
fn accept(desk: &mut Desk) {
    desk.store
        .commit(|tx| {
            tx.execute("UPDATE entry SET accepted = no WHERE accepted IS NULL AND no IN (SELECT entry FROM own_guarded WHERE leaves = 1)", [])?;
            Ok::<_, NodeError>(())
        })
        .unwrap();
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// Nothing of a word on any page of the store, used or free, nor in any file of the home.
fn is_nowhere(desk: &mut Desk, dir: &Path, word: &str) -> bool {
    fn files(dir: &Path, word: &str) -> bool {
        std::fs::read_dir(dir).unwrap().all(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path, word) } else { !holds(&std::fs::read(path).unwrap(), word) }
        })
    }
    !holds(&desk.store.pages(), word) && files(dir, word)
}

/// What the pads of these trustees open of an entry, with the epoch's secret.
fn open(world: &World, header: &[u8], index: usize, trustees: &[usize]) -> Option<Vec<u8>> {
    opened(world, header, index, trustees).map(|opened| opened.plaintext.as_bytes().to_vec())
}

/// The same, as it was opened.
pub(in crate::desk) fn opened(
    world: &World,
    header: &[u8],
    index: usize,
    trustees: &[usize],
) -> Option<OpenedGuarded> {
    let desk = &world.desk;
    let verified = desk.reader().verify(header).unwrap();
    let set = desk.register.trustee_set(verified.header().trustee_set.unwrap(), desk.moment()).unwrap();
    let set = sharing(set).unwrap();
    let pads = trustees.iter().filter_map(|n| {
        let trustee = &world.trustees[*n];
        let pads = trustee.pads.get(verified.id().as_bytes())?;
        Some((set.find(trustee.id()).unwrap().1, Pad::from_bytes(pads[index].reveal())))
    });
    let entry = desk.unlogged().unwrap().into_iter().map(|no| desk.entry(no).unwrap().entry);
    let entry = entry.into_iter().find(|entry| entry.header == header).unwrap();
    let part = verified.verify_part(index, &entry.ciphertexts[index]).unwrap();
    let epoch = desk.keyring.get(verified.header().epoch).unwrap();
    Opener::new().unwrap().open_guarded(&part, Rule::TwoSeal, epoch, &set, &pads.collect()).ok()
}

/// Another member's desk.
pub(in crate::desk) fn member(world: &mut World, home: &Home, seed: u64) -> Desk {
    let invited = Invited::NewPerson { name: "Madame Lantern".into(), until: None };
    let asked = world.desk.invite_at_hand(home, invited, &passphrase(), &mut rng(seed)).unwrap();
    world.desk.admit(world.compartment, asked.person).unwrap();
    let waiting = home.waiting().unwrap().pop().unwrap();
    let statements = world.desk.statements_file().unwrap();
    Desk::join(home, &waiting, &statements, &passphrase(), world.clock.clone(), rng(seed + 1)).unwrap()
}

//! Whoever has copies of all that the servers keep, and the trustees' passphrases.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use counterseal_model::{Clock, Timestamp};
use counterseal_node::{Desk, Home, Randomness};
use counterseal_register::{Entry, KeyId, Rule, VerifiedHeader};
use counterseal_seal::{
    DeviceSecrets, EpochPlace, EpochSecret, KeyHolder, Opener, Pad, Passphrase, StoreRoot, TrusteePlace,
    TrusteeSet, unlock,
};
use counterseal_trustee::{Hands, NoFaults, PartRef, Places, Store, TrusteeConfig};

use crate::common::trustees::TRUSTEES;
use crate::common::{Computer, files};

/// Copies of the servers' folders, and what comes out of them with the functions of trustees and desks.
pub(crate) struct Stolen {
    folder: tempfile::TempDir,
    sealed: Vec<Entry>,
    /// Of each entry, by the trustee's identity: the pad of its only part.
    pads: Vec<BTreeMap<KeyId, Pad>>,
}

fn randomness() -> Randomness {
    Box::new(rand_core::UnwrapErr(getrandom::SysRng))
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&file, target).unwrap();
    }
}

impl Stolen {
    /// Copies the folders of the hub, of the witnesses and of the trustees, and reads all that can be read.
    pub(crate) fn take(computer: &Computer, entries: &[String]) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let mut names: Vec<String> = ["hub", "one", "two"].map(str::to_owned).into();
        names.extend(TRUSTEES.iter().flat_map(|name| [(*name).to_owned(), format!("{name}-second")]));
        for name in &names {
            copy(&computer.path(name), &folder.path().join(name));
        }
        let sealed = entries.iter().map(|id| entry_of(&folder.path().join("hub/hub.db"), id)).collect();
        let mut stolen = Self { folder, sealed, pads: entries.iter().map(|_| BTreeMap::new()).collect() };
        for name in TRUSTEES {
            stolen.read_trustee(computer, name);
        }
        for (entry, pads) in entries.iter().zip(&stolen.pads) {
            assert_eq!(pads.len(), TRUSTEES.len(), "the thief has every pad of {entry}");
        }
        stolen
    }

    fn read_trustee(&mut self, computer: &Computer, name: &str) {
        let folder = self.folder.path().join(name);
        let config = TrusteeConfig::read(&folder.join("trustee.toml")).unwrap();
        let phrase = match &config.passphrase_file {
            Some(file) => {
                std::fs::read_to_string(folder.join("keys").join(file.file_name().unwrap())).unwrap()
            }
            None => std::fs::read_to_string(computer.path("phrase")).unwrap(),
        };
        let phrase = Passphrase::new(phrase.trim_end()).unwrap();
        let key = std::fs::read(folder.join("keys/trustee.key")).unwrap();
        let KeyHolder::Trustee(secrets) = unlock(&key, &phrase).unwrap().holder else {
            panic!("no trustee's")
        };
        let root = StoreRoot::from_bytes(secrets.store_root().reveal());
        let second = self.folder.path().join(format!("{name}-second"));
        let places = Places { first: folder.join("store"), second, most_bytes: None };
        let hands = Hands { root, rng: randomness(), faults: Box::new(NoFaults) };
        let (store, _) = Store::open(&places, hands).unwrap();
        for (entry, pads) in self.sealed.iter().zip(&mut self.pads) {
            let pad = store.pad(&PartRef { entry: entry.id(), index: 0 }).unwrap().unwrap();
            pads.insert(secrets.id(), Pad::from_bytes(&pad));
        }
    }

    /// Tries to open each entry with all pads, and as the epoch's secret every 32 bytes of a length that stand anywhere in
    /// what was taken: in statements, wraps, headers, keys.
    fn try_everything(&self, register: &Desk, secrets: &[&str]) {
        let mut candidates = BTreeSet::from([[0; 32]]);
        for file in files(self.folder.path()) {
            let bytes = std::fs::read(&file).unwrap();
            for secret in secrets {
                let word = secret.as_bytes();
                assert!(!bytes.windows(word.len()).any(|window| window == word), "{}", file.display());
            }
            // A CBOR string of 32 bytes, which is how a secret would stand there.
            let marked = bytes.windows(34).filter(|window| window.starts_with(&[0x58, 0x20]));
            candidates.extend(marked.filter_map(|window| <[u8; 32]>::try_from(window.get(2..)?).ok()));
        }
        println!("a thief of all servers tries {} values as the epoch's secret", candidates.len());
        assert!(candidates.len() > 100, "there is something to try");
        for (entry, pads) in self.sealed.iter().zip(&self.pads) {
            for candidate in &candidates {
                let secret = EpochSecret::from_bytes(candidate);
                assert!(open(register, entry, pads, &secret).is_none(), "opened by what servers have");
            }
        }
    }

    /// The same pads with a member's key, so that it is the key that is missing and nothing else; and with too few pads.
    fn open_as_a_member(&self, desk: &Desk, device: &DeviceSecrets, secrets: &[&str]) {
        for ((entry, pads), wanted) in self.sealed.iter().zip(&self.pads).zip(secrets) {
            let header = verified(desk, entry);
            let (id, mission) = (header.header().epoch, header.header().mission);
            let epoch = desk.register().epoch(id).unwrap();
            let place = EpochPlace { mission, compartment: header.header().compartment, epoch: id };
            let commitment = &epoch.statement().commitment.0;
            let unwrap = |wrap| EpochSecret::unwrap_with(device, &place, commitment, wrap).ok();
            let secret = epoch.wraps_for(device.id()).find_map(unwrap).unwrap();
            let plaintext = open(desk, entry, pads, &secret).unwrap();
            assert!(
                String::from_utf8_lossy(&plaintext).contains(wanted),
                "a member opens it with these pads"
            );
            let one = pads.iter().take(1).map(|(id, pad)| (*id, Pad::from_bytes(pad.reveal()))).collect();
            assert!(
                open(desk, entry, &one, &secret).is_none(),
                "one pad of the two that it takes opens nothing"
            );
        }
    }

    /// What servers have opens nothing; with a member's key the same opens.
    pub(crate) fn opens_only_for_a_member(&self, member: &Computer, secrets: &[&str]) {
        let phrase =
            Passphrase::new(std::fs::read_to_string(member.path("phrase")).unwrap().trim_end()).unwrap();
        let key = files(&member.home()).into_iter().find(|file| file.ends_with("desk.key")).unwrap();
        let opened = unlock(&std::fs::read(key).unwrap(), &phrase).unwrap();
        let KeyHolder::Device(device) = opened.holder else { panic!("no device's") };
        let place = Home::open(&member.home()).unwrap().choose(None).unwrap();
        // The register is what everybody's statements say; it is no secret.
        let desk = Desk::unlock(place, &phrase, Arc::new(Today), randomness()).unwrap();
        self.try_everything(&desk, secrets);
        self.open_as_a_member(&desk, &device, secrets);
        desk.close().unwrap();
    }
}

struct Today;

impl Clock for Today {
    #[expect(clippy::disallowed_methods, reason = "the servers that were robbed go by the real clock")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Timestamp(since.as_secs().cast_signed())
    }
}

/// An entry as the hub keeps it.
fn entry_of(hub: &Path, id: &str) -> Entry {
    let db = rusqlite::Connection::open(hub).unwrap();
    let sql = "SELECT b.bytes FROM body b JOIN entry e ON e.idx = b.idx WHERE e.id = ?1";
    let bytes: Vec<u8> = db.query_row(sql, [hex::decode(id).unwrap()], |row| row.get(0)).unwrap();
    Entry::parse(&bytes).unwrap()
}

fn verified(desk: &Desk, entry: &Entry) -> VerifiedHeader {
    let device = counterseal_register::claimed_device(entry.header.as_slice()).unwrap();
    entry.verify(desk.register().device_keys(device).unwrap()).unwrap()
}

/// Opens an entry's only part with these pads and this secret, by the functions that desks open with.
fn open(desk: &Desk, entry: &Entry, pads: &BTreeMap<KeyId, Pad>, secret: &EpochSecret) -> Option<Vec<u8>> {
    let header = verified(desk, entry);
    let named = desk.register().trustee_set(header.header().trustee_set.unwrap(), desk.moment()).unwrap();
    let place = |one: &counterseal_register::Trustee| TrusteePlace {
        trustee: one.id(),
        x: u8::try_from(one.x).unwrap(),
    };
    let places = named.trustees.iter().map(place).collect();
    let set = TrusteeSet::new(named.id, u8::try_from(named.threshold).unwrap(), places).unwrap();
    let pads =
        pads.iter().map(|(id, pad)| (set.find(*id).unwrap().1, Pad::from_bytes(pad.reveal()))).collect();
    let part = header.verify_part(0, &entry.ciphertexts[0]).unwrap();
    let opened = Opener::new().unwrap().open_guarded(&part, Rule::TwoSeal, secret, &set, &pads).ok()?;
    Some(opened.plaintext.as_bytes().to_vec())
}

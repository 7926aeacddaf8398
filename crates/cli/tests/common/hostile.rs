//! Somebody with a device in the mission and software of their own: calls to trustees that are programs, by functions of
//! the library. What `crates/trustee/tests/served` tries against trustees in its own process.

#![allow(dead_code, reason = "each test file uses some of it")]
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use counterseal_model::{Clock, CompartmentId, JournalId, Timestamp};
use counterseal_node::{Desk, Home, OpeningTerms, Outside, OutsideLine, Randomness};
use counterseal_register::*;
use counterseal_seal::{TrusteeSet, *};

use crate::common::{Computer, files};

pub(crate) struct Now;

impl Clock for Now {
    #[expect(clippy::disallowed_methods, reason = "the servers go by the real clock")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Timestamp(since.as_secs().cast_signed())
    }
}

pub(crate) fn rng() -> rand_core::UnwrapErr<getrandom::SysRng> {
    rand_core::UnwrapErr(getrandom::SysRng)
}

/// A member who uses the keys of their desk without its program.
pub(crate) struct Hostile {
    pub(crate) desk: Desk,
    pub(crate) device: DeviceSecrets,
    line: OutsideLine,
}

/// A request that stands in the log, as far as its maker cares.
pub(crate) struct Asking {
    pub(crate) signed: Vec<u8>,
    pub(crate) receipt: Vec<u8>,
    fresh: FreshKey,
    count: usize,
}

/// What a trustee says of an entry or a request: a word.
pub(crate) type Word = String;

impl Hostile {
    /// The desk of a computer. The program cannot use it meanwhile.
    pub(crate) fn at(computer: &Computer, hub: &str) -> Self {
        let phrase = std::fs::read_to_string(computer.path("phrase")).unwrap();
        let phrase = Passphrase::new(phrase.trim_end()).unwrap();
        let key = files(&computer.home()).into_iter().find(|file| file.ends_with("desk.key")).unwrap();
        let KeyHolder::Device(device) = unlock(&std::fs::read(key).unwrap(), &phrase).unwrap().holder else {
            panic!("no device's")
        };
        let place = Home::open(&computer.home()).unwrap().choose(None).unwrap();
        let randomness: Randomness = Box::new(rng());
        let desk = Desk::unlock(place, &phrase, Arc::new(Now), randomness).unwrap();
        Self { desk, device: *device, line: OutsideLine::new(hub, BTreeMap::new()) }
    }

    pub(crate) fn leave(self) {
        self.desk.close().unwrap();
    }

    /// The trustees in force.
    pub(crate) fn trustees(&self) -> Vec<Trustee> {
        self.desk.register().trustees(self.desk.moment()).unwrap().trustees.clone()
    }

    /// The places that an entry's set deals to.
    pub(crate) fn set(&self) -> TrusteeSet {
        let named = self.desk.register().trustees(self.desk.moment()).unwrap();
        let place = |one: &Trustee| TrusteePlace { trustee: one.id(), x: u8::try_from(one.x).unwrap() };
        let places = named.trustees.iter().map(place).collect();
        TrusteeSet::new(named.id, u8::try_from(named.threshold).unwrap(), places).unwrap()
    }

    /// One call; asked again while the trustee has not mirrored enough.
    pub(crate) fn call(&mut self, to: KeyId, call: &TrusteeCall) -> TrusteeAnswer {
        let mut last = None;
        for _ in 0..40 {
            self.line.call(&self.desk, vec![(to, call.clone())], &mut |_, answer| {
                last = Some(answer.map_err(|error| error.to_string()));
                true
            });
            let waits = |code: &Code| code.as_str().starts_with("mirror-");
            match &last {
                Some(Ok(TrusteeAnswer::NotNow { code })) if waits(code) => {}
                Some(Err(_)) | None => {}
                Some(Ok(_)) => break,
            }
            std::thread::sleep(Duration::from_millis(250));
        }
        last.unwrap().unwrap()
    }

    fn object(&mut self, to: KeyId, call: &TrusteeCall) -> Result<Vec<u8>, Word> {
        match self.call(to, call) {
            TrusteeAnswer::Signed { mut objects } => Ok(objects.remove(0).0),
            TrusteeAnswer::NotNow { code } => Err(code.to_string()),
            other => panic!("another answer: {other:?}"),
        }
    }

    /// The keys of the trustees for this device's entries in a compartment, in the set's order.
    pub(crate) fn keys(&mut self, compartment: CompartmentId) -> Vec<TrusteeKey> {
        let (mission, call) = (self.desk.mission(), TrusteeCall::Keys { compartments: vec![compartment] });
        let keys = self.trustees().into_iter().map(|trustee| {
            let signed = SignedBody::<TrusteeKey>::parse(&self.object(trustee.id(), &call).unwrap()).unwrap();
            signed.verify_trustee(mission, &trustee.key).unwrap().into_body()
        });
        keys.collect()
    }

    /// The secret of an epoch, which a member has.
    pub(crate) fn secret(&self, header: &EntryHeader) -> EpochSecret {
        let (mission, compartment, epoch) = (header.mission, header.compartment, header.epoch);
        let known = self.desk.register().epoch(epoch).unwrap();
        let place = EpochPlace { mission, compartment, epoch };
        let commitment = &known.statement().commitment.0;
        let unwrap = |wrap| EpochSecret::unwrap_with(&self.device, &place, commitment, wrap).ok();
        known.wraps_for(self.device.id()).find_map(unwrap).unwrap()
    }

    /// Seals an entry of this device's own, beside what its desk writes, into the epoch of another entry.
    pub(crate) fn seal(&mut self, beside: &EntryHeader, journal: u8, words: &str) -> Entry {
        let keys = self.keys(beside.compartment);
        let keys: Vec<_> =
            keys.iter().map(|key| TrusteePublic { key: KeyId(key.id()), public: &key.public.0 }).collect();
        let (secret, set) = (self.secret(beside), self.set());
        let journal = JournalId::from_bytes([journal; 16]);
        let mut sealer = Sealer::begin(beside.mission, beside.compartment, journal, None).unwrap();
        let guard = SealingGuard { rule: Rule::TwoSeal, set: &set, keys: &keys };
        let epoch = SealingEpoch { id: beside.epoch, secret: &secret };
        let seen = SeenSizes { statements: 1, journal: 0 };
        let parts = [words.as_bytes()];
        let sealed = sealer.seal_guarded(&mut rng(), &self.device, epoch, guard, seen, &parts).unwrap();
        sealed.entry().clone()
    }

    /// A header, signed by this device whatever it says.
    pub(crate) fn sign(&self, header: &EntryHeader) -> Vec<u8> {
        let payload = counterseal_model::cbor::to_bytes(header);
        sign_statement(&payload, Label::ENTRY_SIGN, &[&self.device]).unwrap().bytes().to_vec()
    }

    /// What a trustee says of a header that is brought to it: how many parts it holds, or why not.
    pub(crate) fn deliver(&mut self, to: &Trustee, header: &[u8]) -> Result<u64, Word> {
        let call = TrusteeCall::Deliver { headers: vec![Blob(header.to_vec())] };
        let (said, mission) = (self.object(to.id(), &call)?, self.desk.mission());
        if let Ok(ack) = SignedBody::<Acknowledgement>::parse(&said)
            && let Ok(ack) = ack.verify_trustee(mission, &to.key)
        {
            return Ok(ack.body().count);
        }
        let refused = SignedBody::<EntryRefused>::parse(&said).unwrap();
        Err(refused.verify_trustee(mission, &to.key).unwrap().body().code.to_string())
    }

    /// A request as the desk's program would make it, for another part that the desk need not know.
    pub(crate) fn draft(&mut self, known: PartRef, purpose: &str) -> (OpeningRequest, FreshKey) {
        let terms = OpeningTerms::new(vec![known], Code::parse(purpose).unwrap());
        let mut request = self.desk.prepare_opening(terms).unwrap().request().clone();
        let fresh = FreshKey::make(&mut rng()).unwrap();
        request.fresh = Bytes(*fresh.public());
        (request, fresh)
    }

    fn signed(&self, request: &OpeningRequest) -> Vec<u8> {
        sign_statement(&request.payload(), Label::OPENING_REQUEST, &[&self.device]).unwrap().bytes().to_vec()
    }

    /// Signs a request, has its leaf in the log, and waits for the quorum.
    pub(crate) fn log(&mut self, (request, fresh): (OpeningRequest, FreshKey)) -> Asking {
        let signed = self.signed(&request);
        let leaf = opening_leaf(&signed, &request).unwrap();
        let index = self.line.push_leaf(&self.desk, &leaf).unwrap();
        let receipt = self.line.prove_leaf(&self.desk, &leaf, index).unwrap();
        Asking { signed, receipt, fresh, count: request.parts.len() }
    }

    /// The same request, signed by this device, for another fresh key and with the receipt of the first.
    pub(crate) fn substituted(&self, asking: &Asking) -> Asking {
        let fresh = FreshKey::make(&mut rng()).unwrap();
        let mut request = SignedBody::<OpeningRequest>::parse(&asking.signed).unwrap().claims().clone();
        request.fresh = Bytes(*fresh.public());
        let (signed, receipt) = (self.signed(&request), asking.receipt.clone());
        Asking { signed, receipt, fresh, count: asking.count }
    }

    /// The call that asks a trustee.
    pub(crate) fn asks(&self, asking: &Asking, to: &Trustee, receipt: &[u8]) -> TrusteeCall {
        let recipient = TrusteeRecipient { trustee: to.id(), requests: &to.requests.0 };
        let sealed = seal_request(&mut rng(), self.desk.mission(), recipient, &asking.signed).unwrap();
        let (enc, ciphertext) = (Blob(sealed.enc.to_vec()), Blob(sealed.ciphertext));
        let request = SealedTo { enc, ciphertext, extra: Default::default() };
        TrusteeCall::Open { request, receipt: Blob(receipt.to_vec()) }
    }

    /// What a trustee signs on a request.
    pub(crate) fn ask(&mut self, asking: &Asking, to: &Trustee) -> Result<OpeningResponse, Word> {
        let call = self.asks(asking, to, &asking.receipt);
        self.ask_by(&call, to)
    }

    /// The same, of a call that is made already.
    pub(crate) fn ask_by(&mut self, call: &TrusteeCall, to: &Trustee) -> Result<OpeningResponse, Word> {
        let said = self.object(to.id(), call)?;
        let signed = SignedBody::<OpeningResponse>::parse(&said).unwrap();
        Ok(signed.verify_trustee(self.desk.mission(), &to.key).unwrap().into_body())
    }

    /// Asks, and gives the word: `released`, what it was refused for, or why nothing was decided.
    pub(crate) fn word(&mut self, asking: &Asking, to: &Trustee) -> Word {
        match self.ask(asking, to) {
            Ok(response) => word_of(&response),
            Err(word) => word,
        }
    }

    /// The first part's pad of a release, by the trustee's place.
    pub(crate) fn pad(&self, asking: &Asking, response: &OpeningResponse) -> (u8, Option<Pad>) {
        let x = self.set().find(response.trustee).unwrap().1;
        let Some(sealed) = &response.pads else { return (x, None) };
        let enc = sealed.enc.0.as_slice().try_into().unwrap();
        let sealed = Sealed { enc: Box::new(enc), ciphertext: sealed.ciphertext.0.clone() };
        let request = request_hash(&asking.signed);
        let release = Release { mission: self.desk.mission(), trustee: response.trustee, x, request };
        let pads = asking.fresh.open_pads(&release, &sealed, asking.count).ok();
        (x, pads.map(|mut pads| pads.remove(0)))
    }

    /// Opens an entry's first part with these pads.
    pub(crate) fn open(
        &self,
        entry: &Entry,
        pads: &BTreeMap<u8, Pad>,
    ) -> Result<OpenedGuarded, CannotOpenGuarded> {
        let device = claimed_device(entry.header.as_slice()).unwrap();
        let header = entry.verify(self.desk.register().device_keys(device).unwrap()).unwrap();
        let part = header.verify_part(0, &entry.ciphertexts[0]).unwrap();
        let secret = self.secret(header.header());
        Opener::new().unwrap().open_guarded(&part, Rule::TwoSeal, &secret, &self.set(), pads)
    }
}

pub(crate) fn word_of(response: &OpeningResponse) -> Word {
    match &response.refused {
        Some(refused) => refused.code.to_string(),
        None => response.outcome.word().to_owned(),
    }
}

/// An entry as the hub keeps it.
pub(crate) fn entry_of(hub: &Computer, id: &str) -> Entry {
    let db = rusqlite::Connection::open(hub.path("hub/hub.db")).unwrap();
    let sql = "SELECT b.bytes FROM body b JOIN entry e ON e.idx = b.idx WHERE e.id = ?1";
    let bytes: Vec<u8> = db.query_row(sql, [hex::decode(id).unwrap()], |row| row.get(0)).unwrap();
    Entry::parse(&bytes).unwrap()
}

/// What a header says, whoever signed it.
pub(crate) fn header_of(of: &Hostile, entry: &Entry) -> EntryHeader {
    let device = claimed_device(entry.header.as_slice()).unwrap();
    entry.verify(of.desk.register().device_keys(device).unwrap()).unwrap().header().clone()
}

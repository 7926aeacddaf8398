//! Sealing for trustees and opening with them, as desks do it.

use std::collections::BTreeMap;

use counterseal_hub::{CheckedEntry, Outcome as Pushed, Push, RunningHub};
use counterseal_ledger::{Hash, InclusionProof, LogPath, Receipt, SignedCheckpoint, Tile, TileReader};
use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{
    DeviceSecrets, FreshKey, Opener, Pad, Release, Sealed, Sealer, SealingEpoch, SealingGuard, SeenSizes,
    TrusteePlace, TrusteePublic, TrusteeRecipient, TrusteeSet, seal_request, sign_statement,
};
use counterseal_serve::{HttpClient, Method, Trust, Url};

use crate::callers::{Caller, objects};
use crate::mission::{CASES, rng};
use crate::site::Site;

pub(crate) fn place_set(site: &Site) -> TrusteeSet {
    let now = Moment::new(site.mission.register.last().position, site.clock.now());
    let set = site.mission.register.trustees(now).unwrap();
    let place = |one: &Trustee| TrusteePlace { trustee: one.id(), x: u8::try_from(one.x).unwrap() };
    TrusteeSet::new(set.id, 2, set.trustees.iter().map(place).collect()).unwrap()
}

/// The key of each trustee for Ana's entries, checked, in the set's order.
pub(crate) async fn fetch_keys(site: &Site) -> Vec<TrusteeKey> {
    fetch_keys_of(site, &site.mission.ana.device).await
}

/// The same for another device's entries.
pub(crate) async fn fetch_keys_of(site: &Site, device: &DeviceSecrets) -> Vec<TrusteeKey> {
    let mut keys = BTreeMap::new();
    for n in site.in_the_set() {
        let mut caller = Caller::new(site, n, device);
        let answer = caller.ask(TrusteeCall::Keys { compartments: vec![CASES] }).await;
        let signed = SignedBody::<TrusteeKey>::parse(&objects(answer)[0]).unwrap();
        let mission = site.mission.register.mission();
        let key = signed.verify_trustee(mission, &site.named[n].identity).unwrap().into_body();
        keys.insert(key.trustee, key);
    }
    place_set(site).places().iter().map(|place| keys[&place.trustee].clone()).collect()
}

/// Seals one guarded entry of Ana's.
pub(crate) fn seal(site: &Site, keys: &[TrusteeKey], journal: u8, parts: &[&[u8]]) -> Entry {
    seal_by(site, &site.mission.ana.device, keys, journal, parts)
}

/// The same, of another author.
pub(crate) fn seal_by(
    site: &Site,
    author: &DeviceSecrets,
    keys: &[TrusteeKey],
    journal: u8,
    parts: &[&[u8]],
) -> Entry {
    let (mission, set) = (&site.mission, place_set(site));
    let journal = JournalId::from_bytes([journal; 16]);
    let mut sealer = Sealer::begin(mission.register.mission(), CASES, journal, None).unwrap();
    let keys: Vec<_> =
        keys.iter().map(|key| TrusteePublic { key: KeyId(key.id()), public: &key.public.0 }).collect();
    let guard = SealingGuard { rule: Rule::TwoSeal, set: &set, keys: &keys };
    let epoch = SealingEpoch { id: mission.epoch, secret: &mission.secret };
    let seen = SeenSizes { statements: 1, journal: 0 };
    let sealed = sealer.seal_guarded(&mut rng(55), author, epoch, guard, seen, parts).unwrap();
    sealed.entry().clone()
}

/// More than the mission's waiting days, in seconds.
pub(crate) const WAITING: i64 = 8 * 86_400;

/// Has the hub log what governors say.
pub(crate) async fn govern(site: &mut Site, hub: &RunningHub, act: impl Into<Act>) -> StatementId {
    let id = site.mission.by_governor(act);
    let bytes = site.mission.statements.last().unwrap().clone();
    index_of(hub.sequencer().push(vec![Push::Statement(bytes)]).await);
    id
}

/// Gives the hub an entry, as after a session.
pub(crate) async fn push(hub: &RunningHub, entry: &Entry) -> u64 {
    let register = hub.sequencer().view().register.clone();
    let checked = CheckedEntry::check(&register, entry.to_bytes(), 1).unwrap();
    index_of(hub.sequencer().push(vec![Push::Entry(Box::new(checked))]).await)
}

fn index_of(outcomes: Vec<Pushed>) -> u64 {
    match outcomes[0] {
        Pushed::Accepted { index } => index,
        Pushed::Refused { code } => panic!("refused: {code}"),
    }
}

/// A request of Ben's that is on its way.
pub(crate) struct Asking {
    pub(crate) signed: Vec<u8>,
    fresh: FreshKey,
    pub(crate) receipt: Vec<u8>,
    count: usize,
}

/// Signs a request, has its leaf in the log, and waits for the quorum.
pub(crate) async fn ask(site: &Site, hub: &RunningHub, parts: &[PartRef], seed: u64) -> Asking {
    ask_with(site, hub, parts, seed, |_| ()).await
}

/// The same, with the request changed before it is signed.
pub(crate) async fn ask_with(
    site: &Site,
    hub: &RunningHub,
    parts: &[PartRef],
    seed: u64,
    change: impl FnOnce(&mut OpeningRequest),
) -> Asking {
    let (mission, fresh) = (&site.mission, FreshKey::make(&mut rng(seed)).unwrap());
    let mut id = [0; 32];
    id[..8].copy_from_slice(&seed.to_be_bytes());
    let now = site.clock.now();
    let view = hub.sequencer().view();
    let mut frontier = counterseal_ledger::Frontier::new();
    for statement in mission.statements.iter().take(site.begun_with) {
        frontier.push(Hash::leaf(&statement_leaf(statement)));
    }
    let head = frontier.head();
    let mut request = OpeningRequest {
        suite: SUITE,
        mission: mission.register.mission(),
        origin: log_origin(mission.register.mission(), LogKind::Journal, 1),
        statements: LogEnd { size: head.size, root: *head.root.as_bytes() },
        parts: parts.to_vec(),
        purpose: Code::parse("case-follow-up").unwrap(),
        case: None,
        reader: mission.ben.device.id(),
        fresh: Bytes(*fresh.public()),
        trustee_set: mission.set,
        id: Bytes(id),
        made: now,
        not_after: Timestamp(now.0 + 600),
        build: Bytes::ZERO,
        emergency: false,
        ahead: None,
        delay_until: None,
        policy: mission.policy,
        claims: Vec::new(),
        approvals: Vec::new(),
        extra: Default::default(),
    };
    drop(view);
    change(&mut request);
    let signed = sign_statement(&request.payload(), Label::OPENING_REQUEST, &[&mission.ben.device]).unwrap();
    let signed = signed.bytes().to_vec();
    let leaf = opening_leaf(&signed, &request).unwrap();
    let device = mission.ben.device.id();
    let index = index_of(hub.sequencer().push(vec![Push::Leaf { device, leaf }]).await);
    let receipt = receipt(site, index).await;
    Asking { signed, fresh, receipt, count: parts.len() }
}

/// The receipt of a leaf of the journal log, from the log's files.
async fn receipt(site: &Site, index: u64) -> Vec<u8> {
    let url = Url::parse(&format!("https://{}/", site.hub_config.listen)).unwrap();
    let pins = [site.hub_public.pin];
    let mut client = HttpClient::new(url, Trust::Pins(&pins), std::time::Duration::from_secs(10)).unwrap();
    let now = Moment::new(site.mission.register.last().position, site.clock.now());
    let policy = site.mission.register.log_policy(now).unwrap();
    for _ in 0..500 {
        let (_, note) = client.request(Method::GET, "journal/checkpoint", Vec::new()).await.unwrap();
        let checkpoint = SignedCheckpoint::parse(&note).ok();
        let covers = checkpoint.filter(|one| one.claims().head().size > index);
        if let Some(checkpoint) = covers.filter(|one| policy.evaluate(one.clone()).is_ok()) {
            let head = checkpoint.claims().head();
            let tile = Tile::of_tree(0, 0, head.size).unwrap();
            let path = format!("journal/{}", LogPath::Tile(tile));
            let (_, bytes) = client.request(Method::GET, &path, Vec::new()).await.unwrap();
            let read = |_: &Tile| -> Result<Vec<u8>, String> { Ok(bytes.clone()) };
            let mut tiles = TileReader::open(head, read).unwrap();
            let proof = InclusionProof::make(index, head.size, &mut tiles).unwrap();
            return Receipt { extra: None, index, proof, checkpoint }.to_string().into_bytes();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no quorum cosigns");
}

impl Asking {
    /// The same request for another fresh key, signed again by its reader, with the receipt of the first.
    pub(crate) fn with_fresh(&self, reader: &DeviceSecrets, seed: u64) -> Self {
        let fresh = FreshKey::make(&mut rng(seed)).unwrap();
        let mut request = SignedBody::<OpeningRequest>::parse(&self.signed).unwrap().claims().clone();
        request.fresh = Bytes(*fresh.public());
        let signed = sign_statement(&request.payload(), Label::OPENING_REQUEST, &[reader]).unwrap();
        Self { signed: signed.bytes().to_vec(), fresh, receipt: self.receipt.clone(), count: self.count }
    }

    /// The same request, signed by another device.
    pub(crate) fn signed_by(&self, device: &counterseal_seal::DeviceSecrets) -> Vec<u8> {
        let parsed = SignedBody::<OpeningRequest>::parse(&self.signed).unwrap();
        let payload = parsed.claims().payload();
        sign_statement(&payload, Label::OPENING_REQUEST, &[device]).unwrap().bytes().to_vec()
    }

    pub(crate) fn call(&self, site: &Site, n: usize) -> TrusteeCall {
        let named = &site.named[n];
        let to = TrusteeRecipient { trustee: named.identity.id(), requests: &named.requests };
        let sealed = seal_request(&mut rng(3), site.mission.register.mission(), to, &self.signed).unwrap();
        let (enc, ciphertext) = (Blob(sealed.enc.to_vec()), Blob(sealed.ciphertext));
        let request = SealedTo { enc, ciphertext, extra: Default::default() };
        TrusteeCall::Open { request, receipt: Blob(self.receipt.clone()) }
    }

    /// The response that a trustee signed.
    pub(crate) fn read(&self, site: &Site, n: usize, answer: TrusteeAnswer) -> OpeningResponse {
        let signed = SignedBody::<OpeningResponse>::parse(&objects(answer)[0]).unwrap();
        let mission = site.mission.register.mission();
        signed.verify_trustee(mission, &site.named[n].identity).unwrap().into_body()
    }

    /// The pads of a release, by the trustee's place.
    pub(crate) fn pads(&self, site: &Site, response: &OpeningResponse) -> (u8, Vec<Pad>) {
        let sealed = response.pads.as_ref().unwrap_or_else(|| panic!("{:?}", response.refused));
        let enc = sealed.enc.0.as_slice().try_into().unwrap();
        let sealed = Sealed { enc: Box::new(enc), ciphertext: sealed.ciphertext.0.clone() };
        let set = place_set(site);
        let (_, x) = set.find(response.trustee).unwrap();
        let release = Release {
            mission: site.mission.register.mission(),
            trustee: response.trustee,
            x,
            request: request_hash(&self.signed),
        };
        (x, self.fresh.open_pads(&release, &sealed, self.count).unwrap())
    }
}

/// Opens one part of an entry with pads by place.
pub(crate) fn open(site: &Site, entry: &Entry, index: usize, pads: &BTreeMap<u8, Pad>) -> Vec<u8> {
    let header = entry.verify(site.mission.ana.device.public()).unwrap();
    let part = header.verify_part(index, &entry.ciphertexts[index]).unwrap();
    let opener = Opener::new().unwrap();
    let set = place_set(site);
    let opened = opener.open_guarded(&part, Rule::TwoSeal, &site.mission.secret, &set, pads).unwrap();
    assert!(opened.liars.is_empty() && opened.misdealt.is_empty());
    opened.plaintext.as_bytes().to_vec()
}

//! Guarded entries for the tests' trustees, and their opening.

use std::collections::BTreeMap;

use counterseal_model::cbor::to_bytes;
use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{
    EpochSecret, Opener, Pad, Release, Sealed, SealedEntry, Sealer, SealingEpoch, SealingGuard, SeenSizes,
    TrusteeKeySecret, TrusteePlace, TrusteePublic, TrusteeSet,
};
use counterseal_trustee::{EntryAnswer, Service};

use crate::world::*;

/// The keys of the trustees that are not the real one.
fn secret_of(n: u64) -> (KeyId, TrusteeKeySecret) {
    (KeyId([n as u8 + 40; 32]), TrusteeKeySecret::make(&mut rng(600 + n)))
}

pub(crate) fn epoch_secret() -> EpochSecret {
    EpochSecret::from_bytes(&[7; 32])
}

/// A journal of Ben's, or of somebody else's, in a compartment.
pub(crate) struct Author {
    pub(crate) name: &'static str,
    pub(crate) compartment: CompartmentId,
    pub(crate) sealer: Sealer,
}

impl Author {
    pub(crate) fn new(world: &World, name: &'static str, compartment: CompartmentId, journal: u8) -> Self {
        let mission = world.register.mission();
        let journal = JournalId::from_bytes([journal; 16]);
        Self { name, compartment, sealer: Sealer::begin(mission, compartment, journal, None).unwrap() }
    }

    /// The keys that the real trustee gives the author's device.
    pub(crate) fn key(&self, world: &World, service: &mut Service) -> TrusteeKey {
        let call = TrusteeCall::Keys { compartments: vec![self.compartment] };
        let answer = service.call(world.device(self.name).id(), &call).unwrap();
        let TrusteeAnswer::Signed { objects } = answer else { panic!("no keys: {answer:?}") };
        let key = SignedBody::<TrusteeKey>::parse(&objects[0].0).unwrap();
        key.verify_trustee(world.register.mission(), trustee(0).public()).unwrap().into_body()
    }

    pub(crate) fn seal(&mut self, world: &World, service: &mut Service, parts: &[&str]) -> SealedEntry {
        let key = self.key(world, service);
        self.seal_to(world, &key, parts)
    }

    pub(crate) fn seal_to(&mut self, world: &World, key: &TrusteeKey, parts: &[&str]) -> SealedEntry {
        let set = set_of(world);
        let others: Vec<_> = set.places().iter().map(|place| (place.trustee, place.x)).collect();
        let publics: Vec<(KeyId, [u8; HPKE_PUBLIC_LEN])> = others
            .iter()
            .map(|(id, x)| match *id == trustee(0).id() {
                true => (KeyId(key.id()), key.public.0),
                false => {
                    let (id, secret) = secret_of(u64::from(*x) - 10);
                    (id, secret.public().unwrap())
                }
            })
            .collect();
        let keys: Vec<_> = publics.iter().map(|(key, public)| TrusteePublic { key: *key, public }).collect();
        let rule = world.register.epoch(world.epochs[&self.compartment]).unwrap().rule();
        let guard = SealingGuard { rule, set: &set, keys: &keys };
        let secret = epoch_secret();
        let epoch = SealingEpoch { id: world.epochs[&self.compartment], secret: &secret };
        let device = world.device(self.name);
        let parts: Vec<_> = parts.iter().map(|part| part.as_bytes()).collect();
        let seen = SeenSizes::default();
        self.sealer.seal_guarded(&mut rng(11), device, epoch, guard, seen, &parts).unwrap()
    }
}

pub(crate) fn set_of(world: &World) -> TrusteeSet {
    let named = world.register.trustee_set(world.set, world.register.last()).unwrap();
    let place = |one: &Trustee| TrusteePlace { trustee: one.id(), x: one.x as u8 };
    TrusteeSet::new(named.id, 2, named.trustees.iter().map(place).collect()).unwrap()
}

pub(crate) fn header_of(sealed: &SealedEntry) -> Vec<u8> {
    sealed.entry().header.clone()
}

pub(crate) fn part(sealed: &SealedEntry, index: u32) -> PartRef {
    PartRef { entry: sealed.id(), index }
}

/// What the trustee says of an entry: the count that it acknowledges, or the code that it refuses with.
pub(crate) fn take(world: &World, service: &mut Service, header: &[u8]) -> Result<u64, String> {
    let EntryAnswer::Signed(answer) = service.receive(header).unwrap() else { panic!("not now") };
    let (mission, key) = (world.register.mission(), trustee(0));
    if let Ok(ack) = SignedBody::<Acknowledgement>::parse(&answer)
        && let Ok(ack) = ack.verify_trustee(mission, key.public())
    {
        return Ok(ack.body().count);
    }
    let refused = SignedBody::<EntryRefused>::parse(&answer).unwrap();
    Err(refused.verify_trustee(mission, key.public()).unwrap().body().code.to_string())
}

/// An entry of Ben's that the trustee holds.
pub(crate) fn held(
    world: &World,
    service: &mut Service,
    compartment: CompartmentId,
    journal: u8,
    parts: &[&str],
) -> SealedEntry {
    let mut author = Author::new(world, "ben", compartment, journal);
    let sealed = author.seal(world, service, parts);
    assert_eq!(take(world, service, &header_of(&sealed)), Ok(parts.len() as u64));
    sealed
}

/// The header, changed and signed again by its author.
pub(crate) fn changed(world: &World, name: &str, header: &EntryHeader) -> Vec<u8> {
    let payload = to_bytes(header);
    let signed =
        counterseal_seal::sign_statement(&payload, Label::ENTRY_SIGN, &[world.device(name)]).unwrap();
    signed.bytes().to_vec()
}

/// The pads in an answer.
pub(crate) fn pads(world: &World, asking: &Asking, response: &OpeningResponse) -> Vec<Pad> {
    let sealed = response.pads.as_ref().unwrap();
    let enc = Box::new(sealed.enc.0.as_slice().try_into().unwrap());
    let sealed = Sealed { enc, ciphertext: sealed.ciphertext.0.clone() };
    let request = request_hash(&world.signed(asking));
    let release = Release { mission: world.register.mission(), trustee: trustee(0).id(), x: 10, request };
    asking.fresh.open_pads(&release, &sealed, asking.request.parts.len()).unwrap()
}

/// Opens a part with the real trustee's pad, and the pad of another that follows from its own key.
pub(crate) fn opened(world: &World, sealed: &SealedEntry, index: u32, pad: &Pad) -> Option<String> {
    let author = world.people.values().find(|(_, device)| device.id() == sealed.header().device).unwrap();
    let header = sealed.entry().verify(author.1.public()).unwrap();
    let set = set_of(world);
    let other = set.places().iter().find(|place| place.trustee != trustee(0).id()).unwrap();
    let (key, secret) = secret_of(u64::from(other.x) - 10);
    let theirs = secret.receive(&header, &set, other.trustee, key).unwrap();
    let pads = BTreeMap::from([
        (10, Pad::from_bytes(pad.reveal())),
        (other.x, Pad::from_bytes(theirs[index as usize].reveal())),
    ]);
    let part = header.verify_part(index as usize, &sealed.entry().ciphertexts[index as usize]).unwrap();
    let rule = world.register.epoch(sealed.header().epoch).unwrap().rule();
    let opened = Opener::new().unwrap().open_guarded(&part, rule, &epoch_secret(), &set, &pads).ok()?;
    Some(String::from_utf8(opened.plaintext.as_bytes().to_vec()).unwrap())
}

pub(crate) fn now_not(answer: &EntryAnswer) -> &'static str {
    match answer {
        EntryAnswer::NotNow(not) => not.word(),
        EntryAnswer::Signed(_) => panic!("it was answered"),
    }
}

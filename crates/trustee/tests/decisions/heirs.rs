//! Several real trustees, one of whom governors replace by the fourth.

use std::collections::BTreeMap;

use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{SealedEntry, SealingEpoch, SealingGuard, SeenSizes, TrusteePublic};
use counterseal_trustee::{EntryAnswer, HandedOver, Helped, PartRef as Stored, Service};

use crate::guards::*;
use crate::world::*;

pub(crate) const NEW: u64 = 3;

/// Trustees 0, 1 and 2, of whom two must release; and 3, who waits.
pub(crate) struct Heirs {
    pub(crate) world: World,
    pub(crate) services: BTreeMap<u64, Service>,
    /// Those who hold what is sealed, before the fourth is named.
    holders: Vec<u64>,
    author: Author,
}

pub(crate) fn id(n: u64) -> KeyId {
    trustee(n).id()
}

/// The set in which 3 succeeds 0.
pub(crate) fn succession() -> SetTrustees {
    succession_in(&[0, 1, 2])
}

fn succession_in(holders: &[u64]) -> SetTrustees {
    let mut act = trustees_of(&[&holders[1..], &[NEW]].concat(), 2);
    act.trustees.iter_mut().find(|one| one.x == 10 + NEW).unwrap().succeeds = Some(id(0));
    act
}

pub(crate) fn have(ids: &[EntryId]) -> SuccessionAsk {
    let digest = Bytes(sha256(&ids.iter().map(|id| id.as_bytes().as_slice()).collect::<Vec<_>>()));
    SuccessionAsk::Have { count: ids.len() as u64, digest }
}

impl Heirs {
    pub(crate) fn new() -> Self {
        let charter = Charter { cooling_off_days: Some(0), ..Charter::new(Rule::TwoSeal, HistoryRule::Full) };
        let mut world = World::with(charter.clone(), charter);
        let services = (0..=NEW).map(|n| (n, world.service(n))).collect();
        let author = Author::new(&world, "ben", CASES, 1);
        Self { world, services, holders: vec![0, 1, 2], author }
    }

    /// With these as the set that holds what is sealed.
    pub(crate) fn of(holders: &[u64]) -> Self {
        let mut heirs = Self::new();
        heirs.world.set = heirs.world.say(trustees_of(holders, 2), &By::Governor);
        for n in holders {
            heirs.services.entry(*n).or_insert_with(|| heirs.world.service(*n));
        }
        heirs.world.clock_forward(8 * DAY);
        // A statement of then, so that the set is in force by the last one that there is.
        let (person, section) = (heirs.world.person("dan"), Some(B));
        let act = AssignSection { person, section, extra: Default::default() };
        heirs.world.say(act, &By::People(&["registrar"]));
        heirs.publish();
        Self { holders: holders.to_vec(), ..heirs }
    }

    /// With two entries of two parts that the three hold, and the fourth named in the place of the first.
    pub(crate) fn replaced() -> (Self, Vec<SealedEntry>) {
        Self::new().written_and_replaced()
    }

    /// The same, held by these.
    pub(crate) fn replaced_of(holders: &[u64]) -> (Self, Vec<SealedEntry>) {
        Self::of(holders).written_and_replaced()
    }

    fn written_and_replaced(mut self) -> (Self, Vec<SealedEntry>) {
        let sealed: Vec<_> = ["one", "two"].map(|text| self.write(&[text, "more"])).into();
        self.replace();
        (self, sealed)
    }

    /// An entry of Ben's that the trustees of the set hold.
    pub(crate) fn write(&mut self, parts: &[&str]) -> SealedEntry {
        let sealed = self.seal(parts);
        for n in self.holders.clone() {
            let answer = self.services.get_mut(&n).unwrap().receive(&header_of(&sealed)).unwrap();
            assert!(matches!(answer, EntryAnswer::Signed(_)));
        }
        sealed
    }

    pub(crate) fn seal(&mut self, parts: &[&str]) -> SealedEntry {
        let (world, set) = (&self.world, set_of(&self.world));
        let device = world.device("ben");
        let keys: BTreeMap<KeyId, TrusteeKey> = self
            .holders
            .iter()
            .map(|n| {
                let call = TrusteeCall::Keys { compartments: vec![CASES] };
                let answer = self.services.get_mut(n).unwrap().call(device.id(), &call).unwrap();
                let TrusteeAnswer::Signed { objects } = answer else { panic!("no keys") };
                (id(*n), SignedBody::<TrusteeKey>::parse(&objects[0].0).unwrap().claims().clone())
            })
            .collect();
        let publics: Vec<_> = set.places().iter().map(|place| &keys[&place.trustee]).collect();
        let keys: Vec<_> =
            publics.iter().map(|key| TrusteePublic { key: KeyId(key.id()), public: &key.public.0 }).collect();
        let secret = epoch_secret();
        let guard = SealingGuard { rule: Rule::TwoSeal, set: &set, keys: &keys };
        let epoch = SealingEpoch { id: world.epochs[&CASES], secret: &secret };
        let parts: Vec<_> = parts.iter().map(|part| part.as_bytes()).collect();
        let seen = SeenSizes::default();
        self.author.sealer.seal_guarded(&mut rng(11), device, epoch, guard, seen, &parts).unwrap()
    }

    /// Governors name the fourth, and the days pass.
    pub(crate) fn replace(&mut self) -> StatementId {
        let set = self.world.say(succession_in(&self.holders), &By::Governor);
        self.world.clock_forward(self.world.time - START + 8 * DAY);
        self.publish();
        set
    }

    pub(crate) fn publish(&mut self) {
        for service in self.services.values_mut() {
            self.world.publish(service);
        }
    }

    /// What `from` answers to `to`, who says that it succeeds `of`.
    pub(crate) fn ask(
        &mut self,
        to: u64,
        from: u64,
        of: u64,
        ask: SuccessionAsk,
    ) -> ([u8; 32], SuccessionSaid) {
        let (signed, name) =
            self.services[&to].ask_succession(Bytes([1; 32]), (id(from), id(of)), ask).unwrap();
        let call = SignedBody::<SuccessionCall>::parse(&signed).unwrap();
        let call = call.verify_trustee(self.world.register.mission(), trustee(to).public()).unwrap();
        let answer = self.services.get_mut(&from).unwrap().succession(&call).unwrap();
        (name, self.services[&to].read_succession(id(from), name, &answer).unwrap())
    }

    /// Why `from` gives `to` nothing.
    pub(crate) fn no(&mut self, to: u64, from: u64, of: u64, ask: SuccessionAsk) -> String {
        match self.ask(to, from, of, ask).1 {
            SuccessionSaid::NotNow { code } => code.to_string(),
            said => panic!("{said:?}"),
        }
    }

    pub(crate) fn list(&mut self, from: u64) -> Vec<EntryId> {
        match self.ask(NEW, from, 0, SuccessionAsk::List { after: 0 }).1 {
            SuccessionSaid::Listed { mut entries, .. } => {
                entries.sort();
                entries
            }
            said => panic!("{said:?}"),
        }
    }

    /// Has the old trustee hand entries over, and the new one take them.
    pub(crate) fn hand_over(&mut self, entries: &[EntryId]) -> HandedOver {
        let give = SuccessionAsk::Give { entries: entries.to_vec() };
        let (asked, said) = self.ask(NEW, 0, 0, give);
        let SuccessionSaid::Given { entries, sealed } = said else { panic!("{said:?}") };
        let new = self.services.get_mut(&NEW).unwrap();
        new.take_handed(id(0), (id(0), asked), &entries, &sealed).unwrap()
    }

    /// Has the new one say to the old one that it has all of these.
    pub(crate) fn say_all(&mut self, ids: &[EntryId]) {
        assert_eq!(self.ask(NEW, 0, 0, have(ids)).1, SuccessionSaid::Noted {});
    }

    /// What these trustees add to a repair of the first one's pads.
    pub(crate) fn helped(&mut self, order: &RepairOrder, entries: &[EntryId]) -> Vec<Helped> {
        let numbers: Vec<u64> =
            order.helpers.iter().map(|helper| (0..=NEW + 1).find(|n| id(*n) == *helper).unwrap()).collect();
        let mut seeds = Vec::new();
        let mut helped = Vec::new();
        for n in &numbers {
            let (_, said) = self.ask(NEW, *n, 0, SuccessionAsk::Seeds { order: order.clone() });
            let SuccessionSaid::Seeded { seeds: signed } = said else { panic!("{said:?}") };
            seeds.push(signed);
        }
        for n in numbers {
            let (order, seeds, entries) = (order.clone(), seeds.clone(), entries.to_vec());
            let (asked, said) = self.ask(NEW, n, 0, SuccessionAsk::Help { order, seeds, entries });
            let SuccessionSaid::Given { entries, sealed } = said else { panic!("{said:?}") };
            helped.push(Helped { helper: id(n), asked, entries, sealed });
        }
        helped
    }

    /// Whether two trustees have the same pad of a part, and one at all.
    pub(crate) fn same_pad(&self, a: u64, b: u64, sealed: &SealedEntry, index: u32) -> bool {
        let part = Stored { entry: sealed.id(), index };
        let pad = |n: u64| self.services[&n].store().pad(&part).unwrap().map(|pad| *pad);
        pad(a).is_some() && pad(a) == pad(b)
    }

    pub(crate) fn erase(&mut self, sealed: &SealedEntry, index: u32) {
        let (parts, extra) = (vec![part(sealed, index)], cbor::Extra::default);
        let reason = Code::parse("consent-withdrawn").unwrap();
        let act = Withdraw { compartment: CASES, parts: parts.clone(), reason, extra: extra() };
        self.world.say(act, &By::People(&["ben"]));
        let act = Erase { compartment: CASES, parts, extra: extra() };
        self.world.say(act, &By::People(&["manager", "dpo"]));
    }

    /// The release log of a trustee: outcomes and counts.
    pub(crate) fn log(&self, n: u64) -> Vec<(Outcome, u64)> {
        let releases = self.services[&n].releases(1).unwrap();
        let read = |signed: &Vec<u8>| {
            let entry = SignedBody::<ReleaseEntry>::parse(signed).unwrap();
            let entry = entry.verify_trustee(self.world.register.mission(), trustee(n).public()).unwrap();
            (entry.body().outcome, entry.body().count)
        };
        releases.iter().map(read).collect()
    }
}

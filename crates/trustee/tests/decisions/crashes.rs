//! A disk that fails at every step of an opening: never released but unlogged, never answered without notice.

use std::io;

use counterseal_register::*;
use counterseal_trustee::{Faults, Hands, OpenAnswer, Service, Step, Store};

use crate::guards::*;
use crate::world::*;

/// Fails once: at the n-th durable write, before or after it was done.
pub(crate) struct FailAt {
    pub(crate) left: u32,
    pub(crate) after: bool,
}

impl FailAt {
    fn passes(&mut self, after: bool) -> io::Result<()> {
        if self.after != after {
            return Ok(());
        }
        match self.left {
            0 => Ok(()),
            1 => {
                self.left = 0;
                Err(io::Error::other("the power is gone"))
            }
            _ => {
                self.left -= 1;
                Ok(())
            }
        }
    }
}

impl Faults for FailAt {
    fn enter(&mut self, _: Step) -> io::Result<()> {
        self.passes(false)
    }
    fn leave(&mut self, _: Step) -> io::Result<()> {
        self.passes(true)
    }
}

fn open_store(world: &World, faults: Box<dyn Faults>) -> Store {
    Store::open(&world.places(0), Hands { faults, ..World::hands(0) }).unwrap().0
}

/// What must hold of any state: the log is gap-free and chained, every decision has its notices and its answer.
fn check(world: &World, service: &Service) -> u64 {
    let mut prev = [0; 32];
    let releases = service.releases(1).unwrap();
    for (counter, signed) in (1..).zip(&releases) {
        let entry = SignedBody::<ReleaseEntry>::parse(signed).unwrap();
        let entry = entry.verify_trustee(world.register.mission(), trustee(0).public()).unwrap().into_body();
        assert_eq!((entry.counter, entry.prev.0), (counter, prev));
        prev = release_hash(signed);
        let notices = service.store().notices(world.device("ben").id(), 0, service_time(world), 100).unwrap();
        assert_eq!(notices.len(), releases.len(), "one for each decision");
        assert!(service.store().response(&entry.request.0, service_time(world)).unwrap().is_some());
    }
    releases.len() as u64
}

fn service_time(world: &World) -> counterseal_model::Timestamp {
    counterseal_model::Timestamp(world.time)
}

#[test]
fn killed_at_every_step_of_an_opening_it_is_logged_and_noticed_or_not_released() {
    for after in [false, true] {
        for step in 1..=3 {
            let mut world = World::new();
            let mut service = world.service(0);
            let sealed = held(&world, &mut service, CASES, 1, &["a"]);
            let first = world.ask("ana", &[part(&sealed, 0)], 1);
            assert!(matches!(world.open(&mut service, &first), OpenAnswer::Signed(_)));
            let asking = world.ask("ana", &[part(&sealed, 0)], 2);
            let receipt = world.log(&asking).to_string();
            world.publish(&mut service);
            drop(service.into_store());
            let store = open_store(&world, Box::new(FailAt { left: step, after }));
            let mut service = Service::new(world.setting(0), store).unwrap();
            let sealed_request = world.sealed(service.id(), &world.signed(&asking));
            let outcome = service.open(world.device("ana").id(), &sealed_request, receipt.as_bytes());
            let answered = outcome.is_ok();
            // Power comes back.
            drop(service.into_store());
            let store = open_store(&world, Box::new(counterseal_trustee::NoFaults));
            let mut service = Service::new(world.setting(0), store).unwrap();
            let decided = check(&world, &service);
            assert!(decided == 2 || !answered, "answered, and not in the log: step {step}, after {after}");
            // Asked again, it is answered; and decided once, not twice.
            let answer = world.send(&mut service, &asking, &receipt);
            if let Ok(OpenAnswer::Signed(first)) = outcome {
                assert_eq!(answer, OpenAnswer::Signed(first));
            }
            assert_eq!(world.read(answer).counter, 2);
            assert_eq!(check(&world, &service), 2);
        }
    }
}

#[test]
fn killed_at_every_step_of_taking_an_entry_it_is_held_or_not_acknowledged() {
    for after in [false, true] {
        for step in 1..=4 {
            let mut world = World::new();
            let mut service = world.service(0);
            let sealed = Author::new(&world, "ben", CASES, 1).seal(&world, &mut service, &["a"]);
            drop(service.into_store());
            let store = open_store(&world, Box::new(FailAt { left: step, after }));
            let mut service = Service::new(world.setting(0), store).unwrap();
            let acknowledged = service.receive(&header_of(&sealed)).is_ok();
            drop(service.into_store());
            let store = open_store(&world, Box::new(counterseal_trustee::NoFaults));
            let mut service = Service::new(world.setting(0), store).unwrap();
            let stored = counterseal_trustee::PartRef { entry: sealed.id(), index: 0 };
            let has = service.store().has_pad(&stored).unwrap();
            assert!(has || !acknowledged, "acknowledged, and not held: step {step}, after {after}");
            assert_eq!(take(&world, &mut service, &header_of(&sealed)), Ok(1));
            assert!(service.store().has_pad(&stored).unwrap());
        }
    }
}

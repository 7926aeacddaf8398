//! Openings of what was sealed for trustees of whom some were replaced since.

use counterseal_register::{Bytes, KeyId, SetTrustees, Trustee};
use counterseal_seal::Pad;

use super::failure::OpeningFailure;
use super::tests::{Held, held_by};
use crate::desk::guarded::tests::{Played, SECRET};
use crate::error::NodeError;

impl Held {
    /// Governors put a new trustee in the place of the n-th, and its days pass. It has the pads of the old one.
    fn replace(&mut self, n: usize, succeeds: bool, threshold: u64) {
        let desk = &self.world.desk;
        let set = desk.register().trustees(desk.moment()).unwrap().clone();
        let old = self.trustee(n).id();
        let mut new = Played::new(900 + n as u64);
        for (entry, pads) in &self.trustee(n).pads {
            new.pads.insert(*entry, pads.iter().map(|pad| Pad::from_bytes(pad.reveal())).collect());
        }
        let mut trustees: Vec<Trustee> = set.trustees.into_iter().filter(|one| one.id() != old).collect();
        trustees.push(Trustee {
            key: new.secrets.public().clone(),
            x: 100 + n as u64,
            requests: Bytes(*new.secrets.requests()),
            pins: vec![Bytes([0xee; 32])],
            url: None,
            succeeds: succeeds.then_some(old),
            extra: Default::default(),
        });
        trustees.sort_by_key(Trustee::id);
        let act = SetTrustees { threshold, trustees, single: false, extra: Default::default() };
        let governor = &self.world.governor.secrets;
        self.world.desk.set_trustees(act, &[governor]).unwrap();
        self.world.pass(8 * 86_400);
        self.world.trustees[n] = new;
    }

    fn id(&self, n: usize) -> KeyId {
        self.trustee(n).id()
    }
}

#[test]
fn an_old_part_opens_with_a_successor_of_one_of_its_trustees() {
    let mut held = held_by(511, 2, 3);
    held.replace(2, true, 2);
    let asked = held.ask(1, None);
    let heard = held.hear(&asked, vec![held.good(2, &asked), held.good(0, &asked)]);
    held.require(&asked, &heard).unwrap();
    let (_, wrong) = held.open(&asked, &heard).unwrap();
    assert!(wrong.is_empty());
    assert!(held.text().contains(SECRET));
}

#[test]
fn a_successor_that_lies_is_named_by_its_own_id() {
    let mut held = held_by(512, 2, 3);
    held.replace(2, true, 2);
    let asked = held.ask(1, None);
    let lie = held.answer(2, &held.released(2, &asked, Some(vec![Pad::from_bytes(&[7; 32])])));
    let heard = held.hear(&asked, vec![held.good(0, &asked), (2, lie), held.good(1, &asked)]);
    assert_eq!(Vec::from_iter(heard.liars.iter().copied()), [held.id(2)]);
    assert!(held.open(&asked, &heard).unwrap().1.is_empty());
}

#[test]
fn who_succeeds_nobody_does_not_count_for_what_is_older() {
    let mut held = held_by(513, 2, 3);
    held.replace(2, false, 2);
    let asked = held.ask(1, None);
    // It gives the very pads of the old one, and they count for nothing: nobody said that it answers for that place.
    let heard = held.hear(&asked, vec![held.good(2, &asked), held.good(0, &asked)]);
    assert!(heard.liars.is_empty(), "nor is it called a liar for it");
    assert!(!held.places(&asked).is_decided(&heard), "the third is waited for");
    let refused = held.require(&asked, &heard);
    assert!(matches!(refused, Err(OpeningFailure::TooFew { have: 1, needed: 2, .. })), "{refused:?}");
    let heard = held.hear(&asked, vec![held.good(1, &asked), held.good(0, &asked)]);
    assert!(held.open(&asked, &heard).unwrap().1.is_empty());
    // With two gone for good there is nobody to ask, and the desk says what is to be done.
    held.replace(1, false, 2);
    let asked = held.ask(2, None);
    let heard = held.hear(&asked, vec![held.good(0, &asked)]);
    let refused = held.require(&asked, &heard);
    assert_eq!(refused, Err(OpeningFailure::PlacesEmpty { have: 1, needed: 2 }));
    assert!(held.places(&asked).is_decided(&heard));
}

#[test]
fn the_number_that_counted_at_sealing_counts_whatever_it_is_now() {
    // More must release now: two still open what was sealed for two of three.
    let mut held = held_by(514, 2, 3);
    held.replace(2, true, 3);
    let asked = held.ask(1, None);
    let heard = held.hear(&asked, vec![held.good(2, &asked), held.good(1, &asked)]);
    assert!(held.places(&asked).is_decided(&heard));
    assert!(held.open(&asked, &heard).is_ok());
    // Fewer must release now: what was sealed for three takes three.
    let mut held = held_by(515, 3, 3);
    held.replace(2, true, 2);
    let asked = held.ask(1, None);
    let two = held.hear(&asked, vec![held.good(2, &asked), held.good(1, &asked)]);
    assert!(!held.places(&asked).is_decided(&two), "the third is asked for");
    assert!(matches!(held.require(&asked, &two), Err(OpeningFailure::TooFew { have: 2, needed: 3, .. })));
    assert!(matches!(held.open(&asked, &two), Err(NodeError::Opening(_))));
    let all = held.hear(&asked, vec![held.good(2, &asked), held.good(1, &asked), held.good(0, &asked)]);
    assert!(held.open(&asked, &all).is_ok());
}

//! Guarded entries from the author's hand through the trustees' to the reader's, and what attackers try.

use std::collections::BTreeMap;

use counterseal_model::{CompartmentId, EntryId, EpochId, JournalId, MissionId, StatementId};
use counterseal_register::{
    Entry, EntryHeader, KeyId, Label, PartHeader, Rule, VerifiedHeader, verify_header,
};
use counterseal_seal::{
    BadTrusteeSet, CannotOpen, CannotOpenGuarded, DeviceSecrets, EntryKeys, GuardedPlace, MAX_CONTENT,
    NoShare, OpenedGuarded, Opener, Pad, PartShare, SealError, SealingGuard, SeenSizes, ShareRefusal,
    TrusteePlace, TrusteePublic, TrusteeSet, sign_statement,
};
use proptest::prelude::*;

use crate::common::{SetBack, device, epoch, epoch_secret, rng, sealer};
use crate::guards::Trustees;

type Pads = BTreeMap<u8, Pad>;

/// Opens one part with these pads.
fn open(
    trustees: &Trustees,
    header: &VerifiedHeader,
    entry: &Entry,
    index: usize,
    pads: &Pads,
) -> Result<OpenedGuarded, CannotOpenGuarded> {
    let part = header.verify_part(index, entry.ciphertexts.get(index).unwrap()).unwrap();
    Opener::new().unwrap().open_guarded(&part, Rule::TwoSeal, &epoch_secret(1), &trustees.set, pads)
}

fn only(mut pads: Pads, xs: &[u8]) -> Pads {
    pads.retain(|x, _| xs.contains(x));
    pads
}

/// The header, signed again by its author: what a hostile member can send.
fn signed_again(header: &EntryHeader, author: &DeviceSecrets) -> VerifiedHeader {
    let payload = counterseal_model::cbor::to_bytes(header);
    let signed = sign_statement(&payload, Label::ENTRY_SIGN, &[author]).unwrap();
    verify_header(signed.bytes(), author.public()).unwrap()
}

#[test]
fn what_is_guarded_opens_with_the_pads_of_any_t_trustees_and_no_fewer() {
    let (device, trustees) = (device(1), Trustees::new(2, 3));
    let parts: [&[u8]; 3] = [b"the source is a nurse in Bria", b"", &[0x80; 70_000]];
    let sealed = trustees.seal(&mut sealer(), &mut rng(2), &device, &parts).unwrap();
    let entry = Entry::parse(&sealed.entry().to_bytes()).unwrap();
    let header = entry.verify(device.public()).unwrap();
    assert_eq!(header.header(), sealed.header());
    for (index, part) in parts.into_iter().enumerate() {
        for xs in [&[200, 180][..], &[200, 160], &[180, 160], &[200, 180, 160]] {
            let opened =
                open(&trustees, &header, &entry, index, &only(trustees.pads(&header, index), xs)).unwrap();
            let named = [opened.liars, opened.misdealt].concat();
            assert_eq!((opened.plaintext.as_bytes(), named), (part, vec![]));
        }
        for xs in [&[][..], &[200], &[160]] {
            let refused = open(&trustees, &header, &entry, index, &only(trustees.pads(&header, index), xs));
            assert_eq!(refused.unwrap_err(), NoShare::TooFew { have: xs.len(), needed: 2 }.into());
        }
    }
}

/// t - 1 pads and a guess: the count is no protection, the polynomial is.
#[test]
fn fewer_pads_than_it_takes_open_nothing_even_with_guesses_beside_them() {
    let (device, trustees) = (device(1), Trustees::new(3, 5));
    let sealed = trustees.seal(&mut sealer(), &mut rng(2), &device, &[b"secret"]).unwrap();
    let header = sealed.entry().verify(device.public()).unwrap();
    let mut pads = only(trustees.pads(&header, 0), &[200, 180]);
    for x in [160, 140, 120] {
        pads.insert(x, Pad::from_bytes(&[x; 32]));
    }
    let refused = open(&trustees, &header, sealed.entry(), 0, &pads).unwrap_err();
    assert_eq!(refused, NoShare::FalsePads { liars: vec![120, 140, 160], have: 2, needed: 3 }.into());
    // Nor do a trustee's pads of another part, nor pads at places where nobody stands.
    let two = trustees.seal(&mut sealer(), &mut rng(2), &device, &[b"a", b"b"]).unwrap();
    let header = two.entry().verify(device.public()).unwrap();
    let refused = open(&trustees, &header, two.entry(), 0, &trustees.pads(&header, 1)).unwrap_err();
    let liars = vec![120, 140, 160, 180, 200];
    assert_eq!(refused, NoShare::FalsePads { liars, have: 0, needed: 3 }.into());
    let elsewhere = trustees.pads(&header, 0).into_iter().map(|(x, pad)| (x - 1, pad)).collect();
    let refused = open(&trustees, &header, two.entry(), 0, &elsewhere).unwrap_err();
    assert_eq!(refused, NoShare::TooFew { have: 0, needed: 3 }.into());
}

#[test]
fn trustees_who_lie_are_named_and_do_not_keep_the_part_closed() {
    let (device, trustees) = (device(1), Trustees::new(3, 7));
    let sealed = trustees.seal(&mut sealer(), &mut rng(2), &device, &[b"secret"]).unwrap();
    let header = sealed.entry().verify(device.public()).unwrap();
    for liars in [&[200, 180][..], &[80, 100, 120], &[200, 140, 80, 180]] {
        let mut pads = trustees.pads(&header, 0);
        for x in liars {
            let mut noise = *pads[x].reveal();
            noise[31] ^= 1;
            pads.insert(*x, Pad::from_bytes(&noise));
        }
        let opened = open(&trustees, &header, sealed.entry(), 0, &pads).unwrap();
        let mut named = liars.to_vec();
        named.sort_unstable();
        assert_eq!((opened.plaintext.as_bytes(), opened.liars), (&b"secret"[..], named));
        assert!(opened.misdealt.is_empty(), "the author dealt rightly");
    }
    // One pad alone is enough to name who gave it.
    for x in [200, 80] {
        let refused = open(&trustees, &header, sealed.entry(), 0, &[(x, Pad::from_bytes(&[7; 32]))].into());
        assert_eq!(refused.unwrap_err(), NoShare::FalsePads { liars: vec![x], have: 0, needed: 3 }.into());
        let pads = only(trustees.pads(&header, 0), &[x]);
        let alone = open(&trustees, &header, sealed.entry(), 0, &pads);
        assert_eq!(alone.unwrap_err(), NoShare::TooFew { have: 1, needed: 3 }.into(), "a true one is no lie");
    }
}

/// Without C_i the author could let one pair of trustees open one thing and another pair another.
#[test]
fn an_author_who_deals_inconsistently_is_caught_by_the_commitment() {
    let (device, trustees) = (device(1), Trustees::new(2, 3));
    let sealed = trustees.seal(&mut sealer(), &mut rng(2), &device, &[b"secret"]).unwrap();
    let mut header = sealed.header().clone();
    header.parts[0].guard.as_mut().unwrap().points[2][0] ^= 1;
    let header = signed_again(&header, &device);
    let try_with =
        |xs: &[u8]| open(&trustees, &header, sealed.entry(), 0, &only(trustees.pads(&header, 0), xs));
    assert!(try_with(&[200, 180]).unwrap().misdealt.is_empty());
    for xs in [[200, 160], [180, 160]] {
        assert_eq!(try_with(&xs).unwrap_err(), NoShare::NoneFits { have: 2, needed: 2 }.into());
    }
    let all = try_with(&[200, 180, 160]).unwrap();
    assert_eq!((all.liars, all.misdealt), (vec![], vec![160]), "the trustee is not blamed for it");
    // Another commitment: nobody opens it, however many answer.
    let mut header = sealed.header().clone();
    header.parts[0].guard.as_mut().unwrap().commitment[0] ^= 1;
    let header = signed_again(&header, &device);
    let refused = open(&trustees, &header, sealed.entry(), 0, &trustees.pads(&header, 0)).unwrap_err();
    assert_eq!(refused, NoShare::NoneFits { have: 3, needed: 2 }.into());
}

/// The copy attack of reference/shares.py: the victim's wraps in an entry of the thief's, in a compartment
/// where the thief may open.
#[test]
fn wraps_copied_into_any_other_entry_recover_nothing() {
    let (victim, thief, trustees) = (device(1), device(2), Trustees::new(2, 3));
    let theirs = trustees.seal(&mut sealer(), &mut rng(2), &victim, &[b"first", b"other"]).unwrap();
    type Change = fn(&mut EntryHeader);
    let places: [(&str, Change); 9] = [
        ("device", |_| {}),
        ("mission", |h| h.mission = MissionId::from_bytes([9; 32])),
        ("compartment", |h| h.compartment = CompartmentId::from_bytes([9; 16])),
        ("epoch", |h| h.epoch = EpochId::from_bytes([9; 32])),
        ("journal", |h| h.journal = JournalId::from_bytes([9; 16])),
        ("place in the journal", |h| (h.seq, h.prev) = (5, EntryId::from_bytes([9; 32]))),
        ("salt", |h| h.salt.0[0] ^= 1),
        ("number of parts", |h| h.parts.truncate(1)),
        ("another trustee's key", |h| h.trustees[1].key = KeyId([55; 32])),
    ];
    let receive = |header: &VerifiedHeader| {
        let (secret, key) = trustees.key(0);
        secret.receive(header, &trustees.set, trustees.set.places()[0].trustee, key)
    };
    for (what, change) in places {
        let signer = if what == "device" { &thief } else { &victim };
        let mut header = theirs.header().clone();
        header.device = signer.id();
        change(&mut header);
        assert_eq!(receive(&signed_again(&header, signer)), Err(ShareRefusal::CannotUnwrap), "{what}");
    }
    assert_eq!(
        receive(&signed_again(theirs.header(), &victim)).unwrap().len(),
        2,
        "the changes were what failed"
    );
}

#[test]
fn a_trustee_takes_only_what_is_for_its_place_in_its_set() {
    let (device, trustees) = (device(1), Trustees::new(2, 3));
    let sealed = trustees.seal(&mut sealer(), &mut rng(2), &device, &[b"part"]).unwrap();
    let header = sealed.entry().verify(device.public()).unwrap();
    let ((secret, key), trustee) = (trustees.key(1), trustees.set.places()[1].trustee);
    let with =
        |set: &TrusteeSet, trustee, key| secret.receive(&header, set, trustee, key).map(|pads| pads.len());
    assert_eq!(with(&trustees.set, trustee, key), Ok(1));
    let named = |t, change: fn(&mut Vec<TrusteePlace>), id| {
        let mut places = trustees.set.places().to_vec();
        change(&mut places);
        TrusteeSet::new(StatementId::from_bytes(id), t, places).unwrap()
    };
    assert_eq!(with(&named(2, |_| {}, [7; 32]), trustee, key), Err(ShareRefusal::OtherSet));
    assert_eq!(with(&trustees.set, KeyId([77; 32]), key), Err(ShareRefusal::NoPlace));
    assert_eq!(with(&named(2, |p| p.truncate(2), [6; 32]), trustee, key), Err(ShareRefusal::NoPlace));
    assert_eq!(with(&trustees.set, trustee, KeyId([9; 32])), Err(ShareRefusal::OtherKey { named: key }));
    // Another place than the author dealt to, another of its keys, another's wrap in its place.
    assert_eq!(with(&named(2, |p| p[1].x = 9, [6; 32]), trustee, key), Err(ShareRefusal::CannotUnwrap));
    let other = trustees.key(0).0.receive(&header, &trustees.set, trustee, key);
    assert_eq!(other, Err(ShareRefusal::CannotUnwrap));
    for change in [
        (|h| h.trustees[1].commitment[0] ^= 1) as fn(&mut EntryHeader),
        |h| h.trustees[1].wrap[0] ^= 1,
        |h| h.trustees[1].enc[0] ^= 1,
        |h| h.trustees[1].wrap = h.trustees[0].wrap,
    ] {
        let mut changed = sealed.header().clone();
        change(&mut changed);
        let refused = secret.receive(&signed_again(&changed, &device), &trustees.set, trustee, key);
        assert_eq!(refused, Err(ShareRefusal::CannotUnwrap));
    }
    // Another commitment to its pad would make it look like a liar; those to others' are theirs to check.
    for (rank, taken) in [(1, Err(ShareRefusal::OtherPad { index: 0 })), (0, Ok(1)), (2, Ok(1))] {
        let mut changed = sealed.header().clone();
        changed.parts[0].guard.as_mut().unwrap().pads[rank][31] ^= 1;
        let said = secret.receive(&signed_again(&changed, &device), &trustees.set, trustee, key);
        assert_eq!(said.map(|pads| pads.len()), taken, "{rank}");
    }
    // An open entry is for no trustee.
    let open =
        sealer().seal(&mut rng(2), &device, epoch(&epoch_secret(1)), SeenSizes::default(), &[b"a"]).unwrap();
    let open = open.entry().verify(device.public()).unwrap();
    assert_eq!(secret.receive(&open, &trustees.set, trustee, key), Err(ShareRefusal::OtherSet));
}

#[test]
fn pads_open_nothing_without_the_epochs_secret_or_under_another_rule_or_set() {
    let (device, trustees) = (device(1), Trustees::new(2, 3));
    let sealed = trustees.seal(&mut sealer(), &mut rng(2), &device, &[b"part"]).unwrap();
    let header = sealed.entry().verify(device.public()).unwrap();
    let part = header.verify_part(0, &sealed.entry().ciphertexts[0]).unwrap();
    let (opener, pads) = (Opener::new().unwrap(), trustees.pads(&header, 0));
    let none = CannotOpenGuarded::from(NoShare::NoneFits { have: 3, needed: 2 });
    let refused = opener.open_guarded(&part, Rule::TwoSeal, &epoch_secret(2), &trustees.set, &pads);
    assert_eq!(refused.unwrap_err(), none);
    for rule in [Rule::TwoPerson, Rule::Open] {
        let refused = opener.open_guarded(&part, rule, &epoch_secret(1), &trustees.set, &pads);
        assert_eq!(refused.unwrap_err(), none, "{rule:?}");
    }
    let other = TrusteeSet::new(StatementId::from_bytes([7; 32]), 2, trustees.set.places().to_vec()).unwrap();
    let refused = opener.open_guarded(&part, Rule::TwoSeal, &epoch_secret(1), &other, &pads);
    assert_eq!(refused.unwrap_err(), NoShare::OtherSet.into());
    let fewer = trustees.set.places()[..2].to_vec();
    let fewer = TrusteeSet::new(trustees.set.id(), 2, fewer).unwrap();
    let refused = opener.open_guarded(&part, Rule::TwoSeal, &epoch_secret(1), &fewer, &pads);
    assert_eq!(refused.unwrap_err(), NoShare::OtherSet.into());
    // Nor does the members' key alone open it, by any way there is.
    let keys = EntryKeys::derive(&header, &epoch_secret(1));
    assert_eq!(Opener::new().unwrap().open(&keys, &part), Err(CannotOpen));
    // And an open part is not for trustees.
    let open =
        sealer().seal(&mut rng(2), &device, epoch(&epoch_secret(1)), SeenSizes::default(), &[b"a"]).unwrap();
    let header = open.entry().verify(device.public()).unwrap();
    let part = header.verify_part(0, &open.entry().ciphertexts[0]).unwrap();
    let refused = opener.open_guarded(&part, Rule::TwoSeal, &epoch_secret(1), &trustees.set, &Pads::new());
    assert_eq!(refused.unwrap_err(), CannotOpenGuarded::NotGuarded);
}

/// An advance opening keeps the share: it opens that part later, and nothing else.
#[test]
fn a_kept_share_opens_its_part_and_no_other() {
    let (device, trustees) = (device(1), Trustees::new(2, 3));
    let sealed = trustees.seal(&mut sealer(), &mut rng(2), &device, &[b"first", b"other"]).unwrap();
    let entry = sealed.entry();
    let header = entry.verify(device.public()).unwrap();
    let kept = open(&trustees, &header, entry, 0, &trustees.pads(&header, 0)).unwrap().share;
    let kept = PartShare::from_bytes(kept.reveal());
    let place = GuardedPlace::of(&header.verify_part(0, &entry.ciphertexts[0]).unwrap(), Rule::TwoSeal);
    let opener = Opener::new().unwrap();
    let with = |place: &GuardedPlace, n, index: usize| {
        let opened = opener.open_with_share(place, &epoch_secret(n), &kept, &entry.ciphertexts[index]);
        opened.map(|plaintext| plaintext.as_bytes().to_vec())
    };
    assert_eq!(with(&place, 1, 0).unwrap(), b"first");
    assert_eq!(with(&place, 2, 0), Err(CannotOpen), "another epoch");
    assert_eq!(with(&place, 1, 1), Err(CannotOpen), "another part's ciphertext");
    assert_eq!(with(&GuardedPlace { index: 1, ..place }, 1, 1), Err(CannotOpen), "another part");
    assert_eq!(with(&GuardedPlace { ctx: [1; 32], ..place }, 1, 0), Err(CannotOpen), "another entry");
    assert_eq!(with(&GuardedPlace { rule: Rule::TwoPerson, ..place }, 1, 0), Err(CannotOpen), "another rule");
    assert_eq!(opener.open_with_share(&place, &epoch_secret(1), &kept, &[0; 15]), Err(CannotOpen));
    let other = PartShare::from_bytes(&[1; 32]);
    assert_eq!(
        opener.open_with_share(&place, &epoch_secret(1), &other, &entry.ciphertexts[0]),
        Err(CannotOpen)
    );
}

/// Compression would let the length say what is in it; a padded length says one of four sizes.
#[test]
fn guarded_parts_are_not_compressed_and_tell_one_of_four_lengths() {
    let (device, trustees) = (device(1), Trustees::new(2, 2));
    let lengths = |parts: &[Vec<u8>]| {
        let sealed = trustees.seal(&mut sealer(), &mut rng(2), &device, parts).unwrap();
        sealed.header().parts.iter().map(|part| part.padded_length).collect::<Vec<_>>()
    };
    let zeros = |len: usize| vec![0; len];
    assert_eq!(lengths(&[zeros(0), zeros(1022), zeros(1023)]), [1024, 1024, 4096]);
    assert_eq!(lengths(&[zeros(5000), zeros(60_000), zeros(65_535)]), [16_384, 65_536, 67_584]);
}

/// reference/snapshot.py for guarded entries: the generator repeats itself, something else is written.
#[test]
fn a_machine_that_was_set_back_repeats_nothing_guarded() {
    let (device, trustees) = (device(1), Trustees::new(2, 3));
    let seal = |of: &Trustees, part: &[u8]| of.seal(&mut sealer(), &mut SetBack, &device, &[part]).unwrap();
    let a = seal(&trustees, b"witness: A. sleeps at the mission school  ");
    let b = seal(&trustees, b"witness: B. moved to the parish in Kaga   ");
    let same = |a: &counterseal_seal::SealedEntry, b: &counterseal_seal::SealedEntry| {
        let (a, b) = (&a.entry().ciphertexts[0], &b.entry().ciphertexts[0]);
        a.iter().zip(b).filter(|(a, b)| a == b).count()
    };
    let apart = |a: &EntryHeader, b: &EntryHeader| {
        let guards = (a.parts[0].guard.as_ref().unwrap(), b.parts[0].guard.as_ref().unwrap());
        assert_ne!(guards.0.commitment, guards.1.commitment);
        assert!(guards.0.points.iter().zip(&guards.1.points).all(|(a, b)| a != b));
        assert!(guards.0.pads.iter().zip(&guards.1.pads).all(|(a, b)| a != b));
        for (a, b) in a.trustees.iter().zip(&b.trustees) {
            assert!(a.enc != b.enc && a.wrap != b.wrap && a.commitment != b.commitment);
        }
        assert!(a.trustees[0].enc != a.trustees[1].enc, "nor within one entry");
    };
    assert_ne!(a.header().salt, b.header().salt, "another plaintext, another salt");
    assert!(same(&a, &b) < 30, "one key stream was used twice");
    apart(a.header(), b.header());
    assert_eq!(seal(&trustees, b"witness: A. sleeps at the mission school  "), a, "the same is the same");

    // The same plaintext, but the trustees' keys changed meanwhile: the salt is the same, the context is not.
    let others = Trustees::new(3, 4);
    let c = seal(&others, b"witness: A. sleeps at the mission school  ");
    assert_eq!(a.header().salt, c.header().salt);
    assert!(same(&a, &c) < 30);
    apart(a.header(), c.header());
}

#[test]
fn what_cannot_be_guarded_is_refused_before_anything_is_sealed() {
    let (device, trustees) = (device(1), Trustees::new(2, 3));
    let (mut sealer, keys) = (sealer(), trustees.public());
    let mut seal = |rule, keys: &[TrusteePublic<'_>], parts: &[Vec<u8>]| {
        let guard = SealingGuard { rule, set: &trustees.set, keys };
        let sealed = sealer.seal_guarded(
            &mut rng(2),
            &device,
            epoch(&epoch_secret(1)),
            guard,
            SeenSizes::default(),
            parts,
        );
        sealed.map(|sealed| sealed.seq())
    };
    let part = [b"part".to_vec()];
    assert_eq!(seal(Rule::Open, &keys, &part), Err(SealError::NotGuarded));
    assert_eq!(seal(Rule::TwoSeal, &keys[..2], &part), Err(SealError::TrusteeKeys { keys: 2, trustees: 3 }));
    let twice = [keys[0], keys[1], TrusteePublic { key: keys[0].key, ..keys[2] }];
    assert_eq!(seal(Rule::TwoSeal, &twice, &part), Err(SealError::BadTrusteeKey { key: keys[0].key }));
    let no_key = [0xff; counterseal_register::HPKE_PUBLIC_LEN];
    let bad = [keys[0], TrusteePublic { public: &no_key, ..keys[1] }, keys[2]];
    assert_eq!(seal(Rule::TwoSeal, &bad, &part), Err(SealError::BadTrusteeKey { key: keys[1].key }));
    assert_eq!(seal(Rule::TwoSeal, &keys, &[]), Err(SealError::OutOfLimits { parts: 0, bytes: 0 }));
    let long = vec![0; MAX_CONTENT + 1];
    let refused = seal(Rule::TwoSeal, &keys, &[long]);
    assert_eq!(refused, Err(SealError::PartTooLong { index: 0, len: MAX_CONTENT + 1 }));
    assert_eq!(seal(Rule::TwoPerson, &keys, &part), Ok(0), "the journal has not moved");
    assert_eq!(seal(Rule::TwoSeal, &keys, &part), Ok(1), "and now it has");
}

#[test]
fn open_and_guarded_entries_share_a_journal() {
    let (device, trustees) = (device(1), Trustees::new(1, 1));
    let mut sealer = sealer();
    let guarded = trustees.seal(&mut sealer, &mut rng(2), &device, &[b"a"]).unwrap();
    let open =
        sealer.seal(&mut rng(3), &device, epoch(&epoch_secret(1)), SeenSizes::default(), &[b"b"]).unwrap();
    assert_eq!((open.seq(), open.header().prev), (1, guarded.id()));
    assert!(!open.header().is_guarded() && open.header().parts[0].guard.is_none());
    let header = guarded.entry().verify(device.public()).unwrap();
    let opened = self::open(&trustees, &header, guarded.entry(), 0, &trustees.pads(&header, 0)).unwrap();
    assert_eq!(opened.plaintext.as_bytes(), b"a");
}

#[test]
fn a_trustee_set_that_cannot_share_is_none() {
    let set = |t: u8, xs: &[u8]| {
        let places =
            xs.iter().enumerate().map(|(j, x)| TrusteePlace { trustee: KeyId([j as u8; 32]), x: *x });
        TrusteeSet::new(StatementId::from_bytes([1; 32]), t, places.collect()).map(|set| set.threshold())
    };
    assert_eq!(set(2, &[1, 2, 255]), Ok(2));
    assert_eq!(set(9, &[1, 2, 3, 4, 5, 6, 7, 8, 9]), Ok(9));
    assert_eq!(set(1, &[1]), Ok(1), "the demonstration");
    assert_eq!(set(1, &[1, 2]), Err(BadTrusteeSet::Threshold { threshold: 1, trustees: 2 }));
    assert_eq!(set(3, &[1, 2]), Err(BadTrusteeSet::Threshold { threshold: 3, trustees: 2 }));
    assert_eq!(set(0, &[1]), Err(BadTrusteeSet::Threshold { threshold: 0, trustees: 1 }));
    assert_eq!(set(1, &[]), Err(BadTrusteeSet::Count { trustees: 0 }));
    assert_eq!(set(2, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), Err(BadTrusteeSet::Count { trustees: 10 }));
    assert_eq!(set(2, &[1, 0]), Err(BadTrusteeSet::Place { x: 0 }));
    assert_eq!(set(2, &[3, 5, 3]), Err(BadTrusteeSet::Place { x: 3 }));
    let same = [1, 2].map(|x| TrusteePlace { trustee: KeyId([7; 32]), x }).to_vec();
    let refused = TrusteeSet::new(StatementId::from_bytes([1; 32]), 2, same);
    assert_eq!(refused, Err(BadTrusteeSet::Twice { trustee: KeyId([7; 32]) }));
}

#[test]
fn debug_output_tells_nothing_guarded() {
    let (device, trustees) = (device(1), Trustees::new(1, 1));
    let sealed = trustees.seal(&mut sealer(), &mut rng(2), &device, &[b"Kaga"]).unwrap();
    let header = sealed.entry().verify(device.public()).unwrap();
    let pads = trustees.pads(&header, 0);
    let opened = open(&trustees, &header, sealed.entry(), 0, &pads).unwrap();
    assert_eq!(
        format!("{opened:?} {pads:?} {:?}", trustees.key(0).0),
        "OpenedGuarded { plaintext: Plaintext(4 bytes), share: PartShare(secret), liars: [], misdealt: [] } \
         {200: Pad(secret)} TrusteeKeySecret(secret)"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_guarded_parts_come_back(
        parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..2000), 1..4),
        n in 2u8..6, t in 2u8..6, seed: u64,
    ) {
        let (device, trustees) = (device(1), Trustees::new(t.min(n), n));
        let sealed = trustees.seal(&mut sealer(), &mut rng(seed), &device, &parts).unwrap();
        let header = sealed.entry().verify(device.public()).unwrap();
        prop_assert!(header.header().parts.iter().all(|part: &PartHeader| part.guard.is_some()));
        for (index, part) in parts.iter().enumerate() {
            let mut pads = trustees.pads(&header, index);
            while pads.len() > t.min(n).into() {
                let first = *pads.keys().nth(seed as usize % pads.len()).unwrap();
                pads.remove(&first);
            }
            let opened = open(&trustees, &header, sealed.entry(), index, &pads).unwrap();
            prop_assert_eq!(opened.plaintext.as_bytes(), part.as_slice());
        }
    }
}

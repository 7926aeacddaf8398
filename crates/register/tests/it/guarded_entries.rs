//! Guarded entries' headers: their shape, and every way in which it can be wrong.

use crate::entries::{dev, header, header_refused, signed_header};
use counterseal_model::StatementId;
use counterseal_model::cbor::{from_bytes_strict, to_bytes};
use counterseal_register::*;

fn trustee(n: u8) -> TrusteeHeader {
    TrusteeHeader {
        key: KeyId([n; 32]),
        enc: Box::new([n; WRAP_ENC_LEN]),
        wrap: [n; WRAP_LEN],
        commitment: [n; 32],
    }
}

/// A part's guard, of `n` trustees.
fn share(n: u8) -> PartGuard {
    PartGuard { commitment: [8; 32], points: vec![[9; 32]; n.into()], pads: vec![[10; 32]; n.into()] }
}

/// The header, guarded by three trustees.
pub(crate) fn guard(header: EntryHeader) -> EntryHeader {
    let mut guarded = EntryHeader {
        trustee_set: Some(StatementId::from_bytes([7; 32])),
        trustees: (1..=3).map(trustee).collect(),
        ..header
    };
    for part in &mut guarded.parts {
        part.guard = Some(share(3));
    }
    guarded
}

#[track_caller]
fn guarded_refused(change: impl FnOnce(&mut EntryHeader), code: &str) {
    let guarded = |h: &mut EntryHeader| {
        *h = guard(h.clone());
        change(h);
    };
    header_refused(guarded, code);
}

#[test]
fn a_guarded_header_comes_back_from_its_bytes_as_it_was() {
    let dev = dev();
    for n in [1, 2, 9] {
        let mut guarded = guard(header(&dev));
        guarded.trustees = (1..=n).map(trustee).collect();
        guarded.parts[0].guard = Some(share(n));
        let verified = verify_header(&signed_header(&guarded, &dev), &dev.keys).unwrap();
        assert_eq!(verified.header(), &guarded);
        assert!(verified.header().is_guarded());
    }
    assert!(!header(&dev).is_guarded());
}

#[test]
fn every_bit_of_a_guarded_header_counts() {
    let dev = dev();
    let bytes = signed_header(&guard(header(&dev)), &dev);
    for at in (0..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(verify_header(&changed, &dev.keys).is_err(), "byte {at}");
        assert!(verify_header(&bytes[..at], &dev.keys).is_err(), "cut at {at}");
    }
}

/// Half a guard would be read as none by somebody.
#[test]
fn a_header_is_guarded_as_a_whole_or_not_at_all() {
    let set = StatementId::from_bytes([7; 32]);
    header_refused(|h| h.trustee_set = Some(set), "entry-trustee-count");
    header_refused(|h| h.trustees = vec![trustee(1)], "entry-trustee-set-missing");
    header_refused(|h| h.parts[0].guard = Some(share(1)), "entry-part-guarded");
    guarded_refused(|h| h.trustee_set = None, "entry-trustee-set-missing");
    guarded_refused(|h| h.parts[0].guard = None, "entry-part-open");
    guarded_refused(
        |h| {
            let open = PartHeader { guard: None, ..h.parts[0].clone() };
            h.parts.push(open);
        },
        "entry-part-open",
    );
}

#[test]
fn there_are_as_many_points_and_commitments_as_trustees_and_at_most_nine() {
    guarded_refused(|h| drop(h.trustees.pop()), "entry-point-count");
    guarded_refused(|h| h.trustees.push(trustee(4)), "entry-point-count");
    guarded_refused(
        |h| {
            let mut other = h.parts[0].clone();
            other.guard.as_mut().unwrap().points.pop();
            h.parts.push(other);
        },
        "entry-point-count",
    );
    guarded_refused(|h| h.parts[0].guard.as_mut().unwrap().pads.truncate(2), "entry-point-count");
    guarded_refused(|h| h.parts[0].guard.as_mut().unwrap().pads.push([10; 32]), "entry-point-count");
    guarded_refused(|h| h.trustees = (1..=10).map(trustee).collect(), "entry-trustee-count");
    guarded_refused(|h| h.trustees.clear(), "entry-trustee-count");
    guarded_refused(|h| h.parts[0].guard.as_mut().unwrap().points = vec![[9; 32]; 10], "entry-malformed");
    guarded_refused(|h| h.parts[0].guard.as_mut().unwrap().points.clear(), "entry-malformed");
    guarded_refused(|h| h.parts[0].guard.as_mut().unwrap().pads.clear(), "entry-malformed");
}

/// One trustee in two places would be two of the t.
#[test]
fn no_key_stands_twice() {
    guarded_refused(|h| h.trustees[2].key = h.trustees[0].key, "entry-trustee-key-twice");
}

/// A payload whose lengths are not what they must be, signed by its author.
#[test]
fn hostile_lengths_are_refused_while_reading() {
    let dev = dev();
    let payload = to_bytes(&guard(header(&dev)));
    let refused = |payload: Vec<u8>, what: &str| {
        let signed = Signed::assemble(&payload, vec![dev.cose(Label::ENTRY_SIGN, &payload)]);
        assert_eq!(verify_header(signed.bytes(), &dev.keys).unwrap_err().code(), "entry-malformed", "{what}");
    };
    let find = |needle: &[u8]| payload.windows(needle.len()).position(|w| w == needle).unwrap();
    let replaced = |needle: &[u8], with: &[u8]| {
        let at = find(needle);
        [&payload[..at], with, &payload[at + needle.len()..]].concat()
    };
    // 96 bytes of points: 58 60.
    let points: Vec<u8> = [&[0x58, 0x60][..], &[9; 96]].concat();
    refused(replaced(&points, &[&[0x58, 0x5f][..], &[9; 95]].concat()), "points cut");
    refused(replaced(&points, &[&[0x58, 0x61][..], &[9; 97]].concat()), "points too long");
    refused(replaced(&points, &[&[0x59, 0x01, 0x40][..], &[9; 320]].concat()), "ten points");
    refused(replaced(&points, &[0x40]), "no points");
    let pads: Vec<u8> = [&[0x58, 0x60][..], &[10; 96]].concat();
    refused(replaced(&pads, &[&[0x58, 0x5f][..], &[10; 95]].concat()), "commitments cut");
    refused(replaced(&pads, &[]), "no commitments at all");
    refused(replaced(&[0x0c, 0x81, 0x85], &[0x0c, 0x81, 0x84]), "a part of four items");
    refused(
        replaced(&[0x0c, 0x81, 0x85], &[0x0c, 0x9b, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0x85]),
        "2^64 parts",
    );
    refused(replaced(&[0x0d, 0x83], &[0x0d, 0x9b, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]), "2^64 trustees");
    refused(replaced(&[0x0d, 0x83, 0x84], &[0x0d, 0x83, 0x85]), "a trustee of five items");
    let enc: Vec<u8> = [&[0x59, 0x04, 0x60][..], &[1; 1120]].concat();
    refused(replaced(&enc, &[&[0x59, 0x04, 0x5f][..], &[1; 1119]].concat()), "an encapsulation cut");
    let wrap: Vec<u8> = [&[0x58, 0x30][..], &[1; 48]].concat();
    refused(replaced(&wrap, &[&[0x58, 0x31][..], &[1; 49]].concat()), "a wrap too long");
    assert!(from_bytes_strict::<EntryHeader>(&payload).is_ok(), "the changes were what failed");
}

#[test]
fn ctx_binds_the_set_and_the_keys_and_not_what_depends_on_it() {
    let base = guard(header(&dev()));
    let changed = |change: fn(&mut EntryHeader)| {
        let mut header = base.clone();
        change(&mut header);
        header.ctx() != base.ctx()
    };
    assert!(changed(|h| h.trustee_set = Some(StatementId::from_bytes([6; 32]))));
    assert!(changed(|h| h.trustees[1].key = KeyId([6; 32])));
    assert!(changed(|h| h.trustees.swap(0, 1)));
    assert!(changed(|h| drop(h.trustees.pop())));
    assert!(!changed(|h| h.trustees[1].wrap = [6; WRAP_LEN]));
    assert!(!changed(|h| h.trustees[1].commitment = [6; 32]));
    assert!(!changed(|h| h.parts[0].guard.as_mut().unwrap().points[0] = [6; 32]));
    assert!(!changed(|h| h.parts[0].guard.as_mut().unwrap().pads[0] = [6; 32]));
}

#[test]
fn a_verified_part_gives_its_commitments_and_points() {
    let dev = dev();
    let guarded = guard(header(&dev));
    let verified = verify_header(&signed_header(&guarded, &dev), &dev.keys).unwrap();
    let ciphertext = crate::entries::ciphertext();
    let part = verified.verify_part(0, &ciphertext).unwrap();
    assert_eq!(part.guard(), guarded.parts[0].guard.as_ref());
    assert_eq!(format!("{:?}", guarded.trustees[0]), "TrusteeHeader(KeyId(01010101))");
}

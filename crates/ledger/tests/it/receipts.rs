//! Receipts (tlog-proof): what is read, and what they show.

use counterseal_ledger::*;

use crate::common::*;

const NOW: u64 = 1_700_000_000;

fn receipt() -> (Log, Policy, Receipt) {
    let (log, checkpoint) = Log::with(70);
    let witness = cosigner("w.example", 9);
    let mut signed = checkpoint.signed().clone();
    signed.add(cosign(&checkpoint, &log.key(), &witness, NOW)).unwrap();
    let (ed, ml) = (witness.public().ed25519(), witness.public().ml_dsa_44());
    let text = format!("log {}\nwitness ed {ed}\nwitness ml {ml}\ngroup W all ed ml\nquorum W\n", log.key());
    let proof = InclusionProof::make(41, 70, &mut log.naive()).unwrap();
    let receipt = Receipt { extra: None, index: 41, proof, checkpoint: signed };
    (log, Policy::parse(text.as_bytes()).unwrap(), receipt)
}

#[test]
fn a_receipt_shows_where_an_entry_stands_and_who_saw_it_when() {
    let (log, policy, receipt) = receipt();
    let read = Receipt::parse(receipt.to_string().as_bytes()).unwrap();
    assert_eq!(read, receipt);
    let shown = read.verify(&log.entries[41], &policy).unwrap();
    assert_eq!(shown.index(), 41);
    assert_eq!(shown.checkpoint().checkpoint().head().size, 70);
    let seen = Cosigned { witness: name("w.example"), time: NOW };
    assert_eq!(shown.checkpoint().cosigned(), [seen]);
}

#[test]
fn extra_data_is_carried_and_believed_by_nobody() {
    let (log, policy, receipt) = receipt();
    for extra in [Some(Vec::new()), Some(b"anything".to_vec()), None] {
        let receipt = Receipt { extra, ..receipt.clone() };
        let read = Receipt::parse(receipt.to_string().as_bytes()).unwrap();
        assert_eq!(read, receipt);
        assert!(read.verify(&log.entries[41], &policy).is_ok());
    }
}

#[test]
fn other_entries_places_and_trees_are_refused() {
    let (log, policy, receipt) = receipt();
    let refused = |receipt: Receipt, entry: &[u8]| receipt.verify(entry, &policy).unwrap_err();
    let wrong = refused(receipt.clone(), &log.entries[40]);
    assert_eq!(wrong, ReceiptRefusal::Proof(ProofRefusal::Mismatch));
    let moved = Receipt { index: 40, ..receipt.clone() };
    assert_eq!(refused(moved, &log.entries[41]), ReceiptRefusal::Proof(ProofRefusal::Mismatch));
    let outside = Receipt { index: 70, ..receipt.clone() };
    let wrong = refused(outside, &log.entries[41]);
    assert!(matches!(wrong, ReceiptRefusal::Proof(ProofRefusal::OutOfRange { .. })));
    let (mut fork, checkpoint) = forked(70, 3);
    let swapped = Receipt { checkpoint: checkpoint.signed().clone(), ..receipt.clone() };
    let wrong = refused(swapped, &log.entries[41]);
    assert!(matches!(wrong, ReceiptRefusal::Policy(PolicyRefusal::NoQuorum { .. })), "{wrong}");
    let newer = fork.append(&entries(1));
    let uncosigned = Receipt { checkpoint: newer.signed().clone(), ..receipt };
    assert!(matches!(refused(uncosigned, &log.entries[41]), ReceiptRefusal::Policy(_)));
}

#[test]
fn what_is_no_receipt_is_refused() {
    let (.., receipt) = receipt();
    let good = receipt.to_string();
    let note = good.find("\n\n").unwrap() + 2;
    for cut in (0..note + 200).chain(good.len() - 5..good.len()) {
        let whole = good.is_char_boundary(cut) && Receipt::parse(&good.as_bytes()[..cut]).is_ok();
        assert!(!whole, "{cut}");
    }
    let hash = receipt.proof.hashes()[0].to_string();
    for bad in [
        good.replace("proof@v1", "proof@v2"),
        format!("\n{good}"),
        format!("{good}\n"),
        format!("{good}more"),
        good.replace("index 41", "index 041"),
        good.replace("index 41", "index +41"),
        good.replace("index 41", "index  41"),
        good.replace("index 41", "Index 41"),
        good.replace("index 41\n", ""),
        good.replace("index 41", "index 41\nindex 41"),
        good.replace("index 41", "index 9223372036854775808"),
        good.replace("index 41", "extra\nindex 41"),
        good.replace("index 41", "extra YQ\nindex 41"),
        good.replace("index 41", "extra YR==\nindex 41"),
        good.replace("index 41", "extra YQ==\nextra YQ==\nindex 41"),
        good.replace("index 41", "index 41\nextra YQ=="),
        good.replace(&hash, &format!(" {hash}")),
        good.replace(&hash, &hash[..40]),
        good.replace(&hash, &format!("{hash}\r")),
        good.replacen(&hash, &vec![hash.clone(); 64].join("\n"), 1),
        good.replacen("\n\n", "\n", 1),
        good.replacen("\n\n", "\n\n\n", 1),
    ] {
        assert!(Receipt::parse(bad.as_bytes()).is_err(), "{bad}");
    }
    let why = |text: &str| Receipt::parse(text.as_bytes()).unwrap_err().why;
    assert_eq!(why(&"x".repeat(MAX_RECEIPT)), "no empty line before the checkpoint");
    assert_eq!(why(&"x".repeat(MAX_RECEIPT + 1)), "it has more than 512 KiB");
}

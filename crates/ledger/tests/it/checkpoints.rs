//! Checkpoints: their text, and whose they are.

use counterseal_ledger::*;

use crate::common::*;

/// tlog-checkpoint's example. Nobody has published its key.
const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

#[test]
fn the_example_of_the_specification_is_read() {
    let signed = SignedCheckpoint::parse(EXAMPLE.as_bytes()).unwrap();
    assert_eq!(signed.claims().origin().as_str(), "example.com/behind-the-sofa");
    assert_eq!(signed.claims().head().size, 20_852_163);
    assert_eq!(signed.claims().text(), signed.note().text());
    assert_eq!(signed.to_string(), EXAMPLE);
    let unknown = signed.verify(&[log_signer(ORIGIN, 1).public().clone()]);
    assert!(matches!(unknown, Err(CheckpointRefusal::UnknownLog { .. })));
}

#[test]
fn what_is_no_checkpoint_is_refused() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let empty = Hash::EMPTY_ROOT;
    let good = format!("log.example\n7\n{root}\n");
    assert_eq!(Checkpoint::parse(&good).unwrap().text(), good);
    assert!(Checkpoint::parse(&format!("log.example\n0\n{empty}\n")).is_ok());
    assert!(Checkpoint::parse(&format!("log.example\n9223372036854775807\n{root}\n")).is_ok());
    for cut in 0..good.len() {
        assert!(Checkpoint::parse(&good[..cut]).is_err(), "{cut}");
    }
    for bad in [
        format!("{good}an extension\n"),
        format!("{good}\n"),
        format!("\n{good}"),
        format!("\n7\n{root}\n"),
        format!("log example\n7\n{root}\n"),
        format!("log+example\n7\n{root}\n"),
        format!("log.example\n\n{root}\n"),
        format!("log.example\n07\n{root}\n"),
        format!("log.example\n00\n{empty}\n"),
        format!("log.example\n+7\n{root}\n"),
        format!("log.example\n-7\n{root}\n"),
        format!("log.example\n7 \n{root}\n"),
        format!("log.example\n0x7\n{root}\n"),
        format!("log.example\n٧\n{root}\n"),
        format!("log.example\n9223372036854775808\n{root}\n"),
        format!("log.example\n18446744073709551616\n{root}\n"),
        format!("log.example\n0\n{root}\n"),
        format!("log.example\n7\n{}\n", root.trim_end_matches('=')),
        format!("log.example\n7\n{}\n", root.replace("2I=", "2J=")),
        format!("log.example\n7\n{root} \n"),
        "log.example\n7\nAAAA\n".to_owned(),
        format!("log.example\n7\n{}\n", Hash::EMPTY_ROOT.to_string().repeat(2)),
    ] {
        assert!(Checkpoint::parse(&bad).is_err(), "{bad:?}");
    }
}

fn reread(text: &str) -> SignedCheckpoint {
    SignedCheckpoint::parse(text.as_bytes()).unwrap()
}

#[test]
fn a_log_signs_and_its_key_alone_verifies() {
    let (log, checkpoint) = Log::with(5);
    let signed = reread(&checkpoint.to_string());
    let verified = signed.clone().verify(&[log.key()]).unwrap();
    assert_eq!(verified, checkpoint);
    assert_eq!(verified.head(), log.naive().head(5));
    let same_name = log_signer(ORIGIN, 2).public().clone();
    let refused = signed.clone().verify(std::slice::from_ref(&same_name));
    assert!(matches!(refused, Err(CheckpointRefusal::Unsigned { .. })), "{refused:?}");
    let both = signed.clone().verify(&[same_name, log.key()]);
    assert!(both.is_ok(), "of a log with two keys one is enough");
    assert!(matches!(signed.verify(&[]), Err(CheckpointRefusal::UnknownLog { .. })));
}

#[test]
fn a_changed_checkpoint_is_refused() {
    let (log, checkpoint) = Log::with(5);
    let text = checkpoint.to_string();
    let outcome =
        |changed: &str| SignedCheckpoint::parse(changed.as_bytes()).map(|signed| signed.verify(&[log.key()]));
    let refused = |changed: String| assert!(!matches!(outcome(&changed), Ok(Ok(_))), "{changed}");
    let bad = outcome(&text.replacen("\n5\n", "\n6\n", 1));
    assert!(matches!(bad, Ok(Err(CheckpointRefusal::BadSignature { .. }))), "{bad:?}");
    refused(text.replace(ORIGIN, "mission.example/journals"));
    refused(text.replacen(ORIGIN, "mission.example/journals", 1));
    let root = checkpoint.head().root.to_string();
    refused(text.replace(&root, &Hash::leaf(b"x").to_string()));
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(changed) = String::from_utf8(bytes) {
            refused(changed);
        }
    }
}

#[test]
fn a_false_signature_beside_a_true_one_spoils_the_checkpoint() {
    // signed-note, "Signatures": clients should reject the whole note.
    let (log, checkpoint) = Log::with(5);
    let mut signed = checkpoint.signed().clone();
    let mut line = signed.note().signatures()[0].clone();
    line.signature[3] ^= 1;
    signed.add([line]).unwrap();
    let refused = reread(&signed.to_string()).verify(&[log.key()]);
    assert!(matches!(refused, Err(CheckpointRefusal::BadSignature { .. })), "{refused:?}");
}

#[test]
fn signatures_by_unknown_keys_are_passed_over() {
    let (log, checkpoint) = Log::with(5);
    let mut signed = checkpoint.signed().clone();
    let line = signed.note().signatures()[0].clone();
    let other_id = SignatureLine { id: NoteKeyId([0; 4]), signature: vec![1], ..line.clone() };
    let other_name = SignatureLine { name: name("elsewhere.example"), signature: vec![1], ..line };
    signed.add([other_id, other_name]).unwrap();
    assert!(signed.verify(&[log.key()]).is_ok());
}

#[test]
fn a_witness_s_key_is_not_a_log_s() {
    // A witness that bears the log's name has not signed as the log by cosigning.
    let (log, checkpoint) = Log::with(5);
    let impostor = cosigner(ORIGIN, 9);
    let lines = cosign(&checkpoint, &log.key(), &impostor, 1_700_000_000);
    let note = format!("{}\n{}", checkpoint.checkpoint().text(), cosignature_lines(&lines));
    let keys = [log.key(), impostor.public().ed25519().clone(), impostor.public().ml_dsa_44().clone()];
    let refused = reread(&note).verify(&keys);
    assert!(matches!(refused, Err(CheckpointRefusal::Unsigned { .. })), "{refused:?}");
    let refused = reread(&note).verify(&keys[1..]);
    assert!(matches!(refused, Err(CheckpointRefusal::UnknownLog { .. })), "{refused:?}");
}

#[test]
fn cosignatures_are_added_once_and_not_without_end() {
    let (log, checkpoint) = Log::with(5);
    let lines = cosign(&checkpoint, &log.key(), &cosigner("w.example", 9), 1_700_000_000);
    let mut signed = checkpoint.signed().clone();
    signed.add(lines.clone()).unwrap();
    signed.add(lines.clone()).unwrap();
    assert_eq!(signed.note().signatures().len(), 3);
    let many = (0..62_u8).map(|n| SignatureLine { signature: vec![n], ..lines[0].clone() });
    assert!(signed.add(many).is_err());
    assert_eq!(signed.note().signatures().len(), MAX_NOTE_SIGNATURES);
    assert!(SignedCheckpoint::parse(signed.to_string().as_bytes()).is_ok());
}

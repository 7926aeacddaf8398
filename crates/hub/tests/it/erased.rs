//! What two persons erase is gone from the hub, and nobody brings it back.

use counterseal_hub::Outcome;
use counterseal_hub::*;
use counterseal_register::*;
use counterseal_seal::{DeviceSecrets, Signer, sign_statement};

use crate::common::*;

async fn push(hub: &RunningHub, push: Push) -> Outcome {
    hub.sequencer().push(vec![push]).await.remove(0)
}

async fn say(hub: &RunningHub, bytes: Vec<u8>) {
    let outcome = push(hub, Push::Statement(bytes)).await;
    assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
}

fn checked(hub: &RunningHub, entry: &Entry) -> Result<CheckedEntry, EntryUnfit> {
    CheckedEntry::check(&hub.sequencer().view().register, entry.to_bytes(), 1)
}

async fn give(hub: &RunningHub, entry: &Entry) -> u64 {
    match push(hub, Push::Entry(Box::new(checked(hub, entry).unwrap()))).await {
        Outcome::Accepted { index } => index,
        refused => panic!("{refused:?}"),
    }
}

fn by_two(site: &mut Site, act: impl Into<Act>) -> Vec<u8> {
    let payload = site.world.draft(act).payload();
    let two: [&DeviceSecrets; 2] = [&site.world.registrar.device, &site.world.ben.device];
    let two = two.map(|device| device as &dyn Signer);
    sign_statement(&payload, Label::STATEMENT_SIGN, &two).unwrap().bytes().to_vec()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ciphertext_of_an_erased_part_is_gone_and_comes_in_from_nobody() {
    let mut site = Site::new(0).await;
    let hub = site.run().await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let (here, late, kept) = (journal.entry(2000, 1), journal.entry(2000, 2), journal.entry(2000, 3));
    let index = give(&hub, &here).await;
    let kept_index = give(&hub, &kept).await;
    // Registrars manage the compartment of everyone.
    let (compartment, ben) = (MISSION_WIDE, site.world.ben.id);
    let (office, extra) = (Office::DataProtection, Default::default());
    site.world.by_governors(AppointOfficer { person: ben, office, section: None, until: None, extra });
    say(&hub, site.world.statements.last().unwrap().clone()).await;
    let mut parts = [&here, &late].map(|entry| PartRef { entry: entry.id(), index: 0 }).to_vec();
    parts.sort();
    let reason = Code::parse("consent-withdrawn").unwrap();
    let act = Withdraw { compartment, parts: parts.clone(), reason, extra: Default::default() };
    site.world.by_registrar(act);
    say(&hub, site.world.statements.last().unwrap().clone()).await;
    let erase = Erase { compartment, parts, extra: Default::default() };
    let early = by_two(&mut site, erase.clone());
    assert!(matches!(push(&hub, Push::Statement(early)).await, Outcome::Refused { code: "cooling-off" }));
    let reader = StoreReader::open(&site.config.store()).unwrap();
    assert_eq!(reader.entry(index).unwrap().unwrap(), here.to_bytes(), "nothing is gone");

    site.clock.pass_days(400);
    say(&hub, by_two(&mut site, erase)).await;
    let gone = |entry: &Entry| {
        let zeros = vec![0; entry.ciphertexts[0].len()];
        Entry { header: entry.header.clone(), ciphertexts: vec![zeros] }.to_bytes()
    };
    assert_eq!(
        reader.entry(index).unwrap().unwrap(),
        gone(&here),
        "of the same length, under its own header"
    );
    assert_eq!(reader.entry(kept_index).unwrap().unwrap(), kept.to_bytes());
    // One that was on its way leaves its header and nothing else, whether it comes whole or as zeros.
    let late_index = give(&hub, &late).await;
    assert_eq!(reader.entry(late_index).unwrap().unwrap(), gone(&late));
    assert!(checked(&hub, &Entry::parse(&gone(&late)).unwrap()).is_ok());
    let lie = checked(&hub, &Entry::parse(&gone(&kept)).unwrap());
    assert!(matches!(lie, Err(EntryUnfit::Entry(_))), "zeros count for an erased part alone");
    drop(reader);
    hub.stop().await;
    for entry in [&here, &late] {
        assert!(!holds(site.folder.path(), &entry.ciphertexts[0][100..164]), "it is in no file");
    }
    assert!(holds(site.folder.path(), &kept.ciphertexts[0][100..164]));
}

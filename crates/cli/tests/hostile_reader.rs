//! What somebody with a desk of their own can ask of trustees that are programs, and of two of them that are not what they
//! were: one that lies, one that came back from a backup.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;
#[path = "common/hostile.rs"]
mod hostile;

use common::servers::Server;
use common::trustees::*;
use common::Computer;
use counterseal_register::*;
use counterseal_seal::{Passphrase, StoreRoot, sign_statement};
use counterseal_trustee::{
    Batch, Hands, NewPad, NoFaults, PartRef as StoredPart, Places, Store, TrusteeConfig,
};
use hostile::*;

const SECRET: &str = "The baker keeps the second key";
const LATER: &str = "The baker moved to the mill";
/// As POLICY, and nobody may follow cases up any more.
const STRICTER: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,audit,mission,Looking again
purpose,case-follow-up,mission,Working on a case
row,effect,who,action,what,purpose,basis,needs,emergency,words
1,permit,anyone,open,*,audit,-,-,-,Only audits
";

fn run(computer: &Computer, name: &str) -> Server {
    Server::start(computer, &["trustee", "run", "--config", &config(name)])
}

/// The logged request for another fresh key; its receipt for another request; asked without one; asked twice, and by who
/// only heard it.
fn a_request_is_worth_nothing_but_what_was_logged(ben: &mut Hostile, ana: &mut Hostile, part: PartRef) {
    let to = ben.trustees().remove(0);
    let draft = ben.draft(part, "case-follow-up");
    let asking = ben.log(draft);
    let substituted = ben.substituted(&asking);
    assert_eq!(ben.word(&substituted, &to), "leaf-other", "a substituted key");
    let draft = ben.draft(part, "case-follow-up");
    let unlogged = ben.log(draft);
    let unlogged = ben.asks(&unlogged, &to, b"");
    let unlogged = ben.ask_by(&unlogged, &to).map(|response| word_of(&response));
    assert_eq!(unlogged, Ok("receipt-missing".to_owned()), "without the log");

    let draft = ben.draft(part, "case-follow-up");
    let good = ben.log(draft);
    let call = ben.asks(&good, &to, &good.receipt);
    let first = ben.ask_by(&call, &to).unwrap();
    assert_eq!(word_of(&first), "released");
    assert!(ben.pad(&good, &first).1.is_some());
    for caller in [&mut *ben, ana] {
        let again = caller.ask_by(&call, &to);
        assert_eq!(again.as_ref(), Ok(&first), "the same answer, sealed to the same key");
    }
    assert!(ben.pad(&substituted, &first).1.is_none(), "which no other key opens");
    let draft = ben.draft(part, "case-follow-up");
    let other = ben.log(draft);
    let borrowed = ben.asks(&other, &to, &good.receipt);
    assert_eq!(word_of(&ben.ask_by(&borrowed, &to).unwrap()), "leaf-other", "another's receipt");
}

/// Ana approves a request of Ben's; in his next one her approval is refused.
fn an_approval_is_good_for_one_request(ben: &mut Hostile, ana: &Hostile, part: PartRef) {
    let to = ben.trustees().remove(0);
    let (mut request, fresh) = ben.draft(part, "case-follow-up");
    let approval = Approval {
        mission: request.mission,
        core: Bytes(request.core_hash()),
        reader: request.reader,
        approver: ana.device.id(),
        made: request.made,
        extra: Default::default(),
    };
    let signed = sign_statement(&approval.payload(), Label::OPENING_APPROVAL, &[&ana.device]).unwrap();
    request.approvals = vec![Blob(signed.bytes().to_vec())];
    let approvals = request.approvals.clone();
    let approved = ben.log((request, fresh));
    assert_eq!(ben.word(&approved, &to), "released", "it was a good one");
    let (mut again, fresh) = ben.draft(part, "case-follow-up");
    again.approvals = approvals;
    let again = ben.log((again, fresh));
    assert_eq!(ben.word(&again, &to), "approval-bad");
}

/// The store of a trustee that does not run is given another pad, before the entry comes.
fn make_it_lie(computer: &Computer, name: &str, part: PartRef) {
    let path = computer.path(&config(name));
    let config = TrusteeConfig::read(&path).unwrap();
    let phrase = std::fs::read_to_string(config.passphrase_file.as_ref().unwrap()).unwrap();
    let key = std::fs::read(config.folder.join("keys/trustee.key")).unwrap();
    let phrase = Passphrase::new(phrase.trim_end()).unwrap();
    let counterseal_seal::KeyHolder::Trustee(secrets) =
        counterseal_seal::unlock(&key, &phrase).unwrap().holder
    else {
        panic!("no trustee's")
    };
    let root = StoreRoot::from_bytes(secrets.store_root().reveal());
    let places =
        Places { first: config.folder.join("store"), second: config.second.clone(), most_bytes: None };
    let hands = Hands { root, rng: Box::new(rng()), faults: Box::new(NoFaults) };
    let (mut store, _) = Store::open(&places, hands).unwrap();
    let part = StoredPart { entry: part.entry, index: part.index };
    let pads = vec![NewPad { part, pad: [7; 32].into() }];
    store.commit(&Batch { pads, ..Batch::default() }).unwrap();
}

/// One of three trustees releases a false pad: the part opens, and the desk says who it was.
fn a_liar_is_named(first: &Computer, second: &Computer, hub: &str, trustees: &mut Vec<Server>) {
    trustees.remove(0).stop();
    seal(first, hub, LATER);
    let two =
        |said: &serde_json::Value| said["guarded"].as_array().unwrap().iter().any(|one| one["have"] == 2);
    let listed = until(first, hub, &["guarded", "list", "--format", "json"], two);
    let all = listed["guarded"].as_array().unwrap();
    let newest = all.iter().find(|one| one["have"] == 2).unwrap();
    let entry = newest["entry"].as_str().unwrap();
    let part = PartRef { entry: entry_of(first, entry).id(), index: 0 };
    make_it_lie(first, TRUSTEES[0], part);
    trustees.insert(0, run(first, TRUSTEES[0]));
    let three = |said: &serde_json::Value| {
        said["guarded"].as_array().unwrap().iter().any(|one| one["entry"] == entry && one["have"] == 3)
    };
    until(first, hub, &["guarded", "list", "--format", "json"], three);
    let open = ["open", entry, "--purpose", "case-follow-up", "--hub", hub, "--format", "json"];
    // Two honest ones may answer first, and then the third is not waited for: until it was heard.
    let lied = |one: &&serde_json::Value| one["word"] == "lied";
    let named = |said: &serde_json::Value| said["trustees"].as_array().unwrap().iter().filter(lied).count();
    until(second, hub, &open, |said| said.to_string().contains(LATER) && named(said) == 1);
    let attention = (0..20).any(|_| second.output(&open).status.code() == Some(3));
    assert!(attention, "it asks for attention");
}

/// A trustee whose first disk was lost releases nothing before it was told how far its release log had come.
fn a_restored_one_waits(first: &Computer, trustees: &mut Vec<Server>, ben: &mut Hostile, part: PartRef) {
    let name = TRUSTEES[1];
    let key = first.path(&format!("{name}.json"));
    let public: serde_json::Value = json(&std::fs::read_to_string(key).unwrap());
    let to = ben.trustees().into_iter().find(|one| public.to_string().contains(&hex::encode(one.pins[0].0)));
    let to = to.unwrap();
    trustees.remove(1).stop();
    std::fs::remove_dir_all(first.path(&format!("{name}/store"))).unwrap();
    std::fs::remove_file(first.path(&format!("{name}/witness.db"))).unwrap();
    first.run(&["trustee", "restore", "--first", "--config", &config(name)]);
    trustees.insert(1, run(first, name));
    let draft = ben.draft(part, "case-follow-up");
    let asking = ben.log(draft);
    assert_eq!(ben.word(&asking, &to), "restoring");
    let (code, said) = status(first, name);
    assert_eq!((code, said["releases"].as_bool()), (Some(3), Some(false)), "{said}");
}

/// Governors replace the policy: a request by the one before is refused, and one by the newest is judged by it.
fn a_stale_policy_decides_nothing(first: &Computer, second: &Computer, hub: &str, part: PartRef) {
    let mut ben = Hostile::at(second, hub);
    let draft = ben.draft(part, "case-follow-up");
    let stale = ben.log(draft);
    let to = ben.trustees().remove(0);
    ben.leave();
    std::fs::write(first.path("stricter.csv"), STRICTER).unwrap();
    first.run(&[&["mission", "policy", "stricter.csv"], &GOVERNOR[..]].concat());
    logged(first, hub);
    logged(second, hub);
    let mut ben = Hostile::at(second, hub);
    assert_eq!(ben.word(&stale, &to), "policy-other");
    let draft = ben.draft(part, "case-follow-up");
    let newest = ben.log(draft);
    assert_eq!(ben.word(&newest, &to), "policy-refuses");
    ben.leave();
}

#[test]
fn what_a_hostile_reader_asks_of_trustees_that_are_programs() {
    // Without waiting days, for what waits them out is not tried here.
    let founder = Computer::founder_with(&["--waiting-days", "0"]);
    let Site { computer: first, mut trustees, hub: server, alone: _alone } = set_up_beside(founder);
    let hub = server.address.clone();
    name_trustees(&first, &hub, POLICY);
    let second = join(&first, &hub, "Officer Inkwell");
    seal(&first, &hub, SECRET);
    let id = sealed(&first, &hub, 1);
    logged(&second, &hub);
    let part = PartRef { entry: entry_of(&first, &id).id(), index: 0 };
    let (mut ben, mut ana) = (Hostile::at(&second, &hub), Hostile::at(&first, &hub));
    a_request_is_worth_nothing_but_what_was_logged(&mut ben, &mut ana, part);
    an_approval_is_good_for_one_request(&mut ben, &ana, part);
    ben.leave();
    ana.leave();
    a_liar_is_named(&first, &second, &hub, &mut trustees);
    a_stale_policy_decides_nothing(&first, &second, &hub, part);
    let mut ben = Hostile::at(&second, &hub);
    a_restored_one_waits(&first, &mut trustees, &mut ben, part);
    ben.leave();
}

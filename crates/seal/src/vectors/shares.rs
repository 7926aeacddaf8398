//! The share scheme against its reference, reference/shares.py: the vector, and its `combine` run by
//! Python on shares that this code dealt.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use counterseal_model::StatementId;
use counterseal_register::{KeyId, PartGuard, Rule, sha256};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};

use super::{fixed, missing, shared};
use crate::schedule::{
    Prk, derive_guarded_prk, derive_pad, derive_part_commitment, derive_part_key, derive_share_commitment,
};
use crate::secrets::{EpochSecret, Pad, PartShare, ShareSecret};
use crate::share::{Combined, Dealt, GuardedPlace, TrusteePlace, TrusteeSet, deal};

fn kat(name: &str) -> [u8; 32] {
    sha256(&[b"kat ", name.as_bytes()])
}

fn set(threshold: u8, xs: impl IntoIterator<Item = u8>) -> TrusteeSet {
    let places = xs.into_iter().map(|x| TrusteePlace { trustee: KeyId([x; 32]), x }).collect();
    TrusteeSet::new(StatementId::from_bytes([1; 32]), threshold, places).unwrap()
}

#[test]
fn the_vector_of_the_reference() {
    let path = "reference/shares-vector.txt";
    let text = match std::fs::read_to_string(shared().join(path)) {
        Ok(text) => text,
        Err(error) => return missing(path, &error.to_string()),
    };
    // The vector is the first JSON value; a log of the reference's own checks follows it.
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let vector = values.next().unwrap().unwrap();
    let (ctx, salt) = (kat("ctx"), kat("salt"));
    let epoch = EpochSecret::from_bytes(&kat("epoch secret"));
    let secrets: Vec<ShareSecret> =
        (1..=3).map(|x| ShareSecret::from_bytes(&kat(&format!("trustee {x}")))).collect();
    let Dealt { share, points, pads } =
        deal(&Prk::of(&kat("dealing seed")), &ctx, 0, &set(2, 1..=3), &secrets);
    assert_eq!(*share.reveal(), fixed(&vector, "sigma"));
    for (x, ((secret, point), pad)) in (1..=3u8).zip(secrets.iter().zip(points).zip(pads)) {
        let x_text = x.to_string();
        assert_eq!(point, fixed(&vector["masked"], &x_text));
        assert_eq!(*derive_pad(secret, &ctx, x, 0).reveal(), fixed(&vector["pads"], &x_text));
        assert_eq!(derive_share_commitment(secret, &ctx, x), fixed(&vector["kc"], &x_text));
        // The reference has no commitments to pads: what one is a hash of, spelled out.
        let theirs: [u8; 32] = fixed(&vector["pads"], &x_text);
        assert_eq!(pad, sha256(&[b"counterseal/cs1/share/pad-commit\0", &ctx, &[x], &[0; 4], &theirs]));
    }
    let prk = derive_guarded_prk(&salt, &epoch, &share);
    assert_eq!(Rule::TwoSeal.code(), 1, "the vector's rule");
    assert_eq!(*derive_part_key(&prk, &ctx, 0, Rule::TwoSeal).reveal(), fixed(&vector, "K"));
    assert_eq!(derive_part_commitment(&prk, &ctx, 0, Rule::TwoSeal), fixed(&vector, "C"));
}

/// One part that was dealt to some trustees, some of whom answer with noise and some not at all.
struct Case {
    place: GuardedPlace,
    set: TrusteeSet,
    epoch: EpochSecret,
    guard: PartGuard,
    pads: BTreeMap<u8, Pad>,
}

fn draw(rng: &mut ChaCha20Rng, below: u64) -> u64 {
    rng.next_u64() % below
}

fn bytes32(rng: &mut ChaCha20Rng) -> [u8; 32] {
    let mut bytes = [0; 32];
    rng.fill_bytes(&mut bytes);
    bytes
}

impl Case {
    fn draw(rng: &mut ChaCha20Rng) -> Self {
        let n = 1 + draw(rng, 9) as u8;
        let t = if n == 1 { 1 } else { 2 + draw(rng, u64::from(n) - 1) as u8 };
        let mut xs: Vec<u8> = Vec::new();
        while xs.len() < n.into() {
            let x = 1 + draw(rng, 255) as u8;
            if !xs.contains(&x) {
                xs.push(x);
            }
        }
        let rule = if draw(rng, 2) == 0 { Rule::TwoSeal } else { Rule::TwoPerson };
        let index = draw(rng, 4096) as u32;
        let place = GuardedPlace { ctx: bytes32(rng), salt: bytes32(rng), index, rule };
        let (set, epoch) = (set(t, xs.iter().copied()), EpochSecret::from_bytes(&bytes32(rng)));
        let secrets: Vec<ShareSecret> = xs.iter().map(|_| ShareSecret::from_bytes(&bytes32(rng))).collect();
        let Dealt { share, points, pads: committed } =
            deal(&Prk::of(&bytes32(rng)), &place.ctx, index, &set, &secrets);
        let prk = derive_guarded_prk(&place.salt, &epoch, &share);
        let commitment = derive_part_commitment(&prk, &place.ctx, index, rule);
        let guard = PartGuard { commitment, points, pads: committed };
        let mut pads = BTreeMap::new();
        for (x, secret) in xs.iter().zip(&secrets) {
            match draw(rng, 6) {
                0 => drop(pads.insert(*x, Pad::from_bytes(&bytes32(rng)))),
                1 => {}
                _ => drop(pads.insert(*x, derive_pad(secret, &place.ctx, *x, index))),
            }
        }
        Self { place, set, epoch, guard, pads }
    }

    fn json(&self) -> Value {
        let points: BTreeMap<String, String> = self
            .set
            .places()
            .iter()
            .zip(&self.guard.points)
            .map(|(place, point)| (place.x.to_string(), hex::encode(point)))
            .collect();
        let pads: BTreeMap<String, String> =
            self.pads.iter().map(|(x, pad)| (x.to_string(), hex::encode(pad.reveal()))).collect();
        json!({
            "E": hex::encode(self.epoch.reveal()), "salt": hex::encode(self.place.salt),
            "ctx": hex::encode(self.place.ctx), "i": self.place.index, "rule": self.place.rule.code(),
            "t": self.set.threshold(), "masked": points, "pads": pads, "C": hex::encode(self.guard.commitment),
        })
    }

    /// What Python should say: the part's key and whom the share blames; nothing when there is no share.
    fn expected(&self) -> Value {
        let Ok(Combined { share, liars, misdealt }) =
            Combined::find(&self.place, &self.epoch, &self.guard, &self.set, &self.pads)
        else {
            return Value::Null;
        };
        assert!(misdealt.is_empty(), "the author dealt rightly");
        json!({ "K": hex::encode(self.key(&share)), "bad": liars })
    }

    fn key(&self, share: &PartShare) -> [u8; 32] {
        let prk = derive_guarded_prk(&self.place.salt, &self.epoch, share);
        *derive_part_key(&prk, &self.place.ctx, self.place.index, self.place.rule).reveal()
    }
}

const COMBINE: &str = r"
import sys, json
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from shares import combine
h = bytes.fromhex
points = lambda o: {int(x): h(v) for x, v in o.items()}
out = []
for c in json.load(sys.stdin):
    K, T, bad = combine(h(c['E']), h(c['salt']), h(c['ctx']), c['i'], c['rule'], c['t'], points(c['masked']), points(c['pads']), h(c['C']))
    out.append(None if K is None else {'K': K.hex(), 'bad': sorted(bad)})
print(json.dumps(out))
";

/// Runs the reference over the cases; none where it cannot be run.
fn python(folder: &PathBuf, cases: &[Case]) -> Option<Vec<Value>> {
    let started = Command::new("python3")
        .args(["-c", COMBINE])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn();
    let mut run = match started {
        Ok(run) => run,
        Err(error) => {
            missing("python3 (Debian: python3)", &error.to_string());
            return None;
        }
    };
    let input = Value::Array(cases.iter().map(Case::json).collect()).to_string();
    run.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let done = run.wait_with_output().unwrap();
    assert!(done.status.success(), "the reference failed");
    Some(serde_json::from_slice(&done.stdout).unwrap())
}

#[test]
fn the_reference_combines_our_shares_and_blames_whom_we_blame() {
    let folder = shared().join("reference");
    if !folder.join("shares.py").exists() {
        return missing("reference/shares.py", "no such file");
    }
    let seed = std::env::var("COUNTERSEAL_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| u64::from(std::process::id()));
    println!("COUNTERSEAL_SEED={seed}");
    let rng = &mut ChaCha20Rng::seed_from_u64(seed);
    let cases: Vec<Case> = (0..80).map(|_| Case::draw(rng)).collect();
    let Some(theirs) = python(&folder, &cases) else { return };
    assert_eq!(theirs.len(), cases.len());
    let (mut opened, mut blamed) = (0, 0);
    for (case, theirs) in cases.iter().zip(theirs) {
        assert_eq!(case.expected(), theirs, "{case}", case = case.json());
        opened += usize::from(!theirs.is_null());
        blamed += usize::from(theirs["bad"].as_array().is_some_and(|bad| !bad.is_empty()));
    }
    println!("{opened} of 80 opened, {blamed} with a liar");
    assert!(opened > 0 && opened < 80 && blamed > 0, "the cases are of all kinds");
}

/// Two of the audited libraries' generators left zero out, so that t - 1 points excluded some secrets.
#[test]
fn coefficients_are_zero_as_often_as_anything_else() {
    let (set, secrets) = (set(2, 1..=3), [1, 2, 3].map(|n| ShareSecret::from_bytes(&[n; 32])));
    let dealing = Prk::of(&kat("dealing seed"));
    let (mut leading, mut constant, mut bytes) = (0, 0, 0);
    for index in 0..400 {
        let Dealt { share, points, .. } = deal(&dealing, &kat("ctx"), index, &set, &secrets);
        let unmasked = |rank: usize, x: u8| {
            let pad = derive_pad(&secrets[rank], &kat("ctx"), x, index);
            points[rank].iter().zip(pad.reveal()).map(|(m, p)| m ^ p).collect::<Vec<u8>>()
        };
        // Of c0 + c1 x the values at two places are one if and only if c1 is zero.
        leading += unmasked(0, 1).iter().zip(unmasked(1, 2)).filter(|(a, b)| *a == b).count();
        constant += share.reveal().iter().filter(|byte| **byte == 0).count();
        bytes += 32;
    }
    println!("of {bytes} bytes {leading} leading coefficients and {constant} secrets are zero");
    let usual = bytes / 256 / 2..bytes / 256 * 2;
    assert!(usual.contains(&leading) && usual.contains(&constant));
}

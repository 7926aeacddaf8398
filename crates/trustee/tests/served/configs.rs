//! The sample configuration is a file that is read here, and what is not in it is refused.

use counterseal_trustee::{Limits, TrusteeConfig};

fn sample() -> String {
    std::fs::read_to_string(format!("{}/../../docs/trustee.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The sample with every line that shows a default made a setting.
fn spelled_out(sample: &str) -> String {
    let setting = |line: &str| {
        let rest = line.strip_prefix("# ")?;
        let key = rest.split(" = ").next().filter(|_| rest.contains(" = "))?;
        key.chars().all(|c| c.is_ascii_lowercase() || c == '_').then(|| rest.to_owned())
    };
    sample.lines().map(|line| setting(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

#[test]
fn the_sample_is_read_and_shows_the_defaults() {
    let plain = TrusteeConfig::parse(&sample()).unwrap();
    let mut spelled = TrusteeConfig::parse(&spelled_out(&sample())).unwrap();
    assert_eq!((&spelled.limits, spelled.poll_milliseconds), (&Limits::default(), 1000));
    assert!(spelled.store_bytes.take().is_some() && spelled.passphrase_file.take().is_some());
    assert!(spelled.witnesses[0].certificate.take().is_some());
    assert_eq!((std::mem::take(&mut spelled.lost).len(), spelled.trustees.len()), (1, 1));
    assert_eq!(plain, spelled);
}

#[test]
fn what_is_not_known_or_makes_no_sense_is_refused() {
    let good = "folder = \"x\"\nsecond = \"y\"\nlisten = \"127.0.0.1:0\"\nhub = \"https://h:1/\"\n";
    TrusteeConfig::parse(good).unwrap();
    for (more, word) in [
        ("lissten = 1\n", "lissten"),
        ("metrics = \"0.0.0.0:1\"\n", "loopback"),
        ("poll_milliseconds = 0\n", "poll_milliseconds"),
        ("[limits]\nwaiting = 0\n", "waiting"),
        ("[limits]\nwaitings = 1\n", "waitings"),
        ("lost = [\"17\"]\n", "64 hexadecimal"),
        ("[[trustee]]\nid = \"17\"\nurl = \"https://t\"\n", "64 hexadecimal"),
        ("[[witness]]\nname = \"w\"\nurl = \"ftp://w\"\n", "ftp://w"),
    ] {
        let refusal = TrusteeConfig::parse(&format!("{good}{more}")).unwrap_err().to_string();
        assert!(refusal.contains(word), "{refusal}");
    }
    for (from, to, word) in [("https://h", "http://h", "https"), ("\"y\"", "\"x\"", "another disk")] {
        let refusal = TrusteeConfig::parse(&good.replace(from, to)).unwrap_err().to_string();
        assert!(refusal.contains(word), "{refusal}");
    }
}

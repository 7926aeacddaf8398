//! The sample configurations are files that are read here, and what is not in them is refused.

use counterseal_hub::*;

fn sample(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../../docs/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
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
fn the_samples_are_read_and_show_the_defaults() {
    let plain = HubConfig::parse(&sample("hub.toml")).unwrap();
    assert_eq!(plain.witnesses.len(), 2);
    let mut spelled = HubConfig::parse(&spelled_out(&sample("hub.toml"))).unwrap();
    assert_eq!(spelled.limits, Limits::default());
    assert_eq!((spelled.batch_milliseconds, spelled.mark_seconds), (200, 3600));
    assert!(spelled.store_bytes.take().is_some() && spelled.witnesses[0].certificate.take().is_some());
    assert_eq!(plain, spelled);
}

#[test]
fn what_is_not_known_or_makes_no_sense_is_refused() {
    let good = "folder = \"x\"\nlisten = \"127.0.0.1:0\"\n";
    HubConfig::parse(good).unwrap();
    for (more, word) in [
        ("lissten = 1\n", "lissten"),
        ("metrics = \"0.0.0.0:1\"\n", "loopback"),
        ("[limits]\nconnections = 0\n", "connections"),
        ("[limits]\nconections = 1\n", "conections"),
        ("[[witness]]\nname = \"w\"\nurl = \"ftp://w\"\n", "ftp://w"),
        ("[[witness]]\nname = \"w\"\n", "url"),
    ] {
        let refusal = HubConfig::parse(&format!("{good}{more}")).unwrap_err().to_string();
        assert!(refusal.contains(word), "{refusal}");
    }
}

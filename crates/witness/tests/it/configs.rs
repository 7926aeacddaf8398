//! The sample configuration is a file that is read here, and what is not in it is refused.

use counterseal_witness::*;

#[test]
fn the_sample_is_read_and_shows_the_default() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/witness.toml");
    let sample = std::fs::read_to_string(path).unwrap();
    let spelled = sample.replace("# connections = ", "connections = ");
    assert_ne!(sample, spelled);
    let plain = WitnessConfig::parse(&sample).unwrap();
    assert_eq!((plain.logs.len(), &plain), (1, &WitnessConfig::parse(&spelled).unwrap()));
}

#[test]
fn what_is_not_known_or_makes_no_sense_is_refused() {
    let good = "folder = \"x\"\nlisten = \"127.0.0.1:0\"\n";
    WitnessConfig::parse(good).unwrap();
    for (more, word) in [
        ("[[log]]\nkey = \"x\"\n", "'x' is not"),
        ("lock = 1\n", "lock"),
        ("connections = 0\n", "connections"),
    ] {
        let refusal = WitnessConfig::parse(&format!("{good}{more}")).unwrap_err().to_string();
        assert!(refusal.contains(word), "{refusal}");
    }
}

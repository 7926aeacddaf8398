//! The pages in docs/spec, held against the code.

use counterseal_register::*;

fn page(name: &str) -> String {
    let path = format!("{}/../../docs/spec/{name}.md", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_table_of_acts_lists_every_kind() {
    let text = page("register");
    let kinds: Vec<u64> = text
        .split("## 4. Acts")
        .nth(1)
        .unwrap()
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok())
        .collect();
    assert_eq!(kinds, Act::KINDS);
}

#[test]
fn every_refusal_the_pages_name_exists() {
    let text = page("register");
    let named: Vec<_> = text.split("(`").skip(1).filter_map(|rest| rest.split('`').next()).collect();
    assert!(named.len() > 20);
    for code in named {
        assert!(Refusal::CODES.contains(&code), "{code}");
    }
}

#[test]
fn every_refusal_of_an_entry_that_its_page_names_exists() {
    let text = page("entries");
    let named: Vec<_> = text.split('`').filter(|word| word.starts_with("entry-")).collect();
    assert!(named.len() > 5);
    for code in named {
        assert!(EntryRefusal::CODES.contains(&code), "{code}");
    }
}

#[test]
fn every_purpose_of_a_signature_is_a_label() {
    let text = page("entries");
    for purpose in [
        "entry/sign",
        "statement/sign",
        "device/proof",
        "sync/hello",
        "pouch/sign",
        "invitation/request",
        "invitation/challenge",
    ] {
        assert!(text.contains(&format!("| `{purpose}` |")));
        let bytes = format!("counterseal/cs1/{purpose}\0");
        assert!(Label::ALL.iter().any(|label| label.bytes() == bytes.as_bytes()));
    }
}

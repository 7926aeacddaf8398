//! The page docs/spec/ledger.md against the code: the numbers it names.

use counterseal_ledger::*;

#[test]
fn the_page_names_the_limits_of_the_code() {
    let page = include_str!("../../../../docs/spec/ledger.md");
    for (what, value) in [
        ("signature lines", MAX_NOTE_SIGNATURES),
        ("bytes in a name", MAX_NAME),
        ("KiB in a note", MAX_NOTE / 1024),
        ("KiB in a receipt", MAX_RECEIPT / 1024),
        ("KiB in a request to a witness", MAX_REQUEST / 1024),
        ("bytes in an entry", MAX_ENTRY),
        ("logs in a policy", MAX_LOGS),
        ("witness lines in a policy", MAX_DEFINITIONS),
        ("groups in a policy", MAX_DEFINITIONS),
        ("MiB in a policy", MAX_POLICY >> 20),
        ("checkpoints kept", KEPT_CHECKPOINTS),
    ] {
        let row = format!("| {what} | {value} |");
        assert!(page.contains(&row), "the page lacks: {row}");
    }
    for byte in ["0x01", "0x04", "0x06"] {
        assert!(page.contains(byte), "{byte}");
    }
}

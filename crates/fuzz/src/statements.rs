//! Statements, their leaves, time marks and journal leaves (docs/spec/register.md, entries.md).

use counterseal_register::{
    JournalLeaf, LogPosition, Register, Signed, Statement, TimeMark, statement_leaf, statement_named_by,
};

use crate::same;

/// Anything that may stand in one of the two logs.
pub fn statements(bytes: &[u8]) {
    if let Ok(signed) = Signed::parse(bytes) {
        same(signed.bytes(), bytes, "signed object");
    }
    if let Ok((statement, signed)) = Statement::parse(bytes) {
        same(signed.bytes(), bytes, "statement");
        same(&statement.payload(), signed.payload(), "payload of a statement");
        let leaf = statement_leaf(bytes);
        assert!(leaf.len() <= 65_535, "a leaf that fits no entry bundle");
        assert!(TimeMark::parse(&leaf).is_none(), "a statement that is a time mark too");
    }
    if let Some(Ok(mark)) = TimeMark::parse(bytes) {
        same(&mark.to_leaf(), bytes, "time mark");
        assert!(Statement::parse(bytes).is_err(), "a time mark that is a statement too");
        assert!(statement_named_by(bytes).is_none(), "a time mark that names a statement too");
    }
    if let Ok(leaf) = JournalLeaf::parse(bytes) {
        same(&leaf.to_bytes(), bytes, "journal leaf");
    }
    let _ = Register::found(LogPosition { index: 0 }, bytes);
}

//! The register that a log's leaves give.

use counterseal_register::{LogPosition, Register, Sight, TimeMark};

use crate::error::MirrorError;
use crate::statements::StatementRow;

/// The register of a log's leaves, with what waits for the log on top. What the register refuses stands in the log
/// for all to see, and has no effect. What is not logged and takes away is obeyed. `None` without any leaf.
///
/// # Errors
/// When the first leaf is no founding.
pub fn register_of(rows: &[StatementRow], waiting: &[Vec<u8>]) -> Result<Option<Register>, MirrorError> {
    let mut register: Option<Register> = None;
    let mut later = Vec::new();
    for row in rows.iter().filter(|row| TimeMark::parse(&row.item).is_none()) {
        let position = LogPosition::new(row.index);
        match (&mut register, row.since) {
            (None, _) => register = Some(Register::found(position, &row.item)?),
            (Some(register), Some(since)) => {
                let since = since.max(register.last().time);
                let sight = Sight::Logged { cosigned: true, since };
                let _refused_for_all = register.apply(position, &row.item, sight);
            }
            (Some(_), None) => later.push(row.item.clone()),
        }
    }
    if let Some(register) = &mut register {
        obey(register, &later);
        obey(register, waiting);
    }
    Ok(register)
}

/// Obeys those statements that take away; the others have to wait.
pub fn obey(register: &mut Register, statements: &[Vec<u8>]) {
    for statement in statements {
        let at = register.last().position.next();
        let _has_to_wait = register.apply(at, statement, Sight::OnSight);
    }
}

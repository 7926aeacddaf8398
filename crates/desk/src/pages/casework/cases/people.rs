//! Whom a case is about: each by a pseudonym, or by the guarded part that says who it is. Never by name.

use counterseal_model::record::{CaseRole, Concerned, PartAt};
use counterseal_node::Desk;

use crate::pages::casework::typed;
use crate::pages::casework::why::Why;
use crate::words::Words;

/// The roles, with the names of their fields.
pub(super) const ROLES: [(&str, CaseRole); 4] = [
    ("victims", CaseRole::Victim),
    ("witnesses", CaseRole::Witness),
    ("alleged", CaseRole::AllegedPerpetrator),
    ("others", CaseRole::Other),
];

/// Somebody, as typed: ENTRY/INDEX or a pseudonym.
pub(super) fn concerned(words: Words, desk: &Desk, role: CaseRole, text: &str) -> Result<Concerned, Why> {
    if text.contains('/') {
        let named = typed::part(desk, text)?;
        let part = PartAt::new(named.compartment, named.part.entry, named.part.index);
        return Ok(Concerned { role, part: Some(part), pseudonym: None, extra: Default::default() });
    }
    let pseudonym = Some(typed::code(words, "case-who", text)?);
    Ok(Concerned { role, part: None, pseudonym, extra: Default::default() })
}

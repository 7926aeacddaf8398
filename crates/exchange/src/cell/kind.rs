//! What an actor's name alone tells of it.

use counterseal_model::record::EntityKind;

/// A government is an organisation; everything else that a conflict data set names is a group.
pub(crate) fn kind_of_group(name: &str) -> EntityKind {
    if name.starts_with("Government of ") { EntityKind::Organisation } else { EntityKind::Group }
}

/// Names that stand for whoever was there, not for one lasting group: a record of `Civilians
/// (Sudan)` would tie together people who have nothing to do with each other.
pub(crate) fn stands_for_nobody(name: &str) -> bool {
    const WORDS: [&str; 4] = ["civilians", "protesters", "rioters", "unidentified"];
    let first = name.trim_start().split([' ', '(', ',']).next().unwrap_or_default();
    WORDS.iter().any(|word| first.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crowds_are_nobody_and_groups_are_somebody() {
        for name in ["Civilians", "Civilians (Sudan)", "Unidentified Armed Group (Sudan)", "civilians"] {
            assert!(stands_for_nobody(name), "{name}");
        }
        assert!(!stands_for_nobody("Government of Sudan"));
        assert!(!stands_for_nobody("Civilian Joint Task Force"));
    }
}

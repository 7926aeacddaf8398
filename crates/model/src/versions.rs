//! Versions of a record's part: which are the newest, and when they disagree.
//!
//! Each version names the versions it replaces. Where two people edit apart, both versions stand:
//! a conflict is a value that waits for a person, and nothing is lost. A version that names a
//! parent nobody has yet is kept all the same; order of arrival never matters.

use std::collections::BTreeSet;

use crate::ids::VersionId;

/// The newest versions of one part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heads {
    /// Nobody has written it.
    None,
    /// One newest version.
    One(VersionId),
    /// Several that do not know of each other, in order of their ids: a conflict.
    Conflict(Vec<VersionId>),
}

impl Heads {
    /// The heads among `versions`, given as pairs of version and its parents.
    #[must_use]
    pub fn of<'a>(versions: impl IntoIterator<Item = (VersionId, &'a [VersionId])>) -> Self {
        let mut all = BTreeSet::new();
        let mut replaced = BTreeSet::new();
        for (version, parents) in versions {
            all.insert(version);
            // A version cannot replace itself; ids are hashes, so only a forged list says so.
            replaced.extend(parents.iter().copied().filter(|parent| *parent != version));
        }
        let mut heads: Vec<_> = all.difference(&replaced).copied().collect();
        match (heads.pop(), heads.is_empty()) {
            (None, _) => Self::None,
            (Some(only), true) => Self::One(only),
            (Some(last), false) => {
                heads.push(last);
                Self::Conflict(heads)
            }
        }
    }

    /// Every head, in order of their ids.
    #[must_use]
    pub fn all(&self) -> &[VersionId] {
        match self {
            Self::None => &[],
            Self::One(only) => std::slice::from_ref(only),
            Self::Conflict(heads) => heads,
        }
    }

    /// The parents that a new version names: it replaces every head its author has seen.
    #[must_use]
    pub fn as_parents(&self) -> Vec<VersionId> {
        self.all().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> VersionId {
        VersionId::from_bytes([n; 32])
    }

    fn heads(versions: &[(u8, &[u8])]) -> Heads {
        let owned: Vec<_> =
            versions.iter().map(|(v, ps)| (id(*v), ps.iter().map(|p| id(*p)).collect::<Vec<_>>())).collect();
        Heads::of(owned.iter().map(|(v, ps)| (*v, ps.as_slice())))
    }

    #[test]
    fn an_edit_replaces_what_it_names() {
        assert_eq!(heads(&[(1, &[]), (2, &[1])]), Heads::One(id(2)));
    }

    #[test]
    fn two_edits_of_one_version_are_a_conflict_and_both_stand() {
        let conflict = heads(&[(1, &[]), (3, &[1]), (2, &[1])]);
        assert_eq!(conflict, Heads::Conflict(vec![id(2), id(3)]));
    }

    #[test]
    fn a_version_that_names_both_resolves_them() {
        assert_eq!(heads(&[(1, &[]), (2, &[1]), (3, &[1]), (4, &[2, 3])]), Heads::One(id(4)));
    }

    #[test]
    fn order_of_arrival_does_not_matter_and_a_missing_parent_is_no_loss() {
        assert_eq!(heads(&[(4, &[2, 3]), (1, &[])]), Heads::Conflict(vec![id(1), id(4)]));
        assert_eq!(heads(&[(2, &[1]), (1, &[])]), Heads::One(id(2)));
    }
}

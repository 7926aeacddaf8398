//! Which lists of helpers there are for a repair: another one tells which sums are right.

use counterseal_register::KeyId;

/// Every list of `threshold` of these helpers, in their order, but one that was tried.
pub(crate) fn lists(helpers: &[KeyId], threshold: usize, tried: &[KeyId]) -> Vec<Vec<KeyId>> {
    // At most nine stand in a set.
    let few = helpers.get(..helpers.len().min(9)).unwrap_or_default();
    let list = |chosen: u16| -> Vec<KeyId> {
        (0..).zip(few).filter(|(bit, _)| chosen >> bit & 1 == 1).map(|(_, helper)| *helper).collect()
    };
    let all = (0..1u16 << few.len()).filter(|chosen| chosen.count_ones() as usize == threshold);
    all.map(list).filter(|list| list != tried).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_list_comes_once() {
        let ids: Vec<KeyId> = (1..=4).map(|n| KeyId([n; 32])).collect();
        let tried = [ids[1], ids[3]];
        let all = lists(&ids, 2, &tried);
        assert_eq!(all.len(), 5);
        assert!(all.iter().all(|list| list.len() == 2 && list.is_sorted() && list != &tried));
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), 5);
        assert!(lists(&ids[..2], 2, &ids[..2]).is_empty(), "there is no other");
    }
}

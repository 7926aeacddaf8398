//! No count that is left out can be computed back from what is shown.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use counterseal_policy::{Counts, Published, suppress};
use proptest::prelude::*;

/// Whether somebody who sees what is published, and knows that what is missing is 1 or more, must reckon with this table.
fn fits(cells: &[Vec<u64>], shown: &Published) -> bool {
    let agrees = |shown: Option<u64>, count: u64| shown.map_or(count > 0, |shown| shown == count);
    let row = |r: usize| cells[r].iter().sum::<u64>();
    let column = |c: usize| cells.iter().map(|row| row[c]).sum::<u64>();
    let cell = |r: usize, c: usize| agrees(shown.cells[r][c], cells[r][c]);
    (0..cells.len()).all(|r| agrees(shown.rows[r], row(r)) && (0..cells[r].len()).all(|c| cell(r, c)))
        && (0..cells[0].len()).all(|c| agrees(shown.columns[c], column(c)))
        && agrees(shown.total, (0..cells.len()).map(row).sum())
}

/// All tables that differ from the true one by at most one in each missing cell.
fn neighbours(cells: &[Vec<u64>], shown: &Published) -> Vec<Vec<Vec<u64>>> {
    let mut all = vec![cells.to_vec()];
    for r in 0..cells.len() {
        for c in 0..cells[0].len() {
            if shown.cells[r][c].is_none() {
                let shifted = all.iter().flat_map(|table| {
                    [-1, 0, 1].map(|by| {
                        let mut table = table.clone();
                        table[r][c] = table[r][c].saturating_add_signed(by);
                        table
                    })
                });
                all = shifted.collect();
            }
        }
    }
    all.retain(|table| fits(table, shown));
    all
}

fn check(cells: &[Vec<u64>], k: u64) -> Result<(), TestCaseError> {
    let shown = suppress(&Counts::new(cells).unwrap(), k);
    prop_assert!(fits(cells, &shown), "what is shown is true");
    let possible = neighbours(cells, &shown);
    let unsure = |of: &dyn Fn(&Vec<Vec<u64>>) -> u64| {
        let first = of(&possible[0]);
        possible.iter().any(|table| of(table) != first)
    };
    let (height, width) = (cells.len(), cells[0].len());
    for r in 0..height {
        for c in 0..width {
            prop_assert!(
                shown.cells[r][c].is_none() || cells[r][c] == 0 || cells[r][c] >= k,
                "small and shown"
            );
            prop_assert!(
                shown.cells[r][c].is_some() || unsure(&|t| t[r][c]),
                "cell {r} {c} follows: {shown:?}"
            );
        }
        let total: u64 = cells[r].iter().sum();
        prop_assert!(shown.rows[r].is_none() || total == 0 || total >= k);
        prop_assert!(shown.rows[r].is_some() || unsure(&|t| t[r].iter().sum()), "row {r} follows: {shown:?}");
    }
    for c in 0..width {
        let total: u64 = cells.iter().map(|row| row[c]).sum();
        prop_assert!(shown.columns[c].is_none() || total == 0 || total >= k);
        prop_assert!(
            shown.columns[c].is_some() || unsure(&|t| t.iter().map(|row| row[c]).sum()),
            "column {c} follows: {shown:?}"
        );
    }
    prop_assert!(
        shown.total.is_some() || unsure(&|t| t.iter().flatten().sum()),
        "the total follows: {shown:?}"
    );
    Ok(())
}

fn small_table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let cell = prop_oneof![2 => Just(0u64), 3 => Just(1u64), 3 => 2u64..6, 2 => 6u64..40];
    (1usize..4, 1usize..4).prop_flat_map(move |(height, width)| {
        proptest::collection::vec(proptest::collection::vec(cell.clone(), width), height)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_is_left_out_cannot_be_computed_back(cells in small_table(), k in 2u64..7) {
        check(&cells, k)?;
    }

    #[test]
    fn nothing_small_is_nothing_left_out(cells in small_table(), k in 0u64..2) {
        prop_assert_eq!(suppress(&Counts::new(&cells).unwrap(), k).left_out(), 0);
    }
}

#[test]
fn one_small_count_takes_three_others_with_it() {
    let counts = Counts::new(&[vec![2, 30, 40], vec![20, 31, 50], vec![60, 70, 80]]).unwrap();
    let shown = suppress(&counts, 5);
    assert_eq!(shown.left_out(), 4, "{shown:?}");
    assert_eq!(shown.cells[0], [None, None, Some(40)]);
    assert_eq!(shown.cells[1], [None, None, Some(50)]);
    assert_eq!(shown.total, Some(383));
}

#[test]
fn a_list_loses_a_second_count_or_its_total() {
    let shown = suppress(&Counts::new(&[vec![3, 9, 80]]).unwrap(), 5);
    assert_eq!(shown.cells[0], [None, None, Some(80)]);
    // Alone with noughts: only the total can go with it.
    let shown = suppress(&Counts::new(&[vec![3, 0, 0]]).unwrap(), 5);
    assert_eq!((shown.cells[0].clone(), shown.total), (vec![None, Some(0), Some(0)], None));
}

#[test]
fn two_ones_side_by_side_are_not_enough() {
    // 1 + 1 under a total of 2: both would follow, because missing counts are 1 or more.
    let shown = suppress(&Counts::new(&[vec![1, 1, 50], vec![40, 30, 20]]).unwrap(), 2);
    check(&[vec![1, 1, 50], vec![40, 30, 20]], 2).expect("cannot be computed back");
    assert!(shown.left_out() >= 4, "{shown:?}");
}

#[test]
fn what_is_no_table_is_refused() {
    for (bad, why) in [
        (vec![], "every row"),
        (vec![vec![]], "every row"),
        (vec![vec![1], vec![1, 2]], "every row"),
        (vec![vec![u64::MAX, 1]], "too large"),
    ] {
        assert!(Counts::new(&bad).unwrap_err().to_string().contains(why), "{bad:?}");
    }
}

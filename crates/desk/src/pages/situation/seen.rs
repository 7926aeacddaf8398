//! What one question shows: counted once, for the map, the timeline and the breakdowns together.

use std::sync::Arc;

use counterseal_node::{Bar, Breakdown, Columns, Desk, Filter, NodeError, Picture, PictureOf, View};

/// Columns and rows of the map's grid.
pub(super) const GRID: (u32, u32) = (64, 40);
/// Bars of a breakdown.
const TOP: usize = 8;
/// What is counted: the field that a bar narrows, and what it is called.
pub(super) const BREAKDOWNS: [(Breakdown, &str, &str); 4] = [
    (Breakdown::Kind, "type", "field-kind"),
    (Breakdown::Entity, "actor", "field-actor"),
    (Breakdown::Admin1, "place", "field-admin1"),
    (Breakdown::Country, "country", "field-country"),
];
const WORLD: [i32; 4] = [-900_000_000, 900_000_000, -1_800_000_000, 1_800_000_000];

/// Incidents and people killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum {
    pub(super) count: u64,
    pub(super) best: u64,
}

/// One line of a breakdown.
pub(super) struct Line {
    /// What it counts; none for those that have none.
    pub(super) name: Option<String>,
    /// What a code is called, where it has another name.
    pub(super) called: Option<String>,
    /// Whether it counts something whose name has not arrived here.
    pub(super) nameless: bool,
    pub(super) now: Sum,
    /// The same of the period it is compared with.
    pub(super) then: Option<Sum>,
}

/// What a question shows.
pub(super) struct Seen {
    pub(super) columns: Arc<Columns>,
    pub(super) view: View,
    /// South, north, west, east of the map, 1e-7 degrees.
    pub(super) area: [i32; 4],
    pub(super) picture: Picture,
    /// The period that it is compared with.
    pub(super) then: Option<Picture>,
}

impl Seen {
    pub(super) fn of(
        desk: &Desk,
        columns: Arc<Columns>,
        filter: &Filter,
        then: Option<&Filter>,
    ) -> Result<Self, NodeError> {
        let view = desk.view(filter)?;
        let area = around(columns.bounds(&view));
        let bars = || BREAKDOWNS.map(|(of, ..)| of).to_vec();
        let picture = columns.draw(&view, PictureOf { map: area, size: GRID, bars: bars(), top: TOP });
        let then = match then {
            Some(then) => {
                // Every bar of it: what was frequent then need not be so now.
                let of = PictureOf { map: area, size: (1, 1), bars: bars(), top: usize::MAX };
                Some(columns.draw(&desk.view(then)?, of))
            }
            None => None,
        };
        Ok(Self { columns, view, area, picture, then })
    }

    /// The breakdown at this place in `BREAKDOWNS`.
    pub(super) fn lines(&self, desk: &Desk, nth: usize) -> Result<Vec<Line>, NodeError> {
        let bars = self.picture.bars.get(nth).map_or(&[][..], Vec::as_slice);
        let of_entities = BREAKDOWNS.get(nth).is_some_and(|(of, ..)| *of == Breakdown::Entity);
        let before = self.then.as_ref().and_then(|then| then.bars.get(nth));
        let mut lines = Vec::with_capacity(bars.len());
        for bar in bars {
            let name = match (bar.of, of_entities) {
                (0, _) => None,
                (of, true) => desk.entity_numbered(of)?,
                (of, false) => desk.term(of)?,
            };
            let then = before
                .map(|before| before.iter().find(|then| then.of == bar.of).map(sum).unwrap_or_default());
            let nameless = name.is_none() && bar.of != 0;
            lines.push(Line { name, called: None, nameless, now: sum(bar), then });
        }
        Ok(lines)
    }

    /// All of it.
    pub(super) fn total(&self) -> Sum {
        total(&self.picture)
    }

    /// All of the period that it is compared with.
    pub(super) fn total_then(&self) -> Option<Sum> {
        self.then.as_ref().map(total)
    }
}

fn sum(bar: &Bar) -> Sum {
    Sum { count: bar.count, best: bar.best }
}

fn total(picture: &Picture) -> Sum {
    Sum { count: picture.count, best: picture.best }
}

/// A map around these bounds (south, north, west, east, 1e-7 degrees), or of the world.
pub(super) fn around(bounds: Option<[i32; 4]>) -> [i32; 4] {
    bounds.map_or(WORLD, with_margin)
}

/// A tenth more on every side, at least half a degree, no further than the world.
fn with_margin([south, north, west, east]: [i32; 4]) -> [i32; 4] {
    let margin = |from: i32, to: i32| (to.saturating_sub(from) / 10).max(5_000_000);
    let (up, aside) = (margin(south, north), margin(west, east));
    [
        south.saturating_sub(up).max(-900_000_000),
        north.saturating_add(up).min(900_000_000),
        west.saturating_sub(aside).max(-1_800_000_000),
        east.saturating_add(aside).min(1_800_000_000),
    ]
}

//! Lines and rings, cut to a section.

/// A point, in hundredths of a degree: x east, y north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct At {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A section, in hundredths of a degree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Section {
    /// A section and so much more on every side, in degrees: west, south, east, north.
    pub(super) fn around([west, south, east, north]: [f64; 4], margin: f64) -> Self {
        let [west, south] = [west, south].map(|edge| (edge - margin) * 100.0);
        let [east, north] = [east, north].map(|edge| (edge + margin) * 100.0);
        Self { west, south, east, north }
    }

    /// Whether it has the point.
    pub(super) fn has(self, at: At) -> bool {
        (self.west..=self.east).contains(&at.x) && (self.south..=self.north).contains(&at.y)
    }

    /// Whether what lies between two points can be seen: their box and this one have something in common.
    fn meets(self, one: At, other: At) -> bool {
        one.x.min(other.x) <= self.east
            && one.x.max(other.x) >= self.west
            && one.y.min(other.y) <= self.north
            && one.y.max(other.y) >= self.south
    }
}

/// The parts of a line that can be seen, with the point before and after.
pub(super) fn line_within(line: impl Iterator<Item = At>, section: Section) -> Vec<Vec<At>> {
    let (mut parts, mut part, mut last) = (Vec::new(), Vec::new(), None);
    for at in line {
        if let Some(last) = last {
            if section.meets(last, at) {
                if part.is_empty() {
                    part.push(last);
                }
                part.push(at);
            } else if !part.is_empty() {
                parts.push(std::mem::take(&mut part));
            }
        }
        last = Some(at);
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// What a ring and a section have in common, cut at one edge after the other (Sutherland and Hodgman, 1974).
pub(super) fn ring_within(ring: impl Iterator<Item = At>, section: Section) -> Vec<At> {
    let Section { west, south, east, north } = section;
    let along_x =
        |from: At, to: At, x: f64| At { x, y: from.y + (to.y - from.y) * (x - from.x) / (to.x - from.x) };
    let along_y =
        |from: At, to: At, y: f64| At { x: from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y), y };
    let ring: Vec<At> = ring.collect();
    let ring = cut(&ring, |at| at.x >= west, |from, to| along_x(from, to, west));
    let ring = cut(&ring, |at| at.x <= east, |from, to| along_x(from, to, east));
    let ring = cut(&ring, |at| at.y >= south, |from, to| along_y(from, to, south));
    cut(&ring, |at| at.y <= north, |from, to| along_y(from, to, north))
}

fn cut(ring: &[At], within: impl Fn(At) -> bool, edge: impl Fn(At, At) -> At) -> Vec<At> {
    let (mut left, mut last) = (Vec::new(), ring.last().copied());
    for at in ring {
        if let Some(last) = last.filter(|last| within(*last) != within(*at)) {
            left.push(edge(last, *at));
        }
        if within(*at) {
            left.push(*at);
        }
        last = Some(*at);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(f64, f64)]) -> impl Iterator<Item = At> {
        list.iter().map(|(x, y)| At { x: *x, y: *y })
    }

    fn section() -> Section {
        Section::around([0.0, 0.0, 1.0, 1.0], 0.0)
    }

    #[test]
    fn a_line_goes_in_and_out_and_in_again() {
        let line = [
            (-200.0, 50.0),
            (-10.0, 50.0),
            (50.0, 50.0),
            (150.0, 50.0),
            (150.0, 300.0),
            (50.0, 300.0),
            (50.0, 90.0),
        ];
        let parts = line_within(points(&line), section());
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
        assert!(line_within(points(&[(200.0, 0.0), (200.0, 90.0)]), section()).is_empty());
    }

    #[test]
    fn a_ring_is_cut_at_the_edges_and_one_around_it_all_fills_it() {
        let all = ring_within(
            points(&[(-900.0, -900.0), (900.0, -900.0), (900.0, 900.0), (-900.0, 900.0)]),
            section(),
        );
        assert_eq!(all.len(), 4);
        assert!(all.iter().all(|at| section().has(*at)));
        let half =
            ring_within(points(&[(-50.0, 20.0), (50.0, 20.0), (50.0, 80.0), (-50.0, 80.0)]), section());
        assert!(
            half.contains(&At { x: 0.0, y: 20.0 }) && half.contains(&At { x: 50.0, y: 80.0 }),
            "{half:?}"
        );
        assert!(ring_within(points(&[(200.0, 0.0), (300.0, 0.0), (300.0, 90.0)]), section()).is_empty());
    }
}

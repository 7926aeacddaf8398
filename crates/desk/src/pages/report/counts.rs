//! Counts of people as they are typed: `12`, `10-12`, `12+`, `<12`, `12 (10-15)`.

use counterseal_model::record::Casualties;

/// Most people that a count is read for: more is a slip of the pen.
const MOST: u64 = 100_000_000;

/// A count with its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Count {
    pub(super) best: Option<u64>,
    pub(super) low: Option<u64>,
    pub(super) high: Option<u64>,
}

impl Count {
    /// Reads it; none where it is no count.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let (best, bounds) = match typed.split_once('(') {
            Some((best, rest)) => (Some(number(best)?), Some(rest.strip_suffix(')')?)),
            None => (None, None),
        };
        let bare = bounds.unwrap_or(typed).trim();
        let (low, high) = if let Some(low) = bare.strip_suffix('+') {
            (Some(number(low)?), None)
        } else if let Some(high) = bare.strip_prefix(['<', '≤']) {
            (None, Some(number(high.trim_start_matches('='))?))
        } else if let Some((low, high)) = bare.split_once(['-', '–']) {
            (Some(number(low)?), Some(number(high)?))
        } else if bounds.is_none() {
            return Some(Self { best: Some(number(bare)?), ..Self::default() });
        } else {
            return None;
        };
        let ordered = [low, best, high].into_iter().flatten().is_sorted();
        ordered.then_some(Self { best, low, high })
    }

    /// The count of an estimate.
    pub(super) fn of(casualties: &Casualties) -> Self {
        Self { best: casualties.best, low: casualties.low, high: casualties.high }
    }

    /// As it is typed.
    pub(super) fn typed(self) -> String {
        let bounds = match (self.low, self.high) {
            (None, None) => None,
            (Some(low), None) => Some(format!("{low}+")),
            (None, Some(high)) => Some(format!("<{high}")),
            (Some(low), Some(high)) => Some(format!("{low}-{high}")),
        };
        match (self.best, bounds) {
            (None, None) => String::new(),
            (Some(best), None) => best.to_string(),
            (None, Some(bounds)) => bounds,
            (Some(best), Some(bounds)) => format!("{best} ({bounds})"),
        }
    }
}

/// Digits of any script that officers type.
fn number(text: &str) -> Option<u64> {
    let ascii = text.trim().chars().map(|sign| match sign {
        '\u{0660}'..='\u{0669}' | '\u{06f0}'..='\u{06f9}' => {
            char::from_digit(u32::from(sign) & 0xf, 10).unwrap_or(sign)
        }
        other => other,
    });
    let digits: String = ascii.collect();
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|count| plain && *count <= MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_comes_back_as_it_was_typed_and_nothing_is_guessed() {
        for typed in ["0", "12", "10-12", "12+", "<12", "12 (10-15)", "3 (2+)"] {
            assert_eq!(Count::read(typed).unwrap().typed(), typed);
        }
        assert_eq!(Count::read(" ١٢ ").unwrap().best, Some(12));
        for bad in
            ["two", "12-10", "12 (13-15)", "", "-3", "1.5", "12 (3)", "99999999999999999999", "+5", "(1-2)"]
        {
            assert_eq!(Count::read(bad), None, "{bad}");
        }
    }
}

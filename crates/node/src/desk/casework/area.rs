//! An area, by which cases and their guarded parts are chosen (docs/spec/casework.md, section 6).
//!
//! Where a guarded part belongs stands inside it, and nobody may read that without an opening. So an area chooses by what
//! is open: the place of a record's open part, and the incidents that a case's open part names.

use std::str::FromStr;

use counterseal_model::Place;

use crate::query::{BadBox, GeoBox};

/// An area: all places whose p-code begins so, or a box on the map.
#[derive(Debug, Clone, PartialEq)]
pub enum Area {
    /// The beginning of a p-code.
    Pcode(String),
    /// A box.
    Within(GeoBox),
}

impl FromStr for Area {
    type Err = BadBox;
    fn from_str(text: &str) -> Result<Self, BadBox> {
        let text = text.trim();
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let rest = text.get(letters..).unwrap_or_default();
        // Two or three letters of a country, then digits or letters.
        let is_code = (2..=3).contains(&letters) && rest.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_code { Ok(Self::Pcode(text.to_ascii_uppercase())) } else { text.parse().map(Self::Within) }
    }
}

impl Area {
    /// Whether a place lies in it. A place without p-code or point lies nowhere.
    #[must_use]
    pub fn contains(&self, place: &Place) -> bool {
        match self {
            Self::Pcode(begin) => {
                place.pcode.as_ref().is_some_and(|pcode| pcode.to_ascii_uppercase().starts_with(begin))
            }
            Self::Within(within) => place.point.is_some_and(|point| {
                let (lat, lon) = (f64::from(point.lat_e7()) / 1e7, f64::from(point.lon_e7()) / 1e7);
                let east_west = if within.west <= within.east {
                    (within.west..=within.east).contains(&lon)
                } else {
                    lon >= within.west || lon <= within.east
                };
                (within.south..=within.north).contains(&lat) && east_west
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use counterseal_model::Point;

    use super::*;

    fn place(pcode: Option<&str>, at: Option<(i64, i64)>) -> Place {
        let point = at.and_then(|(lat, lon)| Point::from_e7(lat, lon));
        Place { pcode: pcode.map(str::to_owned), point, ..Place::default() }
    }

    #[test]
    fn an_area_is_a_p_code_or_a_box_and_a_place_without_either_lies_nowhere() {
        let area = "cf62".parse::<Area>().unwrap();
        assert!(area.contains(&place(Some("CF6201"), None)));
        assert!(!area.contains(&place(Some("CF6"), None)) && !area.contains(&place(None, Some((0, 0)))));
        let area = "20,5,21,7".parse::<Area>().unwrap();
        assert!(area.contains(&place(None, Some((57_619_000, 206_735_000)))));
        assert!(!area.contains(&place(None, Some((80_000_000, 206_735_000)))));
        assert!(!area.contains(&place(Some("CF62"), None)));
        let across = "170,-10,-170,10".parse::<Area>().unwrap();
        assert!(across.contains(&place(None, Some((0, 1_790_000_000)))));
        assert!(!across.contains(&place(None, Some((0, 0)))));
        for bad in ["", "Bria", "1,2,3", "x", "20,9,21,5", "C"] {
            assert!(bad.parse::<Area>().is_err(), "{bad}");
        }
    }
}

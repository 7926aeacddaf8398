//! Records of other desks, and what people type as places and times (docs/spec/records.md).

use counterseal_model::cbor::{check_canonical, from_bytes, to_bytes};
use counterseal_model::coordinate::read_point;
use counterseal_model::record::Part;

use crate::same;

/// A part's body: unknown fields are kept, so that it is written as it was.
pub fn records(bytes: &[u8]) {
    if let Ok(part) = from_bytes::<Part>(bytes) {
        assert!(check_canonical(bytes).is_ok(), "a part was read that is not canonical");
        same(&to_bytes(&part), bytes, "part");
    }
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(read) = read_point(text) {
        let (lat, lon) = (read.point.lat(), read.point.lon());
        assert!((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon), "{lat}, {lon} is nowhere");
    }
}

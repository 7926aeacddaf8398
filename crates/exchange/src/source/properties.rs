//! A feature's properties as cells: each property name has its column.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Fault, GEOMETRY_LAT, GEOMETRY_LON, MAX_COLUMNS};
use crate::table::{Header, Record};

/// Columns met so far, and the cells of the feature at hand.
pub(crate) struct Slots {
    header: Header,
    cells: Vec<Option<String>>,
    /// Where the next property is looked for first: features name theirs in one order.
    next: usize,
}

impl Slots {
    pub(crate) fn new() -> Self {
        let header = Header::of([GEOMETRY_LAT, GEOMETRY_LON].into_iter());
        Self { header, cells: vec![None, None], next: 2 }
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    /// Parses a feature into a row of cells.
    pub(crate) fn fill(&mut self, feature: &[u8], record: &mut Record) -> Result<(), Fault> {
        self.cells.fill(None);
        self.next = 2;
        let mut parser = serde_json::Deserializer::from_slice(feature);
        let parsed = FeatureSeed(self).deserialize(&mut parser).and_then(|()| parser.end());
        parsed.map_err(|error| Fault::new(format!("the feature cannot be read: {error}"), feature))?;
        record.clear();
        for cell in &self.cells {
            record.push(cell.as_deref().unwrap_or(""));
        }
        Ok(())
    }

    fn put<E: serde::de::Error>(&mut self, name: &str, cell: Cell<'_>) -> Result<(), E> {
        let column = self.column(name)?;
        self.next = column + 1;
        let text = match cell.0 {
            None => return Ok(()),
            Some(text) => text.into_owned(),
        };
        match self.cells.get_mut(column) {
            Some(slot @ None) => *slot = Some(text),
            _ => return Err(E::custom(format!("the property '{name}' stands there twice"))),
        }
        Ok(())
    }

    fn column<E: serde::de::Error>(&mut self, name: &str) -> Result<usize, E> {
        if !name.is_empty() && self.header.name(self.next) == name {
            return Ok(self.next);
        }
        if let Some(column) = self.header.names().iter().position(|known| known == name) {
            return Ok(column);
        }
        if self.cells.len() >= MAX_COLUMNS {
            return Err(E::custom(format!("the file has more than {MAX_COLUMNS} different properties")));
        }
        self.cells.push(None);
        Ok(self.header.add(name))
    }
}

/// Reads `{"type": "Feature", "properties": {...}, "geometry": {...}}`.
struct FeatureSeed<'s>(&'s mut Slots);

impl<'de> DeserializeSeed<'de> for FeatureSeed<'_> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FeatureSeed<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match key.as_ref() {
                "properties" => map.next_value_seed(PropertiesSeed(self.0))?,
                "geometry" => {
                    let Some(geometry) = map.next_value::<Option<Geometry>>()? else { continue };
                    // Anything but a point has no place here; the row then has none.
                    if let (true, [lon, lat, ..]) = (geometry.kind == "Point", geometry.point.as_slice()) {
                        self.0.put::<A::Error>(GEOMETRY_LAT, Cell::owned(lat.to_string()))?;
                        self.0.put::<A::Error>(GEOMETRY_LON, Cell::owned(lon.to_string()))?;
                    } else {
                        self.0.put::<A::Error>("geometry.type", Cell::owned(geometry.kind))?;
                    }
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, rename = "coordinates", deserialize_with = "position")]
    point: Vec<f64>,
}

/// A position, or nothing where the coordinates are deeper lists.
fn position<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<f64>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let numbers = value.as_array().map(|list| list.iter().filter_map(serde_json::Value::as_f64).collect());
    Ok(numbers.unwrap_or_default())
}

struct PropertiesSeed<'s>(&'s mut Slots);

impl<'de> DeserializeSeed<'de> for PropertiesSeed<'_> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PropertiesSeed<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the feature's properties")
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cell<'de>>()? {
            let cell = map.next_value::<Cell<'de>>()?;
            self.0.put::<A::Error>(key.0.as_deref().unwrap_or(""), cell)?;
        }
        Ok(())
    }
}

/// A property's value as the text of a cell; lists and objects as their JSON.
struct Cell<'de>(Option<Cow<'de, str>>);

impl Cell<'_> {
    fn owned(text: String) -> Self {
        Self(Some(Cow::Owned(text)))
    }
}

impl<'de> Deserialize<'de> for Cell<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell<'de>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cell<'de>, E> {
        Ok(Cell(Some(Cow::Borrowed(text))))
    }
    fn visit_str<E>(self, text: &str) -> Result<Cell<'de>, E> {
        Ok(Cell::owned(text.to_owned()))
    }
    fn visit_unit<E>(self) -> Result<Cell<'de>, E> {
        Ok(Cell(None))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Cell<'de>, E> {
        Ok(Cell::owned(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Cell<'de>, E> {
        Ok(Cell::owned(value.to_string()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Cell<'de>, E> {
        Ok(Cell::owned(value.to_string()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Cell<'de>, E> {
        Ok(Cell::owned(value.to_string()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Cell<'de>, A::Error> {
        let list = serde_json::Value::deserialize(serde::de::value::SeqAccessDeserializer::new(seq))?;
        Ok(Cell::owned(list.to_string()))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Cell<'de>, A::Error> {
        let object = serde_json::Value::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(Cell::owned(object.to_string()))
    }
}

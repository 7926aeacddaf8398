//! Layers of the map: what has a place of its own, as units, sites and patrols, each from the compartment in which it
//! stands. Whoever is not in a compartment does not have its layer.

use counterseal_model::record::EntityKind;
use counterseal_model::{CompartmentId, RecordId};

use super::Desk;
use super::write::INDEX_BITS;
use crate::error::NodeError;

/// A layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerView {
    /// The compartment that it comes from.
    pub compartment: CompartmentId,
    /// Records with a point.
    pub count: u64,
}

/// A record of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The record.
    pub record: RecordId,
    /// What it is; none for an activity, as a patrol.
    pub kind: Option<EntityKind>,
    /// Its name; of an activity its type, if it says one.
    pub name: Option<String>,
    /// 1e-7 degrees.
    pub lat: i32,
    /// 1e-7 degrees.
    pub lon: i32,
}

impl Desk {
    /// The layers that this desk has, in the order of their compartments.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn layers(&self) -> Result<Vec<LayerView>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached(&format!(
                "SELECT e.compartment, count(*) FROM placed p JOIN record r ON r.no = p.record
                 JOIN entry e ON e.no = r.part >> {INDEX_BITS} GROUP BY 1 ORDER BY 1"
            ))?;
            let rows = list.query_map([], |row| {
                let (compartment, count) = (row.get(0)?, row.get::<_, i64>(1)?);
                Ok(LayerView {
                    compartment: CompartmentId::from_bytes(compartment),
                    count: count.cast_unsigned(),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// What of a layer lies in a section of the map (south, north, west, east, 1e-7 degrees, edges included); at most
    /// `most`, those that came first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn layer(
        &self,
        compartment: CompartmentId,
        [south, north, west, east]: [i32; 4],
        most: usize,
    ) -> Result<Vec<Placed>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached(&format!(
                "SELECT r.id, n.kind, coalesce(n.name, t.text), p.lat, p.lon
                 FROM placed p JOIN record r ON r.no = p.record JOIN entry e ON e.no = r.part >> {INDEX_BITS}
                 LEFT JOIN entity n ON n.record = p.record LEFT JOIN incident i ON i.record = p.record
                 LEFT JOIN term t ON t.no = i.kind
                 WHERE p.lat BETWEEN ?2 AND ?3 AND p.lon BETWEEN ?4 AND ?5 AND e.compartment = ?1
                 ORDER BY p.record LIMIT {most}"
            ))?;
            let values = (compartment.as_bytes(), south, north, west, east);
            let rows = list.query_map(values, |row| {
                Ok(Placed {
                    record: RecordId::from_bytes(row.get(0)?),
                    kind: row.get::<_, Option<u8>>(1)?.and_then(|code| EntityKind::from_code(code.into())),
                    name: row.get(2)?,
                    lat: row.get(3)?,
                    lon: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

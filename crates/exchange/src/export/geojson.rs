//! GeoJSON (RFC 7946): a collection of features; what holds for all stands in foreign members.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::columns::{COLUMNS, Cell, cells};
use super::{ExportError, ExportHead, ExportRow};

pub(super) struct Collection<W> {
    out: W,
    head: ExportHead,
    begun: bool,
}

impl<W: Write> Collection<W> {
    pub(super) fn begin(mut out: W, head: ExportHead) -> Result<Self, ExportError> {
        let text = |text: &str| Value::from(text).to_string();
        write!(
            out,
            "{{\"type\":\"FeatureCollection\",\"export_mark\":{},\"classification\":{},\"synthetic\":{},\n\"features\":[",
            text(&head.mark.in_file()),
            text(head.classification.word()),
            head.synthetic,
        )?;
        Ok(Self { out, head, begun: false })
    }

    pub(super) fn row(&mut self, row: &ExportRow<'_>) -> Result<(), ExportError> {
        self.out.write_all(if self.begun { b",\n" } else { b"\n" })?;
        self.begun = true;
        let point = row.incident.place.as_ref().and_then(|place| place.point);
        let geometry = point
            .map_or(Value::Null, |point| json!({"type": "Point", "coordinates": [point.lon(), point.lat()]}));
        // The mark first, written apart: a map's order is that of its keys.
        let mark = Value::from(self.head.mark.in_file());
        let properties = Value::Object(properties(&self.head, row));
        write!(
            self.out,
            "{{\"type\":\"Feature\",\"export_mark\":{mark},\"id\":{},\"geometry\":{geometry},\"properties\":{properties}}}",
            Value::from(row.id),
        )?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, ExportError> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// The columns of the table, but for the point.
fn properties(head: &ExportHead, row: &ExportRow<'_>) -> Map<String, Value> {
    let named = COLUMNS.iter().map(|(name, _)| *name).zip(cells(head, row));
    let pairs = named.filter_map(|(name, cell)| {
        let value = match (name, cell) {
            ("latitude" | "longitude", _) => return None,
            ("synthetic", _) => Value::from(row.synthetic),
            ("attributes", _) if row.incident.attributes.is_empty() => return None,
            ("attributes", _) => json!(row.incident.attributes),
            (_, Cell::Empty) => return None,
            (_, Cell::Text(text)) => Value::from(text),
            (_, Cell::Number(number)) => number.parse::<u64>().map_or(Value::from(number), Value::from),
        };
        Some((name.to_owned(), value))
    });
    pairs.collect()
}

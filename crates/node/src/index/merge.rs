//! A record as its reader sees it: the parts it has in several compartments, laid over each other.

use std::collections::BTreeMap;

use counterseal_model::cbor::{Reader, Writer, from_bytes, to_bytes};
use counterseal_model::record::{Body, Kind, Part};

use crate::error::NodeError;

/// Lays parts of one record over each other: where two have a field, the first wins; classification
/// is the highest; a part of another kind than the first's is left aside.
pub(crate) fn merge(parts: Vec<Part>) -> Result<Part, NodeError> {
    let mut parts = parts.into_iter();
    let Some(mut merged) = parts.next() else { return Err(NodeError::NoParts) };
    for part in parts {
        merged.classification = merged.classification.max(part.classification);
        merged.synthetic |= part.synthetic;
        if merged.body.kind() == part.body.kind() && !matches!(merged.body, Body::Taxonomy(_)) {
            merged.body = overlay(&merged.body, &part.body)?;
        }
    }
    Ok(merged)
}

/// Bodies are maps; their union is a body.
fn overlay(first: &Body, second: &Body) -> Result<Body, NodeError> {
    let (first, second) = (to_bytes(first), to_bytes(second));
    let mut fields = encoded_fields(&second)?;
    fields.extend(encoded_fields(&first)?);
    let mut r = Reader::new(&first);
    r.array()?;
    let kind = r.raw()?;
    let mut w = Writer::new();
    w.array(2).raw(kind).map(fields.len());
    for (key, value) in fields {
        w.raw(key).raw(value);
    }
    Ok(from_bytes(&w.into_bytes())?)
}

/// The encoded fields of a body, by their numbers.
pub(crate) type Fields = BTreeMap<u64, Vec<u8>>;

/// The fields of a body.
pub(crate) fn fields_of(body: &Body) -> Result<Fields, NodeError> {
    let bytes = to_bytes(body);
    let numbered = |(key, value): (&[u8], &[u8])| Ok((Reader::new(key).uint()?, value.to_vec()));
    encoded_fields(&bytes)?.into_iter().map(numbered).collect()
}

/// The body of a kind with these fields.
pub(crate) fn assemble(kind: Kind, fields: &Fields) -> Result<Body, NodeError> {
    let mut w = Writer::new();
    w.array(2).uint(u64::from(kind.code())).map(fields.len());
    for (key, value) in fields {
        w.uint(*key).raw(value);
    }
    Ok(from_bytes(&w.into_bytes())?)
}

/// The fields of an encoded `Body`, in the order of their encoded keys.
fn encoded_fields(body: &[u8]) -> Result<BTreeMap<&[u8], &[u8]>, NodeError> {
    let mut r = Reader::new(body);
    r.array()?;
    r.raw()?;
    (0..r.map()?).map(|_| Ok((r.raw()?, r.raw()?))).collect()
}

#[cfg(test)]
mod tests {
    use counterseal_model::record::Incident;
    use counterseal_model::{Classification, RecordId, Timestamp};

    use super::*;

    #[test]
    fn a_field_moved_to_another_part_is_seen_by_who_may_open_both() {
        let part = |incident, class| {
            let body = Body::Incident(Box::new(incident));
            Part::first(RecordId::from_bytes([1; 16]), body, Timestamp(0), class)
        };
        let open = Incident { title: Some("ambush".into()), ..Incident::default() };
        let moved =
            Incident { title: Some("other".into()), narrative: Some("names".into()), ..Incident::default() };
        let parts =
            vec![part(open, Classification::Unclassified), part(moved, Classification::StrictlyConfidential)];
        let merged = merge(parts).unwrap();
        let Body::Incident(incident) = merged.body else { panic!("an incident") };
        assert_eq!(
            (incident.title.as_deref(), incident.narrative.as_deref()),
            (Some("ambush"), Some("names"))
        );
        assert_eq!(merged.classification, Classification::StrictlyConfidential);
    }
}

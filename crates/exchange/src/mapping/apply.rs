//! A mapping on a file: columns resolved once, rules followed row by row.

use counterseal_model::Term;
use counterseal_model::record::ExternalRef;

use super::builder::Builder;
use super::{BadMapping, Mapping, Rule};
use crate::cell::GeometryColumns;
use crate::draft::Draft;
use crate::import::ImportError;
use crate::rejects::CellError;
use crate::schema::Rest;
use crate::source::{GEOMETRY_LAT, GEOMETRY_LON};
use crate::table::{Columns, Header, Record};

/// A mapping whose columns were found in a file.
pub(crate) struct MappingPlan {
    system: Term,
    reference: (String, usize),
    rules: Vec<(Rule, usize)>,
    constants: Vec<(Rule, String)>,
    geometry: GeometryColumns,
    rest: Rest,
}

impl MappingPlan {
    pub(crate) fn resolve(mapping: &Mapping, header: &Header) -> Result<Self, ImportError> {
        let columns = &mut Columns::of(header);
        let geometry = GeometryColumns::of_features(columns)?;
        let is_feature = header.has(GEOMETRY_LAT) && header.has(GEOMETRY_LON);
        let mut rules = Vec::with_capacity(mapping.rules.len());
        for rule in &mapping.rules {
            match columns.take(&rule.column)? {
                Some(column) => rules.push((rule.clone(), column)),
                // A feature may come without a property that others have.
                None if is_feature => {}
                None => return Err(no_column(&rule.column, header)),
            }
        }
        let reference = columns.take(&mapping.reference)?;
        let reference = reference.ok_or_else(|| no_column(&mapping.reference, header))?;
        Ok(Self {
            system: mapping.system.clone(),
            reference: (mapping.reference.clone(), reference),
            rules,
            constants: mapping.constants.clone(),
            geometry,
            rest: Rest::of(columns, &[]),
        })
    }

    pub(crate) fn draft(&self, record: &Record) -> Result<Draft, CellError> {
        let (column, at) = &self.reference;
        let id = record.get(*at).trim();
        if id.is_empty() {
            return Err(CellError::new(column, "", "is empty; the external reference must be given"));
        }
        let external = ExternalRef { system: self.system.clone(), id: id.to_owned() };
        let mut builder = Builder::new(external.clone());
        for (rule, value) in &self.constants {
            builder.set(rule, value)?;
        }
        for (rule, at) in &self.rules {
            let cell = record.get(*at).trim();
            if !cell.is_empty() {
                builder.set(rule, cell)?;
            }
        }
        let geometry = self.geometry.read(record, |_, _| {})?;
        let rest = self.rest.read(record);
        let (incident, actors) = builder.finish(geometry, rest)?;
        Ok(Draft::new(external, incident, actors))
    }
}

fn no_column(column: &str, header: &Header) -> ImportError {
    BadMapping::NoColumn { column: column.to_owned(), has: header.names().to_vec() }.into()
}

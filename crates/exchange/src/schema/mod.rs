//! What the columns of the known layouts mean, resolved once for each file.

pub(crate) mod acled;
pub(crate) mod own;
pub(crate) mod own_line;
mod rest;
pub(crate) mod ucdp;

pub(crate) use rest::Rest;

use crate::import::ImportError;
use crate::layout::{FileForm, Layout, Schema};
use crate::mapping::{Mapping, MappingPlan};
use crate::table::Header;

/// A layout with its columns resolved.
pub(crate) enum Plan {
    Ucdp(Box<ucdp::UcdpPlan>),
    Acled(Box<acled::AcledPlan>),
    Own(Box<own::OwnPlan>),
    OwnLine,
    Mapped(Box<MappingPlan>),
}

impl Plan {
    pub(crate) fn resolve(
        layout: Layout,
        mapping: Option<&Mapping>,
        header: &Header,
    ) -> Result<Self, ImportError> {
        Ok(match (layout.schema, mapping) {
            (Schema::Mapped, Some(mapping)) => Self::Mapped(Box::new(MappingPlan::resolve(mapping, header)?)),
            (Schema::Ucdp, _) => Self::Ucdp(Box::new(ucdp::UcdpPlan::resolve(header)?)),
            (Schema::Acled, _) => Self::Acled(Box::new(acled::AcledPlan::resolve(header)?)),
            (Schema::Own | Schema::Mapped, _) if layout.form == FileForm::JsonLines => Self::OwnLine,
            (Schema::Own | Schema::Mapped, _) => {
                Self::Own(Box::new(own::OwnPlan::resolve(header, layout.form)?))
            }
        })
    }
}

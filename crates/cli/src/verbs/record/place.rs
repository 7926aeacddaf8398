//! Where: the flags of a place.

use clap::Args;
use counterseal_model::coordinate::{CoordinateForm, read_point};
use counterseal_model::{Place, PlacePrecision};

use super::fields::set;
use crate::context::Context;
use crate::failure::Failure;

/// A place by flags.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Place")]
pub(super) struct PlaceFields {
    /// Name of the village, town or road
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// The point: 4.36N 18.55E, 04°21.6'N 018°33.0'E, or MGRS as in 33N YE 12345 67890
    #[arg(long, value_name = "POINT", allow_hyphen_values = true)]
    at: Option<String>,
    /// How precise it is: exact, near, admin2, admin1, region, country
    #[arg(long, value_name = "PRECISION")]
    place_precision: Option<String>,
    /// Country
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// First-order administrative area
    #[arg(long, value_name = "AREA")]
    admin1: Option<String>,
    /// How the place was described
    #[arg(long, value_name = "TEXT")]
    place_description: Option<String>,
}

impl PlaceFields {
    /// Whether anything was given.
    pub(super) fn is_given(&self) -> bool {
        let fields = [&self.place, &self.at, &self.place_precision, &self.country, &self.admin1];
        fields.into_iter().chain([&self.place_description]).any(Option::is_some)
    }

    /// Sets what was given.
    pub(super) fn apply(&self, ctx: &Context, field: &mut Option<Place>) -> Result<(), Failure> {
        let mut place = field.clone().unwrap_or_default();
        set(&mut place.name, self.place.as_ref());
        set(&mut place.country, self.country.as_ref());
        set(&mut place.admin1, self.admin1.as_ref());
        set(&mut place.description, self.place_description.as_ref());
        match self.at.as_deref() {
            None => {}
            Some("") => (place.point, place.given) = (None, None),
            Some(text) => {
                let read = read_point(text).map_err(|error| Failure::Asked(error.to_string()))?;
                place.point = Some(read.point);
                place.given = (read.form != CoordinateForm::Decimal).then(|| text.to_owned());
            }
        }
        if let Some(word) = &self.place_precision {
            let words =
                || PlacePrecision::ALL.iter().map(|known| known.word()).collect::<Vec<_>>().join(", ");
            let known = PlacePrecision::from_word(word).ok_or_else(|| {
                ctx.refuse("choose-one", &[("text", word.into()), ("words", words().into())])
            })?;
            place.precision = Some(known);
        }
        *field = Some(place).filter(|place| *place != Place::default());
        Ok(())
    }
}

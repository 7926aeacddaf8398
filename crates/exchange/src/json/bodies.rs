//! The bodies' fields, by their names in the data model.

use serde_json::{Map, Value};

use counterseal_model::cbor::{from_bytes, to_bytes};
use counterseal_model::record::{
    Act, Casualties, Damage, Displacement, Entity, Incident, Involved, Link, NameVariant, Response,
};
use counterseal_model::{Grading, Occurred, Place, Verification};

use super::JsonError;
use super::values::Json;

/// The key under which fields of a newer version are carried.
const NEWER: &str = "newer";

macro_rules! body_json {
    ($Name:ident { $($field:ident),+ $(,)? }) => {
        impl Json for $Name {
            fn to_json(&self) -> Value {
                let mut object = Map::new();
                $( if !self.$field.is_absent() {
                    object.insert(stringify!($field).to_owned(), self.$field.to_json());
                } )+
                if !self.extra.is_empty() {
                    object.insert(NEWER.to_owned(), Value::from(hex::encode(to_bytes(self))));
                }
                Value::Object(object)
            }

            fn from_json(json: &Value) -> Result<Self, JsonError> {
                let Some(object) = json.as_object() else {
                    return Err(JsonError::new("is not an object"));
                };
                let known = [$(stringify!($field)),+, NEWER];
                if let Some(other) = object.keys().find(|name| !known.contains(&name.as_str())) {
                    return Err(JsonError::new("is not a field of the data model").within(other));
                }
                Ok(Self {
                    $( $field: match (object.get(stringify!($field)), Json::absent()) {
                        (Some(value), _) => {
                            Json::from_json(value).map_err(|error| error.within(stringify!($field)))?
                        }
                        (None, Some(absent)) => absent,
                        (None, None) => {
                            return Err(JsonError::new("must be given").within(stringify!($field)));
                        }
                    }, )+
                    // Only the fields this version cannot name are taken from there.
                    extra: match object.get(NEWER) {
                        Some(newer) => newer_body::<Self>(newer).map_err(|error| error.within(NEWER))?.extra,
                        None => Default::default(),
                    },
                })
            }
        }
    };
}

fn newer_body<T: counterseal_model::cbor::Value>(json: &Value) -> Result<T, JsonError> {
    let bytes = json.as_str().and_then(|text| hex::decode(text).ok());
    let bytes = bytes.ok_or_else(|| JsonError::new("is not hexadecimal"))?;
    from_bytes(&bytes).map_err(|error| JsonError::new(error.to_string()))
}

body_json!(Incident {
    reference,
    external,
    title,
    form,
    kind,
    subtype,
    tags,
    occurred,
    reported,
    entered,
    place,
    narrative,
    actors,
    acts,
    casualties,
    damage,
    displacement,
    weapons,
    un_affected,
    response,
    sources,
    verification,
    duplicate_of,
    grading,
    attributes,
});
body_json!(Involved { role, entity, name });
body_json!(Act { act, method, by, to });
body_json!(Casualties { group, harm, best, low, high });
body_json!(Damage { object, count, text });
body_json!(Displacement { households, people, destination });
body_json!(Response { actor, at, action, outcome });
body_json!(Occurred { from, to, precision });
body_json!(Place {
    name,
    point,
    precision,
    country,
    iso3,
    admin1,
    admin2,
    pcode,
    pcode_version,
    description,
    record,
    given,
});
body_json!(Grading { reliability, credibility, by, basis });
body_json!(Verification { status, by, at });
body_json!(Entity {
    kind,
    name,
    variants,
    external,
    subtype,
    tags,
    description,
    place,
    identifier,
    grading,
    attributes,
});
body_json!(NameVariant { name, script });
body_json!(Link { kind, from, to, when, grading, note });

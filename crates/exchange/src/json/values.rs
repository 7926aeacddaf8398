//! How plain values stand in JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use counterseal_model::record::{EntityKind, ExternalRef, IncidentForm, Script};
use counterseal_model::{
    Credibility, PersonId, PlacePrecision, Point, RecordId, Reliability, Term, TimePrecision, Timestamp,
    VerificationStatus, dtg::read_moment,
};

use super::JsonError;

/// A value of the data model in JSON.
pub(crate) trait Json: Sized {
    fn to_json(&self) -> Value;
    fn from_json(json: &Value) -> Result<Self, JsonError>;
    /// What a field holds that is left out; `None` where it must be there.
    fn absent() -> Option<Self> {
        None
    }
    fn is_absent(&self) -> bool {
        false
    }
}

fn expected<T>(what: &str) -> impl FnOnce() -> Result<T, JsonError> {
    let reason = format!("is not {what}");
    move || Err(JsonError::new(reason))
}

impl Json for String {
    fn to_json(&self) -> Value {
        Value::from(self.as_str())
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        json.as_str().map(str::to_owned).map_or_else(expected("text"), Ok)
    }
}

impl Json for u64 {
    fn to_json(&self) -> Value {
        Value::from(*self)
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        json.as_u64().map_or_else(expected("a whole number of zero or more"), Ok)
    }
}

impl Json for bool {
    fn to_json(&self) -> Value {
        Value::from(*self)
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        json.as_bool().map_or_else(expected("true or false"), Ok)
    }
    fn absent() -> Option<Self> {
        Some(false)
    }
    fn is_absent(&self) -> bool {
        !*self
    }
}

impl<T: Json> Json for Option<T> {
    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, Json::to_json)
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        if json.is_null() { Ok(None) } else { T::from_json(json).map(Some) }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Json> Json for Vec<T> {
    fn to_json(&self) -> Value {
        Value::Array(self.iter().map(Json::to_json).collect())
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let items = json.as_array().map_or_else(expected("a list"), Ok)?;
        let item = |(at, item)| T::from_json(item).map_err(|error| error.within(&format!("{at}")));
        items.iter().enumerate().map(item).collect()
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Json for BTreeMap<String, String> {
    fn to_json(&self) -> Value {
        Value::Object(self.iter().map(|(name, text)| (name.clone(), Value::from(text.as_str()))).collect())
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let object = json.as_object().map_or_else(expected("an object"), Ok)?;
        let pair = |(name, text)| -> Result<(String, String), JsonError> {
            let name: &String = name;
            Ok((name.clone(), String::from_json(text).map_err(|error| error.within(name))?))
        };
        object.iter().map(pair).collect()
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// RFC 3339, or seconds since 1970 for moments that four digits of year cannot say.
impl Json for Timestamp {
    fn to_json(&self) -> Value {
        let text = self.rfc3339();
        let back = read_moment(&text, None).ok().map(|(at, _)| at);
        if back == Some(*self) { Value::from(text) } else { Value::from(self.0) }
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        if let Some(seconds) = json.as_i64() {
            return Ok(Self(seconds));
        }
        let text = json.as_str().map_or_else(expected("a moment"), Ok)?;
        read_moment(text, None).map(|(at, _)| at).map_err(|error| JsonError::new(error.to_string()))
    }
}

impl Json for Point {
    fn to_json(&self) -> Value {
        let mut object = Map::new();
        object.insert("lat".to_owned(), Value::from(self.lat()));
        object.insert("lon".to_owned(), Value::from(self.lon()));
        Value::Object(object)
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let degrees = |name| json.get(name).and_then(Value::as_f64);
        let point = degrees("lat").zip(degrees("lon"));
        let point = point.and_then(|(lat, lon)| Self::from_degrees(lat, lon));
        point.map_or_else(expected("a point: {\"lat\": -90 to 90, \"lon\": -180 to 180}"), Ok)
    }
}

impl Json for ExternalRef {
    fn to_json(&self) -> Value {
        let mut object = Map::new();
        object.insert("id".to_owned(), Value::from(self.id.as_str()));
        object.insert("system".to_owned(), self.system.to_json());
        Value::Object(object)
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let part = |name: &str| json.get(name).map_or_else(expected("a system and an id"), Ok);
        Ok(Self { system: Term::from_json(part("system")?)?, id: String::from_json(part("id")?)? })
    }
}

impl Json for Term {
    fn to_json(&self) -> Value {
        Value::from(self.as_str())
    }
    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let text = json.as_str().unwrap_or_default();
        let term = Self::from_text(text).filter(|term| term.as_str() == text);
        term.map_or_else(expected("a term of lower-case words joined by hyphens"), Ok)
    }
}

macro_rules! words {
    ($($Name:ty, $what:literal;)+) => {$(
        impl Json for $Name {
            fn to_json(&self) -> Value {
                Value::from(self.word())
            }
            fn from_json(json: &Value) -> Result<Self, JsonError> {
                json.as_str().and_then(Self::from_word).map_or_else(expected($what), Ok)
            }
        }
    )+};
}

words! {
    IncidentForm, "a form: incident, event or activity";
    EntityKind, "an entity kind";
    Script, "a script: Latn, Arab or Zyyy";
    TimePrecision, "a time precision";
    PlacePrecision, "a place precision";
    Reliability, "a reliability of A to F";
    Credibility, "a credibility of 1 to 6";
    VerificationStatus, "a verification status";
}

macro_rules! ids {
    ($($Name:ty),+) => {$(
        impl Json for $Name {
            fn to_json(&self) -> Value {
                Value::from(self.to_string())
            }
            fn from_json(json: &Value) -> Result<Self, JsonError> {
                let text = json.as_str().unwrap_or_default();
                text.parse().map_err(|error: counterseal_model::BadId| JsonError::new(error.to_string()))
            }
        }
    )+};
}

ids!(RecordId, PersonId);

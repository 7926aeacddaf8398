//! The fields of an incident that a column can go to.

use counterseal_model::Term;

use super::reader::As;

/// A field, by its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Text(TextField),
    Term(TermField),
    Form,
    Tags,
    Weapons,
    Narrative,
    Sources,
    Moment(MomentField),
    TimePrecision,
    Point,
    Latitude,
    Longitude,
    PlacePrecision,
    Actor(Term),
    Casualties { harm: Option<Term>, group: Option<Term>, bound: Bound },
    Damage(Term),
    DisplacedPeople,
    DisplacedHouseholds,
    UnAffected,
    Verification,
    Grading,
    Reliability,
    Credibility,
    External(Term),
    Attribute(String),
    LeaveOut,
}

/// A field of plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextField {
    Reference,
    Title,
    PlaceName,
    Country,
    Iso3,
    Admin1,
    Admin2,
    Pcode,
    PcodeVersion,
    PlaceDescription,
    Destination,
    ResponseActor,
    ResponseOutcome,
}

/// A field of one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermField {
    Kind,
    Subtype,
    ResponseAction,
}

/// A moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MomentField {
    From,
    To,
    Reported,
    Entered,
    Response,
}

/// Which estimate a number of people is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Best,
    Low,
    High,
}

impl Target {
    /// The field with this path, as in `place.name` or `casualties.killed.civilians.best`.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('.').collect();
        Some(match parts.as_slice() {
            ["form"] => Self::Form,
            ["tags"] => Self::Tags,
            ["weapons"] => Self::Weapons,
            ["narrative"] => Self::Narrative,
            ["sources"] => Self::Sources,
            ["occurred", "precision"] => Self::TimePrecision,
            ["place", "point"] => Self::Point,
            ["place", "latitude"] => Self::Latitude,
            ["place", "longitude"] => Self::Longitude,
            ["place", "precision"] => Self::PlacePrecision,
            ["actors", role] => Self::Actor(exact_term(role)?),
            ["casualties", harm, bound] => Self::casualties(harm, None, bound)?,
            ["casualties", harm, group, bound] => Self::casualties(harm, Some(group), bound)?,
            ["damage", object] => Self::Damage(exact_term(object)?),
            ["displacement", "people"] => Self::DisplacedPeople,
            ["displacement", "households"] => Self::DisplacedHouseholds,
            ["un_affected"] => Self::UnAffected,
            ["verification"] => Self::Verification,
            ["grading"] => Self::Grading,
            ["grading", "reliability"] => Self::Reliability,
            ["grading", "credibility"] => Self::Credibility,
            ["external", system] => Self::External(exact_term(system)?),
            ["attributes", ..] => {
                let name = path.strip_prefix("attributes.").filter(|name| !name.is_empty())?;
                Self::Attribute(name.to_owned())
            }
            ["leave-out"] => Self::LeaveOut,
            _ => return Self::single(path),
        })
    }

    fn single(path: &str) -> Option<Self> {
        Some(match path {
            "reference" => Self::Text(TextField::Reference),
            "title" => Self::Text(TextField::Title),
            "place.name" => Self::Text(TextField::PlaceName),
            "place.country" => Self::Text(TextField::Country),
            "place.iso3" => Self::Text(TextField::Iso3),
            "place.admin1" => Self::Text(TextField::Admin1),
            "place.admin2" => Self::Text(TextField::Admin2),
            "place.pcode" => Self::Text(TextField::Pcode),
            "place.pcode_version" => Self::Text(TextField::PcodeVersion),
            "place.description" => Self::Text(TextField::PlaceDescription),
            "displacement.destination" => Self::Text(TextField::Destination),
            "response.actor" => Self::Text(TextField::ResponseActor),
            "response.outcome" => Self::Text(TextField::ResponseOutcome),
            "kind" => Self::Term(TermField::Kind),
            "subtype" => Self::Term(TermField::Subtype),
            "response.action" => Self::Term(TermField::ResponseAction),
            "occurred" | "occurred.from" => Self::Moment(MomentField::From),
            "occurred.to" => Self::Moment(MomentField::To),
            "reported" => Self::Moment(MomentField::Reported),
            "entered" => Self::Moment(MomentField::Entered),
            "response.at" => Self::Moment(MomentField::Response),
            _ => return None,
        })
    }

    fn casualties(harm: &str, group: Option<&str>, bound: &str) -> Option<Self> {
        // Killed is what a casualty without a harm is.
        let harm = if harm == "killed" { None } else { Some(exact_term(harm)?) };
        let group = group.map(|group| exact_term(group).ok_or(())).transpose().ok()?;
        let bound = match bound {
            "best" => Bound::Best,
            "low" => Bound::Low,
            "high" => Bound::High,
            _ => return None,
        };
        Some(Self::Casualties { harm, group, bound })
    }

    /// How the field is read when the rule does not say.
    pub(super) fn usual_reader(&self) -> As {
        match self {
            Self::Text(_) | Self::Narrative | Self::Attribute(_) | Self::External(_) | Self::LeaveOut => {
                As::Text
            }
            Self::Term(_) => As::Term,
            Self::Form
            | Self::TimePrecision
            | Self::PlacePrecision
            | Self::Verification
            | Self::Grading
            | Self::Reliability
            | Self::Credibility => As::Word,
            Self::Tags | Self::Weapons | Self::Sources => As::List,
            Self::Actor(_) => As::Text,
            Self::Moment(_) => As::Date,
            Self::Point | Self::Latitude | Self::Longitude => As::Coordinates,
            Self::Casualties { .. } | Self::Damage(_) | Self::DisplacedPeople | Self::DisplacedHouseholds => {
                As::Number
            }
            Self::UnAffected => As::YesNo,
        }
    }

    /// Whether the field can be read so.
    pub(super) fn takes(&self, reader: As) -> bool {
        match self {
            Self::Moment(_) => matches!(reader, As::Date | As::Dtg),
            Self::Tags | Self::Weapons => matches!(reader, As::List | As::Term),
            Self::Sources | Self::Actor(_) => matches!(reader, As::List | As::Text),
            Self::Latitude | Self::Longitude => matches!(reader, As::Coordinates | As::Number),
            _ => reader == self.usual_reader(),
        }
    }
}

/// A term that is written as terms are.
fn exact_term(text: &str) -> Option<Term> {
    Term::from_text(text).filter(|term| term.as_str() == text)
}

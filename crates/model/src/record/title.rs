//! What a record is called in one line.

use crate::place::Place;
use crate::record::{Body, Incident};

impl Body {
    /// What it is called in one line; an incident that has no title by its narrative, its type or its place. None where it
    /// says nothing of that.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        Some(match self {
            Self::Incident(incident) => return incident_title(incident),
            Self::Entity(entity) => entity.name.clone(),
            Self::Link(link) => link.kind.to_string(),
            Self::Note(note) => note.text.clone(),
            Self::Source(source) => source.pseudonym.clone(),
            Self::Export(export) => format!("{} ({})", export.query, export.format),
            Self::Case(case) => {
                case.reference.as_ref().map_or_else(|| case.case.short(), ToString::to_string)
            }
            Self::Basis(basis) => basis.kind.word().to_owned(),
            Self::Taxonomy(_) | Self::Consent(_) | Self::Agreement(_) | Self::ConsentEvent(_) => {
                self.kind().word().to_owned()
            }
        })
    }
}

fn incident_title(incident: &Incident) -> Option<String> {
    let kind = || incident.kind.as_ref().map(ToString::to_string);
    let title = incident.title.clone().or_else(|| incident.narrative.clone());
    title.or_else(kind).or_else(|| incident.place.as_ref().and_then(Place::called))
}

impl Place {
    /// Its name, or the area's in which it is.
    #[must_use]
    pub fn called(&self) -> Option<String> {
        self.name.clone().or_else(|| self.admin1.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Term;
    use crate::record::{Entity, EntityKind};

    #[test]
    fn a_record_is_called_by_the_first_thing_that_it_says_of_itself() {
        let mut incident = Incident::default();
        let title = |incident: &Incident| Body::Incident(Box::new(incident.clone())).title();
        assert_eq!(title(&incident), None);
        incident.place = Some(Place { admin1: Some("Ouham".into()), ..Place::default() });
        assert_eq!(title(&incident).as_deref(), Some("Ouham"));
        incident.kind = Term::from_text("ambush");
        assert_eq!(title(&incident).as_deref(), Some("ambush"));
        incident.narrative = Some("Two carts.".into());
        assert_eq!(title(&incident).as_deref(), Some("Two carts."));
        incident.title = Some("Attack".into());
        assert_eq!(title(&incident).as_deref(), Some("Attack"));
        let entity = Body::Entity(Box::new(Entity::named(EntityKind::Group, "Front")));
        assert_eq!(entity.title().as_deref(), Some("Front"));
        assert_eq!(Body::Taxonomy("{}".into()).title().as_deref(), Some("taxonomy"));
    }
}

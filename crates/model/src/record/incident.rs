//! The incident: what happened, where, when, who did what to whom, and how sure we are.

use std::collections::BTreeMap;

use crate::body;
use crate::cbor::{BodyError, Reader, Value, Writer};
use crate::ids::RecordId;
use crate::label::{Grading, Term, Verification};
use crate::moment::{Occurred, Timestamp};
use crate::place::Place;

/// What form the report takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum IncidentForm {
    /// Something that harmed or could have harmed.
    #[default]
    Incident,
    /// Something that happened, harmful or not.
    Event,
    /// Something the mission or another body did.
    Activity,
}

crate::enumeration!(IncidentForm, "incident, event or activity", {
    0 => Incident, "incident"; 1 => Event, "event"; 2 => Activity, "activity";
});

/// The name another system has for the same thing, as `UCDP-GED 30367` or a Sage number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalRef {
    /// The system, as in `ucdp-ged`, `acled`, `sage`.
    pub system: Term,
    /// Its identifier there.
    pub id: String,
}

impl Value for ExternalRef {
    fn write(&self, w: &mut Writer) {
        w.array(2);
        self.system.write(w);
        w.text(&self.id);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a system and an identifier")?;
        Ok(Self { system: Term::read(r)?, id: String::read(r)? })
    }
}

body! {
    /// Someone or something that took part, in a role.
    #[derive(Default)]
    pub struct Involved {
        /// The role, as in `perpetrator`, `victim`, `side-a`.
        1 role: Option<Term>,
        /// The entity's record.
        2 entity: Option<RecordId>,
        /// The name as given in the report.
        3 name: Option<String>,
    }
}

body! {
    /// Who did what to whom, by what method.
    #[derive(Default)]
    pub struct Act {
        /// What was done, as in `killing`, `abduction`.
        1 act: Option<Term>,
        /// By what method, as in `air-strike`.
        2 method: Option<Term>,
        /// Who did it.
        3 by: Vec<Involved>,
        /// To whom.
        4 to: Vec<Involved>,
    }
}

body! {
    /// How many people of one group were harmed in one way; an estimate with its bounds.
    #[derive(Default)]
    pub struct Casualties {
        /// The group, as in `civilians`, `side-a`; left out for everybody together.
        1 group: Option<Term>,
        /// The harm, as in `injured`; left out for killed.
        2 harm: Option<Term>,
        /// Best estimate, people.
        3 best: Option<u64>,
        /// Lowest estimate, people.
        4 low: Option<u64>,
        /// Highest estimate, people.
        5 high: Option<u64>,
    }
}

body! {
    /// What was damaged.
    #[derive(Default)]
    pub struct Damage {
        /// What kind of thing, as in `school`, `health-facility`.
        1 object: Option<Term>,
        /// How many.
        2 count: Option<u64>,
        /// How, in words.
        3 text: Option<String>,
    }
}

body! {
    /// Who was displaced.
    #[derive(Default)]
    pub struct Displacement {
        /// Households.
        1 households: Option<u64>,
        /// People.
        2 people: Option<u64>,
        /// Where to, in words.
        3 destination: Option<String>,
    }
}

body! {
    /// What the mission did about it.
    #[derive(Default)]
    pub struct Response {
        /// Who acted, as a section or an office.
        1 actor: Option<String>,
        /// When.
        2 at: Option<Timestamp>,
        /// What was done.
        3 action: Option<Term>,
        /// What came of it.
        4 outcome: Option<String>,
    }
}

body! {
    /// An incident.
    #[derive(Default)]
    pub struct Incident {
        /// The mission's own reference.
        1 reference: Option<String>,
        /// What other systems call it.
        2 external: Vec<ExternalRef>,
        /// One line.
        3 title: Option<String>,
        /// Incident, event or activity.
        4 form: Option<IncidentForm>,
        /// Type, from the incident-type taxonomy.
        5 kind: Option<Term>,
        /// Subtype.
        6 subtype: Option<Term>,
        /// Free labels.
        7 tags: Vec<Term>,
        /// When it happened.
        8 occurred: Option<Occurred>,
        /// When it was reported to the mission.
        9 reported: Option<Timestamp>,
        /// When it was entered.
        10 entered: Option<Timestamp>,
        /// Where.
        11 place: Option<Place>,
        /// What happened, in words.
        12 narrative: Option<String>,
        /// Who took part.
        13 actors: Vec<Involved>,
        /// Who did what to whom.
        14 acts: Vec<Act>,
        /// Who was harmed; the first without a group is the total.
        15 casualties: Vec<Casualties>,
        /// What was damaged.
        16 damage: Vec<Damage>,
        /// Who had to leave.
        17 displacement: Vec<Displacement>,
        /// Weapons used.
        18 weapons: Vec<Term>,
        /// Whether United Nations staff or property were affected.
        19 un_affected: bool,
        /// What the mission did.
        20 response: Vec<Response>,
        /// Open sources: reports, articles. A confidential source is a record of its own.
        21 sources: Vec<String>,
        /// How far it was checked.
        22 verification: Option<Verification>,
        /// The incident that this one repeats.
        23 duplicate_of: Option<RecordId>,
        /// How good the information is.
        24 grading: Option<Grading>,
        /// Columns of an imported file that have no field here.
        25 attributes: BTreeMap<String, String>,
    }
}

impl Incident {
    /// The estimate for everybody killed: the first entry without group or harm.
    #[must_use]
    pub fn killed(&self) -> Option<&Casualties> {
        self.casualties.iter().find(|c| c.group.is_none() && c.harm.is_none())
    }
}

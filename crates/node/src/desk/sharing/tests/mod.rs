//! What leaves a compartment, and what does not: over a desk with an open and a guarded compartment, and played trustees.

mod approved;
mod leaving;
mod refused;
mod shown;
mod tour;

use counterseal_model::record::{BasisKind, Body, Casualties, Incident, Involved};
use counterseal_model::{
    Classification, Code, CompartmentId, EntryId, Occurred, Place, TimePrecision, Timestamp,
};
use counterseal_policy::{DateLevel, ENGINE, Generalise, PlaceLevel, Table};
use counterseal_register::{Bytes, Charter, FactAbout, FactKind, HistoryRule, HoldRule, PartRef, Rule};

use super::*;
use crate::desk::casework::NamedPart;
use crate::desk::guarded::tests::{NOW, World, opened, world};
use crate::desk::{CaseworkRefusal, Desk, FactTerms, engine_code};
use crate::error::NodeError;

const NARRATIVE: &str = "Heron Passmore saw it from the mill";

pub(super) fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

/// A mission with a policy, an open compartment `incidents`, a guarded one, and an open one for partners.
pub(super) struct Office {
    pub(super) world: World,
    pub(super) incidents: CompartmentId,
    pub(super) partners: CompartmentId,
}

pub(super) fn office(seed: u64) -> Office {
    let mut world = world(seed, 2, 3, HoldRule::None);
    world.give_keys(1);
    let incidents = world.desk.find_compartment("incidents").unwrap();
    let charter = Charter::new(Rule::Open, HistoryRule::Full);
    let partners = world.desk.create_compartment("partners", charter).unwrap();
    let table = table(&world, incidents, "mission");
    world.desk.set_policy(engine_code_of(), table, &[&world.governor.secrets]).unwrap();
    Office { world, incidents, partners }
}

/// The policy of an office; who receives what is handed over is a term of it.
fn table(world: &World, incidents: CompartmentId, receiver: &str) -> Vec<u8> {
    let table = format!(
        "engine,{ENGINE}\ntime,utc+00:00\n\
        purpose,protection-referral,protection-partner,Referring a person\n\
        purpose,briefing,mission,Telling a section\n\
        purpose,handover,{receiver},With another person\n\
        purpose,audit,mission,Checking\n\
        compartment,cases\n\
        row,effect,who,action,what,purpose,basis,needs,emergency,words\n\
        10,permit,anyone,share or export,cases,protection-referral,consent or best-interests,-,-,Only with consent\n\
        20,permit,anyone,share,cases,briefing,-,training,-,Only who is trained\n\
        30,permit,anyone,share,cases,handover,-,approvals:1,-,Only with a second person\n\
        40,permit,anyone,export,cases,handover or audit,-,approvals:1,-,Out only with a second person\n"
    );
    let mut table = Table::read("test", table.as_bytes()).unwrap();
    for id in [incidents, world.compartment] {
        table.label_compartment(&code("cases"), id).unwrap();
    }
    table.to_bytes()
}

fn engine_code_of() -> Code {
    code(&engine_code())
}

pub(super) fn incident() -> Incident {
    let place = Place {
        name: Some("Bouca".into()),
        country: Some("Central African Republic".into()),
        admin1: Some("Ouham".into()),
        admin2: Some("Bouca".into()),
        ..Place::default()
    };
    Incident {
        title: Some("Ambush at the mill".into()),
        narrative: Some(NARRATIVE.into()),
        occurred: Some(Occurred::span(Timestamp(NOW), Timestamp(NOW), TimePrecision::Day)),
        place: Some(place),
        actors: vec![Involved { name: Some("Heron  Passmore".into()), ..Involved::default() }],
        casualties: vec![Casualties { best: Some(3), ..Casualties::default() }],
        ..Incident::default()
    }
}

impl Office {
    pub(super) fn desk(&mut self) -> &mut Desk {
        &mut self.world.desk
    }

    /// Writes an incident and names its part.
    pub(super) fn write(&mut self, compartment: CompartmentId, body: Body) -> NamedPart {
        self.desk().record_new(compartment, body, Classification::Confidential).unwrap();
        let newest: [u8; 32] = self
            .desk()
            .store
            .read(|db| {
                let sql = "SELECT id FROM entry ORDER BY no DESC LIMIT 1";
                Ok::<_, NodeError>(db.query_row(sql, [], |row| row.get(0))?)
            })
            .unwrap();
        NamedPart { compartment, part: PartRef { entry: EntryId::from_bytes(newest), index: 0 } }
    }

    pub(super) fn incident(&mut self) -> NamedPart {
        let incidents = self.incidents;
        self.write(incidents, Body::Incident(Box::new(incident())))
    }

    /// A guarded incident, opened into the desk's memory for an hour.
    pub(super) fn open_guarded(&mut self, body: Body) -> NamedPart {
        let compartment = self.world.compartment;
        let named = self.write(compartment, body);
        self.open(named);
        named
    }

    /// Opens a guarded part with two trustees' pads.
    pub(super) fn open(&mut self, named: NamedPart) {
        let header = self.world.headers().pop().unwrap();
        (0..2).for_each(|trustee| _ = self.world.acknowledge(trustee, &header));
        let opened = opened(&self.world, &header, 0, &[0, 1]).unwrap();
        self.desk().vault.keep(named.part, opened.plaintext, Timestamp(NOW + 3_600));
    }

    pub(super) fn terms(&self, part: NamedPart, purpose: &str) -> ShareTerms {
        ShareTerms {
            part,
            to: self.partners,
            purpose: code(purpose),
            case: false,
            generalise: Generalise {
                place: Some(PlaceLevel::Admin1),
                date: Some(DateLevel::Month),
                pseudonyms: true,
            },
            small: None,
            approvals: Vec::new(),
        }
    }

    /// A member says that the person consents to a referral to the partner.
    pub(super) fn consent(&mut self, part: NamedPart, ends: bool) {
        let terms = FactTerms {
            about: FactAbout::Parts(part.compartment, vec![part.part]),
            kind: FactKind::Consent,
            value: None,
            purposes: if ends { vec![] } else { vec![code("protection-referral")] },
            recipients: if ends { vec![] } else { vec![code("protection-partner")] },
            since: None,
            until: None,
            ends,
            whose: vec![Bytes([1; 32])],
        };
        self.desk().state_fact(terms).unwrap();
    }
}

pub(super) fn refusal<T: std::fmt::Debug>(result: Result<T, NodeError>) -> ShareRefusal {
    match result.unwrap_err() {
        NodeError::Share(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

pub(super) fn is_unknown<T: std::fmt::Debug>(result: &Result<T, NodeError>) -> bool {
    matches!(result, Err(NodeError::Casework(CaseworkRefusal::UnknownPart { .. })))
}

pub(super) fn consented() -> Vec<BasisKind> {
    vec![BasisKind::Consent]
}

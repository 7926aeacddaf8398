//! The world of a synthetic mission: built once from its plan, then asked for what happened in it.

use counterseal_model::record::{Body, Entity, Incident, Link, Part};
use counterseal_model::{Classification, RecordId};

use crate::calendar::Calendar;
use crate::case::{Case, Insertion, Planted};
use crate::cast::Cast;
use crate::draw::{Draw, Purpose};
use crate::gazetteer;
use crate::hotspots::Hotspots;
use crate::plan::Plan;
use crate::scene::{self, Scene};
use crate::setting::Setting;
use crate::vocabulary::Vocabulary;
use crate::{incident, roster};

/// A synthetic mission. Holds the recurring things; incidents are made when asked for.
pub struct World {
    plan: Plan,
    pub(crate) settings: Vec<Setting>,
    pub(crate) cast: Cast,
    pub(crate) calendar: Calendar,
    pub(crate) hotspots: Hotspots,
    pub(crate) vocabulary: Vocabulary,
}

impl World {
    /// The world that follows from a plan.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let towns = gazetteer::towns();
        let cast = Cast::new(&plan, &towns);
        let calendar = Calendar::new(&plan);
        Self {
            settings: Setting::all(&plan, &towns, &cast.groups),
            hotspots: Hotspots::new(&plan, &calendar, towns.len()),
            vocabulary: Vocabulary::new(),
            plan,
            cast,
            calendar,
        }
    }

    /// The plan it was made from.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Groups, organisations, people, vehicles, accounts and places.
    #[must_use]
    pub fn entities(&self) -> Vec<(RecordId, Entity)> {
        roster::entities(self)
    }

    /// Who belongs to, commands, owns and was seen with what.
    #[must_use]
    pub fn links(&self) -> Vec<(RecordId, Link)> {
        roster::links(self)
    }

    /// Incident `n`, at the same cost for every `n`; the plan's number is not a limit.
    #[must_use]
    pub fn incident(&self, n: usize) -> (RecordId, Incident) {
        let (scene, incident, _) = self.generate(n);
        (scene.record, incident)
    }

    /// Every incident of the plan, one at a time. They come in no order of time.
    pub fn incidents(&self) -> impl Iterator<Item = (RecordId, Incident)> {
        (0..self.plan.incidents).map(|n| self.incident(n))
    }

    /// How sensitive incident `n` is: about 55 % unclassified, 35 % confidential, 10 % strictly
    /// confidential.
    #[must_use]
    pub fn classification(&self, n: usize) -> Classification {
        let mut draw = self.stream(n);
        let _record = draw.id();
        scene::classification(&mut draw)
    }

    /// Incident `n` as the first version of a part, marked synthetic and made when it was entered.
    #[must_use]
    pub fn part(&self, n: usize) -> Part {
        let (scene, incident, _) = self.generate(n);
        let made = incident.entered.unwrap_or(scene.when);
        let body = Body::Incident(Box::new(incident));
        Part { synthetic: true, ..Part::first(scene.record, body, made, scene.classification) }
    }

    /// What the guard should stop, in order of the incidents of the plan.
    #[must_use]
    pub fn planted(&self) -> Vec<Planted> {
        self.cases(|case| !case.is_decoy())
    }

    /// What looks like it and should pass.
    #[must_use]
    pub fn decoys(&self) -> Vec<Planted> {
        self.cases(Case::is_decoy)
    }

    fn cases(&self, wanted: fn(Case) -> bool) -> Vec<Planted> {
        let all =
            (0..self.plan.incidents).filter_map(|n| Some((n, Case::of(n).filter(|case| wanted(*case))?)));
        all.filter_map(|(n, kind)| {
            let Insertion { field, text, .. } = self.generate(n).2?;
            Some(Planted { n, field, text, kind })
        })
        .collect()
    }

    fn stream(&self, n: usize) -> Draw {
        Draw::new(self.plan.seed, Purpose::Incident, n)
    }

    pub(crate) fn generate(&self, n: usize) -> (Scene<'_>, Incident, Option<Insertion>) {
        let mut draw = self.stream(n);
        let scene = Scene::draw(self, &mut draw);
        let insertion = Case::of(n).map(|case| Insertion::draw(self, &scene, &mut draw, case));
        let incident = incident::write(self, &scene, &mut draw, n, insertion.as_ref());
        (scene, incident, insertion)
    }
}

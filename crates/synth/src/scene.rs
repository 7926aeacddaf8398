//! What is drawn about one incident before a word is written.

use counterseal_model::{Classification, Point, RecordId, TimePrecision, Timestamp};

use crate::cast::Group;
use crate::draw::Draw;
use crate::gazetteer::Town;
use crate::harm::Harm;
use crate::hotspots;
use crate::language::Language;
use crate::phrases::PEOPLE;
use crate::setting::Setting;
use crate::stories::{Against, Story};
use crate::vocabulary::StoryTerms;
use crate::world::World;

/// One incident, as it happened.
pub(crate) struct Scene<'w> {
    pub(crate) record: RecordId,
    pub(crate) classification: Classification,
    pub(crate) story: &'static Story,
    pub(crate) terms: &'w StoryTerms,
    pub(crate) language: Language,
    pub(crate) when: Timestamp,
    pub(crate) precision: TimePrecision,
    pub(crate) setting: &'w Setting,
    /// Another town of the same country.
    pub(crate) near: &'w Town,
    /// Where it really happened.
    pub(crate) point: Point,
    pub(crate) group: &'w Group,
    /// Who stands on the other side, when it is a party to the conflict.
    pub(crate) opponent: Option<&'w Group>,
    /// Index into the people's words.
    pub(crate) people: usize,
    /// Index of the weapon.
    pub(crate) weapon: usize,
    pub(crate) harm: Harm,
    pub(crate) km: u64,
    pub(crate) herd: u64,
}

impl<'w> Scene<'w> {
    /// Draws the scene of an incident from its stream.
    pub(crate) fn draw(world: &'w World, draw: &mut Draw) -> Self {
        let record = draw.id();
        let classification = classification(draw);
        let (when, half_year) = world.calendar.draw(draw);
        let setting = world.hotspots.draw(draw, half_year, &world.settings);
        let (story, terms) = world.vocabulary.story(draw);
        let (group, rival) = setting.parties(draw, &world.cast.groups);
        let opponent = match story.against {
            Against::Forces => world.cast.forces_of(&setting.town.iso3),
            Against::Group => Some(rival),
            Against::Civilians | Against::Mission => None,
        };
        Self {
            record,
            classification,
            story,
            terms,
            language: language(draw),
            when,
            precision: precision(draw),
            setting,
            near: setting.neighbour(draw, &world.settings),
            point: hotspots::near(draw, setting.town.point, 25.0),
            group,
            opponent,
            people: draw.index(PEOPLE.en.len()),
            weapon: *draw.pick(story.arms),
            harm: Harm::draw(draw, story.lethal),
            km: draw.between(2, 40),
            herd: draw.between(2, 30) * 10,
        }
    }
}

/// The mix of classifications: the first thing drawn after the id.
pub(crate) fn classification(draw: &mut Draw) -> Classification {
    match draw.below(100) {
        0..55 => Classification::Unclassified,
        55..90 => Classification::Confidential,
        _ => Classification::StrictlyConfidential,
    }
}

fn language(draw: &mut Draw) -> Language {
    match draw.below(100) {
        0..70 => Language::English,
        70..90 => Language::French,
        _ => Language::Arabic,
    }
}

fn precision(draw: &mut Draw) -> TimePrecision {
    match draw.below(100) {
        0..25 => TimePrecision::Minute,
        25..80 => TimePrecision::Day,
        80..90 => TimePrecision::Days,
        90..97 => TimePrecision::Week,
        _ => TimePrecision::Month,
    }
}

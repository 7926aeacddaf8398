//! Who recurs: groups with a home, people in them, their vehicles and accounts. All invented, and
//! named so that nobody can take them for anybody.

use counterseal_model::RecordId;

use crate::draw::{Draw, Purpose};
use crate::gazetteer::Town;
use crate::language::Language;
use crate::plan::Plan;

const GROUPS: usize = 36;
const PEOPLE: usize = 160;

/// Kinds of group: English, French with its article, Arabic.
const KINDS: [[&str; 3]; 8] = [
    ["Front", "le Front", "جبهة"],
    ["Movement", "le Mouvement", "حركة"],
    ["Union", "l'Union", "اتحاد"],
    ["Brigade", "la Brigade", "لواء"],
    ["Coalition", "la Coalition", "تحالف"],
    ["Guardians", "les Gardiens", "حراس"],
    ["Pact", "le Pacte", "ميثاق"],
    ["Column", "la Colonne", "كتيبة"],
];

/// What groups name themselves after.
const EMBLEMS: [[&str; 3]; 16] = [
    ["Seven Wells", "des Sept Puits", "الآبار السبعة"],
    ["Nine Drums", "des Neuf Tambours", "الطبول التسعة"],
    ["Red Laterite", "de la Latérite rouge", "التراب الأحمر"],
    ["Tall Grass", "des Hautes Herbes", "العشب العالي"],
    ["Two Rivers", "des Deux Rivières", "النهرين"],
    ["Old Baobab", "du Vieux Baobab", "الباوباب العتيق"],
    ["Copper Moon", "de la Lune de cuivre", "القمر النحاسي"],
    ["Lost Herd", "du Troupeau perdu", "القطيع الضائع"],
    ["Paper Lantern", "de la Lanterne de papier", "الفانوس الورقي"],
    ["Windy Pass", "du Col venteux", "الممر العاصف"],
    ["Salt Road", "de la Route du sel", "طريق الملح"],
    ["Sleeping Hill", "de la Colline endormie", "التل النائم"],
    ["Morning Star", "de l'Étoile du matin", "نجمة الصباح"],
    ["Blue Ford", "du Gué bleu", "المخاضة الزرقاء"],
    ["Broken Bridge", "du Pont rompu", "الجسر المكسور"],
    ["Thirteen Camels", "des Treize Chameaux", "الجمال الثلاثة عشر"],
];

const GIVEN: [[&str; 2]; 16] = [
    ["Zoral", "زورال"],
    ["Quemba", "كويمبا"],
    ["Yolvi", "يولفي"],
    ["Taverin", "تافرين"],
    ["Moxalo", "موكسالو"],
    ["Ibrizu", "إبريزو"],
    ["Fadruna", "فادرونا"],
    ["Kessimo", "كسيمو"],
    ["Wendaru", "ويندارو"],
    ["Lizambé", "ليزامبي"],
    ["Oumezza", "أوميزا"],
    ["Bartolou", "بارتولو"],
    ["Nyarvel", "نيارفل"],
    ["Séluma", "سيلوما"],
    ["Djorvik", "جورفيك"],
    ["Haluneh", "هالونة"],
];

/// Some are words of a language: a guard that flags every market is switched off in a week.
const FAMILY: [[&str; 2]; 20] = [
    ["Onzimbar", "أونزمبار"],
    ["Kelvodo", "كلفودو"],
    ["Tambrizi", "تمبريزي"],
    ["Ngoulaxa", "نغولاكسا"],
    ["Vorombé", "فورومبي"],
    ["Abuzelka", "أبوزلكا"],
    ["Merquidi", "مركيدي"],
    ["Salvungo", "سلفونغو"],
    ["Dezzaru", "دزارو"],
    ["Pomdeka", "بومديكا"],
    ["Yaquintal", "ياكنتال"],
    ["Burumvel", "بورومفل"],
    ["Harvest", "هارفست"],
    ["Lantern", "لانترن"],
    ["Market", "ماركت"],
    ["Saison", "سيزون"],
    ["Marché", "مارشيه"],
    ["Lumière", "لوميير"],
    ["Rabi", "ربيع"],
    ["Salam", "سلام"],
];

/// An armed group, or a country's (invented) forces.
pub(crate) struct Group {
    pub(crate) record: RecordId,
    /// Without article, in English.
    pub(crate) name: String,
    /// As the subject of a sentence: `the Front of the Seven Wells`.
    pub(crate) spoken: [String; 3],
    pub(crate) acronym: String,
    /// Index of the town it is strongest around.
    pub(crate) home: usize,
}

impl Group {
    pub(crate) fn spoken_in(&self, language: Language) -> &str {
        let [english, french, arabic] = &self.spoken;
        match language {
            Language::English => english,
            Language::French => french,
            Language::Arabic => arabic,
        }
    }
}

/// A person in a group.
pub(crate) struct Person {
    pub(crate) record: RecordId,
    pub(crate) name: String,
    pub(crate) name_ar: String,
    /// Index of the group.
    pub(crate) group: usize,
}

/// Everyone who recurs.
pub(crate) struct Cast {
    pub(crate) groups: Vec<Group>,
    /// One a country, by its code.
    pub(crate) forces: Vec<(String, Group)>,
    pub(crate) people: Vec<Person>,
}

impl Cast {
    pub(crate) fn new(plan: &Plan, towns: &[Town]) -> Self {
        let mut draw = Draw::new(plan.seed, Purpose::Cast, 0);
        let groups = groups(&mut draw, towns);
        let forces = forces(&mut draw, towns);
        let people = people(&mut draw, groups.len());
        Self { groups, forces, people }
    }

    /// The forces of a country.
    pub(crate) fn forces_of(&self, iso3: &str) -> Option<&Group> {
        self.forces.iter().find(|(country, _)| country == iso3).map(|(_, group)| group)
    }
}

fn groups(draw: &mut Draw, towns: &[Town]) -> Vec<Group> {
    let order = draw.shuffled(KINDS.len() * EMBLEMS.len());
    let pairs = order.into_iter().take(GROUPS);
    let named =
        pairs.filter_map(|nth| Some((KINDS.get(nth % KINDS.len())?, EMBLEMS.get(nth / KINDS.len())?)));
    named
        .map(|([kind, kind_fr, kind_ar], [emblem, emblem_fr, emblem_ar])| {
            let name = format!("{kind} of the {emblem}");
            let initials = name.split(' ').filter_map(|word| word.chars().next());
            Group {
                record: draw.id(),
                acronym: initials.filter(|sign| sign.is_uppercase()).collect(),
                spoken: [
                    format!("the {name}"),
                    format!("{kind_fr} {emblem_fr}"),
                    format!("{kind_ar} {emblem_ar}"),
                ],
                name,
                home: draw.index(towns.len()),
            }
        })
        .collect()
}

fn forces(draw: &mut Draw, towns: &[Town]) -> Vec<(String, Group)> {
    let mut forces: Vec<(String, Group)> = Vec::new();
    for (home, town) in towns.iter().enumerate() {
        if forces.iter().any(|(iso3, _)| *iso3 == town.iso3) {
            continue;
        }
        let name = format!("Garrison Forces ({})", town.iso3);
        let spoken = ["the Garrison Forces", "les Forces de garnison", "قوات الحامية"].map(str::to_owned);
        let group = Group { record: draw.id(), name, spoken, acronym: format!("GF-{}", town.iso3), home };
        forces.push((town.iso3.clone(), group));
    }
    forces
}

fn people(draw: &mut Draw, groups: usize) -> Vec<Person> {
    let order = draw.shuffled(GIVEN.len() * FAMILY.len());
    let pairs = order.into_iter().take(PEOPLE);
    let named = pairs.filter_map(|nth| Some((GIVEN.get(nth % GIVEN.len())?, FAMILY.get(nth / GIVEN.len())?)));
    named
        .map(|([given, given_ar], [family, family_ar])| Person {
            record: draw.id(),
            name: format!("{given} {family}"),
            name_ar: format!("{given_ar} {family_ar}"),
            group: draw.index(groups),
        })
        .collect()
}

//! The kinds of incident, each with how common it is and its words in three languages.
//!
//! The codes are those of the default incident taxonomy in the data model.

use crate::language::Words;
use crate::phrases;

/// Who stands on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Against {
    /// The country's (invented) forces.
    Forces,
    /// Another group.
    Group,
    /// People who did nothing.
    Civilians,
    /// The mission itself.
    Mission,
}

impl Against {
    /// UCDP's type of violence: 1 state-based, 2 non-state, 3 one-sided.
    pub(crate) const fn violence(self) -> u8 {
        match self {
            Self::Forces => 1,
            Self::Group => 2,
            Self::Civilians | Self::Mission => 3,
        }
    }
}

/// One kind of incident.
pub(crate) struct Story {
    /// Incident type.
    pub(crate) kind: &'static str,
    /// Subtype, where the type has any.
    pub(crate) subtype: Option<&'static str>,
    /// What is done, for the act.
    pub(crate) act: &'static str,
    /// By what method, where one is typical.
    pub(crate) method: Option<&'static str>,
    /// The weapons that fit: indices into `phrases::WEAPONS`.
    pub(crate) arms: &'static [usize],
    /// How common it is.
    pub(crate) weight: u64,
    /// How often someone is killed, in a thousand.
    pub(crate) lethal: u64,
    /// Who stands on the other side.
    pub(crate) against: Against,
    /// The title.
    pub(crate) title: Words,
    /// The first sentence of the narrative.
    pub(crate) opening: Words,
}

/// Every kind of incident.
pub(crate) static STORIES: &[Story] = &[
    Story {
        kind: "armed-clash-between-parties",
        subtype: Some("clash-with-state-forces"),
        act: "attack",
        method: Some("shooting"),
        arms: phrases::GUNS,
        weight: 10,
        lethal: 700,
        against: Against::Forces,
        title: Words {
            en: &["Clash at {town}", "Fighting near {town}"],
            fr: &["Affrontement à {town}"],
            ar: &["اشتباك في {town}"],
        },
        opening: Words {
            en: &[
                "Around {time}, fighters of {group} clashed with {other} {km} km from {town}, using {weapon}.",
                "Heavy exchange of fire between {group} and {other} was reported on the {town} to {near} axis from {time}.",
            ],
            fr: &[
                "Vers {time}, des échanges de tirs ont opposé {group} à un détachement des forces locales, à {km} km {de_town}.",
            ],
            ar: &[
                "حوالي الساعة {time} وقعت اشتباكات بين مسلحين من {group} وقوة من {other} على بعد {km} كيلومترا من {town}.",
            ],
        },
    },
    Story {
        kind: "ambush",
        subtype: Some("ambush-of-convoy"),
        act: "attack",
        method: Some("ambush"),
        arms: phrases::GUNS,
        weight: 8,
        lethal: 600,
        against: Against::Forces,
        title: Words {
            en: &["Ambush on the {town} to {near} road", "Ambush near {town}"],
            fr: &["Embuscade sur l'axe {town} – {near}"],
            ar: &["كمين على طريق {town}"],
        },
        opening: Words {
            en: &[
                "At {time}, armed elements of {group} ambushed a supply column of {other} between {town} and {near} with {weapon}.",
                "A vehicle of {other} came under fire from {group} in an ambush {km} km outside {town}, on the road to {near}.",
            ],
            fr: &[
                "À {time}, un convoi est tombé dans une embuscade tendue par {group} sur l'axe {town} – {near}, à {km} km de la ville.",
            ],
            ar: &[
                "تعرضت قافلة عند الساعة {time} لكمين نصبه مسلحون من {group} على الطريق بين {town} و{near}.",
            ],
        },
    },
    Story {
        kind: "shelling",
        subtype: Some("mortar-fire"),
        act: "attack",
        method: Some("shelling"),
        arms: phrases::MORTARS,
        weight: 4,
        lethal: 550,
        against: Against::Forces,
        title: Words {
            en: &["Shelling of {town}"],
            fr: &["Tirs indirects sur {town}"],
            ar: &["قصف على {town}"],
        },
        opening: Words {
            en: &[
                "{km} rounds of indirect fire, attributed to {group}, landed in the northern quarters of {town} from {time} onwards.",
            ],
            fr: &[
                "À partir de {time}, plusieurs obus tirés, semble-t-il, par {group} sont tombés sur les quartiers nord {de_town}.",
            ],
            ar: &[
                "سقطت عدة قذائف على الأحياء الشمالية من {town} ابتداء من الساعة {time} ويرجح أن مصدرها {group}.",
            ],
        },
    },
    Story {
        kind: "armed-clash-between-parties",
        subtype: Some("clash-between-armed-groups"),
        act: "attack",
        method: Some("shooting"),
        arms: phrases::ANY_ARMS,
        weight: 8,
        lethal: 600,
        against: Against::Group,
        title: Words {
            en: &["Fighting between groups at {town}"],
            fr: &["Affrontements entre groupes à {town}"],
            ar: &["قتال بين مجموعتين في {town}"],
        },
        opening: Words {
            en: &[
                "A dispute over the water point at {town} turned into fighting between {group} and {other}, lasting until {time}.",
                "{Group} and {other} fought for control of the weekly market at {town}; {weapon} were used until {time}.",
            ],
            fr: &[
                "Un différend autour du point d'eau {de_town} a dégénéré en combats entre {group} et {other}, qui ont duré jusqu'à {time}.",
            ],
            ar: &[
                "تحول خلاف على مورد المياه في {town} إلى قتال بين {group} و{other} استمر حتى الساعة {time}.",
            ],
        },
    },
    Story {
        kind: "cattle-raiding",
        subtype: None,
        act: "cattle-theft",
        method: Some("raid"),
        arms: phrases::ANY_ARMS,
        weight: 12,
        lethal: 350,
        against: Against::Civilians,
        title: Words {
            en: &["Cattle raid near {town}"],
            fr: &["Vol de bétail près {de_town}"],
            ar: &["نهب ماشية قرب {town}"],
        },
        opening: Words {
            en: &[
                "Armed men of {group} drove off {herd} head of cattle from a camp {km} km from {town} towards {near}.",
                "{People} reported that {group} took {herd} cattle and some goats at {time} on the outskirts of {town}.",
            ],
            fr: &[
                "{herd} têtes de bétail ont été emportées par {group} dans un campement situé à {km} km {de_town}, en direction {de_near}.",
            ],
            ar: &[
                "استولى مسلحون من {group} على {herd} رأسا من الماشية من مخيم يبعد {km} كيلومترا عن {town} باتجاه {near}.",
            ],
        },
    },
    Story {
        kind: "attack-on-civilians",
        subtype: Some("attack-on-village"),
        act: "killing",
        method: Some("shooting"),
        arms: phrases::ANY_ARMS,
        weight: 11,
        lethal: 750,
        against: Against::Civilians,
        title: Words {
            en: &["Attack on {people} at {town}", "Village attacked near {town}"],
            fr: &["Attaque contre des civils à {town}"],
            ar: &["هجوم على مدنيين في {town}"],
        },
        opening: Words {
            en: &[
                "Elements of {group} entered a village {km} km from {town} at {time} and fired on {people} with {weapon}.",
                "{People} were attacked by {group} on their way from {near} to {town}; several houses were burnt.",
            ],
            fr: &[
                "Des hommes armés ont attaqué {people} près {de_town} vers {time} ; les témoins désignent {group}.",
            ],
            ar: &["هاجم مسلحون من {group} {people} في قرية تبعد {km} كيلومترا عن {town} عند الساعة {time}."],
        },
    },
    Story {
        kind: "kidnapping",
        subtype: Some("kidnapping-for-ransom"),
        act: "abduction",
        method: None,
        arms: phrases::ANY_ARMS,
        weight: 7,
        lethal: 80,
        against: Against::Civilians,
        title: Words {
            en: &["Abduction near {town}"],
            fr: &["Enlèvement près {de_town}"],
            ar: &["اختطاف قرب {town}"],
        },
        opening: Words {
            en: &[
                "{People} were stopped and abducted by {group} on the road between {town} and {near} at about {time}.",
                "At {time}, {group} took several people from a field {km} km from {town}; some were released the next day.",
            ],
            fr: &[
                "Vers {time}, {people} ont été enlevés par {group} sur la route entre {town} et {near} ; une partie a été relâchée.",
            ],
            ar: &["اختطف مسلحون من {group} {people} على الطريق بين {town} و{near} حوالي الساعة {time}."],
        },
    },
    Story {
        kind: "criminality",
        subtype: Some("armed-robbery"),
        act: "robbery",
        method: None,
        arms: phrases::ANY_ARMS,
        weight: 12,
        lethal: 120,
        against: Against::Civilians,
        title: Words {
            en: &["Armed robbery at {town}", "Robbery on the {near} road"],
            fr: &["Vol à main armée à {town}"],
            ar: &["سطو مسلح في {town}"],
        },
        opening: Words {
            en: &[
                "{People} were robbed at gunpoint at {time} on the road from {town} to {near}; phones, fuel and goods were taken.",
                "Gunmen believed to belong to {group} broke into a depot in {town} at {time} and left with goods and cash.",
            ],
            fr: &[
                "{People} ont été dépouillés sous la menace d'armes à feu vers {time}, sur la route {de_town} à {near}.",
            ],
            ar: &["تعرض {people} لسطو مسلح عند الساعة {time} على الطريق من {town} إلى {near} وسلبت أمتعتهم."],
        },
    },
    Story {
        kind: "criminality",
        subtype: Some("illegal-checkpoint"),
        act: "illegal-taxation",
        method: Some("checkpoint"),
        arms: phrases::GUNS,
        weight: 7,
        lethal: 30,
        against: Against::Civilians,
        title: Words {
            en: &["Illegal checkpoint near {town}"],
            fr: &["Barrage illégal près {de_town}"],
            ar: &["نقطة تفتيش غير قانونية قرب {town}"],
        },
        opening: Words {
            en: &[
                "{Group} set up a checkpoint {km} km from {town} on the {near} road and forced {people} to pay for passage.",
            ],
            fr: &[
                "Un barrage illégal a été érigé par {group} à {km} km {de_town}, sur la route {de_near} ; les passants doivent payer.",
            ],
            ar: &[
                "أقام مسلحون من {group} حاجزا على بعد {km} كيلومترا من {town} وأجبروا المارة على دفع أموال.",
            ],
        },
    },
    Story {
        kind: "explosive-hazard",
        subtype: Some("ied-explosion"),
        act: "attack",
        method: Some("ied"),
        arms: phrases::DEVICES,
        weight: 5,
        lethal: 400,
        against: Against::Mission,
        title: Words {
            en: &["Explosive device on the {town} to {near} road"],
            fr: &["Engin explosif sur l'axe {town} – {near}"],
            ar: &["عبوة ناسفة على طريق {town}"],
        },
        opening: Words {
            en: &[
                "A convoy struck an improvised explosive device {km} km from {town}, on the way to {near}, at about {time}.",
            ],
            fr: &[
                "Un convoi a heurté un engin explosif improvisé à {km} km {de_town}, en direction {de_near}, aux environs de {time}.",
            ],
            ar: &[
                "اصطدمت قافلة بعبوة ناسفة بدائية على بعد {km} كيلومترا من {town} في الطريق إلى {near} حوالي الساعة {time}.",
            ],
        },
    },
    Story {
        kind: "threat-to-un-staff",
        subtype: Some("attack-on-un-staff"),
        act: "attack",
        method: Some("shooting"),
        arms: phrases::GUNS,
        weight: 4,
        lethal: 200,
        against: Against::Mission,
        title: Words {
            en: &["Patrol fired upon near {town}"],
            fr: &["Patrouille prise pour cible près {de_town}"],
            ar: &["إطلاق نار على دورية قرب {town}"],
        },
        opening: Words {
            en: &[
                "At {time}, a patrol of the mission was fired upon by {group} with {weapon}, {km} km from {town} towards {near}.",
            ],
            fr: &[
                "À {time}, une patrouille de la mission a essuyé des tirs attribués à {group}, à {km} km {de_town}.",
            ],
            ar: &[
                "تعرضت دورية تابعة للبعثة لإطلاق نار من عناصر {group} عند الساعة {time} على بعد {km} كيلومترا من {town}.",
            ],
        },
    },
    Story {
        kind: "demonstration",
        subtype: None,
        act: "obstruction",
        method: None,
        arms: phrases::ANY_ARMS,
        weight: 6,
        lethal: 40,
        against: Against::Forces,
        title: Words {
            en: &["Demonstration in {town}"],
            fr: &["Manifestation à {town}"],
            ar: &["مظاهرة في {town}"],
        },
        opening: Words {
            en: &[
                "About {herd} people, among them supporters of {group}, marched through {town} from {time} against insecurity on the {near} road.",
            ],
            fr: &[
                "Environ {herd} personnes ont défilé à {town} à partir de {time} pour dénoncer l'insécurité sur la route {de_near}.",
            ],
            ar: &[
                "خرج نحو {herd} شخص في مظاهرة في {town} ابتداء من الساعة {time} احتجاجا على انعدام الأمن على طريق {near}.",
            ],
        },
    },
];

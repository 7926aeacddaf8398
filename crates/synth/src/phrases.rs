//! The sentences that follow the first: harm, what the mission did, how it is known, what came of it.

use crate::language::Words;

/// When people were killed.
pub(crate) static KILLED: Words = Words {
    en: &[
        "{killed} killed according to local authorities; the number is not confirmed.",
        "At least {killed} dead were counted, most of them {people}.",
        "Health workers speak of {killed} dead.",
    ],
    fr: &[
        "Le bilan provisoire est de {killed} mort(s), selon les autorités locales.",
        "Les agents de santé parlent de {killed} tué(s), dont {people}.",
    ],
    ar: &["وأفادت السلطات المحلية بمقتل {killed} دون تأكيد.", "وتحدثت مصادر صحية عن {killed} قتلى."],
};

/// When people were injured.
pub(crate) static INJURED: Words = Words {
    en: &[
        "{injured} injured were taken to the health centre in {town}.",
        "Another {injured} were wounded, two of them badly.",
    ],
    fr: &[
        "{injured} blessé(s) transféré(s) vers le centre de santé {de_town}.",
        "On déplore en outre {injured} blessé(s).",
    ],
    ar: &["ونقل {injured} جرحى إلى المركز الصحي في {town}."],
};

/// When people had to leave.
pub(crate) static DISPLACED: Words = Words {
    en: &[
        "Some {displaced} people fled towards {near}.",
        "{displaced} residents spent the night in the bush.",
    ],
    fr: &["Quelque {displaced} personnes ont fui vers {near}."],
    ar: &["وفر نحو {displaced} شخص باتجاه {near}."],
};

/// Everything else.
pub(crate) static CONTEXT: Words = Words {
    en: &[
        "Those involved had left towards {near} before the patrol arrived.",
        "This is the third such report from the area since the harvest.",
        "The local peace committee asked the mission for a lasting presence.",
        "A patrol found spent cartridges and a burnt motorcycle the next morning.",
        "The market stayed closed for two days and prices of sorghum rose.",
        "The motive is unclear; witnesses mention a dispute over grazing rights.",
        "The account rests on two witnesses who do not know each other.",
        "{Group} denied any part in it over the local radio.",
        "Movements on the {town} to {near} road are suspended until further notice.",
        "Teachers sent pupils home, and the school is still occupied.",
        "Witnesses put the number of armed men at between ten and forty, some on motorcycles.",
        "The river had risen, so the nearest detachment arrived a day later.",
    ],
    fr: &[
        "Tous étaient repartis vers {near} avant l'arrivée de la patrouille.",
        "C'est le troisième signalement de ce genre depuis la récolte.",
        "Le comité local de paix demande une présence durable de la mission.",
        "Le marché est resté fermé deux jours et le prix du mil a augmenté.",
        "Le mobile reste inconnu ; des témoins évoquent un différend lié aux pâturages.",
        "Le récit repose sur deux témoins qui ne se connaissent pas.",
        "L'école est toujours occupée et les élèves ont été renvoyés chez eux.",
        "La circulation sur l'axe {town} – {near} est suspendue jusqu'à nouvel ordre.",
    ],
    ar: &[
        "وكان الجميع قد غادروا باتجاه {near} قبل وصول الدورية.",
        "وهذا ثالث بلاغ من نوعه منذ موسم الحصاد.",
        "وطلبت لجنة السلام المحلية حضورا دائما للبعثة.",
        "وظل السوق مغلقا يومين وارتفعت أسعار الذرة.",
        "ولا يزال الدافع مجهولا ويشير شهود إلى خلاف على المراعي.",
        "وتستند الرواية إلى شاهدين لا يعرف أحدهما الآخر.",
    ],
};

/// Who was harmed, or was there, when it was not a party to the conflict.
pub(crate) static PEOPLE: Words = Words {
    en: &["traders", "herders", "farmers", "displaced families", "gold diggers", "pupils", "truck drivers"],
    fr: &[
        "des commerçants",
        "des éleveurs",
        "des cultivateurs",
        "des déplacés",
        "des orpailleurs",
        "des voyageurs",
        "des chauffeurs",
    ],
    ar: &["تجارا", "رعاة", "مزارعين", "نازحين", "منقبين عن الذهب", "مسافرين", "سائقين"],
};

/// Weapons: the term, and its words.
pub(crate) static WEAPONS: &[(&str, [&str; 3])] = &[
    ("small-arms", ["assault rifles", "des fusils d'assaut", "بنادق آلية"]),
    ("machine-gun", ["machine guns", "des mitrailleuses", "رشاشات"]),
    ("rpg", ["rocket-propelled grenades", "des lance-roquettes", "قذائف صاروخية"]),
    ("mortar", ["mortars", "des mortiers", "مدافع هاون"]),
    ("machete", ["machetes", "des machettes", "سواطير"]),
    ("ied", ["explosive devices", "des engins explosifs", "عبوات ناسفة"]),
];

/// Indices of the firearms.
pub(crate) static GUNS: &[usize] = &[0, 1, 2];
/// Firearms and blades.
pub(crate) static ANY_ARMS: &[usize] = &[0, 0, 1, 4];
/// Indirect fire.
pub(crate) static MORTARS: &[usize] = &[3];
/// Improvised devices.
pub(crate) static DEVICES: &[usize] = &[5];

/// Invented media and reports that are named as sources.
pub(crate) static SOURCES: &[&str] = &[
    "Radio Seven Drums",
    "Radio Deux Rivières",
    "The Baobab Courier",
    "L'Écho du Gué",
    "Situation report, Sector North",
    "Situation report, Sector Centre",
    "Flash report, field office",
    "إذاعة نجمة الصباح",
];

/// Who acts for the mission.
pub(crate) static RESPONDERS: &[&str] = &[
    "Sector North",
    "Sector Centre",
    "Sector East",
    "Joint operations centre",
    "Human rights division",
    "Civil affairs",
];

/// What the mission does.
pub(crate) static RESPONSES: &[&str] =
    &["patrol", "investigation", "mediation", "medical-evacuation", "escort", "local-authorities-informed"];

/// What came of it.
pub(crate) static OUTCOMES: &[&str] = &[
    "Presence maintained for 48 hours.",
    "Witness statements taken; follow-up planned.",
    "Parties agreed to meet.",
    "No trace of the assailants.",
    "Patrouille effectuée, situation calme.",
];

/// Free labels.
pub(crate) static TAGS: &[&str] = &[
    "transhumance",
    "market-day",
    "road-axis",
    "displacement-site",
    "gold-mine",
    "school",
    "harvest",
    "ramadan",
];

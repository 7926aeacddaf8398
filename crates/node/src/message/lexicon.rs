//! The words of messages in English, French, Spanish and Arabic, as `index::fold` leaves them.

/// What a line says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Title,
    What,
    Type,
    When,
    Where,
    Pcode,
    Who,
    Perpetrator,
    Victim,
    Killed,
    Injured,
    Grading,
    Source,
    Response,
}

/// Labels, by what they mean. SALUTE's `size` and `equipment` have no field: they stay in the narrative.
const LABELS: &[(Label, &[&str])] = &[
    (Label::Title, &["subject", "title", "objet", "titre", "asunto", "titulo", "الموضوع", "العنوان"]),
    (
        Label::What,
        &[
            "what",
            "activity",
            "event",
            "quoi",
            "activite",
            "evenement",
            "que",
            "actividad",
            "ماذا",
            "الحدث",
            "النشاط",
        ],
    ),
    (Label::Type, &["type", "incident type", "type d incident", "tipo", "نوع", "النوع"]),
    (
        Label::When,
        &[
            "when",
            "time",
            "date",
            "dtg",
            "date time",
            "date time group",
            "quand",
            "heure",
            "date et heure",
            "gdh",
            "cuando",
            "fecha",
            "hora",
            "متي",
            "الزمان",
            "الوقت",
            "التاريخ",
        ],
    ),
    (
        Label::Where,
        &[
            "where",
            "location",
            "place",
            "coordinates",
            "grid",
            "mgrs",
            "gps",
            "ou",
            "lieu",
            "localisation",
            "coordonnees",
            "donde",
            "lugar",
            "coordenadas",
            "اين",
            "المكان",
            "الموقع",
        ],
    ),
    (Label::Pcode, &["pcode", "p code", "place code"]),
    (
        Label::Who,
        &[
            "who",
            "unit",
            "actor",
            "actors",
            "qui",
            "unite",
            "acteur",
            "acteurs",
            "quien",
            "unidad",
            "actor es",
            "من",
            "الوحده",
        ],
    ),
    (
        Label::Perpetrator,
        &[
            "perpetrator",
            "perpetrators",
            "by whom",
            "auteur",
            "auteurs",
            "autor",
            "autores",
            "الجاني",
            "الفاعل",
        ],
    ),
    (
        Label::Victim,
        &["victim", "victims", "to whom", "victime", "victimes", "victima", "victimas", "الضحيه", "الضحايا"],
    ),
    (Label::Killed, &["killed", "dead", "kia", "deaths", "tues", "morts", "muertos", "قتلي", "القتلي"]),
    (Label::Injured, &["injured", "wounded", "wia", "blesses", "heridos", "جرحي", "الجرحي"]),
    (Label::Grading, &["grading", "grade", "graded", "cotation", "evaluation", "clasificacion", "التقييم"]),
    (Label::Source, &["source", "fuente", "المصدر"]),
    (
        Label::Response,
        &["response", "action taken", "actions taken", "reponse", "mesures prises", "respuesta", "الاستجابه"],
    ),
];

/// The label that a line begins with; a number or the letter of a form may stand before it (`1. WHO`, `S - Size`).
pub(super) fn label_of(folded: &str) -> Option<Label> {
    let find = |text: &str| LABELS.iter().find(|(_, words)| words.contains(&text)).map(|(label, _)| *label);
    let is_mark = |word: &str| word.chars().count() == 1 || word.bytes().all(|b| b.is_ascii_digit());
    find(folded).or_else(|| {
        let (first, rest) = folded.split_once(' ')?;
        if is_mark(first) { find(rest) } else { None }
    })
}

/// What was done to people, by the words for it: the taxonomy's terms of harm.
const HARMS: &[(&str, &[&str])] = &[
    (
        "killed",
        &[
            "killed",
            "dead",
            "deaths",
            "death",
            "fatalities",
            "fatality",
            "killing",
            "kia",
            "died",
            "tue",
            "tues",
            "tuees",
            "tuee",
            "mort",
            "morts",
            "mortes",
            "deces",
            "muerto",
            "muertos",
            "muertas",
            "fallecidos",
            "قتيل",
            "قتيلا",
            "قتلي",
            "القتلي",
            "قتيلين",
            "شهيد",
        ],
    ),
    (
        "injured",
        &[
            "injured",
            "wounded",
            "injuring",
            "wounding",
            "injuries",
            "wia",
            "blesse",
            "blesses",
            "blessees",
            "blessee",
            "herido",
            "heridos",
            "heridas",
            "جريح",
            "جريحا",
            "جرحي",
            "الجرحي",
            "مصاب",
            "مصابا",
            "مصابين",
        ],
    ),
    (
        "missing",
        &[
            "missing",
            "disparus",
            "disparues",
            "disparu",
            "desaparecidos",
            "desaparecidas",
            "مفقود",
            "مفقودا",
            "مفقودين",
        ],
    ),
    (
        "abducted",
        &[
            "abducted",
            "kidnapped",
            "abducting",
            "enleves",
            "enlevees",
            "enleve",
            "kidnappes",
            "secuestrados",
            "secuestradas",
            "مخطوف",
            "مخطوفا",
            "مخطوفين",
            "مختطف",
            "مختطفين",
        ],
    ),
    (
        "detained",
        &[
            "detained",
            "arrested",
            "detenus",
            "arretes",
            "arretees",
            "detenidos",
            "detenidas",
            "معتقل",
            "معتقلا",
            "معتقلين",
        ],
    ),
    (
        "displaced",
        &["displaced", "deplaces", "deplacees", "desplazados", "desplazadas", "نازح", "نازحا", "نازحين"],
    ),
];

pub(super) fn harm_of(folded: &str) -> Option<&'static str> {
    HARMS.iter().find(|(_, words)| words.contains(&folded)).map(|(harm, _)| *harm)
}

/// Groups of people, by the words for them: the taxonomy's terms.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "civilians",
        &["civilian", "civilians", "civil", "civils", "civiles", "مدني", "مدنيا", "مدنيين", "مدنيون"],
    ),
    ("men", &["man", "men", "homme", "hommes", "hombre", "hombres", "رجل", "رجال"]),
    ("women", &["woman", "women", "femme", "femmes", "mujer", "mujeres", "امراه", "نساء"]),
    (
        "children",
        &["child", "children", "enfant", "enfants", "nino", "ninos", "menores", "طفل", "طفلا", "اطفال"],
    ),
    ("refugees", &["refugee", "refugees", "refugie", "refugies", "refugiados", "لاجي", "لاجيين"]),
    ("humanitarian-workers", &["humanitarians"]),
];

pub(super) fn group_of(folded: &str) -> Option<&'static str> {
    GROUPS.iter().find(|(_, words)| words.contains(&folded)).map(|(group, _)| *group)
}

/// Words that may stand between a number and what was done to so many.
pub(super) fn is_filler(folded: &str) -> bool {
    const WORDS: &[&str] = &[
        "people",
        "person",
        "persons",
        "were",
        "was",
        "been",
        "have",
        "has",
        "had",
        "are",
        "reported",
        "reportedly",
        "personne",
        "personnes",
        "ont",
        "ete",
        "a",
        "sont",
        "persona",
        "personas",
        "fueron",
        "han",
        "sido",
        "resultaron",
        "at",
        "au",
        "al",
        "up",
        "to",
        "شخص",
        "شخصا",
        "اشخاص",
        "",
    ];
    WORDS.contains(&folded)
}

/// Words after which a number is an age.
pub(super) fn is_age(folded: &str) -> bool {
    matches!(folded, "aged" | "age" | "ages" | "agee" | "agees" | "edad" | "عمره" | "عمرها" | "aged about")
}

/// Words before which a number counts no people.
pub(super) fn is_measure(folded: &str) -> bool {
    const WORDS: &[&str] = &[
        "km",
        "m",
        "kilometres",
        "kilometers",
        "metres",
        "meters",
        "kg",
        "hours",
        "hour",
        "days",
        "day",
        "years",
        "year",
        "months",
        "weeks",
        "heures",
        "jours",
        "ans",
        "mois",
        "horas",
        "dias",
        "anos",
        "cattle",
        "cows",
        "goats",
        "houses",
        "huts",
        "vehicles",
        "كم",
        "ساعه",
        "ايام",
        "ابقار",
    ];
    WORDS.contains(&folded)
}

/// Numbers as words, up to twelve.
const NUMBERS: [&[&str]; 13] = [
    &["zero", "cero"],
    &["one", "un", "une", "uno", "una", "واحد", "واحده"],
    &["two", "deux", "dos", "اثنان", "اثنين"],
    &["three", "trois", "tres", "ثلاثه", "ثلاث"],
    &["four", "quatre", "cuatro", "اربعه", "اربع"],
    &["five", "cinq", "cinco", "خمسه", "خمس"],
    &["six", "seis", "سته", "ست"],
    &["seven", "sept", "siete", "سبعه", "سبع"],
    &["eight", "huit", "ocho", "ثمانيه", "ثماني"],
    &["nine", "neuf", "nueve", "تسعه", "تسع"],
    &["ten", "dix", "diez", "عشره", "عشر"],
    &["eleven", "onze", "once"],
    &["twelve", "douze", "doce"],
];

pub(super) fn number_of(folded: &str) -> Option<u64> {
    (0u64..).zip(NUMBERS).find(|(_, words)| words.contains(&folded)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::fold;

    /// A word that folding would change is never met.
    #[test]
    fn every_word_is_as_folding_leaves_it() {
        let labels = LABELS.iter().flat_map(|(_, words)| words.iter());
        let others = HARMS.iter().chain(GROUPS).flat_map(|(_, words)| words.iter());
        for word in labels.chain(others).chain(NUMBERS.iter().flat_map(|words| words.iter())) {
            assert_eq!(fold(word), *word);
        }
    }
}

//! Values planted in the texts: what the guard at the door should stop, and what looks like it and
//! should pass. All are invented: addresses at example.org, telephone numbers that nobody can have.

use counterseal_model::Point;

use crate::draw::Draw;
use crate::grid::mgrs;
use crate::hotspots;
use crate::language::{Language, Words, fill};
use crate::scene::Scene;
use crate::world::World;

/// What kind of value is planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Case {
    /// A telephone number.
    PhoneNumber,
    /// The number of an identity document.
    IdentityNumber,
    /// An e-mail address.
    Email,
    /// The exact point of a shelter.
    ShelterCoordinates,
    /// The full name of a person the mission keeps a record of.
    PersonName,
    /// Harmless: a date written in digits.
    Date,
    /// Harmless: a sum of money.
    Amount,
    /// Harmless: the grid reference of the incident itself.
    GridReference,
    /// Harmless: a place code or a zone number.
    PlaceCode,
    /// Harmless: a radio call sign.
    CallSign,
    /// Harmless: an at sign that is not an address.
    AtSign,
    /// Harmless: an ordinary word that is also part of a person's name.
    NameWord,
}

impl Case {
    /// Every kind; those to stop come first.
    pub const ALL: &'static [Self] = &[
        Self::PhoneNumber,
        Self::IdentityNumber,
        Self::Email,
        Self::ShelterCoordinates,
        Self::PersonName,
        Self::Date,
        Self::Amount,
        Self::GridReference,
        Self::PlaceCode,
        Self::CallSign,
        Self::AtSign,
        Self::NameWord,
    ];

    /// Whether it only looks like something to stop.
    #[must_use]
    pub const fn is_decoy(self) -> bool {
        !matches!(
            self,
            Self::PhoneNumber
                | Self::IdentityNumber
                | Self::Email
                | Self::ShelterCoordinates
                | Self::PersonName
        )
    }

    /// The kind planted in incident `n`: each once in 331 incidents, about 60 times in 20,000.
    pub(crate) fn of(n: usize) -> Option<Self> {
        const CYCLE: usize = 331;
        const STEP: usize = 27;
        let at = n % CYCLE;
        if at % STEP == 5 { Self::ALL.get(at / STEP).copied() } else { None }
    }
}

/// A value planted in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planted {
    /// Which incident.
    pub n: usize,
    /// The field that holds it, as in the data model: `narrative`, `sources`, `place.description`.
    pub field: &'static str,
    /// The value, letter for letter as it stands there.
    pub text: String,
    /// What it is.
    pub kind: Case,
}

/// A sentence to put into a field.
pub(crate) struct Insertion {
    pub(crate) field: &'static str,
    pub(crate) sentence: String,
    pub(crate) text: String,
}

impl Insertion {
    /// The sentence for a case, in the language of the report.
    pub(crate) fn draw(world: &World, scene: &Scene<'_>, draw: &mut Draw, case: Case) -> Self {
        let text = value(world, scene, draw, case);
        let elsewhere = draw.chance(250);
        let field = match case {
            Case::PhoneNumber | Case::Email | Case::AtSign | Case::CallSign if elsewhere => "sources",
            Case::ShelterCoordinates | Case::GridReference if elsewhere => "place.description",
            _ => "narrative",
        };
        let phrase = *draw.pick(phrases(case).of(scene.language));
        let mut sentence = String::with_capacity(96);
        fill(&mut sentence, phrase, |out, _| out.push_str(&text));
        Self { field, sentence, text }
    }
}

fn value(world: &World, scene: &Scene<'_>, draw: &mut Draw, case: Case) -> String {
    let digits = |draw: &mut Draw, many: u32| {
        let value = draw.below(10u64.pow(many));
        format!("{value:0width$}", width = many as usize)
    };
    match case {
        Case::PhoneNumber => in_digits_of(scene, draw, phone),
        Case::IdentityNumber => in_digits_of(scene, draw, identity_number),
        Case::Email => email(world, draw),
        Case::ShelterCoordinates => shelter(draw, scene.setting.town.point),
        Case::PersonName => {
            let person = draw.pick(&world.cast.people);
            if scene.language == Language::Arabic { person.name_ar.clone() } else { person.name.clone() }
        }
        Case::Date => date(scene, draw),
        Case::Amount => {
            let thousands = draw.between(100, 999);
            let amount = format!("{} {thousands} 000", draw.between(1, 9));
            if draw.chance(500) { amount } else { amount.replace(' ', ".") }
        }
        Case::GridReference => mgrs(scene.point),
        Case::PlaceCode => format!("{}{}", country_codes(scene).1, digits(draw, 6)),
        Case::CallSign => format!("Kilo {}-{}-{}", digits(draw, 2), digits(draw, 2), digits(draw, 2)),
        Case::AtSign => format!("{} @ {}", draw.between(2, 40), draw.between(100, 900)),
        Case::NameWord => (*draw.pick(NAME_WORDS.of(scene.language))).to_owned(),
    }
}

/// Arabic reports write numbers in either kind of digit.
fn in_digits_of(scene: &Scene<'_>, draw: &mut Draw, make: fn(&Scene<'_>, &mut Draw) -> String) -> String {
    let text = make(scene, draw);
    if scene.language != Language::Arabic || draw.chance(500) {
        return text;
    }
    let eastern = |sign: char| match sign.to_digit(10) {
        Some(digit) => char::from_u32('٠' as u32 + digit).unwrap_or(sign),
        None => sign,
    };
    text.chars().map(eastern).collect()
}

/// The telephone code of the country, and the two letters its place codes begin with.
fn country_codes(scene: &Scene<'_>) -> (u16, &'static str) {
    match scene.setting.town.iso3.as_str() {
        "CAF" => (236, "CF"),
        "SSD" => (211, "SS"),
        "SDN" => (249, "SD"),
        "MLI" => (223, "ML"),
        _ => (243, "CD"),
    }
}

/// No network gives out numbers that begin with 00.
fn phone(scene: &Scene<'_>, draw: &mut Draw) -> String {
    let country = country_codes(scene).0;
    let mut pair = || draw.below(100);
    let (a, b, c) = (pair(), pair(), pair());
    match draw.below(4) {
        0 => format!("+{country} 00 {a:02} {b:02} {c:02}"),
        1 => format!("+{country}00{a:02}{b:02}{c:02}"),
        2 => format!("00{country} 00{a:02} {b:02}{c:02}"),
        _ => format!("+{country}-00-{a:02}-{b:02}-{c:02}"),
    }
}

fn identity_number(_: &Scene<'_>, draw: &mut Draw) -> String {
    let (a, b) = (draw.below(10_000), draw.below(10_000));
    match draw.below(3) {
        0 => format!("XX00{a:04}{:01}", b % 10),
        1 => format!("000-{a:04}-{b:04}"),
        _ => format!("999-00C{a:04}{:01}", b % 10),
    }
}

fn email(world: &World, draw: &mut Draw) -> String {
    let unaccented = |sign: char| match sign {
        ' ' => '.',
        'é' | 'è' => 'e',
        sign => sign.to_ascii_lowercase(),
    };
    let local: String = draw.pick(&world.cast.people).name.chars().map(unaccented).collect();
    format!("{local}@{}", draw.pick(&["example.org", "example.net", "mail.example.com"]))
}

fn shelter(draw: &mut Draw, town: Point) -> String {
    let point = hotspots::near(draw, town, 5.0);
    if draw.chance(600) {
        return format!("{:.5}, {:.5}", point.lat(), point.lon());
    }
    let minutes = |degrees: f64, signs: [char; 2]| {
        let size = degrees.abs();
        let side = if degrees < 0.0 { signs[1] } else { signs[0] };
        format!("{}°{:06.3}'{side}", size.trunc(), size.fract() * 60.0)
    };
    format!("{} {}", minutes(point.lat(), ['N', 'S']), minutes(point.lon(), ['E', 'W']))
}

fn date(scene: &Scene<'_>, draw: &mut Draw) -> String {
    let day = scene.when.date_text();
    match (draw.below(3), day.get(..4), day.get(5..7), day.get(8..)) {
        (0, Some(year), Some(month), Some(day)) => format!("{day}/{month}/{year}"),
        (1, ..) => day.replace('-', ""),
        _ => day,
    }
}

/// Ordinary words that are family names of this world (see `cast`).
static NAME_WORDS: Words = Words {
    en: &["harvest", "lantern", "market"],
    fr: &["saison", "marché", "lumière"],
    ar: &["ربيع", "سلام"],
};

/// The sentence around the value: a newspaper's prose, not a form's label.
fn phrases(case: Case) -> &'static Words {
    match case {
        Case::PhoneNumber => &Words {
            en: &["A relative can be reached at {value}.", "Contact of the village chief: {value}."],
            fr: &["Un parent est joignable au {value}."],
            ar: &["ويمكن الاتصال بأحد الأقارب على الرقم {value}."],
        },
        Case::IdentityNumber => &Words {
            en: &["The victim showed identity card no. {value}.", "Registration number {value} was noted."],
            fr: &["La victime a présenté la carte d'identité n° {value}."],
            ar: &["وأبرزت الضحية بطاقة هوية رقم {value}."],
        },
        Case::Email => &Words {
            en: &["Photographs were sent from {value}.", "Write to {value} for details."],
            fr: &["Les photos ont été envoyées depuis {value}."],
            ar: &["وأرسلت الصور من {value}."],
        },
        Case::ShelterCoordinates => &Words {
            en: &["The women's shelter is at {value}.", "Survivors are staying in the safe house, {value}."],
            fr: &["Les survivantes sont hébergées au refuge, {value}."],
            ar: &["ويقع ملجأ النساء عند {value}."],
        },
        Case::PersonName => &Words {
            en: &["The first to report it was {value}.", "{value} saw it from the roof."],
            fr: &["Le témoin principal est {value}."],
            ar: &["وكان أول من أبلغ عنه {value}."],
        },
        _ => decoy_phrases(case),
    }
}

fn decoy_phrases(case: Case) -> &'static Words {
    match case {
        Case::Date => &Words {
            en: &["A similar report is dated {value}."],
            fr: &["Un rapport semblable date du {value}."],
            ar: &["وهناك بلاغ مماثل بتاريخ {value}."],
        },
        Case::Amount => &Words {
            en: &["Losses are put at {value} francs."],
            fr: &["Les pertes sont estimées à {value} francs."],
            ar: &["وقدرت الخسائر بنحو {value} فرنك."],
        },
        Case::GridReference => &Words {
            en: &["The patrol reached grid {value} at dusk."],
            fr: &["La patrouille a atteint le point {value} au crépuscule."],
            ar: &["ووصلت الدورية إلى النقطة {value} مساء."],
        },
        Case::PlaceCode => &Words {
            en: &["The place is listed under code {value}."],
            fr: &["La localité figure sous le code {value}."],
            ar: &["والمكان مسجل تحت الرمز {value}."],
        },
        Case::CallSign => &Words {
            en: &["Call sign {value} acknowledged by radio."],
            fr: &["L'indicatif {value} a confirmé par radio."],
            ar: &["وأكد ذلك نداء اللاسلكي {value}."],
        },
        Case::AtSign => &Words {
            en: &["Sorghum sold at {value} that day."],
            fr: &["Le mil se vendait {value} ce jour-là."],
            ar: &["وبيعت الذرة بسعر {value} ذلك اليوم."],
        },
        _ => &Words {
            en: &["Elders linked it to the last {value}."],
            fr: &["Les anciens ont parlé de {value} et de pluie."],
            ar: &["وقال الأعيان إنه كان عام {value}."],
        },
    }
}

//! Keys of names: one name as it is heard and written in several ways, in Latin and Arabic letters, has one key.
//!
//! docs/spec/index.md, "Names". A key keeps the consonants that hearers agree on: vowels and half vowels are dropped, so are
//! doubled letters; letters that stand for neighbouring sounds are one. It is coarse on purpose: it proposes, and a person
//! decides. It is used to point out what may be the same, never to search or to merge.

use super::fold::fold;

/// For each word of a name the keys that it can have; articles (al-, el-, ال) are left out.
pub(crate) fn name_keys(name: &str) -> Vec<Vec<String>> {
    let folded = fold(name);
    folded
        .split(' ')
        .flat_map(pieces)
        .filter(|word| {
            !matches!(word.as_str(), "al" | "el" | "ul" | "the" | "de" | "la" | "le" | "du" | "des" | "of")
        })
        .filter_map(|word| keys_of(&word))
        .collect()
}

/// A word, with what grew together with it taken off: `Abdelrahman`, `عبدالرحمن`, `الحسن`.
fn pieces(word: &str) -> Vec<String> {
    for servant in ["abdel", "abdul", "abdal", "abdoul", "عبدال"] {
        if let Some(rest) = word.strip_prefix(servant).filter(|rest| rest.chars().count() >= 3) {
            return vec!["abd".to_owned(), rest.to_owned()];
        }
    }
    let bare = word.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3).unwrap_or(word);
    vec![bare.to_owned()]
}

/// The keys of one word: two where `g` may be either of two sounds. None where nothing is left that says anything.
fn keys_of(word: &str) -> Option<Vec<String>> {
    let mut keys: Vec<String> = ['k', 'j'].into_iter().map(|hard| key(word, hard)).collect();
    keys.dedup();
    // Digits and short words are themselves.
    if keys.iter().any(|key| key.chars().count() < 2) {
        keys = vec![word.to_owned()];
    }
    (!word.is_empty()).then_some(keys)
}

fn key(word: &str, hard_g: char) -> String {
    let mut out = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let (sound, used) =
            digraph(rest).unwrap_or_else(|| (sound_of(first, rest, hard_g), first.len_utf8()));
        rest = rest.get(used..).unwrap_or("");
        // An h at the end is a teh marbuta or nothing.
        let silent = sound == Some('h') && rest.is_empty();
        out.extend(sound.filter(|sound| !silent && !out.ends_with(*sound)));
    }
    out
}

/// Two letters that are one sound.
fn digraph(rest: &str) -> Option<(Option<char>, usize)> {
    const PAIRS: [(&str, char); 10] = [
        ("kh", 'x'),
        ("gh", 'k'),
        ("sh", 'c'),
        ("ch", 'c'),
        ("th", 't'),
        ("dh", 'd'),
        ("ph", 'f'),
        ("dj", 'j'),
        ("zh", 'j'),
        ("ck", 'k'),
    ];
    PAIRS.iter().find(|(pair, _)| rest.starts_with(pair)).map(|(_, sound)| (Some(*sound), 2))
}

fn sound_of(sign: char, rest: &str, hard_g: char) -> Option<char> {
    Some(match sign {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'ا' | 'و' | 'ي' | 'ع' | 'ء' | 'ؤ' | 'ئ' => {
            return None;
        }
        'b' | 'p' | 'ب' | 'پ' => 'b',
        't' | 'ت' | 'ط' | 'ث' => 't',
        'j' | 'ج' => 'j',
        'g' => hard_g,
        'k' | 'q' | 'ق' | 'ك' | 'غ' => 'k',
        // As in Cissé and Coulibaly.
        'c' if rest.get(1..).is_some_and(|after| after.starts_with(['e', 'i'])) => 's',
        'c' => 'k',
        'x' | 'خ' => 'x',
        'h' | 'ح' | 'ه' => 'h',
        'd' | 'د' | 'ض' | 'ذ' => 'd',
        'r' | 'ر' => 'r',
        'z' | 'ز' | 'ظ' => 'z',
        's' | 'س' | 'ص' => 's',
        'ش' => 'c',
        'f' | 'v' | 'ف' => 'f',
        'l' | 'ل' => 'l',
        'm' | 'م' => 'm',
        'n' | 'ن' => 'n',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::name_keys;

    fn meet(one: &str, other: &str) -> bool {
        let (one, other) = (name_keys(one), name_keys(other));
        one.len() == other.len()
            && one.iter().zip(&other).all(|(one, other)| one.iter().any(|key| other.contains(key)))
    }

    #[test]
    fn spellings_of_one_name_meet_in_both_scripts() {
        for (one, other) in [
            ("Mohammed Ahmad", "محمد أحمد"),
            ("Muhamad", "Mohamed"),
            ("Khalid", "خالد"),
            ("Khaled", "Khalid"),
            ("Fatima", "فاطمة"),
            ("Abdelrahman", "عبد الرحمن"),
            ("Abd al-Rahman", "عبدالرحمن"),
            ("Gamal", "جمال"),
            ("Jamal", "Djamal"),
            ("Gaddafi", "قذافي"),
            ("Hassan", "الحسن"),
            ("Youssouf", "يوسف"),
            ("Sharif", "شريف"),
            ("Chérif", "Sharif"),
        ] {
            assert!(meet(one, other), "{one} {other}: {:?} {:?}", name_keys(one), name_keys(other));
        }
    }

    #[test]
    fn other_names_stay_apart() {
        for (one, other) in [
            ("Mohammed", "Mahmoud Ali"),
            ("Khalid", "Walid"),
            ("Hassan", "Hamdan"),
            ("7th", "8th"),
            ("Bouca", "Bria"),
        ] {
            assert!(!meet(one, other), "{one} {other}: {:?} {:?}", name_keys(one), name_keys(other));
        }
        assert!(name_keys("§ -- ").is_empty());
    }
}

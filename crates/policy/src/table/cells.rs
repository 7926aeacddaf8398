//! What stands in one cell. Each reader says what is wrong and what to write.

use counterseal_model::Code;
use counterseal_model::record::BasisKind;

use super::{Effect, MAX_WORDS, Need, NeedKind, Trait, Who};
use crate::facts::Action;
use crate::standing::Office;

type Cell<T> = Result<T, String>;

/// A code. It begins with no hyphen, so `-` can mean none.
pub(super) fn code(text: &str) -> Cell<Code> {
    text.parse().map_err(|error: counterseal_model::BadCode| error.to_string())
}

/// Splits at ` or ` or ` and `, and refuses what stands there twice.
fn several<T: PartialEq>(text: &str, joint: &str, read: impl Fn(&str) -> Cell<T>) -> Cell<Vec<T>> {
    let mut all = Vec::new();
    for piece in text.split(joint) {
        let value = read(piece.trim())?;
        if all.contains(&value) {
            return Err(format!("'{}' stands there twice; leave one out", piece.trim()));
        }
        all.push(value);
    }
    Ok(all)
}

pub(super) fn row_number(text: &str) -> Cell<u16> {
    let canonical = !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(number @ 1..=9999) if canonical => Ok(number),
        _ => Err(format!("'{text}' is no row number; write a number of 1 to 9999")),
    }
}

pub(super) fn effect(text: &str) -> Cell<Effect> {
    match text {
        "permit" => Ok(Effect::Permit),
        "only" => Ok(Effect::Only),
        "never" => Ok(Effect::Never),
        _ => Err(format!("'{text}' is no effect; write permit, only or never")),
    }
}

pub(super) fn who(text: &str) -> Cell<Who> {
    if text == "anyone" {
        return Ok(Who::default());
    }
    several(text, " or ", |all| several(all, " and ", one_trait)).map(Who)
}

fn one_trait(text: &str) -> Cell<Trait> {
    match text.split_once(':') {
        Some(("section", name)) => code(name).map(Trait::Section),
        Some(("role", name)) => code(name).map(Trait::Role),
        Some(("contingent", name)) => code(name).map(Trait::Contingent),
        Some(("office", name)) => match Office::from_word(name) {
            // Only these are appointed; the others are what somebody does.
            Some(office) if office.code() <= 4 && office.word() == name => Ok(Trait::Office(office)),
            _ => Err(format!(
                "'{name}' is no office; write data-protection-officer, watch-officer, training-officer, reviewer or attestation-officer"
            )),
        },
        _ => Err(format!(
            "'{text}' names nobody; write 'anyone' or, joined by ' and ' and ' or ', some of: section:protection, role:human-rights-officer, office:watch-officer, contingent:alpha"
        )),
    }
}

pub(super) fn actions(text: &str) -> Cell<Vec<Action>> {
    several(text, " or ", |word| {
        let action = Action::ALL.iter().copied().find(|action| action.word() == word);
        action.ok_or_else(|| {
            format!("'{word}' is no action; write open, share, export, or several joined by ' or '")
        })
    })
}

/// Codes joined by ` or `; none for `*`, which is all.
pub(super) fn codes(text: &str) -> Cell<Vec<Code>> {
    if text == "*" { Ok(Vec::new()) } else { several(text, " or ", code) }
}

pub(super) fn bases(text: &str) -> Cell<Vec<BasisKind>> {
    if text == "-" {
        return Ok(Vec::new());
    }
    several(text, " or ", |word| {
        let kind = BasisKind::ALL.iter().copied().find(|kind| kind.word() == word);
        kind.ok_or_else(|| {
            format!("'{word}' is no basis; write '-' or, joined by ' or ', some of: consent, best-interests, mandate, legal")
        })
    })
}

pub(super) fn needs(text: &str) -> Cell<Vec<Need>> {
    if text == "-" {
        return Ok(Vec::new());
    }
    let needs = several(text, " and ", Need::read)?;
    for (nth, need) in needs.iter().enumerate() {
        if needs.iter().skip(nth + 1).any(|other| other.kind() == need.kind()) {
            return Err(format!("'{}' stands there twice; leave one out", need.kind()));
        }
    }
    let has = |kind| needs.iter().any(|need| need.kind() == kind);
    match has(NeedKind::OtherSection) && !has(NeedKind::Approvals) {
        true => Err("'other-section' says who approves; write how many beside it, as in approvals:1".into()),
        false => Ok(needs),
    }
}

/// What an emergency waives: only what the row demands.
pub(super) fn waived(text: &str, bases: &[BasisKind], needs: &[Need]) -> Cell<Vec<NeedKind>> {
    if text == "-" {
        return Ok(Vec::new());
    }
    several(text, " and ", |word| {
        let demanded =
            needs.iter().map(|need| need.kind()).chain((!bases.is_empty()).then_some(NeedKind::Basis));
        let kind = demanded.into_iter().find(|kind| kind.word() == word);
        match kind {
            Some(NeedKind::From | NeedKind::Until) => {
                Err(format!("no emergency changes the date: leave '{word}' out"))
            }
            Some(kind) => Ok(kind),
            None => Err(format!(
                "the row does not demand '{word}': write '-' or conditions of this row, joined by ' and '"
            )),
        }
    })
}

/// Text for people: one line, nothing that hides, turns around or computes.
pub(super) fn words(text: &str) -> Cell<String> {
    if text.is_empty() {
        return Err("nothing stands here; say in words what the line means".into());
    }
    if text.len() > MAX_WORDS {
        return Err(format!("{} bytes are too many; {MAX_WORDS} are allowed", text.len()));
    }
    if text.starts_with(['=', '+', '-', '@']) {
        return Err(format!(
            "a spreadsheet would compute what begins with '{}'; begin with a word",
            &text.chars().take(1).collect::<String>()
        ));
    }
    plain(text)?;
    Ok(text.to_owned())
}

/// Refuses signs that people do not see, or that turn the reading direction around. [a row that reads otherwise than it is]
pub(super) fn plain(text: &str) -> Cell<()> {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
    };
    match text.chars().find(|c| hidden(*c)) {
        Some(sign) => Err(format!("it holds the invisible sign U+{:04X}; leave it out", u32::from(sign))),
        None => Ok(()),
    }
}

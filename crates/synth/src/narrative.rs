//! The words of a report: an opening for the kind of incident, then what is known of it.

use std::fmt::Write;

use crate::draw::Draw;
use crate::language::{Language, Words, fill};
use crate::phrases::{CONTEXT, DISPLACED, INJURED, KILLED, PEOPLE, WEAPONS};
use crate::scene::Scene;

/// A narrative goes on until it has this many words, drawn from FEWEST to FEWEST + MORE.
const FEWEST: usize = 25;
const MORE: usize = 18;

/// One line.
pub(crate) fn title(scene: &Scene<'_>, draw: &mut Draw) -> String {
    let mut title = String::with_capacity(64);
    sentence(&mut title, scene, draw, &scene.story.title);
    title
}

/// What happened, in words; `last` stands at its end.
pub(crate) fn narrative(scene: &Scene<'_>, draw: &mut Draw, last: Option<&str>) -> String {
    let mut text = String::with_capacity(512);
    let reserved = last.map_or(0, words);
    sentence(&mut text, scene, draw, &scene.story.opening);
    let harm = &scene.harm;
    for (many, phrases) in [(harm.killed, &KILLED), (harm.injured, &INJURED), (harm.displaced, &DISPLACED)] {
        if many > 0 {
            sentence(&mut text, scene, draw, phrases);
        }
    }
    add_context(&mut text, scene, draw, reserved);
    if let Some(last) = last {
        text.push(' ');
        text.push_str(last);
    }
    text
}

/// Adds sentences, each once, until the text is as long as it should be.
fn add_context(text: &mut String, scene: &Scene<'_>, draw: &mut Draw, reserved: usize) {
    let phrases = CONTEXT.of(scene.language);
    let wanted = FEWEST + draw.index(MORE);
    let first = draw.index(phrases.len());
    for phrase in phrases.iter().cycle().skip(first).take(phrases.len()) {
        if words(text) + reserved >= wanted {
            break;
        }
        text.push(' ');
        fill(text, phrase, |out, slot| fill_slot(out, scene, slot));
    }
}

fn sentence(text: &mut String, scene: &Scene<'_>, draw: &mut Draw, phrases: &Words) {
    if !text.is_empty() {
        text.push(' ');
    }
    let phrase = *draw.pick(phrases.of(scene.language));
    fill(text, phrase, |out, slot| fill_slot(out, scene, slot));
}

/// Number of words, as a reader counts them.
fn words(text: &str) -> usize {
    text.split_ascii_whitespace().count()
}

fn fill_slot(out: &mut String, scene: &Scene<'_>, slot: &str) {
    let language = scene.language;
    let people = || PEOPLE.of(language).get(scene.people).copied().unwrap_or_default();
    match slot {
        "town" => out.push_str(scene.setting.town.name_in(language)),
        "near" => out.push_str(scene.near.name_in(language)),
        "de_town" => de(out, scene.setting.town.name_in(language)),
        "de_near" => de(out, scene.near.name_in(language)),
        "group" => out.push_str(scene.group.spoken_in(language)),
        "Group" => capital(out, scene.group.spoken_in(language)),
        "other" => out.push_str(scene.opponent.map_or("", |other| other.spoken_in(language))),
        "people" => out.push_str(people()),
        "People" => capital(out, people()),
        "weapon" => out.push_str(weapon(scene)),
        "time" => clock(out, scene),
        "km" => number(out, scene.km),
        "herd" => number(out, scene.herd),
        "killed" => number(out, scene.harm.killed),
        "injured" => number(out, scene.harm.injured),
        "displaced" => number(out, scene.harm.displaced),
        // A slot nobody knows stays visible; a test looks for braces.
        _ => out.extend(["{", slot, "}"]),
    }
}

fn weapon(scene: &Scene<'_>) -> &'static str {
    let Some((_, [english, french, arabic])) = WEAPONS.get(scene.weapon) else { return "" };
    match scene.language {
        Language::English => english,
        Language::French => french,
        Language::Arabic => arabic,
    }
}

fn clock(out: &mut String, scene: &Scene<'_>) {
    let minutes = scene.when.0.rem_euclid(86_400) / 60;
    let separator = if scene.language == Language::French { 'h' } else { ':' };
    let _infallible = write!(out, "{:02}{separator}{:02}", minutes / 60, minutes % 60);
}

fn number(out: &mut String, value: u64) {
    let _infallible = write!(out, "{value}");
}

/// `de Bria`, `d'Alindao`.
fn de(out: &mut String, name: &str) {
    let vowel = name.starts_with(['A', 'E', 'I', 'O', 'U', 'É']);
    out.push_str(if vowel { "d'" } else { "de " });
    out.push_str(name);
}

fn capital(out: &mut String, text: &str) {
    let mut signs = text.chars();
    out.extend(signs.next().into_iter().flat_map(char::to_uppercase));
    out.push_str(signs.as_str());
}

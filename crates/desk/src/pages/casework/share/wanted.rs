//! What a second person reads before they approve: a sharing within the mission, or a file that leaves it. Nobody must
//! take the one for the other.

use counterseal_node::{Desk, ShareAsked};
use counterseal_register::DisclosedAs;
use maud::{Markup, html};

use crate::pages::casework::{names, token};
use crate::pages::codes::{code, code_text};
use crate::pages::record::compartment_name;
use crate::words::Words;

/// What is asked, in words, with the button that approves it.
pub(super) fn wanted(words: Words, desk: &Desk, form_token: &str, name: &str, one: &ShareAsked) -> Markup {
    let asked = &one.asked;
    let less: Vec<_> = asked.generalised.iter().map(ToString::to_string).collect();
    let leaves = asked.how == DisclosedAs::Exported;
    let recipient = asked.recipient.as_ref().map(|code| code_text(words, code)).unwrap_or_default();
    let person = names::person(desk, one.by);
    let person = ("person", person.as_str().into());
    html! {
        p.warning {
            @if leaves {
                (words.with("share-asks-export", &[person, ("recipient", (&recipient).into())]))
            } @else {
                (words.with("share-asks", &[person]))
            }
            " " (words.text("share-no-recall"))
        }
        dl.says {
            div { dt { (words.text("openings-parts")) } dd { @for part in &asked.parts { a href=(names::part_path(*part)) { code { (names::part_full(*part)) } } " " } } }
            div { dt { (words.text("share-from")) } dd { bdi { (compartment_name(desk, asked.compartment)) } } }
            @if leaves {
                div { dt { (words.text("uses-recipient")) } dd { bdi { (recipient) } } }
            } @else {
                div { dt { (words.text("handed-to")) } dd { bdi { (asked.to.map(|to| compartment_name(desk, to)).unwrap_or_default()) } } }
            }
            div { dt { (words.text("uses-purpose")) } dd { (code(words, &asked.purpose)) @if asked.case { " · " (words.text("share-case")) } } }
            @if !leaves {
                div { dt { (words.text("share-less")) } dd { (less.join(", ")) } }
            }
        }
        form.line autocomplete="off" method="post" action=(format!("/share/asked/{name}/approve")) { (token(form_token))
            button type="submit" { (words.text("approvals-approve")) }
            a href="/approvals" { (words.text("paper-leave")) } }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use counterseal_model::{Code, DeviceId, EntryId, FixedClock, PersonId, Timestamp};
    use counterseal_node::{Founding, GovernorFile, Home, Randomness};
    use counterseal_register::{Bytes, DisclosureAsked, HistoryRule, PartRef};
    use counterseal_seal::Passphrase;
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    use super::*;
    use crate::words::Tongue;

    fn founded(home: &std::path::Path) -> Desk {
        let rng = |seed| -> Randomness { Box::new(ChaCha20Rng::seed_from_u64(seed)) };
        let passphrase = Passphrase::new("seven wells and a goat").unwrap();
        let governor = GovernorFile::make(&mut rng(1), &passphrase).unwrap();
        let founding = Founding {
            mission_name: "Mission of the Blue Heron".into(),
            person_name: "Officer Quillfeather".into(),
            compartment_name: "incidents".into(),
            history: HistoryRule::Full,
            threshold: 1,
            waiting_days: 7,
            synthetic: true,
            until: None,
        };
        let clock = Arc::new(FixedClock(Timestamp(1_790_000_000)));
        let home = Home::open(home).unwrap();
        Desk::found(&home, &founding, &[governor], &passphrase, clock, rng(2)).unwrap()
    }

    fn asked(desk: &Desk, how: DisclosedAs) -> ShareAsked {
        let code = |text| Code::parse(text).unwrap();
        let compartment = desk.find_compartment("incidents").unwrap();
        let leaves = how == DisclosedAs::Exported;
        let asked = DisclosureAsked {
            mission: desk.mission(),
            by: DeviceId::from_bytes([1; 32]),
            how,
            compartment,
            parts: vec![PartRef { entry: EntryId::from_bytes([2; 32]), index: 0 }],
            to: (!leaves).then_some(compartment),
            purpose: code("handover"),
            case: leaves,
            generalised: if leaves { Vec::new() } else { vec![code("date-month")] },
            content: Bytes::ZERO,
            recipient: leaves.then(|| code("foreign-court")),
            id: None,
            extra: Default::default(),
        };
        ShareAsked { by: PersonId::from_bytes([3; 16]), asked }
    }

    #[test]
    fn who_approves_an_export_reads_that_it_leaves_the_mission_and_to_whom_and_what_it_is_for() {
        let folder = tempfile::tempdir().unwrap();
        let desk = founded(folder.path());
        let page = |tongue, how| wanted(Words(tongue), &desk, "t", "n", &asked(&desk, how)).into_string();
        for tongue in Tongue::ALL {
            let words = Words(tongue);
            let (export, share) = (page(tongue, DisclosedAs::Exported), page(tongue, DisclosedAs::Shared));
            for shown in ["foreign-court", "handover", "incidents", "/0"] {
                assert!(export.contains(shown), "{tongue:?} {shown}: {export}");
            }
            for shown in ["share-no-recall", "share-case", "share-from", "uses-recipient"] {
                assert!(export.contains(&words.text(shown)), "{tongue:?} {shown}: {export}");
            }
            assert!(!export.contains(&words.text("share-less")) && share.contains("date-month"));
            assert!(!share.contains(&words.text("uses-recipient")), "{tongue:?}: {share}");
            assert!(share.contains(&words.text("share-no-recall")));
        }
        let (export, share) =
            (page(Tongue::English, DisclosedAs::Exported), page(Tongue::English, DisclosedAs::Shared));
        assert!(export.contains("out of the mission") && !export.contains("asks to share"), "{export}");
        assert!(share.contains("asks to share") && !share.contains("out of the mission"), "{share}");
    }
}

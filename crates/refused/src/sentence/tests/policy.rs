//! What the policy says, and what the system says, in four languages.

use std::io::{Error, ErrorKind};

use counterseal_model::record::BasisKind;
use counterseal_model::{Code, Timestamp};
use counterseal_node::{LinkError, NodeError, ShareRefusal, StoreError};
use counterseal_policy::{
    Need, NeedKind, Needed, Office, Permit, Refusal, State, Trait, Unmet, Verdict, Who,
};

use crate::catalogue::Sentences;
use crate::sentence::{sentence_of, sentence_of_link, sentence_of_unmet, sentences_of_verdict};
use crate::tongue::Tongue;

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

/// Whether there is a word in Latin letters in it, other than the codes that these tests use.
fn has_latin(said: &str) -> bool {
    let words = said.split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|word| word.len() > 1).any(|word| word != "zz" && word != "Row")
}

/// Everything that can be missing.
fn all_needed() -> Vec<(NeedKind, Needed)> {
    let purpose = code("zz-1");
    let who = Who(vec![
        vec![Trait::Section(code("zz")), Trait::Role(code("zz-2"))],
        vec![Trait::Contingent(code("zz")), Trait::Office(Office::DataProtection)],
    ]);
    let basis =
        |recipient| Needed::Basis { kinds: BasisKind::ALL.to_vec(), purpose: purpose.clone(), recipient };
    let conditions = [
        Need::Training,
        Need::Device,
        Need::Agreement,
        Need::Case,
        Need::Approvals(1),
        Need::Approvals(2),
        Need::Hours(360, 1320),
        Need::Days(1, 5),
        Need::Days(5, 5),
        Need::From(20_000),
        Need::Until(20_000),
    ];
    let mut all = vec![
        (NeedKind::Row, Needed::Row { purpose: purpose.clone(), known: true }),
        (NeedKind::Row, Needed::Row { purpose: purpose.clone(), known: false }),
        (NeedKind::Row, Needed::Part),
        (NeedKind::Who, Needed::Who(who)),
        (NeedKind::Basis, basis(Some(code("zz")))),
        (NeedKind::Basis, basis(None)),
        (NeedKind::OtherSection, Needed::Elsewhere(1)),
        (NeedKind::OtherSection, Needed::Elsewhere(3)),
        (NeedKind::Never, Needed::Nothing),
        (NeedKind::Engine, Needed::Nothing),
    ];
    all.extend(conditions.map(|need| (need.kind(), Needed::Condition(need))));
    all
}

fn all_states() -> [State; 10] {
    let on = Timestamp(1_777_000_000);
    [
        State::Missing,
        State::Claimed,
        State::NotTheirs { by: Office::Watch },
        State::NotYet { from: on },
        State::Lapsed { on },
        State::Refused { on },
        State::Withdrawn { on },
        State::Short { have: 1 },
        State::Outside,
        State::Met,
    ]
}

#[test]
fn whatever_is_missing_is_said_in_each_language_and_in_no_other() {
    for (need, needed) in all_needed() {
        for state in all_states() {
            let unmet = Unmet { need, needed: needed.clone(), state, ask: None };
            let [english, french, spanish, arabic] =
                Tongue::ALL.map(|tongue| sentence_of_unmet(&unmet, Sentences::plain(tongue)));
            assert!(!english.is_empty() && !english.contains('['), "{english}");
            assert!(!has_latin(&arabic) && !arabic.contains('['), "{arabic}");
            for said in [&french, &spanish] {
                assert!(!said.contains('['), "{said}");
                for word in [" is ", " the ", " needed", " for ", "proved", "allowed", "approval"] {
                    assert!(!said.contains(word), "{said}");
                }
            }
        }
    }
}

#[test]
fn a_refusal_says_the_row_what_is_missing_and_whom_to_ask() {
    let unmet = |need, needed, state, ask| Unmet { need, needed, state, ask: Some(ask) };
    let short = State::Short { have: 1 };
    let on = Timestamp(1_777_000_000);
    let refusal = Refusal {
        row: Some(51),
        words: "Row".into(),
        unmet: vec![
            unmet(NeedKind::OtherSection, Needed::Elsewhere(2), short, Office::Approver),
            unmet(
                NeedKind::Training,
                Needed::Condition(Need::Training),
                State::Lapsed { on },
                Office::Training,
            ),
        ],
    };
    let verdict = Verdict::Refuse(vec![refusal.clone()]);
    let said = |tongue| sentences_of_verdict(&verdict, Sentences::plain(tongue)).join("\n");
    assert_eq!(
        said(Tongue::English),
        "refused by row 51 (Row): 2 approvals from other sections needed, 1 given; ask a second person; training \
         lapsed on 2026-04-24; ask the training officer"
    );
    assert_eq!(
        said(Tongue::Spanish),
        "denegado por la fila 51 (Row): hace falta: 2 aprobaciones de otras secciones; hasta ahora: 1; a quién preguntar: una \
         segunda persona; formación: sin vigencia desde el 2026-04-24; a quién preguntar: el oficial de formación"
    );
    assert!(!has_latin(&said(Tongue::Arabic)), "{}", said(Tongue::Arabic));
    // What does not leave its compartment says the same.
    let share = NodeError::Share(ShareRefusal::NotPermitted { reasons: vec![refusal], ask: Vec::new() });
    for tongue in Tongue::ALL {
        assert_eq!(sentence_of(&share, Sentences::plain(tongue)), said(tongue));
    }
}

#[test]
fn a_permit_names_what_the_emergency_waived() {
    let waived = vec![NeedKind::Basis, NeedKind::Device];
    let verdict = Verdict::Permit(Permit { row: 40, words: "Row".into(), waived });
    let said = |tongue| sentences_of_verdict(&verdict, Sentences::plain(tongue)).join("\n");
    assert_eq!(
        said(Tongue::English),
        "permitted by row 40 (Row); waived in this emergency: basis, an attested device"
    );
    assert_eq!(
        said(Tongue::French),
        "permis par la ligne 40 (Row); dispensé dans cette urgence : base, appareil attesté"
    );
    assert!(!has_latin(&said(Tongue::Arabic)), "{}", said(Tongue::Arabic));
}

/// In words first; what the system itself says stands in parentheses, so that it can be looked up.
#[test]
fn what_the_system_refuses_is_said_in_words_and_then_in_its_own() {
    let denied = || Error::new(ErrorKind::PermissionDenied, "Permission denied");
    let file = || NodeError::File { doing: "read", path: "/x".into(), source: denied() };
    let said = |error: &NodeError, tongue| sentence_of(error, Sentences::plain(tongue));
    assert_eq!(said(&file(), Tongue::English), "could not read /x: Permission denied");
    assert_eq!(
        said(&file(), Tongue::Spanish),
        "no se pudo leer /x: el sistema no lo permite (Permission denied)"
    );
    let store = NodeError::Store(StoreError::Io { doing: "read store.head", source: denied() });
    assert_eq!(
        said(&store, Tongue::French),
        "le dépôt de ce bureau n'a pas pu être lu : le système ne le permet pas (read store.head: Permission denied)"
    );
    let line = LinkError::Line(Error::new(ErrorKind::ConnectionRefused, "Connection refused"));
    let arabic = sentence_of_link(&line, Sentences::plain(Tongue::Arabic));
    assert!(arabic.contains("لا أحد يقبل الاتصال هناك (Connection refused)"), "{arabic}");
}

#[test]
fn every_kind_of_what_the_system_says_has_its_words() {
    use ErrorKind as K;
    let kinds = [
        K::NotFound,
        K::PermissionDenied,
        K::AlreadyExists,
        K::StorageFull,
        K::ReadOnlyFilesystem,
        K::IsADirectory,
        K::NotADirectory,
        K::InvalidData,
        K::AddrInUse,
        K::ConnectionRefused,
        K::ConnectionReset,
        K::HostUnreachable,
        K::TimedOut,
        K::Other,
    ];
    for tongue in [Tongue::French, Tongue::Spanish, Tongue::Arabic] {
        let said = kinds.map(|kind| {
            let source = Error::new(kind, "own");
            let error = NodeError::File { doing: "read", path: "/x".into(), source };
            sentence_of(&error, Sentences::plain(tongue))
        });
        let different: std::collections::BTreeSet<&String> = said.iter().collect();
        assert_eq!(different.len(), kinds.len(), "{tongue:?}: {said:?}");
        assert!(said.iter().all(|said| said.ends_with(" (own)") && !said.contains('[')), "{said:?}");
    }
}

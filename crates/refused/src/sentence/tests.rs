mod policy;

use counterseal_model::Timestamp;
use counterseal_node::{
    CaseworkRefusal, InvitationRefusal, LinkError, Malformation, NodeError, OpeningFailure, ReportRefusal,
    ShareRefusal, TrustRefusal,
};
use counterseal_register::{
    ChainRefusal, Code, EntryRefusal, KeyId, LeafRefusal, Office, Refusal, RefusedOpening, SignatureRefusal,
};
use counterseal_sync::PouchRefusal;

use super::{sentence_of, sentence_of_code, sentence_of_link};
use crate::catalogue::{Sentences, knows};
use crate::tongue::Tongue;

#[test]
fn every_refusal_has_its_sentence_in_every_language() {
    let lists = [
        Refusal::CODES,
        EntryRefusal::CODES,
        SignatureRefusal::CODES,
        ChainRefusal::CODES,
        LeafRefusal::CODES,
        PouchRefusal::CODES,
        InvitationRefusal::CODES,
        OpeningFailure::CODES,
        CaseworkRefusal::CODES,
        ReportRefusal::CODES,
        ShareRefusal::CODES,
        TrustRefusal::CODES,
    ];
    let refusals = lists.into_iter().flatten().map(|code| format!("refusal-{code}"));
    let fields = Malformation::ALL.iter().map(|why| format!("thing-wrong-{}", why.code()));
    let offices = Office::ALL.iter().map(|office| format!("thing-{}", office.word()));
    for key in refusals.chain(fields).chain(offices) {
        for tongue in Tongue::ALL {
            assert!(knows(tongue, &key), "{key} in {tongue:?}");
        }
    }
}

#[test]
fn a_refusal_names_what_it_is_about_in_the_readers_language() {
    let error = NodeError::Register(Refusal::NotTheGovernors { threshold: 2 });
    let said = |error: &NodeError, tongue| sentence_of(error, Sentences::plain(tongue));
    let french = said(&error, Tongue::French);
    assert!(french.contains('2') && french.contains("gouverneurs"), "{french}");
    let error = NodeError::Register(Refusal::QuorumTooSmall { k: 3, w: 5, f: 1 });
    for tongue in Tongue::ALL {
        let said = said(&error, tongue);
        assert!(["3", "5", "1"].iter().all(|number| said.contains(number)), "{said}");
    }
    let error = NodeError::Ambiguous { what: "compartment", prefix: "00000012".into(), count: 0 };
    for (tongue, word) in [
        (Tongue::English, "compartment"),
        (Tongue::French, "compartiment"),
        (Tongue::Spanish, "compartimento"),
        (Tongue::Arabic, "قسم"),
    ] {
        let said = said(&error, tongue);
        assert!(said.contains(word) && said.contains("00000012"), "a name is no number: {said}");
    }
}

#[test]
fn counts_choose_the_form_that_the_language_has_for_them() {
    let said = |count, tongue| {
        let error = NodeError::BadRotation { count };
        sentence_of(&error, Sentences::plain(tongue))
    };
    for (count, form) in [(1, "خطأ واحد"), (2, "خطآن"), (3, "3 أخطاء"), (11, "11 خطأً"), (100, "100 خطأ؛")]
    {
        assert!(said(count, Tongue::Arabic).contains(form), "{}", said(count, Tongue::Arabic));
    }
    assert!(said(1, Tongue::Spanish).contains("1 error "), "{}", said(1, Tongue::Spanish));
    assert!(said(2, Tongue::Spanish).contains("2 errores "), "{}", said(2, Tongue::Spanish));
}

#[test]
fn values_are_kept_apart_from_the_text_in_pages_and_in_no_file() {
    let error = NodeError::Verification("x".into());
    let page = sentence_of(&error, Sentences::marked(Tongue::Arabic));
    assert!(page.contains("\u{2068}x\u{2069}"), "{page:?}");
    for tongue in [Tongue::English, Tongue::French] {
        let plain = sentence_of(&error, Sentences::plain(tongue));
        assert!(!plain.contains(['\u{2068}', '\u{2069}', '\u{200e}']), "{plain:?}");
    }
}

#[test]
fn what_trustees_say_is_said_in_the_readers_language() {
    let refused = |code: &str| RefusedOpening {
        code: Code::parse(code).unwrap(),
        rule: Some(20),
        missing: vec![Code::parse("basis").unwrap(), Code::parse("of-later").unwrap()],
        since: Some(Timestamp(1_700_000_000)),
        ask: Some(Office::DataProtection),
        parts: Vec::new(),
        extra: Default::default(),
    };
    let key = |n: u8| KeyId([n; 32]);
    let both = vec![(key(1), refused("policy-refuses")), (key(2), refused("policy-refuses"))];
    let error = NodeError::Opening(OpeningFailure::Refused { refused: both });
    let spanish = sentence_of(&error, Sentences::plain(Tongue::Spanish));
    for said in ["la política no lo permite", "norma 20", "falta: base, of-later", "el oficial de protección"]
    {
        assert_eq!(spanish.matches(said).count(), 1, "{said} once in: {spanish}");
    }
    let error = NodeError::Opening(OpeningFailure::Refused { refused: vec![(key(1), refused("of-later"))] });
    let unknown = sentence_of(&error, Sentences::plain(Tongue::Arabic));
    assert!(unknown.contains("of-later"), "{unknown}");
}

#[test]
fn a_code_from_elsewhere_is_said_in_words_where_it_is_known() {
    let said = |code| sentence_of_code(code, Sentences::plain(Tongue::Arabic));
    for code in EntryRefusal::CODES {
        let said = said(code);
        assert!(said != *code && !said.contains(['$', '[', '{']), "{code}: {said}");
    }
    assert_eq!(said("of-later"), "of-later");
    // Its sentence would need more than the code.
    assert_eq!(said("site-unknown"), "site-unknown");
}

#[test]
fn nothing_a_user_meets_is_without_a_sentence() {
    for tongue in [Tongue::Spanish, Tongue::Arabic] {
        let said = |error: LinkError| sentence_of_link(&error, Sentences::plain(tongue));
        let io = std::io::Error::other("x");
        for (error, english) in [
            (LinkError::NoHub, "queued"),
            (LinkError::Silent, "queued"),
            (LinkError::Line(io), "queued"),
            (LinkError::Address { address: "x".into() }, "address"),
            (NodeError::HubOrders.into(), "orders"),
            (NodeError::Locked.into(), "locked"),
        ] {
            let said = said(error);
            assert!(!said.contains(english), "{said}");
        }
    }
}

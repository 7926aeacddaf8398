//! What codes are called in the reader's language: terms as the mission's taxonomies have them, the rest by the pages' words.

use std::cell::RefCell;
use std::collections::BTreeMap;

use counterseal_model::record::{CaseStatus, ConsentEventKind, EntityKind, Kind};
use counterseal_model::taxonomy::{Language, Taxonomy, TermEntry, built_in};
use counterseal_model::{
    Classification, Credibility, Grading, PlacePrecision, Reliability, Term, VerificationStatus,
};
use counterseal_node::Desk;

use crate::words::Words;

/// The labels of one page. A taxonomy is read from the desk when its first term is asked for, and once.
pub(crate) struct Labels<'a> {
    words: Words,
    desk: &'a Desk,
    own: RefCell<BTreeMap<&'static str, Option<Taxonomy>>>,
}

impl<'a> Labels<'a> {
    /// The labels that this desk has, for this reader.
    pub(crate) const fn of(words: Words, desk: &'a Desk) -> Self {
        Self { words, desk, own: RefCell::new(BTreeMap::new()) }
    }

    /// The sentences of their reader.
    pub(crate) const fn words(&self) -> Words {
        self.words
    }

    /// What a term is called: by the mission's own taxonomy, else by the one that comes with the program (records keep
    /// terms that a mission took out); a term that neither has is shown as it is.
    pub(crate) fn term(&self, taxonomy: &'static str, code: &str) -> String {
        let language = self.words.0.into();
        let mut own = self.own.borrow_mut();
        // A taxonomy that cannot be read must not take the page with it: there are the shipped words.
        let own = own.entry(taxonomy).or_insert_with(|| self.desk.taxonomy(taxonomy).ok().flatten());
        let own = own.as_ref().and_then(|own| own.label(code, language));
        let label = own.or_else(|| built_in(taxonomy)?.label(code, language));
        label.unwrap_or(code).to_owned()
    }

    /// A term as it stands in a field that is typed in: by its label, where that is read back as this very term.
    pub(crate) fn typed(&self, taxonomy: &'static str, code: &str) -> String {
        let label = self.term(taxonomy, code);
        if self.read(taxonomy, &label).is_some_and(|read| read.as_str() == code) {
            label
        } else {
            code.to_owned()
        }
    }

    /// The term that was typed: by its label in any language, or by its code; none where it is neither.
    pub(crate) fn read(&self, taxonomy: &'static str, typed: &str) -> Option<Term> {
        let mut own = self.own.borrow_mut();
        let own = own.entry(taxonomy).or_insert_with(|| self.desk.taxonomy(taxonomy).ok().flatten());
        let known = own.as_ref().or_else(|| built_in(taxonomy))?;
        let said = typed.trim().to_lowercase();
        let is_labelled = |term: &&TermEntry| {
            Language::ALL.iter().any(|one| term.label.in_language(*one).to_lowercase() == said)
        };
        let found = known.terms().iter().find(is_labelled).or_else(|| known.term(&said));
        found.map(|term| term.code.clone())
    }

    /// A tie on a chart: a link by its kind, taking part by its role.
    pub(crate) fn tie(&self, by: &str) -> String {
        let link = self.term("link-kind", by);
        match by {
            "involved" => self.words.text("chart-involved"),
            _ if link == by => self.term("actor-role", by),
            _ => link,
        }
    }

    /// Some terms, one after the other.
    pub(crate) fn terms(&self, taxonomy: &'static str, codes: &[Term]) -> String {
        codes
            .iter()
            .map(|code| self.term(taxonomy, code.as_str()))
            .collect::<Vec<_>>()
            .join(self.words.comma())
    }
}

/// The taxonomy of an entity's finer types.
pub(crate) const fn finer(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Group => Some("entity-group"),
        EntityKind::Organisation => Some("entity-organisation"),
        EntityKind::Vehicle => Some("entity-vehicle"),
        EntityKind::Equipment => Some("entity-equipment"),
        EntityKind::Account => Some("entity-account"),
        EntityKind::Person | EntityKind::Place => None,
    }
}

impl Words {
    /// How far an incident is verified.
    pub(crate) fn verification(self, status: VerificationStatus) -> String {
        self.text(match status {
            VerificationStatus::Unverified => "verified-not",
            VerificationStatus::UnderVerification => "verified-under",
            VerificationStatus::Verified => "verified-yes",
            VerificationStatus::Refuted => "verified-refuted",
        })
    }

    /// How near the place that is known lies to where it happened.
    pub(crate) fn nearness(self, precision: PlacePrecision) -> String {
        self.text(match precision {
            PlacePrecision::Exact => "nearness-exact",
            PlacePrecision::Near => "nearness-near",
            PlacePrecision::Admin2 => "nearness-admin2",
            PlacePrecision::Admin1 => "nearness-admin1",
            PlacePrecision::Region => "nearness-region",
            PlacePrecision::Country => "nearness-country",
            PlacePrecision::International => "nearness-international",
        })
    }

    /// How far a case is.
    pub(crate) fn case_status(self, status: CaseStatus) -> String {
        self.text(match status {
            CaseStatus::Open => "case-status-open",
            CaseStatus::UnderVerification => "case-status-checking",
            CaseStatus::Verified => "case-status-verified",
            CaseStatus::Referred => "case-status-referred",
            CaseStatus::Closed => "case-status-closed",
        })
    }

    /// A classification.
    pub(crate) fn classification(self, class: Classification) -> String {
        self.text(match class {
            Classification::Unclassified => "class-unclassified",
            Classification::Confidential => "class-confidential",
            Classification::StrictlyConfidential => "class-strictly",
        })
    }

    /// What happened to a consent.
    pub(crate) fn consent_event(self, kind: ConsentEventKind) -> String {
        self.text(match kind {
            ConsentEventKind::Given => "event-given",
            ConsentEventKind::Refused => "event-refused",
            ConsentEventKind::Withdrawn => "event-withdrawn",
            ConsentEventKind::Expired => "event-expired",
            ConsentEventKind::Reconfirmed => "event-confirmed",
            ConsentEventKind::HandedOver => "event-handed-over",
            ConsentEventKind::SealedOff => "event-sealed-off",
        })
    }

    /// What an entity is.
    pub(crate) fn entity_kind(self, kind: EntityKind) -> String {
        self.text(match kind {
            EntityKind::Person => "what-person",
            EntityKind::Group => "what-group",
            EntityKind::Organisation => "what-organisation",
            EntityKind::Place => "what-place",
            EntityKind::Vehicle => "what-vehicle",
            EntityKind::Equipment => "what-equipment",
            EntityKind::Account => "what-account",
        })
    }

    /// What a record is.
    pub(crate) fn kind(self, kind: Kind) -> String {
        self.thing(kind.word())
    }

    /// A grading with what its letter and its number mean, which are not the same in every service.
    pub(crate) fn grading(self, grading: &Grading) -> String {
        let letter = grading.reliability.map(|letter| self.reliability(letter));
        let number = grading.credibility.map(|number| self.credibility(number));
        let meant: Vec<String> = [letter, number].into_iter().flatten().collect();
        if meant.is_empty() {
            grading.to_string()
        } else {
            format!("{grading} – {}", meant.join(self.comma()))
        }
    }

    fn reliability(self, letter: Reliability) -> String {
        self.text(match letter {
            Reliability::A => "grade-a",
            Reliability::B => "grade-b",
            Reliability::C => "grade-c",
            Reliability::D => "grade-d",
            Reliability::E => "grade-e",
            Reliability::F => "grade-f",
        })
    }

    fn credibility(self, number: Credibility) -> String {
        self.text(match number {
            Credibility::Confirmed => "grade-1",
            Credibility::ProbablyTrue => "grade-2",
            Credibility::PossiblyTrue => "grade-3",
            Credibility::Doubtful => "grade-4",
            Credibility::Improbable => "grade-5",
            Credibility::Unknown => "grade-6",
        })
    }
}

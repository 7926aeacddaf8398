//! The terms that incidents use, made once: a million incidents clone them.

use counterseal_model::Term;

use crate::draw::{Draw, sums};
use crate::phrases::{RESPONSES, TAGS, WEAPONS};
use crate::stories::{STORIES, Story};

/// Terms, in the order of the tables they come from.
pub(crate) struct Vocabulary {
    stories: Vec<(&'static Story, StoryTerms)>,
    /// UCDP's types of violence, in its order: what an incident imported from there has for a type.
    pub(crate) violence: [Term; 3],
    /// Running sums of the stories' weights.
    story_sums: Vec<u64>,
    pub(crate) weapons: Vec<Term>,
    pub(crate) responses: Vec<Term>,
    pub(crate) tags: Vec<Term>,
    pub(crate) perpetrator: Term,
    pub(crate) victim: Term,
    pub(crate) side_a: Term,
    pub(crate) side_b: Term,
    pub(crate) civilians: Term,
    pub(crate) injured: Term,
    pub(crate) sage: Term,
}

impl Vocabulary {
    pub(crate) fn new() -> Self {
        Self {
            stories: STORIES.iter().map(|story| (story, StoryTerms::of(story))).collect(),
            violence: ["state-based-conflict", "non-state-conflict", "one-sided-violence"].map(term),
            story_sums: sums(STORIES.iter().map(|story| story.weight)),
            weapons: WEAPONS.iter().map(|(code, _)| term(code)).collect(),
            responses: RESPONSES.iter().copied().map(term).collect(),
            tags: TAGS.iter().copied().map(term).collect(),
            perpetrator: term("perpetrator"),
            victim: term("victim"),
            side_a: term("side-a"),
            side_b: term("side-b"),
            civilians: term("civilians"),
            injured: term("injured"),
            sage: term("sage"),
        }
    }

    /// A story, as common as it should be, and its terms.
    pub(crate) fn story(&self, draw: &mut Draw) -> (&'static Story, &StoryTerms) {
        let nth = draw.weighted(&self.story_sums);
        let (story, terms) = self.stories.get(nth).unwrap_or_else(|| draw.pick(&self.stories));
        (story, terms)
    }
}

/// The terms of one story.
pub(crate) struct StoryTerms {
    pub(crate) kind: Term,
    pub(crate) subtype: Option<Term>,
    pub(crate) act: Term,
    pub(crate) method: Option<Term>,
}

impl StoryTerms {
    fn of(story: &Story) -> Self {
        Self {
            kind: term(story.kind),
            subtype: story.subtype.map(term),
            act: term(story.act),
            method: story.method.map(term),
        }
    }
}

/// A term of our own tables, where every code is one; a test looks at them all.
pub(crate) fn term(code: &str) -> Term {
    Term::from_text(code).unwrap_or_default()
}

//! Fields that the forms about a part share: uses of the policy, parts, who somebody is.

use counterseal_model::record::{ConsentDecision, Part, Use};
use counterseal_model::{Classification, Code, RecordId};
use counterseal_node::{Desk, NamedPart, NodeError, WrittenTo};
use maud::{Markup, html};

use crate::pages::casework::typed::{self, Fields};
use crate::pages::casework::why::Why;
use crate::pages::codes::{code, code_text, explained};
use crate::words::Words;

/// A use that the policy names, with what it says of the purpose.
pub(super) struct Known {
    pub(super) what: Use,
    pub(super) words: String,
}

/// The uses that the policy in force names.
pub(super) fn known(desk: &Desk) -> Result<Vec<Known>, NodeError> {
    let policy = desk.policy_in_force()?;
    let purposes = policy.iter().flat_map(|policy| policy.table().purposes());
    let one = |(purpose, known): (&Code, &counterseal_policy::Purpose)| Known {
        what: Use::new(purpose.clone(), known.recipient.clone()),
        words: known.words.clone(),
    };
    Ok(purposes.map(one).collect())
}

fn field(kind: &str, what: &Use) -> String {
    format!("{kind}:{}:{}", what.purpose, what.recipient)
}

/// For each use what the person said of it, and until when.
pub(super) fn decided(words: Words, known: &[Known], fields: &Fields) -> Markup {
    let choices = [("", "consent-not-asked"), ("allow", "consent-allowed"), ("refuse", "consent-refused")];
    html! {
        fieldset { legend { (words.text("consent-uses")) }
            p { (words.text("consent-uses-why")) }
            div.wide { table {
                thead { tr { @for column in ["uses-purpose", "uses-recipient", "uses-state", "consent-until"] { th scope="col" { (words.text(column)) } } } }
                tbody { @for one in known {
                    @let (says, until) = (field("use", &one.what), field("until", &one.what));
                    tr {
                        th scope="row" { (code(words, &one.what.purpose)) (explained(words, &one.what.purpose, &one.words)) }
                        td { (code(words, &one.what.recipient)) }
                        td { select name=(says) aria-label=(format!("{} {}", code_text(words, &one.what.purpose), words.text("uses-state"))) {
                            @for (value, key) in choices { option value=(value) selected[typed::text(fields, &says) == value] { (words.text(key)) } }
                        } }
                        td { input type="date" name=(until) value=(typed::text(fields, &until)) aria-label=(format!("{} {}", code_text(words, &one.what.purpose), words.text("consent-until"))); }
                    }
                } }
            } }
        }
    }
}

/// What was decided, use by use.
pub(super) fn decisions(words: Words, fields: &Fields) -> Result<Vec<ConsentDecision>, Why> {
    let mut all = Vec::new();
    for (name, said) in fields.iter().filter(|(_, said)| !said.is_empty()) {
        let Some(what) = name.strip_prefix("use:").and_then(read_use) else { continue };
        let until = typed::end_of(words, "consent-until", typed::text(fields, &field("until", &what)))?;
        let allowed = said == "allow";
        all.push(ConsentDecision {
            what,
            allowed,
            until: until.filter(|_| allowed),
            extra: Default::default(),
        });
    }
    Ok(all)
}

/// A box for each use.
pub(super) fn boxes(words: Words, known: &[Known], fields: &Fields) -> Markup {
    html! {
        fieldset.ticks { legend { (words.text("consent-uses")) }
            @for one in known {
                @let name = field("use", &one.what);
                label.tick { input type="checkbox" name=(name) value="on" checked[typed::ticked(fields, &name)];
                    " " (code(words, &one.what.purpose)) (words.colon()) (code(words, &one.what.recipient)) (explained(words, &one.what.purpose, &one.words)) }
            }
        }
    }
}

/// The uses that were ticked.
pub(super) fn uses(fields: &Fields) -> Vec<Use> {
    fields.keys().filter_map(|name| read_use(name.strip_prefix("use:")?)).collect()
}

fn read_use(text: &str) -> Option<Use> {
    let (purpose, recipient) = text.split_once(':')?;
    Some(Use::new(Code::parse(purpose)?, Code::parse(recipient)?))
}

/// The part of the page, and those that were named besides.
pub(super) fn parts(desk: &Desk, named: NamedPart, fields: &Fields) -> Result<Vec<NamedPart>, Why> {
    let mut all = vec![named];
    for text in typed::lines(fields, "parts") {
        all.push(typed::part(desk, text)?);
    }
    Ok(all)
}

/// Where records about parts are written: into the parts' own compartment, as sensitive as people are.
pub(super) const fn into() -> WrittenTo {
    WrittenTo { compartment: None, class: Classification::StrictlyConfidential }
}

/// A field for more parts.
pub(super) fn more_parts(words: Words, fields: &Fields) -> Markup {
    html! {
        label { span { (words.text("form-more-parts")) }
            textarea.short name="parts" placeholder="5f0c2a9d41b8e377/0" { (typed::text(fields, "parts")) } }
    }
}

/// A field for a person's record, by its 32 digits.
pub(super) fn record(words: Words, name: &str, label: &str, fields: &Fields, needed: bool) -> Markup {
    html! {
        label { span { (words.text(label)) }
            input type="text" name=(name) value=(typed::text(fields, name)) required[needed] autocomplete="off" placeholder="000102030405060708090a0b0c0d0e0f"; }
    }
}

/// A field for a day.
pub(super) fn day(words: Words, name: &str, label: &str, fields: &Fields) -> Markup {
    html! {
        label { span { (words.text(label)) } input type="date" name=(name) value=(typed::text(fields, name)); }
    }
}

/// A box that is ticked or not.
pub(super) fn tick(words: Words, name: &str, label: &str, fields: &Fields) -> Markup {
    html! {
        label.tick { input type="checkbox" name=(name) value="on" checked[typed::ticked(fields, name)]; " " (words.text(label)) }
    }
}

/// Whose record an open part is of: whoever has opened it need not copy 32 digits.
pub(super) fn record_of_open(desk: &mut Desk, named: NamedPart) -> Option<RecordId> {
    let (text, _) = desk.opened_part(named.part)?;
    counterseal_model::cbor::from_bytes::<Part>(text.as_bytes()).ok().map(|part| part.record)
}

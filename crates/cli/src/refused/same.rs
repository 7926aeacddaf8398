//! Why two records are not said to be one, in the reader's language.

use counterseal_node::SameRefusal;

use super::{Said, said};

pub(super) fn of_same(refusal: &SameRefusal) -> Said {
    use SameRefusal as R;
    match refusal {
        R::Itself { record } => said("refusal-same-itself", [("record", record.short())]),
        R::OtherKinds { record, is, other, other_is } => said(
            "refusal-same-kinds",
            [
                ("record", record.short()),
                ("is", (*is).to_owned()),
                ("other", other.short()),
                ("given", (*other_is).to_owned()),
            ],
        ),
        R::Already { record, other } => {
            said("refusal-same-already", [("record", record.short()), ("other", other.short())])
        }
        R::NotSaid { record } => said("refusal-same-not-said", [("record", record.short())]),
        R::Where { record, other } => {
            said("refusal-same-where", [("record", record.short()), ("other", other.short())])
        }
        R::Guarded { compartment } => said("refusal-same-guarded", [("compartment", compartment.short())]),
    }
}

//! Why a report, a draft or a settlement is refused.

use counterseal_node::{DRAFT_BYTES, DRAFTS, ReportRefusal};

use super::{Said, said};

pub(super) fn of_report(refusal: &ReportRefusal) -> Said {
    use ReportRefusal as R;
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        R::Empty => said(&key, []),
        R::DraftTooLong { bytes } => {
            said(&key, [("bytes", bytes.to_string()), ("most", DRAFT_BYTES.to_string())])
        }
        R::TooManyDrafts => said(&key, [("most", DRAFTS.to_string())]),
        R::Itself(id) | R::NotYours(id) | R::ChangedMeanwhile(id) => said(&key, [("record", id.short())]),
    }
}

//! Opening a part because another verb needs it open.

use counterseal_model::{PersonId, Timestamp};
use counterseal_node::{Desk, NodeError, OpeningTerms};
use counterseal_register::{Code, PartRef};

use super::open::wait_for_approvals;
use super::{WhereArgs, refused};
use crate::context::Context;
use crate::failure::Failure;

/// For how many seconds it stays open.
const SECONDS: i64 = 600;

/// Opens a part for a purpose, unless it is open: what was opened ahead is read, and counts as read; else the trustees are
/// asked, in the log.
pub(crate) fn open_first(
    ctx: &Context,
    desk: &mut Desk,
    place: &WhereArgs,
    part: PartRef,
    (purpose, case): (&Code, Option<[u8; 16]>),
    approvers: &[PersonId],
) -> Result<(), Failure> {
    let until = Timestamp(desk.now().0.saturating_add(SECONDS));
    if desk.opened_part(part).is_some() {
        return Ok(());
    }
    if desk.opened_ahead()?.iter().any(|view| view.part == part) {
        desk.read_ahead(part, until)?;
        return Ok(());
    }
    let terms = OpeningTerms { case, ..OpeningTerms::new(vec![part], purpose.clone()) };
    let mut line = place.line(ctx, desk)?;
    let mut asking = desk.prepare_opening(terms)?;
    if asking.approvals_needed() > 0 {
        wait_for_approvals(ctx, desk, &mut asking, approvers, &mut line)?;
    }
    let asked = desk.open_parts(asking, &mut line, until);
    let asked = asked.map_err(|error| refused(ctx, desk, error))?;
    if asked.parts.iter().any(|opened| opened.cover) {
        return Err(NodeError::from(counterseal_node::OpeningFailure::Cover {
            part: counterseal_node::part_text(part),
        })
        .into());
    }
    Ok(())
}

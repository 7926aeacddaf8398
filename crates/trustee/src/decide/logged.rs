//! That the request stands in the log before it is answered, in the same log that this trustee has.

use counterseal_ledger::{Receipt, ReceiptRefusal};
use counterseal_model::Timestamp;
use counterseal_register::{LogEnd, LogKind, opening_leaf};

use super::against::{Against, NotNow};
use super::known::{Asked, Known};
use super::moment;
use crate::mirror::Agreement;

/// What a receipt shows.
pub(super) struct Shown {
    pub(super) index: u64,
    /// The quorum's time of its checkpoint.
    pub(super) time: Timestamp,
}

/// The leaf is worked out here from the signed request: what the reader or the hub says of it counts for nothing.
pub(super) fn check_receipt(asked: &Asked<'_>, known: &Known<'_>) -> Result<Shown, Against> {
    let receipt: Receipt = asked.receipt.cloned().ok_or(Against::NoReceipt)?;
    let at = moment(known.register, known.clock);
    let policy = known.register.log_policy(at).ok_or(Against::NoQuorum)?;
    let origin = receipt.checkpoint.claims().origin().as_str().to_owned();
    check_origin(asked, known, &origin)?;
    let leaf = opening_leaf(asked.request.bytes(), asked.request.body()).map_err(|_| Against::OtherLeaf)?;
    let shown = receipt.verify(&leaf.to_bytes(), &policy).map_err(|refusal| match refusal {
        ReceiptRefusal::Policy(_) => Against::NoQuorum,
        ReceiptRefusal::Proof(_) => Against::OtherLeaf,
    })?;
    let head = shown.checkpoint().checkpoint().head();
    let end = LogEnd { size: head.size, root: *head.root.as_bytes() };
    let log = known.register.log_of_origin(&origin, at).map_err(|_| Against::OtherOrigin)?;
    log.admits(end).map_err(|_| Against::OtherOrigin)?;
    let time = shown.checkpoint().median_time().and_then(|time| i64::try_from(time).ok());
    Ok(Shown { index: shown.index(), time: Timestamp(time.ok_or(Against::NoQuorum)?) })
}

/// The journal log of the present hub, and no other: an outgoing hub's log can be continued by nobody who watches it.
fn check_origin(asked: &Asked<'_>, known: &Known<'_>, origin: &str) -> Result<(), Against> {
    let at = moment(known.register, known.clock);
    let present = known.register.log_generations(LogKind::Journal, at).pop();
    let present = present.ok_or(Against::OtherOrigin)?.origin;
    if asked.request.body().origin == present && origin == present {
        Ok(())
    } else {
        Err(Against::OtherOrigin)
    }
}

/// The statement log that the reader's desk has is this trustee's, or the beginning of it.
pub(super) fn check_statements(asked: &Asked<'_>, known: &Known<'_>) -> Result<(), NotNow> {
    let named = asked.request.body().statements;
    if known.statements.is_none_or(|log| log.size < named.size) {
        return Err(NotNow::MirrorBehind);
    }
    if asked.statements_root == Some(named.root) { Ok(()) } else { Err(NotNow::SplitView) }
}

/// The checkpoint that the receipt rests on is of the tree that this trustee has.
pub(super) fn check_checkpoint(asked: &Asked<'_>) -> Result<(), NotNow> {
    match asked.checkpoint {
        Some(Agreement::Consistent) => Ok(()),
        Some(Agreement::Ahead { .. }) => Err(NotNow::MirrorBehind),
        Some(Agreement::TwoTrees) | None => Err(NotNow::SplitView),
    }
}

/// And the leaf stands there in all its bytes. (With the checkpoint consistent it does; a mirror that lacks it is
/// broken, and nothing is released by a broken mirror.)
pub(super) fn check_leaf(asked: &Asked<'_>) -> Result<(), Against> {
    let leaf = opening_leaf(asked.request.bytes(), asked.request.body()).map_err(|_| Against::OtherLeaf)?;
    if asked.leaf == Some(leaf.to_bytes()) { Ok(()) } else { Err(Against::LeafElsewhere) }
}

//! One person-day: what explains its parts, and what speaks against it.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::PersonId;

use super::book::{Book, Ground};
use super::finding::{Finding, Reason};
use super::past::{About, Past};
use super::queue::PersonDay;
use super::seen::SeenOpening;

/// Approvals that come within so many seconds: nobody has read the request then.
const HASTY: i64 = 10;
/// Days before the end of an assignment.
const LEAVING: i64 = 14;
/// So many parts in a day are looked at for their number, when they are more than three times the usual.
const MANY: u64 = 20;
/// A crowd: so many others.
const CROWD: u64 = 2;

/// What one day's openings come to.
#[derive(Default)]
struct Sums {
    parts: u64,
    grounds: BTreeMap<Ground, u64>,
    unexplained: u64,
    abouts: BTreeSet<About>,
    off_duty: u64,
    /// Parts that no task explains.
    untasked: u64,
    hasty: u64,
    hasty_by: BTreeSet<PersonId>,
    no_alert: u64,
}

/// Judges a person's openings of one day, which is not in the past yet; and writes it there.
pub(super) fn judge(
    person: PersonId,
    day: i64,
    openings: &[&SeenOpening],
    book: &Book,
    past: &mut Past,
) -> PersonDay {
    let sums = sum(person, openings, book);
    let findings = findings(person, day, &sums, book, past);
    remember(person, day, &sums, past);
    PersonDay {
        person,
        day,
        requests: openings.iter().map(|opening| opening.request).collect(),
        parts: sums.parts,
        grounds: sums.grounds,
        score: findings.iter().map(|finding| finding.points).sum(),
        findings,
    }
}

fn sum(person: PersonId, openings: &[&SeenOpening], book: &Book) -> Sums {
    let (mut sums, mut claimed) = (Sums::default(), 0);
    for opening in openings {
        let off_duty = book.on_duty(person, opening.at) == Some(false);
        let mut alert = false;
        for part in &opening.parts {
            sums.parts += 1;
            alert |= opening.emergency && book.alert(person, part, opening.at);
            let ground = book.ground(opening, part, &mut claimed);
            // A task is looked for apart: a part of one's own case may be read for it as well.
            let tasked = book.tasked(person, part, opening.at);
            sums.untasked += u64::from(!tasked);
            sums.off_duty += u64::from(off_duty && !tasked);
            match ground {
                Some(ground) => *sums.grounds.entry(ground).or_default() += 1,
                None => {
                    sums.unexplained += 1;
                    sums.abouts.insert(About::of(part));
                }
            }
        }
        sums.no_alert += u64::from(opening.emergency && !alert);
        for approval in opening.approvals.iter().filter(|approval| approval.after <= HASTY) {
            sums.hasty += 1;
            sums.hasty_by.insert(approval.approver);
        }
    }
    sums
}

fn findings(person: PersonId, day: i64, sums: &Sums, book: &Book, past: &Past) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |is: bool, reason: Reason| found.extend(is.then(|| reason.found()));
    let matters = sums.abouts.len() as u64;
    add(sums.unexplained > 0, Reason::Unexplained { parts: sums.unexplained });
    add(matters > 1, Reason::Scattered { matters });
    let again = sums.abouts.iter().map(|about| past.again(person, about, day)).max().unwrap_or(0);
    add(again > 0, Reason::Again { days: again });
    let cases = sums.abouts.iter().filter(|about| matches!(about, About::Case(_)));
    let crowd = cases.map(|about| past.crowd(person, about, day)).max().unwrap_or(0);
    add(crowd >= CROWD, Reason::Crowd { persons: crowd });
    add(sums.off_duty > 0, Reason::OffDuty { parts: sums.off_duty });
    let usual = past.usual(person, day);
    let many = usual.filter(|usual| sums.untasked >= MANY && sums.untasked > 3 * usual);
    add(many.is_some(), Reason::Many { parts: sums.untasked, usual: many.unwrap_or(0) });
    add(sums.hasty > 0, Reason::Hasty { approvals: sums.hasty });
    let hasty = sums.hasty_by.iter().map(|approver| past.hasty(person, *approver, day)).max().unwrap_or(0);
    add(hasty > 0, Reason::HastyAgain { days: hasty });
    add(sums.no_alert > 0, Reason::NoAlert { openings: sums.no_alert });
    let no_alert = if sums.no_alert > 0 { past.no_alert(person, day) } else { 0 };
    add(no_alert > 0, Reason::NoAlertAgain { days: no_alert });
    let left = book.days_left(person, day).filter(|left| (0..=LEAVING).contains(left));
    let leaving = sums.unexplained + sums.off_duty > 0 || many.is_some();
    add(left.is_some() && leaving, Reason::Leaving { days: left.unwrap_or(0).unsigned_abs() });
    found.sort_by_key(|finding| (std::cmp::Reverse(finding.points), finding.reason));
    found
}

fn remember(person: PersonId, day: i64, sums: &Sums, past: &mut Past) {
    past.note_amount(person, sums.parts, day);
    for about in &sums.abouts {
        past.note_unexplained(person, about.clone(), day);
    }
    for approver in &sums.hasty_by {
        past.note_hasty(person, *approver, day);
    }
    if sums.no_alert > 0 {
        past.note_no_alert(person, day);
    }
}

//! Who opened what of mine and of my section's: what trustees told, what this desk asked for, and the review.

mod alarms;
mod day;
mod notice;
mod review;
mod show;
mod talk;

pub(crate) use alarms::seen;
pub(crate) use day::{ask, show as show_day};
pub(crate) use notice::show as show_notice;
pub(crate) use review::{duties, emergency, show as show_review};
pub(crate) use show::{fetch, show};
pub(crate) use talk::reply;

use axum::Router;
use axum::routing::{get, post};
use counterseal_model::Timestamp;
use counterseal_node::{NoticeView, ReviewFinding, ReviewReason};
use counterseal_register::Outcome;

use crate::server::App;
use crate::words::Words;

/// Where these pages are.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/openings", get(show))
        .route("/openings/fetch", post(fetch))
        .route("/openings/{request}", get(show_notice))
        .route("/review", get(show_review))
        .route("/review/duties", post(duties))
        .route("/review/emergency", post(emergency))
        .route("/review/reply", post(reply))
        .route("/review/alarm", post(seen))
        .route("/review/{person}/{day}", get(show_day))
        .route("/review/{person}/{day}/ask", post(ask))
}

/// What became of a request.
pub(super) fn outcome(words: Words, outcome: Outcome) -> String {
    words.text(match outcome {
        Outcome::Released => "openings-released",
        Outcome::Refused => "openings-refused",
        Outcome::HandedOver | Outcome::Helped => "openings-handed",
        Outcome::Read => "openings-read",
    })
}

/// How many trustees released, or know that it was read.
fn released(view: &NoticeView) -> usize {
    let left = |outcome| matches!(outcome, Outcome::Released | Outcome::Read);
    view.trustees.values().filter(|(outcome, _)| left(*outcome)).count()
}

/// A day that is counted from 1970-01-01.
fn day_text(day: i64) -> String {
    Timestamp(day.saturating_mul(Timestamp::DAY)).date_text()
}

/// What speaks against a person-day, in words.
fn finding(words: Words, found: &ReviewFinding) -> String {
    let (number, other) = found.reason.numbers();
    let key = match found.reason {
        ReviewReason::Unexplained { .. } => "reason-unexplained",
        ReviewReason::Scattered { .. } => "reason-scattered",
        ReviewReason::Again { .. } => "reason-again",
        ReviewReason::Crowd { .. } => "reason-crowd",
        ReviewReason::OffDuty { .. } => "reason-off-duty",
        ReviewReason::Many { .. } => "reason-many",
        ReviewReason::Leaving { .. } => "reason-leaving",
        ReviewReason::Hasty { .. } => "reason-hasty",
        ReviewReason::HastyAgain { .. } => "reason-hasty-again",
        ReviewReason::NoAlert { .. } => "reason-no-alert",
        ReviewReason::NoAlertAgain { .. } => "reason-no-alert-again",
    };
    words.with(key, &[("number", number.into()), ("other", other.into())])
}

//! Casework: cases, guarded parts, what may be done with them, and how they are opened, approved and shared.

pub(crate) mod ahead;
pub(crate) mod approvals;
mod approvers;
pub(crate) mod asking;
pub(crate) mod at_hand;
pub(super) mod beside;
pub(crate) mod cases;
pub(super) mod names;
pub(crate) mod open;
pub(crate) mod part;
pub(crate) mod receipt;
pub(super) mod says;
pub(crate) mod share;
pub(crate) mod trust;
pub(super) mod typed;
pub(super) mod why;

use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};

use crate::server::App;

/// Where these pages are.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/cases", get(cases::list))
        .route("/cases/new", get(cases::new_form).post(cases::new_write))
        .route("/case/take-up", post(cases::take_up))
        .route("/case/{id}", get(cases::show))
        .route("/case/{id}/change", post(cases::change))
        .route("/part", get(part::find))
        .route("/part/{entry}/{index}", get(part::show))
        .route("/part/{entry}/{index}/consent", get(part::consent).post(part::given))
        .route("/part/{entry}/{index}/withdraw-consent", post(part::taken_back))
        .route("/part/{entry}/{index}/reconfirm", post(part::reconfirmed))
        .route("/part/{entry}/{index}/basis", get(part::basis).post(part::based))
        .route("/part/{entry}/{index}/agreement", get(part::agreement).post(part::agree))
        .route("/part/{entry}/{index}/withdraw", post(part::withdraw))
        .route("/part/{entry}/{index}/hold", post(part::hold))
        .route("/papers", get(part::show_paper))
        .route("/papers/make", post(part::make_paper))
        .route("/papers/read", post(part::read_paper))
        .route("/paper/{name}", get(part::show_paper))
        .route("/paper/{name}/file", get(part::download))
        .route("/paper/{name}/cosign", post(part::cosign))
        .route("/open", post(open::ask))
        .route("/opened/close", post(open::close))
        .route("/opened/{entry}/{index}", get(open::show))
        .route("/asking/{request}", get(asking::show))
        .route("/asking/{request}/open", post(asking::open))
        .route("/asking/{request}/drop", post(asking::give_up))
        .route("/approvals", get(approvals::show))
        .route("/approvals/fetch", post(approvals::fetch))
        .route("/approvals/answer", post(approvals::answer))
        .route("/ahead", get(ahead::show))
        .route("/ahead/open", post(ahead::open))
        .route("/ahead/progress", get(ahead::show_progress))
        .route("/ahead/read", post(ahead::read))
        .route("/ahead/surrender", post(ahead::surrender))
        .route("/ahead/tell", post(ahead::tell))
        .route("/share", get(share::show).post(share::share))
        .route("/share/ask", post(share::ask))
        .route("/share/read", post(share::read))
        .route("/share/asked/{name}", get(share::show_asked))
        .route("/share/asked/{name}/file", get(share::download))
        .route("/share/asked/{name}/approve", post(share::approve))
        .route("/receipt/{request}", get(receipt::show))
        .route("/receipt/{request}/file", get(receipt::download))
        .route("/handed", get(share::list))
        .route("/handed-on", get(trust::show).post(trust::settle))
}

/// What every form of ours carries.
pub(super) fn token(token: &str) -> Markup {
    html! { input type="hidden" name="token" value=(token); }
}

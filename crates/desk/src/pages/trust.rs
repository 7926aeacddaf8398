//! What this desk's trust rests on: the mission, the logs, the hub, my devices, the compartments.

use axum::extract::State;
use axum::response::Response;
use counterseal_model::fingerprint;
use counterseal_node::{Desk, NodeError};
use counterseal_register::{DeviceStatus, LogKind};
use maud::{Markup, html};

use super::record::{compartment_name, readers};
use super::state::span;
use super::{Page, Reader, with_desk};
use crate::server::App;
use crate::words::{Said, Words};

pub(crate) async fn show(State(app): State<App>, reader: Reader) -> Response {
    with_desk(&app, reader, |words, unlocked| {
        let desk = &unlocked.desk;
        let main = html! {
            h1 { (words.text("trust-title")) }
            @if let Err(error) = desk.check_one_tree() { p.warning role="alert" { (words.refusal(&error)) } }
            p { (words.text("trust-fingerprint")) " " code { (fingerprint(&desk.mission().to_string())) } }
            (logs(words, desk)?)
            (devices(words, desk))
            (trustees(words, desk))
            (rooms(words, desk))
        };
        Ok(Page::new(words.text("trust-title"), main))
    })
    .await
}

fn logs(words: Words, desk: &Desk) -> Result<Markup, NodeError> {
    let mut rows = Vec::new();
    for (kind, key) in [(LogKind::Statements, "trust-statements"), (LogKind::Journal, "trust-journal")] {
        if let Some(log) = desk.log(kind)? {
            rows.push((key, log.size, desk.now().0.saturating_sub(log.cosigned.0)));
        }
    }
    Ok(html! {
        h2 { (words.text("trust-logs")) }
        @if rows.is_empty() { p { (words.text("trust-no-log")) } }
        ul {
            @for (key, size, age) in rows {
                li { (words.text(key)) ": "
                    (words.with("trust-log", &[("size", (&words.number(size)).into()), ("age", Said::Text(&span(words, age)))])) }
            }
        }
    })
}

fn devices(words: Words, desk: &Desk) -> Markup {
    let mine = desk.register().devices_of(desk.person(), desk.moment());
    html! {
        h2 { (words.text("trust-devices")) }
        ul {
            @for device in mine {
                li {
                    code { (device.id.short()) }
                    @if device.id == desk.device() { " " span.mark { (words.text("trust-this")) } }
                    " " (status(words, device.status))
                }
            }
        }
        p { (words.text("trust-devices-why")) }
    }
}

fn status(words: Words, status: DeviceStatus) -> String {
    words.text(match status {
        DeviceStatus::Active => "status-active",
        DeviceStatus::Pending => "status-pending",
        DeviceStatus::Frozen { .. } | DeviceStatus::Suspended { .. } => "status-stopped",
        DeviceStatus::Expired { .. } | DeviceStatus::Revoked { .. } => "status-ended",
    })
}

fn trustees(words: Words, desk: &Desk) -> Markup {
    let set = desk.register().trustees(desk.moment());
    html! {
        h2 { (words.text("trust-trustees")) }
        @match set {
            Some(set) => p { (words.with("trust-set", &[("needed", set.threshold.into()), ("all", (set.trustees.len() as u64).into())])) },
            None => p { (words.text("trust-no-trustees")) },
        }
    }
}

fn rooms(words: Words, desk: &Desk) -> Markup {
    html! {
        h2 { (words.text("trust-compartments")) }
        ul {
            @for view in desk.compartments().into_iter().filter(|view| view.mine) {
                li { bdi { (compartment_name(desk, view.id)) }
                    " · " (words.with("record-readers", &[("count", readers(desk, &view).into())])) }
            }
        }
    }
}

//! What every server here needs, hub, witness and trustee alike: connections and their limits, TLS, HTTP/1.1,
//! key files and configurations. It knows nothing of missions.

mod accept;
mod callers;
mod config;
mod doors;
mod files;
mod http;
mod identity;
mod keys;
mod pin;
mod stop;
mod timed;
mod tls;
mod unsent;

/// Connections: who may be inside, and when they have to go.
pub use accept::{Turn, accept, bind};
pub use callers::{CallerLimits, Callers, Counted};
/// Files: keys, which are secret, and configurations, in which unknown keys are refused.
pub use config::{ConfigRefusal, config_text, parse_config};
pub use doors::{Doors, Place, allowed};
pub use files::{make_private_folder, sync_folder, write_private};
/// HTTP/1.1.
pub use http::{
    Answer, Connection, HttpClient, HttpFailure, Incoming, Method, Request, StatusCode, Url, answer,
    immutable, serve_http, serve_https, speak_http, text, whole_body,
};
/// TLS.
pub use identity::TlsIdentity;
pub use keys::{KeyFileRefusal, hex_of_secret, make_key_folder, read_secret, secret_of_hex, write_secret};
pub use stop::Stop;
pub use timed::Timed;
pub use tls::{HTTP, Patience, TlsDoor, TlsRefusal, TlsStream, Trust, exporter, protocol};
pub use unsent::bound_unsent;

//! What servers on the command line have in common.

use std::future::Future;
use std::path::Path;

use crate::failure::Failure;
use crate::listing::pretty;

/// A server's own words.
pub(super) fn asked(error: impl ToString) -> Failure {
    Failure::Asked(error.to_string())
}

/// Runs a server until its future ends.
pub(super) fn serve(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(Failure::terminal)?.block_on(work)
}

/// Waits until the program is told to stop: Ctrl-C, or SIGTERM where there are signals.
pub(super) async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _asked = tokio::signal::ctrl_c().await;
}

/// Writes a file of public keys; one that is there is not replaced.
pub(super) fn new_public_file(path: &Path, keys: &serde_json::Value) -> Result<(), Failure> {
    Ok(counterseal_node::write_new_private(path, format!("{}\n", pretty(keys)).as_bytes())?)
}

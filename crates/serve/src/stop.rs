//! A stop that reaches every part of a server.

use std::sync::Arc;

use tokio::sync::watch;

/// Tells the parts of a server to stop.
#[derive(Debug, Clone)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Says it.
    pub fn now(&self) {
        self.0.send_replace(true);
    }

    /// Waits until it is said.
    pub async fn wait(&self) {
        // The sender lives as long as this.
        drop(self.0.subscribe().wait_for(|stop| *stop).await);
    }

    /// Works on something until it is done or the stop is said, whichever is first.
    pub async fn or<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.wait() => None,
        }
    }
}

//! Why a hub could not be spoken to.

use std::io;

use counterseal_register::Refusal;

use crate::error::NodeError;

/// Why a session did not come about, or broke off. What was taken or accepted before stays so.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The mission has none.
    #[error("this mission has no hub yet; what you write stays queued on this desk, and pouches carry it")]
    NoHub,
    /// The address is none.
    #[error("'{address}' is no address of a hub; give host:port, as in hub.example:4433")]
    Address {
        /// What was given.
        address: String,
    },
    /// Nobody answers, or the line broke.
    #[error("the hub cannot be reached ({0}); what you write stays queued on this desk")]
    Line(#[from] io::Error),
    /// The other side says nothing for too long.
    #[error("the hub does not answer; what you write stays queued on this desk")]
    Silent,
    /// TLS.
    #[error("no secure connection with the hub: {0}")]
    Tls(#[from] rustls::Error),
    /// Whoever answers is not the mission's hub.
    #[error("whoever answers at this address is not the mission's hub: {0}")]
    NotTheHub(Box<Refusal>),
    /// The desk refuses what came, or its store fails.
    #[error(transparent)]
    Node(Box<NodeError>),
}

impl From<NodeError> for LinkError {
    fn from(error: NodeError) -> Self {
        Self::Node(Box::new(error))
    }
}

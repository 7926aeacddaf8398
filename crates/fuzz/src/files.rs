//! Files that people hand to our programs: configurations, requests, keys, rules (docs/hub.toml, docs/spec).

use counterseal_hub::HubConfig;
use counterseal_model::taxonomy::Taxonomy;
use counterseal_node::Rules;
use counterseal_register::{JoinChallenge, JoinRequest};
use counterseal_seal::{ComparedString, Invitation, KeyFileHeader};
use counterseal_trustee::TrusteeConfig;
use counterseal_witness::WitnessConfig;

use crate::same;

/// The configuration of a hub, a witness and a trustee.
pub fn config(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let _ = HubConfig::parse(text);
    let _ = WitnessConfig::parse(text);
    let _ = TrusteeConfig::parse(text);
}

/// An invitation, a device's request, a challenge, a locked key file, a guard's rules, a taxonomy.
pub fn files(bytes: &[u8]) {
    if let Ok(request) = JoinRequest::parse(bytes) {
        same(&request.to_bytes(), bytes, "request of a device");
    }
    if let Ok(challenge) = JoinChallenge::parse(bytes) {
        same(&challenge.to_bytes(), bytes, "challenge");
    }
    let _ = KeyFileHeader::peek(bytes);
    if let Ok(text) = str::from_utf8(bytes) {
        let _ = Rules::parse(text);
        let _ = ComparedString::read(text);
        if let Ok(invitation) = Invitation::from_text(text) {
            let again = Invitation::from_text(&invitation.to_text());
            assert!(again.is_ok_and(|other| other.commitment == invitation.commitment), "another invitation");
        }
        if let Ok(taxonomy) = Taxonomy::from_json(text) {
            let again = Taxonomy::from_json(&taxonomy.to_json());
            assert!(again.is_ok_and(|other| other == taxonomy), "a taxonomy read as another");
        }
    }
}

//! What a key, a hash or a signature is for (PROTOCOL section 1: one key, one purpose).

use std::fmt;

/// A purpose: the bytes `counterseal/cs1/<purpose>` and a zero byte, with which every HKDF info,
/// HPKE info, labelled hash and signature input begins. There are no others than the constants
/// here, so that two uses of one label show up side by side.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Label(&'static [u8]);

impl Label {
    /// The label's bytes, zero byte included.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        self.0
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(self.0.strip_suffix(b"\0").unwrap_or(self.0)))
    }
}

/// The context string inside `EntryHeader::ctx`. It stands in a CBOR array, so it is text and ends
/// without the zero byte.
pub(crate) const ENTRY_CONTEXT: &str = "counterseal/cs1/entry";

macro_rules! labels {
    ($($(#[$meta:meta])* $NAME:ident = $purpose:literal;)+) => {
        impl Label {
            $($(#[$meta])* pub const $NAME: Self = Self(concat!("counterseal/cs1/", $purpose, "\0").as_bytes());)+

            /// Every label there is.
            pub const ALL: &'static [Self] = &[$(Self::$NAME),+];
        }
    };
}

labels! {
    /// Hash: the version of a part, of its bytes before sealing.
    PART_VERSION = "part/version";
    /// Hash: the id of a record that another system has a name for.
    RECORD_EXTERNAL = "record/external";
    /// Hash: the id of an entity that a mission knows by its name alone.
    RECORD_NAMED = "record/named";
    /// Hash: a device's id.
    DEVICE_ID = "device/id";
    /// Hash: a hybrid key's id.
    HYBRID_KEY_ID = "key/hybrid";
    /// Hash: the commitment to an epoch secret.
    EPOCH_COMMIT = "epoch/commit";
    /// Signature: an entry's header.
    ENTRY_SIGN = "entry/sign";
    /// Signature: a statement of the register.
    STATEMENT_SIGN = "statement/sign";
    /// Signature: a device proves possession of its signing key.
    DEVICE_PROOF = "device/proof";
    /// Hash: the answer to the challenge by which a device proves possession of its HPKE key.
    DEVICE_CHALLENGE = "device/challenge";
    /// HPKE info: a challenge sealed to a device's HPKE key.
    DEVICE_CHALLENGE_SEAL = "device/challenge-seal";
    /// HPKE info: the wrap of an epoch secret.
    EPOCH_WRAP = "epoch/wrap";
    /// Sealing of a previous epoch's secret under its successor.
    EPOCH_PREVIOUS = "epoch/previous";
    /// Sealing of names of persons, devices and compartments.
    NAME_KEY = "name/key";
    /// The hedged seed of an entry's randomness.
    ENTRY_SEED = "entry/seed";
    /// An entry's salt.
    ENTRY_SALT = "entry/salt";
    /// A part's key.
    PART_KEY = "part/key";
    /// A guarded part's commitment.
    PART_COMMIT = "part/commit";
    /// The seed of the shares that are dealt.
    SHARE_DEAL = "share/deal";
    /// A trustee's share secret.
    SHARE_SECRET = "share/secret";
    /// A polynomial's coefficient.
    SHARE_COEF = "share/coef";
    /// A trustee's pad.
    SHARE_PAD = "share/pad";
    /// A trustee's commitment.
    SHARE_COMMIT = "share/commit";
    /// Hash: the commitment to a trustee's pad of one part.
    SHARE_PAD_COMMIT = "share/pad-commit";
    /// HPKE info: the wrap of a trustee's share secret.
    SHARE_WRAP = "share/wrap";
    /// HPKE info: pads released to a reader.
    SHARE_RELEASE = "share/release";
    /// HPKE info: a request for an opening, sealed to a trustee.
    OPENING_SEAL = "opening/seal";
    /// HPKE info: a fact about a person or a part, sealed to a trustee.
    FACT_SEAL = "fact/seal";
    /// Hash: whose consent a fact about a part is.
    FACT_WHOSE = "fact/whose";
    /// HPKE info: a trustee's notice of an opening, sealed to a device.
    NOTICE_SEAL = "trustee/notice-seal";
    /// HPKE info: a mail that waits at a trustee, sealed to the device it is for.
    MAIL_SEAL = "trustee/mail-seal";
    /// The authentication of the key file.
    KEY_FILE = "key-file";
    /// The key of a desk's store.
    STORE_KEY = "store/key";
    /// Hash: the commitment of an entry's leaf in the journal log.
    LEAF_ENTRY = "leaf/entry";
    /// Hash: the commitment of an opening's leaf.
    LEAF_OPENING = "leaf/opening";
    /// Hash: the commitment of an export's leaf.
    LEAF_EXPORT = "leaf/export";
    /// Hash: the commitment of an erasure's leaf.
    LEAF_ERASURE = "leaf/erasure";
    /// Hash: the commitment of a fact's leaf.
    LEAF_FACT = "leaf/fact";
    /// Hash: the commitment of a leaf of readings.
    LEAF_READINGS = "leaf/readings";
    /// Hash: the salt of an item under an opening's leaf.
    LEAF_OPENING_SALT = "leaf/item-salt";
    /// Hash: an item under an opening's leaf.
    LEAF_OPENING_ITEM = "leaf/item";
    /// Signature: a watch officer's instruction to plant decoy records.
    DECOY_INSTRUCTION = "decoy/instruction";
    /// Signature: a desk's report of what it planted.
    DECOYS_PLANTED = "decoy/planted";
    /// Signature: a device's request to open parts.
    OPENING_REQUEST = "opening/request";
    /// Hash: a request without its approvals.
    OPENING_CORE = "opening/core";
    /// Signature: a second person's approval of a request.
    OPENING_APPROVAL = "opening/approval";
    /// Signature: a fact that trustees decide by.
    OPENING_FACT = "opening/fact";
    /// Signature: what a desk read of what it had opened ahead.
    OPENING_READINGS = "opening/readings";
    /// Signature: what a desk shared with another compartment, or exported.
    OPENING_DISCLOSED = "opening/disclosed";
    /// Signature: what a desk asks a second person to let out.
    OPENING_DISCLOSURE_ASKED = "opening/disclosure-asked";
    /// Hash: what an approval of it names.
    OPENING_DISCLOSURE_CORE = "opening/disclosure-core";
    /// Signature: a trustee's key for one device in one compartment.
    TRUSTEE_KEY = "trustee/key";
    /// Hash: the id of such a key.
    TRUSTEE_KEY_ID = "trustee/key-id";
    /// Signature: a trustee holds an entry's pads.
    TRUSTEE_ACK = "trustee/ack";
    /// Signature: a trustee does not take an entry.
    TRUSTEE_REFUSED = "trustee/refused";
    /// Signature: a trustee's answer to a request.
    TRUSTEE_RESPONSE = "trustee/response";
    /// Signature: an entry of a trustee's release log.
    TRUSTEE_RELEASE = "trustee/release";
    /// Signature: how far a trustee's release log goes.
    TRUSTEE_HEAD = "trustee/head";
    /// Signature: a trustee's notice of a request.
    TRUSTEE_NOTICE = "trustee/notice";
    /// Signature: a successor asks a trustee over one connection.
    SUCCESSION_CALL = "succession/call";
    /// Signature: a trustee answers a successor.
    SUCCESSION_ANSWER = "succession/answer";
    /// HPKE info: pads, or what helps to repair them, sealed to a successor.
    SUCCESSION_SEAL = "succession/seal";
    /// Hash: what names a repair of a lost trustee's pads.
    REPAIR_ORDER = "repair/order";
    /// Signature: a helper's seeds of the masks of a repair.
    REPAIR_SEEDS = "repair/seeds";
    /// The seed of the masks that two helpers share.
    REPAIR_SEED = "repair/mask-seed";
    /// HPKE info: such a seed, sealed to the other helper.
    REPAIR_SEED_SEAL = "repair/seal";
    /// The mask of what a helper adds for one part.
    REPAIR_MASK = "repair/mask-of";
    /// Signature: a device calls a trustee over one connection.
    TRUSTEE_CALL = "trustee/call";
    /// Signature: a device gives the hub a leaf over one connection.
    HUB_LEAF = "hub/leaf";
    /// Signature: a trustee asks the hub for headers over one connection.
    HUB_GUARDED = "hub/guarded";
    /// Signature: a device proves to the hub, for one session, that it is itself.
    SYNC_HELLO = "sync/hello";
    /// HPKE info: the wrap of a pouch's file key.
    POUCH_WRAP = "pouch/wrap";
    /// The keys of a pouch's chunks.
    POUCH_FILE = "pouch/file";
    /// Signature: what a pouch says of itself.
    POUCH_SIGN = "pouch/sign";
    /// Signature: a device asks to join by an invitation.
    INVITATION_REQUEST = "invitation/request";
    /// Signature: whom an invitation names challenges the device that asked.
    INVITATION_CHALLENGE = "invitation/challenge";
    /// Hash: what an invitation says beforehand of the challenge to come.
    INVITATION_COMMIT = "invitation/commit";
    /// HMAC: a request has the invitation's secret.
    INVITATION_BIND = "invitation/bind";
    /// HMAC: the string that both sides compare.
    INVITATION_STRING = "invitation/string";
    /// Hash: the check of one line of a printed invitation.
    INVITATION_LINE = "invitation/line";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_distinct_and_none_is_a_prefix_of_another() {
        for (i, a) in Label::ALL.iter().enumerate() {
            assert!(a.bytes().starts_with(b"counterseal/cs1/") && a.bytes().ends_with(b"\0"));
            assert_eq!(a.bytes().iter().filter(|b| **b == 0).count(), 1, "{a:?}");
            for b in Label::ALL.get(i + 1..).unwrap() {
                assert!(
                    !a.bytes().starts_with(b.bytes()) && !b.bytes().starts_with(a.bytes()),
                    "{a:?} {b:?}"
                );
            }
        }
    }
}

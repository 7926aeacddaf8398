//! The key schedule of suite CS1, on one screen: every label, every derivation, and the reason for
//! every check. Normative text: docs/spec/sealing.md, section 1.

use aws_lc_rs::hmac;
use counterseal_model::{CompartmentId, EntryId, EpochId, MissionId};
use counterseal_register::{KeyId, Label, Rule, sha256};
use zeroize::Zeroizing;

use crate::hedged::Hedged;
use crate::secrets::{
    ChunkKey, DatabaseKey, EpochSecret, HedgeKey, InvitationSecret, OnceKey, Pad, PageTagKey, PartShare,
    PouchKey, RepairSeed, SegmentKey, ShareSecret, StoreHeadKey, StoreRoot,
};

// One key, one purpose: every derivation begins with exactly one label, and none begins another. Those
// that only this crate knows stand here; the others are `register::Label`'s.
const NAME_SALT: &[u8] = b"counterseal/cs1/name/salt\0";
const KEY_FILE_SALT: &[u8] = b"counterseal/cs1/key-file/salt\0";
const KEY_FILE_KEY: &[u8] = b"counterseal/cs1/key-file/key\0";
const POUCH_SEED: &[u8] = b"counterseal/cs1/pouch/seed\0";
pub(crate) const POUCH_DRAW: &[u8] = b"counterseal/cs1/pouch/draw\0";
const SHARE_DRAW_SEED: &[u8] = b"counterseal/cs1/share/draw-seed\0";
const SHARE_DRAW: &[u8] = b"counterseal/cs1/share/draw\0";
const HPKE_SEED: &[u8] = b"counterseal/cs1/hpke/seed\0";
const HPKE_DRAW: &[u8] = b"counterseal/cs1/hpke/draw\0";
const WAITING_SALT: &[u8] = b"counterseal/cs1/waiting/salt\0";
const WAITING_KEY: &[u8] = b"counterseal/cs1/waiting/key\0";
const ROW_SALT: &[u8] = b"counterseal/cs1/trustee/row-salt\0";
const ROW_KEY: &[u8] = b"counterseal/cs1/trustee/row\0";
const SEGMENTS_SALT: &[u8] = b"counterseal/cs1/trustee/segments-salt\0";
const SEGMENTS_KEY: &[u8] = b"counterseal/cs1/trustee/segments\0";
const PSEUDONYM: &[u8] = b"counterseal/cs1/pseudonym\0";
const STORE_DB: &[u8] = b"counterseal/cs1/store/db\0";
const STORE_PAGES: &[u8] = b"counterseal/cs1/store/pages\0";
const STORE_COMMIT: &[u8] = b"counterseal/cs1/store/commit\0";

/// The hedged seed of everything random about an entry. Randomness alone would come twice after a virtual
/// machine is set back, and with a fixed nonce that is a two-time pad; here another plaintext, another
/// place or another device is another seed even then.
pub(crate) fn derive_entry_seed(
    hedge: &HedgeKey,
    random: &[u8; 32],
    plaintexts: &[u8; 32],
    prev: &[u8],
    seq: u64,
) -> EntrySeed {
    let place = [Label::ENTRY_SEED.bytes(), random, plaintexts, prev, &seq.to_be_bytes()];
    EntrySeed(Prk::of(&Prk::of(hedge.reveal()).mac(&place)))
}

/// An entry's hedged seed. Nothing about the entry is drawn from anywhere else.
pub(crate) struct EntrySeed(Prk);

impl EntrySeed {
    /// The entry's salt.
    pub(crate) fn derive_salt(&self) -> [u8; 32] {
        *self.0.expand(&[Label::ENTRY_SALT.bytes()])
    }

    /// d, which the coefficients of the entry's polynomials follow from.
    pub(crate) fn derive_dealing(&self) -> Prk {
        Prk::of(&self.0.expand(&[Label::SHARE_DEAL.bytes()]))
    }

    /// s_j, the share secret of the trustee at `x`.
    pub(crate) fn derive_share_secret(&self, x: u8) -> ShareSecret {
        ShareSecret::from_bytes(&self.0.expand(&[Label::SHARE_SECRET.bytes(), &[x]]))
    }

    /// What wraps the share secrets. An encapsulation that came twice with another wrap's info would be
    /// harmless; with the context in it, it does not come twice.
    pub(crate) fn derive_draws(&self, ctx: &[u8; 32]) -> Hedged {
        Hedged::new(Prk::of(&self.0.expand(&[SHARE_DRAW_SEED, ctx])), SHARE_DRAW)
    }
}

/// c_k of part `index`: every value is as likely, zero among them. A generator that avoids zero tells
/// whoever has t - 1 points that some secrets are impossible.
pub(crate) fn derive_coefficient(dealing: &Prk, ctx: &[u8; 32], index: u32, k: u8) -> Zeroizing<[u8; 32]> {
    dealing.expand(&[Label::SHARE_COEF.bytes(), ctx, &index.to_be_bytes(), &[k]])
}

/// The pad of one trustee and part. Bound to the entry: a wrap that is copied into another entry gives
/// pads that are worth nothing for this one.
pub(crate) fn derive_pad(secret: &ShareSecret, ctx: &[u8; 32], x: u8, index: u32) -> Pad {
    let place = [Label::SHARE_PAD.bytes(), ctx, &[x], &index.to_be_bytes()];
    Pad::from_bytes(&Prk::of(secret.reveal()).expand(&place))
}

/// kc_j: which share secret the author means; it tells nothing of it, and a trustee checks it.
pub(crate) fn derive_share_commitment(secret: &ShareSecret, ctx: &[u8; 32], x: u8) -> [u8; 32] {
    *Prk::of(secret.reveal()).expand(&[Label::SHARE_COMMIT.bytes(), ctx, &[x]])
}

/// The seed of the masks that a helper of a repair shares with another. Another repair, or another pair, is another
/// seed; the same repair after a crash has the same, and adds the same bytes again.
pub(crate) fn derive_repair_seed(root: &StoreRoot, order: &[u8; 32], with: &KeyId) -> RepairSeed {
    RepairSeed::from_bytes(&Prk::of(root.reveal()).expand(&[Label::REPAIR_SEED.bytes(), order, &with.0]))
}

/// The mask of one part in a repair: the entry's id stands for its context and for the points in its header, so that
/// no two values are ever added under one mask.
pub(crate) fn derive_repair_mask(
    seed: &RepairSeed,
    order: &[u8; 32],
    entry: &EntryId,
    x: u8,
    index: u32,
) -> Zeroizing<[u8; 32]> {
    let place = [Label::REPAIR_MASK.bytes(), order, entry.as_bytes(), &[x], &index.to_be_bytes()];
    Prk::of(seed.reveal()).expand(&place)
}

/// PRK = Extract(salt, E), once per entry, for its open parts.
pub(crate) fn derive_entry_prk(salt: &[u8; 32], epoch: &EpochSecret) -> Prk {
    Prk::extract(salt, &[epoch.reveal()])
}

/// PRK_i = Extract(salt, E ‖ sigma_i), once per guarded part: neither seal alone says anything of it.
pub(crate) fn derive_guarded_prk(salt: &[u8; 32], epoch: &EpochSecret, share: &PartShare) -> Prk {
    Prk::extract(salt, &[epoch.reveal(), share.reveal()])
}

/// C_i, for guarded parts: whoever combines knows the right share by it. Else two sets of trustees could
/// open two contents that one author dealt. An open part's secret is committed to in the register.
pub(crate) fn derive_part_commitment(prk: &Prk, ctx: &[u8; 32], index: u32, rule: Rule) -> [u8; 32] {
    *prk.expand(&[Label::PART_COMMIT.bytes(), ctx, &index.to_be_bytes(), &[rule.code()]])
}

/// K_i. The context names mission, compartment, epoch, device, journal, place and salt: a part that is
/// moved to another entry, place or opening rule meets another key there.
pub(crate) fn derive_part_key(prk: &Prk, ctx: &[u8; 32], index: u32, rule: Rule) -> OnceKey {
    OnceKey::from_bytes(&prk.expand(&[Label::PART_KEY.bytes(), ctx, &index.to_be_bytes(), &[rule.code()]]))
}

/// What a part's tag covers besides its ciphertext: the key is bound to all of it but the length already,
/// and the header names the length; it stands here so that the tag alone says what the part is.
pub(crate) fn part_aad(ctx: &[u8; 32], index: u32, rule: Rule, padded_len: u32) -> [u8; 41] {
    let mut aad = [0; 41];
    let pieces = [&ctx[..], &index.to_be_bytes(), &[rule.code()], &padded_len.to_be_bytes()];
    aad.iter_mut().zip(pieces.into_iter().flatten()).for_each(|(to, from)| *to = *from);
    aad
}

/// What an epoch's statement commits to. Every member checks it: else a manager could hand each member
/// another secret and split the compartment unseen.
#[must_use]
pub fn derive_epoch_commitment(
    epoch: &EpochSecret,
    mission: &MissionId,
    compartment: &CompartmentId,
) -> [u8; 32] {
    *Prk::of(epoch.reveal()).expand(&[
        Label::EPOCH_COMMIT.bytes(),
        mission.as_bytes(),
        compartment.as_bytes(),
    ])
}

/// The key that seals the secret of epoch `previous` under the secret of an epoch after it. It seals one
/// plaintext, because sealing checks that plaintext against the previous epoch's commitment.
pub(crate) fn derive_previous_key(
    new: &EpochSecret,
    mission: &MissionId,
    compartment: &CompartmentId,
    previous: &EpochId,
) -> OnceKey {
    let place =
        [Label::EPOCH_PREVIOUS.bytes(), mission.as_bytes(), compartment.as_bytes(), previous.as_bytes()];
    OnceKey::from_bytes(&Prk::of(new.reveal()).expand(&place))
}

/// The salt of a sealed name: hedged like an entry's, so that a changed name has another key.
pub(crate) fn derive_name_salt(hedge: &HedgeKey, random: &[u8; 32], padded_hash: &[u8; 32]) -> [u8; 32] {
    *Prk::of(hedge.reveal()).mac(&[NAME_SALT, random, padded_hash])
}

/// The key of one sealed name; `subject` is the encoded `register::Subject`, which says where it ends.
pub(crate) fn derive_name_key(
    epoch: &EpochSecret,
    mission: &MissionId,
    subject: &[u8],
    salt: &[u8; 32],
) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(epoch.reveal()).expand(&[
        Label::NAME_KEY.bytes(),
        mission.as_bytes(),
        subject,
        salt,
    ]))
}

/// The salt of a key file. Keyed by randomness over what is sealed, so that repeated randomness meets
/// the same salt only for the same secrets.
pub(crate) fn derive_keyfile_salt(random: &[u8; 32], secrets: &[u8]) -> [u8; 32] {
    *Prk::of(random).mac(&[KEY_FILE_SALT, secrets])
}

/// The key of a key file, from what Argon2id made of the passphrase. The header is in it, so that two
/// headers never share a key and a nonce.
pub(crate) fn derive_keyfile_key(stretched: &[u8; 32], header_hash: &[u8; 32]) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(stretched).expand(&[KEY_FILE_KEY, header_hash]))
}

/// The seed of everything random about a pouch: hedged like an entry's salt, so that repeated randomness
/// meets the same file key only for the same content and the same receivers.
pub(crate) fn derive_pouch_seed(
    hedge: &HedgeKey,
    random: &[u8; 32],
    receivers: &[u8; 32],
    content: &[u8; 32],
) -> Zeroizing<[u8; 32]> {
    Prk::of(hedge.reveal()).mac(&[POUCH_SEED, random, receivers, content])
}

/// The `n`th 32 bytes drawn from a hedged seed; of a pouch's: its file key, then what wraps it and the
/// slots' order.
pub(crate) fn derive_drawn_block(seed: &Prk, purpose: &'static [u8], n: u64) -> Zeroizing<[u8; 32]> {
    seed.expand(&[purpose, &n.to_be_bytes()])
}

/// What seals one message to one public key. No key of its own hedges it: randomness that repeats, repeats
/// this only for the same message to the same receiver.
pub(crate) fn derive_hpke_seed(random: &[u8; 32], public: &[u8], info: &[u8], plaintext: &[u8]) -> Hedged {
    let message = [public, info, plaintext].map(|piece| sha256(&[piece]));
    let seed = Prk::of(random).mac(&[HPKE_SEED, message.as_flattened()]);
    Hedged::new(Prk::of(&seed), HPKE_DRAW)
}

/// The key of a pouch's chunks, one key for all of them: their nonces are numbers, and the last is marked.
/// The head is in it, so that nobody puts another head before the same chunks.
pub(crate) fn derive_pouch_chunk_key(file: &PouchKey, head: &[u8; 32]) -> ChunkKey {
    ChunkKey::from_bytes(&Prk::of(file.reveal()).expand(&[Label::POUCH_FILE.bytes(), head]))
}

/// The key of everything that rests on an invitation's secret: 128 bits that are uniform, but half a key,
/// so they are extracted. The commitment is the salt: another invitation is another key, whatever its secret.
pub(crate) fn derive_invitation_prk(commitment: &[u8; 32], secret: &InvitationSecret) -> Prk {
    Prk::extract(commitment, &[secret.reveal()])
}

/// The salt of what a device keeps while it waits to join: hedged like an entry's, because it is written
/// more than once.
pub(crate) fn derive_waiting_salt(hedge: &HedgeKey, random: &[u8; 32], content: &[u8; 32]) -> [u8; 32] {
    *Prk::of(hedge.reveal()).mac(&[WAITING_SALT, random, content])
}

/// The key of what a device keeps while it waits to join.
pub(crate) fn derive_waiting_key(store: &StoreRoot, salt: &[u8; 32]) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(store.reveal()).expand(&[WAITING_KEY, salt]))
}

/// The salt of a row that a trustee keeps: hedged, because a row is sealed anew whenever a neighbour is erased, and
/// the seed of a key that was drawn twice after a crash must not meet the same key.
pub(crate) fn derive_row_salt(
    segment: &SegmentKey,
    random: &[u8; 32],
    place: &[u8; 32],
    secret: &[u8; 32],
) -> [u8; 32] {
    *Prk::of(segment.reveal()).mac(&[ROW_SALT, random, place, secret])
}

/// The key of one row that a trustee keeps.
pub(crate) fn derive_row_key(segment: &SegmentKey, salt: &[u8; 32]) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(segment.reveal()).expand(&[ROW_KEY, salt]))
}

/// The salt of the file of segments' keys: hedged, because it is replaced again and again.
pub(crate) fn derive_segments_salt(root: &StoreRoot, random: &[u8; 32], content: &[u8; 32]) -> [u8; 32] {
    *Prk::of(root.reveal()).mac(&[SEGMENTS_SALT, random, content])
}

/// The key of the file of segments' keys.
pub(crate) fn derive_segments_key(root: &StoreRoot, salt: &[u8; 32]) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(root.reveal()).expand(&[SEGMENTS_KEY, salt]))
}

/// A pseudonym of something for the readers of compartment `target`: the same each time for who holds this secret, and
/// nothing that others can try names against. Another target is another pseudonym, so that two do not compare notes.
#[must_use]
pub fn derive_pseudonym(
    source: &EpochSecret,
    mission: &MissionId,
    target: &CompartmentId,
    named: &[u8],
) -> [u8; 8] {
    let named = sha256(&[named]);
    let pieces = [PSEUDONYM, mission.as_bytes(), target.as_bytes(), &named];
    let mut out = [0; 8];
    out.iter_mut().zip(Prk::of(source.reveal()).expand(&pieces).iter()).for_each(|(to, from)| *to = *from);
    out
}

impl StoreRoot {
    /// The key of the database file.
    #[must_use]
    pub fn derive_database_key(&self) -> DatabaseKey {
        DatabaseKey::from_bytes(&Prk::of(self.reveal()).expand(&[STORE_DB]))
    }

    /// The key that binds the database's pages to their place.
    #[must_use]
    pub fn derive_page_tag_key(&self) -> PageTagKey {
        PageTagKey::from_bytes(&Prk::of(self.reveal()).expand(&[STORE_PAGES]))
    }

    /// The key that authenticates the record of the store's head.
    #[must_use]
    pub fn derive_head_key(&self) -> StoreHeadKey {
        StoreHeadKey::from_bytes(&Prk::of(self.reveal()).expand(&[STORE_COMMIT]))
    }
}

/// A pseudorandom key (RFC 5869): HMAC-SHA256, keyed once and used for every part of an entry.
pub(crate) struct Prk(hmac::Key);

impl Prk {
    /// A secret that is uniform already needs no extraction (RFC 5869 §3.3).
    pub(crate) fn of(uniform: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, uniform))
    }

    /// HKDF-Extract: HMAC(salt, secret), the secret's pieces one after another.
    pub(crate) fn extract(salt: &[u8], secret: &[&[u8]]) -> Self {
        Self::of(&Self(hmac::Key::new(hmac::HMAC_SHA256, salt)).mac(secret))
    }

    /// HKDF-Expand to 32 bytes, which is its first block: HMAC(PRK, info ‖ 0x01).
    pub(crate) fn expand(&self, info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        let mut context = hmac::Context::with_key(&self.0);
        info.iter().for_each(|piece| context.update(piece));
        context.update(&[1]);
        first_32(&context.sign())
    }

    /// HMAC-SHA256 over the pieces, one after another.
    pub(crate) fn mac(&self, pieces: &[&[u8]]) -> Zeroizing<[u8; 32]> {
        let mut context = hmac::Context::with_key(&self.0);
        pieces.iter().for_each(|piece| context.update(piece));
        first_32(&context.sign())
    }
}

fn first_32(tag: &hmac::Tag) -> Zeroizing<[u8; 32]> {
    let mut out = Zeroizing::new([0; 32]);
    out.iter_mut().zip(tag.as_ref()).for_each(|(to, from)| *to = *from);
    out
}

#[cfg(test)]
mod tests {
    use rand_core::Rng;

    use super::*;

    #[test]
    fn every_label_is_ended_and_none_begins_another() {
        let mut all: Vec<&[u8]> = Label::ALL.iter().map(|label| label.bytes()).collect();
        all.extend([NAME_SALT, KEY_FILE_SALT, KEY_FILE_KEY, STORE_DB, STORE_PAGES, STORE_COMMIT]);
        all.extend([POUCH_SEED, POUCH_DRAW, WAITING_SALT, WAITING_KEY]);
        all.extend([SHARE_DRAW_SEED, SHARE_DRAW, HPKE_SEED, HPKE_DRAW]);
        all.extend([ROW_SALT, ROW_KEY, SEGMENTS_SALT, SEGMENTS_KEY, PSEUDONYM]);
        for (i, a) in all.iter().enumerate() {
            assert!(a.starts_with(b"counterseal/cs1/") && a.ends_with(b"\0"));
            for (j, b) in all.iter().enumerate() {
                assert!(i == j || !b.starts_with(a), "{}", String::from_utf8_lossy(a));
            }
        }
    }

    #[test]
    fn expanding_is_the_hkdf_of_the_library() {
        use aws_lc_rs::hkdf;
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"salt").extract(b"secret");
        let mut theirs = [0; 32];
        prk.expand(&[b"in", b"fo"], hkdf::HKDF_SHA256).unwrap().fill(&mut theirs).unwrap();
        assert_eq!(*Prk::extract(b"salt", &[b"sec", b"ret"]).expand(&[b"info"]), theirs);
    }

    fn kat(name: &str) -> [u8; 32] {
        sha256(&[b"kat ", name.as_bytes()])
    }

    /// Every derivation, against values computed in Python with the functions of reference/shares.py.
    #[test]
    fn every_derivation_gives_the_reference_value() {
        let (epoch, hedge) =
            (EpochSecret::from_bytes(&kat("epoch secret")), HedgeKey::from_bytes(&kat("hedge key")));
        let store = StoreRoot::from_bytes(&kat("store root"));
        let (mission, previous) =
            (MissionId::from_bytes(kat("mission")), EpochId::from_bytes(kat("previous epoch")));
        let compartment = CompartmentId::from_slice(&kat("compartment")[..16]).unwrap();
        let subject = [&[0x82, 0x01, 0x50][..], compartment.as_bytes()].concat();
        assert_eq!(
            hex::encode(
                derive_part_key(&derive_entry_prk(&kat("salt"), &epoch), &kat("ctx"), 3, Rule::Open).reveal()
            ),
            "1ebf1c5b6087931101a1adec0434de6e8220ccf3cf9d9fd6a8be12149b7a24b5"
        );
        let seed = derive_entry_seed(&hedge, &kat("random"), &kat("plaintexts"), &kat("prev"), 7);
        assert_eq!(
            hex::encode(seed.derive_salt()),
            "b7670fbb69d3750df7c0ea379aa4b41691aa0fe7e3b0115ce50fac69a0c8e26f"
        );
        assert_eq!(
            hex::encode(*derive_coefficient(&seed.derive_dealing(), &kat("ctx"), 3, 1)),
            "d1bbd09343f9deaef3fbcb7eb3c587c26ede3585d6b471c83af01b0ff5dc464c"
        );
        assert_eq!(
            hex::encode(seed.derive_share_secret(200).reveal()),
            "6798b4dc580125867bfcf19b4f62610125509d9389aef0233503c1f38897be59"
        );
        assert_eq!(
            hex::encode(derive_epoch_commitment(&epoch, &mission, &compartment)),
            "75897b97035432803ccece22deec5c94056c48ed15d1b7accca3e1c7fdd51298"
        );
        assert_eq!(
            hex::encode(derive_previous_key(&epoch, &mission, &compartment, &previous).reveal()),
            "fda2906d520129a16b13fc42bbb114873a768cc7c9938987a7a5d6f1de3aa11a"
        );
        assert_eq!(
            hex::encode(derive_name_salt(&hedge, &kat("random"), &kat("padded"))),
            "168853db9a07f27615124fdef7ec0f7f336bcd2ebb07c901256db333328506a9"
        );
        assert_eq!(
            hex::encode(derive_name_key(&epoch, &mission, &subject, &kat("salt")).reveal()),
            "dd5947ef70fe61ea7ce38cd0e0cb880d28a89ae48c094f1ce0ab7d2a606b7c27"
        );
        assert_eq!(
            hex::encode(derive_keyfile_salt(&kat("random"), &kat("secrets"))),
            "2386d5ae517be8db3f1c948f53c4309a2c4dd23c5229593b8f3682fa30f250ef"
        );
        assert_eq!(
            hex::encode(derive_keyfile_key(&kat("KEK"), &kat("header")).reveal()),
            "3f2c55c8eef009c3f146f2e66c9e176c3e3ebbd4fdf017d15d3c2e5d8886ddb1"
        );
        let mut block = [0; 32];
        let mut draws = seed.derive_draws(&kat("ctx"));
        draws.fill_bytes(&mut block);
        assert_eq!(hex::encode(block), "e11f60c0138f539819e785e4fa8e685f26880826362918bcf6b55c8376e64893");
        let mut sealing = derive_hpke_seed(&kat("random"), b"public", b"info", b"text");
        sealing.fill_bytes(&mut block);
        sealing.fill_bytes(&mut block);
        assert_eq!(hex::encode(block), "74ec28f9254c743f740ca714e9e8a2ff640bbc36ea8e0e4221f359a4d2146592");
        let secret = InvitationSecret::from_bytes(kat("invitation secret")[..16].try_into().unwrap());
        let bound = derive_invitation_prk(&kat("commitment"), &secret)
            .mac(&[Label::INVITATION_BIND.bytes(), &kat("request")]);
        assert_eq!(hex::encode(*bound), "763d2fe12d318785491b64a90a362df647e629eeb0cff7a14874290bc63111c3");
        assert_eq!(
            hex::encode(derive_waiting_salt(&hedge, &kat("random"), &kat("content"))),
            "420754ef058aac90657ad81c356b4df714c04f166c9e1129f140fb2fdb115e1e"
        );
        assert_eq!(
            hex::encode(derive_waiting_key(&store, &kat("salt")).reveal()),
            "a8990fd438a06ebf5664d5bce94f10f3d5d4aaea6e6c844c56c9a1bb97546ff4"
        );
        let seed = derive_pouch_seed(&hedge, &kat("random"), &kat("receivers"), &kat("content"));
        assert_eq!(hex::encode(*seed), "1fa0f9d4e8455bcb0975f930960674dbe99071ed0178d7f0174a6add0e6d4e74");
        assert_eq!(
            hex::encode(derive_drawn_block(&Prk::of(&seed), POUCH_DRAW, 5)),
            "b77e27ffa548792f27152ede5d23ba99128fe7632f485c90534449c1e91a32ba"
        );
        let file = PouchKey::from_bytes(&kat("file key"));
        assert_eq!(
            hex::encode(derive_pouch_chunk_key(&file, &kat("head")).reveal()),
            "ea4cf20837c84dc9d99db4b40c15b2fdce4a5bd976daa84a4fbdc92990c8e520"
        );
        assert_eq!(
            hex::encode(store.derive_database_key().reveal()),
            "ee961fa85781b6dcec379ae5d72274fc5dc845196e6f2325a188f740ec0a83a1"
        );
        assert_eq!(
            hex::encode(store.derive_page_tag_key().reveal()),
            "0ca2aafbbb2cb03d083ac4f8127b7d4254437a93aca1bda9336814f87832578a"
        );
        assert_eq!(
            hex::encode(store.derive_head_key().reveal()),
            "f792e6cc47a070c17d839adc8f899a6501478e041fbe7761f7555e9468889c05"
        );
    }
}

//! Secrets are types of their own: no Serialize, no Display, wiped when dropped, compared in
//! constant time, and never printed.

use std::fmt;

use rand_core::CryptoRng;
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroize;

macro_rules! secret {
    (@len) => { 32 };
    (@len $len:literal) => { $len };
    ($(#[$meta:meta])* $vis:vis $Name:ident $(, $len:literal)?) => {
        $(#[$meta])*
        $vis struct $Name(Box<[u8; secret!(@len $($len)?)]>);

        impl $Name {
            /// The secret with these bytes. The caller wipes its own copy.
            #[must_use]
            $vis fn from_bytes(bytes: &[u8; secret!(@len $($len)?)]) -> Self {
                Self(Box::new(*bytes))
            }

            /// The secret's bytes, made public to the caller on purpose.
            #[must_use]
            $vis fn reveal(&self) -> &[u8; secret!(@len $($len)?)] {
                &self.0
            }
        }

        impl Drop for $Name {
            fn drop(&mut self) {
                self.0.zeroize();
            }
        }

        impl ConstantTimeEq for $Name {
            fn ct_eq(&self, other: &Self) -> Choice {
                self.0.ct_eq(&*other.0)
            }
        }

        impl PartialEq for $Name {
            fn eq(&self, other: &Self) -> bool {
                self.ct_eq(other).into()
            }
        }

        impl Eq for $Name {}

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($Name), "(secret)"))
            }
        }
    };
}

/// For secrets that begin as randomness; the others are derived.
macro_rules! made {
    ($($vis:vis $Name:ident),+) => {$(
        impl $Name {
            /// A new secret, drawn from `rng`.
            #[must_use]
            $vis fn make(rng: &mut impl CryptoRng) -> Self {
                // Drawn into its final place, so that no copy stays behind on the stack.
                let mut secret = Self(Box::default());
                rng.fill_bytes(secret.0.as_mut_slice());
                secret
            }
        }
    )+};
}

secret!(
    /// The random secret that an epoch of a compartment rests on.
    pub EpochSecret
);
secret!(
    /// An AES-256-GCM key that seals exactly one plaintext in its life: of a part, a name, an epoch's
    /// previous secret or a key file. That is why its nonce may be zero.
    pub(crate) OnceKey
);
secret!(
    /// A device's key for hedging its randomness (`Sealer`).
    pub(crate) HedgeKey
);
secret!(
    /// The seed of an Ed25519 signing key (RFC 8032).
    pub(crate) SigningSeed
);
secret!(
    /// The seed of an ML-DSA-44 signing key (FIPS 204).
    pub(crate) QuantumSigningSeed
);
secret!(
    /// The X-Wing decapsulation key: its 32-byte seed.
    pub(crate) UnwrappingKey
);
secret!(
    /// s_j: what one trustee's pads of one entry follow from. The trustee destroys it once it has the pads.
    pub(crate) ShareSecret
);
secret!(
    /// What the masks of two helpers of a repair follow from: nobody else knows it.
    pub RepairSeed
);
secret!(
    /// A trustee's pad of one guarded part: with t of them and the epoch's secret the part opens.
    pub Pad
);
secret!(
    /// The combined share of one guarded part, as an advance opening keeps it: with the epoch's secret it
    /// opens that part and no other.
    pub PartShare
);
secret!(
    /// One generation of a trustee's key for one device and compartment: the seed of its X-Wing key.
    pub TrusteeKeySecret
);
secret!(
    /// The random key of one pouch's file, wrapped to every receiver.
    pub(crate) PouchKey
);
secret!(
    /// An AES-256-GCM key that seals the chunks of one pouch, each under its own nonce.
    pub(crate) ChunkKey
);
secret!(
    /// The one-time secret of an invitation: 128 bits, short enough to be read out.
    pub InvitationSecret, 16
);
secret!(
    /// What a device that was invited must open to prove that it has its HPKE key.
    pub ChallengeSecret
);
secret!(
    /// The root of everything that protects a desk's store.
    pub StoreRoot
);
secret!(
    /// The key of the store's database file.
    pub DatabaseKey
);
secret!(
    /// The key that binds the database's pages to their place.
    pub PageTagKey
);
secret!(
    /// The key that authenticates the record of the store's head.
    pub StoreHeadKey
);
secret!(
    /// The key of a segment of a trustee's store: every row in it is sealed under a key of its own that is
    /// derived from this one, which is destroyed when one of them is erased.
    pub SegmentKey
);

made!(
    pub EpochSecret,
    pub StoreRoot,
    pub SegmentKey,
    pub InvitationSecret,
    pub ChallengeSecret,
    pub TrusteeKeySecret,
    pub(crate) HedgeKey,
    pub(crate) PouchKey,
    pub(crate) SigningSeed,
    pub(crate) QuantumSigningSeed,
    pub(crate) UnwrappingKey
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_prints_its_bytes() {
        let secret = EpochSecret::from_bytes(&[0xab; 32]);
        assert_eq!(format!("{secret:?}"), "EpochSecret(secret)");
        assert_eq!(format!("{secret:#?}"), "EpochSecret(secret)");
        assert_eq!(format!("{:?}", StoreRoot::from_bytes(&[7; 32])), "StoreRoot(secret)");
        assert_eq!(format!("{:?}", Some(HedgeKey::from_bytes(&[7; 32]))), "Some(HedgeKey(secret))");
        assert_eq!(format!("{:?}", Pad::from_bytes(&[7; 32])), "Pad(secret)");
        assert_eq!(format!("{:?}", PartShare::from_bytes(&[7; 32])), "PartShare(secret)");
        assert_eq!(format!("{:?}", ShareSecret::from_bytes(&[7; 32])), "ShareSecret(secret)");
        assert_eq!(format!("{:?}", TrusteeKeySecret::from_bytes(&[7; 32])), "TrusteeKeySecret(secret)");
        assert_eq!(format!("{:?}", InvitationSecret::from_bytes(&[7; 16])), "InvitationSecret(secret)");
    }

    #[test]
    fn secrets_are_equal_only_when_every_byte_is() {
        let one = EpochSecret::from_bytes(&[1; 32]);
        let mut bytes = [1; 32];
        assert_eq!(one, EpochSecret::from_bytes(&bytes));
        for i in 0..32 {
            bytes[i] ^= 0x80;
            assert_ne!(one, EpochSecret::from_bytes(&bytes), "byte {i}");
            bytes[i] ^= 0x80;
        }
    }
}

//! Argon2id (RFC 9106): what a guess of the passphrase costs.

use argon2::{Algorithm, Argon2, Params, Version};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::device::KeyUnusable;
use crate::passphrase::Passphrase;

/// Parameters outside what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KdfRefusal {
    /// So little work that the passphrase could be guessed. Whoever can write the file could otherwise choose it.
    #[error(
        "the key file asks for {memory_kib} KiB, {passes} passes and {lanes} lanes, which is too little to protect a passphrase; somebody has changed it: restore it from a copy"
    )]
    TooCheap {
        /// Memory, KiB.
        memory_kib: u64,
        /// Passes.
        passes: u64,
        /// Lanes.
        lanes: u64,
    },
    /// So much work that the machine would stand still.
    #[error(
        "the key file asks for {memory_kib} KiB, {passes} passes and {lanes} lanes, which this machine would not finish; somebody has changed it: restore it from a copy"
    )]
    TooCostly {
        /// Memory, KiB.
        memory_kib: u64,
        /// Passes.
        passes: u64,
        /// Lanes.
        lanes: u64,
    },
}

/// Argon2id's parameters, within bounds that are compiled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfParameters {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl KdfParameters {
    /// The least that is ever used: RFC 9106's second recommendation has this memory and these passes.
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// The most that is ever tried: 4 GiB.
    pub const CEILING: Self = Self { memory_kib: 4 * 1024 * 1024, passes: 64, lanes: 64 };
    /// What new key files use: about 0.3 s on one core of a machine of 2025.
    pub const DEFAULT: Self = Self { memory_kib: 160 * 1024, passes: 3, lanes: 4 };

    /// Parameters, if they lie between `FLOOR` and `CEILING`.
    ///
    /// # Errors
    /// `KdfRefusal`.
    pub fn checked(memory_kib: u64, passes: u64, lanes: u64) -> Result<Self, KdfRefusal> {
        let (floor, ceiling) = (Self::FLOOR, Self::CEILING);
        let asked = [memory_kib, passes, lanes];
        let below = |bound: Self| asked.iter().zip(bound.all()).any(|(asked, bound)| *asked < bound);
        let above = |bound: Self| asked.iter().zip(bound.all()).any(|(asked, bound)| *asked > bound);
        match (u32::try_from(memory_kib), u32::try_from(passes), u32::try_from(lanes)) {
            _ if below(floor) => Err(KdfRefusal::TooCheap { memory_kib, passes, lanes }),
            (Ok(memory_kib), Ok(passes), Ok(lanes)) if !above(ceiling) => {
                Ok(Self { memory_kib, passes, lanes })
            }
            _ => Err(KdfRefusal::TooCostly { memory_kib, passes, lanes }),
        }
    }

    /// Memory, KiB.
    #[must_use]
    pub const fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    #[must_use]
    pub const fn passes(&self) -> u32 {
        self.passes
    }

    /// Lanes.
    #[must_use]
    pub const fn lanes(&self) -> u32 {
        self.lanes
    }

    /// The key that the passphrase becomes.
    pub(crate) fn stretch(
        &self,
        passphrase: &Passphrase,
        salt: &[u8; 32],
    ) -> Result<Zeroizing<[u8; 32]>, KeyUnusable> {
        let params =
            Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| KeyUnusable)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.bytes(), salt, key.as_mut_slice())
            .map_err(|_| KeyUnusable)?;
        Ok(key)
    }

    fn all(self) -> [u64; 3] {
        [self.memory_kib.into(), self.passes.into(), self.lanes.into()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_outside_the_bounds_is_refused() {
        let floor = KdfParameters::FLOOR;
        assert_eq!(KdfParameters::checked(65_536, 3, 1), Ok(floor));
        assert_eq!(KdfParameters::checked(4_194_304, 64, 64), Ok(KdfParameters::CEILING));
        for (memory_kib, passes, lanes) in [(65_535, 3, 1), (65_536, 2, 1), (65_536, 3, 0), (0, u64::MAX, 1)]
        {
            let refusal = KdfRefusal::TooCheap { memory_kib, passes, lanes };
            assert_eq!(KdfParameters::checked(memory_kib, passes, lanes), Err(refusal));
        }
        for (memory_kib, passes, lanes) in
            [(4_194_305, 3, 1), (65_536, 65, 1), (65_536, 3, 65), (u64::MAX, 3, 1), (65_536, 1 << 33, 1)]
        {
            let refusal = KdfRefusal::TooCostly { memory_kib, passes, lanes };
            assert_eq!(KdfParameters::checked(memory_kib, passes, lanes), Err(refusal));
        }
        let default = KdfParameters::DEFAULT;
        assert_eq!(
            KdfParameters::checked(default.memory_kib.into(), default.passes.into(), default.lanes.into()),
            Ok(default)
        );
    }

    /// RFC 9106, section 5.3, has a secret and associated data, which we do not use; it is the library
    /// that is tested here.
    #[test]
    fn argon2id_is_that_of_the_rfc() {
        use argon2::{AssociatedData, ParamsBuilder};
        let params = ParamsBuilder::new()
            .m_cost(32)
            .t_cost(3)
            .p_cost(4)
            .data(AssociatedData::new(&[4; 12]).unwrap())
            .output_len(32)
            .build()
            .unwrap();
        let argon2 = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
        let mut tag = [0; 32];
        argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
        assert_eq!(hex::encode(tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }
}

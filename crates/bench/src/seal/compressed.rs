//! The same compression that sealing does: the peers get it too, and it tells what "over the
//! compressed text" is over.

use zstd::bulk;
use zstd::zstd_safe::{CParameter, FrameFormat};

use crate::outcome::Outcome;

/// The dictionary that sealed parts are compressed with.
pub(crate) static DICTIONARY: &[u8] = include_bytes!("../../../seal/data/dictionary-v1.zstd");

/// The level that sealing uses.
const LEVEL: i32 = 1;

pub(crate) struct Compressor(bulk::Compressor<'static>);

impl Compressor {
    pub(crate) fn new() -> Outcome<Self> {
        let mut context = bulk::Compressor::with_dictionary(LEVEL, DICTIONARY)?;
        for parameter in [
            CParameter::Format(FrameFormat::Magicless),
            CParameter::ChecksumFlag(false),
            CParameter::DictIdFlag(false),
            CParameter::ContentSizeFlag(false),
        ] {
            context.set_parameter(parameter)?;
        }
        Ok(Self(context))
    }

    pub(crate) fn pack(&mut self, part: &[u8]) -> Outcome<Vec<u8>> {
        let packed = self.0.compress(part)?;
        Ok(if packed.len() < part.len() { packed } else { part.to_vec() })
    }

    pub(crate) fn len(&mut self, part: &[u8]) -> Outcome<usize> {
        Ok(self.pack(part)?.len())
    }
}
